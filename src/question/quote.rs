//! Statements of the documents for a question that no relationship answers: a `why`, or words that occur only in prose.
//!
//! Statements are entities whose name is a sentence. They are ranked by the words that they share with the question, rare
//! words first, and by whether they concern an entity that the question names.

use rustc_hash::FxHashMap;

use crate::{
    graph::{Graph, Orientation},
    question::{
        inflect::singulars,
        mention::{Meaning, Mention, Origin, mentions},
        rules::function_word,
        say::join,
        vocabulary::{Vocabulary, literal, quoted},
        word::{Word, normal, words},
    },
    syntax::{ast, parse},
    value::{NodeId, Value},
};

/// Minimum number of words of a name that is a sentence.
const SENTENCE: usize = 5;
/// Maximum number of statements quoted.
const QUOTED: usize = 5;
/// Maximum number of names examined per word.
const EXAMINED: usize = 4000;
/// Minimum number of letters that words of the same stem share.
const STEM: usize = 4;
/// The weight of a word that occurs in a single statement, and of an entity that a statement concerns.
const RARE: u32 = 60;
const CONCERNED: u32 = 20;

/// Statements that share words with a question.
#[derive(Clone, Debug)]
pub struct Quotations {
    /// The shared words: "statements with the words `prescriptive` and `need`".
    pub words: String,
    /// Returns the statements, best first: `statement`, and with citations `document` and `line`.
    pub query: ast::Query,
}

/// A statement with its score and the words of the question in it.
struct Hit {
    node: NodeId,
    name: String,
    score: u32,
    words: Vec<usize>,
}

/// Returns the statements that share words with a question; with a word that the graph uses only in prose, unless the
/// question asks for a reason. `None` if there are none, or another word occurs nowhere.
#[must_use]
pub fn quotations(text: &str, vocabulary: &Vocabulary, graph: &Graph) -> Option<Quotations> {
    let words = words(text);
    let mut known = mentions(&words, vocabulary, graph).mentions;
    known.retain(|mention| matches!(mention.origin, Origin::Known));
    let strange: Vec<usize> = (0..words.len())
        .filter(|at| is_content(&words[*at]) && !is_known(&known, *at))
        .collect();
    let asks_why = asks_why(&words);
    let mut hits = hits(&words, vocabulary, graph);
    let is_found = |at: &usize| hits.iter().any(|hit| hit.words.contains(at));
    if !asks_why && !strange.iter().all(is_found) {
        return None;
    }
    let concerned = neighbours(&known, graph);
    for hit in &mut hits {
        hit.score += CONCERNED * u32::from(concerned.contains(&hit.node));
    }
    match asks_why {
        true => hits.retain(|hit| hit.words.len() > 1 || concerned.contains(&hit.node)),
        false => hits.retain(|hit| hit.words.iter().any(|word| strange.contains(word))),
    }
    hits.retain(|hit| !is_named(&known, hit.node) && is_shown(hit, vocabulary, graph));
    hits.sort_by(|a, b| b.score.cmp(&a.score).then(a.node.cmp(&b.node)));
    hits.truncate(QUOTED);
    let shared = (0..words.len()).filter(|at| hits.iter().any(|hit| hit.words.contains(at)));
    let mut shared: Vec<String> = shared.map(|at| format!("`{}`", words[at].text)).collect();
    shared.dedup();
    let query = statement(&hits, vocabulary, graph)?;
    Some(Quotations {
        words: format!("statements with {}", join(shared.into_iter(), "and")),
        query,
    })
}

fn is_content(word: &Word) -> bool {
    word.text.len() >= STEM
        && word.text.starts_with(char::is_alphabetic)
        && function_word(&word.text).is_none()
}

fn is_known(mentions: &[Mention], word: usize) -> bool {
    mentions.iter().any(|mention| {
        mention.words.contains(&word) && !matches!(mention.meaning, Meaning::Function(_))
    })
}

/// True if a statement is the name that answers show, and not a further name.
fn is_shown(hit: &Hit, vocabulary: &Vocabulary, graph: &Graph) -> bool {
    let shown = graph.labels_of(hit.node).first().and_then(|label| {
        let label = graph.catalog().label_name(*label);
        let key = vocabulary.display_of(graph, label.as_ref())?;
        Some(graph.node_property(hit.node, graph.catalog().key(key)?))
    });
    matches!(shown, Some(Value::String(text)) if *text == *hit.name)
}

/// True for an entity that the question names.
fn is_named(mentions: &[Mention], node: NodeId) -> bool {
    mentions.iter().any(|mention| match &mention.meaning {
        Meaning::Entity(entities) => entities.iter().any(|entity| entity.node == node),
        _ => false,
    })
}

/// True for `why` and its paraphrases at the beginning.
fn asks_why(words: &[Word]) -> bool {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let reason = words.iter().any(|word| word.text == "reason");
    words.iter().any(|word| word.text == "why")
        || (text(0), text(1)) == ("how", "come")
        || (reason && matches!(text(0), "what" | "for" | "is" | "give"))
}

/// The statements with words of the question.
fn hits(words: &[Word], vocabulary: &Vocabulary, graph: &Graph) -> Vec<Hit> {
    let mut hits: FxHashMap<NodeId, Hit> = FxHashMap::default();
    for (at, word) in words
        .iter()
        .enumerate()
        .filter(|(_, word)| is_content(word))
    {
        let found = statements_with(&stem(&word.text), vocabulary, graph);
        let weight = RARE / u32::try_from(found.len().max(1)).unwrap_or(u32::MAX);
        for (name, node) in found {
            let hit = hits.entry(node).or_insert_with(|| Hit {
                node,
                name,
                score: 0,
                words: Vec::new(),
            });
            hit.score += weight.max(1);
            hit.words.push(at);
        }
    }
    hits.into_values().collect()
}

/// The statements with a word that begins with a stem.
fn statements_with(stem: &str, vocabulary: &Vocabulary, graph: &Graph) -> Vec<(String, NodeId)> {
    let names = vocabulary.names_like(graph, stem, EXAMINED).into_iter();
    let is_statement = |name: &String| {
        let name = normal(name);
        let has = name.split(' ').any(|word| same_stem(word, stem));
        has && name.split(' ').count() >= SENTENCE
    };
    let mut names: Vec<_> = names.filter(|(name, _)| is_statement(name)).collect();
    names.sort_by_key(|(_, node)| *node);
    names.dedup_by_key(|(_, node)| *node);
    names
}

fn same_stem(word: &str, stem: &str) -> bool {
    /// Maximum number of letters of an ending.
    const ENDING: usize = 5;
    word.strip_prefix(stem)
        .is_some_and(|rest| rest.len() <= ENDING)
}

/// A word without its ending, as far as inflection changes it.
fn stem(word: &str) -> String {
    const ENDINGS: &[&str] = &["ing", "ed", "ion", "ment", "ive", "al", "e", "y"];
    let one = singulars(word).into_iter().next();
    let one = one.unwrap_or_else(|| word.to_owned());
    let cut = ENDINGS.iter().find_map(|ending| one.strip_suffix(ending));
    match cut {
        Some(cut) if cut.len() >= STEM => cut.to_owned(),
        _ => one,
    }
}

/// The neighbours of the entities that a question names.
fn neighbours(mentions: &[Mention], graph: &Graph) -> Vec<NodeId> {
    let named = mentions
        .iter()
        .filter_map(|mention| match &mention.meaning {
            Meaning::Entity(entities) => Some(entities),
            _ => None,
        });
    let mut found = Vec::new();
    for entity in named.flatten() {
        for (kind, _) in graph.catalog().types() {
            for direction in [Orientation::Outgoing, Orientation::Incoming] {
                let near = graph.adjacency(kind, direction).of(entity.node);
                found.extend(near.iter().map(|neighbour| neighbour.node));
            }
        }
    }
    found
}

/// The statement that returns the hits in their order.
fn statement(hits: &[Hit], vocabulary: &Vocabulary, graph: &Graph) -> Option<ast::Query> {
    let first = hits.first()?;
    let mut labels: Vec<String> = Vec::new();
    for hit in hits {
        let label = graph.labels_of(hit.node).first().copied()?;
        let label = quoted(graph.catalog().label_name(label).as_ref());
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let label = graph.labels_of(first.node).first().copied()?;
    let key = vocabulary.display_of(graph, graph.catalog().label_name(label).as_ref())?;
    let key = quoted(key);
    let ranked = hits.iter().zip(1..);
    let ranked =
        ranked.map(|(hit, rank)| format!("{{rank: {rank}, text: {}}}", literal(&hit.name)));
    let cited = vocabulary.citations.as_ref().map(|keys| {
        let (document, line) = (quoted(&keys.document), quoted(&keys.from));
        format!(", s.{document} AS document, s.{line} AS line")
    });
    let text = format!(
        "UNWIND [{}] AS hit MATCH (s:{} {{{key}: hit.text}}) RETURN s.{key} AS statement{} ORDER BY hit.rank",
        ranked.collect::<Vec<_>>().join(", "),
        labels.join("|"),
        cited.unwrap_or_default(),
    );
    match parse(&text).ok()?.body {
        ast::Body::Query(query) => Some(query),
        _ => None,
    }
}
