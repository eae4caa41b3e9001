//! The house rules, checked on the sources: imports point down and form no cycle beyond the known ones, each crate stays in
//! its room, every file says what it is and stays short, and the library neither prints nor reads a clock.

#[path = "layering/addition.rs"]
mod addition;
#[path = "layering/cycle.rs"]
mod cycle;
#[path = "layering/source.rs"]
mod source;

use std::{collections::BTreeSet, fs};

use crate::{
    cycle::imports_on_cycles,
    source::{File, root, sources},
};

/// Each module of the library with its allowed imports: a module, or one item of a module.
const LIBRARY: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("value", &["base"]),
    ("graph", &["base", "value"]),
    ("syntax", &["base"]),
    ("columnar", &["base", "value"]),
    ("algorithm", &["base"]),
    (
        "function",
        &["base", "value", "graph", "syntax", "algorithm"],
    ),
    ("answer", &["base", "value", "graph", "syntax", "columnar"]),
    ("question", &["base", "value", "graph", "syntax"]),
    ("exchange", &["base", "value", "graph", "columnar"]),
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
            "graph::Orientation",
            "graph::Graph",
        ],
    ),
    ("exec", &["base", "value", "graph", "function", "plan"]),
    (
        "engine",
        &[
            "base", "value", "graph", "syntax", "function", "answer", "question", "exchange",
            "plan", "analyze", "optimize", "exec",
        ],
    ),
    (
        "session",
        &["base", "value", "function", "answer", "engine"],
    ),
];

/// The modules of the binary. They may import each other and the library modules in [`PUBLIC`].
const BINARY: &[&str] = &["main", "cli", "repl", "serve"];

/// The library modules that the binary may name, besides the items at the root.
const PUBLIC: &[&str] = &[
    "answer", "base", "function", "question", "session", "syntax", "value",
];

/// Each dependency with the modules that may use it; an empty list allows all.
const ROOMS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["base"]),
    ("arrow_array", &["columnar"]),
    ("arrow_buffer", &["columnar"]),
    ("arrow_ipc", &["columnar"]),
    ("arrow_schema", &["columnar"]),
    ("axum", &["serve"]),
    ("boltr", &["serve"]),
    ("bytes", &["columnar", "serve"]),
    ("calamine", &["exchange"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("csv", &["exchange"]),
    ("dirs", &["main", "cli", "repl"]),
    ("encoding_rs", &["exchange"]),
    ("fixedbitset", &["plan", "exec"]),
    ("flate2", &["base"]),
    ("futures_util", &["serve"]),
    ("glob", &["cli"]),
    ("indexmap", &[]),
    ("jiff", &["value"]),
    ("lru", &["engine"]),
    ("memory_stats", &["cli"]),
    ("mimalloc", &["cli"]),
    ("oxrdf", &["exchange"]),
    ("oxrdfio", &["exchange"]),
    ("parquet", &["columnar"]),
    ("pest", &["syntax", "question"]),
    ("pest_derive", &["syntax", "question"]),
    ("petgraph", &["graph"]),
    ("postcard", &["graph"]),
    ("quick_xml", &["exchange"]),
    ("rayon", &["algorithm", "graph", "exec"]),
    ("redb", &["graph"]),
    ("regex", &["value", "function"]),
    ("rmcp", &["serve"]),
    ("roaring", &["graph", "function", "exec"]),
    ("rust_decimal", &["value"]),
    ("rusqlite", &["exchange"]),
    ("rustc_hash", &[]),
    ("rustyline", &["repl"]),
    ("ruzstd", &["base"]),
    ("serde", &[]),
    (
        "serde_json",
        &[
            "graph", "answer", "exchange", "session", "main", "cli", "repl", "serve",
        ],
    ),
    ("signal_hook", &["main", "cli", "repl"]),
    ("strsim", &["base"]),
    ("sysinfo", &["cli"]),
    ("tokio", &["serve"]),
    ("tokio_rustls", &["serve"]),
    ("tokio_tungstenite", &["serve"]),
    ("toml", &["graph", "question", "exchange", "repl"]),
    ("toml_edit", &["graph", "repl"]),
    ("twox_hash", &["graph"]),
    ("unicode_normalization", &["function"]),
    ("unicode_width", &["answer", "repl"]),
];

/// Macros for the binary only.
const OUTSIDE_MACROS: &[&str] = &["println", "print", "eprintln", "eprint", "dbg"];

/// Paths, whole or in part, for the binary only.
const OUTSIDE: &[&str] = &[
    "process::exit",
    "SystemTime::now",
    "Instant::now",
    "env::var",
    "env::args",
];

/// Maximum number of lines of a file, its tests not counted.
const LONGEST: usize = 600;

/// The imports on cycles between files or between folders, as `importing -> imported`. The list may only become shorter:
/// an entry that is no longer on a cycle fails the test.
const KNOWN_CYCLES: &[&str] = &[
    "answer::cell -> answer::text",
    "answer::convert::from_row -> answer::row",
    "answer::row -> answer::convert::from_row",
    "answer::text -> answer::cell",
    "engine::database -> engine::lexicon",
    "engine::database -> engine::open",
    "engine::database -> engine::shared",
    "engine::database -> engine::statement",
    "engine::database -> engine::transaction",
    "engine::lexicon -> engine::database",
    "engine::lexicon -> engine::question",
    "engine::open -> engine::database",
    "engine::pipeline -> engine::database",
    "engine::pipeline -> engine::run_options",
    "engine::pipeline -> engine::statement",
    "engine::question -> engine::database",
    "engine::question -> engine::lexicon",
    "engine::question -> engine::support",
    "engine::run_options -> engine::statement",
    "engine::shared -> engine::database",
    "engine::shared -> engine::lexicon",
    "engine::statement -> engine::database",
    "engine::statement -> engine::pipeline",
    "engine::support -> engine::lexicon",
    "engine::transaction -> engine::database",
    "function::builtin -> function::procedure",
    "function::procedure -> function::builtin",
    "graph::load::cell -> graph::load::mixed",
    "graph::load::ids -> graph::load::nodes",
    "graph::load::mixed -> graph::load::cell",
    "graph::load::nodes -> graph::load::ids",
    "question::build -> question::resolve",
    "question::build::extras -> question::interpretation",
    "question::build::form -> question::build::query",
    "question::build::form -> question::build::told",
    "question::build::node -> question::build::scope",
    "question::build::node -> question::build::value",
    "question::build::query -> question::build::form",
    "question::build::query -> question::build::rank",
    "question::build::query -> question::build::scope",
    "question::build::query -> question::build::walk",
    "question::build::rank -> question::build::query",
    "question::build::rank -> question::build::scope",
    "question::build::scope -> question::build::node",
    "question::build::scope -> question::build::rank",
    "question::build::scope -> question::build::value",
    "question::build::scope -> question::build::walk",
    "question::build::told -> question::build::form",
    "question::build::told -> question::build::query",
    "question::build::told -> question::build::scope",
    "question::build::value -> question::build::scope",
    "question::build::walk -> question::build::query",
    "question::interpretation -> question::build::extras",
    "question::mention -> question::vocabulary",
    "question::resolve -> question::build",
    "question::resolve::is -> question::resolve::restriction",
    "question::resolve::restriction -> question::resolve::is",
    "question::vocabulary -> question::mention",
    "question::vocabulary::file::adjectives -> question::vocabulary::file::declare",
    "question::vocabulary::file::adverbs -> question::vocabulary::file::adjectives",
    "question::vocabulary::file::adverbs -> question::vocabulary::file::declare",
    "question::vocabulary::file::declare -> question::vocabulary::file::adjectives",
    "question::vocabulary::file::declare -> question::vocabulary::file::adverbs",
    "repl::command -> repl::shell",
    "repl::command::run -> repl::script",
    "repl::command::run -> repl::shell",
    "repl::complete::bracket -> repl::complete::context",
    "repl::complete::context -> repl::complete::bracket",
    "repl::console -> repl::reply",
    "repl::reply -> repl::console",
    "repl::script -> repl::command",
    "repl::script -> repl::command::run",
    "repl::script -> repl::shell",
    "repl::script -> repl::stream",
    "repl::shell -> repl::script",
    "repl::stream -> repl::command",
    "repl::stream -> repl::script",
    "repl::stream -> repl::shell",
    "value::temporal::civil -> value::temporal::display",
    "value::temporal::clock -> value::temporal::civil",
    "value::temporal::construct -> value::temporal::fields",
    "value::temporal::construct -> value::temporal::parts",
    "value::temporal::display -> value::temporal::civil",
    "value::temporal::display -> value::temporal::clock",
    "value::temporal::fields -> value::temporal::construct",
    "value::temporal::fields -> value::temporal::parts",
    "value::temporal::parts -> value::temporal::construct",
];

#[test]
fn imports_point_down() {
    check(|file, problems| {
        for import in file.imports() {
            if !may_import(file.top(), import) {
                let import = import.join("::");
                problems.push(format!("`{}` may not import `{import}`", file.top()));
            }
        }
    });
}

#[test]
fn there_is_no_import_cycle_beyond_the_known_ones() {
    let found = imports_on_cycles(sources());
    let known: BTreeSet<_> = KNOWN_CYCLES.iter().map(ToString::to_string).collect();
    let added: Vec<_> = found.difference(&known).cloned().collect();
    assert!(
        added.is_empty(),
        "these imports are on a new cycle:\n{}",
        added.join("\n")
    );
    let gone: Vec<_> = known.difference(&found).cloned().collect();
    assert!(
        gone.is_empty(),
        "these imports are no longer on a cycle; remove them from `KNOWN_CYCLES`:\n{}",
        gone.join("\n")
    );
}

#[test]
fn each_crate_stays_in_its_room() {
    check(|file, problems| {
        for (name, rooms) in ROOMS {
            if !rooms.is_empty() && !rooms.contains(&file.top()) && file.names_crate(name) {
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
        if BINARY.contains(&file.top()) {
            return;
        }
        let macros = OUTSIDE_MACROS.iter().filter(|name| file.calls_macro(name));
        problems.extend(macros.map(|name| format!("calls `{name}!`, which is for the binary")));
        let paths = OUTSIDE.iter().filter(|path| file.names(path));
        problems.extend(paths.map(|path| format!("names `{path}`, which is for the binary")));
    });
}

#[test]
fn every_form_of_an_import_is_seen() {
    let text = r##"
        use crate::{base::Span, exec::{run, op::{self, Scan as S}}, plan}; // crate::engine
        use super::walk::*;
        pub(in crate::value) fn f() -> crate::value::id::NodeId {
            assert_eq!("crate::text", r#"crate::raw"#, vec![self::inner::g(), crate::graph::h::<u8>('\'')]);
        }
    "##;
    let file = read("plan::check", text);
    let found: Vec<_> = file.imports().map(|path| path.join("::")).collect();
    assert_eq!(
        found,
        [
            "crate::base::Span",
            "crate::exec::run",
            "crate::exec::op",
            "crate::exec::op::Scan",
            "crate::plan",
            "crate::plan::walk",
            "crate::value",
            "crate::value::id::NodeId",
            "crate::plan::check::inner::g",
            "crate::graph::h",
        ]
    );
}

#[test]
fn imports_up_and_beside_are_refused() {
    let import = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
    assert!(!may_import("plan", &import("crate::exec::run")));
    assert!(!may_import("analyze", &import("crate::graph::Graph")));
    assert!(!may_import("exec", &import("crate::optimize::optimize")));
    assert!(may_import("analyze", &import("crate::graph::Catalog")));
    assert!(!may_import("repl", &import("relata::plan::Plan")));
    assert!(may_import("repl", &import("relata::Database")));
    assert!(!may_import("graph", &import("crate::syntax::ast")));
}

#[test]
fn a_crate_is_told_from_a_module_of_its_name() {
    let names_crate = |text: &str, name: &str| read("graph::load", text).names_crate(name);
    assert!(names_crate("use petgraph::Graph;", "petgraph"));
    assert!(names_crate("type A = ::petgraph::Graph;", "petgraph"));
    assert!(names_crate(
        "#[derive(serde::Serialize)] struct A;",
        "serde"
    ));
    assert!(!names_crate(
        "use crate::csv::Writer; // csv::Reader",
        "csv"
    ));
    assert!(!names_crate("use crate::csv; type A = csv::Writer;", "csv"));
    assert!(!names_crate("const CSV: &str = \"csv::Writer\";", "csv"));
}

#[test]
fn the_clock_and_the_console_are_seen() {
    let file = read(
        "exec",
        "use std::process; fn f() { if g!(println!()) { process::exit(1) } }",
    );
    assert!(file.calls_macro("println") && !file.calls_macro("print"));
    assert!(file.names("process::exit") && !file.names("Instant::now"));
}

#[test]
fn cycles_are_found_between_files_and_between_folders() {
    let files = [
        read("", "pub mod a; pub mod b;"),
        read("a", "pub use self::x::X; pub struct A;"),
        read("a::x", "use crate::b::z::Z; use super::A; pub struct X;"),
        read("a::y", "use super::X; pub struct Y;"),
        read("b", ""),
        read(
            "b::z",
            "pub struct Z; #[cfg(test)] mod tests { use crate::a::X; }",
        ),
        read("b::w", "fn f() -> crate::a::X { todo!() }"),
    ];
    let found: Vec<_> = imports_on_cycles(&files).into_iter().collect();
    assert_eq!(found, ["a -> b", "b -> a"]);
    let files = [
        read("", "mod a;"),
        read("a", "pub use self::x::X; pub struct A;"),
        read("a::x", "use super::{A, y}; pub struct X(y::Y);"),
        read("a::y", "pub struct Y(super::X);"),
    ];
    let found: Vec<_> = imports_on_cycles(&files).into_iter().collect();
    assert_eq!(found, ["a::x -> a::y", "a::y -> a::x"]);
}

/// A text as the file of a module.
fn read(module: &str, text: &str) -> File {
    let module = module.split("::").filter(|name| !name.is_empty());
    File::read(
        "a text",
        module.map(str::to_owned).collect(),
        text.to_owned(),
    )
}

/// Fails with every problem that `rule` finds in any file.
fn check(rule: impl Fn(&File, &mut Vec<String>)) {
    let mut report = Vec::new();
    assert!(sources().len() > 20, "expected the sources under `src`");
    for file in sources() {
        let mut problems = Vec::new();
        rule(file, &mut problems);
        let place = |problem| format!("{}: {problem}", file.place);
        report.extend(problems.into_iter().map(place));
    }
    assert!(report.is_empty(), "\n{}", report.join("\n"));
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
        // The items at the crate root are for external users.
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
