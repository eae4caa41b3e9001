//! How declared indexes and constraints change, and what breaks a constraint.

mod breach;
mod define;

pub use self::breach::Breach;
