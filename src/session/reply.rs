//! Executes requests and builds their replies.

use serde_json::{Value as Json, json};

use super::request::{Query, Question, Table};
use crate::{
    answer::{Answer, Cell, typed},
    base::{Code, Diagnostic, Phase, Severity},
    engine::{Database, Reply, ReplyField},
    function::Procedure,
    value::{Entries, Value},
};

/// The name, version and capabilities of the engine.
pub(super) fn hello() -> Json {
    json!({
        "engine": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "capabilities": ["procedures", "snapshot", "explain", "ask"],
    })
}

/// Runs a statement, after a reset if requested.
pub(super) fn query(database: &mut Database, request: Query) -> Json {
    let text = request.query.unwrap_or_default();
    let parameters = match typed::read_parameters(&request.params.unwrap_or_default()) {
        Ok(parameters) => parameters,
        Err(problem) => return refused(&format!("`params`: {problem}")),
    };
    if request.reset == Some(true) {
        database.reset();
    }
    if text.is_empty() {
        return answered(&Answer::default());
    }
    run(database, text, parameters)
}

fn run(database: &mut Database, text: String, parameters: Entries) -> Json {
    match database.query(text).parameters(parameters).run() {
        Ok(answer) => answered(&answer),
        Err(error) => json!({"error": described(error.diagnostic())}),
    }
}

/// Answers a question.
pub(super) fn ask(database: &mut Database, request: Question) -> Json {
    let question = database.ask(request.ask);
    let question = match request.pick {
        Some(number) => question.pick(number),
        None => question,
    };
    match question.run() {
        Ok(reply) => replied(&reply),
        Err(error) => {
            let mut json = json!({"error": described(error.diagnostic())});
            if !error.candidates().is_empty() {
                json["candidates"] = json!(error.candidates());
            }
            json
        }
    }
}

/// The reply of a query, extended by the details of the question.
fn replied(reply: &Reply) -> Json {
    let mut json = answered(&reply.answer);
    for (name, field) in reply.fields() {
        if !matches!(field, ReplyField::Rows(_)) {
            json[name] = json!(field);
        }
    }
    json
}

fn answered(answer: &Answer) -> Json {
    let columns: Vec<_> = answer.columns().iter().map(|name| &**name).collect();
    let stats: Json = answer.changes().entries().into_iter().collect();
    let warnings: Vec<_> = answer.warnings().iter().map(described).collect();
    json!({
        "columns": columns,
        "rows": typed::rows(answer),
        "stats": stats,
        "warnings": warnings,
    })
}

/// An error or a warning as JSON. A warning has no phase.
fn described(diagnostic: &Diagnostic) -> Json {
    let code = diagnostic.code;
    let phase = match code.phase() {
        Phase::Compile => "compile",
        Phase::Runtime => "runtime",
    };
    let mut json = json!({
        "type": code.class().to_string(),
        "detail": code.detail(),
        "gqlstatus": code.gqlstatus(),
        "message": diagnostic.message,
        "span": diagnostic.span.map(|span| [span.start, span.end]),
        "help": diagnostic.help,
    });
    if diagnostic.severity() == Severity::Error {
        json["phase"] = phase.into();
    }
    json
}

/// Registers tables as procedures; if one is invalid, none is registered.
pub(super) fn procedures(database: &mut Database, tables: Vec<Table>) -> Json {
    let declared: Result<Vec<_>, _> = tables.into_iter().map(declare).collect();
    match declared {
        Ok(procedures) => {
            procedures
                .into_iter()
                .for_each(|procedure| database.register(procedure));
            json!({"ok": true})
        }
        Err(message) => refused(&message),
    }
}

fn declare(table: Table) -> Result<Procedure, String> {
    let place = |message: String| format!("procedure `{}`: {message}", table.signature);
    let rows: Result<Vec<_>, _> = table.rows.iter().map(|row| read_row(row)).collect();
    let mut rows = rows.map_err(place)?;
    if let Some(columns) = &table.columns {
        let named = Procedure::declare(&table.signature, Vec::new());
        let named = named.map_err(|fault| place(fault.message))?;
        let order = order(&named, columns).map_err(place)?;
        let arranged = rows.iter().map(|row| arranged(row, &order));
        rows = arranged.collect::<Result<_, _>>().map_err(place)?;
    }
    Procedure::declare(&table.signature, rows).map_err(|fault| place(fault.message))
}

fn read_row(row: &[Json]) -> Result<Vec<Value>, String> {
    let values: Result<_, _> = row.iter().map(typed::read).collect();
    values.map_err(|problem| format!("`rows`: {problem}"))
}

/// The column position of each field of the signature. If an input and an output have the same name, the columns must
/// be in the order of the signature.
fn order(procedure: &Procedure, columns: &[String]) -> Result<Vec<usize>, String> {
    let fields = || procedure.inputs.iter().chain(&procedure.outputs);
    if fields()
        .map(|field| &*field.name)
        .eq(columns.iter().map(String::as_str))
    {
        return Ok((0..columns.len()).collect());
    }
    fields()
        .map(|field| {
            let position = columns.iter().position(|column| **column == *field.name);
            position.ok_or_else(|| format!("expected a column `{}`, found none", field.name))
        })
        .collect()
}

fn arranged(row: &[Value], order: &[usize]) -> Result<Vec<Value>, String> {
    let value = |position: &usize| row.get(*position).cloned();
    let arranged: Option<_> = order.iter().map(value).collect();
    arranged.ok_or_else(|| "expected a value for each column in each row".into())
}

/// Every node and relationship, in id order.
pub(super) fn snapshot(database: &Database) -> Json {
    let entities = database.snapshot();
    let typed = |value: &Value| typed::write(Cell::new(value, &entities));
    let mut nodes: Vec<_> = entities.nodes().map(|node| node.id).collect();
    let mut edges: Vec<_> = entities.relationships().map(|edge| edge.id).collect();
    nodes.sort_unstable();
    edges.sort_unstable();
    json!({
        "nodes": nodes.into_iter().map(|id| typed(&Value::Node(id))).collect::<Json>(),
        "relationships": edges.into_iter().map(|id| typed(&Value::Relationship(id))).collect::<Json>(),
    })
}

/// The reply to an invalid request.
pub(super) fn refused(message: &str) -> Json {
    let diagnostic = Diagnostic::whole(Code::InvalidRequest, message);
    json!({"error": described(&diagnostic)})
}

/// The reply to a line beyond the limit.
pub(super) fn too_long(longest: usize) -> Json {
    refused(&format!(
        "expected a request of at most {longest} bytes, found a longer one"
    ))
}
