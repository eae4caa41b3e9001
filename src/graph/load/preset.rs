//! File sets that are known by their names, for what their files leave out.

use crate::graph::{load::name, manifest::IdType};

/// What is known of a file set.
#[derive(Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name by which a manifest asks for it.
    pub name: &'static str,
    /// The stems of files that are all present only in this set.
    stems: &'static [&'static str],
    /// Labels that the nodes of a file bear as well as the one of its name.
    labels: &'static [(&'static str, &'static str)],
    /// What the ids are, where they are stored.
    pub id_type: IdType,
}

/// Every preset.
static PRESETS: &[Preset] = &[Preset {
    name: "lsqb",
    stems: &[
        "Comment",
        "Post",
        "Comment_replyOf_Comment",
        "Comment_replyOf_Post",
    ],
    labels: &[("Comment", "Message"), ("Post", "Message")],
    id_type: IdType::Integer,
}];

impl Preset {
    /// The preset called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// The names of all presets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|preset| preset.name)
    }

    /// The preset of a set of files, if they are a known one.
    pub(super) fn of<'a>(files: impl Iterator<Item = &'a str> + Clone) -> Option<&'static Self> {
        let has = |stem: &&str| files.clone().any(|file| name::stem(file) == *stem);
        PRESETS.iter().find(|preset| preset.stems.iter().all(has))
    }

    /// The labels that the nodes of a file bear, beside the one that its name gives.
    pub(super) fn labels_of(&self, stem: &str) -> impl Iterator<Item = &'static str> {
        self.labels
            .iter()
            .filter(move |(file, _)| *file == stem)
            .map(|(_, label)| *label)
    }
}
