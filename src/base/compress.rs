//! Decompresses gzip and zstd, which are recognised by their first bytes.

use std::io::{self, Read};

use crate::base::Stop;

/// The first bytes of gzip data.
const GZIP: &[u8] = &[0x1F, 0x8B];

/// The first bytes of zstd data.
const ZSTD: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];

/// Data is decompressed in pieces of this number of bytes; between them it may be stopped.
const PIECE: u64 = 1 << 20;

/// The decompressed bytes if they are gzip or zstd, else the bytes unchanged.
///
/// # Errors
/// If the data is damaged, or `stop` says so: then with the kind `TimedOut`.
pub fn decompressed(bytes: Vec<u8>, stop: &Stop) -> io::Result<Vec<u8>> {
    if bytes.starts_with(GZIP) {
        return drain(flate2::read::MultiGzDecoder::new(&*bytes), stop);
    }
    if bytes.starts_with(ZSTD) {
        return zstd(&bytes, stop);
    }
    Ok(bytes)
}

/// Data may be a sequence of frames.
fn zstd(mut bytes: &[u8], stop: &Stop) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let frame =
            ruzstd::decoding::StreamingDecoder::new(&mut bytes).map_err(io::Error::other)?;
        all.append(&mut drain(frame, stop)?);
    }
    Ok(all)
}

fn drain(mut reader: impl Read, stop: &Stop) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while reader.by_ref().take(PIECE).read_to_end(&mut bytes)? > 0 {
        if stop.reason().is_some() {
            let message = "decompressing was stopped";
            return Err(io::Error::new(io::ErrorKind::TimedOut, message));
        }
    }
    Ok(bytes)
}

/// The name of a file without the ending of its compression: `a.csv.gz` is `a.csv`.
#[must_use]
pub fn without_compression(name: &str) -> &str {
    let endings = [".gz", ".zst", ".zstd"];
    let cut = endings.iter().find_map(|ending| {
        let at = name.len().checked_sub(ending.len())?;
        let same = name.get(at..)?.eq_ignore_ascii_case(ending);
        same.then(|| &name[..at])
    });
    cut.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn compressed_data_is_recognised_and_other_data_is_kept() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"a,b\n").unwrap();
        let gzip = gzip.finish().unwrap();
        let twice = [gzip.clone(), gzip.clone()].concat();
        let never = Stop::default();
        assert_eq!(decompressed(gzip, &never).unwrap(), b"a,b\n");
        assert_eq!(decompressed(twice, &never).unwrap(), b"a,b\na,b\n");
        assert_eq!(decompressed(b"a,b".to_vec(), &never).unwrap(), b"a,b");
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        let zstd = ruzstd::encoding::compress_to_vec(&b"a,b\n"[..], level);
        assert_eq!(decompressed(zstd, &never).unwrap(), b"a,b\n");
        assert!(decompressed(vec![0x1F, 0x8B, 1], &never).is_err());
    }

    #[test]
    fn the_ending_of_a_compression_is_cut() {
        assert_eq!(without_compression("a.csv.gz"), "a.csv");
        assert_eq!(without_compression("a.csv.ZST"), "a.csv");
        assert_eq!(without_compression("a.csv"), "a.csv");
        assert_eq!(without_compression("gz"), "gz");
    }
}
