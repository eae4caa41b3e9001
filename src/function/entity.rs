//! Functions on nodes, relationships and paths.
//!
//! Of a deleted entity, only its id and the type and endpoints of a relationship are available.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{Code, Fault},
    function::{
        Context, Example, Function, Parameter, Purity,
        argument::{text, unsuited},
    },
    value::{Column, Dictionary, EdgeId, Entries, NodeId, Path, Type, Value},
};

const NODE: Parameter = Parameter::new("node", Type::NODE);
const RELATIONSHIP: Parameter = Parameter::new("relationship", Type::RELATIONSHIP);
const ENTITY: Parameter = Parameter::new("entity", Type::ENTITY);
const KEYED: Parameter = Parameter::new("value", Type::ENTITY.or(Type::MAP));
const NAMES: Parameter = Parameter::new("names", Type::STRING.or(Type::list_of(Type::STRING)));
const PATH: Parameter = Parameter::new("path", Type::PATH);

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[
    Function::new(
        "labels",
        &[NODE],
        Type::list_of(Type::STRING),
        "The labels of the node.",
        Example::new("MATCH (n:Section) RETURN labels(n) LIMIT 1", "['Section']"),
        labels,
    )
    .depends_on(Purity::Graph),
    Function::new(
        "type",
        &[RELATIONSHIP],
        Type::STRING,
        "The type of the relationship.",
        Example::new("MATCH ()-[r:COVERS]->() RETURN type(r) LIMIT 1", "'COVERS'"),
        relationship_type,
    )
    .depends_on(Purity::Graph)
    .vectorised(relationship_types),
    Function::new(
        "keys",
        &[KEYED],
        Type::list_of(Type::STRING),
        "The keys of a map, or of the properties of a node or relationship.",
        Example::new("keys({a: 1, b: null})", "['a', 'b']"),
        keys,
    )
    .depends_on(Purity::Graph),
    Function::new(
        "properties",
        &[KEYED],
        Type::MAP,
        "The properties of a node or relationship as a map; a map as it is.",
        Example::new("properties({a: 1})", "{a: 1}"),
        properties,
    )
    .depends_on(Purity::Graph),
    Function::new(
        "id",
        &[ENTITY],
        Type::INTEGER,
        "A number that no other node, or no other relationship, of the graph has.",
        Example::new("MATCH (n) RETURN count(DISTINCT id(n)) = count(*)", "true"),
        |arguments, _| Ok(Value::Integer(i64::from(id("id", &arguments[0])?))),
    )
    .vectorised(ids),
    Function::new(
        "elementId",
        &[ENTITY],
        Type::STRING,
        "A string that no other node, or no other relationship, of the graph has.",
        Example::new(
            "MATCH (n) RETURN count(DISTINCT elementId(n)) = count(*)",
            "true",
        ),
        |arguments, _| Ok(id("elementId", &arguments[0])?.to_string().into()),
    ),
    Function::new(
        "element_id",
        &[ENTITY],
        Type::STRING,
        "The same as `elementId`; the GQL spelling.",
        Example::new(
            "MATCH (n) RETURN count(DISTINCT element_id(n)) = count(*)",
            "true",
        ),
        |arguments, _| Ok(id("element_id", &arguments[0])?.to_string().into()),
    ),
    Function::new(
        "startNode",
        &[RELATIONSHIP],
        Type::NODE,
        "The start node of the relationship.",
        Example::new(
            "MATCH (a)-[r:COVERS]->() RETURN startNode(r) = a LIMIT 1",
            "true",
        ),
        |arguments, context| Ok(Value::Node(ends("startNode", arguments, context)?.0)),
    )
    .depends_on(Purity::Graph)
    .vectorised(|arguments, context| end_nodes(arguments, context, |(start, _)| start)),
    Function::new(
        "endNode",
        &[RELATIONSHIP],
        Type::NODE,
        "The end node of the relationship.",
        Example::new(
            "MATCH ()-[r:COVERS]->(b) RETURN endNode(r) = b LIMIT 1",
            "true",
        ),
        |arguments, context| Ok(Value::Node(ends("endNode", arguments, context)?.1)),
    )
    .depends_on(Purity::Graph)
    .vectorised(|arguments, context| end_nodes(arguments, context, |(_, end)| end)),
    Function::new(
        "nodes",
        &[PATH],
        Type::list_of(Type::NODE),
        "The nodes of the path in order.",
        Example::new(
            "MATCH p = (a)-[:COVERS]->(b) RETURN nodes(p) = [a, b] LIMIT 1",
            "true",
        ),
        |arguments, _| {
            let nodes = path("nodes", &arguments[0])?.nodes();
            Ok(Value::list(
                nodes.iter().copied().map(Value::Node).collect(),
            ))
        },
    ),
    Function::new(
        "pathOf",
        &[NODE, Parameter::new("elements", Type::ENTITY)],
        Type::PATH,
        "The path of a node, a relationship that begins or ends at it, the node at its other end, and so on; `PATH[a, r, b]` is the \
         same.",
        Example::new(
            "MATCH (a)-[r:COVERS]->(b) RETURN length(pathOf(a, r, b)) LIMIT 1",
            "1",
        ),
        path_of,
    )
    .optional(1)
    .variadic()
    .depends_on(Purity::Graph),
    Function::new(
        "isAcyclic",
        &[PATH],
        Type::BOOLEAN,
        "Whether no node occurs twice in the path.",
        Example::new(
            "MATCH p = (a)-[:COVERS]->(b)<-[:COVERS]-(c) RETURN isAcyclic(p) LIMIT 1",
            "true",
        ),
        |arguments, _| Ok(all_different(path("isAcyclic", &arguments[0])?.nodes()).into()),
    ),
    Function::new(
        "isSimple",
        &[PATH],
        Type::BOOLEAN,
        "Whether no node occurs twice in the path, except that the first may be the last.",
        Example::new(
            "MATCH p = (a)-[:COVERS]->(b)<-[:COVERS]-(c) RETURN isSimple(p) LIMIT 1",
            "true",
        ),
        |arguments, _| {
            let nodes = path("isSimple", &arguments[0])?.nodes();
            let inner = match nodes {
                [first, inner @ .., last] if first == last => &nodes[..=inner.len()],
                _ => nodes,
            };
            Ok(all_different(inner).into())
        },
    ),
    Function::new(
        "relationships",
        &[PATH],
        Type::list_of(Type::RELATIONSHIP),
        "The relationships of the path in order.",
        Example::new(
            "MATCH p = ()-[r:COVERS]->() RETURN relationships(p) = [r] LIMIT 1",
            "true",
        ),
        |arguments, _| {
            let edges = path("relationships", &arguments[0])?.relationships();
            Ok(Value::list(
                edges.iter().copied().map(Value::Relationship).collect(),
            ))
        },
    ),
    Function::new(
        "length",
        &[PATH],
        Type::INTEGER,
        "The number of relationships of the path.",
        Example::new("MATCH p = ()-[:COVERS]->() RETURN length(p) LIMIT 1", "1"),
        |arguments, _| length("length", arguments),
    ),
    Function::new(
        "path_length",
        &[PATH],
        Type::INTEGER,
        "The same as `length`; the GQL spelling.",
        Example::new(
            "MATCH p = ()-[:COVERS]->() RETURN path_length(p) LIMIT 1",
            "1",
        ),
        |arguments, _| length("path_length", arguments),
    ),
    Function::new(
        "hasAllLabels",
        &[ENTITY, NAMES],
        Type::BOOLEAN,
        "Whether a node has all the labels, or whether each name is the type of a relationship; the same as `n:$(names)`.",
        Example::new(
            "MATCH (n:Course) RETURN hasAllLabels(n, ['Course']) LIMIT 1",
            "true",
        ),
        |arguments, context| has_labels("hasAllLabels", arguments, context, true),
    )
    .depends_on(Purity::Graph),
    Function::new(
        "hasAnyLabel",
        &[ENTITY, NAMES],
        Type::BOOLEAN,
        "Whether a node has one of the labels, or a relationship one of the types; the same as `n:$any(names)`.",
        Example::new(
            "MATCH (n:Course) RETURN hasAnyLabel(n, ['Course', 'Event']) LIMIT 1",
            "true",
        ),
        |arguments, context| has_labels("hasAnyLabel", arguments, context, false),
    )
    .depends_on(Purity::Graph),
    Function::new(
        "elements",
        &[PATH],
        Type::list_of(Type::ENTITY),
        "The nodes and the relationships of the path, in order.",
        Example::new(
            "MATCH p = (a)-[r:COVERS]->(b) RETURN elements(p) = [a, r, b] LIMIT 1",
            "true",
        ),
        elements,
    ),
];

type Answer = Result<Value, Fault>;

/// Whether all names are labels of the node or the type of the relationship, or else one of them.
fn has_labels(function: &str, arguments: &[Value], context: &Context<'_>, all: bool) -> Answer {
    let names = match &arguments[1] {
        Value::List(items) => items.to_vec(),
        name => vec![name.clone()],
    };
    let catalog = context.graph.catalog();
    let mut held = Vec::with_capacity(names.len());
    for name in &names {
        let name = text(function, name)?;
        held.push(match &arguments[0] {
            Value::Node(node) => {
                live_node(*node, context)?;
                let label = catalog.label(name);
                label.is_some_and(|label| context.graph.labels_of(*node).contains(&label))
            }
            other => {
                let kind = context.graph.edge_type(relationship(function, other)?);
                if kind.is_none() {
                    return Err(deleted("relationship"));
                }
                **catalog.type_name(kind) == **name
            }
        });
    }
    Ok(Value::Boolean(match all {
        true => held.into_iter().all(|holds| holds),
        false => held.into_iter().any(|holds| holds),
    }))
}

fn elements(arguments: &[Value], _: &Context<'_>) -> Answer {
    let path = path("elements", &arguments[0])?;
    let (nodes, edges) = (path.nodes(), path.relationships());
    let mut elements = Vec::with_capacity(nodes.len() + edges.len());
    for (node, edge) in nodes.iter().zip(edges) {
        elements.push(Value::Node(*node));
        elements.push(Value::Relationship(*edge));
    }
    elements.extend(nodes.last().map(|node| Value::Node(*node)));
    Ok(Value::list(elements))
}

fn labels(arguments: &[Value], context: &Context<'_>) -> Answer {
    let Value::Node(node) = &arguments[0] else {
        return Err(unsuited("labels", "a NODE", &arguments[0]));
    };
    live_node(*node, context)?;
    let catalog = context.graph.catalog();
    let names = context
        .graph
        .labels_of(*node)
        .iter()
        .map(|label| Value::String(catalog.label_name(*label).clone()));
    Ok(Value::list(names.collect()))
}

fn relationship_type(arguments: &[Value], context: &Context<'_>) -> Answer {
    let kind = context
        .graph
        .edge_type(relationship("type", &arguments[0])?);
    if kind.is_none() {
        return Err(deleted("relationship"));
    }
    Ok(Value::String(
        context.graph.catalog().type_name(kind).clone(),
    ))
}

fn relationship_types(arguments: &[Column], context: &Context<'_>) -> Option<Column> {
    let Column::Edges(edges) = &arguments[0] else {
        return None;
    };
    let catalog = context.graph.catalog();
    let mut names = Dictionary::default();
    let mut codes = FxHashMap::default();
    let mut code = |edge: &EdgeId| {
        if edge.is_none() {
            return Some(None);
        }
        let kind = context.graph.edge_type(*edge);
        let mut add = || names.intern(catalog.type_name(kind));
        (!kind.is_none()).then(|| Some(*codes.entry(kind).or_insert_with(&mut add)))
    };
    let codes: Vec<_> = edges.iter().map(&mut code).collect::<Option<_>>()?;
    Some(Column::Strings(
        codes.into_iter().collect(),
        Arc::new(names),
    ))
}

fn ids(arguments: &[Column], _: &Context<'_>) -> Option<Column> {
    let number = |id: u32| (id != NodeId::NONE.0).then_some(i64::from(id));
    match &arguments[0] {
        Column::Nodes(nodes) => Some(nodes.iter().map(|node| number(node.0)).collect()),
        Column::Edges(edges) => Some(edges.iter().map(|edge| number(edge.0)).collect()),
        _ => None,
    }
    .map(Column::Integers)
}

fn end_nodes(
    arguments: &[Column],
    context: &Context<'_>,
    choose: fn((NodeId, NodeId)) -> NodeId,
) -> Option<Column> {
    let Column::Edges(edges) = &arguments[0] else {
        return None;
    };
    let end = |edge: &EdgeId| match edge.is_none() {
        true => Some(NodeId::NONE),
        false => Some(choose(context.graph.endpoints(*edge))).filter(|node| !node.is_none()),
    };
    edges
        .iter()
        .map(end)
        .collect::<Option<_>>()
        .map(Column::nodes)
}

fn ends(
    function: &str,
    arguments: &[Value],
    context: &Context<'_>,
) -> Result<(NodeId, NodeId), Fault> {
    let ends = context
        .graph
        .endpoints(relationship(function, &arguments[0])?);
    if ends.0.is_none() {
        Err(deleted("relationship"))
    } else {
        Ok(ends)
    }
}

fn path_of(arguments: &[Value], context: &Context<'_>) -> Answer {
    let (first, steps) = arguments.split_first().unwrap_or((&Value::Null, &[]));
    let Value::Node(mut here) = *first else {
        return Err(unsuited("pathOf", "a NODE", first));
    };
    let mut path = Path::new(here);
    for step in steps.chunks(2) {
        let [edge, next] = step else {
            return Err(malformed("a node after the last relationship", "none"));
        };
        let (Value::Relationship(edge), Value::Node(next)) = (edge, next) else {
            let expected = "nodes and relationships by turns";
            return Err(malformed(expected, "two of a kind next to each other"));
        };
        let ends = context.graph.endpoints(*edge);
        if ends.0.is_none() {
            return Err(deleted("relationship"));
        }
        if ends != (here, *next) && ends != (*next, here) {
            let expected = "each relationship between the nodes next to it";
            return Err(malformed(expected, "one between other nodes"));
        }
        here = *next;
        path.push(*edge, here);
    }
    Ok(Value::Path(Arc::new(path)))
}

fn malformed(expected: &str, found: &str) -> Fault {
    let message = format!("the elements form no path: expected {expected}, found {found}");
    Fault::new(Code::MalformedPath, message)
}

fn keys(arguments: &[Value], context: &Context<'_>) -> Answer {
    let entries = entries("keys", &arguments[0], context)?;
    let keys = match &entries {
        Value::Map(entries) => entries.keys().cloned().map(Value::String).collect(),
        _ => Vec::new(),
    };
    Ok(Value::list(keys))
}

fn properties(arguments: &[Value], context: &Context<'_>) -> Answer {
    entries("properties", &arguments[0], context)
}

/// The entries of a map, or the properties of a node or relationship, as a map.
fn entries(function: &str, value: &Value, context: &Context<'_>) -> Answer {
    let catalog = context.graph.catalog();
    let named = |(key, value)| (catalog.key_name(key).clone(), value);
    match value {
        Value::Map(_) => Ok(value.clone()),
        Value::Node(node) => {
            live_node(*node, context)?;
            Ok(Value::map(
                context
                    .graph
                    .node_properties(*node)
                    .map(named)
                    .collect::<Entries>(),
            ))
        }
        Value::Relationship(edge) => {
            live_edge(*edge, context)?;
            Ok(Value::map(
                context
                    .graph
                    .edge_properties(*edge)
                    .map(named)
                    .collect::<Entries>(),
            ))
        }
        other => Err(unsuited(function, "a NODE, RELATIONSHIP or MAP", other)),
    }
}

fn id(function: &str, value: &Value) -> Result<u32, Fault> {
    match value {
        Value::Node(NodeId(id)) | Value::Relationship(EdgeId(id)) => Ok(*id),
        other => Err(unsuited(function, "a NODE or RELATIONSHIP", other)),
    }
}

fn length(function: &str, arguments: &[Value]) -> Answer {
    Ok(Value::Integer(
        path(function, &arguments[0])?.relationships().len() as i64,
    ))
}

fn relationship(function: &str, value: &Value) -> Result<EdgeId, Fault> {
    match value {
        Value::Relationship(edge) => Ok(*edge),
        other => Err(unsuited(function, "a RELATIONSHIP", other)),
    }
}

fn path<'a>(function: &str, value: &'a Value) -> Result<&'a Path, Fault> {
    match value {
        Value::Path(path) => Ok(path),
        other => Err(unsuited(function, "a PATH", other)),
    }
}

fn live_node(node: NodeId, context: &Context<'_>) -> Result<(), Fault> {
    if context.graph.is_live_node(node) {
        Ok(())
    } else {
        Err(deleted("node"))
    }
}

fn live_edge(edge: EdgeId, context: &Context<'_>) -> Result<(), Fault> {
    if context.graph.is_live_edge(edge) {
        Ok(())
    } else {
        Err(deleted("relationship"))
    }
}

fn deleted(what: &str) -> Fault {
    Fault::new(
        Code::DeletedEntityAccess,
        format!("the {what} has been deleted in this statement"),
    )
    .help("read labels and properties before the `DELETE`")
}

fn all_different(nodes: &[NodeId]) -> bool {
    let mut seen = FxHashSet::default();
    nodes.iter().all(|node| seen.insert(*node))
}
