//! The first words of a question, by which a prompt distinguishes it from a statement.

/// Words that begin a question and no statement.
const OPENERS: &[&str] = &[
    "are", "can", "compare", "could", "count", "describe", "did", "do", "does", "find", "give",
    "had", "has", "have", "hello", "hi", "how", "i", "is", "list", "may", "name", "please", "show",
    "tell", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why",
    "will", "would",
];

/// Words that begin a question if a word of [`LED`] follows.
const LEADING: &[&str] = &[
    "about",
    "according",
    "across",
    "among",
    "at",
    "between",
    "by",
    "during",
    "for",
    "from",
    "in",
    "of",
    "on",
    "since",
    "through",
    "to",
    "under",
    "until",
    "with",
    "within",
];

/// Words that, after a word of [`LEADING`], show that a question begins.
const LED: &[&str] = &[
    "each", "every", "how", "the", "this", "to", "what", "when", "which", "whom", "whose",
];

/// What a statement `SHOW` lists, here or in other dialects.
const LISTED: &[&str] = &[
    "aliases",
    "constraints",
    "constraint",
    "current",
    "databases",
    "database",
    "functions",
    "function",
    "indexes",
    "index",
    "indices",
    "labels",
    "privileges",
    "procedures",
    "procedure",
    "properties",
    "relationships",
    "roles",
    "schema",
    "servers",
    "settings",
    "setting",
    "tables",
    "transactions",
    "transaction",
    "triggers",
    "types",
    "users",
    "version",
];

/// Words before what `SHOW` lists.
const FILTERS: &[&str] = &[
    "all",
    "built",
    "default",
    "defined",
    "existence",
    "home",
    "in",
    "key",
    "lookup",
    "node",
    "property",
    "range",
    "relationship",
    "text",
    "type",
    "unique",
    "uniqueness",
    "user",
];

/// Words after what `SHOW` lists.
const AFTER: &[&str] = &["executable", "where", "yield"];

/// True if a text is a statement: `SHOW INDEXES`, or one of another dialect, with words in capitals `DESCRIBE x`.
fn is_command(text: &str) -> bool {
    let is_in = |list: &[&str], word: &str| {
        let word = word.trim_end_matches(';');
        list.iter().any(|known| known.eq_ignore_ascii_case(word))
    };
    let mut words = text.split_whitespace();
    match words.next().unwrap_or_default() {
        "DESCRIBE" | "DESC" => true,
        first if first.eq_ignore_ascii_case("show") => {
            let mut words = words.skip_while(|word| is_in(FILTERS, word));
            let after = |word: &str| {
                is_in(AFTER, word) || word.chars().all(|letter| !letter.is_lowercase())
            };
            words.next().is_some_and(|word| is_in(LISTED, word)) && words.next().is_none_or(after)
        }
        _ => false,
    }
}

/// True if a text begins like a question. Such a text may still fail to parse as one.
#[must_use]
pub fn opens(text: &str) -> bool {
    if is_command(text) {
        return false;
    }
    let mut words = text.split_whitespace().map(first_word);
    let Some(first) = words.next() else {
        return false;
    };
    let second = words.next().unwrap_or_default();
    let is_in =
        |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    // `with` also begins a clause; a question word must follow it here.
    let asks = |word: &str| is_in(&["what", "which", "whom", "whose"], word);
    match first.eq_ignore_ascii_case("with") {
        true => asks(second),
        false => is_in(OPENERS, first) || is_in(LEADING, first) && is_in(LED, second),
    }
}

/// The first letters of a piece of text; empty if the next character cannot follow an English word: `count(`, `a.name`.
fn first_word(piece: &str) -> &str {
    let end = piece
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(piece.len());
    let ends_well = piece[end..]
        .chars()
        .next()
        .is_none_or(|next| "'’,?!-:".contains(next));
    if ends_well { &piece[..end] } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_from_statements() {
        for question in [
            "which advanced courses cover KSS 7?",
            "What're the five principles",
            "WHO leads systemic practice",
            "how many KSS does each section cover?",
            "Since when has East Sussex been using Signs of Safety?",
            "In the overview paper, how many authorities have funding?",
            "For each pair of sections, which KSS do both cover?",
            "By which conference presentations do they meet?",
            "could you list the courses",
            "count courses",
            "show the courses",
            "describe Jim Park",
            "with which authorities",
        ] {
            assert!(opens(question), "{question}");
        }
        for statement in [
            "",
            "MATCH (n) RETURN n",
            "with 1 AS the RETURN the",
            "WITH the AS x RETURN x",
            "count(*)",
            "RETURN 1",
            "explain MATCH (n) RETURN n",
            "FOREACH (x IN [1] | CREATE (:A))",
            "for x IN [1] RETURN x",
            ":help",
            "is(1)",
            "SHOW FUNCTIONS",
            "show labels;",
            "SHOW INDEXES YIELD name",
            "DESCRIBE Course",
        ] {
            assert!(!opens(statement), "{statement}");
        }
    }
}
