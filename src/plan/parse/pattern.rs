//! Parses nodes, relationships, trails and query graphs.

use crate::{
    base::{CompareOp, Direction},
    plan::{
        Apply, CreateEdge, CreateNode, CreateType, ElementPredicate, Expr, ExprKind, IndexSeek,
        Key, Length, Lookup, Named, PatternEdge, PatternNode, Probe, QueryGraph, RelationshipSeek,
        Shortest, ShortestPath, Slot, StringOp, SubqueryNeed, Trail, TrailMode,
        parse::{cursor::Cursor, token::Token},
    },
    value::{LabelId, Text, TypeId},
};

/// `(a)-[r:R*1..3]->(b)`
pub(super) struct Step {
    pub(super) from: Option<Slot>,
    pub(super) direction: Direction,
    pub(super) edge: Option<Slot>,
    pub(super) types: Vec<Named<TypeId>>,
    pub(super) length: Option<Length>,
    pub(super) to: Option<Slot>,
}

impl Cursor<'_> {
    /// `(n)`, `()`
    fn end(&mut self) -> Option<Slot> {
        self.expect("(");
        let slot = self.is_slot(0).then(|| self.slot());
        self.expect(")");
        slot
    }

    pub(super) fn step(&mut self) -> Step {
        let from = self.end();
        self.step_from(from)
    }

    fn step_from(&mut self, from: Option<Slot>) -> Step {
        let open = self.one_of(&["-[", "<-["]);
        let edge = self.is_slot(0).then(|| self.slot());
        let types = self.types();
        let length = self.eat("*").then(|| self.length());
        let close = self.one_of(&["]->", "]-"]);
        Step {
            from,
            direction: self.direction(open, close),
            edge,
            types,
            length,
            to: self.end(),
        }
    }

    fn direction(&self, open: &str, close: &str) -> Direction {
        match (open, close) {
            ("-[", "]->") => Direction::Outgoing,
            ("<-[", "]-") => Direction::Incoming,
            ("-[", "]-") => Direction::Either,
            _ => self.fail("a relationship with one direction"),
        }
    }

    fn one_of(&mut self, signs: &[&'static str]) -> &'static str {
        let found = signs.iter().find(|sign| self.eat(sign));
        found.unwrap_or_else(|| self.fail(format!("one of {signs:?}")))
    }

    /// `:R|S`
    fn types(&mut self) -> Vec<Named<TypeId>> {
        let mut types = Vec::new();
        while self.eat(if types.is_empty() { ":" } else { "|" }) {
            self.eat(":");
            types.push(Named {
                name: self.name().as_str().into(),
                id: TypeId::NONE,
            });
        }
        types
    }

    /// `1..3`, `1..`
    fn length(&mut self) -> Length {
        let min = self.integer();
        self.expect("..");
        let bounded = matches!(self.token(0), Some(Token::Number(_)));
        let max = bounded.then(|| self.integer());
        Length { min, max }
    }

    fn integer(&mut self) -> u64 {
        match self.next() {
            Some(Token::Number(digits)) => digits.parse().expect("the number is an integer"),
            _ => self.fail("an integer before this"),
        }
    }

    /// `(n:A:B {x: 1})`
    fn described_node(&mut self) -> CreateNode {
        let start = self.start();
        self.expect("(");
        let slot = self.slot();
        let labels = self.labels();
        let names = std::iter::from_fn(|| self.computed_name()).collect();
        let properties = (!self.is_sign(0, ")")).then(|| self.operand());
        self.expect(")");
        CreateNode {
            slot,
            labels,
            names,
            properties,
            span: self.since(start),
        }
    }

    pub(super) fn labels(&mut self) -> Vec<Text> {
        let mut labels = Vec::new();
        while self.is_sign(0, ":") && !self.is_sign(1, "(") {
            self.expect(":");
            labels.push(self.name().as_str().into());
        }
        labels
    }

    /// `:(expression)`
    pub(super) fn computed_name(&mut self) -> Option<Expr> {
        if !(self.is_sign(0, ":") && self.is_sign(1, "(")) {
            return None;
        }
        self.expect(":");
        self.expect("(");
        let name = self.expr();
        self.expect(")");
        Some(name)
    }

    /// `(n)`, `(n:A)`
    pub(super) fn scanned_node(&mut self) -> (Slot, Option<Named<LabelId>>) {
        let node = self.described_node();
        let label = node.labels.first().map(|name| Named {
            name: name.clone(),
            id: LabelId::NONE,
        });
        (node.slot, label)
    }

    /// `(n:A {x: 1}), (n)-[r:R {x: 1}]->(m)`: nodes, then relationships.
    pub(super) fn created(&mut self) -> (Vec<CreateNode>, Vec<CreateEdge>) {
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        self.list(|cursor| {
            let node = cursor.described_node();
            if cursor.is_sign(0, "-[") {
                edges.push(cursor.described_edge(&node));
            } else {
                nodes.push(node);
            }
        });
        (nodes, edges)
    }

    fn described_edge(&mut self, from: &CreateNode) -> CreateEdge {
        let start = from.span.start as usize;
        self.expect("-[");
        let slot = self.slot();
        let kind = match self.computed_name() {
            Some(name) => CreateType::Computed(name),
            None => {
                self.expect(":");
                CreateType::Name(self.name().as_str().into())
            }
        };
        let properties = (!self.is_sign(0, "]->")).then(|| self.operand());
        self.expect("]->");
        let to = self.end().unwrap_or_else(|| self.fail("a node"));
        CreateEdge {
            slot,
            from: from.slot,
            to,
            kind,
            properties,
            span: self.since(start),
        }
    }

    /// `(a)-[r:R*1..3]->(b) REVERSED DISJOINT s, t`
    pub(super) fn trail(&mut self) -> Trail {
        let step = self.step();
        let ends = step.from.zip(step.to);
        let (from, to) = ends.unwrap_or_else(|| self.fail("both ends of the trail"));
        Trail {
            from,
            to,
            direction: step.direction,
            types: step.types,
            length: step.length.unwrap_or_else(|| self.fail("a length")),
            edges: step.edge,
            reversed: self.eat("REVERSED"),
            edge_predicate: None,
            disjoint: if self.eat("DISJOINT") {
                self.slots()
            } else {
                Vec::new()
            },
            mode: TrailMode::All,
        }
    }

    /// ` FOR EDGE r WHERE predicates`
    pub(super) fn element_predicate(&mut self, intro: &str) -> Option<ElementPredicate> {
        self.eat_all(intro)
            .then(|| (self.slot(), self.conditions()))
    }

    fn conditions(&mut self) -> Vec<Expr> {
        if self.eat("WHERE") {
            self.conjuncts()
        } else {
            Vec::new()
        }
    }

    /// A trail with predicates about its relationships.
    pub(super) fn tested_trail(&mut self) -> Trail {
        let trail = self.trail();
        Trail {
            edge_predicate: self.element_predicate("FOR EDGE"),
            ..trail
        }
    }

    /// A trail of which one per pair of ends is returned.
    pub(super) fn pruning_trail(&mut self) -> Trail {
        let trail = self.tested_trail();
        Trail {
            mode: TrailMode::Pruning,
            ..trail
        }
    }

    pub(super) fn search(&mut self, selector: Shortest) -> ShortestPath {
        ShortestPath {
            trail: self.tested_trail(),
            selector,
            node_predicate: self.element_predicate("FOR NODE"),
        }
    }

    /// `(n:A) WHERE n.x > 1 AND n.x <= 2`
    pub(super) fn seek(&mut self) -> IndexSeek {
        let (node, label) = self.scanned_node();
        IndexSeek {
            node,
            label,
            probe: self.probe(),
        }
    }

    /// `(n)-[r:R]->(m) WHERE r.x = 1`
    pub(super) fn relationship_seek(&mut self) -> RelationshipSeek {
        let step = self.step();
        let slots = step.edge.zip(step.from).zip(step.to);
        let ((edge, from), to) = slots.unwrap_or_else(|| self.fail("three slots before this"));
        let kind = step.types.into_iter().next();
        RelationshipSeek {
            edge,
            from,
            to,
            kind: kind.unwrap_or_else(|| self.fail("a type before this")),
            direction: step.direction,
            probe: self.probe(),
        }
    }

    /// `WHERE n.x = 1 AND n.y > 2`
    fn probe(&mut self) -> Probe {
        self.expect("WHERE");
        let mut known = Vec::new();
        let mut last: Option<(Key, Lookup)> = None;
        for conjunct in self.conjuncts() {
            let (key, found) = self.lookup(conjunct);
            last = Some(match (last, found) {
                (Some((_, Lookup::Range { lower, .. })), Lookup::Range { upper, .. }) => {
                    (key, Lookup::Range { lower, upper })
                }
                (Some((before, Lookup::Equal(value))), found) => {
                    known.push((before, value));
                    (key, found)
                }
                (_, found) => (key, found),
            });
        }
        let (key, lookup) = last.unwrap_or_else(|| self.fail("a lookup"));
        Probe { known, key, lookup }
    }

    fn lookup(&self, conjunct: Expr) -> (Key, Lookup) {
        let (left, lookup) = match conjunct.kind {
            ExprKind::Compare(CompareOp::Equal, left, right) => (left, Lookup::Equal(*right)),
            ExprKind::In(left, right) => (left, Lookup::In(*right)),
            ExprKind::String(StringOp::StartsWith, left, right) => (left, Lookup::Prefix(*right)),
            ExprKind::String(StringOp::EndsWith, left, right) => (left, Lookup::Suffix(*right)),
            ExprKind::String(StringOp::Contains, left, right) => (left, Lookup::Part(*right)),
            ExprKind::Compare(op, left, right) => {
                let inclusive = matches!(op, CompareOp::GreaterOrEqual | CompareOp::LessOrEqual);
                let bound = Some((*right, inclusive));
                let lookup = if matches!(op, CompareOp::Greater | CompareOp::GreaterOrEqual) {
                    Lookup::Range {
                        lower: bound,
                        upper: None,
                    }
                } else {
                    Lookup::Range {
                        lower: None,
                        upper: bound,
                    }
                };
                (left, lookup)
            }
            _ => self.fail("a lookup before this"),
        };
        match left.kind {
            ExprKind::Property(_, key) => (key, lookup),
            _ => self.fail("a property before this"),
        }
    }

    /// The pattern of `Match`.
    pub(super) fn query_graph(&mut self) -> QueryGraph {
        let mut pattern = QueryGraph::default();
        self.list(|cursor| {
            let from = cursor.end();
            if cursor.is_sign(0, "-[") || cursor.is_sign(0, "<-[") {
                let step = cursor.step_from(from);
                pattern.edges.push(cursor.pattern_edge(step));
            } else {
                let slot = from.unwrap_or_else(|| cursor.fail("a node before this"));
                let bound = cursor.eat("BOUND");
                pattern.nodes.push(PatternNode { slot, bound });
            }
        });
        pattern.predicates = self.conditions();
        while self.eat("SUBQUERY") {
            pattern.subqueries.push(self.need());
        }
        pattern
    }

    /// The text after a relationship: `BOUND REVERSED ALL SHORTEST CLAUSE 1 FOR EDGE r WHERE predicates`.
    fn pattern_edge(&mut self, step: Step) -> PatternEdge {
        let slots = step.edge.zip(step.from).zip(step.to);
        let ((slot, from), to) = slots.unwrap_or_else(|| self.fail("slots before this"));
        PatternEdge {
            slot,
            from,
            to,
            direction: step.direction,
            types: step.types,
            length: step.length,
            bound: self.eat("BOUND"),
            reversed: self.eat("REVERSED"),
            shortest: if self.eat_all("ANY SHORTEST") {
                Some(Shortest::Any)
            } else {
                self.eat_all("ALL SHORTEST").then_some(Shortest::All)
            },
            clause: if self.eat("CLAUSE") {
                self.integer() as u32
            } else {
                0
            },
            edge_predicate: self.element_predicate("FOR EDGE"),
        }
    }

    fn need(&mut self) -> SubqueryNeed {
        let name = self.name();
        let kind = self
            .apply(&name)
            .unwrap_or_else(|| self.fail("an apply before this"));
        let apply = Apply {
            row: self.row(),
            kind,
        };
        self.expect("READS");
        SubqueryNeed {
            apply,
            reads: self.slots(),
        }
    }
}
