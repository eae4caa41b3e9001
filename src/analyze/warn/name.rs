//! Warnings about labels, types and properties that the graph does not have.

use crate::{
    analyze::Analyzer,
    base::{Code, Diagnostic, did_you_mean},
    plan::Slot,
    syntax::ast,
    value::{KeyId, Kind, LabelId, Type},
};

impl Analyzer<'_> {
    /// Warns about a label or type that no entity has.
    pub(in crate::analyze) fn warn_label(&mut self, name: &ast::Name, kind: Type) {
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
            let help = self.suggestion(|| did_you_mean(&name.text, labels));
            let message = format!("no node has the label `{}`", name.text);
            self.warnings
                .push(Diagnostic::new(Code::UnknownLabel, name.span, message).maybe_help(help));
        }
    }

    /// Warns about types in a pattern that no relationship has.
    pub(in crate::analyze) fn warn_types(&mut self, pattern: &ast::RelationshipPattern) {
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
        let types = types.map(|(_, text)| &**text);
        let help = self.suggestion(|| did_you_mean(&name.text, types));
        let message = format!("no relationship has the type `{}`", name.text);
        self.warnings.push(
            Diagnostic::new(Code::UnknownRelationshipType, name.span, message).maybe_help(help),
        );
    }

    /// Warns about a property that no entity has, or no node with the known labels.
    pub(in crate::analyze) fn warn_key(&mut self, subject: Slot, name: &ast::Name) {
        if self.env.stats.nodes(None) == 0 {
            return;
        }
        let kind = self.slots[subject.index()].kind;
        let known = self.env.catalog.key(&name.text);
        let warning = match known.filter(|key| self.occurs(*key, kind)) {
            None => Some(self.unknown_key(kind, name)),
            Some(key) if kind.within(Type::NODE) => self.misplaced_key(subject, key, name),
            Some(_) => None,
        };
        self.warnings.extend(warning);
    }

    /// Whether any entity of a type has a property.
    fn occurs(&self, key: KeyId, kind: Type) -> bool {
        let on_nodes = self.env.stats.with_key(None, key) > 0;
        let on_edges = self.env.stats.relationships_with_key(None, key) > 0;
        kind.has(Kind::Node) && on_nodes || kind.has(Kind::Relationship) && on_edges
    }

    fn unknown_key(&self, kind: Type, name: &ast::Name) -> Diagnostic {
        let what = match (kind.has(Kind::Node), kind.has(Kind::Relationship)) {
            (true, false) => "node",
            (false, true) => "relationship",
            _ => "node or relationship",
        };
        let message = format!("no {what} has the property `{}`", name.text);
        let keys = self.env.catalog.keys();
        let keys = keys.filter(|(key, _)| self.occurs(*key, kind));
        let keys = keys.map(|(_, text)| &**text);
        let help = self.suggestion(|| did_you_mean(&name.text, keys));
        Diagnostic::new(Code::UnknownPropertyKey, name.span, message).maybe_help(help)
    }

    /// A warning about a property of other nodes that no node with the known labels has.
    fn misplaced_key(&self, subject: Slot, key: KeyId, name: &ast::Name) -> Option<Diagnostic> {
        let stats = self.env.stats;
        let labels = self.known.of(subject).iter().find(|labels| {
            let borne = labels.iter().any(|label| stats.nodes(Some(*label)) > 0);
            borne
                && labels
                    .iter()
                    .all(|label| stats.with_key(Some(*label), key) == 0)
        })?;
        let message = format!(
            "no node with the label {} has the property `{}`",
            self.choice(labels),
            name.text
        );
        let keys = self.env.catalog.keys().filter(|(key, _)| {
            let has = |label: &LabelId| stats.with_key(Some(*label), *key) > 0;
            labels.iter().any(has)
        });
        let keys = keys.map(|(_, text)| &**text);
        let holders = || format!("it is a property of {}", self.holders(key));
        let help = self.suggestion(|| Some(did_you_mean(&name.text, keys).unwrap_or_else(holders)));
        Some(Diagnostic::new(Code::UnknownPropertyKey, name.span, message).maybe_help(help))
    }

    /// The labels whose nodes have a property, most frequent first.
    fn holders(&self, key: KeyId) -> String {
        let stats = self.env.stats;
        let labels = self.env.catalog.labels();
        let mut counts: Vec<_> = labels
            .map(|(label, text)| (stats.with_key(Some(label), key), text))
            .filter(|(count, _)| *count > 0)
            .collect();
        counts.sort_by_key(|(count, text)| (std::cmp::Reverse(*count), *text));
        let names = counts.iter().map(|(_, text)| format!("`{text}`"));
        shortened(names.collect())
    }

    /// `` `A` or `B` ``
    fn choice(&self, labels: &[LabelId]) -> String {
        let names = labels
            .iter()
            .map(|label| self.env.catalog.label_name(*label));
        let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
        names.join(" or ")
    }
}

/// The first three names and the number of the others.
pub(super) fn shortened(mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    match more {
        0 => names.join(", "),
        _ => format!("{} and {more} more", names.join(", ")),
    }
}
