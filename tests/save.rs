//! Saving: a saved and loaded graph is equal, and a loaded and saved folder is unchanged byte for byte.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use proptest::{prelude::*, sample::select};
use relata::{
    Code, Database, OpenOptions, SaveOptions,
    base::Fault,
    graph::{
        Graph,
        save::{Replace, write_file, write_folder},
    },
    value::{NodeId, Value},
};
use tempfile::TempDir;

/// Every file of a folder with its content.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy();
                found.insert(name.into_owned(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

fn assert_same_files(left: &Path, right: &Path) {
    let (left, right) = (files(left), files(right));
    assert!(
        left.keys().eq(right.keys()),
        "{:?}\n{:?}",
        left.keys(),
        right.keys()
    );
    for (name, text) in &left {
        assert_eq!(text, &right[name], "{name}");
    }
}

/// The nodes and relationships as sorted lines. Nodes are identified by the property `uid`, which each has.
fn shown(graph: &Graph) -> Vec<String> {
    let catalog = graph.catalog();
    let uid = |node: NodeId| {
        let key = catalog.key("uid").expect("each node has one");
        format!("{:?}", graph.node_property(node, key))
    };
    let properties = |of: Vec<(relata::value::KeyId, Value)>| {
        let shown = |(key, value): &(_, Value)| format!("{:?}={value:?}", catalog.key_name(*key));
        let mut lines: Vec<_> = of.iter().map(shown).collect();
        lines.sort();
        lines.join(" ")
    };
    let nodes = graph.nodes().iter().map(NodeId).map(|node| {
        let labels = graph.labels_of(node).iter();
        let mut labels: Vec<_> = labels.map(|label| catalog.label_name(*label)).collect();
        labels.sort();
        let properties = properties(graph.node_properties(node).collect());
        format!("({} {labels:?} {properties})", uid(node))
    });
    let edges = graph.edges().map(|edge| {
        let (start, end) = graph.endpoints(edge);
        let kind = catalog.type_name(graph.edge_type(edge));
        let properties = properties(graph.edge_properties(edge).collect());
        format!("{}-[{kind:?} {properties}]->{}", uid(start), uid(end))
    });
    let mut lines: Vec<_> = nodes.chain(edges).collect();
    lines.sort();
    lines
}

/// Saves a graph, loads it, and saves it again, as files and as a script.
fn check_round_trips(graph: Graph) {
    let place = TempDir::new().unwrap();
    let at = |name: &str| place.path().join(name);
    let before = shown(&graph);
    let mut database = Database::from_graph(graph);
    database.save(at("one")).unwrap();
    let mut loaded = Database::open(at("one")).unwrap();
    assert_eq!(shown(loaded.graph()), before);
    loaded.save(at("two")).unwrap();
    assert_same_files(&at("one"), &at("two"));
    // A rebuilt graph saves the same files, except for the graph name.
    database.save(at("three.cypher")).unwrap();
    let rebuilt = Database::open(at("three.cypher")).unwrap();
    assert_eq!(shown(rebuilt.graph()), before);
    assert_eq!(rebuilt.script().unwrap(), database.script().unwrap());
}

const NAMES: &[&str] = &[
    "Person",
    "person",
    "PERSON",
    "A_1",
    "_R_",
    "a_is_b",
    "",
    " blank ",
    "with space",
    "a:b",
    "a;b",
    "a,b",
    "`",
    "``x`",
    "\"quoted\"",
    "(x)",
    "{y: int}",
    "new\nline",
    "../up",
    "CON",
    "é",
    "ÅÅ",
    "~unlabelled",
    "id",
    "ID",
    "null",
    "CREATE",
    "a|b",
    "tab\tbed",
    "*",
    "a/b",
    ".hidden",
    "%41",
    "~",
    "Z[]",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(NAMES).prop_map(str::to_owned),
        1 => "[ -~]{0,6}",
        1 => "\\PC{0,4}",
        1 => Just("long".repeat(60)),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let odd = [
        "",
        " ",
        "a",
        "a;b",
        "a,b",
        "\"",
        "a\"b",
        "\"a\"",
        "\n",
        "\r",
        "a\r",
        "\r\n",
        "1",
        "true",
        "null",
        "é",
        "\u{feff}",
        "\\",
        "'",
        "\\'",
        "\u{0}",
        "\u{1F600}",
        "|",
        "\t",
        ";",
        "[1]",
    ];
    prop_oneof![6 => select(odd.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => ".{0,8}"]
}

fn parsed(kind: &'static str, texts: &'static [&'static str]) -> impl Strategy<Value = Value> {
    select(texts).prop_map(move |text| {
        let query = format!("RETURN {kind}('{text}') AS value");
        let answer = Database::empty().query(query).run().unwrap();
        let row = answer.rows().next().unwrap();
        row.get::<Value>("value").unwrap()
    })
}

fn temporal() -> impl Strategy<Value = Value> {
    prop_oneof![
        parsed(
            "date",
            &[
                "2020-02-29",
                "-0001-01-01",
                "+999999999-12-31",
                "-999999999-01-01",
                "1818-03-01"
            ]
        ),
        parsed(
            "localtime",
            &["00:00", "12:31:14.000000001", "23:59:59.999999999"]
        ),
        parsed(
            "time",
            &[
                "12:31:14+01:00",
                "00:00Z",
                "12:00-18:00",
                "01:02:03.5+00:53:28"
            ]
        ),
        parsed(
            "localdatetime",
            &["2020-02-29T12:31", "9999-12-31T23:59:59.999999999"]
        ),
        parsed(
            "datetime",
            &[
                "2020-02-29T12:31Z",
                "2020-10-25T02:30+02:00[Europe/Stockholm]",
                "2020-10-25T02:30+01:00[Europe/Stockholm]",
                "1818-07-21T21:40:32.142[Europe/Stockholm]",
                "+999999999-12-31T23:59:59Z",
            ],
        ),
        parsed(
            "duration",
            &[
                "PT0S",
                "P1Y2M-3DT4H5M6.000000007S",
                "-P1M",
                "PT-0.5S",
                "P12345678Y"
            ]
        ),
    ]
}

fn single() -> impl Strategy<Value = Value> {
    let integers = [
        0,
        1,
        -1,
        i64::from(i32::MAX),
        i64::from(i32::MIN),
        i64::MAX,
        i64::MIN,
        1 << 40,
    ];
    let floats = [
        0.0,
        -0.0,
        1.0,
        -1.5,
        1e300,
        5e-324,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.1,
        1e16,
        1e-7,
    ];
    prop_oneof![
        3 => select(integers.to_vec()).prop_map(Value::from),
        2 => select(floats.to_vec()).prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(|float| Value::from(if float.is_nan() { f64::NAN } else { float })),
        1 => any::<bool>().prop_map(Value::Boolean),
        5 => text().prop_map(|text| Value::String(text.as_str().into())),
        2 => temporal(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let strings = prop::collection::vec(
        text().prop_map(|text| Value::String(text.as_str().into())),
        0..4,
    );
    let integers = prop::collection::vec(
        any::<i32>().prop_map(|number| Value::from(i64::from(number))),
        0..3,
    );
    prop_oneof![
        6 => single(),
        1 => strings.prop_map(Value::list),
        1 => integers.prop_map(Value::list),
        1 => prop::collection::vec(single(), 0..4).prop_map(Value::list),
        1 => prop::collection::vec(temporal(), 1..3).prop_map(Value::list),
    ]
}

type Held = Vec<(usize, Value)>;

fn held() -> impl Strategy<Value = Held> {
    prop::collection::vec((0..6_usize, value()), 0..5)
}

/// A graph with few unusual names, so that they collide: labels, types, keys, nodes, relationships, and the deleted
/// nodes.
#[derive(Clone, Debug)]
struct Plan {
    names: [Vec<String>; 3],
    nodes: Vec<(Vec<usize>, Held)>,
    edges: Vec<(prop::sample::Index, usize, prop::sample::Index, Held)>,
    deleted: Vec<prop::sample::Index>,
    /// Whether the nodes have unique `id` values, and whether these are integers.
    ids: Option<bool>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let names = || prop::collection::vec(name(), 6);
    let index = any::<prop::sample::Index>;
    (
        [names(), names(), names()],
        prop::collection::vec((prop::collection::vec(0..6_usize, 0..4), held()), 0..12),
        prop::collection::vec((index(), 0..6_usize, index(), held()), 0..12),
        prop::collection::vec(index(), 0..3),
        any::<Option<bool>>(),
    )
        .prop_map(|(names, nodes, edges, deleted, ids)| Plan {
            names,
            nodes,
            edges,
            deleted,
            ids,
        })
}

fn built(plan: &Plan) -> Graph {
    let mut graph = Graph::new();
    let [labels, types, keys] = &plan.names;
    let uid = graph.intern_key("uid");
    let mut nodes = Vec::new();
    for (at, (of_node, held)) in plan.nodes.iter().enumerate() {
        let labels: Vec<_> = of_node
            .iter()
            .map(|label| graph.intern_label(&labels[*label]))
            .collect();
        let node = graph.create_node(&labels);
        for (key, value) in held {
            let key = graph.intern_key(&keys[*key]);
            graph.set_node_property(node, key, value.clone());
        }
        graph.set_node_property(node, uid, Value::from(at as i64));
        if let Some(integers) = plan.ids {
            let key = graph.intern_key("id");
            let id = if integers {
                Value::from(at as i64 * 7 - 3)
            } else {
                Value::from(format!("n,{at}"))
            };
            graph.set_node_property(node, key, id);
        }
        nodes.push(node);
    }
    if nodes.is_empty() {
        return graph;
    }
    for (from, kind, to, held) in &plan.edges {
        let kind = graph.intern_type(&types[*kind]);
        let edge = graph.create_relationship(*from.get(&nodes), kind, *to.get(&nodes));
        for (key, value) in held {
            let key = graph.intern_key(&keys[*key]);
            graph.set_edge_property(edge, key, value.clone());
        }
    }
    for node in &plan.deleted {
        let node = *node.get(&nodes);
        graph.detach([node]);
        graph.delete_node(node).unwrap();
    }
    graph.commit();
    graph
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_graph_that_is_saved_and_loaded_is_equal(plan in plan()) {
        check_round_trips(built(&plan));
    }
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_built_in_graph_is_saved_as_its_own_files() {
    let place = TempDir::new().unwrap();
    let target = place.path().join("practice");
    Database::connected_practice().save(&target).unwrap();
    assert_same_files(&repository("graph-data/connected-practice"), &target);
    // A second save over the same folder, from its files.
    Database::open(&target).unwrap().save(&target).unwrap();
    assert_same_files(&repository("graph-data/connected-practice"), &target);
}

#[test]
fn an_overlay_that_was_taken_becomes_a_part_of_the_graph() {
    let place = TempDir::new().unwrap();
    let target = place.path().join("practice");
    let options = OpenOptions::new().overlay("external");
    let mut database = options.connected_practice().unwrap();
    database.save(&target).unwrap();
    assert!(!target.join("overlays").exists());
    let mut loaded = Database::open(&target).unwrap();
    assert!(loaded.check(None).unwrap().passed());
    assert_eq!(loaded.graph().node_count(), database.graph().node_count());
    let again = place.path().join("again");
    loaded.save(&again).unwrap();
    assert_same_files(&target, &again);
}

#[test]
fn a_large_graph_is_a_script_of_batches() {
    let mut database = Database::empty();
    for statement in [
        "UNWIND range(0, 1499) AS uid CREATE (n:Person {uid: uid, name: 'n' + uid}) SET n.odd = CASE uid % 2 WHEN 1 THEN [uid, 'x;y', date('2020-01-01')] END",
        "UNWIND range(1500, 1999) AS uid CREATE (:`~saved`:Person {uid: uid, `~number`: -uid})",
        "UNWIND range(2000, 2099) AS uid CREATE ({uid: uid})",
        "MATCH (a), (b) WHERE b.uid = (a.uid * 7 + 3) % 2100 CREATE (a)-[:KNOWS {since: a.uid}]->(b), (b)-[:LIKES]->(a)",
    ] {
        database.query(statement).run().unwrap();
    }
    let script = database.script().unwrap();
    assert!(script.contains("UNWIND") && script.len() < 1_000_000);
    let graph = database.graph().clone();
    check_round_trips(graph);
}

#[test]
fn a_manifest_is_kept_as_far_as_it_is_true() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("given");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write(
        "graph.toml",
        "# A comment.\nname = \"x\"\n\n[csv]\ndelimiter = \"|\"\nid-type = \"integer\"\n\n[[nodes]]\nfile = \"people.csv\"\nlabels = [\"Person\", \"Author\"]\n\n# Of rules.\n[[rules]]\nsays = \"a\"\nkind = \"required\"\nnodes = \"Person\"\nkeys = [\"id\"]\n",
    );
    write(
        "people.csv",
        "id:ID|name|tags:string[]\n1|A,b|x;y\n2||\"\"\n",
    );
    write("knows.csv", ":START_ID|:END_ID\n1|2\n");
    write("notes.txt", "mine");
    let mut database = Database::open(&folder).unwrap();
    database.save(&folder).unwrap();
    let saved = files(&folder);
    let shown: Vec<_> = saved
        .iter()
        .map(|(name, text)| format!("── {name}\n{text}"))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
    let again = place.path().join("again");
    Database::open(&folder).unwrap().save(&again).unwrap();
    fs::remove_file(folder.join("notes.txt")).unwrap();
    assert_same_files(&folder, &again);
}

#[test]
fn nothing_but_a_graph_is_replaced_unless_asked() {
    let place = TempDir::new().unwrap();
    let at = |name: &str| place.path().join(name);
    let mut database = Database::empty();
    database.query("CREATE (:A {name: 'a'})").run().unwrap();
    fs::create_dir(at("other")).unwrap();
    fs::write(at("other/report.txt"), "x").unwrap();
    fs::write(at("other/data.csv"), "x").unwrap();
    let error = database.save(at("other")).unwrap_err();
    assert_eq!(error.code(), Code::SaveProblem);
    assert!(error.help().unwrap().contains("--force"), "{error}");
    SaveOptions::new()
        .force()
        .save(&mut database, at("other"))
        .unwrap();
    let names: Vec<_> = files(&at("other")).into_keys().collect();
    assert_eq!(names, ["graph.toml", "nodes/A.csv", "report.txt"]);

    fs::write(at("mine.cypher"), "RETURN 1").unwrap();
    database.save(at("mine.cypher")).unwrap_err();
    assert_eq!(fs::read_to_string(at("mine.cypher")).unwrap(), "RETURN 1");
    SaveOptions::new()
        .force()
        .save(&mut database, at("mine.cypher"))
        .unwrap();
    database.save(at("mine.cypher")).unwrap();

    fs::write(at("file"), "x").unwrap();
    database.save(at("file")).unwrap_err();
    database.save(at("deep/er/graph")).unwrap();
    database.save(at("deep/er/graph")).unwrap();
    // No temporary files are left.
    let beside = fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    assert!(
        beside
            .into_iter()
            .all(|name| !name.to_string_lossy().starts_with('.'))
    );
}

#[test]
fn an_open_transaction_is_not_saved() {
    let place = TempDir::new().unwrap();
    let mut database = Database::empty();
    database.begin().unwrap();
    database.query("CREATE (:A)").run().unwrap();
    let error = database.save(place.path().join("x")).unwrap_err();
    assert_eq!(error.code(), Code::InvalidTransactionState);
    database.script().unwrap_err();
    database.commit().unwrap();
    database.save(place.path().join("x")).unwrap();
}

#[test]
fn a_new_graph_is_a_folder_to_fill() {
    let place = TempDir::new().unwrap();
    let target = place.path().join("mine");
    SaveOptions::new().create(&target).unwrap();
    let mut database = Database::open(&target).unwrap();
    assert_eq!(database.graph().node_count(), 0);
    database
        .query("CREATE (:A {name: 'a'})-[:R]->(:B)")
        .run()
        .unwrap();
    database.save(&target).unwrap();
    assert_eq!(Database::open(&target).unwrap().graph().node_count(), 2);
    SaveOptions::new().create(&target).unwrap_err();
}

#[test]
fn the_script_of_a_small_graph_can_be_read() {
    let mut database = Database::empty();
    database
        .query("CREATE (a:Person {name: 'Ann', id: 'a'})-[:KNOWS {since: date('2020-01-01')}]->(b:Person:`Old Boy` {id: 'b'}), (b)-[:KNOWS]->(a)")
        .run()
        .unwrap();
    insta::assert_snapshot!(database.script().unwrap());
}

#[test]
fn files_by_name_are_added_to_a_folder() {
    let place = TempDir::new().unwrap();
    let at = |name: &str| place.path().join(name);
    let mut database = Database::empty();
    database.query("CREATE (:Person {id: 'a'})").run().unwrap();
    database.save(at("folder")).unwrap();
    database.save(at("script.cypher")).unwrap();
    fs::write(at("more.csv"), "id:ID\nb\n").unwrap();
    fs::write(at("knows.csv"), ":START_ID,:END_ID\na,b\n").unwrap();
    let options = OpenOptions::new()
        .nodes(format!("Person={}", at("more.csv").display()))
        .relationships(format!("KNOWS={}", at("knows.csv").display()));
    let mut both = options.open(at("folder")).unwrap();
    let query = "MATCH (a:Person)-[:KNOWS]->(b:Person) RETURN a.id + b.id AS ids";
    let answer = both.query(query).run().unwrap();
    assert_eq!(
        answer.rows().next().unwrap().get::<&str>("ids").unwrap(),
        "ab"
    );
    both.save(at("folder")).unwrap();
    assert_eq!(
        Database::open(at("folder")).unwrap().graph().node_count(),
        2
    );
    let error = options.open(at("script.cypher")).unwrap_err();
    assert!(error.help().unwrap().contains("relata export"), "{error}");
}

#[test]
fn what_cannot_be_written_whole_changes_nothing() {
    let place = TempDir::new().unwrap();
    let target = place.path().join("graph");
    let mut database = Database::empty();
    database.query("CREATE (:A)").run().unwrap();
    database.save(&target).unwrap();
    let before = files(&target);
    let broken = || Fault::new(Code::SaveProblem, "the disk is full");
    let half = [
        Ok(("nodes/B.csv".to_owned(), b":ID\n".into())),
        Err(broken()),
    ];
    let error =
        write_folder(&target, Replace::Graphs, &[], |_| Ok(()), half.into_iter()).unwrap_err();
    assert_eq!(error, broken());
    assert_eq!(files(&target), before);
    let script = target.join("x.cypher");
    write_file(&script, Replace::Graphs, |out| {
        out.write_all(b"CREATE")?;
        Err(io::ErrorKind::StorageFull.into())
    })
    .unwrap_err();
    assert_eq!(files(&target), before);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

/// A folder with a small graph, an overlay that is not loaded, and a file of the user.
fn folder_of_the_user() -> TempDir {
    let place = TempDir::new().unwrap();
    let mut database = Database::empty();
    database.query("CREATE (:A {id: 'a'})").run().unwrap();
    database.save(place.path()).unwrap();
    fs::create_dir_all(place.path().join("overlays/more")).unwrap();
    fs::write(place.path().join("overlays/more/b.csv"), "id:ID\nb\n").unwrap();
    fs::write(place.path().join("NOTES.txt"), "mine").unwrap();
    place
}

#[test]
#[cfg(unix)]
fn a_save_replaces_the_files_and_leaves_the_folder() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    let place = folder_of_the_user();
    let at = |name: &str| place.path().join(name);
    let number = |path: &Path| fs::metadata(path).unwrap().ino();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let private = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    private(place.path(), 0o700).unwrap();
    private(&at("graph.toml"), 0o600).unwrap();
    private(&at("nodes/A.csv"), 0o640).unwrap();
    let before = (number(place.path()), number(&at("NOTES.txt")));
    let mut database = Database::open(place.path()).unwrap();
    database.query("CREATE (:B)").run().unwrap();
    database.save(place.path()).unwrap();
    assert_eq!((number(place.path()), number(&at("NOTES.txt"))), before);
    assert_eq!(mode(place.path()), 0o700);
    assert_eq!(mode(&at("nodes/A.csv")), 0o640);
    // A new file is as private as the manifest.
    assert_eq!(mode(&at("nodes/B.csv")), 0o600);
    assert!(at("overlays/more/b.csv").is_file());
}

#[test]
#[cfg(unix)]
fn links_are_neither_followed_nor_copied() {
    use std::os::unix::fs::symlink;

    let place = folder_of_the_user();
    let at = |name: &str| place.path().join(name);
    let elsewhere = TempDir::new().unwrap();
    fs::write(elsewhere.path().join("secret.csv"), "x").unwrap();
    symlink(elsewhere.path(), at("overlays/more/out")).unwrap();
    symlink(".", at("overlays/round")).unwrap();
    let copy = elsewhere.path().join("copy");
    let saved = Database::open(place.path()).unwrap().save(&copy).unwrap();
    let mut left_out: Vec<_> = saved
        .left_out
        .iter()
        .map(|path| path.file_name().unwrap())
        .collect();
    left_out.sort();
    assert_eq!(left_out, ["out", "round"]);
    assert!(copy.join("overlays/more/b.csv").is_file());
    assert!(!copy.join("overlays/more/out").exists());

    fs::remove_dir_all(at("nodes")).unwrap();
    symlink(elsewhere.path(), at("nodes")).unwrap();
    let error = Database::empty().save(place.path()).unwrap_err();
    assert!(error.to_string().contains("found a link"), "{error}");
    assert!(elsewhere.path().join("secret.csv").is_file());
}

#[test]
fn a_graph_whose_folder_is_gone_is_saved_elsewhere_and_in_its_place() {
    let place = folder_of_the_user();
    let at = |name: &str| place.path().join(name);
    let graph = at("graph");
    Database::connected_practice().save(&graph).unwrap();
    let mut database = Database::open(&graph).unwrap();
    fs::rename(&graph, at("moved")).unwrap();
    let saved = database.save(at("other")).unwrap();
    assert_eq!(
        saved.left_out,
        [graph
            .canonicalize()
            .unwrap_or(place.path().canonicalize().unwrap().join("graph"))
            .join("overlays")]
    );
    // What the opened graph knows is saved: the tables, the manifest and the vocabulary.
    assert!(at("other/vocabulary.toml").is_file());
    database.save(&graph).unwrap();
    assert_eq!(files(&graph), files(&at("other")));
}

#[test]
fn a_save_of_others_is_not_replaced_in_silence() {
    let place = folder_of_the_user();
    let mut first = Database::open(place.path()).unwrap();
    let mut second = Database::open(place.path()).unwrap();
    second.query("CREATE (:Second)").run().unwrap();
    second.save(place.path()).unwrap();
    first.query("CREATE (:First)").run().unwrap();
    let error = first.save(place.path()).unwrap_err();
    assert!(
        error.to_string().contains("changed by another process"),
        "{error}"
    );
    assert!(place.path().join("nodes/Second.csv").is_file());
    SaveOptions::new()
        .force()
        .save(&mut first, place.path())
        .unwrap();
    assert!(!place.path().join("nodes/Second.csv").exists());
    first.save(place.path()).unwrap();
}

/// Copies a folder with its files.
fn copy(from: &Path, to: &Path) {
    for name in files(from).into_keys() {
        fs::create_dir_all(to.join(&name).parent().unwrap()).unwrap();
        fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}

#[test]
fn an_interrupted_save_is_completed_or_removed() {
    let new = TempDir::new().unwrap();
    let mut database = Database::empty();
    let graph = "CREATE (:A {id: 'n'})-[:R]->(:B {id: 'm'})";
    database.query(graph).run().unwrap();
    database.save(new.path()).unwrap();
    let names: Vec<_> = files(new.path()).into_keys().collect();
    // The new files count from the rename of the staging folder on, and are moved one by one.
    for moved in 0..=names.len() {
        let place = folder_of_the_user();
        let at = |name: &str| place.path().join(name);
        fs::write(at("nodes/Old.csv"), "id:ID\no\n").unwrap();
        copy(new.path(), &at(".saved/files"));
        fs::write(
            at(".saved/removed.json"),
            r#"["nodes/Old.csv", "nodes/gone.csv"]"#,
        )
        .unwrap();
        for name in &names[..moved] {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::rename(at(".saved/files").join(name), at(name)).unwrap();
        }
        let opened = Database::open(place.path()).unwrap();
        assert_eq!(opened.graph().node_count(), 2, "{moved} files were moved");
        assert_eq!(opened.graph().relationship_count(), 1);
        assert!(at("NOTES.txt").is_file() && !at(".saved").exists());
    }
    // Before, the old files count; the next save removes the rest.
    let place = folder_of_the_user();
    copy(new.path(), &place.path().join(".saving-0/files"));
    let mut opened = Database::open(place.path()).unwrap();
    assert_eq!(opened.graph().node_count(), 1);
    opened.save(place.path()).unwrap();
    assert!(!place.path().join(".saving-0").exists());
}

#[test]
fn compressed_tables_are_replaced() {
    let place = folder_of_the_user();
    let at = |name: &str| place.path().join(name);
    let plain = fs::read(at("nodes/A.csv")).unwrap();
    fs::remove_file(at("nodes/A.csv")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&plain).unwrap();
    fs::write(at("nodes/A.csv.gz"), packed.finish().unwrap()).unwrap();
    let mut database = Database::open(place.path()).unwrap();
    assert_eq!(database.graph().node_count(), 1);
    database.save(place.path()).unwrap();
    assert_eq!(
        Database::open(place.path()).unwrap().graph().node_count(),
        1
    );
    assert!(!at("nodes/A.csv.gz").exists());
}
