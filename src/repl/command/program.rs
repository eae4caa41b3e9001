//! Commands that run other programs: the editor and the shell of the system.

use std::{
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process,
};

use crate::repl::{command::Flow, error::ShellError, shell::Shell};

/// The editor where neither `VISUAL` nor `EDITOR` is set.
const USUAL: &str = "vi";

/// `:edit`, `:edit queries.cypher`: what is written then is the beginning of the next line.
pub(super) fn edit(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    may_run(shell, ":edit")?;
    let text = if argument.is_empty() {
        edited(shell, &last(shell))?
    } else {
        let path = Path::new(argument.trim_matches(['\'', '"']));
        run_editor(shell, path)?;
        shell.file(path)?.trim_end().to_owned()
    };
    shell.draft = Some(text).filter(|text| !text.is_empty());
    Ok(Flow::Stay)
}

/// The statement or the question before this command.
fn last(shell: &Shell) -> String {
    let mut earlier = shell.history.iter().rev();
    let statement = earlier.find(|entry| !entry.trim_start().starts_with([':', '.', '\\', '!']));
    statement.cloned().unwrap_or_default()
}

/// A text as the editor leaves it.
pub(crate) fn edited(shell: &mut Shell, text: &str) -> Result<String, ShellError> {
    may_run(shell, ":edit")?;
    let draft = Draft::new(text).map_err(|error| ShellError::file(&env::temp_dir(), error))?;
    run_editor(shell, &draft.0)?;
    Ok(shell.file(&draft.0)?.trim_end().to_owned())
}

fn run_editor(shell: &mut Shell, path: &Path) -> Result<(), ShellError> {
    let named = ["VISUAL", "EDITOR"].iter().find_map(|name| {
        let program = env::var(name).ok()?;
        (!program.trim().is_empty()).then_some(program)
    });
    let program = named.unwrap_or_else(|| USUAL.to_owned());
    // The variable may have arguments, as in `code --wait`.
    let mut command = process::Command::new("sh");
    command.args(["-c", &format!("{program} \"$1\""), "sh"]);
    command.arg(path);
    run(shell, command).and_then(|ended| {
        let failed = || ShellError::usage(format!("the editor `{program}` failed"));
        if ended.success() {
            Ok(())
        } else {
            Err(failed())
        }
    })
}

/// `:shell ls -l`, `:shell`, `!ls -l`
pub(super) fn shell(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    may_run(shell, ":shell")?;
    let usual = env::var("SHELL").unwrap_or_else(|_| "sh".to_owned());
    let mut command = process::Command::new("sh");
    match argument {
        "" => command = process::Command::new(usual),
        line => {
            command.args(["-c", line]);
        }
    }
    let ended = run(shell, command)?;
    if let Some(code) = ended.code().filter(|code| *code != 0) {
        shell.console.note(&format!("exit code {code}"));
    }
    Ok(Flow::Stay)
}

/// Waits for a program. Ctrl-C goes to the program only.
fn run(
    shell: &mut Shell,
    mut command: process::Command,
) -> Result<process::ExitStatus, ShellError> {
    shell.interrupts.listen();
    let ended = command.status();
    shell.interrupts.clear();
    ended.map_err(|error| ShellError::file(Path::new(command.get_program()), error))
}

/// Programs run only for a person at a prompt, never from the text of a file.
fn may_run(shell: &Shell, command: &str) -> Result<(), ShellError> {
    if shell.interactive && shell.depth == 0 {
        return Ok(());
    }
    Err(ShellError::usage(format!(
        "`{command}` runs a program, which only the prompt may do"
    )))
}

/// A file of a text in the folder for temporary files, which nobody else can read; it is removed with this value.
struct Draft(PathBuf);

impl Draft {
    fn new(text: &str) -> io::Result<Self> {
        let mut number = 0_u32;
        loop {
            let name = format!("relata-{}-{number}.cypher", process::id());
            let path = env::temp_dir().join(name);
            match private(&path) {
                Ok(mut file) => {
                    let draft = Self(path);
                    writeln!(file, "{text}")?;
                    return Ok(draft);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => {
                    number += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// A new file of the user alone. A file that exists, such as a link of another user, is refused.
fn private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
