//! Partners: two nodes that are both counted although they, or the relationships to them, must differ.
//!
//! The number of pairs that differ is the product of two messages without the number of pairs that are the same.

use crate::{
    base::CompareOp,
    optimize::pattern::{
        elements::{Elements, members},
        lookup::label_of,
        problem::{Form, Problem},
        shape::{Partner, Shape},
    },
    plan::{ExprKind, Same},
};

impl Problem<'_> {
    /// The branch that also counts the node that its target, or its arm, must differ from; `None` if it cannot be counted.
    pub(super) fn with_partner(&self, shape: &Shape) -> Option<Shape> {
        let arm = members(shape.arms).next()?;
        if shape.arms.count_ones() != 1 {
            return None;
        }
        let partner = match shape.requires.edges {
            0 => self.different_node(shape)?,
            rivals => self.different_edge(rivals)?,
        };
        let expected = match partner.same {
            Same::Node => 0,
            Same::Edge => 1 << arm,
        };
        let edge = &self.edges[partner.arm];
        let (source, _) = edge.towards(partner.node);
        let adds = Elements::node(partner.node).plus(Elements::edge(partner.arm));
        let is_leaf = self.nodes[partner.node].edges == 1 << partner.arm && source != partner.node;
        let is_free = self.held.plus(self.bound).is_disjoint(adds)
            && !(self.edges.iter()).any(|edge| !edge.reads.elements.is_disjoint(adds));
        let fits = is_leaf
            && is_free
            && edge.form == Form::Plain
            && edge.rivals == expected
            && !shape.inside.has_node(source)
            && shape.adds().is_disjoint(adds)
            && self.counts_once(&partner, adds);
        if !fits {
            return None;
        }
        let mut shape = shape.clone();
        let kept = |position: &usize| Some(*position) != partner.condition;
        shape.exceptions.retain(kept);
        shape.requires = self.sources(&shape).plus(Elements::node(source));
        shape.partner = Some(partner);
        Some(shape)
    }

    /// The node of an exception `target <> node`.
    fn different_node(&self, shape: &Shape) -> Option<Partner> {
        let target = self.node_slot(shape.target);
        shape.exceptions.iter().find_map(|position| {
            let ExprKind::Compare(CompareOp::NotEqual, left, right) =
                &self.predicate(*position).kind
            else {
                return None;
            };
            let other = if left.as_slot() == Some(target) {
                right.as_slot()
            } else {
                left.as_slot()
            };
            let node = self.node_at(other?)?;
            let arm = members(self.nodes[node].edges).next()?;
            Some(Partner {
                node,
                arm,
                same: Same::Node,
                condition: Some(*position),
            })
        })
    }

    /// The node at an end of the only rival of an arm.
    fn different_edge(&self, rivals: u128) -> Option<Partner> {
        let arm = members(rivals).next()?;
        let edge = &self.edges[arm];
        let ends = [edge.from, edge.to];
        let leaf = ends
            .into_iter()
            .find(|end| self.nodes[*end].edges == 1 << arm);
        (rivals.count_ones() == 1).then_some(Partner {
            node: leaf?,
            arm,
            same: Same::Edge,
            condition: None,
        })
    }

    /// True if no condition but that of the partner reads it, apart from labels that its relationship implies.
    fn counts_once(&self, partner: &Partner, adds: Elements) -> bool {
        let slot = self.node_slot(partner.node);
        let mut conditions = self.conditions.iter().enumerate();
        conditions.all(|(position, condition)| {
            condition.reads.elements.is_disjoint(adds)
                || partner.condition == Some(position)
                || condition.reads.elements == Elements::node(partner.node)
                    && label_of(self.predicate(position), slot)
                        .is_some_and(|label| self.implies(partner.arm, partner.node, label.id))
        })
    }
}
