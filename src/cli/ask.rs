//! The main task: builds a shell from the command line and runs it.

use std::{
    io::{self, IsTerminal as _},
    mem,
};

use clap::{ArgMatches, parser::ValueSource};
use relata::Format;

use crate::cli::{
    arguments::{Arguments, Color, InputArguments, OutputArguments},
    configure::configure,
    open::{open, open_path},
    parameter::parameters,
};
use crate::repl::{
    console::Console,
    error::ShellError,
    interactive,
    output::Output,
    pager,
    script::{self, Input},
    shell::{Opener, Shell},
    style,
};

/// Runs the given inputs, or opens a prompt, and returns the exit code.
pub(super) fn ask(arguments: &Arguments, matches: &ArgMatches) -> Result<u8, ShellError> {
    let shell = shell(arguments)?;
    Ok(converse(arguments, matches, shell))
}

fn converse(arguments: &Arguments, matches: &ArgMatches, mut shell: Shell) -> u8 {
    let inputs = inputs(&arguments.input, matches);
    // A prompt would write to standard output, which is for data only.
    if inputs.is_empty() && io::stdin().is_terminal() && io::stdout().is_terminal() {
        if !arguments.input.no_init {
            configure(&mut shell, arguments);
        }
        let graph = &arguments.graph;
        return interactive::run(shell, &graph.name(), graph.path());
    }
    let inputs = if inputs.is_empty() {
        vec![Input::Standard]
    } else {
        inputs
    };
    let code = script::run(&mut shell, &inputs);
    if shell.has_changed() && !shell.console.quiet {
        let name = arguments.graph.name();
        shell.console.note(&format!(
            "warning: the changes of {name} are not kept; `:save DIR` at the end of the input keeps them"
        ));
    }
    // The process is about to end; freeing the graph would only take time.
    mem::forget(shell);
    code
}

fn shell(arguments: &Arguments) -> Result<Shell, ShellError> {
    let parameters = parameters(&arguments.input)?;
    let database = open(&arguments.graph, arguments.changes, &arguments.limits)?;
    let console = console(&arguments.output);
    console.opening(database.notes());
    let mut shell = Shell::new(database, console, format(&arguments.output));
    shell.parameters = parameters;
    shell.has_format = arguments.output.format.is_some();
    shell.no_header = arguments.output.no_header;
    if let Some(path) = &arguments.output.output {
        shell.output = Output::to(path, false)?;
    }
    shell.set_opener(opener(arguments));
    shell.keep_going = arguments.input.keep_going;
    shell.asks = arguments.input.ask;
    shell.pick = arguments.input.pick;
    if !arguments.output.no_pager {
        shell.pager = pager::wanted();
    }
    Ok(shell)
}

/// Opens another graph with the options of this command line.
fn opener(arguments: &Arguments) -> Opener {
    let (graph, limits) = (arguments.graph.clone(), arguments.limits.clone());
    let changes = arguments.changes;
    Opener(Box::new(move |path, token| {
        open_path(path, &graph, changes, &limits, token)
    }))
}

/// The inputs of `-c` and `-f`, in command-line order.
fn inputs(arguments: &InputArguments, matches: &ArgMatches) -> Vec<Input> {
    let commands = arguments
        .commands
        .iter()
        .map(|text| Input::Given(text.clone()));
    let files = arguments.files.iter().map(|path| Input::File(path.clone()));
    let mut placed: Vec<_> = places(matches, "commands")
        .zip(commands)
        .chain(places(matches, "files").zip(files))
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, input)| input).collect()
}

fn places<'m>(matches: &'m ArgMatches, name: &str) -> impl Iterator<Item = usize> + use<'m> {
    let given = matches.value_source(name) == Some(ValueSource::CommandLine);
    let indices = given.then(|| matches.indices_of(name)).flatten();
    indices.into_iter().flatten()
}

/// The console, configured from the terminal and the command line.
pub(super) fn console(arguments: &OutputArguments) -> Console {
    let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
    let colored = |terminal: bool| match arguments.color {
        Color::Auto => terminal && style::allowed(),
        Color::Always => true,
        Color::Never => false,
    };
    Console {
        color: colored(out),
        color_errors: colored(err),
        quiet: arguments.quiet,
        footers: out,
        width: if out {
            interactive::terminal_size().map(|(columns, _)| columns)
        } else {
            None
        },
        height: None,
    }
}

fn format(arguments: &OutputArguments) -> &'static Format {
    let given = arguments.format.as_deref();
    let usual = if io::stdout().is_terminal() {
        "table"
    } else {
        "csv"
    };
    let found = given.and_then(Format::find).or_else(|| Format::find(usual));
    found.expect("the parser takes the names of formats alone, and these two are among them")
}
