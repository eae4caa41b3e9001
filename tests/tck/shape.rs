//! Values in a canonical text form: values that are equal for the kit have the same text.

use relata::{
    answer::Entities,
    value::{Path, Text, Value},
};

/// How lists are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lists {
    Ordered,
    AnyOrder,
}

/// The text form of a value in an answer.
pub(crate) fn of_value(value: &Value, entities: &Entities, lists: Lists) -> String {
    let inner = |value: &Value| of_value(value, entities, lists);
    let entries = |entries: &mut dyn Iterator<Item = (&Text, &Value)>| {
        map_text(
            entries
                .map(|(key, value)| (key.to_string(), inner(value)))
                .collect(),
        )
    };
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => float_text(*value),
        Value::Decimal(value) => value.to_string(),
        Value::Bytes(_) | Value::Point(_) => {
            string_text(&relata::value::cast::text_of(value).unwrap_or_default())
        }
        Value::String(text) => string_text(text),
        Value::List(items) => list_text(items.iter().map(inner).collect(), lists),
        Value::Map(map) => entries(&mut map.iter()),
        Value::Node(id) => {
            let node = entities.node(*id);
            node_text(
                node.labels.iter().map(ToString::to_string).collect(),
                entries(&mut node.properties.iter()),
            )
        }
        Value::Relationship(id) => {
            let relationship = entities.relationship(*id);
            relationship_text(
                &relationship.kind,
                &entries(&mut relationship.properties.iter()),
            )
        }
        Value::Path(path) => path_of(path, entities, lists),
        Value::Date(value) => string_text(&value.to_string()),
        Value::LocalTime(value) => string_text(&value.to_string()),
        Value::Time(value) => string_text(&value.to_string()),
        Value::LocalDateTime(value) => string_text(&value.to_string()),
        Value::DateTime(value) => string_text(&value.to_string()),
        Value::Duration(value) => string_text(&value.to_string()),
    }
}

fn path_of(path: &Path, entities: &Entities, lists: Lists) -> String {
    let mut text = String::from("<");
    for (position, node) in path.nodes().iter().enumerate() {
        if position > 0 {
            let id = path.relationships()[position - 1];
            let relationship = of_value(&Value::Relationship(id), entities, lists);
            let forward = entities.relationship(id).start == path.nodes()[position - 1];
            text += &if forward {
                format!("-{relationship}->")
            } else {
                format!("<-{relationship}-")
            };
        }
        text += &of_value(&Value::Node(*node), entities, lists);
    }
    text + ">"
}

fn float_text(value: f64) -> String {
    // The kit has a single NaN and no negative zero.
    let value = if value == 0.0 { 0.0 } else { value };
    if value.is_nan() {
        "float NaN".to_owned()
    } else {
        format!("float {value:?}")
    }
}

fn string_text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn list_text(mut items: Vec<String>, lists: Lists) -> String {
    if lists == Lists::AnyOrder {
        items.sort();
    }
    format!("[{}]", items.join(", "))
}

fn map_text(mut entries: Vec<(String, String)>) -> String {
    entries.sort();
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    format!("{{{}}}", entries.join(", "))
}

fn node_text(mut labels: Vec<String>, properties: String) -> String {
    labels.sort();
    let labels: String = labels.iter().map(|label| format!(":{label}")).collect();
    format!("({labels} {properties})")
}

fn relationship_text(kind: &str, properties: &str) -> String {
    format!("[:{kind} {properties}]")
}

/// The text form of a value in the notation of the kit.
pub(crate) fn of_text(text: &str, lists: Lists) -> Result<String, String> {
    let mut parser = Parser {
        chars: text.chars().collect(),
        at: 0,
        lists,
    };
    let value = parser.value()?;
    parser.blank();
    if parser.at == parser.chars.len() {
        Ok(value)
    } else {
        Err(format!("`{text}` goes on after a value"))
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    lists: Lists,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        self.blank();
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.take(wanted) {
            return Ok(());
        }
        let text: String = self.chars.iter().collect();
        Err(format!("`{text}` lacks a `{wanted}` at {}", self.at))
    }

    fn value(&mut self) -> Result<String, String> {
        self.blank();
        match self.peek() {
            Some('\'') => Ok(string_text(&self.string()?)),
            Some('[') if self.chars.get(self.at + 1) == Some(&':') => self.relationship(),
            Some('[') => self.list(),
            Some('{') => self.map(),
            Some('(') => self.node(),
            Some('<') => self.path(),
            _ => {
                Ok(scalar(&self.word(|char| {
                    char.is_alphanumeric() || "+-.".contains(char)
                })))
            }
        }
    }

    fn word(&mut self, part: impl Fn(char) -> bool) -> String {
        let start = self.at;
        while self.peek().is_some_and(&part) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect('\'')?;
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return Err("a string does not end".to_owned()),
                Some('\'') => break,
                Some('\\') => {
                    self.at += 1;
                    match self.peek() {
                        Some('n') => text.push('\n'),
                        Some(other) => text.push(other),
                        None => return Err("a string does not end".to_owned()),
                    }
                }
                Some(other) => text.push(other),
            }
            self.at += 1;
        }
        self.at += 1;
        Ok(text)
    }

    fn list(&mut self) -> Result<String, String> {
        self.expect('[')?;
        let mut items = Vec::new();
        while !self.take(']') {
            items.push(self.value()?);
            self.take(',');
        }
        Ok(list_text(items, self.lists))
    }

    fn map(&mut self) -> Result<String, String> {
        self.expect('{')?;
        let mut entries = Vec::new();
        while !self.take('}') {
            self.blank();
            let key = self.word(|char| char != ':');
            self.expect(':')?;
            entries.push((key.trim().to_owned(), self.value()?));
            self.take(',');
        }
        Ok(map_text(entries))
    }

    fn name(&mut self) -> String {
        self.word(|char| char.is_alphanumeric() || char == '_')
    }

    fn properties(&mut self) -> Result<String, String> {
        self.blank();
        if self.peek() == Some('{') {
            self.map()
        } else {
            Ok(map_text(Vec::new()))
        }
    }

    fn node(&mut self) -> Result<String, String> {
        self.expect('(')?;
        let mut labels = Vec::new();
        while self.take(':') {
            labels.push(self.name());
        }
        let properties = self.properties()?;
        self.expect(')')?;
        Ok(node_text(labels, properties))
    }

    fn relationship(&mut self) -> Result<String, String> {
        self.expect('[')?;
        self.expect(':')?;
        let kind = self.name();
        let properties = self.properties()?;
        self.expect(']')?;
        Ok(relationship_text(&kind, &properties))
    }

    fn path(&mut self) -> Result<String, String> {
        self.expect('<')?;
        let mut text = format!("<{}", self.node()?);
        loop {
            if self.take('>') {
                return Ok(text + ">");
            }
            let back = self.take('<');
            self.expect('-')?;
            let relationship = self.relationship()?;
            self.expect('-')?;
            if !back {
                self.expect('>')?;
            }
            text += &if back {
                format!("<-{relationship}-")
            } else {
                format!("-{relationship}->")
            };
            text += &self.node()?;
        }
    }
}

fn scalar(word: &str) -> String {
    match word {
        "NaN" => float_text(f64::NAN),
        "Inf" => float_text(f64::INFINITY),
        "-Inf" => float_text(f64::NEG_INFINITY),
        _ if word.parse::<i64>().is_ok() => word.to_owned(),
        _ => word
            .parse::<f64>()
            .map_or_else(|_| word.to_owned(), float_text),
    }
}
