//! The settings of algorithms: the entries of the map that a call takes, with their types, ranges and defaults.

use std::fmt;

use crate::{
    base::{Code, Fault, did_you_mean},
    value::{Kind, Value, cast, display::literal},
};

/// An entry of the map that an algorithm takes.
#[derive(Debug)]
pub struct Setting {
    /// The key.
    pub name: &'static str,
    /// The values that are allowed, and the default.
    pub kind: SettingKind,
    /// One sentence for the manual.
    pub doc: &'static str,
}

/// The values of a setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingKind {
    /// A number of a range that includes both ends, and its default.
    Float(f64, f64, f64),
    /// An integer from a least one, and its default; without a default all there are.
    Integer(i64, Option<i64>),
    /// One of some words; the first is the default.
    Choice(&'static [&'static str]),
    /// True or false, and the default.
    Boolean(bool),
    /// A node, which must be given.
    Node,
    /// A node or a list of nodes; none by default.
    Nodes,
    /// The name of a property of relationships or nodes; none by default.
    Key,
    /// The name of a property, which must be given.
    NeededKey,
    /// One name or a list of names, or a list of entities; all there are by default.
    Selection,
    /// A list of numbers, and its default.
    Floats(&'static [f64]),
}

impl Setting {
    /// A setting with its values and its sentence for the manual.
    pub(super) const fn new(name: &'static str, kind: SettingKind, doc: &'static str) -> Self {
        Self { name, kind, doc }
    }

    /// Whether a call must give it.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        matches!(self.kind, SettingKind::Node | SettingKind::NeededKey)
    }

    /// Fails if the value is not allowed. Null stands for the default.
    ///
    /// # Errors
    /// A fault that says what was expected.
    pub fn check(&self, value: &Value) -> Result<(), Fault> {
        let fits = match (self.kind, value) {
            (_, Value::Null) => !self.is_needed(),
            (SettingKind::Float(low, high, _), value) => {
                cast::approximate(value).is_some_and(|number| (low..=high).contains(&number))
            }
            (SettingKind::Integer(low, _), Value::Integer(number)) => *number >= low,
            (SettingKind::Choice(words), Value::String(word)) => chosen(words, word).is_some(),
            (SettingKind::Boolean(_), Value::Boolean(_))
            | (SettingKind::Node | SettingKind::Nodes, Value::Node(_))
            | (
                SettingKind::Key | SettingKind::NeededKey | SettingKind::Selection,
                Value::String(_),
            ) => true,
            (SettingKind::Nodes, Value::List(items)) => {
                items.iter().all(|item| item.kind() == Kind::Node)
            }
            (SettingKind::Selection, Value::List(_)) => true,
            (SettingKind::Floats(_), Value::List(items)) => {
                let is_number = |item| cast::approximate(item).is_some_and(f64::is_finite);
                items.iter().all(is_number)
            }
            _ => false,
        };
        if fits {
            return Ok(());
        }
        let found = match value {
            Value::Integer(_) | Value::Float(_) | Value::String(_) => literal(value),
            other => other.kind().to_string(),
        };
        let message = format!("`{}` expects {}, found {found}", self.name, self.kind);
        let fault = Fault::new(Code::InvalidArgumentValue, message);
        Err(match (self.kind, value) {
            (SettingKind::Choice(words), Value::String(word)) => {
                match did_you_mean(word, words.iter().copied()) {
                    Some(help) => fault.help(help),
                    None => fault,
                }
            }
            _ => fault,
        })
    }

    /// The default in the syntax of the language; `None` if the setting must be given.
    #[must_use]
    pub fn default(&self) -> Option<String> {
        Some(match self.kind {
            SettingKind::Float(_, _, default) => format!("{default:?}"),
            SettingKind::Integer(_, Some(default)) => default.to_string(),
            SettingKind::Choice(words) => format!("'{}'", words[0]),
            SettingKind::Boolean(default) => default.to_string(),
            SettingKind::Floats(default) => format!("{default:?}"),
            SettingKind::Node | SettingKind::NeededKey => return None,
            SettingKind::Nodes
            | SettingKind::Key
            | SettingKind::Selection
            | SettingKind::Integer(_, None) => "null".to_owned(),
        })
    }
}

impl fmt::Display for SettingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Float(low, high, _) if high.is_infinite() => {
                write!(f, "a number from {low}")
            }
            Self::Float(low, high, _) => write!(f, "a number from {low} to {high}"),
            Self::Integer(low, _) => write!(f, "an INTEGER from {low}"),
            Self::Choice(words) => {
                let words: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
                f.write_str(&words.join(" or "))
            }
            Self::Boolean(_) => f.write_str("a BOOLEAN"),
            Self::Node => f.write_str("a NODE"),
            Self::Nodes => f.write_str("a NODE or a LIST of them"),
            Self::Key | Self::NeededKey => f.write_str("the name of a property"),
            Self::Selection => f.write_str("a name, a LIST of names, or a LIST of entities"),
            Self::Floats(_) => f.write_str("a LIST of numbers"),
        }
    }
}

/// The word of a choice that a text stands for, ignoring case.
pub(super) fn chosen(words: &'static [&'static str], text: &str) -> Option<&'static str> {
    let mut words = words.iter().copied();
    words.find(|word| word.eq_ignore_ascii_case(text))
}

/// Keys of the Graph Data Science library of Neo4j that have another name here.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("orientation", "direction"),
    ("relationshipWeightProperty", "weight"),
    ("nodeLabels", "nodes"),
    ("relationshipTypes", "relationships"),
    ("writeProperty", "write"),
    ("mutateProperty", "write"),
    ("damping", "dampingFactor"),
    ("iterations", "maxIterations"),
    ("gamma", "resolution"),
    ("source", "sourceNode"),
    ("target", "targetNode"),
];

/// The fault for a key that is no setting of an algorithm.
pub(super) fn unknown<'s>(
    algorithm: &str,
    key: &str,
    settings: impl Iterator<Item = &'s Setting> + Clone,
) -> Fault {
    if key == "write" {
        let message = "`write` must be in a map that is written in the call";
        let help = "use `SET` after the call";
        return Fault::new(Code::InvalidArgumentValue, message).help(help);
    }
    let message = format!("`{algorithm}` has no setting `{key}`");
    let names = settings.map(|setting| setting.name).chain(["write"]);
    let other = OTHER_NAMES
        .iter()
        .find(|(other, name)| {
            other.eq_ignore_ascii_case(key) && names.clone().any(|known| known == *name)
        })
        .map(|(_, name)| format!("write `{name}`"));
    let help = other.or_else(|| did_you_mean(key, names.clone()));
    let help = help.unwrap_or_else(|| {
        let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
        format!("its settings are {}", names.join(", "))
    });
    Fault::new(Code::InvalidArgumentValue, message).help(help)
}
