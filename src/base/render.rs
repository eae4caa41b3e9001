//! Renders a diagnostic for people: the source line, carets below the span, and the help text.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use crate::base::{Diagnostic, Severity, Source, Span};

/// Rendering options.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rendering {
    /// True to use ANSI colours.
    pub color: bool,
    /// The terminal width in columns; 0 selects the default.
    pub width: usize,
}

/// Renders the diagnostic with the lines of `source` that its spans cover. The text does not end in a line break.
#[must_use]
pub fn render(diagnostic: &Diagnostic, source: &Source, rendering: Rendering) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let id = diagnostic.code.detail();
    let label = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let before = label.len() + id.len() + "[]: ".len();
    let message = folded(&diagnostic.message, rendering.width, before);
    let title = level.primary_title(&message).id(id);
    let mut group = Group::with_title(title);
    if let Some(span) = diagnostic.span {
        let mut snippet = Snippet::source(&source.text)
            .path(&source.name)
            .line_start(source.first_line)
            .annotation(AnnotationKind::Primary.span(visible(span, source)));
        for label in &diagnostic.labels {
            let place = visible(label.span, source);
            snippet = snippet.annotation(AnnotationKind::Context.span(place).label(&label.message));
        }
        group = group.element(snippet);
    }
    let help = diagnostic.help.as_ref();
    let help = help.map(|help| folded(help, rendering.width, "  = help: ".len()));
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help));
    }
    renderer(rendering).render(&[group]).to_string()
}

/// The text with line breaks between words, so that each line fits the width behind `before` columns.
fn folded(text: &str, width: usize, before: usize) -> String {
    let room = width.saturating_sub(before);
    if room < NARROWEST {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for (at, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if at > 0 && used + 1 + length > room {
            out.push('\n');
            used = 0;
        } else if at > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out
}

/// The width below which a message is not broken: each word would be on a line of its own.
const NARROWEST: usize = 20;

fn renderer(rendering: Rendering) -> Renderer {
    let plain = if rendering.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let plain = plain.decor_style(DecorStyle::Ascii);
    if rendering.width == 0 {
        plain
    } else {
        plain.term_width(rendering.width)
    }
}

/// Clamps the span to the text and to character boundaries.
fn visible(span: Span, source: &Source) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(source.text.len());
        while !source.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start as usize);
    start..floor(span.end as usize).max(start)
}
