//! The distinct strings of a column; the code of a string is its position.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::value::Text;

/// Strings, numbered in insertion order. May contain strings that no slot uses any more.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    texts: IndexSet<Text, FxBuildHasher>,
}

impl FromIterator<Text> for Dictionary {
    fn from_iter<I: IntoIterator<Item = Text>>(texts: I) -> Self {
        Self {
            texts: texts.into_iter().collect(),
        }
    }
}

impl Dictionary {
    /// The code of a string, or `None` if it is absent.
    #[must_use]
    pub fn code(&self, text: &str) -> Option<u32> {
        self.texts
            .get_index_of(text)
            .and_then(|at| u32::try_from(at).ok())
    }

    /// The string of a code.
    ///
    /// # Panics
    /// If the code is from another dictionary.
    #[inline]
    #[must_use]
    pub fn text(&self, code: u32) -> &Text {
        &self.texts[code as usize]
    }

    /// The number of codes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are no strings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Every string, in code order.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &Text> + Clone {
        self.texts.iter()
    }

    /// Reserves room for `more` strings.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.texts.reserve(more);
    }

    /// The code of a string, which is added if it is not there.
    ///
    /// # Panics
    /// If there are more strings than 32 bits can number.
    pub fn intern(&mut self, text: &Text) -> u32 {
        let at = self.texts.insert_full(Text::clone(text)).0;
        u32::try_from(at).expect("a column has fewer strings than ids")
    }
}
