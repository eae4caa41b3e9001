//! Commands that repeat earlier output: the last answer and the history.

use relata::{Format, Layout, base::did_you_mean};

use crate::repl::{command::Flow, error::ShellError, shell::Shell};

/// The default number of entries that `:history` lists.
const ENTRIES: usize = 20;

/// `:last`, `:last vertical`, `:last all`, `:last all csv`
pub(super) fn last(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let mut format = shell.format;
    let mut layout = shell.layout();
    for word in argument.split_whitespace() {
        match word {
            // `all` also removes the width limit, to show long values in full.
            "all" => {
                layout = Layout {
                    width: None,
                    rows: None,
                    ..layout
                }
            }
            name => format = find_format(name)?,
        }
    }
    let last = shell
        .last
        .as_ref()
        .ok_or_else(|| ShellError::usage("expected an earlier answer, found none"))?;
    shell.show(last, format, layout, None)?;
    Ok(Flow::Stay)
}

/// The format with this name.
pub(super) fn find_format(name: &str) -> Result<&'static Format, ShellError> {
    Format::find(&name.to_lowercase()).ok_or_else(|| {
        let names = || Format::all().iter().map(|format| format.name);
        let list = names().collect::<Vec<_>>().join(", ");
        let help = did_you_mean(name, names()).unwrap_or_else(|| format!("the formats are {list}"));
        ShellError::Usage(format!("unknown format `{name}`"), Some(help))
    })
}

/// `:history`, `:history 100`
pub(super) fn history(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let count = match argument {
        "" => ENTRIES,
        number => number
            .parse()
            .map_err(|_| ShellError::usage(format!("expected a number, found `{number}`")))?,
    };
    let total = shell.history.len();
    let mut text = String::new();
    for (at, entry) in shell
        .history
        .iter()
        .enumerate()
        .skip(total.saturating_sub(count))
    {
        let indented = entry.replace('\n', "\n       ");
        text += &format!("{:>5}  {indented}\n", at + 1);
    }
    shell.page(&text)?;
    Ok(Flow::Stay)
}

/// `:clear`
pub(super) fn clear(shell: &mut Shell, _: &str) -> Result<Flow, ShellError> {
    if shell.console.width.is_some() {
        shell.console.text("\x1b[H\x1b[2J\x1b[3J")?;
    }
    Ok(Flow::Stay)
}
