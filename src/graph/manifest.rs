//! The manifest `graph.toml`: description, file format and rules of a graph. `docs/GRAPH-FORMAT.md` specifies it.
//!
//! This module is the file as written; `check` evaluates its rules.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::{
    graph::{
        entry::{Constraint, Index},
        load::Problem,
    },
    value::SchemaCommand,
};

/// The name of the manifest file.
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
    /// The file set whose conventions apply, or `none`.
    pub preset: Option<Spanned<String>>,
    /// The format of the CSV files.
    #[serde(default)]
    pub csv: Csv,
    /// Node files that do not give their own labels.
    #[serde(default)]
    pub nodes: Vec<NodeFile>,
    /// Relationship files that do not give their own type.
    #[serde(default)]
    pub relationships: Vec<RelationshipFile>,
    /// The documents that the graph cites.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// The keys that name entities.
    #[serde(default)]
    pub names: Names,
    /// The keys that cite documents.
    pub citations: Option<Citations>,
    /// Parts that are loaded only on request.
    #[serde(default)]
    pub overlays: Vec<Overlay>,
    /// The rules that the graph must satisfy.
    #[serde(default)]
    pub rules: Vec<Spanned<Rule>>,
    /// The declared indexes.
    #[serde(default)]
    pub indexes: Vec<Spanned<Index>>,
    /// The declared constraints.
    #[serde(default)]
    pub constraints: Vec<Spanned<Constraint>>,
    /// What was known of RDF from which the graph was read.
    pub rdf: Option<Rdf>,
    /// The meaning of the labels; if present, it must cover all labels.
    pub labels: Option<IndexMap<String, LabelMeaning>>,
    /// The meaning of the relationship types; if present, it must cover all types.
    pub types: Option<IndexMap<String, TypeMeaning>>,
    /// The source text, written back when the graph is saved.
    #[serde(skip)]
    pub(crate) text: String,
}

/// The format of the CSV files.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Csv {
    /// The field delimiter.
    pub delimiter: Option<Spanned<char>>,
    /// The delimiter between list items.
    pub array_delimiter: Option<char>,
    /// The type of ids stored as a property.
    pub id_type: Option<IdType>,
    /// The column order of saved files; `*` stands for all keys not listed.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// What names and values of a graph are in RDF.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rdf {
    /// Whether labels, types and keys are IRIs.
    #[serde(default)]
    pub keeps_iris: bool,
    /// The keys whose values are lists even if there is one.
    #[serde(default)]
    pub arrays: Vec<String>,
    /// The namespaces by prefix: the name `ex__a` stands for the namespace of `ex` and `a`.
    #[serde(default)]
    pub prefixes: IndexMap<String, String>,
    /// The datatypes of numbers by key, where they are not the usual ones.
    #[serde(default)]
    pub datatypes: IndexMap<String, String>,
}

/// The type of an id stored as a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdType {
    /// A string.
    String,
    /// An integer.
    Integer,
}

/// The labels of a node file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeFile {
    /// The path within the folder.
    pub file: Spanned<String>,
    /// The labels of all its nodes.
    pub labels: Vec<String>,
}

/// The type of a relationship file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationshipFile {
    /// The path within the folder.
    pub file: Spanned<String>,
    /// The type of all its relationships.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A document that the graph cites.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The key in citations.
    pub key: String,
    /// The title for people.
    #[serde(default)]
    pub title: String,
    /// The name of the file with its text.
    pub file: String,
    /// The number of lines.
    pub lines: usize,
}

/// The keys that name entities.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The key with the display name of a node.
    pub display: Option<String>,
    /// The look-up keys, which are indexed.
    #[serde(default)]
    pub keys: Vec<String>,
    /// Those look-up keys that only help to find an entity and are not content of the sources.
    #[serde(default)]
    pub hidden: Vec<String>,
}

/// The keys by which nodes and relationships cite documents.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citations {
    /// The key with the document key.
    pub document: String,
    /// The key with the first line, from 1.
    pub from: String,
    /// The key with the last line.
    pub to: String,
    /// The key that tells how the statement is known.
    pub basis: Option<String>,
    /// The values of `basis` that require names to occur in the cited lines.
    #[serde(default)]
    pub stated: Vec<String>,
    /// The keys of these names, the preferred name first.
    #[serde(default)]
    pub names: Vec<String>,
    /// The key with the note that explains a name not in the cited lines.
    pub note: Option<String>,
    /// The key with places of single properties.
    pub elsewhere: Option<String>,
    /// Relationship types that record a spelling of the document.
    #[serde(default)]
    pub spellings: Vec<Spelling>,
}

/// A relationship type that records a spelling of the document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    /// The relationship type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The key with the spelling.
    pub key: String,
    /// The end whose name is spelled.
    pub of: End,
}

/// An end of a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// The source.
    Start,
    /// The target.
    End,
}

/// A part that is loaded only on request: the folder `overlays/<name>`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// The name to request it by.
    pub name: String,
    /// What the overlay adds.
    #[serde(default)]
    pub description: String,
}

/// The meaning of a label.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelMeaning {
    /// Labels that a node with this label must also have.
    #[serde(default)]
    pub with: Vec<String>,
    /// The equivalent term in a published vocabulary.
    #[serde(default)]
    pub standard: String,
}

/// The meaning of a relationship type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeMeaning {
    /// Labels of the source node; `*` is any.
    pub from: Vec<String>,
    /// Labels of the target node; `*` is any.
    pub to: Vec<String>,
    /// Whether most questions need the type.
    #[serde(default)]
    pub core: bool,
    /// What a relationship of the type states.
    #[serde(default)]
    pub meaning: String,
    /// The equivalent term in a published vocabulary.
    #[serde(default)]
    pub standard: String,
}

/// A rule: its scope and its condition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// The rule as a sentence.
    pub says: String,
    /// The kind of condition.
    pub kind: RuleKind,
    /// The label of the nodes in scope, or `*`.
    pub nodes: Option<String>,
    /// The type of the relationships in scope, or `*`.
    pub relationships: Option<String>,
    /// Only entities with one of these values, per key.
    #[serde(default, rename = "where")]
    pub keep: IndexMap<String, Vec<Literal>>,
    /// Only entities without these values, per key.
    #[serde(default, rename = "unless")]
    pub drop: IndexMap<String, Vec<Literal>>,
    /// The overlay that suspends the rule while it is loaded.
    pub unless_overlay: Option<String>,
    /// The keys of `unique`, `required` and `forbidden`.
    #[serde(default)]
    pub keys: Vec<String>,
    /// The key of `values`.
    pub key: Option<String>,
    /// The allowed values.
    pub among: Option<Vec<Literal>>,
    /// The forbidden values.
    pub not_among: Option<Vec<Literal>>,
    /// The exact set of values, or the exact number of relationships.
    pub exactly: Option<Exactly>,
    /// The minimum number of relationships.
    pub at_least: Option<usize>,
    /// The maximum number of relationships.
    pub at_most: Option<usize>,
    /// The relationship type that `count` counts.
    #[serde(rename = "type")]
    pub counted: Option<String>,
    /// The label at the other end of outgoing relationships.
    pub to: Option<String>,
    /// The label at the other end of incoming relationships.
    pub from: Option<String>,
    /// Whether distinct other ends are counted instead of relationships.
    #[serde(default)]
    pub distinct: bool,
    /// Only nodes with an outgoing relationship of this type.
    pub having: Option<String>,
}

/// The kind of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// No two entities have the same values of the keys.
    Unique,
    /// Every entity has all the keys.
    Required,
    /// No entity has any of the keys.
    Forbidden,
    /// The values of a key are constrained by a list.
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
    /// The number of relationships.
    Number(usize),
    /// The set of values.
    Values(Vec<Literal>),
}

/// A literal in a manifest.
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
    /// Parses a manifest; `file` is the name used in problems.
    ///
    /// # Errors
    /// The first deviation from the format.
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

    /// The manifest of a graph that was read from RDF.
    ///
    /// # Errors
    /// Never for names and IRIs; a manifest is parsed from its text, which is kept.
    pub(crate) fn of_rdf(name: &str, rdf: Rdf) -> Result<Self, Problem> {
        #[derive(Serialize)]
        struct Text<'n> {
            name: &'n str,
            rdf: Rdf,
        }
        let text = toml::to_string(&Text { name, rdf });
        let text = text.map_err(|error| Problem::whole(FILE, error.to_string()))?;
        Self::parse(FILE, &text)
    }

    /// The byte position of the first rule that lacks a required entry, with a message.
    fn wrong_rule(&self) -> Option<(usize, String)> {
        self.rules.iter().find_map(|rule| {
            let message = rule.get_ref().lack(self.citations.is_some())?;
            Some((rule.span().start, message))
        })
    }

    /// The keys for node look-up: the naming keys and the keys with a single-key uniqueness rule on nodes.
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

    /// The keys that are unique over all nodes, `id` first.
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

    /// The commands that create the indexes and constraints, each with the position of its entry in the text; or what is
    /// wrong with the entry.
    pub fn commands(&self) -> impl Iterator<Item = (usize, Result<SchemaCommand, String>)> {
        let indexes = self.indexes.iter();
        let indexes = indexes.map(|index| (index.span().start, index.get_ref().command()));
        let constraints = self.constraints.iter();
        let constraints = constraints.map(|one| (one.span().start, one.get_ref().command()));
        indexes.chain(constraints)
    }

    /// The document with this key, or `None` if there is none.
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
            RuleKind::Lines => (!has_citations).then_some("a table `[citations]`"),
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
            Some(_) if !lists => Some("one of `among`, `not-among` and `exactly`"),
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
            Some("one of `exactly`, `at-least` and `at-most`")
        } else {
            (self.to.is_some() && self.from.is_some()).then_some("only one of `to` and `from`")
        }
    }
}
