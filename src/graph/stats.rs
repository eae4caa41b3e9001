//! Exact counts of the content of a graph, maintained by every change.
//!
//! This is the only information about the content that the optimiser reads. Equal contents give equal statistics.

use std::{collections::BTreeMap, hash::Hash};

use rustc_hash::FxHashMap;

use crate::{
    graph::{
        Orientation,
        index_on::{IndexOn, Scope},
    },
    value::{KeyId, LabelId, TypeId},
};

/// Degree statistics of the nodes, for one type and direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Degrees {
    /// The number of nodes with at least one such relationship.
    pub nodes: u64,
    /// The number of such relationships.
    pub relationships: u64,
    /// The maximum degree.
    pub max: u64,
    /// The sum of the squared degrees. Divided by `relationships`, it is the expected degree at the end of a random
    /// relationship.
    pub squares: u64,
}

/// Exact counts. `None` in place of a label or type means any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    nodes: u64,
    labels: FxHashMap<LabelId, u64>,
    /// Counts of (source label, type, target label), also with `NONE` for any part.
    triples: FxHashMap<(LabelId, TypeId, LabelId), u64>,
    /// For each type, the number of self-loops.
    loops: FxHashMap<TypeId, u64>,
    /// For each type and direction, the number of nodes per degree above 0.
    degrees: FxHashMap<(TypeId, Orientation), Histogram>,
    node_keys: FxHashMap<(LabelId, KeyId), u64>,
    edge_keys: FxHashMap<(TypeId, KeyId), u64>,
    distinct: FxHashMap<(LabelId, KeyId), u64>,
    /// The number of distinct values of each index on several keys, on relationships, or on parts of strings.
    secondary: BTreeMap<IndexOn, u64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Histogram {
    counts: BTreeMap<u64, u64>,
    nodes: u64,
    relationships: u64,
    squares: u64,
}

impl Stats {
    /// The number of nodes with a label.
    #[must_use]
    pub fn nodes(&self, label: Option<LabelId>) -> u64 {
        label.map_or(self.nodes, |label| read(&self.labels, label))
    }

    /// The number of relationships of a type.
    #[must_use]
    pub fn relationships(&self, ty: Option<TypeId>) -> u64 {
        self.count(None, ty, None)
    }

    /// The number of relationships of a type from a node with one label to a node with another.
    #[must_use]
    pub fn count(
        &self,
        source: Option<LabelId>,
        ty: Option<TypeId>,
        target: Option<LabelId>,
    ) -> u64 {
        let (source, target) = (
            source.unwrap_or(LabelId::NONE),
            target.unwrap_or(LabelId::NONE),
        );
        read(&self.triples, (source, ty.unwrap_or(TypeId::NONE), target))
    }

    /// Every combination of source label, type and target label that occurs, with its count, in no particular order. A
    /// relationship between nodes with several labels counts once per label pair; one with an unlabelled end is not
    /// counted.
    pub fn triples(&self) -> impl Iterator<Item = (LabelId, TypeId, LabelId, u64)> {
        let whole = |&(&(source, ty, target), _): &(&(LabelId, TypeId, LabelId), &u64)| {
            !source.is_none() && !ty.is_none() && !target.is_none()
        };
        self.triples
            .iter()
            .filter(whole)
            .map(|(&(source, ty, target), &count)| (source, ty, target, count))
    }

    /// The number of self-loops of a type.
    #[must_use]
    pub fn loops(&self, ty: TypeId) -> u64 {
        read(&self.loops, ty)
    }

    /// The degree statistics of a type in one direction.
    #[must_use]
    pub fn degrees(&self, ty: TypeId, direction: Orientation) -> Degrees {
        let Some(histogram) = self.degrees.get(&(ty, direction)) else {
            return Degrees::default();
        };
        Degrees {
            nodes: histogram.nodes,
            relationships: histogram.relationships,
            max: histogram
                .counts
                .last_key_value()
                .map_or(0, |(degree, _)| *degree),
            squares: histogram.squares,
        }
    }

    /// The number of nodes that have a property.
    #[must_use]
    pub fn with_key(&self, label: Option<LabelId>, key: KeyId) -> u64 {
        read(&self.node_keys, (label.unwrap_or(LabelId::NONE), key))
    }

    /// The number of relationships that have a property.
    #[must_use]
    pub fn relationships_with_key(&self, ty: Option<TypeId>, key: KeyId) -> u64 {
        read(&self.edge_keys, (ty.unwrap_or(TypeId::NONE), key))
    }

    /// The number of distinct values of an indexed property, or `None` if there is no index on (`label`, `key`).
    #[must_use]
    pub fn distinct(&self, label: LabelId, key: KeyId) -> Option<u64> {
        self.distinct.get(&(label, key)).copied()
    }

    /// Whether there is an index on (`label`, `key`).
    #[must_use]
    pub fn is_indexed(&self, label: LabelId, key: KeyId) -> bool {
        self.distinct.contains_key(&(label, key))
    }

    /// The indexes on several keys of nodes, each with the number of its distinct lists of values.
    pub fn composites(&self) -> impl Iterator<Item = (LabelId, &[KeyId], u64)> {
        self.secondary
            .iter()
            .filter_map(|(on, distinct)| match on.scope {
                Scope::Label(label) if on.keys.len() > 1 => Some((label, &*on.keys, *distinct)),
                Scope::Label(_) | Scope::Type(_) => None,
            })
    }

    /// The indexes of values on relationships of a type, each with the number of its distinct values or lists of them.
    pub fn relationship_indexes(&self, ty: TypeId) -> impl Iterator<Item = (&[KeyId], u64)> {
        let fits = move |on: &IndexOn| on.scope == Scope::Type(ty) && !on.text;
        let found = self.secondary.iter().filter(move |(on, _)| fits(on));
        found.map(|(on, distinct)| (&*on.keys, *distinct))
    }

    /// Whether there is an index on relationships of a type.
    #[must_use]
    pub fn has_relationship_indexes(&self, ty: TypeId) -> bool {
        self.secondary.keys().any(|on| on.scope == Scope::Type(ty))
    }

    /// Whether there is an index on parts of strings of nodes.
    #[must_use]
    pub fn has_text_index(&self, label: LabelId, key: KeyId) -> bool {
        self.has_text(Scope::Label(label), key)
    }

    /// Whether there is an index on parts of strings of relationships.
    #[must_use]
    pub fn has_relationship_text_index(&self, ty: TypeId, key: KeyId) -> bool {
        self.has_text(Scope::Type(ty), key)
    }

    fn has_text(&self, scope: Scope, key: KeyId) -> bool {
        let fits = |on: &IndexOn| on.text && on.scope == scope && *on.keys == [key];
        self.secondary.keys().any(fits)
    }

    /// Whether any node has the label.
    #[must_use]
    pub fn label_in_use(&self, label: LabelId) -> bool {
        self.labels.contains_key(&label)
    }

    /// Whether any relationship has the type.
    #[must_use]
    pub fn type_in_use(&self, ty: TypeId) -> bool {
        self.relationships(Some(ty)) > 0
    }

    /// Whether any node or relationship has the property.
    #[must_use]
    pub fn key_in_use(&self, key: KeyId) -> bool {
        self.with_key(None, key) > 0 || self.relationships_with_key(None, key) > 0
    }

    pub(crate) fn add_nodes(&mut self, count: i64) {
        self.nodes = self.nodes.wrapping_add_signed(count);
    }

    pub(crate) fn add_label(&mut self, label: LabelId, count: i64) {
        add(&mut self.labels, label, count);
    }

    /// Adds `count` relationships from nodes with the labels `source` to nodes with the labels `target`.
    pub(crate) fn add_triples(
        &mut self,
        source: &[LabelId],
        ty: TypeId,
        target: &[LabelId],
        count: i64,
    ) {
        for &source in source.iter().chain(&[LabelId::NONE]) {
            self.add_triples_from(source, ty, target, count);
        }
    }

    /// Adds `count` self-loops of a type.
    pub(crate) fn add_loops(&mut self, ty: TypeId, count: i64) {
        add(&mut self.loops, ty, count);
    }

    /// Adds `count` relationships for one label of their sources.
    pub(crate) fn add_triples_from(
        &mut self,
        source: LabelId,
        ty: TypeId,
        target: &[LabelId],
        count: i64,
    ) {
        for &target in target.iter().chain(&[LabelId::NONE]) {
            add(&mut self.triples, (source, ty, target), count);
            add(&mut self.triples, (source, TypeId::NONE, target), count);
        }
    }

    /// Adds `count` relationships for one label of their targets.
    pub(crate) fn add_triples_to(
        &mut self,
        source: &[LabelId],
        ty: TypeId,
        target: LabelId,
        count: i64,
    ) {
        for &source in source.iter().chain(&[LabelId::NONE]) {
            add(&mut self.triples, (source, ty, target), count);
            add(&mut self.triples, (source, TypeId::NONE, target), count);
        }
    }

    /// Records that the degree of a node changed.
    pub(crate) fn change_degree(
        &mut self,
        ty: TypeId,
        direction: Orientation,
        from: usize,
        to: usize,
    ) {
        let histogram = self.degrees.entry((ty, direction)).or_default();
        histogram.add(from as u64, -1);
        histogram.add(to as u64, 1);
        if histogram.nodes == 0 {
            self.degrees.remove(&(ty, direction));
        }
    }

    /// Sets the degrees of one type and direction, of which there must be relationships.
    pub(crate) fn set_degrees(&mut self, ty: TypeId, direction: Orientation, histogram: Histogram) {
        self.degrees.insert((ty, direction), histogram);
    }

    pub(crate) fn add_node_key(&mut self, label: LabelId, key: KeyId, count: i64) {
        add(&mut self.node_keys, (label, key), count);
    }

    pub(crate) fn add_edge_key(&mut self, ty: TypeId, key: KeyId, count: i64) {
        add(&mut self.edge_keys, (ty, key), count);
        add(&mut self.edge_keys, (TypeId::NONE, key), count);
    }

    /// Sets the number of distinct values of an index; `None` removes it.
    pub(crate) fn set_distinct(&mut self, label: LabelId, key: KeyId, count: Option<u64>) {
        match count {
            Some(count) => self.distinct.insert((label, key), count),
            None => self.distinct.remove(&(label, key)),
        };
    }

    /// Sets the number of distinct values of a secondary index; `None` removes it.
    pub(crate) fn set_secondary(&mut self, on: &IndexOn, count: Option<u64>) {
        match (count, self.secondary.get_mut(on)) {
            (Some(count), Some(known)) => *known = count,
            (Some(count), None) => drop(self.secondary.insert(on.clone(), count)),
            (None, _) => drop(self.secondary.remove(on)),
        }
    }
}

impl Histogram {
    /// Adds `count` nodes of a degree; degree 0 is not counted.
    pub(crate) fn add(&mut self, degree: u64, count: i64) {
        if degree == 0 {
            return;
        }
        self.nodes = self.nodes.wrapping_add_signed(count);
        self.relationships = self
            .relationships
            .wrapping_add_signed(count * degree as i64);
        self.squares = self
            .squares
            .wrapping_add_signed(count * (degree * degree) as i64);
        let nodes = self.counts.entry(degree).or_default();
        *nodes = nodes.wrapping_add_signed(count);
        if *nodes == 0 {
            self.counts.remove(&degree);
        }
    }
}

impl FromIterator<usize> for Histogram {
    /// The histogram of node degrees.
    fn from_iter<I: IntoIterator<Item = usize>>(degrees: I) -> Self {
        let mut low = [0; 64];
        let mut bound = 0;
        let mut high: FxHashMap<usize, i64> = FxHashMap::default();
        for degree in degrees {
            match low.get_mut(degree) {
                Some(count) => {
                    *count += 1;
                    bound = bound.max(degree + 1);
                }
                None => *high.entry(degree).or_default() += 1,
            }
        }
        let mut histogram = Self::default();
        for (degree, &count) in low[..bound].iter().enumerate() {
            if count > 0 {
                histogram.add(degree as u64, count);
            }
        }
        for (degree, count) in high {
            histogram.add(degree as u64, count);
        }
        histogram
    }
}

fn read<K: Eq + Hash>(counts: &FxHashMap<K, u64>, key: K) -> u64 {
    counts.get(&key).copied().unwrap_or(0)
}

/// Adds to a count. A count of 0 is removed, so that equal contents have equal statistics.
fn add<K: Eq + Hash + Copy>(counts: &mut FxHashMap<K, u64>, key: K, count: i64) {
    if count == 0 {
        return;
    }
    let total = counts.entry(key).or_default();
    *total = total.wrapping_add_signed(count);
    if *total == 0 {
        counts.remove(&key);
    }
}
