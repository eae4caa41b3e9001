//! The prompt: reads, runs and prints until the user leaves.

use std::{
    cell::RefCell,
    io, mem,
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
};

use relata::Source;
use rustyline::{Editor, error::ReadlineError};

use crate::repl::{
    command::{self, Flow, Names},
    console::counted,
    editor::{Assistant, LineEditor, editor},
    error::{ShellError, exit},
    history, script,
    shell::Shell,
    style::Style,
};

/// Runs the prompt until the input ends, and returns the exit code. `graph` is the name of the graph in the greeting, and
/// `path` where it is from.
pub(crate) fn run(mut shell: Shell, graph: &str, path: Option<&Path>) -> u8 {
    shell.set_interactive(graph, path);
    shell.console.height = terminal_size().map(|(_, lines)| lines);
    greet(&shell, graph);
    let start = mem::take(&mut shell.start);
    for text in start {
        if let Err(error) = script::run_text(&mut shell, &Arc::new(Source::new("start", text))) {
            shell.console.error(&error);
        }
    }
    let shell = Rc::new(RefCell::new(shell));
    let outcome = editor(&shell).and_then(|editor| Session::new(shell.clone(), editor).run());
    match outcome {
        Ok(()) => exit::OK,
        Err(error) => {
            let error = ShellError::File("standard input".to_owned(), io::Error::other(error));
            shell.borrow().console.error(&error);
            exit::INPUT_OUTPUT
        }
    }
}

fn greet(shell: &Shell, graph: &str) {
    if shell.console.quiet {
        return;
    }
    let (nodes, relationships) = (
        shell.database.graph().node_count(),
        shell.database.graph().relationship_count(),
    );
    let size = format!(
        "{}, {}",
        counted(nodes as u64, "node", "nodes"),
        counted(relationships as u64, "relationship", "relationships")
    );
    let name = Style::Strong.paint("relata", shell.console.color_errors);
    let version = env!("CARGO_PKG_VERSION");
    shell
        .console
        .note(&format!("{name} {version} · {graph}: {size}"));
    let journaled = shell.database.journaled();
    if journaled > 0 {
        let transactions = counted(journaled, "transaction", "transactions");
        let note = format!("{transactions} in the journal; :save writes the changes to the files.");
        shell.console.note(&note);
    }
    let example = example(shell);
    shell.console.note(&format!(
        "Try {}",
        Style::Keyword.paint(&example, shell.console.color_errors)
    ));
    let question = "which courses are about trauma?";
    if shell
        .database
        .manifest()
        .is_some_and(|manifest| manifest.name == BUILT_IN)
    {
        let question = Style::Keyword.paint(question, shell.console.color_errors);
        shell.console.note(&format!("or ask {question}"));
    }
    shell
        .console
        .note(":help explains, :schema shows the graph, Tab completes, Ctrl-D exits.");
}

/// A statement that has rows on this graph.
fn example(shell: &Shell) -> String {
    let graph = shell.database.graph();
    let text = match (graph.node_count(), graph.relationship_count()) {
        (0, _) => "CREATE (:Person {name: 'Ada'})-[:KNOWS]->(:Person {name: 'Bob'});",
        (_, 0) => "MATCH (a) RETURN a LIMIT 5;",
        _ if !shell.knows_names() => "MATCH (a)-[r]->(b) RETURN a, type(r), b LIMIT 5;",
        _ => "MATCH (a:Label)-[r:TYPE]->(b) RETURN a, type(r), b LIMIT 5;",
    };
    match text.contains("Label") {
        true => Names::of(shell.vocabulary().schema()).filled(text),
        false => text.to_owned(),
    }
}

/// The graph for which the greeting suggests a question.
const BUILT_IN: &str = "connected-practice";

/// The columns and lines of the terminal on standard output, or `None` if it is not one.
pub(crate) fn terminal_size() -> Option<(usize, usize)> {
    let mut editor = Editor::<(), rustyline::history::MemHistory>::with_history(
        rustyline::Config::default(),
        rustyline::history::MemHistory::new(),
    )
    .ok()?;
    editor
        .dimensions()
        .map(|(columns, lines)| (usize::from(columns), usize::from(lines)))
}

/// A prompt with its history.
struct Session {
    shell: Rc<RefCell<Shell>>,
    editor: LineEditor,
    /// The history file; `None` after an error.
    file: Option<PathBuf>,
}

impl Session {
    fn new(shell: Rc<RefCell<Shell>>, mut editor: LineEditor) -> Self {
        let file = history::file();
        if let Some(file) = &file {
            // The file does not exist before the first session.
            let _ = editor.load_history(file);
            shell.borrow_mut().history = history::entries(editor.history());
        }
        Self {
            shell,
            editor,
            file,
        }
    }

    fn run(&mut self) -> rustyline::Result<()> {
        loop {
            match self.next_line() {
                Ok(_) if self.was_given_up() => {}
                Ok(text) if self.is_to_edit() => self.edit(&text),
                Ok(text) => {
                    if self.take(text.trim_end()) == Flow::Leave && self.may_leave()? {
                        return Ok(());
                    }
                }
                Err(ReadlineError::Interrupted) => {}
                Err(ReadlineError::Eof) if self.may_leave()? => return Ok(()),
                Err(ReadlineError::Eof) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads the next input, which begins with the text of the external editor if there is one.
    fn next_line(&mut self) -> rustyline::Result<String> {
        let prompt = self.prompt();
        let draft = self.shell.borrow_mut().draft.take();
        match draft {
            Some(draft) => self.editor.readline_with_initial(prompt, (&draft, "")),
            None => self.editor.readline(prompt),
        }
    }

    /// Whether Ctrl-X Ctrl-E ended the line.
    fn is_to_edit(&self) -> bool {
        self.editor.helper().is_some_and(Assistant::is_to_edit)
    }

    /// Edits the input in the external editor; it is the beginning of the next line.
    fn edit(&mut self, text: &str) {
        let mut shell = self.shell.borrow_mut();
        match command::edited(&mut shell, text) {
            Ok(edited) => shell.draft = Some(edited),
            Err(error) => {
                shell.console.error(&error);
                shell.draft = Some(text.to_owned());
            }
        }
    }

    /// Rolls an open transaction back, offers to save changes that would be lost, and returns whether the prompt ends. Ctrl-C
    /// returns to it.
    fn may_leave(&mut self) -> rustyline::Result<bool> {
        let mut shell = self.shell.borrow_mut();
        if shell.database.rollback().is_ok() {
            let lost = "the open transaction is rolled back; `COMMIT` would have kept it";
            shell.console.note(&format!("warning: {lost}"));
        }
        drop(shell);
        loop {
            if !self.shell.borrow().has_changed() {
                return Ok(true);
            }
            let shell = self.shell.borrow();
            shell.console.note("the changes of the graph are not saved");
            drop(shell);
            let line = self.line("save them to (a folder or x.cypher; Enter for nowhere): ");
            let path = match line {
                Ok(_) if self.was_given_up() => return Ok(false),
                Ok(line) => line.trim().to_owned(),
                Err(ReadlineError::Interrupted) => return Ok(false),
                Err(ReadlineError::Eof) => return Ok(true),
                Err(error) => return Err(error),
            };
            if path.is_empty() {
                return Ok(true);
            }
            let mut shell = self.shell.borrow_mut();
            if let Err(error) = command::run(&mut shell, &format!(":save {path}")) {
                shell.console.error(&error);
            }
        }
    }

    /// Reads a line that is not a statement or command.
    fn line(&mut self, prompt: &str) -> rustyline::Result<String> {
        if let Some(helper) = self.editor.helper() {
            helper.set_plain(true);
        }
        let line = self.editor.readline(prompt);
        if let Some(helper) = self.editor.helper() {
            helper.set_plain(false);
        }
        line
    }

    /// Asks the user to choose an interpretation or an offered question. Anything but a number is the next input.
    fn choose(&mut self) -> Flow {
        let chosen = self.answer_to("which one? (a number, or Enter for none) ");
        let Some(chosen) = chosen else {
            return Flow::Stay;
        };
        if chosen.parse::<u64>().is_err() {
            return self.take(&chosen);
        }
        let mut shell = self.shell.borrow_mut();
        shell.interrupts.clear();
        if let Err(error) = command::run(&mut shell, &format!(":pick {chosen}")) {
            shell.console.error(&error);
        }
        Flow::Stay
    }

    /// Reads an answer to a question of the prompt; `None` if it is empty or abandoned.
    fn answer_to(&mut self, prompt: &str) -> Option<String> {
        let line = self.line(prompt);
        let line = line.ok().filter(|_| !self.was_given_up())?;
        let line = line.trim();
        (!line.is_empty()).then(|| line.to_owned())
    }

    fn was_given_up(&self) -> bool {
        self.editor.helper().is_some_and(Assistant::was_given_up)
    }

    fn prompt(&self) -> &'static str {
        let database = &self.shell.borrow().database;
        match (database.in_transaction(), database.transaction_failed()) {
            (_, true) => "!> ",
            (true, false) => "*> ",
            (false, false) => "> ",
        }
    }

    /// Runs the input.
    fn take(&mut self, text: &str) -> Flow {
        if text.trim().is_empty() {
            return Flow::Stay;
        }
        self.remember(text);
        let size = self.editor.dimensions();
        let mut shell = self.shell.borrow_mut();
        shell.console.width = size.map(|(columns, _)| usize::from(columns));
        shell.console.height = size.map(|(_, lines)| usize::from(lines));
        shell.interrupts.clear();
        let source = Arc::new(Source::new("query", text));
        let outcome = script::run_text(&mut shell, &source);
        match outcome {
            Ok(_) if shell.database.is_closed() => Flow::Leave,
            Ok(flow) => flow,
            Err(error) if shell.interactive && matches!(error, ShellError::Ambiguous(..)) => {
                shell.console.error(&error);
                drop(shell);
                self.choose()
            }
            Err(error) => {
                if error.is_interrupt() {
                    // The terminal has printed `^C`; this starts a new line.
                    shell.console.note("");
                }
                shell.console.error(&error);
                Flow::Stay
            }
        }
    }

    /// Adds the input to the history. Warns once if the file cannot be written.
    fn remember(&mut self, text: &str) {
        let added = self.editor.add_history_entry(text).unwrap_or(false);
        let mut shell = self.shell.borrow_mut();
        if !added {
            return;
        }
        shell.history.push(text.to_owned());
        let Some(file) = self.file.take() else {
            return;
        };
        let kept = history::prepare(&file).map_err(ReadlineError::from);
        match kept.and_then(|()| self.editor.append_history(&file)) {
            Ok(()) => self.file = Some(file),
            Err(error) => shell.console.note(&format!(
                "warning: cannot write the history to `{}`: {error}",
                file.display()
            )),
        }
    }
}
