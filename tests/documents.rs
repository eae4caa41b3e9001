//! README and docs are run: every `console` block gives the output it shows, every `cypher` block runs. Their links lead
//! to files, and `docs/README.md` lists each page of `docs/` once.
//!
//! `UPDATE_DOCS=1` replaces the outputs in the documents by the current ones.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use relata::Database;

/// A fenced block of a document: its language, its lines, and the number of its first line.
struct Block {
    language: String,
    first_line: usize,
    lines: Vec<String>,
}

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![root.join("README.md")];
    let entries = fs::read_dir(root.join("docs"))
        .into_iter()
        .flatten()
        .flatten();
    found.extend(
        entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|kind| kind == "md")),
    );
    found.sort();
    found
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                let language = language.trim().to_owned();
                open = Some(Block {
                    language,
                    first_line: number + 2,
                    lines: Vec::new(),
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    blocks
}

/// The lines of a block with the current output of its commands.
fn replayed(block: &Block) -> Vec<String> {
    let mut lines = Vec::new();
    let mut waiting = block.lines.iter().peekable();
    while let Some(line) = waiting.next() {
        let Some(command) = line.strip_prefix("$ ") else {
            continue;
        };
        lines.push(line.clone());
        let mut command = command.to_owned();
        while open_ended(&command) {
            let Some(more) = waiting.next() else { break };
            lines.push(more.clone());
            command = format!("{command}\n{more}");
        }
        lines.extend(run(&command).lines().map(str::to_owned));
    }
    lines
}

/// Whether a command continues on the next line: an open quote, a final backslash or `&&`.
fn open_ended(command: &str) -> bool {
    let mut quote = None;
    for char in command.chars() {
        match quote {
            None if char == '\'' || char == '"' => quote = Some(char),
            Some(open) if open == char => quote = None,
            _ => {}
        }
    }
    quote.is_some() || command.ends_with('\\') || command.ends_with("&&")
}

/// The output of a shell command, both streams combined as on a terminal.
fn run(command: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_relata"));
    let folder = binary.parent().expect("the binary lies in a folder");
    let path = format!(
        "{}:{}",
        folder.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    // Files that the commands write here are removed with the folder.
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let command = command
        .replace("cargo run --release --", "relata")
        .replace("cargo run --release", "relata");
    let mut child = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .env("TMPDIR", scratch.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell can be started");
    child
        .stdin
        .take()
        .expect("the shell has an input")
        .write_all(b"")
        .expect("nothing can be written");
    let output = child.wait_with_output().expect("the shell ends");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn every_console_block_shows_what_its_commands_give() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let mut stale = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).expect("a document is readable");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for block in blocks(&text)
            .iter()
            .rev()
            .filter(|block| block.language == "console")
        {
            let now = replayed(block);
            if now != block.lines {
                let place = format!("{}:{}", path.display(), block.first_line);
                stale.push(format!(
                    "{place}\nexpected\n{}\ngot\n{}",
                    block.lines.join("\n"),
                    now.join("\n")
                ));
                let start = block.first_line - 1;
                lines.splice(start..start + block.lines.len(), now);
            }
        }
        if update {
            fs::write(&path, lines.join("\n") + "\n").expect("a document is writable");
        }
    }
    assert!(update || stale.is_empty(), "{}", stale.join("\n\n"));
}

#[test]
fn every_cypher_block_runs() {
    let mut broken = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).expect("a document is readable");
        for block in blocks(&text)
            .iter()
            .filter(|block| block.language == "cypher")
        {
            let script = relata::Source::new(path.display().to_string(), block.lines.join("\n"));
            let mut database = Database::connected_practice();
            if let Err(error) = database.run_script(&script.into()) {
                broken.push(format!("{}:{}: {error}", path.display(), block.first_line));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The targets of the links in a document: `b` of `[a](b)`, outside of fenced blocks.
fn links(text: &str) -> Vec<String> {
    let prose = text.split("```").step_by(2).collect::<Vec<_>>().join("\n");
    prose
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.to_owned())
        .collect()
}

#[test]
fn every_link_leads_to_a_file() {
    let mut dead = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).expect("a document is readable");
        let folder = path.parent().expect("a document has a folder");
        for link in links(&text).iter().filter(|link| !link.contains("://")) {
            let file = link.split('#').next().unwrap_or_default();
            if !folder.join(file).exists() {
                dead.push(format!("{}: expected the file `{link}`", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn the_fixed_limits_are_listed() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/LANGUAGE.md")).unwrap();
    for bound in relata::BOUNDS {
        let digits = bound.most.to_string();
        let groups: Vec<_> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(String::from_utf8_lossy)
            .collect();
        let row = format!("| {} | {} |", groups.join(","), bound.counted);
        assert!(page.contains(&row), "expected `{row}` in docs/LANGUAGE.md");
    }
}

#[test]
fn the_index_lists_each_page_once() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let index = docs.join("README.md");
    let text = fs::read_to_string(&index).expect("docs/README.md is readable");
    let mut listed: Vec<PathBuf> = links(&text)
        .iter()
        .filter(|link| link.ends_with(".md") && !link.contains('/'))
        .map(|link| docs.join(link))
        .collect();
    listed.sort();
    let pages: Vec<PathBuf> = documents()
        .into_iter()
        .filter(|path| path.parent() == Some(&docs) && *path != index)
        .collect();
    assert_eq!(
        listed, pages,
        "docs/README.md (left) lists each page of docs/ (right) once"
    );
}
