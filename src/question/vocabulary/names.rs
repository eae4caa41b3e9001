//! An index of entities by their normalised names.
//!
//! The index contains a hash of each name with its entity, and for prefix search the first letters of the name from
//! each of its words. A hit is verified against the name itself, so hash collisions have no effect. The index is built
//! once, when it is first needed.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::Hasher;

use crate::{
    graph::{Column, Graph},
    question::{mention::Entity, vocabulary::Vocabulary, word::normal},
    value::{KeyId, LabelId, NodeId, Text, Value},
};

/// The property keys with names of entities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameKeys {
    /// The key that is displayed.
    pub display: Option<String>,
    /// The keys that are searched, including keys with lists of names.
    pub keys: Vec<String>,
    /// Those of them that are searched but not shown as facts.
    pub hidden: Vec<String>,
}

/// The names of the entities of a graph.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) keys: NameKeys,
    /// Labels without any of these keys: each with the key that identifies its entities.
    pub(super) own: Vec<(String, String)>,
    index: OnceLock<Arc<Index>>,
    /// The labels whose names are unique, as far as they have been looked up.
    unique: Unique,
}

/// Whether the names of each label are unique, computed at the first use.
pub(super) type Unique = FxHashMap<String, OnceLock<bool>>;

impl Names {
    pub(super) fn new(graph: &Graph, keys: NameKeys, own: Vec<(String, String)>) -> Self {
        let labels = graph.catalog().labels();
        let unique = labels.map(|(_, name)| (name.to_string(), OnceLock::new()));
        Self {
            keys,
            own,
            index: OnceLock::new(),
            unique: unique.collect(),
        }
    }

    /// The keys that are searched for names.
    fn searched(&self) -> impl Iterator<Item = &String> {
        let further = self.own.iter().map(|(_, key)| key);
        let further = further.filter(|key| !self.keys.keys.contains(key));
        self.keys.keys.iter().chain(further)
    }
}

/// The hashes of names, ascending, each with an entity that may have the name.
#[derive(Debug, Default)]
pub(super) struct Index {
    postings: Vec<(u64, NodeId)>,
    /// The first letters of names from each word, ascending, each with an entity that may have the name.
    tails: Vec<(u64, NodeId)>,
    /// The maximum number of words of a name.
    longest: usize,
}

/// From this number of entities on, entities with equal name, labels and displayed name are returned once.
const MANY: usize = 16;

impl Vocabulary {
    /// The property keys with names of entities.
    #[must_use]
    pub fn name_keys(&self) -> &NameKeys {
        &self.names.keys
    }

    /// Builds the index of names unless it exists.
    pub fn warm(&self, graph: &Graph) {
        self.index(graph);
    }

    /// Returns the entities with a normalised name. If there are many, those with equal labels and displayed name are
    /// returned once.
    #[must_use]
    pub fn named(&self, graph: &Graph, normalised: &str) -> Vec<Entity> {
        let index = self.index(graph);
        let mut entities: Vec<Entity> = Vec::new();
        for node in index.find(normalised) {
            entities.extend(self.entity(graph, node, normalised));
        }
        entities
    }

    /// The maximum number of words of a name.
    pub(crate) fn longest_name(&self, graph: &Graph) -> usize {
        self.index(graph).longest
    }

    pub(super) fn index(&self, graph: &Graph) -> &Index {
        let build = || Arc::new(Index::build(graph, &self.names));
        self.names.index.get_or_init(build)
    }

    /// The total number of words of all names.
    pub(super) fn name_words(&self, graph: &Graph) -> usize {
        self.index(graph).tails.len()
    }

    /// Names with a word from which on they begin with `text`, each with its entity. Examines at most `looked_at` index
    /// entries. Names that begin with `text` themselves come first.
    pub(crate) fn names_like(
        &self,
        graph: &Graph,
        text: &str,
        looked_at: usize,
    ) -> Vec<(String, NodeId)> {
        let keys: Vec<KeyId> = self
            .names
            .searched()
            .filter_map(|key| graph.catalog().key(key))
            .collect();
        let like = self.index(graph).like(text).iter().take(looked_at);
        // The index has an entry per word of each name.
        let mut nodes: Vec<NodeId> = like.map(|(_, node)| *node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut found: Vec<(bool, String, NodeId)> = Vec::new();
        for node in nodes {
            for key in &keys {
                for name in names_of(&graph.node_property(node, *key)) {
                    let normalised = normal(name);
                    if tails(&normalised).any(|tail| tail.starts_with(text)) {
                        found.push((!normalised.starts_with(text), name.to_owned(), node));
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        found
            .into_iter()
            .map(|(_, name, node)| (name, node))
            .collect()
    }

    /// Normalised names that may begin with a normalised text, each with its entity. Empty if there are so many that
    /// the text cannot identify one.
    pub(crate) fn begun(&self, graph: &Graph, text: &str) -> Vec<(String, NodeId)> {
        const MOST: usize = 48;
        if self.index(graph).like(text).len() > MOST {
            return Vec::new();
        }
        let names = self.names_like(graph, text, MOST).into_iter();
        names.map(|(name, node)| (normal(&name), node)).collect()
    }

    /// The entity of a normalised name, by the first key with that name. `None` if the node does not have the name.
    pub(crate) fn entity(&self, graph: &Graph, node: NodeId, normalised: &str) -> Option<Entity> {
        self.names.searched().find_map(|key| {
            let value = graph.node_property(node, graph.catalog().key(key)?);
            let listed = matches!(value, Value::List(_));
            let named = names_of(&value).any(|name| same(name, normalised));
            named.then(|| Entity {
                node,
                labels: graph.labels_of(node).to_vec(),
                key: key.clone(),
                listed,
                name: self.shown_name(graph, node),
            })
        })
    }

    /// Returns the display key of a label: the name key that most of its nodes have, the first among ties; if they have
    /// none, the key that identifies them.
    #[must_use]
    pub fn display_of(&self, graph: &Graph, label: &str) -> Option<&str> {
        if let Some((_, key)) = self.names.own.iter().find(|(own, _)| own == label) {
            return Some(key);
        }
        let label = graph.catalog().label(label);
        let having = |key: &String| {
            let key = graph.catalog().key(key);
            key.map_or(0, |key| graph.stats().with_key(label, key))
        };
        let keys = self.names.keys.display.iter().chain(&self.names.keys.keys);
        let counted = keys.map(|key| (having(key), key.as_str()));
        let best = counted.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.filter(|(count, _)| *count > 0).map(|(_, key)| key)
    }

    /// Returns the display keys of labels, or of all labels if none are given, and false if some label has none.
    #[must_use]
    pub fn display_keys(&self, graph: &Graph, labels: &[String]) -> (Vec<&str>, bool) {
        let all = graph.catalog().labels();
        let all: Vec<String> = all
            .filter(|(label, _)| labels.is_empty() && graph.stats().label_in_use(*label))
            .map(|(_, name)| name.to_string())
            .collect();
        let (mut keys, mut complete) = (Vec::new(), true);
        for label in all.iter().chain(labels) {
            match self.display_of(graph, label) {
                Some(key) if !keys.contains(&key) => keys.push(key),
                Some(_) => {}
                None => complete = false,
            }
        }
        // The display key of the graph comes first.
        keys.sort_by_key(|key| self.display.as_deref() != Some(key));
        (keys, complete)
    }

    /// True if every entity of a label has a displayed name of its own.
    #[must_use]
    pub fn has_unique_names(&self, graph: &Graph, label: &str) -> bool {
        let compute = || {
            let key = self.display_of(graph, label)?;
            let (label, key) = (graph.catalog().label(label)?, graph.catalog().key(key)?);
            Some(is_unique(graph, label, key))
        };
        match self.names.unique.get(label) {
            // Entities without names are shown themselves.
            Some(known) => *known.get_or_init(|| compute().unwrap_or(true)),
            None => true,
        }
    }

    /// Returns the displayed name of a node: the value of the first name key that it has; empty if it has none.
    #[must_use]
    pub fn shown_name(&self, graph: &Graph, node: NodeId) -> String {
        let keys = (self.names.keys.display.iter()).chain(self.names.searched());
        let mut values = keys.filter_map(|key| {
            let value = graph.node_property(node, graph.catalog().key(key)?);
            names_of(&value).next().map(str::to_owned)
        });
        values.next().unwrap_or_default()
    }
}

/// True if all nodes with a label have a value of a key, and no two the same.
pub(super) fn is_unique(graph: &Graph, label: LabelId, key: KeyId) -> bool {
    let nodes = graph.nodes_with_label(label);
    let Some(column) = graph.node_column(key) else {
        return false;
    };
    if graph.stats().with_key(Some(label), key) < nodes.len() {
        return false;
    }
    let at = |node: u32| node as usize;
    if let Some((slots, _)) = column.codes() {
        let mut seen: FxHashSet<Option<u32>> = FxHashSet::default();
        return nodes.iter().all(|node| seen.insert(slots.get(at(node))));
    }
    if let Some(slots) = column.ints() {
        let mut seen: FxHashSet<Option<i64>> = FxHashSet::default();
        return nodes.iter().all(|node| seen.insert(slots.get(at(node))));
    }
    let mut seen: FxHashSet<String> = FxHashSet::default();
    nodes
        .iter()
        .all(|node| seen.insert(format!("{:?}", column.get(at(node)))))
}

/// The names in a value: a string, or the strings of a list.
pub(super) fn names_of(value: &Value) -> impl Iterator<Item = &str> {
    let one = match value {
        Value::String(text) => Some(&**text),
        _ => None,
    };
    let several: &[Value] = match value {
        Value::List(items) => items,
        _ => &[],
    };
    let several = several.iter().filter_map(|item| match item {
        Value::String(text) => Some(&**text),
        _ => None,
    });
    one.into_iter().chain(several)
}

/// True if a name is equal to a normalised one, with or without its article.
fn same(name: &str, normalised: &str) -> bool {
    let name = normal(name);
    name == normalised || without_article(&name) == Some(normalised)
}

fn without_article(normalised: &str) -> Option<&str> {
    let rest = normalised.strip_prefix("the ")?;
    (!rest.is_empty()).then_some(rest)
}

/// The index entries of a name.
struct Kept {
    /// The hashes of the name, with and without its article.
    hashes: [Option<u64>; 2],
    tails: Vec<u64>,
}

impl Kept {
    fn of(name: &str) -> Option<Self> {
        let normalised = normal(name);
        if normalised.is_empty() {
            return None;
        }
        let bare = without_article(&normalised).map(hash);
        Some(Self {
            hashes: [Some(hash(&normalised)), bare],
            tails: tails(&normalised).map(first_letters).collect(),
        })
    }
}

/// The suffixes of a normalised name that begin at a word.
fn tails(normalised: &str) -> impl Iterator<Item = &str> {
    let starts = normalised.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).map(|at| &normalised[at..])
}

/// The first eight bytes as a number with the same order as the texts.
fn first_letters(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(8);
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

impl Index {
    fn build(graph: &Graph, names: &Names) -> Self {
        let mut index = Self::default();
        for key in names.searched() {
            let column = graph
                .catalog()
                .key(key)
                .and_then(|key| graph.node_column(key));
            if let Some(column) = column {
                index.add_column(column);
            }
        }
        for list in [&mut index.postings, &mut index.tails] {
            list.sort_unstable();
            list.dedup();
        }
        index.postings = thinned(&index.postings, graph, &names.keys);
        index.tails.shrink_to_fit();
        index
    }

    fn add_column(&mut self, column: &Column) {
        match column.codes() {
            Some((slots, texts)) => {
                // Each distinct string is processed once, however many nodes have it.
                let kept: Vec<Option<Kept>> = texts.texts().map(|text| Kept::of(text)).collect();
                for at in column.indices() {
                    let code = slots.get(at).expect("an index of a column has a value");
                    self.keep(at, kept[code as usize].as_ref());
                }
            }
            None => {
                for at in column.indices() {
                    for name in names_of(&column.get(at)) {
                        self.keep(at, Kept::of(name).as_ref());
                    }
                }
            }
        }
    }

    fn keep(&mut self, at: usize, kept: Option<&Kept>) {
        let Some(kept) = kept else {
            return;
        };
        self.longest = self.longest.max(kept.tails.len());
        let hashes = kept.hashes.iter().flatten();
        self.postings.extend(hashes.map(|hash| (*hash, node(at))));
        self.tails
            .extend(kept.tails.iter().map(|tail| (*tail, node(at))));
    }

    /// Entities that may have a normalised name.
    fn find(&self, normalised: &str) -> impl Iterator<Item = NodeId> {
        let hash = hash(normalised);
        let start = self.postings.partition_point(|(other, _)| *other < hash);
        let run = self.postings[start..].iter();
        run.take_while(move |(other, _)| *other == hash)
            .map(|(_, node)| *node)
    }

    /// Entities with a name that may begin with a text from one of its words.
    fn like(&self, text: &str) -> &[(u64, NodeId)] {
        let least = first_letters(text);
        let most = match 8_usize.checked_sub(text.len()) {
            Some(open) if open > 0 => least | (u64::MAX >> (64 - 8 * open as u32)),
            _ => least,
        };
        let start = self.tails.partition_point(|(tail, _)| *tail < least);
        let end = self.tails.partition_point(|(tail, _)| *tail <= most);
        &self.tails[start..end]
    }
}

/// Keeps one of many entities with equal name, labels and displayed name; keeps all if there are few.
fn thinned(postings: &[(u64, NodeId)], graph: &Graph, keys: &NameKeys) -> Vec<(u64, NodeId)> {
    let shown = keys
        .display
        .as_ref()
        .and_then(|key| graph.catalog().key(key));
    let mut kept = Vec::with_capacity(postings.len());
    for run in postings.chunk_by(|(left, _), (right, _)| left == right) {
        if run.len() < MANY {
            kept.extend_from_slice(run);
            continue;
        }
        let mut seen: FxHashSet<(&[LabelId], Option<Text>)> = FxHashSet::default();
        let fresh = |(_, node): &&(u64, NodeId)| {
            seen.insert((graph.labels_of(*node), shown_text(graph, *node, shown)))
        };
        kept.extend(run.iter().filter(fresh));
    }
    kept.shrink_to_fit();
    kept
}

fn shown_text(graph: &Graph, node: NodeId, key: Option<KeyId>) -> Option<Text> {
    graph.node_column(key?)?.text(node.index()).cloned()
}

fn node(at: usize) -> NodeId {
    NodeId(u32::try_from(at).expect("ids of nodes are numbers of 32 bits"))
}

fn hash(normalised: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(normalised.as_bytes());
    hasher.finish()
}
