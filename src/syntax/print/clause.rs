//! Prints clauses.

use std::fmt::{self, Display, Formatter};

use super::{each, joined, name::Variable, optional};
use crate::syntax::ast::{
    Batches, BracedQuery, CallClause, Clause, CreateClause, DeleteClause, FilterClause, ForClause,
    ForPosition, ForeachClause, Imports, LetClause, MatchClause, MergeAction, MergeClause, Name,
    OnError, OptionalClause, OrderByClause, Projection, ProjectionItem, RemoveClause, RemoveItem,
    ReturnClause, SetClause, SetItem, SortItem, SubqueryClause, UnwindClause, WhenQuery,
    WithClause, Yield, YieldItem,
};

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Match(clause) => clause.fmt(f),
            Self::Optional(clause) => clause.fmt(f),
            Self::Unwind(clause) => clause.fmt(f),
            Self::For(clause) => clause.fmt(f),
            Self::Filter(clause) => clause.fmt(f),
            Self::Let(clause) => clause.fmt(f),
            Self::OrderBy(clause) => clause.fmt(f),
            Self::With(clause) => clause.fmt(f),
            Self::Return(clause) => clause.fmt(f),
            Self::Finish(_) => f.write_str("FINISH"),
            Self::Braced(clause) => clause.fmt(f),
            Self::When(clause) => clause.fmt(f),
            Self::Call(clause) => clause.fmt(f),
            Self::Subquery(clause) => clause.fmt(f),
            Self::Create(clause) => clause.fmt(f),
            Self::Merge(clause) => clause.fmt(f),
            Self::Set(clause) => clause.fmt(f),
            Self::Remove(clause) => clause.fmt(f),
            Self::Delete(clause) => clause.fmt(f),
            Self::Foreach(clause) => clause.fmt(f),
            Self::Schema(clause) => clause.fmt(f),
            Self::Show(clause) => clause.fmt(f),
        }
    }
}

impl Display for MatchClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let optionally = if self.optional { "OPTIONAL " } else { "" };
        write!(f, "{optionally}MATCH {}", self.pattern)?;
        optional(f, " WHERE ", self.predicate.as_ref())?;
        match &self.yields {
            Some(names) => {
                f.write_str(" YIELD ")?;
                each(f, names, ", ", |f, name| Variable(&name.text).fmt(f))
            }
            None => Ok(()),
        }
    }
}

impl Display for OptionalClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("OPTIONAL { ")?;
        joined(f, &self.matches, " ")?;
        f.write_str(" }")
    }
}

impl Display for ForClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "FOR {} IN {}", Variable(&self.variable.text), self.list)?;
        optional(f, " WITH ", self.position.as_ref())
    }
}

impl Display for ForPosition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let word = if self.first == 0 {
            "OFFSET"
        } else {
            "ORDINALITY"
        };
        write!(f, "{word} {}", Variable(&self.variable.text))
    }
}

impl Display for FilterClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "FILTER {}", self.predicate)
    }
}

impl Display for LetClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("LET ")?;
        each(f, &self.items, ", ", |f, (name, value)| {
            write!(f, "{} = {value}", Variable(&name.text))
        })
    }
}

impl Display for OrderByClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut before = "";
        if !self.order_by.is_empty() {
            f.write_str("ORDER BY ")?;
            joined(f, &self.order_by, ", ")?;
            before = " ";
        }
        if let Some(skip) = &self.skip {
            write!(f, "{before}SKIP {skip}")?;
            before = " ";
        }
        match &self.limit {
            Some(limit) => write!(f, "{before}LIMIT {limit}"),
            None => Ok(()),
        }
    }
}

impl Display for BracedQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{{ {} }}", self.query)
    }
}

impl Display for WhenQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        each(f, &self.branches, " ", |f, (condition, query)| {
            write!(f, "WHEN {condition} THEN {query}")
        })?;
        optional(f, " ELSE ", self.otherwise.as_ref())
    }
}

impl Display for UnwindClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "UNWIND {} AS {}", self.list, self.variable)
    }
}

impl Display for WithClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "WITH {}", self.projection)?;
        optional(f, " WHERE ", self.predicate.as_ref())
    }
}

impl Display for ReturnClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "RETURN {}", self.projection)
    }
}

impl Display for Projection {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.distinct { "DISTINCT " } else { "" })?;
        if self.star.is_some() {
            f.write_str(if self.items.is_empty() { "*" } else { "*, " })?;
        }
        if self.star.is_none() && self.items.is_empty() {
            return f.write_str("NO BINDINGS");
        }
        joined(f, &self.items, ", ")?;
        if let Some(group_by) = &self.group_by {
            f.write_str(" GROUP BY ")?;
            match group_by.keys.as_slice() {
                [] => f.write_str("()")?,
                keys => joined(f, keys, ", ")?,
            }
        }
        if !self.order_by.is_empty() {
            f.write_str(" ORDER BY ")?;
            joined(f, &self.order_by, ", ")?;
        }
        optional(f, " SKIP ", self.skip.as_ref())?;
        optional(f, " LIMIT ", self.limit.as_ref())
    }
}

impl Display for ProjectionItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)?;
        optional(f, " AS ", self.alias.as_ref())
    }
}

impl Display for SortItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)?;
        f.write_str(if self.descending { " DESC" } else { "" })?;
        f.write_str(match self.nulls_first {
            Some(true) => " NULLS FIRST",
            Some(false) => " NULLS LAST",
            None => "",
        })
    }
}

impl Display for CallClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("CALL ")?;
        joined(f, &self.name, ".")?;
        if let Some(arguments) = &self.arguments {
            f.write_str("(")?;
            joined(f, arguments, ", ")?;
            f.write_str(")")?;
        }
        optional(f, " ", self.yields.as_ref())
    }
}

impl Display for Yield {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("YIELD ")?;
        match (self.star, self.items.is_empty()) {
            (true, _) => f.write_str("*")?,
            (false, true) => f.write_str("-")?,
            (false, false) => joined(f, &self.items, ", ")?,
        }
        optional(f, " WHERE ", self.predicate.as_ref())
    }
}

impl Display for YieldItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.field.fmt(f)?;
        optional(f, " AS ", self.alias.as_ref())
    }
}

impl Display for SubqueryClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let optionally = if self.optional { "OPTIONAL " } else { "" };
        write!(f, "{optionally}CALL {}{{ {} }}", self.imports, self.query)?;
        optional(f, " ", self.batches.as_ref())
    }
}

impl Display for Batches {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("IN TRANSACTIONS")?;
        if let Some(rows) = &self.rows {
            write!(f, " OF {rows} ROWS")?;
        }
        f.write_str(match self.on_error {
            OnError::Fail => "",
            OnError::Continue => " ON ERROR CONTINUE",
            OnError::Break => " ON ERROR BREAK",
        })?;
        match &self.status {
            Some(status) => write!(f, " REPORT STATUS AS {}", Variable(&status.text)),
            None => Ok(()),
        }
    }
}

impl Display for Imports {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leading => Ok(()),
            Self::All => f.write_str("(*) "),
            Self::Names(names) => {
                f.write_str("(")?;
                each(f, names, ", ", |f, name| Variable(&name.text).fmt(f))?;
                f.write_str(") ")
            }
        }
    }
}

impl Display for CreateClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "CREATE {}", self.pattern)
    }
}

impl Display for MergeClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "MERGE {}", self.part)?;
        self.actions
            .iter()
            .try_for_each(|action| write!(f, " {action}"))
    }
}

impl Display for MergeAction {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.on_create {
            "ON CREATE SET "
        } else {
            "ON MATCH SET "
        })?;
        joined(f, &self.items, ", ")
    }
}

impl Display for SetClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("SET ")?;
        joined(f, &self.items, ", ")
    }
}

impl Display for SetItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property { target, value } => write!(f, "{target} = {value}"),
            Self::Replace { variable, value } => {
                write!(f, "{} = {value}", Variable(&variable.text))
            }
            Self::Add { variable, value } => write!(f, "{} += {value}", Variable(&variable.text)),
            Self::Labels { variable, labels } => labelled(f, variable, labels),
            Self::DynamicLabels { variable, names } => {
                write!(f, "{}:$({names})", Variable(&variable.text))
            }
        }
    }
}

impl Display for RemoveClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("REMOVE ")?;
        joined(f, &self.items, ", ")
    }
}

impl Display for RemoveItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(target) => target.fmt(f),
            Self::Labels { variable, labels } => labelled(f, variable, labels),
            Self::DynamicLabels { variable, names } => {
                write!(f, "{}:$({names})", Variable(&variable.text))
            }
        }
    }
}

/// `n:A:B`
fn labelled(f: &mut Formatter<'_>, variable: &Name, labels: &[Name]) -> fmt::Result {
    Variable(&variable.text).fmt(f)?;
    labels.iter().try_for_each(|label| write!(f, ":{label}"))
}

impl Display for DeleteClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.detach {
            "DETACH DELETE "
        } else {
            "DELETE "
        })?;
        joined(f, &self.items, ", ")
    }
}

impl Display for ForeachClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "FOREACH ({} IN {} | ",
            Variable(&self.variable.text),
            self.list
        )?;
        joined(f, &self.clauses, " ")?;
        f.write_str(")")
    }
}
