//! Contractions: `what're` is `what are`, `isn't` is `is not`, and `'s` after a name is a separate word.

/// Words after which `'s` means `is`; after any other word it is a possessive ending.
const BEFORE_IS: &[&str] = &[
    "what", "who", "where", "when", "how", "which", "that", "there", "here", "it", "he", "she",
];

/// Contractions without an apostrophe that are not words themselves.
const BARE: &[(&str, &str)] = &[
    ("arent", "are not"),
    ("cannot", "can not"),
    ("couldnt", "could not"),
    ("didnt", "did not"),
    ("doesnt", "does not"),
    ("dont", "do not"),
    ("hasnt", "has not"),
    ("havent", "have not"),
    ("isnt", "is not"),
    ("wasnt", "was not"),
    ("werent", "were not"),
    ("whats", "what is"),
    ("wheres", "where is"),
    ("whos", "who is"),
    ("wouldnt", "would not"),
];

/// The words of a contraction that lacks its apostrophe; `None` for any other word.
pub(super) fn bare(word: &str) -> Option<&'static str> {
    let at = BARE.binary_search_by(|(written, _)| (*written).cmp(word));
    at.ok().map(|at| BARE[at].1)
}

/// True if `'s` is a contracted word, as in `what's` and `let's`.
pub(super) fn is_before_is(word: &str) -> bool {
    let stem = word.strip_suffix("'s").unwrap_or(word);
    stem == "let" || BEFORE_IS.contains(&stem)
}

/// Passes the words of a folded word to `push`.
pub(super) fn expand(word: &str, push: &mut dyn FnMut(&str)) {
    let Some((stem, ending)) = word.rsplit_once('\'') else {
        return match bare(word) {
            Some(whole) => whole.split(' ').for_each(push),
            None => push(word),
        };
    };
    match (stem, ending) {
        ("let", "s") => ["let", "us"].into_iter().for_each(push),
        ("can", "t") => ["can", "not"].into_iter().for_each(push),
        ("won", "t") => ["will", "not"].into_iter().for_each(push),
        ("shan", "t") => ["shall", "not"].into_iter().for_each(push),
        (stem, "t") if stem.ends_with('n') && stem.len() > 2 => {
            expand(&stem[..stem.len() - 1], push);
            push("not");
        }
        (stem, "s") if BEFORE_IS.contains(&stem) => [stem, "is"].into_iter().for_each(push),
        (stem, "s") => {
            expand(stem, push);
            push("'s");
        }
        (stem, ending) => match verb(ending) {
            Some(verb) => {
                expand(stem, push);
                push(verb);
            }
            // `o'brien` is one word, with or without its apostrophe.
            None => expand(&word.replace('\'', ""), push),
        },
    }
}

fn verb(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "re" => "are",
        "ve" => "have",
        "ll" => "will",
        "d" => "would",
        "m" => "am",
        _ => return None,
    })
}
