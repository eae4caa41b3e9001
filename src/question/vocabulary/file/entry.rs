//! The types that the file is deserialised into.

use serde::Deserialize;
use toml::Spanned;

/// A string with its position.
pub(super) type Placed = Spanned<String>;

/// `vocabulary.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) general_synonyms: Option<bool>,
    #[serde(default)]
    pub(super) who: Vec<Placed>,
    pub(super) documents: Option<DocumentsEntry>,
    #[serde(default)]
    pub(super) nouns: Vec<NounEntry>,
    #[serde(default)]
    pub(super) adjectives: Vec<Spanned<AdjectiveEntry>>,
    #[serde(default)]
    pub(super) verbs: Vec<VerbEntry>,
    #[serde(default)]
    pub(super) adverbs: Vec<Spanned<AdverbEntry>>,
    #[serde(default)]
    pub(super) attributes: Vec<AttributeEntry>,
    #[serde(default)]
    pub(super) synonyms: Vec<SynonymEntry>,
}

/// A word in its base form, alone or with its irregular forms.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a word, or a table of `word` and its `plural`, or its `third`, `past`, `participle` and `progressive`"
)]
pub(super) enum WordEntry {
    Plain(String),
    Forms(FormsEntry),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormsEntry {
    pub(super) word: String,
    pub(super) plural: Option<String>,
    pub(super) third: Option<String>,
    pub(super) past: Option<String>,
    pub(super) participle: Option<String>,
    pub(super) progressive: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentsEntry {
    pub(super) label: Placed,
    pub(super) key: Placed,
    pub(super) part: Option<Placed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NounEntry {
    pub(super) label: Placed,
    pub(super) pattern: Option<Placed>,
    pub(super) words: Spanned<Vec<WordEntry>>,
    #[serde(default)]
    pub(super) shows: Vec<Placed>,
    pub(super) numbered: Option<Placed>,
    pub(super) order: Option<Placed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdjectiveEntry {
    #[serde(default)]
    pub(super) words: Vec<String>,
    pub(super) pattern: Option<Placed>,
    pub(super) names: Option<Placed>,
    pub(super) values: Option<Placed>,
    pub(super) key: Option<Placed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerbEntry {
    pub(super) words: Spanned<Vec<WordEntry>>,
    #[serde(default)]
    pub(super) subject: Vec<WordEntry>,
    #[serde(default)]
    pub(super) object: Vec<WordEntry>,
    #[serde(default)]
    pub(super) ties: Vec<WordEntry>,
    #[serde(default, rename = "where")]
    pub(super) asks_where: bool,
    #[serde(default)]
    pub(super) own: bool,
    pub(super) senses: Spanned<Vec<Placed>>,
    #[serde(default)]
    pub(super) wide: Vec<WideEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WideEntry {
    pub(super) pattern: Placed,
    pub(super) words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdverbEntry {
    pub(super) of: Vec<Placed>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(rename = "where")]
    pub(super) condition: Option<Placed>,
    pub(super) values: Option<Placed>,
    #[serde(default)]
    pub(super) before: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeEntry {
    pub(super) words: Spanned<Vec<WordEntry>>,
    pub(super) pattern: Placed,
    pub(super) value: Placed,
    pub(super) unit: Option<String>,
    #[serde(default)]
    pub(super) asks: Vec<String>,
    #[serde(default)]
    pub(super) more: Vec<String>,
    #[serde(default)]
    pub(super) less: Vec<String>,
    #[serde(default)]
    pub(super) verbs: Vec<WordEntry>,
    #[serde(default)]
    pub(super) values: bool,
    #[serde(default)]
    pub(super) of_verb: Vec<Placed>,
    pub(super) yes: Option<String>,
    pub(super) no: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SynonymEntry {
    pub(super) of: Placed,
    pub(super) label: Option<Placed>,
    pub(super) words: Vec<String>,
}
