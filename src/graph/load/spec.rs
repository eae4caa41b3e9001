//! Files named by flags, in the syntax of `neo4j-admin database import`.

use std::str::FromStr;

/// Node files: `Message:Comment=Comment.csv` or `Person.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeSpec {
    /// The labels of every node in the files.
    pub labels: Vec<String>,
    /// The files of one table; the first contains the header.
    pub files: Vec<String>,
}

/// Relationship files: `KNOWS=Person_knows_Person.csv` or `KNOWS.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationshipSpec {
    /// The type of the relationships, or `None` if the files give it.
    pub kind: Option<String>,
    /// The files of one table; the first contains the header.
    pub files: Vec<String>,
}

impl FromStr for NodeSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (labels, files) = split(text);
        let labels = labels.map_or(Ok(Vec::new()), |labels| {
            named(labels.split(':'), "a label", text)
        })?;
        Ok(Self {
            labels,
            files: named(files.split(','), "a file name", text)?,
        })
    }
}

impl FromStr for RelationshipSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, files) = split(text);
        if kind == Some("") {
            return Err(format!("expected a type before `=` in `{text}`"));
        }
        Ok(Self {
            kind: kind.map(str::to_owned),
            files: named(files.split(','), "a file name", text)?,
        })
    }
}

fn split(text: &str) -> (Option<&str>, &str) {
    match text.split_once('=') {
        Some((names, files)) => (Some(names), files),
        None => (None, text),
    }
}

fn named<'a>(
    names: impl Iterator<Item = &'a str>,
    what: &str,
    text: &str,
) -> Result<Vec<String>, String> {
    names
        .map(|name| match name.trim() {
            "" => Err(format!("expected {what} in `{text}`, found none")),
            name => Ok(name.to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_files_are_told_apart() {
        let spec: NodeSpec = "Message:Comment=header.csv,a.csv".parse().unwrap();
        assert_eq!(spec.labels, ["Message", "Comment"]);
        assert_eq!(spec.files, ["header.csv", "a.csv"]);
        let spec: NodeSpec = "Person.csv".parse().unwrap();
        assert!(spec.labels.is_empty());
        assert_eq!(spec.files, ["Person.csv"]);
    }

    #[test]
    fn a_type_stands_before_its_files() {
        let spec: RelationshipSpec = "KNOWS=Person_knows_Person.csv".parse().unwrap();
        assert_eq!(spec.kind.as_deref(), Some("KNOWS"));
        assert_eq!(spec.files, ["Person_knows_Person.csv"]);
        assert_eq!("a.csv".parse::<RelationshipSpec>().unwrap().kind, None);
    }

    #[test]
    fn names_may_not_be_missing() {
        assert!("=a.csv".parse::<RelationshipSpec>().is_err());
        assert!("KNOWS=".parse::<RelationshipSpec>().is_err());
        assert!("A::B=a.csv".parse::<NodeSpec>().is_err());
    }
}
