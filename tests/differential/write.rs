//! Generates writing statements whose effects do not depend on the row order, which the engine may choose.

use crate::{
    generate::{Kind, Maker, Scope, literal, of_kind},
    query::{Change, Clause, Direction, Expr, Labels, Node, Part, Query, Rel, Single},
    world::Val,
};

const LABELS: [&str; 4] = ["A", "B", "C", "D"];
const TYPES: [&str; 4] = ["R", "S", "T", "U"];

/// A statement that reads, writes, sometimes reads again, and returns its variables.
pub(crate) fn statement(maker: &mut Maker<'_, '_>) -> Query {
    let mut scope = Scope::new();
    let mut clauses = Vec::new();
    if maker.dice.chance(85) {
        clauses.push(maker.match_clause(&mut scope, 15));
    }
    if maker.dice.chance(35) {
        clauses.push(maker.unwind(&mut scope));
    }
    let mut deleted = Vec::new();
    for _ in 0..=maker.dice.roll(3) {
        clauses.push(maker.update(&mut scope));
        if maker.dice.chance(30) {
            let (projection, inner) = maker.everything(&scope);
            scope = inner;
            clauses.push(Clause::With {
                projection,
                filter: None,
            });
            clauses.push(maker.match_clause(&mut scope, 40));
        }
    }
    let doomed = of_kind(&scope, &[Kind::Node, Kind::Edge, Kind::Path]);
    if !doomed.is_empty() && maker.dice.chance(35) {
        deleted = (0..=maker.dice.roll(2))
            .map(|_| maker.dice.pick(&doomed).clone())
            .collect();
        clauses.push(Clause::Delete {
            detach: maker.dice.chance(75),
            names: deleted.clone(),
        });
    }
    let (mut result, _) = maker.projection(&scope, true);
    if !deleted.is_empty() && maker.dice.chance(60) {
        // Reading a deleted entity fails; naming it does not.
        result
            .items
            .retain(|(expr, _)| matches!(expr, Expr::Var(_) | Expr::CountRows));
        (result.order, result.first, result.distinct) = (None, None, false);
    }
    (result.skip, result.limit) = (None, None);
    Query {
        parts: vec![Single { clauses, result }],
        all: true,
    }
}

impl Maker<'_, '_> {
    /// A projection of all known variables under their own names.
    fn everything(&mut self, scope: &Scope) -> (crate::query::Projection, Scope) {
        let items = scope
            .iter()
            .map(|(name, _)| (Expr::Var(name.clone()), name.clone()));
        let mut items: Vec<_> = items.collect();
        let mut inner = scope.clone();
        if items.is_empty() {
            let name = self.name("c");
            items.push((Expr::Lit(Val::Int(1)), name.clone()));
            inner.push((name, Kind::Scalar));
        }
        let projection = crate::query::Projection {
            distinct: self.dice.chance(25),
            items,
            first: None,
            order: None,
            skip: None,
            limit: None,
        };
        (projection, inner)
    }

    fn unwind(&mut self, scope: &mut Scope) -> Clause {
        let items = (0..self.dice.roll(4)).map(|_| Expr::Lit(Val::Int(self.dice.roll(3) as i64)));
        let list = items.collect();
        let name = self.name("u");
        scope.push((name.clone(), Kind::Scalar));
        Clause::Unwind { list, name }
    }

    fn update(&mut self, scope: &mut Scope) -> Clause {
        match self.dice.roll(10) {
            0..3 => Clause::Create(
                (0..=self.dice.roll(2))
                    .map(|_| self.created(scope))
                    .collect(),
            ),
            3..6 => self.merge(scope),
            6..9 if has_entities(scope) => Clause::Set(self.changes(scope)),
            6..9 => Clause::Create(vec![self.created(scope)]),
            _ => {
                let name = self.name("u");
                let list = (0..self.dice.roll(4)).map(|_| self.small(scope)).collect();
                let mut inner = scope.clone();
                inner.push((name.clone(), Kind::Scalar));
                let body = match self.dice.roll(3) {
                    0 => Clause::Create(vec![self.created(&mut inner)]),
                    1 => self.merge(&mut inner),
                    _ if has_entities(&inner) => Clause::Set(self.changes(&inner)),
                    _ => self.merge(&mut inner),
                };
                Clause::Foreach {
                    name,
                    list,
                    body: vec![body],
                }
            }
        }
    }

    /// A small number, from the row or a literal, sometimes null.
    fn small(&mut self, scope: &Scope) -> Expr {
        let entities = of_kind(scope, &[Kind::Node, Kind::Edge]);
        let scalars: Vec<String> = of_kind(scope, &[Kind::Scalar]);
        let scalars: Vec<_> = scalars
            .into_iter()
            .filter(|name| name.starts_with('u'))
            .collect();
        match self.dice.roll(6) {
            0 | 1 if !entities.is_empty() => Expr::Prop(self.dice.pick(&entities).clone(), "k"),
            2 | 3 if !scalars.is_empty() => Expr::Var(self.dice.pick(&scalars).clone()),
            _ => Expr::Lit(Val::Int(self.dice.roll(3) as i64)),
        }
    }

    fn created(&mut self, scope: &mut Scope) -> Part {
        let outer = scope.clone();
        let first = self.created_node(scope, &outer, true);
        let steps = (0..self.dice.roll(3)).map(|_| {
            let rel = self.created_rel(scope, &outer);
            (rel, self.created_node(scope, &outer, false))
        });
        let steps: Vec<_> = steps.collect();
        // A part that creates nothing is an error.
        let mut first = first;
        if steps.is_empty()
            && first
                .var
                .as_ref()
                .is_some_and(|name| outer.iter().any(|(known, _)| known == name))
        {
            first = Node::default();
        }
        Part {
            path: None,
            shortest: None,
            first,
            steps,
        }
    }

    fn created_node(&mut self, scope: &mut Scope, outer: &Scope, first: bool) -> Node {
        let known = of_kind(outer, &[Kind::Node]);
        if !known.is_empty() && self.dice.chance(if first { 60 } else { 40 }) {
            return Node {
                var: Some(self.dice.pick(&known).clone()),
                ..Node::default()
            };
        }
        let name = self.name("n");
        scope.push((name.clone(), Kind::Node));
        Node {
            var: Some(name),
            labels: self
                .dice
                .chance(70)
                .then(|| Labels::Name(self.dice.choice(&LABELS))),
            props: self.given(outer),
            filter: None,
        }
    }

    fn created_rel(&mut self, scope: &mut Scope, outer: &Scope) -> Rel {
        let var = self.dice.chance(50).then(|| self.name("r"));
        scope.extend(var.clone().map(|name| (name, Kind::Edge)));
        Rel {
            var,
            types: vec![self.dice.choice(&TYPES)],
            direction: self.dice.choice(&[Direction::Out, Direction::In]),
            length: None,
            props: self.given(outer),
            filter: None,
        }
    }

    fn given(&mut self, scope: &Scope) -> Vec<(&'static str, Expr)> {
        let mut props = Vec::new();
        if self.dice.chance(45) {
            props.push(("k", self.small(scope)));
        }
        if self.dice.chance(25) {
            props.push(("x", Expr::Lit(literal(self.dice))));
        }
        props
    }

    /// `MERGE` of a node, or of relationships between nodes that may be known.
    fn merge(&mut self, scope: &mut Scope) -> Clause {
        let outer = scope.clone();
        let mut part = self.created(scope);
        for node in
            std::iter::once(&mut part.first).chain(part.steps.iter_mut().map(|(_, node)| node))
        {
            if self.dice.chance(70) {
                // A pattern with NaN matches nothing, not even what `MERGE` has just created.
                node.props.retain(|(key, _)| *key == "k");
            }
        }
        for (rel, _) in &mut part.steps {
            if self.dice.chance(25) {
                rel.direction = Direction::Both;
            }
        }
        let mut inner = outer;
        inner.retain(|(name, _)| name.starts_with('u'));
        let written = |maker: &mut Self| {
            let entities: Vec<String> = part_names(&part);
            if entities.is_empty() || !maker.dice.chance(45) {
                return Vec::new();
            }
            vec![maker.counting(&entities)]
        };
        let on_create = written(self);
        let on_match = written(self);
        Clause::Merge {
            part,
            on_create,
            on_match,
        }
    }

    /// `n.v = coalesce(n.v, 0) + 1`, as a `CASE`: the result shows how often it ran, but not in which order.
    fn counting(&mut self, entities: &[String]) -> Change {
        let name = self.dice.pick(entities).clone();
        let before = || Expr::Prop(name.clone(), "v");
        let more = Expr::Add(Box::new(before()), Box::new(Expr::Lit(Val::Int(1))));
        let none = Box::new(Expr::IsNull(Box::new(before()), true));
        let first = Box::new(Expr::Lit(Val::Int(1)));
        Change::Property(name.clone(), "v", Expr::Case(none, first, Box::new(more)))
    }

    /// Changes with the same effect in every row order.
    fn changes(&mut self, scope: &Scope) -> Vec<Change> {
        let nodes = of_kind(scope, &[Kind::Node]);
        let entities = of_kind(scope, &[Kind::Node, Kind::Edge]);
        let name = self.dice.pick(&entities).clone();
        match self.dice.roll(12) {
            0..3 => vec![self.counting(&entities)],
            3 => {
                let other = self.dice.pick(&entities).clone();
                vec![
                    Change::Property(name, "k", Expr::Lit(Val::Int(self.dice.roll(3) as i64))),
                    Change::Property(other, "x", Expr::Lit(literal(self.dice))),
                ]
            }
            4 => vec![Change::Property(name, "x", Expr::Lit(Val::Null))],
            5 => {
                let entries = vec![
                    ("x", Expr::Lit(Val::Null)),
                    ("k", Expr::Lit(Val::Int(self.dice.roll(3) as i64))),
                ];
                vec![Change::Map(name, entries, self.dice.chance(30))]
            }
            6 => vec![Change::Map(name, Vec::new(), self.dice.chance(50))],
            7 => vec![Change::Without(
                name,
                self.dice.choice(&["x", "k", "id", "none"]),
            )],
            8 | 9 if !nodes.is_empty() => {
                let labels = vec![self.dice.choice(&LABELS), self.dice.choice(&LABELS)];
                vec![Change::Label(self.dice.pick(&nodes).clone(), labels)]
            }
            10 | 11 if !nodes.is_empty() => {
                vec![Change::Unlabel(
                    self.dice.pick(&nodes).clone(),
                    self.dice.choice(&LABELS),
                )]
            }
            // No row reads what the clause itself writes.
            _ => {
                let more = Expr::Add(
                    Box::new(Expr::Prop(name.clone(), "k")),
                    Box::new(Expr::Lit(Val::Int(1))),
                );
                vec![Change::Property(name, "v", more)]
            }
        }
    }
}

fn has_entities(scope: &Scope) -> bool {
    !of_kind(scope, &[Kind::Node, Kind::Edge]).is_empty()
}

fn part_names(part: &Part) -> Vec<String> {
    let nodes = std::iter::once(&part.first).chain(part.steps.iter().map(|(_, node)| node));
    let rels = part.steps.iter().filter_map(|(rel, _)| rel.var.clone());
    nodes
        .filter_map(|node| node.var.clone())
        .chain(rels)
        .collect()
}
