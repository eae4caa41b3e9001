//! Writes scans, expansions, trails and query graphs as text.

use std::fmt;

use crate::{
    base::Direction,
    plan::{
        Apply, Arm, ElementPredicate, Exception, Expr, IndexSeek, Key, Length, Lookup, Message,
        MessageKind, Named, PatternEdge, Probe, QueryGraph, RelationshipSeek, Same, Shortest,
        ShortestPath, Slot, SubqueryNeed, Trail, text::Writer,
    },
};

/// `*1..3`
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "*{}..", self.min)?;
        self.max.map_or(Ok(()), |max| write!(f, "{max}"))
    }
}

impl Writer<'_> {
    /// The predicates of a pattern; in the exact notation its nodes, relationships and subqueries too:
    /// `(a) BOUND, (b), (a)-[r:R]->(b) CLAUSE 0 WHERE predicates SUBQUERY SemiApply ROW @3 READS a`.
    pub(super) fn pattern(&mut self, pattern: &QueryGraph) {
        if !self.is_exact() {
            return self.all(&pattern.predicates, " AND ");
        }
        self.list(&pattern.nodes, ", ", |writer, node| {
            writer.node(Some(node.slot), std::iter::empty());
            writer.word(if node.bound { " BOUND" } else { "" });
        });
        for edge in &pattern.edges {
            self.word(", ");
            self.pattern_edge(edge);
        }
        self.conditions(&pattern.predicates);
        pattern.subqueries.iter().for_each(|need| self.need(need));
    }

    fn pattern_edge(&mut self, edge: &PatternEdge) {
        let (from, to) = (Some(edge.from), Some(edge.to));
        let length = edge
            .length
            .map_or(String::new(), |length| length.to_string());
        self.step(
            from,
            edge.direction,
            Some(edge.slot),
            &edge.types,
            &length,
            to,
        );
        self.word(if edge.bound { " BOUND" } else { "" });
        self.word(if edge.reversed { " REVERSED" } else { "" });
        self.word(match edge.shortest {
            None => "",
            Some(Shortest::Any) => " ANY SHORTEST",
            Some(Shortest::All) => " ALL SHORTEST",
        });
        self.word(&format!(" CLAUSE {}", edge.clause));
        self.element_predicate(" FOR EDGE ", edge.edge_predicate.as_ref());
    }

    fn need(&mut self, need: &SubqueryNeed) {
        let Apply { row, kind } = &need.apply;
        self.word(" SUBQUERY ");
        self.word(kind.name());
        self.word(" ");
        self.apply(kind);
        self.row(*row);
        self.word(" READS ");
        self.slots(&need.reads);
    }

    /// `(n:Course)`
    pub(super) fn node<'a>(&mut self, slot: Option<Slot>, labels: impl Iterator<Item = &'a str>) {
        self.open_node(slot, labels);
        self.word(")");
    }

    /// `(n:Course`
    pub(super) fn open_node<'a>(
        &mut self,
        slot: Option<Slot>,
        labels: impl Iterator<Item = &'a str>,
    ) {
        self.word("(");
        if let Some(slot) = slot.filter(|slot| self.is_named(*slot)) {
            self.slot(slot);
        }
        for label in labels {
            self.word(":");
            self.name(label);
        }
    }

    pub(super) fn properties(&mut self, properties: Option<&Expr>) {
        if let Some(properties) = properties.filter(|_| self.is_exact()) {
            self.word(" ");
            self.operand(properties);
        }
    }

    /// `(a)-[r:R]->(b)`
    pub(super) fn step<Id>(
        &mut self,
        from: Option<Slot>,
        direction: Direction,
        edge: Option<Slot>,
        types: &[Named<Id>],
        length: &str,
        to: Option<Slot>,
    ) {
        self.node(from, std::iter::empty());
        self.word(match direction {
            Direction::Incoming => "<-[",
            Direction::Outgoing | Direction::Either => "-[",
        });
        if let Some(edge) = edge.filter(|edge| self.is_named(*edge)) {
            self.slot(edge);
        }
        for (position, kind) in types.iter().enumerate() {
            self.word(if position == 0 { ":" } else { "|" });
            self.name(&kind.name);
        }
        self.word(length);
        self.word(match direction {
            Direction::Outgoing => "]->",
            Direction::Incoming | Direction::Either => "]-",
        });
        self.node(to, std::iter::empty());
    }

    pub(super) fn arms(&mut self, node: Slot, arms: &[Arm]) {
        self.list(arms, ", ", |writer, arm| {
            writer.step(
                Some(arm.from),
                arm.direction,
                arm.edge,
                &arm.types,
                "",
                Some(node),
            );
        });
    }

    /// `c OF (a)-[:R]->(v) TIMES (b)-[:R]->(w) OTHER NODE EXCEPT v = x, (b)-[:S]->(v), r`
    pub(super) fn message(&mut self, message: &Message) {
        if let MessageKind::Count(slot) = message.kind {
            self.slot(slot);
            self.word(" OF ");
        }
        self.arms(message.node, &message.arms);
        if let Some(partner) = &message.partner {
            self.word(" TIMES ");
            self.arms(partner.node, std::slice::from_ref(&partner.arm));
            self.word(match partner.same {
                Same::Node => " OTHER NODE",
                Same::Edge => " OTHER RELATIONSHIP",
            });
        }
        let mut before = " EXCEPT ";
        for exception in &message.exceptions {
            self.word(before);
            self.exception(message.node, exception);
            before = ", ";
        }
    }

    fn exception(&mut self, node: Slot, exception: &Exception) {
        match exception {
            Exception::Node(slot) => {
                self.slot(node);
                self.word(" = ");
                self.slot(*slot);
            }
            Exception::Adjacent(arm) => self.arms(node, std::slice::from_ref(arm)),
            Exception::Edge(slot) => self.slot(*slot),
        }
    }

    /// `(a)-[r:R*1..3]->(b)`
    pub(super) fn trail(&mut self, trail: &Trail) {
        let (from, to) = (Some(trail.from), Some(trail.to));
        let (edges, types, length) = (trail.edges, &trail.types, trail.length.to_string());
        self.step(from, trail.direction, edges, types, &length, to);
        if !self.is_exact() {
            return;
        }
        self.word(if trail.reversed { " REVERSED" } else { "" });
        if !trail.disjoint.is_empty() {
            self.word(" DISJOINT ");
            self.slots(&trail.disjoint);
        }
    }

    pub(super) fn search(&mut self, search: &ShortestPath) {
        self.trail(&search.trail);
        let edges = search.trail.edge_predicate.as_ref();
        self.predicates(edges, search.node_predicate.as_ref());
    }

    /// ` WHERE predicates`; ` FOR EDGE r WHERE predicates FOR NODE n WHERE predicates` in the exact notation.
    pub(super) fn predicates(
        &mut self,
        edges: Option<&ElementPredicate>,
        nodes: Option<&ElementPredicate>,
    ) {
        if self.is_exact() {
            self.element_predicate(" FOR EDGE ", edges);
            self.element_predicate(" FOR NODE ", nodes);
            return;
        }
        let both = edges.into_iter().chain(nodes);
        let all: Vec<Expr> = both.flat_map(|(_, all)| all.iter().cloned()).collect();
        self.conditions(&all);
    }

    pub(super) fn element_predicate(&mut self, before: &str, predicate: Option<&ElementPredicate>) {
        if let Some((slot, all)) = predicate {
            self.word(before);
            self.slot(*slot);
            self.conditions(all);
        }
    }

    pub(super) fn conditions(&mut self, all: &[Expr]) {
        if !all.is_empty() {
            self.word(" WHERE ");
            self.all(all, " AND ");
        }
    }

    pub(super) fn seek(&mut self, seek: &IndexSeek) {
        self.node(Some(seek.node), seek.label.iter().map(|label| &*label.name));
        self.probe(seek.node, &seek.probe);
    }

    pub(super) fn relationship_seek(&mut self, seek: &RelationshipSeek) {
        let kind = std::slice::from_ref(&seek.kind);
        let (from, to) = (Some(seek.from), Some(seek.to));
        self.step(from, seek.direction, Some(seek.edge), kind, "", to);
        self.probe(seek.edge, &seek.probe);
    }

    /// ` WHERE n.a = 1 AND n.b > 2`
    fn probe(&mut self, entity: Slot, probe: &Probe) {
        self.word(" WHERE ");
        for (key, expr) in &probe.known {
            self.compared_key(entity, key, " = ", expr);
            self.word(" AND ");
        }
        let compared = |writer: &mut Self, operator: &str, expr: &Expr| {
            writer.compared_key(entity, &probe.key, operator, expr);
        };
        match &probe.lookup {
            Lookup::Equal(expr) => compared(self, " = ", expr),
            Lookup::In(expr) => compared(self, " IN ", expr),
            Lookup::Prefix(expr) => compared(self, " STARTS WITH ", expr),
            Lookup::Suffix(expr) => compared(self, " ENDS WITH ", expr),
            Lookup::Part(expr) => compared(self, " CONTAINS ", expr),
            Lookup::Range { lower, upper } => {
                if let Some((bound, included)) = lower {
                    compared(self, if *included { " >= " } else { " > " }, bound);
                }
                self.word(if lower.is_some() && upper.is_some() {
                    " AND "
                } else {
                    ""
                });
                if let Some((bound, included)) = upper {
                    compared(self, if *included { " <= " } else { " < " }, bound);
                }
            }
        }
    }

    /// `n.a = 1`
    fn compared_key(&mut self, entity: Slot, key: &Key, operator: &str, expr: &Expr) {
        if self.is_named(entity) {
            self.slot(entity);
            self.word(".");
        }
        self.name(&key.name);
        self.word(operator);
        self.compared(expr);
    }
}
