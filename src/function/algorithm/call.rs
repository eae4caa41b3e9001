//! The call of an algorithm: its settings, the part of the graph it runs on, and columns of what it finds.

use std::sync::Arc;

use crate::{
    algorithm::{Projection, Run},
    base::{Code, Fault},
    function::{
        Context,
        algorithm::{
            Algorithm, Found, Ways,
            select::{self, Selection},
            setting::{Setting, SettingKind, chosen},
        },
    },
    graph::Graph,
    value::{Column, EdgeId, Entries, KeyId, NodeId, Path, Value, cast},
};

/// A call of an algorithm.
pub struct Call<'a> {
    algorithm: &'static Algorithm,
    settings: Option<&'a Entries>,
    pub(super) graph: &'a Graph,
    pub(super) selection: Selection,
    /// The part of the graph, as lists of numbered nodes.
    pub(super) projection: Projection,
    pub(super) run: Run<'a>,
}

impl<'a> Call<'a> {
    /// Checks the settings and selects the part of the graph.
    pub(super) fn new(
        algorithm: &'static Algorithm,
        settings: &'a Value,
        context: &'a Context<'_>,
    ) -> Result<Self, Fault> {
        let entries = match settings {
            Value::Map(entries) => Some(&***entries),
            _ => None,
        };
        for (name, value) in entries.into_iter().flatten() {
            algorithm.check_name(name)?;
            algorithm.check_value(name, value)?;
        }
        let given = |name: &str| entries.and_then(|entries| entries.get(name));
        let missing = |setting: &&Setting| setting.is_needed() && given(setting.name).is_none();
        if let Some(setting) = algorithm.settings.iter().find(missing) {
            let message = format!(
                "`{}` needs the setting `{}`: {}",
                algorithm.name, setting.name, setting.kind
            );
            return Err(Fault::new(Code::InvalidArgumentValue, message));
        }
        let run = Run {
            meter: context.meter,
            threads: context.threads,
        };
        let graph = context.graph;
        let null = Value::Null;
        let setting = |name| given(name).unwrap_or(&null);
        let selection = Selection::new(graph, setting("nodes"), setting("relationships"), &run)?;
        let mut call = Self {
            algorithm,
            settings: entries,
            graph,
            selection,
            projection: Projection::empty(),
            run,
        };
        call.projection = call.follow(call.ways())?;
        Ok(call)
    }

    /// The lists of the selected relationships that are followed in some way.
    pub(super) fn follow(&self, ways: Ways) -> Result<Projection, Fault> {
        let weight = self.weight()?;
        self.selection
            .projection(self.graph, ways, weight, &self.run)
    }

    /// In which way relationships are followed.
    pub(super) fn ways(&self) -> Ways {
        match self.given("direction") {
            Some(Value::String(word)) => {
                chosen(Ways::WORDS, word).map_or(self.algorithm.ways, Ways::of_word)
            }
            _ => self.algorithm.ways,
        }
    }

    /// The property of weights.
    pub(super) fn weight(&self) -> Result<Option<KeyId>, Fault> {
        self.key("weight")
    }

    /// Fails if a relationship has a negative weight, for algorithms that add weights up.
    pub(super) fn without_negative_weights(&self) -> Result<(), Fault> {
        self.expect_weights("from 0", |weight| weight >= 0.0)
    }

    /// Fails if a weight is not above 0, for algorithms whose distances tell nodes apart.
    pub(super) fn with_positive_weights(&self) -> Result<(), Fault> {
        self.expect_weights("above 0", |weight| weight > 0.0)
    }

    fn expect_weights(&self, range: &str, fits: impl Fn(f64) -> bool) -> Result<(), Fault> {
        if !self.projection.is_weighted() {
            return Ok(());
        }
        let mut edges = self.projection.edges();
        let Some(edge) = edges.find(|edge| !fits(edge.weight)) else {
            return Ok(());
        };
        let message = format!(
            "`{}` expects weights {range}, found {}",
            self.algorithm.name, edge.weight
        );
        Err(Fault::new(Code::InvalidArgumentValue, message))
    }
}

/// Settings.
impl Call<'_> {
    fn given(&self, name: &str) -> Option<&Value> {
        let value = self.settings.and_then(|settings| settings.get(name));
        value.filter(|value| !value.is_null())
    }

    fn kind(&self, name: &str) -> SettingKind {
        let mut settings = self.algorithm.all_settings();
        let setting = settings.find(|setting| setting.name == name);
        setting.expect("a body reads the settings of its row").kind
    }

    /// A number.
    pub(super) fn float(&self, name: &str) -> f64 {
        match (
            self.given(name).and_then(cast::approximate),
            self.kind(name),
        ) {
            (Some(number), _) | (None, SettingKind::Float(_, _, number)) => number,
            _ => 0.0,
        }
    }

    /// A list of numbers.
    pub(super) fn floats(&self, name: &str) -> Vec<f64> {
        match (self.given(name), self.kind(name)) {
            (Some(Value::List(items)), _) => items.iter().filter_map(cast::approximate).collect(),
            (_, SettingKind::Floats(default)) => default.to_vec(),
            _ => Vec::new(),
        }
    }

    /// An integer; `None` if the setting has no default.
    pub(super) fn optional_integer(&self, name: &str) -> Option<usize> {
        let number = match (self.given(name), self.kind(name)) {
            (Some(Value::Integer(number)), _) => Some(*number),
            (_, SettingKind::Integer(_, default)) => default,
            _ => None,
        };
        number.map(|number| usize::try_from(number).unwrap_or(usize::MAX))
    }

    /// An integer of a setting with a default.
    pub(super) fn integer(&self, name: &str) -> usize {
        self.optional_integer(name).unwrap_or_default()
    }

    /// One of the words of a setting.
    pub(super) fn word(&self, name: &str) -> &'static str {
        match (self.kind(name), self.given(name)) {
            (SettingKind::Choice(words), Some(Value::String(word))) => {
                chosen(words, word).unwrap_or(words[0])
            }
            (SettingKind::Choice(words), _) => words[0],
            _ => "",
        }
    }

    /// A truth value.
    pub(super) fn flag(&self, name: &str) -> bool {
        match (self.given(name), self.kind(name)) {
            (Some(Value::Boolean(flag)), _) => *flag,
            (_, SettingKind::Boolean(default)) => default,
            _ => false,
        }
    }

    /// The property with the name of a setting.
    pub(super) fn key(&self, name: &str) -> Result<Option<KeyId>, Fault> {
        match self.given(name) {
            Some(Value::String(key)) => select::key(self.graph, key).map(Some),
            _ => Ok(None),
        }
    }

    /// The property with the name of a setting that must be given.
    pub(super) fn needed_key(&self, name: &str) -> Result<KeyId, Fault> {
        Ok(self.key(name)?.expect("a needed setting is given"))
    }

    /// The numbers of one node or of several.
    pub(super) fn numbers(&self, name: &str) -> Result<Vec<u32>, Fault> {
        let nodes = match self.given(name) {
            None => return Ok(Vec::new()),
            Some(Value::List(items)) => &***items,
            Some(one) => std::slice::from_ref(one),
        };
        let number = |value: &Value| {
            let number = match value {
                Value::Node(node) => self.selection.number(*node),
                _ => None,
            };
            number.ok_or_else(|| {
                let message =
                    format!("`{name}` is not one of the nodes that the algorithm runs on");
                Fault::new(Code::InvalidArgumentValue, message)
                    .help("add its label to `nodes`, or leave `nodes` out")
            })
        };
        nodes.iter().map(number).collect()
    }

    /// The numbers of the nodes of a setting; of all nodes without it.
    pub(super) fn some_or_all(&self, name: &str) -> Result<Vec<u32>, Fault> {
        match self.given(name) {
            Some(_) => self.numbers(name),
            None => Ok(self.projection.numbers().collect()),
        }
    }

    /// The number of one node.
    pub(super) fn number(&self, name: &str) -> Result<u32, Fault> {
        let numbers = self.numbers(name)?;
        Ok(*numbers.first().expect("a needed setting is given"))
    }
}

/// What the graph says.
impl Call<'_> {
    /// The number of each node in the property that a setting names.
    pub(super) fn numbers_of(&self, setting: &str) -> Result<Vec<f64>, Fault> {
        let key = self.needed_key(setting)?;
        let number = |id: &NodeId| {
            let value = self.graph.node_property(*id, key);
            let number = cast::approximate(&value).filter(|number| number.is_finite());
            number.ok_or_else(|| {
                let message = format!(
                    "`{setting}` expects a number in every node, found {}",
                    value.kind()
                );
                Fault::new(Code::InvalidArgumentValue, message)
            })
        };
        self.selection.ids.iter().map(number).collect()
    }

    /// The path over some nodes, by relationships of the lowest weight.
    pub(super) fn path(&self, numbers: &[u32]) -> Result<Value, Fault> {
        let (ways, weight) = (self.ways(), self.weight()?);
        let mut path = Path::new(self.id(numbers[0]));
        for step in numbers.windows(2) {
            let ends = (self.id(step[0]), self.id(step[1]));
            let edge = self.selection.step(self.graph, ends, ways, weight)?;
            path.push(edge.expect("a path follows relationships"), ends.1);
        }
        Ok(Value::Path(Arc::new(path)))
    }
}

/// Columns.
impl Call<'_> {
    /// The node with a number.
    pub(super) fn id(&self, number: u32) -> NodeId {
        self.selection.ids[number as usize]
    }

    /// The column of all nodes.
    pub(super) fn all_nodes(&self) -> Column {
        Column::nodes(self.selection.ids.clone())
    }

    /// The column of some nodes.
    pub(super) fn nodes(&self, numbers: impl IntoIterator<Item = u32>) -> Column {
        let ids = numbers.into_iter().map(|number| self.id(number));
        Column::nodes(ids.collect())
    }
}

/// The columns source, target and relationship.
pub(super) fn facts(call: &Call<'_>, edges: Vec<EdgeId>) -> Vec<Column> {
    let ends: Vec<_> = edges
        .iter()
        .map(|edge| call.graph.endpoints(*edge))
        .collect();
    vec![
        Column::nodes(ends.iter().map(|ends| ends.0).collect()),
        Column::nodes(ends.iter().map(|ends| ends.1).collect()),
        Column::edges(edges),
    ]
}

/// The rows of the score of each node.
pub(super) fn scores(call: &Call<'_>, scores: Vec<f64>) -> Found {
    let rows = scores.len();
    Ok((vec![call.all_nodes(), Column::floats(scores)], rows))
}

/// The column of counts or numbers.
pub(super) fn integers(numbers: impl IntoIterator<Item = impl TryInto<i64>>) -> Column {
    let numbers = numbers.into_iter();
    Column::integers(
        numbers
            .map(|number| number.try_into().unwrap_or(i64::MAX))
            .collect(),
    )
}
