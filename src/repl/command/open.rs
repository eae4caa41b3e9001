//! `:open`: another graph in place of the one that is open.

use std::path::Path;

use crate::repl::{
    command::Flow, command::run::target, console::counted, error::ShellError, shell::Shell,
};

/// `:open my-graph`, `:open people.csv`; `--force` drops changes that are not saved.
pub(super) fn open(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    let (path, force) = target(argument);
    if path.as_os_str().is_empty() {
        let help = "`:open PATH` opens a folder or a file in its place".to_owned();
        return Err(ShellError::Usage(
            "expected the path of a graph; one graph is open at a time".to_owned(),
            Some(help),
        ));
    }
    if shell.database.in_transaction() {
        let help = "`:commit` or `:rollback` ends it".to_owned();
        return Err(ShellError::Usage(
            "a transaction is open".to_owned(),
            Some(help),
        ));
    }
    if shell.has_changed() && !force {
        let help = format!(
            "`:save DIR` keeps them, `:open {} --force` drops them",
            path.display()
        );
        return Err(ShellError::Usage(
            "the changes of the graph are not saved".to_owned(),
            Some(help),
        ));
    }
    shell.open(path)?;
    told(shell, path);
    Ok(Flow::Stay)
}

/// Says at a prompt what is open now.
fn told(shell: &Shell, path: &Path) {
    if shell.console.quiet {
        return;
    }
    let graph = shell.database.graph();
    shell.console.note(&format!(
        "{}: {}, {}",
        path.display(),
        counted(graph.node_count() as u64, "node", "nodes"),
        counted(
            graph.relationship_count() as u64,
            "relationship",
            "relationships"
        )
    ));
}
