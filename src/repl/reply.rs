//! Formats replies to questions: the interpretation before the rows, supporting facts and alternatives after them. JSON
//! formats put everything into one object.

use std::io::{self, Write};

use relata::{
    Alternative, Error, Fact, Format, Reply, ReplyField,
    answer::format::write_array,
    base::grouped,
    syntax::{KeywordClass, TokenKind, keyword, tokens},
};
use unicode_width::UnicodeWidthStr as _;

use crate::repl::{console::counted, style::Style};

/// The maximum number of facts listed by default.
const LISTED: usize = 6;

/// How to reach omitted details: by commands at a prompt, by options in scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// At a prompt.
    Prompt,
    /// In a script.
    #[default]
    Script,
}

/// Whether a format writes JSON objects.
pub(crate) fn is_json(format: &Format) -> bool {
    matches!(format.name, "json" | "jsonl")
}

/// Writes a reply as an object: on several lines, one per row, or for `jsonl` on a single line.
pub(crate) fn write_json(reply: &Reply, format: &Format, out: &mut dyn Write) -> io::Result<()> {
    if format.name == "jsonl" {
        serde_json::to_writer(&mut *out, reply)?;
        return out.write_all(b"\n");
    }
    for (at, (name, field)) in reply.fields().into_iter().enumerate() {
        let before = if at == 0 { "{\n" } else { ",\n" };
        write!(out, "{before}\"{name}\": ")?;
        match field {
            ReplyField::Rows(answer) => write_array(answer, out)?,
            field => serde_json::to_writer(&mut *out, &field)?,
        }
    }
    out.write_all(b"\n}\n")
}

/// The interpretation: in words, and as a statement with one clause per line.
pub(crate) fn echo(reply: &Reply, width: Option<usize>, color: bool) -> String {
    let words = wrapped(&reply.interpretation, width);
    let cypher = format!("  {}", laid_out(&reply.cypher).replace('\n', "\n  "));
    let cypher = wrapped(&cypher, width);
    format!(
        "{}\n{}",
        Style::Strong.paint(&words, color),
        Style::Faint.paint(&cypher, color)
    )
}

/// A statement with one clause per line.
pub(crate) fn laid_out(cypher: &str) -> String {
    let mut text = String::with_capacity(cypher.len() + 16);
    let (mut end, mut depth, mut before) = (0, 0_usize, "");
    for (span, kind) in tokens(cypher) {
        let token = &cypher[span.range()];
        let gap = &cypher[end..span.start as usize];
        let joined = matches!(before, "OPTIONAL" | "STARTS" | "ENDS");
        let breaks = depth == 0 && kind == TokenKind::Keyword && begins_line(token) && !joined;
        text += if breaks && end > 0 { "\n" } else { gap };
        text += token;
        match token {
            _ if kind != TokenKind::Bracket => {}
            "(" | "[" | "{" => depth += 1,
            _ => depth = depth.saturating_sub(1),
        }
        (end, before) = (span.end as usize, token);
    }
    text + &cypher[end..]
}

/// Whether a keyword begins a line in a laid-out statement.
fn begins_line(word: &str) -> bool {
    let class = keyword(word).map(|keyword| keyword.class);
    matches!(class, Some(KeywordClass::Clause | KeywordClass::Subclause))
}

/// The text with lines longer than `width` broken between words; continuation lines are indented by four more
/// columns.
pub(crate) fn wrapped(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else {
        return text.to_owned();
    };
    text.split('\n')
        .map(|line| folded(line, width))
        .collect::<Vec<_>>()
        .join("\n")
}

fn folded(line: &str, width: usize) -> String {
    let indent = line.len() - line.trim_start().len();
    let mut text = " ".repeat(indent);
    let mut used = indent;
    for (at, word) in line.trim_start().split(' ').enumerate() {
        let length = word.width();
        if at > 0 && used + 1 + length > width && indent + 4 + length <= width {
            text += &format!("\n{}", " ".repeat(indent + 4));
            used = indent + 4;
        } else if at > 0 {
            text.push(' ');
            used += 1;
        }
        text += word;
        used += length;
    }
    text
}

/// The notes after the rows: why there are none, the supporting facts, and alternative interpretations.
pub(crate) fn notes(reply: &Reply, place: Place) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(explanation) = &reply.why_empty {
        lines.extend(explanation.sentences());
    }
    lines.extend(basis(reply, Some((LISTED, place))));
    let alternatives = reply.alternatives.iter();
    lines.extend(alternatives.filter_map(|other| offered(other, reply, place)));
    lines
}

/// The facts that no document states outright, and the titles of their documents. `some` limits the number of facts and
/// says how to list the rest.
pub(crate) fn basis(reply: &Reply, some: Option<(usize, Place)>) -> Vec<String> {
    let (facts, all) = (&reply.basis, reply.facts.unwrap_or(reply.basis.len()));
    if facts.is_empty() {
        return Vec::new();
    }
    let count = grouped(facts.len() as u64);
    let rests = match all == facts.len() {
        true => format!(
            "based on {}, not stated explicitly:",
            counted(all as u64, "fact", "facts")
        ),
        false => format!(
            "based on {} facts, {count} of them not stated explicitly:",
            grouped(all as u64)
        ),
    };
    let mut lines = vec![rests];
    let shown = some.map_or(facts.len(), |(shown, _)| shown.min(facts.len()));
    lines.extend(facts[..shown].iter().map(line));
    if let Some((_, place)) = some.filter(|_| shown < facts.len()) {
        let how = match place {
            Place::Prompt => "`:basis` lists all",
            Place::Script => "`--format json` lists all",
        };
        lines.push(format!(
            "  … and {} more; {how}",
            grouped((facts.len() - shown) as u64)
        ));
    }
    lines.extend(titles(&facts[..shown]));
    lines
}

/// `  X has level Refresher (title, S0:51): its name begins so`
fn line(fact: &Fact) -> String {
    let place = fact.place();
    let confidence = fact
        .confidence
        .as_ref()
        .map(|sure| format!("confidence {sure}"));
    let brackets: Vec<_> = [fact.basis.clone(), confidence, place]
        .into_iter()
        .flatten()
        .collect();
    let note = fact
        .note
        .as_ref()
        .map_or(String::new(), |note| format!(": {note}"));
    match brackets.is_empty() {
        true => format!("  {}{note}", fact.sentence()),
        false => format!("  {} ({}){note}", fact.sentence(), brackets.join(", ")),
    }
}

/// `  S0 is “Connected Practice”`, once per document.
fn titles(facts: &[Fact]) -> Vec<String> {
    let mut seen = Vec::new();
    for fact in facts {
        if let (Some(key), Some(title)) = (&fact.document, &fact.title)
            && !title.is_empty()
            && !seen.contains(&(key, title))
        {
            seen.push((key, title));
        }
    }
    seen.into_iter()
        .map(|(key, title)| format!("  {key} is “{title}”"))
        .collect()
}

/// `4 rows if the topic of the section also counts (:pick 2)`
fn offered(other: &Alternative, reply: &Reply, place: Place) -> Option<String> {
    let how = match place {
        Place::Prompt => format!(":pick {}", other.pick),
        Place::Script => format!("--pick {}", other.pick),
    };
    if other.wider && !gives_more(other, reply) {
        return None;
    }
    let Some(size) = size(other) else {
        return Some(format!(
            "other interpretation: {} ({how})",
            other.interpretation
        ));
    };
    Some(match other.wider {
        true => format!("{size} if {} also counts ({how})", other.interpretation),
        false => format!(
            "{size} for the interpretation: {} ({how})",
            other.interpretation
        ),
    })
}

/// Whether a wider sense gives at least as many rows.
fn gives_more(other: &Alternative, reply: &Reply) -> bool {
    other.rows.is_none_or(|rows| rows >= reply.answer.len())
}

/// `4 rows`, `12`; `None` if unknown.
fn size(other: &Alternative) -> Option<String> {
    let value = other.value.map(|value| value.to_string());
    let rows = || Some(counted(other.rows? as u64, "row", "rows"));
    value.or_else(rows)
}

/// The interpretations to choose from, numbered.
pub(crate) fn candidates(error: &Error, color: bool) -> String {
    let mut text = String::new();
    for other in error.candidates() {
        let words = Style::Strong.paint(&other.interpretation, color);
        let cypher = Style::Faint.paint(&other.cypher, color);
        let size = size(other).map_or(String::new(), |size| format!(" ({size})"));
        text += &format!("{:>3}  {words}{size}\n     {cypher}\n", other.pick);
    }
    text
}

/// The interpretations to choose from, as JSON on one line.
pub(crate) fn candidates_json(error: &Error) -> String {
    let diagnostic = error.diagnostic();
    serde_json::json!({
        "error": {
            "detail": diagnostic.code.detail(),
            "message": diagnostic.message,
            "help": diagnostic.help,
        },
        "candidates": error.candidates(),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_laid_out_by_its_clauses() {
        assert_eq!(
            laid_out(
                "MATCH (c:Course WHERE c.x = 1)-[:A]->(b) WHERE c.name STARTS WITH 'x' AND EXISTS { MATCH (c) RETURN c } \
                 OPTIONAL MATCH (c) RETURN DISTINCT c.name AS name ORDER BY name LIMIT 1"
            ),
            "MATCH (c:Course WHERE c.x = 1)-[:A]->(b)\n\
             WHERE c.name STARTS WITH 'x' AND EXISTS { MATCH (c) RETURN c }\n\
             OPTIONAL MATCH (c)\nRETURN DISTINCT c.name AS name\nORDER BY name\nLIMIT 1"
        );
        assert_eq!(laid_out("RETURN 'MATCH'"), "RETURN 'MATCH'");
    }

    fn fact(from: &str, basis: &str) -> Fact {
        Fact {
            from: from.into(),
            kind: Some("HAS_LEVEL".into()),
            to: Some("Refresher".into()),
            basis: Some(basis.into()),
            document: Some("S0".into()),
            title: Some("Connected Practice".into()),
            lines: Some((51, 51)),
            ..Fact::default()
        }
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(
            wrapped("  one two three\nfour", Some(11)),
            "  one two\n      three\nfour"
        );
        assert_eq!(wrapped("one two", None), "one two");
        assert_eq!(wrapped("unbreakable word", Some(6)), "unbreakable word");
    }

    #[test]
    fn facts_are_listed_with_their_places_and_documents() {
        let reply = Reply {
            basis: vec![fact("A", "title"), fact("B", "layout")],
            facts: Some(9),
            ..Reply::default()
        };
        assert_eq!(
            basis(&reply, Some((1, Place::Prompt))),
            [
                "based on 9 facts, 2 of them not stated explicitly:",
                "  A has level Refresher (title, S0:51)",
                "  … and 1 more; `:basis` lists all",
                "  S0 is “Connected Practice”",
            ]
        );
        assert_eq!(basis(&reply, None).len(), 4);
        assert!(basis(&Reply::default(), None).is_empty());
    }

    #[test]
    fn a_wider_sense_is_offered_where_it_gives_as_much() {
        let other = |wider, rows| Alternative {
            pick: 2,
            interpretation: "the topic of the section".into(),
            wider,
            cypher: String::new(),
            rows: Some(rows),
            value: None,
        };
        let reply = Reply::default();
        let shown = |other| offered(&other, &reply, Place::Script);
        assert_eq!(
            shown(other(true, 4)).as_deref(),
            Some("4 rows if the topic of the section also counts (--pick 2)")
        );
        assert_eq!(
            shown(other(false, 1)).as_deref(),
            Some("1 row for the interpretation: the topic of the section (--pick 2)")
        );
    }
}
