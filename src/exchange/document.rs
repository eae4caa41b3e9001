//! A file of another program: its name and its content, decompressed.

use std::{borrow::Cow, io};

use encoding_rs::Encoding;

use crate::{
    base::{Stop, decompressed, file_name, without_compression},
    graph::load::Problem,
};

/// The number of bytes by which a format is recognised.
const HEAD: usize = 8192;

/// A file in memory.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    bytes: Vec<u8>,
}

impl Document {
    /// A file with its name, of which the ending helps to recognise the format. Data in gzip or zstd is decompressed.
    ///
    /// # Errors
    /// If compressed data is damaged.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> io::Result<Self> {
        Self::stoppable(name, bytes, &Stop::default())
    }

    /// As [`Document::new`], but ends early if `stop` says so.
    pub(crate) fn stoppable(
        name: impl Into<String>,
        bytes: Vec<u8>,
        stop: &Stop,
    ) -> io::Result<Self> {
        Ok(Self {
            name: name.into(),
            bytes: decompressed(bytes, stop)?,
        })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decompressed content.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The ending of the name in lower case, without that of a compression.
    pub(crate) fn extension(&self) -> String {
        let file = file_name(without_compression(&self.name));
        file.rsplit_once('.')
            .map_or_else(String::new, |(_, ending)| ending.to_lowercase())
    }

    /// The name of what the file contains: its file name without the ending.
    pub(crate) fn stem(&self) -> &str {
        let file = file_name(without_compression(&self.name));
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    }

    /// The beginning of the text, by which the format is recognised. Invalid bytes are replaced.
    pub(crate) fn head(&self) -> Cow<'_, str> {
        let head = &self.bytes[..self.bytes.len().min(HEAD)];
        match Encoding::for_bom(head) {
            Some((encoding, _)) => encoding.decode(head).0,
            None => String::from_utf8_lossy(head),
        }
    }

    /// The text: UTF-8, or UTF-16 with a byte order mark.
    pub(crate) fn text(&self) -> Result<Cow<'_, str>, Problem> {
        self.text_in(None)
    }

    /// The text in an encoding; a byte order mark overrides it.
    pub(crate) fn text_in(
        &self,
        encoding: Option<&'static Encoding>,
    ) -> Result<Cow<'_, str>, Problem> {
        let marked = Encoding::for_bom(&self.bytes).map(|(encoding, _)| encoding);
        let encoding = marked.or(encoding).unwrap_or(encoding_rs::UTF_8);
        let (text, _, damaged) = encoding.decode(&self.bytes);
        if !damaged {
            return Ok(text);
        }
        let good = match std::str::from_utf8(&self.bytes) {
            Err(error) if encoding == encoding_rs::UTF_8 => error.valid_up_to(),
            _ => return Err(self.problem(format!("expected text in {}", encoding.name()))),
        };
        let before = String::from_utf8_lossy(&self.bytes[..good]);
        let message = format!("expected UTF-8, found the byte 0x{:02X}", self.bytes[good]);
        let help = "save the file as UTF-8, or name its encoding with `--encoding`";
        let problem = Problem::at(&self.name, &before, good, message);
        Err(problem.maybe_help(Some(help.to_owned())))
    }

    /// The problem of a format whose feature the program is built without.
    #[cfg_attr(
        all(feature = "parquet", feature = "sqlite"),
        expect(dead_code, reason = "every format is built")
    )]
    pub(super) fn not_built(&self, what: &str, feature: &str) -> Problem {
        let help = format!("build it with `cargo build --release --features {feature}`");
        let problem = self.problem(format!("this program is built without {what}"));
        problem.maybe_help(Some(help))
    }

    /// A problem that concerns the whole file.
    pub(crate) fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::whole(&self.name, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(name: &str, bytes: &[u8]) -> Document {
        Document::new(name, bytes.to_vec()).expect("is not compressed")
    }

    #[test]
    fn a_name_gives_ending_and_stem() {
        let file = document("a/b.c/Orders.CSV.gz", b"");
        assert_eq!((&*file.extension(), file.stem()), ("csv", "Orders"));
        assert_eq!(document("standard input", b"").extension(), "");
    }

    #[test]
    fn text_is_decoded_by_its_mark_or_its_declared_encoding() {
        assert_eq!(document("a", b"\xEF\xBB\xBFa").text().unwrap(), "a");
        assert_eq!(document("a", b"\xFF\xFEa\0").text().unwrap(), "a");
        let latin = document("a", b"x\n\xE4");
        assert_eq!(
            latin.text().unwrap_err().to_string(),
            "a:2:1: expected UTF-8, found the byte 0xE4 \
             (save the file as UTF-8, or name its encoding with `--encoding`)"
        );
        let decoded = latin.text_in(Some(encoding_rs::WINDOWS_1252)).unwrap();
        assert_eq!(decoded, "x\nä");
    }
}
