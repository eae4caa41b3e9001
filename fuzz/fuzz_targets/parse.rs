//! Any text parses or is an error, and splits into statements, without a panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relata_fuzz::targets::parse(bytes));
