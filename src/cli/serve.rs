//! `relata serve`: opens the graph, and serves it as the options say.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use crate::{
    cli::{
        arguments::{ChangeArguments, Listening, ServeArguments},
        open,
    },
    repl::error::ShellError,
    serve::{self, Options},
};

/// The time limit of a statement if no other is given.
const TIME: Duration = Duration::from_secs(120);

/// Serves a graph.
pub(super) fn serve(arguments: &ServeArguments) -> Result<(), ShellError> {
    let changes = ChangeArguments {
        read_only: !arguments.writable,
        no_journal: false,
    };
    let mut limits = arguments.limits.clone();
    limits.timeout = limits.timeout.or(Some(TIME));
    let database = open::open(&arguments.graph, changes, &limits)?;
    let accounts = arguments.auth.as_ref();
    let accounts = accounts.filter(|path| path.as_os_str() != "none");
    let tls = arguments.tls.as_ref();
    let stdio = arguments.mcp.is_some();
    let listening = |given: Option<Listening>, port| match given {
        Some(given) => given.0,
        None if stdio => None,
        None => Some(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)),
    };
    let options = Options {
        bolt: listening(arguments.bolt, 7687),
        http: listening(arguments.http, 7474),
        stdio,
        token: arguments.auth.is_none(),
        accounts: accounts.cloned(),
        tls: tls.map(|files| (files[0].clone(), files[1].clone())),
        writable: arguments.writable,
        transaction_timeout: arguments.transaction_timeout,
    };
    serve::serve(database, arguments.graph.name(), options)
}
