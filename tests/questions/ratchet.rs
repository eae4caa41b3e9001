//! Questions that do not work yet. The list may only shrink: a question that works must be removed.

use std::collections::BTreeSet;

const FILE: &str = "tests/questions/not-yet.list";

/// The listed questions, one per line.
pub(crate) fn listed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(FILE).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// Fails if the failing questions are not exactly the listed ones. `UPDATE_RATCHET=1` removes working ones from the
/// list.
pub(crate) fn compare(all: &BTreeSet<String>, failing: &[(String, String)]) {
    let listed: BTreeSet<String> = listed().intersection(all).cloned().collect();
    let names: BTreeSet<String> = failing.iter().map(|(name, _)| name.clone()).collect();
    let fixed: Vec<&String> = listed.difference(&names).collect();
    let update = std::env::var_os("UPDATE_RATCHET").is_some();
    if update {
        strike(&fixed);
    }
    let broken = failing.iter().filter(|(name, _)| !listed.contains(name));
    let broken: Vec<String> = broken.map(|(name, why)| format!("{name}\n{why}")).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
    assert!(
        update || fixed.is_empty(),
        "these work and may leave {FILE}: {fixed:#?}"
    );
}

fn strike(fixed: &[&String]) {
    let kept: Vec<String> = listed()
        .into_iter()
        .filter(|name| !fixed.contains(&name))
        .map(|name| name + "\n")
        .collect();
    std::fs::write(FILE, kept.concat()).expect("the list is writable");
}
