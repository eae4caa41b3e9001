//! Reads relationship files into rows whose ends are node ids.

use std::borrow::Cow;

use crate::{
    base::did_you_mean,
    graph::{
        ColumnData,
        load::{
            header::Column,
            ids::{Space, Spaces},
            problem::Problems,
            quoted,
            record::Field,
            rows::{self, Properties, Words},
            table::Table,
        },
    },
    value::NodeId,
};

/// The relationships of a file.
#[derive(Debug, Default)]
pub(super) struct RelationshipRows {
    /// Start and end of each row.
    pub(super) ends: Vec<(NodeId, NodeId)>,
    /// The distinct types, and for each row the position of its type. If `type_of` is empty, all rows share one type.
    pub(super) types: Vec<String>,
    pub(super) type_of: Vec<u32>,
    pub(super) columns: Vec<(String, ColumnData)>,
    pub(super) problems: Problems,
}

impl RelationshipRows {
    /// Reads the relationships of a table. `spaces` is `None` if some nodes could not be read; then ends are not
    /// resolved.
    pub(super) fn read(table: &Table<'_>, spaces: Option<&Spaces<'_>>) -> Self {
        let mut relationships = Self::default();
        let mut problems = Problems::default();
        let (Some(mut start), Some(mut end)) = (
            End::of(table, spaces, &mut problems, |column| match column {
                Column::Start(space) => Some(space),
                _ => None,
            }),
            End::of(table, spaces, &mut problems, |column| match column {
                Column::End(space) => Some(space),
                _ => None,
            }),
        ) else {
            relationships.problems = problems;
            return relationships;
        };
        let columns = &table.header.columns;
        let type_at = columns.iter().position(|column| *column == Column::Type);
        let mut properties = Properties::new(table);
        let mut types = Words::default();
        relationships.ends.reserve(table.about());
        rows::each(
            table,
            &mut problems,
            |fields, problems| {
                let ends = (
                    start.node(table, fields, problems),
                    end.node(table, fields, problems),
                );
                relationships.ends.push(ends);
                properties.push(table, fields, problems);
                if let Some(at) = type_at {
                    let cell = fields[at].text.trim();
                    let kind = if cell.is_empty() {
                        Cow::Borrowed(table.kind.as_str())
                    } else {
                        quoted::unquoted(cell)
                    };
                    relationships.type_of.push(types.code(&kind));
                }
            },
            |_| {},
        );
        relationships.types = match type_at {
            Some(_) => types.into_words(),
            None => vec![table.kind.clone()],
        };
        relationships.columns = properties.finish();
        relationships.problems = problems;
        relationships
    }
}

/// One end of the relationships of a file: its column and its id space.
struct End<'t, 's, 'a> {
    at: usize,
    name: &'t str,
    space: Option<&'s Space<'a>>,
    /// The last node found.
    near: NodeId,
}

impl<'t, 's, 'a> End<'t, 's, 'a> {
    fn of(
        table: &'t Table<'_>,
        spaces: Option<&'s Spaces<'a>>,
        problems: &mut Problems,
        select: impl Fn(&'t Column) -> Option<&'t String>,
    ) -> Option<Self> {
        let mut columns = table.header.columns.iter().enumerate();
        let (at, name) = columns.find_map(|(at, column)| Some((at, select(column)?)))?;
        let Some(spaces) = spaces else {
            return Some(Self {
                at,
                name,
                space: None,
                near: NodeId(0),
            });
        };
        let space = spaces.get(name.as_str());
        if space.is_none() {
            problems.push(|| {
                table
                    .column_problem(at, unknown_space(name))
                    .maybe_help(known_spaces(name, spaces))
            });
        }
        space.map(|space| Self {
            at,
            name,
            space: Some(space),
            near: NodeId(0),
        })
    }

    fn node(&mut self, table: &Table<'_>, fields: &[Field<'_>], problems: &mut Problems) -> NodeId {
        let field = &fields[self.at];
        let Some(space) = self.space else {
            return NodeId::NONE;
        };
        space.node(&field.text, &mut self.near).unwrap_or_else(|| {
            problems.push(|| {
                let whose = if self.name.is_empty() {
                    String::new()
                } else {
                    format!(" of the id space `{}`", self.name)
                };
                table.problem(
                    field.at,
                    format!("expected the id of a node{whose}, found `{}`", field.text),
                )
            });
            NodeId::NONE
        })
    }
}

fn known_spaces(name: &str, spaces: &Spaces<'_>) -> Option<String> {
    let known = spaces
        .keys()
        .map(String::as_str)
        .filter(|known| !known.is_empty());
    let near = (!name.is_empty())
        .then(|| did_you_mean(name, known.clone()))
        .flatten();
    near.or_else(|| {
        let names: Vec<_> = known.map(|known| format!("`{known}`")).collect();
        (!names.is_empty()).then(|| format!("the id spaces are {}", names.join(", ")))
    })
}

fn unknown_space(name: &str) -> String {
    match name {
        "" => "expected an id space in brackets: all node ids are in id spaces".to_owned(),
        name => format!("expected an id space of nodes, found `{name}`"),
    }
}
