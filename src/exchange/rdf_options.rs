//! The options of reading RDF, with the names that neosemantics gives them.

use indexmap::IndexMap;

use crate::base::did_you_mean;

/// How RDF becomes a property graph.
#[derive(Clone, Debug, Default)]
pub struct RdfOptions {
    pub(super) vocabulary: Vocabulary,
    /// IRIs with the names that they get, for [`Vocabulary::Map`].
    pub(super) mappings: IndexMap<String, String>,
    pub(super) multival: Multival,
    /// The IRIs of the properties that are always lists; all if it is empty.
    pub(super) multival_properties: Vec<String>,
    pub(super) types: Types,
    pub(super) keeps_language_tags: bool,
    pub(super) keeps_datatypes: bool,
    /// The only language whose texts are read.
    pub(super) language: Option<String>,
    /// The IRIs of the predicates that are not read.
    pub(super) excluded: Vec<String>,
}

/// `handleVocabUris`: the names of labels, types and keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// `prefix__name`; namespaces without a prefix get one.
    #[default]
    Shorten,
    /// `prefix__name`; a namespace without a prefix is an error.
    ShortenStrict,
    /// The last part of the IRI.
    Ignore,
    /// A given name, or the last part of the IRI.
    Map,
    /// The IRI.
    Keep,
}

/// `handleMultival`: properties with several values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Multival {
    /// A list if there are several values.
    #[default]
    Auto,
    /// Always a list.
    Array,
    /// The last value.
    Overwrite,
}

/// `handleRDFTypes`: what classes become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Types {
    /// Labels.
    #[default]
    Labels,
    /// Nodes, with relationships to them.
    Nodes,
    /// Both.
    LabelsAndNodes,
}

/// The names of the options. `mappings.IRI` is an option per IRI.
const NAMES: &[&str] = &[
    "handleVocabUris",
    "handleMultival",
    "handleRDFTypes",
    "keepLangTag",
    "keepCustomDataTypes",
    "languageFilter",
    "multivalPropList",
    "predicateExclusionList",
    "mappings",
];

impl RdfOptions {
    /// Sets an option by its name in neosemantics. Lists have commas between their items.
    ///
    /// # Errors
    /// If there is no such option or value; the message says which there are.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let list = || {
            value
                .split(',')
                .map(|item| item.trim().to_owned())
                .collect()
        };
        if let Some(iri) = name.strip_prefix("mappings.") {
            self.mappings.insert(iri.to_owned(), value.to_owned());
            return Ok(());
        }
        match name {
            "handleVocabUris" => self.vocabulary = choice(name, value, VOCABULARIES)?,
            "handleMultival" => self.multival = choice(name, value, MULTIVALS)?,
            "handleRDFTypes" => self.types = choice(name, value, TYPES)?,
            "keepLangTag" => self.keeps_language_tags = choice(name, value, SWITCH)?,
            "keepCustomDataTypes" => self.keeps_datatypes = choice(name, value, SWITCH)?,
            "languageFilter" => self.language = Some(value.to_owned()),
            "multivalPropList" => self.multival_properties = list(),
            "predicateExclusionList" => self.excluded = list(),
            _ => return Err(unknown(name)),
        }
        Ok(())
    }
}

const VOCABULARIES: &[(&str, Vocabulary)] = &[
    ("SHORTEN", Vocabulary::Shorten),
    ("SHORTEN_STRICT", Vocabulary::ShortenStrict),
    ("IGNORE", Vocabulary::Ignore),
    ("MAP", Vocabulary::Map),
    ("KEEP", Vocabulary::Keep),
];

const MULTIVALS: &[(&str, Multival)] = &[
    ("AUTO", Multival::Auto),
    ("ARRAY", Multival::Array),
    ("OVERWRITE", Multival::Overwrite),
];

const TYPES: &[(&str, Types)] = &[
    ("LABELS", Types::Labels),
    ("NODES", Types::Nodes),
    ("LABELS_AND_NODES", Types::LabelsAndNodes),
];

const SWITCH: &[(&str, bool)] = &[("TRUE", true), ("FALSE", false)];

fn choice<T: Copy>(name: &str, value: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let found = choices
        .iter()
        .find(|(text, _)| text.eq_ignore_ascii_case(value));
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<_> = choices.iter().map(|(text, _)| *text).collect();
        format!(
            "expected {} for `{name}`, found `{value}`",
            names.join(", ")
        )
    })
}

fn unknown(name: &str) -> String {
    let near = did_you_mean(name, NAMES.iter().copied());
    let help = near.unwrap_or_else(|| format!("the options are {}", NAMES.join(", ")));
    format!("expected an option of RDF, found `{name}`: {help}")
}
