//! The distinct strings of a column: code = position.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::value::Text;

/// Strings numbered in the order in which they came. May hold strings that no slot uses any more.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    texts: IndexSet<Text, FxBuildHasher>,
}

impl Dictionary {
    /// The code of a string, if it is there.
    #[must_use]
    pub fn code(&self, text: &str) -> Option<u32> {
        self.texts
            .get_index_of(text)
            .and_then(|at| u32::try_from(at).ok())
    }

    /// The string of a code.
    ///
    /// # Panics
    /// If the code is of another dictionary.
    #[inline]
    #[must_use]
    pub fn text(&self, code: u32) -> &Text {
        &self.texts[code as usize]
    }

    /// How many codes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is no string.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Every string, in the order of codes.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &Text> + Clone {
        self.texts.iter()
    }

    /// Makes room for so many more strings.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.texts.reserve(more);
    }

    /// The code of a string, which is added if it is not there.
    pub(crate) fn intern(&mut self, text: &Text) -> u32 {
        let at = self.texts.insert_full(Text::clone(text)).0;
        u32::try_from(at).expect("a column has fewer strings than ids")
    }
}
