//! A stream of the elements and texts of an XML file. Names have no prefixes; entities are resolved.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::{exchange::document::Document, graph::load::Problem};

/// The attributes of an element, in order.
#[derive(Clone, Debug, Default)]
pub(in crate::exchange) struct Attributes(pub(in crate::exchange) Vec<(String, String)>);

impl Attributes {
    pub(in crate::exchange) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A part of a file.
#[derive(Clone, Debug)]
pub(in crate::exchange) enum Node {
    Open(String, Attributes),
    Close,
    Text(String),
}

/// The parts of a file.
pub(in crate::exchange) struct Xml<'t> {
    file: &'t str,
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// The byte position of the last part.
    at: usize,
    depth: usize,
}

/// The text of an XML file in its declared encoding.
pub(in crate::exchange) fn decode(document: &Document) -> Result<Cow<'_, str>, Problem> {
    let head = document.head();
    let declared = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .map(|(_, value)| value.trim_start_matches([' ', '=']))
        .and_then(|value| value.split(['"', '\'']).nth(1));
    document.text_in(declared.and_then(|label| Encoding::for_label(label.as_bytes())))
}

impl<'t> Xml<'t> {
    pub(in crate::exchange) fn new(file: &'t str, text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            file,
            text,
            reader,
            at: 0,
            depth: 0,
        }
    }

    /// The next part; `None` at the end.
    pub(in crate::exchange) fn next(&mut self) -> Result<Option<Node>, Problem> {
        loop {
            self.at = position(self.reader.buffer_position());
            let event = self.reader.read_event();
            let event = event.map_err(|error| {
                let at = position(self.reader.error_position());
                self.problem_at(at, format!("expected XML: {error}"))
            })?;
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    return self.opened(&start).map(Some);
                }
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => {
                    let text = text
                        .unescape()
                        .map_err(|error| self.problem(error.to_string()))?;
                    return Ok(Some(Node::Text(text.into_owned())));
                }
                Event::CData(text) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    return Ok(Some(Node::Text(text)));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(
                        self.problem("expected the end of an element, found the end of the file")
                    );
                }
                Event::Eof => return Ok(None),
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }

    fn opened(&self, start: &BytesStart<'_>) -> Result<Node, Problem> {
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.problem(error.to_string()))?;
            let value = attribute.unescape_value();
            let value = value.map_err(|error| self.problem(error.to_string()))?;
            let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
            attributes.push((key, value.into_owned()));
        }
        Ok(Node::Open(name, Attributes(attributes)))
    }

    /// The text up to the end of the element that was just opened, without its markup.
    pub(in crate::exchange) fn content(&mut self) -> Result<String, Problem> {
        let mut content = String::new();
        let mut open = 1;
        while let Some(node) = self.next()? {
            match node {
                Node::Open(..) => open += 1,
                Node::Close => open -= 1,
                Node::Text(text) => content += &text,
            }
            if open == 0 {
                break;
            }
        }
        Ok(content)
    }

    /// A problem with the last part.
    pub(in crate::exchange) fn problem(&self, message: impl Into<String>) -> Problem {
        self.problem_at(self.at, message)
    }

    pub(in crate::exchange) fn at(&self) -> usize {
        self.at
    }

    pub(in crate::exchange) fn problem_at(&self, at: usize, message: impl Into<String>) -> Problem {
        Problem::at(self.file, self.text, at, message)
    }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
