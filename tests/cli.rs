//! The program as scripts and shells use it: arguments, streams, formats and exit codes.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// The result of a run.
#[derive(Debug)]
struct Run {
    out: String,
    err: String,
    code: Option<i32>,
}

/// A statement that runs longer than any test waits.
const ENDLESS: &str = "MATCH (a), (b), (c), (d), (e) WHERE a.name + b.name + c.name + d.name + e.name = 'x' RETURN count(*)";

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    command
        .args(arguments)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs the program with empty standard input.
fn run(arguments: &[&str]) -> Run {
    run_with(arguments, "")
}

/// Runs the program with `input` on standard input.
fn run_with(arguments: &[&str], input: &str) -> Run {
    let mut child = command(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The write fails if the program stops at the first error.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Run {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

/// Runs statements that must succeed and returns their output.
fn data(arguments: &[&str]) -> String {
    let run = run(arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

fn file(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const ROW: &str = "RETURN 1 AS a, 'x,y' AS b, null AS c, [true, 1.5] AS d";

#[test]
fn data_is_csv_with_a_header_when_it_is_piped() {
    assert_eq!(data(&["-c", ROW]), "a,b,c,d\n1,\"x,y\",,\"[true, 1.5]\"\n");
}

#[test]
fn every_format_can_be_asked_for() {
    let written = |format: &str| data(&["--format", format, "-c", ROW]);
    assert_eq!(written("csv"), data(&["-c", ROW]));
    assert!(written("tsv").starts_with("a\tb\tc\td\n1\tx,y\t"));
    let json: serde_json::Value = serde_json::from_str(&written("json")).unwrap();
    let row = serde_json::json!({"a": 1, "b": "x,y", "c": null, "d": [true, 1.5]});
    assert_eq!(json, serde_json::json!([row]));
    let line: serde_json::Value = serde_json::from_str(written("jsonl").trim_end()).unwrap();
    assert_eq!(line, row);
    assert!(written("markdown").starts_with('|'));
    assert!(written("table").contains("x,y"));
    assert!(written("vertical").contains("x,y"));
}

#[test]
fn statements_come_from_arguments_files_and_standard_input_in_order() {
    let folder = TempDir::new().unwrap();
    let script = file(
        &folder,
        "two.cypher",
        "RETURN 2 AS x; // two\nRETURN 3 AS x;",
    );
    let run = run_with(
        &[
            "-c",
            "RETURN 1 AS x",
            "-f",
            &script,
            "-c",
            "RETURN 4 AS x",
            "-f",
            "-",
        ],
        "RETURN 5 AS x",
    );
    assert_eq!(run.out, "x\n1\nx\n2\nx\n3\nx\n4\nx\n5\n");
    assert_eq!(run_with(&[], "RETURN 6 AS x;\n").out, "x\n6\n");
    assert_eq!(run_with(&[], "\u{FEFF}RETURN 7 AS x").out, "x\n7\n");
    assert_eq!(run_with(&[], "").code, Some(0));
}

#[test]
fn parameters_come_from_options_and_files() {
    let folder = TempDir::new().unwrap();
    let values = file(
        &folder,
        "values.json",
        r#"{"x": 1, "list": [1, "two", null]}"#,
    );
    let given = ["--params-file", &values, "--param", "x={\"y\": 2.5}"];
    let asked = ["--format", "json", "-c", "RETURN $x.y AS y, $list AS list"];
    let json: serde_json::Value = serde_json::from_str(&data(&[given, asked].concat())).unwrap();
    assert_eq!(
        json,
        serde_json::json!([{"y": 2.5, "list": [1, "two", null]}])
    );
}

#[test]
fn a_parameter_that_is_no_json_is_refused_with_advice() {
    let run = run(&["--param", "x=Ada", "-c", "RETURN $x"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("expected JSON, found `Ada`"),
        "{}",
        run.err
    );
    assert!(run.err.contains(r#"'x="Ada"'"#), "{}", run.err);
}

#[test]
fn a_parameter_beyond_64_bits_is_refused_not_rounded() {
    let folder = TempDir::new().unwrap();
    let wide = "-9223372036854775809";
    let values = file(&folder, "values.json", &format!("{{\"x\": [{wide}]}}"));
    let told = "expected an integer of 64 bits, found `-9223372036854775809`";
    for arguments in [
        ["--param", &format!("x={wide}"), "-c", "RETURN $x"],
        ["--params-file", &values, "-c", "RETURN $x"],
    ] {
        let run = run(&arguments);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains(told), "{}", run.err);
    }
    let command = format!(":param x [{wide}]");
    let run = run(&["-c", &command, "-c", "RETURN $x"]);
    assert!(run.err.contains("IntegerOverflow"), "{}", run.err);
}

#[test]
fn an_error_goes_to_standard_error_with_its_place() {
    let folder = TempDir::new().unwrap();
    let script = file(
        &folder,
        "wrong.cypher",
        "RETURN 1 AS x;\n\nRETURN y;\nRETURN 2 AS x;\n",
    );
    let run = run(&["-f", &script]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), "x\n1\n"));
    assert!(run.err.contains("wrong.cypher:3:8"), "{}", run.err);
    assert!(run.err.contains('^'), "{}", run.err);
}

/// The statements before an error may have run, and been forgotten, before its line is read.
#[test]
fn an_error_on_standard_input_has_its_line_and_column() {
    let lines = "RETURN 1;\n".repeat(20_000);
    let texts = [
        ("RETURN foo;", "1:8"),
        ("RETURN 1;\n\nRETURN 2; RETURN\n  foo;", "4:3"),
        ("RETURN 1;\nRETURN 'ä'; RETURN foo", "2:20"),
        (&format!("{lines}RETURN 2; RETURN foo;"), "20001:18"),
    ];
    for (text, place) in texts {
        let run = run_with(&["--empty"], text);
        let place = format!("--> stdin:{place}\n");
        assert!(run.err.contains(&place), "{}", run.err);
    }
}

#[test]
fn a_script_goes_on_after_an_error_if_it_is_asked_to() {
    let statements = "RETURN 1 AS x; RETURN y; RETURN 2 AS x; :nonsense\nRETURN 3 AS x;";
    let stopped = run_with(&[], statements);
    assert_eq!((stopped.code, stopped.out.as_str()), (Some(1), "x\n1\n"));
    let whole = run_with(&["--keep-going"], statements);
    assert_eq!(
        (whole.code, whole.out.as_str()),
        (Some(1), "x\n1\nx\n2\nx\n3\n")
    );
    assert!(
        whole.err.contains("unknown command `:nonsense`"),
        "{}",
        whole.err
    );
}

#[test]
fn an_open_transaction_at_the_end_of_the_input_is_an_error() {
    let told = |run: &Run| {
        run.code == Some(1)
            && run
                .err
                .contains("expected the input to end its transaction")
    };
    for arguments in [
        &["--empty", "-c", "BEGIN; CREATE (:A)"][..],
        &["--empty", "-c", "START TRANSACTION", "-c", "RETURN 1"],
        &["--empty", "-c", ":begin\n:quit\n"],
        &["--empty", "-k", "-c", "BEGIN; RETURN 1 / 0; COMMIT"],
    ] {
        assert!(told(&run(arguments)), "{arguments:?}");
    }
    assert!(told(&run_with(&["--empty"], "BEGIN;\nCREATE (:A);\n")));
    assert_eq!(
        run(&["--empty", "-c", "BEGIN", "-c", "COMMIT"]).code,
        Some(0)
    );
    let kept = run(&[
        "--empty",
        "-k",
        "-c",
        "BEGIN; CREATE (:A); RETURN 1 / 0; COMMIT; ROLLBACK; MATCH (n) RETURN count(n) + 70",
    ]);
    assert!(kept.out.contains("70"), "{}", kept.out);
}

/// A reader that takes nothing before the limit has passed: only the pipe's buffer is written.
#[test]
fn the_time_limit_includes_the_output() {
    const ROWS: &str = "UNWIND range(1, 100000) AS i RETURN i";
    let mut child = command(&["--timeout", "1s", "-c", ROWS]).spawn().unwrap();
    thread::sleep(Duration::from_millis(1300));
    let mut out = String::new();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_to_string(&mut out).unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{err}");
    assert!(err.contains("takes longer to write"), "{err}");
    assert!(out.len() < data(&["-c", ROWS]).len());
}

#[test]
fn a_limit_has_its_own_exit_code() {
    for arguments in [
        ["--max-rows", "2", "-c", "UNWIND range(1, 10) AS x RETURN x"],
        ["--timeout", "100ms", "-c", ENDLESS],
        [
            "--max-memory",
            "1MB",
            "-c",
            "UNWIND range(1, 1000000) AS x RETURN collect(x) AS all",
        ],
    ] {
        let run = run(&arguments);
        assert_eq!(
            (run.code, run.out.as_str()),
            (Some(4), ""),
            "{arguments:?}: {}",
            run.err
        );
        assert!(run.err.contains("limit"), "{}", run.err);
    }
}

#[test]
fn a_limit_of_time_holds_while_the_graph_is_opened() {
    let folder = TempDir::new().unwrap();
    let endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a + b = 0 CREATE (:A);";
    let script = file(&folder, "slow.cypher", &format!("CREATE (:B);\n{endless}"));
    let rows: String = (0..300_000).map(|row| format!("{row},x{row}\n")).collect();
    let table = file(&folder, "g/A.csv", &format!(":ID,name\n{rows}"));
    let graph = folder.path().join("g").display().to_string();
    let nodes = format!("--nodes=A={table}");
    for (arguments, time) in [
        (&[script.as_str()][..], "100ms"),
        (&[&graph], "1us"),
        (&[&nodes], "1us"),
    ] {
        let run = run(&[arguments, &["--timeout", time, "-c", "RETURN 1"]].concat());
        assert_eq!(run.code, Some(4), "{}", run.err);
        assert!(run.err.contains("TimeLimit"), "{}", run.err);
        assert_eq!(run.out, "");
    }
    assert_eq!(run(&["session", &graph, "--timeout", "1us"]).code, Some(4));
    assert_eq!(
        run(&[&graph, "--timeout", "1h", "-c", "RETURN 1"]).code,
        Some(0)
    );
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_read_up_to_a_bound() {
    let folder = TempDir::new().unwrap();
    let more = "expected at most 64 MiB from a pipe or a device, found more";
    let refused = run(&["--params-file", "/dev/zero", "-c", "RETURN 1"]);
    assert!(refused.err.contains(more), "{}", refused.err);
    assert_eq!(refused.code, Some(3));
    let refused = run(&["--empty", "-c", ":source /dev/zero"]);
    assert!(refused.err.contains(more), "{}", refused.err);
    let refused = run(&["--empty", "-f", "/dev/zero"]);
    assert!(refused.err.contains(more), "{}", refused.err);
    let mut endless = command(&["--empty"]);
    let endless = endless
        .stdin(std::fs::File::open("/dev/zero").unwrap())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&endless.stderr).contains("at most 64 MiB"));

    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let nodes = format!("--nodes=A={}", pipe.display());
    let refused = run(&[&nodes, "--timeout", "50ms", "-c", "RETURN 1"]);
    assert!(refused.err.contains("TimeLimit"), "{}", refused.err);
    file(&folder, "g/A.csv", ":ID\n1\n");
    let vocabulary = folder.path().join("g/vocabulary.toml");
    std::fs::rename(&pipe, vocabulary).unwrap();
    let graph = folder.path().join("g").display().to_string();
    let refused = run(&[&graph, "--timeout", "50ms", "-c", "RETURN 1"]);
    assert!(refused.err.contains("TimeLimit"), "{}", refused.err);
}

#[cfg(unix)]
#[test]
fn documents_are_read_only_within_their_folder() {
    let folder = TempDir::new().unwrap();
    let sources = folder.path().join("sources");
    std::fs::create_dir(&sources).unwrap();
    file(&folder, "sources/in.txt", "one\ntwo\n");
    file(&folder, "secret.txt", "secret\n");
    std::os::unix::fs::symlink("../secret.txt", sources.join("link.txt")).unwrap();
    file(&folder, "g/A.csv", ":ID\n1\n");
    let secret = folder.path().join("secret.txt").display().to_string();
    let check = |document: &str| {
        let manifest = format!(
            "name = 'g'\n[citations]\ndocument = 'd'\nfrom = 'f'\nto = 't'\n\
             [[documents]]\nkey = 'd'\nfile = '{document}'\ntitle = 't'\nlines = 2\n"
        );
        file(&folder, "g/graph.toml", &manifest);
        let graph = folder.path().join("g").display().to_string();
        run(&["check", &graph, "--sources", &sources.display().to_string()])
    };
    let good = check("in.txt");
    assert_eq!(good.code, Some(0), "{} {}", good.err, good.out);
    for outside in [
        "../secret.txt",
        &secret,
        "link.txt",
        "/dev/zero",
        "/no/such/file",
        "../no",
        "no.txt",
    ] {
        let run = check(outside);
        assert_eq!(run.code, Some(3), "{outside} {}", run.out);
        let told = "expected a file within the folder of the documents";
        assert!(run.err.contains(told), "{outside} {}", run.err);
    }
}

#[test]
fn what_cannot_be_read_has_its_own_exit_code() {
    let folder = TempDir::new().unwrap();
    let bad = file(
        &folder,
        "graph/nodes/Person.csv",
        "id:ID,age:int\n1,young\n",
    );
    let graph = Path::new(&bad)
        .ancestors()
        .nth(2)
        .unwrap()
        .to_str()
        .unwrap();
    let latin = folder.path().join("latin.cypher");
    fs::write(&latin, b"RETURN '\xE9'").unwrap();
    for arguments in [
        vec!["-f", "no/such/file.cypher"],
        vec!["no/such/graph", "-c", "RETURN 1"],
        vec![graph, "-c", "RETURN 1"],
        vec!["--params-file", "no/such/file.json", "-c", "RETURN 1"],
        vec!["-f", latin.to_str().unwrap()],
    ] {
        let run = run(&arguments);
        assert_eq!(
            (run.code, run.out.as_str()),
            (Some(3), ""),
            "{arguments:?}: {}",
            run.err
        );
        assert!(!run.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_understood_has_its_own_exit_code() {
    for arguments in [
        vec!["--fromat", "csv"],
        vec!["--format", "xml", "-c", "RETURN 1"],
        vec!["--timeout", "soon", "-c", "RETURN 1"],
        vec!["--max-rows", "0", "-c", "RETURN 1"],
        vec!["--empty", "some/graph"],
        vec!["completions", "cobol"],
    ] {
        let run = run(&arguments);
        assert_eq!(
            (run.code, run.out.as_str()),
            (Some(2), ""),
            "{arguments:?}: {}",
            run.err
        );
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = command(&["-c", "UNWIND range(1, 1000000) AS x RETURN x"])
        .spawn()
        .unwrap();
    let mut start = [0; 2];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    assert_eq!(&start, b"x\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_script() {
    let mut child = command(&["-c", ENDLESS]).spawn().unwrap();
    // Before the statement starts, the interrupt ends the process by signal, without an exit code.
    let code = interrupted(&mut child);
    assert!(code == Some(130) || code.is_none(), "{code:?}");
}

/// Interrupts a process repeatedly until it ends.
#[cfg(unix)]
fn interrupted(child: &mut Child) -> Option<i32> {
    let begun = Instant::now();
    thread::sleep(Duration::from_secs(1));
    while begun.elapsed() < Duration::from_secs(60) {
        let id = child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().unwrap();
        for _ in 0..20 {
            thread::sleep(Duration::from_millis(100));
            if let Some(status) = child.try_wait().unwrap() {
                return status.code();
            }
        }
    }
    child.kill().unwrap();
    panic!("interrupts do not end the process");
}

#[test]
fn colours_come_where_they_are_asked_for() {
    let colored = |arguments: &[&str]| run(arguments).err.contains("\x1b[");
    assert!(colored(&["--color", "always", "-c", "RETURN y"]));
    assert!(!colored(&["--color", "never", "-c", "RETURN y"]));
    assert!(
        !colored(&["-c", "RETURN y"]),
        "standard error is no terminal"
    );
}

#[test]
fn a_statement_with_many_warnings_shows_the_first_of_them() {
    let nodes: Vec<_> = (0..30).map(|at| format!("(:Cours{at})")).collect();
    let statement = format!("MATCH {} RETURN 1", nodes.join(", "));
    let err = run(&["-c", &statement]).err;
    let count = |text: &str| err.matches(text).count();
    assert_eq!(count("no node has the label `Cours"), 20, "{err}");
    assert_eq!(count("did you mean `Course`?"), 10, "{err}");
    assert!(
        err.ends_with("warning: 11 more warnings are not shown\n"),
        "{err}"
    );
}

#[test]
fn warnings_go_to_standard_error_unless_they_are_unwanted() {
    let statement = "MATCH (n:Coarse) RETURN n.name";
    let told = run(&["-c", statement]);
    assert_eq!((told.code, told.out.as_str()), (Some(0), "n.name\n"));
    assert!(told.err.contains("did you mean `Course`?"), "{}", told.err);
    assert_eq!(run(&["--quiet", "-c", statement]).err, "");
}

#[test]
fn scripts_may_hold_commands() {
    let script = ":param x 20 + 1\n:mode json\nRETURN $x * 2 AS y;\n:quit\nRETURN 'never';";
    let run = run_with(&[], script);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json, serde_json::json!([{"y": 42}]));
}

#[test]
fn a_question_in_the_place_of_a_folder_is_told_where_it_goes() {
    let asked = run(&["--ask", "which courses cover KSS 7"]);
    assert_eq!(asked.code, Some(3));
    assert!(
        asked.err.contains("there is no such file or folder"),
        "{}",
        asked.err
    );
    assert!(asked.err.contains("-c '? which"), "{}", asked.err);
    let misspelt = run(&["no-such-folder"]);
    assert!(!misspelt.err.contains("-c"), "{}", misspelt.err);
}

#[test]
fn graphs_come_from_folders_files_scripts_and_from_nothing() {
    let folder = TempDir::new().unwrap();
    let nodes = file(
        &folder,
        "check/nodes/Person.csv",
        "id:ID,name\n1,Ada\n2,Bob\n",
    );
    let edges = file(
        &folder,
        "check/relationships/KNOWS.csv",
        ":START_ID,:END_ID\n1,2\n",
    );
    let script = file(
        &folder,
        "graph.cypher",
        "CREATE (:Person {name: 'Ada'})-[:KNOWS]->(:Person);",
    );
    let count = "MATCH (:Person)-[r:KNOWS]->() RETURN count(r) AS n";
    let counted = |arguments: &[&str]| data(&[arguments, &["-c", count]].concat());
    let mut named = command(&["./check", "-c", count]);
    let output = named.current_dir(folder.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "n\n1\n");
    let (nodes, edges) = (
        format!("--nodes=Person={nodes}"),
        format!("--relationships=KNOWS={edges}"),
    );
    assert_eq!(counted(&[&nodes, &edges]), "n\n1\n");
    assert_eq!(counted(&[&script]), "n\n1\n");
    assert_eq!(
        data(&["--empty", "-c", "MATCH (n) RETURN count(n) AS n"]),
        "n\n0\n"
    );
}

#[test]
fn statements_that_write_are_seen_by_those_that_follow() {
    let statements = [
        "-c",
        "CREATE (:A {x: 1})",
        "-c",
        "MATCH (a:A) RETURN a.x AS x",
    ];
    let run = run(&[&["--empty"], &statements[..]].concat());
    assert_eq!((run.out.as_str(), run.code), ("x\n1\n", Some(0)));
    // The graph is in memory, and ends with the program.
    let lost = "warning: the changes of an empty graph are not kept; `:save DIR` at the end of the input keeps them\n";
    assert_eq!(run.err, lost);
    let out = data(&[&["--empty", "-q"], &statements[..]].concat());
    assert_eq!(out, "x\n1\n");
}

#[test]
fn changes_of_a_folder_are_kept_unless_told_otherwise() {
    let place = TempDir::new().unwrap();
    let graph = place.path().join("g").display().to_string();
    data(&["new", &graph]);
    data(&[&graph, "-c", "CREATE (:A)"]);
    let count = ["-c", "MATCH (n) RETURN count(n) AS n"];
    assert_eq!(data(&[&[&*graph], &count[..]].concat()), "n\n1\n");
    let unkept = run(&[&graph, "--no-journal", "-c", "CREATE (:A)"]);
    assert!(unkept.err.contains("are not kept"), "{}", unkept.err);
    let refused = run(&[&graph, "--read-only", "-c", "CREATE (:A)"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("ReadOnly"), "{}", refused.err);
    assert_eq!(
        data(&[&[&*graph, "--read-only"], &count[..]].concat()),
        "n\n1\n"
    );
    let check = data(&["check", &graph]);
    assert!(
        check.contains("every transaction of the journal"),
        "{check}"
    );
    // A save folds the journal in.
    let saved = run(&[&graph, "-c", &format!(":save {graph}")]);
    assert_eq!(saved.code, Some(0), "{}", saved.err);
    assert!(!place.path().join("g/journal.redb").exists());
    assert_eq!(data(&[&[&*graph], &count[..]].concat()), "n\n1\n");
}

#[test]
fn an_overlay_is_left_out_unless_it_is_asked_for() {
    let count = "MATCH ()-[r:HAS_LABEL]->() RETURN count(r) AS n";
    assert_eq!(data(&["--quiet", "-c", count]), "n\n0\n");
    assert_eq!(data(&["--overlay", "external", "-c", count]), "n\n21\n");
    assert_eq!(run(&["--overlay", "nonsense", "-c", count]).code, Some(3));
}

#[test]
fn the_built_in_graph_keeps_its_rules() {
    let run = run(&["check"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains(" 0 failures"), "{}", run.out);
}

#[test]
fn a_session_answers_line_by_line() {
    let run = run_with(
        &["session", "--empty"],
        "{\"hello\": 1}\n{\"query\": \"RETURN 1 AS x\"}\n",
    );
    assert_eq!(run.code, Some(0));
    let lines: Vec<_> = run.out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("\"engine\""), "{}", lines[0]);
    assert!(lines[1].contains("\"columns\""), "{}", lines[1]);
}

#[test]
fn the_manual_is_made_from_the_arguments() {
    let help = data(&["--help"]);
    for expected in [
        "Exit codes:",
        "130",
        "--keep-going",
        "NO_COLOR",
        "session",
        "markdown",
    ] {
        assert!(help.contains(expected), "{expected}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            data(&["completions", shell]).contains("keep-going"),
            "{shell}"
        );
    }
    let page = data(&["man"]);
    assert!(
        page.contains(".TH relata 1") && page.contains("Exit codes"),
        "{page}"
    );
}

#[test]
fn the_features_of_gql_are_listed() {
    let listed = data(&["features"]);
    assert!(listed.contains("G035  yes  Quantified paths\n"), "{listed}");
    assert!(listed.contains("GP16  no   AT schema clause\n"), "{listed}");
    assert!(listed.ends_with(" of 228 features\n"), "{listed}");
}

#[test]
fn a_graph_is_made_filled_and_exported() {
    let place = TempDir::new().unwrap();
    let at = |name: &str| place.path().join(name).display().to_string();
    assert_eq!(data(&["new", &at("mine")]), "");
    let run_new = run(&["new", &at("mine")]);
    assert_eq!(run_new.code, Some(3));
    assert!(
        run_new.err.contains("expected an empty folder"),
        "{}",
        run_new.err
    );
    let create = "CREATE (:A {x: 1})-[:R]->(:A {x: 2})";
    let save = format!(":save {}", at("mine"));
    let run_save = run(&[&at("mine"), "-c", create, "-c", &save]);
    assert_eq!(run_save.code, Some(0), "{}", run_save.err);
    assert_eq!(data(&["export", &at("copy.cypher"), &at("mine")]), "");
    let count = ["-c", "MATCH (n)-->() RETURN count(*) AS n, sum(n.x) AS x"];
    assert_eq!(
        data(&[&at("copy.cypher"), count[0], count[1]]),
        "n,x\n1,1\n"
    );
    let script = data(&["export", "--format", "cypher", "-", &at("mine")]);
    assert_eq!(script, fs::read_to_string(at("copy.cypher")).unwrap());
    assert_eq!(run(&["export", "--format", "csv", "-"]).code, Some(2));
}

#[test]
fn exporting_refuses_what_is_no_graph_and_what_is_not_settled() {
    let place = TempDir::new().unwrap();
    let target = place.path().join("mine");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("letter.txt"), "dear").unwrap();
    let target = target.display().to_string();
    let refused = run(&["export", &target]);
    assert_eq!(refused.code, Some(3));
    assert!(refused.err.contains("--force"), "{}", refused.err);
    assert_eq!(data(&["export", "--force", &target]), "");
    assert_eq!(
        fs::read_to_string(Path::new(&target).join("letter.txt")).unwrap(),
        "dear"
    );
    let save = format!(":save {target}");
    let open = run(&["--empty", "-c", ":begin", "-c", "CREATE (:A)", "-c", &save]);
    assert_eq!(open.code, Some(1));
    assert!(
        open.err.contains("expected no open transaction"),
        "{}",
        open.err
    );
}

const QUESTION: &str = "which advanced courses cover KSS 7 and trauma";

#[test]
fn a_question_gives_data_alone_and_tells_the_rest_beside_it() {
    let run = run(&["-c", &format!("? {QUESTION}")]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out.lines().count(), 3);
    assert!(
        run.out
            .contains("Understanding and engaging with trauma informed practice")
    );
    assert!(
        run.err.contains("KSS 7") && run.err.contains("  MATCH "),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("based on") && run.err.contains("S0:"),
        "{}",
        run.err
    );
    let quiet = self::run(&["-q", "-c", &format!("? {QUESTION}")]);
    assert_eq!((quiet.out, quiet.err.as_str()), (run.out, ""));
}

#[test]
fn a_question_needs_its_mark_unless_every_line_is_one() {
    let unmarked = run(&["-c", QUESTION]);
    assert_eq!(unmarked.code, Some(1));
    assert!(
        unmarked.err.contains("UnexpectedSyntax"),
        "{}",
        unmarked.err
    );
    let marked = run(&["-q", "-c", &format!("? {QUESTION}")]);
    let asked = run(&["-q", "--ask", "-c", QUESTION]);
    assert_eq!(asked.out, marked.out);
    let piped = run_with(&["-q", "--ask"], &format!("{QUESTION}\n"));
    assert_eq!(piped.out, marked.out);
    let mixed = run_with(
        &["-q"],
        &format!("RETURN 1 AS x;\n? {QUESTION}?\nRETURN 2 AS y;"),
    );
    assert_eq!(mixed.out, format!("x\n1\n{}y\n2\n", marked.out));
}

#[test]
fn an_answer_in_json_is_an_object_with_all_there_is_to_know() {
    let pretty = data(&["--format", "json", "-c", &format!("? {QUESTION}")]);
    let line = data(&["--format", "jsonl", "-c", &format!("? {QUESTION}")]);
    assert_eq!(line.lines().count(), 1);
    let object: serde_json::Value = serde_json::from_str(&pretty).unwrap();
    assert_eq!(
        object,
        serde_json::from_str::<serde_json::Value>(&line).unwrap()
    );
    assert_eq!(object["rows"].as_array().unwrap().len(), 2);
    for field in [
        "reading",
        "cypher",
        "basis",
        "facts",
        "alternatives",
        "nothing",
    ] {
        assert!(object.get(field).is_some(), "{field}");
    }
    // The generated statement gives the same rows.
    let cypher = object["cypher"].as_str().unwrap();
    let rows: serde_json::Value =
        serde_json::from_str(&data(&["--format", "json", "-c", cypher])).unwrap();
    assert_eq!(object["rows"], rows);
}

#[test]
fn a_word_that_nobody_knows_is_named_and_nothing_is_run() {
    let run = run(&["-c", "? which courses cover unicorns"]);
    assert_eq!((run.code, run.out.as_str()), (Some(5), ""));
    assert!(
        run.err.contains("UnknownWord") && run.err.contains("unicorns"),
        "{}",
        run.err
    );
}

#[test]
fn a_question_without_what_is_not_understood_is_offered_by_number() {
    let question = "? which courses cover trauma and unicorns";
    let offered = run(&["-c", question]);
    assert_eq!(offered.code, Some(5), "{}", offered.err);
    assert!(
        offered
            .err
            .contains("  1  courses that cover Trauma (topic), without `unicorns`"),
        "{}",
        offered.err
    );
    let picked = run(&["--pick", "1", "-c", question]);
    assert_eq!(picked.code, Some(0), "{}", picked.err);
    assert!(picked.out.lines().count() > 1, "{}", picked.out);
}

#[test]
fn a_why_is_answered_with_quotations() {
    let question = "? why does East Sussex not need a prescriptive model";
    let reply = data(&["--format", "json", "-c", question]);
    let reply: serde_json::Value = serde_json::from_str(&reply).unwrap();
    assert_eq!(reply["quotations"], true);
    let first = &reply["rows"][0];
    assert_eq!(
        (first["document"].as_str(), first["line"].as_i64()),
        (Some("S2"), Some(13))
    );
}

#[test]
fn an_empty_answer_says_why() {
    let run = run(&["-c", "? which advanced courses cover KSS 4"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out.lines().count(), 1);
    assert!(run.err.contains(": 0"), "{}", run.err);
}

#[test]
fn a_question_of_two_meanings_lists_them_and_waits_for_a_pick() {
    let folder = TempDir::new().unwrap();
    let graph = file(
        &folder,
        "two.cypher",
        "CREATE (:Person {name: 'Mercury', age: 30})-[:KNOWS]->(:Person {name: 'Ada', age: 40}), \
         (:Planet {name: 'Mercury', mass: 3})-[:NEAR]->(:Planet {name: 'Venus', mass: 5});",
    );
    let question = "? describe Mercury";
    let run = run(&[&graph, "-c", question]);
    assert_eq!((run.code, run.out.as_str()), (Some(5), ""), "{}", run.err);
    assert!(run.err.contains("AmbiguousQuestion"), "{}", run.err);
    let listed = self::run(&[&graph, "--format", "json", "-c", question]);
    let object: serde_json::Value = serde_json::from_str(&listed.err).unwrap();
    assert_eq!(object["candidates"].as_array().unwrap().len(), 2);
    let picked = self::run(&[&graph, "--pick", "2", "-c", question]);
    assert_eq!(picked.code, Some(0), "{}", picked.err);
    // Only one of the two entities is connected.
    let near = self::run(&[&graph, "-c", "? how is Mercury connected to Venus"]);
    assert_eq!(near.code, Some(0), "{}", near.err);
    assert!(near.out.contains("Venus"), "{}", near.out);
    assert!(
        near.err.contains("0 rows for the interpretation"),
        "{}",
        near.err
    );
}
