//! Commands about questions: meanings of words, supporting facts, other interpretations.

use std::sync::Arc;

use relata::{Source, Span};

use crate::repl::{
    command::Flow,
    error::ShellError,
    reply,
    shell::{Ask, Shell},
    style::Style,
};

/// The number of suggestions for an unknown word.
const NEAREST: usize = 5;

/// `:vocabulary`, `:vocabulary trauma`
pub(super) fn vocabulary(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let text = if argument.is_empty() {
        summary(shell)?
    } else {
        meanings(shell, argument)?
    };
    shell.page(&text)?;
    Ok(Flow::Stay)
}

/// The meanings of a word or phrase, one per line.
fn meanings(shell: &mut Shell, phrase: &str) -> Result<String, ShellError> {
    let color = shell.console.color;
    let found = shell.database.meanings(phrase)?;
    if found.is_empty() {
        let near = shell.database.nearest(phrase, NEAREST)?;
        let near = near
            .iter()
            .map(|near| format!("{} ({})", near.words, near.what));
        let near: Vec<_> = near.collect();
        let help = match near.is_empty() {
            true => "`:vocabulary` lists the words of the graph".to_owned(),
            false => format!("nearest: {}", near.join(", ")),
        };
        return Err(ShellError::Usage(
            format!("the graph has no word `{phrase}`"),
            Some(help),
        ));
    }
    let width = found
        .iter()
        .map(|meaning| meaning.what.chars().count())
        .max()
        .unwrap_or(0);
    let line = |meaning: &relata::question::Description| {
        let what = Style::Faint.paint(&format!("{:<width$}", meaning.what), color);
        format!("{what}  {}\n", meaning.means)
    };
    Ok(found.iter().map(line).collect())
}

/// The nouns, verbs, adjectives and attributes of the vocabulary, in paragraphs.
fn summary(shell: &mut Shell) -> Result<String, ShellError> {
    let (color, width) = (shell.console.color, shell.console.text_width());
    let vocabulary = shell.database.vocabulary()?;
    let nouns = vocabulary.nouns.iter().map(|noun| noun.plural.clone());
    let verbs = vocabulary.verbs.iter().map(|verb| verb.base.clone());
    let adjectives = vocabulary
        .adjectives
        .iter()
        .map(|adjective| adjective.words.clone());
    let attributes = vocabulary
        .attributes
        .iter()
        .map(|attribute| attribute.words.clone());
    let paragraphs = [
        ("nouns", sorted(nouns)),
        ("verbs", sorted(verbs)),
        ("adjectives", sorted(adjectives)),
        ("attributes", sorted(attributes)),
    ];
    let mut text = String::new();
    for (title, words) in paragraphs {
        text += &format!(
            "{}\n{}\n",
            Style::Strong.paint(title, color),
            filled(&words, width)
        );
    }
    Ok(text + "The names of nodes are words, too. :vocabulary WORD explains one word.\n")
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<_> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Words separated by commas, in lines of at most `width` columns.
fn filled(words: &[String], width: usize) -> String {
    let mut text = String::from(" ");
    let mut used = 1;
    for (at, word) in words.iter().enumerate() {
        let comma = if at + 1 < words.len() { "," } else { "" };
        let length = 1 + word.chars().count() + comma.len();
        if used + length > width && used > 1 {
            text += "\n ";
            used = 1;
        }
        text += &format!(" {word}{comma}");
        used += length;
    }
    text
}

/// `:basis`
pub(super) fn basis(shell: &mut Shell, _: &str) -> Result<Flow, ShellError> {
    let last = shell.last.as_ref().filter(|last| last.is_question());
    let last = last.ok_or_else(|| ShellError::usage("expected an earlier question, found none"))?;
    let lines = reply::basis(&last.reply, None);
    let text = if lines.is_empty() {
        match last.reply.facts {
            Some(_) => "all supporting facts of the answer are stated explicitly".to_owned(),
            None => "the supporting facts of the answer are unknown".to_owned(),
        }
    } else {
        lines.join("\n")
    };
    shell.page(&(text + "\n"))?;
    Ok(Flow::Stay)
}

/// `:pick 2`
pub(super) fn pick(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let question = shell.question.clone();
    let question =
        question.ok_or_else(|| ShellError::usage("expected an earlier question, found none"))?;
    let number = argument.parse().ok().filter(|number| *number > 0);
    let number = number.ok_or_else(|| {
        ShellError::usage(format!("expected a number from 1, found `{argument}`"))
    })?;
    let source = Arc::new(Source::new("question", question));
    let span = Span::new(0, source.text.len());
    shell.ask(&source, span, Ask::Run, Some(number))?;
    Ok(Flow::Stay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fill_lines() {
        let words = ["a".to_owned(), "bb".to_owned(), "c".to_owned()];
        assert_eq!(filled(&words, 80), "  a, bb, c");
        assert_eq!(filled(&words, 8), "  a, bb,\n  c");
    }
}
