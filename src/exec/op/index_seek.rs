//! `IndexSeek`: the nodes that an index lookup returns.

use crate::{
    base::{Fault, Meter as _},
    exec::{
        chunk::Chunk,
        context::{Context, Failure, placeless},
        eval::label_of,
        op::{
            extend::{Asked, Emitted, Extend},
            probe::{Last, SCANNED, Values, Wanted, scan},
        },
    },
    plan,
    value::{Column, KeyId, LabelId, NodeId, Value},
};

pub(crate) struct IndexSeek<'p> {
    plan: &'p plan::IndexSeek,
    values: Values<'p>,
    /// The nodes of the row at the cursor.
    found: Vec<NodeId>,
    out: Vec<NodeId>,
}

impl<'p> IndexSeek<'p> {
    pub(crate) fn new(plan: &'p plan::IndexSeek) -> Self {
        Self {
            plan,
            values: Values::new(&plan.probe),
            found: Vec::new(),
            out: Vec::new(),
        }
    }

    fn seek(&mut self, row: usize, cx: &Context<'_>) -> Result<(), Failure> {
        let label = self.plan.label.as_ref().map(|label| label_of(label, cx));
        self.found.clear();
        let wanted = self.values.wanted(row, cx)?;
        let lacking = wanted.keys.iter().any(|key| key.is_none());
        if label.is_some_and(LabelId::is_none) || lacking {
            return Ok(());
        }
        let found = Place { label, cx }.find(&wanted, &mut self.found);
        found.map_err(placeless)
    }
}

/// A label, or all nodes. Without an index, equal values are found by an automatic index, and other values by a scan.
struct Place<'c, 'g> {
    label: Option<LabelId>,
    cx: &'c Context<'g>,
}

impl Place<'_, '_> {
    fn find(&self, wanted: &Wanted, found: &mut Vec<NodeId>) -> Result<(), Fault> {
        match (&wanted.last, wanted.keys.as_slice()) {
            (Last::Nothing, _) => Ok(()),
            (Last::Equal(value), [key]) => self.equal(*key, value, found),
            (Last::In(values), [key]) => {
                // Each node once, even if a value is repeated.
                for value in values {
                    self.equal(*key, value, found)?;
                }
                found.sort_unstable();
                found.dedup();
                Ok(())
            }
            _ => match self.indexed(wanted) {
                Some(nodes) => self.take(&nodes, found),
                None => self.scan(wanted, found),
            },
        }
    }

    fn equal(&self, key: KeyId, value: &Value, found: &mut Vec<NodeId>) -> Result<(), Fault> {
        let graph = self.cx.graph();
        match self.label.filter(|label| graph.has_index(*label, key)) {
            Some(label) => self.take(&graph.seek(label, key, value), found),
            None => {
                let fits = |bytes| self.cx.has_room(bytes).is_ok();
                graph.find_nodes(self.label, key, value, fits, self.cx, found)
            }
        }
    }

    /// The nodes that an index returns; `None` if there is none that has the values.
    fn indexed(&self, wanted: &Wanted) -> Option<Vec<NodeId>> {
        let (graph, label) = (self.cx.graph(), self.label?);
        let last = &wanted.last;
        let [key] = wanted.keys.as_slice() else {
            return graph.seek_nodes(label, &wanted.keys, &wanted.known, last.sought()?);
        };
        match last {
            Last::Range(lower, upper) if graph.has_index(label, *key) => {
                return Some(graph.seek_range(label, *key, lower.as_ref(), upper.as_ref()));
            }
            Last::Prefix(Value::String(prefix)) if graph.has_index(label, *key) => {
                return Some(graph.seek_prefix(label, *key, prefix));
            }
            _ => {}
        }
        let ordered = last.sought();
        let ordered = ordered.and_then(|sought| graph.seek_nodes(label, &[*key], &[], sought));
        ordered.or_else(|| {
            let (part, text) = last.part()?;
            graph.seek_node_text(label, *key, part, text)
        })
    }

    fn scan(&self, wanted: &Wanted, found: &mut Vec<NodeId>) -> Result<(), Fault> {
        let graph = self.cx.graph();
        let nodes = match self.label {
            Some(label) => graph.nodes_with_label(label),
            None => graph.nodes(),
        };
        let fits = |node: &NodeId| wanted.fits(|key| graph.node_property(*node, key));
        scan(nodes.iter().map(NodeId), fits, self.cx, found)
    }

    /// Adds the nodes that an index returns.
    fn take(&self, nodes: &[NodeId], found: &mut Vec<NodeId>) -> Result<(), Fault> {
        found.extend_from_slice(nodes);
        self.cx.worked(SCANNED + size_of_val(nodes))
    }
}

impl Extend for IndexSeek<'_> {
    type View<'c> = &'c Context<'c>;

    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.values.begin(chunk, cx)
    }

    fn view<'c>(&self, _chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<&'c Context<'c>, Failure> {
        Ok(cx)
    }

    fn count(&mut self, cx: &&Context<'_>, row: usize) -> Result<u64, Failure> {
        self.seek(row, cx)?;
        Ok(self.found.len() as u64)
    }

    fn emit(&mut self, cx: &&Context<'_>, asked: Asked) -> Result<Emitted, Failure> {
        if asked.is_first() {
            self.seek(asked.row, cx)?;
        }
        let (part, emitted) = asked.part(self.found.len());
        self.out.extend_from_slice(&self.found[part]);
        Ok(emitted)
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        out.put(self.plan.node, Column::nodes(std::mem::take(&mut self.out)));
        Ok(())
    }
}
