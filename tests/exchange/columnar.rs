//! Files of Parquet and Arrow: what answers become, and what becomes of it as a table.

use relata::{Database, Format, Layout, OpenOptions};

use crate::show::show;

fn answer(format: &str, query: &str) -> Vec<u8> {
    let answer = Database::empty().query(query).run().expect("is valid");
    let format = Format::find(format).expect("is in the table");
    let mut bytes = Vec::new();
    format
        .write(&answer, Layout::default(), &mut bytes)
        .expect("memory takes all");
    bytes
}

/// The graph of the rows of an answer in a file.
fn opened(format: &str, query: &str) -> String {
    let folder = tempfile::tempdir().expect("there is space");
    let path = folder.path().join(format!("rows.{format}"));
    std::fs::write(&path, answer(format, query)).expect("is written");
    let shown = match OpenOptions::new().open(&path) {
        Ok(database) => format!("{}\n{}", database.notes().join("\n"), show(&database)),
        Err(error) => error.to_string(),
    };
    shown.replace(&path.display().to_string(), "FILE")
}

const VALUES: &str = "UNWIND range(1, 3) AS id \
    WITH id, [true, false, null][id - 1] AS flag, [1.5, -0.5, 2][id - 1] AS number, ['a', '', null][id - 1] AS text, \
    [date('1969-12-31'), date('2020-02-29'), null][id - 1] AS day, \
    [localdatetime('1999-12-31T23:59:59.123456789'), localdatetime('1969-12-31T23:00'), null][id - 1] AS local, \
    [datetime('2024-07-01T12:00+02:00[Europe/Paris]'), datetime('2024-12-01T12:00+01:00[Europe/Paris]'), null][id - 1] AS moment, \
    [datetime('2024-07-01T12:00Z'), null, null][id - 1] AS utc, \
    [datetime('2024-07-01T12:00-03:30'), null, null][id - 1] AS offset, \
    [localtime('23:59:59.5'), null, localtime('00:00')][id - 1] AS clock, \
    [1.25m, -10.5m, null][id - 1] AS price, [X'00ff', X'', null][id - 1] AS bytes, \
    [[1, 2], [], null][id - 1] AS list, [['x', 'y'], ['z'], null][id - 1] AS words, null AS nothing, \
    [1, 'one', 1.5][id - 1] AS mixed, duration('P1DT2H') AS length, time('10:00+01:00') AS time, \
    [9007199254740993, 0.5, null][id - 1] AS large \
    RETURN *";

#[test]
fn every_type_of_value_comes_back_or_is_its_text() {
    for format in ["parquet", "arrow"] {
        insta::assert_snapshot!(
            "every_type_of_value_comes_back_or_is_its_text",
            opened(format, VALUES)
        );
    }
}

#[test]
fn entities_are_texts_and_files_without_rows_are_no_error() {
    insta::assert_snapshot!(opened(
        "parquet",
        "CREATE p = (a:A {x: 1})-[r:R]->(:B) RETURN 'k' AS id, a, r, p, {m: 1} AS m"
    ));
    insta::assert_snapshot!(opened("arrow", "UNWIND [] AS id RETURN id"));
}

#[test]
fn more_rows_than_a_batch_come_back() {
    let folder = tempfile::tempdir().expect("there is space");
    for format in ["parquet", "arrow"] {
        let path = folder.path().join(format!("Number.{format}"));
        let rows = "UNWIND range(1, 150000) AS id RETURN id, CASE WHEN id % 7 > 0 THEN 'text ' + id END AS text";
        std::fs::write(&path, answer(format, rows)).expect("is written");
        let mut database = OpenOptions::new().open(&path).expect("is a table");
        let answer = database
            .query("MATCH (n:Number) WHERE n.text = 'text ' + n.id RETURN count(*) AS n, sum(n.id) AS s")
            .run()
            .expect("is valid");
        let row: (i64, i64) = answer
            .rows()
            .next()
            .expect("is there")
            .deserialize()
            .expect("are integers");
        assert_eq!(row, (128_572, 9_642_942_858), "{format}");
    }
}

#[test]
fn what_is_no_such_file_is_an_error() {
    let folder = tempfile::tempdir().expect("there is space");
    let error = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("is written");
        let error = OpenOptions::new().open(&path).expect_err("is no such file");
        error
            .to_string()
            .replace(&folder.path().display().to_string(), "FOLDER")
    };
    let whole = answer("parquet", "RETURN 1 AS id");
    let errors = [
        error("a.parquet", b"PAR1 and more"),
        error("b.parquet", &whole[..whole.len() - 9]),
        error("c.arrow", b"ARROW1 and more"),
        error("d.arrow", b""),
    ];
    insta::assert_snapshot!(errors.join("\n"));
}
