//! Commands of the session (GQL 7).

use crate::syntax::ast::{Expr, Name, ValueType};

/// `SESSION SET VALUE $x = 1`, `SESSION RESET`, `SESSION CLOSE`
#[derive(Clone, Debug)]
pub enum SessionCommand {
    /// `SET VALUE IF NOT EXISTS $x :: INTEGER = 1`
    Value {
        /// `$x`; the name is without the dollar sign, the span with it.
        parameter: Name,
        /// `:: INTEGER`
        value_type: Option<ValueType>,
        /// `1`
        value: Expr,
        /// `IF NOT EXISTS`
        if_not_exists: bool,
    },
    /// `SET TIME ZONE '+01:00'`: the text of the zone.
    TimeZone(Name),
    /// `SET GRAPH CURRENT_GRAPH`
    Graph,
    /// `SET SCHEMA HOME_SCHEMA`
    Schema,
    /// `RESET …`
    Reset(SessionPart),
    /// `CLOSE`
    Close,
}

/// What `SESSION RESET` resets.
#[derive(Clone, Debug)]
pub enum SessionPart {
    /// `RESET`, `RESET ALL CHARACTERISTICS`: everything.
    Characteristics,
    /// `RESET ALL PARAMETERS`
    Parameters,
    /// `RESET PARAMETER $x`
    Parameter(Name),
    /// `RESET TIME ZONE`
    TimeZone,
    /// `RESET GRAPH`, `RESET SCHEMA`: the only one.
    Place,
}
