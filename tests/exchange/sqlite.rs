//! Databases of SQLite.

use relata::OpenOptions;
use rusqlite::Connection;

use crate::show::show;

fn read(statements: &str) -> String {
    let folder = tempfile::tempdir().expect("there is space");
    let path = folder.path().join("shop.db");
    let database = Connection::open(&path).expect("is written");
    database.execute_batch(statements).expect("are valid");
    database.close().expect("is written");
    let shown = match OpenOptions::new().open(&path) {
        Ok(database) => format!("{}\n{}", database.notes().join("\n"), show(&database)),
        Err(error) => error.to_string(),
    };
    shown.replace(&folder.path().display().to_string(), "FOLDER")
}

#[test]
fn tables_and_foreign_keys_are_a_graph() {
    insta::assert_snapshot!(read(
        "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, vip BOOLEAN, since DATE, photo BLOB);
         CREATE TABLE orders (number INTEGER PRIMARY KEY, buyer INTEGER REFERENCES customers (id), placed DATETIME, total REAL);
         CREATE TABLE friends (a INTEGER REFERENCES customers (id), b INTEGER REFERENCES customers (id), met TEXT, PRIMARY KEY (a, b));
         INSERT INTO customers VALUES (1, 'Ann', 1, '2020-02-19', x'00'), (2, 'Bea', 0, NULL, NULL);
         INSERT INTO orders VALUES (7, 1, '2024-05-01 10:30:00', 9.5), (8, NULL, NULL, NULL);
         INSERT INTO friends VALUES (1, 2, 'school');"
    ));
}
