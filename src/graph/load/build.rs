//! Builds the graph from the rows.

use crate::{
    base::Stop,
    graph::{
        Builder, ColumnData, Graph,
        load::{
            nodes::NodeRows,
            problem::{LoadError, Problem, stopped},
            relationships::RelationshipRows,
        },
    },
    value::{LabelId, NodeId, Value},
};

/// Builds the graph of rows without problems, with indexes on those columns that are among the look-up keys `indexed`.
pub(super) fn graph(
    nodes: Vec<NodeRows<'static>>,
    relationships: Vec<RelationshipRows>,
    indexed: &[String],
    stop: &Stop,
) -> Result<Graph, LoadError> {
    fits(nodes.iter().map(|rows| rows.count).sum(), "nodes")?;
    fits(
        relationships.iter().map(|rows| rows.ends.len()).sum(),
        "relationships",
    )?;
    let mut builder = Builder::new();
    nodes
        .into_iter()
        .for_each(|rows| add_nodes(&mut builder, rows, indexed));
    relationships
        .into_iter()
        .for_each(|rows| add_relationships(&mut builder, rows));
    let graph = builder.finish_unless(|| stop.reason().is_some());
    graph.ok_or_else(stopped)
}

fn fits(count: usize, what: &str) -> Result<(), LoadError> {
    const MOST: usize = u32::MAX as usize - 1;
    if count <= MOST {
        return Ok(());
    }
    Err(Problem::whole(
        "graph",
        format!("expected at most {MOST} {what}, found {count}"),
    )
    .into())
}

fn add_nodes(builder: &mut Builder, rows: NodeRows<'static>, indexed: &[String]) {
    let sets: Vec<Vec<LabelId>> = rows
        .label_sets
        .iter()
        .map(|set| {
            set.iter()
                .map(|label| builder.intern_label(label))
                .collect()
        })
        .collect();
    let first =
        NodeId(u32::try_from(builder.node_count()).expect("the number of nodes was checked"));
    for (set, count) in runs(&rows.label_set_of, rows.count) {
        builder.add_nodes(&sets[set], count);
    }
    for (key, column) in rows.columns {
        let key_id = builder.intern_key(&key);
        if indexed.contains(&key) && is_single(&column) {
            sets.iter()
                .flatten()
                .for_each(|label| builder.index(*label, key_id));
        }
        builder.set_node_column(key_id, first, column);
    }
}

/// Whether no value of a column is a list. Nobody looks up a list as a whole.
fn is_single(column: &ColumnData) -> bool {
    match column {
        ColumnData::Values(values) => !values.iter().any(|value| matches!(value, Value::List(_))),
        _ => true,
    }
}

fn add_relationships(builder: &mut Builder, rows: RelationshipRows) {
    let types: Vec<_> = rows
        .types
        .iter()
        .map(|kind| builder.intern_type(kind))
        .collect();
    let mut from = 0;
    let mut first = None;
    for (position, count) in runs(&rows.type_of, rows.ends.len()) {
        let edge = builder.add_relationships(types[position], &rows.ends[from..from + count]);
        first = first.or(Some(edge));
        from += count;
    }
    let Some(first) = first else { return };
    for (key, column) in rows.columns {
        let key = builder.intern_key(&key);
        builder.set_edge_column(key, first, column);
    }
}

/// Runs of rows with the same position, each as (position, length). Without positions, all rows form one run.
fn runs(positions: &[u32], count: usize) -> Vec<(usize, usize)> {
    if positions.is_empty() {
        return if count == 0 {
            Vec::new()
        } else {
            vec![(0, count)]
        };
    }
    let runs = positions.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0] as usize, run.len())).collect()
}
