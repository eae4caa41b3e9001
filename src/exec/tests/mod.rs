//! Operators and expressions over small graphs, in plans written by hand.

mod apply;
mod expression;
mod limits;
mod pattern;
mod rows;
mod walk;
mod write;

use crate::{
    base::{Code, Diagnostic, Span},
    exec::{Access, Options, Outcome, run},
    function::{find, find_aggregate},
    graph::Graph,
    plan::{
        AggregateCall, Apply, ApplyKind, ArithmeticOp, Column, CompareOp, Expand, Expr, ExprKind,
        Key, LabelTest, Named, Op, Parameter, Plan, Slot, SlotInfo, Towards, check::check,
    },
    value::{KeyId, LabelId, Type, TypeId, Value},
};

/// A graph with nodes of the given labels, numbered by their property `x`, and relationships numbered by theirs.
fn graph(labels: &[&str], edges: &[(u32, &str, u32)]) -> Graph {
    let mut graph = Graph::new();
    let key = graph.intern_key("x");
    let mut nodes = Vec::new();
    for (at, label) in (0_i64..).zip(labels) {
        let label = graph.intern_label(label);
        let node = graph.create_node(&[label]);
        graph.set_node_property(node, key, at.into());
        nodes.push(node);
    }
    for (at, (from, kind, to)) in (0_i64..).zip(edges) {
        let kind = graph.intern_type(kind);
        let edge = graph.create_relationship(nodes[*from as usize], kind, nodes[*to as usize]);
        graph.set_edge_property(edge, key, at.into());
    }
    graph.commit();
    graph
}

fn options<'a>() -> Options<'a> {
    Options {
        max_rows: None,
        max_memory: None,
        max_path_length: None,
        expired: None,
        cancel: None,
        profile: None,
        statement_time: (0, 0),
        clock: || (0, 0),
        random: &|| 7,
        traced: false,
    }
}

/// A plan that answers with the given slots.
fn plan(root: Op, answer: &[u32]) -> Plan {
    let info = |number: u32| SlotInfo {
        name: format!("s{number}").into(),
        kind: Type::ANY,
    };
    let column = |number: &u32| Column {
        name: format!("s{number}").into(),
        slot: Slot(*number),
    };
    let plan = Plan {
        writes: root.writes(),
        root,
        columns: answer.iter().map(column).collect(),
        returns: true,
        slots: (0..32).map(info).collect(),
        parameters: vec![Parameter {
            name: "p".into(),
            span: at(),
        }],
    };
    check(&plan).unwrap();
    plan
}

fn outcome(graph: &Graph, root: Op, answer: &[u32]) -> Result<Outcome, Code> {
    let plan = plan(root, answer);
    let outcome = run(&plan, Access::Read(graph), &[3.into()], &options());
    outcome.map_err(|failure: Box<Diagnostic>| failure.code)
}

/// The rows of an answer, each as a line.
fn rows(graph: &Graph, root: Op, answer: &[u32]) -> Vec<String> {
    lines(&outcome(graph, root, answer).unwrap())
}

fn lines(outcome: &Outcome) -> Vec<String> {
    outcome.iter().map(line).collect()
}

fn line(row: &[Value]) -> String {
    row.iter().map(show).collect::<Vec<_>>().join(" ")
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Node(node) => format!("{node:?}"),
        Value::Relationship(edge) => format!("{edge:?}"),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Boolean(value) => value.to_string(),
        Value::String(text) => text.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key}:{}", show(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        Value::Path(path) => format!("{:?}{:?}", path.nodes(), path.relationships()),
        other => format!("{other:?}"),
    }
}

fn at() -> Span {
    Span::new(3, 5)
}

fn slot(number: u32) -> Expr {
    Expr::slot(Slot(number), at())
}

fn lit(value: impl Into<Value>) -> Expr {
    Expr::constant(value, at())
}

fn expr(kind: ExprKind) -> Expr {
    Expr::new(kind, at())
}

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

fn key(name: &str) -> Key {
    Named {
        name: name.into(),
        id: KeyId::NONE,
    }
}

fn property(base: Expr, name: &str) -> Expr {
    expr(ExprKind::Property(boxed(base), key(name)))
}

fn compare(op: CompareOp, left: Expr, right: Expr) -> Expr {
    expr(ExprKind::Compare(op, boxed(left), boxed(right)))
}

fn equal(left: Expr, right: Expr) -> Expr {
    compare(CompareOp::Equal, left, right)
}

fn add(left: Expr, right: Expr) -> Expr {
    expr(ExprKind::Arithmetic(
        ArithmeticOp::Add,
        boxed(left),
        boxed(right),
    ))
}

fn divide(left: Expr, right: Expr) -> Expr {
    expr(ExprKind::Arithmetic(
        ArithmeticOp::Divide,
        boxed(left),
        boxed(right),
    ))
}

fn call(name: &str, arguments: Vec<Expr>) -> Expr {
    expr(ExprKind::Call(find(name).unwrap(), arguments))
}

fn has_label(base: Expr, name: &str) -> Expr {
    let label = Named {
        name: name.into(),
        id: LabelId::NONE,
    };
    let kind = Named {
        name: name.into(),
        id: TypeId::NONE,
    };
    expr(ExprKind::HasLabels(
        boxed(base),
        LabelTest::Name { label, kind },
    ))
}

fn types(names: &[&str]) -> Vec<Named<TypeId>> {
    names
        .iter()
        .map(|name| Named {
            name: (*name).into(),
            id: TypeId::NONE,
        })
        .collect()
}

fn unit() -> Box<Op> {
    Box::new(Op::Unit)
}

fn scan(input: Op, node: u32) -> Op {
    Op::NodeScan {
        input: Box::new(input),
        node: Slot(node),
        label: None,
    }
}

fn scan_label(input: Op, node: u32, label: &str) -> Op {
    let label = Some(Named {
        name: label.into(),
        id: LabelId::NONE,
    });
    Op::NodeScan {
        input: Box::new(input),
        node: Slot(node),
        label,
    }
}

fn step(
    input: Op,
    from: u32,
    direction: Towards,
    names: &[&str],
    edge: Option<u32>,
    to: Option<u32>,
) -> Expand {
    Expand {
        input: Box::new(input),
        from: Slot(from),
        direction,
        types: types(names),
        edge: edge.map(Slot),
        to: to.map(Slot),
    }
}

fn filter(input: Op, predicates: Vec<Expr>) -> Op {
    Op::Filter {
        input: Box::new(input),
        predicates,
    }
}

fn project(input: Op, items: Vec<(u32, Expr)>) -> Op {
    let items = items
        .into_iter()
        .map(|(number, expr)| (Slot(number), expr))
        .collect();
    Op::Project {
        input: Box::new(input),
        items,
    }
}

fn unwind(input: Op, list: impl Into<Value>, element: u32) -> Op {
    Op::Unwind {
        input: Box::new(input),
        list: lit(list),
        element: Slot(element),
    }
}

fn integers(numbers: impl IntoIterator<Item = i64>) -> Value {
    numbers.into_iter().collect::<Vec<_>>().into()
}

fn aggregate(name: &str, argument: Option<Expr>, distinct: bool) -> AggregateCall {
    AggregateCall {
        aggregate: find_aggregate(name),
        arguments: argument.into_iter().collect(),
        distinct,
        span: at(),
    }
}

fn count_rows() -> AggregateCall {
    AggregateCall {
        aggregate: None,
        arguments: Vec::new(),
        distinct: false,
        span: at(),
    }
}

fn group(
    input: Op,
    keys: Vec<(u32, Expr)>,
    calls: Vec<(u32, AggregateCall)>,
    partition: Option<u32>,
) -> Op {
    Op::Aggregate {
        input: Box::new(input),
        keys: keys
            .into_iter()
            .map(|(number, expr)| (Slot(number), expr))
            .collect(),
        aggregates: calls
            .into_iter()
            .map(|(number, call)| (Slot(number), call))
            .collect(),
        partition: partition.map(Slot),
    }
}

fn argument(row: u32, slots: &[u32]) -> Op {
    Op::Argument {
        row: Slot(row),
        slots: slots.iter().copied().map(Slot).collect(),
    }
}

fn apply(input: Op, inner: Op, row: u32, kind: ApplyKind) -> Op {
    Op::Apply(Apply {
        input: Box::new(input),
        inner: Box::new(inner),
        row: Slot(row),
        kind,
    })
}
