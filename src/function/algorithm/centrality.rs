//! Centralities: how important each node is.

use crate::{
    algorithm::{betweenness, closeness, hits, page_rank, power},
    base::{Code, Fault},
    function::algorithm::{Algorithm, Call, Found, Setting, SettingKind, Ways, call::scores},
    value::Column,
};

const SCORE: &str = "node :: NODE, score :: FLOAT";

const ITERATIONS: Setting = Setting::new(
    "maxIterations",
    SettingKind::Integer(1, Some(200)),
    "The maximum number of iterations.",
);

const TOLERANCE: Setting = Setting::new(
    "tolerance",
    SettingKind::Float(0.0, f64::INFINITY, 1e-8),
    "The change of all scores below which the iteration ends.",
);

const POWER_ITERATIONS: Setting = Setting::new(
    "maxIterations",
    SettingKind::Integer(1, Some(1_000)),
    "The number of iterations after which it is an error that the scores still change.",
);

const POWER_TOLERANCE: Setting = Setting::new(
    "tolerance",
    SettingKind::Float(0.0, f64::INFINITY, 1e-7),
    "The mean change of a score below which the iteration ends.",
);

/// The algorithms of this group.
pub(super) static ROWS: &[Algorithm] = &[
    Algorithm {
        name: "algo.degree",
        yields: SCORE,
        ways: Ways::Outgoing,
        settings: &[],
        doc: "Degree centrality: the number of relationships of a node, or the sum of their weights. With the direction `both` a loop counts twice.",
        complexity: "O(n + m)",
        source: "Freeman 1978, Centrality in social networks",
        example: "CALL algo.degree({relationships: 'USES', direction: 'incoming'}) YIELD node, score WHERE score > 1 RETURN node.name AS model, score ORDER BY score DESC, model",
        says: "How many authorities use each model, of those that more than one uses.",
        body: degree,
    },
    Algorithm {
        name: "algo.pageRank",
        yields: SCORE,
        ways: Ways::Outgoing,
        settings: &[
            Setting::new(
                "dampingFactor",
                SettingKind::Float(0.0, 0.999_999, 0.85),
                "The probability of following a relationship instead of a restart.",
            ),
            ITERATIONS,
            TOLERANCE,
            Setting::new(
                "sourceNodes",
                SettingKind::Nodes,
                "Where the surfer restarts (personalized PageRank); anywhere by default.",
            ),
        ],
        doc: "PageRank: the share of time that a random surfer spends at a node. The scores sum to 1. A surfer at a node without relationships restarts.",
        complexity: "O(n + m) per iteration; parallel",
        source: "Brin, Page 1998, The anatomy of a large-scale hypertextual web search engine",
        example: "CALL algo.pageRank({nodes: 'Concept', direction: 'both'}) YIELD node, score RETURN node.name AS concept, round(score, 4) AS score ORDER BY score DESC, concept LIMIT 5",
        says: "The concepts that the relationships between concepts lead to most: the centre of the vocabulary of practice.",
        body: page_rank_of,
    },
    Algorithm {
        name: "algo.betweenness",
        yields: SCORE,
        ways: Ways::Outgoing,
        settings: &[
            Setting::new(
                "samplingSize",
                SettingKind::Integer(1, None),
                "The number of source nodes that are drawn; all by default, which is exact.",
            ),
            Setting::new(
                "samplingSeed",
                SettingKind::Integer(0, Some(0)),
                "The seed of the sample.",
            ),
        ],
        doc: "Betweenness centrality: the number of shortest paths between other nodes that pass through a node; several shortest paths of a pair share. Parallel relationships count as one.",
        complexity: "O(n m), with weights O(n m + n² log n); parallel. A sample of k sources takes k / n of it",
        source: "Brandes 2001, A faster algorithm for betweenness centrality; Brandes, Pich 2007",
        example: "CALL algo.betweenness({nodes: ['Person', 'Authority', 'Organisation', 'Event', 'Role'], direction: 'both'}) YIELD node, score RETURN node.name AS name, round(score) AS score ORDER BY score DESC, name LIMIT 5",
        says: "Who connects people, authorities and organisations: without these, messages would take other ways.",
        body: betweenness_of,
    },
    Algorithm {
        name: "algo.closeness",
        yields: SCORE,
        ways: Ways::Outgoing,
        settings: &[Setting::new(
            "useWassermanFaust",
            SettingKind::Boolean(true),
            "Whether the score is scaled by the share of nodes that are reached, so that small components score low.",
        )],
        doc: "Closeness centrality: the inverse of the mean distance from a node to those it reaches.",
        complexity: "O(n m), with weights O(n m + n² log n); parallel",
        source: "Bavelas 1950, Communication patterns in task-oriented groups; Wasserman, Faust 1994",
        example: "CALL algo.closeness({direction: 'both'}) YIELD node, score RETURN node.name AS name, round(score, 4) AS score ORDER BY score DESC, name LIMIT 5",
        says: "From where the rest of the graph is nearest: the meeting of the authorities, and what most sources speak of.",
        body: closeness_of,
    },
    Algorithm {
        name: "algo.harmonic",
        yields: SCORE,
        ways: Ways::Outgoing,
        settings: &[Setting::new(
            "normalized",
            SettingKind::Boolean(true),
            "Whether the sum is divided by the number of other nodes.",
        )],
        doc: "Harmonic centrality: the mean of the inverse distances from a node to all others. What is not reached counts 0.",
        complexity: "O(n m), with weights O(n m + n² log n); parallel",
        source: "Marchiori, Latora 2000, Harmony in the small-world",
        example: "CALL algo.harmonic({nodes: 'Concept', relationships: 'BROADER', direction: 'incoming'}) YIELD node, score RETURN node.name AS concept, round(score, 4) AS score ORDER BY score DESC, concept LIMIT 5",
        says: "The concepts with the most narrower ones, the direct ones counting most.",
        body: harmonic,
    },
    Algorithm {
        name: "algo.eigenvector",
        yields: SCORE,
        ways: Ways::Outgoing,
        settings: &[POWER_ITERATIONS, POWER_TOLERANCE],
        doc: "Eigenvector centrality: a node is as important as those that lead to it. The scores have the length 1.",
        complexity: "O(n + m) per iteration; parallel",
        source: "Bonacich 1972, Factoring and weighting approaches to status scores",
        example: "CALL algo.eigenvector({nodes: 'Concept', direction: 'both'}) YIELD node, score RETURN node.name AS concept, round(score, 3) AS score ORDER BY score DESC, concept LIMIT 5",
        says: "The concepts that are related to concepts which are themselves well related.",
        body: eigenvector,
    },
    Algorithm {
        name: "algo.katz",
        yields: SCORE,
        ways: Ways::Outgoing,
        settings: &[
            Setting::new(
                "alpha",
                SettingKind::Float(0.0, f64::INFINITY, 0.1),
                "How much a step further counts; below the inverse of the greatest eigenvalue.",
            ),
            Setting::new(
                "beta",
                SettingKind::Float(0.0, f64::INFINITY, 1.0),
                "The score that each node has on its own.",
            ),
            POWER_ITERATIONS,
            POWER_TOLERANCE,
        ],
        doc: "Katz centrality: the number of walks that lead to a node, long ones counting less. The scores have the length 1.",
        complexity: "O(n + m) per iteration; parallel",
        source: "Katz 1953, A new status index derived from sociometric analysis",
        example: "CALL algo.katz({relationships: 'BROADER', alpha: 0.2}) YIELD node, score WHERE node:Concept RETURN node.name AS concept, round(score, 3) AS score ORDER BY score DESC, concept LIMIT 5",
        says: "The broadest concepts: many chains of broader concepts end there.",
        body: katz,
    },
    Algorithm {
        name: "algo.hits",
        yields: "node :: NODE, hub :: FLOAT, authority :: FLOAT",
        ways: Ways::Outgoing,
        settings: &[ITERATIONS, TOLERANCE],
        doc: "HITS: a good hub leads to good authorities, and a good authority is led to by good hubs. Each of the two scores sums to 1.",
        complexity: "O(n + m) per iteration; parallel",
        source: "Kleinberg 1999, Authoritative sources in a hyperlinked environment",
        example: "CALL algo.hits({relationships: 'USES'}) YIELD node, hub, authority WHERE authority > 0 RETURN node.name AS model, round(authority, 3) AS authority ORDER BY authority DESC, model LIMIT 5",
        says: "The models that the authorities with many models have in common.",
        body: hits_of,
    },
];

fn degree(call: &Call<'_>) -> Found {
    let graph = &call.projection;
    scores(
        call,
        graph.numbers().map(|node| graph.strength(node)).collect(),
    )
}

fn page_rank_of(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let settings = page_rank::Settings {
        damping: call.float("dampingFactor"),
        iterations: call.integer("maxIterations"),
        tolerance: call.float("tolerance"),
    };
    let sources = call.numbers("sourceNodes")?;
    let found = page_rank::page_rank(&call.projection, &sources, settings, &call.run)?;
    scores(call, found)
}

fn betweenness_of(call: &Call<'_>) -> Found {
    call.with_positive_weights()?;
    let samples = call.optional_integer("samplingSize");
    let seed = call.integer("samplingSeed") as u64;
    let found = betweenness::betweenness(&call.projection, samples, seed, &call.run)?;
    scores(call, found)
}

fn closeness_of(call: &Call<'_>) -> Found {
    let measure = if call.flag("useWassermanFaust") {
        closeness::Measure::Scaled
    } else {
        closeness::Measure::Closeness
    };
    nearness(call, measure)
}

fn harmonic(call: &Call<'_>) -> Found {
    let measure = if call.flag("normalized") {
        closeness::Measure::MeanHarmonic
    } else {
        closeness::Measure::Harmonic
    };
    nearness(call, measure)
}

fn nearness(call: &Call<'_>, measure: closeness::Measure) -> Found {
    call.with_positive_weights()?;
    scores(
        call,
        closeness::closeness(&call.projection, measure, &call.run)?,
    )
}

fn power_settings(call: &Call<'_>) -> power::Settings {
    power::Settings {
        iterations: call.integer("maxIterations"),
        tolerance: call.float("tolerance"),
    }
}

fn eigenvector(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let found = power::eigenvector(&call.projection, power_settings(call), &call.run)?;
    let help =
        "raise `maxIterations` or `tolerance`; relationships without a cycle have no eigenvector";
    scores(
        call,
        found.ok_or_else(|| diverged("algo.eigenvector", help))?,
    )
}

fn katz(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let factors = (call.float("alpha"), call.float("beta"));
    let found = power::katz(&call.projection, factors, power_settings(call), &call.run)?;
    let help = "lower `alpha`: it must be below the inverse of the greatest eigenvalue";
    scores(call, found.ok_or_else(|| diverged("algo.katz", help))?)
}

fn diverged(algorithm: &str, help: &str) -> Fault {
    let message = format!("the scores of `{algorithm}` still change after all iterations");
    Fault::new(Code::InvalidArgumentValue, message).help(help)
}

fn hits_of(call: &Call<'_>) -> Found {
    call.without_negative_weights()?;
    let settings = (call.integer("maxIterations"), call.float("tolerance"));
    let (hubs, authorities) = hits::hits(&call.projection, settings, &call.run)?;
    let rows = hubs.len();
    let columns = vec![
        call.all_nodes(),
        Column::floats(hubs),
        Column::floats(authorities),
    ];
    Ok((columns, rows))
}
