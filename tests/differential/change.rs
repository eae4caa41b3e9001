//! The oracle for writing clauses: clause by clause, and row by row within a clause.

use crate::{
    oracle::{MOST_STEPS, Oracle, Row},
    query::{Change, Clause, Direction, Expr, Labels, Node, Part},
    world::{Props, Val, WorldEdge, WorldNode},
};

impl Oracle {
    /// Executes an updating clause for all rows and returns the extended rows. `None` if the result is not determined.
    pub(crate) fn update(&mut self, clause: &Clause, rows: Vec<Row>) -> Option<Vec<Row>> {
        let mut out = Vec::new();
        match clause {
            Clause::Create(parts) => {
                for mut row in rows {
                    for part in parts {
                        self.create(part, &mut row);
                        if self.failed.get() {
                            return Some(Vec::new());
                        }
                    }
                    out.push(row);
                }
            }
            Clause::Merge {
                part,
                on_create,
                on_match,
            } => {
                // `MERGE` of an undirected relationship creates it in a direction that depends on the row order.
                let either =
                    |(rel, _): &(crate::query::Rel, Node)| rel.direction == Direction::Both;
                if rows.len() > 1 && part.steps.iter().any(either) {
                    return None;
                }
                for row in rows {
                    self.merge(part, on_create, on_match, row, &mut out);
                }
            }
            Clause::Set(changes) => {
                for row in &rows {
                    changes.iter().for_each(|change| self.change(change, row));
                }
                out = rows;
            }
            Clause::Delete { detach, names } => {
                self.delete(*detach, names, &rows);
                out = rows;
            }
            Clause::Foreach { name, list, body } => {
                for row in &rows {
                    for item in list {
                        let mut inner = row.clone();
                        inner.insert(name.clone(), self.eval(item, row));
                        let mut inner = vec![inner];
                        for clause in body {
                            inner = self.update(clause, inner)?;
                            // The rows of a failed clause lack the names that it introduces.
                            if self.failed.get() {
                                return Some(Vec::new());
                            }
                        }
                    }
                }
                out = rows;
            }
            Clause::Match { .. }
            | Clause::With { .. }
            | Clause::Unwind { .. }
            | Clause::Call { .. } => {
                unreachable!("these only read")
            }
        }
        (self.steps.get() <= MOST_STEPS
            && self.world.nodes.len() < 400
            && self.world.edges.len() < 400)
            .then_some(out)
    }

    fn values(&self, props: &[(&'static str, Expr)], row: &Row) -> Props {
        let values = props
            .iter()
            .map(|(key, value)| (*key, self.eval(value, row)));
        values.filter(|(_, value)| *value != Val::Null).collect()
    }

    fn create(&mut self, part: &Part, row: &mut Row) {
        let mut from = self.end(&part.first, row);
        let (mut nodes, mut edges) = (vec![from], Vec::new());
        for (rel, node) in &part.steps {
            let to = self.end(node, row);
            let ends = if rel.direction == Direction::In {
                (to, from)
            } else {
                (from, to)
            };
            let (Some(start), Some(end)) = ends else {
                self.failed.set(true);
                return;
            };
            let props = self.values(&rel.props, row);
            self.alive(self.world.nodes[start].dead || self.world.nodes[end].dead);
            self.world.edges.push(WorldEdge {
                from: start,
                to: end,
                kind: rel.types[0],
                props,
                dead: false,
            });
            let edge = self.world.edges.len() - 1;
            row.extend(rel.var.clone().map(|name| (name, Val::Edge(edge))));
            edges.push(edge);
            nodes.push(to);
            from = to;
        }
        if let (Some(name), Some(nodes)) = (&part.path, nodes.into_iter().collect()) {
            row.insert(name.clone(), Val::Path(nodes, edges));
        }
    }

    /// The node at an end of a relationship: bound in the row or newly created; `None` for null.
    fn end(&mut self, node: &Node, row: &mut Row) -> Option<usize> {
        match node.var.as_ref().and_then(|name| row.get(name)) {
            Some(Val::Node(at)) => Some(*at),
            Some(_) => None,
            None => {
                let props = self.values(&node.props, row);
                let labels = node.labels.iter().map(|labels| match labels {
                    Labels::Name(name) => *name,
                    _ => unreachable!("what is created has plain labels"),
                });
                let labels = labels.collect();
                self.world.nodes.push(WorldNode {
                    labels,
                    props,
                    dead: false,
                });
                let at = self.world.nodes.len() - 1;
                row.extend(node.var.clone().map(|name| (name, Val::Node(at))));
                Some(at)
            }
        }
    }

    fn merge(
        &mut self,
        part: &Part,
        on_create: &[Change],
        on_match: &[Change],
        mut row: Row,
        out: &mut Vec<Row>,
    ) {
        let mut asked = part.first.props.iter().chain(
            part.steps
                .iter()
                .flat_map(|(rel, node)| rel.props.iter().chain(&node.props)),
        );
        if asked.any(|(_, value)| self.eval(value, &row) == Val::Null) {
            self.failed.set(true);
            return;
        }
        let found = self.matches(std::slice::from_ref(part), None, &row);
        if found.is_empty() {
            self.create(part, &mut row);
            if self.failed.get() {
                return;
            }
            on_create
                .iter()
                .for_each(|change| self.change(change, &row));
            out.push(row);
            return;
        }
        for row in &found {
            on_match.iter().for_each(|change| self.change(change, row));
        }
        out.extend(found);
    }

    fn change(&mut self, change: &Change, row: &Row) {
        let (Change::Property(name, ..)
        | Change::Map(name, ..)
        | Change::Label(name, _)
        | Change::Without(name, _)
        | Change::Unlabel(name, _)) = change;
        let target = row[name].clone();
        let dead = match &target {
            Val::Node(at) => self.world.nodes[*at].dead,
            Val::Edge(at) => self.world.edges[*at].dead,
            _ => return,
        };
        self.alive(dead);
        match change {
            Change::Property(_, key, value) => {
                let value = self.eval(value, row);
                put(self.props(&target), key, value);
            }
            Change::Map(_, entries, replace) => {
                let entries: Vec<_> = entries
                    .iter()
                    .map(|(key, value)| (*key, self.eval(value, row)))
                    .collect();
                let props = self.props(&target);
                if *replace {
                    props.clear();
                }
                entries
                    .into_iter()
                    .for_each(|(key, value)| put(props, key, value));
            }
            Change::Without(_, key) => put(self.props(&target), key, Val::Null),
            Change::Label(_, labels) => {
                if let Val::Node(at) = target {
                    let held = &mut self.world.nodes[at].labels;
                    let missing: Vec<_> = labels
                        .iter()
                        .filter(|label| !held.contains(label))
                        .collect();
                    held.extend(missing);
                    held.sort_unstable();
                    held.dedup();
                }
            }
            Change::Unlabel(_, label) => {
                if let Val::Node(at) = target {
                    self.world.nodes[at].labels.retain(|held| held != label);
                }
            }
        }
    }

    fn props(&mut self, entity: &Val) -> &mut Props {
        match entity {
            Val::Node(at) => &mut self.world.nodes[*at].props,
            Val::Edge(at) => &mut self.world.edges[*at].props,
            _ => unreachable!("only entities are changed"),
        }
    }

    /// Evaluates the targets of all rows before any deletion.
    fn delete(&mut self, detach: bool, names: &[String], rows: &[Row]) {
        let mut doomed = Vec::new();
        for value in rows
            .iter()
            .flat_map(|row| names.iter().map(|name| row[name].clone()))
        {
            match value {
                Val::Path(nodes, edges) => {
                    doomed.extend(nodes.into_iter().map(Val::Node));
                    doomed.extend(edges.into_iter().map(Val::Edge));
                }
                Val::List(items) => doomed.extend(items),
                value => doomed.push(value),
            }
        }
        for value in &doomed {
            match value {
                Val::Edge(at) => self.world.edges[*at].dead = true,
                Val::Node(at) if detach => {
                    for edge in &mut self.world.edges {
                        edge.dead |= edge.from == *at || edge.to == *at;
                    }
                }
                _ => {}
            }
        }
        for value in &doomed {
            if let Val::Node(at) = value {
                let held = |edge: &WorldEdge| !edge.dead && (edge.from == *at || edge.to == *at);
                self.failed
                    .set(self.failed.get() || self.world.edges.iter().any(held));
                self.world.nodes[*at].dead = true;
            }
        }
    }
}

fn put(props: &mut Props, key: &'static str, value: Val) {
    props.retain(|(known, _)| *known != key);
    if value != Val::Null {
        props.push((key, value));
    }
}
