//! Hostile clients: others are served, and memory stays bounded.

use std::{
    io::{Read as _, Write as _},
    net::Shutdown,
    thread,
    time::{Duration, Instant},
};

use crate::process::Serving;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// The handshake for version 5.4.
const HANDSHAKE: &[u8] = &[
    0x60, 0x60, 0xB0, 0x17, 0, 0, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

/// `HELLO {user_agent: "a"}`, `LOGON {scheme: "none"}`
const GREETING: &[u8] = &[
    0, 16, 0xB1, 0x01, 0xA1, 0x8A, b'u', b's', b'e', b'r', b'_', b'a', b'g', b'e', b'n', b't',
    0x81, b'a', 0, 0, //
    0, 15, 0xB1, 0x6A, 0xA1, 0x86, b's', b'c', b'h', b'e', b'm', b'e', 0x84, b'n', b'o', b'n',
    b'e', 0, 0,
];

/// `RUN "RETURN 1" {} {}` and `PULL {n: -1}`
const RUN: &[u8] = &[
    0, 13, 0xB3, 0x10, 0x88, b'R', b'E', b'T', b'U', b'R', b'N', b' ', b'1', 0xA0, 0xA0, 0,
    0, //
    0, 6, 0xB1, 0x3F, 0xA1, 0x81, b'n', 0xFF, 0, 0,
];

/// Whether a client that behaves gets its row.
fn is_served(server: &Serving) -> bool {
    let mut stream = server.connect();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // Who is refused may find the connection closed.
    let sent = [HANDSHAKE, GREETING, RUN].map(|bytes| stream.write_all(bytes));
    let (mut found, mut buffer) = (Vec::new(), [0; 4096]);
    let until = Instant::now() + PATIENCE;
    while sent[0].is_ok() && Instant::now() < until {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return false,
            Ok(length) => found.extend_from_slice(&buffer[..length]),
        }
        // RECORD [1]
        if found
            .windows(4)
            .any(|window| window == [0xB1, 0x71, 0x91, 0x01])
        {
            return true;
        }
    }
    false
}

#[test]
fn malformed_messages_end_only_their_connection() {
    let server = Serving::start(&[]);
    assert!(is_served(&server));
    let garbage: [&[u8]; 6] = [
        b"\x00\x01\x02\x03garbage garbage garbage",
        &[0, 4, 0xB1, 0x99, 0xA0, 0xA0, 0, 0],
        &[0xFF; 600],
        // A list that claims to have four billion elements.
        &[0, 8, 0xB1, 0x01, 0xD6, 0xFF, 0xFF, 0xFF, 0xFF, 0xC0, 0, 0],
        // Lists within lists.
        &[&[0x40, 0x00, 0xB1, 0x01][..], &[0x91; 0x4000]].concat(),
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ];
    for round in 0..50 {
        for bytes in garbage {
            let mut stream = server.connect();
            // The server may close the connection before all is sent.
            if round % 2 == 0 {
                let _ = stream.write_all(HANDSHAKE);
            }
            let _ = stream.write_all(bytes);
            let _ = stream.shutdown(Shutdown::Write);
        }
    }
    assert!(is_served(&server));
}

#[test]
fn a_message_without_end_takes_bounded_memory() {
    let server = Serving::start(&[]);
    let before = server.memory();
    let chunk = [&[0xFF, 0xFF][..], &[0; 0xFFFF]].concat();
    // Before the login, and after it.
    for greeting in [&[][..], GREETING] {
        let mut stream = server.connect();
        stream.write_all(HANDSHAKE).unwrap();
        stream.write_all(greeting).unwrap();
        let mut sent = 0_u64;
        while sent < 1 << 30 && stream.write_all(&chunk).is_ok() {
            sent += chunk.len() as u64;
        }
        assert!(sent < 1 << 28, "{sent} bytes were accepted");
    }
    thread::sleep(Duration::from_millis(200));
    let grown = server.memory().saturating_sub(before);
    assert!(grown < 400 << 20, "{grown} bytes");
    assert!(is_served(&server));
}

#[test]
fn idle_and_slow_clients_do_not_keep_others_from_being_served() {
    let server = Serving::start(&["--auth", "none"]);
    let before = server.memory();
    let mut idle: Vec<_> = (0..300).map(|_| server.connect()).collect();
    for (number, stream) in idle.iter_mut().enumerate() {
        stream.write_all(&HANDSHAKE[..number % 20]).unwrap();
    }
    // A client that reads nothing of a long result.
    let mut deaf = server.connect();
    deaf.write_all(HANDSHAKE).unwrap();
    deaf.write_all(GREETING).unwrap();
    let text = "UNWIND range(1, 1000000) AS n RETURN n, 'a long text that fills the buffers'";
    let mut message = vec![0, 0, 0xB3, 0x10, 0xD0, u8::try_from(text.len()).unwrap()];
    message.extend_from_slice(text.as_bytes());
    message.extend_from_slice(&[0xA0, 0xA0]);
    message[1] = u8::try_from(message.len() - 2).unwrap();
    message.extend_from_slice(&[0, 0]);
    deaf.write_all(&message).unwrap();
    deaf.write_all(&RUN[17..]).unwrap();
    assert!(is_served(&server));
    let (status, _) = server.request("POST /query", &[], r#"{"query": "RETURN 1"}"#);
    assert_eq!(status, 200);
    let grown = server.memory().saturating_sub(before);
    assert!(grown < 600 << 20, "{grown} bytes");
}

#[test]
fn wrong_passwords_are_refused_ever_more_slowly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accounts");
    std::fs::write(&path, "neo4j:secret\n").unwrap();
    let readable = relata(&[
        "serve",
        "--bolt",
        "0",
        "--http",
        "off",
        "--auth",
        path.to_str().unwrap(),
    ]);
    assert!(readable.contains("chmod 600"), "{readable}");
    private(&path);
    let server = Serving::start(&["--auth", path.to_str().unwrap()]);
    let status = |credentials: &str| {
        let header = format!("Authorization: Basic {credentials}");
        server
            .request("POST /query", &[&header], r#"{"query": "RETURN 1"}"#)
            .0
    };
    // neo4j:secret, neo4j:wrong
    assert_eq!(status("bmVvNGo6c2VjcmV0"), 200);
    let begun = Instant::now();
    (0..5).for_each(|_| assert_eq!(status("bmVvNGo6d3Jvbmc="), 401));
    assert!(begun.elapsed() > Duration::from_millis(600));
    assert_eq!(status("bmVvNGo6c2VjcmV0"), 200);
    assert!(!is_served(&server));
    let open = relata(&["serve", "--bolt", "0.0.0.0:0", "--http", "off"]);
    assert!(open.contains("a password is needed"), "{open}");
}

/// What the program writes to standard error.
fn relata(arguments: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_relata"))
        .args(arguments)
        .output();
    String::from_utf8_lossy(&output.expect("the program can be started").stderr).into_owned()
}

#[cfg(unix)]
fn private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn private(_: &std::path::Path) {}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_ends_its_statements_first() {
    let mut server = Serving::start(&["--auth", "none"]);
    let slow = "UNWIND range(1, 1500000) AS n RETURN sum(n % 7) AS s";
    let (_, address) = server.http.split_once("://").unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{slow}",
        slow.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server has read the request by then, and the statement takes longer; if it does not, the test is only weaker.
    thread::sleep(Duration::from_secs(1));
    let killed = std::process::Command::new("kill")
        .arg(server.child.id().to_string())
        .status();
    assert!(killed.unwrap().success());
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.contains("\"s\":"), "{response}");
    assert!(server.child.wait().unwrap().success());
}
