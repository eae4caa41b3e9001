//! The prompt, in a pseudo-terminal.
#![cfg(unix)]

use std::{
    fs,
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

use rexpect::{
    process::WaitStatus,
    session::{PtySession, spawn_command},
};
use tempfile::TempDir;

/// The time limit of a step in milliseconds, for a busy machine.
const PATIENCE: u64 = 60_000;

/// The terminal sequence for bracketed paste, sent only at each prompt.
const PASTING: &str = "\x1b[?2004h";

const TAB: char = '\t';

/// A prompt with a state directory of its own.
struct Prompt {
    session: PtySession,
    state: TempDir,
}

impl Prompt {
    fn new(arguments: &[&str]) -> Self {
        Self::within(TempDir::new().unwrap(), arguments)
    }

    /// A prompt with its state in `state`.
    fn within(state: TempDir, arguments: &[&str]) -> Self {
        Self::with(state, arguments, &[])
    }

    /// A prompt with variables of the environment.
    fn with(state: TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
        command
            .args(arguments)
            .args(["--color", "never"])
            .env("XDG_STATE_HOME", state.path())
            .env("HOME", state.path())
            .env("TERM", "xterm")
            .env("XDG_CONFIG_HOME", state.path())
            .env("PAGER", "")
            .envs(variables.iter().copied());
        let mut session = spawn_command(command, Some(PATIENCE)).unwrap();
        session.exp_string("Ctrl-D exits.").unwrap();
        session.exp_string("> ").unwrap();
        Self { session, state }
    }

    /// Types without Enter.
    fn types(&mut self, text: &str) {
        self.session.send(text).unwrap();
        self.session.flush().unwrap();
    }

    fn presses(&mut self, key: char) {
        self.types(&key.to_string());
    }

    /// Types a line with Enter.
    fn enters(&mut self, line: &str) {
        self.types(line);
        self.presses('\r');
    }

    /// Waits for a text and returns the output before it.
    fn sees(&mut self, text: &str) -> String {
        self.session.exp_string(text).unwrap()
    }

    /// Waits for a text, without the delays of `sees`.
    fn sees_soon(&mut self, text: &str) {
        let begun = Instant::now();
        let mut seen = String::new();
        while !seen.contains(text) {
            match self.session.try_read() {
                Some(letter) => seen.push(letter),
                None => sleep(Duration::from_millis(1)),
            }
            assert!(begun.elapsed() < Duration::from_millis(PATIENCE), "{seen}");
        }
    }

    /// Abandons a line and waits for the next prompt.
    fn gives_up(&mut self) {
        self.session.send_control('c').unwrap();
        self.sees(PASTING);
    }

    /// Leaves with Ctrl-D and expects a successful exit.
    ///
    /// A key pressed before the prompt reads keys goes to the terminal driver, so it is pressed until the process ends.
    fn leaves(mut self) -> TempDir {
        let begun = Instant::now();
        while self.lives() {
            assert!(begun.elapsed() < Duration::from_millis(PATIENCE));
            // Fails if the process ends at this moment.
            let _ = self.session.send_control('d');
            sleep(Duration::from_millis(100));
        }
        self.state
    }

    /// Whether the process is running. Panics if it has failed.
    fn lives(&mut self) -> bool {
        // Unread output would block the process.
        while self.session.try_read().is_some() {}
        match self.session.process().status() {
            Some(WaitStatus::StillAlive) => true,
            Some(WaitStatus::Exited(_, code)) => {
                assert_eq!(code, 0, "the process failed");
                false
            }
            other => panic!("the process ended otherwise: {other:?}"),
        }
    }
}

#[test]
fn a_newcomer_is_greeted_and_gets_an_answer() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters("MATCH (n:Course) RETURN count(n) AS courses;");
    prompt.sees("courses");
    prompt.sees("12");
    prompt.sees("1 row");
    prompt.leaves();
}

#[test]
fn a_whole_line_runs_without_a_semicolon() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters("RETURN 6 * 7 AS answer");
    prompt.sees("42");
    prompt.sees("1 row");
    prompt.leaves();
}

#[test]
fn a_statement_goes_over_lines_until_its_semicolon() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters("UNWIND [1, 2] AS x");
    prompt.sees("ends the statement");
    prompt.enters("RETURN x * 100 AS y");
    prompt.sees("ends the statement");
    prompt.enters("ORDER BY y DESC;");
    prompt.sees("200");
    prompt.sees("100");
    prompt.sees("2 rows");
    prompt.leaves();
}

#[test]
fn an_error_is_shown_with_carets_and_the_prompt_comes_back() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters("RETURN nonsense;");
    prompt.sees("UndefinedVariable");
    prompt.sees("^");
    prompt.enters("RETURN 'still' + 'here' AS x;");
    prompt.sees("stillhere");
    prompt.leaves();
}

#[test]
fn tab_completes_what_the_graph_knows() {
    let mut prompt = Prompt::new(&[]);
    prompt.types("MATCH (c:CourseI");
    prompt.presses(TAB);
    prompt.sees("CourseInstance");
    prompt.gives_up();
    prompt.types("MATCH (c:Section)-[:COV");
    prompt.presses(TAB);
    prompt.types("]->(k:KS");
    prompt.presses(TAB);
    prompt.enters(") RETURN count(*) AS covered;");
    prompt.sees("1 row");
    prompt.types("MATCH (k:KSS) RETURN k.cod");
    prompt.presses(TAB);
    prompt.enters(" AS found LIMIT 1;");
    prompt.sees("1 row");
    prompt.types("RETURN toUpp");
    prompt.presses(TAB);
    prompt.enters("'done') AS x;");
    prompt.sees("DONE");
    prompt.types(":sche");
    prompt.presses(TAB);
    prompt.presses('\r');
    prompt.sees("-[:COVERS]->(:KSS)");
    prompt.leaves();
}

#[test]
fn names_are_completed_inside_quotes() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters("CREATE (:Person {name: 'Ada Lovelace'});");
    prompt.sees("1 node created");
    prompt.types("MATCH (p:Person {name: 'ada");
    prompt.presses(TAB);
    prompt.enters("}) RETURN size(p.name) AS length;");
    prompt.sees("12");
    prompt.sees("1 row");
    prompt.leaves();
}

#[test]
fn ctrl_c_clears_the_line() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.types("RETURN 'never' +");
    prompt.gives_up();
    prompt.enters("RETURN 'a' + 'b' AS x;");
    prompt.sees("ab");
    prompt.sees("1 row");
    prompt.leaves();
}

#[test]
fn ctrl_c_interrupts_a_statement_and_the_prompt_comes_back() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters(
        "MATCH (a), (b), (c), (d), (e) WHERE a.name + b.name + c.name + d.name + e.name = 'x' \
         RETURN count(*) AS n;",
    );
    // The line is redrawn once before the statement starts.
    sleep(Duration::from_secs(2));
    prompt.session.send_control('c').unwrap();
    prompt.sees("Cancelled");
    prompt.enters("RETURN 'still' + 'here' AS x;");
    prompt.sees("stillhere");
    prompt.leaves();
}

#[test]
fn a_statement_lets_go_within_a_tenth_of_a_second() {
    let mut prompt = Prompt::new(&[]);
    let mut attempt = || {
        prompt.enters(
            "MATCH (a), (b), (c), (d) WHERE a.name + b.name + c.name + d.name = 'x' \
             RETURN count(*) AS n;",
        );
        sleep(Duration::from_secs(1));
        let pressed = Instant::now();
        prompt.session.send_control('c').unwrap();
        prompt.sees_soon("Cancelled");
        let passed = pressed.elapsed();
        prompt.sees("> ");
        passed
    };
    // Other load can delay an attempt, but not all of them.
    let quick = (0..10).any(|_| attempt() < Duration::from_millis(100));
    assert!(quick, "no statement was interrupted in time");
}

#[test]
fn ctrl_c_ends_a_long_answer() {
    let mut prompt = Prompt::new(&["--empty", "--format", "jsonl"]);
    prompt.enters("UNWIND range(1, 3000000) AS i RETURN i;");
    prompt.sees("{\"i\":100}");
    prompt.session.send_control('c').unwrap();
    let rest = prompt.sees("interrupted");
    assert!(!rest.contains("{\"i\":3000000}"));
    prompt.enters("RETURN 41 + 1 AS n;");
    prompt.sees("42");
    prompt.leaves();
}

#[test]
fn a_third_ctrl_c_writes_the_unsaved_changes_and_ends_the_program() {
    let folder = TempDir::new().unwrap();
    let graph = folder.path().join("graph.cypher");
    fs::write(&graph, "CREATE (:Kept);").unwrap();
    let mut prompt = Prompt::new(&[graph.to_str().unwrap()]);
    prompt.enters("CREATE (:Unsaved);");
    prompt.sees("1 node");
    // To undo the changes takes longer than the next keys.
    prompt.enters("UNWIND range(1, 3000000) AS i CREATE (:A {x: i, y: 'text ' + i, z: [i]});");
    sleep(Duration::from_secs(3));
    for _ in 0..3 {
        prompt.session.send_control('c').unwrap();
        // Signals that come at once would be one.
        sleep(Duration::from_millis(20));
    }
    prompt.sees("Ctrl-C once more writes the unsaved changes to a file and ends the program");
    prompt.sees("the unsaved changes are in `");
    let status = prompt.session.process().wait().unwrap();
    assert!(matches!(status, WaitStatus::Exited(_, 130)), "{status:?}");
    let copy = fs::read_to_string(folder.path().join("graph.unsaved.cypher")).unwrap();
    assert!(copy.ends_with("\nCREATE (:Unsaved);\n"), "{copy}");
}

#[test]
fn a_line_that_is_given_up_keeps_no_hint() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.types("RETURN toUpper(");
    prompt.sees("text :: STRING) :: STRING");
    prompt.session.send_control('c').unwrap();
    let drawn = prompt.sees(PASTING);
    let last = drawn.rsplit("> ").next().unwrap();
    assert!(
        last.contains("toUpper(") && !last.contains("STRING"),
        "{drawn:?}"
    );
    prompt.leaves();
}

#[test]
fn a_long_text_is_shown_by_the_pager_and_a_short_one_is_not() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters(":set pager sed -n 's/.*LearningResource)-.:ABOUT.*/turned a page/p'");
    prompt.enters(":schema");
    prompt.sees("turned a page");
    prompt.enters(":schema Level");
    prompt.sees("4 nodes");
    prompt.enters(":set pager off");
    prompt.enters(":schema");
    prompt.sees(":schema NAME shows");
    prompt.leaves();
}

#[test]
fn a_question_is_known_by_its_opening_and_told_how_it_was_read() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters("how many courses are there?");
    prompt.sees("MATCH");
    prompt.sees("12");
    prompt.sees("1 row");
    prompt.enters("? courses about trauma");
    prompt.sees("MATCH");
    prompt.sees("rows");
    prompt.enters(":basis");
    prompt.enters(":explain which courses are about trauma");
    prompt.sees("Expand");
    prompt.enters(":vocabulary trauma");
    prompt.sees("Trauma");
    prompt.enters(":vocabulary");
    prompt.sees("courses");
    prompt.enters("which courses are about unicorns?");
    prompt.sees("UnknownWord");
    prompt.enters("RETURN 'still' + 'here' AS x;");
    prompt.sees("stillhere");
    prompt.leaves();
}

#[test]
fn tab_shows_what_can_come_next_in_a_question() {
    let mut prompt = Prompt::new(&[]);
    prompt.types("which cour");
    prompt.presses(TAB);
    prompt.sees("courses (noun, 12)");
    prompt.gives_up();
    prompt.types("which courses cov");
    prompt.presses(TAB);
    prompt.sees("cover");
    prompt.gives_up();
    prompt.types("describe permanen");
    prompt.presses(TAB);
    prompt.sees("Permanence");
    prompt.gives_up();
    prompt.leaves();
}

#[test]
fn help_on_questions_gives_examples_that_run() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters(":help questions");
    let page = prompt.sees(":pick NUMBER runs another");
    let examples: Vec<_> = page
        .lines()
        .filter_map(|line| line.trim_end().strip_prefix("    "))
        .map(str::to_owned)
        .collect();
    assert!(examples.len() > 9, "{page}");
    for example in examples {
        prompt.enters(&format!("? {example}"));
        let seen = prompt.sees(" row");
        assert!(!seen.contains("error["), "{example}: {seen}");
    }
    prompt.leaves();
}

#[test]
fn commands_explain_set_and_repeat() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters(":help");
    prompt.sees(":schema");
    prompt.enters(":help toUpper");
    prompt.sees("toUpper(");
    prompt.enters(":schema KSS");
    prompt.sees("code");
    prompt.enters(":param x 20 + 1");
    prompt.enters(":params");
    prompt.sees("$x = 21");
    prompt.enters("RETURN $x AS x, 'y' AS y;");
    prompt.sees("1 row");
    prompt.enters(":last json");
    prompt.sees("\"x\":");
    prompt.enters(":mode csv");
    prompt.enters("RETURN $x + 1 AS x, 'y' AS y;");
    prompt.sees("22,y");
    prompt.enters(":explain MATCH (n:Course) RETURN n");
    prompt.sees("NodeScan");
    prompt.enters(":shcema");
    prompt.sees("did you mean `:schema`?");
    prompt.enters(":set max-rows 1");
    prompt.enters("UNWIND [1, 2] AS x RETURN x;");
    prompt.sees("RowLimit");
    prompt.enters(":quit");
    prompt.session.exp_eof().unwrap();
}

#[test]
fn a_transaction_can_be_undone() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters(":begin");
    prompt.sees("*> ");
    prompt.enters("CREATE (:A);");
    prompt.sees("1 node created");
    prompt.enters("ROLLBACK;");
    prompt.enters("MATCH (n) RETURN count(n) + 70 AS n;");
    prompt.sees("70");
    prompt.leaves();
}

#[test]
fn what_is_lost_is_said_when_the_prompt_is_left() {
    let leaves = |lines: &[&str], told: &str| {
        let mut prompt = Prompt::new(&["--empty"]);
        for line in lines {
            prompt.enters(line);
        }
        prompt.enters("RETURN 40 + 2 AS n;");
        prompt.sees("1 row");
        prompt.enters(":quit");
        if told.contains("not saved") {
            prompt.sees("are not saved");
            prompt.sees("Enter for nowhere");
            prompt.enters("");
        }
        let rest = prompt.session.exp_eof().unwrap();
        assert_eq!(
            rest.contains("warning"),
            told.contains("rolled back"),
            "{lines:?} {rest}"
        );
    };
    leaves(&[], "");
    leaves(&["CREATE (:A);"], "not saved");
    leaves(&["BEGIN;", "CREATE (:A);"], "rolled back");
    leaves(&["BEGIN;", "CREATE (:A);", "ROLLBACK;"], "");
    leaves(&["CREATE (a:A) DELETE a;"], "");
    let folder = tempfile::tempdir().unwrap();
    let save = format!(":save {}", folder.path().join("g").display());
    leaves(&["CREATE (:A);", &save], "");
    leaves(&["CREATE (:A);", &save, "CREATE (:B);"], "not saved");
}

#[test]
fn changes_can_be_saved_when_the_prompt_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters("CREATE (:A);");
    prompt.sees("the changes are in memory only");
    prompt.enters(":quit");
    prompt.sees("Enter for nowhere");
    // A file that may not be replaced is refused, and the question is asked again.
    prompt.enters("Cargo.toml");
    prompt.sees("SaveProblem");
    prompt.sees("Enter for nowhere");
    prompt.enters(&folder.path().join("g").display().to_string());
    prompt.sees("saved to");
    prompt.session.exp_eof().unwrap();
    let graph = folder.path().join("g").display().to_string();
    // The changes of a folder are kept.
    let mut prompt = Prompt::new(&[&graph]);
    prompt.enters("CREATE (:B);");
    prompt.sees("1 node created");
    prompt.leaves();
    let mut prompt = Prompt::new(&[&graph]);
    prompt.enters("MATCH (n) RETURN count(n) + 70 AS n;");
    prompt.sees("72");
    assert!(folder.path().join("g/journal.redb").is_file());
    prompt.enters(":save");
    prompt.sees("saved to");
    prompt.leaves();
    assert!(!folder.path().join("g/journal.redb").exists());
}

#[cfg(unix)]
#[test]
fn waiting_for_a_pipe_can_be_interrupted() {
    let mut prompt = Prompt::new(&["--empty"]);
    let pipe = prompt.state.path().join("pipe");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    prompt.enters("RETURN 41 + 1 AS n;");
    prompt.sees("42");
    prompt.enters(&format!(":source {}", pipe.display()));
    // An interrupt that comes before the command begins only gives up the line.
    std::thread::sleep(std::time::Duration::from_millis(300));
    prompt.session.send_control('c').unwrap();
    prompt.sees("interrupted");
    prompt.enters("RETURN 42 + 1 AS n;");
    prompt.sees("43");
    prompt.leaves();
}

#[test]
fn a_failed_transaction_is_seen_in_the_prompt() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters("BEGIN;");
    prompt.sees("*> ");
    prompt.enters("RETURN 1 / 0;");
    prompt.sees("!> ");
    prompt.enters("RETURN 1;");
    prompt.sees("expected `ROLLBACK`");
    prompt.enters("ROLLBACK;");
    prompt.leaves();
}

#[test]
fn the_history_outlives_the_session_statement_by_statement() {
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters("UNWIND [1, 2] AS x");
    prompt.enters("RETURN x + 40 AS y;");
    prompt.sees("2 rows");
    let state = prompt.leaves();
    assert!(state.path().join("relata/history").exists());
    let mut prompt = Prompt::within(state, &["--empty"]);
    prompt.enters(":history");
    prompt.sees("UNWIND [1, 2] AS x");
    prompt.sees("RETURN x + 40 AS y;");
    prompt.types("\x1b[A\x1b[A");
    prompt.presses('\r');
    prompt.sees("42");
    prompt.leaves();
}

#[test]
fn the_words_of_other_programs_are_understood() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters("\\d Level");
    prompt.sees("(:Level)  4 nodes");
    prompt.enters("!echo from the shell");
    prompt.sees("\nfrom the shell");
    prompt.enters("nonsense");
    prompt.sees("expected a statement");
    prompt.enters(".frobnicate");
    prompt.sees("unknown command `.frobnicate`");
    prompt.enters("exit");
    let end = prompt.session.process().wait().unwrap();
    assert!(matches!(end, WaitStatus::Exited(_, 0)), "{end:?}");
}

#[test]
fn settings_change_what_is_shown() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters("MATCH (n:Nothing) RETURN n;");
    prompt.sees("UnknownLabel");
    prompt.enters(":set warnings off");
    prompt.enters(":set null NULL");
    prompt.enters("MATCH (n:Nothing) RETURN n; RETURN null AS x;");
    let shown = prompt.sees("NULL");
    assert!(!shown.contains("UnknownLabel"), "{shown}");
    prompt.enters(":set warnings unknownlable");
    prompt.sees("did you mean `UnknownLabel`?");
    prompt.enters(":set nul x");
    prompt.sees("did you mean `null`?");
    prompt.leaves();
}

#[test]
fn settings_outlive_the_session() {
    let mut prompt = Prompt::new(&[]);
    prompt.enters(":set null NONE");
    prompt.enters(":set --save");
    prompt.sees("saved to");
    let state = prompt.leaves();
    let mut prompt = Prompt::within(state, &[]);
    prompt.enters("RETURN null AS x;");
    prompt.sees("NONE");
    let state = prompt.leaves();
    let config = state.path().join("relata").join("config.toml");
    let more = "start = ['RETURN $y AS begun']\n[parameters]\ny = 'from the file'\n";
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{more}{text}")).unwrap();
    let mut prompt = Prompt::within(state, &[]);
    // The greeting and what ran at the start are read already.
    prompt.enters(":last");
    prompt.sees("from the file");
    prompt.enters(":set null");
    prompt.sees("NONE");
    let state = prompt.leaves();
    fs::write(&config, "[setting]\n").unwrap();
    let mut prompt = Prompt::within(state, &["--no-init"]);
    prompt.enters(":set null");
    prompt.sees("the sign for null");
    prompt.leaves();
}

#[test]
fn a_long_answer_goes_to_the_pager() {
    let state = TempDir::new().unwrap();
    let mut prompt = Prompt::with(state, &["--empty"], &[("PAGER", "sed s/^/paged:/")]);
    // A new terminal of a test has no size.
    prompt.enters("!stty rows 24 cols 80");
    prompt.enters("RETURN 1 AS short;");
    let shown = prompt.sees("1 row");
    assert!(!shown.contains("paged:"), "{shown}");
    prompt.enters("UNWIND range(1, 400) AS n RETURN n;");
    prompt.sees("400 rows");
    prompt.enters(":last all");
    prompt.sees("paged:");
    prompt.sees("400 rows");
    prompt.enters(":set pager off");
    prompt.enters(":last all");
    let shown = prompt.sees("400 rows");
    assert!(!shown.contains("paged:"), "{shown}");
    prompt.leaves();
}

#[test]
fn no_value_commands_the_terminal() {
    let mut prompt = Prompt::new(&["--empty"]);
    for format in ["table", "vertical", "csv", "tsv", "markdown"] {
        prompt.enters(&format!(":mode {format}"));
        prompt.enters(r"RETURN '\u001b]0;title\u0007' AS end;");
        let shown = prompt.sees("1 row");
        assert!(!shown.contains("\x1b]0;title"), "{shown:?}");
    }
    prompt.leaves();
}

#[test]
fn another_graph_can_be_opened() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("people.cypher");
    fs::write(&file, "CREATE (:Person {name: 'Ada'});").unwrap();
    let mut prompt = Prompt::new(&["--empty"]);
    prompt.enters("CREATE (:Lost);");
    prompt.sees("1 node created");
    prompt.enters(&format!(":open {}", file.display()));
    prompt.sees("the changes of the graph are not saved");
    prompt.enters(&format!(":open {} --force", file.display()));
    prompt.sees("1 node, 0 relationships");
    prompt.enters("MATCH (n) RETURN n;");
    prompt.sees("(Ada:Person)");
    prompt.enters(":use nowhere");
    prompt.sees("there is no such file or folder");
    prompt.enters("MATCH (n) RETURN n.name;");
    prompt.sees("Ada");
    prompt.leaves();
}

#[test]
fn a_line_is_edited_in_the_editor_of_the_user() {
    use std::os::unix::fs::PermissionsExt as _;

    let state = TempDir::new().unwrap();
    let editor = state.path().join("editor");
    fs::write(&editor, "#!/bin/sh\nsed -i.bak s/wrong/right/ \"$1\"\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o700)).unwrap();
    let mut prompt = Prompt::with(state, &[], &[("VISUAL", editor.to_str().unwrap())]);
    prompt.enters("RETURN 'wrong' AS w;");
    prompt.sees("1 row");
    prompt.enters(":edit");
    prompt.sees("RETURN 'right' AS w;");
    prompt.gives_up();
    prompt.types("RETURN 'wrong' AS more;");
    prompt.session.send_control('x').unwrap();
    prompt.session.send_control('e').unwrap();
    prompt.sees("RETURN 'right' AS more;");
    prompt.presses('\r');
    prompt.sees("1 row");
    prompt.leaves();
}

#[test]
fn a_file_can_be_read_from_the_prompt() {
    let mut prompt = Prompt::new(&["--empty"]);
    let script = prompt.state.path().join("two.cypher");
    std::fs::write(&script, "RETURN 'one' AS x;\nRETURN 'two' AS x;\nRETURN y;").unwrap();
    prompt.enters(&format!(":source {}", script.display()));
    prompt.sees("one");
    prompt.sees("two");
    prompt.sees("UndefinedVariable");
    prompt.leaves();
}
