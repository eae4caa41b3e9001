//! The property that names a node, for people: captions of tables and drawings.

use std::borrow::Cow;

use crate::{
    answer::Node,
    value::{Value, cast::text_of},
};

/// The keys whose value names a node, most telling first.
const NAMES: &[&str] = &["name", "title", "label", "code"];

/// The endings of such keys, as in `productName` and `company_name`.
const ENDINGS: &[&str] = &["name", "title"];

/// The keys that tell nodes apart but do not name them.
const IDS: &[&str] = &["id", "uri"];

/// The property that names a node: its position among the properties, and its text.
pub(super) fn caption(node: &Node) -> Option<(usize, Cow<'_, str>)> {
    let named = NAMES.iter().find_map(|key| exact(node, key));
    named
        .or_else(|| ending(node))
        .or_else(|| IDS.iter().find_map(|key| exact(node, key)))
}

fn exact<'n>(node: &'n Node, key: &str) -> Option<(usize, Cow<'n, str>)> {
    let mut properties = node.properties.iter().enumerate();
    let (at, (_, value)) = properties.find(|(_, (name, _))| name.eq_ignore_ascii_case(key))?;
    Some((at, named(value)?))
}

fn ending(node: &Node) -> Option<(usize, Cow<'_, str>)> {
    let is_name = |key: &str| {
        let key = key.to_lowercase();
        ENDINGS.iter().any(|ending| key.ends_with(ending))
    };
    let mut properties = node.properties.iter().enumerate();
    properties.find_map(|(at, (key, value))| {
        let value = named(value).filter(|_| is_name(key))?;
        Some((at, value))
    })
}

/// The text of a value that is no list and not empty.
fn named(value: &Value) -> Option<Cow<'_, str>> {
    let simple = !matches!(value, Value::List(_) | Value::Map(_) | Value::Null);
    let text = simple.then(|| text_of(value)).flatten();
    text.filter(|text| !text.trim().is_empty())
}
