//! A graph and a query generated from the bytes: every engine level gives the rows of the oracle.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relata_fuzz::targets::run(bytes));
