//! The arguments of operators as `EXPLAIN` prints them, in the notation of the language.

mod pattern;
mod schema;
mod update;

use crate::plan::{
    AggregateCall, ApplyKind, Expr, ExprKind, Op, Plan, ProcedureCall, Slot, SlotNames, SortKey,
    text::Writer,
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

impl Plan {
    /// The columns of the answer: `n, @3 AS total`.
    pub(super) fn answer(&self, names: &SlotNames<'_>) -> String {
        let mut writer = Writer::new(names);
        writer.list(&self.columns, ", ", |writer, column| {
            let hidden = format!("@{}", column.slot.0);
            writer.slot(column.slot);
            if names.name(column.slot).unwrap_or(&hidden) != &*column.name {
                writer.word(" AS ");
                writer.name(&column.name);
            }
        });
        writer.finish()
    }
}

impl Writer<'_> {
    fn details(&mut self, op: &Op) {
        match op {
            Op::Unit | Op::Gather | Op::Eager => {}
            Op::Empty { slots } if self.is_exact() => self.slots(slots),
            Op::Empty { .. } => {}
            Op::Argument { slots, .. } => self.slots(slots),
            Op::Match(pattern) => self.pattern(pattern),
            Op::NodeScan { node, label } => {
                self.node(Some(*node), label.iter().map(|label| &*label.name));
            }
            Op::IndexSeek(seek) => self.seek(seek),
            Op::RelationshipSeek(seek) => self.relationship_seek(seek),
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
                self.predicates(trail.edge_predicate.as_ref(), None);
            }
            Op::FollowList { trail, list } => {
                self.trail(trail);
                self.word(" ALONG ");
                self.slot(*list);
                self.predicates(trail.edge_predicate.as_ref(), None);
            }
            Op::ShortestPath(search) => self.search(search),
            Op::ShortestPathWhere {
                search,
                candidate,
                row,
            } => {
                self.search(search);
                self.exactly(" CANDIDATE", *candidate);
                self.row(*row);
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
                self.list(columns, ", ", |writer, (out, left, right)| {
                    writer.slot(*out);
                    writer.exactly(" =", *left);
                    writer.exactly(" |", *right);
                });
            }
            Op::HashJoin { keys } => self.join(keys),
            Op::Message(message) => self.message(message),
            Op::Apply(apply) => {
                self.apply(&apply.kind);
                self.row(apply.row);
            }
            Op::ProcedureCall(call) => self.call(call),
            Op::Create(create) => self.create(create),
            Op::Merge(merge) => self.merge(merge),
            Op::Set { items } => self.changes(items),
            Op::Delete { items, detach, .. } => {
                let detach = *detach && self.is_exact();
                self.word(if detach { "DETACH " } else { "" });
                self.all(items, ", ");
            }
            Op::Schema { command, .. } => self.schema(command),
            Op::Foreach(foreach) => {
                self.slot(foreach.element);
                self.word(" IN ");
                self.expr(&foreach.list);
                self.row(foreach.row);
            }
        }
    }

    /// A slot that only the exact notation shows, with the text before it.
    fn exactly(&mut self, before: &str, slot: Slot) {
        if self.is_exact() {
            self.word(before);
            self.word(" ");
            self.slot(slot);
        }
    }

    /// `ROW @3`: the slot of the outer row's number.
    fn row(&mut self, row: Slot) {
        let alone = self.is_blank();
        self.exactly(if alone { "ROW" } else { " ROW" }, row);
    }

    fn slots(&mut self, slots: &[Slot]) {
        self.list(slots, ", ", |writer, slot| writer.slot(*slot));
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
            writer.compared(left);
            if !matches!(left.kind, ExprKind::Slot(slot) if same(slot)) {
                writer.word(" = ");
                writer.compared(right);
            }
        });
    }

    /// An operand of a comparison that is no part of a larger expression.
    fn compared(&mut self, expr: &Expr) {
        if self.is_exact() {
            self.operand(expr);
        } else {
            self.expr(expr);
        }
    }

    fn apply(&mut self, kind: &ApplyKind) {
        match kind {
            ApplyKind::Inner { adds } | ApplyKind::Optional { adds } => self.slots(adds),
            ApplyKind::Exists(slot) | ApplyKind::Count(slot) => self.slot(*slot),
            ApplyKind::Collect { list, value } if self.is_exact() => {
                self.slot(*value);
                self.alias(*list);
            }
            ApplyKind::Collect { list, value } => {
                self.slot(if self.has_text(*list) { *list } else { *value });
            }
            ApplyKind::Semi | ApplyKind::Anti | ApplyKind::Effect => {}
        }
    }

    /// `db.labels()`; `db.labels() YIELD label AS n` in the exact notation.
    fn call(&mut self, call: &ProcedureCall) {
        self.word(&call.procedure.name);
        self.arguments(&call.arguments);
        if self.is_exact() && !call.yields.is_empty() {
            self.word(" YIELD ");
            self.list(&call.yields, ", ", |writer, (position, slot)| {
                writer.name(&call.procedure.outputs[*position].name);
                writer.alias(*slot);
            });
        }
    }
}
