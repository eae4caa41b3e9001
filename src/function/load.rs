//! Procedures that read files, where the caller of the engine allows it.

use crate::{
    base::{Code, Fault},
    function::{Context, Loaded},
    value::{Value, whole_size},
};

type Rows = Result<Vec<Vec<Value>>, Fault>;

pub(super) fn csv(arguments: &[Value], context: &Context<'_>) -> Rows {
    rows(Loaded::Csv, arguments, context)
}

pub(super) fn json(arguments: &[Value], context: &Context<'_>) -> Rows {
    rows(Loaded::Json, arguments, context)
}

pub(super) fn graphml(arguments: &[Value], context: &Context<'_>) -> Rows {
    rows(Loaded::GraphMl, arguments, context)
}

pub(super) fn rdf(arguments: &[Value], context: &Context<'_>) -> Rows {
    rows(Loaded::Rdf, arguments, context)
}

fn rows(kind: Loaded, arguments: &[Value], context: &Context<'_>) -> Rows {
    let Some(Value::String(path)) = arguments.first() else {
        let message = "expected the path of a file, found null";
        return Err(Fault::new(Code::InvalidArgumentTypeAtRuntime, message));
    };
    let empty = Value::Null;
    let options = arguments.get(1).unwrap_or(&empty);
    let rows = context.state.load(kind, path, options)?;
    let size: u64 = rows.iter().flatten().map(whole_size).sum();
    context
        .meter
        .spend(usize::try_from(size).unwrap_or(usize::MAX))?;
    Ok(rows)
}
