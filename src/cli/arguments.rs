//! The definition of the command line. The docs of options and values are the text of `--help`.

#[cfg(feature = "serve")]
mod serve;

use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

use clap::{
    Args, Parser, Subcommand, ValueEnum, ValueHint,
    builder::{PossibleValue, PossibleValuesParser},
};
use clap_complete::Shell;
use relata::{Format, GraphFormat};

#[cfg(feature = "serve")]
pub(crate) use self::serve::{Listening, ServeArguments};
use crate::repl::unit::{byte_count, count, duration};

const EXIT_CODES: &str = "\
Exit codes:
  0    every statement ran
  1    a statement or a check failed
  2    the command line is wrong
  3    a file or a graph could not be read or written
  4    a statement reached a limit (--max-rows, --max-memory, --max-path-length, --timeout)
  5    a question has several interpretations (--pick chooses one)
  130  interrupted

Answers go to standard output; errors, warnings and footers to standard error.";

const EXAMPLES: &str = "\
Examples:
  relata                                     open a prompt on the built-in graph
  relata -c 'MATCH (n:Course) RETURN n.name'
  relata -c '? which courses cover KSS 7'
  relata my-graph/ -f questions.cypher --format jsonl
  echo 'RETURN $x * 2 AS y;' | relata --param x=21
  relata --nodes=Person=people.csv --relationships=KNOWS=knows.csv
  relata new my-graph                        create a folder with an empty graph
  relata export copy/ my-graph/              write a graph as CSV files";

/// Query a graph in openCypher or in plain English.
///
/// Without -c, -f or piped input, opens a prompt on the terminal.
#[derive(Debug, Parser)]
#[command(
    name = "relata",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = EXIT_CODES,
    after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"),
)]
pub(crate) struct Arguments {
    /// A task other than running statements.
    #[command(subcommand)]
    pub(crate) task: Option<Task>,

    /// The graph.
    #[command(flatten)]
    pub(crate) graph: GraphArguments,

    /// How changes are kept.
    #[command(flatten)]
    pub(crate) changes: ChangeArguments,

    /// The input.
    #[command(flatten)]
    pub(crate) input: InputArguments,

    /// The output.
    #[command(flatten)]
    pub(crate) output: OutputArguments,

    /// The limits.
    #[command(flatten)]
    pub(crate) limits: LimitArguments,
}

/// The options that select a graph.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Graph")]
pub(crate) struct GraphArguments {
    /// A folder of CSV files, or files of any known format: scripts, tables, GraphML, JSON … [default: the built-in graph]
    ///
    /// The format is recognised by the content and the name. Several files are one graph. `-` is standard input, and a name
    /// with `*` or `?` stands for all files that match. Write a folder that has the name of a subcommand as `./check`.
    #[arg(value_name = "GRAPH", value_hint = ValueHint::AnyPath, help_heading = "Arguments")]
    pub(crate) paths: Vec<PathBuf>,

    /// Start with an empty graph
    #[arg(long, conflicts_with_all = ["paths", "nodes", "relationships", "overlay"])]
    pub(crate) empty: bool,

    /// Node files with the labels of their nodes; with a folder GRAPH, they are added to it
    ///
    /// The column `:LABEL` can add more labels. The first of several files may contain only the header.
    #[arg(long, value_name = "[LABEL[:LABEL]…=]FILE[,FILE]…")]
    pub(crate) nodes: Vec<String>,

    /// Relationship files with the type of their relationships; with a folder GRAPH, they are added to it
    #[arg(long, value_name = "[TYPE=]FILE[,FILE]…")]
    pub(crate) relationships: Vec<String>,

    /// The delimiter of fields in CSV files: one character, `TAB`, or `ASCII` and a number [default: detected]
    #[arg(long, value_name = "CHAR", value_parser = separator)]
    pub(crate) delimiter: Option<char>,

    /// The delimiter of list items in a field [default: `;`]
    #[arg(long, value_name = "CHAR", value_parser = separator)]
    pub(crate) array_delimiter: Option<char>,

    /// Load an overlay: an optional part of the graph, such as `external`
    #[arg(long, value_name = "NAME")]
    pub(crate) overlay: Vec<String>,

    /// Tables without types in their headers.
    #[command(flatten)]
    pub(crate) tables: TableArguments,
}

/// How tables without types in their headers are read.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Tables")]
pub(crate) struct TableArguments {
    /// Read tables as this file says, which `relata import --guess` writes [default: guess]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) map: Option<PathBuf>,

    /// The encoding of tables, such as `windows-1252` [default: detected]
    #[arg(long, value_name = "NAME", alias = "input-encoding")]
    pub(crate) encoding: Option<String>,

    /// A text that stands for an absent value, besides an empty field, `NULL` and `\N`
    #[arg(long, value_name = "TEXT")]
    pub(crate) null: Vec<String>,

    /// The format of dates, such as `%m/%d/%Y` [default: detected]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) date_format: Option<String>,

    /// Leave out rows with problems
    #[arg(long)]
    pub(crate) skip_bad_rows: bool,

    /// Leave out relationships whose ends are unknown
    #[arg(long, num_args = 0..=1, default_missing_value = "true", default_value = "false", value_name = "BOOL", require_equals = true, hide_possible_values = true, hide_default_value = true)]
    pub(crate) skip_bad_relationships: bool,

    /// Leave out nodes whose id another node has already
    #[arg(long, num_args = 0..=1, default_missing_value = "true", default_value = "false", value_name = "BOOL", require_equals = true, hide_possible_values = true, hide_default_value = true)]
    pub(crate) skip_duplicate_nodes: bool,

    /// Ignore fields beyond those of the header
    #[arg(long, num_args = 0..=1, default_missing_value = "true", default_value = "false", value_name = "BOOL", require_equals = true, hide_possible_values = true, hide_default_value = true)]
    pub(crate) ignore_extra_columns: bool,

    /// Remove blanks around texts
    #[arg(long, num_args = 0..=1, default_missing_value = "true", default_value = "false", value_name = "BOOL", require_equals = true, hide_possible_values = true, hide_default_value = true)]
    pub(crate) trim_strings: bool,

    /// Set an option of reading RDF, such as keepLangTag=true; see docs/DATA.md
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) rdf: Vec<String>,

    /// Write the rows that are left out to a file
    #[arg(long, value_name = "FILE", alias = "report-file", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,
}

/// How changes of the graph are kept.
#[derive(Args, Clone, Copy, Debug, Default)]
#[command(next_help_heading = "Graph")]
pub(crate) struct ChangeArguments {
    /// Refuse statements that change the graph
    #[arg(long)]
    pub(crate) read_only: bool,

    /// Keep changes of a folder GRAPH in memory only; without this, each change is on disk before it is answered
    #[arg(long, conflicts_with = "read_only")]
    pub(crate) no_journal: bool,
}

/// What is run.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputArguments {
    /// Run the statements, then exit; may be repeated, and runs in order with -f
    #[arg(short = 'c', long = "command", value_name = "STATEMENT")]
    pub(crate) commands: Vec<String>,

    /// Run the statements of a file, then exit; `-` is standard input
    #[arg(short = 'f', long = "file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,

    /// Set the parameter `$NAME` to a JSON value: `x=1`, `x='"text"'`
    #[arg(short = 'p', long = "param", value_name = "NAME=JSON", value_parser = assignment)]
    pub(crate) params: Vec<(String, String)>,

    /// Set parameters from a JSON object in a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) params_file: Vec<PathBuf>,

    /// Read the settings of the prompt from this file [default: relata/config.toml in the configuration folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) init: Option<PathBuf>,

    /// Read no settings of the prompt
    #[arg(long, conflicts_with = "init")]
    pub(crate) no_init: bool,

    /// Read every line as a question in English, not only lines that begin with `?`
    #[arg(long)]
    pub(crate) ask: bool,

    /// Use the interpretation with this number if a question has several
    #[arg(long, value_name = "NUMBER", value_parser = pick)]
    pub(crate) pick: Option<usize>,

    /// Continue with the next statement after an error
    #[arg(short = 'k', long)]
    pub(crate) keep_going: bool,
}

/// How answers are printed.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArguments {
    /// The format of answers [default: table on a terminal, else csv]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub(crate) format: Option<String>,

    /// Write answers to a file, in the format of its ending unless --format says
    #[arg(short = 'o', long = "output", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,

    /// Omit the names of the columns in CSV and TSV
    #[arg(long)]
    pub(crate) no_header: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: Color,

    /// Omit the greeting, footers and warnings
    #[arg(short = 'q', long)]
    pub(crate) quiet: bool,

    /// Do not show long texts in the pager of `PAGER`
    #[arg(long)]
    pub(crate) no_pager: bool,
}

/// The limits of a statement.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Limits")]
pub(crate) struct LimitArguments {
    /// The maximum number of rows of an answer
    #[arg(long, value_name = "ROWS", value_parser = count)]
    pub(crate) max_rows: Option<u64>,

    /// The maximum memory of a statement, such as 512MB [default: 80 % of the machine's or container's memory]
    #[arg(long, value_name = "BYTES", value_parser = byte_count)]
    pub(crate) max_memory: Option<u64>,

    /// The maximum number of relationships in a path of a variable-length pattern
    #[arg(long, value_name = "LENGTH", value_parser = count)]
    pub(crate) max_path_length: Option<u64>,

    /// The maximum number of threads that run a statement [default: one per core]
    #[arg(long, value_name = "THREADS")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// The maximum time of a statement, or of opening the graph, such as 500ms, 10s or 2m
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,

    /// Let statements read the files below a folder, by LOAD CSV and CALL load.json; may be repeated
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) allow_path: Vec<PathBuf>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The tasks other than running statements.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Serve the JSON Lines protocol on standard input and output
    Session(SessionArguments),
    /// Serve a graph to the drivers of Neo4j, over HTTP and to agents
    #[cfg(feature = "serve")]
    Serve(Box<ServeArguments>),
    /// Check the rules and the citations of a graph
    Check(CheckArguments),
    /// Create a folder with an empty graph
    New {
        /// The folder to create; an existing folder must be empty
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        target: PathBuf,
    },
    /// Read tables into a graph, or guess what they mean
    Import(ImportArguments),
    /// Write a graph to a folder of CSV files, or to a file in another format
    Export(ExportArguments),
    /// Print shell completions
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the features of ISO GQL, and whether the language has them
    Features,
    /// Print the manual page
    Man,
}

/// The options of `relata session`.
#[derive(Args, Debug)]
pub(crate) struct SessionArguments {
    /// The graph.
    #[command(flatten)]
    pub(crate) graph: GraphArguments,

    /// How changes are kept.
    #[command(flatten)]
    pub(crate) changes: ChangeArguments,

    /// The limits of statements.
    #[command(flatten)]
    pub(crate) limits: LimitArguments,
}

/// The options of `relata check`.
#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    /// The graph.
    #[command(flatten)]
    pub(crate) graph: GraphArguments,

    /// The folder with the source documents that the graph cites
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) sources: Option<PathBuf>,
}

/// The options of `relata import`.
#[derive(Args, Debug)]
pub(crate) struct ImportArguments {
    /// The files.
    #[command(flatten)]
    pub(crate) graph: GraphArguments,

    /// Write what the tables seem to mean to `map.toml`, or to the file of --output; `-` is standard output
    #[arg(long, help_heading = "Output", conflicts_with = "map")]
    pub(crate) guess: bool,

    /// The folder or file of the graph; without it, the files are only checked
    #[arg(short = 'o', long, value_name = "PATH", value_hint = ValueHint::AnyPath, help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,

    /// Replace the CSV files of a folder without a graph, or any existing file
    #[arg(long, help_heading = "Output")]
    pub(crate) force: bool,
}

/// The options of `relata export`.
#[derive(Args, Debug)]
pub(crate) struct ExportArguments {
    /// The destination: a folder, or a file such as `out.graphml`; `-` is standard output, a script unless --format says
    #[arg(value_name = "DIR", value_hint = ValueHint::AnyPath, help_heading = "Arguments")]
    pub(crate) target: PathBuf,

    /// The graph.
    #[command(flatten)]
    pub(crate) graph: GraphArguments,

    /// The format to write [default: by the ending of the name, else a folder of CSV files]
    #[arg(long, value_name = "FORMAT", value_parser = graph_formats(), help_heading = "Output")]
    pub(crate) format: Option<String>,

    /// Replace the CSV files of a folder without a graph, or any existing file
    #[arg(long, help_heading = "Output")]
    pub(crate) force: bool,
}

fn graph_formats() -> PossibleValuesParser {
    let written = GraphFormat::all()
        .iter()
        .filter(|format| format.can_write());
    PossibleValuesParser::new(
        written.map(|format| PossibleValue::new(format.name).help(format.doc)),
    )
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(Format::all().iter().map(|format| format.name))
}

/// Splits `name=value`.
fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("expected NAME=JSON, such as `x=1`")?;
    let name = name.strip_prefix('$').unwrap_or(name).trim();
    if name.is_empty() {
        return Err("expected a name before `=`".into());
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// The number of an interpretation.
fn pick(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "expected a number from 1".into())
}

/// A character, also in the spellings for characters that are hard to type in a shell.
fn separator(text: &str) -> Result<char, String> {
    let mut characters = text.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Ok(only);
    }
    match text {
        "TAB" | "\\t" => Ok('\t'),
        _ => text
            .strip_prefix("ASCII")
            .or_else(|| text.strip_prefix('\\'))
            .and_then(|code| code.trim().parse::<u8>().ok())
            .filter(u8::is_ascii)
            .map(char::from)
            .ok_or_else(|| "expected one character, `TAB`, or `ASCII` and a number".into()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_separator_is_one_character_however_spelt() {
        assert_eq!(separator("|"), Ok('|'));
        assert_eq!(separator("TAB"), Ok('\t'));
        assert_eq!(separator("\\t"), Ok('\t'));
        assert_eq!(separator("ASCII 59"), Ok(';'));
        assert!(separator("||").is_err());
    }

    #[test]
    fn a_parameter_is_split_at_its_first_equals_sign() {
        assert_eq!(assignment("x=a=b"), Ok(("x".into(), "a=b".into())));
        assert_eq!(assignment("$x=1"), Ok(("x".into(), "1".into())));
        assert!(assignment("x").is_err());
        assert!(assignment("=1").is_err());
    }

    #[test]
    fn a_folder_that_is_called_like_a_task_can_be_opened() {
        let given = Arguments::try_parse_from(["relata", "./check"]).expect("is a path");
        assert!(given.task.is_none());
        assert_eq!(given.graph.paths, [PathBuf::from("./check")]);
        let given = Arguments::try_parse_from(["relata", "check"]).expect("is a task");
        assert!(matches!(given.task, Some(Task::Check(_))));
    }
}
