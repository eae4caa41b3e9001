//! HTTP: forms of answers, the Query API, who may ask.

use serde_json::{Value as Json, json};

use crate::process::Serving;

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn answers_have_the_form_that_is_asked_for() {
    let server = Serving::start(&["--auth", "none"]);
    let text =
        r#"{"query": "UNWIND [1, 2] AS n RETURN n, $text AS text", "parameters": {"text": "a,b"}}"#;
    let (status, body) = server.request("POST /query", &[], text);
    assert_eq!(status, 200);
    let rows = json!([{"n": 1, "text": "a,b"}, {"n": 2, "text": "a,b"}]);
    assert_eq!(json(&body)["rows"], rows);
    let (_, body) = server.request("POST /query", &["Accept: application/jsonl"], text);
    let lines: Vec<_> = body.lines().map(json).collect();
    assert_eq!(json!(lines), rows);
    let (_, body) = server.request("POST /query", &["Accept: text/csv"], text);
    assert_eq!(body, "n,text\n1,\"a,b\"\n2,\"a,b\"\n");
    let plain = ["Content-Type: text/plain", "Accept: text/csv"];
    let (_, body) = server.request(
        "POST /query",
        &plain,
        "MATCH (c:Course) RETURN count(c) AS n",
    );
    assert_eq!(body, "n\n12\n");
    let long = r#"{"query": "UNWIND range(1, 100000) AS n RETURN n"}"#;
    let (_, body) = server.request("POST /query", &[], long);
    assert_eq!(json(&body)["rows"].as_array().map(Vec::len), Some(100_000));
    let (_, body) = server.request(
        "POST /query",
        &[],
        r#"{"query": "MATCH (n:Nothing) RETURN n.x"}"#,
    );
    assert_eq!(json(&body)["rows"], json!([]));
    assert_eq!(json(&body)["warnings"][0]["detail"], "UnknownLabel");
}

#[test]
fn errors_have_a_status_and_a_place() {
    let server = Serving::start(&["--auth", "none"]);
    let query = |text: &str| {
        let (status, body) =
            server.request("POST /query", &[], &json!({"query": text}).to_string());
        (status, json(&body)["error"].clone())
    };
    let (status, error) = query("MATCH (c:Course) RETURN d");
    assert_eq!(
        (status, &error["detail"], &error["column"]),
        (400, &json!("UndefinedVariable"), &json!(25))
    );
    let (status, error) = query("CREATE (:A)");
    assert_eq!((status, &error["detail"]), (403, &json!("ReadOnly")));
    let limited = r#"{"query": "UNWIND range(1, 10) AS n RETURN n", "maxRows": 5}"#;
    let (status, body) = server.request("POST /query", &[], limited);
    assert_eq!(
        (status, &json(&body)["error"]["detail"]),
        (400, &json!("RowLimit"))
    );
    let slow = r#"{"query": "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a % b)", "timeoutMs": 100}"#;
    let (status, body) = server.request("POST /query", &[], slow);
    assert_eq!(
        (status, &json(&body)["error"]["detail"]),
        (400, &json!("TimeLimit"))
    );
    assert_eq!(server.request("POST /query", &[], "{").0, 400);
    assert_eq!(server.request("GET /nothing", &[], "").0, 404);
}

#[test]
fn questions_are_answered_with_what_they_rest_on() {
    let server = Serving::start(&["--auth", "none"]);
    let headers = ["Content-Type: application/json"];
    let asked = r#"{"question": "which advanced courses cover KSS 7 and trauma?"}"#;
    let (status, body) = server.request("POST /ask", &headers, asked);
    assert_eq!(status, 200, "{body}");
    let reply = json(&body);
    assert_eq!(reply["rows"].as_array().map(Vec::len), Some(2));
    assert!(reply["cypher"].as_str().unwrap().starts_with("MATCH"));
    assert!(reply["reading"].is_string());
    let (_, body) = server.request("POST /complete", &headers, r#"{"question": "which cou"}"#);
    let candidates = json(&body)["candidates"].clone();
    let mut candidates = candidates.as_array().unwrap().iter();
    assert!(
        candidates.any(|candidate| candidate["text"] == "courses"),
        "{body}"
    );
    let (_, body) = server.request("GET /schema", &[], "");
    assert!(json(&body)["nodes"].as_u64().unwrap() > 100);
    let (_, body) = server.request("GET /openapi.json", &[], "");
    assert!(json(&body)["paths"]["/query"].is_object());
    let (_, body) = server.request("GET /metrics", &[], "");
    assert!(body.contains("relata_statements_total 2\n"), "{body}");
}

#[test]
fn a_transaction_of_the_query_api_lasts_over_requests() {
    let server = Serving::start(&["--empty", "--writable"]);
    let path = "/db/neo4j/query/v2";
    let statement = |text: &str| json!({"statement": text, "includeCounters": true}).to_string();
    let count = || {
        let (_, body) = server.post(path, &statement("MATCH (a:A) RETURN count(a)"));
        json(&body)["data"]["values"][0][0].clone()
    };
    let begin = || {
        let (status, body) = server.post(
            &format!("{path}/tx"),
            &statement("CREATE (a:A {x: 1}) RETURN a"),
        );
        assert_eq!(status, 202, "{body}");
        assert_eq!(json(&body)["counters"]["nodesCreated"], 1);
        let id = json(&body)["transaction"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        format!("{path}/tx/{id}")
    };
    let transaction = begin();
    assert_eq!(count(), 0);
    let (status, _) = server.post(&transaction, &statement("CREATE (:A)"));
    assert_eq!(status, 202);
    let (status, body) = server.post(&format!("{transaction}/commit"), "");
    assert_eq!(status, 202, "{body}");
    assert_eq!(count(), 2);
    assert_eq!(server.post(&transaction, "").0, 404);
    let transaction = begin();
    let token = format!("Authorization: Bearer {}", server.token);
    assert_eq!(
        server
            .request(&format!("DELETE {transaction}"), &[&token], "")
            .0,
        200
    );
    assert_eq!(count(), 2);
    let transaction = begin();
    let (status, body) = server.post(&transaction, &statement("RETURN 1 / 0"));
    assert_eq!(
        (status, &json(&body)["errors"][0]["code"]),
        (400, &json!("Neo.ClientError.Statement.ArithmeticError"))
    );
    assert_eq!(server.post(&transaction, "").0, 404);
    assert_eq!(count(), 2);
    let typed = [&*token, "Accept: application/vnd.neo4j.query"];
    let (_, body) = server.request(
        &format!("POST {path}"),
        &typed,
        &statement("RETURN 1, date('2020-01-01')"),
    );
    let expected =
        json!([{"$type": "Integer", "_value": "1"}, {"$type": "Date", "_value": "2020-01-01"}]);
    assert_eq!(json(&body)["data"]["values"][0], expected);
    assert_eq!(
        server.post("/db/other/query/v2", &statement("RETURN 1")).0,
        404
    );
    let form = [&*token, "Content-Type: application/x-www-form-urlencoded"];
    let query = "query=MATCH+%28a%29+RETURN+a+LIMIT+1";
    let (status, body) = server.request("POST /openCypher", &form, query);
    assert_eq!(
        (status, &json(&body)["results"][0]["a"]["~entityType"]),
        (200, &json!("node"))
    );
}

#[test]
fn only_those_who_may_ask_are_answered() {
    let server = Serving::start(&[]);
    let query = r#"{"query": "RETURN 1"}"#;
    let status = |headers: &[&str]| server.request("POST /query", headers, query).0;
    let token = format!("Authorization: Bearer {}", server.token);
    assert_eq!(status(&[]), 401);
    assert_eq!(status(&[&token]), 200);
    assert_eq!(
        server
            .request(&format!("POST /query?token={}", server.token), &[], query)
            .0,
        200
    );
    assert_eq!(status(&["Authorization: Bearer wrong"]), 401);
    assert_eq!(status(&[&token, "Origin: https://example.org"]), 403);
    assert_eq!(status(&[&token, "Host: example.org"]), 403);
    assert_eq!(status(&[&token, "Origin: http://localhost:3000"]), 200);
    assert_eq!(server.request("GET /healthz", &[], "").0, 200);
}
