//! `:schema`: the schema of the graph.

use std::collections::BTreeMap;

use relata::{
    Endpoints, LabelSummary, PropertySummary, Schema, TypeSummary,
    base::{did_you_mean, grouped},
    value::Text,
};

use crate::repl::{
    command::Flow,
    complete::quote,
    console::{Console, counted},
    error::ShellError,
    shell::Shell,
    style::Style,
};

/// `:schema`, `:schema Course`, `:schema COVERS`
pub(super) fn schema(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let vocabulary = shell.vocabulary();
    let schema = vocabulary.schema();
    let name = argument.trim_start_matches(':').trim_matches('`');
    let text = if name.is_empty() {
        let rules: Vec<&str> = shell.database.constraints().collect();
        whole(schema, &rules, &shell.console)
    } else {
        one(schema, name, &shell.console)?
    };
    shell.page(&text)?;
    Ok(Flow::Stay)
}

/// Labels with counts and keys, then types with counts and ends, then the rules that statements must keep. Keys that
/// most labels share are listed once, to show what is specific to each label.
fn whole(schema: &Schema, rules: &[&str], console: &Console) -> String {
    let heading = |text: &str| Style::Strong.paint(text, console.color);
    let shared = shared_keys(&schema.labels);
    let mut text = heading(&counted(schema.nodes, "node", "nodes"));
    if !shared.is_empty() {
        let list = wrapped(shared.iter().copied(), 4, console.text_width());
        text += &format!(
            ", most of them with\n    {}",
            Style::Faint.paint(&list, console.color)
        );
    }
    text.push('\n');
    let labels = schema.labels.iter().map(|label| {
        let keys = keys(&label.properties).filter(|key| !shared.contains(key));
        (quote(&label.name), label.count, keys.collect())
    });
    text += &listed(labels.collect(), console);
    text += &heading(&counted(
        schema.relationships,
        "relationship",
        "relationships",
    ));
    text.push('\n');
    let arrows = schema.types.iter().flat_map(|kind| {
        let endpoints = kind.endpoints.iter();
        endpoints.map(|endpoints| (arrow(kind, endpoints), endpoints.count, Vec::new()))
    });
    text += &listed(arrows.collect(), console);
    if !rules.is_empty() {
        text += &heading("constraints that hold after every statement");
        text.push('\n');
        rules.iter().for_each(|rule| text += &format!("  {rule}\n"));
    }
    text + ":schema NAME shows the properties of a label or a type.\n"
}

fn keys(properties: &[PropertySummary]) -> impl Iterator<Item = &str> {
    properties.iter().map(|property| &*property.name)
}

/// The keys that more than half of the labels have, and at least five of them.
fn shared_keys(labels: &[LabelSummary]) -> Vec<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for key in labels.iter().flat_map(|label| keys(&label.properties)) {
        *counts.entry(key).or_default() += 1;
    }
    counts.retain(|_, count| *count * 2 > labels.len() && *count > 4);
    counts.into_keys().collect()
}

/// Lines of a name, a count and keys; long key lists continue on indented lines.
fn listed(rows: Vec<(String, u64, Vec<&str>)>, console: &Console) -> String {
    let name_width = rows
        .iter()
        .map(|(name, ..)| name.chars().count())
        .max()
        .unwrap_or(0);
    let count_width = rows
        .iter()
        .map(|(_, count, _)| grouped(*count).len())
        .max()
        .unwrap_or(0);
    let indent = name_width + count_width + 6;
    let mut text = String::new();
    for (name, count, keys) in rows {
        let padding = " ".repeat(name_width - name.chars().count());
        let name = Style::Class.paint(&name, console.color);
        let keys = wrapped(keys, indent, console.text_width());
        let keys = Style::Faint.paint(&keys, console.color);
        text += format!(
            "  {name}{padding}  {:>count_width$}  {keys}",
            grouped(count)
        )
        .trim_end();
        text.push('\n');
    }
    text
}

/// The keys separated by spaces, in lines that start at `indent` and end before `width`.
fn wrapped<'k>(keys: impl IntoIterator<Item = &'k str>, indent: usize, width: usize) -> String {
    let room = width.saturating_sub(indent).max(20);
    let mut text = String::new();
    let mut used = 0;
    for key in keys.into_iter().map(quote) {
        let length = key.chars().count();
        if used > 0 && used + 1 + length > room {
            text += &format!("\n{}", " ".repeat(indent));
            used = 0;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text += &key;
        used += length;
    }
    text
}

/// `(:Course)-[:COVERS]->(:KSS)`
fn arrow(kind: &TypeSummary, endpoints: &Endpoints) -> String {
    let node = |label: &Option<Text>| match label {
        Some(label) => format!("(:{})", quote(label)),
        None => "()".to_owned(),
    };
    format!(
        "{}-[:{}]->{}",
        node(&endpoints.from),
        quote(&kind.name),
        node(&endpoints.to)
    )
}

/// A label or type with its properties and its relationships.
fn one(schema: &Schema, name: &str, console: &Console) -> Result<String, ShellError> {
    let label = schema.labels.iter().find(|label| *label.name == *name);
    let kind = schema.types.iter().find(|kind| *kind.name == *name);
    if label.is_none() && kind.is_none() {
        return Err(unknown(schema, name));
    }
    let of_label = label.map(|label| of_label(schema, label, console));
    let of_type = kind.map(|kind| of_type(kind, console));
    Ok(of_label.into_iter().chain(of_type).collect())
}

fn of_label(schema: &Schema, label: &LabelSummary, console: &Console) -> String {
    let title = format!(
        "(:{})  {}",
        quote(&label.name),
        counted(label.count, "node", "nodes")
    );
    let here = |end: &Option<Text>| end.as_ref() == Some(&label.name);
    let arrows = schema.types.iter().flat_map(|kind| {
        let touching = kind
            .endpoints
            .iter()
            .filter(move |endpoints| here(&endpoints.from) || here(&endpoints.to));
        touching.map(move |endpoints| (arrow(kind, endpoints), endpoints.count))
    });
    described(
        &title,
        &label.properties,
        label.count,
        arrows.collect(),
        console,
    )
}

fn of_type(kind: &TypeSummary, console: &Console) -> String {
    let count = counted(kind.count, "relationship", "relationships");
    let title = format!("[:{}]  {count}", quote(&kind.name));
    let arrows = kind
        .endpoints
        .iter()
        .map(|endpoints| (arrow(kind, endpoints), endpoints.count));
    described(
        &title,
        &kind.properties,
        kind.count,
        arrows.collect(),
        console,
    )
}

fn described(
    title: &str,
    properties: &[PropertySummary],
    total: u64,
    arrows: Vec<(String, u64)>,
    console: &Console,
) -> String {
    let mut text = format!("{}\n", Style::Strong.paint(title, console.color));
    let widest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
    let width = widest(
        &mut properties
            .iter()
            .map(|property| property.name.chars().count()),
    );
    for property in properties {
        let kinds: Vec<_> = property.kinds.iter().map(|kind| kind.name()).collect();
        let some = if property.count < total {
            format!("  on {} of {}", grouped(property.count), grouped(total))
        } else {
            String::new()
        };
        text += &format!("  {:<width$}  {}{some}\n", property.name, kinds.join(" | "));
    }
    let width = widest(&mut arrows.iter().map(|(arrow, _)| arrow.chars().count()));
    for (arrow, count) in arrows {
        text += &format!("  {arrow:<width$}  {}\n", grouped(count));
    }
    text
}

fn unknown(schema: &Schema, name: &str) -> ShellError {
    let labels = schema.labels.iter().map(|label| &*label.name);
    let types = schema.types.iter().map(|kind| &*kind.name);
    let help = did_you_mean(name, labels.chain(types))
        .unwrap_or_else(|| "`:schema` lists labels and types".to_owned());
    ShellError::Usage(
        format!("there is no label or relationship type `{name}`"),
        Some(help),
    )
}
