//! Changes of indexes and constraints: as statements, or in the exact notation.

use crate::{
    plan::text::Writer,
    value::{ConstraintKind, SchemaCommand, Subject, Text},
};

impl Writer<'_> {
    pub(super) fn schema(&mut self, command: &SchemaCommand) {
        if self.is_exact() {
            return self.exact_schema(command);
        }
        let (statement, name) = match command {
            SchemaCommand::CreateIndex { index, .. } => (index.to_string(), &index.name),
            SchemaCommand::CreateConstraint { constraint, .. } => {
                (constraint.to_string(), &constraint.name)
            }
            SchemaCommand::DropIndex { name, .. } | SchemaCommand::DropConstraint { name, .. } => {
                return self.name(name);
            }
        };
        let statement = statement.trim_start_matches("CREATE ");
        if name.is_empty() {
            self.word(&statement.replacen("`` ", "", 1));
        } else {
            self.word(statement);
        }
    }

    /// `RANGE i NODES Person KEYS name IF NOT EXISTS`
    fn exact_schema(&mut self, command: &SchemaCommand) {
        let condition = match command {
            SchemaCommand::CreateIndex {
                index,
                if_not_exists,
            } => {
                self.word(index.kind.keyword());
                self.defined(&index.name, &index.subject, &index.keys);
                if_not_exists.then_some(" IF NOT EXISTS")
            }
            SchemaCommand::CreateConstraint {
                constraint,
                if_not_exists,
            } => {
                match &constraint.kind {
                    ConstraintKind::Unique => self.word("UNIQUE"),
                    ConstraintKind::Key => self.word("KEY"),
                    ConstraintKind::Exists => self.word("PRESENT"),
                    ConstraintKind::Typed(of) => self.word(&format!("TYPED `{of}`")),
                }
                self.defined(&constraint.name, &constraint.subject, &constraint.keys);
                if_not_exists.then_some(" IF NOT EXISTS")
            }
            SchemaCommand::DropIndex { name, if_exists }
            | SchemaCommand::DropConstraint { name, if_exists } => {
                self.name(name);
                if_exists.then_some(" IF EXISTS")
            }
        };
        self.word(condition.unwrap_or_default());
    }

    fn defined(&mut self, name: &Text, subject: &Subject, keys: &[Text]) {
        self.word(" ");
        self.name(name);
        self.word(match subject {
            Subject::Nodes(_) => " NODES ",
            Subject::Relationships(_) => " RELATIONSHIPS ",
        });
        self.name(subject.name());
        self.word(" KEYS ");
        self.list(keys, ", ", |writer, key| writer.name(key));
    }
}
