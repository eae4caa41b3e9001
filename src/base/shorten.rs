//! Shortens messages that quote long input.

/// The maximum number of characters of a quotation.
const QUOTED: usize = 200;

/// The maximum number of characters of a message. Input with backquotes of its own ends quotations early.
const WHOLE: usize = 1_000;

/// The message with quotations in backquotes of at most 200 characters; `…` replaces what is cut.
#[must_use]
pub fn shortened(message: String) -> String {
    if message.len() <= QUOTED {
        return message;
    }
    let pieces = message.split('`').map(|piece| cut(piece, QUOTED));
    let short = pieces.collect::<Vec<_>>().join("`");
    cut(&short, WHOLE)
}

/// The text in at most `longest` characters: three quarters from its start, the rest from its end.
fn cut(text: &str, longest: usize) -> String {
    let start = longest * 3 / 4;
    let mut ends = text.char_indices().map(|(at, _)| at);
    let (Some(end), Some(_)) = (ends.nth(start), ends.nth(longest - start - 1)) else {
        return text.to_owned();
    };
    let mut starts = text.char_indices().rev().map(|(at, _)| at);
    let tail = starts.nth(longest - start - 2).unwrap_or(text.len());
    format!("{}…{}", &text[..end], &text[tail..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_long_is_cut() {
        let name = |length| "é".repeat(length);
        let message = |name: String| format!("there is no `{name}`; did you mean `x`?");
        for length in [0, 1, 199, 200] {
            let whole = message(name(length));
            assert_eq!(shortened(whole.clone()), whole);
        }
        let short = message(format!("{}…{}", name(150), name(49)));
        assert_eq!(shortened(message(name(201))), short);
        assert_eq!(shortened(message(name(1_000_000))), short);
    }

    #[test]
    fn backquotes_of_the_input_lead_to_no_long_message() {
        let message = format!("expected a name, found `{}`", "a`".repeat(100_000));
        let short = shortened(message);
        assert_eq!(short.chars().count(), WHOLE);
        assert!(short.starts_with("expected a name, found `a`a`") && short.ends_with("a``"));
    }
}
