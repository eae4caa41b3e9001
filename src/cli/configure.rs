//! The configuration of the prompt. Options of the command line are stronger.

use std::path::Path;

use relata::answer::to_value;

use crate::{
    cli::arguments::Arguments,
    repl::{command::assign, config, error::ShellError, shell::Shell},
};

/// Applies the file of settings. A file with an error does not keep anybody from the prompt.
pub(super) fn configure(shell: &mut Shell, arguments: &Arguments) {
    let named = arguments.input.init.clone();
    let is_named = named.is_some();
    shell.config = named.or_else(config::file);
    let path = shell.config.clone();
    let Some(path) = path.filter(|path| is_named || path.exists()) else {
        return;
    };
    if let Err(error) = apply(shell, &path, &given(arguments)) {
        shell.console.error(&error);
    }
    // Only what is set at the prompt is written back.
    shell.changed.clear();
}

/// Applies a file, except for the settings that the command line has given.
fn apply(shell: &mut Shell, path: &Path, given: &[&str]) -> Result<(), ShellError> {
    let wrong = |message: String| ShellError::usage(format!("`{}`: {message}", path.display()));
    let config = config::read(path)?;
    for (name, value) in config.settings() {
        if !given.contains(&name) {
            assign(shell, name, &value).map_err(|error| wrong(error.to_string()))?;
        }
    }
    for (name, json) in config.parameters {
        let value = to_value(json).map_err(|error| wrong(format!("`{name}`: {error}")))?;
        if shell.parameters.get(&*name).is_none() {
            shell.parameters.insert(name.into(), value);
        }
    }
    shell.start = config.start;
    Ok(())
}

/// The settings that the command line decides.
fn given(arguments: &Arguments) -> Vec<&'static str> {
    let limits = &arguments.limits;
    let given = [
        ("max-rows", limits.max_rows.is_some()),
        ("max-memory", limits.max_memory.is_some()),
        ("max-path-length", limits.max_path_length.is_some()),
        ("timeout", limits.timeout.is_some()),
        ("mode", arguments.output.format.is_some()),
        ("pager", arguments.output.no_pager),
    ];
    let given = given.into_iter().filter(|(_, is_given)| *is_given);
    given.map(|(name, _)| name).collect()
}
