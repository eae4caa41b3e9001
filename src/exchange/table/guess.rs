//! Guesses what tables mean: which are nodes and by what they are identified, which are edge lists, and which columns refer to
//! other tables. Each decision is kept with its reason.

use std::collections::HashSet;

use super::kind::sniff;
use crate::{
    exchange::{
        collect::NODE,
        mapping::{ColumnMap, EndMap, KeyMap, Mapping, TableMap},
        rows::{Cell, Table, TableOptions},
    },
    graph::load::{stem, upper_snake},
    value::Value,
};

/// Pairs of columns that are the ends of edges.
const ENDS: &[(&str, &str)] = &[
    ("source", "target"),
    ("from", "to"),
    ("src", "dst"),
    ("src", "dest"),
    ("start", "end"),
    ("subject", "object"),
    ("node1", "node2"),
    ("id1", "id2"),
    ("head", "tail"),
    ("parent", "child"),
    ("follower", "followee"),
];

/// Columns with the type of an edge.
const TYPES: &[&str] = &[
    "type",
    "relation",
    "relationship",
    "reltype",
    "predicate",
    "edgetype",
];

/// Names of columns that identify the rows of any table.
const IDS: &[&str] = &["id", "key", "uuid", "guid", "nodeid", "identifier"];

/// Endings of columns that refer to something, whatever their names.
const REFERRING: &[&str] = &["to", "by", "via", "of", "parent", "manager", "owner", "ref"];

/// The number of types that a column of types has at most.
const MOST_TYPES: usize = 200;

/// The number of columns of a table up to which values in common make an edge list of it.
const WIDEST_PAIRS: usize = 3;

/// A table while its meaning is guessed.
struct Draft<'t> {
    table: &'t Table,
    columns: Vec<ColumnMap>,
    role: Role,
    why: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Nodes, with the column of their ids.
    Nodes(Option<usize>),
    Edges(usize, usize),
}

/// A guess at what tables mean.
pub(super) fn guess(tables: &[Table], options: &TableOptions) -> Mapping {
    let mut drafts: Vec<Draft<'_>> = tables.iter().map(|table| draft(table, options)).collect();
    let found: Vec<Vec<KeyMap>> = (0..drafts.len()).map(|at| keys(&drafts, at)).collect();
    for (draft, keys) in drafts.iter_mut().zip(&found) {
        join_table(draft, keys);
    }
    let map = |(at, keys)| table_map(&drafts, at, keys);
    Mapping::guessed(found.into_iter().enumerate().map(map).collect())
}

fn draft<'t>(table: &'t Table, options: &TableOptions) -> Draft<'t> {
    let columns = (0..table.columns.len()).map(|column| {
        let (mut map, why) = sniff(table, column);
        if let (Some("string"), Some(format)) = (map.kind.as_deref(), &options.date_format) {
            let given = ColumnMap {
                format: Some(format.clone()),
                ..ColumnMap::of("date")
            };
            if fits(table, column, &given) {
                map = given;
            }
        }
        ColumnMap { why, ..map }
    });
    let columns: Vec<_> = columns.collect();
    let mut why = table.detected.clone();
    let role = role(table, &columns, &mut why);
    Draft {
        table,
        columns,
        role,
        why,
    }
}

fn fits(table: &Table, column: usize, map: &ColumnMap) -> bool {
    let mut present = false;
    (0..table.rows()).all(|row| {
        let value = super::kind::value(table.cell(row, column), map);
        present |= value.as_ref().is_ok_and(|value| !value.is_null());
        value.is_ok()
    }) && present
}

fn role(table: &Table, columns: &[ColumnMap], why: &mut Vec<String>) -> Role {
    if let Some(declared) = &table.declared {
        let id = declared.id.as_deref().and_then(|id| table.column(id));
        if let Some(id) = id.filter(|id| is_unique(table, *id)) {
            why.push(format!(
                "nodes: `{}` is their primary key",
                table.columns[id]
            ));
            return Role::Nodes(Some(id));
        }
        if declared.references.len() == 2 {
            why.push("nodes without an id: no single column is the primary key".to_owned());
            return Role::Nodes(None);
        }
    }
    if let Some((start, end)) = named_ends(table) {
        let [from, to] = [start, end].map(|at| &table.columns[at]);
        why.push(format!(
            "edges: the columns `{from}` and `{to}` are their ends"
        ));
        return Role::Edges(start, end);
    }
    // In a wide table, columns of numbers have values in common by chance.
    let pairs = (2..=WIDEST_PAIRS).contains(&table.columns.len())
        && [0, 1].iter().all(|at| may_be_id(table, *at, &columns[*at]))
        && columns[0].kind == columns[1].kind
        && share(table);
    let named = table
        .columns
        .iter()
        .any(|name| IDS.contains(&&*plain(name)));
    // Columns with values in common relate them, even if those of one are distinct.
    let narrow = pairs && !named;
    if let Some(id) = id(table, columns).filter(|_| !narrow) {
        why.push(format!(
            "nodes: `{}` identifies them, {} rows have {} values of it",
            table.columns[id],
            table.rows(),
            values(table, id).len()
        ));
        return Role::Nodes(Some(id));
    }
    if pairs {
        why.push("edges: the first two columns have values in common".to_owned());
        return Role::Edges(0, 1);
    }
    why.push("nodes without an id: no column has distinct values in all rows".to_owned());
    Role::Nodes(None)
}

fn named_ends(table: &Table) -> Option<(usize, usize)> {
    let names: Vec<String> = table.header.iter().map(|name| plain(name)).collect();
    let find = |name: &str| {
        names
            .iter()
            .position(|known| without_id(known) == name || known == name)
    };
    let pair = ENDS
        .iter()
        .find_map(|(from, to)| Some((find(from)?, find(to)?)));
    pair.or_else(|| {
        // The files of LDBC: `Person.id|Person.id`.
        let is_end = |at: usize| {
            table
                .header
                .get(at)
                .is_some_and(|name| name.to_lowercase().ends_with(".id"))
        };
        (is_end(0) && is_end(1)).then_some((0, 1))
    })
}

/// The column that identifies the rows.
fn id(table: &Table, columns: &[ColumnMap]) -> Option<usize> {
    let own = plain(&singular(&table.stem));
    let names: Vec<String> = table.columns.iter().map(|name| plain(name)).collect();
    let is_own = |name: &String| without_id(name) == own && *name != own;
    let general = names.iter().position(|name| IDS.contains(&name.as_str()));
    let special = names.iter().position(is_own);
    let named = general.or(special).into_iter();
    let others = (0..columns.len()).filter(|at| {
        let name = names[*at].as_str();
        let is_text = columns[*at].kind.as_deref() == Some("string");
        may_be_id(table, *at, &columns[*at])
            && (*at == 0 || without_id(name) != name || (is_text && name == "name"))
    });
    named
        .chain(others)
        .find(|at| is_unique(table, *at))
        .or_else(|| general.filter(|at| is_nearly_unique(table, *at)))
}

/// Whether a few rows without a value of their own are more likely faults than a sign that the column is no id.
fn is_nearly_unique(table: &Table, column: usize) -> bool {
    values(table, column).len() * 10 >= table.rows() * 9
}

fn may_be_id(table: &Table, at: usize, column: &ColumnMap) -> bool {
    let is_id = |row| match table.cell(row, at) {
        Cell::Text(_) => true,
        Cell::Value(value) => matches!(value, Value::Null | Value::String(_) | Value::Integer(_)),
    };
    match column.kind.as_deref() {
        Some(kind) => matches!(kind, "string" | "integer"),
        None => (0..table.rows()).all(is_id),
    }
}

fn is_unique(table: &Table, column: usize) -> bool {
    let mut seen = HashSet::new();
    table.rows() > 0
        && (0..table.rows()).all(|row| {
            table
                .cell(row, column)
                .id()
                .is_some_and(|id| seen.insert(id))
        })
}

fn values(table: &Table, column: usize) -> HashSet<String> {
    (0..table.rows())
        .filter_map(|row| table.cell(row, column).id())
        .collect()
}

/// Whether a quarter of the values of one of the first two columns are in the other.
fn share(table: &Table) -> bool {
    let [first, second] = [0, 1].map(|column| values(table, column));
    let common = first.intersection(&second).count();
    common > 0 && common * 4 >= first.len().min(second.len())
}

/// The columns of a table that refer to the ids of others.
fn keys(drafts: &[Draft<'_>], at: usize) -> Vec<KeyMap> {
    let draft = &drafts[at];
    let ends = match draft.role {
        Role::Edges(start, end) => [Some(start), Some(end)],
        Role::Nodes(id) => [id, None],
    };
    let mut keys = Vec::new();
    for column in 0..draft.columns.len() {
        if ends.contains(&Some(column)) || !may_be_id(draft.table, column, &draft.columns[column]) {
            continue;
        }
        if matches!(draft.role, Role::Nodes(_)) {
            keys.extend(key(drafts, at, column));
        }
    }
    keys
}

/// What a column refers to: a table whose name or id is its name, or that has all its values.
fn key(drafts: &[Draft<'_>], at: usize, column: usize) -> Option<KeyMap> {
    let own = drafts[at].table;
    let name = plain(&own.columns[column]);
    let targets = drafts
        .iter()
        .enumerate()
        .filter_map(|(to, draft)| match draft.role {
            Role::Nodes(Some(id)) => Some((to, draft.table, id)),
            _ => None,
        });
    if let Some(key) = declared_key(own, column) {
        return Some(key);
    }
    let found = values(own, column);
    if found.is_empty() {
        return None;
    }
    let mut proposed = None;
    for (to, table, id) in targets {
        let by_name =
            refers_by_name(&name, table, id) && !(to == at && name == plain(&table.columns[id]));
        let by_ending = REFERRING.iter().any(|ending| name.ends_with(ending)) && found.len() > 1;
        if !by_name && !by_ending {
            continue;
        }
        let ids = values(table, id);
        let missing = found.iter().filter(|value| !ids.contains(*value)).count();
        let (file, id) = (table.name(), &table.columns[id]);
        let key = KeyMap {
            column: own.columns[column].clone(),
            table: file.to_owned(),
            kind: relationship(&own.columns[column]),
            why: match missing {
                0 => format!("all {} values are a `{id}` of `{file}`", found.len()),
                _ => format!(
                    "{missing} of {} values are no `{id}` of `{file}`",
                    found.len()
                ),
            },
            is_weak: missing > 0 || !by_name,
        };
        if !key.is_weak {
            return Some(key);
        }
        if missing * 2 <= found.len() {
            proposed.get_or_insert(key);
        }
    }
    proposed
}

/// The foreign key that a database declares.
fn declared_key(table: &Table, column: usize) -> Option<KeyMap> {
    let name = &table.columns[column];
    let declared = table.declared.as_ref()?;
    let (_, target) = declared.references.iter().find(|(own, _)| own == name)?;
    Some(KeyMap {
        column: name.clone(),
        table: target.clone(),
        kind: relationship(name),
        why: "a foreign key of the database".to_owned(),
        is_weak: false,
    })
}

fn refers_by_name(name: &str, table: &Table, id: usize) -> bool {
    let id = plain(&table.columns[id]);
    let one = plain(&singular(&table.stem));
    let many = plain(&table.stem);
    let own_name =
        !IDS.contains(&id.as_str()) && id != "name" && (name == id || name.ends_with(&id));
    let stem = without_id(name);
    own_name
        || stem == one
        || stem == many
        || (name != stem && !one.is_empty() && stem.ends_with(&one))
}

/// A table without ids that only joins two others becomes relationships.
fn join_table(draft: &mut Draft<'_>, keys: &[KeyMap]) {
    let strong: Vec<&KeyMap> = keys.iter().filter(|key| !key.is_weak).collect();
    let ([first, second], Role::Nodes(None)) = (strong.as_slice(), draft.role) else {
        return;
    };
    let [start, end] = [first, second].map(|key| draft.table.column(&key.column).unwrap_or(0));
    draft.role = Role::Edges(start, end);
    draft.why = vec![format!(
        "relationships: `{}` refers to `{}`, and `{}` to `{}`",
        first.column, first.table, second.column, second.table
    )];
}

fn table_map(drafts: &[Draft<'_>], at: usize, keys: Vec<KeyMap>) -> TableMap {
    let draft = &drafts[at];
    let mut map = TableMap {
        file: draft.table.name().to_owned(),
        header: (draft.table.header.first().map(String::as_str) == Some("column1"))
            .then_some(false),
        why: draft.why.clone(),
        columns: draft
            .table
            .columns
            .iter()
            .cloned()
            .zip(draft.columns.iter().cloned())
            .collect(),
        ..TableMap::default()
    };
    match draft.role {
        Role::Nodes(id) => {
            map.labels = vec![label(&draft.table.stem)];
            map.id = id.map(|id| draft.table.columns[id].clone());
            for key in keys.iter().filter(|key| !key.is_weak) {
                map.columns.shift_remove(&key.column);
            }
            map.keys = keys;
        }
        Role::Edges(start, end) => {
            let type_column = type_column(draft);
            map.kind = type_column.is_none().then(|| edge_type(&draft.table.stem));
            map.start = Some(end_map(drafts, at, start, &keys));
            map.end = Some(end_map(drafts, at, end, &keys));
            for column in [start, end].into_iter().chain(type_column) {
                map.columns.shift_remove(&draft.table.columns[column]);
            }
            map.type_column = type_column.map(|column| draft.table.columns[column].clone());
        }
    }
    map
}

fn type_column(draft: &Draft<'_>) -> Option<usize> {
    let names = draft.table.columns.iter().map(|name| plain(name));
    let found = names
        .enumerate()
        .find(|(_, name)| TYPES.contains(&name.as_str()));
    let (column, _) = found?;
    let values = values(draft.table, column);
    let directions = values
        .iter()
        .all(|value| ["directed", "undirected"].contains(&&*value.to_lowercase()));
    let is_text = draft.columns[column]
        .kind
        .as_deref()
        .is_none_or(|kind| kind == "string");
    let whole = (0..draft.table.rows()).all(|row| draft.table.cell(row, column).id().is_some());
    (is_text && whole && !directions && values.len() <= MOST_TYPES).then_some(column)
}

/// The table of the nodes at an end: the one that the key or the name says, that has all values, or that is the only one.
fn end_map(drafts: &[Draft<'_>], at: usize, column: usize, keys: &[KeyMap]) -> EndMap {
    let draft = &drafts[at];
    let own = &draft.table.columns[column];
    let key = keys
        .iter()
        .find(|key| key.column == *own)
        .map(|key| key.table.clone());
    let targets: Vec<(&Table, usize)> = drafts
        .iter()
        .filter_map(|draft| match draft.role {
            Role::Nodes(Some(id)) => Some((draft.table, id)),
            _ => None,
        })
        .collect();
    let table = key.or_else(|| {
        let header = draft.table.header[column].to_lowercase();
        let by_header = targets
            .iter()
            .find(|(table, _)| header == format!("{}.id", table_name(table)));
        let found = values(draft.table, column);
        let known = |(table, id): &&(&Table, usize)| {
            let ids = values(table, *id);
            found.iter().filter(|value| ids.contains(*value)).count()
        };
        let all = targets.iter().find(|target| known(target) == found.len());
        let only = targets
            .first()
            .filter(|target| targets.len() == 1 && known(target) > 0);
        let target = by_header.or(all).or(only);
        target.map(|(table, _)| table.name().to_owned())
    });
    EndMap {
        column: own.clone(),
        label: table
            .is_none()
            .then(|| implicit_label(&draft.table.header[column])),
        table,
    }
}

/// The label of nodes that only edges name: that of LDBC's headers, or `Node`.
fn implicit_label(header: &str) -> String {
    match header.rsplit_once('.') {
        Some((name, id)) if id.eq_ignore_ascii_case("id") => label(name),
        _ => NODE.to_owned(),
    }
}

fn table_name(table: &Table) -> String {
    stem(table.name()).to_lowercase()
}

/// The name without the marks between words, in lower case: `customer_ID` is `customerid`.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A plain name without the ending of an id.
fn without_id(name: &str) -> &str {
    ["uuid", "id", "key", "code", "no", "nr"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name)
}

/// `customers` is `customer`.
fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    let cut = |count: usize| word[..word.len() - count].to_owned();
    if lower.ends_with("ies") && lower.len() > 4 {
        return cut(3) + "y";
    }
    let es = ["sses", "shes", "ches", "xes", "zes"];
    if es.iter().any(|ending| lower.ends_with(ending)) {
        return cut(2);
    }
    let kept = ["ss", "us", "is", "news", "series", "species"];
    if lower.ends_with('s') && lower.len() > 2 && !kept.iter().any(|ending| lower.ends_with(ending))
    {
        return cut(1);
    }
    word.to_owned()
}

/// The label of a table: `order_details` is `OrderDetail`.
fn label(name: &str) -> String {
    let name = singular(stem(&format!("{name}.csv")));
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let label: String = words
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<String>()
        })
        .collect();
    if label.is_empty() || label == "StandardInput" {
        NODE.to_owned()
    } else {
        label
    }
}

/// The type of the edges of a file.
fn edge_type(name: &str) -> String {
    let general = [
        "edges",
        "links",
        "edgelist",
        "relationships",
        "relations",
        "rels",
        "graph",
    ];
    let stem = stem(&format!("{name}.csv")).to_owned();
    let words: Vec<&str> = stem.split('_').collect();
    match words.as_slice() {
        // The files of LDBC: `person_knows_person`.
        [_, verb, _] if !verb.is_empty() => upper_snake(verb),
        _ if general.contains(&stem.to_lowercase().as_str()) || stem == "standard input" => {
            "RELATED".to_owned()
        }
        _ => upper_snake(&stem),
    }
}

/// The type of the relationships of a column: `customerID` is `CUSTOMER`.
fn relationship(column: &str) -> String {
    let trimmed = [
        "_uuid", "_id", "_key", "_code", "ID", "Id", "Key", "Code", " id", " ID",
    ]
    .iter()
    .find_map(|ending| column.strip_suffix(ending))
    .or_else(|| column.strip_suffix("id"))
    .filter(|rest| !rest.is_empty())
    .unwrap_or(column);
    upper_snake(trimmed).trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_and_columns_give_labels_and_types() {
        let labels = [
            ("customers", "Customer"),
            ("order_details", "OrderDetail"),
            ("categories", "Category"),
            ("news", "News"),
            ("Person_0_0", "Person"),
        ];
        for (name, expected) in labels {
            assert_eq!(label(name), expected);
        }
        let types = [
            ("customerID", "CUSTOMER"),
            ("reportsTo", "REPORTS_TO"),
            ("billing_customer_id", "BILLING_CUSTOMER"),
            ("categoryid", "CATEGORY"),
        ];
        for (name, expected) in types {
            assert_eq!(relationship(name), expected);
        }
        assert_eq!(edge_type("person_isLocatedIn_city"), "IS_LOCATED_IN");
        assert_eq!(edge_type("edges"), "RELATED");
    }
}
