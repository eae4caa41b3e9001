//! Accepts connections of HTTP, with or without TLS, and ends those on which nothing happens.

use std::{
    future::Future as _,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{extract::connect_info::Connected, serve::IncomingStream};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    time::{Instant, Sleep, sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use crate::serve::{
    server::CONNECTIONS,
    wire::{Bytes, Wire},
};

/// How long a connection may be silent. A statement may run meanwhile.
const SILENCE: Duration = Duration::from_secs(300);

/// How long the beginning of TLS may take.
const GREETING: Duration = Duration::from_secs(30);

/// A listener whose connections are ready for HTTP.
pub(super) struct Listener {
    accepted: mpsc::Receiver<(Timed, SocketAddr)>,
    local: SocketAddr,
}

impl Listener {
    pub(super) fn new(listener: TcpListener, tls: Option<TlsAcceptor>) -> io::Result<Self> {
        let local = listener.local_addr()?;
        let (sender, accepted) = mpsc::channel(64);
        tokio::spawn(accept(listener, tls, sender));
        Ok(Self { accepted, local })
    }
}

/// Accepts connections. Each begins TLS in a task of its own, so that none waits for another.
async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    sender: mpsc::Sender<(Timed, SocketAddr)>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = sender.closed() => return,
        };
        let Ok((stream, peer)) = accepted else {
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            continue;
        };
        let (tls, sender) = (tls.clone(), sender.clone());
        tokio::spawn(async move {
            if let Ok(Ok(wire)) = timeout(GREETING, prepared(stream, tls)).await {
                // The server may have stopped.
                let _ = sender.send((Timed::new(wire, place), peer)).await;
            }
        });
    }
}

async fn prepared(stream: TcpStream, tls: Option<TlsAcceptor>) -> io::Result<Wire> {
    stream.set_nodelay(true)?;
    Wire::accept(stream, tls).await
}

impl axum::serve::Listener for Listener {
    type Io = Timed;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Timed, SocketAddr) {
        match self.accepted.recv().await {
            Some(accepted) => accepted,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.local)
    }
}

/// The address of a client.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

impl Connected<IncomingStream<'_, Listener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// A connection that ends when nothing has happened for too long.
pub(super) struct Timed {
    wire: Wire,
    deadline: Pin<Box<Sleep>>,
    _place: OwnedSemaphorePermit,
}

impl Timed {
    fn new(wire: Wire, place: OwnedSemaphorePermit) -> Self {
        Self {
            wire,
            deadline: Box::pin(sleep(SILENCE)),
            _place: place,
        }
    }

    /// The result of an attempt: an error if nothing has happened for too long.
    fn timed<T>(
        &mut self,
        context: &mut Context<'_>,
        attempt: impl FnOnce(Pin<&mut (dyn Bytes + Unpin)>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(result) = attempt(Pin::new(&mut self.wire), context) {
            self.deadline.as_mut().reset(Instant::now() + SILENCE);
            return Poll::Ready(result);
        }
        ready!(self.deadline.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Timed {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.timed(context, |wire, context| wire.poll_read(context, buffer))
    }
}

impl AsyncWrite for Timed {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.timed(context, |wire, context| wire.poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.timed(context, |wire, context| wire.poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.timed(context, |wire, context| wire.poll_shutdown(context))
    }
}
