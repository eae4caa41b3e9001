//! Splits any text into tokens, for highlighting, completion and error messages.

use pest::Parser;

use super::{
    cursor::place,
    grammar::{Grammar, Rule},
};
use crate::{base::Span, syntax::keyword::keyword};

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `MATCH`, unless it is used as a name.
    Keyword,
    /// A variable, a property or a function.
    Name,
    /// A label or a relationship type.
    Label,
    /// `'text'`
    String,
    /// `1.5`
    Number,
    /// `$name`
    Parameter,
    /// `<=`, `,`, `..`
    Operator,
    /// `(`, `]`
    Bracket,
    /// `// to the end of the line`
    Comment,
    /// An unclosed string, quoted name or comment, or a character that does not start a token.
    Error,
}

/// The tokens of any text, with their spans and without whitespace. Never fails. Whether a word is a keyword depends on
/// the tokens next to it: `n.end` and `:Order` contain no keyword.
#[must_use]
pub fn tokens(text: &str) -> Vec<(Span, TokenKind)> {
    let mut pairs = Grammar::parse(Rule::tokens, text).expect("every text is tokens");
    let all = pairs.next().expect("the tokens are one pair").into_inner();
    let mut reader = Reader::new(text);
    for pair in all.filter(|pair| pair.as_rule() != Rule::EOI) {
        reader.token(pair.as_rule(), place(&pair));
    }
    reader.tokens
}

/// Classifies tokens by the tokens before them.
struct Reader<'t> {
    text: &'t str,
    tokens: Vec<(Span, TokenKind)>,
    /// The open brackets.
    open: Vec<u8>,
    /// The last token that is not a comment.
    last: &'t str,
    /// True if the next name is a label: it follows a colon that does not separate a key from a value.
    labels: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            tokens: Vec::new(),
            open: Vec::new(),
            last: "",
            labels: false,
        }
    }

    fn token(&mut self, rule: Rule, span: Span) {
        let text = &self.text[span.range()];
        let kind = match rule {
            Rule::comment => TokenKind::Comment,
            Rule::string => TokenKind::String,
            Rule::number => TokenKind::Number,
            Rule::dollar_name => TokenKind::Parameter,
            Rule::bracket => self.bracket(text),
            Rule::sign => TokenKind::Operator,
            Rule::name => self.name(text, span),
            _ => TokenKind::Error,
        };
        self.tokens.push((span, kind));
        if kind != TokenKind::Comment {
            self.labels = self.labels_follow(text, kind);
            self.last = text;
        }
    }

    fn bracket(&mut self, text: &str) -> TokenKind {
        match text.as_bytes() {
            [open @ (b'(' | b'[' | b'{')] => self.open.push(*open),
            _ => {
                self.open.pop();
            }
        }
        TokenKind::Bracket
    }

    fn name(&self, text: &str, span: Span) -> TokenKind {
        if self.labels {
            TokenKind::Label
        } else if self.last != "."
            && keyword(text).is_some()
            && !self.is_key(span)
            && !self.is_function(text, span)
        {
            TokenKind::Keyword
        } else {
            TokenKind::Name
        }
    }

    /// True if a colon after the name makes it a key of a map.
    fn is_key(&self, span: Span) -> bool {
        let rest = self.text[span.end as usize..].trim_start();
        self.open.last() == Some(&b'{') && matches!(self.last, "{" | ",") && rest.starts_with(':')
    }

    /// True if a parenthesis after a keyword makes it the name of a function.
    fn is_function(&self, text: &str, span: Span) -> bool {
        let rest = self.text[span.end as usize..].trim_start();
        let functions = ["COUNT", "COLLECT", "EXISTS"];
        rest.starts_with('(') && functions.iter().any(|word| word.eq_ignore_ascii_case(text))
    }

    fn labels_follow(&self, text: &str, kind: TokenKind) -> bool {
        match text {
            ":" => !(self.open.last() == Some(&b'{') && self.divides_entry()),
            "|" | "&" | "!" => self.labels || self.tokens.len() > 1 && self.follows_label(),
            _ => self.labels && kind == TokenKind::Bracket && text == "(",
        }
    }

    /// True if the token before the last one is a label.
    fn follows_label(&self) -> bool {
        let before = self.tokens[..self.tokens.len() - 1].iter().rev();
        let mut before = before.filter(|(_, kind)| *kind != TokenKind::Comment);
        before
            .next()
            .is_some_and(|(_, kind)| *kind == TokenKind::Label)
    }

    /// True if the colon just read follows the key of a map entry.
    fn divides_entry(&self) -> bool {
        let mut before = self
            .tokens
            .iter()
            .rev()
            .filter(|(_, kind)| *kind != TokenKind::Comment)
            .skip(2);
        before
            .next()
            .is_some_and(|(span, _)| matches!(&self.text[span.range()], "{" | ","))
    }
}
