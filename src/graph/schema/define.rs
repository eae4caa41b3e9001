//! Creates and drops indexes and constraints.

use crate::{
    base::{Code, Fault, did_you_mean},
    graph::{
        Graph,
        change::Change,
        definitions::{DefinedConstraint, DefinedIndex},
        index_on::{IndexOn, Scope},
    },
    value::{
        ConstraintDefinition, ConstraintKind, IndexDefinition, IndexKind, SchemaCommand, Subject,
        Text,
    },
};

impl Graph {
    /// The declared indexes, in creation order; those of constraints are among them.
    pub fn defined_indexes(&self) -> impl Iterator<Item = &DefinedIndex> {
        self.definitions.indexes()
    }

    /// The declared constraints, in creation order.
    pub fn defined_constraints(&self) -> impl Iterator<Item = &DefinedConstraint> {
        self.definitions.constraints()
    }

    /// The commands that create the indexes and constraints again, in creation order.
    pub(crate) fn schema_commands(&self) -> Vec<SchemaCommand> {
        let indexes = self
            .definitions
            .indexes()
            .filter(|index| index.owner.is_none());
        let indexes = indexes.map(|index| SchemaCommand::CreateIndex {
            index: index.definition.clone(),
            if_not_exists: false,
        });
        let constraints = self.definitions.constraints();
        let constraints = constraints.map(|constraint| SchemaCommand::CreateConstraint {
            constraint: constraint.definition.clone(),
            if_not_exists: false,
        });
        indexes.chain(constraints).collect()
    }

    /// Runs a command that changes indexes or constraints.
    ///
    /// # Errors
    /// If it conflicts with a definition, or the graph breaks a new constraint.
    pub fn change_schema(&mut self, command: &SchemaCommand) -> Result<(), Fault> {
        match command {
            SchemaCommand::CreateIndex {
                index,
                if_not_exists,
            } => {
                let index = IndexDefinition {
                    name: self.index_name(index),
                    ..index.clone()
                };
                match self.index_conflict(&index) {
                    Some(_) if *if_not_exists => Ok(()),
                    Some(conflict) => Err(conflict),
                    None => {
                        self.define_index(index, None);
                        Ok(())
                    }
                }
            }
            SchemaCommand::CreateConstraint {
                constraint,
                if_not_exists,
            } => {
                let constraint = ConstraintDefinition {
                    name: self.constraint_name(constraint),
                    ..constraint.clone()
                };
                match self.constraint_conflict(&constraint) {
                    Some(conflict) if *if_not_exists && conflict.code == Code::SchemaExists => {
                        Ok(())
                    }
                    Some(conflict) => Err(conflict),
                    None => self.define_constraint(constraint),
                }
            }
            SchemaCommand::DropIndex { name, if_exists } => self.undefine_index(name, *if_exists),
            SchemaCommand::DropConstraint { name, if_exists } => {
                self.undefine_constraint(name, *if_exists)
            }
        }
    }

    /// Defines an index, and builds its structure.
    pub(crate) fn define_index(&mut self, definition: IndexDefinition, owner: Option<Text>) {
        let on = (definition.kind != IndexKind::Lookup).then(|| {
            let text = definition.kind == IndexKind::Text;
            self.index_on(&definition.subject, &definition.keys, text)
        });
        let built = on.as_ref().is_some_and(|on| !self.has_structure(on));
        if let Some(on) = &on {
            self.create_structure(on);
        }
        let (name, owned) = (definition.name.clone(), owner.is_some());
        let index = DefinedIndex {
            definition,
            owner,
            on,
            built,
        };
        let position = self.definitions.indexes().count();
        self.definitions.put_index(position, index);
        self.log.push(Change::IndexDefined(name, owned));
    }

    /// Defines a constraint. After an error, the changes up to it stay in the log.
    fn define_constraint(&mut self, definition: ConstraintDefinition) -> Result<(), Fault> {
        let name = definition.name.clone();
        self.define_unchecked(definition);
        let defined = self.definitions.constraint(&name);
        match defined.and_then(|constraint| self.first_breach(constraint)) {
            Some(broken) => Err(broken),
            None => Ok(()),
        }
    }

    /// Defines a constraint that the graph may break.
    pub(crate) fn define_unchecked(&mut self, definition: ConstraintDefinition) {
        let on = self.index_on(&definition.subject, &definition.keys, false);
        let name = definition.name.clone();
        if definition.kind.has_index() {
            let index = IndexDefinition {
                name: name.clone(),
                kind: IndexKind::Range,
                subject: definition.subject.clone(),
                keys: definition.keys.clone(),
            };
            self.define_index(index, Some(name.clone()));
        }
        let position = self.definitions.constraints().count();
        let constraint = DefinedConstraint { definition, on };
        self.definitions.put_constraint(position, constraint);
        self.log.push(Change::ConstraintDefined(name));
    }

    fn undefine_index(&mut self, name: &Text, if_exists: bool) -> Result<(), Fault> {
        match self.definitions.index(name) {
            None if if_exists => return Ok(()),
            None => {
                let names = self.definitions.indexes();
                let names = names.map(|index| &*index.definition.name);
                return Err(absent("index", name, names));
            }
            Some(DefinedIndex {
                owner: Some(owner), ..
            }) => {
                let message = format!("the index `{name}` belongs to the constraint `{owner}`");
                let fault = Fault::new(Code::SchemaConflict, message);
                return Err(fault.help(format!("write `DROP CONSTRAINT {owner}`")));
            }
            Some(_) => self.forget_index(name),
        }
        Ok(())
    }

    /// Removes an index, if there is one of the name.
    pub(crate) fn forget_index(&mut self, name: &str) {
        let Some(before) = self.definitions.remove_index(name) else {
            return;
        };
        let structure = before.1.on.clone().filter(|_| before.1.built);
        self.log.push(Change::IndexUndefined(Box::new(before)));
        if let Some(on) = structure {
            self.drop_structure(&on);
        }
    }

    fn undefine_constraint(&mut self, name: &Text, if_exists: bool) -> Result<(), Fault> {
        if self.definitions.constraint(name).is_none() && !if_exists {
            let names = self.definitions.constraints();
            let names = names.map(|constraint| &*constraint.definition.name);
            return Err(absent("constraint", name, names));
        }
        self.forget_constraint(name);
        Ok(())
    }

    /// Removes a constraint and its index, if there is one of the name.
    pub(crate) fn forget_constraint(&mut self, name: &str) {
        let Some(before) = self.definitions.remove_constraint(name) else {
            return;
        };
        let has_index = before.1.definition.kind.has_index();
        self.log.push(Change::ConstraintUndefined(Box::new(before)));
        if has_index {
            self.forget_index(name);
        }
    }

    /// The ids of entities and keys, which are interned.
    fn index_on(&mut self, subject: &Subject, keys: &[Text], text: bool) -> IndexOn {
        let scope = match subject {
            Subject::Nodes(label) => Scope::Label(self.intern_label(label)),
            Subject::Relationships(kind) => Scope::Type(self.intern_type(kind)),
        };
        let keys = keys.iter().map(|key| self.intern_key(key)).collect();
        IndexOn { scope, keys, text }
    }
}

/// Names.
impl Graph {
    fn index_name(&self, index: &IndexDefinition) -> Text {
        if !index.name.is_empty() {
            return index.name.clone();
        }
        let subject = match (index.kind, &index.subject) {
            (IndexKind::Lookup, Subject::Nodes(_)) => "labels",
            (IndexKind::Lookup, Subject::Relationships(_)) => "types",
            (_, subject) => subject.name(),
        };
        let kind = match index.kind {
            IndexKind::Range => "index",
            IndexKind::Text => "text_index",
            IndexKind::Lookup => "lookup_index",
        };
        self.unused(kind, subject, &index.keys, "", |known| {
            known.kind == index.kind && known.subject == index.subject && known.keys == index.keys
        })
    }

    fn constraint_name(&self, constraint: &ConstraintDefinition) -> Text {
        if !constraint.name.is_empty() {
            return constraint.name.clone();
        }
        let end = match constraint.kind {
            ConstraintKind::Unique => "_unique",
            ConstraintKind::Key => "_key",
            ConstraintKind::Exists => "_exists",
            ConstraintKind::Typed(_) => "_type",
        };
        let subject = constraint.subject.name();
        self.unused("constraint", subject, &constraint.keys, end, |_| false)
    }

    /// A name that no other definition has. One that `same` accepts does not count.
    fn unused(
        &self,
        start: &str,
        subject: &str,
        keys: &[Text],
        end: &str,
        same: impl Fn(&IndexDefinition) -> bool,
    ) -> Text {
        let keys: String = keys.iter().map(|key| format!("_{key}")).collect();
        let name = format!("{start}_{subject}{keys}{end}");
        let taken = |name: &str| {
            let index = self.definitions.index(name);
            index.is_some_and(|index| !same(&index.definition))
                || self.definitions.constraint(name).is_some()
        };
        if !taken(&name) {
            return name.into();
        }
        let mut numbers = 2..;
        let free = numbers.find_map(|number: u32| {
            let name = format!("{name}_{number}");
            (!taken(&name)).then_some(name)
        });
        free.unwrap_or(name).into()
    }
}

/// Conflicts.
impl Graph {
    fn index_conflict(&self, new: &IndexDefinition) -> Option<Fault> {
        if let Some(taken) = self.name_conflict(&new.name) {
            return Some(taken);
        }
        let same = self.definitions.indexes().find(|known| {
            let known = &known.definition;
            known.kind == new.kind && known.subject == new.subject && known.keys == new.keys
        })?;
        Some(exists("index", &same.definition.name))
    }

    /// A conflict of a constraint; its code is `SchemaExists` if an equal constraint or one of the name exists.
    fn constraint_conflict(&self, new: &ConstraintDefinition) -> Option<Fault> {
        if let Some(taken) = self.name_conflict(&new.name) {
            return Some(taken);
        }
        let about =
            |known: &&ConstraintDefinition| known.subject == new.subject && known.keys == new.keys;
        let known = self.definitions.constraints();
        let mut known = known.map(|constraint| &constraint.definition).filter(about);
        let rival = known.find_map(|known| match (&known.kind, &new.kind) {
            (one, other) if one == other => Some(exists("constraint", &known.name)),
            (one, other) if one.has_index() && other.has_index() => {
                Some(conflict("constraint", &known.name))
            }
            (ConstraintKind::Typed(_), ConstraintKind::Typed(_)) => {
                Some(conflict("constraint", &known.name))
            }
            _ => None,
        });
        rival.or_else(|| {
            if !new.kind.has_index() {
                return None;
            }
            let mut indexes = self.definitions.indexes().map(|index| &index.definition);
            let same = indexes.find(|index| {
                index.kind == IndexKind::Range
                    && index.subject == new.subject
                    && index.keys == new.keys
            })?;
            Some(conflict("index", &same.name))
        })
    }

    fn name_conflict(&self, name: &str) -> Option<Fault> {
        let what = if self.definitions.constraint(name).is_some() {
            "constraint"
        } else if self.definitions.index(name).is_some() {
            "index"
        } else {
            return None;
        };
        let message = format!("there already is {} `{name}`", article(what));
        let fault = Fault::new(Code::SchemaExists, message);
        Some(fault.help("choose another name, or add `IF NOT EXISTS`"))
    }
}

fn exists(what: &str, name: &str) -> Fault {
    let message = format!("an equivalent {what} already exists: `{name}`");
    Fault::new(Code::SchemaExists, message).help("add `IF NOT EXISTS` to keep it")
}

fn conflict(what: &str, name: &str) -> Fault {
    let message = format!("the {what} `{name}` conflicts with the new constraint");
    let help = format!("write `DROP {} {name}` first", what.to_uppercase());
    Fault::new(Code::SchemaConflict, message).help(help)
}

fn absent<'n>(what: &str, name: &str, names: impl Iterator<Item = &'n str>) -> Fault {
    let fault = Fault::new(Code::SchemaNotFound, format!("there is no {what} `{name}`"));
    let help = did_you_mean(name, names);
    fault.help(help.unwrap_or_else(|| format!("write `SHOW {}` to list them", plural(what))))
}

fn plural(what: &str) -> &'static str {
    match what {
        "index" => "INDEXES",
        _ => "CONSTRAINTS",
    }
}

fn article(what: &str) -> &'static str {
    match what {
        "index" => "an index",
        _ => "a constraint",
    }
}
