//! Functions of dates, times and durations.
//!
//! Each type of instant has one family of functions: the constructor, the current time from three clocks, and
//! truncation. The clock of a transaction gives the time of the running statement.

mod duration;
mod gql;
mod instant;

#[cfg(test)]
mod tests;

pub(super) use self::{
    duration::ROWS as DURATION,
    gql::ROWS as GQL,
    instant::{DATE, DATETIME, EPOCH, LOCAL_DATETIME, LOCAL_TIME, TIME},
};
