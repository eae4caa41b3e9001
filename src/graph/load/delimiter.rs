//! Detects the field delimiter of a file from its header.

/// The possible delimiters, most likely first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiter that occurs most often in the header line, or `None` for a single column.
pub(super) fn of_header(text: &str) -> Option<u8> {
    let header = text.trim_start_matches(['\n', '\r']);
    let line = header.split('\n').next().unwrap_or_default();
    let counts = counts(line);
    // `max_by_key` returns the last maximum, so the order is reversed to prefer the earlier delimiter.
    let ranked = DELIMITERS.into_iter().zip(counts).rev();
    let (best, found) = ranked.max_by_key(|(_, count)| *count)?;
    (found > 0).then_some(best)
}

/// The delimiter that most files use, for files whose header has only one column.
pub(super) fn of_most(found: impl Iterator<Item = u8> + Clone) -> u8 {
    let votes = |delimiter: u8| found.clone().filter(|each| *each == delimiter).count();
    let ranked = DELIMITERS.into_iter().rev().max_by_key(|each| votes(*each));
    ranked.unwrap_or(DELIMITERS[0])
}

/// The count of each delimiter in a line, outside quotes and outside column options.
fn counts(line: &str) -> [usize; DELIMITERS.len()] {
    let mut quoted = false;
    let mut depth = 0_usize;
    let mut counts = [0; DELIMITERS.len()];
    for byte in line.bytes().filter(u8::is_ascii) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b':' => {}
            b'"' => quoted = !quoted,
            b'{' | b'(' if !quoted => depth += 1,
            b'}' | b')' if !quoted => depth = depth.saturating_sub(1),
            _ if quoted || depth > 0 => {}
            _ => {
                let known = DELIMITERS.iter().position(|delimiter| *delimiter == byte);
                known.into_iter().for_each(|at| counts[at] += 1);
            }
        }
    }
    counts
}

/// The default array delimiter for a field delimiter.
pub(in crate::graph) fn of_lists(delimiter: u8) -> char {
    if delimiter == b';' { '|' } else { ';' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_divides_most() {
        assert_eq!(of_header("id:ID,name,tags:string[]\n1;2;3;4;5"), Some(b','));
        assert_eq!(of_header(":START_ID(Person)|:END_ID(Person)"), Some(b'|'));
        assert_eq!(of_header("id:ID\tname"), Some(b'\t'));
        assert_eq!(of_header("id:ID{id-type:long, label:A};name"), Some(b';'));
        assert_eq!(of_header("id:ID,\"`a(b`\",c;d,e"), Some(b','));
        assert_eq!(of_header("id:ID(City)\n1,2"), None);
    }

    #[test]
    fn a_single_column_follows_the_others() {
        assert_eq!(of_most([b'|', b',', b'|'].into_iter()), b'|');
        assert_eq!(of_most([].into_iter()), b',');
    }
}
