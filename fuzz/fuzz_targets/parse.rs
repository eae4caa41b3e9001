//! Any text is parsed or refused, and divided into statements, without a panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relata_fuzz::targets::parse(bytes));
