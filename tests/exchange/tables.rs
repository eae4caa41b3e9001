//! Tables without types in their headers.

use relata::{Database, Document, Mapping, OpenOptions, TableOptions};

use crate::show::show;

fn opened(files: &[(&str, &str)], options: TableOptions) -> Result<Database, String> {
    let document =
        |(name, text): &(&str, &str)| Document::new(*name, text.as_bytes().to_vec()).unwrap();
    let opened = OpenOptions::new()
        .table_options(options)
        .open_documents(files.iter().map(document).collect());
    opened.map_err(|error| {
        let shown = |each: &relata::Diagnostic| each.message.clone();
        error
            .diagnostics()
            .map(shown)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

/// The graph with what was guessed, or the problems.
fn read(files: &[(&str, &str)]) -> String {
    match opened(files, TableOptions::default()) {
        Ok(database) => format!("{}\n{}", database.notes().join("\n"), show(&database)),
        Err(problems) => problems,
    }
}

const SHOP: &[(&str, &str)] = &[
    (
        "customers.csv",
        "customerID,companyName,region\nALFKI,\"Alfreds, Futter\",NULL\nANATR,Ana,\\N\n",
    ),
    (
        "orders.csv",
        "orderID,customerID,employeeID,orderDate,freight\n\
         10248,ALFKI,1,1996-07-04 00:00:00.000,32.38\n10249,ANATR,2,1996-07-05 00:00:00.000,11\n",
    ),
    (
        "employees.csv",
        "employeeID,lastName,reportsTo\n1,Davolio,2\n2,Fuller,NULL\n3,King,1\n",
    ),
    (
        "products.csv",
        "productID,productName,discontinued\n1,Chai,0\n2,Chang,1\n",
    ),
    (
        "order-details.csv",
        "orderID,productID,unitPrice,quantity\n10248,1,14.00,12\n10248,2,9.80,10\n10249,1,3,1\n",
    ),
];

#[test]
fn tables_that_refer_to_each_other_are_a_graph() {
    insta::assert_snapshot!(read(SHOP));
}

#[test]
fn a_guess_is_written_with_its_reasons_and_gives_the_same_graph_again() {
    let database = opened(SHOP, TableOptions::default()).unwrap();
    let text = database.mapping().expect("was guessed").to_string();
    insta::assert_snapshot!(text);
    let mapping = Mapping::parse("map.toml", &text).expect("what is written is read");
    let options = TableOptions {
        mapping: Some(mapping),
        ..TableOptions::default()
    };
    let again = opened(SHOP, options).unwrap();
    assert_eq!(show(&again), show(&database));
    assert!(again.notes().is_empty());
}

#[test]
fn edge_lists_are_recognised_by_names_or_by_values() {
    let headers = [
        "source,target",
        "from,to",
        "src,dst",
        "Source,Target",
        "sourceId,target_id",
        "a,b",
    ];
    for header in headers {
        let graph = read(&[("links.csv", &format!("{header}\n1,2\n2,3\n"))]);
        assert!(
            graph.ends_with("(:Node {id: 1})\n(:Node {id: 1})-[:RELATED]->(:Node {id: 2})\n(:Node {id: 2})\n(:Node {id: 2})-[:RELATED]->(:Node {id: 3})\n(:Node {id: 3})"),
            "{header}: {graph}"
        );
    }
    insta::assert_snapshot!(read(&[
        ("nodes.csv", "Id,Label\n1,One\n2,Two\n"),
        ("edges.csv", "Source,Target,Type,Weight\n1,2,Directed,0.5\n"),
    ]));
    insta::assert_snapshot!(read(&[(
        "person_knows_person.csv",
        "Person.id|Person.id|creationDate\n1|2|2010-02-01\n"
    )]));
}

#[test]
fn measurements_with_values_in_common_are_no_edges() {
    let files = [
        (
            "iris.json",
            r#"[{"w": 1, "l": 2.5, "s": "x"}, {"w": 2, "l": 1, "s": "x"}]"#,
        ),
        ("wide.csv", "a,b,c,d\n1,2,x,x\n2,1,x,x\n1,1,x,x\n"),
    ];
    for file in files {
        let graph = read(&[file]);
        assert!(!graph.contains("-[:"), "{graph}");
    }
}

#[test]
fn cells_are_typed_as_their_columns() {
    insta::assert_snapshot!(read(&[(
        "Werte.csv",
        "Nr;Betrag;Datum;Aktiv;Plz;Leer\n1;1.5;31.12.2024;true;01067;\n2;;1.1.2025;FALSE;80331;NA\n"
    )]));
    insta::assert_snapshot!(read(&[("kosten.csv", "id;betrag\na;1,5\nb;-0,25\n")]));
}

#[test]
fn problems_of_rows_are_grouped_by_kind() {
    let files = &[
        ("a.csv", "id,b\n1,2\n3\n4\n1,5\n,6\n"),
        ("e.csv", "source,target\n1,9\n8,1\n1,1\n1,7\n"),
    ];
    let text = "[[table]]\nfile = 'a.csv'\nlabels = ['A']\nid = 'id'\n\
                [[table]]\nfile = 'e.csv'\ntype = 'E'\n\
                start = {column = 'source', table = 'a.csv'}\nend = {column = 'target', table = 'a.csv'}\n";
    let options = TableOptions {
        mapping: Some(Mapping::parse("map.toml", text).unwrap()),
        ..TableOptions::default()
    };
    insta::assert_snapshot!(opened(files, options.clone()).unwrap_err());
    let options = TableOptions {
        skip_bad_rows: true,
        skip_bad_relationships: true,
        ..options
    };
    let database = opened(files, options).unwrap();
    let skipped: Vec<_> = database
        .skipped()
        .iter()
        .map(|row| format!("{}:{}: {}", row.file, row.line, row.reason))
        .collect();
    insta::assert_snapshot!(format!("{}\n\n{}", skipped.join("\n"), show(&database)));
}

#[test]
fn a_mapping_decides_what_is_not_guessed() {
    let text = r#"
[[table]]
file = "p.csv"
labels = ["Person", "Human"]
id = "nr"
[table.columns]
nr = { skip = true }
active = { type = "boolean", name = "isActive" }
born = { type = "date", format = "%m/%d/%Y" }
[[table.key]]
column = "boss"
table = "p.csv"
type = "REPORTS_TO"
"#;
    let options = TableOptions {
        mapping: Some(Mapping::parse("map.toml", text).unwrap()),
        ..TableOptions::default()
    };
    let files = &[(
        "p.csv",
        "nr,active,born,boss,note\n1,1,1/2/2000,2,x\n2,0,3/4/2001,,\n",
    )];
    insta::assert_snapshot!(show(&opened(files, options.clone()).unwrap()));
    let wrong = &[
        ("p.csv", "nr,active,born,note\n1,maybe,1/2/2000,x\n"),
        ("q.csv", "a\n1\n"),
    ];
    insta::assert_snapshot!(opened(wrong, options).unwrap_err());
    let error = Mapping::parse("map.toml", "[[table]]\nfile = 1\n").unwrap_err();
    insta::assert_snapshot!(error.to_string());
}

#[test]
fn records_are_tables() {
    insta::assert_snapshot!(read(&[(
        "shop.json",
        r#"{"customers": [{"id": 1, "name": "Ann", "address": {"city": "Bonn"}, "tags": ["a", "b"]}],
            "orders": [{"id": 10, "customer_id": 1, "total": 1.0}, {"id": 11, "customer_id": 1}]}"#
    )]));
    insta::assert_snapshot!(read(&[(
        "people.jsonl",
        "{\"id\": \"a\", \"age\": 3}\n{\"id\": \"b\", \"big\": true}\n"
    )]));
}
