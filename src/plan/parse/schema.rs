//! Parses changes of indexes and constraints.

use crate::{
    base::Span,
    plan::{Op, parse::cursor::Cursor},
    value::{
        BaseType, ConstraintDefinition, ConstraintKind, IndexDefinition, IndexKind, Kind,
        SchemaCommand, Subject, Text, ValueType,
    },
};

impl Cursor<'_> {
    /// The operator of that name; `None` for other operators.
    pub(super) fn schema(&mut self, operator: &str) -> Option<Op> {
        let command = match operator {
            "CreateIndex" => self.create_index(),
            "CreateConstraint" => self.create_constraint(),
            "DropIndex" => SchemaCommand::DropIndex {
                name: self.text(),
                if_exists: self.eat_all("IF EXISTS"),
            },
            "DropConstraint" => SchemaCommand::DropConstraint {
                name: self.text(),
                if_exists: self.eat_all("IF EXISTS"),
            },
            _ => return None,
        };
        let span = Span::default();
        Some(Op::Schema { command, span })
    }

    fn create_index(&mut self) -> SchemaCommand {
        let kind = self.name();
        let kind = IndexKind::ALL.into_iter().find(|one| one.keyword() == kind);
        let kind = kind.unwrap_or_else(|| self.fail("the kind of an index before this"));
        let (name, subject, keys) = self.defined();
        let index = IndexDefinition {
            name,
            kind,
            subject,
            keys,
        };
        SchemaCommand::CreateIndex {
            index,
            if_not_exists: self.eat_all("IF NOT EXISTS"),
        }
    }

    fn create_constraint(&mut self) -> SchemaCommand {
        let kind = match self.name().as_str() {
            "UNIQUE" => ConstraintKind::Unique,
            "KEY" => ConstraintKind::Key,
            "PRESENT" => ConstraintKind::Exists,
            "TYPED" => ConstraintKind::Typed(self.simple_type()),
            _ => self.fail("the kind of a constraint before this"),
        };
        let (name, subject, keys) = self.defined();
        let constraint = ConstraintDefinition {
            name,
            kind,
            subject,
            keys,
        };
        SchemaCommand::CreateConstraint {
            constraint,
            if_not_exists: self.eat_all("IF NOT EXISTS"),
        }
    }

    /// The name of a type without parts.
    fn simple_type(&mut self) -> ValueType {
        let text = self.name();
        let name = text.trim_end_matches(" NOT NULL");
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        let kind = kind.unwrap_or_else(|| self.fail("a simple type before this"));
        ValueType {
            base: BaseType::Kind(kind),
            nullable: name.len() == text.len(),
        }
    }

    fn defined(&mut self) -> (Text, Subject, Vec<Text>) {
        let name = self.text();
        let subject = if self.eat("NODES") {
            Subject::Nodes(self.text())
        } else {
            self.expect("RELATIONSHIPS");
            Subject::Relationships(self.text())
        };
        self.expect("KEYS");
        let has_keys = !self.is_end() && !self.is_word(0, "IF");
        let keys = if has_keys {
            self.list(Self::text)
        } else {
            Vec::new()
        };
        (name, subject, keys)
    }

    fn text(&mut self) -> Text {
        self.name().as_str().into()
    }
}
