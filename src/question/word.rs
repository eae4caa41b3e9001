//! A question as a row of normalised words.

use crate::base::Span;

/// A word, a number or a mark, as it is compared: small letters without accents, hyphens and dashes taken as blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The normalised text. A contraction gives the words it stands for, each with the span of the whole.
    pub text: String,
    /// Where it stands in the question, in bytes.
    pub span: Span,
}
