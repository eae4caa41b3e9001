//! Similarity of nodes, links to expect, and embeddings.

use crate::{
    algorithm::{
        embedding,
        similarity::{self, Metric, Prediction, Similar},
    },
    base::{Code, Fault},
    function::algorithm::{Algorithm, Call, Found, Setting, SettingKind, Ways},
    value::{Column, Value, cast},
};

const PAIRS: &str = "node1 :: NODE, node2 :: NODE, similarity :: FLOAT";
const LINKS: &str = "node1 :: NODE, node2 :: NODE, score :: FLOAT";

const TOP: Setting = Setting::new(
    "topK",
    SettingKind::Integer(1, Some(10)),
    "The maximum number of nodes for each node.",
);

const CUTOFF: Setting = Setting::new(
    "similarityCutoff",
    SettingKind::Float(0.0, 1.0, 0.0),
    "The lowest similarity.",
);

const SOURCES: Setting = Setting::new(
    "sourceNodes",
    SettingKind::Nodes,
    "The nodes for which others are sought; all by default.",
);

/// The algorithms of this group.
pub(super) static ROWS: &[Algorithm] = &[
    Algorithm {
        name: "algo.nodeSimilarity",
        yields: PAIRS,
        ways: Ways::Outgoing,
        settings: &[
            Setting::new(
                "similarityMetric",
                SettingKind::Choice(&["jaccard", "overlap", "cosine"]),
                "What is shared of all that either leads to, of the smaller, or the cosine of the weights.",
            ),
            TOP,
            CUTOFF,
            SOURCES,
        ],
        doc: "Similarity by shared neighbours: for each node those that are most like it, because they lead to the same nodes. Parallel relationships count once.",
        complexity: "O(Σ d²) for the numbers d of relationships that lead to a node; parallel",
        source: "Jaccard 1901; Simpson 1943; Salton 1983",
        example: "MATCH (c:Course {name: 'Introduction to trauma-informed practice'}) CALL algo.nodeSimilarity({sourceNodes: c, relationships: ['ABOUT', 'IN_SECTION', 'HAS_LEVEL']}) YIELD node2, similarity WHERE node2:Course RETURN node2.name AS course, round(similarity, 3) AS similarity ORDER BY similarity DESC, course LIMIT 5",
        says: "The courses most similar to one: they share its subjects, section and level.",
        body: node_similarity,
    },
    Algorithm {
        name: "algo.knn",
        yields: PAIRS,
        ways: Ways::Outgoing,
        settings: &[
            Setting::new(
                "nodeProperty",
                SettingKind::NeededKey,
                "The property to compare: numbers, or lists of numbers of one length.",
            ),
            TOP,
            CUTOFF,
        ],
        doc: "The k nearest neighbours by a property: lists of numbers by the cosine, numbers by 1 / (1 + difference). All pairs are compared, so that the answer is exact.",
        complexity: "O(n²); parallel",
        source: "Fix, Hodges 1951, Discriminatory analysis",
        example: "MATCH (s:Session) WHERE s.minutes IS NOT NULL WITH collect(s) AS sessions CALL algo.knn({nodes: sessions, nodeProperty: 'minutes', topK: 1}) YIELD similarity RETURN round(avg(similarity), 3) AS mean",
        says: "How near the length of a session is to that of the most similar one.",
        body: knn,
    },
    Algorithm {
        name: "algo.commonNeighbors",
        yields: LINKS,
        ways: Ways::Both,
        settings: &[SOURCES, TOP],
        doc: "The nodes that share the most neighbours with a node but are none of its own. Relationships count both ways, and parallel ones once.",
        complexity: "O(Σ d²) for the degrees d; parallel",
        source: "Liben-Nowell, Kleinberg 2007, The link-prediction problem for social networks",
        example: "MATCH (a:Authority {name: 'Kent'}) CALL algo.commonNeighbors({sourceNodes: a}) YIELD node2, score WHERE node2:Authority RETURN node2.name AS authority, score ORDER BY score DESC, authority LIMIT 5",
        says: "With which authorities another has most in common.",
        body: common_neighbours,
    },
    Algorithm {
        name: "algo.adamicAdar",
        yields: LINKS,
        ways: Ways::Both,
        settings: &[SOURCES, TOP],
        doc: "As `algo.commonNeighbors`, but a shared neighbour counts more if few share it: the inverse of the logarithm of its degree.",
        complexity: "O(Σ d²) for the degrees d; parallel",
        source: "Adamic, Adar 2003, Friends and neighbors on the Web",
        example: "MATCH (m:Model {name: 'Signs of Safety'}) CALL algo.adamicAdar({sourceNodes: m}) YIELD node2, score WHERE node2:Concept RETURN node2.name AS concept, round(score, 2) AS score ORDER BY score DESC, concept LIMIT 5",
        says: "Concepts to which a model has no relationship yet, although much speaks for one.",
        body: adamic_adar,
    },
    Algorithm {
        name: "algo.preferentialAttachment",
        yields: LINKS,
        ways: Ways::Both,
        settings: &[SOURCES, TOP],
        doc: "The nodes that are no neighbours of a node with the highest product of both numbers of neighbours.",
        complexity: "O(n) per source node; parallel",
        source: "Barabási, Albert 1999, Emergence of scaling in random networks",
        example: "MATCH (a:Authority {name: 'Kent'}) CALL algo.preferentialAttachment({sourceNodes: a, topK: 3}) YIELD node2, score RETURN node2.name AS name, score ORDER BY score DESC, name",
        says: "What an authority would meet next if everything met what is well connected.",
        body: preferential_attachment,
    },
    Algorithm {
        name: "algo.fastRP",
        yields: "node :: NODE, embedding :: LIST OF FLOAT",
        ways: Ways::Both,
        settings: &[
            Setting::new(
                "embeddingDimension",
                SettingKind::Integer(1, Some(64)),
                "The number of parts of a vector.",
            ),
            Setting::new(
                "iterationWeights",
                SettingKind::Floats(&[0.0, 1.0, 1.0]),
                "How much the surroundings at each distance count, from 1 on.",
            ),
            Setting::new(
                "normalizationStrength",
                SettingKind::Float(-10.0, 10.0, 0.0),
                "The power of the degree by which the vectors are scaled at first; below 0 nodes of high degree count less.",
            ),
            Setting::new(
                "randomSeed",
                SettingKind::Integer(0, Some(0)),
                "The seed of the random vectors.",
            ),
        ],
        doc: "FastRP: a vector per node, such that nodes with similar surroundings have similar vectors. `write` stores it, and `algo.knn` compares it.",
        complexity: "O((n + m) d) per iteration for vectors of d parts; parallel",
        source: "Chen, Sultan, Tian, Chen, Skiena 2019, Fast and accurate network embeddings via very sparse random projection",
        example: "CALL algo.fastRP({embeddingDimension: 8}) YIELD node, embedding WHERE node:Level RETURN node.name AS level, [x IN embedding[..3] | round(x, 2)] AS start ORDER BY level",
        says: "The first parts of the vectors of the levels.",
        body: fast_rp,
    },
];

/// The columns of what was found for each node.
fn pairs(call: &Call<'_>, sources: impl Iterator<Item = u32>, found: &[Vec<Similar>]) -> Found {
    let (mut ones, mut others, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    for (source, found) in sources.zip(found) {
        for similar in found {
            ones.push(source);
            others.push(similar.node);
            scores.push(similar.score);
        }
        call.run.meter.spend(found.len() * 16)?;
    }
    let rows = scores.len();
    let columns = vec![call.nodes(ones), call.nodes(others), Column::floats(scores)];
    Ok((columns, rows))
}

fn node_similarity(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let metric = match call.word("similarityMetric") {
        "overlap" => Metric::Overlap,
        "cosine" => Metric::Cosine,
        _ => Metric::Jaccard,
    };
    let bounds = (call.integer("topK"), call.float("similarityCutoff"));
    let sources = call.some_or_all("sourceNodes")?;
    let found = similarity::similar(&call.projection, &sources, metric, bounds, &call.run)?;
    pairs(call, sources.iter().copied(), &found)
}

fn knn(call: &Call<'_>) -> Found {
    let key = call.needed_key("nodeProperty")?;
    let mut points: Vec<Vec<f64>> = Vec::new();
    for id in &call.selection.ids {
        let value = call.graph.node_property(*id, key);
        let point = match &value {
            Value::List(items) => items.iter().map(cast::approximate).collect(),
            one => cast::approximate(one).map(|number| vec![number]),
        };
        let same = |point: &Vec<f64>| {
            points
                .first()
                .is_none_or(|first| first.len() == point.len())
        };
        let point = point.filter(same).ok_or_else(|| {
            let message = format!(
                "`nodeProperty` expects numbers, or lists of numbers of one length, in every node, found {}",
                value.kind()
            );
            Fault::new(Code::InvalidArgumentValue, message)
        })?;
        points.push(point);
    }
    let bounds = (call.integer("topK"), call.float("similarityCutoff"));
    let found = similarity::nearest(&points, bounds, &call.run)?;
    pairs(call, call.projection.numbers(), &found)
}

fn predicted(call: &Call<'_>, prediction: Prediction) -> Found {
    let sources = call.some_or_all("sourceNodes")?;
    let most = call.integer("topK");
    let graph = &call.projection;
    let found = similarity::predicted(graph, &sources, prediction, most, &call.run)?;
    pairs(call, sources.iter().copied(), &found)
}

fn common_neighbours(call: &Call<'_>) -> Found {
    predicted(call, Prediction::CommonNeighbours)
}

fn adamic_adar(call: &Call<'_>) -> Found {
    predicted(call, Prediction::AdamicAdar)
}

fn preferential_attachment(call: &Call<'_>) -> Found {
    predicted(call, Prediction::PreferentialAttachment)
}

fn fast_rp(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let settings = embedding::Settings {
        dimension: call.integer("embeddingDimension"),
        weights: call.floats("iterationWeights"),
        strength: call.float("normalizationStrength"),
        seed: call.integer("randomSeed") as u64,
    };
    let found = embedding::fast_rp(&call.projection, &settings, &call.run)?;
    call.run.meter.spend(found.len() * size_of::<Value>())?;
    let vectors = found.chunks(settings.dimension);
    let vectors =
        vectors.map(|vector| Value::list(vector.iter().copied().map(Value::Float).collect()));
    let rows = call.selection.ids.len();
    Ok((
        vec![call.all_nodes(), Column::values(vectors.collect())],
        rows,
    ))
}
