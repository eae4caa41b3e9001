//! `relata serve`: a graph for programs that speak Bolt or HTTP, and for agents.
//!
//! `server` holds what all listeners share, and the connection of a client; `bolt`, `http` and `mcp` are the protocols; `auth`,
//! `origin` and `tls` say who may connect, `status` names errors as Neo4j does, `schema` writes schemas. Everything stands on
//! the public API of the library.

mod auth;
mod bolt;
mod http;
mod mcp;
mod origin;
mod schema;
mod server;
mod status;
mod tls;
mod wire;

use std::{
    io::{self, Write as _},
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use relata::Database;
use tokio::{
    net::TcpListener,
    runtime::Builder,
    sync::{mpsc, watch},
    time::timeout,
};

use self::{
    auth::{Accounts, Auth},
    server::{Server, Setup, THREADS},
};
use crate::repl::error::ShellError;

/// How long running statements may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

/// The stack of a thread: values and statements nest.
const STACK: usize = 8 << 20;

/// How a graph is served.
#[derive(Debug)]
pub(crate) struct Options {
    /// The address of Bolt.
    pub(crate) bolt: Option<SocketAddr>,
    /// The address of HTTP.
    pub(crate) http: Option<SocketAddr>,
    /// Whether HTTP demands a token from those who have no password.
    pub(crate) token: bool,
    /// The file of accounts; `None` if everybody on this machine may connect.
    pub(crate) accounts: Option<PathBuf>,
    /// The certificate and the key.
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    /// Whether an agent is served over standard input and output.
    pub(crate) stdio: bool,
    pub(crate) writable: bool,
    pub(crate) transaction_timeout: Duration,
}

/// Serves a graph until a signal stops the process.
pub(crate) fn serve(database: Database, name: String, options: Options) -> Result<(), ShellError> {
    let accounts = match &options.accounts {
        None => Accounts::Anybody,
        Some(path) => Accounts::read(path)
            .map_err(|problem| ShellError::usage(format!("{}: {problem}", path.display())))?,
    };
    guarded(&options)?;
    let setup = Setup {
        name,
        auth: Auth::new(accounts, options.token.then(auth::token)),
        writable: options.writable,
        transaction_timeout: options.transaction_timeout,
    };
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(THREADS)
        .thread_stack_size(STACK)
        .build()
        .map_err(ShellError::Output)?;
    let outcome = runtime.block_on(listen(database, setup, &options));
    // A statement that does not end in time is left behind.
    runtime.shutdown_background();
    outcome
}

/// An error if others than this machine could connect without a password.
fn guarded(options: &Options) -> Result<(), ShellError> {
    let mut addresses = [options.bolt, options.http].into_iter().flatten();
    let open = addresses.find(|address| !address.ip().is_loopback());
    match open {
        Some(address) if options.accounts.is_none() => Err(ShellError::Usage(
            format!("{address} can be reached from other machines, so a password is needed"),
            Some("give a file with lines `name:password`: `--auth FILE`".into()),
        )),
        _ => Ok(()),
    }
}

/// Listens until a signal comes, then waits for what is running.
async fn listen(database: Database, setup: Setup, options: &Options) -> Result<(), ShellError> {
    let tls = options.tls.as_ref();
    let tls = tls.map(|(certificate, key)| tls::acceptor(certificate, key));
    let tls = tls.transpose().map_err(ShellError::usage)?;
    let (stop, stopping) = watch::channel(false);
    let (alive, mut ended) = mpsc::channel(1);
    let server = Arc::new(Server::new(database, setup, stopping, alive));
    // Standard output belongs to the agent, if there is one.
    let mut out: Box<dyn io::Write + Send> = match options.stdio {
        true => Box::new(io::stderr()),
        false => Box::new(io::stdout()),
    };
    if let Some(address) = options.bolt {
        let listener = bind(address).await?;
        let scheme = if tls.is_some() { "bolt+s" } else { "bolt" };
        let address = listener.local_addr().map_err(ShellError::Output)?;
        writeln!(out, "Bolt  {scheme}://{address}").map_err(ShellError::Output)?;
        tokio::spawn(bolt::serve(listener, tls.clone(), Arc::clone(&server)));
    }
    if let Some(address) = options.http {
        let listener = bind(address).await?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let address = listener.local_addr().map_err(ShellError::Output)?;
        http::serve(listener, tls.clone(), Arc::clone(&server)).map_err(ShellError::Output)?;
        writeln!(out, "HTTP  {scheme}://{address}").map_err(ShellError::Output)?;
        writeln!(out, "MCP   {scheme}://{address}/mcp").map_err(ShellError::Output)?;
        if let Some(token) = &server.auth.token {
            writeln!(out, "token {token}").map_err(ShellError::Output)?;
        }
    }
    let mode = match server.writable {
        true => "statements may change the graph",
        false => "read-only",
    };
    writeln!(out, "serving {} ({mode}); stop with Ctrl-C", server.name)
        .map_err(ShellError::Output)?;
    out.flush().map_err(ShellError::Output)?;
    if options.stdio {
        tokio::select! {
            ended = mcp::serve_stdio(Arc::clone(&server)) => ended.map_err(ShellError::Output)?,
            () = signalled() => {}
        }
    } else {
        signalled().await;
    }
    // Nobody reads it if no listener is left.
    let _ = stop.send(true);
    drop(server);
    let _ = timeout(GRACE, ended.recv()).await;
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener, ShellError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| ShellError::File(address.to_string(), error))
}

/// Completes when Ctrl-C or the signal to end comes.
async fn signalled() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
