//! What a file name implies about the content.

use crate::base::{file_name, without_compression};

/// The part of a path that names the content: `nodes/Person_0_0.csv` gives `Person`.
pub(crate) fn stem(path: &str) -> &str {
    let file = file_name(without_compression(path));
    let mut stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    while let Some((rest, part)) = stem.rsplit_once('_') {
        if rest.is_empty() || part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        stem = rest;
    }
    stem
}

/// The relationship type of a stem: the middle of three parts if `is_end` accepts the outer two, else the whole stem.
pub(in crate::graph) fn relationship_type(stem: &str, is_end: impl Fn(&str) -> bool) -> String {
    let mut parts = stem.split('_');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(from), Some(verb), Some(to), None) if is_end(from) && is_end(to) => upper_snake(verb),
        _ => upper_snake(stem),
    }
}

/// Converts `isLocatedIn` to `IS_LOCATED_IN`; hyphens and blanks become `_`.
pub(crate) fn upper_snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut after_small = false;
    for character in name.chars() {
        if after_small && character.is_uppercase() {
            snake.push('_');
        }
        after_small = character.is_lowercase() || character.is_ascii_digit();
        match character {
            '-' | ' ' => snake.push('_'),
            _ => snake.extend(character.to_uppercase()),
        }
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_has_no_folder_ending_or_part_number() {
        assert_eq!(stem("nodes/Person.csv"), "Person");
        assert_eq!(stem("person_0_0.csv"), "person");
        assert_eq!(stem("PART_OF.csv"), "PART_OF");
        assert_eq!(stem("_1.csv"), "_1");
    }

    #[test]
    fn a_type_is_the_verb_between_two_ends() {
        let is_end = |name: &str| ["Person", "City", "TagClass"].contains(&name);
        assert_eq!(
            relationship_type("Person_isLocatedIn_City", is_end),
            "IS_LOCATED_IN"
        );
        assert_eq!(
            relationship_type("TagClass_isSubclassOf_TagClass", is_end),
            "IS_SUBCLASS_OF"
        );
        assert_eq!(
            relationship_type("PART_OF_PROGRAMME", is_end),
            "PART_OF_PROGRAMME"
        );
        assert_eq!(relationship_type("worksAt", is_end), "WORKS_AT");
        assert_eq!(relationship_type("USES", is_end), "USES");
    }
}
