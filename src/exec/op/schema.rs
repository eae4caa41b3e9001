//! `CreateIndex`, `CreateConstraint`, `DropIndex`, `DropConstraint`: change the schema for each row.

use crate::{
    base::{At, Span},
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        op::store::make_room_to_undo,
    },
    value::SchemaCommand,
};

/// Runs the command for each row of a chunk.
pub(crate) fn schema(
    command: &SchemaCommand,
    span: Span,
    chunk: &mut Chunk,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    make_room_to_undo(chunk.len(), cx).at(span)?;
    for _ in 0..chunk.len() {
        cx.writing(span);
        cx.graph_mut().change_schema(command).at(span)?;
    }
    Ok(())
}
