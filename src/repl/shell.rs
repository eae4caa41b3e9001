//! The state of a session, at a prompt or in a script: the graph, the parameters, the output settings and the last
//! answer.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    fmt,
    ops::ControlFlow,
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use relata::{
    Answer, CancelToken, Code, Database, Error, Example, Format, Layout, Limits, Reply, Source,
    Span, Statement,
    base::Stop,
    value::{Entries, Text},
};

use crate::repl::{
    complete::Vocabulary,
    console::{Console, Hidden, Until},
    error::ShellError,
    interrupt::Interrupts,
    output::Output,
    pager::{self, Page, Paging},
    reply::{self, Place},
    script::{self, Asked},
    unsaved::Unsaved,
    visible::visible,
    warnings::Warnings,
};

/// The maximum number of rows shown at a prompt.
const SHOWN_ROWS: usize = 50;

/// The maximum number of entities of a graph whose schema is computed during a key press.
const QUICK: usize = 100_000;

/// A session with a graph.
#[derive(Debug)]
pub(crate) struct Shell {
    /// The graph.
    pub(crate) database: Database,
    /// The output.
    pub(crate) console: Console,
    /// The format of answers.
    pub(crate) format: &'static Format,
    /// Whether the format was asked for, so that the name of a file does not choose it.
    pub(crate) has_format: bool,
    /// The place of answers.
    pub(crate) output: Output,
    /// Whether CSV and TSV have no line with the names of the columns.
    pub(crate) no_header: bool,
    /// The sign for null in tables; `None` for `null`.
    pub(crate) null: Option<Text>,
    /// The limits of statements.
    pub(crate) limits: Limits,
    /// The parameter values.
    pub(crate) parameters: Entries,
    /// The last answer, with its statement.
    pub(crate) last: Option<Last>,
    /// The input at the prompt, in this session and earlier ones.
    pub(crate) history: Vec<String>,
    /// Whether a script continues after an error.
    pub(crate) keep_going: bool,
    /// The exit code of the first error that a script continued after.
    pub(crate) first_error: Option<u8>,
    /// Whether the session runs at a prompt.
    pub(crate) interactive: bool,
    /// The nesting depth of `:source`.
    pub(crate) depth: usize,
    /// Whether every line is a question.
    pub(crate) asks: bool,
    /// The number of the interpretation to use for questions.
    pub(crate) pick: Option<usize>,
    /// The last question, answered or not.
    pub(crate) question: Option<String>,
    /// The pager for texts longer than the screen.
    pub(crate) pager: Option<String>,
    /// When the pager is used.
    pub(crate) paging: Paging,
    /// The settings that were changed, as they were written.
    pub(crate) changed: BTreeMap<&'static str, String>,
    /// The file of settings.
    pub(crate) config: Option<PathBuf>,
    /// What runs before the first prompt.
    pub(crate) start: Vec<String>,
    /// The warnings that are shown.
    pub(crate) warnings: Warnings,
    /// The revision of the graph when it was opened or last saved.
    saved: u64,
    /// Whether the user was told that changes are not kept.
    told: bool,
    /// The unsaved changes at a prompt, as statements.
    unsaved: Unsaved,
    /// The handling of Ctrl-C.
    pub(crate) interrupts: Interrupts,
    /// The text that the next line at the prompt begins with.
    pub(crate) draft: Option<String>,
    opener: Option<Opener>,
    vocabulary: OnceCell<Rc<Vocabulary>>,
}

/// An answer that can be shown again.
#[derive(Debug)]
pub(crate) struct Last {
    /// The statement or question, as written.
    pub(crate) statement: String,
    /// The reply; for a statement, only its answer is set.
    pub(crate) reply: Reply,
    /// The running time.
    pub(crate) time: Duration,
}

impl Last {
    /// Whether it was a question.
    pub(crate) fn is_question(&self) -> bool {
        !self.reply.interpretation.is_empty()
    }
}

/// What to do with a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Run it.
    Run,
    /// Return its plan.
    Explain,
    /// Run it and return its plan with measurements.
    Profile,
}

/// Opens another graph with the options of the command line.
pub(crate) struct Opener(pub(crate) Box<Open>);

type Open = dyn Fn(&Path, &CancelToken) -> Result<Database, Error>;

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener")
    }
}

/// A shell shared by the line editor and the loop that calls it. They borrow it alternately.
pub(crate) type Shared = Rc<RefCell<Shell>>;

impl Shell {
    /// A new session.
    pub(crate) fn new(database: Database, console: Console, format: &'static Format) -> Self {
        Self {
            limits: database.limits(),
            saved: database.revision(),
            told: false,
            database,
            console,
            format,
            has_format: false,
            output: Output::default(),
            no_header: false,
            null: None,
            parameters: Entries::default(),
            last: None,
            history: Vec::new(),
            keep_going: false,
            first_error: None,
            interactive: false,
            depth: 0,
            asks: false,
            pick: None,
            question: None,
            pager: None,
            paging: Paging::Auto,
            warnings: Warnings::All,
            changed: BTreeMap::new(),
            config: None,
            start: Vec::new(),
            unsaved: Unsaved::default(),
            interrupts: Interrupts::new(),
            draft: None,
            opener: None,
            vocabulary: OnceCell::new(),
        }
    }

    /// Starts a prompt for a graph with this name and path.
    pub(crate) fn set_interactive(&mut self, graph: &str, path: Option<&Path>) {
        self.interactive = true;
        self.unsaved.start(graph, path, self.database.revision());
        self.interrupts.set_interactive(self.unsaved.clone());
    }

    /// Sets what `:open` calls.
    pub(crate) fn set_opener(&mut self, opener: Opener) {
        self.opener = Some(opener);
    }

    /// Opens another graph in place of this one, which stays open if that fails.
    pub(crate) fn open(&mut self, path: &Path) -> Result<(), ShellError> {
        let Some(opener) = &self.opener else {
            return Err(ShellError::usage("no other graph can be opened here"));
        };
        let opened = self.interrupts.during(|token| opener.0(path, token));
        self.database = opened?;
        self.last = None;
        self.question = None;
        self.told = false;
        self.set_saved(path);
        self.forget_names();
        self.console.opening(self.database.notes());
        Ok(())
    }

    /// Runs a statement and prints its answer.
    pub(crate) fn run(
        &mut self,
        source: &Arc<Source>,
        span: Span,
        ask: Ask,
    ) -> Result<(), ShellError> {
        let in_transaction = self.database.in_transaction();
        let begun = Instant::now();
        let answer = self.answer(source, span, ask)?;
        let time = begun.elapsed();
        if !answer.changes().is_empty() || self.database.in_transaction() != in_transaction {
            self.forget_names();
        }
        let warnings = self.warnings.shown(answer.warnings());
        self.console.warnings(&warnings, source);
        let reply = Reply {
            answer,
            ..Reply::default()
        };
        let kept = self.keep(source.slice(span), reply, time);
        self.note_unsaved();
        kept
    }

    /// Answers a question and prints the reply. `pick` overrides the interpretation chosen for the session.
    pub(crate) fn ask(
        &mut self,
        source: &Arc<Source>,
        span: Span,
        ask: Ask,
        pick: Option<usize>,
    ) -> Result<(), ShellError> {
        let text = source.slice(span).trim();
        if self.interactive {
            self.question = Some(text.to_owned());
        }
        let begun = Instant::now();
        let reply = self.reply(source, span, ask, pick.or(self.pick));
        let reply = reply.map_err(|error| match error.candidates() {
            [] => ShellError::Engine(error),
            _ => ShellError::Ambiguous(error, reply::is_json(self.format)),
        })?;
        self.keep(text, reply, begun.elapsed())
    }

    fn reply(
        &mut self,
        source: &Arc<Source>,
        span: Span,
        ask: Ask,
        pick: Option<usize>,
    ) -> Result<Reply, Error> {
        let Self {
            database,
            interrupts,
            limits,
            ..
        } = self;
        interrupts.during(|token| {
            let question = database.ask_within(source, span);
            let question = question.limits(*limits).cancel(token);
            let question = match pick {
                Some(number) => question.pick(number),
                None => question,
            };
            match ask {
                Ask::Run => question.run(),
                Ask::Explain => question.explain(),
                Ask::Profile => question.profile(),
            }
        })
    }

    /// Prints a reply; at a prompt, also stores it to be shown again.
    fn keep(&mut self, statement: &str, reply: Reply, time: Duration) -> Result<(), ShellError> {
        let last = Last {
            statement: statement.to_owned(),
            reply,
            time,
        };
        let limit = self.limits.time;
        let rest = limit.map(|limit| limit.saturating_sub(time));
        let deadline = rest.and_then(|rest| Instant::now().checked_add(rest));
        let format = self.output.format().filter(|_| !self.has_format);
        // A plan is a tree, which blocks of lines would take apart.
        let is_plan = last.reply.answer.plan().is_some() && self.output.file().is_none();
        let table = Format::find("table").filter(|_| is_plan && self.format.name == "vertical");
        let shown = self.show(
            &last,
            format.or(table).unwrap_or(self.format),
            self.layout(),
            deadline,
        );
        if !last.reply.answer.columns().is_empty() {
            self.output.answered();
        }
        if self.interactive {
            self.last = Some(last);
        }
        shown
    }

    /// Which lines are questions.
    pub(crate) fn asked(&self) -> Asked {
        match (self.asks, self.interactive && self.depth == 0) {
            (true, _) => Asked::All,
            (false, true) => Asked::Opened,
            (false, false) => Asked::Marked,
        }
    }

    /// How to reach omitted details.
    pub(crate) fn place(&self) -> Place {
        if self.interactive {
            Place::Prompt
        } else {
            Place::Script
        }
    }

    /// The answer of a statement.
    pub(crate) fn answer(
        &mut self,
        source: &Arc<Source>,
        span: Span,
        ask: Ask,
    ) -> Result<Answer, Error> {
        let Self {
            database,
            interrupts,
            parameters,
            limits,
            interactive,
            keep_going,
            ..
        } = self;
        // An error ends a script, so that nothing needs to be undone.
        let ends = !*interactive && !*keep_going;
        let answer = interrupts.during(|token| {
            let statement = database
                .query_within(source, span)
                .parameters(parameters.clone())
                .limits(*limits)
                .cancel(token);
            match ends {
                true => asked(statement.without_undo(), ask),
                false => asked(statement, ask),
            }
        });
        self.note(source.slice(span));
        answer
    }

    /// Keeps a statement of a prompt that has ended, if it changed the graph or ended a transaction.
    pub(crate) fn note(&self, statement: &str) {
        if self.interactive {
            self.unsaved.note(statement, &self.given(), &self.database);
        }
    }

    /// The parameters of a statement: those of the session, hidden by those that `:param` has set.
    pub(crate) fn given(&self) -> Entries {
        let mut given = self.database.session_parameters().clone();
        given.extend(self.parameters.clone());
        given
    }

    /// Says once at a prompt that changes are not kept, when the first one is made.
    fn note_unsaved(&mut self) {
        if self.interactive && !self.told && self.has_changed() && !self.console.quiet {
            self.told = true;
            self.console
                .note("the changes are in memory only; `:save DIR` keeps them");
        }
    }

    /// The text of a file. Ctrl-C ends waiting for a pipe.
    pub(crate) fn file(&mut self, path: &Path) -> Result<String, ShellError> {
        self.interrupts.during(|token| {
            let token = token.clone();
            let stop = Stop::when(move || token.is_cancelled().then_some(Code::Cancelled));
            script::file(path, &stop)
        })
    }

    /// Decides whether an error ends a script. If the script continues, the error is reported and recorded.
    pub(crate) fn weigh(&mut self, error: ShellError) -> ControlFlow<ShellError> {
        if error.is_final() || !self.keep_going {
            return ControlFlow::Break(error);
        }
        self.console.error(&error);
        self.first_error.get_or_insert(error.exit_code());
        ControlFlow::Continue(())
    }

    /// Prints an answer with its footer, until an interrupt comes or the deadline passes.
    pub(crate) fn show(
        &self,
        last: &Last,
        format: &Format,
        layout: Layout,
        deadline: Option<Instant>,
    ) -> Result<(), ShellError> {
        let until = Until {
            interrupts: &self.interrupts,
            file: self.output.file(),
            deadline,
            page: self.pages(),
        };
        let answer = &last.reply.answer;
        let in_object = last.is_question() && reply::is_json(format);
        if in_object {
            self.console.object(&last.reply, format, until)?;
        } else {
            if last.is_question() {
                self.console.echo(&last.reply);
            }
            self.console.answer(answer, format, layout.clone(), until)?;
        }
        let hidden = match format.name {
            "table" => self.hidden(answer, &layout),
            _ => Hidden::default(),
        };
        self.console.footer(answer, last.time, hidden);
        if !in_object {
            self.console.notes(&last.reply, self.place());
        }
        Ok(())
    }

    /// What a table leaves out.
    fn hidden(&self, answer: &Answer, layout: &Layout) -> Hidden {
        Hidden {
            rows: layout.hidden_rows(answer),
            columns: layout.hidden_columns(answer),
            place: self.place(),
        }
    }

    /// Every family of questions, with an example for this graph.
    pub(crate) fn examples(&mut self) -> Result<Vec<Example>, Error> {
        let Self {
            database,
            interrupts,
            ..
        } = self;
        interrupts.during(|token| database.examples(token))
    }

    /// Prints requested text, in a pager if it is longer than the screen.
    pub(crate) fn page(&mut self, text: &str) -> Result<(), ShellError> {
        let Some(page) = self.pages() else {
            return self.console.text(text);
        };
        let program = page.program.to_owned();
        let needed = page.is_needed(text);
        if !needed {
            return self.console.text(text);
        }
        // Ctrl-C goes to the pager only.
        self.interrupts.listen();
        let text = visible(text, self.console.color);
        let shown = pager::show(&program, &text).map_err(ShellError::Output)?;
        self.interrupts.clear();
        if shown {
            return Ok(());
        }
        self.console.text(&text)
    }

    /// The pager for what does not fit the screen, if a person reads it.
    fn pages(&self) -> Option<Page<'_>> {
        let height = self.console.height.filter(|_| self.interactive)?;
        let on_screen = self.output.file().is_none() && self.paging != Paging::Never;
        Some(Page {
            program: self.pager.as_deref().filter(|_| on_screen)?,
            height,
            width: self.console.width?,
            always: self.paging == Paging::Always,
        })
    }

    /// The size limits of an answer: the terminal's, if there is one.
    pub(crate) fn layout(&self) -> Layout {
        let on_screen = self.output.file().is_none();
        Layout {
            width: self.console.width.filter(|_| on_screen),
            rows: (self.interactive && on_screen).then_some(SHOWN_ROWS),
            no_header: self.no_header,
            null: self.null.clone(),
        }
    }

    /// Declares that the graph is saved as it is.
    pub(crate) fn set_saved(&mut self, path: &Path) {
        self.saved = self.database.revision();
        let graph = format!("`{}`", path.display());
        self.unsaved.start(&graph, Some(path), self.saved);
    }

    /// Whether the graph has changes that are not saved.
    pub(crate) fn has_changed(&self) -> bool {
        !self.database.keeps_changes() && self.database.revision() != self.saved
    }

    /// The names of the graph and the language, computed on first use and again after the graph has changed.
    pub(crate) fn vocabulary(&self) -> Rc<Vocabulary> {
        let gather = || {
            let procedures = self.database.procedures().clone();
            Rc::new(Vocabulary::new(self.database.schema(), procedures))
        };
        self.vocabulary.get_or_init(gather).clone()
    }

    /// Whether the names are available or fast to compute, so that every key press may use them.
    pub(crate) fn knows_names(&self) -> bool {
        let graph = self.database.graph();
        self.vocabulary.get().is_some() || graph.node_count() + graph.relationship_count() < QUICK
    }

    /// Drops the names, because the graph may have changed.
    pub(crate) fn forget_names(&mut self) {
        self.vocabulary.take();
    }
}

fn asked(statement: Statement<'_>, ask: Ask) -> Result<Answer, Error> {
    match ask {
        Ask::Run => statement.run(),
        Ask::Explain => statement.explain(),
        Ask::Profile => statement.profile(),
    }
}
