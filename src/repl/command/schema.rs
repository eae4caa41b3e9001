//! `:schema`: what there is in the graph.

use relata::{
    Schema,
    base::did_you_mean,
    engine::{Ends, LabelSummary, PropertySummary, TypeSummary},
};

use crate::repl::{
    command::Flow,
    complete::quote,
    console::{Console, counted, grouped},
    failure::Failure,
    shell::Shell,
    style::Style,
};

/// `:schema`, `:schema Course`, `:schema COVERS`
pub(super) fn schema(shell: &mut Shell, argument: &str) -> Result<Flow, Failure> {
    let vocabulary = shell.vocabulary();
    let schema = vocabulary.schema();
    let name = argument.trim_start_matches(':').trim_matches('`');
    let text = if name.is_empty() {
        whole(schema, &shell.console)
    } else {
        one(schema, name, &shell.console)?
    };
    shell.console.text(&text)?;
    Ok(Flow::Stay)
}

/// Labels with their counts and keys, then types with their ends and counts.
fn whole(schema: &Schema, console: &Console) -> String {
    let heading = |text: &str| Style::Strong.paint(text, console.color);
    let nodes = counted(schema.nodes, "node", "nodes");
    let relationships = counted(schema.relationships, "relationship", "relationships");
    let mut text = format!("{}\n", heading(&nodes));
    let named = schema
        .labels
        .iter()
        .map(|label| (quote(&label.name), label.count, &label.properties));
    text += &listed(named.collect(), console);
    text += &format!("{}\n", heading(&relationships));
    let arrows = schema.types.iter().flat_map(|kind| {
        let keys = &kind.properties;
        kind.ends
            .iter()
            .map(move |ends| (arrow(kind, ends), ends.count, keys))
    });
    text += &listed(arrows.collect(), console);
    text
}

/// Lines of a name, a count and keys; long lists of keys go on under themselves.
fn listed(rows: Vec<(String, u64, &Vec<PropertySummary>)>, console: &Console) -> String {
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
    for (name, count, properties) in rows {
        let padding = " ".repeat(name_width - name.chars().count());
        let name = Style::Class.paint(&name, console.color);
        let keys = wrapped(properties, indent, console.text_width());
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

/// The keys with spaces between them, in lines of at most `width` columns that begin at `indent`.
fn wrapped(properties: &[PropertySummary], indent: usize, width: usize) -> String {
    let room = width.saturating_sub(indent).max(20);
    let mut text = String::new();
    let mut used = 0;
    for property in properties {
        let key = quote(&property.name);
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
fn arrow(kind: &TypeSummary, ends: &Ends) -> String {
    let node = |label: &Option<relata::value::Text>| match label {
        Some(label) => format!("(:{})", quote(label)),
        None => "()".to_owned(),
    };
    format!(
        "{}-[:{}]->{}",
        node(&ends.from),
        quote(&kind.name),
        node(&ends.to)
    )
}

/// A label or a type with its properties and the relationships that it takes part in.
fn one(schema: &Schema, name: &str, console: &Console) -> Result<String, Failure> {
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
    let here = |end: &Option<relata::value::Text>| end.as_ref() == Some(&label.name);
    let arrows = schema.types.iter().flat_map(|kind| {
        let touching = kind
            .ends
            .iter()
            .filter(move |ends| here(&ends.from) || here(&ends.to));
        touching.map(move |ends| (arrow(kind, ends), ends.count))
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
    let arrows = kind.ends.iter().map(|ends| (arrow(kind, ends), ends.count));
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

fn unknown(schema: &Schema, name: &str) -> Failure {
    let labels = schema.labels.iter().map(|label| &*label.name);
    let types = schema.types.iter().map(|kind| &*kind.name);
    let help = did_you_mean(name, labels.chain(types))
        .unwrap_or_else(|| "`:schema` lists labels and types".to_owned());
    Failure::Usage(
        format!("there is no label or relationship type `{name}`"),
        Some(help),
    )
}
