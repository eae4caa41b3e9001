//! The reference semantics of queries, evaluated clause by clause without plans or indexes; the engine must agree.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    query::{
        Clause, Direction, Elements, Expr, Labels, Node, Part, Projection, Query, Rel, Single, Sub,
    },
    world::{Props, Val, World},
};

pub(crate) type Row = BTreeMap<String, Val>;

/// The result of a query.
pub(crate) enum Outcome {
    /// Its rows, and the graph afterwards.
    Rows(Vec<Vec<Val>>, World),
    /// It must fail.
    Failure,
    /// It fails if it reads a deleted entity; short-circuit evaluation may avoid that.
    Unsure,
    /// The work exceeds the limits.
    TooMuch,
}

/// The result of a query on a graph.
pub(crate) fn outcome(world: &World, query: &Query) -> Outcome {
    let mut oracle = Oracle {
        world: world.clone(),
        steps: Cell::new(0),
        failed: Cell::new(false),
        unsure: Cell::new(false),
    };
    let rows = oracle.query(query);
    match rows {
        None => Outcome::TooMuch,
        Some(_) if oracle.unsure.get() => Outcome::Unsure,
        Some(_) if oracle.failed.get() => Outcome::Failure,
        Some(rows) => Outcome::Rows(rows, oracle.world),
    }
}

pub(crate) const MOST_STEPS: usize = 20_000;
const MOST_ROWS: usize = 2_000;
/// The maximum number of values in the rows of a clause, including list items.
const MOST_VALUES: usize = 50_000;

pub(crate) struct Oracle {
    pub(crate) world: World,
    pub(crate) steps: Cell<usize>,
    /// Whether a write to a deleted entity was requested.
    pub(crate) failed: Cell<bool>,
    /// Whether a deleted entity was read.
    pub(crate) unsure: Cell<bool>,
}

/// The first of each group of equal rows.
fn distinct(rows: Vec<Vec<Val>>) -> Vec<Vec<Val>> {
    let mut seen = BTreeSet::new();
    let key = |row: &Vec<Val>| row.iter().map(Val::key).collect::<Vec<_>>();
    rows.into_iter()
        .filter(|row| seen.insert(key(row)))
        .collect()
}

impl Oracle {
    fn query(&mut self, query: &Query) -> Option<Vec<Vec<Val>>> {
        self.query_from(query, &Row::new())
    }

    /// The rows of a query that is correlated with an outer row.
    fn query_from(&mut self, query: &Query, around: &Row) -> Option<Vec<Vec<Val>>> {
        let mut rows = Vec::new();
        for part in &query.parts {
            let mut found = self.single(part, vec![around.clone()])?;
            // Columns of later union parts follow the order of the first part.
            let order = query.parts[0].result.items.iter().map(|(_, name)| {
                let columns = &part.result.items;
                let at = columns.iter().position(|(_, own)| own == name);
                at.expect("all parts have the same columns")
            });
            let order: Vec<usize> = order.collect();
            for row in &mut found {
                *row = order.iter().map(|at| row[*at].clone()).collect();
            }
            rows.extend(found);
        }
        if query.parts.len() > 1 && !query.all {
            rows = distinct(rows);
        }
        Some(rows)
    }

    fn single(&mut self, single: &Single, mut rows: Vec<Row>) -> Option<Vec<Vec<Val>>> {
        for clause in &single.clauses {
            rows = self.clause(clause, rows)?;
            if self.failed.get() {
                // Nothing is evaluated after a failure.
                return Some(Vec::new());
            }
        }
        if single.result.items.is_empty() {
            return Some(Vec::new());
        }
        self.project(&single.result, &rows)
    }

    pub(crate) fn clause(&mut self, clause: &Clause, rows: Vec<Row>) -> Option<Vec<Row>> {
        let rows = match clause {
            Clause::Match {
                optional,
                pattern,
                filter,
            } => self.match_clause(*optional, pattern, filter.as_ref(), &rows)?,
            Clause::With { projection, filter } => {
                let names: Vec<_> = projection
                    .items
                    .iter()
                    .map(|(_, name)| name.clone())
                    .collect();
                let named = |row: Vec<Val>| names.iter().cloned().zip(row).collect::<Row>();
                let rows = self.project(projection, &rows)?.into_iter().map(named);
                let holds = |row: &Row| filter.as_ref().is_none_or(|f| self.holds(f, row));
                rows.filter(holds).collect()
            }
            Clause::Unwind { list, name } => {
                let with = |row: &Row, item| {
                    let mut row = row.clone();
                    let value = self.eval(item, &row);
                    row.insert(name.clone(), value);
                    row
                };
                rows.iter()
                    .flat_map(|row| list.iter().map(move |item| with(row, item)))
                    .collect()
            }
            Clause::Call { imports, query } => self.call(imports, query, &rows)?,
            Clause::Create(_)
            | Clause::Merge { .. }
            | Clause::Set(_)
            | Clause::Delete { .. }
            | Clause::Foreach { .. } => self.update(clause, rows)?,
        };
        let size: usize = rows.iter().flat_map(Row::values).map(Val::size).sum();
        let fits = rows.len() <= MOST_ROWS && size <= MOST_VALUES;
        (fits && self.steps.get() <= MOST_STEPS).then_some(rows)
    }

    fn call(&mut self, imports: &[String], query: &Query, rows: &[Row]) -> Option<Vec<Row>> {
        let mut out = Vec::new();
        for row in rows {
            let seen = imports
                .iter()
                .map(|name| (name.clone(), row[name].clone()))
                .collect();
            for inner in self.query_from(query, &seen)? {
                let mut row = row.clone();
                let names = query.parts[0]
                    .result
                    .items
                    .iter()
                    .map(|(_, name)| name.clone());
                row.extend(names.zip(inner));
                out.push(row);
            }
        }
        Some(out)
    }

    fn match_clause(
        &self,
        optional: bool,
        pattern: &[Part],
        filter: Option<&Expr>,
        rows: &[Row],
    ) -> Option<Vec<Row>> {
        let mut out = Vec::new();
        for row in rows {
            let mut found = self.matches(pattern, filter, row);
            if found.is_empty() && optional {
                let mut row = row.clone();
                for name in variables(pattern) {
                    row.entry(name).or_insert(Val::Null);
                }
                found.push(row);
            }
            out.extend(found);
            if out.len() > MOST_ROWS || self.steps.get() > MOST_STEPS {
                return None;
            }
        }
        Some(out)
    }

    /// The row extended by the variables of each match.
    pub(crate) fn matches(&self, pattern: &[Part], filter: Option<&Expr>, row: &Row) -> Vec<Row> {
        let mut found = Vec::new();
        let mut looked = Looked {
            used: Vec::new(),
            outer: row,
            found: &mut found,
        };
        self.parts(pattern, &mut row.clone(), &mut looked);
        let filters: Vec<_> = nodes(pattern)
            .filter_map(|node| node.filter.as_ref())
            .chain(filter)
            .collect();
        found.retain(|row| filters.iter().all(|filter| self.holds(filter, row)));
        match pattern {
            [part] if part.shortest.is_some() => shortest(part, found),
            _ => found,
        }
    }

    fn parts(&self, parts: &[Part], row: &mut Row, looked: &mut Looked<'_>) {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > MOST_STEPS {
            return;
        }
        let Some((part, rest)) = parts.split_first() else {
            looked.found.push(row.clone());
            return;
        };
        for at in 0..self.world.nodes.len() {
            let mut taken = (vec![at], Vec::new());
            self.at_node(&part.first, at, row, looked, &mut |row, looked| {
                self.walk(part, 0, rest, &mut taken, row, looked);
            });
        }
    }

    /// Continues with a part of a pattern at a step; `taken` is the path so far.
    fn walk(
        &self,
        part: &Part,
        step: usize,
        rest: &[Part],
        taken: &mut (Vec<usize>, Vec<usize>),
        row: &mut Row,
        looked: &mut Looked<'_>,
    ) {
        let Some((rel, node)) = part.steps.get(step) else {
            let path = Val::Path(taken.0.clone(), taken.1.clone());
            return bound(part.path.as_ref(), path, row, &mut |row| {
                self.parts(rest, row, looked);
            });
        };
        let (least, most) = match rel.length {
            None => (1, 1),
            Some((least, most)) => (least, most.unwrap_or(usize::MAX)),
        };
        let at = taken.0[taken.0.len() - 1];
        for (walked, visited) in self.walks(rel, at, least, most, looked) {
            let value = match rel.length {
                None => Val::Edge(walked[0]),
                Some(_) => Val::List(walked.iter().map(|edge| Val::Edge(*edge)).collect()),
            };
            let kept = (looked.used.len(), taken.0.len(), taken.1.len());
            looked.used.extend(&walked);
            taken.0.extend(&visited[1..]);
            taken.1.extend(&walked);
            let end = visited[visited.len() - 1];
            bound(rel.var.as_ref(), value, row, &mut |row| {
                self.at_node(node, end, row, looked, &mut |row, looked| {
                    self.walk(part, step + 1, rest, taken, row, looked);
                });
            });
            looked.used.truncate(kept.0);
            taken.0.truncate(kept.1);
            taken.1.truncate(kept.2);
        }
    }

    /// Every trail from a node: its relationships and its nodes.
    fn walks(
        &self,
        rel: &Rel,
        at: usize,
        least: usize,
        most: usize,
        looked: &Looked<'_>,
    ) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut done = Vec::new();
        let mut open = vec![(Vec::new(), vec![at])];
        while let Some((walked, visited)) = open.pop() {
            self.steps.set(self.steps.get() + 1);
            if self.steps.get() > MOST_STEPS {
                break;
            }
            if walked.len() < most {
                for (edge, end) in self.edges_from(rel, visited[visited.len() - 1], looked.outer) {
                    if !looked.used.contains(&edge) && !walked.contains(&edge) {
                        let (mut walked, mut visited) = (walked.clone(), visited.clone());
                        walked.push(edge);
                        visited.push(end);
                        open.push((walked, visited));
                    }
                }
            }
            if walked.len() >= least {
                done.push((walked, visited));
            }
        }
        done
    }

    /// The relationships that a step may follow from a node. Its predicates may use the row before the clause.
    fn edges_from(&self, rel: &Rel, at: usize, outer: &Row) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (position, edge) in self.world.edges.iter().enumerate() {
            let asked = |filter: &Expr| {
                let mut row = outer.clone();
                row.extend(rel.var.clone().map(|name| (name, Val::Edge(position))));
                self.holds(filter, &row)
            };
            if edge.dead
                || !rel.types.is_empty() && !rel.types.contains(&edge.kind)
                || !self.fits(&rel.props, &edge.props, outer)
                || !rel.filter.as_ref().is_none_or(asked)
            {
                continue;
            }
            let (out, into) = (edge.from == at, edge.to == at);
            match rel.direction {
                Direction::Out if out => found.push((position, edge.to)),
                Direction::In if into => found.push((position, edge.from)),
                Direction::Both if out => found.push((position, edge.to)),
                Direction::Both if into => found.push((position, edge.from)),
                _ => {}
            }
        }
        found
    }

    /// Binds the variable of a node pattern and continues, if the node matches.
    fn at_node(
        &self,
        node: &Node,
        at: usize,
        row: &mut Row,
        looked: &mut Looked<'_>,
        go_on: &mut dyn FnMut(&mut Row, &mut Looked<'_>),
    ) {
        let stored = &self.world.nodes[at];
        let labelled = node
            .labels
            .as_ref()
            .is_none_or(|labels| has(labels, &stored.labels));
        if !stored.dead && labelled && self.fits(&node.props, &stored.props, looked.outer) {
            bound(node.var.as_ref(), Val::Node(at), row, &mut |row| {
                go_on(row, looked)
            });
        }
    }

    /// Whether an entity has the properties of a pattern.
    fn fits(&self, wanted: &[(&'static str, Expr)], props: &Props, outer: &Row) -> bool {
        wanted
            .iter()
            .all(|(key, value)| stored(props, key).equal(&self.eval(value, outer)) == Some(true))
    }

    fn project(&self, projection: &Projection, rows: &[Row]) -> Option<Vec<Vec<Val>>> {
        let aggregates = projection.items.iter().any(|(expr, _)| expr.aggregates());
        let mut out: Vec<Vec<Val>> = if aggregates {
            self.groups(projection, rows)
        } else {
            let row = |row| {
                projection
                    .items
                    .iter()
                    .map(|(expr, _)| self.eval(expr, row))
                    .collect()
            };
            rows.iter().map(row).collect()
        };
        let size: usize = out.iter().flatten().map(Val::size).sum();
        if self.steps.get() > MOST_STEPS || size > MOST_VALUES {
            return None;
        }
        if projection.distinct {
            out = distinct(out);
        }
        // The columns break the ties of the first sort key.
        let before = |row: &Row| {
            projection
                .first
                .as_ref()
                .map(|(first, _)| self.eval(first, row))
        };
        let mut keyed: Vec<(Option<Val>, Vec<Val>)> = match &projection.first {
            Some(_) => rows.iter().map(before).zip(out).collect(),
            None => out.into_iter().map(|row| (None, row)).collect(),
        };
        if let Some(order) = &projection.order {
            keyed.sort_by(|(first, a), (other, b)| {
                if let (Some(first), Some(other)) = (first, other)
                    && first.order(other).is_ne()
                {
                    let descending = projection.first.as_ref().is_some_and(|(_, down)| *down);
                    let found = first.order(other);
                    return if descending { found.reverse() } else { found };
                }
                let sides = a.iter().zip(b).zip(order);
                let one = |((a, b), descending): ((&Val, &Val), &bool)| {
                    if *descending { b.order(a) } else { a.order(b) }
                };
                sides
                    .map(one)
                    .find(|found| found.is_ne())
                    .unwrap_or(std::cmp::Ordering::Equal)
            });
        }
        let kept = keyed.into_iter().map(|(_, row)| row);
        let kept = kept.skip(projection.skip.unwrap_or(0));
        Some(kept.take(projection.limit.unwrap_or(usize::MAX)).collect())
    }

    fn groups(&self, projection: &Projection, rows: &[Row]) -> Vec<Vec<Val>> {
        let keys: Vec<_> = projection
            .items
            .iter()
            .filter(|(expr, _)| !expr.aggregates())
            .collect();
        let mut groups: BTreeMap<Vec<String>, Vec<Row>> = BTreeMap::new();
        if keys.is_empty() {
            groups.insert(Vec::new(), Vec::new());
        }
        for row in rows {
            let key = keys
                .iter()
                .map(|(expr, _)| self.eval(expr, row).key())
                .collect();
            groups.entry(key).or_default().push(row.clone());
        }
        let value = |expr: &Expr, rows: &[Row]| match (expr.aggregates(), rows.first()) {
            (true, _) => self.aggregate(expr, rows),
            (false, Some(row)) => self.eval(expr, row),
            (false, None) => Val::Null,
        };
        let row = |rows: &Vec<Row>| {
            projection
                .items
                .iter()
                .map(|(expr, _)| value(expr, rows))
                .collect()
        };
        groups.values().map(row).collect()
    }

    fn aggregate(&self, expr: &Expr, rows: &[Row]) -> Val {
        match expr {
            Expr::CountRows => Val::Int(rows.len() as i64),
            Expr::Add(a, b) => add(&self.aggregate(a, rows), &self.aggregate(b, rows)),
            Expr::Aggregate {
                name,
                distinct,
                arg,
                at,
            } => {
                let values = rows.iter().map(|row| self.eval(arg, row));
                let mut values: Vec<_> = values.filter(|value| *value != Val::Null).collect();
                if *distinct {
                    let mut seen = BTreeSet::new();
                    values.retain(|value| seen.insert(value.key()));
                }
                fold(name, values, *at)
            }
            other => self.eval(other, &Row::new()),
        }
    }

    fn holds(&self, expr: &Expr, row: &Row) -> bool {
        self.eval(expr, row) == Val::Bool(true)
    }

    fn truth(&self, expr: &Expr, row: &Row) -> Option<bool> {
        match self.eval(expr, row) {
            Val::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn eval(&self, expr: &Expr, row: &Row) -> Val {
        match expr {
            Expr::Lit(value) => value.clone(),
            Expr::Var(name) => row[name].clone(),
            Expr::Prop(name, key) => self.property(&row[name], key),
            Expr::Compare(a, op, b) => truth(compare(&self.eval(a, row), op, &self.eval(b, row))),
            Expr::IsNull(inner, null) => Val::Bool((self.eval(inner, row) == Val::Null) == *null),
            Expr::Not(inner) => truth(self.truth(inner, row).map(|value| !value)),
            Expr::And(a, b) => truth(and(self.truth(a, row), self.truth(b, row))),
            Expr::Or(a, b) => truth(or(self.truth(a, row), self.truth(b, row))),
            Expr::Xor(a, b) => truth(
                self.truth(a, row)
                    .zip(self.truth(b, row))
                    .map(|(a, b)| a != b),
            ),
            Expr::In(item, items) => self.is_in(item, items, row),
            Expr::HasLabels(name, labels) => match &row[name] {
                Val::Node(at) => {
                    self.unsure
                        .set(self.unsure.get() || self.world.nodes[*at].dead);
                    Val::Bool(has(labels, &self.world.nodes[*at].labels))
                }
                _ => Val::Null,
            },
            Expr::Exists(sub) => Val::Bool(!self.sub(sub, row).is_empty()),
            Expr::Pattern(part) => Val::Bool(
                !self
                    .matches(std::slice::from_ref(&**part), None, row)
                    .is_empty(),
            ),
            Expr::Count(sub) | Expr::ComprehensionSize(sub, _) => {
                Val::Int(self.sub(sub, row).len() as i64)
            }
            Expr::CollectSize(sub, unique, value) => {
                let rows = self.sub(sub, row);
                let values = rows.iter().map(|row| vec![self.eval(value, row)]).collect();
                let values = if *unique { distinct(values) } else { values };
                Val::Int(values.len() as i64)
            }
            Expr::Size(name) => match &row[name] {
                Val::List(items) => Val::Int(items.len() as i64),
                _ => Val::Null,
            },
            Expr::Length(name) => match &row[name] {
                Val::Path(_, edges) => Val::Int(edges.len() as i64),
                _ => Val::Null,
            },
            Expr::Each {
                which,
                name,
                list,
                variable,
                test,
            } => self.each(which, elements(&row[name], *list), variable, test, row),
            Expr::Add(a, b) => add(&self.eval(a, row), &self.eval(b, row)),
            Expr::Case(test, a, b) => {
                let chosen = if self.holds(test, row) { a } else { b };
                self.eval(chosen, row)
            }
            Expr::CountRows | Expr::Aggregate { .. } => {
                unreachable!("aggregates stand in projections")
            }
        }
    }

    fn sub(&self, sub: &Sub, row: &Row) -> Vec<Row> {
        self.matches(&sub.pattern, sub.filter.as_deref(), row)
    }

    fn each(
        &self,
        which: &str,
        elements: Option<Vec<Val>>,
        variable: &str,
        test: &Expr,
        row: &Row,
    ) -> Val {
        let Some(elements) = elements else {
            return Val::Null;
        };
        let answers = elements.into_iter().map(|element| {
            let mut row = row.clone();
            row.insert(variable.to_owned(), element);
            self.truth(test, &row)
        });
        let answers: Vec<_> = answers.collect();
        let count = |wanted| answers.iter().filter(|answer| **answer == wanted).count();
        let (yes, unknown) = (count(Some(true)), count(None));
        truth(match which {
            "all" => answers.into_iter().fold(Some(true), and),
            "any" => answers.into_iter().fold(Some(false), or),
            "none" => not(answers.into_iter().fold(Some(false), or)),
            _ if yes > 1 => Some(false),
            _ if unknown > 0 => None,
            _ => Some(yes == 1),
        })
    }

    fn property(&self, entity: &Val, key: &str) -> Val {
        let (props, dead) = match entity {
            Val::Node(at) => (&self.world.nodes[*at].props, self.world.nodes[*at].dead),
            Val::Edge(at) => (&self.world.edges[*at].props, self.world.edges[*at].dead),
            _ => return Val::Null,
        };
        self.unsure.set(self.unsure.get() || dead);
        stored(props, key)
    }

    /// Records a failure if `dead`: a deleted entity cannot be written.
    pub(crate) fn alive(&self, dead: bool) {
        self.failed.set(self.failed.get() || dead);
    }

    fn is_in(&self, item: &Expr, items: &[Expr], row: &Row) -> Val {
        let item = self.eval(item, row);
        let found = items.iter().map(|other| item.equal(&self.eval(other, row)));
        truth(found.reduce(or).unwrap_or(Some(false)))
    }
}

/// The state and the result of a pattern search.
struct Looked<'f> {
    used: Vec<usize>,
    /// The row before the clause.
    outer: &'f Row,
    found: &'f mut Vec<Row>,
}

/// The rows with a shortest path between their ends; only the first per pair of ends unless all are wanted.
fn shortest(part: &Part, found: Vec<Row>) -> Vec<Row> {
    let (rel, last) = &part.steps[0];
    let length = |row: &Row| match part.path.as_ref().map(|name| &row[name]) {
        Some(Val::Path(_, edges)) => edges.len(),
        _ => match &row[rel
            .var
            .as_ref()
            .expect("the generator names the walk or the path")]
        {
            Val::List(edges) => edges.len(),
            _ => 1,
        },
    };
    let ends = |row: &Row| {
        [&part.first, last].map(|node| row[node.var.as_ref().expect("both ends are named")].key())
    };
    let mut least: BTreeMap<_, usize> = BTreeMap::new();
    for row in &found {
        let least = least.entry(ends(row)).or_insert(usize::MAX);
        *least = length(row).min(*least);
    }
    let mut seen = BTreeSet::new();
    let is_kept = |row: &Row| {
        let all = part.shortest == Some(true);
        length(row) == least[&ends(row)] && (seen.insert(ends(row)) || all)
    };
    found.into_iter().filter(is_kept).collect()
}

/// The items of a list or the elements of a path; `None` for other values.
fn elements(value: &Val, list: Elements) -> Option<Vec<Val>> {
    match (value, list) {
        (Val::Path(nodes, _), Elements::Nodes) => {
            Some(nodes.iter().map(|at| Val::Node(*at)).collect())
        }
        (Val::Path(_, edges), Elements::Relationships) => {
            Some(edges.iter().map(|at| Val::Edge(*at)).collect())
        }
        (Val::List(items), _) => Some(items.clone()),
        _ => None,
    }
}

fn stored(props: &Props, key: &str) -> Val {
    let found = props.iter().find(|(known, _)| *known == key);
    found.map_or(Val::Null, |(_, value)| value.clone())
}

fn has(labels: &Labels, found: &[&str]) -> bool {
    match labels {
        Labels::Name(name) => found.contains(name),
        Labels::Any => !found.is_empty(),
        Labels::Not(inner) => !has(inner, found),
        Labels::And(a, b) => has(a, found) && has(b, found),
        Labels::Or(a, b) => has(a, found) || has(b, found),
    }
}

/// Binds a variable and continues, unless it has another value already.
pub(crate) fn bound(
    name: Option<&String>,
    value: Val,
    row: &mut Row,
    go_on: &mut dyn FnMut(&mut Row),
) {
    let Some(name) = name else {
        return go_on(row);
    };
    match row.get(name) {
        Some(known) if *known == value => go_on(row),
        Some(_) => {}
        None => {
            row.insert(name.clone(), value);
            go_on(row);
            row.remove(name);
        }
    }
}

fn nodes(pattern: &[Part]) -> impl Iterator<Item = &Node> {
    pattern.iter().flat_map(|part| {
        std::iter::once(&part.first).chain(part.steps.iter().map(|(_, node)| node))
    })
}

fn variables(pattern: &[Part]) -> Vec<String> {
    let rels = pattern
        .iter()
        .flat_map(|part| part.steps.iter().map(|(rel, _)| rel));
    let mut names: Vec<_> = nodes(pattern).filter_map(|node| node.var.clone()).collect();
    names.extend(rels.filter_map(|rel| rel.var.clone()));
    names.extend(pattern.iter().filter_map(|part| part.path.clone()));
    names
}

fn truth(value: Option<bool>) -> Val {
    value.map_or(Val::Null, Val::Bool)
}

fn not(value: Option<bool>) -> Option<bool> {
    value.map(|value| !value)
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    not(and(not(a), not(b)))
}

fn compare(a: &Val, op: &str, b: &Val) -> Option<bool> {
    let ordered =
        |test: fn(std::cmp::Ordering) -> bool| a.compare(b).map(|found| found.is_some_and(test));
    match op {
        "=" => a.equal(b),
        "<>" => not(a.equal(b)),
        "<" => ordered(std::cmp::Ordering::is_lt),
        "<=" => ordered(std::cmp::Ordering::is_le),
        ">" => ordered(std::cmp::Ordering::is_gt),
        _ => ordered(std::cmp::Ordering::is_ge),
    }
}

fn add(a: &Val, b: &Val) -> Val {
    match (a, b) {
        (Val::Int(a), Val::Int(b)) => Val::Int(a + b),
        _ => Val::Null,
    }
}

fn fold(name: &str, mut values: Vec<Val>, at: Option<f64>) -> Val {
    let total = || values.iter().filter_map(Val::number).sum::<f64>();
    match name {
        "count" => Val::Int(values.len() as i64),
        "sum" => Val::Int(total() as i64),
        "avg" if values.is_empty() => Val::Null,
        "avg" => Val::Float(total() / values.len() as f64),
        "min" => values.into_iter().min_by(Val::order).unwrap_or(Val::Null),
        "max" => values.into_iter().max_by(Val::order).unwrap_or(Val::Null),
        "collect" => Val::List(values),
        _ if values.is_empty() => Val::Null,
        _ => {
            values.sort_by(Val::order);
            percentile(name, &values, at.unwrap_or_default())
        }
    }
}

/// The percentile of sorted values: a value of the list, or interpolated between the two nearest.
fn percentile(name: &str, values: &[Val], at: f64) -> Val {
    if name == "percentileDisc" {
        let position = (at * values.len() as f64).ceil() as usize;
        return values[position.saturating_sub(1)].clone();
    }
    let place = at * (values.len() - 1) as f64;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    let number = |at: usize| values[at].number().unwrap_or_default();
    Val::Float(number(low) + (number(high) - number(low)) * (place - low as f64))
}
