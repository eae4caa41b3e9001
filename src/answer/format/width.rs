//! Measures and cuts text in terminal columns.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Marks omitted text.
pub(super) const ELLIPSIS: &str = "…";

/// The width of a one-line text in terminal columns.
pub(super) fn of(text: &str) -> usize {
    text.width()
}

/// The text on one line: line ends and other control characters become visible symbols.
pub(super) fn one_line(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text;
    }
    Cow::Owned(text.chars().map(visible).collect())
}

fn visible(letter: char) -> char {
    match letter {
        '\n' => '↵',
        '\t' => '⇥',
        other if other.is_ascii_control() => {
            char::from_u32(0x2400 + (other as u32 & 0x3F)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        other if other.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

/// Writes the text in exactly `width` columns: cut with an ellipsis, or padded; right-aligned if `right` is true.
pub(super) fn fit(text: &str, width: usize, right: bool, out: &mut dyn Write) -> io::Result<()> {
    let cut = cut(text, width);
    let gap = width.saturating_sub(of(&cut));
    if right {
        write!(out, "{:gap$}{cut}", "")
    } else {
        write!(out, "{cut}{:gap$}", "")
    }
}

/// The text in at most `width` columns, with an ellipsis if it is cut.
pub(in crate::answer) fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if of(text) <= width {
        return Cow::Borrowed(text);
    }
    let room = width.saturating_sub(of(ELLIPSIS));
    let mut used = 0;
    let kept = text.char_indices().find(|(_, letter)| {
        used += letter.width().unwrap_or(0);
        used > room
    });
    let end = kept.map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!(
        "{}{}",
        &text[..end],
        &ELLIPSIS[..ELLIPSIS.len() * width.min(1)]
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(of("日本"), 4);
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("日本語", 6), "日本語");
    }

    #[test]
    fn what_is_cut_ends_in_an_ellipsis() {
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("abcdef", 1), "…");
        assert_eq!(cut("abcdef", 0), "");
    }

    #[test]
    fn control_characters_are_seen() {
        assert_eq!(one_line("a\nb\u{1b}[0m".into()), "a↵b␛[0m");
    }
}
