//! Completion of a question: the words that the grammar allows next, from the vocabulary of the graph.
//!
//! The words before the end are read like a whole question. The rules give the symbols that can follow, and the vocabulary
//! gives their words and names. The end may be the beginning of a word, or of a name of several words.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::Graph,
    question::{
        chart::Forest,
        lattice::{Lattice, class},
        mark::longest,
        mention::{Meaning, Mention},
        opener::opens,
        rules::{Symbol, rules},
        vocabulary::{Sense, VerbId, Vocabulary},
        word::{Word, normal, words},
    },
    value::NodeId,
};

/// Maximum number of words of an incomplete phrase.
const BEGUN: usize = 8;
/// Maximum number of candidates returned.
const GIVEN: usize = 200;
/// Maximum number of names examined.
const NAMES: usize = 2000;

/// The words that can come next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The byte offset from which a candidate replaces the text.
    pub from: usize,
    /// The candidates, best first.
    pub candidates: Vec<Candidate>,
    /// The number of further candidates.
    pub more: usize,
}

/// A word or phrase that can come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The words.
    pub text: String,
    /// Their class: empty for words of the grammar, `noun`, `verb`, or the noun for the entity with the name.
    pub what: String,
    /// The number of entities of the type, or with the name.
    pub count: Option<u64>,
}

/// Returns the words that can come next at the end of a text. A text that ends within a word, or within a name of
/// several words, is completed; after a blank a new word begins.
#[must_use]
pub fn next(text: &str, vocabulary: &Vocabulary, graph: &Graph) -> Completions {
    let words = words(text);
    let open = text.ends_with(|last: char| last.is_alphanumeric() || last == '\'');
    let mut found = Found::default();
    for begun in usize::from(open)..=words.len().min(BEGUN) {
        let (before, typed) = words.split_at(words.len() - begun);
        if typed
            .iter()
            .any(|word| word.is_mark() || word.quoted().is_some())
        {
            break;
        }
        let from = typed
            .first()
            .map_or(text.len(), |word| word.span.start as usize);
        let mut prefix = normal(&text[from..]);
        if !open && !prefix.is_empty() {
            prefix.push(' ');
        }
        let end = End {
            vocabulary,
            graph,
            prefix: &prefix,
            from,
        };
        end.candidates(before, &mut found);
    }
    found.completions(text)
}

/// Candidates by rank and text.
#[derive(Default)]
struct Found {
    candidates: BTreeMap<(u8, String, usize), Candidate>,
}

impl Found {
    fn add(&mut self, rank: u8, from: usize, candidate: Candidate) {
        let key = (rank, candidate.text.to_lowercase(), from);
        self.candidates.entry(key).or_insert(candidate);
    }

    /// All candidates, with one common offset from which they replace the text.
    fn completions(self, text: &str) -> Completions {
        let from = self
            .candidates
            .keys()
            .map(|(.., from)| *from)
            .min()
            .unwrap_or(text.len());
        let mut seen = BTreeSet::new();
        let mut candidates = Vec::new();
        for ((.., at), mut candidate) in self.candidates {
            candidate.text = format!("{}{}", &text[from..at], candidate.text);
            if seen.insert(candidate.text.to_lowercase()) {
                candidates.push(candidate);
            }
        }
        let more = candidates.len().saturating_sub(GIVEN);
        candidates.truncate(GIVEN);
        Completions {
            from,
            candidates,
            more,
        }
    }
}

/// The incomplete end of a text and its offset.
struct End<'a> {
    vocabulary: &'a Vocabulary,
    graph: &'a Graph,
    prefix: &'a str,
    from: usize,
}

/// The words before the end, by which candidates are ranked.
#[derive(Default)]
struct Context {
    /// True if there are none.
    start: bool,
    /// The labels of the last noun or name; empty for any label.
    things: Vec<String>,
    /// The verbs after it.
    verbs: Vec<VerbId>,
}

impl End<'_> {
    /// Adds the candidates that can follow `before` and begin with the prefix.
    fn candidates(&self, before: &[Word], found: &mut Found) {
        let mentions = self.vocabulary.mentions(self.graph, before);
        let lattice = Lattice::of(before, &mentions, rules());
        let expected = Forest::read(rules(), &lattice).expected(before.len());
        if !expected.is_empty() {
            let context = self.context(&mentions, before.len());
            self.of(&expected, &context, found);
        }
    }

    fn of(&self, expected: &[Symbol], context: &Context, found: &mut Found) {
        let mut classes = BTreeSet::new();
        for symbol in expected {
            match symbol {
                Symbol::Class(class) => {
                    classes.insert(rules().classes[*class as usize]);
                }
                Symbol::Literal(literal) => {
                    for words in &rules().literals[*literal as usize].phrases {
                        self.grammar_words(words, context, found);
                    }
                }
                Symbol::Category(_) => {}
            }
        }
        self.phrases(&classes, context, found);
        if classes.contains("Name") {
            self.names(context, found);
        }
    }

    /// Adds words of the grammar, without punctuation. At the start, words that open questions come first.
    fn grammar_words(&self, words: &str, context: &Context, found: &mut Found) {
        let word = words.starts_with(char::is_alphabetic);
        if word && words.starts_with(self.prefix) && words.len() > self.prefix.trim_end().len() {
            let candidate = Candidate {
                text: words.to_owned(),
                what: String::new(),
                count: None,
            };
            let opens = context.start && opens(words);
            found.add(u8::from(!opens), self.from, candidate);
        }
    }

    /// Adds phrases of the vocabulary; without a prefix, only preferred phrases.
    fn phrases(&self, classes: &BTreeSet<&str>, context: &Context, found: &mut Found) {
        for (phrase, meaning) in self.vocabulary.phrases_like(self.prefix) {
            let wanted = class(&meaning).is_some_and(|class| classes.contains(class));
            let shown = || !self.prefix.is_empty() || self.is_first(phrase, &meaning);
            if wanted && shown() {
                let fits = !context.start && self.fits(&meaning, context);
                let rank = if fits { 0 } else { 3 };
                found.add(rank, self.from, self.candidate(phrase, &meaning));
            }
        }
    }

    fn candidate(&self, phrase: &str, meaning: &Meaning) -> Candidate {
        let vocabulary = self.vocabulary;
        let noun = match meaning {
            Meaning::Noun(ids) => ids.first().map(|id| &vocabulary.nouns[id.0 as usize]),
            _ => None,
        };
        let shown = noun.and_then(|noun| {
            let forms = [&noun.plural, &noun.singular];
            forms.into_iter().find(|form| normal(form) == phrase)
        });
        let label = noun.filter(|noun| noun.pattern.is_none());
        let label = label.and_then(|noun| self.graph.catalog().label(&noun.label));
        let descriptions = vocabulary.descriptions(self.graph, meaning);
        Candidate {
            text: shown.map_or_else(|| phrase.to_owned(), Clone::clone),
            what: descriptions
                .into_iter()
                .next()
                .map(|first| first.what)
                .unwrap_or_default(),
            count: label.map(|label| self.graph.stats().nodes(Some(label))),
        }
    }

    /// True if a phrase is the preferred one for its meaning.
    fn is_first(&self, phrase: &str, meaning: &Meaning) -> bool {
        let vocabulary = self.vocabulary;
        let verb = |ids: &[VerbId]| {
            ids.iter().any(|id| {
                let verb = &vocabulary.verbs[id.0 as usize];
                let base = verb.base.strip_prefix("be ").unwrap_or(&verb.base);
                [base, &verb.third, &verb.participle].contains(&phrase)
            })
        };
        match meaning {
            Meaning::Noun(ids) => ids.iter().any(|id| {
                let noun = &vocabulary.nouns[id.0 as usize];
                normal(&noun.plural) == phrase || normal(&noun.singular) == phrase
            }),
            Meaning::Verb(ids, _) | Meaning::Predicate(ids) => verb(ids),
            Meaning::Attribute(ids) => ids
                .iter()
                .any(|id| normal(&vocabulary.attributes[id.0 as usize].words) == phrase),
            _ => true,
        }
    }

    /// Adds names that begin with the prefix; without a prefix, names that fit the verb.
    fn names(&self, context: &Context, found: &mut Found) {
        let names: Vec<(String, NodeId)> = if self.prefix.trim().is_empty() {
            self.fitting(context)
        } else {
            self.vocabulary.names_like(self.graph, self.prefix, NAMES)
        };
        let mut counts: BTreeMap<String, (u64, u8, NodeId)> = BTreeMap::new();
        for (name, node) in names {
            let rank = self.name_rank(&name, node, context);
            let entry = counts.entry(name).or_insert((0, rank, node));
            entry.0 += 1;
            entry.1 = entry.1.min(rank);
        }
        for (name, (count, rank, node)) in counts {
            let what = self
                .vocabulary
                .kind_of(self.graph, self.graph.labels_of(node));
            let candidate = Candidate {
                text: name,
                what,
                count: Some(count),
            };
            found.add(rank, self.from, candidate);
        }
    }

    /// The rank of a name: names that fit the verb come before words of the grammar, other names after them; names in
    /// which only an inner word begins with the prefix come last.
    fn name_rank(&self, name: &str, node: NodeId, context: &Context) -> u8 {
        let labels = self.labels_of(node);
        let fits = !context.verbs.is_empty() && self.is_other_end(&labels, context);
        match (normal(name).starts_with(self.prefix), fits) {
            (true, true) => 0,
            (true, false) => 2,
            (false, true) => 4,
            (false, false) => 5,
        }
    }

    fn labels_of(&self, node: NodeId) -> Vec<String> {
        let labels = self.graph.labels_of(node).iter();
        let name = |label| self.graph.catalog().label_name(label).to_string();
        labels.map(|label| name(*label)).collect()
    }

    /// The names of entities that the verb before the end can relate to.
    fn fitting(&self, context: &Context) -> Vec<(String, NodeId)> {
        let labels = self.other_ends(context).into_iter();
        let labels: BTreeSet<_> = labels
            .filter_map(|label| self.graph.catalog().label(label))
            .collect();
        let nodes = labels
            .into_iter()
            .flat_map(|label| self.graph.nodes_with_label(label).iter().take(NAMES));
        let named = nodes.map(|node| {
            let node = NodeId(node);
            (self.vocabulary.shown_name(self.graph, node), node)
        });
        let distinct: BTreeSet<(String, NodeId)> =
            named.filter(|(name, _)| !name.is_empty()).collect();
        distinct.into_iter().collect()
    }

    fn senses<'s>(&'s self, verbs: &'s [VerbId]) -> impl Iterator<Item = &'s Sense> {
        let verbs = verbs.iter().map(|id| &self.vocabulary.verbs[id.0 as usize]);
        verbs.flat_map(|verb| &verb.senses)
    }

    /// The labels at the other end of the verbs before the end.
    fn other_ends<'s>(&'s self, context: &'s Context) -> BTreeSet<&'s String> {
        let mut labels = BTreeSet::new();
        for sense in self.senses(&context.verbs) {
            for (here, there) in [
                (&sense.subject, &sense.object),
                (&sense.object, &sense.subject),
            ] {
                if self.vocabulary.meets(&context.things, here) {
                    labels.extend(there);
                }
            }
        }
        labels
    }

    fn is_other_end(&self, labels: &[String], context: &Context) -> bool {
        let ends = self.other_ends(context);
        labels.iter().any(|label| ends.contains(label))
    }

    /// True if a meaning fits the words before the end.
    fn fits(&self, meaning: &Meaning, context: &Context) -> bool {
        let vocabulary = self.vocabulary;
        match meaning {
            Meaning::Noun(ids) if !context.verbs.is_empty() => {
                let ends = self.other_ends(context);
                let label = |id: &crate::question::vocabulary::NounId| {
                    &vocabulary.nouns[id.0 as usize].label
                };
                ids.iter()
                    .any(|id| ends.iter().any(|end| vocabulary.may_be(label(id), end)))
            }
            Meaning::Verb(ids, _) | Meaning::Predicate(ids) => self.senses(ids).any(|sense| {
                vocabulary.meets(&context.things, &sense.subject)
                    || vocabulary.meets(&context.things, &sense.object)
            }),
            Meaning::Attribute(ids) | Meaning::AttributeVerb(ids, _) => {
                let labels = ids
                    .iter()
                    .map(|id| &vocabulary.attributes[id.0 as usize].labels);
                labels
                    .into_iter()
                    .any(|labels| vocabulary.meets(&context.things, labels))
            }
            _ => true,
        }
    }

    /// The last noun or name, and the verbs after it.
    fn context(&self, mentions: &[Mention], length: usize) -> Context {
        let mut context = Context {
            start: length == 0,
            ..Context::default()
        };
        let mut at = 0;
        while at < length {
            let Some(mention) = longest(mentions, at) else {
                at += 1;
                continue;
            };
            at = mention.words.end.max(at + 1);
            match &mention.meaning {
                Meaning::Noun(ids) => {
                    let label = |id: &crate::question::vocabulary::NounId| {
                        self.vocabulary.nouns[id.0 as usize].label.clone()
                    };
                    context.things = ids.iter().map(label).collect();
                    context.verbs.clear();
                }
                Meaning::Entity(entities) => {
                    context.things = entities
                        .iter()
                        .flat_map(|entity| self.labels_of(entity.node))
                        .collect();
                    context.verbs.clear();
                }
                Meaning::Verb(ids, _) | Meaning::Predicate(ids) => context.verbs.clone_from(ids),
                _ => {}
            }
        }
        context
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::testing::{LIBRARY, vocabulary};

    fn complete(text: &str) -> Vec<String> {
        let (graph, vocabulary) = vocabulary(LIBRARY);
        let next = next(text, &vocabulary, &graph);
        let shown = next.candidates.into_iter().map(|candidate| candidate.text);
        shown
            .map(|candidate| format!("{}{candidate}", &text[..next.from]))
            .collect()
    }

    fn offers(text: &str, expected: &str) {
        let complete = complete(text);
        assert!(
            complete.iter().any(|candidate| candidate == expected),
            "{text} offers {complete:?}"
        );
    }

    #[test]
    fn a_question_begins_with_words_of_the_grammar() {
        offers("", "which");
        offers("how m", "how many");
        offers("wh", "who");
        assert!(!complete("wh").contains(&"how".to_owned()));
    }

    #[test]
    fn nouns_verbs_and_names_come_where_they_can_stand() {
        offers("which ", "which books");
        offers("which bo", "which books");
        offers("which books st", "which books stand on");
        offers("which books stand on ", "which books stand on High Shelf");
        offers("which books stand on hi", "which books stand on High Shelf");
        offers(
            "which books stand on high sh",
            "which books stand on High Shelf",
        );
        assert!(complete("which books stand on High Shelf zz").is_empty());
    }

    #[test]
    fn kinds_come_with_how_many_there_are() {
        let (graph, vocabulary) = vocabulary(LIBRARY);
        let next = next("which boo", &vocabulary, &graph);
        let books = next
            .candidates
            .iter()
            .find(|candidate| candidate.text == "books")
            .unwrap();
        assert_eq!((books.count, books.what.as_str()), (Some(3), "noun"));
    }

    #[test]
    fn what_fits_comes_first() {
        let complete = complete("which books stand on ");
        let at = |name: &str| {
            complete
                .iter()
                .position(|candidate| candidate.ends_with(name))
        };
        assert!(at("High Shelf") < at("the"), "{complete:?}");
    }

    #[test]
    fn any_text_is_taken() {
        for text in [
            "?",
            "'",
            "\"which",
            "which \"Du",
            "é",
            "which books that that",
            "   ",
        ] {
            complete(text);
        }
    }
}
