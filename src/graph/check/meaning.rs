//! Labels and types against their declarations in the manifest.

use crate::graph::{
    check::{
        Check, CheckReport, Failure,
        view::{Entity, View},
    },
    manifest::TypeMeaning,
};

/// Verifies the labels and the types, if the manifest declares them.
pub(super) fn check(view: &View<'_>, report: &mut CheckReport) {
    if view.manifest.labels.is_some() {
        report.checks.push(labels(*view));
    }
    if view.manifest.types.is_some() {
        report.checks.push(types(*view));
    }
}

fn labels(view: View<'_>) -> Check {
    let mut check = Check::new(
        "labels are declared in the manifest, and nodes have the labels that they require",
    );
    let known = view.manifest.labels.iter().flatten();
    let unknown = view.graph.catalog().labels().map(|(_, name)| &**name);
    let is_named = |name: &str| {
        view.manifest
            .labels
            .iter()
            .any(|labels| labels.contains_key(name))
    };
    check.failures.extend(
        unknown
            .filter(|name| !is_named(name))
            .map(|name| unnamed("label", name)),
    );
    for (label, meaning) in known {
        for entity in view.nodes(label) {
            let Entity::Node(node) = entity else { continue };
            check.checked += 1;
            for with in meaning
                .with
                .iter()
                .filter(|with| !view.has_label(node, with))
            {
                let message = format!(
                    "expected the label `{with}` on a node with the label `{label}`, found none"
                );
                check.failures.push(view.failure(entity, message));
            }
        }
    }
    check
}

fn types(view: View<'_>) -> Check {
    let mut check = Check::new("relationships connect the labels that the manifest declares");
    let Some(types) = &view.manifest.types else {
        return check;
    };
    for entity in view.relationships("*") {
        let Entity::Relationship(edge) = entity else {
            continue;
        };
        check.checked += 1;
        let kind = view.type_of(edge);
        let Some(meaning) = types.get(kind) else {
            let failure = unnamed("relationship type", kind);
            if !check.failures.contains(&failure) {
                check.failures.push(failure);
            }
            continue;
        };
        check
            .failures
            .extend(wrong_ends(view, entity, meaning).map(|message| view.failure(entity, message)));
    }
    check
}

fn wrong_ends(view: View<'_>, entity: Entity, meaning: &TypeMeaning) -> Option<String> {
    let Entity::Relationship(edge) = entity else {
        return None;
    };
    let (start, end) = view.graph.endpoints(edge);
    for (node, labels, verb) in [(start, &meaning.from, "start"), (end, &meaning.to, "end")] {
        if !labels.iter().any(|label| view.has_label(node, label)) {
            let found: Vec<_> = view.labels_of(node).collect();
            return Some(format!(
                "expected a {verb} node with the label {}, found {}",
                labels.join(" or "),
                found.join(":")
            ));
        }
    }
    None
}

fn unnamed(what: &str, name: &str) -> Failure {
    Failure {
        entity: format!("`{name}`"),
        place: None,
        message: format!("expected a {what} that the manifest declares"),
    }
}
