//! The line editor: the rustyline callbacks for the prompt.

mod complete;
mod enter;
mod highlight;
mod hint;
mod names;

use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use rustyline::{
    Cmd, CompletionType, Config, Editor, Event, EventHandler, Helper, KeyCode, KeyEvent, Modifiers,
    config::{BellStyle, ColorMode},
    history::FileHistory,
    validate::{ValidationContext, ValidationResult, Validator},
};

use self::enter::{Decision, EnterKey, LeaveKey, decide};
use crate::repl::{history, script::Asked, shell::Shared};

/// An editor of statements.
pub(crate) type LineEditor = Editor<Assistant, FileHistory>;

/// The helpers at the prompt: completion, hints, colours, and the end of a statement.
#[derive(Debug)]
pub(crate) struct Assistant {
    shell: Shared,
    /// Whether the line is drawn for the last time, without hints.
    done: Cell<bool>,
    /// Whether the line was abandoned.
    given_up: Arc<AtomicBool>,
    /// Whether the line is to be edited in another program.
    to_edit: Arc<AtomicBool>,
    /// Whether the input is an answer to a prompt of the shell, not a statement.
    plain: Arc<AtomicBool>,
    /// Which lines are questions.
    asked: Asked,
}

impl Assistant {
    /// Sets whether the input is an answer to a prompt of the shell: without help, and always a single line.
    pub(crate) fn set_plain(&self, plain: bool) {
        self.plain.store(plain, Ordering::Relaxed);
    }

    fn is_plain(&self) -> bool {
        self.plain.load(Ordering::Relaxed)
    }

    /// Whether the last line is to be edited in another program. Resets the flag.
    pub(crate) fn is_to_edit(&self) -> bool {
        self.to_edit.swap(false, Ordering::Relaxed)
    }

    /// Whether the last line was abandoned. Resets the flag.
    pub(crate) fn was_given_up(&self) -> bool {
        self.given_up.swap(false, Ordering::Relaxed)
    }
}

impl Helper for Assistant {}

/// An editor for the shell.
pub(crate) fn editor(shell: &Shared) -> rustyline::Result<LineEditor> {
    let color = shell.borrow().console.color;
    let config = Config::builder()
        .max_history_size(history::LENGTH)?
        .completion_type(CompletionType::List)
        .completion_prompt_limit(200)
        .completion_show_all_if_ambiguous(true)
        .bell_style(BellStyle::None)
        .color_mode(if color {
            ColorMode::Enabled
        } else {
            ColorMode::Disabled
        })
        .tab_stop(4)
        .build();
    let mut editor = Editor::with_config(config)?;
    let (given_up, plain) = <(Arc<AtomicBool>, Arc<AtomicBool>)>::default();
    let to_edit = Arc::<AtomicBool>::default();
    let asked = shell.borrow().asked();
    editor.set_helper(Some(Assistant {
        shell: shell.clone(),
        done: Cell::new(false),
        given_up: given_up.clone(),
        to_edit: to_edit.clone(),
        plain: plain.clone(),
        asked,
    }));
    let edit = EventHandler::Conditional(Box::new(LeaveKey(to_edit)));
    editor.bind_sequence(
        Event::KeySeq(vec![KeyEvent::ctrl('X'), KeyEvent::ctrl('E')]),
        edit,
    );
    bind_keys(&mut editor, given_up, EnterKey { asked, plain });
    Ok(editor)
}

fn bind_keys(editor: &mut LineEditor, given_up: Arc<AtomicBool>, enter: EnterKey) {
    let enter = || EventHandler::Conditional(Box::new(enter.clone()));
    editor.bind_sequence(KeyEvent(KeyCode::Enter, Modifiers::NONE), enter());
    editor.bind_sequence(KeyEvent::ctrl('J'), enter());
    let give_up = EventHandler::Conditional(Box::new(LeaveKey(given_up)));
    editor.bind_sequence(KeyEvent::ctrl('C'), give_up);
    let line_break = KeyEvent(KeyCode::Enter, Modifiers::ALT);
    editor.bind_sequence(line_break, EventHandler::Simple(Cmd::Newline));
}

impl Validator for Assistant {
    /// Used on terminals without key bindings, which deliver line by line.
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(match decide(context.input(), self.asked) {
            Decision::Run => ValidationResult::Valid(None),
            Decision::GoOn => ValidationResult::Incomplete,
        })
    }
}
