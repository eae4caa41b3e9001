//! The families of questions, each with forms that are filled with words of a graph.

/// A family of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// The name of the family.
    pub name: &'static str,
    /// What its questions ask for.
    pub doc: &'static str,
    /// Questions with slots in curly brackets, the best examples first; see [`fill`] for the slots.
    pub forms: &'static [&'static str],
}

/// Every family.
pub const FAMILIES: &[Family] = &[
    Family {
        name: "relation",
        doc: "entities by their relations",
        forms: &[
            "which {things} {verb} {object}?",
            "which {things} {verb} a {other}?",
        ],
    },
    Family {
        name: "restriction",
        doc: "entities of a type, with adjectives",
        forms: &[
            "which {adjective} {things} {verb} {object}?",
            "list the {adjective} {things}",
            "list the {things}",
        ],
    },
    Family {
        name: "and, or, not",
        doc: "several predicates",
        forms: &[
            "which {things} {verb} {object} but not {object2}?",
            "which {things} {verb} {object} or {object2}?",
            "which {things} do not {verb} {object}?",
        ],
    },
    Family {
        name: "chain",
        doc: "predicates on related entities",
        forms: &["which {others} are {verbed} by {things} that {verb} {object}?"],
    },
    Family {
        name: "count",
        doc: "the number of entities",
        forms: &[
            "how many {things} {verb} {object}?",
            "how many {things} {verb} a {other}?",
            "how many {things} are there?",
        ],
    },
    Family {
        name: "count for each",
        doc: "the number per entity",
        forms: &[
            "how many {others} does each {thing} {verb}?",
            "how many {things} {verb} each {other}?",
        ],
    },
    Family {
        name: "superlative",
        doc: "the most and the fewest, with ties",
        forms: &[
            "which {thing} {verbs} the most {others}?",
            "which {things} have the most {number}?",
        ],
    },
    Family {
        name: "order",
        doc: "entities in order, or the first of them",
        forms: &[
            "list the {things} sorted by {number}",
            "list the three {things} with the highest {number}",
        ],
    },
    Family {
        name: "weighing",
        doc: "comparisons of two counts, and percentages",
        forms: &[
            "what percentage of the {things} {verb} {object}?",
            "are there more {things} than {others}?",
        ],
    },
    Family {
        name: "comparison",
        doc: "numbers and dates above, below, before or after a value",
        forms: &[
            "which {things} have more than 1 {number}?",
            "which {things} {verb} more than one {other}?",
        ],
    },
    Family {
        name: "existence",
        doc: "whether there is a match",
        forms: &[
            "is there a {thing} that {verbs} {object}?",
            "does {subject} {verb} {object}?",
            "is there a {thing} that {verbs} a {other}?",
        ],
    },
    Family {
        name: "value",
        doc: "who, where, when, how long: values of an entity",
        forms: &[
            "what is the {value} of {subject}?",
            "what does {subject} {verb}?",
        ],
    },
    Family {
        name: "description",
        doc: "all facts about an entity",
        forms: &["describe {object}", "describe {subject}"],
    },
    Family {
        name: "in common",
        doc: "what several entities share, and how they differ",
        forms: &[
            "which {others} do {subject} and {subject2} share?",
            "what do {subject} and {subject2} have in common?",
            "compare {subject} and {subject2}",
        ],
    },
    Family {
        name: "connection",
        doc: "the shortest paths between two entities",
        forms: &[
            "how is {subject} connected to {object2}?",
            "how is {subject} connected to {object}?",
        ],
    },
    Family {
        name: "provenance",
        doc: "the sources of a fact, if the graph cites documents",
        forms: &[
            "where does it say that {subject} {verbs} {object}?",
            "where is it said that {subject} {verbs} {object}?",
        ],
    },
    Family {
        name: "all and none",
        doc: "predicates that hold for all entities or for none",
        forms: &[
            "which {others} are {verbed} by every {thing}?",
            "which {others} are {verbed} by no {thing}?",
            "which {things} {verb} no {other}?",
        ],
    },
];

/// Fills the slots of a form. Returns `None` if `word` has no word for one of the slots.
///
/// `{things}` and `{thing}` are the noun of an entity type; `{verb}`, `{verbs}` and `{verbed}` relate it to `{others}`
/// and `{other}`. `{subject}` and `{subject2}` are names of the first entity type, `{object}` and `{object2}` of the
/// second. `{adjective}`, `{number}` and `{value}` apply to the first.
#[must_use]
pub fn fill(form: &str, word: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut text = String::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}')?;
        text += before;
        text += &word(slot)?;
        rest = after;
    }
    Some(text + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_filled_or_left() {
        let word = |slot: &str| (slot == "things").then(|| "courses".to_owned());
        assert_eq!(
            fill("list the {things}", word).as_deref(),
            Some("list the courses")
        );
        assert_eq!(fill("list the {adjective} {things}", word), None);
    }

    #[test]
    fn every_slot_is_one_that_is_told_of() {
        const SLOTS: &[&str] = &[
            "things",
            "thing",
            "verb",
            "verbs",
            "verbed",
            "others",
            "other",
            "subject",
            "subject2",
            "object",
            "object2",
            "adjective",
            "number",
            "value",
        ];
        for form in FAMILIES.iter().flat_map(|family| family.forms) {
            let known = |slot: &str| SLOTS.contains(&slot).then(|| slot.to_owned());
            assert!(fill(form, known).is_some(), "{form}");
        }
    }
}
