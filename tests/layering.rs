//! The house rules, read off the sources: imports point down, each crate stays in its room, every file says what it is
//! and stays short, and the library neither prints nor reads a clock.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each module of the library with what it may import: a module, or one thing of a module.
const LIBRARY: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("value", &["base"]),
    ("graph", &["base", "value"]),
    ("syntax", &["base"]),
    ("function", &["base", "value", "graph", "syntax"]),
    ("answer", &["base", "value", "graph", "syntax"]),
    ("question", &["base", "value", "graph", "syntax"]),
    ("plan", &["base", "value", "function"]),
    (
        "analyze",
        &[
            "base",
            "value",
            "function",
            "plan",
            "syntax::ast",
            "graph::Catalog",
            "graph::Stats",
        ],
    ),
    (
        "optimize",
        &[
            "base",
            "value",
            "function",
            "plan",
            "graph::Stats",
            "graph::Direction",
            "graph::Graph",
        ],
    ),
    ("exec", &["base", "value", "graph", "function", "plan"]),
    (
        "engine",
        &[
            "base", "value", "graph", "syntax", "function", "answer", "question", "plan",
            "analyze", "optimize", "exec",
        ],
    ),
    (
        "session",
        &["base", "value", "function", "answer", "engine"],
    ),
];

/// The modules of the binary. They see one another, and of the library what [`PUBLIC`] names.
const BINARY: &[&str] = &["main", "cli", "repl"];

/// The modules of the library that the binary may name, besides what stands at the library's root.
const PUBLIC: &[&str] = &[
    "answer", "base", "function", "question", "session", "syntax", "value",
];

/// Each dependency with the modules that may name it; none, where all may.
const ROOMS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["base"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("dirs", &["main", "cli", "repl"]),
    ("indexmap", &[]),
    ("jiff", &["value"]),
    ("mimalloc", &["main"]),
    ("pest", &["syntax", "question"]),
    ("pest_derive", &["syntax", "question"]),
    ("fixedbitset", &["plan"]),
    ("petgraph", &["graph"]),
    ("postcard", &["graph"]),
    ("regex", &["value", "function"]),
    ("roaring", &["graph", "exec"]),
    ("rustc_hash", &[]),
    ("rustyline", &["repl"]),
    ("serde", &[]),
    (
        "serde_json",
        &["graph", "answer", "session", "main", "cli", "repl"],
    ),
    ("signal_hook", &["main", "cli", "repl"]),
    ("strsim", &["base"]),
    ("toml", &["graph", "question"]),
    ("toml_edit", &["graph"]),
    ("unicode_width", &["answer", "repl"]),
];

/// What only the binary may say, token by token.
const OUTSIDE: &[&[&str]] = &[
    &["println", "!"],
    &["print", "!"],
    &["eprintln", "!"],
    &["eprint", "!"],
    &["dbg", "!"],
    &["process", "::", "exit"],
    &["SystemTime", "::", "now"],
    &["Instant", "::", "now"],
    &["env", "::", "var"],
    &["env", "::", "args"],
];

/// No file is longer than this, its tests not counted.
const LONGEST: usize = 600;

#[test]
fn imports_point_down() {
    check(|file, problems| {
        for import in imports(&file.tokens) {
            if !may_import(&file.module, &import) {
                problems.push(format!(
                    "`{}` may not import `{}`",
                    file.module,
                    import.join("::")
                ));
            }
        }
    });
}

#[test]
fn each_crate_stays_in_its_room() {
    check(|file, problems| {
        for (name, rooms) in ROOMS {
            if !rooms.is_empty()
                && !rooms.contains(&&*file.module)
                && names_crate(&file.tokens, name)
            {
                problems.push(format!("`{name}` belongs to {rooms:?}"));
            }
        }
    });
}

#[test]
fn every_dependency_has_a_room() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, after) = manifest.split_once("[dependencies]\n").unwrap();
    let declared: Vec<_> = after
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.replace('-', "_"))
        .collect();
    let known: Vec<_> = ROOMS.iter().map(|(name, _)| *name).collect();
    assert_eq!(declared, known);
}

#[test]
fn every_file_says_what_it_is() {
    check(|file, problems| {
        if !file.text.starts_with("//! ") {
            problems.push("does not begin with a module doc".to_owned());
        }
    });
}

#[test]
fn no_file_is_too_long() {
    check(|file, problems| {
        let lines = without_tests(&file.text).lines().count();
        if lines > LONGEST && !file.is_test {
            problems.push(format!("has {lines} lines, more than {LONGEST}"));
        }
    });
}

#[test]
fn the_library_neither_prints_nor_ends_nor_reads_a_clock() {
    check(|file, problems| {
        if BINARY.contains(&&*file.module) {
            return;
        }
        for words in OUTSIDE {
            if file
                .tokens
                .windows(words.len())
                .any(|tokens| tokens == *words)
            {
                problems.push(format!(
                    "says `{}`, which is for the binary",
                    words.concat()
                ));
            }
        }
    });
}

#[test]
fn the_rules_catch_what_they_forbid() {
    let tokens = tokenize(
        "use crate::{base::Span, exec::{run, op::Scan}, plan}; // crate::engine\nlet x = crate::value::id::NodeId;",
    );
    let found: Vec<_> = imports(&tokens)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    assert_eq!(
        found,
        [
            "crate::base::Span",
            "crate::exec::run",
            "crate::exec::op::Scan",
            "crate::plan",
            "crate::value::id::NodeId"
        ]
    );
    let import = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
    assert!(!may_import("plan", &import("crate::exec::run")));
    assert!(!may_import("analyze", &import("crate::graph::Graph")));
    assert!(!may_import("exec", &import("crate::optimize::optimize")));
    assert!(may_import("analyze", &import("crate::graph::Catalog")));
    assert!(!may_import("repl", &import("relata::plan::Plan")));
    assert!(may_import("repl", &import("relata::Database")));
    assert!(!may_import("graph", &import("crate::syntax::ast")));
    assert!(names_crate(&tokenize("use petgraph::Graph;"), "petgraph"));
    assert!(!names_crate(
        &tokenize("use crate::csv::Writer; // csv::Reader"),
        "csv"
    ));
    assert_eq!(tokenize(r##"'a' "pest::x" r#"csv::y"# 'x"##), ["'", "x"]);
}

/// A source file.
struct File {
    /// The module it belongs to: the first part of its path.
    module: String,
    /// Whether it is compiled for tests alone.
    is_test: bool,
    text: String,
    tokens: Vec<String>,
}

/// Fails with every problem that `rule` finds in any file.
fn check(rule: impl Fn(&File, &mut Vec<String>)) {
    let mut report = Vec::new();
    let sources = sources();
    let tests = test_files(&sources);
    assert!(
        sources.len() > 20,
        "the sources are not where they should be"
    );
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        let place = path.strip_prefix(root()).unwrap().display().to_string();
        let file = File {
            module: module_of(&path),
            is_test: tests.contains(&path),
            tokens: tokenize(&text),
            text,
        };
        let mut problems = Vec::new();
        rule(&file, &mut problems);
        report.extend(
            problems
                .into_iter()
                .map(|problem| format!("{place}: {problem}")),
        );
    }
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The files of modules that are declared for tests alone.
fn test_files(sources: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in sources {
        let text = fs::read_to_string(path).unwrap();
        for after in text.split("#[cfg(test)]\nmod ").skip(1) {
            if let Some((name, _)) = after.split_once(';').filter(|(name, _)| is_word(name)) {
                let folder = path.with_extension("");
                let own = ["mod", "lib", "main"]
                    .iter()
                    .any(|stem| folder.ends_with(stem));
                let folder = if own { path.parent().unwrap() } else { &folder };
                found.extend([
                    folder.join(name).with_extension("rs"),
                    folder.join(name).join("mod.rs"),
                ]);
            }
        }
    }
    found
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The text up to the module of tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests {").next().unwrap()
}

fn may_import(module: &str, import: &[String]) -> bool {
    let target = import.get(1).map_or("", String::as_str);
    let is_module = LIBRARY.iter().any(|(name, _)| *name == target);
    if import[0] == "relata" {
        return BINARY.contains(&module) && (!is_module || PUBLIC.contains(&target));
    }
    if module == "lib" || module == target || !is_module && !BINARY.contains(&target) {
        // What stands at the root of the crate is for the outside.
        return module == "lib" || module == target || BINARY.contains(&module);
    }
    if BINARY.contains(&module) {
        return BINARY.contains(&target);
    }
    let item = format!("{target}::{}", import.get(2).map_or("", String::as_str));
    let allowed = LIBRARY.iter().find(|(name, _)| *name == module);
    allowed
        .unwrap_or_else(|| panic!("`{module}` has no place in the table of layers"))
        .1
        .iter()
        .any(|may| *may == target || *may == item)
}

/// Every path that begins at `crate` or at the library's name, with groups spelled out.
fn imports(tokens: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let begins = token == "crate" || token == "relata";
        if begins
            && tokens.get(at + 1).is_some_and(|next| next == "::")
            && tokens[at.max(1) - 1] != "::"
        {
            path(tokens, at, &[], &mut found);
        }
    }
    found
}

/// Reads the path at a position, whose beginning is known, and returns the position after it.
fn path(
    tokens: &[String],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut segments = prefix.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => return group(tokens, at + 1, &segments, found),
            Some(word) if is_word(word) || word == "*" => segments.push(word.to_owned()),
            _ => break,
        }
        at += 1;
        if tokens.get(at).is_none_or(|next| next != "::") {
            break;
        }
        at += 1;
    }
    found.push(segments);
    at
}

fn group(
    tokens: &[String],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "}" => return at + 1,
            word if is_word(word) && word != "as" => at = path(tokens, at, prefix, found),
            _ => at += 1,
        }
    }
    at
}

/// Whether a path begins at the crate of that name, and not at a module of the file itself.
fn names_crate(tokens: &[String], name: &str) -> bool {
    let own = ["mod", name, ";"];
    if tokens.windows(3).any(|words| words == own) {
        return false;
    }
    tokens.iter().enumerate().any(|(at, token)| {
        let before = at
            .checked_sub(1)
            .map_or("", |before| tokens[before].as_str());
        let after = tokens.get(at + 1).map_or("", String::as_str);
        token == name && (after == "::" && before != "::" || before == "use" && after == ";")
    })
}

fn is_word(token: &str) -> bool {
    token.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

/// Words and signs, without comments, strings and characters.
fn tokenize(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = skipped(rest).unwrap_or_else(|| {
            let length = match letter {
                ':' if rest.starts_with("::") => 2,
                _ if is_word(rest) => rest
                    .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
                    .unwrap_or(rest.len()),
                _ => letter.len_utf8(),
            };
            tokens.push(rest[..length].to_owned());
            length
        });
        rest = &rest[length..];
    }
    tokens
}

/// How many bytes at the beginning say nothing of names.
fn skipped(rest: &str) -> Option<usize> {
    let end = |found: Option<usize>, close: usize| Some(found.map_or(rest.len(), |at| at + close));
    if rest.starts_with(char::is_whitespace) {
        return Some(rest.len() - rest.trim_start().len());
    }
    if rest.starts_with("//") {
        return end(rest.find('\n'), 0);
    }
    if rest.starts_with("/*") {
        return end(rest.find("*/"), 2);
    }
    if let Some(raw) = rest
        .strip_prefix('r')
        .filter(|raw| raw.starts_with(['"', '#']))
    {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        let close = format!("\"{}", "#".repeat(marks));
        let inside = raw[marks..].strip_prefix('"')?;
        let before = rest.len() - inside.len();
        return end(inside.find(&close).map(|at| at + before), close.len());
    }
    if rest.starts_with('"') {
        return Some(quoted(rest, '"'));
    }
    // A quote begins a character, unless it begins a lifetime.
    let mut letters = rest.strip_prefix('\'')?.chars();
    let (first, second) = (letters.next()?, letters.next());
    (first == '\\' || second == Some('\'')).then(|| quoted(rest, '\''))
}

/// The length of a literal in quotes, in which a backslash takes the letter after it along.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    let close = rest.char_indices().skip(1).find(|(_, letter)| {
        let closes = *letter == quote && !escaped;
        escaped = *letter == '\\' && !escaped;
        closes
    });
    close.map_or(rest.len(), |(at, _)| at + 1)
}
