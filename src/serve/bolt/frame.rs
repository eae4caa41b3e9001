//! Messages as chunks of at most 65,535 bytes, each after its length; a length of 0 ends a message.

use std::io;

use boltr::message::{ClientMessage, decode::decode_client_message};
use bytes::{Buf as _, BufMut as _, BytesMut};

/// The most bytes of a chunk.
const CHUNK: usize = 0xFFFF;

/// The chunks of a client that were read so far.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    /// What the network gave.
    pub(super) bytes: BytesMut,
    /// The chunks of the message that is not complete.
    message: BytesMut,
}

impl Incoming {
    /// The next message if it is complete. `longest` is the most bytes of a message.
    ///
    /// # Errors
    /// If the message is too long or is none.
    pub(super) fn next(&mut self, longest: usize) -> io::Result<Option<ClientMessage>> {
        loop {
            let Some(header) = self.bytes.first_chunk::<2>() else {
                return Ok(None);
            };
            let length = usize::from(u16::from_be_bytes(*header));
            if self.message.len() + length > longest {
                let problem = format!("expected a message of at most {longest} bytes");
                return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
            }
            if self.bytes.len() < 2 + length {
                return Ok(None);
            }
            self.bytes.advance(2);
            if length > 0 {
                let chunk = self.bytes.split_to(length);
                self.message.extend_from_slice(&chunk);
            } else if !self.message.is_empty() {
                // An empty message is sent to keep a connection alive.
                let message = std::mem::take(&mut self.message);
                return decode_client_message(&message).map(Some).map_err(|error| {
                    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
                });
            }
        }
    }
}

/// Adds a message to the bytes to send.
pub(super) fn put(out: &mut BytesMut, message: &[u8]) {
    for chunk in message.chunks(CHUNK) {
        let length = u16::try_from(chunk.len()).expect("is at most a chunk");
        out.put_u16(length);
        out.put_slice(chunk);
    }
    out.put_u16(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `RESET` in a frame.
    const RESET: &[u8] = &[0, 2, 0xB0, 0x0F, 0, 0];

    #[test]
    fn a_message_is_read_however_it_is_cut() {
        let split = [&[0, 1, 0xB0], &[0, 1, 0x0F][..], &[0, 0]].concat();
        for bytes in [RESET, &split, &[&[0, 0, 0, 0], RESET].concat()] {
            let mut incoming = Incoming::default();
            for (place, byte) in bytes.iter().enumerate() {
                assert!(incoming.next(100).unwrap().is_none(), "{place}");
                incoming.bytes.put_u8(*byte);
            }
            let message = incoming.next(100).unwrap();
            assert_eq!(message, Some(ClientMessage::Reset));
            assert!(incoming.next(100).unwrap().is_none());
        }
    }

    #[test]
    fn a_message_beyond_the_limit_is_refused_before_it_is_read() {
        let mut incoming = Incoming::default();
        incoming.bytes.put_slice(&[0xFF, 0xFF, 1]);
        assert!(incoming.next(100).is_err());
        assert!(incoming.next(70_000).unwrap().is_none());
    }

    #[test]
    fn long_messages_are_cut_into_chunks() {
        let mut out = BytesMut::new();
        put(&mut out, &[7; CHUNK + 1]);
        assert_eq!(out.len(), CHUNK + 1 + 2 + 2 + 2);
        assert_eq!(&out[..2], [0xFF, 0xFF]);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_messages_or_an_error(bytes: Vec<u8>) {
            let mut incoming = Incoming::default();
            incoming.bytes.put_slice(&bytes);
            while let Ok(Some(_)) = incoming.next(1 << 20) {}
        }
    }
}
