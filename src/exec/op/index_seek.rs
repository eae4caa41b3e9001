//! `IndexSeek`: the nodes that an index lookup returns.

use std::ops::Bound;

use crate::{
    base::{At, Fault},
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure, placeless},
        eval::{eval, key_of, label_of},
        op::extend::{Asked, Emitted, Extend},
    },
    function::Meter as _,
    plan::{self, Expr, Lookup},
    value::{Column, KeyId, LabelId, NodeId, Value, expected, relation, text},
};

pub(crate) struct IndexSeek<'p> {
    plan: &'p plan::IndexSeek,
    /// The values to find, by row: one column, or those of two bounds.
    wanted: [Option<Column>; 2],
    /// Whether a value could not be computed, so that all nodes are found: see [`Lookup::may_fail`].
    all: bool,
    /// The nodes of the row at the cursor.
    found: Vec<NodeId>,
    out: Vec<NodeId>,
}

impl<'p> IndexSeek<'p> {
    pub(crate) fn new(plan: &'p plan::IndexSeek) -> Self {
        Self {
            plan,
            wanted: [None, None],
            all: false,
            found: Vec::new(),
            out: Vec::new(),
        }
    }

    fn seek(&mut self, row: usize, cx: &Context<'_>) -> Result<(), Failure> {
        let label = self.plan.label.as_ref().map(|label| label_of(label, cx));
        let key = key_of(&self.plan.key, cx);
        self.found.clear();
        if label.is_some_and(LabelId::is_none) || key.is_none() {
            return Ok(());
        }
        let place = Place { label, key, cx };
        if self.all {
            return place.scan(&mut self.found, |_| true).map_err(placeless);
        }
        let value = |at: usize| match &self.wanted[at] {
            Some(column) => column.value(row),
            None => Value::Null,
        };
        let found = &mut self.found;
        match &self.plan.lookup {
            Lookup::Equal(_) => place.equal(&value(0), found).map_err(placeless),
            Lookup::In(list) => place.any_of(&value(0), found).at(list.span),
            Lookup::Range { lower, upper } => {
                let (low, high) = (value(0), value(1));
                let unknown = lower.is_some() && low.is_null() || upper.is_some() && high.is_null();
                if unknown {
                    return Ok(());
                }
                let ranged = place.range(bound(lower, &low), bound(upper, &high), found);
                ranged.map_err(placeless)
            }
            Lookup::Prefix(_) => place.prefix(&value(0), found).map_err(placeless),
        }
    }
}

fn bound<'v>(bound: &Option<(Expr, bool)>, value: &'v Value) -> Bound<&'v Value> {
    match bound {
        None => Bound::Unbounded,
        Some((_, true)) => Bound::Included(value),
        Some((_, false)) => Bound::Excluded(value),
    }
}

/// A label, or all nodes, and a key of the graph. Without an index on them, equal values are found by an automatic index,
/// and ranges by a scan.
struct Place<'c, 'g> {
    label: Option<LabelId>,
    key: KeyId,
    cx: &'c Context<'g>,
}

impl Place<'_, '_> {
    /// The label of an index, if there is one.
    fn indexed(&self) -> Option<LabelId> {
        let index = |label: &LabelId| self.cx.graph().has_index(*label, self.key);
        self.label.filter(index)
    }

    fn scan(&self, found: &mut Vec<NodeId>, test: impl Fn(&Value) -> bool) -> Result<(), Fault> {
        let graph = self.cx.graph();
        let nodes = match self.label {
            Some(label) => graph.nodes_with_label(label),
            None => graph.nodes(),
        };
        let mut nodes = nodes.iter().map(NodeId);
        loop {
            let mut visited = 0;
            let part = nodes.by_ref().take(CAPACITY).inspect(|_| visited += 1);
            found.extend(part.filter(|node| test(&graph.node_property(*node, self.key))));
            if visited == 0 {
                return Ok(());
            }
            self.cx.worked(visited * SCANNED)?;
        }
    }

    fn equal(&self, value: &Value, found: &mut Vec<NodeId>) -> Result<(), Fault> {
        let graph = self.cx.graph();
        match self.indexed() {
            Some(label) => self.take(&graph.seek(label, self.key, value), found),
            None => {
                let fits = |bytes| self.cx.has_room(bytes).is_ok();
                graph.find_nodes(self.label, self.key, value, fits, self.cx, found)
            }
        }
    }

    /// The nodes of the values of a list, each once, even if a value is repeated.
    fn any_of(&self, list: &Value, found: &mut Vec<NodeId>) -> Result<(), Fault> {
        match list {
            Value::Null => {}
            Value::List(items) => {
                for item in items.iter() {
                    self.equal(item, found)?;
                }
                found.sort_unstable();
                found.dedup();
            }
            other => return Err(expected("LIST", other)),
        }
        Ok(())
    }

    fn range(
        &self,
        lower: Bound<&Value>,
        upper: Bound<&Value>,
        found: &mut Vec<NodeId>,
    ) -> Result<(), Fault> {
        if let Some(label) = self.indexed() {
            let graph = self.cx.graph();
            return self.take(&graph.seek_range(label, self.key, lower, upper), found);
        }
        let above = |own: &Value| match lower {
            Bound::Unbounded => Some(true),
            Bound::Included(value) => relation::greater_or_equal(own, value),
            Bound::Excluded(value) => relation::greater(own, value),
        };
        let below = |own: &Value| match upper {
            Bound::Unbounded => Some(true),
            Bound::Included(value) => relation::less_or_equal(own, value),
            Bound::Excluded(value) => relation::less(own, value),
        };
        self.scan(found, |own| {
            above(own) == Some(true) && below(own) == Some(true)
        })
    }

    fn prefix(&self, prefix: &Value, found: &mut Vec<NodeId>) -> Result<(), Fault> {
        match (prefix, self.indexed()) {
            (Value::String(prefix), Some(label)) => {
                let graph = self.cx.graph();
                self.take(&graph.seek_prefix(label, self.key, prefix), found)
            }
            _ => self.scan(found, |own| text::starts_with(own, prefix) == Some(true)),
        }
    }

    /// Adds the nodes that an index returns.
    fn take(&self, nodes: &[NodeId], found: &mut Vec<NodeId>) -> Result<(), Fault> {
        found.extend_from_slice(nodes);
        self.cx.worked(SCANNED + size_of_val(nodes))
    }
}

/// The work of visiting a node, in bytes.
const SCANNED: usize = 16;

impl Extend for IndexSeek<'_> {
    type View<'c> = &'c Context<'c>;

    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        let exprs = match &self.plan.lookup {
            Lookup::Equal(expr) | Lookup::In(expr) | Lookup::Prefix(expr) => [Some(expr), None],
            Lookup::Range { lower, upper } => {
                [lower, upper].map(|bound| bound.as_ref().map(|(expr, _)| expr))
            }
        };
        let wanted = exprs.map(|expr| expr.map(|expr| eval(expr, chunk, cx)).transpose());
        self.all = self.plan.lookup.may_fail() && wanted.iter().any(Result::is_err);
        if self.all {
            return Ok(());
        }
        for (own, wanted) in self.wanted.iter_mut().zip(wanted) {
            *own = wanted?;
        }
        Ok(())
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
