//! Bolt, the protocol of the drivers of Neo4j, versions 5.1 to 5.4.
//!
//! `stream` accepts bytes over TCP, TLS or WebSocket, `frame` makes messages of them, `connection` answers the messages of a
//! client, `request` reads what they ask for, `opened` and `summary` write results, `read` and `write` convert values. The PackStream and the messages are those of the
//! crate `boltr`; its server is not used, because it does not read while a statement runs, so that RESET cannot interrupt it.

mod connection;
mod frame;
mod opened;
mod read;
mod request;
mod stream;
mod summary;
mod write;

use std::{io, sync::Arc, sync::atomic::Ordering, time::Duration};

use boltr::version;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

use crate::serve::{
    bolt::{connection::Connection, stream::Stream},
    server::{CONNECTIONS, Server},
};

/// How long a client may take to agree on a version and to log in.
const PATIENCE: Duration = Duration::from_secs(30);

/// Accepts connections until the server stops.
pub(super) async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, server: Arc<Server>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = server.stopped() => return,
        };
        let Ok((stream, _)) = accepted else {
            // Too many open files, probably: others may close theirs.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            continue;
        };
        let (tls, server) = (tls.clone(), Arc::clone(&server));
        tokio::spawn(async move {
            let alive = server.alive();
            let open = &server.counters.bolt_open;
            open.fetch_add(1, Ordering::Relaxed);
            server
                .counters
                .bolt_connections
                .fetch_add(1, Ordering::Relaxed);
            // An error of the network ends the connection; there is nobody to tell.
            let _ = converse(stream, tls, &server).await;
            open.fetch_sub(1, Ordering::Relaxed);
            drop((place, alive));
        });
    }
}

/// Answers the messages of a client until it leaves.
async fn converse(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    server: &Arc<Server>,
) -> io::Result<()> {
    // Small replies must not wait for the acknowledgement of those before.
    stream.set_nodelay(true)?;
    let (peer, local) = (stream.peer_addr()?, stream.local_addr()?);
    let opened = timeout(PATIENCE, async {
        let mut stream = Stream::accept(stream, tls).await?;
        let version = handshake(&mut stream).await?;
        io::Result::Ok(version.map(|version| (stream, version)))
    });
    let Some((stream, version)) = opened.await?? else {
        return Ok(());
    };
    Connection::new(stream, version, (peer, local), Arc::clone(server))
        .run()
        .await
}

/// Agrees on a version: the first proposal of the client that is supported. `None` if there is none.
async fn handshake(stream: &mut Stream) -> io::Result<Option<(u8, u8)>> {
    let mut opening = [0; 20];
    stream.read_exact(&mut opening).await?;
    let (magic, proposals) = opening.split_at(4);
    if magic != version::BOLT_MAGIC {
        return Ok(None);
    }
    let proposals: &[u8; 16] = proposals.try_into().expect("16 of 20 bytes are left");
    let chosen = version::negotiate_version(proposals);
    let reply = chosen.map_or(version::NO_VERSION, |(major, minor)| {
        version::encode_version(major, minor)
    });
    stream.write_all(&reply).await?;
    stream.flush().await?;
    Ok(chosen)
}
