//! The commands of the shell, such as `:help` and `:schema`, as rows of a table.

mod again;
mod help;
mod language;
mod manual;
mod open;
mod program;
mod question;
mod run;
mod schema;
mod set;
mod setting;

use relata::base::did_you_mean;

pub(crate) use self::{
    help::TOPICS,
    manual::{ENTRIES, Names},
    program::edited,
    set::SETTINGS,
    set::assign,
};

use crate::repl::{error::ShellError, foreign, shell::Shell};

/// A command.
#[derive(Debug)]
pub(crate) struct Command {
    /// The name, without the colon.
    pub(crate) name: &'static str,
    /// The arguments, for the manual.
    pub(crate) arguments: &'static str,
    /// A one-sentence description, for the manual.
    pub(crate) doc: &'static str,
    /// The kind of argument, for completion.
    pub(crate) takes: Takes,
    body: fn(&mut Shell, &str) -> Result<Flow, ShellError>,
}

/// The kind of argument that a command takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// No argument, or one that cannot be completed.
    Nothing,
    /// A topic of the manual.
    Topic,
    /// A format.
    Format,
    /// A statement.
    Statement,
    /// A file.
    File,
    /// A label or a relationship type.
    Schema,
    /// A setting.
    Setting,
    /// A parameter.
    Parameter,
}

/// Whether the session continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// It continues.
    Stay,
    /// It ends.
    Leave,
}

/// Every command, in manual order.
pub(crate) static COMMANDS: &[Command] = &[
    Command {
        name: "help",
        arguments: "[TOPIC]",
        doc: "explain a topic, a command or a function",
        takes: Takes::Topic,
        body: help::help,
    },
    Command {
        name: "schema",
        arguments: "[NAME]",
        doc: "list labels and types, or the properties of one",
        takes: Takes::Schema,
        body: schema::schema,
    },
    Command {
        name: "mode",
        arguments: "[FORMAT]",
        doc: "list the output formats, or choose one",
        takes: Takes::Format,
        body: setting::mode,
    },
    Command {
        name: "last",
        arguments: "[FORMAT|all]",
        doc: "show the last answer in full or in another format",
        takes: Takes::Format,
        body: again::last,
    },
    Command {
        name: "vocabulary",
        arguments: "[WORD]",
        doc: "list the words of the graph, or explain one word",
        takes: Takes::Nothing,
        body: question::vocabulary,
    },
    Command {
        name: "pick",
        arguments: "NUMBER",
        doc: "run another interpretation of the last question",
        takes: Takes::Nothing,
        body: question::pick,
    },
    Command {
        name: "basis",
        arguments: "",
        doc: "list the supporting facts of the last answer",
        takes: Takes::Nothing,
        body: question::basis,
    },
    Command {
        name: "param",
        arguments: "NAME VALUE",
        doc: "set the parameter `$NAME`: an expression or JSON",
        takes: Takes::Parameter,
        body: setting::param,
    },
    Command {
        name: "params",
        arguments: "[clear]",
        doc: "list the parameters, or remove them",
        takes: Takes::Nothing,
        body: setting::params,
    },
    Command {
        name: "explain",
        arguments: "[STATEMENT]",
        doc: "show the plan of a statement, or of the last one",
        takes: Takes::Statement,
        body: run::explain,
    },
    Command {
        name: "profile",
        arguments: "[STATEMENT]",
        doc: "run a statement, or the last one, and show its work",
        takes: Takes::Statement,
        body: run::profile,
    },
    Command {
        name: "source",
        arguments: "FILE",
        doc: "run the statements of a file",
        takes: Takes::File,
        body: run::source,
    },
    Command {
        name: "open",
        arguments: "PATH",
        doc: "open another graph: a folder, or a file",
        takes: Takes::File,
        body: open::open,
    },
    Command {
        name: "save",
        arguments: "[DIR]",
        doc: "save the graph to a folder, `x.cypher` or its own",
        takes: Takes::File,
        body: run::save,
    },
    Command {
        name: "export",
        arguments: "FILE",
        doc: "write the graph in the format of the ending",
        takes: Takes::File,
        body: run::export,
    },
    Command {
        name: "output",
        arguments: "[FILE]",
        doc: "write answers to a file, or to the screen again",
        takes: Takes::File,
        body: run::output,
    },
    Command {
        name: "once",
        arguments: "FILE",
        doc: "write the next answer to a file",
        takes: Takes::File,
        body: run::once,
    },
    Command {
        name: "set",
        arguments: "[NAME VALUE]",
        doc: "list the settings, set one, or keep them: --save",
        takes: Takes::Setting,
        body: set::set,
    },
    Command {
        name: "limits",
        arguments: "",
        doc: "list the limits of statements and values",
        takes: Takes::Nothing,
        body: set::limits,
    },
    Command {
        name: "begin",
        arguments: "",
        doc: "open a transaction",
        takes: Takes::Nothing,
        body: run::begin,
    },
    Command {
        name: "commit",
        arguments: "",
        doc: "commit the changes since :begin",
        takes: Takes::Nothing,
        body: run::commit,
    },
    Command {
        name: "rollback",
        arguments: "",
        doc: "undo the changes since :begin",
        takes: Takes::Nothing,
        body: run::rollback,
    },
    Command {
        name: "edit",
        arguments: "[FILE]",
        doc: "edit the last statement, or a file, in $EDITOR",
        takes: Takes::File,
        body: program::edit,
    },
    Command {
        name: "shell",
        arguments: "[COMMAND]",
        doc: "run a command of the system; the same as !COMMAND",
        takes: Takes::File,
        body: program::shell,
    },
    Command {
        name: "history",
        arguments: "[COUNT]",
        doc: "list earlier statements",
        takes: Takes::Nothing,
        body: again::history,
    },
    Command {
        name: "clear",
        arguments: "",
        doc: "clear the screen",
        takes: Takes::Nothing,
        body: again::clear,
    },
    Command {
        name: "quit",
        arguments: "",
        doc: "exit; the same as :exit and Ctrl-D",
        takes: Takes::Nothing,
        body: leave,
    },
    Command {
        name: "exit",
        arguments: "",
        doc: "exit",
        takes: Takes::Nothing,
        body: leave,
    },
];

/// Runs a command line; one of another program as the command that does the same.
pub(crate) fn run(shell: &mut Shell, line: &str) -> Result<Flow, ShellError> {
    if !line.trim_start().starts_with(':') {
        let command = foreign::translated(line).ok_or_else(|| unknown_foreign(line))?;
        return run(shell, &command);
    }
    let (name, argument) = parts(line);
    let command = find(name)?;
    if command.arguments.is_empty() && !argument.is_empty() {
        return Err(ShellError::usage(format!(
            "`:{}` takes no argument, found `{argument}`",
            command.name
        )));
    }
    (command.body)(shell, argument)
}

/// The name and the argument of a line, without the colon and a final semicolon.
pub(crate) fn parts(line: &str) -> (&str, &str) {
    let line = line.trim().trim_end_matches(';').trim_end();
    let line = line.strip_prefix(':').unwrap_or(line);
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    (&line[..end], line[end..].trim())
}

/// The command with this name, or the only one with this prefix.
pub(crate) fn find(name: &str) -> Result<&'static Command, ShellError> {
    let name = name.to_lowercase();
    // The word of cypher-shell.
    let name = if name == "use" {
        "open".to_owned()
    } else {
        name
    };
    if let Some(exact) = COMMANDS.iter().find(|command| command.name == name) {
        return Ok(exact);
    }
    let mut begun = COMMANDS
        .iter()
        .filter(|command| command.name.starts_with(&name));
    if let (Some(only), None, false) = (begun.next(), begun.next(), name.is_empty()) {
        return Ok(only);
    }
    let names = COMMANDS.iter().map(|command| command.name);
    let near =
        did_you_mean(&name, names).map(|help| help.replace('`', "`:").replacen("`:?", "`?", 1));
    let help = near.unwrap_or_else(|| "`:help` lists the commands".to_owned());
    Err(ShellError::Usage(
        format!("unknown command `:{name}`"),
        Some(help),
    ))
}

fn unknown_foreign(line: &str) -> ShellError {
    let name = line.split_whitespace().next().unwrap_or_default();
    let help = "commands begin with `:`; `:help` lists them".to_owned();
    ShellError::Usage(format!("unknown command `{name}`"), Some(help))
}

fn leave(_: &mut Shell, _: &str) -> Result<Flow, ShellError> {
    Ok(Flow::Leave)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_divided_into_name_and_argument() {
        assert_eq!(parts(":mode csv;"), ("mode", "csv"));
        assert_eq!(parts("  :quit"), ("quit", ""));
        assert_eq!(parts(":param x 'a; b'"), ("param", "x 'a; b'"));
    }

    #[test]
    fn a_name_may_be_cut_short_where_it_stays_clear() {
        assert_eq!(find("hi").map(|found| found.name).ok(), Some("history"));
        assert_eq!(find("MODE").map(|found| found.name).ok(), Some("mode"));
        assert!(find("p").is_err());
        assert!(find("").is_err());
    }

    #[test]
    fn an_unknown_command_gets_the_nearest() {
        let Err(ShellError::Usage(message, help)) = find("shcema") else {
            panic!("there is no such command");
        };
        assert_eq!(message, "unknown command `:shcema`");
        assert_eq!(help.as_deref(), Some("did you mean `:schema`?"));
    }

    #[test]
    fn names_are_unique_and_documented() {
        for (at, command) in COMMANDS.iter().enumerate() {
            let doc = command.doc.len();
            assert!(
                (1..=52).contains(&doc),
                "{} does not fit 80 columns",
                command.name
            );
            assert!(
                COMMANDS[..at]
                    .iter()
                    .all(|other| other.name != command.name)
            );
        }
    }
}
