//! Communities: which nodes belong together, and how closely.

use rustc_hash::FxHashMap;

use crate::{
    algorithm::{component, core, label_propagation, leiden, louvain, quality, triangle},
    base::{Code, Fault},
    function::algorithm::{
        Algorithm, Call, Found, Setting, SettingKind, Ways,
        call::{integers, scores},
    },
    value::{Column, Key, Value},
};

const COMMUNITY: &str = "node :: NODE, community :: INTEGER";
const COMPONENT: &str = "node :: NODE, component :: INTEGER";

const RESOLUTION: Setting = Setting::new(
    "resolution",
    SettingKind::Float(0.0, f64::INFINITY, 1.0),
    "A high resolution gives small communities.",
);

const LEVELS: Setting = Setting::new(
    "maxLevels",
    SettingKind::Integer(1, Some(10)),
    "The maximum number of times that communities become nodes.",
);

const PROPERTY: Setting = Setting::new(
    "communityProperty",
    SettingKind::NeededKey,
    "The property with the community of each node.",
);

/// The algorithms of this group.
pub(super) static ROWS: &[Algorithm] = &[
    Algorithm {
        name: "algo.wcc",
        yields: COMPONENT,
        ways: Ways::Outgoing,
        settings: &[],
        doc: "Weakly connected components: nodes that some path connects, in any direction. Components are numbered from 0.",
        complexity: "O(n + m α(n))",
        source: "Tarjan 1975, Efficiency of a good but not linear set union algorithm",
        example: "CALL algo.wcc() YIELD node, component WITH component, count(*) AS nodes RETURN nodes, count(*) AS components ORDER BY nodes DESC",
        says: "Whether the graph hangs together: how many components of which size it has.",
        body: weak,
    },
    Algorithm {
        name: "algo.scc",
        yields: COMPONENT,
        ways: Ways::Outgoing,
        settings: &[],
        doc: "Strongly connected components: nodes that reach each other along the relationships. Components are numbered from 0.",
        complexity: "O(n + m)",
        source: "Tarjan 1972, Depth-first search and linear graph algorithms",
        example: "CALL algo.scc({relationships: 'BROADER'}) YIELD node, component WITH component, count(*) AS nodes WHERE nodes > 1 RETURN count(*) AS cycles",
        says: "The hierarchy of concepts has no cycle: no concept is broader than itself.",
        body: strong,
    },
    Algorithm {
        name: "algo.labelPropagation",
        yields: COMMUNITY,
        ways: Ways::Both,
        settings: &[Setting::new(
            "maxIterations",
            SettingKind::Integer(1, Some(10)),
            "The maximum number of iterations.",
        )],
        doc: "Label propagation by the rules of LDBC Graphalytics: in each iteration every node takes the community that most of its relationships lead to, and of several the one of the first node. Communities are numbered from 0.",
        complexity: "O(n + m) per iteration; parallel",
        source: "Raghavan, Albert, Kumara 2007, Near linear time algorithm to detect community structures",
        example: "CALL algo.labelPropagation({nodes: ['Authority', 'Model'], relationships: 'USES'}) YIELD node, community WITH community, collect(node.name) AS names WHERE size(names) > 1 RETURN size(names) AS size, names[..3] AS names ORDER BY size DESC, names[0]",
        says: "The groups of authorities and models between which the label of a member prevails.",
        body: labels,
    },
    Algorithm {
        name: "algo.louvain",
        yields: COMMUNITY,
        ways: Ways::Both,
        settings: &[
            LEVELS,
            Setting::new(
                "maxIterations",
                SettingKind::Integer(1, Some(10)),
                "The maximum number of passes over the nodes at a level.",
            ),
            Setting::new(
                "tolerance",
                SettingKind::Float(0.0, f64::INFINITY, 1e-4),
                "The gain of modularity below which a level ends.",
            ),
            RESOLUTION,
        ],
        doc: "Louvain: communities of high modularity, with more relationships within than chance would give. Relationships count both ways. Communities are numbered from 0.",
        complexity: "O(m) per pass, with few passes",
        source: "Blondel, Guillaume, Lambiotte, Lefebvre 2008, Fast unfolding of communities in large networks",
        example: "CALL algo.louvain({nodes: ['Authority', 'Model'], relationships: 'USES'}) YIELD node, community WITH community, collect(node) AS members WHERE size(members) > 1 RETURN [m IN members WHERE m:Authority | m.name] AS authorities, [m IN members WHERE m:Model | m.name] AS models ORDER BY authorities[0]",
        says: "How the authorities are grouped by the models that they use.",
        body: louvain_of,
    },
    Algorithm {
        name: "algo.leiden",
        yields: COMMUNITY,
        ways: Ways::Both,
        settings: &[
            LEVELS,
            RESOLUTION,
            Setting::new(
                "theta",
                SettingKind::Float(1e-9, f64::INFINITY, 0.01),
                "The randomness when communities are refined.",
            ),
            Setting::new(
                "randomSeed",
                SettingKind::Integer(0, Some(0)),
                "The seed of the random order.",
            ),
        ],
        doc: "Leiden: communities of high modularity, each of which is connected. Relationships count both ways. Communities are numbered from 0.",
        complexity: "O(m) per pass, with few passes",
        source: "Traag, Waltman, van Eck 2019, From Louvain to Leiden",
        example: "CALL algo.leiden({nodes: 'Concept'}) YIELD node, community WITH community, collect(node.name) AS names WHERE size(names) > 5 RETURN size(names) AS concepts, names[..3] AS among ORDER BY concepts DESC, among[0]",
        says: "The large groups of concepts that are related to each other.",
        body: leiden_of,
    },
    Algorithm {
        name: "algo.kCore",
        yields: "node :: NODE, core :: INTEGER",
        ways: Ways::Both,
        settings: &[],
        doc: "The core number of a node: the greatest k such that it belongs to a part of the graph where each node has k neighbours. Directions and loops do not count, and parallel relationships count once.",
        complexity: "O(n + m)",
        source: "Batagelj, Zaversnik 2003, An O(m) algorithm for cores decomposition of networks",
        example: "CALL algo.kCore() YIELD node, core WITH core, count(*) AS nodes ORDER BY core DESC LIMIT 3 RETURN core, nodes",
        says: "The densest part of the graph, and how many nodes belong to it.",
        body: k_core,
    },
    Algorithm {
        name: "algo.triangleCount",
        yields: "node :: NODE, triangles :: INTEGER",
        ways: Ways::Both,
        settings: &[],
        doc: "The number of triangles of a node. Directions and loops do not count, and parallel relationships count once.",
        complexity: "O(m^1.5); parallel",
        source: "Schank, Wagner 2005, Finding, counting and listing all triangles in large graphs",
        example: "CALL algo.triangleCount({nodes: 'Concept'}) YIELD node, triangles WHERE triangles > 0 RETURN node.name AS concept, triangles ORDER BY triangles DESC, concept LIMIT 5",
        says: "The concepts among whose related concepts many are related as well.",
        body: triangles,
    },
    Algorithm {
        name: "algo.localClusteringCoefficient",
        yields: "node :: NODE, coefficient :: FLOAT",
        ways: Ways::Both,
        settings: &[],
        doc: "The local clustering coefficient: the share of pairs of neighbours that are neighbours themselves. With the direction `outgoing` each direction between two neighbours counts on its own, as in LDBC Graphalytics.",
        complexity: "O(m^1.5); parallel",
        source: "Watts, Strogatz 1998, Collective dynamics of small-world networks",
        example: "CALL algo.localClusteringCoefficient({nodes: 'Concept'}) YIELD node, coefficient RETURN round(avg(coefficient), 4) AS mean",
        says: "How often two concepts that are related to a third are related to each other.",
        body: clustering,
    },
    Algorithm {
        name: "algo.modularity",
        yields: "community :: ANY, modularity :: FLOAT",
        ways: Ways::Both,
        settings: &[PROPERTY, RESOLUTION],
        doc: "The share of each community in the modularity of a division; the shares sum to it. Relationships count both ways.",
        complexity: "O(n + m)",
        source: "Newman, Girvan 2004, Finding and evaluating community structure in networks",
        example: "CALL algo.modularity({nodes: 'Approach', communityProperty: 'doc'}) YIELD community, modularity RETURN community, round(modularity, 4) AS modularity ORDER BY community",
        says: "Whether approaches are related within the document that states them more than between documents.",
        body: modularity,
    },
    Algorithm {
        name: "algo.conductance",
        yields: "community :: ANY, conductance :: FLOAT",
        ways: Ways::Both,
        settings: &[PROPERTY],
        doc: "The share of the relationships of each community that leave it, of the smaller of the community and the rest: 0 for a community on its own. Relationships count both ways.",
        complexity: "O(n + m)",
        source: "Kannan, Vempala, Vetta 2004, On clusterings: good, bad and spectral",
        example: "CALL algo.conductance({nodes: 'Approach', communityProperty: 'doc'}) YIELD community, conductance RETURN community, round(conductance, 4) AS conductance ORDER BY community",
        says: "How much the approaches of each document are related to those of other documents.",
        body: conductance,
    },
];

fn numbers(call: &Call<'_>, numbers: Vec<impl TryInto<i64>>) -> Found {
    let rows = numbers.len();
    Ok((vec![call.all_nodes(), integers(numbers)], rows))
}

fn weak(call: &Call<'_>) -> Found {
    numbers(call, component::weak(&call.projection, &call.run)?)
}

fn strong(call: &Call<'_>) -> Found {
    numbers(call, component::strong(&call.projection, &call.run)?)
}

fn labels(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let iterations = call.integer("maxIterations");
    let found = label_propagation::label_propagation(&call.projection, iterations, &call.run)?;
    numbers(call, component::numbered(found))
}

fn louvain_of(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let settings = louvain::Settings {
        levels: call.integer("maxLevels"),
        iterations: call.integer("maxIterations"),
        tolerance: call.float("tolerance"),
        resolution: call.float("resolution"),
    };
    numbers(
        call,
        louvain::louvain(&call.projection, settings, &call.run)?,
    )
}

fn leiden_of(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let settings = leiden::Settings {
        levels: call.integer("maxLevels"),
        resolution: call.float("resolution"),
        theta: call.float("theta"),
        seed: call.integer("randomSeed") as u64,
    };
    numbers(call, leiden::leiden(&call.projection, settings, &call.run)?)
}

fn k_core(call: &Call<'_>) -> Found {
    numbers(call, core::core_numbers(&call.projection, &call.run)?)
}

fn triangles(call: &Call<'_>) -> Found {
    numbers(call, triangle::triangles(&call.projection, &call.run)?)
}

fn clustering(call: &Call<'_>) -> Found {
    scores(call, triangle::clustering(&call.projection, &call.run)?)
}

fn modularity(call: &Call<'_>) -> Found {
    let resolution = call.float("resolution");
    of_communities(call, |communities| {
        quality::modularity(&call.projection, communities, resolution, &call.run)
    })
}

fn conductance(call: &Call<'_>) -> Found {
    of_communities(call, |communities| {
        quality::conductance(&call.projection, communities, &call.run)
    })
}

/// A measure of each community that a property of nodes names.
fn of_communities(
    call: &Call<'_>,
    measure: impl FnOnce(&[u32]) -> Result<Vec<f64>, Fault>,
) -> Found {
    call.without_negative_weights()?;
    let key = call.needed_key("communityProperty")?;
    let mut names: Vec<Value> = Vec::new();
    let mut known: FxHashMap<Key, u32> = FxHashMap::default();
    let mut communities = Vec::new();
    for id in &call.selection.ids {
        let name = call.graph.node_property(*id, key);
        if name.is_null() {
            let message = "`communityProperty` expects a property that every node has";
            let help = "select the nodes that have it: `nodes: collect(n)` after a `MATCH`";
            return Err(Fault::new(Code::InvalidArgumentValue, message).help(help));
        }
        let number = *known.entry(Key(name.clone())).or_insert_with(|| {
            names.push(name);
            names.len() as u32 - 1
        });
        communities.push(number);
    }
    let found = measure(&communities)?;
    let rows = found.len();
    Ok((vec![Column::of(names), Column::floats(found)], rows))
}
