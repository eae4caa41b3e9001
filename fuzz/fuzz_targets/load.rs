//! Any files give a graph or problems; a saved graph loads unchanged.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relata_fuzz::targets::load(bytes));
