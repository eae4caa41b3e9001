//! The arguments of operators as `EXPLAIN` prints them, in the notation of the language.

use std::fmt::Write;

use crate::{
    base::Direction,
    plan::{
        AggregateCall, ApplyKind, Arm, Create, ElementPredicate, Expr, ExprKind, IndexSeek, Lookup,
        Named, Op, SetItem, Slot, SortKey, Trail,
        text::{SlotNames, Writer},
    },
};

impl Op {
    /// The arguments of the operator. `names` are the names of the slots of its plan.
    #[must_use]
    pub fn details(&self, names: &SlotNames<'_>) -> String {
        let mut writer = Writer::new(names);
        writer.details(self);
        writer.finish()
    }
}

impl Writer<'_> {
    fn details(&mut self, op: &Op) {
        match op {
            Op::Unit | Op::Empty { .. } | Op::Eager => {}
            Op::Argument { slots, .. } => self.slots(slots),
            Op::Match(pattern) => self.all(&pattern.predicates, " AND "),
            Op::NodeScan { node, label } => {
                self.node(Some(*node), label.iter().map(|label| &*label.name));
            }
            Op::IndexSeek(seek) => self.seek(seek),
            Op::RelationshipScan {
                edge,
                from,
                to,
                types,
                direction,
            } => self.step(Some(*from), *direction, Some(*edge), types, "", Some(*to)),
            Op::Expand(step) | Op::ExpandInto(step) => {
                let (from, types) = (Some(step.from), &step.types);
                self.step(from, step.direction, step.edge, types, "", step.to);
            }
            Op::Intersect { node, arms } => self.arms(*node, arms),
            Op::VarExpand(trail) | Op::VarExpandInto(trail) => {
                self.trail(trail);
                self.predicates(trail.edge_predicate.iter());
            }
            Op::FollowList { trail, list } => {
                self.trail(trail);
                self.word(" ALONG ");
                self.slots(&[*list]);
                self.predicates(trail.edge_predicate.iter());
            }
            Op::ShortestPath(search) | Op::ShortestPathWhere { search, .. } => {
                self.trail(&search.trail);
                let edges = search.trail.edge_predicate.iter();
                self.predicates(edges.chain(&search.node_predicate));
            }
            Op::Filter { predicates } => self.all(predicates, " AND "),
            Op::Project { items } => self.items(items),
            Op::Aggregate {
                keys, aggregates, ..
            } => self.aggregate(keys, aggregates),
            Op::Distinct { keys } | Op::PreAggregate { keys } => self.slots(keys),
            Op::Sort { keys } => self.sort(keys),
            Op::TopK { keys, count } => {
                self.sort(keys);
                self.word(" LIMIT ");
                self.expr(count);
            }
            Op::Skip { count, .. } | Op::Limit { count, .. } => self.expr(count),
            Op::Unwind { list, element } => {
                self.expr(list);
                self.word(" AS ");
                self.slot(*element);
            }
            Op::Union { columns } => {
                self.list(columns, ", ", |writer, (out, ..)| writer.slot(*out));
            }
            Op::HashJoin { keys } => self.join(keys),
            Op::Apply(apply) => self.apply(&apply.kind),
            Op::ProcedureCall(call) => {
                self.word(&call.procedure.name);
                self.arguments(&call.arguments);
            }
            Op::Create(create) => self.create(create),
            Op::Merge(merge) => self.create(&merge.create),
            Op::Set { items } => self.list(items, ", ", Self::change),
            Op::Delete { items, .. } => self.all(items, ", "),
            Op::Foreach(foreach) => {
                self.slot(foreach.element);
                self.word(" IN ");
                self.expr(&foreach.list);
            }
        }
    }

    fn slots(&mut self, slots: &[Slot]) {
        self.list(slots, ", ", |writer, slot| writer.slot(*slot));
    }

    /// `(n:Course)`
    fn node<'a>(&mut self, slot: Option<Slot>, labels: impl Iterator<Item = &'a str>) {
        self.word("(");
        if let Some(slot) = slot.filter(|slot| self.is_named(*slot)) {
            self.slot(slot);
        }
        for label in labels {
            self.word(":");
            self.name(label);
        }
        self.word(")");
    }

    /// `(a)-[r:R]->(b)`
    fn step<Id>(
        &mut self,
        from: Option<Slot>,
        direction: Direction,
        edge: Option<Slot>,
        types: &[Named<Id>],
        length: &str,
        to: Option<Slot>,
    ) {
        self.node(from, std::iter::empty());
        self.word(if direction == Direction::Incoming {
            "<-["
        } else {
            "-["
        });
        if let Some(edge) = edge.filter(|edge| self.is_named(*edge)) {
            self.slot(edge);
        }
        for (position, kind) in types.iter().enumerate() {
            self.word(if position == 0 { ":" } else { "|" });
            self.name(&kind.name);
        }
        self.word(length);
        self.word(if direction == Direction::Outgoing {
            "]->"
        } else {
            "]-"
        });
        self.node(to, std::iter::empty());
    }

    fn arms(&mut self, node: Slot, arms: &[Arm]) {
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

    /// `(a)-[r:R*1..3]->(b)`
    fn trail(&mut self, trail: &Trail) {
        let mut length = format!("*{}..", trail.length.min);
        if let Some(max) = trail.length.max {
            write!(length, "{max}").expect("writing to a string does not fail");
        }
        let (from, to) = (Some(trail.from), Some(trail.to));
        let (edges, types) = (trail.edges, &trail.types);
        self.step(from, trail.direction, edges, types, &length, to);
    }

    fn predicates<'a>(&mut self, predicates: impl Iterator<Item = &'a ElementPredicate>) {
        let predicates: Vec<Expr> = predicates
            .flat_map(|(_, all)| all.iter().cloned())
            .collect();
        if !predicates.is_empty() {
            self.word(" WHERE ");
            self.all(&predicates, " AND ");
        }
    }

    fn seek(&mut self, seek: &IndexSeek) {
        self.node(Some(seek.node), std::iter::once(&*seek.label.name));
        self.word(" WHERE ");
        let property = |writer: &mut Self| {
            if writer.is_named(seek.node) {
                writer.slot(seek.node);
                writer.word(".");
            }
            writer.name(&seek.key.name);
        };
        let compared = |writer: &mut Self, operator: &str, expr: &Expr| {
            property(writer);
            writer.word(operator);
            writer.expr(expr);
        };
        match &seek.lookup {
            Lookup::Equal(expr) => compared(self, " = ", expr),
            Lookup::In(expr) => compared(self, " IN ", expr),
            Lookup::Prefix(expr) => compared(self, " STARTS WITH ", expr),
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

    fn items(&mut self, items: &[(Slot, Expr)]) {
        self.list(items, ", ", |writer, (slot, expr)| writer.item(*slot, expr));
    }

    /// `n.name AS name`
    fn item(&mut self, slot: Slot, expr: &Expr) {
        self.expr(expr);
        self.alias(slot);
    }

    /// ` AS name`, if the slot has a name.
    fn alias(&mut self, slot: Slot) {
        if self.is_named(slot) {
            self.word(" AS ");
            self.slot(slot);
        }
    }

    fn aggregate(&mut self, keys: &[(Slot, Expr)], aggregates: &[(Slot, AggregateCall)]) {
        self.items(keys);
        self.word(if keys.is_empty() || aggregates.is_empty() {
            ""
        } else {
            ", "
        });
        self.list(aggregates, ", ", |writer, (slot, call)| {
            writer.word(call.aggregate.map_or("count", |aggregate| aggregate.name));
            if call.aggregate.is_none() {
                writer.word("(*)");
            } else {
                writer.word(if call.distinct { "(DISTINCT " } else { "(" });
                writer.all(&call.arguments, ", ");
                writer.word(")");
            }
            writer.alias(*slot);
        });
    }

    fn sort(&mut self, keys: &[SortKey]) {
        self.list(keys, ", ", |writer, key| {
            writer.expr(&key.expr);
            writer.word(if key.descending { " DESC" } else { "" });
        });
    }

    fn join(&mut self, keys: &[(Expr, Expr)]) {
        self.list(keys, " AND ", |writer, (left, right)| {
            let same = |slot| matches!(right.kind, ExprKind::Slot(other) if other == slot);
            writer.expr(left);
            if !matches!(left.kind, ExprKind::Slot(slot) if same(slot)) {
                writer.word(" = ");
                writer.expr(right);
            }
        });
    }

    fn apply(&mut self, kind: &ApplyKind) {
        match kind {
            ApplyKind::Inner { adds } | ApplyKind::Optional { adds } => self.slots(adds),
            ApplyKind::Exists(slot) | ApplyKind::Count(slot) => self.slot(*slot),
            ApplyKind::Collect { list, value } => {
                self.slot(if self.has_text(*list) { *list } else { *value });
            }
            ApplyKind::Semi | ApplyKind::Anti | ApplyKind::Effect => {}
        }
    }

    fn create(&mut self, create: &Create) {
        self.list(&create.nodes, ", ", |writer, node| {
            writer.node(Some(node.slot), node.labels.iter().map(|label| &**label));
        });
        let both = !create.nodes.is_empty() && !create.edges.is_empty();
        self.word(if both { ", " } else { "" });
        self.list(&create.edges, ", ", |writer, edge| {
            let kind = [Named {
                name: edge.kind.clone(),
                id: (),
            }];
            let (from, to) = (Some(edge.from), Some(edge.to));
            writer.step(from, Direction::Outgoing, Some(edge.slot), &kind, "", to);
        });
    }

    fn change(&mut self, item: &SetItem) {
        match item {
            SetItem::Property { entity, key, value } => {
                self.operand(entity);
                self.word(".");
                self.name(key);
                self.word(" = ");
                self.expr(value);
            }
            SetItem::Dynamic { entity, key, value } => {
                self.operand(entity);
                self.word("[");
                self.expr(key);
                self.word("] = ");
                self.expr(value);
            }
            SetItem::Map {
                entity,
                value,
                replace,
            } => {
                self.operand(entity);
                self.word(if *replace { " = " } else { " += " });
                self.expr(value);
            }
            SetItem::AddLabels { entity, labels } => {
                self.operand(entity);
                self.labels(labels);
            }
            SetItem::RemoveLabels { entity, labels } => {
                self.word("REMOVE ");
                self.operand(entity);
                self.labels(labels);
            }
        }
    }
}
