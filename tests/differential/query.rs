//! Queries as trees, made by the generator and evaluated by the oracle. `Display` writes the text for the engine.

use std::fmt::{self, Display, Formatter};

use crate::world::Val;

/// `… UNION …`
#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) parts: Vec<Single>,
    pub(crate) all: bool,
}

/// Clauses up to a `RETURN`, which is omitted if it has no columns.
#[derive(Clone, Debug)]
pub(crate) struct Single {
    pub(crate) clauses: Vec<Clause>,
    pub(crate) result: Projection,
}

#[derive(Clone, Debug)]
pub(crate) enum Clause {
    Match {
        optional: bool,
        pattern: Vec<Part>,
        filter: Option<Expr>,
    },
    With {
        projection: Projection,
        filter: Option<Expr>,
    },
    Unwind {
        list: Vec<Expr>,
        name: String,
    },
    /// `CALL (imports) { … }`
    Call {
        imports: Vec<String>,
        query: Box<Query>,
    },
    Create(Vec<Part>),
    Merge {
        part: Part,
        on_create: Vec<Change>,
        on_match: Vec<Change>,
    },
    /// `SET`, or `REMOVE` of single items.
    Set(Vec<Change>),
    Delete {
        detach: bool,
        names: Vec<String>,
    },
    Foreach {
        name: String,
        list: Vec<Expr>,
        body: Vec<Clause>,
    },
}

/// A change of a node or relationship.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// `SET n.key = value`
    Property(String, &'static str, Expr),
    /// `SET n += map`, or `SET n = map`
    Map(String, Vec<(&'static str, Expr)>, bool),
    /// `SET n:A:B`
    Label(String, Vec<&'static str>),
    /// `REMOVE n.key`
    Without(String, &'static str),
    /// `REMOVE n:A`
    Unlabel(String, &'static str),
}

#[derive(Clone, Debug)]
pub(crate) struct Projection {
    pub(crate) distinct: bool,
    pub(crate) items: Vec<(Expr, String)>,
    /// A sort key before the columns, which is not a column.
    pub(crate) first: Option<(Expr, bool)>,
    /// For every column, whether it sorts in descending order.
    pub(crate) order: Option<Vec<bool>>,
    pub(crate) skip: Option<usize>,
    pub(crate) limit: Option<usize>,
}

/// `p = (a)-[r]->(b)<--(c)`
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) path: Option<String>,
    /// Whether only shortest paths match; `Some(true)` for all of them.
    pub(crate) shortest: Option<bool>,
    pub(crate) first: Node,
    pub(crate) steps: Vec<(Rel, Node)>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) var: Option<String>,
    pub(crate) labels: Option<Labels>,
    pub(crate) props: Vec<(&'static str, Expr)>,
    pub(crate) filter: Option<Expr>,
}

#[derive(Clone, Debug)]
pub(crate) struct Rel {
    pub(crate) var: Option<String>,
    pub(crate) types: Vec<&'static str>,
    pub(crate) direction: Direction,
    pub(crate) length: Option<(usize, Option<usize>)>,
    pub(crate) props: Vec<(&'static str, Expr)>,
    /// A predicate on each relationship, which is bound to the variable.
    pub(crate) filter: Option<Expr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Out,
    In,
    Both,
}

#[derive(Clone, Debug)]
pub(crate) enum Labels {
    Name(&'static str),
    Any,
    Not(Box<Labels>),
    And(Box<Labels>, Box<Labels>),
    Or(Box<Labels>, Box<Labels>),
}

/// A pattern with its predicate, inside an expression.
#[derive(Clone, Debug)]
pub(crate) struct Sub {
    pub(crate) pattern: Vec<Part>,
    pub(crate) filter: Option<Box<Expr>>,
}

#[derive(Clone, Debug)]
pub(crate) enum Expr {
    Lit(Val),
    Var(String),
    Prop(String, &'static str),
    /// `a = b`, `a < b`, …
    Compare(Box<Expr>, &'static str, Box<Expr>),
    IsNull(Box<Expr>, bool),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Xor(Box<Expr>, Box<Expr>),
    In(Box<Expr>, Vec<Expr>),
    HasLabels(String, Labels),
    Exists(Sub),
    /// `(a)-->(b)` as a predicate.
    Pattern(Box<Part>),
    Count(Sub),
    /// `size(COLLECT { MATCH … RETURN DISTINCT … })`
    CollectSize(Sub, bool, Box<Expr>),
    /// `size([(a)-->(b) WHERE … | …])`
    ComprehensionSize(Sub, Box<Expr>),
    Size(String),
    /// `length(p)`
    Length(String),
    /// `all(q IN list WHERE …)`, where the list is the nodes or the relationships of a path, or a variable.
    Each {
        which: &'static str,
        name: String,
        list: Elements,
        variable: String,
        test: Box<Expr>,
    },
    Add(Box<Expr>, Box<Expr>),
    Case(Box<Expr>, Box<Expr>, Box<Expr>),
    CountRows,
    Aggregate {
        name: &'static str,
        distinct: bool,
        arg: Box<Expr>,
        /// The second argument of percentiles.
        at: Option<f64>,
    },
}

/// The elements that a list predicate ranges over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elements {
    Nodes,
    Relationships,
    Own,
}

impl Expr {
    /// Whether it contains an aggregate.
    pub(crate) fn aggregates(&self) -> bool {
        match self {
            Self::CountRows | Self::Aggregate { .. } => true,
            Self::Add(a, b) => a.aggregates() || b.aggregates(),
            _ => false,
        }
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (position, part) in self.parts.iter().enumerate() {
            if position > 0 {
                f.write_str(if self.all { " UNION ALL " } else { " UNION " })?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

impl Display for Single {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for clause in &self.clauses {
            write!(f, "{clause} ")?;
        }
        if self.result.items.is_empty() {
            return Ok(());
        }
        write!(f, "RETURN {}", self.result)
    }
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Match {
                optional,
                pattern,
                filter,
            } => {
                f.write_str(if *optional {
                    "OPTIONAL MATCH "
                } else {
                    "MATCH "
                })?;
                list(f, pattern)?;
                filter
                    .iter()
                    .try_for_each(|filter| write!(f, " WHERE {filter}"))
            }
            Self::With { projection, filter } => {
                write!(f, "WITH {projection}")?;
                filter
                    .iter()
                    .try_for_each(|filter| write!(f, " WHERE {filter}"))
            }
            Self::Unwind { list: items, name } => {
                f.write_str("UNWIND [")?;
                list(f, items)?;
                write!(f, "] AS {name}")
            }
            Self::Call { imports, query } => {
                write!(f, "CALL ({}) {{ {query} }}", imports.join(", "))
            }
            Self::Create(parts) => {
                f.write_str("CREATE ")?;
                list(f, parts)
            }
            Self::Merge {
                part,
                on_create,
                on_match,
            } => {
                write!(f, "MERGE {part}")?;
                for (when, changes) in [("CREATE", on_create), ("MATCH", on_match)] {
                    if !changes.is_empty() {
                        write!(f, " ON {when} ")?;
                        set(f, changes)?;
                    }
                }
                Ok(())
            }
            Self::Set(changes) => set(f, changes),
            Self::Delete { detach, names } => {
                let detach = if *detach { "DETACH " } else { "" };
                write!(f, "{detach}DELETE {}", names.join(", "))
            }
            Self::Foreach {
                name,
                list: items,
                body,
            } => {
                write!(f, "FOREACH ({name} IN [")?;
                list(f, items)?;
                f.write_str("] |")?;
                body.iter().try_for_each(|clause| write!(f, " {clause}"))?;
                f.write_str(")")
            }
        }
    }
}

/// `SET a, b REMOVE c`: consecutive changes of the same kind share one keyword.
fn set(f: &mut Formatter<'_>, changes: &[Change]) -> fmt::Result {
    let removes = |change: &Change| matches!(change, Change::Without(..) | Change::Unlabel(..));
    let mut before = None;
    for change in changes {
        let now = removes(change);
        f.write_str(match (before, now) {
            (Some(before), now) if before == now => ", ",
            (None, false) => "SET ",
            (None, true) => "REMOVE ",
            (Some(_), false) => " SET ",
            (Some(_), true) => " REMOVE ",
        })?;
        before = Some(now);
        write!(f, "{change}")?;
    }
    Ok(())
}

impl Display for Change {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(name, key, value) => write!(f, "{name}.{key} = {value}"),
            Self::Map(name, entries, replace) => {
                write!(f, "{name} {}", if *replace { "=" } else { "+=" })?;
                if entries.is_empty() {
                    return f.write_str(" {}");
                }
                properties(f, entries)
            }
            Self::Label(name, labels) => write!(f, "{name}:{}", labels.join(":")),
            Self::Without(name, key) => write!(f, "{name}.{key}"),
            Self::Unlabel(name, label) => write!(f, "{name}:{label}"),
        }
    }
}

impl Display for Projection {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.distinct { "DISTINCT " } else { "" })?;
        for (position, (expr, name)) in self.items.iter().enumerate() {
            write!(
                f,
                "{}{expr} AS {name}",
                if position == 0 { "" } else { ", " }
            )?;
        }
        if let Some(order) = &self.order {
            if let Some((expr, descending)) = &self.first {
                write!(
                    f,
                    " ORDER BY {expr}{}",
                    if *descending { " DESC" } else { "" }
                )?;
            }
            for (position, ((_, name), descending)) in self.items.iter().zip(order).enumerate() {
                let begins = position == 0 && self.first.is_none();
                f.write_str(if begins { " ORDER BY " } else { ", " })?;
                write!(f, "{name}{}", if *descending { " DESC" } else { "" })?;
            }
        }
        self.skip
            .iter()
            .try_for_each(|count| write!(f, " SKIP {count}"))?;
        self.limit
            .iter()
            .try_for_each(|count| write!(f, " LIMIT {count}"))
    }
}

impl Display for Part {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.path
            .iter()
            .try_for_each(|name| write!(f, "{name} = "))?;
        f.write_str(match self.shortest {
            None => "",
            Some(true) => "allShortestPaths(",
            Some(false) => "shortestPath(",
        })?;
        write!(f, "{}", self.first)?;
        self.steps
            .iter()
            .try_for_each(|(rel, node)| write!(f, "{rel}{node}"))?;
        f.write_str(if self.shortest.is_some() { ")" } else { "" })
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "({}", self.var.as_deref().unwrap_or_default())?;
        self.labels
            .iter()
            .try_for_each(|labels| write!(f, ":{labels}"))?;
        properties(f, &self.props)?;
        self.filter
            .iter()
            .try_for_each(|filter| write!(f, " WHERE {filter}"))?;
        f.write_str(")")
    }
}

impl Display for Rel {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.direction == Direction::In {
            "<-["
        } else {
            "-["
        })?;
        f.write_str(self.var.as_deref().unwrap_or_default())?;
        if !self.types.is_empty() {
            write!(f, ":{}", self.types.join("|"))?;
        }
        match self.length {
            None => {}
            Some((least, None)) => write!(f, "*{least}..")?,
            Some((least, Some(most))) => write!(f, "*{least}..{most}")?,
        }
        properties(f, &self.props)?;
        self.filter
            .iter()
            .try_for_each(|filter| write!(f, " WHERE {filter}"))?;
        f.write_str(if self.direction == Direction::Out {
            "]->"
        } else {
            "]-"
        })
    }
}

impl Display for Labels {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Any => f.write_str("%"),
            Self::Not(inner) => write!(f, "!({inner})"),
            Self::And(a, b) => write!(f, "(({a})&({b}))"),
            Self::Or(a, b) => write!(f, "(({a})|({b}))"),
        }
    }
}

impl Display for Sub {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        list(f, &self.pattern)?;
        self.filter
            .iter()
            .try_for_each(|filter| write!(f, " WHERE {filter}"))
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lit(value) => write!(f, "{value}"),
            Self::Var(name) => f.write_str(name),
            Self::Prop(name, key) => write!(f, "{name}.{key}"),
            Self::Compare(a, op, b) => write!(f, "({a} {op} {b})"),
            Self::IsNull(inner, true) => write!(f, "({inner} IS NULL)"),
            Self::IsNull(inner, false) => write!(f, "({inner} IS NOT NULL)"),
            Self::Not(inner) => write!(f, "(NOT {inner})"),
            Self::And(a, b) => write!(f, "({a} AND {b})"),
            Self::Or(a, b) => write!(f, "({a} OR {b})"),
            Self::Xor(a, b) => write!(f, "({a} XOR {b})"),
            Self::In(item, items) => {
                write!(f, "({item} IN [")?;
                list(f, items)?;
                f.write_str("])")
            }
            Self::HasLabels(name, labels) => write!(f, "({name}:{labels})"),
            Self::Exists(sub) => write!(f, "EXISTS {{ {sub} }}"),
            Self::Pattern(part) => write!(f, "{part}"),
            Self::Count(sub) => write!(f, "COUNT {{ {sub} }}"),
            Self::CollectSize(sub, distinct, value) => {
                let distinct = if *distinct { "DISTINCT " } else { "" };
                write!(
                    f,
                    "size(COLLECT {{ MATCH {sub} RETURN {distinct}{value} }})"
                )
            }
            Self::ComprehensionSize(sub, value) => write!(f, "size([{sub} | {value}])"),
            Self::Size(name) => write!(f, "size({name})"),
            Self::Length(name) => write!(f, "length({name})"),
            Self::Each {
                which,
                name,
                list,
                variable,
                test,
            } => {
                let elements = match list {
                    Elements::Nodes => format!("nodes({name})"),
                    Elements::Relationships => format!("relationships({name})"),
                    Elements::Own => name.clone(),
                };
                write!(f, "{which}({variable} IN {elements} WHERE {test})")
            }
            Self::Add(a, b) => write!(f, "({a} + {b})"),
            Self::Case(test, a, b) => write!(f, "CASE WHEN {test} THEN {a} ELSE {b} END"),
            Self::CountRows => f.write_str("count(*)"),
            Self::Aggregate {
                name,
                distinct,
                arg,
                at,
            } => {
                let distinct = if *distinct { "DISTINCT " } else { "" };
                let at = at.map_or(String::new(), |at| format!(", {at:?}"));
                write!(f, "{name}({distinct}{arg}{at})")
            }
        }
    }
}

fn list<T: Display>(f: &mut Formatter<'_>, items: &[T]) -> fmt::Result {
    for (position, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if position == 0 { "" } else { ", " })?;
    }
    Ok(())
}

fn properties(f: &mut Formatter<'_>, entries: &[(&str, Expr)]) -> fmt::Result {
    if entries.is_empty() {
        return Ok(());
    }
    f.write_str(" {")?;
    for (position, (key, value)) in entries.iter().enumerate() {
        write!(f, "{}{key}: {value}", if position == 0 { "" } else { ", " })?;
    }
    f.write_str("}")
}
