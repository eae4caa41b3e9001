//! Serializes parameters to values with serde.

use std::{error::Error, fmt};

use serde::{
    Serialize, Serializer,
    ser::{
        Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
        SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
    },
};

use crate::value::{Entries, Kind, Text, Value};

/// The error of data that cannot be a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterError {
    message: String,
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for ParameterError {}

impl serde::ser::Error for ParameterError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            message: message.to_string(),
        }
    }
}

/// The fields of a struct or the entries of a map as parameters by name; `None` and `()` give no parameters.
///
/// # Errors
/// If `parameters` has another type, or a part of it cannot be a value.
pub fn to_parameters(parameters: impl Serialize) -> Result<Entries, ParameterError> {
    match to_value(parameters)? {
        Value::Map(entries) => Ok(Entries::clone(&entries)),
        Value::Null => Ok(Entries::default()),
        other => Err(wrong("a MAP of parameters", other.kind())),
    }
}

/// Serializes any data to a value. A struct becomes a map, and `None` and `()` become null. An enum variant becomes its
/// name, or a map from its name to its contents.
///
/// # Errors
/// For integers beyond 64 bits, for bytes, and for maps with keys that are not strings.
pub fn to_value(value: impl Serialize) -> Result<Value, ParameterError> {
    value.serialize(ToValue)
}

fn wrong(expected: &str, found: impl fmt::Display) -> ParameterError {
    ParameterError::custom(format_args!("expected {expected}, found {found}"))
}

struct ToValue;

macro_rules! scalars {
    ($($method:ident($type:ty) $variant:ident;)*) => {$(
        fn $method(self, value: $type) -> Result<Value, ParameterError> {
            Ok(Value::$variant(value.into()))
        }
    )*};
}

macro_rules! wide {
    ($($method:ident($type:ty);)*) => {$(
        fn $method(self, value: $type) -> Result<Value, ParameterError> {
            i64::try_from(value)
                .map(Value::Integer)
                .map_err(|_| wrong("an INTEGER of 64 bits", value))
        }
    )*};
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = ParameterError;
    type SerializeSeq = ListBuilder;
    type SerializeTuple = ListBuilder;
    type SerializeTupleStruct = ListBuilder;
    type SerializeTupleVariant = ListBuilder;
    type SerializeMap = MapBuilder;
    type SerializeStruct = MapBuilder;
    type SerializeStructVariant = MapBuilder;

    scalars! {
        serialize_bool(bool) Boolean;
        serialize_i8(i8) Integer;
        serialize_i16(i16) Integer;
        serialize_i32(i32) Integer;
        serialize_i64(i64) Integer;
        serialize_u8(u8) Integer;
        serialize_u16(u16) Integer;
        serialize_u32(u32) Integer;
        serialize_f32(f32) Float;
        serialize_f64(f64) Float;
        serialize_str(&str) String;
    }

    wide! {
        serialize_u64(u64);
        serialize_i128(i128);
        serialize_u128(u128);
    }

    fn serialize_char(self, letter: char) -> Result<Value, ParameterError> {
        Ok(letter.to_string().into())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, ParameterError> {
        Err(wrong("a value", "bytes"))
    }

    fn serialize_none(self) -> Result<Value, ParameterError> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, ParameterError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, ParameterError> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, ParameterError> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, ParameterError> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, ParameterError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, ParameterError> {
        Ok(tagged(Some(variant), to_value(value)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<ListBuilder, ParameterError> {
        Ok(ListBuilder::new(None, length.unwrap_or(0)))
    }

    fn serialize_tuple(self, length: usize) -> Result<ListBuilder, ParameterError> {
        Ok(ListBuilder::new(None, length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<ListBuilder, ParameterError> {
        Ok(ListBuilder::new(None, length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<ListBuilder, ParameterError> {
        Ok(ListBuilder::new(Some(variant), length))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<MapBuilder, ParameterError> {
        Ok(MapBuilder::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<MapBuilder, ParameterError> {
        Ok(MapBuilder::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<MapBuilder, ParameterError> {
        Ok(MapBuilder {
            variant: Some(variant),
            ..MapBuilder::default()
        })
    }
}

/// The value, or a map from the name of the variant to the value.
fn tagged(variant: Option<&str>, value: Value) -> Value {
    match variant {
        Some(variant) => Value::map(Entries::from_iter([(variant.into(), value)])),
        None => value,
    }
}

struct ListBuilder {
    variant: Option<&'static str>,
    items: Vec<Value>,
}

impl ListBuilder {
    /// The length is only a hint from the caller, so the reserved capacity is bounded.
    fn new(variant: Option<&'static str>, length: usize) -> Self {
        Self {
            variant,
            items: Vec::with_capacity(length.min(4096)),
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), ParameterError> {
        self.items.push(to_value(item)?);
        Ok(())
    }

    fn finish(self) -> Result<Value, ParameterError> {
        Ok(tagged(self.variant, Value::list(self.items)))
    }
}

macro_rules! lists {
    ($($builder:ident::$method:ident;)*) => {$(
        impl $builder for ListBuilder {
            type Ok = Value;
            type Error = ParameterError;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), ParameterError> {
                self.push(item)
            }

            fn end(self) -> Result<Value, ParameterError> {
                self.finish()
            }
        }
    )*};
}

lists! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
}

#[derive(Default)]
struct MapBuilder {
    variant: Option<&'static str>,
    key: Option<Text>,
    entries: Entries,
}

impl MapBuilder {
    fn finish(self) -> Result<Value, ParameterError> {
        Ok(tagged(self.variant, Value::map(self.entries)))
    }
}

impl SerializeMap for MapBuilder {
    type Ok = Value;
    type Error = ParameterError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ParameterError> {
        match to_value(key)? {
            Value::String(key) => {
                self.key = Some(key);
                Ok(())
            }
            other if other.kind() == Kind::Null => Err(wrong("a STRING as a key", "null")),
            other => Err(wrong("a STRING as a key", other.kind())),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParameterError> {
        let key = self.key.take().ok_or_else(|| wrong("a key", "a value"))?;
        self.entries.insert(key, to_value(value)?);
        Ok(())
    }

    fn end(self) -> Result<Value, ParameterError> {
        self.finish()
    }
}

macro_rules! structs {
    ($($builder:ident;)*) => {$(
        impl $builder for MapBuilder {
            type Ok = Value;
            type Error = ParameterError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), ParameterError> {
                self.entries.insert(key.into(), to_value(value)?);
                Ok(())
            }

            fn end(self) -> Result<Value, ParameterError> {
                self.finish()
            }
        }
    )*};
}

structs! { SerializeStruct; SerializeStructVariant; }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Cell, Entities};

    fn shown(value: impl Serialize) -> String {
        to_value(value).map_or_else(
            |error| error.to_string(),
            |value| Cell::new(&value, &Entities::default()).to_string(),
        )
    }

    #[test]
    fn whatever_serde_knows_becomes_a_value() {
        #[derive(Serialize)]
        enum Shape {
            Point,
            Circle(f32),
            Box { wide: u8 },
        }
        assert_eq!(
            shown((1, "a", Some(true), None::<i64>)),
            "[1, 'a', true, null]"
        );
        assert_eq!(shown([Shape::Circle(0.5)]), "[{Circle: 0.5}]");
        assert_eq!(
            shown((Shape::Point, Shape::Box { wide: 2 })),
            "['Point', {Box: {wide: 2}}]"
        );
    }

    #[test]
    fn what_is_no_value_is_refused() {
        assert_eq!(
            shown(u64::MAX),
            "expected an INTEGER of 64 bits, found 18446744073709551615"
        );
        let keys = std::collections::BTreeMap::from([(1, 2)]);
        assert_eq!(shown(keys), "expected a STRING as a key, found INTEGER");
    }

    #[test]
    fn parameters_have_names() {
        assert_eq!(
            to_parameters([1]).unwrap_err().to_string(),
            "expected a MAP of parameters, found LIST"
        );
        assert!(to_parameters(()).unwrap().is_empty());
    }
}
