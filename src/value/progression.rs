//! Integers at equal distances: a list that takes no memory.

use std::ops::Range;

use crate::{base::Fault, value::bounds::list_length};

/// The integers from a start in steps. The default has no elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progression {
    start: i64,
    step: i64,
    len: usize,
}

impl Progression {
    /// The integers from `start` to `end`, both included, in steps of `step`, which is not 0.
    ///
    /// # Errors
    /// A fault if there are more elements than a list can have.
    pub fn new(start: i64, end: i64, step: i64) -> Result<Self, Fault> {
        let length = (i128::from(end) - i128::from(start)) / i128::from(step) + 1;
        // Division truncates toward zero, so a range against its step would seem to have one element.
        if length <= 0 || (end < start) != (step < 0) && end != start {
            return Ok(Self::default());
        }
        let len = list_length(usize::try_from(length).ok())?;
        Ok(Self { start, step, len })
    }

    /// The number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no elements.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The elements at these positions, which exist.
    pub fn part(&self, positions: Range<usize>) -> impl Iterator<Item = i64> + use<> {
        let Self { start, step, .. } = *self;
        // Every element is between the two bounds, so that no sum exceeds 64 bits.
        positions.map(move |position| start.wrapping_add(step.wrapping_mul(position as i64)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(start: i64, end: i64, step: i64) -> Vec<i64> {
        let progression = Progression::new(start, end, step).unwrap();
        progression.part(0..progression.len()).collect()
    }

    #[test]
    fn both_ends_are_included() {
        assert_eq!(elements(2, 18, 3), [2, 5, 8, 11, 14, 17]);
        assert_eq!(elements(3, 1, -1), [3, 2, 1]);
        assert_eq!(elements(1, 1, -5), [1]);
        assert!(elements(1, 0, 1).is_empty());
        assert!(elements(0, 1, -2).is_empty());
        assert_eq!(
            elements(i64::MIN, i64::MAX, i64::MAX),
            [i64::MIN, -1, i64::MAX - 1]
        );
        assert!(Progression::new(1, i64::MAX, 1).is_err());
    }
}
