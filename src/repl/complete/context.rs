//! What can be typed at the cursor, determined from the preceding tokens.

use crate::repl::complete::{
    bracket::{Shape, enclosing_node, enclosing_owner, innermost},
    piece::{Piece, Sort},
    scope::{Denotation, Scope},
};

/// The category of completion at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted<'a> {
    /// None: a number, a comment, or a new name.
    Nothing,
    /// `(:C`
    Label,
    /// `[:C`
    Type {
        /// The known labels of the node on the left.
        labels: Vec<&'a str>,
        /// Whether the relationship points to that node.
        incoming: bool,
    },
    /// `n.na`, `(n:Course {na`
    Key {
        /// The owner of the key.
        owner: Owner<'a>,
        /// Whether the key starts an entry of a map.
        map: bool,
    },
    /// `{name: 'Adv`, `n.name = 'Adv`
    Text {
        /// The key whose value the text is compared with, or `None` if unknown.
        key: Option<&'a str>,
        /// The owner of the key.
        owner: Owner<'a>,
    },
    /// `$x`
    Parameter,
    /// `CALL db.la`
    Procedure {
        /// The part of the name up to its last dot: `db.`.
        from: String,
    },
    /// `CALL db.labels() YIELD la`
    Column {
        /// The procedure.
        procedure: String,
    },
    /// `(n`, where only a bound variable can be completed
    Variable,
    /// A clause or an operator, after a complete element.
    Keyword {
        /// Whether a statement starts here.
        first: bool,
    },
    /// A variable, a function, or a keyword that starts an expression
    Operand,
    /// `duration.be`
    Member {
        /// `duration`
        namespace: String,
    },
}

/// The owner of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner<'a> {
    /// A node with any of the labels; any node if there are none.
    Node(Vec<&'a str>),
    /// A relationship of any of the types; any relationship if there are none.
    Relationship(Vec<&'a str>),
    /// Any entity or map.
    Any,
}

/// A cursor place.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    /// The byte position of the text to complete.
    pub(crate) start: usize,
    /// The text to complete, up to the cursor.
    pub(crate) typed: &'a str,
    /// The category of completion.
    pub(crate) wanted: Wanted<'a>,
    /// The variables in scope.
    pub(crate) scope: Scope<'a>,
}

/// Analyses the place at byte `cursor`, after `pieces`, the tokens of the statement up to there.
pub(crate) fn place<'a>(pieces: &[Piece<'a>], cursor: usize) -> Place<'a> {
    let touching = pieces.last().filter(|last| last.end() == cursor);
    let (before, typed) = match touching {
        Some(last) if last.sort != Sort::Symbol => (&pieces[..pieces.len() - 1], Some(*last)),
        _ => (pieces, None),
    };
    let before: Vec<_> = before
        .iter()
        .filter(|piece| piece.sort != Sort::Comment)
        .copied()
        .collect();
    let scope = Scope::of(&before);
    let wanted = wanted(&before, typed, &scope);
    let (start, text) = typed.map_or((cursor, ""), |piece| (piece.start, piece.text));
    Place {
        start,
        typed: text,
        wanted,
        scope,
    }
}

fn wanted<'a>(before: &[Piece<'a>], typed: Option<Piece<'a>>, scope: &Scope<'a>) -> Wanted<'a> {
    let Some(typed) = typed else {
        return word(before, scope);
    };
    match typed.sort {
        Sort::Comment | Sort::Number | Sort::Text => Wanted::Nothing,
        Sort::Parameter => Wanted::Parameter,
        Sort::Unclosed if typed.text.starts_with(['\'', '"']) => text(before, scope),
        Sort::Unclosed if !typed.text.starts_with('`') => Wanted::Nothing,
        _ => word(before, scope),
    }
}

/// The key whose value is compared with a text at the end of `before`.
fn text<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> Wanted<'a> {
    let (key, owner) = match before {
        [.., key, colon] if colon.is(":") && key.is_wordlike() => {
            (Some(key.name()), enclosing_owner(before, scope))
        }
        _ => compared(before, scope),
    };
    Wanted::Text { key, owner }
}

/// The last property read in the current condition or clause: `n.name = `, `n.name IN ['x', `.
fn compared<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> (Option<&'a str>, Owner<'a>) {
    const ENDS: &[&str] = &["WHERE", "AND", "OR", "XOR", "RETURN", "WITH", "MATCH"];
    for (at, piece) in before.iter().enumerate().rev() {
        let operator = at > 0 && before[at - 1].is_any(&["STARTS", "ENDS"]);
        if piece.is_any(ENDS) && !operator {
            break;
        }
        if let [.., variable, dot, key] = &before[..=at]
            && dot.is(".")
            && variable.is_wordlike()
            && key.is_wordlike()
        {
            return (Some(key.name()), owner_of(variable.name(), scope));
        }
    }
    (None, Owner::Any)
}

pub(super) fn owner_of<'a>(variable: &str, scope: &Scope<'a>) -> Owner<'a> {
    match scope.get(variable) {
        Some(Denotation::Node(labels)) => Owner::Node(labels.clone()),
        Some(Denotation::Relationship(types)) => Owner::Relationship(types.clone()),
        Some(Denotation::Value) | None => Owner::Any,
    }
}

/// The category of a word, possibly empty, after `before`.
fn word<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> Wanted<'a> {
    let Some(last) = before.last() else {
        return Wanted::Keyword { first: true };
    };
    if let Some(procedure) = called(before) {
        return procedure;
    }
    if last.is(".") {
        return member(before, scope);
    }
    let joins = [":", "|", "&", "!"].iter().any(|symbol| last.is(symbol));
    if joins && let Some(wanted) = classified(before, scope) {
        return wanted;
    }
    let in_map = innermost(before).is_some_and(|open| open.shape == Shape::Map);
    if in_map && (last.is("{") || last.is(",")) {
        return Wanted::Key {
            owner: enclosing_owner(before, scope),
            map: true,
        };
    }
    plain(before, last)
}

/// The category where no bracket or symbol decides: names, operands or keywords.
fn plain<'a>(before: &[Piece<'a>], last: &Piece<'a>) -> Wanted<'a> {
    let shape = innermost(before).map(|open| open.shape);
    if last.is_word("AS") {
        return Wanted::Nothing;
    }
    if last.is("(") && shape == Some(Shape::Node) {
        return Wanted::Variable;
    }
    if last.is("[") && shape == Some(Shape::Relationship) {
        return Wanted::Variable;
    }
    if last.is("{") && shape == Some(Shape::Subquery) {
        return Wanted::Keyword { first: true };
    }
    if last.is_any(&["EXPLAIN", "PROFILE"]) {
        return Wanted::Keyword { first: true };
    }
    if last.is(";") || last.is("}") || last.is(")") || last.is("]") {
        return Wanted::Keyword {
            first: last.is(";"),
        };
    }
    match last.sort {
        Sort::Symbol => Wanted::Operand,
        Sort::Keyword if expects_operand(last) => Wanted::Operand,
        _ => Wanted::Keyword { first: false },
    }
}

/// Whether an expression follows the keyword.
fn expects_operand(keyword: &Piece<'_>) -> bool {
    keyword.is_any(&[
        "WHERE", "RETURN", "WITH", "BY", "AND", "OR", "XOR", "NOT", "IN", "CONTAINS", "SKIP",
        "LIMIT", "OFFSET", "UNWIND", "SET", "DELETE", "REMOVE", "DISTINCT", "CASE", "WHEN", "THEN",
        "ELSE",
    ])
}

/// After `x.`: a property, or a part of a function name.
fn member<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> Wanted<'a> {
    match before {
        [.., owner, _] if owner.is_wordlike() => {
            let chained = before.len() >= 3 && before[before.len() - 3].is(".");
            if chained || scope.get(owner.name()).is_some() {
                let owner = if chained {
                    Owner::Any
                } else {
                    owner_of(owner.name(), scope)
                };
                return Wanted::Key { owner, map: false };
            }
            Wanted::Member {
                namespace: owner.text.to_owned(),
            }
        }
        [.., closing, _] if closing.closes() => Wanted::Key {
            owner: Owner::Any,
            map: false,
        },
        _ => Wanted::Nothing,
    }
}

/// After `:`, or after `|`, `&` and `!` between labels: a label or a type. `None` inside a map.
fn classified<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> Option<Wanted<'a>> {
    let colon = before.iter().rposition(|piece| piece.is(":"))?;
    let joined = before[colon + 1..].iter().all(|piece| {
        piece.is_wordlike()
            || ["|", "&", "!", "(", ")", "%"]
                .iter()
                .any(|symbol| piece.is(symbol))
    });
    if !joined {
        return None;
    }
    match innermost(&before[..colon]) {
        Some(open) if open.shape == Shape::Map => None,
        Some(open) if open.shape == Shape::Relationship => {
            Some(type_after(&before[..open.at], scope))
        }
        _ => Some(by_variable(&before[..colon], scope)),
    }
}

/// The type of a relationship whose `[` follows `before`.
fn type_after<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> Wanted<'a> {
    let arrow = before
        .iter()
        .rposition(|piece| piece.is(")"))
        .map_or(before.len(), |closing| closing + 1);
    let incoming = before[arrow..]
        .iter()
        .any(|piece| piece.text.starts_with('<'));
    let labels = match &before[..arrow] {
        [inside @ .., _] => match enclosing_node(inside, scope) {
            Some(Owner::Node(labels)) => labels,
            _ => Vec::new(),
        },
        [] => Vec::new(),
    };
    Wanted::Type { labels, incoming }
}

fn by_variable<'a>(before: &[Piece<'a>], scope: &Scope<'a>) -> Wanted<'a> {
    let denotation = before
        .last()
        .and_then(|variable| scope.get(variable.name()));
    match denotation {
        Some(Denotation::Relationship(_)) => Wanted::Type {
            labels: Vec::new(),
            incoming: false,
        },
        _ => Wanted::Label,
    }
}

/// `CALL db.la` and `CALL db.labels() YIELD la`.
fn called<'a>(before: &[Piece<'a>]) -> Option<Wanted<'a>> {
    let call = before.iter().rposition(|piece| piece.is_word("CALL"))?;
    let tail = &before[call + 1..];
    if tail
        .iter()
        .all(|piece| piece.is_wordlike() || piece.is("."))
    {
        let complete = tail.last().is_some_and(Piece::is_wordlike);
        return (!complete).then(|| Wanted::Procedure {
            from: tail.iter().map(|piece| piece.text).collect(),
        });
    }
    let yields = tail.iter().position(|piece| piece.is_word("YIELD"))?;
    let listed = tail[yields + 1..]
        .iter()
        .all(|piece| piece.sort == Sort::Name || piece.is_word("AS") || piece.is(","));
    let expects = tail
        .last()
        .is_some_and(|last| last.is(",") || last.is_word("YIELD"));
    let name = tail.split(|piece| piece.is("(")).next()?;
    (listed && expects).then(|| Wanted::Column {
        procedure: name
            .iter()
            .take_while(|piece| !piece.is_word("YIELD"))
            .map(|piece| piece.text)
            .collect(),
    })
}
