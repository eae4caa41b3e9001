//! Types as statements write them: `LIST<INTEGER NOT NULL>`, `STRING | INTEGER`.

use std::fmt;

use crate::value::{Kind, Text, Type, Value, decimal::fits};

/// A type with or without null (GQL 18.9: value type).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueType {
    /// The type of the values that are not null.
    pub base: BaseType,
    /// Whether null has the type.
    pub nullable: bool,
}

/// The type of values that are not null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseType {
    /// No value.
    Nothing,
    /// Any value.
    Any,
    /// A value that a property can have: a simple value or a list of simple values.
    Property,
    /// The values of a kind; for lists, whatever their elements.
    Kind(Kind),
    /// Integers in a range.
    Integer(Width),
    /// Strings by their least and greatest number of characters.
    Text(u64, u64),
    /// Decimals by their greatest number of digits, and of digits after the point.
    Decimal(u64, Option<u64>),
    /// Byte strings by their least and greatest number of bytes.
    Bytes(u64, u64),
    /// Maps with these keys and no others, each with the type of its value.
    Record(Vec<(Text, ValueType)>),
    /// Lists whose elements have a type.
    List(Box<ValueType>),
    /// Values of one of several types.
    Union(Vec<ValueType>),
}

/// A range of integers with a name (GQL 4.16.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
    /// The name of the type.
    pub name: &'static str,
    /// The least integer.
    pub min: i64,
    /// The greatest integer; of integers of 64 bits without a sign, the greatest that a value can have.
    pub max: i64,
}

/// The types of integers that are narrower than `INTEGER`.
const WIDTHS: [Width; 7] = [
    signed("INTEGER8", 8),
    signed("INTEGER16", 16),
    signed("INTEGER32", 32),
    unsigned("UNSIGNED INTEGER8", 8),
    unsigned("UNSIGNED INTEGER16", 16),
    unsigned("UNSIGNED INTEGER32", 32),
    Width {
        name: "UNSIGNED INTEGER",
        min: 0,
        max: i64::MAX,
    },
];

const fn signed(name: &'static str, bits: u32) -> Width {
    let max = (1 << (bits - 1)) - 1;
    Width {
        name,
        min: -max - 1,
        max,
    }
}

const fn unsigned(name: &'static str, bits: u32) -> Width {
    Width {
        name,
        min: 0,
        max: (1 << bits) - 1,
    }
}

impl Width {
    /// The type of integers with this name; `None` for `INTEGER` and other names.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        WIDTHS.into_iter().find(|width| width.name == name)
    }

    /// All types of integers but `INTEGER`.
    pub fn all() -> impl Iterator<Item = Self> {
        WIDTHS.into_iter()
    }

    /// Whether an integer is in the range.
    #[must_use]
    pub fn contains(self, integer: i64) -> bool {
        (self.min..=self.max).contains(&integer)
    }
}

impl ValueType {
    /// Parses a type as it is displayed; `None` if the text is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (found, rest) = Self::parse_first(text.trim(), 0)?;
        rest.is_empty().then_some(found)
    }

    /// The type at the start of a text, and the text after it.
    fn parse_first(text: &str, depth: usize) -> Option<(Self, &str)> {
        if depth > DEEPEST {
            return None;
        }
        let (base, rest) = if let Some(inside) = text.strip_prefix("LIST<") {
            let (element, rest) = Self::parse_first(inside, depth + 1)?;
            (BaseType::List(Box::new(element)), rest.strip_prefix('>')?)
        } else if let Some(mut inside) = text.strip_prefix("ANY<") {
            let mut types = Vec::new();
            loop {
                let (one, rest) = Self::parse_first(inside, depth + 1)?;
                types.push(one);
                match rest.strip_prefix(" | ") {
                    Some(next) => inside = next,
                    None => break (BaseType::Union(types), rest.strip_prefix('>')?),
                }
            }
        } else {
            let end = text.find(['>', '|']).unwrap_or(text.len());
            let end = text[..end].find(" NOT NULL").unwrap_or(end);
            let name = text[..end].trim_end();
            match name.split_once('(') {
                Some((word, bounds)) => {
                    let bounds = bounds.strip_suffix(')')?.split(", ");
                    let bounds: Option<Vec<u64>> = bounds.map(|bound| bound.parse().ok()).collect();
                    (BaseType::bounded(word, &bounds?)?, &text[name.len()..])
                }
                None => (BaseType::named(name)?, &text[name.len()..]),
            }
        };
        let (nullable, rest) = match rest.strip_prefix(" NOT NULL") {
            Some(rest) => (false, rest),
            None => (!matches!(base, BaseType::Nothing), rest),
        };
        Some((Self { base, nullable }, rest))
    }

    /// Whether a value has the type. Linear in the number of elements of lists, for each level that the type describes.
    #[must_use]
    pub fn contains(&self, value: &Value) -> bool {
        if matches!(value, Value::Null) {
            return self.nullable;
        }
        match &self.base {
            BaseType::Nothing => false,
            BaseType::Any => true,
            BaseType::Property => is_property(value),
            BaseType::Kind(kind) => value.kind() == *kind,
            BaseType::Integer(width) => {
                matches!(value, Value::Integer(integer) if width.contains(*integer))
            }
            BaseType::Text(min, max) => match value {
                Value::String(text) => (*min..=*max).contains(&(text.chars().count() as u64)),
                _ => false,
            },
            BaseType::Decimal(precision, scale) => {
                matches!(value, Value::Decimal(number) if fits(*number, *precision, *scale))
            }
            BaseType::Bytes(min, max) => {
                matches!(value, Value::Bytes(bytes) if (*min..=*max).contains(&(bytes.len() as u64)))
            }
            BaseType::Record(fields) => match value {
                Value::Map(entries) => {
                    let has = |(key, kind): &(Text, Self)| {
                        entries.get(key).is_some_and(|value| kind.contains(value))
                    };
                    entries.len() == fields.len() && fields.iter().all(has)
                }
                _ => false,
            },
            BaseType::List(element) => match value {
                Value::List(items) => items.iter().all(|item| element.contains(item)),
                _ => false,
            },
            BaseType::Union(types) => types.iter().any(|one| one.contains(value)),
        }
    }

    /// The static type of the values of this type.
    #[must_use]
    pub fn static_type(&self) -> Type {
        match &self.base {
            BaseType::Nothing => Type::NULL,
            BaseType::Any | BaseType::Property => Type::ANY,
            BaseType::Kind(Kind::List) => Type::LIST,
            BaseType::Kind(kind) => Type::of(*kind),
            BaseType::Integer(_) => Type::INTEGER,
            BaseType::Text(..) => Type::STRING,
            BaseType::Decimal(..) => Type::DECIMAL,
            BaseType::Bytes(..) => Type::of(Kind::Bytes),
            BaseType::Record(_) => Type::MAP,
            BaseType::List(element) => Type::list_of(element.static_type()),
            BaseType::Union(types) => {
                let types = types.iter().map(Self::static_type);
                types.reduce(Type::or).unwrap_or(Type::NULL)
            }
        }
    }
}

/// Maximum nesting of types.
const DEEPEST: usize = 64;

impl BaseType {
    /// The type with bounds, as it is displayed.
    #[must_use]
    pub fn bounded(name: &str, bounds: &[u64]) -> Option<Self> {
        match (name, bounds) {
            ("STRING", [min, max]) => Some(Self::Text(*min, *max)),
            ("BYTES", [min, max]) => Some(Self::Bytes(*min, *max)),
            ("DECIMAL", [precision]) => Some(Self::Decimal(*precision, None)),
            ("DECIMAL", [precision, scale]) => Some(Self::Decimal(*precision, Some(*scale))),
            _ => None,
        }
    }

    /// The type of that name, without parts.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "NOTHING" => Self::Nothing,
            "ANY" => Self::Any,
            "PROPERTY VALUE" => Self::Property,
            _ => Self::Kind(Kind::ALL.into_iter().find(|kind| kind.name() == name)?),
        })
    }
}

fn is_property(value: &Value) -> bool {
    let is_simple = |value: &Value| {
        !matches!(
            value.kind(),
            Kind::List | Kind::Map | Kind::Node | Kind::Relationship | Kind::Path
        )
    };
    match value {
        Value::List(items) => items
            .iter()
            .all(|item| is_simple(item) && item.kind() != Kind::Null),
        _ => is_simple(value),
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.base {
            BaseType::Nothing => f.write_str("NOTHING")?,
            BaseType::Any => f.write_str("ANY")?,
            BaseType::Property => f.write_str("PROPERTY VALUE")?,
            BaseType::Kind(kind) => kind.fmt(f)?,
            BaseType::Integer(width) => f.write_str(width.name)?,
            BaseType::Text(min, max) => write!(f, "STRING({min}, {max})")?,
            BaseType::Decimal(precision, None) => write!(f, "DECIMAL({precision})")?,
            BaseType::Decimal(precision, Some(scale)) => {
                write!(f, "DECIMAL({precision}, {scale})")?
            }
            BaseType::Bytes(min, max) => write!(f, "BYTES({min}, {max})")?,
            BaseType::Record(fields) => {
                f.write_str("{")?;
                for (at, (key, kind)) in fields.iter().enumerate() {
                    f.write_str(if at > 0 { ", " } else { "" })?;
                    write!(f, "{key} :: {kind}")?;
                }
                f.write_str("}")?;
            }
            BaseType::List(element) => write!(f, "LIST<{element}>")?,
            BaseType::Union(types) => {
                f.write_str("ANY<")?;
                for (at, one) in types.iter().enumerate() {
                    f.write_str(if at > 0 { " | " } else { "" })?;
                    one.fmt(f)?;
                }
                f.write_str(">")?;
            }
        }
        let null = matches!(self.base, BaseType::Nothing | BaseType::Kind(Kind::Null));
        f.write_str(if self.nullable || null {
            ""
        } else {
            " NOT NULL"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(base: BaseType, nullable: bool) -> ValueType {
        ValueType { base, nullable }
    }

    #[test]
    fn types_are_read_back_as_they_are_displayed() {
        for text in [
            "INTEGER",
            "STRING NOT NULL",
            "LIST<INTEGER NOT NULL> NOT NULL",
            "ANY<STRING | LIST<ANY<DATE | LOCAL TIME NOT NULL>>>",
            "PROPERTY VALUE",
            "STRING(0, 5) NOT NULL",
            "LIST<DECIMAL(5, 2)>",
            "BYTES(1, 2)",
            "NOTHING",
        ] {
            let read = ValueType::parse(text);
            let written = read.map(|found| found.to_string());
            assert_eq!(written.as_deref(), Some(text));
        }
        for text in ["", "INTEGERS", "LIST<INTEGER", "ANY<>", "STRING NULL"] {
            assert_eq!(ValueType::parse(text), None, "{text}");
        }
    }

    #[test]
    fn null_has_each_type_that_includes_it() {
        let number = of(BaseType::Kind(Kind::Integer), true);
        let strict = of(BaseType::Kind(Kind::Integer), false);
        assert!(number.contains(&Value::Null) && !strict.contains(&Value::Null));
        let list: Value = vec![Value::Integer(1), Value::Null].into();
        assert!(of(BaseType::List(Box::new(number)), false).contains(&list));
        assert!(!of(BaseType::List(Box::new(strict)), false).contains(&list));
    }

    #[test]
    fn properties_are_simple_or_lists_of_simple_values() {
        let property = of(BaseType::Property, true);
        let simple: Value = vec![1, 2].into();
        let nested: Value = vec![vec![1]].into();
        assert!(property.contains(&simple) && !property.contains(&nested));
        assert!(!property.contains(&vec![Value::Null].into()));
        assert!(!property.contains(&Value::Node(crate::value::NodeId(0))));
    }
}
