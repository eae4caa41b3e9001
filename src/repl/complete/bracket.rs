//! Open brackets and their content.

use crate::repl::complete::{
    context::{Owner, owner_of},
    piece::{Piece, Sort},
    scope::{Scope, opens_relationship},
};

/// The content of an open bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Node,
    Relationship,
    Map,
    Subquery,
    Other,
}

/// An open bracket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// The index of its piece.
    pub(super) at: usize,
    pub(super) shape: Shape,
}

/// The innermost bracket that is open at the end of `before`.
pub(super) fn innermost(before: &[Piece<'_>]) -> Option<Open> {
    let mut closed = 0_usize;
    let at = before.iter().rposition(|piece| {
        if piece.closes() {
            closed += 1;
        }
        if !piece.opens() {
            return false;
        }
        let open = closed == 0;
        closed = closed.saturating_sub(1);
        open
    })?;
    Some(Open {
        at,
        shape: shape(before, at),
    })
}

fn shape(pieces: &[Piece<'_>], at: usize) -> Shape {
    let before = at.checked_sub(1).map(|before| pieces[before]);
    match pieces[at].text {
        "[" if opens_relationship(pieces, at) => Shape::Relationship,
        "(" if begins_node(before) => Shape::Node,
        "{" if begins_subquery(pieces, at) => Shape::Subquery,
        "{" => Shape::Map,
        _ => Shape::Other,
    }
}

fn begins_node(before: Option<Piece<'_>>) -> bool {
    let Some(before) = before else {
        return false;
    };
    let arrow = before.sort == Sort::Symbol
        && (before.text.ends_with('-') || before.text.ends_with('>') || before.is("<"));
    arrow || before.is(",") || before.is("=") || before.is_any(&["MATCH", "CREATE", "MERGE"])
}

fn begins_subquery(pieces: &[Piece<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| pieces[before]);
    before.is_some_and(|before| {
        before.is_any(&["EXISTS", "COUNT", "COLLECT", "CALL"])
            || ["exists", "count", "collect"].contains(&before.text.to_lowercase().as_str())
            || before.is(")")
                && pieces[..at]
                    .iter()
                    .rev()
                    .take(8)
                    .any(|piece| piece.is_word("CALL"))
    })
}

/// The node of the innermost bracket that is open at the end of `before`.
pub(super) fn enclosing_node<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> Option<Owner<'a>> {
    let open = innermost(before)?;
    Some(owner_in(open, &before[open.at + 1..], scope))
}

/// The owner of the properties in the innermost map.
pub(super) fn enclosing_owner<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> Owner<'a> {
    let Some(map) = innermost(before) else {
        return Owner::Any;
    };
    let Some(outer) = innermost(&before[..map.at]) else {
        return Owner::Any;
    };
    owner_in(outer, &before[outer.at + 1..map.at], scope)
}

/// The owner described inside a bracket, from the text `inside` at its start.
fn owner_in<'a>(bracket: Open, inside: &[Piece<'a>], scope: &Scope<'a>) -> Owner<'a> {
    let named: Vec<_> = inside
        .iter()
        .skip_while(|piece| !piece.is(":"))
        .take_while(|piece| !piece.is("{"))
        .filter(|piece| piece.is_wordlike())
        .map(Piece::name)
        .collect();
    match bracket.shape {
        Shape::Relationship => Owner::Relationship(named),
        Shape::Node if !named.is_empty() => Owner::Node(named),
        Shape::Node => match inside {
            [variable] => owner_of(variable.name(), scope),
            _ => Owner::Node(Vec::new()),
        },
        Shape::Map | Shape::Subquery | Shape::Other => Owner::Any,
    }
}
