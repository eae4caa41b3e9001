//! What a question begins with, so that a prompt can tell it from a statement.

/// Words that begin a question, and no statement.
const OPENERS: &[&str] = &[
    "are", "can", "compare", "could", "count", "describe", "did", "do", "does", "find", "give",
    "had", "has", "have", "hello", "hi", "how", "i", "is", "list", "may", "name", "please", "show",
    "tell", "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why",
    "will", "would",
];

/// Words that begin a question with one of the words of [`LED`] behind them.
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

/// Words that show a word of [`LEADING`] to begin a question.
const LED: &[&str] = &[
    "each", "every", "how", "the", "this", "to", "what", "when", "which", "whom", "whose",
];

/// Whether a text begins like a question. A text that does may still be none that is understood.
#[must_use]
pub fn opens(text: &str) -> bool {
    let mut words = text.split_whitespace().map(first_word);
    let Some(first) = words.next() else {
        return false;
    };
    let second = words.next().unwrap_or_default();
    let is_in =
        |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    // `with` begins a clause, which may name anything but asks for nothing.
    let asks = |word: &str| is_in(&["what", "which", "whom", "whose"], word);
    match first.eq_ignore_ascii_case("with") {
        true => asks(second),
        false => is_in(OPENERS, first) || is_in(LEADING, first) && is_in(LED, second),
    }
}

/// The letters that a piece of text begins with, unless what follows them makes it no English: `count(`, `a.name`.
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
        ] {
            assert!(!opens(statement), "{statement}");
        }
    }
}
