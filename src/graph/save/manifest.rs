//! The manifest of a saved graph: the loaded one, without the parts that no longer apply.

use toml_edit::{DocumentMut, Item, Table, value};

use crate::graph::manifest::Manifest;

/// The text of the manifest. Without a manifest it contains only the name.
pub(super) fn text(manifest: Option<&Manifest>, overlays: &[String], name: &str) -> String {
    let Some(manifest) = manifest else {
        let mut document = DocumentMut::new();
        document.insert("name", value(name));
        return document.to_string();
    };
    let says_files = !manifest.nodes.is_empty() || !manifest.relationships.is_empty();
    if !says_files && overlays.is_empty() {
        return manifest.text.clone();
    }
    edited(&manifest.text, overlays).unwrap_or_else(|| manifest.text.clone())
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
/// into the graph, and without the rules that these suspend. Comments stay.
fn edited(text: &str, overlays: &[String]) -> Option<String> {
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
