//! `stDev` and `stDevP`: the standard deviation in one pass, by Welford's algorithm.

use crate::{
    base::Fault,
    function::{
        aggregate::{Accumulator, add_count},
        argument::float,
    },
    value::Value,
};

/// The running mean and the sum of squared deviations from it.
pub(super) struct Spread {
    count: u64,
    mean: f64,
    squares: f64,
    /// Subtracted from the count to give the degrees of freedom: 1 for a sample.
    less: u64,
    name: &'static str,
}

impl Spread {
    pub(super) fn sample() -> Self {
        Self {
            count: 0,
            mean: 0.0,
            squares: 0.0,
            less: 1,
            name: "stDev",
        }
    }

    pub(super) fn population() -> Self {
        Self {
            less: 0,
            name: "stDevP",
            ..Self::sample()
        }
    }
}

impl Accumulator for Spread {
    fn step(&mut self, arguments: &[Value], multiplicity: u64) -> Result<(), Fault> {
        if arguments[0].is_null() || multiplicity == 0 {
            return Ok(());
        }
        let number = float(self.name, &arguments[0])?;
        let (before, added) = (self.count as f64, multiplicity as f64);
        self.count = add_count(self.count, multiplicity)?;
        let distance = number - self.mean;
        self.mean += distance * added / (before + added);
        self.squares += distance * distance * (before * added / (before + added));
        Ok(())
    }

    fn finish(&mut self) -> Result<Value, Fault> {
        let freedom = self.count.saturating_sub(self.less);
        let variance = if freedom == 0 {
            0.0
        } else {
            self.squares / freedom as f64
        };
        Ok(Value::Float(variance.sqrt()))
    }
}
