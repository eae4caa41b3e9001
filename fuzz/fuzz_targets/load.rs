//! Any files are a graph or problems; a graph is saved and loaded as it is.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relata_fuzz::targets::load(bytes));
