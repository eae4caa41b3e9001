//! Inflection of English words (plural, third person, past, participle, progressive), and graph names as words.
//!
//! Regular forms follow rules; irregular forms are in closed lists. If a word has several forms of one category
//! (`modelled`, `modeled`), the first is displayed and all are recognised.

mod agent;
mod irregular;
mod process;

pub use self::{
    agent::{agents, irregular_agents},
    process::{processes, verbs_of_event},
};

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VerbForm {
    /// `cover`
    Base,
    /// `covers`
    Third,
    /// `covered`, `given`, `gave`
    Past,
    /// `covering`
    Progressive,
}

/// The forms of a verb. Only the first word of a phrase is inflected: `sits in`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbForms {
    /// `give`
    pub base: String,
    /// `gives`
    pub third: String,
    /// `gave`
    pub past: Vec<String>,
    /// `given`
    pub participle: Vec<String>,
    /// `giving`
    pub progressive: Vec<String>,
}

/// Returns the forms of a verb, given its base form.
#[must_use]
pub fn verb_forms(base: &str) -> VerbForms {
    let (head, tail) = match base.split_once(' ') {
        Some((head, tail)) => (head, format!(" {tail}")),
        None => (base, String::new()),
    };
    let with_tail = |forms: Vec<String>| forms.into_iter().map(|form| form + &tail).collect();
    let (past, participle) = past_forms(head);
    VerbForms {
        base: base.to_owned(),
        third: third_person(head) + &tail,
        past: with_tail(past),
        participle: with_tail(participle),
        progressive: with_tail(progressive_forms(head)),
    }
}

fn third_person(verb: &str) -> String {
    match verb {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        _ => sibilant(verb).unwrap_or_else(|| match verb.strip_suffix('o') {
            Some(stem) if !ends_in_vowel(stem) => format!("{verb}es"),
            _ => format!("{verb}s"),
        }),
    }
}

/// `passes`, `tries`: the forms whose ending is longer than `s`; `None` for others.
fn sibilant(word: &str) -> Option<String> {
    let hissing = ["s", "x", "z", "ch", "sh"];
    if hissing.iter().any(|ending| word.ends_with(ending)) {
        return Some(format!("{word}es"));
    }
    let stem = word.strip_suffix('y')?;
    (!stem.is_empty() && !ends_in_vowel(stem)).then(|| format!("{stem}ies"))
}

fn past_forms(verb: &str) -> (Vec<String>, Vec<String>) {
    if let Some((past, participle)) = irregular::verb(verb) {
        let split = |forms: &str| forms.split('/').map(str::to_owned).collect();
        return (split(past), split(participle));
    }
    let regular: Vec<String> = if verb.ends_with('e') {
        vec![format!("{verb}d")]
    } else if let Some(stem) = verb.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)) {
        vec![format!("{stem}ied")]
    } else {
        doubled(verb)
            .iter()
            .map(|stem| format!("{stem}ed"))
            .collect()
    };
    (regular.clone(), regular)
}

fn progressive_forms(verb: &str) -> Vec<String> {
    if let Some(stem) = verb.strip_suffix("ie") {
        return vec![format!("{stem}ying")];
    }
    let silent = verb.strip_suffix('e');
    match silent.filter(|stem| stem.len() > 1 && !stem.ends_with(['e', 'o', 'y'])) {
        Some(stem) => vec![format!("{stem}ing")],
        None => doubled(verb)
            .iter()
            .map(|stem| format!("{stem}ing"))
            .collect(),
    }
}

/// The stems before `ed` and `ing`: `plann`; `modell` and `model`.
fn doubled(verb: &str) -> Vec<String> {
    let mut letters = verb.chars().rev();
    let (last, vowel, before) = (letters.next(), letters.next(), letters.next());
    let closed = last
        .is_some_and(|last| last.is_ascii_lowercase() && !is_vowel(last) && !"wxy".contains(last))
        && vowel.is_some_and(is_vowel)
        && before.is_some_and(|before| {
            !is_vowel(before) || verb.ends_with("quit") || verb.ends_with("quip")
        });
    let Some(last) = last.filter(|_| closed) else {
        return vec![verb.to_owned()];
    };
    let twice = format!("{verb}{last}");
    if syllables(verb) == 1 || irregular::stressed_at_the_end(verb) {
        vec![twice]
    } else if last == 'l' {
        vec![twice, verb.to_owned()]
    } else {
        vec![verb.to_owned()]
    }
}

fn syllables(word: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for letter in word.chars() {
        let vowel = is_vowel(letter) || letter == 'y';
        count += usize::from(vowel && !inside);
        inside = vowel;
    }
    count
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn ends_in_vowel(word: &str) -> bool {
    word.ends_with(is_vowel)
}

/// The singulars of which a word may be a regular plural; empty if there are none.
#[must_use]
pub fn singulars(word: &str) -> Vec<String> {
    let mut ones = Vec::new();
    if let Some(stem) = word.strip_suffix("ies") {
        ones.push(format!("{stem}y"));
    }
    for ending in ["es", "s"] {
        ones.extend(word.strip_suffix(ending).map(str::to_owned));
    }
    ones.retain(|one| !one.is_empty() && plurals(one).iter().any(|plural| plural == word));
    ones
}

/// Returns the plurals of a noun, the displayed one first. Only the last word of a phrase is inflected, or the word
/// before `of`: `points of contact`.
#[must_use]
pub fn plurals(noun: &str) -> Vec<String> {
    if let Some(at) = noun.find(" of ") {
        let (head, tail) = noun.split_at(at);
        return plurals(head).into_iter().map(|head| head + tail).collect();
    }
    let at = noun.rfind([' ', '-']).map_or(0, |blank| blank + 1);
    let (head, last) = noun.split_at(at);
    let forms = plurals_of_word(last);
    forms
        .into_iter()
        .map(|form| format!("{head}{form}"))
        .collect()
}

fn plurals_of_word(noun: &str) -> Vec<String> {
    let letters = noun.chars().filter(|letter| letter.is_alphabetic());
    let capitals = noun.chars().count() > 1
        && letters.clone().count() > 0
        && letters.clone().all(char::is_uppercase);
    if capitals {
        // An abbreviation in `S` may already be plural.
        return match noun.ends_with('S') {
            true => vec![noun.to_owned(), format!("{noun}es")],
            false => vec![format!("{noun}s")],
        };
    }
    let lower = noun.to_lowercase();
    if let Some(plurals) = irregular::plural(&lower) {
        return plurals
            .split('/')
            .map(|plural| like(noun, plural))
            .collect();
    }
    if let Some(stem) = noun
        .strip_suffix("man")
        .filter(|_| irregular::is_compound_of_man(&lower))
    {
        return vec![format!("{stem}men")];
    }
    vec![sibilant(noun).unwrap_or_else(|| format!("{noun}s"))]
}

/// Capitalises a form if its word is capitalised.
fn like(word: &str, form: &str) -> String {
    let mut letters = form.chars();
    match letters.next() {
        Some(first) if word.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => form.to_owned(),
    }
}

/// The base form of a verb in the third person: `cover` for `covers`.
#[must_use]
pub fn base_of_third(third: &str) -> Option<String> {
    let with_y = third.strip_suffix("ies").filter(|stem| stem.len() > 1);
    let irregular = match third {
        "has" => Some("have"),
        "is" => Some("be"),
        _ => None,
    };
    let hissing = ["sses", "xes", "zzes", "ches", "shes"];
    let with_e = hissing.iter().any(|ending| third.ends_with(ending));
    // `uses` gives `use`, not `us`: stems that keep the `e` come first.
    let stems = [
        third
            .strip_suffix("es")
            .filter(|_| with_e)
            .map(str::to_owned),
        irregular.map(str::to_owned),
        with_y.map(|stem| format!("{stem}y")),
        third.strip_suffix('s').map(str::to_owned),
        third.strip_suffix("es").map(str::to_owned),
    ];
    let fits = |stem: &String| stem.len() > 1 && third_person(stem) == third;
    stems.into_iter().flatten().find(fits)
}

/// The base form of an irregular past: `write` for `wrote`.
#[must_use]
pub fn base_of_past(past: &str) -> Option<&'static str> {
    irregular::base_of_past(past)
}

/// The base form of a participle: `provide` for `provided`.
#[must_use]
pub fn base_of_participle(participle: &str) -> Option<String> {
    if let Some(base) = irregular::base_of_participle(participle) {
        return Some(base.to_owned());
    }
    let stem = participle
        .strip_suffix("ed")
        .filter(|stem| stem.len() > 1)?;
    let single = stem.strip_suffix(stem.chars().next_back()?);
    // `called` gives `call`, `controlled` gives `control`.
    let whole = ["ll", "ss", "ff", "zz"]
        .iter()
        .any(|twin| stem.ends_with(twin));
    let twin =
        single.filter(|single| doubled(single)[0] == stem && !(whole && syllables(single) == 1));
    // `died` gives `die`, `tried` gives `try`.
    let with_y = stem.strip_suffix('i').map(|stem| match stem.len() {
        1 => format!("{stem}ie"),
        _ => format!("{stem}y"),
    });
    let with_e = format!("{stem}e");
    let silent = doubled(stem)[0] != stem || irregular::wants_e(stem);
    let candidates = [
        twin.map(str::to_owned),
        with_y,
        silent.then(|| with_e.clone()),
        Some(stem.to_owned()),
        Some(with_e),
    ];
    let fits = |base: &String| past_forms(base).1.iter().any(|form| form == participle);
    candidates.into_iter().flatten().find(fits)
}

/// Splits a graph name into words: `startMonth`, `IS_LOCATED_IN`, `PCFDomain`. An abbreviation keeps its capitals in a
/// mixed-case name, or if it is the whole name.
#[must_use]
pub fn parts(name: &str) -> Vec<String> {
    let shouted = name.contains('_') && !name.chars().any(char::is_lowercase);
    let mut parts: Vec<String> = Vec::new();
    for piece in name.split(|sign: char| !sign.is_alphanumeric()) {
        let letters: Vec<char> = piece.chars().collect();
        let mut start = 0;
        for at in 1..=letters.len() {
            if at == letters.len() || (!shouted && breaks(&letters, at)) {
                parts.push(part(&letters[start..at], shouted));
                start = at;
            }
        }
    }
    parts
}

/// True if a word begins at a letter: a capital after a lower-case letter, or before one.
fn breaks(letters: &[char], at: usize) -> bool {
    let (before, here) = (letters[at - 1], letters[at]);
    let next_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
    here.is_uppercase() && (!before.is_uppercase() || next_small)
}

fn part(letters: &[char], shouted: bool) -> String {
    let whole: String = letters.iter().collect();
    let abbreviation = letters.len() > 1 && letters.iter().all(|letter| !letter.is_lowercase());
    if abbreviation && !shouted {
        whole
    } else {
        whole.to_lowercase()
    }
}

#[cfg(test)]
mod tests;
