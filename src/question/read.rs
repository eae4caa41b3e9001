//! Finds the interpretations of a question, or the reason why it has none.

use crate::{
    base::{Code, Diagnostic, Span},
    graph::Graph,
    question::{
        algebra::Value,
        build,
        chart::{Forest, Parse},
        interpretation::Interpretation,
        lattice::Lattice,
        mention::{Meaning, Mention, Mentions, Origin, mentions},
        refuse,
        resolve::{self, ResolveError, Resolved},
        rules::{function_word, rules},
        say,
        suggest::{shorter, without},
        tree::Question,
        vocabulary::Vocabulary,
        word::{Word, words},
    },
};

/// Maximum number of parses that are resolved after the first one with an interpretation.
const BEYOND: usize = 8;
/// The same if the first one rests on a guess.
const BEYOND_GUESS: usize = 64;
/// Maximum cost of an interpretation above the lowest cost.
const FARTHEST: u32 = 15;
/// Maximum number of interpretations returned.
const READINGS: usize = 6;
/// Maximum number of shorter questions that are offered.
const OFFERS: usize = 3;
/// Maximum number of choice sequences tried per tree.
const SCRIPTS: usize = 10;
/// Cost of an interpretation per cost of its parse above that of the best parse.
const PARSE: u32 = 20;
/// The same if two words of the question confirm each other.
const CERTAIN: u32 = 2;
/// Cost of an interpretation without two words that confirm each other.
const DOUBT: u32 = 10;

/// Returns the interpretations of a question that are valid in a graph, lowest cost first. Costly ones are left out.
///
/// Interpretations of the lowest cost are ties; the others are alternatives.
///
/// # Errors
/// A word is unknown, the grammar rejects the words, or the words have no joint meaning in the graph.
pub fn read(
    text: &str,
    vocabulary: &Vocabulary,
    graph: &Graph,
) -> Result<Vec<Interpretation>, Box<Diagnostic>> {
    read_known(text, vocabulary, graph).map_err(|refusal| match refusal {
        Refusal::Unknown(words, unknown) => {
            let can_be_asked = |question: &str| read_known(question, vocabulary, graph).is_ok();
            let offered = without(text, &words, &unknown, can_be_asked);
            refuse::unknown_word(text, &words, &unknown, &offered, vocabulary, graph)
        }
        Refusal::Diagnosed(diagnostic) => diagnostic,
    })
}

/// Returns interpretations of a question without the words that are not understood: the best one of each of at most three
/// shorter questions, with the words left out in its own words. Empty if the question is understood, or nothing is left.
#[must_use]
pub fn offers(text: &str, vocabulary: &Vocabulary, graph: &Graph) -> Vec<Interpretation> {
    let understood = |question: &str| {
        let found = read_known(question, vocabulary, graph).ok()?;
        found.into_iter().next().filter(Interpretation::is_certain)
    };
    let shorter = match read_known(text, vocabulary, graph) {
        Ok(_) => return Vec::new(),
        Err(Refusal::Unknown(words, unknown)) => {
            let can_be_asked = |question: &str| understood(question).is_some();
            let offered = without(text, &words, &unknown, can_be_asked);
            let left_out = unknown.iter().map(|at| words[*at].span);
            let left_out: Vec<Span> = left_out.collect();
            offered
                .into_iter()
                .map(|question| (question, left_out.clone()))
                .collect()
        }
        Err(Refusal::Diagnosed(_)) => shorter(text, &words(text)),
    };
    let mut offers: Vec<Interpretation> = Vec::new();
    let mut length = 0;
    for (question, left_out) in shorter {
        // Of the shorter questions, those with the fewest words left out come first.
        if !offers.is_empty() && words(&question).len() < length {
            break;
        }
        let Some(mut found) = understood(&question) else {
            continue;
        };
        let query = found.query.to_string();
        if offers.iter().all(|offer| offer.query.to_string() != query) {
            let left_out = left_out.iter().filter_map(|span| text.get(span.range()));
            let left_out: Vec<String> = left_out.map(|words| format!("`{words}`")).collect();
            found.words = format!("{}, without {}", found.words, left_out.join(", "));
            length = words(&question).len();
            offers.push(found);
        }
        if offers.len() == OFFERS {
            break;
        }
    }
    offers
}

/// Why a question has no interpretation.
#[derive(Debug)]
enum Refusal {
    /// Words are unknown, by index.
    Unknown(Vec<Word>, Vec<usize>),
    Diagnosed(Box<Diagnostic>),
}

/// The interpretations of a question, or the words that are unknown.
fn read_known(
    text: &str,
    vocabulary: &Vocabulary,
    graph: &Graph,
) -> Result<Vec<Interpretation>, Refusal> {
    let words = words(text);
    let whole = Span::new(0, text.len());
    if words.is_empty() || words.len() > refuse::LONGEST {
        return Err(Refusal::Diagnosed(refuse::no_question(whole, &words)));
    }
    let Mentions {
        mentions,
        corrected,
    } = mentions(&words, vocabulary, graph);
    let lattice = Lattice::corrected(&words, &mentions, &corrected, rules());
    let mut unknown = lattice.uncovered();
    unknown.retain(|word| function_word(&words[*word].text).is_none());
    if !unknown.is_empty() {
        return Err(Refusal::Unknown(words, unknown));
    }
    let forest = Forest::read(rules(), &lattice);
    let spans: Vec<Span> = words.iter().map(|word| word.span).collect();
    let parses = forest.best(text, &mentions, &spans);
    let mut reader = Reader {
        text,
        spans: &spans,
        vocabulary,
        graph,
        mentions: mentions.iter().collect(),
        lattice: &lattice,
        found: Vec::new(),
        error: None,
    };
    reader.read(&parses);
    if reader.found.is_empty() {
        return Err(Refusal::Diagnosed(match reader.error {
            Some(error) => refuse::error(text, &error, vocabulary),
            None if asks_twice(&words, &mentions) => unconnected(whole),
            None if forest.is_complete() => refuse::no_question(whole, &words),
            None => refuse::stuck(text, &words, &forest),
        }));
    }
    Ok(reader.interpretations())
}

/// The words of an interpretation with what was read as something else.
fn noted(words: String, notes: &[String]) -> String {
    match notes {
        [] => words,
        notes => format!("{words} ({})", notes.join(", ")),
    }
}

/// True if the words are two questions joined by `and`.
fn asks_twice(words: &[Word], mentions: &[Mention]) -> bool {
    const ASKING: &[&str] = &["which", "what", "who", "whose", "how", "where", "when"];
    let is_whole = |range: std::ops::Range<usize>| {
        let inside = |mention: &&Mention| {
            range.start <= mention.words.start && mention.words.end <= range.end
        };
        let shifted = |mention: &Mention| Mention {
            words: mention.words.start - range.start..mention.words.end - range.start,
            ..mention.clone()
        };
        let mentions: Vec<Mention> = mentions.iter().filter(inside).map(shifted).collect();
        let lattice = Lattice::of(&words[range.clone()], &mentions, rules());
        Forest::read(rules(), &lattice).is_complete()
    };
    let joint = |at: &usize| words[*at].text == "and" && ASKING.contains(&&*words[at + 1].text);
    let mut joints = (1..words.len().saturating_sub(2)).filter(joint);
    joints.any(|at| {
        let before = at - usize::from(words[at - 1].text == ",");
        is_whole(0..before) && is_whole(at + 1..words.len())
    })
}

/// The diagnostic for a question whose parts have no single answer.
#[must_use]
pub fn unconnected(span: Span) -> Box<Diagnostic> {
    let message = "nothing connects the parts of the question, so that it has no single answer";
    let diagnostic = Diagnostic::new(Code::UnrelatedWords, span, message);
    Box::new(diagnostic.help("ask for each part in a question of its own"))
}

/// A resolved question with its mentions and statement.
struct Found {
    resolved: Resolved,
    mentions: Vec<Mention>,
    /// What was read as something else.
    notes: Vec<String>,
    cost: u32,
    query: crate::syntax::ast::Query,
    text: String,
}

struct Reader<'a> {
    text: &'a str,
    /// The span of each word.
    spans: &'a [Span],
    vocabulary: &'a Vocabulary,
    graph: &'a Graph,
    /// All mentions, to which the tokens of a tree refer.
    mentions: Vec<&'a Mention>,
    lattice: &'a Lattice,
    found: Vec<Found>,
    error: Option<ResolveError>,
}

impl Reader<'_> {
    /// Resolves the parses, lowest cost first.
    fn read<P: AsRef<Parse>>(&mut self, parses: &[P]) {
        let least = parses.first().map_or(0, |parse| parse.as_ref().cost);
        let mut after = 0;
        for parse in parses.iter().map(AsRef::as_ref) {
            let Value::Question(tree) = &parse.value else {
                continue;
            };
            let above = (parse.cost - least).min(1000);
            let doubt = DOUBT + above * PARSE;
            if !self.found.is_empty() {
                after += 1;
                let beyond = match self.is_guess() {
                    true => BEYOND_GUESS,
                    false => BEYOND,
                };
                if after > beyond || self.found.len() >= READINGS {
                    break;
                }
                if doubt > self.farthest() && !self.may_be_certain(parse) {
                    continue;
                }
            }
            self.meanings(tree, parse, above);
        }
    }

    /// Resolves a tree: by its preferred choices first, then by each other choice whose cost does not exceed the bound.
    fn meanings(&mut self, tree: &Question, parse: &Parse, above: u32) {
        let mut tried = 0;
        let mut open: Vec<Vec<usize>> = vec![Vec::new()];
        let mut plainest = true;
        // All resolutions of a tree share the cost of its parse.
        let mut doubt = 0;
        while let Some(take) = open.pop() {
            tried += 1;
            if tried > SCRIPTS {
                break;
            }
            let resolved =
                resolve::resolve(tree, &self.mentions, self.vocabulary, self.graph, take);
            let points = match resolved {
                Ok(resolved) => {
                    let points = resolved.choice_sequence.points.clone();
                    doubt = match resolved.certain {
                        true => above * CERTAIN,
                        false => DOUBT + above * PARSE,
                    };
                    self.keep(resolved, parse, doubt);
                    points
                }
                Err((error, choice_sequence)) => {
                    if self.error.is_none() {
                        self.error = Some(error);
                    }
                    choice_sequence.points
                }
            };
            if plainest {
                plainest = false;
                let farthest = self.farthest();
                let mut before: u32 =
                    doubt + points.iter().filter_map(|costs| costs.first()).sum::<u32>();
                for (at, costs) in points.iter().enumerate().rev() {
                    before -= costs.first().copied().unwrap_or(0);
                    for other in (1..costs.len().min(4)).rev() {
                        if before + costs[other] <= farthest {
                            let mut take = vec![0; at];
                            take.push(other);
                            open.push(take);
                        }
                    }
                }
            }
        }
    }

    /// True if every interpretation so far rests on a guess.
    fn is_guess(&self) -> bool {
        self.found
            .iter()
            .all(|found| found.cost >= resolve::THROUGH)
    }

    /// Maximum cost of an interpretation that is kept.
    fn farthest(&self) -> u32 {
        let costs = self.found.iter().map(|found| found.cost);
        costs.min().map_or(u32::MAX, |best| best + FARTHEST)
    }

    fn keep(&mut self, resolved: Resolved, parse: &Parse, doubt: u32) {
        let cost = resolved.choice_sequence.cost() + doubt;
        // A guess about a misspelt word is no reading.
        let is_guess = cost >= resolve::THROUGH;
        if cost > self.farthest() || is_guess && self.is_corrected(parse) {
            return;
        }
        let query = build::build(&resolved.asked, self.vocabulary, self.graph);
        let text = query.to_string();
        match self.found.iter_mut().find(|found| found.text == text) {
            Some(same) => same.cost = same.cost.min(cost),
            None => self.found.push(Found {
                mentions: self.mentions(parse),
                notes: self.notes(parse, &resolved),
                cost,
                query,
                text,
                resolved,
            }),
        }
    }

    /// The mentions and words of the grammar in a parse, in the order of the question.
    fn mentions(&self, parse: &Parse) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for number in &parse.edges {
            let edge = &self.lattice.edges[*number as usize];
            match edge.mention {
                Some(mention) => mentions.push(self.mentions[mention].clone()),
                None => mentions.extend(self.words_of(edge.words.clone())),
            }
        }
        mentions
    }

    /// True if a verb is read as a correction.
    fn is_corrected(&self, parse: &Parse) -> bool {
        let edges = parse.edges.iter();
        let mentions = edges.filter_map(|edge| self.lattice.edges[*edge as usize].mention);
        mentions
            .map(|mention| self.mentions[mention])
            .any(|mention| {
                matches!(mention.origin, Origin::Corrected(_))
                    && matches!(
                        mention.meaning,
                        Meaning::Verb(..) | Meaning::Predicate(_) | Meaning::AttributeVerb(..)
                    )
            })
    }

    /// What was read as something else: corrections, synonyms and verbs without a sense.
    fn notes(&self, parse: &Parse, resolved: &Resolved) -> Vec<String> {
        let edges = parse
            .edges
            .iter()
            .map(|edge| &self.lattice.edges[*edge as usize]);
        let read_as = edges.filter_map(|edge| match (edge.correction, edge.mention) {
            (Some((word, correction)), _) => {
                Some((self.text(self.spans[word]), correction.to_owned()))
            }
            (None, Some(mention)) => {
                let mention = self.mentions[mention];
                match &mention.origin {
                    Origin::Synonym(words) | Origin::Corrected(words) => {
                        Some((self.text(mention.span), words.clone()))
                    }
                    _ => None,
                }
            }
            _ => None,
        });
        let guessed = resolved.guessed.iter();
        let guessed = guessed.map(|(span, words)| (self.text(*span), words.clone()));
        let all = read_as.chain(guessed);
        all.map(|(text, words)| format!("`{text}` read as `{words}`"))
            .collect()
    }

    fn text(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn words_of(&self, words: std::ops::Range<usize>) -> impl Iterator<Item = Mention> {
        let is_word = move |mention: &&&Mention| {
            matches!(mention.meaning, Meaning::Function(_)) && words.contains(&mention.words.start)
        };
        self.mentions
            .iter()
            .filter(is_word)
            .map(|mention| (*mention).clone())
    }

    fn interpretations(mut self) -> Vec<Interpretation> {
        self.found.sort_by_key(|found| found.cost);
        let farthest = self.farthest();
        self.found.retain(|found| found.cost <= farthest);
        self.found.truncate(READINGS);
        let found = self.found.into_iter();
        found
            .map(|found| Interpretation {
                words: noted(
                    say::say(&found.resolved.asked, self.vocabulary),
                    &found.notes,
                ),
                query: found.query,
                cost: found.cost,
                mentions: found.mentions,
                asked: found.resolved.asked,
            })
            .collect()
    }

    /// True if a parse may be confirmed by a second word, as in `when does it start`: it asks for a value, and the
    /// attribute does not follow a preposition.
    fn may_be_certain(&self, parse: &Parse) -> bool {
        const PREPOSITIONS: &[&str] = &["in", "on", "at", "for", "from", "with", "under", "by"];
        let mut behind = false;
        parse.edges.iter().any(|number| {
            let edge = &self.lattice.edges[*number as usize];
            let was_behind = std::mem::replace(
                &mut behind,
                matches!(edge.value, Value::Word(word) if PREPOSITIONS.contains(&word)),
            );
            match edge.mention.map(|mention| &self.mentions[mention].meaning) {
                Some(Meaning::AttributeQuestion(_)) => true,
                Some(Meaning::Attribute(_)) => !was_behind,
                _ => false,
            }
        })
    }
}
