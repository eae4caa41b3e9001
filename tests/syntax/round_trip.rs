//! A printed tree parses to the same tree.

use relata::syntax::{ast, parse, parse_expression};

/// Prints the tree of `text`, parses the result, and compares.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let Ok(tree) = parse(text) else { return Ok(()) };
    let printed = tree.to_string();
    let again = parse(&printed)
        .map_err(|error| format!("{text}\nprints as\n{printed}\nwhich gives {error:?}"))?;
    same(text, &printed, &bare(&tree), &bare(&again))?;
    same(text, &printed, &printed, &again.to_string())
}

/// Prints an expression, parses the result, and compares.
pub(crate) fn check_expression(tree: &ast::Expr) -> Result<(), String> {
    let printed = tree.to_string();
    let again = parse_expression(&printed)
        .map_err(|error| format!("{printed}\ngives {error:?}\nand is of {tree:?}"))?;
    same(&printed, &again.to_string(), &bare(tree), &bare(&again))
}

fn same(text: &str, printed: &str, tree: &str, again: &str) -> Result<(), String> {
    if tree == again {
        return Ok(());
    }
    Err(format!(
        "{text}\nprints as\n{printed}\nwhich is another tree:\n{tree}\n{again}"
    ))
}

/// The tree as text without spans and column texts.
pub(crate) fn bare(tree: &impl std::fmt::Debug) -> String {
    let mut debug = without(&format!("{tree:?}"), "Span { start: ", "}");
    if debug.contains("ProjectionItem") {
        debug = without_texts(&debug);
    }
    debug
}

/// `text` without the parts from `open` to the next `close`.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        rest += part.split_once(close).map_or("", |(_, after)| after);
    }
    rest
}

/// Columns end with `, text: "…" }`; names have their text elsewhere.
fn without_texts(text: &str) -> String {
    let mut parts = text.split(", text: \"");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut escaped = false;
        let end = part.find(|char| {
            let ends = char == '"' && !escaped;
            escaped = char == '\\' && !escaped;
            ends
        });
        rest += &part[end.unwrap_or_default()..];
    }
    rest
}
