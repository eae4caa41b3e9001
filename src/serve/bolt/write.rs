//! Values of answers as PackStream.

use boltr::{packstream::encode as pack, types::tag};
use bytes::{BufMut as _, BytesMut};
use relata::{
    Node, Relationship, Value,
    answer::Entities,
    value::{DateTime, EdgeId, Entries, NodeId, Path, Point, Text},
};

/// Writes a value. Bolt has no decimals: they are written as strings.
pub(super) fn value(out: &mut BytesMut, value_: &Value, entities: &Entities) {
    match value_ {
        Value::Null => pack::encode_null(out),
        Value::Boolean(truth) => pack::encode_bool(out, *truth),
        Value::Integer(number) => pack::encode_int(out, *number),
        Value::Float(number) => pack::encode_float(out, *number),
        Value::Decimal(number) => pack::encode_string(out, &number.to_string()),
        Value::String(text) => pack::encode_string(out, text),
        Value::Bytes(bytes) => pack::encode_bytes(out, bytes),
        Value::List(items) => {
            list_header(out, items.len());
            items.iter().for_each(|item| value(out, item, entities));
        }
        Value::Map(map) => entries(out, map, entities),
        Value::Node(id) => node(out, entities.node(*id), entities),
        Value::Relationship(id) => relationship(out, entities.relationship(*id), entities),
        Value::Path(steps) => path(out, steps, entities),
        Value::Point(place) => point(out, place),
        Value::Date(date) => integers(out, tag::DATE, &[date.days]),
        Value::LocalTime(time) => integers(out, tag::LOCAL_TIME, &[signed(time.nanos)]),
        Value::Time(time) => {
            let parts = [signed(time.local.nanos), i64::from(time.offset)];
            integers(out, tag::TIME, &parts);
        }
        Value::LocalDateTime(local) => {
            let nanos = signed(local.time.nanos);
            let seconds = local.date.days * 86_400 + nanos / 1_000_000_000;
            integers(out, tag::LOCAL_DATE_TIME, &[seconds, nanos % 1_000_000_000]);
        }
        Value::DateTime(instant) => datetime(out, instant),
        Value::Duration(span) => {
            let parts = [span.months, span.days, span.seconds, i64::from(span.nanos)];
            integers(out, tag::DURATION, &parts);
        }
    }
}

/// Writes the header of a list.
pub(super) fn list_header(out: &mut BytesMut, length: usize) {
    header(out, length, 0x90, 0xD4);
}

/// Writes the header of a map.
pub(super) fn map_header(out: &mut BytesMut, length: usize) {
    header(out, length, 0xA0, 0xD8);
}

/// Writes the header of a collection: `tiny` is the marker of a short one, `small` that of one with a length of one byte.
fn header(out: &mut BytesMut, length: usize, tiny: u8, small: u8) {
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(length), _) if length < 16 => out.put_u8(tiny | length),
        (Ok(length), _) => out.put_slice(&[small, length]),
        (_, Ok(length)) => {
            out.put_u8(small + 1);
            out.put_u16(length);
        }
        _ => {
            out.put_u8(small + 2);
            out.put_u32(u32::try_from(length).expect("values have fewer elements"));
        }
    }
}

fn entries(out: &mut BytesMut, map: &Entries, entities: &Entities) {
    map_header(out, map.len());
    for (key, item) in map {
        pack::encode_string(out, key);
        value(out, item, entities);
    }
}

fn integers(out: &mut BytesMut, tag: u8, parts: &[i64]) {
    pack::encode_struct_header(out, tag, parts.len());
    parts.iter().for_each(|part| pack::encode_int(out, *part));
}

fn point(out: &mut BytesMut, place: &Point) {
    let coordinates = place.coordinates();
    let tag = match coordinates.len() {
        2 => tag::POINT_2D,
        _ => tag::POINT_3D,
    };
    pack::encode_struct_header(out, tag, 1 + coordinates.len());
    pack::encode_int(out, place.crs().srid());
    for coordinate in coordinates {
        pack::encode_float(out, *coordinate);
    }
}

fn datetime(out: &mut BytesMut, instant: &DateTime) {
    let (seconds, nanos) = instant.epoch();
    let Some(zone) = &instant.zone else {
        let parts = [seconds, nanos, i64::from(instant.offset)];
        return integers(out, tag::DATE_TIME, &parts);
    };
    pack::encode_struct_header(out, tag::DATE_TIME_ZONE_ID, 3);
    pack::encode_int(out, seconds);
    pack::encode_int(out, nanos);
    pack::encode_string(out, zone);
}

fn node(out: &mut BytesMut, node: &Node, entities: &Entities) {
    pack::encode_struct_header(out, tag::NODE, 4);
    pack::encode_int(out, i64::from(node.id.0));
    list_header(out, node.labels.len());
    for label in &node.labels {
        pack::encode_string(out, label);
    }
    entries(out, &node.properties, entities);
    pack::encode_string(out, &node_id(node.id));
}

fn relationship(out: &mut BytesMut, edge: &Relationship, entities: &Entities) {
    pack::encode_struct_header(out, tag::RELATIONSHIP, 8);
    for id in [edge.id.0, edge.start.0, edge.end.0] {
        pack::encode_int(out, i64::from(id));
    }
    pack::encode_string(out, &edge.kind);
    entries(out, &edge.properties, entities);
    pack::encode_string(out, &edge_id(edge.id));
    pack::encode_string(out, &node_id(edge.start));
    pack::encode_string(out, &node_id(edge.end));
}

fn path(out: &mut BytesMut, path: &Path, entities: &Entities) {
    let (nodes, edges) = (distinct(path.nodes()), distinct(path.relationships()));
    pack::encode_struct_header(out, tag::PATH, 3);
    list_header(out, nodes.len());
    for id in &nodes {
        node(out, entities.node(*id), entities);
    }
    list_header(out, edges.len());
    for id in &edges {
        let edge = entities.relationship(*id);
        pack::encode_struct_header(out, tag::UNBOUND_RELATIONSHIP, 4);
        pack::encode_int(out, i64::from(edge.id.0));
        pack::encode_string(out, &edge.kind);
        entries(out, &edge.properties, entities);
        pack::encode_string(out, &edge_id(edge.id));
    }
    list_header(out, 2 * path.relationships().len());
    for (steps, edge) in path.nodes().windows(2).zip(path.relationships()) {
        let number = position(&edges, edge) + 1;
        let forward = entities.relationship(*edge).start == steps[0];
        pack::encode_int(out, if forward { number } else { -number });
        pack::encode_int(out, position(&nodes, &steps[1]));
    }
}

/// The items without repetitions, in order.
fn distinct<T: Copy + PartialEq>(items: &[T]) -> Vec<T> {
    let mut found: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        if !found.contains(item) {
            found.push(*item);
        }
    }
    found
}

fn position<T: PartialEq>(items: &[T], item: &T) -> i64 {
    let found = items.iter().position(|other| other == item);
    found.map_or(0, |position| i64::try_from(position).unwrap_or(0))
}

fn node_id(id: NodeId) -> String {
    id.0.to_string()
}

fn edge_id(id: EdgeId) -> String {
    id.0.to_string()
}

fn signed(nanos: u64) -> i64 {
    i64::try_from(nanos).expect("a day has fewer nanoseconds")
}

/// A map of the protocol, whose entries are written one after the other.
#[derive(Debug, Default)]
pub(super) struct Dict(Vec<(Text, Item)>);

/// A value of a [`Dict`].
#[derive(Debug)]
pub(super) enum Item {
    /// A plain value.
    Value(Value),
    /// A list of maps.
    List(Vec<Dict>),
    /// A map.
    Dict(Dict),
}

impl Dict {
    /// Adds an entry.
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.push((key.into(), Item::Value(value.into())));
        self
    }

    /// Adds an entry if there is a value.
    pub(super) fn maybe(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds a map or a list of maps.
    pub(super) fn item(mut self, key: &str, item: Item) -> Self {
        self.0.push((key.into(), item));
        self
    }

    pub(super) fn write(&self, out: &mut BytesMut) {
        let entities = Entities::default();
        map_header(out, self.0.len());
        for (key, item) in &self.0 {
            pack::encode_string(out, key);
            match item {
                Item::Value(plain) => value(out, plain, &entities),
                Item::Dict(dict) => dict.write(out),
                Item::List(dicts) => {
                    list_header(out, dicts.len());
                    dicts.iter().for_each(|dict| dict.write(out));
                }
            }
        }
    }
}
