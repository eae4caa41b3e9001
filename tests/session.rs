//! The session protocol: requests and their replies.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use relata::{Database, Limits, session::serve};
use serde_json::{Value as Json, json};

/// The replies to request lines. Checks that each reply is one line of JSON.
fn session(input: impl AsRef<[u8]>) -> Vec<Json> {
    let mut output = Vec::new();
    serve(&mut Database::empty(), input.as_ref(), &mut output).unwrap();
    let output = String::from_utf8(output).unwrap();
    assert!(output.is_empty() || output.ends_with('\n'));
    output
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn replies(requests: &[Json]) -> Vec<Json> {
    let lines: Vec<_> = requests.iter().map(Json::to_string).collect();
    let replies = session(lines.join("\n"));
    assert_eq!(replies.len(), requests.len());
    replies
}

fn ask(query: &str) -> Json {
    replies(&[json!({"query": query})]).remove(0)
}

/// The only value of a query that returns the typed value `$x`.
fn echo(x: Json) -> Json {
    let reply = replies(&[json!({"query": "RETURN $x AS x", "params": {"x": x}})]).remove(0);
    reply["rows"][0][0].clone()
}

fn typed(kind: &str, value: impl Into<Json>) -> Json {
    json!({"$type": kind, "_value": value.into()})
}

#[test]
fn hello_says_who_is_there() {
    let reply = &replies(&[json!({"hello": 1})])[0];
    assert_eq!(reply["engine"], "relata");
    assert_eq!(reply["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(
        reply["capabilities"],
        json!([
            "procedures",
            "snapshot",
            "explain",
            "ask",
            "limits",
            "cancel"
        ])
    );
}

#[test]
fn a_query_is_answered_with_columns_rows_stats_and_warnings() {
    let reply = ask("CREATE (n:A {x: 1}) RETURN n.x AS x, 'é' AS s");
    assert_eq!(reply["columns"], json!(["x", "s"]));
    assert_eq!(
        reply["rows"],
        json!([[typed("Integer", "1"), typed("String", "é")]])
    );
    assert_eq!(reply["stats"]["+nodes"], 1);
    assert_eq!(reply["stats"]["+labels"], 1);
    assert_eq!(reply["stats"]["+properties"], 1);
    assert_eq!(reply["stats"]["-nodes"], 0);
    assert_eq!(reply["warnings"], json!([]));
    assert!(reply.get("error").is_none());
}

#[test]
fn a_question_is_answered_like_a_query_and_tells_how_it_was_read() {
    let mut output = Vec::new();
    let lines = [
        json!({"ask": "which advanced courses cover KSS 7 and trauma?"}),
        json!({"ask": "which unicorns are there"}),
        json!({"ask": "how many courses are there", "pick": 99}),
    ];
    let lines: Vec<_> = lines.iter().map(Json::to_string).collect();
    let mut database = Database::connected_practice();
    serve(&mut database, lines.join("\n").as_bytes(), &mut output).unwrap();
    let output = String::from_utf8(output).unwrap();
    let replies: Vec<Json> = output
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(replies[0]["rows"].as_array().unwrap().len(), 2);
    assert!(replies[0]["reading"].as_str().unwrap().contains("KSS 7"));
    assert!(replies[0]["cypher"].as_str().unwrap().starts_with("MATCH"));
    let basis = replies[0]["basis"].as_array().unwrap();
    assert!(
        basis
            .iter()
            .any(|fact| fact["document"] == "S0" && fact["basis"] == "layout")
    );
    assert!(basis.iter().all(|fact| fact["basis"] != "stated"));
    assert!(replies[0]["facts"].as_u64().unwrap() > basis.len() as u64);
    assert_eq!(replies[1]["error"]["detail"], "UnknownWord");
    assert_eq!(replies[2]["error"]["detail"], "InvalidPick");
}

#[test]
fn an_error_tells_phase_type_detail_status_place_and_help() {
    let reply = ask("RETURN foo");
    assert_eq!(
        reply,
        json!({"error": {
            "phase": "compile",
            "type": "SyntaxError",
            "detail": "UndefinedVariable",
            "gqlstatus": "42002",
            "message": reply["error"]["message"],
            "span": [7, 10],
            "help": reply["error"]["help"],
        }})
    );
    assert!(
        reply["error"]["message"]
            .as_str()
            .unwrap()
            .contains("`foo`")
    );
    let reply = ask("RETURN 1 / 0");
    assert_eq!(reply["error"]["phase"], "runtime");
    assert_eq!(reply["error"]["type"], "ArithmeticError");
}

#[test]
fn warnings_have_a_place_and_no_phase() {
    let reply = &replies(&[
        json!({"query": "CREATE (:Course)"}),
        json!({"query": "MATCH (c:Coarse) RETURN c AS x"}),
    ])[1];
    let warning = &reply["warnings"][0];
    assert_eq!(warning["detail"], "UnknownLabel");
    assert_eq!(warning["span"], json!([9, 15]));
    assert_eq!(warning["help"], "did you mean `Course`?");
    assert!(warning.get("phase").is_none());
}

#[test]
fn parameters_keep_their_types_there_and_back() {
    for value in [
        typed("Null", Json::Null),
        typed("Boolean", true),
        typed("Integer", "-9223372036854775808"),
        typed("Float", "1.5"),
        typed("Float", "NaN"),
        typed("Float", "-Infinity"),
        typed("Float", "1e300"),
        typed("String", ""),
        typed(
            "List",
            json!([typed("List", json!([])), typed("Null", Json::Null)]),
        ),
        typed(
            "Map",
            json!({"a": typed("Integer", "1"), "$type": typed("String", "b")}),
        ),
        typed("Date", "1984-10-11"),
        typed("Date", "+999999999-01-01"),
        typed("LocalTime", "12:31:14.645"),
        typed("Time", "12:31:14+01:00"),
        typed("LocalDateTime", "1984-10-11T12:31:14.645"),
        typed("OffsetDateTime", "1984-10-11T12:31:14.645+01:00"),
        typed(
            "ZonedDateTime",
            "1984-10-11T12:31:14+01:00[Europe/Stockholm]",
        ),
        typed("Duration", "P14DT16H12M"),
    ] {
        assert_eq!(echo(value.clone()), value);
    }
}

#[test]
fn bare_json_is_taken_as_a_parameter() {
    assert_eq!(echo(json!(1)), typed("Integer", "1"));
    assert_eq!(echo(json!(1.0)), typed("Float", "1.0"));
    assert_eq!(echo(json!(null)), typed("Null", Json::Null));
    assert_eq!(
        echo(json!(["a"])),
        typed("List", json!([typed("String", "a")]))
    );
    assert_eq!(
        echo(json!({"a": {}})),
        typed("Map", json!({"a": typed("Map", json!({}))}))
    );
    let replies = session("{\"query\": \"RETURN $x AS x\", \"params\": {\"x\": 1e2}}");
    assert_eq!(replies[0]["rows"][0][0], typed("Float", "100.0"));
}

#[test]
fn a_parameter_that_is_no_value_is_refused() {
    for (value, told) in [
        (
            typed("Integer", "1.5"),
            "expected a value of type `Integer`",
        ),
        (
            typed("Date", "2020-13-01"),
            "expected a value of type `Date`",
        ),
        (typed("Node", json!({})), "expected a value of type `Node`"),
        (typed("Colour", "red"), "expected a value of type `Colour`"),
        (
            json!([1, {"$type": 1}]),
            "`x`: `1`: expected the name of a type",
        ),
        (
            json!(18446744073709551615u64),
            "expected an integer of 64 bits",
        ),
    ] {
        let reply =
            replies(&[json!({"query": "RETURN $x AS x", "params": {"x": value}})]).remove(0);
        let message = reply["error"]["message"].as_str().unwrap();
        assert!(message.contains(told), "{message}");
    }
}

#[test]
fn an_integer_beyond_64_bits_is_refused_not_rounded() {
    for number in [
        "-9223372036854775809",
        "9223372036854775808",
        "18446744073709551616",
    ] {
        for value in [number.to_owned(), format!("[{{\"a\": {number}}}]")] {
            let line = format!("{{\"query\": \"RETURN $x\", \"params\": {{\"x\": {value}}}}}");
            let message = session(line)[0]["error"]["message"].to_string();
            let told = format!("expected an integer of 64 bits, found `{number}`");
            assert!(message.contains(&told), "{message}");
        }
    }
    for (number, kept) in [("9223372036854775807", "Integer"), ("1e30", "Float")] {
        let line = format!("{{\"query\": \"RETURN $x\", \"params\": {{\"x\": {number}}}}}");
        assert_eq!(session(line)[0]["rows"][0][0]["$type"], kept);
    }
}

#[test]
fn entities_and_paths_come_whole() {
    let reply = ask("CREATE p = (:A {x: 1})<-[:R {y: 2}]-(:B) RETURN p");
    let path = &reply["rows"][0][0];
    assert_eq!(path["$type"], "Path");
    let (a, r, b) = (&path["_value"][0], &path["_value"][1], &path["_value"][2]);
    assert_eq!(a["$type"], "Node");
    assert_eq!(a["_value"]["_labels"], json!(["A"]));
    assert_eq!(
        a["_value"]["_properties"],
        json!({"x": typed("Integer", "1")})
    );
    assert_eq!(r["$type"], "Relationship");
    assert_eq!(r["_value"]["_type"], "R");
    assert_eq!(
        r["_value"]["_start_node_element_id"],
        b["_value"]["_element_id"]
    );
    assert_eq!(
        r["_value"]["_end_node_element_id"],
        a["_value"]["_element_id"]
    );
    assert_eq!(
        r["_value"]["_properties"],
        json!({"y": typed("Integer", "2")})
    );
}

#[test]
fn what_is_deleted_keeps_its_id() {
    let replies = replies(&[
        json!({"query": "CREATE (:A), (b:B {x: 1}) RETURN b"}),
        json!({"query": "MATCH (b:B) DELETE b RETURN b"}),
    ]);
    let id = |reply: &Json| reply["rows"][0][0]["_value"]["_element_id"].clone();
    assert!(id(&replies[0]).is_string());
    assert_eq!(id(&replies[0]), id(&replies[1]));
    assert_eq!(replies[1]["stats"]["-nodes"], 1);
}

#[test]
fn a_reset_empties_the_graph_before_the_query() {
    let count = "MATCH (n) RETURN count(*) AS n";
    let replies = replies(&[
        json!({"query": "CREATE (:A), (:B)"}),
        json!({"query": count}),
        json!({"query": "BEGIN"}),
        json!({"query": count, "reset": true}),
        json!({"query": "CREATE (:A)"}),
        json!({"query": "", "params": {}, "reset": true}),
        json!({"reset": true}),
        json!({"query": count}),
    ]);
    assert_eq!(replies[1]["rows"][0][0], typed("Integer", "2"));
    assert_eq!(replies[3]["rows"][0][0], typed("Integer", "0"));
    assert_eq!(replies[5]["columns"], json!([]));
    assert_eq!(replies[5]["rows"], json!([]));
    assert_eq!(replies[6]["columns"], json!([]));
    assert_eq!(replies[7]["rows"][0][0], typed("Integer", "0"));
}

#[test]
fn a_query_that_fails_leaves_nothing() {
    let replies = replies(&[
        json!({"query": "CREATE (:A) WITH 1 AS x UNWIND [1, 0] AS d CREATE (:B) RETURN 1 / d"}),
        json!({"snapshot": true}),
    ]);
    assert_eq!(replies[0]["error"]["detail"], "DivisionByZero");
    assert_eq!(replies[1], json!({"nodes": [], "relationships": []}));
}

#[test]
fn a_snapshot_holds_every_entity() {
    let replies = replies(&[
        json!({"query": "CREATE (:A)-[:R]->(:B {x: 1})"}),
        json!({"snapshot": true}),
    ]);
    let (nodes, relationships) = (&replies[1]["nodes"], &replies[1]["relationships"]);
    assert_eq!(nodes.as_array().unwrap().len(), 2);
    assert_eq!(
        nodes[1]["_value"]["_properties"]["x"],
        typed("Integer", "1")
    );
    assert_eq!(relationships[0]["_value"]["_type"], "R");
}

#[test]
fn procedures_yield_the_rows_of_their_tables_until_the_next_reset() {
    let table = |columns: Json, row: Json| {
        json!({"procedures": [{
            "signature": "test.my.proc(in :: INTEGER?) :: (out :: STRING?)",
            "name": "test.my.proc",
            "inputs": [["in", "INTEGER?"]],
            "outputs": [["out", "STRING?"]],
            "columns": columns,
            "rows": [row, [typed("Null", Json::Null), typed("Null", Json::Null)]],
        }]})
    };
    let call = json!({"query": "CALL test.my.proc($x) YIELD out RETURN out", "params": {"x": 7}});
    let replies = replies(&[
        table(
            json!(["in", "out"]),
            json!([typed("Integer", "7"), typed("String", "seven")]),
        ),
        call.clone(),
        table(
            json!(["out", "in"]),
            json!([typed("String", "VII"), typed("Integer", "7")]),
        ),
        call.clone(),
        json!({"reset": true}),
        call,
    ]);
    assert_eq!(replies[0], json!({"ok": true}));
    assert_eq!(replies[1]["rows"], json!([[typed("String", "seven")]]));
    assert_eq!(replies[3]["rows"], json!([[typed("String", "VII")]]));
    assert_eq!(replies[5]["error"]["detail"], "ProcedureNotFound");
}

#[test]
fn a_procedure_that_is_misdeclared_is_refused() {
    for table in [
        json!({"signature": "broken("}),
        json!({"signature": "p(a :: INTEGER) :: ()", "columns": ["b"], "rows": [[1]]}),
        json!({"signature": "p(a :: INTEGER) :: ()", "columns": ["a"], "rows": [[]]}),
        json!({"signature": "p(a :: INTEGER) :: ()", "rows": [["x"]]}),
        json!({"rows": []}),
    ] {
        let reply = replies(&[json!({"procedures": [table]})]).remove(0);
        assert!(reply["error"]["message"].is_string(), "{reply}");
    }
}

#[test]
fn whatever_comes_is_answered_in_order() {
    let lines: [(&[u8], &str); 9] = [
        (b"{", "expected JSON"),
        (b"nonsense", "expected JSON"),
        (b"[1]", "expected a JSON object"),
        (b"{\"qeury\": \"RETURN 1\"}", "expected one of the requests"),
        (b"{\"query\": 1}", "invalid type"),
        (b"{\"query\": \"RETURN 1\", \"params\": []}", "invalid type"),
        (b"{\"query\": \"RETURN '\xff'\"}", "expected UTF-8"),
        (b"{\"snapshot\": false}", "expected one of the requests"),
        (b"{\"procedures\": {}}", "`procedures`"),
    ];
    let mut input = Vec::new();
    for (line, _) in &lines {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    input.extend_from_slice(b"\r\n\n{\"query\": \"RETURN 1 AS x\", \"reset\": null}");
    let replies = session(input);
    assert_eq!(replies.len(), lines.len() + 1);
    for ((line, told), reply) in lines.iter().zip(&replies) {
        let error = &reply["error"];
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains(told),
            "{}: {message}",
            String::from_utf8_lossy(line)
        );
        assert_eq!(error["type"], "ProtocolError");
    }
    assert_eq!(
        replies.last().unwrap()["rows"],
        json!([[typed("Integer", "1")]])
    );
}

#[test]
fn deep_json_is_refused() {
    let deep = format!("{{\"query\": {}", "[".repeat(100_000));
    assert!(
        session(deep)[0]["error"]["message"]
            .as_str()
            .unwrap()
            .contains("expected JSON")
    );
}

#[test]
fn no_request_is_no_reply() {
    assert!(session("").is_empty());
    assert!(session("\n  \n").is_empty());
}

#[test]
fn explain_is_answered_with_rows() {
    let reply = ask("EXPLAIN MATCH (n:A) RETURN n");
    assert_eq!(reply["columns"][0], "operator");
    assert!(!reply["rows"].as_array().unwrap().is_empty());
}

#[test]
fn each_reply_is_flushed() {
    #[derive(Default)]
    struct Counting {
        flushes: usize,
        lines: usize,
    }
    impl std::io::Write for Counting {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.lines += bytes.iter().filter(|byte| **byte == b'\n').count();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            self.flushes += 1;
            assert_eq!(self.flushes, self.lines);
            Ok(())
        }
    }
    let mut output = Counting::default();
    serve(
        &mut Database::empty(),
        &b"{\"hello\": 1}\n{}\n{\"snapshot\": true}\n"[..],
        &mut output,
    )
    .unwrap();
    assert_eq!((output.flushes, output.lines), (3, 3));
}

#[test]
fn a_reply_is_written_in_pieces() {
    #[derive(Default)]
    struct Pieces {
        longest: usize,
        all: usize,
    }
    impl std::io::Write for Pieces {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.longest = self.longest.max(bytes.len());
            self.all += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let create =
        "UNWIND range(1, 1000) AS i CREATE (n:A {i: i, s: 'text ' + i}) RETURN n, [i, {i: i}]";
    let input = format!(
        "{}\n{}\n",
        json!({"query": create}),
        json!({"snapshot": true})
    );
    let mut output = Pieces::default();
    serve(&mut Database::empty(), input.as_bytes(), &mut output).unwrap();
    assert!(output.all > 300_000, "{}", output.all);
    assert!(output.longest < 300, "{}", output.longest);
}

#[test]
fn a_statement_that_fails_after_rows_is_answered_with_an_error_only() {
    let reply = ask("UNWIND range(-5000, 5000) AS i RETURN 1 / i AS x");
    assert_eq!(reply["error"]["detail"], "DivisionByZero");
    assert_eq!(reply.as_object().unwrap().len(), 1);
}

#[test]
fn an_unknown_field_is_refused_with_a_suggestion_unless_the_request_is_lenient() {
    let told = |request: Json, message: &str, help: &str| {
        let reply = replies(&[request]).remove(0);
        assert_eq!(reply["error"]["type"], "ProtocolError", "{reply}");
        assert_eq!(reply["error"]["message"], message);
        assert!(
            reply["error"]["help"].as_str().unwrap().contains(help),
            "{reply}"
        );
    };
    told(
        json!({"query": "RETURN 1", "parms": {}}),
        "expected a field of a request `query`, found `parms`",
        "did you mean `params`?",
    );
    told(
        json!({"query": "RETURN 1", "extra": 1}),
        "expected a field of a request `query`, found `extra`",
        "its fields are `query`, `params`, `reset`, `id`",
    );
    told(
        json!({"hello": 1, "query": "RETURN 1"}),
        "expected a field of a request `hello`, found `query`",
        "its fields are",
    );
    told(
        json!({"procedures": [{"signature": "p() :: ()", "row": []}]}),
        "expected a field of a procedure, found `row`",
        "did you mean `rows`?",
    );
    told(
        json!({"qeury": "RETURN 1"}),
        "expected one of the requests `hello`, `ask`, `query`, `procedures`, `snapshot`, `cancel`",
        "did you mean `query`?",
    );
    let lenient = replies(&[
        json!({"query": "RETURN 1 AS x", "extra": 1, "lenient": true}),
        json!({"procedures": [{"signature": "p() :: ()", "row": []}], "lenient": true}),
    ]);
    assert!(
        lenient.iter().all(|reply| reply.get("error").is_none()),
        "{lenient:?}"
    );
}

#[test]
fn the_id_of_a_request_is_in_its_reply() {
    let replies = replies(&[
        json!({"query": "RETURN 1 AS x", "id": 7}),
        json!({"query": "RETURN y", "id": "b"}),
        json!({"hello": 1, "id": [1]}),
        json!({"qeury": 1, "id": 9}),
        json!({"cancel": 7}),
    ]);
    let ids: Vec<_> = replies.iter().map(|reply| &reply["id"]).collect();
    assert_eq!(json!(ids), json!([7, "b", [1], 9, null]));
    assert_eq!(replies[4], json!({"ok": true}));
}

#[test]
fn a_request_that_only_reads_changes_nothing() {
    let replies = replies(&[
        json!({"query": "CREATE (:A)"}),
        json!({"query": "CREATE (:B)", "read_only": true}),
        json!({"query": "RETURN 1 AS x", "reset": true, "read_only": true}),
        json!({"procedures": [{"signature": "p() :: ()"}], "read_only": true}),
        json!({"query": "EXPLAIN CREATE (:B)", "read_only": true}),
        json!({"query": "PROFILE CREATE (:B)", "read_only": true}),
        json!({"query": "MATCH (n) RETURN count(n) AS n", "read_only": true}),
    ]);
    for refused in [1, 2, 3, 5] {
        assert_eq!(replies[refused]["error"]["detail"], "ReadOnly", "{refused}");
    }
    assert!(replies[4].get("error").is_none());
    assert_eq!(replies[6]["rows"], json!([[typed("Integer", "1")]]));
}

#[test]
fn a_request_may_have_limits_below_those_of_the_session() {
    let detail = |limits: Limits, request: Json| {
        let mut output = Vec::new();
        let mut database = Database::empty().with_limits(limits).with_clock(|| (0, 0));
        serve(&mut database, request.to_string().as_bytes(), &mut output).unwrap();
        let reply: Json = serde_json::from_slice(&output).unwrap();
        reply["error"]["detail"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let rows = |rows| Limits {
        rows: Some(rows),
        ..Limits::default()
    };
    let query = "UNWIND range(1, 10) AS x RETURN x";
    for (limits, max_rows, told) in [
        (rows(5), 20, "RowLimit"),
        (rows(20), 5, "RowLimit"),
        (rows(20), 10, ""),
        (Limits::default(), 5, "RowLimit"),
    ] {
        let found = detail(limits, json!({"query": query, "max_rows": max_rows}));
        assert_eq!(found, told, "{limits:?} {max_rows}");
    }
    let none = Limits::default();
    let ask = json!({"query": "UNWIND range(1, 10000) AS x RETURN collect(x)", "max_memory": 1000});
    assert_eq!(detail(none, ask), "MemoryLimit");
    let path = json!({"query": "CREATE p = ()-[:R]->()-[:R]->() WITH p MATCH ()-[*]->() RETURN 1", "max_path_length": 1});
    assert_eq!(detail(none, path), "PathLimit");
    for (field, wrong) in [
        ("max_rows", json!(0)),
        ("max_rows", json!(-1)),
        ("max_memory", json!("1GB")),
        ("timeout", json!(0)),
        ("timeout", json!(-0.5)),
        ("lenient", json!(1)),
    ] {
        let reply = replies(&[json!({"query": "RETURN 1", field: wrong})]).remove(0);
        let message = reply["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("`{field}`: ")), "{message}");
    }
}

/// A statement that runs longer than any test waits.
const ENDLESS: &str = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a + b = 0 RETURN count(*)";

/// The program as another program drives it.
struct Program {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Program {
    fn new(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relata"))
            .arg("session")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    fn send(&mut self, request: Json) {
        writeln!(self.input, "{request}").unwrap();
    }

    fn reply(&mut self) -> Json {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// Ends the input, and checks that the process ends well.
    fn ends(mut self) {
        drop(self.input);
        let mut rest = String::new();
        assert_eq!(self.output.read_line(&mut rest).unwrap(), 0, "{rest}");
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn a_request_is_cancelled_by_another_and_the_graph_lives_on() {
    let mut program = Program::new(&["--empty"]);
    for request in [
        json!({"query": "CREATE (:A)"}),
        json!({"query": format!("CREATE (:B) WITH 1 AS x {ENDLESS}"), "id": 1}),
        json!({"query": "CREATE (:C)", "id": 2}),
        json!({"query": "CREATE (:D)", "id": 3}),
        json!({"cancel": 3}),
        json!({"cancel": 1}),
        json!({"query": "MATCH (n) RETURN labels(n) AS l"}),
    ] {
        program.send(request);
    }
    let replies: Vec<_> = (0..7).map(|_| program.reply()).collect();
    assert!(replies[0].get("error").is_none());
    assert_eq!(replies[1]["error"]["type"], "Interrupted", "{}", replies[1]);
    assert!(replies[2].get("error").is_none());
    assert_eq!(replies[3]["error"]["detail"], "Cancelled");
    assert_eq!(replies[4], json!({"ok": true}));
    assert_eq!(replies[6]["rows"].as_array().unwrap().len(), 2);
    program.send(json!({"query": ENDLESS}));
    program.send(json!({"query": "CREATE (:E)", "id": "x"}));
    program.send(json!({"cancel": true, "id": "y"}));
    program.send(json!({"query": "MATCH (n:E) RETURN n"}));
    assert_eq!(program.reply()["error"]["detail"], "Cancelled");
    assert_eq!(program.reply()["error"]["detail"], "Cancelled");
    assert_eq!(program.reply(), json!({"id": "y", "ok": true}));
    assert_eq!(program.reply()["rows"], json!([]));
    program.ends();
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_running_statement_only() {
    let mut program = Program::new(&["--empty"]);
    program.send(json!({"query": "CREATE (:A)"}));
    program.reply();
    program.send(json!({"query": ENDLESS}));
    let id = program.child.id().to_string();
    // An interrupt that comes before the statement begins does nothing.
    let ended = std::sync::atomic::AtomicBool::new(false);
    let reply = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(std::sync::atomic::Ordering::Relaxed) {
                Command::new("kill").args(["-INT", &id]).status().unwrap();
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        });
        let reply = program.reply();
        ended.store(true, std::sync::atomic::Ordering::Relaxed);
        reply
    });
    assert_eq!(reply["error"]["detail"], "Cancelled");
    program.send(json!({"query": "MATCH (n) RETURN count(n) AS n"}));
    assert_eq!(program.reply()["rows"], json!([[typed("Integer", "1")]]));
    program.ends();
}

#[test]
fn the_flags_of_a_session_limit_every_statement() {
    let mut program = Program::new(&["--empty", "--timeout", "50ms", "--max-rows", "2"]);
    for request in [
        json!({"query": ENDLESS}),
        json!({"query": ENDLESS, "timeout": 3600}),
        json!({"query": "UNWIND [1, 2, 3] AS x RETURN x", "max_rows": 9}),
        json!({"query": "RETURN 1 AS x"}),
    ] {
        program.send(request);
    }
    let replies: Vec<_> = (0..4).map(|_| program.reply()).collect();
    assert_eq!(replies[0]["error"]["detail"], "TimeLimit");
    assert_eq!(replies[1]["error"]["detail"], "TimeLimit");
    assert_eq!(replies[2]["error"]["detail"], "RowLimit");
    assert_eq!(replies[3]["columns"], json!(["x"]));
    program.ends();
}

#[test]
fn requests_are_read_ahead_and_answered_in_order() {
    let mut program = Program::new(&["--empty"]);
    let mut input = String::new();
    for id in 0..5000 {
        input += &format!("{}\n", json!({"query": "RETURN 1", "id": id}));
    }
    let mut stdin = program.input;
    let writer = std::thread::spawn(move || {
        stdin.write_all(input.as_bytes()).unwrap();
        stdin
    });
    for id in 0..5000 {
        let mut line = String::new();
        program.output.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"id\":{id},")), "{line}");
    }
    program.input = writer.join().unwrap();
    program.ends();
}
