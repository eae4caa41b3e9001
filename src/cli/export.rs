//! `relata export`: writes a graph to files.

use std::io::{self, Write as _};

use relata::SaveOptions;

use crate::{
    cli::{
        arguments::{ExportArguments, GraphFormat},
        open::open_to_read,
    },
    repl::{
        console::left_out,
        error::{ShellError, exit},
    },
};

/// Writes the graph and returns the exit code.
pub(super) fn export(arguments: &ExportArguments) -> Result<u8, ShellError> {
    let to_output = arguments.target.as_os_str() == "-";
    if to_output && arguments.format == Some(GraphFormat::Csv) {
        let help = "name a folder, or choose `--format cypher`";
        return Err(ShellError::Usage(
            "a folder of CSV files cannot be written to standard output".to_owned(),
            Some(help.to_owned()),
        ));
    }
    let mut database = open_to_read(&arguments.graph)?;
    if to_output {
        let script = database.script()?;
        let mut out = io::stdout().lock();
        out.write_all(script.as_bytes())
            .and_then(|()| out.flush())
            .map_err(ShellError::Output)?;
        return Ok(exit::OK);
    }
    let mut options = match arguments.format {
        None => SaveOptions::new(),
        Some(GraphFormat::Csv) => SaveOptions::new().folder(),
        Some(GraphFormat::Cypher) => SaveOptions::new().script(),
    };
    if arguments.force {
        options = options.force();
    }
    let saved = options.save(&mut database, &arguments.target)?;
    for path in &saved.left_out {
        // A warning that cannot be written is lost; the graph is saved.
        let _ = writeln!(io::stderr(), "{}", left_out(path));
    }
    Ok(exit::OK)
}
