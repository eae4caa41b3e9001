//! The bytes of a client, over TCP, TLS or WebSocket. The first bytes tell WebSocket from Bolt.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use boltr::ws::WsStream;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::{
    accept_hdr_async_with_config,
    tungstenite::{
        handshake::server::{ErrorResponse, Request, Response},
        http::StatusCode,
        protocol::WebSocketConfig,
    },
};

use crate::serve::{
    origin,
    server::LONGEST_MESSAGE,
    wire::{Bytes, Wire, write_through},
};

/// The bytes of a client.
pub(super) enum Stream {
    /// Bolt directly.
    Plain(Begun),
    /// Bolt in binary messages of WebSocket.
    Web(Box<WsStream<Begun>>),
}

/// A stream whose first bytes were read already.
pub(super) struct Begun {
    first: Vec<u8>,
    stream: Wire,
}

impl Stream {
    /// Accepts the layers below Bolt.
    pub(super) async fn accept(stream: TcpStream, tls: Option<TlsAcceptor>) -> io::Result<Self> {
        let mut stream = Wire::accept(stream, tls).await?;
        let mut first = vec![0; 4];
        stream.read_exact(&mut first).await?;
        let is_web = first == b"GET ";
        let begun = Begun { first, stream };
        if !is_web {
            return Ok(Self::Plain(begun));
        }
        let mut config = WebSocketConfig::default();
        config.max_message_size = Some(LONGEST_MESSAGE);
        let accepted = accept_hdr_async_with_config(begun, check_origin, Some(config)).await;
        let socket = accepted.map_err(io::Error::other)?;
        Ok(Self::Web(Box::new(WsStream::new(socket))))
    }
}

/// Refuses pages of other hosts: any page that a browser shows could read the graph otherwise.
#[expect(clippy::result_large_err, reason = "the signature of the crate")]
fn check_origin(request: &Request, response: Response) -> Result<Response, ErrorResponse> {
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if origin::is_own(header("origin"), header("host")) {
        return Ok(response);
    }
    let mut refusal = ErrorResponse::new(Some("this origin may not connect".into()));
    *refusal.status_mut() = StatusCode::FORBIDDEN;
    Err(refusal)
}

impl AsyncRead for Begun {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.first.is_empty() {
            return Pin::new(&mut this.stream).poll_read(context, buffer);
        }
        let length = this.first.len().min(buffer.remaining());
        buffer.put_slice(&this.first[..length]);
        this.first.drain(..length);
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Web(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

fn within_stream(stream: &mut Stream) -> Pin<&mut (dyn Bytes + Unpin)> {
    match stream {
        Stream::Plain(stream) => Pin::new(stream),
        Stream::Web(stream) => Pin::new(stream),
    }
}

write_through!(Begun, this => Pin::new(&mut this.stream));
write_through!(Stream, this => within_stream(this));
