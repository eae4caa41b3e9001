//! Highlights the statement being typed, and the bracket that matches the one at the cursor.

use std::borrow::Cow;

use relata::{Span, question::Mark};
use rustyline::highlight::{CmdKind, Highlighter};

use crate::repl::{
    command::{self, Takes},
    complete::{Piece, Sort, pieces},
    editor::Assistant,
    style::Style,
};

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, cursor: usize) -> Cow<'l, str> {
        let cursor = (!self.done.get()).then_some(cursor);
        if self.is_plain() {
            return Cow::Borrowed(line);
        }
        if self.is_question(line) {
            let marks = self.marks(line);
            return Cow::Owned(painted_question(line, &marks, cursor));
        }
        Cow::Owned(painted(line, cursor))
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(Style::Strong.paint(prompt, true))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(Style::Faint.paint(hint, true))
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.done.set(kind == CmdKind::ForcedRefresh);
        true
    }
}

/// A question with each word coloured by its role. The word at the cursor is not marked as unknown.
fn painted_question(line: &str, marks: &[(Span, Mark)], cursor: Option<usize>) -> String {
    let mut painted = String::with_capacity(line.len() * 2);
    let mut end = 0;
    for (span, mark) in marks {
        let range = span.range();
        if range.start < end {
            continue;
        }
        painted += &line[end..range.start];
        end = range.end;
        let style = match mark {
            Mark::Unknown if cursor == Some(end) => None,
            mark => word_style(*mark),
        };
        match style {
            Some(style) => painted += &style.paint(&line[range], true),
            None => painted += &line[range],
        }
    }
    painted + &line[end..]
}

fn word_style(mark: Mark) -> Option<Style> {
    match mark {
        Mark::Function => None,
        Mark::Noun => Some(Style::Class),
        Mark::Verb => Some(Style::Keyword),
        Mark::Adjective | Mark::Literal => Some(Style::Number),
        Mark::Attribute => Some(Style::Function),
        Mark::Entity => Some(Style::Text),
        Mark::Unknown => Some(Style::Unknown),
    }
}

/// The coloured line, with the brackets at the cursor marked.
fn painted(line: &str, cursor: Option<usize>) -> String {
    let start = line.len() - line.trim_start().len();
    if line[start..].starts_with(':') {
        return painted_command(line, start, cursor);
    }
    painted_statement(line, cursor)
}

fn painted_command(line: &str, start: usize, cursor: Option<usize>) -> String {
    let length = line[start..]
        .find(char::is_whitespace)
        .unwrap_or(line.len() - start);
    let (name, argument) = line.split_at(start + length);
    let takes = command::find(&name[start + 1..]).map(|command| command.takes);
    let argument = match takes {
        Ok(Takes::Statement) => {
            painted_statement(argument, cursor.and_then(|at| at.checked_sub(name.len())))
        }
        _ => argument.to_owned(),
    };
    Style::Command.paint(name, true) + &argument
}

fn painted_statement(text: &str, cursor: Option<usize>) -> String {
    let pieces = pieces(text);
    let marked = cursor.and_then(|cursor| brackets(&pieces, cursor));
    let mut painted = String::with_capacity(text.len() * 2);
    let mut end = 0;
    for (at, piece) in pieces.iter().enumerate() {
        painted += &between(&text[end..piece.start]);
        end = piece.end();
        let is_marked = marked.is_some_and(|(open, close)| at == open || at == close);
        let style = if is_marked {
            Some(Style::Match)
        } else {
            style(&pieces, at)
        };
        match style {
            Some(style) => painted += &style.paint(piece.text, true),
            None => painted += piece.text,
        }
    }
    painted + &between(&text[end..])
}

/// The continuation prompt; as wide as the indentation that it replaces.
const GOES_ON: &str = "| ";

/// The whitespace between pieces. A continuation line starts with some, because the editor draws no prompt for it.
fn between(blank: &str) -> String {
    let mark = Style::Faint.paint(GOES_ON, true);
    blank.replace("\n  ", &format!("\n{mark}"))
}

fn style(pieces: &[Piece<'_>], at: usize) -> Option<Style> {
    let before = at.checked_sub(1).map(|before| &pieces[before]);
    let after = pieces.get(at + 1);
    let classifies = |piece: &Piece<'_>| [":", "|", "&", "!"].iter().any(|symbol| piece.is(symbol));
    match pieces[at].sort {
        Sort::Keyword => Some(Style::Keyword),
        Sort::Text | Sort::Unclosed => Some(Style::Text),
        Sort::Number => Some(Style::Number),
        Sort::Parameter => Some(Style::Parameter),
        Sort::Comment => Some(Style::Faint),
        Sort::Name if before.is_some_and(classifies) => Some(Style::Class),
        Sort::Name if after.is_some_and(|after| after.is("(")) => Some(Style::Function),
        Sort::Name | Sort::Symbol => None,
    }
}

/// The bracket at or before the cursor, and its match.
fn brackets(pieces: &[Piece<'_>], cursor: usize) -> Option<(usize, usize)> {
    let is_bracket = |piece: &Piece<'_>| piece.opens() || piece.closes();
    let at = pieces
        .iter()
        .position(|piece| is_bracket(piece) && piece.start == cursor)
        .or_else(|| {
            pieces
                .iter()
                .position(|piece| is_bracket(piece) && piece.end() == cursor)
        })?;
    let mut open = Vec::new();
    for (position, piece) in pieces.iter().enumerate() {
        if piece.opens() {
            open.push(position);
        } else if piece.closes() {
            let other = open.pop()?;
            if at == other || at == position {
                return fits(pieces[other].text, piece.text).then_some((other, position));
            }
        }
    }
    None
}

fn fits(open: &str, close: &str) -> bool {
    matches!((open, close), ("(", ")") | ("[", "]") | ("{", "}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line without escape sequences, as the terminal counts columns.
    fn bare(painted: &str) -> String {
        let mut text = String::new();
        let mut rest = painted;
        while let Some((before, after)) = rest.split_once("\x1b[") {
            text += before;
            rest = after.split_once('m').map_or("", |(_, rest)| rest);
        }
        text + rest
    }

    #[test]
    fn colours_change_no_character() {
        for line in [
            "MATCH (c:Course {name: 'X'})-[r:COVERS]->(k) // why\nRETURN c.name, $p + 1.5",
            ":mode csv",
            ":explain MATCH (n) RETURN n",
            "RETURN 'unclosed",
            "RETURN ((1) + [2}",
            "§ ¶ 'ü' `ö",
            "",
        ] {
            for cursor in (0..=line.len()).filter(|at| line.is_char_boundary(*at)) {
                assert_eq!(bare(&painted(line, Some(cursor))), line);
            }
        }
    }

    #[test]
    fn a_question_is_coloured_by_what_its_words_are() {
        let line = "which courses cover Krass";
        let marks = [
            (Span::new(0, 5), Mark::Function),
            (Span::new(6, 13), Mark::Noun),
            (Span::new(14, 19), Mark::Verb),
            (Span::new(20, 25), Mark::Unknown),
        ];
        let noun = Style::Class.paint("courses", true);
        let painted = painted_question(line, &marks, Some(25));
        assert!(
            painted.contains(&noun) && painted.ends_with(" Krass"),
            "{painted}"
        );
        let unknown = Style::Unknown.paint("Krass", true);
        assert!(painted_question(line, &marks, None).ends_with(&unknown));
        assert_eq!(bare(&painted_question(line, &marks, None)), line);
    }

    #[test]
    fn a_line_that_goes_on_is_marked_without_moving_anything() {
        let line = "MATCH (n)\n    RETURN 'a\n  b'";
        assert_eq!(bare(&painted(line, None)), "MATCH (n)\n|   RETURN 'a\n  b'");
    }

    #[test]
    fn the_other_half_of_a_bracket_is_found() {
        let line = "f((a) ['(')";
        let found = |cursor| brackets(&pieces(line), cursor);
        assert_eq!(found(2), Some((2, 4)));
        assert_eq!(
            found(5),
            Some((2, 4)),
            "before the cursor, where none is at it"
        );
        assert_eq!(found(6), None, "is closed by another kind");
        assert_eq!(found(1), None, "is not closed");
    }
}
