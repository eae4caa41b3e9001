//! What is legal but useless: names the graph does not have, arrows that never run that way, products.
//!
//! Nothing is said of an empty graph, nor of names in a statement that writes: it may bring them about itself.

use std::collections::BTreeSet;

use crate::{
    analyze::Analyzer,
    base::{Code, Diagnostic, did_you_mean},
    plan::{LabelTest, PatternEdge, QueryGraph, Slot},
    syntax::ast,
    value::{Kind, LabelId, Type, TypeId},
};

impl Analyzer<'_> {
    /// A label, or a type, that nothing in the graph has.
    pub(super) fn warn_label(&mut self, name: &ast::Name, kind: Type) {
        if self.env.stats.nodes(None) == 0 {
            return;
        }
        let (catalog, stats) = (self.env.catalog, self.env.stats);
        let is_label = catalog
            .label(&name.text)
            .is_some_and(|label| stats.nodes(Some(label)) > 0);
        let is_type = catalog
            .relationship_type(&name.text)
            .is_some_and(|kind| stats.relationships(Some(kind)) > 0);
        if kind.within(Type::RELATIONSHIP) {
            if !is_type {
                self.warn_type(name);
            }
        } else if !(is_label || is_type && kind.has(Kind::Relationship)) {
            let labels = catalog
                .labels()
                .filter(|(label, _)| stats.nodes(Some(*label)) > 0)
                .map(|(_, text)| &**text);
            let help = did_you_mean(&name.text, labels);
            let message = format!("no node has the label `{}`", name.text);
            self.warnings
                .push(Diagnostic::new(Code::UnknownLabel, name.span, message).maybe_help(help));
        }
    }

    /// Types in a pattern that no relationship has.
    pub(super) fn warn_types(&mut self, pattern: &ast::RelationshipPattern) {
        let Some(names) = pattern
            .types
            .as_ref()
            .and_then(crate::analyze::types::type_list)
        else {
            return;
        };
        let stats = self.env.stats;
        for name in names {
            let known = self.env.catalog.relationship_type(&name.text);
            if stats.nodes(None) > 0
                && known.is_none_or(|kind| stats.relationships(Some(kind)) == 0)
            {
                self.warn_type(name);
            }
        }
    }

    fn warn_type(&mut self, name: &ast::Name) {
        let stats = self.env.stats;
        let types = self
            .env
            .catalog
            .types()
            .filter(|(kind, _)| stats.relationships(Some(*kind)) > 0);
        let help = did_you_mean(&name.text, types.map(|(_, text)| &**text));
        let message = format!("no relationship has the type `{}`", name.text);
        self.warnings.push(
            Diagnostic::new(Code::UnknownRelationshipType, name.span, message).maybe_help(help),
        );
    }

    /// A property that nothing has, or nothing with the labels that the pattern asks for.
    pub(super) fn warn_key(&mut self, subject: Slot, name: &ast::Name) {
        let stats = self.env.stats;
        if stats.nodes(None) == 0 {
            return;
        }
        let is_node = self.slots[subject.index()].kind.within(Type::NODE);
        let is_edge = self.slots[subject.index()].kind.within(Type::RELATIONSHIP);
        let known = self.env.catalog.key(&name.text);
        let on_nodes = known.is_some_and(|key| stats.with_key(None, key) > 0);
        let on_edges = known.is_some_and(|key| stats.relationships_with_key(None, key) > 0);
        let found = if is_node {
            on_nodes
        } else if is_edge {
            on_edges
        } else {
            on_nodes || on_edges
        };
        if !found {
            let what = if is_node {
                "node"
            } else if is_edge {
                "relationship"
            } else {
                "node or relationship"
            };
            let message = format!("no {what} has the property `{}`", name.text);
            let keys = self.env.catalog.keys().map(|(_, text)| &**text);
            let help = did_you_mean(&name.text, keys);
            self.warnings.push(
                Diagnostic::new(Code::UnknownPropertyKey, name.span, message).maybe_help(help),
            );
            return;
        }
        let (Some(key), Some(labels)) = (known.filter(|_| is_node), self.known.get(&subject))
        else {
            return;
        };
        let lacking = labels.iter().find(|label| {
            stats.nodes(Some(**label)) > 0 && stats.with_key(Some(**label), key) == 0
        });
        if let Some(label) = lacking {
            let message = format!(
                "no node with the label `{}` has the property `{}`",
                self.env.catalog.label_name(*label),
                name.text
            );
            let keys = self
                .env
                .catalog
                .keys()
                .filter(|(key, _)| stats.with_key(Some(*label), *key) > 0);
            let help = did_you_mean(&name.text, keys.map(|(_, text)| &**text));
            self.warnings.push(
                Diagnostic::new(Code::UnknownPropertyKey, name.span, message).maybe_help(help),
            );
        }
    }

    /// Remembers the labels that every match of a node has.
    pub(super) fn know_labels(&mut self, node: Slot, test: &LabelTest) {
        match test {
            LabelTest::Name { label, .. } if !label.id.is_none() => {
                self.known.entry(node).or_default().push(label.id)
            }
            LabelTest::And(parts) => parts.iter().for_each(|part| self.know_labels(node, part)),
            LabelTest::Name { .. } | LabelTest::Any | LabelTest::Not(_) | LabelTest::Or(_) => {}
        }
    }

    /// Arrows that never run that way, and parts that nothing ties together.
    pub(super) fn warn_pattern(&mut self, graph: &QueryGraph, spans: &[(Slot, crate::base::Span)]) {
        for edge in graph
            .edges
            .iter()
            .filter(|edge| !edge.either && edge.length.is_none())
        {
            self.warn_direction(edge, spans);
        }
        self.warn_product(graph, spans);
    }

    fn warn_direction(&mut self, edge: &PatternEdge, spans: &[(Slot, crate::base::Span)]) {
        let types: Vec<TypeId> = edge
            .types
            .iter()
            .map(|kind| kind.id)
            .filter(|kind| !kind.is_none())
            .collect();
        let (from, to) = (self.known.get(&edge.from), self.known.get(&edge.to));
        let Some((_, span)) = spans.iter().find(|(slot, _)| *slot == edge.slot) else {
            return;
        };
        if types.is_empty() || (from.is_none() && to.is_none()) {
            return;
        }
        let choices = |labels: Option<&Vec<LabelId>>| match labels {
            None => vec![None],
            Some(labels) => labels.iter().copied().map(Some).collect(),
        };
        let (from, to) = (choices(from), choices(to));
        let stats = self.env.stats;
        // The least count over the known labels bounds how many there can be.
        let bound = |reverse: bool| {
            let pairs = from
                .iter()
                .flat_map(|from| to.iter().map(move |to| (*from, *to)));
            let count = |(from, to)| {
                let ends = if reverse { (to, from) } else { (from, to) };
                types
                    .iter()
                    .map(|kind| stats.count(ends.0, Some(*kind), ends.1))
                    .sum::<u64>()
            };
            pairs.map(count).min().unwrap_or(0)
        };
        if bound(false) == 0 && bound(true) > 0 {
            let types = edge
                .types
                .iter()
                .map(|kind| &*kind.name)
                .collect::<Vec<_>>()
                .join("|");
            let (from, to) = (self.labelled(&from), self.labelled(&to));
            let message = format!("no `{types}` runs from {from} to {to}, only the other way");
            let help = "turn the arrow round, or leave its head out to match both ways";
            self.warnings
                .push(Diagnostic::new(Code::ReversedRelationship, *span, message).help(help));
        }
    }

    fn labelled(&self, labels: &[Option<LabelId>]) -> String {
        let names: Vec<_> = labels
            .iter()
            .flatten()
            .map(|label| format!(":{}", self.env.catalog.label_name(*label)))
            .collect();
        if names.is_empty() {
            "a node".to_owned()
        } else {
            format!("`({})`", names.concat())
        }
    }

    /// Parts of a pattern between which no variable, relationship or predicate makes a tie.
    fn warn_product(&mut self, graph: &QueryGraph, spans: &[(Slot, crate::base::Span)]) {
        let mut groups: Vec<BTreeSet<Slot>> = graph
            .nodes
            .iter()
            .map(|node| BTreeSet::from([node.slot]))
            .collect();
        let bound: BTreeSet<Slot> = graph
            .nodes
            .iter()
            .filter(|node| node.bound)
            .map(|node| node.slot)
            .collect();
        let edges = graph
            .edges
            .iter()
            .map(|edge| BTreeSet::from([edge.slot, edge.from, edge.to]));
        let predicates = graph
            .predicates
            .iter()
            .map(|predicate| predicate.slots().iter().collect());
        let needs = graph
            .subqueries
            .iter()
            .map(|need| need.reads.iter().copied().collect());
        for tie in edges.chain([bound]).chain(predicates).chain(needs) {
            let (mut tied, apart): (Vec<_>, Vec<_>) = groups
                .into_iter()
                .partition(|group| !group.is_disjoint(&tie));
            groups = apart;
            if let Some(first) = tied.pop() {
                groups.push(tied.into_iter().fold(first, |all, group| &all | &group));
            }
        }
        if let [first, .., last] = groups.as_slice()
            && let Some((_, span)) = spans.iter().find(|(slot, _)| last.contains(slot))
        {
            let message =
                "nothing ties this to the rest of the pattern: every combination is a match";
            let mut warning = Diagnostic::new(Code::CartesianProduct, *span, message);
            if let Some((_, other)) = spans.iter().find(|(slot, _)| first.contains(slot)) {
                warning = warning.label(*other, "combined with this");
            }
            self.warnings.push(
                warning.help("share a variable, add a relationship, or compare the two in `WHERE`"),
            );
        }
    }
}
