//! Which slots matter where: sets of slots, what an operator reads and adds, and what is still needed below it.

use crate::{
    base::Span,
    plan::{Apply, ApplyKind, Create, Expand, Expr, Lookup, Merge, Op, SetItem, Slot, VarExpand},
};

/// A set of slots.
#[derive(Clone, Debug, Default)]
pub struct SlotSet {
    words: Vec<u64>,
}

impl SlotSet {
    /// Puts a slot into the set.
    pub fn insert(&mut self, slot: Slot) {
        let word = slot.index() / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (slot.index() % 64);
    }

    /// Takes a slot out of the set.
    pub fn remove(&mut self, slot: Slot) {
        if let Some(word) = self.words.get_mut(slot.index() / 64) {
            *word &= !(1 << (slot.index() % 64));
        }
    }

    /// Whether the slot is in the set.
    #[must_use]
    pub fn contains(&self, slot: Slot) -> bool {
        self.words
            .get(slot.index() / 64)
            .is_some_and(|word| word >> (slot.index() % 64) & 1 != 0)
    }

    /// Adds every slot of another set.
    pub fn unite(&mut self, other: &Self) {
        if other.words.len() > self.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// Takes out every slot of another set.
    pub fn subtract(&mut self, other: &Self) {
        for (word, less) in self.words.iter_mut().zip(&other.words) {
            *word &= !less;
        }
    }

    /// Leaves only slots of another set.
    pub fn intersect(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (word, also) in self.words.iter_mut().zip(&other.words) {
            *word &= also;
        }
    }

    /// Whether every slot is in the other set.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        let word_of = |at: usize| other.words.get(at).copied().unwrap_or(0);
        let mut words = self.words.iter().enumerate();
        words.all(|(at, word)| word & !word_of(at) == 0)
    }

    /// Whether no slot is in both sets.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let mut words = self.words.iter().zip(&other.words);
        words.all(|(word, twin)| word & twin == 0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// The slots, ascending.
    pub fn iter(&self) -> impl Iterator<Item = Slot> {
        self.words.iter().zip(0_u32..).flat_map(|(word, at)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 != 0)
                .map(move |bit| Slot(at * 64 + bit))
        })
    }
}

impl PartialEq for SlotSet {
    fn eq(&self, other: &Self) -> bool {
        self.is_subset(other) && other.is_subset(self)
    }
}

impl Eq for SlotSet {}

impl Extend<Slot> for SlotSet {
    fn extend<I: IntoIterator<Item = Slot>>(&mut self, slots: I) {
        slots.into_iter().for_each(|slot| self.insert(slot));
    }
}

impl FromIterator<Slot> for SlotSet {
    fn from_iter<I: IntoIterator<Item = Slot>>(slots: I) -> Self {
        let mut set = Self::default();
        set.extend(slots);
        set
    }
}

impl Op {
    /// The slots that this operator adds to the rows of its first input. For operators that begin new rows, all
    /// their slots.
    #[must_use]
    pub fn adds(&self) -> SlotSet {
        match self {
            Self::Unit
            | Self::Filter { .. }
            | Self::Distinct { .. }
            | Self::Sort { .. }
            | Self::TopK { .. }
            | Self::Skip { .. }
            | Self::Limit { .. }
            | Self::Compact { .. }
            | Self::Eager { .. }
            | Self::Set { .. }
            | Self::Delete { .. }
            | Self::Foreach(_)
            | Self::HashJoin(_) => SlotSet::default(),
            Self::Argument { row, slots } => slots.iter().copied().chain([*row]).collect(),
            Self::Match { pattern, .. } => {
                let nodes = pattern
                    .nodes
                    .iter()
                    .filter(|node| !node.bound)
                    .map(|node| node.slot);
                let edges = pattern
                    .edges
                    .iter()
                    .filter(|edge| !edge.bound)
                    .map(|edge| edge.slot);
                nodes.chain(edges).collect()
            }
            Self::NodeScan { node, .. } => [*node].into_iter().collect(),
            Self::IndexSeek(seek) => [seek.node].into_iter().collect(),
            Self::EdgeScan { edge, from, to, .. } => [*edge, *from, *to].into_iter().collect(),
            Self::Expand(expand) => expand.edge.into_iter().chain(expand.to).collect(),
            Self::ExpandInto(expand) => expand.edge.into_iter().collect(),
            Self::Intersect { node, arms, .. } => arms
                .iter()
                .filter_map(|arm| arm.edge)
                .chain([*node])
                .collect(),
            Self::VarExpand(expand) => var_expand_adds(expand),
            Self::Project { items, .. } => items.iter().map(|(slot, _)| *slot).collect(),
            Self::Aggregate {
                keys,
                aggregates,
                partition,
                ..
            } => {
                let keys = keys.iter().map(|(slot, _)| *slot);
                let calls = aggregates.iter().map(|(slot, _)| *slot);
                keys.chain(calls).chain(*partition).collect()
            }
            Self::Unwind { element, .. } => [*element].into_iter().collect(),
            Self::Union(union) => union.columns.iter().map(|(slot, ..)| *slot).collect(),
            Self::Apply(apply) => apply.kind.adds(),
            Self::ProcedureCall(call) => call.yields.iter().map(|(_, slot)| *slot).collect(),
            Self::Create(create) => create.adds(),
            Self::Merge(merge) => merge.adds.iter().copied().collect(),
        }
    }

    /// The slots that this operator reads of the rows of its first input (of both, for [`Op::Union`] and
    /// [`Op::HashJoin`]), those that its inner plan asks for included.
    #[must_use]
    pub fn reads(&self) -> SlotSet {
        let mut read = SlotSet::default();
        match self {
            Self::Match { pattern, .. } => {
                let nodes = pattern
                    .nodes
                    .iter()
                    .filter(|node| node.bound)
                    .map(|node| node.slot);
                let edges = pattern
                    .edges
                    .iter()
                    .filter(|edge| edge.bound)
                    .map(|edge| edge.slot);
                read.extend(nodes.chain(edges));
                self.add_expression_slots(&mut read);
                for need in &pattern.subqueries {
                    read.unite(&need.apply.inner.argument_slots());
                }
                read.subtract(&self.adds());
                for need in &pattern.subqueries {
                    read.subtract(&need.apply.kind.adds());
                }
                read.subtract(
                    &pattern
                        .edges
                        .iter()
                        .filter_map(|edge| Some(edge.step.as_ref()?.0))
                        .collect(),
                );
            }
            Self::Expand(Expand { from, .. }) => read.insert(*from),
            Self::ExpandInto(expand) => read.extend([expand.from].into_iter().chain(expand.to)),
            Self::Intersect { arms, .. } => read.extend(arms.iter().map(|arm| arm.from)),
            Self::VarExpand(expand) => add_var_expand_reads(expand, self, &mut read),
            Self::Distinct { keys, .. } | Self::Compact { keys, .. } => {
                read.extend(keys.iter().copied());
            }
            Self::Aggregate { partition, .. }
            | Self::Skip { partition, .. }
            | Self::Limit { partition, .. } => {
                self.add_expression_slots(&mut read);
                read.extend(*partition);
            }
            Self::Union(union) => read.extend(union.columns.iter().flat_map(|(_, l, r)| [*l, *r])),
            Self::HashJoin(join) => read.extend(join.keys.iter().flat_map(|(l, r)| [*l, *r])),
            Self::Apply(Apply { inner, .. }) => read = inner.argument_slots(),
            Self::Create(create) => create.add_reads(&mut read),
            Self::Merge(merge) => merge.add_reads(&mut read),
            Self::Foreach(foreach) => {
                read = foreach.inner.argument_slots();
                read.remove(foreach.element);
                self.add_expression_slots(&mut read);
            }
            _ => self.add_expression_slots(&mut read),
        }
        read
    }

    /// The slots that the rows of this operator hold.
    #[must_use]
    pub fn fills(&self) -> SlotSet {
        let mut filled = self.adds();
        match self {
            Self::Argument { .. } | Self::Aggregate { .. } | Self::Union(_) => {}
            Self::Compact { keys, .. } => filled.extend(keys.iter().copied()),
            Self::HashJoin(join) => {
                filled.unite(&join.left.fills());
                filled.unite(&join.right.fills());
            }
            _ => {
                if let Some(input) = self.input() {
                    filled.unite(&input.fills());
                }
            }
        }
        filled
    }

    fn add_expression_slots(&self, read: &mut SlotSet) {
        self.each_expression(&mut |expr| expr.add_slots(read));
    }

    /// For each input, in the order of [`Op::each_child`]: the slots that are needed of it if `above` are needed of
    /// this operator.
    #[must_use]
    pub fn needed(&self, above: &SlotSet) -> Vec<SlotSet> {
        match self {
            Self::Unit | Self::Argument { .. } => Vec::new(),
            Self::Aggregate { .. } | Self::Compact { .. } => vec![self.reads()],
            Self::Union(union) => {
                let live = || {
                    union
                        .columns
                        .iter()
                        .filter(|(slot, ..)| above.contains(*slot))
                };
                vec![
                    live().map(|(_, l, _)| *l).collect(),
                    live().map(|(.., r)| *r).collect(),
                ]
            }
            Self::HashJoin(join) => {
                let (mut left, mut right) = (above.clone(), above.clone());
                left.extend(join.keys.iter().map(|(slot, _)| *slot));
                right.extend(join.keys.iter().map(|(_, slot)| *slot));
                vec![left, right]
            }
            Self::Apply(apply) => vec![self.needed_below(above), apply.inner_needs(above)],
            Self::Merge(merge) => {
                let inner = merge.adds.iter().copied().chain([merge.row]).collect();
                vec![self.needed_below(above), inner]
            }
            Self::Foreach(foreach) => {
                vec![
                    self.needed_below(above),
                    [foreach.row].into_iter().collect(),
                ]
            }
            Self::VarExpand(expand) => {
                let inner = expand.passing.iter();
                let inner = inner.map(|passing| [passing.row].into_iter().collect());
                [self.needed_below(above)]
                    .into_iter()
                    .chain(inner)
                    .collect()
            }
            Self::Match { pattern, .. } => {
                let inner = pattern.subqueries.iter().map(|need| {
                    let all = need.apply.kind.adds();
                    need.apply.inner_needs(&all)
                });
                [self.needed_below(above)]
                    .into_iter()
                    .chain(inner)
                    .collect()
            }
            _ => vec![self.needed_below(above)],
        }
    }

    /// What is needed of the rows that the operator extends.
    fn needed_below(&self, above: &SlotSet) -> SlotSet {
        let mut needed = above.clone();
        needed.subtract(&self.adds());
        needed.unite(&self.reads());
        needed
    }
}

impl Lookup {
    /// The slots that are read to know what is looked for.
    #[must_use]
    pub fn slots(&self) -> SlotSet {
        let mut read = SlotSet::default();
        match self {
            Self::Equal(expr) | Self::In(expr) | Self::Prefix(expr) => expr.add_slots(&mut read),
            Self::Range { lower, upper } => {
                let bounds = lower.iter().chain(upper);
                bounds.for_each(|(expr, _)| expr.add_slots(&mut read));
            }
        }
        read
    }
}

impl ApplyKind {
    /// The slots that the apply adds to its outer rows.
    #[must_use]
    pub fn adds(&self) -> SlotSet {
        match self {
            Self::Inner { adds } | Self::Optional { adds } => adds.iter().copied().collect(),
            Self::Exists(slot) | Self::Count(slot) | Self::Collect { list: slot, .. } => {
                [*slot].into_iter().collect()
            }
            Self::Semi | Self::Anti | Self::Effect => SlotSet::default(),
        }
    }
}

impl Apply {
    /// What is needed of the inner rows.
    #[must_use]
    pub fn inner_needs(&self, above: &SlotSet) -> SlotSet {
        let mut needed = match &self.kind {
            ApplyKind::Inner { .. } | ApplyKind::Optional { .. } => {
                let mut adds = self.kind.adds();
                adds.intersect(above);
                adds
            }
            ApplyKind::Collect { value, .. } => [*value].into_iter().collect(),
            ApplyKind::Exists(_)
            | ApplyKind::Count(_)
            | ApplyKind::Semi
            | ApplyKind::Anti
            | ApplyKind::Effect => SlotSet::default(),
        };
        needed.insert(self.row);
        needed
    }
}

impl Create {
    /// The slots that it fills.
    #[must_use]
    pub fn adds(&self) -> SlotSet {
        let nodes = self.nodes.iter().map(|node| node.slot);
        nodes
            .chain(self.edges.iter().map(|edge| edge.slot))
            .collect()
    }

    fn add_reads(&self, read: &mut SlotSet) {
        let mut all: SlotSet = self
            .edges
            .iter()
            .flat_map(|edge| [edge.from, edge.to])
            .collect();
        let nodes = self
            .nodes
            .iter()
            .filter_map(|node| node.properties.as_ref());
        let edges = self
            .edges
            .iter()
            .filter_map(|edge| edge.properties.as_ref());
        nodes.chain(edges).for_each(|expr| expr.add_slots(&mut all));
        all.subtract(&self.adds());
        read.unite(&all);
    }
}

impl Merge {
    fn add_reads(&self, read: &mut SlotSet) {
        let mut all = self.inner.argument_slots();
        self.create.add_reads(&mut all);
        for item in self.on_create.iter().chain(&self.on_match) {
            item.each_expression(&mut |expr: &Expr| expr.add_slots(&mut all));
        }
        all.subtract(&self.adds.iter().copied().collect());
        all.subtract(&self.create.adds());
        read.unite(&all);
    }
}

impl SetItem {
    /// The expression that gives the entity.
    #[must_use]
    pub fn entity(&self) -> &Expr {
        match self {
            Self::Property { entity, .. }
            | Self::Dynamic { entity, .. }
            | Self::Map { entity, .. }
            | Self::AddLabels { entity, .. }
            | Self::RemoveLabels { entity, .. } => entity,
        }
    }

    /// Where the item stands.
    #[must_use]
    pub fn span(&self) -> Span {
        let from = self.entity().span;
        match self {
            Self::Property { value, .. }
            | Self::Dynamic { value, .. }
            | Self::Map { value, .. } => from.to(value.span),
            Self::AddLabels { .. } | Self::RemoveLabels { .. } => from,
        }
    }
}

fn var_expand_adds(expand: &VarExpand) -> SlotSet {
    let to = (!expand.into).then_some(expand.to);
    expand.edges.into_iter().chain(to).collect()
}

fn add_var_expand_reads(expand: &VarExpand, op: &Op, read: &mut SlotSet) {
    op.add_expression_slots(read);
    for (slot, _) in expand.step.iter().chain(&expand.stop) {
        read.remove(*slot);
    }
    if let Some(passing) = &expand.passing {
        let mut inner = passing.inner.argument_slots();
        inner.remove(passing.walk);
        read.unite(&inner);
    }
    read.insert(expand.from);
    read.extend(expand.into.then_some(expand.to));
    read.extend(expand.disjoint.iter().copied());
    read.extend(expand.along);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::Span,
        plan::{ExprKind, Towards},
    };

    fn slots(numbers: &[u32]) -> SlotSet {
        numbers.iter().map(|number| Slot(*number)).collect()
    }

    #[test]
    fn sets_of_slots_do_what_sets_do() {
        let mut set = slots(&[1, 70]);
        assert!(set.contains(Slot(70)) && !set.contains(Slot(7)) && !set.contains(Slot(700)));
        set.remove(Slot(70));
        assert_eq!(set, slots(&[1]));
        set.unite(&slots(&[200]));
        assert_eq!(set.iter().collect::<Vec<_>>(), [Slot(1), Slot(200)]);
        set.intersect(&slots(&[1, 3]));
        assert_eq!(set.len(), 1);
        set.subtract(&slots(&[1]));
        assert!(set.is_empty() && set.is_subset(&slots(&[])));
    }

    #[test]
    fn what_an_operator_adds_is_not_needed_below_it() {
        let op = Op::Expand(Expand {
            input: Box::new(Op::Unit),
            from: Slot(0),
            direction: Towards::Outgoing,
            types: Vec::new(),
            edge: Some(Slot(1)),
            to: Some(Slot(2)),
        });
        assert_eq!(op.needed(&slots(&[2, 3])), [slots(&[0, 3])]);
    }

    #[test]
    fn variables_of_comprehensions_are_not_read_of_the_row() {
        let at = Span::default();
        let expr = Expr::new(
            ExprKind::ListComprehension {
                variable: Slot(5),
                list: Box::new(Expr::slot(Slot(1), at)),
                predicate: None,
                map: Some(Box::new(Expr::new(
                    ExprKind::List(vec![Expr::slot(Slot(5), at), Expr::slot(Slot(2), at)]),
                    at,
                ))),
            },
            at,
        );
        assert_eq!(expr.slots(), slots(&[1, 2]));
    }
}
