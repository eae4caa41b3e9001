//! Parameter values from the command line.

use std::{fmt::Display, path::Path};

use relata::{
    answer::{to_value, typed::check_integers},
    base::Stop,
    value::Entries,
};

use crate::repl::{error::ShellError, script};

use crate::cli::arguments::InputArguments;

/// The parameters of `--params-file`, overridden by those of `--param`.
pub(crate) fn parameters(arguments: &InputArguments) -> Result<Entries, ShellError> {
    let mut all = Entries::default();
    for path in &arguments.params_file {
        all.extend(from_file(path)?);
    }
    for (name, text) in &arguments.params {
        let value = serde_json::from_str::<serde_json::Value>(text)
            .map_err(|error| misspelt(name, text, &error))?;
        let refuse = |why: &dyn Display| ShellError::usage(format!("--param {name}: {why}"));
        check_integers(text).map_err(|error| refuse(&error))?;
        let value = to_value(value).map_err(|error| refuse(&error))?;
        all.insert(name.as_str().into(), value);
    }
    Ok(all)
}

fn misspelt(name: &str, text: &str, error: &serde_json::Error) -> ShellError {
    let message = format!("--param {name}: expected JSON, found `{text}` ({error})");
    let plain = text
        .chars()
        .all(|c| c.is_alphanumeric() || " _-.".contains(c));
    let help = plain.then(|| {
        format!("a string needs double quotes inside single quotes: `--param '{name}=\"{text}\"'`")
    });
    ShellError::Usage(message, help)
}

fn from_file(path: &Path) -> Result<Entries, ShellError> {
    let text = script::file(path, &Stop::default())?;
    let refuse = |why: String| ShellError::usage(format!("`{}`: {why}", path.display()));
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)
        .map_err(|error| refuse(format!("expected a JSON object: {error}")))?;
    check_integers(&text).map_err(|error| refuse(error.to_string()))?;
    object
        .into_iter()
        .map(|(name, value)| {
            let value = to_value(value).map_err(|error| refuse(format!("`{name}`: {error}")))?;
            Ok((name.into(), value))
        })
        .collect()
}
