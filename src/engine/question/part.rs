//! Questions that are understood only in part: statements that are quoted, and shorter questions that are offered.

use super::{Question, alternative};
use crate::{
    base::{Code, Diagnostic},
    engine::{Error, Reply, lexicon::Lexicon},
    question,
};

impl Question<'_> {
    /// The error for an interpretation that rests on a guess and has no rows.
    pub(super) fn unanswered(&self) -> Error {
        let message = "the graph has no relation for a word of the question, and the only one it could mean has no rows";
        let diagnostic = Diagnostic::new(Code::UnrelatedWords, self.span, message);
        let help = "use a verb of the graph, or ask `how is … connected to …`";
        Error::within(diagnostic.help(help), self.source.clone())
    }

    /// Quotes statements that share words with a question that is not understood; otherwise offers questions without the
    /// words that are not understood, of which a number takes one.
    pub(super) fn in_part(&mut self, lexicon: &Lexicon, error: Error) -> Result<Reply, Error> {
        let text = self.source.slice(self.span).to_owned();
        let quotations = question::quotations(&text, &lexicon.vocabulary, &self.database.graph);
        if let Some(quotations) = quotations.filter(|_| self.pick.is_none()) {
            let answer = self.answer(&quotations.query)?;
            return Ok(Reply {
                interpretation: format!("{}: quotations, not an answer", quotations.words),
                cypher: quotations.query.to_string(),
                answer,
                quotations: true,
                ..Reply::default()
            });
        }
        let mut offers = question::offers(&text, &lexicon.vocabulary, &self.database.graph);
        offers.retain(|offer| self.compiles(&offer.query));
        if let Some(offer) = self.pick.and_then(|pick| offers.get(pick.checked_sub(1)?)) {
            return Ok(Reply {
                interpretation: offer.words.clone(),
                cypher: offer.query.to_string(),
                answer: self.answer(&offer.query)?,
                ..Reply::default()
            });
        }
        let offers = offers.iter().enumerate();
        let offers = offers.map(|(number, offer)| {
            alternative(number + 1, &offer.words, false, &offer.query, None)
        });
        Err(error.with_candidates(offers.collect()))
    }
}
