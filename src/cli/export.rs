//! `relata export`: writes a graph to files.

use std::io::{self, BufWriter, Write as _};

use relata::{Database, GraphFormat, SaveOptions};

use crate::{
    cli::{arguments::ExportArguments, open::open_to_read},
    repl::{
        console::left_out,
        error::{ShellError, exit},
    },
};

/// Writes the graph and returns the exit code.
pub(super) fn export(arguments: &ExportArguments) -> Result<u8, ShellError> {
    let to_output = arguments.target.as_os_str() == "-";
    let named = arguments.format.as_deref().and_then(GraphFormat::find);
    let format = named
        .or_else(|| GraphFormat::of_name(&arguments.target.to_string_lossy()))
        .or_else(|| GraphFormat::find(if to_output { "cypher" } else { "csv" }))
        .expect("both are in the table");
    if to_output && format.is_folder() {
        let help = "name a folder, or choose `--format cypher`";
        return Err(ShellError::Usage(
            "a folder of CSV files cannot be written to standard output".to_owned(),
            Some(help.to_owned()),
        ));
    }
    let mut database = open_to_read(&arguments.graph)?;
    if to_output {
        return write(&database, format);
    }
    let mut options = SaveOptions::new();
    if arguments.force {
        options = options.force();
    }
    let saved = options.export(&mut database, &arguments.target, format)?;
    for path in &saved.left_out {
        // A warning that cannot be written is lost; the graph is saved.
        let _ = writeln!(io::stderr(), "{}", left_out(path));
    }
    Ok(exit::OK)
}

fn write(database: &Database, format: &GraphFormat) -> Result<u8, ShellError> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = database.export(format, &mut out);
    written.map_err(ShellError::Output)??;
    out.flush().map_err(ShellError::Output)?;
    Ok(exit::OK)
}
