//! Generates queries that count over trees, cycles and optional parts of patterns: what messages answer.

use crate::{
    generate::{Dice, Kind, Maker, Scope, of_kind},
    query::{Clause, Direction, Expr, Labels, Node, Part, Projection, Query, Rel, Single, Sub},
    world::Val,
};

/// A query that counts, perhaps in groups.
pub(crate) fn counted(dice: &mut Dice<'_>) -> Query {
    let mut counter = Counter {
        maker: Maker::new(dice),
        scope: Scope::new(),
    };
    let count = 1 + counter.maker.dice.roll(3);
    // The nodes of an optional match may be null.
    let first = counter.maker.dice.chance(10);
    let clauses = (0..count).map(|at| counter.clause(first || at > 0));
    let clauses = clauses.collect();
    let result = counter.result();
    Query {
        parts: vec![Single { clauses, result }],
        all: true,
    }
}

struct Counter<'d, 'b> {
    maker: Maker<'d, 'b>,
    scope: Scope,
}

impl Counter<'_, '_> {
    fn clause(&mut self, may_be_optional: bool) -> Clause {
        let optional = may_be_optional && self.maker.dice.chance(25);
        let parts = 1 + usize::from(self.maker.dice.chance(20));
        let pattern = (0..parts).map(|_| self.chain(3)).collect();
        let filter = self.maker.dice.chance(65).then(|| self.filter());
        Clause::Match {
            optional,
            pattern,
            filter,
        }
    }

    /// A path of single relationships; half of its nodes are known.
    fn chain(&mut self, most: usize) -> Part {
        let first = self.node();
        let steps = 1 + self.maker.dice.roll(most);
        let steps = (0..steps).map(|_| (self.rel(), self.node())).collect();
        Part {
            path: None,
            shortest: None,
            first,
            steps,
        }
    }

    fn node(&mut self) -> Node {
        let known = of_kind(&self.scope, &[Kind::Node]);
        let var = if !known.is_empty() && self.maker.dice.chance(45) {
            Some(self.maker.dice.pick(&known).clone())
        } else {
            self.maker.dice.chance(75).then(|| {
                let name = self.maker.name("n");
                self.scope.push((name.clone(), Kind::Node));
                name
            })
        };
        let labels = self.maker.dice.chance(20).then(|| self.label());
        Node {
            var,
            labels,
            ..Node::default()
        }
    }

    fn label(&mut self) -> Labels {
        Labels::Name(self.maker.dice.choice(&["A", "B", "C"]))
    }

    /// Mostly of one type, so that relationships of a clause may be the same.
    fn rel(&mut self) -> Rel {
        let types = match self.maker.dice.roll(8) {
            0..5 => vec!["R"],
            5 => vec!["S"],
            6 => vec!["R", "S"],
            _ => Vec::new(),
        };
        let direction = [Direction::Out, Direction::In, Direction::Both];
        Rel {
            var: None,
            types,
            direction: *self.maker.dice.pick(&direction),
            length: None,
            props: Vec::new(),
            filter: None,
        }
    }

    fn filter(&mut self) -> Expr {
        let first = self.condition();
        if self.maker.dice.chance(40) {
            let second = self.condition();
            return Expr::And(Box::new(first), Box::new(second));
        }
        first
    }

    fn condition(&mut self) -> Expr {
        let nodes = of_kind(&self.scope, &[Kind::Node]);
        if nodes.is_empty() {
            return Expr::Lit(Val::Bool(true));
        }
        let one = self.maker.dice.pick(&nodes).clone();
        let other = self.maker.dice.pick(&nodes).clone();
        match self.maker.dice.roll(9) {
            0..3 => Expr::Compare(Box::new(Expr::Var(one)), "<>", Box::new(Expr::Var(other))),
            3 | 4 => {
                let end = |name| Node {
                    var: Some(name),
                    ..Node::default()
                };
                let part = Part {
                    path: None,
                    shortest: None,
                    first: end(one),
                    steps: vec![(self.rel(), end(other))],
                };
                Expr::Not(Box::new(Expr::Pattern(Box::new(part))))
            }
            5 => Expr::HasLabels(one, self.label()),
            6 => {
                let bound = Expr::Lit(Val::Int(self.maker.dice.roll(3) as i64));
                let op = *self.maker.dice.pick(&["=", "<>", "<", ">"]);
                Expr::Compare(Box::new(Expr::Prop(one, "k")), op, Box::new(bound))
            }
            7 => Expr::Exists(self.sub()),
            _ => Expr::Not(Box::new(Expr::Exists(self.sub()))),
        }
    }

    fn sub(&mut self) -> Sub {
        let outer = self.scope.clone();
        let pattern = vec![self.chain(2)];
        let filter = (self.maker.dice.chance(30)).then(|| {
            let nodes = of_kind(&self.scope, &[Kind::Node]);
            let pick = |counter: &mut Self| match nodes.is_empty() {
                true => Expr::Lit(Val::Int(1)),
                false => Expr::Var(counter.maker.dice.pick(&nodes).clone()),
            };
            let (one, other) = (pick(self), pick(self));
            Box::new(Expr::Compare(Box::new(one), "<>", Box::new(other)))
        });
        self.scope = outer;
        Sub { pattern, filter }
    }

    /// The number of rows, perhaps with other aggregates, perhaps in groups.
    fn result(&mut self) -> Projection {
        let mut items = vec![Expr::CountRows];
        let nodes = of_kind(&self.scope, &[Kind::Node]);
        if !nodes.is_empty() && self.maker.dice.chance(40) {
            let name = self.maker.dice.pick(&nodes).clone();
            items.push(match self.maker.dice.roll(3) {
                0 => Expr::Var(name),
                1 => Expr::Prop(name, "k"),
                _ => Expr::HasLabels(name, self.label()),
            });
        }
        if self.maker.dice.chance(40) {
            items.push(self.aggregate(&nodes));
        }
        let columns = items.into_iter().map(|item| (item, self.maker.name("c")));
        Projection {
            distinct: false,
            items: columns.collect(),
            first: None,
            order: None,
            skip: None,
            limit: None,
        }
    }

    fn aggregate(&mut self, nodes: &[String]) -> Expr {
        if nodes.is_empty() || self.maker.dice.chance(30) {
            let count = Box::new(Expr::Count(self.sub()));
            return sum(count);
        }
        let name = self.maker.dice.pick(nodes).clone();
        let property = Box::new(Expr::Prop(name.clone(), "k"));
        match self.maker.dice.roll(4) {
            0 => called("count", Box::new(Expr::Var(name))),
            1 => sum(property),
            2 => called("min", property),
            _ => Expr::Aggregate {
                name: "count",
                distinct: true,
                arg: Box::new(Expr::Var(name)),
                at: None,
            },
        }
    }
}

fn sum(arg: Box<Expr>) -> Expr {
    called("sum", arg)
}

fn called(name: &'static str, arg: Box<Expr>) -> Expr {
    Expr::Aggregate {
        name,
        distinct: false,
        arg,
        at: None,
    }
}
