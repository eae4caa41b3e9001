//! The lexicon of a graph: its vocabulary, and the names of documents and relationship types. It is made for the first
//! question, and again when the graph has changed.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    base::{Source, Span},
    engine::{Database, Error, Fact, Question},
    graph::manifest::Manifest,
    question::{
        self, Completions, Description, Mark, Vocabulary,
        vocabulary::{Citations, NameKeys, Nearest},
    },
};

/// The lexicon of a version of a graph.
#[derive(Debug)]
pub(super) struct Lexicon {
    version: u64,
    pub(super) vocabulary: Vocabulary,
    /// The titles of the documents, by key.
    titles: BTreeMap<String, String>,
    /// The verbs of relationship types, such as `covers`.
    verbs: BTreeMap<String, String>,
}

impl Lexicon {
    /// Whether it is that of a version of the graph.
    pub(super) fn is_of(&self, version: u64) -> bool {
        self.version == version
    }

    /// What people call a document.
    pub(super) fn title(&self, document: &str) -> Option<String> {
        self.titles.get(document).cloned()
    }

    /// The verb of a relationship type.
    pub(super) fn verb(&self, kind: &str) -> Option<String> {
        self.verbs.get(kind).cloned()
    }

    /// Whether a fact needs a remark, because no document states it outright.
    pub(super) fn is_remarkable(&self, fact: &Fact) -> bool {
        let plain = self
            .vocabulary
            .citations
            .as_ref()
            .map(|keys| keys.plain.as_slice());
        let plain = plain.unwrap_or_default();
        fact.basis
            .as_ref()
            .is_some_and(|basis| !plain.contains(basis))
    }
}

impl Database {
    /// A question in English; see `docs/QUESTIONS.md` for the supported forms. A leading question mark is ignored.
    ///
    /// ```
    /// # fn main() -> Result<(), relata::Error> {
    /// let mut database = relata::Database::connected_practice();
    /// let reply = database.ask("which advanced courses cover KSS 7 and trauma?").run()?;
    /// assert_eq!(reply.answer.len(), 2);
    /// assert!(reply.cypher.starts_with("MATCH"));
    /// # Ok(()) }
    /// ```
    pub fn ask(&mut self, text: impl Into<String>) -> Question<'_> {
        let source = Source::new("question", text);
        let span = Span::new(0, source.text.len());
        Question::new(self, Arc::new(source), span)
    }

    /// A question in a larger text. Spans of errors refer to that text.
    pub fn ask_within(&mut self, source: &Arc<Source>, span: Span) -> Question<'_> {
        Question::new(self, source.clone(), span)
    }

    /// The vocabulary of the graph: the words for its labels, types, keys and names.
    ///
    /// # Errors
    /// If the file `vocabulary.toml` of the graph is invalid.
    pub fn vocabulary(&mut self) -> Result<&Vocabulary, Error> {
        self.lexicon()?;
        let lexicon = self.lexicon.as_deref().expect("has just been gathered");
        Ok(&lexicon.vocabulary)
    }

    /// Every meaning of a word or phrase in questions.
    ///
    /// # Errors
    /// As [`Database::vocabulary`].
    pub fn meanings(&mut self, phrase: &str) -> Result<Vec<Description>, Error> {
        let lexicon = self.lexicon()?;
        Ok(lexicon.vocabulary.describe(&self.graph, phrase))
    }

    /// The possible continuations of an incomplete question.
    ///
    /// # Errors
    /// As [`Database::vocabulary`].
    pub fn completions(&mut self, text: &str) -> Result<Completions, Error> {
        let lexicon = self.lexicon()?;
        Ok(question::next(text, &lexicon.vocabulary, &self.graph))
    }

    /// The known phrases and names most similar to an unknown word, nearest first.
    ///
    /// # Errors
    /// As [`Database::vocabulary`].
    pub fn nearest(&mut self, word: &str, limit: usize) -> Result<Vec<Nearest>, Error> {
        let lexicon = self.lexicon()?;
        Ok(lexicon.vocabulary.nearest(&self.graph, word, limit))
    }

    /// The role of each word of a text, where known, with its span.
    ///
    /// # Errors
    /// As [`Database::vocabulary`].
    pub fn marks(&mut self, text: &str) -> Result<Vec<(Span, Mark)>, Error> {
        let lexicon = self.lexicon()?;
        Ok(question::marks(text, &lexicon.vocabulary, &self.graph))
    }

    pub(super) fn lexicon(&mut self) -> Result<Arc<Lexicon>, Error> {
        if let Some(lexicon) = self
            .lexicon
            .as_ref()
            .filter(|lexicon| lexicon.version == self.version)
        {
            return Ok(lexicon.clone());
        }
        let lexicon = Arc::new(self.gathered()?);
        self.lexicon = Some(lexicon.clone());
        self.offer_lexicon(&lexicon);
        Ok(lexicon)
    }

    /// The lexicon of the graph as it is. Reads the vocabulary of the graph.
    pub(super) fn gathered(&self) -> Result<Lexicon, Error> {
        let manifest = self.manifest();
        let file = self.vocabulary_file();
        let vocabulary = Vocabulary::build(
            &self.graph,
            file.as_deref().map(|file| file.text.as_ref()),
            name_keys(manifest),
            manifest.and_then(citations),
        );
        let vocabulary = vocabulary.map_err(|diagnostic| match file {
            Some(file) => Error::within(*diagnostic, file),
            None => Error::new(*diagnostic),
        })?;
        let documents = manifest.map_or(&[][..], |manifest| &manifest.documents);
        let titles = documents
            .iter()
            .map(|document| (document.key.clone(), document.title.clone()));
        Ok(Lexicon {
            version: self.version,
            verbs: verbs(&vocabulary),
            vocabulary,
            titles: titles.collect(),
        })
    }
}

/// The best verb of each relationship type that applies to all its relationships. Types without one are absent.
fn verbs(vocabulary: &Vocabulary) -> BTreeMap<String, String> {
    let mut verbs = BTreeMap::new();
    let plain = vocabulary.sayings.iter();
    for saying in plain.filter(|saying| saying.condition.is_none()) {
        let words = || saying.words.clone();
        verbs.entry(saying.kind.clone()).or_insert_with(words);
    }
    verbs
}

fn name_keys(manifest: Option<&Manifest>) -> NameKeys {
    let names = manifest
        .map(|manifest| manifest.names.clone())
        .unwrap_or_default();
    NameKeys {
        display: names.display,
        keys: names.keys,
        hidden: names.hidden,
    }
}

fn citations(manifest: &Manifest) -> Option<Citations> {
    let keys = manifest.citations.as_ref()?;
    Some(Citations {
        document: keys.document.clone(),
        from: keys.from.clone(),
        to: keys.to.clone(),
        basis: keys.basis.clone(),
        plain: keys.stated.clone(),
        note: keys.note.clone(),
    })
}
