//! The output of the shell: data to standard output, everything else to standard error.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufWriter, ErrorKind, IsTerminal as _, Write},
    path::Path,
    time::{Duration, Instant},
};

use relata::{
    Answer, Code, Diagnostic, Format, Layout, Rendering, Reply, Source,
    answer::Changes,
    base::{grouped, render, shortened},
};

use crate::repl::{
    error::ShellError,
    interrupt::{Interrupts, passed},
    output,
    pager::{Page, Paged},
    reply::{self, Place},
    style::Style,
    visible::{Visible, visible},
};

/// The output settings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Console {
    /// Whether standard output is coloured.
    pub(crate) color: bool,
    /// Whether standard error is coloured.
    pub(crate) color_errors: bool,
    /// Whether warnings and footers are omitted.
    pub(crate) quiet: bool,
    /// Whether answers have footers.
    pub(crate) footers: bool,
    /// The width in columns, if standard output is a terminal.
    pub(crate) width: Option<usize>,
    /// The height in lines, if standard output is a terminal.
    pub(crate) height: Option<usize>,
}

/// Maximum number of warnings of a statement that are shown.
const MOST_WARNINGS: usize = 20;

/// The text width without a terminal.
const WIDTH: usize = 80;

impl Console {
    /// The width of running text.
    pub(crate) fn text_width(&self) -> usize {
        self.width.unwrap_or(WIDTH)
    }

    /// Writes an answer, until an interrupt comes or the deadline passes.
    pub(crate) fn answer(
        &self,
        answer: &Answer,
        format: &Format,
        layout: Layout,
        until: Until<'_>,
    ) -> Result<(), ShellError> {
        written(until, |out| format.write(answer, layout, out))
    }

    /// Writes a reply to a question as a JSON object, until an interrupt comes or the deadline passes.
    pub(crate) fn object(
        &self,
        reply: &Reply,
        format: &Format,
        until: Until<'_>,
    ) -> Result<(), ShellError> {
        written(until, |out| reply::write_json(reply, format, out))
    }

    /// Writes the interpretation of a question.
    pub(crate) fn echo(&self, reply: &Reply) {
        if !self.quiet {
            self.note(&reply::echo(reply, self.width, self.color_errors));
        }
    }

    /// Writes the notes of a reply, after its rows.
    pub(crate) fn notes(&self, reply: &Reply, place: Place) {
        if !self.quiet {
            for line in reply::notes(reply, place) {
                self.note(&reply::wrapped(&line, self.width));
            }
        }
    }

    /// Writes requested text, such as help.
    pub(crate) fn text(&self, text: &str) -> Result<(), ShellError> {
        let mut out = io::stdout().lock();
        let text = match self.footers {
            true => Cow::Owned(visible(text, self.color)),
            false => Cow::Borrowed(text),
        };
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(ShellError::Output)
    }

    /// Writes a line to standard error, ignoring errors.
    pub(crate) fn note(&self, line: &str) {
        let mut err = io::stderr().lock();
        let _ = match err.is_terminal() {
            true => writeln!(err, "{}", visible(line, self.color_errors)),
            false => writeln!(err, "{line}"),
        };
    }

    /// Writes the notes about the opening of a graph.
    pub(crate) fn opening(&self, notes: &[String]) {
        if !self.quiet {
            let label = Style::Strong.paint("note", self.color_errors);
            notes
                .iter()
                .for_each(|note| self.note(&format!("{label}: {note}")));
        }
    }

    /// Writes the warnings of a statement.
    pub(crate) fn warnings(&self, warnings: &[Diagnostic], source: &Source) {
        if self.quiet {
            return;
        }
        for warning in warnings.iter().take(MOST_WARNINGS) {
            self.note(&render(warning, source, self.rendering()));
        }
        let more = warnings.len().saturating_sub(MOST_WARNINGS);
        if more > 0 {
            self.note(&format!("warning: {more} more warnings are not shown"));
        }
    }

    /// Writes an error.
    pub(crate) fn error(&self, error: &ShellError) {
        match error {
            silent if silent.is_silent() => {}
            ShellError::Engine(error) => self.note(&error.render(self.rendering())),
            ShellError::Ambiguous(error, true) => self.note(&reply::candidates_json(error)),
            ShellError::Ambiguous(error, false) => {
                self.note(&error.render(self.rendering()));
                self.note(reply::candidates(error, self.color_errors).trim_end());
            }
            other => {
                let message = reply::wrapped(&format!("error: {other}"), self.width);
                let label = Style::Error.paint("error", self.color_errors);
                self.note(&message.replacen("error", &label, 1));
                if let ShellError::Usage(_, Some(help)) = other {
                    let help = format!("  = help: {}", shortened(help.clone()));
                    self.note(&reply::wrapped(&help, self.width));
                }
            }
        }
    }

    /// Writes the number of rows, the changes and the time.
    pub(crate) fn footer(&self, answer: &Answer, time: Duration, hidden: Hidden) {
        if self.quiet || !self.footers {
            return;
        }
        let line = reply::wrapped(&footer(answer, time, hidden), self.width);
        self.note(&Style::Faint.paint(&line, self.color_errors));
    }

    fn rendering(&self) -> Rendering {
        Rendering {
            color: self.color_errors,
            width: self.width.unwrap_or(0),
        }
    }
}

/// What ends the writing of an answer early.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Until<'i> {
    pub(crate) interrupts: &'i Interrupts,
    /// The file that the answer goes to, if not to standard output.
    pub(crate) file: Option<&'i File>,
    /// The end of the time limit of the statement, if it has one.
    pub(crate) deadline: Option<Instant>,
    /// The pager for an answer that does not fit the screen.
    pub(crate) page: Option<Page<'i>>,
}

/// Writes data to the place of answers.
fn written(
    until: Until<'_>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), ShellError> {
    if let Some(page) = until.page {
        return paged(page, until.interrupts, write);
    }
    let out = output::writer(until.file);
    let is_terminal = until.file.is_none() && io::stdout().is_terminal();
    let out: Box<dyn Write> = match is_terminal {
        true => Box::new(Visible::new(out, false)),
        false => out,
    };
    let out = until.interrupts.stopping(out, until.deadline);
    let mut out = BufWriter::with_capacity(1 << 16, out);
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(|error| match error.kind() {
            _ if until.interrupts.came() => ShellError::Interrupted,
            ErrorKind::Other if passed(until.deadline) => ShellError::Engine(unwritten().into()),
            _ => ShellError::Output(error),
        })
}

/// Writes data to the screen, or to the pager if it does not fit. Who reads it there takes the time that this takes, and may
/// leave before the end.
fn paged(
    page: Page<'_>,
    interrupts: &Interrupts,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), ShellError> {
    let mut paged = Paged::new(page);
    let written = {
        let out = interrupts.stopping(Visible::new(&mut paged, false), None);
        let mut out = BufWriter::with_capacity(1 << 16, out);
        write(&mut out).and_then(|()| out.flush())
    };
    if paged.is_started() {
        let ended = paged.finish();
        interrupts.clear();
        return ended.map_err(ShellError::Output);
    }
    written.map_err(|error| match interrupts.came() {
        true => ShellError::Interrupted,
        false => ShellError::Output(error),
    })?;
    paged.finish().map_err(ShellError::Output)
}

/// The error of an answer that takes longer to write than the rest of the time limit.
fn unwritten() -> Diagnostic {
    let message = "the answer takes longer to write than the time limit; it is incomplete";
    Diagnostic::whole(Code::TimeLimit, message)
        .help("changes of the statement are kept; limit the rows, or raise `--timeout`")
}

/// The rows and columns of an answer that a table leaves out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hidden {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    /// Where they can be asked for.
    pub(crate) place: Place,
}

impl Hidden {
    /// What shows the rest.
    fn remedy(self) -> Option<&'static str> {
        match (self.rows, self.columns, self.place) {
            (0, 0, _) => None,
            (_, 0, Place::Prompt) => Some("`:last all` shows every row"),
            (0, _, Place::Prompt) => Some("`:last vertical` shows every column"),
            (_, _, Place::Prompt) => Some("`:last all` shows everything"),
            (.., Place::Script) => Some("`--format vertical` shows everything"),
        }
    }
}

/// `10,000 rows (50 shown)`
fn shown(all: usize, hidden: usize, one: &str, many: &str) -> String {
    let count = counted(all as u64, one, many);
    match hidden {
        0 => count,
        _ => format!("{count} ({} shown)", grouped((all - hidden) as u64)),
    }
}

fn footer(answer: &Answer, time: Duration, hidden: Hidden) -> String {
    let mut parts = Vec::new();
    if !answer.columns().is_empty() {
        parts.push(shown(answer.len(), hidden.rows, "row", "rows"));
        let columns = answer.columns().len();
        if hidden.columns > 0 {
            parts.push(shown(columns, hidden.columns, "column", "columns"));
        }
    } else if answer.changes().is_empty() {
        parts.push("done".to_owned());
    }
    parts.extend(changes(answer.changes()));
    parts.push(duration(time));
    parts.extend(hidden.remedy().map(ToOwned::to_owned));
    parts.join(" · ")
}

/// The changes of a statement, in words.
fn changes(changes: &Changes) -> Vec<String> {
    [
        (changes.nodes_created, "node created", "nodes created"),
        (changes.nodes_deleted, "node deleted", "nodes deleted"),
        (
            changes.relationships_created,
            "relationship created",
            "relationships created",
        ),
        (
            changes.relationships_deleted,
            "relationship deleted",
            "relationships deleted",
        ),
        (changes.labels_added, "label added", "labels added"),
        (changes.labels_removed, "label removed", "labels removed"),
        (changes.properties_added, "property set", "properties set"),
        (
            changes.properties_removed - changes.properties_replaced,
            "property removed",
            "properties removed",
        ),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| counted(count, one, many))
    .collect()
}

/// `1 row`, `2,048 rows`
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", grouped(count))
}

/// The duration in a unit that keeps the number short.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        ..0.01 => format!("{:.2} ms", seconds * 1e3),
        ..0.1 => format!("{:.1} ms", seconds * 1e3),
        ..1.0 => format!("{:.0} ms", seconds * 1e3),
        ..60.0 => format!("{seconds:.2} s"),
        _ => format!("{} min {:.0} s", time.as_secs() / 60, seconds % 60.0),
    }
}

/// The warning that a file was not copied with a graph.
pub(crate) fn left_out(path: &Path) -> String {
    let why = if path.is_symlink() {
        "is a link"
    } else {
        "does not exist any more"
    };
    format!("warning: `{}` {why} and is not copied", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_thing_is_counted_in_the_singular() {
        assert_eq!(counted(1, "row", "rows"), "1 row");
    }

    #[test]
    fn times_are_short_in_every_range() {
        let shown = |microseconds| duration(Duration::from_micros(microseconds));
        assert_eq!(shown(420), "0.42 ms");
        assert_eq!(shown(42_000), "42.0 ms");
        assert_eq!(shown(420_000), "420 ms");
        assert_eq!(shown(4_200_000), "4.20 s");
        assert_eq!(shown(125_000_000), "2 min 5 s");
    }
}
