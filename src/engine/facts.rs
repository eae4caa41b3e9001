//! What the engine tells of itself: settings, transactions, databases, procedures.

use std::{path::PathBuf, sync::Arc, time};

use crate::{
    base::{Fault, Source, Span, Status, Stop},
    engine::{
        Limits,
        environment::{Instant, nanos_between},
        files,
    },
    function::{Loaded, Procedures, Shown, State},
    value::{
        Duration, Value, cast,
        temporal::{self, Zone},
    },
};

/// The name of the one database.
const NAME: &str = "relata";

const NANOS: u64 = 1_000_000_000;

/// The state of the engine when a statement starts.
pub(super) struct Facts {
    pub(super) procedures: Arc<Procedures>,
    pub(super) limits: Limits,
    /// The statement, as a part of a text.
    pub(super) statement: (Arc<Source>, Span),
    pub(super) transaction: Running,
    /// The statuses of the statement before.
    pub(super) statuses: Arc<Vec<Status>>,
    /// The time zone of the session.
    pub(super) zone: Zone,
    pub(super) start: Instant,
    /// The folders below which statements may read files.
    pub(super) allowed: Arc<[PathBuf]>,
    /// Tells whether to end the reading of a file.
    pub(super) stop: Stop,
}

/// The transaction of the statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Running {
    /// Its number among the transactions of the database.
    pub(super) number: u64,
    /// When it began; `None` if it consists of the statement.
    pub(super) begun: Option<Instant>,
    /// Whether it may only read.
    pub(super) reads_only: bool,
}

impl State for Facts {
    fn rows(&self, of: Shown) -> Vec<Vec<Value>> {
        match of {
            Shown::Settings => self.settings(),
            Shown::Transactions => vec![self.transaction()],
            Shown::Databases => vec![database()],
            Shown::Procedures => procedures(&self.procedures),
            Shown::Indexes | Shown::Constraints | Shown::Functions => Vec::new(),
        }
    }

    fn zone(&self) -> &Zone {
        &self.zone
    }

    fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    fn load(&self, kind: Loaded, path: &str, options: &Value) -> Result<Vec<Vec<Value>>, Fault> {
        files::load(&self.allowed, &self.stop, kind, path, options)
    }
}

impl Facts {
    fn settings(&self) -> Vec<Vec<Value>> {
        let number = |limit: Option<u64>| limit.map_or("none".to_owned(), |most| most.to_string());
        let seconds = |limit: Option<time::Duration>| {
            limit.map_or("none".to_owned(), |most| format!("{}s", most.as_secs_f64()))
        };
        let limits = &self.limits;
        let setting = |name: &str, value: String, doc: &str| {
            vec![
                name.into(),
                value.into(),
                true.into(),
                "none".into(),
                doc.into(),
            ]
        };
        vec![
            setting(
                "limits.memory",
                number(limits.memory),
                "The maximum number of bytes that a statement takes.",
            ),
            setting(
                "limits.path_length",
                number(limits.path_length),
                "The maximum number of relationships of a path of a variable-length pattern.",
            ),
            setting(
                "limits.rows",
                number(limits.rows),
                "The maximum number of rows of an answer.",
            ),
            setting(
                "limits.time",
                seconds(limits.time),
                "The maximum time of a statement.",
            ),
        ]
    }

    fn transaction(&self) -> Vec<Value> {
        let begun = self.transaction.begun.unwrap_or(self.start);
        let (source, span) = &self.statement;
        let elapsed = nanos_between(begun, self.start);
        let elapsed = Duration {
            seconds: (elapsed / NANOS).cast_signed(),
            nanos: (elapsed % NANOS) as u32,
            ..Duration::default()
        };
        let mode = if self.transaction.reads_only {
            "READ"
        } else {
            "WRITE"
        };
        vec![
            NAME.into(),
            format!("{NAME}-transaction-{}", self.transaction.number).into(),
            source.slice(*span).into(),
            temporal::from_epoch(begun.0, begun.1.into()).map_or(Value::Null, |instant| {
                cast::text_of(&instant).map_or(Value::Null, |text| Value::from(&*text))
            }),
            "Running".into(),
            Value::Duration(Arc::new(elapsed)),
            mode.into(),
        ]
    }
}

fn database() -> Vec<Value> {
    vec![
        NAME.into(),
        "standard".into(),
        Value::list(Vec::new()),
        "read-write".into(),
        "online".into(),
        "online".into(),
        "".into(),
        true.into(),
        true.into(),
    ]
}

fn procedures(known: &Procedures) -> Vec<Vec<Value>> {
    let mut known: Vec<_> = known.iter().collect();
    known.sort_by_key(|procedure| procedure.name.to_lowercase());
    let row = |procedure: &Arc<crate::function::Procedure>| {
        vec![
            Value::String(procedure.name.clone()),
            Value::String(procedure.doc.clone()),
            "READ".into(),
            false.into(),
            procedure.signature().to_string().into(),
        ]
    };
    known.into_iter().map(row).collect()
}
