//! Prints patterns.

use std::fmt::{self, Display, Formatter};

use super::{joined, label::OfNode, name::Variable, optional};
use crate::syntax::ast::{
    Alternative, Direction, Expr, Length, NodePattern, PathMode, PathPrefix, PathSearch, Pattern,
    PatternElement, PatternPart, RelationshipPattern, Selector,
};

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.repeatable {
            f.write_str("REPEATABLE ELEMENTS ")?;
        }
        joined(f, &self.parts, ", ")
    }
}

impl Display for PatternPart {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(variable) = &self.variable {
            write!(f, "{} = ", Variable(&variable.text))?;
        }
        if let Some(prefix) = &self.prefix {
            write!(f, "{prefix} ")?;
        }
        let element = &self.element;
        if let Some(predicate) = &self.predicate {
            write!(f, "({element} WHERE {predicate})")?;
            return alternatives(f, &self.alternatives);
        }
        match self.selector {
            Selector::All if !self.alternatives.is_empty() => {
                element.fmt(f)?;
                alternatives(f, &self.alternatives)
            }
            Selector::All => element.fmt(f),
            Selector::Shortest => write!(f, "shortestPath({element})"),
            Selector::AllShortest => write!(f, "allShortestPaths({element})"),
        }
    }
}

fn alternatives(f: &mut Formatter<'_>, alternatives: &[Alternative]) -> fmt::Result {
    alternatives.iter().try_for_each(|other| {
        f.write_str(if other.multiset { " |+| " } else { " | " })?;
        let element = &other.element;
        match &other.predicate {
            Some(predicate) => write!(f, "({element} WHERE {predicate})"),
            None => element.fmt(f),
        }
    })
}

impl Display for PathPrefix {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.search {
            PathSearch::All => f.write_str("ALL")?,
            PathSearch::Any(count) => write!(f, "ANY {count}")?,
            PathSearch::Shortest(count) | PathSearch::ShortestGroups(count) => {
                write!(f, "SHORTEST {count}")?;
            }
        }
        f.write_str(match self.mode {
            PathMode::Walk => "",
            PathMode::Trail => " TRAIL",
            PathMode::Simple => " SIMPLE",
            PathMode::Acyclic => " ACYCLIC",
        })?;
        match self.search {
            PathSearch::ShortestGroups(_) => f.write_str(" GROUPS"),
            _ => Ok(()),
        }
    }
}

impl Display for PatternElement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.start.fmt(f)?;
        self.steps
            .iter()
            .try_for_each(|(relationship, node)| write!(f, "{relationship}{node}"))
    }
}

impl Display for NodePattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        let mut head = String::new();
        if let Some(variable) = &self.variable {
            head += &Variable(&variable.text).to_string();
        }
        if let Some(labels) = &self.labels {
            head += &format!(":{}", OfNode(labels));
        }
        filling(f, &head, self.properties.as_ref(), self.predicate.as_ref())?;
        f.write_str(")")
    }
}

impl Display for RelationshipPattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (Some(group), Some(length)) = (&self.group, &self.length) else {
            self.arrow(f)?;
            return f.write_str(if self.questioned { "?" } else { "" });
        };
        write!(f, "({}", group.start)?;
        self.arrow(f)?;
        group.end.fmt(f)?;
        let mut rest = group.rest.iter();
        rest.try_for_each(|(relationship, node)| write!(f, "{relationship}{node}"))?;
        optional(f, " WHERE ", group.predicate.as_ref())?;
        if self.questioned {
            return f.write_str(")?");
        }
        let min = length.min.unwrap_or(1);
        match length.max {
            Some(max) => write!(f, "){{{min},{max}}}"),
            None => write!(f, "){{{min},}}"),
        }
    }
}

impl RelationshipPattern {
    /// Prints the relationship without its group.
    fn arrow(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.direction == Direction::Incoming {
            "<-"
        } else {
            "-"
        })?;
        if !self.is_bare() {
            f.write_str("[")?;
            filling(
                f,
                &self.head(),
                self.properties.as_ref(),
                self.predicate.as_ref(),
            )?;
            f.write_str("]")?;
        }
        f.write_str(if self.direction == Direction::Outgoing {
            "->"
        } else {
            "-"
        })
    }
}

impl RelationshipPattern {
    fn is_bare(&self) -> bool {
        self.head().is_empty() && self.properties.is_none() && self.predicate.is_none()
    }

    /// `r:COVERS*1..2`
    fn head(&self) -> String {
        let mut head = String::new();
        if let Some(variable) = &self.variable {
            head += &Variable(&variable.text).to_string();
        }
        if let Some(types) = &self.types {
            head += &format!(":{types}");
        }
        if let (Some(length), None, false) = (&self.length, &self.group, self.questioned) {
            head += &length.to_string();
        }
        head
    }
}

/// Prints the contents of a node or a relationship pattern.
fn filling(
    f: &mut Formatter<'_>,
    head: &str,
    properties: Option<&Expr>,
    predicate: Option<&Expr>,
) -> fmt::Result {
    f.write_str(head)?;
    let space = if head.is_empty() { "" } else { " " };
    optional(f, space, properties)?;
    let space = if head.is_empty() && properties.is_none() {
        ""
    } else {
        " "
    };
    optional(f, &format!("{space}WHERE "), predicate)
}

impl Display for Length {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (None, None) => f.write_str("*"),
            (Some(min), Some(max)) if min == max => write!(f, "*{min}"),
            (Some(min), Some(max)) => write!(f, "*{min}..{max}"),
            (Some(min), None) => write!(f, "*{min}.."),
            (None, Some(max)) => write!(f, "*..{max}"),
        }
    }
}
