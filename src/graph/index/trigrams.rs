//! Text indexes: for each three consecutive bytes, the entities whose string contains them.
//!
//! A substring of at least three bytes is searched by intersecting the sets of its trigrams. The result is a set of
//! candidates, whose strings the caller compares.

use roaring::RoaringBitmap;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::value::Value;

type Trigram = [u8; 3];

/// The entities with a string property, and those with each trigram.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trigrams {
    sets: FxHashMap<Trigram, RoaringBitmap>,
    all: RoaringBitmap,
}

impl Trigrams {
    /// Adds an entity. Does nothing if the value is not a string.
    pub(super) fn insert(&mut self, entity: u32, value: &Value) {
        let Value::String(text) = value else { return };
        self.all.insert(entity);
        for trigram in trigrams(text) {
            self.sets.entry(trigram).or_default().insert(entity);
        }
    }

    /// Removes an entity with the given value.
    pub(super) fn remove(&mut self, entity: u32, value: &Value) {
        let Value::String(text) = value else { return };
        self.all.remove(entity);
        for trigram in trigrams(text) {
            if let Some(set) = self.sets.get_mut(&trigram) {
                set.remove(entity);
                if set.is_empty() {
                    self.sets.remove(&trigram);
                }
            }
        }
    }

    /// The number of distinct trigrams.
    pub(super) fn distinct(&self) -> u64 {
        self.sets.len() as u64
    }

    /// The entities whose string may contain `part`.
    pub(crate) fn candidates(&self, part: &str) -> RoaringBitmap {
        let wanted = trigrams(part);
        if wanted.is_empty() {
            return self.all.clone();
        }
        let sets = wanted.iter().map(|trigram| self.sets.get(trigram));
        let Some(mut sets) = sets.collect::<Option<Vec<_>>>() else {
            return RoaringBitmap::new();
        };
        sets.sort_unstable_by_key(|set| set.len());
        let (first, rest) = sets.split_first().expect("there is a trigram");
        let mut found = (*first).clone();
        for set in rest {
            found &= *set;
        }
        found
    }

    /// Whether both hold the same entities.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.all == other.all && self.sets == other.sets
    }
}

fn trigrams(text: &str) -> FxHashSet<Trigram> {
    let parts = text.as_bytes().windows(3);
    parts.map(|part| [part[0], part[1], part[2]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_contain_every_match() {
        let mut index = Trigrams::default();
        for (entity, text) in ["trauma", "drama", "tram", "au"].into_iter().enumerate() {
            index.insert(entity as u32, &text.into());
        }
        let found = |part: &str| index.candidates(part).iter().collect::<Vec<_>>();
        assert_eq!(found("tra"), [0, 2]);
        assert_eq!(found("rama"), [1]);
        assert_eq!(found("au"), [0, 1, 2, 3]);
        assert_eq!(found("xyz"), [0_u32; 0]);
    }

    #[test]
    fn removing_leaves_nothing_behind() {
        let mut index = Trigrams::default();
        index.insert(1, &"abcabc".into());
        index.insert(1, &Value::Integer(3));
        index.remove(1, &"abcabc".into());
        assert!(index.agrees(&Trigrams::default()));
    }
}
