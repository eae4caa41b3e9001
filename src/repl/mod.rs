//! The shell, at a prompt or for scripts. The command line is parsed before.

pub(crate) mod command;
pub(crate) mod complete;
pub(crate) mod config;
pub(crate) mod console;
mod editor;
pub(crate) mod error;
mod foreign;
mod history;
pub(crate) mod interactive;
mod interrupt;
pub(crate) mod output;
pub(crate) mod pager;
mod reply;
pub(crate) mod script;
pub(crate) mod shell;
mod stream;
pub(crate) mod style;
pub(crate) mod unit;
mod unsaved;
mod visible;
mod warnings;
