//! The rules that every statement must keep: uniqueness and required properties.
//!
//! They are checked at the end of a statement, so one statement can swap the keys of two nodes. Only the entities that
//! the statement touched are checked, with the nodes that an index finds for their values.

use crate::{
    base::{Code, Fault},
    graph::{
        Breach, Graph, Savepoint,
        check::{
            rival, rule,
            touched::touched,
            view::{Entity, View},
        },
        manifest::{Manifest, Rule, RuleKind},
    },
    value::Value,
};

/// The rules of a manifest that every statement must keep, given the loaded overlays.
pub fn constraints<'m>(
    manifest: &'m Manifest,
    overlays: &'m [String],
) -> impl Iterator<Item = &'m Rule> {
    let rules = manifest.rules.iter().map(toml::Spanned::get_ref);
    rules.filter(|rule| {
        let rests = |overlay: &String| overlays.contains(overlay);
        matches!(rule.kind, RuleKind::Unique | RuleKind::Required)
            && !rule.unless_overlay.as_ref().is_some_and(rests)
    })
}

/// The first rule that the changes since a savepoint break, or `None`. Creates the indexes that the check needs.
pub fn violation(
    graph: &mut Graph,
    manifest: &Manifest,
    overlays: &[String],
    since: Savepoint,
) -> Option<Breach> {
    constraints(manifest, overlays).find_map(|rule| {
        let touched = touched(graph, rule, since);
        let broken = match rule.kind {
            RuleKind::Unique => {
                rival::prepare(graph, rule, &touched);
                let view = View::new(graph, manifest);
                let concerned = touched
                    .iter()
                    .filter(|(entity, _)| rule::concerns(view, **entity, rule));
                let entities: Vec<_> = concerned.map(|(entity, at)| (*entity, *at)).collect();
                let (at, entity, other) = rival::find(view, rule, &entities)?;
                let fault = not_unique(view, rule, entity, other);
                let place = touched.get(&other).copied();
                return Some(Breach {
                    fault,
                    at,
                    other: place,
                });
            }
            _ => {
                let view = View::new(graph, manifest);
                touched.iter().find_map(|(entity, at)| {
                    let key = lacking(view, *entity, rule)?;
                    Some((*at, missing(view, rule, *entity, key)))
                })
            }
        };
        broken.map(|(at, fault)| Breach {
            fault,
            at,
            other: None,
        })
    })
}

/// The first required key that the entity lacks.
fn lacking<'r>(view: View<'_>, entity: Entity, rule: &'r Rule) -> Option<&'r str> {
    let mut keys = rule.keys.iter().map(String::as_str);
    let key = keys.find(|key| view.property(entity, key).is_null())?;
    rule::concerns(view, entity, rule).then_some(key)
}

fn not_unique(view: View<'_>, rule: &Rule, entity: Entity, other: Entity) -> Fault {
    let says = &rule.says;
    let other = view.portrait(other);
    let message = match rule.keys.as_slice() {
        [key] => {
            let found = crate::value::display::literal(&view.property(entity, key));
            format!("expected a unique `{key}` ({says}), found {found}, which {other} has already")
        }
        keys => {
            let found = values(view, entity, keys);
            let keys: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
            let keys = keys.join(", ");
            format!(
                "expected unique values of {keys} ({says}), found {found}, which {other} has already"
            )
        }
    };
    let help = "use `MATCH` or `MERGE` for an existing entity, or choose other values";
    Fault::new(Code::ConstraintViolation, message).help(help)
}

/// The values of several keys as a map. Ends and type are omitted; the description of the other relationship shows
/// them.
fn values(view: View<'_>, entity: Entity, keys: &[String]) -> String {
    let property = |key: &String| {
        let value = view.property(entity, key);
        (!value.is_null()).then(|| (crate::value::Text::from(key.as_str()), value))
    };
    let entries = keys.iter().filter_map(property).collect();
    crate::value::display::literal(&Value::map(entries))
}

fn missing(view: View<'_>, rule: &Rule, entity: Entity, key: &str) -> Fault {
    let (says, portrait) = (&rule.says, view.portrait(entity));
    let message = format!("expected the property `{key}` ({says}), found none on {portrait}");
    let help = format!("set `{key}` in the same statement");
    Fault::new(Code::ConstraintViolation, message).help(help)
}
