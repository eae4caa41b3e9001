//! Shared by operators that write: entities, checks of property values, and the items of `SET`.

use crate::{
    base::{At, Code, Fault},
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::{entity_properties, eval_one, live_edge, live_node},
        kernel::size,
    },
    function::Meter as _,
    plan::SetItem,
    value::{EdgeId, Entries, NodeId, Text, Value, expected},
};

/// The assumed bytes of the changes of a row.
const ROW: usize = 128;

/// Asks for the memory to undo the changes of so many rows.
pub(crate) fn make_room_to_undo(rows: usize, cx: &mut Context<'_>) -> Result<(), Fault> {
    cx.worked(ROW * rows)?;
    let growth = cx.graph().undo_growth(rows);
    if growth == 0 {
        return Ok(());
    }
    cx.spend(growth)?;
    cx.graph_mut().make_room_to_undo(rows)
}

/// A node or a relationship.
#[derive(Clone, Copy)]
pub(crate) enum Entity {
    Node(NodeId),
    Edge(EdgeId),
}

impl Entity {
    /// The entity of a value; `None` for null; an error if it is deleted.
    fn of(value: &Value, cx: &Context<'_>) -> Result<Option<Self>, Fault> {
        match value {
            Value::Null => Ok(None),
            Value::Node(node) => live_node(*node, cx).map(|()| Some(Self::Node(*node))),
            Value::Relationship(edge) => live_edge(*edge, cx).map(|()| Some(Self::Edge(*edge))),
            other => Err(expected("NODE or RELATIONSHIP", other)),
        }
    }

    /// Sets a property; null removes it.
    pub(crate) fn set(self, key: &str, value: Value, cx: &mut Context<'_>) -> Result<(), Fault> {
        storable(key, &value)?;
        cx.worked(size(&value))?;
        let graph = cx.graph_mut();
        let key = match graph.catalog().key(key) {
            Some(key) => key,
            // No entity has the property, so the key is not interned.
            None if value.is_null() => return Ok(()),
            None => graph.intern_key(key),
        };
        match self {
            Self::Node(node) => graph.set_node_property(node, key, value),
            Self::Edge(edge) => graph.set_edge_property(edge, key, value),
        }
        Ok(())
    }

    /// Sets all properties of a map.
    fn set_all(self, entries: Entries, cx: &mut Context<'_>) -> Result<(), Fault> {
        let mut entries = entries.into_iter();
        entries.try_for_each(|(key, value)| self.set(&key, value, cx))
    }

    /// Removes the properties that a map does not name.
    fn clear_others(self, entries: &Entries, cx: &mut Context<'_>) -> Result<(), Fault> {
        let graph = cx.graph();
        let keys: Vec<_> = match self {
            Self::Node(node) => graph.node_properties(node).map(|(key, _)| key).collect(),
            Self::Edge(edge) => graph.edge_properties(edge).map(|(key, _)| key).collect(),
        };
        let names = keys
            .into_iter()
            .map(|key| graph.catalog().key_name(key).clone());
        let gone: Vec<Text> = names.filter(|name| !entries.contains_key(name)).collect();
        gone.iter()
            .try_for_each(|name| self.set(name, Value::Null, cx))
    }
}

/// Checks that a property can hold a value: a simple value, or a list of simple values.
fn storable(key: &str, value: &Value) -> Result<(), Fault> {
    let found = match value {
        Value::List(items) => {
            let other = items.iter().find(|item| item.is_null() || !is_simple(item));
            let Some(other) = other else { return Ok(()) };
            format!("LIST with {}", other.kind())
        }
        simple if is_simple(simple) => return Ok(()),
        other => other.kind().to_string(),
    };
    let message =
        format!("expected a simple value or a list of simple values for `{key}`, found {found}");
    Err(Fault::new(Code::InvalidPropertyType, message))
}

fn is_simple(value: &Value) -> bool {
    match value {
        Value::Null
        | Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Decimal(_)
        | Value::Bytes(_)
        | Value::String(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_)
        | Value::Point(_) => true,
        Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => false,
    }
}

/// Applies the items of `SET` and `REMOVE` to a row, in order.
pub(crate) fn set_items(
    items: &[SetItem],
    row: &Chunk,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    items.iter().try_for_each(|item| set_item(item, row, cx))
}

fn set_item(item: &SetItem, row: &Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
    let span = item.entity().span;
    let target = eval_one(item.entity(), row, cx)?;
    let Some(entity) = Entity::of(&target, cx).at(span)? else {
        return Ok(());
    };
    cx.writing(item.span());
    match item {
        SetItem::Property { key, value, .. } => {
            let new = eval_one(value, row, cx)?;
            entity.set(key, new, cx).at(value.span)
        }
        SetItem::Dynamic { key, value, .. } => {
            let name = eval_one(key, row, cx)?;
            let new = eval_one(value, row, cx)?;
            match name {
                Value::String(name) => entity.set(&name, new, cx).at(value.span),
                other => Err(expected("STRING", &other)).at(key.span),
            }
        }
        SetItem::Map { value, replace, .. } => {
            let new = eval_one(value, row, cx)?;
            let entries = entries_of(&new, cx).at(value.span)?;
            if *replace {
                entity.clear_others(&entries, cx).at(value.span)?;
            }
            entity.set_all(entries, cx).at(value.span)
        }
        SetItem::DynamicLabels { names, add, .. } => {
            let labels = label_names(&eval_one(names, row, cx)?).at(names.span)?;
            change_labels(entity, &labels, *add, cx).at(span)
        }
        SetItem::AddLabels { labels, .. } => change_labels(entity, labels, true, cx).at(span),
        SetItem::RemoveLabels { labels, .. } => change_labels(entity, labels, false, cx).at(span),
    }
}

/// The entries of a map or of an entity's properties; null has none.
fn entries_of(value: &Value, cx: &Context<'_>) -> Result<Entries, Fault> {
    if value.is_null() {
        return Ok(Entries::default());
    }
    entity_properties(value, cx)?.ok_or_else(|| expected("MAP, NODE or RELATIONSHIP", value))
}

/// The labels in a string or in a list of strings.
pub(crate) fn label_names(value: &Value) -> Result<Vec<Text>, Fault> {
    let name = |value: &Value| match value {
        Value::String(name) if name.is_empty() => Err(Fault::new(
            Code::InvalidArgumentTypeAtRuntime,
            "a label or a type cannot be the empty string",
        )),
        Value::String(name) => Ok(name.clone()),
        other => Err(expected("STRING as the name of a label or a type", other)),
    };
    match value {
        Value::List(items) => items.iter().map(name).collect(),
        other => Ok(vec![name(other)?]),
    }
}

fn change_labels(
    entity: Entity,
    labels: &[Text],
    add: bool,
    cx: &mut Context<'_>,
) -> Result<(), Fault> {
    let Entity::Node(node) = entity else {
        let message = "expected NODE, found RELATIONSHIP: only nodes have labels";
        return Err(Fault::new(Code::InvalidArgumentTypeAtRuntime, message));
    };
    let graph = cx.graph_mut();
    if add {
        let ids = labels.iter().map(|name| graph.intern_label(name));
        let ids: Vec<_> = ids.collect();
        graph.add_labels(node, &ids);
    } else {
        let ids = labels.iter().filter_map(|name| graph.catalog().label(name));
        let ids: Vec<_> = ids.collect();
        graph.remove_labels(node, &ids);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_values_and_lists_of_them_can_be_stored() {
        assert!(storable("a", &Value::Null).is_ok());
        assert!(storable("a", &vec![1, 2].into()).is_ok());
        assert!(storable("a", &Value::Node(NodeId(0))).is_err());
        let nested: Value = vec![vec![1]].into();
        let fault = storable("a", &nested).unwrap_err();
        assert_eq!(fault.code, Code::InvalidPropertyType);
        assert!(
            fault.message.ends_with("found LIST with LIST"),
            "{}",
            fault.message
        );
        assert!(storable("a", &vec![Value::Null].into()).is_err());
    }
}
