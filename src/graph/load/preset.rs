//! File sets recognised by their file names, with the conventions that their files leave out.

use crate::graph::{load::name, manifest::IdType};

/// The conventions of a file set.
#[derive(Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name in a manifest.
    pub name: &'static str,
    /// File stems that only this set contains all of.
    stems: &'static [&'static str],
    /// (file stem, label): labels that the nodes of a file have in addition to the one from the file name.
    labels: &'static [(&'static str, &'static str)],
    /// The type of ids stored as a property.
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
    /// The preset called `name`, or `None` if there is none.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// The names of all presets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|preset| preset.name)
    }

    /// The preset of a set of files, or `None` if no preset matches.
    pub(super) fn of<'a>(files: impl Iterator<Item = &'a str> + Clone) -> Option<&'static Self> {
        let has = |stem: &&str| files.clone().any(|file| name::stem(file) == *stem);
        PRESETS.iter().find(|preset| preset.stems.iter().all(has))
    }

    /// The additional labels of the nodes of a file, besides the one from its name.
    pub(super) fn labels_of(&self, stem: &str) -> impl Iterator<Item = &'static str> {
        self.labels
            .iter()
            .filter(move |(file, _)| *file == stem)
            .map(|(_, label)| *label)
    }
}
