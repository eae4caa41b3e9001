//! A property that an operator reads several times for each row is read once, by a projection below it.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::{
    optimize::Planner,
    plan::{Expr, ExprKind, Node, Op, Slot},
    value::{Text, Type},
};

/// The name of a property of the entity in a slot.
type Property = (Slot, Text);

/// The properties in the expressions of an operator, in the order in which they first appear.
#[derive(Default)]
struct Found {
    /// Each with how often it occurs.
    all: Vec<(Property, Expr, usize)>,
    places: FxHashMap<Property, usize>,
}

impl Found {
    /// Counts a property, which is added only if it may begin here.
    fn add(&mut self, property: Property, expr: &Expr, times: usize, begins: bool) {
        match self.places.entry(property) {
            Entry::Occupied(place) => self.all[*place.get()].2 += times,
            Entry::Vacant(place) if begins => {
                let property = place.key().clone();
                place.insert(self.all.len());
                self.all.push((property, expr.clone(), times));
            }
            Entry::Vacant(_) => {}
        }
    }
}

/// Shares the properties that occur several times in the expressions of one operator.
pub(super) fn share_properties(node: Node, planner: &mut Planner<'_>) -> Node {
    if !planner.read_only {
        // Reading an entity that the statement has deleted is an error, which must not be raised early.
        return node;
    }
    node.map_bottom_up(&mut |node| match node.op {
        Op::Filter { .. }
        | Op::Project { .. }
        | Op::Aggregate { .. }
        | Op::Sort { .. }
        | Op::TopK { .. } => share(node, planner),
        _ => node,
    })
}

fn share(mut node: Node, planner: &mut Planner<'_>) -> Node {
    let mut found = Found::default();
    let is_filter = matches!(node.op, Op::Filter { .. });
    for (position, expr) in node.op.expressions().into_iter().enumerate() {
        count(expr, 1, position == 0 || !is_filter, planner, &mut found);
    }
    let mut found = found.all;
    found.retain(|(_, _, times)| *times > 1);
    if !found.is_empty() {
        // Variables of comprehensions are not slots of the rows.
        let filled = node.input().fills();
        found.retain(|((slot, _), ..)| filled.contains(*slot));
    }
    if found.is_empty() {
        return node;
    }
    let mut shared = FxHashMap::default();
    let mut items = Vec::new();
    for (property, expr, _) in found {
        let slot = planner.hidden(Type::ANY);
        shared.insert(property, slot);
        items.push((slot, expr));
    }
    let mut read_shared = |expr: Expr| {
        let property = expr.as_property();
        let property = property.map(|(slot, key)| (slot, Text::clone(&key.name)));
        match property.and_then(|property| shared.get(&property)) {
            Some(slot) => Expr::slot(*slot, expr.span),
            None => expr,
        }
    };
    node.op
        .map_expressions(&mut |expr| expr.map_bottom_up(&mut read_shared));
    let input = node.inputs[0].take();
    let rows = input.rows;
    let mut project = Op::Project { items }.on(input);
    project.rows = rows;
    node.inputs[0] = project;
    node
}

/// Counts the properties in an expression. The body of a comprehension is evaluated many times. A filter evaluates its
/// later predicates for fewer rows, so a property must occur in the first one (`begins`).
fn count(expr: &Expr, times: usize, begins: bool, planner: &Planner<'_>, found: &mut Found) {
    if let Some((slot, key)) = expr.as_property()
        && is_entity(slot, planner)
    {
        found.add((slot, Text::clone(&key.name)), expr, times, begins);
    }
    let inside = match expr.kind {
        ExprKind::ListComprehension { .. }
        | ExprKind::Quantifier { .. }
        | ExprKind::Reduce { .. } => 2,
        _ => times,
    };
    for child in expr.children() {
        count(child, inside, begins, planner, found);
    }
}

/// True if a slot holds a node or a relationship, whose properties can all be read.
fn is_entity(slot: Slot, planner: &Planner<'_>) -> bool {
    let info = planner.slots.get(slot.index());
    info.is_some_and(|info| info.kind.within(Type::NODE.or(Type::RELATIONSHIP)))
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn a_property_is_read_once_per_row() {
        check(
            "share_properties",
            "RETURN x, y\nProject n.a AS x, n.a + 1 AS y\nNodeScan (n)",
            "RETURN x, y\nProject @3 AS x, @3 + 1 AS y\nProject n.a AS @3\nNodeScan (n)",
        );
        keeps(
            "share_properties",
            "RETURN x, y\nProject n.a AS x, n.b AS y\nNodeScan (n)",
        );
    }

    #[test]
    fn a_property_is_read_once_for_all_elements() {
        check(
            "share_properties",
            "RETURN x\nProject [i IN [1, 2] | i + n.a] AS x\nNodeScan (n)",
            "RETURN x\nProject [i IN [1, 2] | i + @3] AS x\nProject n.a AS @3\nNodeScan (n)",
        );
    }

    #[test]
    fn a_later_predicate_reads_for_fewer_rows() {
        keeps(
            "share_properties",
            "RETURN n\nFilter n.b = 1 AND (n.a > 1) AND (n.a < 3)\nNodeScan (n)",
        );
    }
}
