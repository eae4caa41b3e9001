//! Commands that change indexes and constraints.

use crate::{
    analyze::{
        Analyzer,
        expr::cast::declared,
        flow::{Flow, Outcome},
    },
    plan::Op,
    syntax::ast::{self, Demand, Name, SchemaClause, SchemaSubject},
    value::{
        ConstraintDefinition, ConstraintKind, IndexDefinition, IndexKind, SchemaCommand, Subject,
        Text,
    },
};

impl Analyzer<'_> {
    pub(in crate::analyze) fn schema_clause(
        &mut self,
        clause: &SchemaClause,
        flow: Flow,
    ) -> Outcome {
        self.writes = true;
        let command = command(&clause.command);
        let span = clause.span;
        Outcome {
            plan: Op::Schema { command, span }.on(flow.plan),
            columns: None,
        }
    }
}

fn command(command: &ast::SchemaCommand) -> SchemaCommand {
    match command {
        ast::SchemaCommand::CreateIndex {
            name,
            kind,
            subject,
            keys,
            if_not_exists,
            ..
        } => SchemaCommand::CreateIndex {
            index: IndexDefinition {
                name: optional(name.as_ref()),
                kind: match kind {
                    ast::IndexKind::Range => IndexKind::Range,
                    ast::IndexKind::Text => IndexKind::Text,
                    ast::IndexKind::Lookup => IndexKind::Lookup,
                },
                subject: subject_of(subject),
                keys: texts(keys),
            },
            if_not_exists: *if_not_exists,
        },
        ast::SchemaCommand::CreateConstraint {
            name,
            subject,
            keys,
            demand,
            if_not_exists,
            ..
        } => SchemaCommand::CreateConstraint {
            constraint: ConstraintDefinition {
                name: optional(name.as_ref()),
                kind: match demand {
                    Demand::Unique => ConstraintKind::Unique,
                    Demand::Key => ConstraintKind::Key,
                    Demand::Present => ConstraintKind::Exists,
                    Demand::Typed(of) => ConstraintKind::Typed(declared(of)),
                },
                subject: subject_of(subject),
                keys: texts(keys),
            },
            if_not_exists: *if_not_exists,
        },
        ast::SchemaCommand::DropIndex { name, if_exists } => SchemaCommand::DropIndex {
            name: text(name),
            if_exists: *if_exists,
        },
        ast::SchemaCommand::DropConstraint { name, if_exists } => SchemaCommand::DropConstraint {
            name: text(name),
            if_exists: *if_exists,
        },
    }
}

fn subject_of(subject: &SchemaSubject) -> Subject {
    let name = optional(subject.name.as_ref());
    if subject.is_relationship {
        Subject::Relationships(name)
    } else {
        Subject::Nodes(name)
    }
}

fn text(name: &Name) -> Text {
    name.text.as_str().into()
}

fn texts(names: &[Name]) -> Vec<Text> {
    names.iter().map(text).collect()
}

/// The name; empty if there is none.
fn optional(name: Option<&Name>) -> Text {
    name.map_or_else(|| "".into(), text)
}
