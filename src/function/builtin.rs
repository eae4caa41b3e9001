//! The built-in procedures, which describe the engine and the graph.

use crate::{
    base::{Code, Fault, Status, did_you_mean},
    function::{
        Context, Native, Procedure, ProcedureBody, Signature, aggregates, features, functions,
        introspection, load,
    },
    value::{Text, Value},
};

/// A built-in procedure: its signature, one sentence for the manual, and its body.
struct Row {
    signature: &'static str,
    doc: &'static str,
    body: Native,
}

const LISTING: &str =
    "dbms.procedures() :: (name :: STRING, signature :: STRING, description :: STRING)";

const ROWS: &[Row] = &[
    Row {
        signature: "db.labels() :: (label :: STRING)",
        doc: "The labels that nodes have.",
        body: labels,
    },
    Row {
        signature: "db.relationshipTypes() :: (relationshipType :: STRING)",
        doc: "The types that relationships have.",
        body: relationship_types,
    },
    Row {
        signature: "db.propertyKeys() :: (propertyKey :: STRING)",
        doc: "The property keys of nodes and relationships.",
        body: property_keys,
    },
    Row {
        signature: "db.indexes() :: (label :: STRING, property :: STRING, entries :: INTEGER, distinct :: INTEGER)",
        doc: "The indexes, each with the number of its nodes and of their distinct values.",
        body: indexes,
    },
    Row {
        signature: "db.awaitIndexes(seconds :: INTEGER?) :: ()",
        doc: "Does nothing: an index is complete when its statement ends.",
        body: |_, _| Ok(Vec::new()),
    },
    Row {
        signature: "db.awaitIndex(name :: STRING, seconds :: INTEGER?) :: ()",
        doc: "Does nothing if there is an index of the name: an index is complete when its statement ends.",
        body: await_index,
    },
    Row {
        signature: "db.schema() :: (source :: STRING, type :: STRING, target :: STRING, count :: INTEGER)",
        doc: "The number of relationships per type, label of the start node and label of the end node.",
        body: schema,
    },
    Row {
        signature: "dbms.components() :: (name :: STRING, versions :: LIST OF STRING, edition :: STRING)",
        doc: "The engine and its version.",
        body: components,
    },
    Row {
        signature: "dbms.functions() :: (name :: STRING, signature :: STRING, description :: STRING, aggregating :: BOOLEAN)",
        doc: "Every function and aggregate.",
        body: list_functions,
    },
    Row {
        signature: "relata.status() :: (gqlstatus :: STRING, description :: STRING, message :: STRING?, help :: STRING?, record :: MAP)",
        doc: "The GQL-status objects of the statement before this one, the primary one first, each with its diagnostic record.",
        body: list_statuses,
    },
    Row {
        signature: "load.csv(path :: STRING, options :: MAP?) :: (row :: ANY?)",
        doc: "The rows of a CSV file as lists of texts, or with the option `headers: true` as maps. `fieldTerminator` is the character between fields.",
        body: load::csv,
    },
    Row {
        signature: "load.json(path :: STRING) :: (value :: ANY?)",
        doc: "The items of the array in a JSON file, or each value of a file of JSON Lines.",
        body: load::json,
    },
    Row {
        signature: "load.graphml(path :: STRING) :: (id :: INTEGER, labels :: LIST OF STRING?, type :: STRING?, source :: INTEGER?, target :: INTEGER?, properties :: MAP)",
        doc: "The nodes of a GraphML file, which have labels, and its relationships, which have a type and the ids of their ends.",
        body: load::graphml,
    },
    Row {
        signature: "load.rdf(path :: STRING, options :: MAP?) :: (id :: INTEGER, labels :: LIST OF STRING?, type :: STRING?, source :: INTEGER?, target :: INTEGER?, properties :: MAP)",
        doc: "The nodes and relationships of a file of RDF. The options are those of neosemantics, such as `handleVocabUris: 'IGNORE'`.",
        body: load::rdf,
    },
    Row {
        signature: "relata.features() :: (code :: STRING, name :: STRING, tier :: INTEGER?, supported :: BOOLEAN, example :: STRING?)",
        doc: "The optional features of ISO GQL: how much each matters (from 1 to 3), whether the language has it, and a statement that needs it.",
        body: list_features,
    },
];

/// All built-in procedures except the one that lists them.
pub(crate) fn procedures() -> impl Iterator<Item = Procedure> {
    let own = ROWS.iter().map(|row| (row.signature, row.doc, row.body));
    let all = own.chain(introspection::ROWS.iter().copied());
    all.map(|(written, doc, body)| {
        Procedure::new(signature(written), doc.into(), ProcedureBody::Native(body))
    })
}

/// The procedure that lists the given procedures.
pub(crate) fn listing(known: &[&Procedure]) -> Procedure {
    let describe = |procedure: &&Procedure| -> Vec<Value> {
        let signature = procedure.signature().to_string();
        vec![
            text(&procedure.name),
            signature.into(),
            text(&procedure.doc),
        ]
    };
    let rows = known.iter().map(describe).collect();
    Procedure::new(
        signature(LISTING),
        "Every procedure.".into(),
        ProcedureBody::Table(rows),
    )
}

fn signature(text: &str) -> Signature {
    Signature::parse(text).expect("the signatures of built-in procedures are well spelt")
}

fn text(text: &Text) -> Value {
    Value::String(text.clone())
}

type Rows = Result<Vec<Vec<Value>>, Fault>;

/// Rows of one column with names.
fn names<'a>(names: impl Iterator<Item = &'a Text>) -> Rows {
    Ok(names.map(|name| vec![text(name)]).collect())
}

fn labels(_: &[Value], context: &Context<'_>) -> Rows {
    let (catalog, stats) = (context.graph.catalog(), context.graph.stats());
    names(
        catalog
            .labels()
            .filter(|(label, _)| stats.label_in_use(*label))
            .map(|(_, name)| name),
    )
}

fn relationship_types(_: &[Value], context: &Context<'_>) -> Rows {
    let (catalog, stats) = (context.graph.catalog(), context.graph.stats());
    names(
        catalog
            .types()
            .filter(|(kind, _)| stats.type_in_use(*kind))
            .map(|(_, name)| name),
    )
}

fn property_keys(_: &[Value], context: &Context<'_>) -> Rows {
    let (catalog, stats) = (context.graph.catalog(), context.graph.stats());
    names(
        catalog
            .keys()
            .filter(|(key, _)| stats.key_in_use(*key))
            .map(|(_, name)| name),
    )
}

fn indexes(_: &[Value], context: &Context<'_>) -> Rows {
    let (catalog, stats) = (context.graph.catalog(), context.graph.stats());
    let rows = context.graph.indexes().map(|(label, key)| {
        let entries = stats.with_key(Some(label), key);
        let distinct = stats.distinct(label, key).unwrap_or_default();
        vec![
            text(catalog.label_name(label)),
            text(catalog.key_name(key)),
            number(entries),
            number(distinct),
        ]
    });
    Ok(rows.collect())
}

fn await_index(arguments: &[Value], context: &Context<'_>) -> Rows {
    let name = match arguments.first() {
        Some(Value::String(name)) => name,
        _ => return Ok(Vec::new()),
    };
    let names: Vec<_> = context
        .graph
        .defined_indexes()
        .map(|index| &index.definition.name)
        .collect();
    if names.contains(&name) {
        return Ok(Vec::new());
    }
    let fault = Fault::new(Code::SchemaNotFound, format!("there is no index `{name}`"));
    let help = did_you_mean(name, names.iter().map(|name| &***name));
    Err(fault.help(help.unwrap_or_else(|| "write `SHOW INDEXES` to list them".to_owned())))
}

fn schema(_: &[Value], context: &Context<'_>) -> Rows {
    let (catalog, stats) = (context.graph.catalog(), context.graph.stats());
    let mut triples: Vec<_> = stats.triples().collect();
    triples.sort_unstable_by_key(|(source, kind, target, _)| {
        (
            catalog.label_name(*source),
            catalog.type_name(*kind),
            catalog.label_name(*target),
        )
    });
    let row = |(source, kind, target, count)| {
        let names = [
            catalog.label_name(source),
            catalog.type_name(kind),
            catalog.label_name(target),
        ];
        names.into_iter().map(text).chain([number(count)]).collect()
    };
    Ok(triples.into_iter().map(row).collect())
}

/// A count as an integer; no graph in memory exceeds `i64::MAX`.
fn number(count: u64) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

fn components(_: &[Value], _: &Context<'_>) -> Rows {
    let versions = vec![env!("CARGO_PKG_VERSION")];
    Ok(vec![vec![
        "Relata".into(),
        versions.into(),
        "community".into(),
    ]])
}

fn list_statuses(_: &[Value], context: &Context<'_>) -> Result<Vec<Vec<Value>>, Fault> {
    let statuses = context.state.statuses().iter();
    Ok(statuses
        .map(|status| {
            vec![
                status.gqlstatus().into(),
                status.description().into(),
                status.message().map(Value::from).into(),
                status.help().map(Value::from).into(),
                record(status),
            ]
        })
        .collect())
}

/// The diagnostic record of a status (GQL 23.2); the place is in bytes of the text.
fn record(status: &Status) -> Value {
    let standard = [
        ("OPERATION", ""),
        ("OPERATION_CODE", "0"),
        ("CURRENT_SCHEMA", "/"),
    ];
    let standard = standard.map(|(key, value)| (Text::from(key), Value::from(value)));
    let span = status.span().into_iter().flat_map(|span| {
        [("START", span.start), ("END", span.end)]
            .map(|(key, at)| (Text::from(key), Value::Integer(at.into())))
    });
    Value::map(standard.into_iter().chain(span).collect())
}

fn list_features(_: &[Value], _: &Context<'_>) -> Rows {
    let rows = features().map(|row| {
        let tier = match row.tier {
            0 => Value::Null,
            tier => Value::Integer(i64::from(tier)),
        };
        let example = row.examples.first().map(|example| example.query.into());
        vec![
            row.code.into(),
            row.name.into(),
            tier,
            row.is_supported().into(),
            example.unwrap_or_default(),
        ]
    });
    Ok(rows.collect())
}

fn list_functions(_: &[Value], _: &Context<'_>) -> Rows {
    let scalar = functions().map(|row| (row.name, row.signature(), row.doc, false));
    let aggregating = aggregates().map(|row| (row.name, row.signature(), row.doc, true));
    let describe = |(name, signature, doc, aggregating): (&str, String, &str, bool)| -> Vec<Value> {
        vec![
            name.into(),
            signature.into(),
            doc.into(),
            aggregating.into(),
        ]
    };
    Ok(scalar.chain(aggregating).map(describe).collect())
}
