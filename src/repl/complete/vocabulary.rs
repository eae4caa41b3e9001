//! The names of the graph and the language, for completion.

use std::collections::BTreeSet;

use relata::{Kind, Procedures, PropertySummary, Schema, TypeSummary, function, value::Text};

use crate::repl::complete::context::Owner;

/// The names of the language, and those of a graph at the time of construction.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    schema: Schema,
    procedures: Procedures,
}

impl Vocabulary {
    /// The vocabulary of a schema and the registered procedures.
    pub(crate) fn new(schema: Schema, procedures: Procedures) -> Self {
        Self { schema, procedures }
    }

    /// The schema of the graph.
    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Every label.
    pub(crate) fn labels(&self) -> Vec<String> {
        let names = self
            .schema
            .labels
            .iter()
            .map(|label| label.name.to_string());
        names.collect()
    }

    /// The relationship types at a node with one of `labels`, or all types if there are none. `incoming` restricts them
    /// to types that end at the node.
    pub(crate) fn types(&self, labels: &[&str], incoming: bool) -> Vec<String> {
        let has_label =
            |end: &Option<Text>| end.as_ref().is_some_and(|end| labels.contains(&&**end));
        let touches = |kind: &&TypeSummary| {
            labels.is_empty()
                || kind.endpoints.iter().any(|endpoints| {
                    has_label(&endpoints.to) || (!incoming && has_label(&endpoints.from))
                })
        };
        let types = self.schema.types.iter().filter(touches);
        types.map(|kind| kind.name.to_string()).collect()
    }

    /// The property keys of the owner, sorted.
    pub(crate) fn keys(&self, owner: &Owner<'_>) -> Vec<String> {
        let names = self
            .properties(owner)
            .map(|property| property.name.to_string());
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The types of the owner's values of a key.
    pub(crate) fn kinds(&self, key: &str, owner: &Owner<'_>) -> Vec<Kind> {
        self.properties(owner)
            .filter(|property| *property.name == *key)
            .flat_map(|property| property.kinds.iter().copied())
            .collect()
    }

    /// The properties of every possible owner.
    fn properties<'v>(&'v self, owner: &'v Owner<'_>) -> impl Iterator<Item = &'v PropertySummary> {
        let chosen = |wanted: &[&str], name: &str| wanted.is_empty() || wanted.contains(&name);
        let labels = self.schema.labels.iter().filter(move |label| match owner {
            Owner::Node(wanted) => chosen(wanted, &label.name),
            Owner::Relationship(_) => false,
            Owner::Any => true,
        });
        let types = self.schema.types.iter().filter(move |kind| match owner {
            Owner::Node(_) => false,
            Owner::Relationship(wanted) => chosen(wanted, &kind.name),
            Owner::Any => true,
        });
        let of_types = types.flat_map(|kind| &kind.properties);
        labels.flat_map(|label| &label.properties).chain(of_types)
    }

    /// The names of every function and aggregate, sorted.
    pub(crate) fn functions(&self) -> Vec<String> {
        let mut names: Vec<_> = callables().map(str::to_owned).collect();
        names.sort_by_key(|name| name.to_lowercase());
        names
    }

    /// Every procedure.
    pub(crate) fn procedures(&self) -> Vec<String> {
        let names = self
            .procedures
            .iter()
            .map(|procedure| procedure.name.to_string());
        names.collect()
    }

    /// The columns that a procedure yields.
    pub(crate) fn columns(&self, procedure: &str) -> Vec<String> {
        let outputs = self
            .procedures
            .find(procedure)
            .map(|procedure| procedure.outputs.as_slice());
        let names = outputs.unwrap_or_default().iter();
        names.map(|field| field.name.to_string()).collect()
    }
}

/// Forms with call syntax that are part of the grammar.
const FORMS: &[(&str, &str)] = &[
    ("all", "all(x IN list WHERE condition)"),
    ("any", "any(x IN list WHERE condition)"),
    ("none", "none(x IN list WHERE condition)"),
    ("single", "single(x IN list WHERE condition)"),
    ("reduce", "reduce(total = start, x IN list | expression)"),
    (
        "allReduce",
        "allReduce(total = start, x IN list | expression, condition)",
    ),
    ("shortestPath", "shortestPath((a)-[*]-(b))"),
    ("allShortestPaths", "allShortestPaths((a)-[*]-(b))"),
];

/// The names of everything with call syntax in expressions.
pub(crate) fn callables() -> impl Iterator<Item = &'static str> {
    let scalars = function::functions().map(|function| function.name);
    let aggregates = function::aggregates().map(|aggregate| aggregate.name);
    scalars
        .chain(aggregates)
        .chain(FORMS.iter().map(|(name, _)| *name))
}

/// The signature of a function: `toUpper(text :: STRING) :: STRING`.
pub(crate) fn signature(name: &str) -> Option<String> {
    let scalar = function::find(name).map(function::Function::signature);
    let aggregate = || function::find_aggregate(name).map(function::Aggregate::signature);
    let form = || {
        let found = FORMS
            .iter()
            .find(|(form, _)| form.eq_ignore_ascii_case(name));
        found.map(|(_, signature)| (*signature).to_owned())
    };
    scalar.or_else(aggregate).or_else(form)
}
