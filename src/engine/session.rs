//! The characteristics of the session of a database: parameters and the time zone (GQL 7).

use std::ops::ControlFlow;

use crate::{
    analyze,
    base::{At, Code, Diagnostic, Fault, Span},
    syntax::ast,
    value::{Entries, Kind, Text, Value, each_leaf, temporal::Zone},
};

/// What statements of the session set.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// The values of parameters that a statement does not get itself.
    pub(super) parameters: Entries,
    /// The time zone of clocks.
    pub(super) zone: Zone,
    /// Whether the session has ended.
    pub(super) is_closed: bool,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            parameters: Entries::default(),
            zone: Zone::UTC,
            is_closed: false,
        }
    }
}

impl Session {
    /// An error if the session is closed.
    pub(super) fn is_open(&self) -> Result<(), Box<Diagnostic>> {
        if !self.is_closed {
            return Ok(());
        }
        let message = "expected an open session, found one that `SESSION CLOSE` has ended";
        let closed = Diagnostic::whole(Code::SessionClosed, message);
        Err(Box::new(closed.help("open the graph again")))
    }

    /// Does what a command says. `value` is the value of its expression.
    pub(super) fn execute(
        &mut self,
        command: &ast::SessionCommand,
        value: impl FnOnce(&ast::Expr) -> Result<Value, Box<Diagnostic>>,
    ) -> Result<(), Box<Diagnostic>> {
        self.is_open()?;
        match command {
            ast::SessionCommand::Value {
                parameter,
                if_not_exists: true,
                ..
            } if self.parameters.contains_key(&*parameter.text) => {}
            ast::SessionCommand::Value {
                parameter,
                value_type,
                value: expr,
                ..
            } => {
                let given = value(expr)?;
                fitting(&given, value_type.as_ref(), expr.span)?;
                self.parameters.insert(Text::from(&*parameter.text), given);
            }
            ast::SessionCommand::TimeZone(zone) => {
                let parsed: Result<Zone, Fault> = zone.text.parse();
                self.zone = parsed.at(zone.span)?;
            }
            // There is one graph in one schema.
            ast::SessionCommand::Graph | ast::SessionCommand::Schema => {}
            ast::SessionCommand::Reset(part) => self.reset(part)?,
            ast::SessionCommand::Close => {
                *self = Self {
                    is_closed: true,
                    ..Self::default()
                }
            }
        }
        Ok(())
    }

    fn reset(&mut self, part: &ast::SessionPart) -> Result<(), Box<Diagnostic>> {
        match part {
            ast::SessionPart::Characteristics => *self = Self::default(),
            ast::SessionPart::Parameters => self.parameters = Entries::default(),
            ast::SessionPart::TimeZone => self.zone = Zone::UTC,
            ast::SessionPart::Place => {}
            ast::SessionPart::Parameter(name) => {
                if self.parameters.shift_remove(&*name.text).is_none() {
                    let message = format!("the session has no parameter `${}`", name.text);
                    let missing = Diagnostic::new(Code::MissingParameter, name.span, message);
                    return Err(Box::new(missing));
                }
            }
        }
        Ok(())
    }
}

/// An error if a value cannot be kept, or does not have the type that is written.
fn fitting(
    value: &Value,
    written: Option<&ast::ValueType>,
    span: Span,
) -> Result<(), Box<Diagnostic>> {
    if let Some(written) = written {
        let wanted = analyze::declared(written);
        if !wanted.contains(value) {
            let message = format!(
                "expected a value of the type {wanted}, found {}",
                value.kind()
            );
            let wrong = Diagnostic::new(Code::InvalidArgumentTypeAtRuntime, span, message);
            return Err(Box::new(wrong));
        }
    }
    // The id of a deleted element may become that of another one.
    let element = each_leaf(value, &mut |leaf| match leaf.kind() {
        kind @ (Kind::Node | Kind::Relationship | Kind::Path) => ControlFlow::Break(kind),
        _ => ControlFlow::Continue(()),
    });
    match element {
        ControlFlow::Break(kind) => {
            let message = format!("expected a value without elements of the graph, found a {kind}");
            let wrong = Diagnostic::new(Code::InvalidArgumentTypeAtRuntime, span, message);
            Err(Box::new(wrong.help("keep a property that identifies it")))
        }
        ControlFlow::Continue(()) => Ok(()),
    }
}
