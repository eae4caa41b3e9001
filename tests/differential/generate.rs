//! Generates graphs and queries from bytes. When the bytes run out, the simplest choice is made, so that a failure
//! shrinks with its bytes.

use crate::{
    query::{
        Clause, Direction, Elements, Expr, Labels, Node, Part, Projection, Query, Rel, Single, Sub,
    },
    world::{Props, Val, World, WorldEdge, WorldNode},
};

const LABELS: [&str; 3] = ["A", "B", "C"];
const TYPES: [&str; 3] = ["R", "S", "T"];

/// Random choices from bytes.
pub(crate) struct Dice<'b>(pub(crate) &'b [u8]);

impl Dice<'_> {
    /// A number below `sides`; 0 at the end of the bytes.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        usize::from(*first) % sides
    }

    /// True with a probability of `percent` %; false at the end of the bytes.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) >= 100 - percent
    }

    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.roll(choices.len())]
    }

    pub(crate) fn choice<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.roll(choices.len())]
    }
}

/// A graph of a few nodes.
pub(crate) fn world(dice: &mut Dice<'_>) -> World {
    let mut world = World::default();
    for _ in 0..=dice.roll(5) {
        let bits = dice.roll(8);
        let labels = LABELS
            .iter()
            .enumerate()
            .filter(|(bit, _)| bits >> bit & 1 == 1);
        world.nodes.push(WorldNode {
            labels: labels.map(|(_, label)| *label).collect(),
            props: stored(dice, world.nodes.len()),
            dead: false,
        });
    }
    for _ in 0..dice.roll(9) {
        world.edges.push(WorldEdge {
            from: dice.roll(world.nodes.len()),
            to: dice.roll(world.nodes.len()),
            kind: dice.choice(&TYPES),
            props: stored(dice, world.edges.len()),
            dead: false,
        });
    }
    for (label, key) in [("A", "x"), ("A", "k"), ("B", "x")] {
        if dice.chance(50) {
            world.indexes.push((label, key));
        }
    }
    world
}

/// Properties: `id` is unique, `x` has a value of any type, `k` a small integer; `x` and `k` may be absent.
fn stored(dice: &mut Dice<'_>, id: usize) -> Props {
    let mut props = vec![("id", Val::Int(id as i64))];
    if dice.chance(70) {
        props.push(("x", literal(dice)));
    }
    if dice.chance(60) {
        props.push(("k", Val::Int(dice.roll(3) as i64)));
    }
    props
}

pub(crate) fn literal(dice: &mut Dice<'_>) -> Val {
    match dice.roll(11) {
        0..4 => Val::Int(dice.roll(3) as i64),
        4 => Val::Float(1.0),
        5 => Val::Float(0.5),
        6 => Val::Str("a"),
        7 => Val::Str("b"),
        8 => dice.pick(&EXTREMES).clone(),
        _ => Val::Bool(dice.chance(50)),
    }
}

/// Extreme numbers, some next to an integer that converts to the same float.
const EXTREMES: [Val; 14] = [
    Val::Float(0.0),
    Val::Float(-0.0),
    Val::Float(f64::NAN),
    Val::Float(1e300),
    Val::Float(-1e300),
    Val::Float(5e-324),
    Val::Float(9_007_199_254_740_992.0),
    Val::Int(9_007_199_254_740_992),
    Val::Int(9_007_199_254_740_993),
    Val::Int(i64::MAX),
    Val::Int(i64::MIN),
    Val::Float(9_223_372_036_854_775_808.0),
    Val::Int(-1),
    Val::Float(1e16),
];

/// A query without errors.
pub(crate) fn query(dice: &mut Dice<'_>) -> Query {
    let mut maker = Maker::new(dice);
    let mut parts = vec![maker.single(Vec::new(), 4)];
    if maker.dice.chance(8) {
        maker.names = 0;
        let mut second = maker.single(Vec::new(), 2);
        let names = parts[0].result.items.iter().map(|(_, name)| name);
        call_alike(&mut second.result, names);
        for result in [&mut parts[0].result, &mut second.result] {
            unordered(result);
        }
        if maker.dice.chance(50) {
            second.result.items.reverse();
        }
        parts.push(second);
    }
    let all = maker.dice.chance(50);
    Query { parts, all }
}

/// Gives a projection columns with these names: extra columns are removed, missing ones are 1.
fn call_alike<'n>(result: &mut Projection, names: impl ExactSizeIterator<Item = &'n String>) {
    let missing = (Expr::Lit(Val::Int(1)), String::new());
    result.items.resize(names.len(), missing);
    for (item, name) in result.items.iter_mut().zip(names) {
        item.1.clone_from(name);
    }
}

/// Removes the order of a union part.
fn unordered(result: &mut Projection) {
    (result.order, result.skip, result.limit) = (None, None, None);
    result.first = None;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Node,
    Edge,
    Edges,
    Path,
    /// One of several shortest paths; only its length is determined.
    SomePath,
    Scalar,
}

pub(crate) type Scope = Vec<(String, Kind)>;

/// The variables that a pattern may use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freedom {
    /// New and known ones.
    Full,
    /// Only known ones.
    Known,
}

pub(crate) struct Maker<'d, 'b> {
    pub(crate) dice: &'d mut Dice<'b>,
    names: usize,
    /// The variables known before the current pattern.
    outer: Scope,
}

impl<'d, 'b> Maker<'d, 'b> {
    pub(crate) fn new(dice: &'d mut Dice<'b>) -> Self {
        Self {
            dice,
            names: 0,
            outer: Scope::new(),
        }
    }

    pub(crate) fn name(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    /// A column name; sometimes that of a variable, which it then hides.
    fn column_name(&mut self, scope: &Scope) -> String {
        let fresh = self.name("c");
        match scope.get(self.names % (4 * scope.len().max(1))) {
            Some((name, _)) => name.clone(),
            None => fresh,
        }
    }

    fn single(&mut self, mut scope: Scope, most: usize) -> Single {
        let mut clauses = vec![self.match_clause(&mut scope, 15)];
        for _ in 0..self.dice.roll(most) {
            clauses.push(self.clause(&mut scope));
        }
        let (mut result, _) = self.projection(&scope, true);
        self.hide_variable(&mut result, &scope);
        Single { clauses, result }
    }

    /// Sometimes makes a variable the last column and gives its name to the first column, which hides the variable in
    /// `ORDER BY`. The two columns sort in opposite directions.
    fn hide_variable(&mut self, result: &mut Projection, scope: &Scope) {
        let scalar = scope.iter().find(|(_, kind)| *kind == Kind::Scalar);
        let (Some((name, _)), [first, .., last]) = (scalar, result.items.as_mut_slice()) else {
            return;
        };
        if result.first.is_none() && self.names.is_multiple_of(2) {
            let variable = Box::new(Expr::Var(name.clone()));
            let one = Box::new(Expr::Lit(Val::Int(1)));
            *first = (Expr::Compare(variable, "<", one), name.clone());
            last.0 = Expr::Var(name.clone());
            result.distinct |= result.order.is_some();
        }
    }

    fn clause(&mut self, scope: &mut Scope) -> Clause {
        match self.dice.roll(22) {
            0..8 => self.match_clause(scope, 0),
            8..13 => self.match_clause(scope, 100),
            13..17 => {
                let (projection, inner) = self.projection(scope, false);
                *scope = inner;
                let filter = self.dice.chance(40).then(|| self.predicate(scope, 1));
                Clause::With { projection, filter }
            }
            20.. => self.shortest(scope),
            17..=18 => {
                let list = (0..self.dice.roll(4))
                    .map(|_| self.scalar(scope, 0))
                    .collect();
                let name = self.name("u");
                scope.push((name.clone(), Kind::Scalar));
                Clause::Unwind { list, name }
            }
            _ => self.call(scope),
        }
    }

    /// A shortest path with a predicate on it.
    fn shortest(&mut self, scope: &mut Scope) -> Clause {
        let outer = std::mem::replace(&mut self.outer, scope.clone());
        let all = self.dice.chance(50);
        let mut inner = scope.clone();
        let first = self.named_node(&mut inner);
        let mut rel = self.rel(&mut inner, &mut Vec::new(), Freedom::Full);
        rel.length = Some(match self.dice.roll(4) {
            0 => (1, Some(3)),
            1 => (0, None),
            2 => (2, Some(4)),
            _ => (1, None),
        });
        rel.var = None;
        rel.filter = None;
        let path = self.name("p");
        let mut part = Part {
            path: Some(path.clone()),
            shortest: Some(all),
            first,
            steps: Vec::new(),
        };
        part.steps.push((rel, self.named_node(&mut inner)));
        let mut known: Scope = scope.clone();
        for node in [&part.first, &part.steps[0].1] {
            let name = node.var.clone().expect("it was given one");
            if !known.iter().any(|(other, _)| *other == name) {
                known.push((name, Kind::Node));
            }
        }
        known.push((path.clone(), Kind::Path));
        let filter = self.dice.chance(75).then(|| {
            let on_path = self.on_path(&path, &known);
            match self.dice.roll(3) {
                0 => Expr::And(Box::new(on_path), Box::new(self.predicate(&known, 1))),
                1 => Expr::And(Box::new(self.on_path(&path, &known)), Box::new(on_path)),
                _ => on_path,
            }
        });
        known.retain(|(name, _)| *name != path);
        known.push((path, if all { Kind::Path } else { Kind::SomePath }));
        *scope = known;
        self.outer = outer;
        Clause::Match {
            optional: self.dice.chance(25),
            pattern: vec![part],
            filter,
        }
    }

    fn named_node(&mut self, scope: &mut Scope) -> Node {
        let mut node = self.node(scope, Freedom::Full);
        if node.var.is_none() {
            let name = self.name("n");
            scope.push((name.clone(), Kind::Node));
            node.var = Some(name);
        }
        node.filter = None;
        node
    }

    /// A predicate on a path.
    fn on_path(&mut self, path: &str, scope: &Scope) -> Expr {
        if self.dice.chance(30) {
            let op = *self.dice.pick(&[">", "=", "<>", "<"]);
            let length = Box::new(Expr::Length(path.to_owned()));
            let limit = Val::Int(self.dice.roll(4) as i64);
            return Expr::Compare(length, op, Box::new(Expr::Lit(limit)));
        }
        let each = self.each(path, scope);
        if self.dice.chance(20) {
            Expr::Not(Box::new(each))
        } else {
            each
        }
    }

    /// `all(q IN nodes(p) WHERE …)`
    fn each(&mut self, path: &str, scope: &Scope) -> Expr {
        let which = *self.dice.pick(&["all", "none", "any", "single"]);
        let (list, kind) = *self.dice.pick(&[
            (Elements::Nodes, Kind::Node),
            (Elements::Relationships, Kind::Edge),
        ]);
        let variable = self.name("q");
        let mut inner: Scope = if self.dice.chance(30) {
            scope.clone()
        } else {
            Scope::new()
        };
        inner.retain(|(name, _)| name != path);
        inner.insert(0, (variable.clone(), kind));
        let test = Box::new(self.plain(&inner));
        Expr::Each {
            which,
            name: path.to_owned(),
            list,
            variable,
            test,
        }
    }

    /// A predicate without subqueries.
    fn plain(&mut self, scope: &Scope) -> Expr {
        self.predicate(scope, 0)
    }

    fn call(&mut self, scope: &mut Scope) -> Clause {
        let imports: Scope = scope
            .iter()
            .filter(|_| self.dice.chance(60))
            .cloned()
            .collect();
        let mut inner = imports.clone();
        let clauses = vec![self.match_clause(&mut inner, 20)];
        let (result, mut columns) = self.projection(&inner, true);
        let mut parts = vec![Single { clauses, result }];
        if self.dice.chance(30) {
            parts.push(self.alike(&imports, &mut columns));
            parts
                .iter_mut()
                .for_each(|part| unordered(&mut part.result));
        }
        let all = self.dice.chance(50);
        scope.extend(columns);
        Clause::Call {
            imports: imports.into_iter().map(|(name, _)| name).collect(),
            query: Box::new(Query { parts, all }),
        }
    }

    /// A query with the same columns, in any order. Columns whose kinds differ are removed from `columns`.
    fn alike(&mut self, imports: &Scope, columns: &mut Scope) -> Single {
        let mut inner = imports.clone();
        let clauses = vec![self.match_clause(&mut inner, 20)];
        let (mut result, kinds) = self.projection(&inner, true);
        call_alike(&mut result, columns.iter().map(|(name, _)| name));
        if self.dice.chance(50) {
            result.items.reverse();
        }
        let mut kinds = kinds.into_iter().map(|(_, kind)| kind);
        columns.retain(|(_, kind)| kinds.next().unwrap_or(Kind::Scalar) == *kind);
        Single { clauses, result }
    }

    pub(crate) fn match_clause(&mut self, scope: &mut Scope, optional: usize) -> Clause {
        let optional = self.dice.chance(optional);
        let parts = 1 + usize::from(self.dice.chance(25));
        let pattern = self.pattern(scope, parts, Freedom::Full);
        let filter = self.dice.chance(45).then(|| self.predicate(scope, 2));
        Clause::Match {
            optional,
            pattern,
            filter,
        }
    }

    fn pattern(&mut self, scope: &mut Scope, parts: usize, freedom: Freedom) -> Vec<Part> {
        let mut used = Vec::new();
        let outer = std::mem::replace(&mut self.outer, scope.clone());
        let pattern = (0..parts)
            .map(|_| self.part(scope, &mut used, freedom))
            .collect();
        self.outer = outer;
        pattern
    }

    fn part(&mut self, scope: &mut Scope, used: &mut Vec<String>, freedom: Freedom) -> Part {
        let first = self.node(scope, freedom);
        let steps = match self.dice.roll(8) {
            0 | 1 => 0,
            2..6 => 1,
            6 => 2,
            _ => 3,
        };
        let step = |_| {
            let rel = self.rel(scope, used, freedom);
            (rel, self.node(scope, freedom))
        };
        let steps = (0..steps).map(step).collect();
        let path = (freedom == Freedom::Full && self.dice.chance(12)).then(|| {
            let name = self.name("p");
            scope.push((name.clone(), Kind::Path));
            name
        });
        Part {
            path,
            shortest: None,
            first,
            steps,
        }
    }

    fn node(&mut self, scope: &mut Scope, freedom: Freedom) -> Node {
        let known = of_kind(scope, &[Kind::Node]);
        let mut node = Node::default();
        if !known.is_empty() && self.dice.chance(35) {
            node.var = Some(self.dice.pick(&known).clone());
        } else if freedom == Freedom::Full && !self.dice.chance(30) {
            let name = self.name("n");
            scope.push((name.clone(), Kind::Node));
            node.var = Some(name);
        }
        node.labels = self.dice.chance(35).then(|| self.labels(1));
        node.props = self.wanted();
        if let Some(name) = node
            .var
            .clone()
            .filter(|_| freedom == Freedom::Full && self.dice.chance(8))
        {
            node.filter = Some(self.predicate(&vec![(name, Kind::Node)], 0));
        }
        node
    }

    fn rel(&mut self, scope: &mut Scope, used: &mut Vec<String>, freedom: Freedom) -> Rel {
        let types = match self.dice.roll(6) {
            0..2 => Vec::new(),
            2..5 => vec![self.dice.choice(&TYPES)],
            _ => TYPES[..2].to_vec(),
        };
        let direction = *self
            .dice
            .pick(&[Direction::Out, Direction::In, Direction::Both]);
        let length = self.dice.chance(18).then(|| self.length());
        let kind = if length.is_some() {
            Kind::Edges
        } else {
            Kind::Edge
        };
        let mut known = of_kind(scope, &[kind]);
        known.retain(|name| !used.contains(name));
        let mut var = None;
        if !known.is_empty() && self.dice.chance(25) {
            var = Some(self.dice.pick(&known).clone());
        } else if freedom == Freedom::Full && self.dice.chance(40) {
            let name = self.name("r");
            scope.push((name.clone(), kind));
            var = Some(name);
        }
        let is_new = var
            .as_ref()
            .is_some_and(|name| !self.outer.iter().any(|(known, _)| known == name));
        let filter = (is_new && self.dice.chance(20)).then(|| {
            let mut inner = self.outer.clone();
            inner.retain(|(_, kind)| *kind == Kind::Scalar || *kind == Kind::Node);
            inner.push((var.clone().expect("it has one"), Kind::Edge));
            self.plain(&inner)
        });
        used.extend(var.clone());
        Rel {
            var,
            types,
            direction,
            length,
            props: self.wanted(),
            filter,
        }
    }

    fn length(&mut self) -> (usize, Option<usize>) {
        *self.dice.pick(&[
            (1, Some(2)),
            (0, Some(1)),
            (2, Some(2)),
            (0, Some(0)),
            (1, None),
            (0, None),
            (2, Some(3)),
            (2, Some(1)),
        ])
    }

    fn wanted(&mut self) -> Vec<(&'static str, Expr)> {
        let entities = of_kind(&self.outer, &[Kind::Node, Kind::Edge]);
        match self.dice.roll(14) {
            0..11 => Vec::new(),
            11 => vec![("x", Expr::Lit(literal(self.dice)))],
            12 if !entities.is_empty() => {
                vec![("k", Expr::Prop(self.dice.pick(&entities).clone(), "k"))]
            }
            _ => vec![("k", Expr::Lit(Val::Int(self.dice.roll(3) as i64)))],
        }
    }

    fn labels(&mut self, depth: usize) -> Labels {
        match self.dice.roll(if depth == 0 { 6 } else { 12 }) {
            0..6 => Labels::Name(self.dice.choice(&LABELS)),
            6 => Labels::Any,
            7 | 8 => Labels::Not(Box::new(self.labels(depth - 1))),
            9 => Labels::And(
                Box::new(self.labels(depth - 1)),
                Box::new(self.labels(depth - 1)),
            ),
            _ => Labels::Or(
                Box::new(self.labels(depth - 1)),
                Box::new(self.labels(depth - 1)),
            ),
        }
    }

    fn sub(&mut self, scope: &Scope, depth: usize) -> (Sub, Scope) {
        let mut inner = scope.clone();
        let parts = 1 + usize::from(self.dice.chance(15));
        let pattern = self.pattern(&mut inner, parts, Freedom::Full);
        let filter = self
            .dice
            .chance(35)
            .then(|| Box::new(self.predicate(&inner, depth)));
        (Sub { pattern, filter }, inner)
    }

    pub(crate) fn predicate(&mut self, scope: &Scope, depth: usize) -> Expr {
        let entities = of_kind(scope, &[Kind::Node, Kind::Edge]);
        let nodes = of_kind(scope, &[Kind::Node]);
        let walks = of_kind(scope, &[Kind::Edges]);
        if !walks.is_empty() && self.dice.chance(20) {
            let name = self.dice.pick(&walks).clone();
            let variable = self.name("q");
            let test = Box::new(self.plain(&vec![(variable.clone(), Kind::Edge)]));
            return Expr::Each {
                which: self.dice.choice(&["all", "none", "any", "single"]),
                name,
                list: Elements::Own,
                variable,
                test,
            };
        }
        let paths = of_kind(scope, &[Kind::Path]);
        if !paths.is_empty() && self.dice.chance(25) {
            let path = self.dice.pick(&paths).clone();
            return self.on_path(&path, scope);
        }
        match self.dice.roll(if depth == 0 { 9 } else { 20 }) {
            0..4 => {
                let op = *self.dice.pick(&["=", "<>", "<", "<=", ">", ">="]);
                let (a, b) = (self.scalar(scope, depth), self.scalar(scope, depth));
                Expr::Compare(Box::new(a), op, Box::new(b))
            }
            4 => Expr::IsNull(Box::new(self.scalar(scope, depth)), self.dice.chance(50)),
            5 => {
                let item = Box::new(self.scalar(scope, 0));
                Expr::In(
                    item,
                    (0..self.dice.roll(4))
                        .map(|_| self.scalar(scope, 0))
                        .collect(),
                )
            }
            6 if !nodes.is_empty() => {
                Expr::HasLabels(self.dice.pick(&nodes).clone(), self.labels(1))
            }
            7 if entities.len() > 1 => {
                let same: Vec<_> = if nodes.len() > 1 {
                    nodes
                } else {
                    return Expr::Lit(Val::Bool(true));
                };
                let (a, b) = (self.dice.pick(&same).clone(), self.dice.pick(&same).clone());
                let op = *self.dice.pick(&["=", "<>"]);
                Expr::Compare(Box::new(Expr::Var(a)), op, Box::new(Expr::Var(b)))
            }
            6..9 => Expr::Lit(
                self.dice
                    .pick(&[Val::Bool(true), Val::Bool(false), Val::Null])
                    .clone(),
            ),
            9 | 10 => Expr::Not(Box::new(self.predicate(scope, depth - 1))),
            11 | 12 => self.both(Expr::And, scope, depth - 1),
            13 | 14 => self.both(Expr::Or, scope, depth - 1),
            15 => self.both(Expr::Xor, scope, depth - 1),
            16 | 17 => Expr::Exists(self.sub(scope, depth - 1).0),
            18 if !nodes.is_empty() => {
                let outer = std::mem::replace(&mut self.outer, scope.clone());
                let mut part = self.part(&mut scope.clone(), &mut Vec::new(), Freedom::Known);
                if part.steps.is_empty() {
                    let rel = self.rel(&mut scope.clone(), &mut Vec::new(), Freedom::Known);
                    part.steps.push((rel, Node::default()));
                }
                self.outer = outer;
                Expr::Pattern(Box::new(part))
            }
            _ => {
                let count = Box::new(Expr::Count(self.sub(scope, depth - 1).0));
                let op = *self.dice.pick(&["=", ">", "<"]);
                Expr::Compare(
                    count,
                    op,
                    Box::new(Expr::Lit(Val::Int(self.dice.roll(3) as i64))),
                )
            }
        }
    }

    fn both(
        &mut self,
        join: fn(Box<Expr>, Box<Expr>) -> Expr,
        scope: &Scope,
        depth: usize,
    ) -> Expr {
        let a = self.predicate(scope, depth);
        join(Box::new(a), Box::new(self.predicate(scope, depth)))
    }

    pub(crate) fn scalar(&mut self, scope: &Scope, depth: usize) -> Expr {
        let entities = of_kind(scope, &[Kind::Node, Kind::Edge]);
        let scalars = of_kind(scope, &[Kind::Scalar]);
        let lists = of_kind(scope, &[Kind::Edges]);
        let paths = of_kind(scope, &[Kind::Path, Kind::SomePath]);
        if !paths.is_empty() && self.dice.chance(20) {
            return Expr::Length(self.dice.pick(&paths).clone());
        }
        match self.dice.roll(if depth == 0 { 14 } else { 20 }) {
            0..7 if !entities.is_empty() => {
                let key = *self.dice.pick(&["x", "x", "k", "id"]);
                Expr::Prop(self.dice.pick(&entities).clone(), key)
            }
            7..9 if !scalars.is_empty() => Expr::Var(self.dice.pick(&scalars).clone()),
            9 if !lists.is_empty() => Expr::Size(self.dice.pick(&lists).clone()),
            10 if !entities.is_empty() => {
                let base = Expr::Prop(self.dice.pick(&entities).clone(), "k");
                Expr::Add(
                    Box::new(base),
                    Box::new(Expr::Lit(Val::Int(self.dice.roll(3) as i64))),
                )
            }
            11 => Expr::Lit(Val::Null),
            0..14 => Expr::Lit(literal(self.dice)),
            14 | 15 => Expr::Count(self.sub(scope, depth - 1).0),
            16 => {
                let (sub, inner) = self.sub(scope, depth - 1);
                let value = self.scalar(&inner, 0);
                Expr::CollectSize(sub, self.dice.chance(50), Box::new(value))
            }
            17 => {
                let mut inner = scope.clone();
                let outer = std::mem::replace(&mut self.outer, scope.clone());
                let mut part = self.part(&mut inner, &mut Vec::new(), Freedom::Full);
                if part.steps.is_empty() {
                    let used = part.first.var.iter().cloned().collect();
                    let rel = self.rel(&mut inner, &mut { used }, Freedom::Full);
                    part.steps.push((rel, Node::default()));
                    inner.retain(|(name, _)| Some(name) != part.path.as_ref());
                    part.path = None;
                }
                self.outer = outer;
                let filter = self
                    .dice
                    .chance(30)
                    .then(|| Box::new(self.predicate(&inner, depth - 1)));
                let value = self.scalar(&inner, 0);
                let pattern = vec![part];
                Expr::ComprehensionSize(Sub { pattern, filter }, Box::new(value))
            }
            _ => {
                let test = Box::new(self.predicate(scope, depth - 1));
                let (a, b) = (self.scalar(scope, 0), self.scalar(scope, 0));
                Expr::Case(test, Box::new(a), Box::new(b))
            }
        }
    }

    /// A projection with the scope after it. In the last projection all column names are new.
    pub(crate) fn projection(&mut self, scope: &Scope, last: bool) -> (Projection, Scope) {
        let mut items: Vec<(Expr, String)> = Vec::new();
        let mut inner = Scope::new();
        let aggregates = self.dice.chance(35);
        for _ in 0..=self.dice.roll(3) {
            let (expr, kind, kept) = self.item(scope, aggregates);
            let name = match last {
                true => self.name("c"),
                false => kept.unwrap_or_else(|| self.column_name(scope)),
            };
            if !inner.iter().any(|(known, _)| *known == name) {
                inner.push((name.clone(), kind));
                items.push((expr, name));
            }
        }
        if !last {
            for (name, kind) in scope {
                if self.dice.chance(50) && !inner.iter().any(|(known, _)| known == name) {
                    inner.push((name.clone(), *kind));
                    items.push((Expr::Var(name.clone()), name.clone()));
                }
            }
        }
        let sortable = inner.iter().all(|(_, kind)| *kind == Kind::Scalar)
            && !items.iter().any(|(expr, _)| {
                matches!(
                    expr,
                    Expr::Aggregate {
                        name: "collect",
                        ..
                    }
                )
            });
        let order = (sortable && self.dice.chance(45))
            .then(|| items.iter().map(|_| self.dice.chance(40)).collect());
        let cut = |maker: &mut Self| maker.dice.chance(30).then(|| maker.dice.roll(4));
        let (skip, limit) = if order.is_some() {
            (cut(self), cut(self))
        } else {
            (None, None)
        };
        let distinct = self.dice.chance(25);
        let plain = !distinct && !items.iter().any(|(expr, _)| expr.aggregates());
        let first = (order.is_some() && plain && self.dice.chance(40)).then(|| {
            // A column name hides a variable of the same name.
            let mut below = scope.clone();
            below.retain(|(name, _)| !items.iter().any(|(_, column)| column == name));
            (self.scalar(&below, 0), self.dice.chance(40))
        });
        let projection = Projection {
            distinct,
            items,
            first,
            order,
            skip,
            limit,
        };
        (projection, inner)
    }

    /// A column, its kind, and the name of the variable it passes on.
    fn item(&mut self, scope: &Scope, aggregates: bool) -> (Expr, Kind, Option<String>) {
        if aggregates && self.dice.chance(65) {
            return (self.aggregate(scope), Kind::Scalar, None);
        }
        let entities = of_kind(scope, &[Kind::Node, Kind::Edge, Kind::Edges, Kind::Path]);
        if !entities.is_empty() && self.dice.chance(45) {
            let name = self.dice.pick(&entities).clone();
            let kind = scope
                .iter()
                .find(|(known, _)| *known == name)
                .map_or(Kind::Scalar, |(_, kind)| *kind);
            return (Expr::Var(name.clone()), kind, Some(name));
        }
        let depth = usize::from(!aggregates);
        (self.scalar(scope, depth), Kind::Scalar, None)
    }

    fn aggregate(&mut self, scope: &Scope) -> Expr {
        let entities = of_kind(scope, &[Kind::Node, Kind::Edge]);
        let distinct = self.dice.chance(35);
        let number = |maker: &mut Self| match entities.is_empty() {
            true => Expr::Lit(Val::Int(1)),
            false => Expr::Prop(maker.dice.pick(&entities).clone(), "k"),
        };
        let mut at = None;
        let (name, arg) = match self.dice.roll(13) {
            10 => ("collect", self.scalar(scope, 0)),
            11.. => {
                at = Some(*self.dice.pick(&[0.5, 0.0, 1.0, 0.3, 0.75]));
                let name = *self.dice.pick(&["percentileDisc", "percentileCont"]);
                (name, number(self))
            }
            0..3 => return Expr::CountRows,
            3 if !entities.is_empty() => ("count", Expr::Var(self.dice.pick(&entities).clone())),
            3 | 4 => ("count", self.scalar(scope, 1)),
            5 => ("sum", number(self)),
            6 => ("avg", number(self)),
            7 => ("min", self.scalar(scope, 0)),
            8 => ("max", self.scalar(scope, 0)),
            _ => return self.counted_and_more(),
        };
        Expr::Aggregate {
            name,
            distinct,
            arg: Box::new(arg),
            at,
        }
    }

    fn counted_and_more(&mut self) -> Expr {
        let more = Expr::Lit(Val::Int(self.dice.roll(3) as i64));
        Expr::Add(Box::new(Expr::CountRows), Box::new(more))
    }
}

pub(crate) fn of_kind(scope: &Scope, kinds: &[Kind]) -> Vec<String> {
    let fits = scope.iter().filter(|(_, kind)| kinds.contains(kind));
    fits.map(|(name, _)| name.clone()).collect()
}
