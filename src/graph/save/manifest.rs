//! The manifest of a saved graph: the loaded one, without the parts that no longer apply.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::{
    graph::{
        Graph,
        entry::{Constraint, Index},
        manifest::Manifest,
    },
    value::SchemaCommand,
};

/// The text of the manifest. Without a manifest it contains only the name, and the indexes and constraints of the graph.
pub(super) fn text(
    graph: &Graph,
    manifest: Option<&Manifest>,
    overlays: &[String],
    name: &str,
) -> String {
    let commands = graph.schema_commands();
    let Some(manifest) = manifest else {
        let mut document = DocumentMut::new();
        document.insert("name", value(name));
        define(&mut document, &commands);
        return document.to_string();
    };
    let says_files = !manifest.nodes.is_empty() || !manifest.relationships.is_empty();
    let known = manifest.commands().filter_map(|(_, command)| command.ok());
    let is_defined = known.eq(commands.iter().cloned());
    if !says_files && overlays.is_empty() && is_defined {
        return manifest.text.clone();
    }
    let commands = (!is_defined).then_some(&*commands);
    edited(&manifest.text, overlays, commands).unwrap_or_else(|| manifest.text.clone())
}

/// Replaces the indexes and constraints of a manifest.
fn define(document: &mut DocumentMut, commands: &[SchemaCommand]) {
    document.remove("indexes");
    document.remove("constraints");
    let mut put = |name: &str, tables: ArrayOfTables| {
        if !tables.is_empty() {
            document.insert(name, Item::ArrayOfTables(tables));
        }
    };
    put("indexes", commands.iter().filter_map(index).collect());
    put(
        "constraints",
        commands.iter().filter_map(constraint).collect(),
    );
}

fn index(command: &SchemaCommand) -> Option<Table> {
    let SchemaCommand::CreateIndex { index, .. } = command else {
        return None;
    };
    let Index {
        name,
        kind,
        nodes,
        relationships,
        keys,
    } = Index::of(index);
    Some(entry([name, kind], [nodes, relationships, None], keys))
}

fn constraint(command: &SchemaCommand) -> Option<Table> {
    let SchemaCommand::CreateConstraint { constraint, .. } = command else {
        return None;
    };
    let Constraint {
        name,
        kind,
        nodes,
        relationships,
        keys,
        of,
    } = Constraint::of(constraint);
    Some(entry([name, kind], [nodes, relationships, of], keys))
}

fn entry([name, kind]: [String; 2], given: [Option<String>; 3], keys: Vec<String>) -> Table {
    let [nodes, relationships, of] = given;
    let mut table = Table::new();
    table.insert("name", value(name));
    table.insert("kind", value(kind));
    for (key, given) in [("nodes", nodes), ("relationships", relationships)] {
        if let Some(given) = given {
            table.insert(key, value(given));
        }
    }
    if !keys.is_empty() {
        table.insert("keys", value(keys.into_iter().collect::<Array>()));
    }
    if let Some(of) = of {
        table.insert("type", value(of));
    }
    table
}

/// The manifest of a new, empty graph.
#[must_use]
pub fn new_manifest(name: &str) -> String {
    let mut document = DocumentMut::new();
    document.insert("name", value(name));
    format!(
        "{document}\
         description = \"\"\n\
         \n\
         # Rules, for example:\n\
         #\n\
         # [[rules]]\n\
         # says = \"each id is unique\"\n\
         # kind = \"unique\"\n\
         # nodes = \"*\"\n\
         # keys = [\"id\"]\n"
    )
}

/// The text without the declarations of single files, which saved files make themselves, without the overlays merged
/// into the graph, and without the rules that these suspend. Comments stay. `commands` replace the indexes and constraints,
/// if they changed.
fn edited(text: &str, overlays: &[String], commands: Option<&[SchemaCommand]>) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    document.remove("nodes");
    document.remove("relationships");
    let is_taken = |table: &Table, key: &str| {
        let name = table.get(key).and_then(Item::as_str);
        name.is_some_and(|name| overlays.iter().any(|taken| taken == name))
    };
    retain(&mut document, "overlays", |table| !is_taken(table, "name"));
    retain(&mut document, "rules", |table| {
        !is_taken(table, "unless-overlay")
    });
    if let Some(commands) = commands {
        define(&mut document, commands);
    }
    Some(document.to_string())
}

/// Removes the tables of an array for which `keep` is false.
fn retain(document: &mut DocumentMut, name: &str, keep: impl Fn(&Table) -> bool) {
    let Some(tables) = document
        .get_mut(name)
        .and_then(Item::as_array_of_tables_mut)
    else {
        return;
    };
    tables.retain(keep);
    if tables.is_empty() {
        document.remove(name);
    }
}
