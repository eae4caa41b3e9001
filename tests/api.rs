//! The library API, as a program uses it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use relata::{
    Answer, CancelToken, Class, Code, Database, Error, Limits, Node, OpenOptions, OptLevel,
    Procedure, Relationship, Rendering, Source, Value, answer::Measured, split, value,
};
use serde::{Deserialize, Serialize};

fn run(text: &str) -> Answer {
    Database::empty().query(text).run().unwrap()
}

fn fails(text: &str) -> Error {
    Database::empty().query(text).run().unwrap_err()
}

fn only<T: for<'a> relata::FromValue<'a>>(text: &str) -> T {
    run(text).single().unwrap().get(0).unwrap()
}

#[test]
fn the_first_rows_of_an_order_are_those_of_the_whole_order() {
    let key = |x: i64| x * 7_919 % 13;
    for count in [1, 10, 3_000, 9_000] {
        for (direction, sign) in [("ASC", 1), ("DESC", -1)] {
            let found: Vec<i64> = only(&format!(
                "UNWIND range(0, 20000) AS x WITH x ORDER BY x * 7919 % 13 {direction} LIMIT {count} RETURN collect(x)"
            ));
            let mut all: Vec<i64> = (0..=20_000).collect();
            all.sort_by_key(|x| sign * key(*x));
            assert_eq!(found, all[..count]);
        }
    }
}

#[test]
fn values_come_as_rust_types() {
    assert!(only::<bool>("RETURN true"));
    assert_eq!(only::<u8>("RETURN 255"), 255);
    assert_eq!(only::<f64>("RETURN 1"), 1.0);
    assert_eq!(only::<String>("RETURN 'é'"), "é");
    assert_eq!(only::<Option<i64>>("RETURN null"), None);
    assert_eq!(
        only::<Vec<Option<i64>>>("RETURN [1, null]"),
        [Some(1), None]
    );
    assert_eq!(
        only::<BTreeMap<String, Vec<i64>>>("RETURN {a: [1]}"),
        BTreeMap::from([("a".into(), vec![1])])
    );
    assert_eq!(only::<HashMap<String, i64>>("RETURN {}").len(), 0);
    assert_eq!(only::<value::Date>("RETURN date('1970-01-02')").days, 1);
    assert_eq!(
        only::<Node>("CREATE (n:A {x: 1}) RETURN n").labels,
        ["A".into()]
    );
    assert_eq!(
        &*only::<Relationship>("CREATE ()-[r:R]->() RETURN r").kind,
        "R"
    );
}

#[test]
fn what_is_of_another_type_is_told() {
    let answer = run("RETURN 300 AS number, null AS nothing");
    let row = answer.single().unwrap();
    let told = |error: relata::ReadError| error.to_string();
    assert_eq!(
        told(row.get::<u8>("number").unwrap_err()),
        "column `number`: expected an INTEGER of 8 bits that is not negative, found the integer 300"
    );
    assert_eq!(
        told(row.get::<&str>("number").unwrap_err()),
        "column `number`: expected STRING, found the integer 300"
    );
    assert_eq!(
        told(row.get::<bool>("nothing").unwrap_err()),
        "column `nothing`: expected BOOLEAN, found NULL"
    );
    assert_eq!(
        told(row.get::<bool>("numbr").unwrap_err()),
        "there is no column `numbr`; did you mean `number`?"
    );
    assert_eq!(
        told(row.get::<bool>(2).unwrap_err()),
        "expected a position below 2, found 2"
    );
    assert_eq!(
        told(run("UNWIND [1, 2] AS x RETURN x").single().unwrap_err()),
        "expected one row, found 2"
    );
}

#[test]
fn rows_become_structs_tuples_and_maps() {
    #[derive(Debug, Deserialize, PartialEq)]
    enum Colour {
        Red,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Thing {
        n: i64,
        colour: Colour,
        missing: Option<String>,
        #[serde(default)]
        list: Vec<f32>,
    }
    let answer = run("RETURN 1 AS n, 'Red' AS colour, null AS missing");
    let thing: Thing = answer.single().unwrap().deserialize().unwrap();
    assert_eq!(
        thing,
        Thing {
            n: 1,
            colour: Colour::Red,
            missing: None,
            list: vec![]
        }
    );

    let answer = run(
        "CREATE (n:T {n: 1, colour: 'Red', list: [0.5]})-[:R {w: 2}]->(m) RETURN n, [n] AS all",
    );
    let (one, all): (Thing, Vec<Thing>) = answer.single().unwrap().deserialize().unwrap();
    assert_eq!(one.list, [0.5]);
    assert_eq!(all[0], one);

    let answer = run("CREATE p = (:A {x: 1})-[:R {x: 2}]->(:B {x: 3}) RETURN p");
    let steps: Vec<Vec<HashMap<&str, i64>>> = answer
        .rows()
        .map(|row| row.deserialize::<(Vec<_>,)>().unwrap().0)
        .collect();
    assert_eq!(
        steps[0].iter().map(|step| step["x"]).collect::<Vec<_>>(),
        [1, 2, 3]
    );

    let numbers: Vec<i64> = run("UNWIND [3, 4] AS x RETURN x")
        .rows()
        .map(|row| row.deserialize().unwrap())
        .collect();
    assert_eq!(numbers, [3, 4]);
    let date: String = run("RETURN date('2020-02-29')")
        .single()
        .unwrap()
        .deserialize()
        .unwrap();
    assert_eq!(date, "2020-02-29");
}

#[test]
fn rows_that_do_not_fit_a_struct_say_where() {
    let answer = run("RETURN 1 AS a, 'x' AS b");
    let row = answer.single().unwrap();
    let error = row.deserialize::<HashMap<String, i64>>().unwrap_err();
    assert!(
        error.to_string().starts_with("column `b`: invalid type"),
        "{error}"
    );
    let error = row.deserialize::<(i64,)>().unwrap_err();
    assert_eq!(error.to_string(), "expected 1 columns, found 2");
    assert!(row.deserialize::<i64>().is_err());
}

#[test]
fn parameters_come_one_by_one_and_all_at_once() {
    #[derive(Serialize)]
    struct Given<'a> {
        name: &'a str,
        tags: Vec<Option<u8>>,
    }
    let mut database = Database::empty();
    let given = Given {
        name: "a",
        tags: vec![Some(1), None],
    };
    let answer = database
        .query("RETURN $name + $more AS text, $tags AS tags, $map.x AS x")
        .params(given)
        .params(serde_json::json!({"map": {"x": 1.5}}))
        .param("more", "b")
        .run()
        .unwrap();
    let row = answer.single().unwrap();
    assert_eq!(row.get::<&str>("text").unwrap(), "ab");
    assert_eq!(
        row.get::<Vec<Option<i64>>>("tags").unwrap(),
        [Some(1), None]
    );
    assert_eq!(row.get::<f64>("x").unwrap(), 1.5);

    let error = database
        .query("RETURN 1")
        .params(vec![1])
        .run()
        .unwrap_err();
    assert_eq!(error.message(), "expected a MAP of parameters, found LIST");
    let error = database
        .query("RETURN $nmae")
        .param("name", 1)
        .run()
        .unwrap_err();
    assert_eq!(error.code(), Code::MissingParameter);
    assert_eq!(error.help(), Some("did you mean `$name`?"));
    // A plan needs no parameter values.
    assert!(database.query("RETURN $nmae").explain().is_ok());
}

#[test]
fn errors_point_into_the_script_they_stand_in() {
    let text = "CREATE (:A);\n\nMATCH (n) RETURN m;";
    let source = Arc::new(Source::new("s.cypher", text));
    let mut database = Database::empty();
    let error = database.run_script(&source).unwrap_err();
    assert_eq!(
        error.span().unwrap().start as usize,
        text.find('m').unwrap()
    );
    let drawn = error.render(Rendering::default());
    assert!(drawn.contains("s.cypher:3:18"), "{drawn}");
    assert!(drawn.contains("3 | MATCH (n) RETURN m;"), "{drawn}");
    assert_eq!(database.schema().nodes, 1);

    let source = Arc::new(Source::new(
        "s.cypher",
        "RETURN 1;\nMATCH (n:Nope) RETURN n",
    ));
    let spans: Vec<_> = split(&source.text)
        .map(|statement| statement.span)
        .collect();
    let answer = database.query_within(&source, spans[1]).run().unwrap();
    let warning = &answer.warnings()[0];
    assert_eq!(source.slice(warning.span.unwrap()), "Nope");
}

#[test]
fn a_small_estimate_is_not_shown_as_zero() {
    let mut database = Database::connected_practice();
    let course = "(:Course {name: 'x'})";
    let statement = format!("MATCH {course}-->{course}-->{course} RETURN 1");
    let answer = database.query(statement).explain().unwrap();
    let estimates = answer
        .rows()
        .map(|row| row.get::<f64>("estimatedRows").unwrap());
    let least = estimates.fold(f64::INFINITY, f64::min);
    assert!(0.0 < least && least < 0.01, "{least}");
}

#[test]
fn a_failed_statement_leaves_the_graph_as_it_was() {
    let mut database = Database::empty();
    database.query("CREATE (:A {x: 0})").run().unwrap();
    let failing = "MATCH (a:A) SET a.x = 1 CREATE (:B) WITH a UNWIND [1, 0] AS d RETURN 1 / d";
    assert_eq!(
        database.query(failing).run().unwrap_err().code(),
        Code::DivisionByZero
    );
    let answer = database
        .query("MATCH (n) RETURN labels(n) AS labels, n.x AS x")
        .run()
        .unwrap();
    let row = answer.single().unwrap();
    assert_eq!(row.get::<Vec<&str>>("labels").unwrap(), ["A"]);
    assert_eq!(row.get::<i64>("x").unwrap(), 0);
}

#[test]
fn transactions_are_kept_or_undone_whole() {
    let mut database = Database::empty();
    let count = |database: &mut Database| {
        database
            .query("MATCH (n) RETURN count(*)")
            .run()
            .unwrap()
            .single()
            .unwrap()
            .get::<i64>(0)
            .unwrap()
    };
    for statement in ["BEGIN", "CREATE (:A)", "CREATE (:B)"] {
        database.query(statement).run().unwrap();
    }
    assert_eq!(count(&mut database), 2);
    assert_eq!(
        database.query("BEGIN").run().unwrap_err().class(),
        Class::TransactionError
    );
    assert!(database.in_transaction());
    database.query("ROLLBACK;").run().unwrap();
    assert_eq!(count(&mut database), 0);
    assert_eq!(
        database.query("COMMIT").run().unwrap_err().help(),
        Some("open one with `BEGIN`")
    );

    let mut transaction = database.transaction().unwrap();
    transaction.query("CREATE (:A)").run().unwrap();
    transaction.commit().unwrap();
    assert_eq!(count(&mut database), 1);
    let mut transaction = database.transaction().unwrap();
    transaction.query("MATCH (n) DELETE n").run().unwrap();
    transaction.rollback().unwrap();
    assert_eq!(count(&mut database), 1);
}

#[test]
fn after_an_error_a_transaction_accepts_only_a_rollback() {
    for wrong in ["RETURN 1 / 0", "RETURN x", "RETRUN 1", "BEGIN"] {
        let mut database = Database::empty();
        for statement in ["START TRANSACTION", "CREATE (:A)"] {
            database.query(statement).run().unwrap();
        }
        assert!(database.query(wrong).run().is_err(), "{wrong}");
        assert!(database.transaction_failed());
        for refused in [
            "CREATE (:B)",
            "RETURN 1",
            "COMMIT WORK",
            "BEGIN",
            "EXPLAIN RETURN 1",
        ] {
            let error = database.query(refused).run().unwrap_err();
            assert_eq!(error.code(), Code::InvalidTransactionState, "{refused}");
            assert!(error.message().contains("expected `ROLLBACK`"), "{error}");
        }
        assert!(database.commit().is_err());
        assert!(database.in_transaction());
        database.query("ROLLBACK WORK;").run().unwrap();
        assert!(!database.in_transaction() && !database.transaction_failed());
        assert_eq!(database.graph().node_count(), 0);
        database.query("CREATE (:C)").run().unwrap();
    }
    let mut database = Database::empty();
    let mut transaction = database.transaction().unwrap();
    transaction.query("CREATE (:A)").run().unwrap();
    assert!(transaction.query("RETURN 1 / 0").run().is_err());
    assert!(transaction.commit().is_err());
    assert!(!database.in_transaction());
    assert_eq!(database.graph().node_count(), 0);
}

#[test]
fn a_question_leaves_a_transaction_as_it_is() {
    let mut database = Database::connected_practice();
    database.begin().unwrap();
    assert!(database.ask("which unicorns are there").run().is_err());
    let limits = Limits {
        rows: Some(1),
        ..Limits::default()
    };
    let question = database.ask("which courses are there").limits(limits);
    assert_eq!(question.run().unwrap_err().code(), Code::RowLimit);
    assert!(!database.transaction_failed());
    assert!(database.query("RETURN 1 / 0").run().is_err());
    let refused = database.ask("which courses are there").run().unwrap_err();
    assert_eq!(refused.code(), Code::InvalidTransactionState);
}

#[test]
fn a_plan_that_was_made_before_a_change_is_not_used_after_it() {
    let mut database = Database::empty();
    database.query("CREATE ()").run().unwrap();
    let ask = "MATCH (n:Thing {id: 1}) RETURN n.name AS name";
    let first = database.query(ask).run().unwrap();
    assert_eq!((first.len(), first.warnings().len()), (0, 3));
    database
        .query("CREATE (:Thing {id: 1, name: 'a'})")
        .run()
        .unwrap();
    let second = database.query(ask).run().unwrap();
    assert_eq!((second.len(), second.warnings().len()), (1, 0));
    database.query("MATCH (n) DETACH DELETE n").run().unwrap();
    assert_eq!(database.query(ask).run().unwrap().len(), 0);
}

#[test]
fn limits_are_errors_that_name_them() {
    let limited = |limits: Limits, text: &str| {
        let mut database = Database::empty().with_clock(ticking);
        database.query(text).limits(limits).run().unwrap_err()
    };
    let rows = Limits {
        rows: Some(2),
        ..Limits::default()
    };
    assert_eq!(
        limited(rows, "UNWIND [1, 2, 3] AS x RETURN x").code(),
        Code::RowLimit
    );
    let memory = Limits {
        memory: Some(10_000),
        ..Limits::default()
    };
    assert_eq!(
        limited(memory, "UNWIND range(1, 100000) AS x RETURN collect(x)").code(),
        Code::MemoryLimit
    );
    let time = Limits {
        time: Some(Duration::from_secs(3)),
        ..Limits::default()
    };
    assert_eq!(
        limited(time, "UNWIND range(1, 1000000) AS x RETURN count(x * x)").code(),
        Code::TimeLimit
    );
    let clockless = Database::empty()
        .query("RETURN 1")
        .limits(time)
        .run()
        .unwrap_err();
    assert_eq!(
        clockless.help(),
        Some("give it a clock with `Database::with_clock`")
    );
}

/// A clock that advances by one second per read.
fn ticking() -> (i64, u32) {
    use std::sync::atomic::{AtomicI64, Ordering};
    static SECONDS: AtomicI64 = AtomicI64::new(0);
    (SECONDS.fetch_add(1, Ordering::Relaxed), 0)
}

#[test]
fn a_token_interrupts_and_lets_run_again() {
    let mut database = Database::empty();
    let token = CancelToken::new();
    token.cancel();
    let text = "UNWIND range(1, 10) AS x CREATE (:A) RETURN x";
    let error = database.query(text).cancel(&token).run().unwrap_err();
    assert_eq!(error.class(), Class::Interrupted);
    assert_eq!(database.schema().nodes, 0);
    token.reset();
    assert_eq!(database.query(text).cancel(&token).run().unwrap().len(), 10);
}

#[test]
fn a_running_statement_is_interrupted_from_another_thread() {
    let token = CancelToken::new();
    let running = token.clone();
    let thread = std::thread::spawn(move || {
        let text = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN max(x + y)";
        Database::empty()
            .query(text)
            .cancel(&running)
            .run()
            .map(drop)
    });
    std::thread::sleep(Duration::from_millis(50));
    token.cancel();
    assert_eq!(thread.join().unwrap().unwrap_err().code(), Code::Cancelled);
}

#[test]
fn the_clock_and_chance_are_the_callers() {
    let mut database = Database::empty()
        .with_clock(|| (86_400, 5))
        .with_random(|| 0);
    let answer = database
        .query("RETURN datetime() AS now, rand() AS chance")
        .run()
        .unwrap();
    let row = answer.single().unwrap();
    assert_eq!(
        row.get::<value::DateTime>("now").unwrap().to_string(),
        "1970-01-02T00:00:00.000000005Z"
    );
    assert_eq!(row.get::<f64>("chance").unwrap(), 0.0);
    let chance = || only::<f64>("RETURN rand()");
    assert_eq!(chance(), chance());
}

#[test]
fn plans_are_rows_and_lines() {
    let mut database = Database::connected_practice().with_clock(ticking);
    let text = "MATCH (c:Course) RETURN count(*) AS n";
    let explained = database.query(text).explain().unwrap();
    assert_eq!(
        explained.columns().join(" "),
        "operator details estimatedRows"
    );
    let lines = explained.plan().unwrap();
    assert_eq!(lines.len(), explained.len());
    assert!(
        lines
            .iter()
            .any(|line| &*line.operator == "NodeScan (count)" && &*line.details == "(c:Course)")
    );
    assert!(
        lines
            .iter()
            .all(|line| line.measured.is_none() && line.estimated.is_some())
    );

    let profiled = database.query(format!("PROFILE {text}")).run().unwrap();
    let root: Measured = profiled.plan().unwrap()[0].measured.unwrap();
    assert_eq!(root.rows, 1);
    assert!(
        profiled
            .plan()
            .unwrap()
            .iter()
            .any(|line| line.measured.unwrap().time > Duration::ZERO)
    );
    assert!(database.query(text).run().unwrap().plan().is_none());
}

#[test]
fn explaining_changes_nothing_and_profiling_does() {
    let mut database = Database::empty();
    database.query("EXPLAIN CREATE (:A)").run().unwrap();
    assert_eq!(database.schema().nodes, 0);
    let answer = database.query("PROFILE CREATE (:A)").run().unwrap();
    assert_eq!(
        (database.schema().nodes, answer.changes().nodes_created),
        (1, 1)
    );
}

#[test]
fn every_level_gives_the_same_rows() {
    let mut database = Database::connected_practice();
    let text = "MATCH (k:KSS {number: 7})<-[:COVERS]-(s)<-[:IN_SECTION]-(c:Course) RETURN c.name AS name ORDER BY name";
    let mut names = |level| -> Vec<String> {
        let answer = database.query(text).level(level).run().unwrap();
        answer.rows().map(|row| row.get(0).unwrap()).collect()
    };
    let full = names(OptLevel::Full);
    assert_eq!(full.len(), 12);
    assert_eq!(names(OptLevel::WithoutIndexes), full);
    assert_eq!(names(OptLevel::Unoptimised), full);
}

#[test]
fn the_schema_tells_what_there_is() {
    let schema = Database::connected_practice().schema();
    assert_eq!((schema.nodes, schema.relationships), (370, 1089));
    let kss = schema
        .labels
        .iter()
        .find(|label| &*label.name == "KSS")
        .unwrap();
    assert_eq!(kss.count, 8);
    let number = kss
        .properties
        .iter()
        .find(|property| &*property.name == "number")
        .unwrap();
    assert_eq!(
        (number.count, number.kinds.as_slice()),
        (8, [relata::Kind::Integer].as_slice())
    );
    let covers = schema
        .types
        .iter()
        .find(|kind| &*kind.name == "COVERS")
        .unwrap();
    let ends: Vec<_> = covers
        .endpoints
        .iter()
        .map(|ends| (ends.from.as_deref(), ends.to.as_deref()))
        .collect();
    assert_eq!(
        ends,
        [
            (Some("Section"), Some("KSS")),
            (Some("Section"), Some("PCFDomain"))
        ]
    );
    assert_eq!(
        covers.endpoints.iter().map(|ends| ends.count).sum::<u64>(),
        covers.count
    );
}

#[test]
fn overlays_are_off_unless_asked_for() {
    let labels = |options: OpenOptions| options.connected_practice().unwrap().schema().labels.len();
    assert_eq!(
        labels(OpenOptions::new().overlay("external")),
        labels(OpenOptions::new()) + 1
    );
    let error = OpenOptions::new()
        .overlay("extrenal")
        .connected_practice()
        .unwrap_err();
    assert_eq!(error.class(), Class::LoadError);
}

#[test]
fn a_graph_is_checked_against_its_manifest() {
    let report = Database::connected_practice().check(None).unwrap();
    assert!(report.passed(), "{report}");
    assert!(report.checks.len() > 20);
    assert_eq!(
        Database::empty().check(None).unwrap_err().class(),
        Class::LoadError
    );
    let missing = Database::connected_practice()
        .check(Some("no-such-folder".as_ref()))
        .unwrap_err();
    assert_eq!(missing.diagnostics().count(), 4);
}

#[test]
fn scripts_and_folders_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let script = write(
        "graph.cypher",
        "CREATE (:A {x: 'a;b'});\nMATCH (a:A) CREATE (a)-[:R]->(:B);",
    );
    let schema = Database::open(&script).unwrap().schema();
    assert_eq!((schema.nodes, schema.relationships), (2, 1));

    let wrong = write("wrong.cypher", "CREATE (:A);\nCREATE (:B");
    let error = Database::open(&wrong).unwrap_err();
    assert_eq!(error.class(), Class::SyntaxError);
    let open = write("open.cypher", "BEGIN; CREATE (:A)");
    assert_eq!(
        Database::open(&open).unwrap_err().help(),
        Some("end the script with `COMMIT`")
    );
    assert_eq!(
        Database::open(folder.path().join("none"))
            .unwrap_err()
            .class(),
        Class::LoadError
    );

    let people = write("people.csv", "id:ID,name\n1,Ada\n2,Bo\n");
    let knows = write("knows.csv", ":START_ID,:END_ID\n1,2\n");
    let options = OpenOptions::new()
        .nodes(format!("Person={}", people.display()))
        .relationships(format!("KNOWS={}", knows.display()));
    let mut database = options.open_files().unwrap();
    let answer = database
        .query("MATCH (:Person {name: 'Ada'})-[:KNOWS]->(b) RETURN b.name")
        .run()
        .unwrap();
    assert_eq!(answer.single().unwrap().get::<&str>(0).unwrap(), "Bo");
    let dangling = write("dangling.csv", ":START_ID,:END_ID\n1,9\n7,2\n");
    let error = options
        .relationships(format!("R={}", dangling.display()))
        .open_files()
        .unwrap_err();
    assert_eq!(error.diagnostics().count(), 2);
}

#[test]
fn procedures_are_registered_and_forgotten() {
    let mut database = Database::empty();
    let rows = vec![vec![Value::from(1), Value::from("one")]];
    database
        .register(Procedure::declare("my.name(n :: INTEGER?) :: (name :: STRING?)", rows).unwrap());
    let call = "CALL my.name(1) YIELD name RETURN name";
    assert_eq!(database.query(call).run().unwrap().len(), 1);
    assert!(database.procedures().find("my.name").is_some());
    database.reset();
    assert_eq!(
        database.query(call).run().unwrap_err().code(),
        Code::ProcedureNotFound
    );
}

#[test]
fn an_answer_outlives_what_it_shows() {
    let mut database = Database::empty();
    let answer = database
        .query("CREATE (n:A {x: 1})-[r:R]->(m:B) RETURN n, r")
        .run()
        .unwrap();
    database.query("MATCH (n) DETACH DELETE n").run().unwrap();
    let row = answer.single().unwrap();
    let (node, relationship): (&Node, &Relationship) =
        (row.get("n").unwrap(), row.get("r").unwrap());
    assert_eq!(
        (node.id, relationship.properties.len()),
        (relationship.start, 0)
    );
    assert!(matches!(node.properties["x"], Value::Integer(1)));
}

#[test]
fn changes_are_net() {
    let mut database = Database::empty();
    let changes =
        |database: &mut Database, text: &str| *database.query(text).run().unwrap().changes();
    let first = changes(
        &mut database,
        "CREATE (a:A {x: 1, y: 2})-[:R]->(:B) CREATE (c) DELETE c",
    );
    assert_eq!(
        (
            first.nodes_created,
            first.nodes_deleted,
            first.relationships_created
        ),
        (2, 0, 1)
    );
    assert_eq!((first.labels_added, first.properties_added), (2, 2));
    let second = changes(&mut database, "MATCH (a:A) SET a.x = 3, a.y = 2");
    assert_eq!((second.properties_added, second.properties_removed), (1, 1));
    assert!(changes(&mut database, "MATCH (a) RETURN a").is_empty());
}

#[test]
fn a_database_may_go_to_another_thread() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Database>();
    is_shared::<Answer>();
    is_shared::<Error>();
}

#[test]
fn a_pattern_of_many_relationships_is_planned() {
    let mut database = Database::connected_practice();
    for hops in [40, 119, 400] {
        let chain = format!("MATCH (a:Course){} RETURN count(*)", "-->()".repeat(hops));
        let answer = database
            .query(chain)
            .explain()
            .expect("the pattern is planned");
        let plan = answer.plan().expect("what is explained has a plan");
        assert_eq!(
            plan.iter()
                .filter(|line| &*line.operator == "Expand")
                .count(),
            hops
        );
    }
}

#[test]
fn deep_statements_are_run_or_refused_on_any_stack() {
    let outcome = |text: String| {
        let run = move || {
            let answer = Database::empty().query(text).run();
            answer
                .map(|answer| answer.len())
                .map_err(|error| error.code())
        };
        let thread = std::thread::Builder::new().stack_size(1 << 20);
        thread.spawn(run).unwrap().join().unwrap()
    };
    let many = |first: &str, part: &str, times: usize, last: &str| {
        format!("{first}{}{last}", part.repeat(times))
    };
    assert_eq!(
        outcome(many("WITH 1 AS x ", "WITH x ", 280, "RETURN x")),
        Ok(1)
    );
    assert_eq!(
        outcome(many("WITH 1 AS x ", "WITH x ", 4_000, "RETURN x")),
        Ok(1)
    );
    assert_eq!(
        outcome(many("", "RETURN 1 AS x UNION ALL ", 2_000, "RETURN 1 AS x")),
        Ok(2_001)
    );
    assert_eq!(
        outcome(many(
            "MATCH (a) ",
            "OPTIONAL MATCH (a)--() WITH a ",
            500,
            "RETURN a"
        )),
        Ok(0)
    );
    let nested =
        |depth: usize| many("", "CALL { ", depth, "RETURN 1 AS x ") + &"} RETURN x ".repeat(depth);
    assert_eq!(outcome(nested(60)), Ok(1));
    assert_eq!(outcome(nested(390)), Err(Code::NestingTooDeep));
    assert_eq!(
        outcome(many("", "WITH 1 AS x ", 5_000, "RETURN x")),
        Err(Code::StatementTooLong)
    );
    assert_eq!(
        outcome(many("MATCH ()", "-[:R]->()", 300, " RETURN 1 AS x")),
        Ok(0)
    );
    assert_eq!(
        outcome(many("MATCH ()", "-[:R]->()", 1_001, " RETURN 1 AS x")),
        Err(Code::StatementTooLong)
    );
    assert_eq!(
        outcome(many(
            "MATCH (a) WHERE true",
            " AND (a)-->()",
            500,
            " RETURN a"
        )),
        Ok(0)
    );
    assert_eq!(
        outcome(many("RETURN ", "(", 10_000, "")),
        Err(Code::NestingTooDeep)
    );
    for (first, part) in [
        ("RETURN 1 IS TYPED ", "LIST<"),
        ("RETURN 1 IS TYPED ", "ANY VALUE\u{A0}< "),
        ("RETURN 1 IS TYPED ", "INT | array /* of */ <"),
        ("RETURN 1 IS TYPED INT ", "LIST "),
        ("RETURN 1 IS TYPED INT ", "NOT NULL LIST "),
        ("RETURN ", "CASE WHEN "),
        ("RETURN ", "CASE\u{A0}WHEN "),
    ] {
        let found = outcome(many(first, part, 100_000, ""));
        assert_eq!(found, Err(Code::NestingTooDeep), "{part}");
    }
    assert_eq!(
        outcome(many(
            "WITH 1 AS list RETURN true",
            " AND list < list",
            200,
            ""
        )),
        Ok(1)
    );
    let typed = many("RETURN null IS TYPED ", "LIST<", 100, "INT") + &">".repeat(100);
    assert_eq!(outcome(typed), Ok(1));
    for end in ["\r", "\n", "\r\n"] {
        let text = format!("RETURN 1 // one{end}+ {}", "(".repeat(100_000));
        assert_eq!(outcome(text), Err(Code::NestingTooDeep), "{end:?}");
    }
    assert_eq!(
        outcome("RETURN reduce(x = [], i IN range(1, 100000) | [x])".to_owned()),
        Err(Code::MemoryLimit)
    );
}

#[test]
fn an_error_shows_itself_with_its_place() {
    let error = fails("RETURN 1 +");
    assert_eq!(error.class(), Class::SyntaxError);
    assert!(format!("{error:?}").contains("query:1:"));
    assert_eq!(error.to_string(), error.message());
}

#[test]
fn a_long_text_is_parsed_within_the_limits() {
    fn always_later() -> (i64, u32) {
        static SECONDS: AtomicI64 = AtomicI64::new(0);
        (SECONDS.fetch_add(3_600, Ordering::Relaxed), 0)
    }
    let text = format!("RETURN size([{}1]) AS size", "1, ".repeat(50_000));
    let mut database = Database::empty().with_clock(always_later);
    let answer = database.query(text.as_str()).run().unwrap();
    assert_eq!(answer.row(0).unwrap().get::<i64>("size").unwrap(), 50_001);
    let mut code = |limits: Limits| {
        let error = database.query(text.as_str()).limits(limits).run();
        error.unwrap_err().code()
    };
    let time = Some(Duration::from_secs(1));
    assert_eq!(
        code(Limits {
            time,
            ..Limits::default()
        }),
        Code::TimeLimit
    );
    let memory = Some(1 << 20);
    assert_eq!(
        code(Limits {
            memory,
            ..Limits::default()
        }),
        Code::MemoryLimit
    );
    let token = CancelToken::new();
    token.cancel();
    let error = database.query(text.as_str()).cancel(&token).run();
    assert_eq!(error.unwrap_err().code(), Code::Cancelled);
    let error = database.query(format!("{text}]")).run();
    assert_eq!(error.unwrap_err().code(), Code::UnexpectedSyntax);
}

#[test]
fn long_strings_and_lists_are_like_short_ones() {
    let long = "WITH reduce(s = 'xΣ ,', i IN range(1, 19) | s + s) AS s ";
    for expression in [
        "size(split(s, ',')) = 524289",
        "size(split(s, '')) = size(s)",
        "split(s, ',')[7] = 'xΣ '",
        "toUpper(s) = replace(s, 'x', 'X')",
        "toLower(s) = replace(s, 'Σ', 'ς')",
        "reverse(reverse(s)) = s AND left(reverse(s), 2) = ', '",
        "size(split(s, ',') + split(s, ',') + 1) = 1048579",
        "reverse(tail(split(s, ',')))[524287] = 'xΣ '",
    ] {
        assert!(
            only::<bool>(&format!("{long} RETURN {expression}")),
            "{expression}"
        );
    }
}
