//! Bit sets of slots.

use fixedbitset::FixedBitSet;

use crate::plan::Slot;

/// A set of slots; its size is that of the greatest slot ever inserted.
#[derive(Clone, Debug, Default)]
pub struct SlotSet(FixedBitSet);

impl SlotSet {
    /// A set of one slot.
    #[must_use]
    pub fn one(slot: Slot) -> Self {
        [slot].into_iter().collect()
    }

    /// Adds a slot.
    pub fn insert(&mut self, slot: Slot) {
        self.0.grow_and_insert(slot.index());
    }

    /// Removes a slot.
    pub fn remove(&mut self, slot: Slot) {
        if slot.index() < self.0.len() {
            self.0.remove(slot.index());
        }
    }

    /// True if the slot is in the set.
    #[must_use]
    pub fn contains(&self, slot: Slot) -> bool {
        self.0.contains(slot.index())
    }

    /// Adds every slot of another set.
    pub fn unite(&mut self, other: &Self) {
        self.0.union_with(&other.0);
    }

    /// Removes every slot of another set.
    pub fn subtract(&mut self, other: &Self) {
        self.0.difference_with(&other.0);
    }

    /// Removes every slot that is not in another set.
    pub fn intersect(&mut self, other: &Self) {
        self.0.intersect_with(&other.0);
    }

    /// True if every slot is in the other set.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// True if no slot is in both sets.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.0.is_disjoint(&other.0)
    }

    /// True if the set has no slots.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_clear()
    }

    /// The number of slots.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    /// The slots, ascending.
    pub fn iter(&self) -> impl Iterator<Item = Slot> {
        // Slots are 32-bit numbers, so the cast loses no bits.
        self.0.ones().map(|position| Slot(position as u32))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(numbers: &[u32]) -> SlotSet {
        numbers.iter().map(|number| Slot(*number)).collect()
    }

    #[test]
    fn sets_of_different_capacities_compare_by_their_slots() {
        let mut set = slots(&[1, 70]);
        assert!(set.contains(Slot(70)) && !set.contains(Slot(7)) && !set.contains(Slot(700)));
        set.remove(Slot(70));
        set.remove(Slot(700));
        assert_eq!(set, slots(&[1]));
        set.unite(&slots(&[200]));
        assert_eq!(set.iter().collect::<Vec<_>>(), [Slot(1), Slot(200)]);
        set.intersect(&slots(&[1, 3]));
        assert_eq!(set.len(), 1);
        assert!(slots(&[200]).is_disjoint(&set) && !slots(&[1, 200]).is_disjoint(&set));
        set.subtract(&slots(&[1]));
        assert!(set.is_empty() && set.is_subset(&slots(&[])));
    }
}
