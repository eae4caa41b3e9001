//! A server that ends with its test.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// A running server.
pub(crate) struct Serving {
    pub(crate) child: Child,
    /// The address of Bolt, such as `bolt://127.0.0.1:40123`.
    pub(crate) bolt: String,
    /// The address of HTTP.
    pub(crate) http: String,
    /// The token of HTTP, or nothing.
    pub(crate) token: String,
}

impl Serving {
    /// Starts a server on free ports.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relata"))
            .args(["serve", "--bolt", "0", "--http", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server can be started");
        let output = child.stdout.take().expect("is piped");
        let mut lines = BufReader::new(output).lines();
        let (mut bolt, mut http, mut token) = (String::new(), String::new(), String::new());
        for line in lines.by_ref() {
            let line = line.expect("the server writes text");
            match line.split_once(' ') {
                Some(("Bolt", address)) => bolt = address.trim().to_owned(),
                Some(("HTTP", address)) => http = address.trim().to_owned(),
                Some(("MCP", _)) => {}
                Some(("token", text)) => token = text.to_owned(),
                _ => break,
            }
        }
        Self {
            child,
            bolt,
            http,
            token,
        }
    }

    /// A connection to the port of Bolt.
    pub(crate) fn connect(&self) -> TcpStream {
        let (_, address) = self.bolt.split_once("://").expect("is an address");
        TcpStream::connect(address).expect("the server listens")
    }

    /// The status and the body of the response to a request with headers.
    pub(crate) fn request(&self, head: &str, headers: &[&str], body: &str) -> (u16, String) {
        let (_, address) = self.http.split_once("://").expect("is an address");
        let mut stream = TcpStream::connect(address).expect("the server listens");
        let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let host = if headers.contains("Host:") {
            String::new()
        } else {
            format!("Host: {address}\r\n")
        };
        let length = body.len();
        write!(
            stream,
            "{head} HTTP/1.1\r\n{host}Connection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
        .expect("the server reads");
        let mut response = String::new();
        stream
            .read_to_string(&mut response)
            .expect("the server answers");
        let status = response
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok());
        let (head, body) = response.split_once("\r\n\r\n").expect("has a head");
        let body = if head.contains("transfer-encoding: chunked") {
            joined(body)
        } else {
            body.to_owned()
        };
        (status.expect("has a status"), body)
    }

    /// The response to a request that has the token.
    pub(crate) fn post(&self, path: &str, body: &str) -> (u16, String) {
        let token = format!("Authorization: Bearer {}", self.token);
        self.request(&format!("POST {path}"), &[&token], body)
    }

    /// The bytes that the server holds in memory; 0 where the system has no folder `/proc`.
    pub(crate) fn memory(&self) -> u64 {
        let path = format!("/proc/{}/statm", self.child.id());
        let Ok(text) = std::fs::read_to_string(path) else {
            return 0;
        };
        let pages: u64 = text
            .split(' ')
            .nth(1)
            .and_then(|pages| pages.parse().ok())
            .expect("is a number");
        pages * 4096
    }
}

/// A body without the lengths of its chunks.
fn joined(mut body: &str) -> String {
    let mut text = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).expect("is a length");
        text.push_str(&rest[..length]);
        body = rest[length..].trim_start_matches("\r\n");
    }
    text
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
