//! Relata.
