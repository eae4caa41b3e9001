//! Shortest label paths: how relationships connect two labels in the graph.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    graph::{Catalog, Stats},
    value::{LabelId, TypeId},
};

/// Maximum number of relationships: longer connections are unlikely to be intended.
const LONGEST: usize = 3;

/// A label path: labels and the types between them.
#[derive(Clone, Debug)]
pub(super) struct Way {
    start: LabelId,
    steps: Vec<Step>,
    /// The count of its least frequent relationship.
    count: u64,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    kind: TypeId,
    /// Whether the relationship points forwards along the path.
    along: bool,
    to: LabelId,
}

/// Order of equally long paths: a type of the pattern first, then fewer reversed relationships, then the higher count.
/// Ties keep the order of ids.
type Merit = (bool, usize, Reverse<u64>);

impl Way {
    /// A path with one relationship.
    pub(super) fn step(start: LabelId, kind: TypeId, to: LabelId) -> Self {
        let along = true;
        Self {
            start,
            steps: vec![Step { kind, along, to }],
            count: 0,
        }
    }

    /// The best of the shortest paths, or `None` if there is none within the maximum length.
    pub(super) fn between(
        from: LabelId,
        to: LabelId,
        types: &[TypeId],
        stats: &Stats,
    ) -> Option<Self> {
        let mut triples: Vec<_> = stats.triples().filter(|triple| triple.3 > 0).collect();
        triples.sort_unstable();
        let start = Self {
            start: from,
            steps: Vec::new(),
            count: u64::MAX,
        };
        let mut front = vec![start];
        for _ in 0..LONGEST {
            let mut next: BTreeMap<(LabelId, bool), Self> = BTreeMap::new();
            for way in front.iter().flat_map(|way| way.longer(&triples)) {
                let place = (way.end(), way.uses(types));
                let better = |known: &Self| way.merit(types) < known.merit(types);
                if next.get(&place).is_none_or(better) {
                    next.insert(place, way);
                }
            }
            let arrived = next.values().filter(|way| way.end() == to);
            if let Some(best) = arrived.min_by_key(|way| way.merit(types)) {
                return Some(best.clone());
            }
            front = next.into_values().collect();
        }
        None
    }

    /// The extensions by one relationship that visit no label twice.
    fn longer(&self, triples: &[(LabelId, TypeId, LabelId, u64)]) -> Vec<Self> {
        let end = self.end();
        let both = triples.iter().flat_map(|&(source, kind, target, count)| {
            [
                (source, kind, true, target, count),
                (target, kind, false, source, count),
            ]
        });
        let leaving = both.filter(|(source, ..)| *source == end);
        leaving
            .filter(|(_, _, _, to, _)| *to != self.start && self.steps.iter().all(|s| s.to != *to))
            .map(|(_, kind, along, to, count)| {
                let mut longer = self.clone();
                longer.steps.push(Step { kind, along, to });
                longer.count = longer.count.min(count);
                longer
            })
            .collect()
    }

    fn end(&self) -> LabelId {
        self.steps.last().map_or(self.start, |step| step.to)
    }

    fn uses(&self, types: &[TypeId]) -> bool {
        self.steps.iter().any(|step| types.contains(&step.kind))
    }

    fn merit(&self, types: &[TypeId]) -> Merit {
        let against = self.steps.iter().filter(|step| !step.along).count();
        (!self.uses(types), against, Reverse(self.count))
    }

    /// `(:A)-[:R]->(:B)<-[:S]-(:C)`
    pub(super) fn text(&self, catalog: &Catalog) -> String {
        let mut text = format!("(:{})", catalog.label_name(self.start));
        for step in &self.steps {
            let (kind, to) = (catalog.type_name(step.kind), catalog.label_name(step.to));
            text += &match step.along {
                true => format!("-[:{kind}]->(:{to})"),
                false => format!("<-[:{kind}]-(:{to})"),
            };
        }
        text
    }
}
