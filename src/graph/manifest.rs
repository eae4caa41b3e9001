//! `graph.toml`: what a graph is, how its files are read, and the rules it keeps. `docs/GRAPH-FORMAT.md` describes it.
//!
//! This is the file as it is written; what its rules ask of a graph is in `check`.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::graph::load::Problem;

/// The name of the file.
pub const FILE: &str = "graph.toml";

/// The manifest of a graph.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// A short name.
    pub name: String,
    /// What the graph is about.
    #[serde(default)]
    pub description: String,
    /// The file set whose conventions hold, or `none`.
    pub preset: Option<Spanned<String>>,
    /// How the CSV files are written.
    #[serde(default)]
    pub csv: Csv,
    /// Files of nodes that do not say their labels themselves.
    #[serde(default)]
    pub nodes: Vec<NodeFile>,
    /// Files of relationships that do not say their type themselves.
    #[serde(default)]
    pub relationships: Vec<RelationshipFile>,
    /// The documents that facts cite.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// The keys that name things.
    #[serde(default)]
    pub names: Names,
    /// The keys that cite documents.
    pub citations: Option<Citations>,
    /// Parts that are loaded only when they are asked for.
    #[serde(default)]
    pub overlays: Vec<Overlay>,
    /// What holds of the graph.
    #[serde(default)]
    pub rules: Vec<Spanned<Rule>>,
    /// What the labels mean; if given, all of them are named.
    pub labels: Option<IndexMap<String, LabelMeaning>>,
    /// What the relationship types mean; if given, all of them are named.
    pub types: Option<IndexMap<String, TypeMeaning>>,
    /// The text that was read, which is written again when the graph is saved.
    #[serde(skip)]
    pub(crate) text: String,
}

/// How the CSV files are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Csv {
    /// What divides fields.
    pub delimiter: Option<Spanned<char>>,
    /// What divides the items of a list.
    pub array_delimiter: Option<char>,
    /// What the ids are, where they are stored.
    pub id_type: Option<IdType>,
    /// The order of columns in saved files; `*` stands for the keys that are not named.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// What an id becomes, where it is stored as a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdType {
    /// A string.
    String,
    /// An integer.
    Integer,
}

/// A file of nodes and their labels.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeFile {
    /// The path within the folder.
    pub file: Spanned<String>,
    /// The labels of all its nodes.
    pub labels: Vec<String>,
}

/// A file of relationships and their type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationshipFile {
    /// The path within the folder.
    pub file: Spanned<String>,
    /// The type of all its relationships.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A document that facts cite.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What facts call it.
    pub key: String,
    /// What people call it.
    #[serde(default)]
    pub title: String,
    /// The name of the file that holds its text.
    pub file: String,
    /// How many lines it has.
    pub lines: usize,
}

/// The keys that name things.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The key that shows what a node is.
    pub display: Option<String>,
    /// The keys by which things are looked up.
    #[serde(default)]
    pub keys: Vec<String>,
    /// Those of them that find a thing but are no facts.
    #[serde(default)]
    pub hidden: Vec<String>,
}

/// The keys by which nodes and relationships cite documents.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citations {
    /// Holds the key of a document.
    pub document: String,
    /// Holds the first line.
    pub from: String,
    /// Holds the last line.
    pub to: String,
    /// Says how the fact is known.
    pub basis: Option<String>,
    /// The bases on which a name must stand in its lines.
    #[serde(default)]
    pub stated: Vec<String>,
    /// The names that must, the preferred one first.
    #[serde(default)]
    pub names: Vec<String>,
    /// Explains a name that does not.
    pub note: Option<String>,
    /// Holds places of single properties.
    pub elsewhere: Option<String>,
    /// Relationships that keep a spelling of the document.
    #[serde(default)]
    pub spellings: Vec<Spelling>,
}

/// A type of relationships that keeps a spelling of the document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The key that holds the spelling.
    pub key: String,
    /// The end whose name it spells.
    pub of: End,
}

/// An end of a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// A part that is loaded only when it is asked for: the folder of its name in `overlays`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// The name to ask for.
    pub name: String,
    /// What it adds.
    #[serde(default)]
    pub description: String,
}

/// What a label means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelMeaning {
    /// Labels that a node with this one bears as well.
    #[serde(default)]
    pub with: Vec<String>,
    /// Its like in published vocabularies.
    #[serde(default)]
    pub standard: String,
}

/// What a relationship type means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeMeaning {
    /// Labels of the nodes it may start at; `*` is any.
    pub from: Vec<String>,
    /// Labels of the nodes it may end at; `*` is any.
    pub to: Vec<String>,
    /// Whether most questions need it.
    #[serde(default)]
    pub core: bool,
    /// What a relationship of the type says.
    #[serde(default)]
    pub meaning: String,
    /// Its like in published vocabularies.
    #[serde(default)]
    pub standard: String,
}

/// A rule that the graph keeps: what it looks at, and what holds there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// The rule as a sentence.
    pub says: String,
    /// What holds.
    pub kind: RuleKind,
    /// The label of the nodes it looks at, or `*`.
    pub nodes: Option<String>,
    /// The type of the relationships it looks at, or `*`.
    pub relationships: Option<String>,
    /// Only those that have one of these values.
    #[serde(default, rename = "where")]
    pub keep: IndexMap<String, Vec<Literal>>,
    /// Not those that have one of these values.
    #[serde(default, rename = "unless")]
    pub drop: IndexMap<String, Vec<Literal>>,
    /// The rule rests while this overlay is loaded.
    pub unless_overlay: Option<String>,
    /// The keys of `unique`, `required` and `forbidden`.
    #[serde(default)]
    pub keys: Vec<String>,
    /// The key of `values`.
    pub key: Option<String>,
    /// The values that are allowed.
    pub among: Option<Vec<Literal>>,
    /// The values that are not.
    pub not_among: Option<Vec<Literal>>,
    /// The values that occur, or the number of relationships.
    pub exactly: Option<Exactly>,
    /// The smallest number of relationships.
    pub at_least: Option<usize>,
    /// The largest number of relationships.
    pub at_most: Option<usize>,
    /// The type of relationships that `count` counts.
    #[serde(rename = "type")]
    pub counted: Option<String>,
    /// The label at the other end of outgoing relationships.
    pub to: Option<String>,
    /// The label at the other end of incoming relationships.
    pub from: Option<String>,
    /// Whether other ends are counted, not relationships.
    #[serde(default)]
    pub distinct: bool,
    /// Only nodes with an outgoing relationship of this type.
    pub having: Option<String>,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// No two have the same values of the keys.
    Unique,
    /// Each has all the keys.
    Required,
    /// None has any of the keys.
    Forbidden,
    /// The values of a key are of a list.
    Values,
    /// Each node has the right number of relationships.
    Count,
    /// The cited lines exist.
    Lines,
}

/// `exactly = 1` or `exactly = [1, 2]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Exactly {
    /// A number of relationships.
    Number(usize),
    /// The values that occur.
    Values(Vec<Literal>),
}

/// A value in a manifest.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum Literal {
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(String),
}

impl Manifest {
    /// The manifest that a text holds; `file` is its name in a report.
    ///
    /// # Errors
    /// The first thing that is not as the format asks.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problem> {
        let mut manifest: Self = toml::from_str(text).map_err(|error| {
            let message = error.message().trim_end().replace('\n', ", ");
            match error.span() {
                Some(span) => Problem::at(file, text, span.start, message),
                None => Problem::whole(file, message),
            }
        })?;
        text.clone_into(&mut manifest.text);
        match manifest.wrong_rule() {
            Some((at, message)) => Err(Problem::at(file, text, at, message)),
            None => Ok(manifest),
        }
    }

    /// The place of the first rule that lacks an entry of its kind, and which.
    fn wrong_rule(&self) -> Option<(usize, String)> {
        self.rules.iter().find_map(|rule| {
            let message = rule.get_ref().lack(self.citations.is_some())?;
            Some((rule.span().start, message))
        })
    }

    /// The keys by which nodes are looked up: those that name them and those that tell all of them apart.
    #[must_use]
    pub fn lookup_keys(&self) -> Vec<String> {
        let mut keys = self.names.keys.clone();
        for rule in self.rules.iter().map(Spanned::get_ref) {
            if rule.kind == RuleKind::Unique && rule.nodes.is_some() && rule.keys.len() == 1 {
                keys.extend(
                    rule.keys
                        .iter()
                        .filter(|key| !self.names.keys.contains(key))
                        .cloned(),
                );
            }
        }
        keys
    }

    /// The keys each of which alone tells all nodes apart, `id` before all.
    pub(crate) fn id_keys(&self) -> impl Iterator<Item = &str> {
        let rules = self.rules.iter().map(Spanned::get_ref);
        let unique = rules.filter_map(|rule| match rule.keys.as_slice() {
            [key] if rule.kind == RuleKind::Unique && rule.nodes.as_deref() == Some("*") => {
                Some(key.as_str())
            }
            _ => None,
        });
        std::iter::once("id").chain(unique.filter(|key| *key != "id"))
    }

    /// The document that facts call `key`.
    #[must_use]
    pub fn document(&self, key: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.key == key)
    }
}

impl Rule {
    fn lack(&self, has_citations: bool) -> Option<String> {
        let missing = match self.kind {
            RuleKind::Unique | RuleKind::Required | RuleKind::Forbidden => {
                self.keys.is_empty().then_some("`keys`")
            }
            RuleKind::Values => self.lack_of_values(),
            RuleKind::Count => self.lack_of_count(),
            RuleKind::Lines => (!has_citations).then_some("a table `[citations]` for the keys"),
        };
        let missing = missing.or_else(|| {
            let nothing = self.nodes.is_none() && self.relationships.is_none();
            nothing.then_some("`nodes` or `relationships`")
        })?;
        Some(format!("expected {missing} in the rule `{}`", self.says))
    }

    fn lack_of_values(&self) -> Option<&'static str> {
        let lists = matches!(self.exactly, Some(Exactly::Values(_)))
            || self.among.is_some()
            || self.not_among.is_some();
        match &self.key {
            None => Some("`key`"),
            Some(_) if !lists => Some("a list, `among`, `not-among` or `exactly`,"),
            Some(_) => None,
        }
    }

    fn lack_of_count(&self) -> Option<&'static str> {
        let bounded = matches!(self.exactly, Some(Exactly::Number(_)))
            || self.at_least.is_some()
            || self.at_most.is_some();
        if self.counted.is_none() {
            Some("`type`")
        } else if self.nodes.is_none() {
            Some("`nodes`")
        } else if !bounded {
            Some("a number, `exactly`, `at-least` or `at-most`,")
        } else {
            (self.to.is_some() && self.from.is_some()).then_some("`to` or `from`, not both,")
        }
    }
}
