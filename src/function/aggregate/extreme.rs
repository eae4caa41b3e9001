//! `min` and `max`, in the order of `ORDER BY`.

use std::cmp::Ordering;

use crate::{
    base::Fault,
    function::{GroupedAccumulator, Meter},
    value::{Column, Text, Value, number::order_floats, relation::order},
};

/// The least or the greatest value per group; null before the first value.
pub(super) struct Extreme {
    best: Vec<Value>,
    /// The order of a better value to the best so far.
    wanted: Ordering,
}

impl Extreme {
    pub(super) fn new(wanted: Ordering) -> Self {
        Self {
            best: Vec::new(),
            wanted,
        }
    }

    /// Adds a value that is not null. `compare` compares it with a best value of its own type.
    fn add(
        &mut self,
        group: u32,
        value: impl Fn() -> Value,
        compare: impl Fn(&Value) -> Option<Ordering>,
    ) {
        let best = &mut self.best[group as usize];
        let better =
            best.is_null() || compare(best).unwrap_or_else(|| order(&value(), best)) == self.wanted;
        if better {
            *best = value();
        }
    }
}

impl GroupedAccumulator for Extreme {
    fn resize(&mut self, groups: usize) {
        self.best.resize(groups, Value::Null);
    }

    fn update(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        _multiplicities: Option<&[u64]>,
        _: &dyn Meter,
    ) -> Result<u64, Fault> {
        let rows = groups.iter().enumerate();
        match &arguments[0] {
            Column::Integers(values) => {
                for (group, value) in groups.iter().zip(values.iter()) {
                    let Some(value) = value else { continue };
                    self.add(
                        *group,
                        || Value::Integer(value),
                        |best| match best {
                            Value::Integer(best) => Some(value.cmp(best)),
                            _ => None,
                        },
                    );
                }
            }
            Column::Floats(values) => {
                for (group, value) in groups.iter().zip(values.iter()) {
                    let Some(value) = value else { continue };
                    self.add(
                        *group,
                        || Value::Float(value),
                        |best| match best {
                            Value::Float(best) => Some(order_floats(value, *best)),
                            _ => None,
                        },
                    );
                }
            }
            Column::Strings(codes, texts) => {
                for (group, code) in groups.iter().zip(codes.iter()) {
                    let Some(code) = code else { continue };
                    let text = texts.text(code);
                    self.add(
                        *group,
                        || Value::String(Text::clone(text)),
                        |best| match best {
                            Value::String(best) => Some(text.cmp(best)),
                            _ => None,
                        },
                    );
                }
            }
            column => {
                for (row, group) in rows {
                    let value = column.peek(row);
                    if !value.is_null() {
                        self.add(
                            *group,
                            || Value::clone(&value),
                            |best| Some(order(&value, best)),
                        );
                    }
                }
            }
        }
        Ok(0)
    }

    fn merge(
        &mut self,
        other: Box<dyn GroupedAccumulator>,
        groups: &[u32],
        meter: &dyn Meter,
    ) -> Result<u64, Fault> {
        let best = Column::values(other.known::<Self>().best);
        self.update(groups, &[best], None, meter)
    }

    fn finish(&mut self, _: &dyn Meter) -> Result<Column, Fault> {
        Ok(Column::of(std::mem::take(&mut self.best)))
    }

    fn bytes_per_group(&self) -> u64 {
        size_of::<Value>() as u64
    }
}
