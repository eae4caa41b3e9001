//! Splits a question into normalised words.
//!
//! Names of the graph and phrases of the vocabulary are split in the same way, so that different spellings
//! (`trauma-informed`, `Trauma informed`) become equal. A punctuation mark is a word of its own; blanks, hyphens,
//! slashes and stray quotes only separate words.

mod contract;
mod fold;

use std::ops::Range;

use crate::base::Span;

pub use self::fold::fold;

/// A normalised word, number or mark: lower case, without accents, with hyphens and dashes as blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The normalised text. A contraction gives several words, each with the span of the whole; a possessive ending is
    /// the word `'s`; a quoted text is one word that begins with `"`, without the closing quote.
    pub text: String,
    /// The span in the question, in bytes.
    pub span: Span,
}

impl Word {
    /// True for a mark such as `,` or `?`.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        is_mark(&self.text)
    }

    /// The text of a quotation as written; `None` for any other word.
    #[must_use]
    pub fn quoted(&self) -> Option<&str> {
        self.text.strip_prefix('"')
    }
}

fn is_mark(text: &str) -> bool {
    !text.starts_with(|first: char| first.is_alphanumeric() || first == '"' || first == '\'')
}

/// Splits a question into words.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    scan(text, true, &mut |text, range: Range<usize>| {
        words.push(Word {
            text,
            span: Span::new(range.start, range.end),
        });
    });
    words
}

/// The texts of words, separated by blanks.
pub(super) fn joined<'w>(words: impl IntoIterator<Item = &'w Word>) -> String {
    let texts: Vec<&str> = words.into_iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

/// Normalises a name or phrase: its words, without marks and quotes, separated by blanks.
#[must_use]
pub fn normal(text: &str) -> String {
    if let Some(plain) = plain(text) {
        return plain;
    }
    let mut normal = String::with_capacity(text.len());
    scan(text, false, &mut |word, _| {
        if !is_mark(&word) {
            if !normal.is_empty() {
                normal.push(' ');
            }
            normal.push_str(&word);
        }
    });
    normal
}

/// Fast path: the normal form of a text of ASCII letters and single blanks.
fn plain(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let holds = bytes.iter().enumerate().all(|(at, byte)| match byte {
        b' ' => at > 0 && letter(at - 1) && letter(at + 1),
        byte => byte.is_ascii_alphabetic(),
    });
    // A contraction may lack its apostrophe.
    let whole = holds.then(|| text.to_ascii_lowercase())?;
    let contracted = whole.split(' ').any(|word| contract::bare(word).is_some());
    (!contracted).then_some(whole)
}

/// Passes each word with its byte range to `push`.
fn scan(text: &str, quotes: bool, push: &mut impl FnMut(String, Range<usize>)) {
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let next = at + first.len_utf8();
        at = if first.is_alphanumeric() {
            word(text, at, push)
        } else if let Some(end) = lone_possessive(text, at, first) {
            push("'s".to_owned(), at..end);
            end
        } else if let Some(end) = quotes.then(|| quoted(text, at, first)).flatten() {
            let inside = &text[next..end];
            push(format!("\"{}", inside.trim()), at..end + close(text, end));
            end + close(text, end)
        } else {
            mark(first, at..next, push);
            next
        };
    }
}

/// The byte offset at which a quotation that opens at `at` ends.
fn quoted(text: &str, at: usize, open: char) -> Option<usize> {
    let closing: &[char] = match open {
        '"' => &['"'],
        '\u{201c}' | '\u{201e}' => &['\u{201d}', '\u{201c}', '"'],
        '\u{ab}' => &['\u{bb}'],
        '\'' | '\u{2018}' if !after_word(text, at) => &['\'', '\u{2019}'],
        _ => return None,
    };
    let start = at + open.len_utf8();
    let ends = |end: &usize| {
        let inside = text[start..*end].trim();
        let after = text[*end..].chars().nth(1);
        let apostrophe = matches!(open, '\'' | '\u{2018}');
        let within = apostrophe && after.is_some_and(char::is_alphanumeric);
        !inside.is_empty() && !within
    };
    let places = text[start..].match_indices(closing);
    places.map(|(offset, _)| start + offset).find(ends)
}

fn after_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_some_and(char::is_alphanumeric)
}

fn close(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Handles a character outside words: a blank, `&` or a mark.
fn mark(sign: char, range: Range<usize>, push: &mut impl FnMut(String, Range<usize>)) {
    match sign {
        '&' => push("and".to_owned(), range),
        _ if is_blank(sign) => {}
        ';' => push(",".to_owned(), range),
        _ => push(sign.to_string(), range),
    }
}

/// Characters that separate words: blanks, hyphens and dashes, slashes, stray quotes and combining accents.
fn is_blank(sign: char) -> bool {
    sign.is_whitespace()
        || sign.is_control()
        || is_hyphen(sign)
        || matches!(
            sign,
            '_' | '/' | '*' | '`' | '"' | '\'' | '\u{b4}' | '\u{ab}' | '\u{bb}'
        )
        || matches!(sign, '\u{2018}'..='\u{201f}' | '\u{300}'..='\u{36f}')
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}')
}

/// Reads the word that begins at `start`; returns the offset behind it.
fn word(text: &str, start: usize, push: &mut impl FnMut(String, Range<usize>)) -> usize {
    if let Some(end) = number(text, start, push) {
        return end;
    }
    let mut end = start;
    let mut last = ' ';
    while let Some(sign) = text[end..].chars().next() {
        let after = text[end + sign.len_utf8()..].chars().next();
        if !continues(last, sign, after) {
            break;
        }
        last = sign;
        end += sign.len_utf8();
    }
    let folded = fold(&text[start..end]);
    // A lone accent leaves nothing.
    if folded.is_empty() {
        return end;
    }
    let apostrophe = text[start..end].rfind(is_apostrophe).map(|at| start + at);
    contract::expand(&folded, &mut |part| {
        // A possessive ending has its own span, and so has the word before it; other parts share the span of the whole.
        let place = match apostrophe.filter(|_| folded.ends_with("'s")) {
            Some(at) if part == "'s" => at..end,
            Some(at) if !contract::is_before_is(&folded) => start..at,
            _ => start..end,
        };
        push(part.to_owned(), place);
    });
    plural_possessive(text, &folded, end, push)
}

/// True if a character continues the current word.
fn continues(last: char, sign: char, after: Option<char>) -> bool {
    let inner = last.is_alphanumeric() && after.is_some_and(char::is_alphanumeric);
    sign.is_alphanumeric()
        || matches!(sign, '\u{300}'..='\u{36f}' | '\u{ad}')
        || (sign == '.' && inner)
        || (is_apostrophe(sign) && inner)
        || (matches!(sign, '+' | '#') && (last.is_alphanumeric() || last == sign))
}

/// `authorities'` is `authorities` and `'s`.
fn plural_possessive(
    text: &str,
    folded: &str,
    end: usize,
    push: &mut impl FnMut(String, Range<usize>),
) -> usize {
    let mut signs = text[end..].chars();
    let Some(sign) = signs.next().filter(|sign| is_apostrophe(*sign)) else {
        return end;
    };
    let next = end + sign.len_utf8();
    let more = signs.next().is_some_and(|after| !after.is_whitespace());
    if folded.ends_with('s') && !more {
        push("'s".to_owned(), end..next);
        return next;
    }
    end
}

/// The end of an `'s` without a word before it.
fn lone_possessive(text: &str, at: usize, sign: char) -> Option<usize> {
    let rest = &text[at + sign.len_utf8()..];
    let lone = is_apostrophe(sign) && rest.starts_with(['s', 'S']);
    let more = rest.chars().nth(1);
    let whole = more.is_none_or(|more| !more.is_alphanumeric() && !is_apostrophe(more));
    (lone && whole).then_some(at + sign.len_utf8() + 1)
}

/// A number or date in digits: `1,000`, `2025-10`, `2015-16`; a range `7-10` becomes `7 to 10`.
fn number(text: &str, start: usize, push: &mut impl FnMut(String, Range<usize>)) -> Option<usize> {
    let rest = &text[start..];
    if !rest.starts_with(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    if let Some(end) = thousands(rest) {
        push(rest[..end].replace(',', ""), start..start + end);
        return Some(start + end);
    }
    let (parts, end) = joined_digits(rest)?;
    match parts.as_slice() {
        [year, rest @ ..]
            if year.len() == 4 && rest.iter().all(|part| part.len() == 2 || part.len() == 4) =>
        {
            push(parts_of(text, start, &parts), start..start + end);
        }
        [from, to] => {
            push(
                text[start..start + from.len()].to_owned(),
                start..start + from.len(),
            );
            push("to".to_owned(), start + from.len()..start + end - to.len());
            push(
                text[start + to.start..start + to.end].to_owned(),
                start + to.start..start + to.end,
            );
        }
        _ => return None,
    }
    Some(start + end)
}

fn parts_of(text: &str, start: usize, parts: &[Range<usize>]) -> String {
    let digits: Vec<&str> = parts
        .iter()
        .map(|part| &text[start + part.start..start + part.end])
        .collect();
    digits.join("-")
}

/// The end of `1,000` or `12,345.5`.
fn thousands(text: &str) -> Option<usize> {
    let head = digits(text, 0);
    let mut end = head;
    while text[end..].starts_with(',') && digits(text, end + 1) == end + 4 {
        end += 4;
    }
    if head > 3 || end == head {
        return None;
    }
    if text[end..].starts_with('.') && digits(text, end + 1) > end + 1 {
        end = digits(text, end + 1);
    }
    let more = text[end..].starts_with(char::is_alphanumeric);
    (!more).then_some(end)
}

/// The offset behind the digits that begin at `from`.
fn digits(text: &str, from: usize) -> usize {
    let tail = &text[from..];
    from + tail.len()
        - tail
            .trim_start_matches(|sign: char| sign.is_ascii_digit())
            .len()
}

/// At least two runs of digits joined by hyphens, and the offset behind them.
fn joined_digits(text: &str) -> Option<(Vec<Range<usize>>, usize)> {
    let mut end = digits(text, 0);
    let first = 0..end;
    let mut parts = Vec::from([first]);
    while let Some(hyphen) = text[end..].chars().next().filter(|sign| is_hyphen(*sign)) {
        let from = end + hyphen.len_utf8();
        let to = digits(text, from);
        if to == from {
            break;
        }
        parts.push(from..to);
        end = to;
    }
    let more = text[end..].starts_with(char::is_alphanumeric);
    (parts.len() > 1 && !more).then_some((parts, end))
}

#[cfg(test)]
mod tests;
