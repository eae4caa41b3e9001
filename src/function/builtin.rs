//! The built-in procedures: what the engine and the graph have to say about themselves.

use crate::{
    base::Fault,
    function::{Context, Native, Procedure, ProcedureBody, Signature, aggregates, functions},
    value::{Text, Value},
};

/// A built-in procedure: signature, one sentence for the manual, body.
struct Row {
    signature: &'static str,
    doc: &'static str,
    body: Native,
}

const LISTING: &str =
    "dbms.procedures() :: (name :: STRING, signature :: STRING, description :: STRING)";

const ROWS: &[Row] = &[
    Row {
        signature: "dbms.components() :: (name :: STRING, versions :: LIST OF STRING)",
        doc: "The engine and its version.",
        body: components,
    },
    Row {
        signature: "dbms.functions() :: (name :: STRING, signature :: STRING, description :: STRING, aggregating :: BOOLEAN)",
        doc: "Every function and aggregate.",
        body: list_functions,
    },
];

/// Every built-in procedure but the one that lists them all.
pub(crate) fn procedures() -> impl Iterator<Item = Procedure> {
    ROWS.iter().map(|row| {
        Procedure::new(
            signature(row.signature),
            row.doc.into(),
            ProcedureBody::Native(row.body),
        )
    })
}

/// The procedure that lists the given ones.
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

fn components(_: &[Value], _: &Context<'_>) -> Rows {
    let versions = vec![env!("CARGO_PKG_VERSION")];
    Ok(vec![vec!["Relata".into(), versions.into()]])
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
