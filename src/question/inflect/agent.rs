//! Nouns for those who do something: `director` for `direct`.

/// Irregular agent nouns, separated by `/`, by the base form of the verb.
const AGENTS: &[(&str, &str)] = &[
    ("act", "actor/actress"),
    ("administer", "administrator"),
    ("advise", "adviser/advisor"),
    ("apply", "applicant"),
    ("assist", "assistant"),
    ("attend", "attendee/attender"),
    ("author", "author"),
    ("captain", "captain"),
    ("champion", "champion"),
    ("chair", "chair/chairperson"),
    ("coach", "coach"),
    ("collaborate", "collaborator"),
    ("compete", "competitor"),
    ("compose", "composer"),
    ("conduct", "conductor"),
    ("contribute", "contributor"),
    ("cook", "cook"),
    ("distribute", "distributor"),
    ("donate", "donor"),
    ("execute", "executor"),
    ("fly", "pilot"),
    ("govern", "governor"),
    ("guard", "guard"),
    ("guide", "guide"),
    ("host", "host"),
    ("inhabit", "inhabitant"),
    ("inherit", "heir"),
    ("invent", "inventor"),
    ("invest", "investor"),
    ("judge", "judge"),
    ("mentor", "mentor"),
    ("occupy", "occupant"),
    ("operate", "operator"),
    ("participate", "participant"),
    ("pilot", "pilot"),
    ("possess", "possessor"),
    ("process", "processor"),
    ("represent", "representative"),
    ("reside", "resident"),
    ("sail", "sailor"),
    ("sponsor", "sponsor"),
    ("star", "star"),
    ("study", "student"),
    ("succeed", "successor"),
    ("supervise", "supervisor"),
    ("survive", "survivor"),
    ("tutor", "tutor"),
    ("win", "winner"),
    ("write", "writer/author"),
];

/// Verbs of states and of parts, whose subjects are not called after them.
const STATES: &[&str] = &[
    "be",
    "belong",
    "cite",
    "come",
    "concern",
    "connect",
    "contain",
    "cost",
    "cover",
    "depend",
    "die",
    "do",
    "get",
    "go",
    "have",
    "include",
    "involve",
    "know",
    "like",
    "link",
    "love",
    "mean",
    "mention",
    "need",
    "place",
    "precede",
    "reference",
    "refer",
    "relate",
    "require",
    "say",
    "see",
    "show",
    "want",
    "use",
];

/// Returns the nouns for the subjects of a verb in its base form; empty for verbs of states.
#[must_use]
pub fn agents(base: &str) -> Vec<String> {
    if let Some((_, nouns)) = AGENTS.iter().find(|(verb, _)| *verb == base) {
        return nouns.split('/').map(str::to_owned).collect();
    }
    if STATES.contains(&base) || base.contains(' ') || base.len() < 3 {
        return Vec::new();
    }
    vec![regular(base)]
}

/// Returns the nouns of a closed list for the subjects of a verb; empty for other verbs.
#[must_use]
pub fn irregular_agents(base: &str) -> Vec<String> {
    const PLAIN: &[&str] = &["lecture", "perform", "play", "subscribe", "teach", "work"];
    let listed = PLAIN.contains(&base) || AGENTS.iter().any(|(verb, _)| *verb == base);
    if listed { agents(base) } else { Vec::new() }
}

/// `founder`, `producer`, `editor`, `creator`, `supplier`, `planner`.
fn regular(base: &str) -> String {
    let stem = |ending: &str| base.strip_suffix(ending);
    if ["ct", "dit", "sit"].iter().any(|end| base.ends_with(end)) {
        return format!("{base}or");
    }
    if let Some(stem) = stem("ate") {
        return format!("{stem}ator");
    }
    if base.ends_with('e') {
        return format!("{base}r");
    }
    match stem("y") {
        Some(stem) if !super::ends_in_vowel(stem) => format!("{stem}ier"),
        _ => format!("{}er", super::doubled(base)[0]),
    }
}
