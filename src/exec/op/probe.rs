//! The values of an index lookup, row by row, and the entities that have them: shared by both index seeks.

use std::ops::Bound;

use crate::{
    base::{At, Fault, Meter},
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure},
        eval::{eval, key_of},
    },
    graph::{Part, Sought},
    plan::{Expr, Lookup, Probe},
    value::{Column, KeyId, Value, expected, relation, text},
};

/// The work of comparing an entity that a scan visits, in bytes.
pub(super) const SCANNED: usize = 16;

/// Adds the entities of `all` that fit to `found`. Linear; the work is reported chunk by chunk, so that limits hold.
pub(super) fn scan<T>(
    all: impl Iterator<Item = T>,
    fits: impl Fn(&T) -> bool,
    meter: &impl Meter,
    found: &mut Vec<T>,
) -> Result<(), Fault> {
    let mut all = all;
    loop {
        let mut visited = 0;
        let part = all.by_ref().take(CAPACITY).inspect(|_| visited += 1);
        found.extend(part.filter(&fits));
        if visited == 0 {
            return Ok(());
        }
        meter.worked(visited * SCANNED)?;
    }
}

/// The values of a probe for the rows of a chunk.
pub(crate) struct Values<'p> {
    probe: &'p Probe,
    /// The values of the known keys, then those of the lookup.
    columns: Vec<Column>,
    /// Whether a value could not be computed, so that all entities are found: see [`Probe::may_fail`].
    pub(crate) all: bool,
}

/// What a row looks up.
pub(crate) struct Wanted {
    /// The keys; empty if the graph lacks one of them.
    pub(crate) keys: Vec<KeyId>,
    /// The values of all keys but the last.
    pub(crate) known: Vec<Value>,
    /// The values of the last key.
    pub(crate) last: Last,
}

/// What is wanted of the last key.
pub(crate) enum Last {
    /// No value is like that.
    Nothing,
    Equal(Value),
    /// The elements of a list.
    In(Vec<Value>),
    Range(Bound<Value>, Bound<Value>),
    Prefix(Value),
    Suffix(Value),
    Part(Value),
    /// Anything: the values could not be computed.
    All,
}

impl<'p> Values<'p> {
    pub(crate) fn new(probe: &'p Probe) -> Self {
        Self {
            probe,
            columns: Vec::new(),
            all: false,
        }
    }

    /// Computes the values for the rows of a chunk.
    pub(crate) fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        let exprs = self.probe.expressions().into_iter();
        let columns: Result<Vec<_>, _> = exprs.map(|expr| eval(expr, chunk, cx)).collect();
        self.all = self.probe.may_fail() && columns.is_err();
        self.columns = if self.all { Vec::new() } else { columns? };
        Ok(())
    }

    /// What a row looks up.
    pub(crate) fn wanted(&self, row: usize, cx: &Context<'_>) -> Result<Wanted, Failure> {
        let probe = self.probe;
        let keys = probe.known.iter().map(|(key, _)| key).chain([&probe.key]);
        let keys: Vec<_> = keys.map(|key| key_of(key, cx)).collect();
        if self.all {
            let (known, last) = (Vec::new(), Last::All);
            return Ok(Wanted { keys, known, last });
        }
        let mut values = self.columns.iter().map(|column| column.value(row));
        let known: Vec<_> = values.by_ref().take(probe.known.len()).collect();
        let unknown = known.iter().any(Value::is_null);
        let lacking = keys.iter().any(|key| key.is_none());
        let last = if unknown || lacking {
            Last::Nothing
        } else {
            last(&probe.lookup, values)?
        };
        Ok(Wanted { keys, known, last })
    }
}

fn last(lookup: &Lookup, mut values: impl Iterator<Item = Value>) -> Result<Last, Failure> {
    let mut value = || values.next().unwrap_or_default();
    Ok(match lookup {
        Lookup::Equal(_) => match value() {
            Value::Null => Last::Nothing,
            value => Last::Equal(value),
        },
        Lookup::In(list) => elements(value()).at(list.span)?,
        Lookup::Range { lower, upper } => {
            let low = lower.as_ref().map(|bound| (value(), bound));
            let high = upper.as_ref().map(|bound| (value(), bound));
            let is_null = |end: &Option<(Value, &(Expr, bool))>| {
                end.as_ref().is_some_and(|(value, _)| value.is_null())
            };
            if is_null(&low) || is_null(&high) {
                Last::Nothing
            } else {
                Last::Range(bound(low), bound(high))
            }
        }
        Lookup::Prefix(_) => Last::Prefix(value()),
        Lookup::Suffix(_) => Last::Suffix(value()),
        Lookup::Part(_) => Last::Part(value()),
    })
}

fn bound(end: Option<(Value, &(Expr, bool))>) -> Bound<Value> {
    match end {
        None => Bound::Unbounded,
        Some((value, (_, true))) => Bound::Included(value),
        Some((value, (_, false))) => Bound::Excluded(value),
    }
}

fn elements(list: Value) -> Result<Last, Fault> {
    match list {
        Value::Null => Ok(Last::Nothing),
        Value::List(items) => Ok(Last::In(items.to_vec())),
        other => Err(expected("LIST", &other)),
    }
}

impl Last {
    /// The value as an ordered index seeks it; `None` if an ordered index does not have it.
    pub(crate) fn sought(&self) -> Option<Sought<'_>> {
        Some(match self {
            Self::Equal(value) => Sought::Equal(value),
            Self::Range(lower, upper) => Sought::Between(lower.as_ref(), upper.as_ref()),
            Self::Prefix(Value::String(prefix)) => Sought::Prefix(prefix),
            Self::Nothing
            | Self::In(_)
            | Self::Prefix(_)
            | Self::Suffix(_)
            | Self::Part(_)
            | Self::All => return None,
        })
    }

    /// What a text index can find.
    pub(crate) fn part(&self) -> Option<(Part, &str)> {
        match self {
            Self::Prefix(Value::String(text)) => Some((Part::Start, text)),
            Self::Suffix(Value::String(text)) => Some((Part::End, text)),
            Self::Part(Value::String(text)) => Some((Part::Inside, text)),
            _ => None,
        }
    }

    /// Whether a value is wanted.
    pub(crate) fn fits(&self, own: &Value) -> bool {
        let fits = match self {
            Self::Nothing => Some(false),
            Self::All => Some(true),
            Self::Equal(value) => relation::equal(own, value),
            Self::In(values) => {
                let mut values = values.iter();
                Some(values.any(|value| relation::equal(own, value) == Some(true)))
            }
            Self::Range(lower, upper) => {
                let above = match lower {
                    Bound::Unbounded => Some(true),
                    Bound::Included(value) => relation::greater_or_equal(own, value),
                    Bound::Excluded(value) => relation::greater(own, value),
                };
                let below = match upper {
                    Bound::Unbounded => Some(true),
                    Bound::Included(value) => relation::less_or_equal(own, value),
                    Bound::Excluded(value) => relation::less(own, value),
                };
                Some(above == Some(true) && below == Some(true))
            }
            Self::Prefix(prefix) => text::starts_with(own, prefix),
            Self::Suffix(suffix) => text::ends_with(own, suffix),
            Self::Part(part) => text::contains(own, part),
        };
        fits == Some(true)
    }
}

impl Wanted {
    /// Whether an entity with these properties is wanted.
    pub(crate) fn fits(&self, property: impl Fn(KeyId) -> Value) -> bool {
        let Some((last, before)) = self.keys.split_last() else {
            return false;
        };
        let mut known = before.iter().zip(&self.known);
        let same =
            |(key, value): (&KeyId, &Value)| relation::equal(&property(*key), value) == Some(true);
        known.all(same) && self.last.fits(&property(*last))
    }
}
