//! Functions of dates, times and durations.
//!
//! Each kind of instant has one family of rows: the constructor, the same on three clocks, and truncation. A
//! transaction's clock stands where that of its running statement does.

mod duration;
mod instant;

#[cfg(test)]
mod tests;

pub(super) use self::{
    duration::ROWS as DURATION,
    instant::{DATE, DATETIME, EPOCH, LOCAL_DATETIME, LOCAL_TIME, TIME},
};
