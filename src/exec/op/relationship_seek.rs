//! `RelationshipIndexSeek`: the relationships that an index lookup returns.

use crate::{
    base::{Direction, Fault, Meter as _},
    exec::{
        chunk::Chunk,
        context::{Context, Failure, placeless},
        eval::types_of,
        op::{
            extend::{Asked, Emitted, Extend},
            probe::{Last, SCANNED, Values, Wanted, scan},
        },
    },
    graph::Sought,
    plan,
    value::{Column, EdgeId, NodeId, TypeId},
};

pub(crate) struct RelationshipSeek<'p> {
    plan: &'p plan::RelationshipSeek,
    values: Values<'p>,
    /// The relationships of the row at the cursor, each with its two nodes.
    found: Vec<(EdgeId, NodeId, NodeId)>,
    out: Vec<(EdgeId, NodeId, NodeId)>,
}

impl<'p> RelationshipSeek<'p> {
    pub(crate) fn new(plan: &'p plan::RelationshipSeek) -> Self {
        Self {
            plan,
            values: Values::new(&plan.probe),
            found: Vec::new(),
            out: Vec::new(),
        }
    }

    fn seek(&mut self, row: usize, cx: &Context<'_>) -> Result<(), Failure> {
        self.found.clear();
        let wanted = self.values.wanted(row, cx)?;
        let lacking = wanted.keys.iter().any(|key| key.is_none());
        let kinds = types_of(std::slice::from_ref(&self.plan.kind), cx);
        let Some(kind) = kinds.into_iter().next().filter(|_| !lacking) else {
            return Ok(());
        };
        let graph = cx.graph();
        for edge in edges(kind, &wanted, cx).map_err(placeless)? {
            let (from, to) = graph.endpoints(edge);
            match self.plan.direction {
                Direction::Outgoing => self.found.push((edge, from, to)),
                Direction::Incoming => self.found.push((edge, to, from)),
                Direction::Either => {
                    self.found.push((edge, from, to));
                    if from != to {
                        self.found.push((edge, to, from));
                    }
                }
            }
        }
        Ok(())
    }
}

fn edges(kind: TypeId, wanted: &Wanted, cx: &Context<'_>) -> Result<Vec<EdgeId>, Fault> {
    let graph = cx.graph();
    let found = match &wanted.last {
        Last::Nothing => return Ok(Vec::new()),
        Last::In(values) => {
            let one = |value| graph.seek_edges(kind, &wanted.keys, &[], Sought::Equal(value));
            let found: Option<Vec<_>> = values.iter().map(one).collect();
            found.map(|found| {
                let mut found: Vec<_> = found.into_iter().flatten().collect();
                found.sort_unstable();
                found.dedup();
                found
            })
        }
        last => {
            let ordered = last.sought();
            let ordered = ordered
                .and_then(|sought| graph.seek_edges(kind, &wanted.keys, &wanted.known, sought));
            ordered.or_else(|| match (last.part(), wanted.keys.as_slice()) {
                (Some((part, text)), [key]) => graph.seek_edge_text(kind, *key, part, text),
                _ => None,
            })
        }
    };
    match found {
        Some(found) => {
            cx.worked(SCANNED + size_of_val(found.as_slice()))?;
            Ok(found)
        }
        None => {
            let mut found = Vec::new();
            let fits = |edge: &EdgeId| wanted.fits(|key| graph.edge_property(*edge, key));
            scan(graph.edges_of_type(kind), fits, cx, &mut found)?;
            Ok(found)
        }
    }
}

impl Extend for RelationshipSeek<'_> {
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
        let rows = std::mem::take(&mut self.out);
        let seek = self.plan;
        out.put(
            seek.edge,
            Column::edges(rows.iter().map(|row| row.0).collect()),
        );
        out.put(
            seek.from,
            Column::nodes(rows.iter().map(|row| row.1).collect()),
        );
        out.put(
            seek.to,
            Column::nodes(rows.iter().map(|row| row.2).collect()),
        );
        Ok(())
    }
}
