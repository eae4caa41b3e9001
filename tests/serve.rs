//! `relata serve`, used by the clients that people use. `tests/serve/install` installs them; what is not installed is skipped.
#![cfg(feature = "serve")]

#[path = "serve/attack.rs"]
mod attack;
#[path = "serve/http.rs"]
mod http;
#[path = "serve/process.rs"]
mod process;

use std::{path::PathBuf, process::Command};

use crate::process::Serving;

/// Runs a script with a client; says so and does nothing if the client is not installed.
fn with_client(client: &str, program: &str, arguments: &[&str]) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../clients");
    let client = folder.join(client);
    let program = match client.join(program) {
        installed if installed.exists() => installed,
        // A program of the system.
        _ => PathBuf::from(program),
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("NODE_PATH", client.join("node_modules"));
    let is_installed = client.join("installed").exists();
    let Some(output) = is_installed.then(|| command.output()).and_then(Result::ok) else {
        let client = client.display();
        println!("skipped: {client} is not installed; run tests/serve/install");
        return;
    };
    let text =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    let text = text.concat();
    assert!(output.status.success(), "{arguments:?}\n{text}");
    println!("{text}");
}

#[test]
fn the_driver_for_python_of_version_6_works() {
    let server = Serving::start(&["--empty", "--writable"]);
    with_client(
        "neo4j6",
        "bin/python",
        &["tests/serve/driver.py", &server.bolt],
    );
}

#[test]
fn the_driver_for_python_of_version_5_works() {
    let server = Serving::start(&["--empty", "--writable"]);
    with_client(
        "neo4j5",
        "bin/python",
        &["tests/serve/driver.py", &server.bolt],
    );
}

#[test]
fn the_driver_for_javascript_works() {
    let server = Serving::start(&["--empty", "--writable"]);
    with_client("node", "node", &["tests/serve/driver.js", &server.bolt]);
}

#[test]
fn the_client_of_the_model_context_protocol_works() {
    let server = Serving::start(&[]);
    let url = format!("{}/mcp", server.http);
    let program = env!("CARGO_BIN_EXE_relata");
    let arguments = ["tests/serve/agent.py", program, &url, &server.token];
    with_client("neo4j6", "bin/python", &arguments);
}
