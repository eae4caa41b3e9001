//! Writes graphs in the formats of other programs.

use std::{
    io::{self, Write},
    path::Path,
};

use crate::{
    base::{Code, Diagnostic, Fault},
    engine::{
        Database, Error, SaveOptions,
        save::{Saved, error, settled},
    },
    exchange::{GraphFormat, WriteError},
    graph::{manifest::Rdf, save},
};

impl SaveOptions {
    /// Writes the graph of a database in a format: a folder for `csv`, else a file. As [`SaveOptions::save`], it is complete
    /// before it is visible.
    ///
    /// # Errors
    /// As [`SaveOptions::save`], and if there is a file already, the format is only read, or it has no form for a part of the
    /// graph.
    pub fn export(
        &self,
        database: &mut Database,
        path: impl AsRef<Path>,
        format: &'static GraphFormat,
    ) -> Result<Saved, Error> {
        let path = path.as_ref();
        if format.is_folder() {
            return self.clone().folder().save(database, path);
        }
        if format.is_script() {
            return self.clone().script().save(database, path);
        }
        settled(database)?;
        if path.is_file() && !self.replaces_files() {
            return Err(taken(path));
        }
        let mut unfit = Ok(());
        let written = save::write_file(path, save::Replace::Anything, |out| {
            match format.write(database.graph(), rdf(database), out) {
                Ok(()) => Ok(()),
                Err(WriteError::Output(error)) => Err(error),
                Err(WriteError::Unfit(fault)) => {
                    unfit = Err(fault);
                    // An error prevents the rename of an incomplete file.
                    Err(io::ErrorKind::Other.into())
                }
            }
        });
        unfit.and(written).map_err(error)?;
        Ok(Saved::default())
    }
}

impl Database {
    /// Writes the graph in a format, except `csv`, which is a folder. The inner error reports what the format cannot express.
    ///
    /// # Errors
    /// The errors of `out`.
    pub fn export(
        &self,
        format: &GraphFormat,
        out: &mut dyn Write,
    ) -> io::Result<Result<(), Error>> {
        if let Err(error) = settled(self) {
            return Ok(Err(error));
        }
        if format.is_folder() || !format.can_write() {
            return Ok(Err(error(unwritten(format))));
        }
        if format.is_script() {
            let script = save::script(self.graph(), self.manifest(), out)?;
            return Ok(script.map_err(error));
        }
        match format.write(self.graph(), rdf(self), out) {
            Ok(()) => Ok(Ok(())),
            Err(WriteError::Output(error)) => Err(error),
            Err(WriteError::Unfit(fault)) => Ok(Err(error(fault))),
        }
    }
}

fn rdf(database: &Database) -> Option<&Rdf> {
    database.manifest()?.rdf.as_ref()
}

fn unwritten(format: &GraphFormat) -> Fault {
    let message = match format.is_folder() {
        true => "expected a format with a single file, found `csv`, which is a folder".to_owned(),
        false => format!(
            "expected a format that can be written, found `{}`",
            format.name
        ),
    };
    Fault::new(Code::SaveProblem, message)
}

fn taken(path: &Path) -> Error {
    let message = format!("expected a new file, found the file `{}`", path.display());
    let help = "choose another name, or use `--force`, which replaces it";
    Diagnostic::whole(Code::SaveProblem, message)
        .help(help)
        .into()
}
