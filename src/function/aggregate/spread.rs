//! `stDev`, `stDevP` and their GQL forms: the standard deviation in one pass, by Welford's algorithm.

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
    /// The result without degrees of freedom.
    without: Value,
    name: &'static str,
}

impl Spread {
    pub(super) fn sample() -> Self {
        Self {
            count: 0,
            mean: 0.0,
            squares: 0.0,
            less: 1,
            without: Value::Float(0.0),
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

    pub(super) fn sample_or_null() -> Self {
        Self {
            without: Value::Null,
            name: "stddev_samp",
            ..Self::sample()
        }
    }

    pub(super) fn population_or_null() -> Self {
        Self {
            less: 0,
            name: "stddev_pop",
            ..Self::sample_or_null()
        }
    }
}

impl Spread {
    /// Adds numbers with a mean and a sum of squared deviations from it, by the formula of Chan, Golub and LeVeque.
    fn add(&mut self, count: u64, mean: f64, squares: f64) -> Result<(), Fault> {
        let (before, added) = (self.count as f64, count as f64);
        self.count = add_count(self.count, count)?;
        let distance = mean - self.mean;
        self.mean += distance * added / (before + added);
        self.squares += squares + distance * distance * (before * added / (before + added));
        Ok(())
    }
}

impl Accumulator for Spread {
    fn step(&mut self, arguments: &[Value], multiplicity: u64) -> Result<(), Fault> {
        if arguments[0].is_null() || multiplicity == 0 {
            return Ok(());
        }
        let number = float(self.name, &arguments[0])?;
        self.add(multiplicity, number, 0.0)
    }

    fn merge(&mut self, other: Self) -> Result<(), Fault> {
        match other.count {
            0 => Ok(()),
            count => self.add(count, other.mean, other.squares),
        }
    }

    fn finish(&mut self) -> Result<Value, Fault> {
        let freedom = self.count.saturating_sub(self.less);
        if freedom == 0 {
            return Ok(self.without.clone());
        }
        Ok(Value::Float((self.squares / freedom as f64).sqrt()))
    }
}
