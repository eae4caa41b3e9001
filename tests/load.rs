//! Loading CSV files: valid graphs, and the problems of invalid files.

use std::{fs, path::Path};

use relata::{
    base::Stop,
    graph::{
        Graph,
        load::{self, Input, NodeSpec, Options, RelationshipSpec},
        manifest::IdType,
    },
    value::NodeId,
};

/// A graph of files in memory, one line per node and relationship; or the problems.
fn read(files: &[(&str, &str)]) -> String {
    read_with(files, &Options::default())
}

fn read_with(files: &[(&str, &str)], options: &Options) -> String {
    let files = files.iter().map(|(name, text)| (*name, text.as_bytes()));
    let loaded = Input::files(files, &[]).and_then(|input| load::load(input, options));
    match loaded {
        Ok(loaded) => show(&loaded.graph),
        Err(error) => error.to_string(),
    }
}

fn show(graph: &Graph) -> String {
    let catalog = graph.catalog();
    let mut lines = Vec::new();
    for node in graph.nodes().iter().map(NodeId) {
        let mut labels: Vec<_> = graph
            .labels_of(node)
            .iter()
            .map(|label| &**catalog.label_name(*label))
            .collect();
        labels.sort_unstable();
        let properties = graph
            .node_properties(node)
            .map(|(key, value)| format!(" {}={value:?}", catalog.key_name(key)));
        lines.push(format!(
            "{node:?}:{}{}",
            labels.join(":"),
            properties.collect::<String>()
        ));
    }
    for edge in graph.edges() {
        let (start, end) = graph.endpoints(edge);
        let properties = graph
            .edge_properties(edge)
            .map(|(key, value)| format!(" {}={value:?}", catalog.key_name(key)));
        let kind = catalog.type_name(graph.edge_type(edge));
        lines.push(format!(
            "{start:?}-{kind}->{end:?}{}",
            properties.collect::<String>()
        ));
    }
    lines.join("\n")
}

#[test]
fn nodes_and_relationships_come_from_their_files() {
    insta::assert_snapshot!(read(&[
        (
            "Person.csv",
            "id:ID,name,age:int,:LABEL\na,Ann,30,Author;Reader\nb,Bea,,\n"
        ),
        (
            "wrote.csv",
            ":START_ID,:END_ID,since:int,:TYPE\na,b,2001,\nb,a,,LIKES\n"
        ),
    ]));
}

#[test]
fn labels_come_from_file_names_where_nothing_else_says_them() {
    insta::assert_snapshot!(read(&[
        ("Person.csv", ":ID(Person)\n1\n2\n"),
        ("City_0_0.csv", ":ID(City)\n1\n"),
        (
            "Person_isLocatedIn_City.csv",
            ":START_ID(Person)|:END_ID(City)\n1|1\n"
        ),
        (
            "Person_knows_Person.csv",
            ":START_ID(Person)|:END_ID(Person)\n1|2\n"
        ),
    ]));
}

#[test]
fn every_type_of_value_is_read() {
    insta::assert_snapshot!(read(&[(
        "A.csv",
        ":ID;a:byte;b:short;c:int;d:long;e:float;f:double;g:boolean;h:char;i:string[];j:int[];k:IGNORE;l\n\
         1;-128;-32768;2147483647;9223372036854775807;1.5;1e3;TRUE;ü;x|y z;1|2;no;\"a;\"\"b\"\"\"\n\
         2;;;;;;;;;;;;\n\
         3;;;;;NaN;-Infinity;false;;\"\";\"\";;\"\"\n",
    )]));
}

#[test]
fn temporal_values_are_read() {
    insta::assert_snapshot!(read(&[(
        "A.csv",
        ":ID,a:date,b:localtime,c:time,d:localdatetime,e:datetime,f:duration,g:date[]\n\
         1,2020-02-19,12:31:14.5,12:31:14+01:00,2020-02-19T12:31,2020-02-19T12:31Z,P1DT2H,2020-02-19;2021-01-01\n\
         2,,,,,,,\n",
    )]));
    insta::assert_snapshot!(read(&[(
        "A.csv",
        ":ID,a:date,b:localtime,c:time,d:localdatetime,e:datetime,f:duration,g:date[]\n\
         1,2020-02-30,25:00,noon,19.2.2020,yesterday,a day,2020-02-19;x\n",
    )]));
}

#[test]
fn an_id_is_a_string_unless_it_is_said_to_be_an_integer() {
    let text = "id:ID\n7\n";
    let integer = Options {
        id_type: Some(IdType::Integer),
        ..Options::default()
    };
    assert_eq!(read(&[("A.csv", text)]), r#"n0:A id=String("7")"#);
    assert_eq!(
        read_with(&[("A.csv", text)], &integer),
        "n0:A id=Integer(7)"
    );
    assert_eq!(
        read(&[("A.csv", "id:ID{id-type: long}\n7\n")]),
        "n0:A id=Integer(7)"
    );
    let manifest = "name = 'x'\n[csv]\nid-type = 'integer'\n";
    assert_eq!(
        read(&[("A.csv", text), ("graph.toml", manifest)]),
        "n0:A id=Integer(7)"
    );
}

#[test]
fn a_key_may_have_columns_of_two_types() {
    insta::assert_snapshot!(read(&[(
        "A.csv",
        ":ID,v:int,v:string\n1,7,\n2,,seven\n3,,\n"
    )]));
    insta::assert_snapshot!(read(&[("A.csv", ":ID,v:int,v:string\n1,7,seven\n")]));
}

#[test]
fn a_byte_order_mark_and_either_line_end_are_accepted() {
    assert_eq!(
        read(&[("A.csv", "\u{FEFF}:ID,n\r\n1,x\r\n\r\n2,y")]),
        "n0:A n=String(\"x\")\nn1:A n=String(\"y\")"
    );
}

#[test]
fn a_manifest_names_labels_and_types() {
    let manifest = "name = 'x'\n[csv]\ndelimiter = '|'\n[[nodes]]\nfile = 'people.csv'\nlabels = ['Person', 'Author']\n\
                    [[relationships]]\nfile = 'links.csv'\ntype = 'KNOWS'\n";
    insta::assert_snapshot!(read(&[
        ("graph.toml", manifest),
        ("people.csv", "id:ID\na,b\n"),
        ("links.csv", ":START_ID|:END_ID\na,b|a,b\n"),
    ]));
}

#[test]
fn flags_name_files_as_neo4j_admin_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("h.csv"), "id:ID(M)\n").unwrap();
    fs::write(path("p.csv"), "1\n2\n").unwrap();
    fs::write(path("l.csv"), ":START_ID(M),:END_ID(M)\n1,2\n").unwrap();
    let nodes: NodeSpec = format!("Message:Comment={},{}", path("h.csv"), path("p.csv"))
        .parse()
        .unwrap();
    let links: RelationshipSpec = format!("REPLY_OF={}", path("l.csv")).parse().unwrap();
    let input = Input::specs(&[nodes], &[links], &Stop::default()).unwrap();
    let graph = load::load(input, &Options::default()).unwrap().graph;
    insta::assert_snapshot!(show(&graph));
    let missing: NodeSpec = path("none.csv").parse().unwrap();
    let error = Input::specs(&[missing], &[], &Stop::default()).unwrap_err();
    assert!(
        error.to_string().contains("none.csv: cannot be read: "),
        "{error}"
    );
}

#[test]
fn the_same_folder_gives_the_same_graph() {
    let files = [
        ("b.csv", ":START_ID,:END_ID\n1,2\n"),
        ("A.csv", ":ID\n1\n"),
        ("nodes/C.csv", ":ID\n2\n"),
    ];
    let mut turned = files;
    turned.reverse();
    assert_eq!(read(&files), read(&turned));
}

#[test]
fn values_are_of_the_type_of_their_column() {
    insta::assert_snapshot!(read(&[(
        "A.csv",
        ":ID,a:byte,b:int,c:float,d:boolean,e:char,f:int[],g:long\n\
         1,128,x,1.5.1,yes,ab,1;b,9223372036854775808\n\
         2,-129,2147483648,,,,,\n",
    )]));
}

#[test]
fn numbers_beyond_their_type_are_refused_not_rounded() {
    let found = read(&[(
        "A.csv",
        ":ID|a:list|b:double\n1|[1, 99999999999999999999]|1e999\n2|[1e30]|Infinity\n",
    )]);
    assert_eq!(
        found,
        "A.csv:2:3: expected integers of 64 bits, found `99999999999999999999` for `a`\n\
         A.csv:2:29: expected a number up to 1.8e308, found `1e999` for `b`"
    );
}

#[test]
fn headers_say_what_the_columns_hold() {
    insta::assert_snapshot!(read(&[
        (
            "A.csv",
            ":ID,age:intt,:NAME,when:shape,x:int(A),y:string(\n1,2,3,4,5,6\n"
        ),
        ("B.csv", "name,age\n"),
        ("C.csv", ":ID,:START_ID,:END_ID\n"),
        ("D.csv", ":START_ID\n"),
        ("E.csv", ":ID,:ID\n"),
        ("F.csv", ":ID,a,a\n"),
        ("G.csv", ":ID,,b\n"),
        ("H.csv", ":START_ID,:END_ID,:LABEL\n"),
        ("nodes/I.csv", ":START_ID,:END_ID\n"),
        ("J.csv", "id:ID(A){id-type:uuid}\n"),
    ]));
}

#[test]
fn files_without_a_header_or_in_another_encoding_are_told() {
    let files: [(&str, &[u8]); 5] = [
        ("A.csv", b""),
        ("B.csv", b"\n\n"),
        ("C.csv", b":ID,name\n1,Ann\n2,B\xE9a\n"),
        ("D.csv", b"\xFF\xFE:\0I\0D\0"),
        ("E.csv", b":ID\n1\n"),
    ];
    let error = Input::files(files, &[])
        .and_then(|input| load::load(input, &Options::default()))
        .unwrap_err();
    insta::assert_snapshot!(error);
}

#[test]
fn ids_are_given_once_and_ends_are_nodes() {
    insta::assert_snapshot!(read(&[
        ("A.csv", ":ID(A),n\n1,x\n1,y\n,z\n"),
        ("B.csv", ":ID(B)\n1\n"),
        ("nodes/A2.csv", ":ID(A)\n2\n1\n"),
        ("to.csv", ":START_ID(A),:END_ID(B)\n1,1\n1,2\nx,1\n,1\n"),
        ("off.csv", ":START_ID(A),:END_ID(C)\n1,1\n"),
        ("out.csv", ":START_ID,:END_ID\n1,1\n"),
    ]));
}

#[test]
fn rows_have_as_many_fields_as_the_header() {
    insta::assert_snapshot!(read(&[
        ("A.csv", ":ID,a,b\n1,x\n2,x,y,z\n3,x,y\n"),
        ("r.csv", ":START_ID,:END_ID\n1,2\n3\n"),
    ]));
}

#[test]
fn quotes_close_and_end_their_field() {
    insta::assert_snapshot!(read(&[(
        "A.csv",
        ":ID,a\n1,\"x\"y\n2,5\" pipe\n3,\"z\n4,w\n"
    )]));
}

#[test]
fn problems_are_spelt_out_up_to_a_number() {
    let rows: String = (0..120).map(|row| format!("{row},x\n")).collect();
    let text = format!(":ID,n:int\n{rows}");
    let found = read(&[("A.csv", &text)]);
    assert_eq!(found.lines().count(), 101);
    assert_eq!(
        found.lines().next(),
        Some("A.csv:2:3: expected an integer, found `x` for `n`")
    );
    assert_eq!(found.lines().last(), Some("… and 20 more errors"));
}

#[test]
fn a_manifest_that_is_wrong_is_told_with_its_place() {
    let check = |manifest: &str| read(&[("graph.toml", manifest), ("A.csv", ":ID\n1\n")]);
    insta::assert_snapshot!(
        [
            check("name = 'x'\nnodess = []\n"),
            check("name = \n"),
            check("description = 'x'\n"),
            check("name = 'x'\npreset = 'lsqp'\n"),
            check("name = 'x'\n[csv]\ndelimiter = 'x'\n"),
            check("name = 'x'\n[[nodes]]\nfile = 'B.csv'\nlabels = ['B']\n"),
            check("name = 'x'\n[[rules]]\nsays = 'r'\nkind = 'count'\nnodes = 'A'\ntype = 'T'\n"),
            check("name = 'x'\n[[rules]]\nsays = 'r'\nkind = 'unique'\nkeys = ['id']\n"),
            check("name = 'x'\n[[rules]]\nsays = 'r'\nkind = 'lines'\nnodes = '*'\n"),
        ]
        .join("\n")
    );
}

#[test]
fn a_folder_without_tables_is_no_graph() {
    assert_eq!(
        read(&[("notes.txt", "x")]),
        "graph: expected CSV files, found none"
    );
    let error = load::folder(Path::new("no/such/folder"), &[], &Options::default()).unwrap_err();
    assert_eq!(error.to_string(), "no/such/folder: there is no such folder");
}

/// The benchmark folders, if present.
fn lsqb(name: &str) -> Option<Graph> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/lsqb")
        .join(name);
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(
        load::folder(&folder, &[], &Options::default())
            .unwrap()
            .graph,
    )
}

#[test]
fn the_example_of_the_benchmark_loads_as_it_is() {
    let Some(graph) = lsqb("social-network-sfexample-projected-fk") else {
        return;
    };
    insta::assert_snapshot!(counts(&graph));
}

#[test]
fn a_larger_set_of_the_benchmark_loads_as_it_is() {
    let Some(graph) = lsqb("social-network-sf0.003-projected-fk") else {
        return;
    };
    insta::assert_snapshot!(counts(&graph));
}

fn counts(graph: &Graph) -> String {
    let catalog = graph.catalog();
    let labels = catalog
        .labels()
        .map(|(label, name)| format!("{name} {}", graph.nodes_with_label(label).len()));
    let types = catalog
        .types()
        .map(|(ty, name)| format!("{name} {}", graph.edges_of_type(ty).count()));
    labels.chain(types).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_overlay_is_read_only_if_it_is_asked_for() {
    let files = [
        ("nodes/A.csv", ":ID\n1\n"),
        ("overlays/more/nodes/B.csv", ":ID\n2\n"),
        (
            "overlays/more/relationships/R.csv",
            ":START_ID,:END_ID\n1,2\n",
        ),
    ];
    let bytes = || files.iter().map(|(name, text)| (*name, text.as_bytes()));
    let load = |overlays: &[String]| {
        load::load(
            Input::files(bytes(), overlays).unwrap(),
            &Options::default(),
        )
        .unwrap()
    };
    assert_eq!(show(&load(&[]).graph), "n0:A");
    assert_eq!(
        show(&load(&["more".to_owned()]).graph),
        "n0:A\nn1:B\nn0-R->n1"
    );
}

#[test]
fn the_names_of_the_files_tell_the_benchmark_unless_a_manifest_does() {
    let links = ":START_ID(Comment),:END_ID(Comment)\n";
    let files = [
        ("Comment.csv", "id:ID(Comment)\n1\n"),
        ("Post.csv", "id:ID(Post)\n1\n"),
        ("Comment_replyOf_Comment.csv", links),
        (
            "Comment_replyOf_Post.csv",
            ":START_ID(Comment),:END_ID(Post)\n1,1\n",
        ),
    ];
    let with = |manifest: &str| read(&[&files[..], &[("graph.toml", manifest)]].concat());
    let known = "n0:Comment:Message id=Integer(1)\nn1:Message:Post id=Integer(1)\nn0-REPLY_OF->n1";
    assert_eq!(read(&files), known);
    assert_eq!(with("name = 'x'\npreset = 'lsqb'\n"), known);
    let unknown = "n0:Comment id=String(\"1\")\nn1:Post id=String(\"1\")\nn0-REPLY_OF->n1";
    assert_eq!(with("name = 'x'\npreset = 'none'\n"), unknown);
    assert_eq!(with("name = 'x'\n"), unknown);
}

proptest::proptest! {
    #[test]
    fn whatever_the_files_hold_loading_ends_in_a_graph_or_in_problems(
        header in "(:ID|id:ID\\(A\\)|:START_ID|:END_ID\\(A\\)|:LABEL|:TYPE|n:int\\[\\]|d:date|[a\":({,;|\t]){1,6}(,(:END_ID|:ID|v:float|x)){0,3}",
        nodes in "[\"a1,;|\t\r\né-]{0,40}",
        relationships in "[\"a1,\r\n]{0,40}",
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..40),
    ) {
        let nodes = format!("{header}\n{nodes}");
        let relationships = format!(":START_ID,:END_ID,:TYPE\n{relationships}");
        let files: [(&str, &[u8]); 4] = [
            ("A.csv", nodes.as_bytes()),
            ("nodes/B.csv", b":ID,n\n1,a\na,1\n"),
            ("r.csv", relationships.as_bytes()),
            ("c.csv", &bytes),
        ];
        for count in 1..=files.len() {
            let loaded = Input::files(files.into_iter().take(count), &[])
                .and_then(|input| load::load(input, &Options::default()));
            if let Err(error) = loaded {
                proptest::prop_assert!(!error.problems.is_empty());
            }
        }
    }
}
