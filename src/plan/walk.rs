//! Traversal of expressions: the expressions of operator parameters, and the children of an expression.
//!
//! Only this file and `op` list every variant to reach the expressions in it. Rust cannot abstract over shared and mutable
//! references, so each list occurs twice, in the same order.

use crate::{
    function::Purity,
    plan::{Create, Expr, ExprKind, Lookup, MapItem, Probe, SetItem, Slot, SlotSet},
};

impl Probe {
    /// True if computing a value to find may fail. The predicate is then kept above the lookup, which finds all entities
    /// for rows whose value cannot be computed: these rows may have no other partner, or be dropped for another reason.
    #[must_use]
    pub fn may_fail(&self) -> bool {
        !self.expressions().into_iter().all(Expr::is_simple)
    }

    /// The expressions of the values to find: those of the known keys, then those of the lookup.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        let known = self.known.iter().map(|(_, expr)| expr);
        known.chain(self.lookup.expressions()).collect()
    }

    pub(super) fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        let known = self.known.iter_mut().map(|(_, expr)| expr);
        known.chain(self.lookup.expressions_mut()).collect()
    }
}

impl Lookup {
    fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Equal(expr)
            | Self::In(expr)
            | Self::Prefix(expr)
            | Self::Suffix(expr)
            | Self::Part(expr) => vec![expr],
            Self::Range { lower, upper } => {
                let bounds = lower.iter().chain(upper);
                bounds.map(|(expr, _)| expr).collect()
            }
        }
    }

    fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::Equal(expr)
            | Self::In(expr)
            | Self::Prefix(expr)
            | Self::Suffix(expr)
            | Self::Part(expr) => vec![expr],
            Self::Range { lower, upper } => {
                let bounds = lower.iter_mut().chain(upper);
                bounds.map(|(expr, _)| expr).collect()
            }
        }
    }
}

impl Create {
    /// The property maps of nodes and relationships.
    pub fn properties(&self) -> impl Iterator<Item = &Expr> {
        let nodes = self.nodes.iter().map(|node| &node.properties);
        let edges = self.edges.iter().map(|edge| &edge.properties);
        nodes.chain(edges).flatten()
    }

    /// The expressions of labels, types and properties.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let nodes = (self.nodes.iter()).flat_map(|node| node.names.iter().chain(&node.properties));
        let edges = self.edges.iter();
        let edges =
            edges.flat_map(|edge| edge.kind.expression().into_iter().chain(&edge.properties));
        nodes.chain(edges)
    }

    pub(super) fn expressions_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        let nodes = self.nodes.iter_mut();
        let nodes = nodes.flat_map(|node| node.names.iter_mut().chain(&mut node.properties));
        let edges = self.edges.iter_mut().flat_map(|edge| {
            let name = edge.kind.expression_mut().into_iter();
            name.chain(&mut edge.properties)
        });
        nodes.chain(edges)
    }
}

impl SetItem {
    /// The expressions of the item.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Property { entity, value, .. } | Self::Map { entity, value, .. } => {
                vec![entity, value]
            }
            Self::Dynamic { entity, key, value } => vec![entity, key, value],
            Self::DynamicLabels { entity, names, .. } => vec![entity, names],
            Self::AddLabels { entity, .. } | Self::RemoveLabels { entity, .. } => vec![entity],
        }
    }

    pub(super) fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::Property { entity, value, .. } | Self::Map { entity, value, .. } => {
                vec![entity, value]
            }
            Self::Dynamic { entity, key, value } => vec![entity, key, value],
            Self::DynamicLabels { entity, names, .. } => vec![entity, names],
            Self::AddLabels { entity, .. } | Self::RemoveLabels { entity, .. } => vec![entity],
        }
    }
}

impl MapItem {
    fn expression(&self) -> Option<&Expr> {
        match self {
            Self::All | Self::Property(_) => None,
            Self::Entry(_, expr) => Some(expr),
        }
    }

    fn expression_mut(&mut self) -> Option<&mut Expr> {
        match self {
            Self::All | Self::Property(_) => None,
            Self::Entry(_, expr) => Some(expr),
        }
    }
}

impl Expr {
    /// The children of the expression.
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Constant(_)
            | ExprKind::Parameter(_)
            | ExprKind::Slot(_)
            | ExprKind::Path { .. }
            | ExprKind::Disjoint(..)
            | ExprKind::HasEdge { .. } => Vec::new(),
            ExprKind::Property(inner, _)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsNull(inner)
            | ExprKind::IsNotNull(inner)
            | ExprKind::IsLive(inner)
            | ExprKind::HasLabels(inner, _)
            | ExprKind::IsTyped(inner, _)
            | ExprKind::Cast(inner, _) => vec![inner],
            ExprKind::Index(left, right)
            | ExprKind::Xor(left, right)
            | ExprKind::Arithmetic(_, left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::In(left, right)
            | ExprKind::String(_, left, right)
            | ExprKind::Quantifier {
                list: left,
                predicate: right,
                ..
            } => vec![left, right],
            ExprKind::And(items)
            | ExprKind::Or(items)
            | ExprKind::List(items)
            | ExprKind::Call(_, items) => items.iter().collect(),
            ExprKind::Map(entries) => entries.iter().map(|(_, expr)| expr).collect(),
            ExprKind::MapProjection(base, items) => {
                let entries = items.iter().filter_map(MapItem::expression);
                [&**base].into_iter().chain(entries).collect()
            }
            ExprKind::Slice(list, one, other)
            | ExprKind::ListComprehension {
                list,
                predicate: one,
                map: other,
                ..
            } => {
                let others = one.iter().chain(other);
                [list]
                    .into_iter()
                    .chain(others)
                    .map(|expr| &**expr)
                    .collect()
            }
            ExprKind::Reduce {
                init,
                list,
                body,
                test,
                ..
            } => [&**init, &**list, &**body]
                .into_iter()
                .chain(test.as_deref())
                .collect(),
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                let operand = operand.as_deref().into_iter();
                let branches = branches.iter().flat_map(|(when, then)| [when, then]);
                operand
                    .chain(branches)
                    .chain(otherwise.as_deref())
                    .collect()
            }
        }
    }

    fn children_mut(&mut self) -> Vec<&mut Self> {
        match &mut self.kind {
            ExprKind::Constant(_)
            | ExprKind::Parameter(_)
            | ExprKind::Slot(_)
            | ExprKind::Path { .. }
            | ExprKind::Disjoint(..)
            | ExprKind::HasEdge { .. } => Vec::new(),
            ExprKind::Property(inner, _)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsNull(inner)
            | ExprKind::IsNotNull(inner)
            | ExprKind::IsLive(inner)
            | ExprKind::HasLabels(inner, _)
            | ExprKind::IsTyped(inner, _)
            | ExprKind::Cast(inner, _) => vec![inner],
            ExprKind::Index(left, right)
            | ExprKind::Xor(left, right)
            | ExprKind::Arithmetic(_, left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::In(left, right)
            | ExprKind::String(_, left, right)
            | ExprKind::Quantifier {
                list: left,
                predicate: right,
                ..
            } => vec![left, right],
            ExprKind::And(items)
            | ExprKind::Or(items)
            | ExprKind::List(items)
            | ExprKind::Call(_, items) => items.iter_mut().collect(),
            ExprKind::Map(entries) => entries.iter_mut().map(|(_, expr)| expr).collect(),
            ExprKind::MapProjection(base, items) => {
                let entries = items.iter_mut().filter_map(MapItem::expression_mut);
                [&mut **base].into_iter().chain(entries).collect()
            }
            ExprKind::Slice(list, one, other)
            | ExprKind::ListComprehension {
                list,
                predicate: one,
                map: other,
                ..
            } => {
                let others = one.iter_mut().chain(other);
                [list]
                    .into_iter()
                    .chain(others)
                    .map(|expr| &mut **expr)
                    .collect()
            }
            ExprKind::Reduce {
                init,
                list,
                body,
                test,
                ..
            } => [&mut **init, &mut **list, &mut **body]
                .into_iter()
                .chain(test.as_deref_mut())
                .collect(),
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                let operand = operand.as_deref_mut().into_iter();
                let branches = branches.iter_mut().flat_map(|(when, then)| [when, then]);
                operand
                    .chain(branches)
                    .chain(otherwise.as_deref_mut())
                    .collect()
            }
        }
    }

    /// Replaces the expression by the result of `change`.
    pub(super) fn replace(&mut self, change: &mut dyn FnMut(Self) -> Self) {
        let taken = std::mem::replace(self, Self::constant(false, self.span));
        *self = change(taken);
    }

    /// Visits the expression and all its descendants in pre-order.
    pub fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        for child in self.children() {
            child.each(visit);
        }
    }

    /// True if a test holds for the expression or a descendant.
    #[must_use]
    pub fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        let mut found = false;
        self.each(&mut |expr| found |= test(expr));
        found
    }

    /// Whether the expression is a slot, a constant, a parameter, a property of a slot, or a list of these.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        match &self.kind {
            ExprKind::Slot(_) | ExprKind::Constant(_) | ExprKind::Parameter(_) => true,
            ExprKind::List(items) => items.iter().all(Self::is_simple),
            _ => self.as_property().is_some(),
        }
    }

    /// True if the expression or a descendant draws a random number.
    #[must_use]
    pub fn draws(&self) -> bool {
        self.any(&|expr| {
            matches!(&expr.kind, ExprKind::Call(function, _) if function.purity == Purity::Volatile)
        })
    }

    /// Replaces the expression and its descendants by the results of `change`, children first.
    #[must_use]
    pub fn map_bottom_up(mut self, change: &mut dyn FnMut(Self) -> Self) -> Self {
        for child in self.children_mut() {
            child.replace(&mut |child| child.map_bottom_up(change));
        }
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
                | ExprKind::IsTyped(..)
                | ExprKind::Quantifier { .. }
                | ExprKind::Disjoint(..)
                | ExprKind::HasEdge { .. }
        )
    }
}
