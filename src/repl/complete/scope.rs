//! The variables bound in a statement and what they denote, as far as the text shows.
//!
//! The text is incomplete, so this works on tokens instead of a tree, and prefers extra variables to missing ones.

use crate::repl::complete::piece::{Piece, Sort};

/// What a variable denotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Denotation<'a> {
    /// A node, with its labels in the pattern.
    Node(Vec<&'a str>),
    /// A relationship, with its types in the pattern.
    Relationship(Vec<&'a str>),
    /// Anything else.
    Value,
}

/// A variable in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Binding<'a> {
    /// The name.
    pub(crate) name: &'a str,
    /// What it denotes.
    pub(crate) denotation: Denotation<'a>,
}

/// The variables in scope at one place of a statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope<'a> {
    bindings: Vec<Binding<'a>>,
}

/// The keywords after which a word is bound.
const BINDERS: &[&str] = &["AS", "YIELD"];

impl<'a> Scope<'a> {
    /// The variables in scope after `pieces`, the start of a statement.
    pub(crate) fn of(pieces: &[Piece<'a>]) -> Self {
        let mut scope = Self::default();
        let mut at = 0;
        while at < pieces.len() {
            if is_with(pieces, at) {
                at = scope.project(pieces, at + 1);
            } else if pieces[at].is_word("UNION") {
                scope.bindings.clear();
                at += 1;
            } else {
                scope.bind_at(pieces, at);
                at += 1;
            }
        }
        scope
    }

    /// Every variable, in binding order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.bindings.iter().map(|binding| binding.name)
    }

    /// What a variable denotes, or `None` if it is not bound.
    pub(crate) fn get(&self, name: &str) -> Option<&Denotation<'a>> {
        self.bindings
            .iter()
            .find(|binding| binding.name == name)
            .map(|binding| &binding.denotation)
    }

    /// Reads the items of a `WITH` from `from` on and returns the end position.
    fn project(&mut self, pieces: &[Piece<'a>], from: usize) -> usize {
        let end = end_of_items(pieces, from);
        if end == pieces.len() {
            // The items are incomplete; they still see the previous scope.
            return end;
        }
        let mut kept = Self::default();
        for item in items(&pieces[from..end]) {
            self.keep(item, &mut kept);
        }
        *self = kept;
        end
    }

    /// Adds the variable that one item of a `WITH` passes on.
    fn keep(&self, item: &[Piece<'a>], kept: &mut Self) {
        match item {
            [star] if star.is("*") => kept.bindings.extend_from_slice(&self.bindings),
            [only] if only.is_wordlike() => kept.bind(only.name(), self.denotation(only.name())),
            [old, word, new] if word.is_word("AS") => {
                kept.bind(new.name(), self.denotation(old.name()));
            }
            [.., word, new] if word.is_word("AS") => kept.bind(new.name(), Denotation::Value),
            _ => {}
        }
    }

    fn denotation(&self, name: &str) -> Denotation<'a> {
        self.get(name).cloned().unwrap_or(Denotation::Value)
    }

    fn bind(&mut self, name: &'a str, denotation: Denotation<'a>) {
        let known = self
            .bindings
            .iter_mut()
            .find(|binding| binding.name == name);
        match known {
            None => self.bindings.push(Binding { name, denotation }),
            Some(binding) => binding.denotation = richer(&binding.denotation, denotation),
        }
    }

    /// Binds the word at `at` if its neighbours show that it is a variable.
    fn bind_at(&mut self, pieces: &[Piece<'a>], at: usize) {
        let word = pieces[at];
        let Some(before) = at.checked_sub(1).map(|before| pieces[before]) else {
            return;
        };
        if !word.is_wordlike() {
            return;
        }
        let after = pieces.get(at + 1);
        if before.is("(") && opens_node(pieces, at - 1, after) {
            self.bind(word.name(), Denotation::Node(labels(&pieces[at + 1..])));
        } else if before.is("[") && opens_relationship(pieces, at - 1) {
            self.bind(
                word.name(),
                Denotation::Relationship(labels(&pieces[at + 1..])),
            );
        } else if binds_value(pieces, at, before, after) {
            self.bind(word.name(), Denotation::Value);
        }
    }
}

/// The more specific of two descriptions of a variable.
fn richer<'a>(old: &Denotation<'a>, new: Denotation<'a>) -> Denotation<'a> {
    let tells = |denotation: &Denotation<'_>| match denotation {
        Denotation::Node(names) | Denotation::Relationship(names) => 1 + names.len(),
        Denotation::Value => 0,
    };
    if tells(&new) > tells(old) {
        new
    } else {
        old.clone()
    }
}

/// Whether the keyword at `at` is the clause `WITH`, not part of `STARTS WITH` or `ENDS WITH`.
fn is_with(pieces: &[Piece<'_>], at: usize) -> bool {
    let after_operator = at
        .checked_sub(1)
        .is_some_and(|before| pieces[before].is_any(&["STARTS", "ENDS"]));
    pieces[at].is_word("WITH") && !after_operator
}

fn end_of_items(pieces: &[Piece<'_>], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate().skip(from) {
        if piece.opens() {
            depth += 1;
        } else if piece.closes() {
            let Some(outer) = depth.checked_sub(1) else {
                return at;
            };
            depth = outer;
        } else if depth == 0 && piece.begins_clause() && !follows_operator(pieces, at) {
            return at;
        }
    }
    pieces.len()
}

/// Whether the word at `at` ends `STARTS WITH` or `ENDS WITH`.
fn follows_operator(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces[at].is_word("WITH") && !is_with(pieces, at)
}

/// The items of a list, split at commas outside brackets, without `DISTINCT`.
fn items<'p, 'a>(pieces: &'p [Piece<'a>]) -> impl Iterator<Item = &'p [Piece<'a>]> {
    let skipped = usize::from(
        pieces
            .first()
            .is_some_and(|first| first.is_word("DISTINCT")),
    );
    let mut depth = 0_usize;
    pieces[skipped..].split(move |piece| {
        if piece.opens() {
            depth += 1;
        } else if piece.closes() {
            depth = depth.saturating_sub(1);
        }
        depth == 0 && piece.is(",")
    })
}

/// Whether the `(` at `at` starts a node. A `(` after a name is a call; a single word in parentheses is an expression,
/// except in a path or after a keyword that starts a pattern.
fn opens_node(pieces: &[Piece<'_>], at: usize, after: Option<&Piece<'_>>) -> bool {
    let before = at.checked_sub(1).map(|before| pieces[before]);
    if before.is_some_and(|before| before.sort == Sort::Name) {
        return false;
    }
    let in_pattern = before.is_some_and(|before| {
        before.is_any(&["MATCH", "CREATE", "MERGE"]) || before.is(",") || ends_arrow(&before)
    });
    match after {
        Some(after) if after.is(":") || after.is("{") => true,
        Some(after) if after.is(")") || after.is_word("WHERE") => {
            in_pattern || before.is_some_and(|before| before.is("="))
        }
        Some(_) => false,
        None => in_pattern,
    }
}

/// Whether the `[` at `at` starts a relationship.
pub(super) fn opens_relationship(pieces: &[Piece<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        pieces[before].sort == Sort::Symbol && pieces[before].text.ends_with('-')
    })
}

/// Whether a piece ends `-->`, `--`, `]->` or similar.
fn ends_arrow(piece: &Piece<'_>) -> bool {
    piece.sort == Sort::Symbol
        && (piece.text.ends_with('-') || piece.text.ends_with("->") || piece.is(">"))
}

/// The labels or types at the start of `pieces`: `:A`, `:A:B`, `:A|B`.
fn labels<'a>(pieces: &[Piece<'a>]) -> Vec<&'a str> {
    let joins = |piece: &Piece<'_>| [":", "|", "&"].iter().any(|symbol| piece.is(symbol));
    let mut names = Vec::new();
    let mut rest = pieces;
    while let [join, name, tail @ ..] = rest {
        if !joins(join) || !name.is_wordlike() {
            break;
        }
        names.push(name.name());
        rest = tail;
    }
    names
}

/// Whether the word at `at` is bound as in `AS x`, `YIELD x`, `YIELD x, y`, `p = (`, `[x IN`, `(x IN`, `, x IN`.
fn binds_value(
    pieces: &[Piece<'_>],
    at: usize,
    before: Piece<'_>,
    after: Option<&Piece<'_>>,
) -> bool {
    if before.is_any(BINDERS) || (before.is(",") && in_yield(pieces, at)) {
        return true;
    }
    let begins = before.is("[") || before.is("(") || before.is(",");
    let path = || {
        let named = before.is(",") || before.is_any(&["MATCH", "CREATE", "MERGE"]);
        let opens = pieces.get(at + 2).is_some_and(|next| {
            next.is("(")
                || next.sort != Sort::Symbol && next.text.to_lowercase().contains("shortest")
        });
        named && after.is_some_and(|after| after.is("=")) && opens
    };
    (begins && after.is_some_and(|after| after.is_word("IN"))) || path()
}

/// Whether the word at `at` is a further item of a `YIELD`.
fn in_yield(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces[..at]
        .iter()
        .rev()
        .find(|piece| piece.sort == Sort::Keyword && !piece.is_word("AS"))
        .is_some_and(|piece| piece.is_word("YIELD"))
}
