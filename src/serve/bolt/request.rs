//! What messages ask for: a database, the settings of a transaction, the table of servers.

use std::time::Duration;

use boltr::{
    message::ClientMessage,
    types::{BoltDict, BoltValue},
};
use relata::Limits;

use crate::serve::{
    bolt::{
        summary::Filter,
        write::{Dict, Item},
    },
    server::{DATABASE, check_database},
    status::Failure,
};

/// What a message says about a transaction.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) reads_only: bool,
    pub(super) limits: Limits,
    pub(super) filter: Filter,
}

impl Settings {
    /// Reads the settings. The limits and the filter are those of the connection, which a message can lower and change.
    pub(super) fn read(extra: &BoltDict, most: Limits, before: &Filter) -> Result<Self, Failure> {
        database(extra)?;
        let time = extra.get("tx_timeout").and_then(BoltValue::as_int);
        let time = time.and_then(|time| u64::try_from(time).ok());
        let limits = Limits {
            time: time.filter(|time| *time > 0).map(Duration::from_millis),
            ..Limits::default()
        };
        Ok(Self {
            reads_only: extra.get("mode").and_then(BoltValue::as_str) == Some("r"),
            limits: most.lower(limits),
            filter: filter(extra, before),
        })
    }
}

/// An error if the client asks for another database.
pub(super) fn database(extra: &BoltDict) -> Result<(), Failure> {
    match extra.get("db").and_then(BoltValue::as_str) {
        None | Some("") => Ok(()),
        Some(name) => check_database(name),
    }
}

/// Which warnings the client wants, with those it wanted before if the message says nothing.
pub(super) fn filter(extra: &BoltDict, before: &Filter) -> Filter {
    let minimum = extra.get("notifications_minimum_severity");
    let minimum = minimum.and_then(BoltValue::as_str).map(str::to_owned);
    let disabled = extra
        .get("notifications_disabled_categories")
        .or_else(|| extra.get("notifications_disabled_classifications"));
    let disabled = match disabled {
        Some(BoltValue::List(names)) => {
            let names = names.iter().filter_map(BoltValue::as_str);
            names.map(str::to_owned).collect()
        }
        _ => before.disabled.clone(),
    };
    Filter {
        minimum: minimum.or_else(|| before.minimum.clone()),
        disabled,
    }
}

/// The table of the only server: at the address that the client has used, else `here`.
pub(super) fn route(routing: &BoltDict, here: impl FnOnce() -> String) -> Dict {
    let address = routing.get("address").and_then(BoltValue::as_str);
    let address = address.map_or_else(here, str::to_owned);
    let servers = ["ROUTE", "READ", "WRITE"].map(|role| {
        Dict::default()
            .with("addresses", vec![address.clone()])
            .with("role", role)
    });
    let table = Dict::default()
        .with("ttl", 300)
        .with("db", DATABASE)
        .item("servers", Item::List(servers.into()));
    Dict::default().item("rt", Item::Dict(table))
}

/// The name of a message.
pub(super) fn name(message: &ClientMessage) -> &'static str {
    match message {
        ClientMessage::Hello { .. } => "HELLO",
        ClientMessage::Logon { .. } => "LOGON",
        ClientMessage::Logoff => "LOGOFF",
        ClientMessage::Goodbye => "GOODBYE",
        ClientMessage::Reset => "RESET",
        ClientMessage::Run { .. } => "RUN",
        ClientMessage::Pull { .. } => "PULL",
        ClientMessage::Discard { .. } => "DISCARD",
        ClientMessage::Begin { .. } => "BEGIN",
        ClientMessage::Commit => "COMMIT",
        ClientMessage::Rollback => "ROLLBACK",
        ClientMessage::Route { .. } => "ROUTE",
        ClientMessage::Telemetry { .. } => "TELEMETRY",
    }
}
