//! The bytes of a client, over TCP with or without TLS.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// TCP with or without TLS.
pub(in crate::serve) enum Wire {
    /// Without.
    Tcp(TcpStream),
    /// With.
    Tls(Box<TlsStream<TcpStream>>),
}

impl Wire {
    /// Accepts TLS, if there is an acceptor.
    pub(super) async fn accept(stream: TcpStream, tls: Option<TlsAcceptor>) -> io::Result<Self> {
        Ok(match tls {
            Some(tls) => Self::Tls(Box::new(tls.accept(stream).await?)),
            None => Self::Tcp(stream),
        })
    }
}

/// A stream of bytes of any kind.
pub(super) trait Bytes: AsyncRead + AsyncWrite {}

impl<T: AsyncRead + AsyncWrite> Bytes for T {}

fn within(wire: &mut Wire) -> Pin<&mut (dyn Bytes + Unpin)> {
    match wire {
        Wire::Tcp(stream) => Pin::new(stream),
        Wire::Tls(stream) => Pin::new(stream),
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        within(self.get_mut()).poll_read(context, buffer)
    }
}

/// Writes through to the stream within.
macro_rules! write_through {
    ($outer:ty, $this:ident => $inner:expr) => {
        impl tokio::io::AsyncWrite for $outer {
            fn poll_write(
                self: std::pin::Pin<&mut Self>,
                context: &mut std::task::Context<'_>,
                bytes: &[u8],
            ) -> std::task::Poll<std::io::Result<usize>> {
                let $this = self.get_mut();
                $inner.poll_write(context, bytes)
            }

            fn poll_flush(
                self: std::pin::Pin<&mut Self>,
                context: &mut std::task::Context<'_>,
            ) -> std::task::Poll<std::io::Result<()>> {
                let $this = self.get_mut();
                $inner.poll_flush(context)
            }

            fn poll_shutdown(
                self: std::pin::Pin<&mut Self>,
                context: &mut std::task::Context<'_>,
            ) -> std::task::Poll<std::io::Result<()>> {
                let $this = self.get_mut();
                $inner.poll_shutdown(context)
            }
        }
    };
}

pub(super) use write_through;

write_through!(Wire, this => within(this));
