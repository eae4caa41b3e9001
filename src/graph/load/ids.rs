//! Maps the ids in the files to nodes.
//!
//! Most ids are integers and need no text; the others are slices of the files.

use std::{borrow::Cow, collections::hash_map::Entry};

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use crate::{
    graph::load::{
        nodes::NodeRows,
        problem::{Problems, line_column},
        table::Table,
    },
    value::NodeId,
};

/// An id as written in the files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Id<'a> {
    /// An integer in canonical spelling; `07` is a text, so that it differs from `7`.
    Number(i64),
    /// Any other id.
    Text(Cow<'a, str>),
}

impl<'a> Id<'a> {
    /// The id in a field.
    pub(super) fn of(text: Cow<'a, str>) -> Self {
        match plain_number(text.as_bytes()) {
            Some(number) => Self::Number(number),
            None => Self::Text(text),
        }
    }
}

/// The number, if the text is at most 18 digits without a leading zero.
fn plain_number(digits: &[u8]) -> Option<i64> {
    let is_plain = match digits {
        [b'0'] => true,
        [b'1'..=b'9', ..] => digits.len() <= 18,
        _ => false,
    };
    if !is_plain {
        return None;
    }
    digits.iter().try_fold(0, |number: i64, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + i64::from(digit - b'0'))
    })
}

/// The nodes of one id space, by id.
#[derive(Clone, Debug)]
pub(super) struct Space<'a> {
    /// The leading run of numeric ids, by consecutive node from `first`. Relationship files often list nodes in the
    /// order of their file, which then needs no hash look-up.
    in_order: Vec<i64>,
    first: NodeId,
    numbers: FxHashMap<i64, NodeId>,
    texts: FxHashMap<Cow<'a, str>, NodeId>,
}

impl Default for Space<'_> {
    fn default() -> Self {
        Self {
            in_order: Vec::new(),
            first: NodeId(0),
            numbers: FxHashMap::default(),
            texts: FxHashMap::default(),
        }
    }
}

impl<'a> Space<'a> {
    /// Reserves room for `ids`, assuming that all are of the variant of the first.
    fn reserve(&mut self, ids: &[(Id<'a>, usize)]) {
        match ids.first() {
            Some((Id::Number(_), _)) => {
                self.numbers.reserve(ids.len());
                self.in_order.reserve(ids.len());
            }
            Some((Id::Text(_), _)) => self.texts.reserve(ids.len()),
            None => {}
        }
    }

    /// Maps an id to a node. The error is the node that has the id already.
    pub(super) fn insert(&mut self, id: &Id<'a>, node: NodeId) -> Result<(), NodeId> {
        match id {
            Id::Number(number) => {
                fill(self.numbers.entry(*number), node)?;
                if self.in_order.is_empty() {
                    self.first = node;
                }
                if self.first.index() + self.in_order.len() == node.index() {
                    self.in_order.push(*number);
                }
                Ok(())
            }
            Id::Text(text) => fill(self.texts.entry(text.clone()), node),
        }
    }

    /// The node of an id, or `None` if unknown. `near` is the last node found, tried first together with its successor.
    pub(super) fn node(&self, text: &str, near: &mut NodeId) -> Option<NodeId> {
        let Some(number) = plain_number(text.as_bytes()) else {
            return self.texts.get(text).copied();
        };
        for node in [near.0, near.0.wrapping_add(1)].map(NodeId) {
            let at = node.index().wrapping_sub(self.first.index());
            if self.in_order.get(at) == Some(&number) {
                *near = node;
                return Some(node);
            }
        }
        let node = self.numbers.get(&number).copied()?;
        *near = node;
        Some(node)
    }
}

/// The id spaces of a graph, by name.
pub(super) type Spaces<'a> = IndexMap<String, Space<'a>>;

/// Numbers the nodes of all tables in order and maps their ids to these numbers. Records the problems of the tables and
/// duplicate ids.
pub(super) fn spaces<'a>(
    tables: &[&Table<'a>],
    rows: &[NodeRows<'a>],
    problems: &mut Problems,
) -> Spaces<'a> {
    let mut spaces = Spaces::default();
    let mut first = 0_u32;
    for (table, rows_of_table) in tables.iter().zip(rows) {
        let mut found = rows_of_table.problems.clone();
        let count =
            u32::try_from(rows_of_table.ids.len().max(rows_of_table.count)).unwrap_or(u32::MAX);
        if let Some(name) = table.space() {
            let space = spaces.entry(name.to_owned()).or_default();
            space.reserve(&rows_of_table.ids);
            for (node, (id, at)) in (first..).map(NodeId).zip(&rows_of_table.ids) {
                if let Err(earlier) = space.insert(id, node) {
                    found.push(|| table.problem(*at, given_twice(tables, rows, id, earlier)));
                }
            }
        }
        found.sort();
        problems.append(found);
        first = first.saturating_add(count);
    }
    spaces
}

fn given_twice(
    tables: &[&Table<'_>],
    rows: &[NodeRows<'_>],
    id: &Id<'_>,
    earlier: NodeId,
) -> String {
    let id = match id {
        Id::Number(number) => number.to_string(),
        Id::Text(text) => text.to_string(),
    };
    let mut row = earlier.index();
    for (table, rows) in tables.iter().zip(rows) {
        if let Some((_, at)) = rows.ids.get(row) {
            let (line, _) = line_column(table.text, *at);
            return format!(
                "expected a unique id, found `{id}`, which {}:{line} has already",
                table.file
            );
        }
        row = row.saturating_sub(rows.ids.len().max(rows.count));
    }
    format!("expected a unique id, found `{id}` again")
}

fn fill<K>(entry: Entry<'_, K, NodeId>, node: NodeId) -> Result<(), NodeId> {
    match entry {
        Entry::Occupied(taken) => Err(*taken.get()),
        Entry::Vacant(free) => {
            free.insert(node);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_only_if_they_are_spelt_the_same() {
        let mut space = Space::default();
        for (node, id) in (0_u32..).map(NodeId).zip([
            "7",
            "07",
            "+7",
            "-7",
            "0",
            "00",
            "999999999999999999999",
            "x",
        ]) {
            assert_eq!(space.insert(&Id::of(id.into()), node), Ok(()), "{id}");
            assert_eq!(space.node(id, &mut NodeId(0)), Some(node), "{id}");
        }
        assert_eq!(space.insert(&Id::of("7".into()), NodeId(9)), Err(NodeId(0)));
        assert_eq!(space.node("8", &mut NodeId(0)), None);
    }

    #[test]
    fn the_node_that_was_found_last_does_not_matter() {
        let mut space = Space::default();
        for (node, id) in [(3, "30"), (4, "40"), (5, "x"), (6, "60"), (9, "90")] {
            space.insert(&Id::of(id.into()), NodeId(node)).unwrap();
        }
        for near in [0, 2, 3, 4, 5, 6, 9, u32::MAX] {
            for (node, id) in [(3, "30"), (4, "40"), (5, "x"), (6, "60"), (9, "90")] {
                assert_eq!(
                    space.node(id, &mut NodeId(near)),
                    Some(NodeId(node)),
                    "{id} from {near}"
                );
            }
        }
    }
}
