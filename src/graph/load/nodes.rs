//! Reads node files into rows.

use std::{borrow::Cow, mem};

use crate::graph::{
    ColumnData,
    load::{
        header::Column,
        ids::Id,
        problem::Problems,
        quoted,
        record::Field,
        rows::{self, Properties, Words},
        table::Table,
    },
};

/// The nodes of a file.
#[derive(Debug, Default)]
pub(super) struct NodeRows<'a> {
    pub(super) count: usize,
    /// The id of each row and its byte position; empty if the file has no ids.
    pub(super) ids: Vec<(Id<'a>, usize)>,
    /// The distinct label sets, and for each row the position of its set. If `label_set_of` is empty, all rows share
    /// one set.
    pub(super) label_sets: Vec<Vec<String>>,
    pub(super) label_set_of: Vec<u32>,
    pub(super) columns: Vec<(String, ColumnData)>,
    pub(super) problems: Problems,
}

impl<'a> NodeRows<'a> {
    /// The rows without what refers to the text of the file.
    pub(super) fn without_ids(self) -> NodeRows<'static> {
        NodeRows {
            count: self.count,
            ids: Vec::new(),
            label_sets: self.label_sets,
            label_set_of: self.label_set_of,
            columns: self.columns,
            problems: self.problems,
        }
    }

    /// Reads the nodes of a table.
    pub(super) fn read(table: &Table<'a>) -> Self {
        let columns = &table.header.columns;
        let id_at = columns
            .iter()
            .position(|column| matches!(column, Column::Id { .. }));
        let labels_at = columns.iter().position(|column| *column == Column::Labels);
        let mut problems = Problems::default();
        let mut properties = Properties::new(table);
        let mut nodes = Self::default();
        let mut label_cells = Words::default();
        let mut odd_ids = Vec::new();
        if id_at.is_some() {
            nodes.ids.reserve(table.about());
        }
        rows::each(
            table,
            &mut problems,
            |fields, problems| {
                properties.push(table, fields, problems);
                if let Some(at) = labels_at {
                    nodes.label_set_of.push(label_cells.code(&fields[at].text));
                }
                if let Some(at) = id_at {
                    nodes.ids.push(take_id(table, &mut fields[at], problems));
                }
                nodes.count += 1;
            },
            // A malformed row still defines its id, so that its relationships are not reported as well.
            |fields| odd_ids.extend(id_at.and_then(|at| fields.get_mut(at)).map(take_text)),
        );
        nodes.ids.extend(odd_ids);
        nodes.columns = properties.finish();
        nodes.label_sets = match labels_at {
            Some(_) => label_sets(table, label_cells),
            None => vec![table.labels.clone()],
        };
        nodes.problems = problems;
        nodes
    }
}

fn take_text<'a>(field: &mut Field<'a>) -> (Id<'a>, usize) {
    let text = mem::replace(&mut field.text, Cow::Borrowed(""));
    (Id::of(text), field.at)
}

fn take_id<'a>(
    table: &Table<'a>,
    field: &mut Field<'a>,
    problems: &mut Problems,
) -> (Id<'a>, usize) {
    if field.is_absent() {
        problems.push(|| table.problem(field.at, "expected an id, found an empty field"));
    }
    take_text(field)
}

/// For each `:LABEL` cell, its labels together with those of the file.
fn label_sets(table: &Table<'_>, cells: Words) -> Vec<Vec<String>> {
    let set = |cell: String| {
        let mut labels = table.labels.clone();
        for label in quoted::items(&cell, table.array_delimiter) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels
    };
    cells.into_words().into_iter().map(set).collect()
}
