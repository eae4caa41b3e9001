//! The corpus: statements by area; the first line of each file names its graph.
//!
//! Each file has one snapshot with the plan, the warnings and the rows of every statement. Each statement must give the
//! same rows at every engine level: full, without indexes, and unoptimised. A statement whose last clause sorts must
//! define a total order, so that its rows are compared in order; other rows are compared, and stored, as a multiset.
//! The changes of a statement are undone before the next one.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use insta::{Settings, assert_snapshot};
use relata::{
    Answer, Database, Format, Layout, OptLevel, parse, split,
    syntax::ast::{Body, Clause},
};

const ROOT: &str = "tests/corpus";

/// The file whose trails are too many to enumerate, as unoptimised statements do.
const ONLY_OPTIMISED: &str = "language__reachability";

/// A file of statements.
struct File {
    /// `area__name`
    name: String,
    graph: String,
    text: String,
}

#[test]
fn every_file_gives_its_plans_and_rows() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("corpus/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let wrong = each_file(|file| {
        let report = report(file);
        settings.bind(|| assert_snapshot!(file.name.as_str(), report));
    });
    assert!(
        wrong.is_empty(),
        "these differ from their snapshots: {wrong:?}"
    );
}

#[test]
fn every_level_gives_the_same_rows() {
    let wrong = each_file(|file| {
        let mut database = file.database();
        for statement in file.statements() {
            let expected = rows(&mut database, statement, OptLevel::Full);
            for level in file.other_levels() {
                let found = rows(&mut database, statement, level);
                assert_eq!(found, expected, "{level:?}: {statement}");
            }
        }
    });
    assert!(wrong.is_empty(), "levels do not agree on these: {wrong:?}");
}

#[test]
fn there_are_forty_queries_over_the_graph_that_is_built_in() {
    let on_it = files()
        .into_iter()
        .filter(|file| file.graph == "connected-practice");
    let queries: usize = on_it.map(|file| split(&file.text).count()).sum();
    assert!(queries >= 40, "{queries} queries");
}

/// The rows of a statement as lines. What it changes is undone.
fn rows(database: &mut Database, statement: &str, level: OptLevel) -> Vec<String> {
    let mut undone = database.transaction().expect("no transaction is open");
    let answer = undone.query(statement).level(level).run();
    lines(&answer.expect("statements of the corpus run"), statement)
}

/// Rows as lines: in their order if the statement sorts, else sorted.
fn lines(answer: &Answer, statement: &str) -> Vec<String> {
    let mut out = Vec::new();
    let format = Format::find("jsonl").expect("there is such a format");
    format
        .write(answer, Layout::default(), &mut out)
        .expect("writing to memory does not fail");
    let text = String::from_utf8(out).expect("formats write text");
    let mut lines: Vec<_> = text.lines().map(String::from).collect();
    if !sorts(statement) {
        lines.sort();
    }
    lines
}

/// Whether the last clause of a statement sorts.
fn sorts(statement: &str) -> bool {
    let tree = parse(statement).expect("statements of the corpus parse");
    let Body::Query(query) = &tree.body else {
        return false;
    };
    let last = query.first.clauses.last().filter(|_| query.rest.is_empty());
    matches!(last, Some(Clause::Return(clause)) if !clause.projection.order_by.is_empty())
}

fn report(file: &File) -> String {
    let mut database = file.database();
    let told = file.statements().map(|statement| {
        let plan = database
            .query(statement)
            .explain()
            .expect("statements of the corpus can be explained");
        let mut undone = database.transaction().expect("no transaction is open");
        let answer = undone
            .query(statement)
            .run()
            .expect("statements of the corpus run");
        let mut text = format!("{statement};\n");
        for line in plan.plan().expect("what is explained has a plan") {
            let (branches, operator, details) = (&line.branches, &line.operator, &line.details);
            text.push_str(format!("  | {branches}{operator} {details}").trim_end());
            text.push('\n');
        }
        for warning in answer.warnings() {
            text.push_str(&format!("  ! {warning}\n"));
        }
        lines(&answer, statement)
            .iter()
            .for_each(|row| text.push_str(&format!("{row}\n")));
        text
    });
    told.collect::<Vec<_>>().join("\n")
}

impl File {
    fn database(&self) -> Database {
        match self.graph.as_str() {
            "connected-practice" => Database::connected_practice(),
            "empty" => Database::empty(),
            name => {
                let script = Path::new(ROOT)
                    .join("graphs")
                    .join(format!("{name}.cypher"));
                Database::open(script).expect("the scripts of graphs run")
            }
        }
    }

    /// The levels other than the full one that its statements run at.
    fn other_levels(&self) -> Vec<OptLevel> {
        let mut levels = vec![OptLevel::Counting, OptLevel::WithoutIndexes];
        if self.name != ONLY_OPTIMISED {
            levels.push(OptLevel::Unoptimised);
        }
        levels
    }

    fn statements(&self) -> impl Iterator<Item = &str> {
        split(&self.text).map(|piece| &self.text[piece.span.range()])
    }
}

/// Calls `check` with every file and returns the names of the files for which it panics.
fn each_file(check: impl Fn(&File)) -> Vec<String> {
    let files = files();
    let fails = |file: &&File| catch_unwind(AssertUnwindSafe(|| check(file))).is_err();
    files
        .iter()
        .filter(fails)
        .map(|file| file.name.clone())
        .collect()
}

fn files() -> Vec<File> {
    let mut files = Vec::new();
    for area in folders(Path::new(ROOT)) {
        let scripts = area.file_name().is_some_and(|name| name != "graphs");
        for path in entries(&area)
            .into_iter()
            .filter(|path| scripts && path.extension().is_some_and(|e| e == "cypher"))
        {
            files.push(file(&area, &path));
        }
    }
    files
}

fn file(area: &Path, path: &Path) -> File {
    let text = fs::read_to_string(path).expect("the corpus can be read");
    let first = text.lines().next().unwrap_or_default();
    let graph = first.strip_prefix("// graph: ").unwrap_or_else(|| {
        panic!("{}: the first line names no graph", path.display());
    });
    let stem = |path: &Path| {
        path.file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    File {
        name: format!("{}__{}", stem(area), stem(path)),
        graph: graph.to_owned(),
        text,
    }
}

fn folders(path: &Path) -> Vec<PathBuf> {
    entries(path)
        .into_iter()
        .filter(|path| path.is_dir())
        .collect()
}

fn entries(path: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(path).expect("the corpus is a folder");
    let mut paths: Vec<_> = found
        .map(|entry| entry.expect("the corpus can be listed").path())
        .collect();
    paths.sort();
    paths
}
