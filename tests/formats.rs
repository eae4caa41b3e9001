//! Answers as text, in each format.

use relata::{Database, Format, Layout};

fn written(format: &str, layout: Layout, query: &str) -> String {
    let answer = Database::empty().query(query).run().unwrap();
    let mut out = Vec::new();
    let format = Format::find(format).unwrap();
    format.write(&answer, layout, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn whole(format: &str, query: &str) -> String {
    written(format, Layout::default(), query)
}

#[track_caller]
fn check(format: &str, query: &str, expected: &[&str]) {
    let text = whole(format, query);
    assert_eq!(text.lines().collect::<Vec<_>>(), expected, "\n{text}");
    assert!(text.is_empty() || text.ends_with('\n'));
}

/// A value of every type.
const KINDS: &str = "CREATE p = (a:A:B {x: 1, `a b`: 'it\\'s'})-[r:R {w: 0.5}]->()<-[:S]-(:C) \
    RETURN a, r, p, [1, 'a', null] AS l, {k: [true]} AS m, 1e300 AS f, date('2020-02-29') AS d, \
    duration('P1M2DT3.5S') AS u";

#[test]
fn every_format_is_found_by_its_name() {
    let names: Vec<_> = Format::all().iter().map(|format| format.name).collect();
    let texts = [
        "table", "csv", "tsv", "json", "jsonl", "markdown", "vertical", "html", "dot", "mermaid",
    ];
    let binary: &[&str] = if cfg!(feature = "parquet") {
        &["parquet", "arrow"]
    } else {
        &[]
    };
    assert_eq!(names, [&texts, binary].concat());
    assert!(names.iter().all(|name| Format::find(name).is_some()));
    assert!(Format::find("xml").is_none());
}

#[test]
fn an_answer_without_columns_is_nothing() {
    for format in Format::all() {
        assert_eq!(whole(format.name, "CREATE ()"), "");
    }
}

#[test]
fn a_table_sets_numbers_to_the_right() {
    check(
        "table",
        "UNWIND [[1, 'a', 1], [10, null, 'x']] AS r RETURN r[0] AS number, r[1] AS text, r[2] AS both",
        &[
            "┌────────┬──────┬──────┐",
            "│ number │ text │ both │",
            "├────────┼──────┼──────┤",
            "│      1 │ a    │ 1    │",
            "│     10 │ null │ x    │",
            "└────────┴──────┴──────┘",
        ],
    );
}

#[test]
fn a_table_measures_wide_letters_and_shows_control_characters() {
    check(
        "table",
        "RETURN '日本' AS a, 'x\\ny' AS b, '\\u001b[31m' AS c",
        &[
            "┌──────┬─────┬───────┐",
            "│ a    │ b   │ c     │",
            "├──────┼─────┼───────┤",
            "│ 日本 │ x↵y │ ␛[31m │",
            "└──────┴─────┴───────┘",
        ],
    );
}

#[test]
fn a_table_counts_the_rows_it_does_not_show() {
    let layout = Layout {
        rows: Some(3),
        ..Layout::default()
    };
    let text = written(
        "table",
        layout.clone(),
        "UNWIND range(1, 9) AS n RETURN n, 'row number' AS what",
    );
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines[3..7],
        [
            "│ 1 │ row number │",
            "│ 2 │ row number │",
            "│ … 6 rows …     │",
            "│ 9 │ row number │",
        ]
    );
    let text = written("table", layout, "UNWIND range(1, 4) AS n RETURN n");
    assert_eq!(text.lines().count(), 8);
}

#[test]
fn a_table_fits_its_width() {
    let query = "RETURN 'short' AS a, 'a text that is far too long for the line' AS b, 12345 AS c, 'and one more that is long' AS d";
    for width in [12, 20, 30, 44, 60, 80, 200] {
        let text = written(
            "table",
            Layout {
                width: Some(width),
                rows: None,
                ..Layout::default()
            },
            query,
        );
        let widths: Vec<_> = text.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|line| *line <= width), "{width}:\n{text}");
        assert!(
            widths.iter().all(|line| *line == widths[0]),
            "{width}:\n{text}"
        );
    }
    let text = written(
        "table",
        Layout {
            width: Some(47),
            rows: None,
            ..Layout::default()
        },
        query,
    );
    assert_eq!(
        text.lines().nth(3),
        Some("│ short │ a text that… │ 12345 │ and one mor… │")
    );
    let text = written(
        "table",
        Layout {
            width: Some(24),
            rows: None,
            ..Layout::default()
        },
        query,
    );
    assert_eq!(text.lines().nth(1), Some("│ a     │ … │"));
}

#[test]
fn a_table_counts_what_it_leaves_out_and_never_cuts_a_number() {
    let layout = Layout {
        width: Some(40),
        rows: Some(2),
        null: Some("NULL".into()),
        ..Layout::default()
    };
    let query = "UNWIND range(1, 5) AS n \
                 RETURN 123456789012345 AS a, 'a long text, which is cut' AS b, 'another long text' AS c, null AS d, 2.5 AS e";
    let answer = Database::empty().query(query).run().unwrap();
    assert_eq!(layout.hidden_columns(&answer), 2);
    assert_eq!(layout.hidden_rows(&answer), 3);
    let text = written("table", layout, query);
    assert_eq!(
        text.lines().nth(3),
        Some("│ 123456789012345 │ … │ NULL │ 2.5 │")
    );
}

#[test]
fn a_table_begins_a_node_with_its_name() {
    let query = "CREATE (p:Person {born: 1958, name: 'Kevin'})-[:ACTED_IN]->(m:Movie {year: 1992, movieTitle: 'Men'}) \
                 CREATE (m)<-[:ACTED_IN]-(q:Person {name: 'Demi'}) WITH * MATCH path = (p)-->(m)<--(q)";
    let node = written(
        "table",
        Layout::default(),
        &format!("{query} RETURN p, [m] AS l"),
    );
    assert!(node.contains("│ (Kevin:Person {born: 1958}) │"), "{node}");
    assert!(node.contains("│ [(Men:Movie {year: 1992})] │"), "{node}");
    for (width, shown) in [
        (80, "(Kevin)-[:ACTED_IN]->(Men)<-[:ACTED_IN]-(Demi)"),
        (46, "(Kevin)-[:ACTED_IN]->(…)<-[:ACTED_IN]-(Demi)"),
        (30, "(Kevin)-[:ACTED_IN]->(Men)<-… │"),
    ] {
        let layout = Layout {
            width: Some(width + 3),
            ..Layout::default()
        };
        let text = written("table", layout, &format!("{query} RETURN path"));
        assert!(text.contains(&format!("│ {shown}")), "{text}");
    }
}

#[test]
fn a_table_of_no_rows_has_its_header() {
    check(
        "table",
        "UNWIND [] AS x RETURN x",
        &["┌───┐", "│ x │", "├───┤", "└───┘"],
    );
}

#[test]
fn csv_keeps_null_and_the_empty_string_apart() {
    check(
        "csv",
        "UNWIND [[null, ''], ['a\"b', 'c,d'], ['e\\nf', ' g ']] AS r RETURN r[0] AS `x,y`, r[1] AS z",
        &["\"x,y\",z", ",\"\"", "\"a\"\"b\",\"c,d\"", "\"e", "f\", g "],
    );
}

#[test]
fn csv_writes_values_as_the_language_does() {
    check(
        "csv",
        KINDS,
        &[
            "a,r,p,l,m,f,d,u",
            "\"(:A:B {x: 1, `a b`: 'it\\'s'})\",[:R {w: 0.5}],\"(:A:B {x: 1, `a b`: 'it\\'s'})-[:R {w: 0.5}]->()<-[:S]-(:C)\",\
         \"[1, 'a', null]\",{k: [true]},1e300,2020-02-29,P1M2DT3.5S",
        ],
    );
}

#[test]
fn tsv_escapes_what_would_divide() {
    check(
        "tsv",
        "RETURN 'a\\tb' AS a, 'c\\nd\\\\' AS b, null AS c, '' AS d",
        &["a\tb\tc\td", "a\\tb\tc\\nd\\\\\t\\N\t"],
    );
}

#[test]
fn json_is_an_array_of_objects() {
    check(
        "json",
        "UNWIND [1, 2] AS n RETURN n, n * 0.5 AS h, 'é\"' AS s, null AS z, n > 1 AS b",
        &[
            "[",
            "{\"n\":1,\"h\":0.5,\"s\":\"é\\\"\",\"z\":null,\"b\":false},",
            "{\"n\":2,\"h\":1.0,\"s\":\"é\\\"\",\"z\":null,\"b\":true}",
            "]",
        ],
    );
    check("json", "UNWIND [] AS x RETURN x", &["[]"]);
}

#[test]
fn json_holds_entities_whole() {
    let text = whole("jsonl", KINDS);
    let row: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        row["a"],
        serde_json::json!({"id": 0, "labels": ["A", "B"], "properties": {"x": 1, "a b": "it's"}})
    );
    assert_eq!(
        row["r"],
        serde_json::json!({"id": 0, "type": "R", "start": 0, "end": 1, "properties": {"w": 0.5}})
    );
    assert_eq!(row["p"]["nodes"].as_array().unwrap().len(), 3);
    assert_eq!(row["p"]["relationships"][1]["type"], "S");
    assert_eq!(row["m"], serde_json::json!({"k": [true]}));
    assert_eq!(row["d"], "2020-02-29");
    assert_eq!(row["f"], 1e300);
}

#[test]
fn json_has_no_number_that_is_none() {
    check(
        "jsonl",
        "RETURN 0.0 / 0.0 AS a, -1.0 / 0.0 AS b, 9223372036854775807 AS c",
        &["{\"a\":\"NaN\",\"b\":\"-Infinity\",\"c\":9223372036854775807}"],
    );
}

#[test]
fn markdown_escapes_bars_and_line_ends() {
    check(
        "markdown",
        "RETURN 'a|b\\nc' AS `x|y`, 1 AS n, '<b>' AS t",
        &[
            "| x\\|y | n | t |",
            "| --- | ---: | --- |",
            "| a\\|b<br>c | 1 | \\<b> |",
        ],
    );
}

#[test]
fn vertical_cuts_nothing() {
    check(
        "vertical",
        "UNWIND [1, 2] AS n RETURN n, 'line one\\nline two' AS text",
        &[
            "── row 1 ──",
            "n    │ 1",
            "text │ line one",
            "     │ line two",
            "── row 2 ──",
            "n    │ 2",
            "text │ line one",
            "     │ line two",
        ],
    );
}

#[test]
fn a_closed_output_is_an_error_and_no_panic() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let answer = Database::empty().query("RETURN 1 AS n").run().unwrap();
    for format in Format::all() {
        let error = format
            .write(&answer, Layout::default(), &mut Closed)
            .unwrap_err();
        assert_eq!(
            error.kind(),
            std::io::ErrorKind::BrokenPipe,
            "{}",
            format.name
        );
    }
}

#[test]
fn html_escapes_markup_and_sets_numbers_to_the_right() {
    check(
        "html",
        "RETURN '<b> & \\n\"' AS `a<b`, 1 AS n, null AS x",
        &[
            "<table>",
            "<thead><tr><th>a&lt;b</th><th>n</th><th>x</th></tr></thead>",
            "<tbody>",
            "<tr><td>&lt;b&gt; &amp; <br>&quot;</td><td style=\"text-align: right\">1</td><td>null</td></tr>",
            "</tbody>",
            "</table>",
        ],
    );
}

#[test]
fn drawings_have_the_nodes_and_relationships_of_the_answer() {
    let query = "CREATE (a:Person {name: 'Ann \"A\"'}), (a)-[r:KNOWS]->(:City), (b:X {title: 1}) RETURN r, a, b, 5 AS n";
    check(
        "dot",
        query,
        &[
            "digraph {",
            "  n0 [label=\"Ann \\\"A\\\"\"]",
            "  n1 [label=\"\"]",
            "  n2 [label=\"1\"]",
            "  n0 -> n1 [label=\"KNOWS\"]",
            "}",
        ],
    );
    check(
        "mermaid",
        query,
        &[
            "graph LR",
            "  n0[\"Ann #34;A#34;\"]",
            "  n1[\" \"]",
            "  n2[\"1\"]",
            "  n0 -->|\"KNOWS\"| n1",
        ],
    );
    check(
        "dot",
        "RETURN 1 AS x",
        &[
            "digraph {",
            "  // The answer has no nodes and relationships.",
            "}",
        ],
    );
}
