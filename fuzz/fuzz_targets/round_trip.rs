//! A printed statement parses to the same tree.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relata_fuzz::targets::round_trip(bytes));
