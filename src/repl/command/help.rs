//! `:help`: the manual at the prompt.

use relata::{base::did_you_mean, function};

use crate::repl::{
    command::COMMANDS,
    command::Command,
    command::Flow,
    command::language,
    command::manual::{self, Entry, Names},
    complete::{callables, signature},
    error::ShellError,
    shell::Shell,
    style::Style,
};

/// The topics with a page of their own.
pub(crate) const TOPICS: &[&str] = &["questions", "commands", "keys", "language", "functions"];

const KEYS: &str = "\
Enter              run the statement if it is complete, otherwise start a new line
                   A statement is complete if it ends with ; or if it is a whole statement on one line.
                   An empty line also completes a whole statement.
Alt-Enter          start a new line in any case
Tab                complete labels, types, properties, names, functions and keywords
Right, End         accept the suggested completion
Up, Down           move between lines, then to earlier and later statements
Ctrl-R             search the history
Ctrl-A, Ctrl-E     go to the beginning or the end of the line
Ctrl-W, Ctrl-U     delete the word, or the line, before the cursor
Ctrl-_             undo
Ctrl-X Ctrl-E      edit the line in $VISUAL or $EDITOR
Ctrl-L             clear the screen
Ctrl-C             clear the statement, or interrupt the one that runs
Ctrl-D             exit
";

const ASKING: &str = "\
A line that begins like a question is a question: which, what, who, when, how many, list, is there, …
A line that begins with ? is always a question. The reply shows the interpretation, in words and as a
statement, and after the rows the supporting facts. Tab shows the words that can follow.

";

const NOT_ASKED: &str = "
Kinds of questions can be combined: which advanced … that … and how long are they?
A question with an unknown word is not run; the error names the word. Not supported: why, opinions,
pronouns that refer to an earlier question, and changes to the graph.
:vocabulary lists the words of the graph, :vocabulary WORD explains one word.
:basis lists the supporting facts of the last answer, :pick NUMBER runs another interpretation.
";

/// `:help`, `:help keys`, `:help toUpper`, `:help :mode`
pub(super) fn help(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let (topic, detail) = match argument.split_once(char::is_whitespace) {
        Some((topic, detail)) => (topic, detail.trim()),
        None => (argument, ""),
    };
    let color = shell.console.color;
    let text = match topic.to_lowercase().as_str() {
        "" => front(color),
        "questions" | "question" => questions(shell)?,
        "commands" => commands(color),
        "keys" => KEYS.to_owned(),
        "language" => language::PAGE.to_owned(),
        "functions" if detail.is_empty() => functions(shell.console.text_width(), color),
        "functions" | "function" => one(detail)?,
        _ => match manual::find(argument) {
            Some(entry) => described_entry(shell, entry),
            None => one(argument)?,
        },
    };
    shell.page(&text)?;
    Ok(Flow::Stay)
}

fn front(color: bool) -> String {
    let hint = "Type a question in English, a statement such as MATCH (n) RETURN labels(n), count(*);\n\
                or a command:\n\n";
    let more = "\n:help questions, :help keys, :help language and :help functions explain more;\n\
                :help NAME explains a clause, an operator, a command or a function.\n";
    format!("{hint}{}{more}", commands(color))
}

/// The supported forms of questions, with examples from the current graph, and their limits.
fn questions(shell: &mut Shell) -> Result<String, ShellError> {
    let color = shell.console.color;
    let mut text = String::from(ASKING);
    for example in shell.examples()? {
        let family = example.family;
        let name = Style::Strong.paint(&format!("{:<16}", family.name), color);
        let doc = Style::Faint.paint(family.doc, color);
        text += &format!("{name}{doc}\n");
        if let Some(question) = &example.question {
            text += &format!("    {question}\n");
        }
    }
    Ok(text + NOT_ASKED)
}

fn commands(color: bool) -> String {
    COMMANDS
        .iter()
        .map(|command| line(command, color))
        .collect()
}

fn line(command: &Command, color: bool) -> String {
    let call = format!(":{} {}", command.name, command.arguments);
    let padded = format!("{call:<24}");
    format!(
        "  {} {}\n",
        Style::Command.paint(&padded, color),
        command.doc
    )
}

/// Every function, then every aggregate, in columns that fit `width`.
fn functions(width: usize, color: bool) -> String {
    let mut names: Vec<_> = function::functions().map(|row| row.name).collect();
    names.sort_by_key(|name| name.to_lowercase());
    let mut aggregates: Vec<_> = function::aggregates().map(|row| row.name).collect();
    aggregates.sort_unstable();
    let heading = |text| Style::Strong.paint(text, color);
    format!(
        "{}\n{}\n{}\n{}\n:help NAME explains a function.\n",
        heading("Functions"),
        columns(&names, width),
        heading("Aggregates"),
        columns(&aggregates, width),
    )
}

/// Lays words out in columns, to be read downwards.
pub(crate) fn columns(words: &[&str], width: usize) -> String {
    let widest = words
        .iter()
        .map(|word| word.chars().count())
        .max()
        .unwrap_or(0);
    let across = (width.saturating_sub(2) / (widest + 2)).max(1);
    let down = words.len().div_ceil(across);
    let mut text = String::new();
    for row in 0..down {
        let mut line = String::from(" ");
        for word in words.iter().skip(row).step_by(down.max(1)) {
            line += &format!(" {word:<widest$} ");
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// The manual entry of a clause, an operator or a concept, with a function of the same name.
fn described_entry(shell: &Shell, entry: &Entry) -> String {
    let names = Names::of(shell.vocabulary().schema());
    let title = Style::Strong.paint(entry.names[0], shell.console.color);
    let doc = entry.doc.replace('\n', "\n  ");
    let example = names.filled(entry.example);
    let function = entry.names.iter().find_map(|name| described_function(name));
    let function = function.map_or(String::new(), |text| format!("\n{text}"));
    format!("{title}\n  {doc}\n\n  {example}\n{function}")
}

/// The manual entry of a command or function.
fn one(name: &str) -> Result<String, ShellError> {
    let bare = name.trim_start_matches(':').trim_end_matches("()");
    let command = COMMANDS
        .iter()
        .find(|command| command.name.eq_ignore_ascii_case(bare));
    match (command, name.starts_with(':')) {
        (Some(command), true) => Ok(describe(command)),
        (command, _) => described_function(bare)
            .or_else(|| command.map(describe))
            .ok_or_else(|| unknown(bare)),
    }
}

fn describe(command: &Command) -> String {
    format!(
        ":{} {}\n  {}\n",
        command.name, command.arguments, command.doc
    )
}

fn described_function(name: &str) -> Option<String> {
    let signature = signature(name)?;
    let scalar = function::find(name).map(|row| (row.doc, row.example));
    let aggregate = || function::find_aggregate(name).map(|row| (row.doc, row.example));
    Some(match scalar.or_else(aggregate) {
        None => format!("{signature}\n"),
        Some((doc, example)) => {
            format!(
                "{signature}\n  {doc}\n  {} is {}\n",
                example.query, example.result
            )
        }
    })
}

fn unknown(name: &str) -> ShellError {
    let commands = COMMANDS.iter().map(|command| command.name);
    let entries = manual::ENTRIES
        .iter()
        .flat_map(|entry| entry.names.iter().copied());
    let names = TOPICS.iter().copied().chain(commands).chain(callables());
    let names = names.chain(entries);
    let help = did_you_mean(name, names).unwrap_or_else(|| {
        format!(
            "try {}, or the name of a clause, a command or a function",
            TOPICS.join(", ")
        )
    });
    ShellError::Usage(format!("there is no help for `{name}`"), Some(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_laid_out_in_columns() {
        assert_eq!(columns(&["a", "bb", "c"], 10), "  a   c\n  bb\n");
        assert_eq!(columns(&["a", "bb"], 1), "  a\n  bb\n");
        assert_eq!(columns(&[], 80), "");
    }
}
