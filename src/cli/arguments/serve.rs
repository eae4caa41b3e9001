//! The options of `relata serve`.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use clap::{Args, ValueHint};

use crate::{
    cli::arguments::{GraphArguments, LimitArguments},
    repl::unit::duration,
};

/// The options of `relata serve`.
#[derive(Args, Debug)]
pub(crate) struct ServeArguments {
    /// The graph.
    #[command(flatten)]
    pub(crate) graph: GraphArguments,

    /// The address of Bolt, for the drivers of Neo4j: a port, an address with a port, or `off` [default: 7687]
    #[arg(long, value_name = "ADDR", value_parser = address, help_heading = "Listeners")]
    pub(crate) bolt: Option<Listening>,

    /// The address of HTTP, as for --bolt [default: 7474]
    #[arg(long, value_name = "ADDR", value_parser = address, help_heading = "Listeners")]
    pub(crate) http: Option<Listening>,

    /// Serve an agent over standard input and output by the Model Context Protocol; without it, HTTP serves agents at /mcp
    ///
    /// Bolt and HTTP are off then, unless their addresses are given.
    #[arg(long, value_name = "HOW", value_parser = ["stdio"], help_heading = "Listeners")]
    pub(crate) mcp: Option<String>,

    /// Let statements change the graph; a folder keeps the changes in its journal
    #[arg(long, help_heading = "Access")]
    pub(crate) writable: bool,

    /// A file with a line `name:password` for each account, which only its owner can read, or `none`
    ///
    /// Without it, everybody on this machine may connect by Bolt, and HTTP demands the token that is printed; with `none`,
    /// HTTP demands nothing either. An address that other machines can reach needs a file.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Access")]
    pub(crate) auth: Option<PathBuf>,

    /// The certificate and the key of TLS, as PEM files
    #[arg(long, num_args = 2, value_names = ["CERT", "KEY"], value_hint = ValueHint::FilePath, help_heading = "Access")]
    pub(crate) tls: Option<Vec<PathBuf>>,

    /// How long a transaction may wait for its next statement before it is rolled back
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "60s", help_heading = "Limits")]
    pub(crate) transaction_timeout: Duration,

    /// The limits of statements.
    #[command(flatten)]
    pub(crate) limits: LimitArguments,
}

/// An address, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Listening(pub(crate) Option<SocketAddr>);

/// A port on this machine, an address with a port, or `off`.
fn address(text: &str) -> Result<Listening, String> {
    if text == "off" {
        return Ok(Listening(None));
    }
    if let Ok(port) = text.parse() {
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        return Ok(Listening(Some(SocketAddr::new(here, port))));
    }
    let local = text.strip_prefix("localhost:");
    let spelt = local.map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    let parsed = spelt.parse().map(|address| Listening(Some(address)));
    parsed.map_err(|_| "expected a port, an address such as `127.0.0.1:7687`, or `off`".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_port_or_complete() {
        let shown = |text| address(text).map(|given| given.0.map(|address| address.to_string()));
        assert_eq!(shown("0"), Ok(Some("127.0.0.1:0".into())));
        assert_eq!(shown("localhost:1"), Ok(Some("127.0.0.1:1".into())));
        assert_eq!(shown("[::]:7687"), Ok(Some("[::]:7687".into())));
        assert_eq!(shown("off"), Ok(None));
        assert!(shown("example.org:1").is_err());
    }
}
