//! Declared types and signatures of procedures: `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`.

use std::fmt;

use crate::{
    base::{Code, Fault},
    value::{Kind, Text, Type, Value},
};

/// A type in a signature. Unlike a [`Type`], it includes null only if it is declared nullable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredType {
    base: Base,
    /// `?`: true if the type includes null.
    pub nullable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Base {
    /// A type, or several under one name, such as `NUMBER`.
    Named(&'static str, Type),
    /// `LIST OF INTEGER?`
    ListOf(Box<DeclaredType>),
}

/// The type names in signatures, and their types.
const NAMES: [(&str, Type); 20] = [
    ("ANY", Type::ANY),
    ("BOOLEAN", Type::BOOLEAN),
    ("BYTES", Type::of(Kind::Bytes)),
    ("DATE", Type::of(Kind::Date)),
    ("DATETIME", Type::of(Kind::DateTime)),
    ("DECIMAL", Type::DECIMAL),
    ("DURATION", Type::of(Kind::Duration)),
    ("FLOAT", Type::FLOAT),
    ("INTEGER", Type::INTEGER),
    ("LIST", Type::LIST),
    ("LOCALDATETIME", Type::of(Kind::LocalDateTime)),
    ("LOCALTIME", Type::of(Kind::LocalTime)),
    ("MAP", Type::MAP),
    ("NODE", Type::NODE),
    ("NUMBER", Type::NUMBER),
    ("PATH", Type::PATH),
    ("POINT", Type::POINT),
    ("RELATIONSHIP", Type::RELATIONSHIP),
    ("STRING", Type::STRING),
    ("TIME", Type::of(Kind::Time)),
];

/// Maximum nesting of lists in a declared type.
const DEEPEST: usize = 32;

impl DeclaredType {
    /// Parses a type such as `INTEGER?` or `LIST OF STRING`, ignoring case. A question mark at the end of a list type
    /// makes both the list and its elements nullable.
    ///
    /// # Errors
    /// A fault if there is no such type.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut rest = text.trim();
        let mut depth = 0;
        while let Some(element) = after_words(rest, ["LIST", "OF"]) {
            rest = element;
            depth += 1;
        }
        if depth > DEEPEST {
            return Err(misspelt(format!(
                "lists in a type are nested deeper than {DEEPEST} times"
            )));
        }
        let (name, nullable) = match rest.strip_suffix('?') {
            Some(name) => (name.trim_end(), true),
            None => (rest, false),
        };
        let known = NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        let (name, kind) = known.ok_or_else(|| misspelt(format!("there is no type `{rest}`")))?;
        let element = Self {
            base: Base::Named(name, *kind),
            nullable,
        };
        Ok((0..depth).fold(element, |element, _| Self {
            nullable,
            base: Base::ListOf(Box::new(element)),
        }))
    }

    /// The type of the arguments that may be passed: a float type also accepts integers.
    #[must_use]
    pub fn accepts(&self) -> Type {
        match &self.base {
            Base::Named(_, kind) if *kind == Type::FLOAT => Type::NUMBER,
            Base::Named(_, kind) => *kind,
            Base::ListOf(element) => Type::list_of(element.accepts()),
        }
    }

    /// The type of the values of an output.
    #[must_use]
    pub fn kind(&self) -> Type {
        match &self.base {
            Base::Named(_, kind) => *kind,
            Base::ListOf(element) => Type::list_of(element.kind()),
        }
    }

    /// True if `value` may be passed as an argument of this type. Linear in the elements of a list.
    #[must_use]
    pub fn admits(&self, value: &Value) -> bool {
        match (value, &self.base) {
            (Value::Null, _) => self.nullable,
            (Value::List(items), Base::ListOf(element)) => {
                items.iter().all(|item| element.admits(item))
            }
            (_, Base::ListOf(_)) => false,
            (value, Base::Named(..)) => self.accepts().has(value.kind()),
        }
    }
}

impl fmt::Display for DeclaredType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.base {
            Base::ListOf(element) => write!(f, "LIST OF {element}"),
            Base::Named(name, _) => write!(f, "{name}{}", if self.nullable { "?" } else { "" }),
        }
    }
}

/// An input or output of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: Text,
    /// The type.
    pub declared: DeclaredType,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} :: {}", self.name, self.declared)
    }
}

/// The name, inputs and outputs of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The dotted name.
    pub name: Text,
    /// The inputs, in order.
    pub inputs: Vec<Field>,
    /// The outputs, in order.
    pub outputs: Vec<Field>,
}

impl Signature {
    /// Parses a signature such as `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`.
    ///
    /// # Errors
    /// A fault if the signature is malformed.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let shape = || {
            misspelt(format!(
                "expected `name(in :: TYPE, …) :: (out :: TYPE, …)`, found `{text}`"
            ))
        };
        let (name, rest) = text.trim().split_once('(').ok_or_else(shape)?;
        let (inputs, rest) = rest.split_once(')').ok_or_else(shape)?;
        let outputs = rest.trim().strip_prefix("::").ok_or_else(shape)?.trim();
        let outputs = outputs
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        let name = name.trim();
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(shape());
        }
        Ok(Self {
            name: name.into(),
            inputs: fields(inputs)?,
            outputs: fields(outputs.ok_or_else(shape)?)?,
        })
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}({}) :: ({})",
            self.name,
            listed(&self.inputs),
            listed(&self.outputs)
        )
    }
}

fn fields(text: &str) -> Result<Vec<Field>, Fault> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    text.split(',').map(field).collect()
}

fn field(text: &str) -> Result<Field, Fault> {
    let (name, declared) = text
        .split_once("::")
        .ok_or_else(|| misspelt(format!("expected `name :: TYPE`, found `{}`", text.trim())))?;
    Ok(Field {
        name: name.trim().into(),
        declared: DeclaredType::parse(declared)?,
    })
}

fn listed(fields: &[Field]) -> String {
    fields
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The text after two words, ignoring case and the whitespace between them; `None` if it does not start with them.
fn after_words<'a>(text: &'a str, words: [&str; 2]) -> Option<&'a str> {
    words.into_iter().try_fold(text, |rest, word| {
        let head = rest.get(..word.len())?;
        let tail = &rest[word.len()..];
        (head.eq_ignore_ascii_case(word) && tail.starts_with(char::is_whitespace))
            .then(|| tail.trim_start())
    })
}

fn misspelt(message: String) -> Fault {
    Fault::new(Code::UnexpectedSyntax, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_prints_as_it_is_read() {
        for text in [
            "test.doNothing() :: ()",
            "test.my.proc(name :: STRING?, id :: INTEGER?) :: (city :: STRING?, code :: NUMBER)",
            "a(x :: LIST OF LIST OF FLOAT?) :: (y :: ANY?)",
        ] {
            assert_eq!(Signature::parse(text).unwrap().to_string(), text);
        }
        let loose = Signature::parse("p( in::integer? ) :: (a :: list  of map) ").unwrap();
        assert_eq!(loose.to_string(), "p(in :: INTEGER?) :: (a :: LIST OF MAP)");
    }

    #[test]
    fn misspelt_signatures_are_faults() {
        for text in [
            "",
            "p",
            "p()",
            "p() :: x",
            "p(a) :: ()",
            "p(a :: INT4) :: ()",
            "(a :: ANY) :: ()",
        ] {
            assert!(Signature::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_integer_is_taken_where_a_float_is_declared() {
        let admits =
            |declared: &str, value: Value| DeclaredType::parse(declared).unwrap().admits(&value);
        assert!(admits("FLOAT", 42.into()));
        assert!(admits("NUMBER", 42.5.into()));
        assert!(!admits("INTEGER", 42.5.into()));
        assert!(!admits("INTEGER", Value::Null));
        assert!(admits("INTEGER?", Value::Null));
        assert!(admits("LIST OF FLOAT", vec![1, 2].into()));
        assert!(!admits("LIST OF FLOAT", vec!["a"].into()));
    }
}
