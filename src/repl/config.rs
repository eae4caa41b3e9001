//! The configuration of the prompt: `config.toml` in the user's configuration folder, or the file of `--init`.
//!
//! ```toml
//! start = [":source ~/queries.cypher"]
//!
//! [settings]
//! timeout = "10s"
//!
//! [parameters]
//! level = "Advanced"
//! ```

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use relata::base::{LONGEST_TEXT, Stop, read_file};
use serde::Deserialize;
use toml_edit::{DocumentMut, Item, Table, value};

use crate::repl::error::ShellError;

/// The parts of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Values of `:set`.
    #[serde(default)]
    settings: BTreeMap<String, toml::Value>,
    /// Values of `:param`.
    #[serde(default)]
    pub(crate) parameters: BTreeMap<String, serde_json::Value>,
    /// Statements and commands that run before the first prompt.
    #[serde(default)]
    pub(crate) start: Vec<String>,
}

/// The usual file, or `None` if the system has no such folder: `$XDG_CONFIG_HOME/relata/config.toml` or equivalent.
pub(crate) fn file() -> Option<PathBuf> {
    Some(dirs::config_dir()?.join("relata").join("config.toml"))
}

/// The parts of a file.
///
/// # Errors
/// If the file cannot be read, or is not a configuration.
pub(crate) fn read(path: &Path) -> Result<Config, ShellError> {
    let wrong = |message: &str| ShellError::usage(format!("`{}`: {message}", path.display()));
    let bytes = read_file(path, LONGEST_TEXT, &Stop::default())
        .map_err(|error| ShellError::file(path, error))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("expected UTF-8"))?;
    toml::from_str(&text).map_err(|error| wrong(error.message()))
}

impl Config {
    /// The settings, as `:set` takes them.
    pub(crate) fn settings(&self) -> impl Iterator<Item = (&str, String)> {
        self.settings.iter().map(|(name, value)| {
            let value = match value {
                toml::Value::String(text) => text.clone(),
                toml::Value::Boolean(false) => "off".to_owned(),
                other => other.to_string(),
            };
            (name.as_str(), value)
        })
    }
}

/// Writes settings to the file and keeps what else is in it.
///
/// # Errors
/// If the file cannot be read or written, or is not TOML.
pub(crate) fn save(path: &Path, settings: &BTreeMap<&str, String>) -> Result<(), ShellError> {
    let failed = |error| ShellError::file(path, error);
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read.map_err(failed)?,
    };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        ShellError::usage(format!("`{}`: {}", path.display(), error.message()))
    })?;
    let table = document
        .entry("settings")
        .or_insert(Item::Table(Table::new()));
    for (name, text) in settings {
        table[*name] = value(text);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, document.to_string()).map_err(failed)
}
