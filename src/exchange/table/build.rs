//! Makes nodes and relationships from tables and what they mean.

use std::collections::HashMap;

use super::{guess::guess, issue::Issues, kind};
use crate::{
    exchange::{
        collect::{NODE, RELATED},
        mapping::{ColumnMap, EndMap, KeyMap, Mapping, TableMap},
        reading::Reading,
        rows::{Cell, Skipped, Table, TableOptions},
    },
    value::{NodeId, Value},
};

/// Adds the tables that were read to the graph.
pub(in crate::exchange) fn build(reading: &mut Reading<'_>) {
    let tables = std::mem::take(&mut reading.tables);
    if tables.is_empty() {
        return;
    }
    let options = reading.options.tables.clone();
    let guessed = options.mapping.is_none();
    let mapping = match &options.mapping {
        Some(mapping) => mapping.clone(),
        None => guess(&tables, &options),
    };
    let mut building = Building {
        reading,
        options: &options,
        mapping: &mapping,
        issues: Issues::default(),
        nodes: HashMap::new(),
        implicit: HashMap::new(),
        rows: Vec::new(),
    };
    building.run(&tables);
    let issues = std::mem::take(&mut building.issues);
    issues.report(reading);
    if guessed {
        tell(&tables, &mapping, reading);
        reading.mapping = Some(mapping);
    }
}

/// A note per table about what was guessed.
fn tell(tables: &[Table], mapping: &Mapping, reading: &mut Reading<'_>) {
    for (table, map) in tables.iter().zip(&mapping.tables) {
        let meaning = match (&map.start, &map.end) {
            (Some(start), Some(end)) => {
                let kind = map.kind.as_ref().or(map.type_column.as_ref());
                let kind = kind.map_or("", String::as_str);
                format!(
                    "relationships :{kind} from `{}` to `{}`",
                    start.column, end.column
                )
            }
            _ => {
                let label = map.labels.join(":");
                let id = map
                    .id
                    .as_ref()
                    .map_or_else(String::new, |id| format!(", identified by `{id}`"));
                format!("nodes :{label}{id}")
            }
        };
        let keys = map.keys.iter().filter(|key| !key.is_weak);
        let keys: String = keys
            .map(|key| format!(", :{} by `{}`", key.kind, key.column))
            .collect();
        let detected: String = table
            .detected
            .iter()
            .map(|each| format!("; {each}"))
            .collect();
        reading
            .graph
            .note(format!("{}: {meaning}{keys}{detected}", table.file));
    }
    reading.graph.note(
        "this is a guess: `relata import FILES --guess` writes it to `map.toml`, to be changed",
    );
}

struct Building<'b, 'o> {
    reading: &'b mut Reading<'o>,
    options: &'b TableOptions,
    mapping: &'b Mapping,
    issues: Issues,
    /// The nodes of each table, by id.
    nodes: HashMap<String, HashMap<String, NodeId>>,
    /// The nodes that are made from values, by label and value.
    implicit: HashMap<String, HashMap<String, NodeId>>,
    /// The nodes of each table, by row; `None` for rows that were left out.
    rows: Vec<Vec<Option<NodeId>>>,
}

impl<'b> Building<'b, '_> {
    fn run(&mut self, tables: &[Table]) {
        let maps: Vec<Option<&TableMap>> = tables.iter().map(|table| self.map(table)).collect();
        for (table, map) in tables.iter().zip(&maps) {
            self.bad_rows(table);
            let rows = match map {
                Some(map) if map.start.is_none() => self.add_nodes(table, map),
                _ => Vec::new(),
            };
            self.rows.push(rows);
        }
        for (at, (table, map)) in tables.iter().zip(&maps).enumerate() {
            let Some(map) = map else {
                continue;
            };
            match (&map.start, &map.end) {
                (Some(start), Some(end)) => self.add_edges(table, map, start, end),
                _ => map
                    .keys
                    .iter()
                    .filter(|key| !key.is_weak)
                    .for_each(|key| self.add_keys(at, table, key)),
            }
        }
    }

    /// What a table means; `None` if it is not read. Names in the mapping that the table does not have are problems.
    fn map(&mut self, table: &Table) -> Option<&'b TableMap> {
        let Some(map) = self.mapping.of(&table.file) else {
            let message = format!(
                "expected `{}` in the mapping, found no table of this name",
                table.name()
            );
            let help = format!(
                "add `[[table]]` with `file = \"{}\"`, and `skip = true` if it is not needed",
                table.name()
            );
            self.reading.problem(
                self.mapping
                    .problem("\u{0}", message)
                    .maybe_help(Some(help)),
            );
            return None;
        };
        let ends = map.start.iter().chain(&map.end).map(|end| &end.column);
        let keys = map.keys.iter().map(|key| &key.column);
        let single = map
            .id
            .iter()
            .chain(&map.label_column)
            .chain(&map.type_column);
        let unknown: Vec<&String> = ends
            .chain(keys)
            .chain(single)
            .chain(map.columns.keys())
            .filter(|column| table.column(column).is_none())
            .collect();
        for column in &unknown {
            let message = format!("expected a column of `{}`, found `{column}`", table.name());
            let help = format!("its columns are {}", table.columns.join(", "));
            self.reading
                .problem(self.mapping.problem(column, message).maybe_help(Some(help)));
        }
        if map.start.is_some() != map.end.is_some() {
            let message = "expected both `start` and `end`, or neither";
            self.reading
                .problem(self.mapping.problem(&map.file, message));
            return None;
        }
        (unknown.is_empty() && !map.skip).then_some(map)
    }

    /// Rows that do not fit the header.
    fn bad_rows(&mut self, table: &Table) {
        for (line, message) in &table.bad {
            if self.options.skip_bad_rows {
                self.skip(table, *line, message.clone());
            } else {
                let help = "`--skip-bad-rows` leaves such rows out";
                self.issues
                    .add(&table.file, *line, "fields", message.clone(), help);
            }
        }
    }

    fn skip(&mut self, table: &Table, line: usize, reason: String) {
        self.reading.skipped.push(Skipped {
            file: table.file.clone(),
            line,
            reason,
        });
    }

    /// The properties of a row; `None` if it is left out or has a problem.
    fn properties(
        &mut self,
        table: &Table,
        columns: &[(usize, &str, &ColumnMap)],
        row: usize,
    ) -> Option<Vec<(usize, Value)>> {
        let mut values = Vec::with_capacity(columns.len());
        for (column, _, how) in columns {
            match kind::value(table.cell(row, *column), how) {
                Ok(Value::Null) => {}
                Ok(value) => values.push((*column, value)),
                Err(message) => {
                    let name = &table.columns[*column];
                    let message = format!("{message} for `{name}`");
                    let line = table.lines[row];
                    if self.options.skip_bad_rows {
                        self.skip(table, line, message);
                    } else {
                        let help = "change the type in the mapping, or leave such rows out with `--skip-bad-rows`";
                        self.issues.add(&table.file, line, name, message, help);
                    }
                    return None;
                }
            }
        }
        Some(values)
    }

    fn add_nodes(&mut self, table: &Table, map: &TableMap) -> Vec<Option<NodeId>> {
        let used = map
            .keys
            .iter()
            .filter(|key| !key.is_weak)
            .map(|key| key.column.as_str());
        let columns = columns(table, map, used.chain(map.label_column.as_deref()));
        let names = names(table, &columns);
        let id = map.id.as_ref().and_then(|id| table.column(id));
        let label_column = map
            .label_column
            .as_ref()
            .and_then(|name| table.column(name));
        let mut rows = Vec::with_capacity(table.rows());
        for row in 0..table.rows() {
            rows.push(None);
            if self.reading.ends_at(row) {
                return rows;
            }
            let Some(values) = self.properties(table, &columns, row) else {
                continue;
            };
            let own = id.map(|id| table.cell(row, id).id());
            if let Some(id) = &own
                && !self.may_identify(table, row, id.as_deref())
            {
                continue;
            }
            let more = label_column.and_then(|column| table.cell(row, column).id());
            let labels = map.labels.iter().map(String::as_str);
            let node = self.reading.graph.node(
                labels.chain(
                    more.iter()
                        .flat_map(|more| more.split([';', ':']))
                        .filter(|label| !label.is_empty()),
                ),
            );
            if let Some(Some(id)) = own {
                self.nodes
                    .entry(table.name().to_owned())
                    .or_default()
                    .insert(id, node);
            }
            for (column, value) in values {
                self.reading.graph.set(node, names[column], value);
            }
            rows[row] = Some(node);
        }
        rows
    }

    /// Whether an id is there and new.
    fn may_identify(&mut self, table: &Table, row: usize, id: Option<&str>) -> bool {
        let line = table.lines[row];
        let known = self.nodes.get(table.name());
        let (message, skips, help) = match id {
            None => (
                "expected an id, found none".to_owned(),
                self.options.skip_bad_rows,
                "`--skip-bad-rows` leaves such rows out",
            ),
            Some(id) if known.is_some_and(|known| known.contains_key(id)) => (
                format!("expected a unique id, found `{id}` again"),
                self.options.skip_bad_rows || self.options.skip_duplicate_nodes,
                "`--skip-duplicate-nodes` leaves such rows out",
            ),
            Some(_) => return true,
        };
        if skips {
            self.skip(table, line, message);
        } else {
            let kind = if id.is_none() { "no id" } else { "id" };
            self.issues.add(&table.file, line, kind, message, help);
        }
        false
    }

    fn add_edges(&mut self, table: &Table, map: &TableMap, start: &EndMap, end: &EndMap) {
        let type_column = map.type_column.as_ref().and_then(|name| table.column(name));
        let used = [start.column.as_str(), end.column.as_str()];
        let columns = columns(
            table,
            map,
            used.into_iter().chain(map.type_column.as_deref()),
        );
        let names = names(table, &columns);
        let ends = [start, end].map(|end| (end, table.column(&end.column).unwrap_or(0)));
        let integers = ends.iter().all(|(_, column)| {
            matches!(
                kind::sniff(table, *column).0.kind.as_deref(),
                Some("integer")
            )
        });
        for row in 0..table.rows() {
            if self.reading.ends_at(row) {
                return;
            }
            let Some(values) = self.properties(table, &columns, row) else {
                continue;
            };
            let [from, to] = ends.map(|(end, column)| self.end(table, row, end, column, integers));
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            let own = type_column.and_then(|column| table.cell(row, column).id());
            let kind = own.or_else(|| map.kind.clone());
            let kind = kind.as_deref().unwrap_or(RELATED);
            let edge = self.reading.graph.edge(kind, from, to);
            for (column, value) in values {
                self.reading.graph.set_edge(edge, names[column], value);
            }
        }
    }

    /// The node at an end of a row, which is made from the value if it has no table.
    fn end(
        &mut self,
        table: &Table,
        row: usize,
        end: &EndMap,
        column: usize,
        integers: bool,
    ) -> Option<NodeId> {
        let cell = table.cell(row, column);
        let Some(id) = cell.id() else {
            self.dangling(
                table,
                row,
                &end.column,
                "expected the id of a node, found none".to_owned(),
            );
            return None;
        };
        let Some(target) = &end.table else {
            let label = end.label.as_deref().unwrap_or(NODE);
            let known = self.implicit.entry(label.to_owned()).or_default();
            if let Some(node) = known.get(&id) {
                return Some(*node);
            }
            let node = self.reading.graph.node([label]);
            let value = match id.parse() {
                Ok(number) if integers => Value::Integer(number),
                _ => match cell {
                    Cell::Value(value) => value.clone(),
                    Cell::Text(_) => Value::from(id.as_str()),
                },
            };
            self.reading.graph.set(node, "id", value);
            known.insert(id, node);
            return Some(node);
        };
        let found = self
            .nodes
            .get(target)
            .and_then(|known| known.get(&id))
            .copied();
        if found.is_none() {
            let message = format!("expected an id of `{target}`, found `{id}`");
            self.dangling(table, row, &end.column, message);
        }
        found
    }

    /// A relationship without a node at its end.
    fn dangling(&mut self, table: &Table, row: usize, column: &str, message: String) {
        let line = table.lines[row];
        let message = format!("{message} in `{column}`");
        if self.options.skip_bad_relationships {
            self.skip(table, line, message);
        } else {
            let help = "`--skip-bad-relationships` leaves such relationships out";
            self.issues
                .add(&table.file, line, &format!("end {column}"), message, help);
        }
    }

    /// The relationships of a column that refers to another table. An absent value is no relationship.
    fn add_keys(&mut self, at: usize, table: &Table, key: &KeyMap) {
        let column = table.column(&key.column).unwrap_or(0);
        let end = EndMap {
            column: key.column.clone(),
            table: Some(key.table.clone()),
            label: None,
        };
        for row in 0..table.rows() {
            let Some(from) = self.rows[at].get(row).copied().flatten() else {
                continue;
            };
            if table.cell(row, column).id().is_none() {
                continue;
            }
            if let Some(to) = self.end(table, row, &end, column, false) {
                self.reading.graph.edge(&key.kind, from, to);
            }
        }
    }
}

/// The columns that are properties, with their types. Columns that the mapping does not name are texts.
fn columns<'t>(
    table: &'t Table,
    map: &'t TableMap,
    used: impl Iterator<Item = &'t str>,
) -> Vec<(usize, &'t str, &'t ColumnMap)> {
    static TEXT: std::sync::LazyLock<ColumnMap> = std::sync::LazyLock::new(ColumnMap::default);
    let used: Vec<&str> = used.collect();
    let named = table.columns.iter().enumerate().map(|(at, name)| {
        let how = map.columns.get(name);
        (at, name.as_str(), how)
    });
    named
        .filter(|(_, name, how)| {
            how.is_some_and(|how| !how.skip) || (how.is_none() && !used.contains(name))
        })
        .map(|(at, name, how)| (at, name, how.unwrap_or(&TEXT)))
        .collect()
}

/// The name of the property of each column.
fn names<'t>(table: &'t Table, columns: &[(usize, &'t str, &'t ColumnMap)]) -> Vec<&'t str> {
    let mut names: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    for (at, name, how) in columns {
        names[*at] = how.name.as_deref().unwrap_or(name);
    }
    names
}
