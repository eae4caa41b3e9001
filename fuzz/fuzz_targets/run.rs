//! A query on a graph, both made of the bytes: every level of the engine gives the rows of the oracle.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relata_fuzz::targets::run(bytes));
