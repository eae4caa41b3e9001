//! Finds the interpretations of a question, or the reason why it has none.

use std::collections::HashSet;

use crate::{
    base::{Diagnostic, Span},
    graph::Graph,
    question::{
        build, fronted,
        link::{Link, Linkings, Meaning, linkings, unknown},
        parse::{self, Stuck},
        reading::Reading,
        refuse,
        resolve::{self, Misfit, Resolved},
        say,
        tree::Question,
        vocabulary::Vocabulary,
        word::{Word, words},
    },
};

/// Maximum number of segmentations that are enumerated.
const LINKINGS: usize = 4000;
/// Maximum number of segmentations that are parsed, without those that share a rejected prefix.
const PARSED: usize = 300;
/// Number of tokens behind the rejected one that the parser may have read as look-ahead.
const AHEAD: usize = 2;
/// Maximum number of segmentations that are considered after the first one that parses to an interpretation.
const BEYOND: usize = 5;
/// Maximum cost of an interpretation above the lowest cost.
const FARTHEST: u32 = 15;
/// Maximum number of interpretations returned.
const READINGS: usize = 6;
/// Maximum number of choice sequences tried per tree.
const SCRIPTS: usize = 10;
/// Cost added per rank of the segmentation.
const FURTHER_LINKING: u32 = 20;
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
) -> Result<Vec<Reading>, Box<Diagnostic>> {
    let words = words(text);
    let whole = Span::new(0, text.len());
    if words.is_empty() || words.len() > refuse::LONGEST {
        return Err(refuse::no_question(whole, &words));
    }
    attempt(text, &words, vocabulary, graph).or_else(|refusal| {
        let joined = fronted::joined(&words, vocabulary);
        let mut others = joined
            .iter()
            .filter_map(|words| attempt(text, words, vocabulary, graph).ok());
        others.next().ok_or(refusal)
    })
}

/// The interpretations of a sequence of words.
fn attempt(
    text: &str,
    words: &[Word],
    vocabulary: &Vocabulary,
    graph: &Graph,
) -> Result<Vec<Reading>, Box<Diagnostic>> {
    let links = plain(vocabulary.links(graph, words), words);
    let strange = unknown(&links, words.len());
    if !strange.is_empty() {
        return Err(refuse::unknown_word(
            text, words, &strange, vocabulary, graph,
        ));
    }
    let mut reader = Reader {
        vocabulary,
        graph,
        found: Vec::new(),
        stuck: None,
        misfit: None,
    };
    reader.read(linkings(&links, words.len()));
    if reader.found.is_empty() {
        return Err(reader.refusal(text, words, &links));
    }
    Ok(reader.readings())
}

/// The mentions without those that the grammar handles itself: prepositions, `have` and `be`.
fn plain(links: Vec<Link>, words: &[Word]) -> Vec<Link> {
    const OWN: &[&str] = &[
        "in", "on", "at", "of", "for", "from", "to", "with", "under", "within", "inside", "by",
        "have", "has", "had", "having", "is", "are", "was", "were", "be",
    ];
    // A question word is not a property key or label of that name, nor its plural: `whats` is `what is`.
    const ASKING: &[&str] = &["what", "which", "who", "whom", "whose", "how"];
    let known = |link: &Link| {
        let word = words[link.words.start].text.as_str();
        match &link.meaning {
            Meaning::Function(_) => false,
            Meaning::Attribute(_) | Meaning::Noun(_) if ASKING.contains(&word) => true,
            _ => link.words.len() == 1 && OWN.contains(&word),
        }
    };
    links.into_iter().filter(|link| !known(link)).collect()
}

/// A resolved question with its segmentation and statement.
struct Found {
    resolved: Resolved,
    links: Vec<Link>,
    cost: u32,
    query: crate::syntax::ast::Query,
    text: String,
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    graph: &'a Graph,
    found: Vec<Found>,
    /// The segmentation that was parsed furthest, with the position of the error.
    stuck: Option<(Stuck, Vec<Link>)>,
    misfit: Option<Misfit>,
}

impl Reader<'_> {
    fn read(&mut self, linkings: Linkings<'_>) {
        let mut seen: HashSet<String> = HashSet::new();
        let mut after = 0;
        let mut dead: Vec<String> = Vec::new();
        let mut parsed = 0;
        for (rank, linking) in linkings.take(LINKINGS).enumerate() {
            let tokens = parse::tokens(&linking);
            if dead.iter().any(|dead| tokens.starts_with(dead.as_str()))
                || !seen.insert(key(&tokens, &linking))
            {
                continue;
            }
            let doubt =
                DOUBT + u32::try_from(rank).unwrap_or(u32::MAX / 2).min(40) * FURTHER_LINKING;
            if !self.found.is_empty() {
                after += 1;
                if after > BEYOND || self.found.len() >= READINGS {
                    break;
                }
                if doubt > self.farthest() && !may_be_certain(&linking) {
                    continue;
                }
            }
            parsed += 1;
            if parsed > PARSED {
                break;
            }
            match parse::parse(&linking, &tokens) {
                Ok(tree) => self.meanings(&tree, &linking, doubt),
                Err(stuck) => {
                    // A segmentation rejected near its end may only be incomplete: its prefix stays allowed.
                    if stuck.tokens + AHEAD <= linking.len() {
                        dead.push(prefix(&tokens, stuck.tokens + AHEAD));
                    }
                    self.note(stuck, &linking);
                }
            }
        }
    }

    fn note(&mut self, stuck: Stuck, linking: &[&Link]) {
        // Progress is measured in words, not in mentions.
        let word = |stuck: Stuck, links: &[Link]| {
            links
                .get(stuck.tokens)
                .map_or(usize::MAX, |link| link.words.start)
        };
        let owned: Vec<Link> = linking.iter().map(|link| (*link).clone()).collect();
        let further = match &self.stuck {
            Some((best, links)) => word(stuck, &owned) > word(*best, links),
            None => true,
        };
        if further {
            self.stuck = Some((stuck, owned));
        }
    }

    /// Resolves a tree: by its preferred choices first, then by each other choice whose cost does not exceed the bound.
    fn meanings(&mut self, tree: &Question, linking: &[&Link], in_doubt: u32) {
        let mut tried = 0;
        let mut open: Vec<Vec<usize>> = vec![Vec::new()];
        let mut plainest = true;
        // All resolutions of a tree share the cost of its segmentation.
        let mut doubt = 0;
        while let Some(take) = open.pop() {
            tried += 1;
            if tried > SCRIPTS {
                break;
            }
            let points = match resolve::resolve(tree, linking, self.vocabulary, self.graph, take) {
                Ok(resolved) => {
                    let points = resolved.script.points.clone();
                    doubt = if resolved.certain { 0 } else { in_doubt };
                    self.keep(resolved, linking, doubt);
                    points
                }
                Err((misfit, script)) => {
                    if self.misfit.is_none() {
                        self.misfit = Some(misfit);
                    }
                    script.points
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

    /// Maximum cost of an interpretation that is kept.
    fn farthest(&self) -> u32 {
        let costs = self.found.iter().map(|found| found.cost);
        costs.min().map_or(u32::MAX, |best| best + FARTHEST)
    }

    fn keep(&mut self, resolved: Resolved, linking: &[&Link], doubt: u32) {
        let cost = resolved.script.cost() + doubt;
        if cost > self.farthest() {
            return;
        }
        let query = build::build(&resolved.asked, self.vocabulary, self.graph);
        let text = query.to_string();
        match self.found.iter_mut().find(|found| found.text == text) {
            Some(same) => same.cost = same.cost.min(cost),
            None => self.found.push(Found {
                links: linking.iter().map(|link| (*link).clone()).collect(),
                cost,
                query,
                text,
                resolved,
            }),
        }
    }

    fn readings(mut self) -> Vec<Reading> {
        self.found.sort_by_key(|found| found.cost);
        let farthest = self.farthest();
        self.found.retain(|found| found.cost <= farthest);
        self.found.truncate(READINGS);
        let found = self.found.into_iter();
        found
            .map(|found| Reading {
                words: say::say(&found.resolved.asked, self.vocabulary),
                query: found.query,
                cost: found.cost,
                links: found.links,
                asked: found.resolved.asked,
            })
            .collect()
    }

    fn refusal(self, text: &str, words: &[Word], links: &[Link]) -> Box<Diagnostic> {
        match (self.misfit, self.stuck) {
            (Some(misfit), _) => refuse::misfit(text, &misfit, self.vocabulary),
            (None, Some((stuck, linking))) => refuse::stuck(text, words, stuck, &linking),
            (None, None) => {
                let _ = links;
                refuse::no_question(Span::new(0, text.len()), words)
            }
        }
    }
}

/// True if the segmentation may be confirmed by a second word, as in `when does it start`: it asks for a value, and the
/// attribute does not follow a preposition.
fn may_be_certain(linking: &[&Link]) -> bool {
    const PREPOSITIONS: &[&str] = &["in", "on", "at", "for", "from", "with", "under", "by"];
    let behind = |at: usize| match at.checked_sub(1).map(|before| &linking[before].meaning) {
        Some(Meaning::Function(word)) => PREPOSITIONS.contains(word),
        _ => false,
    };
    linking
        .iter()
        .enumerate()
        .any(|(at, link)| match link.meaning {
            Meaning::AttributeQuestion(_) => true,
            Meaning::Attribute(_) => !behind(at),
            _ => false,
        })
}

/// The first `count` tokens.
fn prefix(tokens: &str, count: usize) -> String {
    let end = tokens
        .match_indices(' ')
        .nth(count.saturating_sub(1))
        .map_or(tokens.len(), |(at, _)| at + 1);
    tokens[..end].to_owned()
}

/// A key that distinguishes segmentations: the tokens and the number of words of each.
fn key(tokens: &str, linking: &[&Link]) -> String {
    let mut key = tokens.to_owned();
    for link in linking {
        key.push(char::from_digit(link.words.len().min(9) as u32, 10).unwrap_or('9'));
    }
    key
}
