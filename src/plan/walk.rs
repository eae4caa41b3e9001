//! Traversal of expressions: the expressions of operator parameters, and the children of an expression.
//!
//! Only this file and `op` list every variant to reach the expressions in it. Rust cannot abstract over shared and
//! mutable references, so each list occurs twice, in the same order.

use crate::plan::{Create, Expr, ExprKind, Lookup, MapItem, SetItem, Slot, SlotSet};

type Visit<'v, T> = &'v mut dyn FnMut(T);

impl Lookup {
    /// The expressions of the values to find.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let (first, second) = match self {
            Self::Equal(expr) | Self::In(expr) | Self::Prefix(expr) => (Some(expr), None),
            Self::Range { lower, upper } => (
                lower.as_ref().map(|(expr, _)| expr),
                upper.as_ref().map(|(expr, _)| expr),
            ),
        };
        first.into_iter().chain(second)
    }

    pub(super) fn expressions_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        let (first, second) = match self {
            Self::Equal(expr) | Self::In(expr) | Self::Prefix(expr) => (Some(expr), None),
            Self::Range { lower, upper } => (
                lower.as_mut().map(|(expr, _)| expr),
                upper.as_mut().map(|(expr, _)| expr),
            ),
        };
        first.into_iter().chain(second)
    }
}

impl Create {
    /// The property maps of nodes and relationships.
    pub fn properties(&self) -> impl Iterator<Item = &Expr> {
        let nodes = self.nodes.iter().map(|node| &node.properties);
        let edges = self.edges.iter().map(|edge| &edge.properties);
        nodes.chain(edges).flatten()
    }

    pub(super) fn properties_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        let nodes = self.nodes.iter_mut().map(|node| &mut node.properties);
        let edges = self.edges.iter_mut().map(|edge| &mut edge.properties);
        nodes.chain(edges).flatten()
    }
}

impl SetItem {
    /// Visits the expressions of the item.
    pub fn each_expression<'a>(&'a self, visit: Visit<'_, &'a Expr>) {
        match self {
            Self::Property { entity, value, .. } | Self::Map { entity, value, .. } => {
                visit(entity);
                visit(value);
            }
            Self::Dynamic { entity, key, value } => {
                visit(entity);
                visit(key);
                visit(value);
            }
            Self::AddLabels { entity, .. } | Self::RemoveLabels { entity, .. } => visit(entity),
        }
    }

    pub(super) fn each_expression_mut<'a>(&'a mut self, visit: Visit<'_, &'a mut Expr>) {
        match self {
            Self::Property { entity, value, .. } | Self::Map { entity, value, .. } => {
                visit(entity);
                visit(value);
            }
            Self::Dynamic { entity, key, value } => {
                visit(entity);
                visit(key);
                visit(value);
            }
            Self::AddLabels { entity, .. } | Self::RemoveLabels { entity, .. } => visit(entity),
        }
    }
}

impl Expr {
    /// Visits the children of the expression.
    pub fn each_child<'a>(&'a self, visit: Visit<'_, &'a Self>) {
        match &self.kind {
            ExprKind::Constant(_)
            | ExprKind::Parameter(_)
            | ExprKind::Slot(_)
            | ExprKind::Path { .. }
            | ExprKind::Disjoint(..)
            | ExprKind::HasEdge { .. } => {}
            ExprKind::Property(inner, _)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsNull(inner)
            | ExprKind::IsNotNull(inner)
            | ExprKind::IsLive(inner)
            | ExprKind::HasLabels(inner, _) => visit(inner),
            ExprKind::Index(left, right)
            | ExprKind::Xor(left, right)
            | ExprKind::Arithmetic(_, left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::In(left, right)
            | ExprKind::String(_, left, right) => {
                visit(left);
                visit(right);
            }
            ExprKind::Slice(list, from, to) => {
                visit(list);
                from.iter().chain(to).for_each(|bound| visit(bound));
            }
            ExprKind::And(items)
            | ExprKind::Or(items)
            | ExprKind::List(items)
            | ExprKind::Call(_, items) => items.iter().for_each(visit),
            ExprKind::Map(entries) => entries.iter().for_each(|(_, expr)| visit(expr)),
            ExprKind::MapProjection(base, items) => {
                visit(base);
                for item in items {
                    match item {
                        MapItem::All | MapItem::Property(_) => {}
                        MapItem::Entry(_, expr) => visit(expr),
                    }
                }
            }
            ExprKind::ListComprehension {
                list,
                predicate,
                map,
                ..
            } => {
                visit(list);
                predicate.iter().chain(map).for_each(|expr| visit(expr));
            }
            ExprKind::Quantifier {
                list, predicate, ..
            } => {
                visit(list);
                visit(predicate);
            }
            ExprKind::Reduce {
                init, list, body, ..
            } => {
                visit(init);
                visit(list);
                visit(body);
            }
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                operand.iter().for_each(|expr| visit(expr));
                for (when, then) in branches {
                    visit(when);
                    visit(then);
                }
                otherwise.iter().for_each(|expr| visit(expr));
            }
        }
    }

    /// Visits the children of the expression to change them.
    pub fn each_child_mut<'a>(&'a mut self, visit: Visit<'_, &'a mut Self>) {
        match &mut self.kind {
            ExprKind::Constant(_)
            | ExprKind::Parameter(_)
            | ExprKind::Slot(_)
            | ExprKind::Path { .. }
            | ExprKind::Disjoint(..)
            | ExprKind::HasEdge { .. } => {}
            ExprKind::Property(inner, _)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsNull(inner)
            | ExprKind::IsNotNull(inner)
            | ExprKind::IsLive(inner)
            | ExprKind::HasLabels(inner, _) => visit(inner),
            ExprKind::Index(left, right)
            | ExprKind::Xor(left, right)
            | ExprKind::Arithmetic(_, left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::In(left, right)
            | ExprKind::String(_, left, right) => {
                visit(left);
                visit(right);
            }
            ExprKind::Slice(list, from, to) => {
                visit(list);
                from.iter_mut().chain(to).for_each(|bound| visit(bound));
            }
            ExprKind::And(items)
            | ExprKind::Or(items)
            | ExprKind::List(items)
            | ExprKind::Call(_, items) => items.iter_mut().for_each(visit),
            ExprKind::Map(entries) => entries.iter_mut().for_each(|(_, expr)| visit(expr)),
            ExprKind::MapProjection(base, items) => {
                visit(base);
                for item in items {
                    match item {
                        MapItem::All | MapItem::Property(_) => {}
                        MapItem::Entry(_, expr) => visit(expr),
                    }
                }
            }
            ExprKind::ListComprehension {
                list,
                predicate,
                map,
                ..
            } => {
                visit(list);
                predicate.iter_mut().chain(map).for_each(|expr| visit(expr));
            }
            ExprKind::Quantifier {
                list, predicate, ..
            } => {
                visit(list);
                visit(predicate);
            }
            ExprKind::Reduce {
                init, list, body, ..
            } => {
                visit(init);
                visit(list);
                visit(body);
            }
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                operand.iter_mut().for_each(|expr| visit(expr));
                for (when, then) in branches {
                    visit(when);
                    visit(then);
                }
                otherwise.iter_mut().for_each(|expr| visit(expr));
            }
        }
    }

    /// Visits the expression and all its descendants in pre-order.
    pub fn each<'a>(&'a self, visit: Visit<'_, &'a Self>) {
        visit(self);
        self.each_child(&mut |child| child.each(visit));
    }

    /// True if a test holds for the expression or a descendant.
    #[must_use]
    pub fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        let mut found = false;
        self.each(&mut |expr| found |= test(expr));
        found
    }

    /// Replaces the expression and its descendants by the results of `change`, children first.
    #[must_use]
    pub fn map_bottom_up(mut self, change: &mut dyn FnMut(Self) -> Self) -> Self {
        self.each_child_mut(&mut |child| {
            let span = child.span;
            let taken = std::mem::replace(child, Self::constant(false, span));
            *child = taken.map_bottom_up(change);
        });
        change(self)
    }

    /// The slots of the row that the expression reads, without the variables of its own comprehensions.
    #[must_use]
    pub fn slots(&self) -> SlotSet {
        let mut found = SlotSet::default();
        self.add_slots(&mut found);
        found
    }

    /// Adds the slots of the row that the expression reads.
    pub fn add_slots(&self, found: &mut SlotSet) {
        let mut own = SlotSet::default();
        if !self.any(&|expr| expr.variables().next().is_some()) {
            self.each(&mut |expr| expr.note_slots(found, &mut own));
            return;
        }
        let mut read = SlotSet::default();
        self.each(&mut |expr| expr.note_slots(&mut read, &mut own));
        // Every slot belongs to one variable of the statement, so a variable bound inside is not read outside.
        read.subtract(&own);
        found.unite(&read);
    }

    fn note_slots(&self, read: &mut SlotSet, own: &mut SlotSet) {
        match &self.kind {
            ExprKind::Slot(slot) => read.insert(*slot),
            ExprKind::Path { start, steps } => {
                read.insert(*start);
                read.extend(steps.iter().flat_map(|step| [step.edge, step.node]));
            }
            ExprKind::Disjoint(a, b) => read.extend([*a, *b]),
            ExprKind::HasEdge { from, to, .. } => read.extend([*from, *to]),
            _ => own.extend(self.variables()),
        }
    }

    /// The slots of the variables that the expression itself binds.
    fn variables(&self) -> impl Iterator<Item = Slot> {
        let (first, second) = match &self.kind {
            ExprKind::ListComprehension { variable, .. }
            | ExprKind::Quantifier { variable, .. } => (Some(*variable), None),
            ExprKind::Reduce {
                accumulator,
                variable,
                ..
            } => (Some(*accumulator), Some(*variable)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }
}

impl Expr {
    /// True if the form of the expression makes its value a boolean or null.
    #[must_use]
    pub fn is_predicate(&self) -> bool {
        matches!(
            self.kind,
            ExprKind::Not(_)
                | ExprKind::And(_)
                | ExprKind::Or(_)
                | ExprKind::Xor(..)
                | ExprKind::Compare(..)
                | ExprKind::In(..)
                | ExprKind::String(..)
                | ExprKind::IsNull(_)
                | ExprKind::IsNotNull(_)
                | ExprKind::IsLive(_)
                | ExprKind::HasLabels(..)
                | ExprKind::Quantifier { .. }
                | ExprKind::Disjoint(..)
                | ExprKind::HasEdge { .. }
        )
    }
}
