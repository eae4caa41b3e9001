//! A dense set of positions, one bit each: the validity bitmap of a column.

use std::ops::Range;

/// A set of positions in 64-bit words. Positions beyond the last word are not in the set.
#[derive(Clone, Debug, Default)]
pub struct Bitmap {
    words: Vec<u64>,
}

impl From<Vec<u64>> for Bitmap {
    /// The set of the bits of the words.
    fn from(words: Vec<u64>) -> Self {
        Self { words }
    }
}

impl Bitmap {
    /// The positions below `len`.
    #[must_use]
    pub fn ones(len: usize) -> Self {
        let mut words = vec![u64::MAX; len.div_ceil(64)];
        if !len.is_multiple_of(64)
            && let Some(last) = words.last_mut()
        {
            *last = (1 << (len % 64)) - 1;
        }
        Self { words }
    }

    /// The positions that are in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let words = self.words.iter().zip(&other.words);
        words.map(|(a, b)| a & b).collect::<Vec<_>>().into()
    }

    /// Whether the position is in the set.
    #[inline]
    #[must_use]
    pub fn get(&self, at: usize) -> bool {
        self.words
            .get(at / 64)
            .is_some_and(|word| word >> (at % 64) & 1 != 0)
    }

    /// The words; position 0 is the lowest bit of the first word.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The number of positions in the set.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// The positions in the set, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.words
            .iter()
            .enumerate()
            .flat_map(|(at, &word)| Ones(word).map(move |bit| at * 64 + bit))
    }

    /// The number of positions of `range` that are in the set.
    #[must_use]
    pub fn count_within(&self, range: Range<usize>) -> usize {
        let end = range.end.min(self.words.len() * 64);
        let words = range.start / 64..end.div_ceil(64);
        let within = |at: usize| {
            let low = u64::MAX << range.start.saturating_sub(at * 64);
            let high = u64::MAX >> ((at + 1) * 64).saturating_sub(end);
            (self.words[at] & low & high).count_ones() as usize
        };
        words.map(within).sum()
    }

    /// Adds a position. Returns true if it was absent.
    pub(crate) fn insert(&mut self, at: usize) -> bool {
        if at / 64 >= self.words.len() {
            self.words.resize(at / 64 + 1, 0);
        }
        let word = &mut self.words[at / 64];
        let fresh = *word >> (at % 64) & 1 == 0;
        *word |= 1 << (at % 64);
        fresh
    }

    /// Removes a position. Returns true if it was present.
    pub(crate) fn remove(&mut self, at: usize) -> bool {
        let had = self.get(at);
        if had {
            self.words[at / 64] &= !(1 << (at % 64));
        }
        had
    }

    /// Moves every position up by 64 × `words`.
    pub(crate) fn shift(&mut self, words: usize) {
        self.words.splice(0..0, std::iter::repeat_n(0, words));
    }
}

/// The set bit positions of one word, in ascending order.
struct Ones(u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_within_a_range_are_counted() {
        let mut set = Bitmap::default();
        (0..300).step_by(3).for_each(|at| {
            set.insert(at);
        });
        for (start, end) in [
            (0, 0),
            (0, 1),
            (1, 3),
            (60, 70),
            (64, 128),
            (63, 193),
            (5, 3),
            (90, 9_000),
            (700, 800),
        ] {
            let slow = (start..end).filter(|at| set.get(*at)).count();
            assert_eq!(set.count_within(start..end), slow, "{start}..{end}");
        }
    }

    #[test]
    fn positions_go_in_and_out_and_move() {
        let mut set = Bitmap::default();
        assert!(set.insert(3) && set.insert(70) && !set.insert(3));
        assert!(set.get(70) && !set.get(71) && !set.get(7_000));
        set.shift(1);
        assert_eq!(set.iter().collect::<Vec<_>>(), [67, 134]);
        assert!(set.remove(67) && !set.remove(67) && !set.remove(9_999));
        assert_eq!(set.count(), 1);
    }
}
