//! Writes operators that change the graph as text.

use crate::plan::{Create, CreateEdge, CreateType, Expr, Merge, SetItem, text::Writer};

impl Writer<'_> {
    pub(super) fn create(&mut self, create: &Create) {
        self.list(&create.nodes, ", ", |writer, node| {
            let labels = node.labels.iter().map(|label| &**label);
            writer.open_node(Some(node.slot), labels);
            node.names
                .iter()
                .for_each(|names| writer.computed_name(names));
            writer.properties(node.properties.as_ref());
            writer.word(")");
        });
        let both = !create.nodes.is_empty() && !create.edges.is_empty();
        self.word(if both { ", " } else { "" });
        self.list(&create.edges, ", ", Self::new_edge);
    }

    /// `(a)-[r:R {x: 1}]->(b)`
    pub(super) fn new_edge(&mut self, edge: &CreateEdge) {
        self.node(Some(edge.from), std::iter::empty());
        self.word("-[");
        if self.is_named(edge.slot) {
            self.slot(edge.slot);
        }
        match &edge.kind {
            CreateType::Name(name) => self.labels(std::slice::from_ref(name)),
            CreateType::Computed(name) => self.computed_name(name),
        }
        self.properties(edge.properties.as_ref());
        self.word("]->");
        self.node(Some(edge.to), std::iter::empty());
    }

    /// `:$(expression)`
    fn computed_name(&mut self, name: &Expr) {
        self.word(if self.is_exact() { ":(" } else { ":$(" });
        self.expr(name);
        self.word(")");
    }

    pub(super) fn merge(&mut self, merge: &Merge) {
        self.create(&merge.create);
        if self.is_exact() {
            self.actions(" ON CREATE SET ", &merge.on_create);
            self.actions(" ON MATCH SET ", &merge.on_match);
        }
        if let Some(created) = merge.created {
            self.exactly(" CREATED", created);
        }
        self.row(merge.row);
    }

    pub(super) fn actions(&mut self, before: &str, items: &[SetItem]) {
        if !items.is_empty() {
            self.word(before);
            self.changes(items);
        }
    }

    pub(super) fn changes(&mut self, items: &[SetItem]) {
        self.list(items, ", ", Self::change);
    }

    pub(super) fn change(&mut self, item: &SetItem) {
        match item {
            SetItem::Property { entity, key, value } => {
                self.operand(entity);
                self.word(".");
                self.name(key);
                self.word(" = ");
                self.expr(value);
            }
            SetItem::Dynamic { entity, key, value } => {
                self.operand(entity);
                self.word("[");
                self.expr(key);
                self.word("] = ");
                self.expr(value);
            }
            SetItem::Map {
                entity,
                value,
                replace,
            } => {
                self.operand(entity);
                self.word(if *replace { " = " } else { " += " });
                self.expr(value);
            }
            SetItem::AddLabels { entity, labels } => {
                self.operand(entity);
                self.labels(labels);
            }
            SetItem::DynamicLabels { entity, names, add } => {
                self.word(if *add { "" } else { "REMOVE " });
                self.operand(entity);
                self.computed_name(names);
            }
            SetItem::RemoveLabels { entity, labels } => {
                self.word("REMOVE ");
                self.operand(entity);
                self.labels(labels);
            }
        }
    }
}
