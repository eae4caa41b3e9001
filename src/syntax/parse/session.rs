//! Builds commands of the session.

use super::{
    Result,
    atom::parameter,
    cursor::{Cursor, Pair},
    grammar::Rule,
    literal,
    node::{Builder, refuse},
    query::refuse_other_graph,
};
use crate::{
    base::{Code, Span},
    syntax::ast::{Name, SessionCommand, SessionPart},
};

impl<'i> Builder<'i> {
    /// `SESSION SET VALUE $x = 1 SESSION SET TIME ZONE '+01:00'`
    pub(super) fn session_commands(&self, pair: Pair<'i>) -> Result<Vec<SessionCommand>> {
        Cursor::inside(pair).rest(|command| self.session_command(command))
    }

    fn session_command(&self, pair: Pair<'i>) -> Result<SessionCommand> {
        let rule = pair.as_rule();
        let mut parts = Cursor::inside(pair);
        match rule {
            Rule::session_value => self.session_value(parts),
            Rule::session_time_zone => {
                let zone = parts.need();
                Ok(SessionCommand::TimeZone(Name {
                    text: literal::string(&zone)?,
                    span: self.span(&zone),
                }))
            }
            Rule::session_graph => {
                refuse_other_graph(&self.dotted_name(parts.need())?)?;
                Ok(SessionCommand::Graph)
            }
            Rule::session_schema => {
                let schema = parts.need();
                if schema.as_rule() == Rule::dotted_name {
                    refuse_other_schema(&self.dotted_name(schema)?)?;
                }
                Ok(SessionCommand::Schema)
            }
            Rule::session_reset => Ok(SessionCommand::Reset(reset_part(parts))),
            _ => Ok(SessionCommand::Close),
        }
    }

    /// `VALUE IF NOT EXISTS $x :: INTEGER = 1`
    fn session_value(&self, mut parts: Cursor<'i>) -> Result<SessionCommand> {
        let if_not_exists = parts.flag(Rule::if_not_exists);
        let parameter = parameter(parts.need());
        let value_type = match parts.eat(Rule::value_type) {
            Some(written) => Some(self.value_type(written)?),
            None => None,
        };
        Ok(SessionCommand::Value {
            parameter,
            value_type,
            value: self.expression(parts.need())?,
            if_not_exists,
        })
    }
}

/// What `RESET` resets; without a word, everything.
fn reset_part(mut parts: Cursor<'_>) -> SessionPart {
    parts.flag(Rule::all);
    let Some(part) = parts.next() else {
        return SessionPart::Characteristics;
    };
    match part.as_rule() {
        Rule::reset_parameters => SessionPart::Parameters,
        Rule::reset_time_zone => SessionPart::TimeZone,
        Rule::reset_place => SessionPart::Place,
        Rule::parameter => SessionPart::Parameter(parameter(part)),
        _ => SessionPart::Characteristics,
    }
}

/// The names of the only schema (GQL 17.1).
const SCHEMAS: [&str; 2] = ["CURRENT_SCHEMA", "HOME_SCHEMA"];

/// Rejects the name of a schema: there is only one, which has none.
fn refuse_other_schema(schema: &[Name]) -> Result<()> {
    if let [only] = schema
        && SCHEMAS
            .iter()
            .any(|known| only.text.eq_ignore_ascii_case(known))
    {
        return Ok(());
    }
    let spans = schema.iter().map(|part| part.span);
    let span = spans.reduce(Span::to).unwrap_or_default();
    let names: Vec<_> = schema.iter().map(|part| part.text.as_str()).collect();
    let message = format!("there is no schema `{}`", names.join("."));
    let help = "there is one schema; write `SESSION SET SCHEMA HOME_SCHEMA`";
    refuse(Code::UndefinedVariable, span, message, help)
}
