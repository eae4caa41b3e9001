//! Statements that are spliced from the corpus never cause an internal error.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relata_fuzz::targets::splice(bytes));
