//! `sum` and `avg`: exact for integers, compensated for floats.

use crate::{
    base::{Code, Fault},
    function::{
        GroupedAccumulator, Meter, Parameter,
        aggregate::{add_count, multiplicity},
    },
    value::{
        Column, Kind, Type, Value,
        arith::{add, divide, multiply},
        decimal::{Decimal, to_float},
    },
};

/// The argument of `sum` and `avg`.
pub(super) const SUMMED: Parameter =
    Parameter::new("value", Type::NUMBER.or(Type::of(Kind::Duration)));

/// The result type of `avg`.
pub(super) const AVERAGE: Type = Type::FLOAT.or(Type::DECIMAL).or(Type::of(Kind::Duration));

/// The running sums of a group.
#[derive(Default)]
pub(super) struct Totals {
    /// The sum of the integers; wide enough for 2⁶⁴ of them.
    integers: i128,
    /// The sum of the floats.
    floats: Compensated,
    /// The sum of the decimals; `None` if there are none.
    decimals: Option<Decimal>,
    /// The sum of the scaled floats, for a mean whose sum overflows a float.
    small: Compensated,
    /// The sum of the durations; null if there are none.
    durations: Value,
    /// The number of floats.
    float_count: u64,
    /// The number of numbers or durations.
    count: u64,
}

/// Scales floats so that the sum of 2⁶⁴ of the largest does not overflow.
const SCALE: f64 = 1.0 / (1_u128 << 65) as f64;

impl Totals {
    fn add(&mut self, function: &str, value: &Value, times: u64) -> Result<(), Fault> {
        match value {
            Value::Null => Ok(()),
            Value::Integer(integer) => self.add_integer(function, *integer, times),
            Value::Float(float) => self.add_float(function, *float, times),
            Value::Duration(_) => self.add_duration(function, value, times),
            Value::Decimal(decimal) => self.add_decimal(function, *decimal, times),
            other => Err(unsuited(function, other)),
        }
    }

    fn add_integer(&mut self, function: &str, integer: i64, times: u64) -> Result<(), Fault> {
        let product = i128::from(integer) * i128::from(times);
        self.integers = self.integers.checked_add(product).ok_or_else(too_large)?;
        self.add_number(function, times)
    }

    fn add_float(&mut self, function: &str, float: f64, times: u64) -> Result<(), Fault> {
        self.floats.add(float, times);
        self.small.add(float * SCALE, times);
        self.float_count = add_count(self.float_count, times)?;
        self.add_number(function, times)
    }

    fn add_decimal(&mut self, function: &str, value: Decimal, times: u64) -> Result<(), Fault> {
        let product = value.checked_mul(Decimal::from(times));
        self.add_to_decimals(product.ok_or_else(too_many_digits)?)?;
        self.add_number(function, times)
    }

    fn add_to_decimals(&mut self, more: Decimal) -> Result<(), Fault> {
        let sum = more.checked_add(self.decimals.unwrap_or_default());
        self.decimals = Some(sum.ok_or_else(too_many_digits)?);
        Ok(())
    }

    /// The sum of the integers and the decimals; `None` without decimals.
    fn exact(&self) -> Result<Option<Decimal>, Fault> {
        let Some(decimals) = self.decimals else {
            return Ok(None);
        };
        let integers = Decimal::try_from_i128_with_scale(self.integers, 0).ok();
        let sum = integers.and_then(|integers| integers.checked_add(decimals));
        sum.map(Some).ok_or_else(too_many_digits)
    }

    fn add_number(&mut self, function: &str, times: u64) -> Result<(), Fault> {
        if !self.durations.is_null() {
            return Err(mixed(function));
        }
        self.count = add_count(self.count, times)?;
        Ok(())
    }

    fn add_duration(&mut self, function: &str, value: &Value, count: u64) -> Result<(), Fault> {
        if self.count > 0 && self.durations.is_null() {
            return Err(mixed(function));
        }
        let times = Value::Integer(i64::try_from(count).map_err(|_| too_large())?);
        let product = multiply(value, &times)?;
        self.durations = if self.durations.is_null() {
            product
        } else {
            add(&self.durations, &product)?
        };
        self.count = add_count(self.count, count)?;
        Ok(())
    }

    /// Adds the sums of other rows.
    fn merge(&mut self, function: &str, other: &Self) -> Result<(), Fault> {
        if !other.durations.is_null() {
            self.add_duration(function, &other.durations, 1)?;
            self.count = add_count(self.count, other.count - 1)?;
            return Ok(());
        }
        if other.count == 0 {
            return Ok(());
        }
        let integers = self.integers.checked_add(other.integers);
        self.integers = integers.ok_or_else(too_large)?;
        if let Some(decimals) = other.decimals {
            self.add_to_decimals(decimals)?;
        }
        self.floats.merge(&other.floats);
        self.small.merge(&other.small);
        self.float_count = add_count(self.float_count, other.float_count)?;
        self.add_number(function, other.count)
    }

    fn sum(&self) -> Result<Value, Fault> {
        if !self.durations.is_null() {
            return Ok(self.durations.clone());
        }
        if self.float_count > 0 {
            let decimals = self.decimals.map_or(0.0, to_float);
            return Ok(Value::Float(
                self.floats.total() + self.integers as f64 + decimals,
            ));
        }
        if let Some(sum) = self.exact()? {
            return Ok(Value::Decimal(sum));
        }
        i64::try_from(self.integers)
            .map(Value::Integer)
            .map_err(|_| too_large())
    }

    fn mean(&self) -> Result<Value, Fault> {
        if self.count == 0 {
            return Ok(Value::Null);
        }
        if !self.durations.is_null() {
            let count = Value::Integer(i64::try_from(self.count).map_err(|_| too_large())?);
            return divide(&self.durations, &count);
        }
        if self.float_count == 0
            && let Some(sum) = self.exact()?
        {
            return divide(&Value::Decimal(sum), &Value::Decimal(self.count.into()));
        }
        Ok(Value::Float(self.mean_of_numbers()))
    }

    fn mean_of_numbers(&self) -> f64 {
        let count = self.count as f64;
        let floats = match self.floats.total() {
            // Either a float is infinite, or the sum overflows; the scaled sum gives the mean in both cases.
            total if total.is_infinite() => self.small.total() / count / SCALE,
            total => total / count,
        };
        let whole = self.integers / i128::from(self.count);
        let rest = self.integers % i128::from(self.count);
        let decimals = self.decimals.map_or(0.0, to_float) / count;
        floats + whole as f64 + rest as f64 / count + decimals
    }
}

/// A sum of floats that compensates rounding errors, by Neumaier's algorithm.
#[derive(Default)]
struct Compensated {
    sum: f64,
    lost: f64,
}

impl Compensated {
    fn add(&mut self, float: f64, times: u64) {
        if times == 1 {
            return self.push(float);
        }
        // The product rounds once; its rounding error is added too.
        let factor = times as f64;
        let product = float * factor;
        let loss = float.mul_add(factor, -product);
        self.push(product);
        if loss.is_finite() {
            self.push(loss);
        }
    }

    fn push(&mut self, float: f64) {
        let sum = self.sum + float;
        self.lost += if self.sum.abs() >= float.abs() {
            (self.sum - sum) + float
        } else {
            (float - sum) + self.sum
        };
        self.sum = sum;
    }

    fn merge(&mut self, other: &Self) {
        self.push(other.sum);
        // After an overflow, what is lost is of no use.
        if other.lost.is_finite() {
            self.push(other.lost);
        }
    }

    fn total(&self) -> f64 {
        // After an overflow, `lost` is infinite or NaN and must not be added.
        if self.lost.is_finite() {
            self.sum + self.lost
        } else {
            self.sum
        }
    }
}

/// The running sums of all groups.
pub(super) struct Sums {
    totals: Vec<Totals>,
    function: &'static str,
    finish: fn(&Totals) -> Result<Value, Fault>,
}

impl Sums {
    pub(super) fn sum() -> Self {
        Self {
            totals: Vec::new(),
            function: "sum",
            finish: Totals::sum,
        }
    }

    pub(super) fn average() -> Self {
        Self {
            totals: Vec::new(),
            function: "avg",
            finish: Totals::mean,
        }
    }
}

impl GroupedAccumulator for Sums {
    fn resize(&mut self, groups: usize) {
        self.totals.resize_with(groups, Totals::default);
    }

    fn update(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        multiplicities: Option<&[u64]>,
        _: &dyn Meter,
    ) -> Result<u64, Fault> {
        let Self {
            totals, function, ..
        } = self;
        let rows = groups.iter().map(|group| *group as usize).enumerate();
        let times = |row| multiplicity(multiplicities, row);
        match &arguments[0] {
            Column::Integers(values) => {
                for (row, group) in rows {
                    if let Some(value) = values.get(row) {
                        totals[group].add_integer(function, value, times(row))?;
                    }
                }
            }
            Column::Floats(values) => {
                for (row, group) in rows {
                    if let Some(value) = values.get(row) {
                        totals[group].add_float(function, value, times(row))?;
                    }
                }
            }
            column => {
                for (row, group) in rows {
                    totals[group].add(function, &column.peek(row), times(row))?;
                }
            }
        }
        Ok(0)
    }

    fn merge(
        &mut self,
        other: Box<dyn GroupedAccumulator>,
        groups: &[u32],
        _: &dyn Meter,
    ) -> Result<u64, Fault> {
        for (more, group) in other.known::<Self>().totals.iter().zip(groups) {
            self.totals[*group as usize].merge(self.function, more)?;
        }
        Ok(0)
    }

    fn finish(&mut self, _: &dyn Meter) -> Result<Column, Fault> {
        let values = self.totals.iter().map(self.finish);
        values.collect::<Result<_, _>>().map(Column::of)
    }

    fn bytes_per_group(&self) -> u64 {
        size_of::<Totals>() as u64
    }
}

fn too_large() -> Fault {
    Fault::new(
        Code::NumericOverflow,
        "the sum exceeds the 64 bits of an INTEGER",
    )
    .help("use a FLOAT, such as `sum(1.0 * x)`, if an approximate result is enough")
}

fn too_many_digits() -> Fault {
    let message = "the sum exceeds the 28 digits of a DECIMAL";
    Fault::new(Code::NumericOverflow, message)
}

fn unsuited(function: &str, found: &Value) -> Fault {
    Fault::new(
        Code::InvalidArgumentTypeAtRuntime,
        format!(
            "`{function}` expects NUMBER or DURATION, found {}",
            found.kind()
        ),
    )
}

fn mixed(function: &str) -> Fault {
    Fault::new(
        Code::InvalidArgumentTypeAtRuntime,
        format!("`{function}` expects only NUMBER or only DURATION values, found both"),
    )
}
