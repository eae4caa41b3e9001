//! Statements that parse but that nobody would write: expressions and clauses exchanged between the statements of the
//! corpus.

use std::{fs, ops::Range, path::PathBuf, sync::LazyLock};

use crate::generate::Dice;

/// Maximum number of tokens of an expression to exchange.
const LONGEST: usize = 14;

/// Words that begin a clause or a part of one.
const CLAUSES: [&str; 18] = [
    "MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "CREATE", "MERGE", "SET", "REMOVE", "DELETE",
    "DETACH", "FOREACH", "CALL", "WHERE", "ORDER", "SKIP", "LIMIT", "UNION",
];

/// A statement with the positions of its parts.
struct Statement {
    text: String,
    expressions: Vec<Range<usize>>,
    clauses: Vec<Range<usize>>,
}

static STATEMENTS: LazyLock<Vec<Statement>> = LazyLock::new(|| {
    let statements = texts().into_iter().flat_map(|text| {
        let pieces = relata::split(&text);
        let statements = pieces.map(|piece| text[piece.span.range()].to_owned());
        statements.collect::<Vec<_>>()
    });
    statements
        .filter(|text| text.len() < 400)
        .map(Statement::new)
        .collect()
});

/// The query files.
fn texts() -> Vec<String> {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let roots = [
        package.join("tests/corpus"),
        package.join("../tests/corpus"),
    ];
    let root = roots
        .iter()
        .find(|root| root.is_dir())
        .expect("the corpus is there");
    let mut texts = Vec::new();
    for area in ["language", "connected-practice"] {
        let entries = fs::read_dir(root.join(area)).expect("the corpus can be read");
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "cypher"));
        paths.sort();
        texts.extend(paths.iter().map(|path| fs::read_to_string(path).unwrap()));
    }
    texts
}

impl Statement {
    fn new(text: String) -> Self {
        let tokens = tokens(&text);
        let mut expressions = Vec::new();
        for (at, first) in tokens.iter().enumerate() {
            for last in &tokens[at..tokens.len().min(at + LONGEST)] {
                let range = first.start..last.end;
                if is_expression(&text[range.clone()]) {
                    expressions.push(range);
                }
            }
        }
        let starts = tokens
            .iter()
            .filter(|token| CLAUSES.contains(&&text[(*token).clone()]));
        let starts: Vec<_> = starts.map(|token| token.start).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let clauses = starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(start, end)| start..end);
        Self {
            clauses: clauses.collect(),
            expressions,
            text,
        }
    }
}

/// The words, numbers, quoted texts and signs of a text.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let mut end = start + letter.len_utf8();
        if is_word(letter) {
            while let Some((at, next)) = letters.next_if(|(_, next)| is_word(*next)) {
                end = at + next.len_utf8();
            }
        } else if letter == '\'' {
            for (at, next) in letters.by_ref() {
                end = at + next.len_utf8();
                if next == '\'' {
                    break;
                }
            }
        }
        tokens.push(start..end);
    }
    tokens
}

fn is_expression(text: &str) -> bool {
    relata::parse(&format!("RETURN ({text})")).is_ok()
}

/// A statement of the corpus with up to four parts exchanged for others. `None` if the bytes choose none.
pub fn statement(dice: &mut Dice<'_>) -> String {
    let base = pick(dice, &STATEMENTS).expect("the corpus has statements");
    let mut text = base.text.clone();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for _ in 0..=dice.roll(4) {
        let other = pick(dice, &STATEMENTS).expect("the corpus has statements");
        let (into, from) = match dice.roll(4) {
            0 => (&base.clauses, &other.clauses),
            _ => (&base.expressions, &other.expressions),
        };
        let (Some(into), Some(from)) = (pick(dice, into), pick(dice, from)) else {
            continue;
        };
        let part = other.text[from.clone()].to_owned();
        edits.push(match dice.roll(5) {
            0 => (into.start..into.start, format!("{part} ")),
            1 => (into.clone(), String::new()),
            _ => (into.clone(), part),
        });
    }
    // From the end, so that the positions before an edit stay; edits that overlap a later one are left out.
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut limit = text.len();
    for (range, part) in edits {
        if range.end <= limit {
            limit = range.start;
            text.replace_range(range, &part);
        }
    }
    text
}

fn pick<'a, T>(dice: &mut Dice<'_>, choices: &'a [T]) -> Option<&'a T> {
    let number = dice.roll(256) * 256 + dice.roll(256);
    choices.get(number % choices.len().max(1))
}
