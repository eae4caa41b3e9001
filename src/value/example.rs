//! A sample value of each type, which analysis uses to try an operation before any value is known.

use std::sync::Arc;

use crate::value::{EdgeId, Entries, Kind, NodeId, Path, Point, Value};

impl Value {
    /// A sample value of type `kind`.
    ///
    /// # Panics
    /// Never: the literals are valid.
    #[must_use]
    pub(crate) fn example(kind: Kind) -> Self {
        const WELL_FORMED: &str = "the text is well formed";
        match kind {
            Kind::Null => Self::Null,
            Kind::Boolean => Self::Boolean(true),
            Kind::Integer => Self::Integer(1),
            Kind::Float => Self::Float(1.0),
            Kind::String => "a".into(),
            Kind::List => Self::list(Vec::new()),
            Kind::Map => Self::map(Entries::default()),
            Kind::Node => Self::Node(NodeId(0)),
            Kind::Relationship => Self::Relationship(EdgeId(0)),
            Kind::Path => Self::Path(Arc::new(Path::new(NodeId(0)))),
            Kind::Date => Self::Date("2020-02-19".parse().expect(WELL_FORMED)),
            Kind::LocalTime => Self::LocalTime("12:00".parse().expect(WELL_FORMED)),
            Kind::Time => Self::Time("12:00Z".parse().expect(WELL_FORMED)),
            Kind::LocalDateTime => {
                Self::LocalDateTime("2020-02-19T12:00".parse().expect(WELL_FORMED))
            }
            Kind::DateTime => {
                Self::DateTime(Arc::new("2020-02-19T12:00Z".parse().expect(WELL_FORMED)))
            }
            Kind::Decimal => Self::Decimal(crate::value::Decimal::ONE),
            Kind::Bytes => Self::Bytes([1][..].into()),
            Kind::Point => "{x: 1, y: 2}".parse::<Point>().expect(WELL_FORMED).into(),
            Kind::Duration => Self::Duration(Arc::new("P1D".parse().expect(WELL_FORMED))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_of_its_kind() {
        for kind in Kind::ALL {
            assert_eq!(Value::example(kind).kind(), kind);
        }
    }
}
