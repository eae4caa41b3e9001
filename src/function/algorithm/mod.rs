//! The table of graph algorithms: procedures that take a map of settings and yield a row per node, pair or group.
//!
//! A row has the name, the settings, the columns and the words of the manual; its body makes columns of what
//! `crate::algorithm` computes. `select` finds the part of the graph, `setting` checks the map.

mod call;
mod centrality;
mod community;
mod hierarchy;
mod path;
mod select;
mod setting;
mod similarity;
mod structure;

pub use self::{
    call::Call,
    select::Ways,
    setting::{Setting, SettingKind},
};
use crate::{
    base::Fault,
    function::{Context, Field, Signature},
    value::{Column, Value},
};

/// The columns that an algorithm finds, and the number of their rows.
type Found = Result<(Vec<Column>, usize), Fault>;

/// A graph algorithm.
#[derive(Debug)]
pub struct Algorithm {
    /// The name, such as `algo.pageRank`.
    pub name: &'static str,
    /// The columns, such as `node :: NODE, score :: FLOAT`.
    pub yields: &'static str,
    /// In which way it follows relationships by default.
    pub ways: Ways,
    /// Its own settings, besides those of every algorithm.
    pub settings: &'static [Setting],
    /// One sentence or two for the manual.
    pub doc: &'static str,
    /// The time it takes, for `n` nodes and `m` relationships.
    pub complexity: &'static str,
    /// Where it is described.
    pub source: &'static str,
    /// A query on the built-in graph for the manual, which a test runs.
    pub example: &'static str,
    /// What the example says about the graph, in plain words.
    pub says: &'static str,
    /// The implementation: the columns, and the number of rows.
    body: fn(&Call<'_>) -> Found,
}

impl Algorithm {
    /// The columns of its rows.
    pub(super) fn signature(&self) -> Signature {
        let text = format!("{}(settings :: MAP?) :: ({})", self.name, self.yields);
        Signature::parse(&text).expect("the columns of algorithms are well spelt")
    }

    /// All its settings.
    pub fn all_settings(&self) -> impl Iterator<Item = &Setting> + Clone {
        self.settings.iter().chain(COMMON)
    }

    /// The setting with this name.
    fn setting(&self, name: &str) -> Option<&Setting> {
        self.all_settings().find(|setting| setting.name == name)
    }

    /// Fails if there is no setting of a name.
    ///
    /// # Errors
    /// A fault that names the nearest setting.
    pub fn check_name(&self, name: &str) -> Result<(), Fault> {
        match self.setting(name) {
            Some(_) => Ok(()),
            None => Err(setting::unknown(self.name, name, self.all_settings())),
        }
    }

    /// Fails if a setting does not allow a value.
    ///
    /// # Errors
    /// A fault that says what was expected.
    pub fn check_value(&self, name: &str, value: &Value) -> Result<(), Fault> {
        self.setting(name)
            .map_or(Ok(()), |setting| setting.check(value))
    }

    /// The position of the column that `write` stores at the node of the first column.
    #[must_use]
    pub fn written(&self) -> Option<usize> {
        let fields = self.signature().outputs;
        let is_stored = |field: &Field| {
            ["FLOAT", "INTEGER", "BOOLEAN", "LIST OF FLOAT"]
                .contains(&field.declared.to_string().as_str())
        };
        let by_node = fields.first().is_some_and(|field| &*field.name == "node");
        (by_node && fields.len() == 2 && is_stored(&fields[1])).then_some(1)
    }

    /// Runs the algorithm.
    ///
    /// # Errors
    /// A fault if a setting is wrong, or if the statement reaches a limit.
    pub(super) fn run(&'static self, settings: &Value, context: &Context<'_>) -> Found {
        let call = Call::new(self, settings, context)?;
        (self.body)(&call)
    }
}

/// The settings of every algorithm.
const COMMON: &[Setting] = &[
    Setting::new(
        "nodes",
        SettingKind::Selection,
        "The label of the nodes, several of which one is enough, or a list of nodes; by default all nodes, or the ends of listed relationships.",
    ),
    Setting::new(
        "relationships",
        SettingKind::Selection,
        "The type of the relationships, several types, or a list of relationships; those between the nodes count.",
    ),
    Setting::new(
        "direction",
        SettingKind::Choice(Ways::WORDS),
        "In which way relationships are followed.",
    ),
    Setting::new(
        "weight",
        SettingKind::Key,
        "The property of relationships with their weight, which is 1 without it.",
    ),
];

/// The groups of the manual, each with its algorithms.
pub fn algorithms() -> impl Iterator<Item = (&'static str, &'static [Algorithm])> {
    GROUPS.iter().copied()
}

static GROUPS: &[(&str, &[Algorithm])] = &[
    ("Centrality", centrality::ROWS),
    ("Communities", community::ROWS),
    ("Paths and traversals", path::ROWS),
    ("Structure", structure::ROWS),
    ("Similarity and links", similarity::ROWS),
    ("Care of a knowledge graph", hierarchy::ROWS),
];
