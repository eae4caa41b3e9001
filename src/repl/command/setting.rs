//! Commands that change the format and the parameters.

use std::sync::Arc;

use relata::{
    Format, Source, Span, Value,
    answer::{to_value, typed::check_integers},
};

use crate::repl::{
    command::Flow,
    command::again::find_format,
    error::ShellError,
    shell::{Ask, Shell},
};

/// `:mode`, `:mode csv`
pub(super) fn mode(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    if argument.is_empty() {
        shell.console.text(&formats(shell.format))?;
    } else {
        shell.format = find_format(argument)?;
    }
    Ok(Flow::Stay)
}

fn formats(current: &Format) -> String {
    let line = |format: &Format| {
        let mark = if format.name == current.name {
            '*'
        } else {
            ' '
        };
        format!("{mark} {:<10} {}\n", format.name, format.doc)
    };
    Format::all().iter().map(line).collect()
}

/// `:param x 1 + 1`, `:param x = 'text'`, `:param x => [1]`, `:param x {"json": true}`
pub(super) fn param(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let (name, text) = assigned(argument).ok_or_else(|| {
        let help = "write it as `:param x 'text'`".to_owned();
        ShellError::Usage("expected a name and a value".into(), Some(help))
    })?;
    let value = evaluate(shell, text)?;
    shell.parameters.insert(name.into(), value);
    Ok(Flow::Stay)
}

/// Splits `x 1`, `$x = 1`, `x => 1` and `x: 1` into name and value.
fn assigned(argument: &str) -> Option<(&str, &str)> {
    let argument = argument.strip_prefix('$').unwrap_or(argument);
    let end = argument.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    let (name, rest) = argument.split_at(end);
    let rest = rest.trim_start();
    let value = ["=>", "=", ":"]
        .iter()
        .find_map(|sign| rest.strip_prefix(sign))
        .unwrap_or(rest)
        .trim();
    (!name.is_empty() && !value.is_empty()).then_some((name, value))
}

/// The value of a JSON text or of an expression of the language.
fn evaluate(shell: &mut Shell, text: &str) -> Result<Value, ShellError> {
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(text)
        && check_integers(text).is_ok()
        && let Ok(value) = to_value(json)
    {
        return Ok(value);
    }
    let prefix = "RETURN ";
    let source = Arc::new(Source::new("param", format!("{prefix}{text}")));
    let span = Span::new(0, source.text.len());
    let answer = shell.answer(&source, span, Ask::Run)?;
    let refuse = || ShellError::usage("expected one value, such as `42` or `'text'`");
    let row = answer
        .row(0)
        .filter(|_| answer.len() == 1)
        .ok_or_else(refuse)?;
    match row.values() {
        [value] if is_storable(value) => Ok(value.clone()),
        _ => Err(refuse()),
    }
}

/// Whether a value is independent of the graph, so that it can be a parameter of later statements. Entities are not.
fn is_storable(value: &Value) -> bool {
    match value {
        Value::Node(_) | Value::Relationship(_) | Value::Path(_) => false,
        Value::List(items) => items.iter().all(is_storable),
        Value::Map(entries) => entries.values().all(is_storable),
        _ => true,
    }
}

/// `:params`, `:params clear`
pub(super) fn params(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    match argument {
        "" => {
            let entities = relata::answer::Entities::default();
            let line = |(name, value): (_, &Value)| {
                format!("${name} = {}\n", relata::Cell::new(value, &entities))
            };
            let text: String = shell.given().iter().map(line).collect();
            shell.console.text(&text)?;
        }
        "clear" => shell.parameters.clear(),
        other => {
            return Err(ShellError::usage(format!(
                "expected `clear` or no argument, found `{other}`"
            )));
        }
    }
    Ok(Flow::Stay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_set_in_the_usual_spellings() {
        for line in ["x 1 + 1", "x = 1 + 1", "x => 1 + 1", "$x: 1 + 1", "x=1 + 1"] {
            assert_eq!(assigned(line), Some(("x", "1 + 1")), "{line}");
        }
        assert_eq!(assigned("x"), None);
        assert_eq!(assigned("= 1"), None);
        assert_eq!(assigned("x {a: 1}"), Some(("x", "{a: 1}")));
    }
}
