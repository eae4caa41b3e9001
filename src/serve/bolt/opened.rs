//! A result that a client has not read to its end.

use std::time::Instant;

use boltr::{message::sig, packstream::encode as pack};
use bytes::BytesMut;
use relata::{Answer, base::Source};

use crate::serve::bolt::{
    summary::{self, Filter},
    write::{self, Dict},
};

/// A result that a client has not read to its end.
pub(super) struct Opened {
    answer: Answer,
    statement: Source,
    /// The next row.
    next: usize,
    filter: Filter,
    ended: Instant,
}

impl Opened {
    pub(super) fn new(answer: Answer, statement: Source, filter: Filter) -> Self {
        Self {
            answer,
            statement,
            next: 0,
            filter,
            ended: Instant::now(),
        }
    }

    /// The names of the columns. A plan is in the summary, so that an explained statement has none.
    pub(super) fn fields(&self) -> Vec<&str> {
        match self.answer.plan() {
            Some(_) => Vec::new(),
            None => self.answer.columns().iter().map(|name| &**name).collect(),
        }
    }

    /// The number of rows that are left.
    pub(super) fn left(&self) -> usize {
        match self.answer.plan() {
            Some(_) => 0,
            None => self.answer.len() - self.next,
        }
    }

    /// Writes the next row as a message. Call it only if a row is left.
    pub(super) fn record(&mut self, out: &mut BytesMut) {
        pack::encode_struct_header(out, sig::RECORD, 1);
        let row = self.answer.row(self.next).expect("a row is left");
        write::list_header(out, row.values().len());
        for value in row.values() {
            write::value(out, value, self.answer.entities());
        }
        self.next += 1;
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) {
        self.next += rows;
    }

    /// The summary after the last row. `bookmark` is that of a statement outside of a transaction.
    pub(super) fn summary(&self, bookmark: Option<&str>, database: &str) -> Dict {
        let passed = i64::try_from(self.ended.elapsed().as_millis()).unwrap_or(i64::MAX);
        let dict = summary::of(&self.answer, &self.statement, &self.filter);
        dict.with("t_last", passed)
            .with("db", database)
            .maybe("bookmark", bookmark)
    }
}
