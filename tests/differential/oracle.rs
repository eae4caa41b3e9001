//! What a query means, worked out clause by clause with no plan, no index and no haste: the engine must agree.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    query::{Clause, Direction, Expr, Labels, Node, Part, Projection, Query, Rel, Single, Sub},
    world::{Props, Val, World},
};

type Row = BTreeMap<String, Val>;

/// The rows of a query, or nothing where there are too many to be worth the time.
pub(crate) fn answer(world: &World, query: &Query) -> Option<Vec<Vec<Val>>> {
    let oracle = Oracle {
        world,
        steps: Cell::new(0),
    };
    let mut rows = Vec::new();
    for part in &query.parts {
        rows.extend(oracle.single(part, vec![Row::new()])?);
    }
    if query.parts.len() > 1 && !query.all {
        rows = distinct(rows);
    }
    Some(rows)
}

const MOST_STEPS: usize = 60_000;
const MOST_ROWS: usize = 2_000;

struct Oracle<'w> {
    world: &'w World,
    steps: Cell<usize>,
}

/// The first of each set of rows that group together.
fn distinct(rows: Vec<Vec<Val>>) -> Vec<Vec<Val>> {
    let mut seen = BTreeSet::new();
    let key = |row: &Vec<Val>| row.iter().map(Val::key).collect::<Vec<_>>();
    rows.into_iter()
        .filter(|row| seen.insert(key(row)))
        .collect()
}

impl Oracle<'_> {
    fn single(&self, single: &Single, rows: Vec<Row>) -> Option<Vec<Vec<Val>>> {
        let rows = single
            .clauses
            .iter()
            .try_fold(rows, |rows, clause| self.clause(clause, rows))?;
        self.project(&single.result, &rows)
    }

    fn clause(&self, clause: &Clause, rows: Vec<Row>) -> Option<Vec<Row>> {
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
        };
        (rows.len() <= MOST_ROWS && self.steps.get() <= MOST_STEPS).then_some(rows)
    }

    fn call(&self, imports: &[String], query: &Single, rows: &[Row]) -> Option<Vec<Row>> {
        let mut out = Vec::new();
        for row in rows {
            let seen = imports
                .iter()
                .map(|name| (name.clone(), row[name].clone()))
                .collect();
            for inner in self.single(query, vec![seen])? {
                let mut row = row.clone();
                let names = query.result.items.iter().map(|(_, name)| name.clone());
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

    /// The row with the variables of each match.
    fn matches(&self, pattern: &[Part], filter: Option<&Expr>, row: &Row) -> Vec<Row> {
        let mut found = Vec::new();
        self.parts(pattern, &mut row.clone(), &mut Vec::new(), &mut found);
        let filters: Vec<_> = nodes(pattern)
            .filter_map(|node| node.filter.as_ref())
            .chain(filter)
            .collect();
        found.retain(|row| filters.iter().all(|filter| self.holds(filter, row)));
        found
    }

    fn parts(&self, parts: &[Part], row: &mut Row, used: &mut Vec<usize>, found: &mut Vec<Row>) {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > MOST_STEPS {
            return;
        }
        let Some((part, rest)) = parts.split_first() else {
            found.push(row.clone());
            return;
        };
        for at in 0..self.world.nodes.len() {
            self.at_node(&part.first, at, row, &mut |row| {
                self.walk(&part.steps, at, rest, row, used, found);
            });
        }
    }

    fn walk(
        &self,
        steps: &[(Rel, Node)],
        at: usize,
        rest: &[Part],
        row: &mut Row,
        used: &mut Vec<usize>,
        found: &mut Vec<Row>,
    ) {
        let Some(((rel, node), later)) = steps.split_first() else {
            return self.parts(rest, row, used, found);
        };
        let (least, most) = match rel.length {
            None => (1, 1),
            Some((least, most)) => (least, most.unwrap_or(usize::MAX)),
        };
        for (walked, end) in self.walks(rel, at, least, most, used) {
            let value = match rel.length {
                None => Val::Edge(walked[0]),
                Some(_) => Val::List(walked.iter().map(|edge| Val::Edge(*edge)).collect()),
            };
            let kept = used.len();
            used.extend(&walked);
            bound(rel.var.as_ref(), value, row, &mut |row| {
                self.at_node(node, end, row, &mut |row| {
                    self.walk(later, end, rest, row, used, found);
                });
            });
            used.truncate(kept);
        }
    }

    /// Every walk from a node: its relationships and its end.
    fn walks(
        &self,
        rel: &Rel,
        at: usize,
        least: usize,
        most: usize,
        used: &[usize],
    ) -> Vec<(Vec<usize>, usize)> {
        let mut done = Vec::new();
        let mut open = vec![(Vec::new(), at)];
        while let Some((walked, at)) = open.pop() {
            self.steps.set(self.steps.get() + 1);
            if self.steps.get() > MOST_STEPS {
                break;
            }
            if walked.len() < most {
                for (edge, end) in self.edges_from(rel, at) {
                    if !used.contains(&edge) && !walked.contains(&edge) {
                        let mut walked = walked.clone();
                        walked.push(edge);
                        open.push((walked, end));
                    }
                }
            }
            if walked.len() >= least {
                done.push((walked, at));
            }
        }
        done
    }

    fn edges_from(&self, rel: &Rel, at: usize) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (position, edge) in self.world.edges.iter().enumerate() {
            if !rel.types.is_empty() && !rel.types.contains(&edge.kind)
                || !fits(&rel.props, &edge.props, position)
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

    /// Goes on with the variable of a node pattern bound, if the node fits.
    fn at_node(&self, node: &Node, at: usize, row: &mut Row, go_on: &mut dyn FnMut(&mut Row)) {
        let stored = &self.world.nodes[at];
        let labelled = node
            .labels
            .as_ref()
            .is_none_or(|labels| has(labels, &stored.labels));
        if labelled && fits(&node.props, &stored.props, at) {
            bound(node.var.as_ref(), Val::Node(at), row, go_on);
        }
    }

    fn project(&self, projection: &Projection, rows: &[Row]) -> Option<Vec<Vec<Val>>> {
        let mut out: Vec<Vec<Val>> = if projection.items.iter().any(|(expr, _)| expr.aggregates()) {
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
        if self.steps.get() > MOST_STEPS {
            return None;
        }
        if projection.distinct {
            out = distinct(out);
        }
        if let Some(order) = &projection.order {
            out.sort_by(|a, b| {
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
        let kept = out.into_iter().skip(projection.skip.unwrap_or(0));
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
            } => {
                let values = rows.iter().map(|row| self.eval(arg, row));
                let mut values: Vec<_> = values.filter(|value| *value != Val::Null).collect();
                if *distinct {
                    let mut seen = BTreeSet::new();
                    values.retain(|value| seen.insert(value.key()));
                }
                fold(name, values)
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

    fn eval(&self, expr: &Expr, row: &Row) -> Val {
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
                Val::Node(at) => Val::Bool(has(labels, &self.world.nodes[*at].labels)),
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

    fn property(&self, entity: &Val, key: &str) -> Val {
        let (props, at) = match entity {
            Val::Node(at) => (&self.world.nodes[*at].props, *at),
            Val::Edge(at) => (&self.world.edges[*at].props, *at),
            _ => return Val::Null,
        };
        stored(props, key, at)
    }

    fn is_in(&self, item: &Expr, items: &[Expr], row: &Row) -> Val {
        let item = self.eval(item, row);
        let found = items.iter().map(|other| item.equal(&self.eval(other, row)));
        truth(found.reduce(or).unwrap_or(Some(false)))
    }
}

fn stored(props: &Props, key: &str, at: usize) -> Val {
    if key == "id" {
        return Val::Int(at as i64);
    }
    let found = props.iter().find(|(known, _)| *known == key);
    found.map_or(Val::Null, |(_, value)| value.clone())
}

/// Whether an element has the properties that a pattern asks for.
fn fits(wanted: &[(&'static str, Val)], props: &Props, at: usize) -> bool {
    wanted
        .iter()
        .all(|(key, value)| stored(props, key, at).equal(value) == Some(true))
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

/// Goes on with a variable bound, unless it stands for something else.
fn bound(name: Option<&String>, value: Val, row: &mut Row, go_on: &mut dyn FnMut(&mut Row)) {
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
    match op {
        "=" => a.equal(b),
        "<>" => not(a.equal(b)),
        "<" => a.compare(b).map(std::cmp::Ordering::is_lt),
        "<=" => a.compare(b).map(std::cmp::Ordering::is_le),
        ">" => a.compare(b).map(std::cmp::Ordering::is_gt),
        _ => a.compare(b).map(std::cmp::Ordering::is_ge),
    }
}

fn add(a: &Val, b: &Val) -> Val {
    match (a, b) {
        (Val::Int(a), Val::Int(b)) => Val::Int(a + b),
        _ => Val::Null,
    }
}

fn fold(name: &str, values: Vec<Val>) -> Val {
    let total = || values.iter().filter_map(Val::number).sum::<f64>();
    match name {
        "count" => Val::Int(values.len() as i64),
        "sum" => Val::Int(total() as i64),
        "avg" if values.is_empty() => Val::Null,
        "avg" => Val::Float(total() / values.len() as f64),
        "min" => values.into_iter().min_by(Val::order).unwrap_or(Val::Null),
        "max" => values.into_iter().max_by(Val::order).unwrap_or(Val::Null),
        _ => Val::List(values),
    }
}
