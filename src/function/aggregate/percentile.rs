//! `percentileCont` and `percentileDisc`.

use crate::{
    base::{Code, Fault},
    function::{
        aggregate::{Accumulator, add_count},
        argument::{out_of_range, unsuited},
    },
    value::{Value, cast::approximate, relation::order},
};

/// The numbers of a group with their multiplicities, and the requested percentile as a fraction.
pub(super) struct Percentile {
    runs: Vec<(Value, u64)>,
    count: u64,
    share: f64,
    interpolates: bool,
}

impl Percentile {
    pub(super) fn continuous() -> Self {
        Self {
            runs: Vec::new(),
            count: 0,
            share: 0.0,
            interpolates: true,
        }
    }

    pub(super) fn discrete() -> Self {
        Self {
            interpolates: false,
            ..Self::continuous()
        }
    }

    fn name(&self) -> &'static str {
        if self.interpolates {
            "percentileCont"
        } else {
            "percentileDisc"
        }
    }

    /// The number at an index of the sorted numbers; linear in the number of runs.
    fn at(&self, position: u64) -> &Value {
        let mut passed = 0;
        let run = self.runs.iter().find(|(_, times)| {
            passed += times;
            passed > position
        });
        run.map_or(&Value::Null, |(value, _)| value)
    }

    fn interpolated(&self) -> Value {
        let rank = self.share * (self.count - 1) as f64;
        let (below, above) = (self.at(rank.floor() as u64), self.at(rank.ceil() as u64));
        let (Some(below), Some(above)) = (approximate(below), approximate(above)) else {
            return Value::Null;
        };
        let fraction = rank.fract();
        // Without a fraction both neighbours are the same number, which may be infinite.
        Value::Float(if fraction == 0.0 {
            below
        } else {
            below * (1.0 - fraction) + above * fraction
        })
    }

    fn least(&self) -> Value {
        let rank = (self.share * self.count as f64).ceil() as u64;
        self.at(rank.clamp(1, self.count) - 1).clone()
    }
}

impl Accumulator for Percentile {
    const KEPT: u64 = size_of::<(Value, u64)>() as u64;

    fn step(&mut self, arguments: &[Value], multiplicity: u64) -> Result<(), Fault> {
        let share = share(self.name(), &arguments[1])?;
        match &arguments[0] {
            Value::Null => {}
            value @ (Value::Integer(_) | Value::Float(_) | Value::Decimal(_)) => {
                self.share = share;
                self.runs.push((value.clone(), multiplicity));
                self.count = add_count(self.count, multiplicity)?;
            }
            other => return Err(unsuited(self.name(), "a NUMBER", other)),
        }
        Ok(())
    }

    fn merge(&mut self, other: Self) -> Result<(), Fault> {
        if other.count > 0 {
            self.share = other.share;
            self.count = add_count(self.count, other.count)?;
            self.runs.extend(other.runs);
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Value, Fault> {
        if self.count == 0 {
            return Ok(Value::Null);
        }
        self.runs.sort_by(|(a, _), (b, _)| order(a, b));
        Ok(if self.interpolates {
            self.interpolated()
        } else {
            self.least()
        })
    }
}

fn share(function: &str, value: &Value) -> Result<f64, Fault> {
    let Some(share) = approximate(value) else {
        let message = format!(
            "`{function}` expects a NUMBER as the percentile, found {}",
            value.kind()
        );
        return Err(Fault::new(Code::InvalidArgument, message));
    };
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err(out_of_range(format!(
            "`{function}` expects a percentile from 0.0 to 1.0, found {share}"
        )))
    }
}
