//! Prints commands of the session.

use std::fmt::{self, Display, Formatter};

use super::{name::Parameter, optional};
use crate::syntax::ast::{Literal, SessionCommand, SessionPart};

impl Display for SessionCommand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value {
                parameter,
                value_type,
                value,
                if_not_exists,
            } => {
                let absent = if *if_not_exists { "IF NOT EXISTS " } else { "" };
                write!(f, "SESSION SET VALUE {absent}{}", Parameter(parameter))?;
                optional(f, " :: ", value_type.as_ref())?;
                write!(f, " = {value}")
            }
            Self::TimeZone(zone) => {
                let zone = Literal::String(zone.text.clone());
                write!(f, "SESSION SET TIME ZONE {zone}")
            }
            Self::Graph => f.write_str("SESSION SET GRAPH CURRENT_GRAPH"),
            Self::Schema => f.write_str("SESSION SET SCHEMA HOME_SCHEMA"),
            Self::Reset(part) => write!(f, "SESSION RESET {part}"),
            Self::Close => f.write_str("SESSION CLOSE"),
        }
    }
}

impl Display for SessionPart {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Characteristics => f.write_str("ALL CHARACTERISTICS"),
            Self::Parameters => f.write_str("ALL PARAMETERS"),
            Self::Parameter(name) => Parameter(name).fmt(f),
            Self::TimeZone => f.write_str("TIME ZONE"),
            Self::Place => f.write_str("GRAPH"),
        }
    }
}
