//! The graph compiled into the program: `graph-data/connected-practice`.

use crate::graph::{
    Graph,
    load::{self, Input, LoadError, Options},
    manifest::{self, Manifest},
    prepared, save,
};

/// The name of the built-in graph.
pub const NAME: &str = "connected-practice";

macro_rules! files {
    ($($name:literal)*) => {
        &[$((
            $name,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/graph-data/connected-practice/", $name)),
        ),)*]
    };
}

/// The files of the folder. A test checks that the list is complete.
static FILES: &[(&str, &str)] = files! {
    "graph.toml"
    "nodes/Action.csv"
    "nodes/Activity.csv"
    "nodes/Approach.csv"
    "nodes/Authority.csv"
    "nodes/Challenge.csv"
    "nodes/Claim.csv"
    "nodes/Community.csv"
    "nodes/Course.csv"
    "nodes/CourseInstance.csv"
    "nodes/Document.csv"
    "nodes/Event.csv"
    "nodes/Feature.csv"
    "nodes/Framework.csv"
    "nodes/Guidance.csv"
    "nodes/KSS.csv"
    "nodes/Level.csv"
    "nodes/Model.csv"
    "nodes/ModelSet.csv"
    "nodes/Organisation.csv"
    "nodes/OutcomeIndicator.csv"
    "nodes/PCFDomain.csv"
    "nodes/Person.csv"
    "nodes/Platform.csv"
    "nodes/Principle.csv"
    "nodes/Programme.csv"
    "nodes/Role.csv"
    "nodes/Section.csv"
    "nodes/Session.csv"
    "nodes/Team.csv"
    "nodes/Theory.csv"
    "nodes/Tool.csv"
    "nodes/Topic.csv"
    "nodes/Webinar.csv"
    "overlays/external/nodes/KSS.csv"
    "overlays/external/nodes/Label.csv"
    "overlays/external/nodes/PCFDomain.csv"
    "overlays/external/relationships/HAS_LABEL.csv"
    "relationships/ABOUT.csv"
    "relationships/ADOPTS.csv"
    "relationships/AFFILIATED_WITH.csv"
    "relationships/APPLIES_FRAMEWORK.csv"
    "relationships/ARISES_FROM.csv"
    "relationships/ASSIGNED_TO.csv"
    "relationships/ATTENDED.csv"
    "relationships/AVAILABLE_ON.csv"
    "relationships/BROADER.csv"
    "relationships/BUILDS_ON.csv"
    "relationships/CHAIRED.csv"
    "relationships/CLOSE_MATCH.csv"
    "relationships/CONFLICTS_WITH.csv"
    "relationships/CONSISTENT_WITH.csv"
    "relationships/CONTACT.csv"
    "relationships/COVERS.csv"
    "relationships/DECLINED.csv"
    "relationships/DEVELOPED.csv"
    "relationships/DISCUSSES.csv"
    "relationships/EMBEDS.csv"
    "relationships/FOCUSES_ON.csv"
    "relationships/FOLLOWS.csv"
    "relationships/FOR_AUDIENCE.csv"
    "relationships/FUNDS.csv"
    "relationships/GIVES.csv"
    "relationships/HAS_CHALLENGE.csv"
    "relationships/HAS_FEATURE.csv"
    "relationships/HAS_INSTANCE.csv"
    "relationships/HAS_LEVEL.csv"
    "relationships/HAS_OUTCOME_INDICATOR.csv"
    "relationships/HAS_PRINCIPLE.csv"
    "relationships/HELPS_TOWARDS.csv"
    "relationships/HOLDS.csv"
    "relationships/INCLUDES.csv"
    "relationships/INTRODUCED.csv"
    "relationships/INVOLVES.csv"
    "relationships/IN_FRAMEWORK.csv"
    "relationships/IN_SECTION.csv"
    "relationships/JUDGED.csv"
    "relationships/LEADS.csv"
    "relationships/MEMBER_OF.csv"
    "relationships/MENTIONED_IN.csv"
    "relationships/ORIGINATED.csv"
    "relationships/PARTNERS_WITH.csv"
    "relationships/PART_OF.csv"
    "relationships/PART_OF_PROGRAMME.csv"
    "relationships/PLANS.csv"
    "relationships/POSSIBLY_SAME_AS.csv"
    "relationships/PREPARES_FOR.csv"
    "relationships/PRESENTS.csv"
    "relationships/PROGRESSES_TO.csv"
    "relationships/PROVIDED_BY.csv"
    "relationships/PUBLISHED_BY.csv"
    "relationships/RELATED.csv"
    "relationships/RUNS.csv"
    "relationships/SAID_BY.csv"
    "relationships/SAID_OF.csv"
    "relationships/SENT_APOLOGIES.csv"
    "relationships/SPONSORS.csv"
    "relationships/STATED_IN.csv"
    "relationships/TRAINS_IN.csv"
    "relationships/UNDERPINNED_BY.csv"
    "relationships/UNIT_OF.csv"
    "relationships/USES.csv"
    "relationships/USES_TOOL.csv"
    "vocabulary.toml"
};

/// The keys for node look-up, as in the manifest. They are repeated here because parsing the manifest would take half
/// the time of a program that asks one question; a test compares them.
static LOOKUP_KEYS: &[&str] = &["name", "altNames", "hiddenNames", "code", "id"];

/// The content of the files without overlays, in a form that loads much faster.
static PREPARED: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/graph-data/connected-practice.prepared"
));

/// Whether the prepared form matches the current files.
const IS_CURRENT: bool = prepared::is_of(PREPARED, FINGERPRINT);
const FINGERPRINT: u64 = prepared::fingerprint(FILES);

/// The names of the graph's files.
pub fn files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// Files that belong to the graph but are not part of it: the vocabulary and the overlays not in `taken`, each with its
/// text.
pub fn companions(taken: &[String]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = FILES.iter().copied();
    files.filter(|(name, _)| save::is_companion(name, taken))
}

/// The graph with the given overlays.
///
/// # Errors
/// If an overlay does not exist.
pub fn connected_practice(overlays: &[String]) -> Result<Graph, LoadError> {
    let quick = IS_CURRENT && overlays.is_empty();
    match quick.then(|| prepared::read(PREPARED)).flatten() {
        Some(graph) => Ok(graph),
        None => of_files(overlays),
    }
}

fn of_files(overlays: &[String]) -> Result<Graph, LoadError> {
    let files = FILES.iter().map(|(name, text)| (*name, text.as_bytes()));
    let indexed: Vec<String> = LOOKUP_KEYS.iter().map(|key| (*key).to_owned()).collect();
    load::declared(
        Input::files(files, overlays)?,
        &Options::default(),
        &indexed,
    )
}

/// The text of a file, or `None` if there is no such file.
#[must_use]
pub fn file(name: &str) -> Option<&'static str> {
    let found = FILES.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}

/// The manifest of the built-in graph: its description and its rules.
///
/// # Panics
/// Never: a test reads the manifest.
#[must_use]
pub fn manifest() -> Manifest {
    let text = file(manifest::FILE).unwrap_or_default();
    Manifest::parse(manifest::FILE, text)
        .expect("the manifest of the built-in graph is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::NodeId;

    #[test]
    fn the_lookup_keys_are_those_of_the_manifest() {
        assert_eq!(manifest().lookup_keys(), LOOKUP_KEYS);
    }

    /// Set `UPDATE_GRAPH=1` to regenerate the prepared form.
    #[test]
    fn the_prepared_form_says_what_the_files_say() {
        let graph = of_files(&[]).unwrap();
        let written = prepared::tests::write(&graph, FINGERPRINT).unwrap_or_default();
        if std::env::var_os("UPDATE_GRAPH").is_some() {
            let path = "/graph-data/connected-practice.prepared";
            let path = format!("{}{path}", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(path, &written).unwrap();
        } else {
            assert!(written == PREPARED, "UPDATE_GRAPH=1 makes it anew");
        }
        let read = prepared::read(&written).unwrap();
        assert_eq!(read.stats(), graph.stats());
        assert_eq!(read.inconsistencies(), Vec::<String>::new());
        assert!(read.indexes().eq(graph.indexes()));
        assert_eq!(shape(&read), shape(&graph));
    }

    /// The full content of a graph, including ids.
    fn shape(graph: &Graph) -> String {
        let catalog = graph.catalog();
        let names = format!(
            "{:?} {:?} {:?}",
            catalog.labels().collect::<Vec<_>>(),
            catalog.types().collect::<Vec<_>>(),
            catalog.keys().collect::<Vec<_>>(),
        );
        let node = |node: u32| {
            let properties: Vec<_> = graph.node_properties(NodeId(node)).collect();
            format!("{:?} {properties:?}", graph.labels_of(NodeId(node)))
        };
        let edge = |edge| {
            let properties: Vec<_> = graph.edge_properties(edge).collect();
            format!(
                "{:?} {:?} {properties:?}",
                graph.edge_type(edge),
                graph.endpoints(edge)
            )
        };
        let nodes: Vec<_> = graph.nodes().iter().map(node).collect();
        let edges: Vec<_> = graph.edges().map(edge).collect();
        format!("{names}\n{}\n{}", nodes.join("\n"), edges.join("\n"))
    }

    #[test]
    fn the_manifest_says_nothing_else_of_the_files() {
        let manifest = manifest();
        assert!(
            manifest.nodes.is_empty()
                && manifest.relationships.is_empty()
                && manifest.preset.is_none()
        );
        let csv = manifest.csv;
        assert!(csv.delimiter.is_none() && csv.array_delimiter.is_none() && csv.id_type.is_none());
    }
}
