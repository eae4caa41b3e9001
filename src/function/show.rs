//! The tables that `SHOW` lists, as procedures that `CALL` does not find. The columns have the names that Neo4j gives
//! them; those after the default ones need a `YIELD`.

use crate::{
    base::Fault,
    function::{Context, Native, Procedure, ProcedureBody, Shown, Signature, aggregates, areas},
    value::{ConstraintKind, IndexKind, Subject, Text, Value},
};

/// A table: its columns, how many of them are shown by default, and its rows.
struct Table {
    signature: &'static str,
    default: usize,
    body: Native,
}

fn table(of: Shown) -> Table {
    match of {
        Shown::Indexes => Table {
            signature: "show.indexes() :: (id :: INTEGER, name :: STRING, state :: STRING, populationPercent :: FLOAT, type :: STRING, entityType :: STRING, labelsOrTypes :: LIST OF STRING?, properties :: LIST OF STRING?, indexProvider :: STRING, owningConstraint :: STRING?, failureMessage :: STRING, options :: MAP, createStatement :: STRING)",
            default: 10,
            body: indexes,
        },
        Shown::Constraints => Table {
            signature: "show.constraints() :: (id :: INTEGER, name :: STRING, type :: STRING, entityType :: STRING, labelsOrTypes :: LIST OF STRING, properties :: LIST OF STRING, ownedIndex :: STRING?, propertyType :: STRING?, options :: MAP, createStatement :: STRING)",
            default: 8,
            body: constraints,
        },
        Shown::Functions => Table {
            signature: "show.functions() :: (name :: STRING, category :: STRING, description :: STRING, signature :: STRING, isBuiltIn :: BOOLEAN, aggregating :: BOOLEAN)",
            default: 3,
            body: functions,
        },
        Shown::Procedures => Table {
            signature: "show.procedures() :: (name :: STRING, description :: STRING, mode :: STRING, worksOnSystem :: BOOLEAN, signature :: STRING)",
            default: 4,
            body: |_, context| Ok(context.state.rows(Shown::Procedures)),
        },
        Shown::Settings => Table {
            signature: "show.settings() :: (name :: STRING, value :: STRING, isDynamic :: BOOLEAN, defaultValue :: STRING, description :: STRING)",
            default: 5,
            body: |_, context| Ok(context.state.rows(Shown::Settings)),
        },
        Shown::Transactions => Table {
            signature: "show.transactions() :: (database :: STRING, transactionId :: STRING, currentQuery :: STRING, startTime :: STRING, status :: STRING, elapsedTime :: DURATION, accessMode :: STRING)",
            default: 6,
            body: |_, context| Ok(context.state.rows(Shown::Transactions)),
        },
        Shown::Databases => Table {
            signature: "show.databases() :: (name :: STRING, type :: STRING, aliases :: LIST OF STRING, access :: STRING, requestedStatus :: STRING, currentStatus :: STRING, statusMessage :: STRING, default :: BOOLEAN, home :: BOOLEAN)",
            default: 9,
            body: |_, context| Ok(context.state.rows(Shown::Databases)),
        },
    }
}

/// The table as a procedure.
///
/// # Panics
/// Never: the signatures are well spelt.
#[must_use]
pub fn shown(of: Shown) -> Procedure {
    let table = table(of);
    let signature = Signature::parse(table.signature).expect("the signatures are well spelt");
    let body = ProcedureBody::Native(table.body);
    Procedure::new(signature, "A table of `SHOW`.".into(), body)
}

/// The table with this name, such as `show.indexes`.
#[must_use]
pub fn find_shown(name: &str) -> Option<Procedure> {
    let mut tables = Shown::ALL.into_iter().map(shown);
    tables.find(|table| *table.name == *name)
}

/// The number of columns that are shown without `YIELD`.
#[must_use]
pub fn shown_by_default(of: Shown) -> usize {
    table(of).default
}

type Rows = Result<Vec<Vec<Value>>, Fault>;

fn indexes(_: &[Value], context: &Context<'_>) -> Rows {
    let graph = context.graph;
    let described = graph.defined_indexes().map(|index| {
        let definition = &index.definition;
        let (labels, keys) = if definition.kind == IndexKind::Lookup {
            (Value::Null, Value::Null)
        } else {
            (names([definition.subject.name()]), names(&definition.keys))
        };
        let owner = index.owner.as_ref();
        let create = match owner.and_then(|owner| constraint(context, owner)) {
            Some(statement) => statement,
            None => definition.to_string(),
        };
        (
            definition.name.clone(),
            definition.kind.keyword(),
            definition.subject.entity(),
            [labels, keys],
            owner.map_or(Value::Null, |owner| Value::String(owner.clone())),
            create,
        )
    });
    let rows = described.enumerate().map(
        |(number, (name, kind, entity, [labels, keys], owner, create))| {
            vec![
                id(number),
                Value::String(name),
                "ONLINE".into(),
                100.0.into(),
                kind.into(),
                entity.into(),
                labels,
                keys,
                provider(kind).into(),
                owner,
                "".into(),
                Value::map(Default::default()),
                create.into(),
            ]
        },
    );
    Ok(rows.collect())
}

/// The name of the structure of an index.
fn provider(kind: &str) -> &'static str {
    match kind {
        "RANGE" => "range",
        "TEXT" => "trigram",
        _ => "bitmap",
    }
}

fn constraint(context: &Context<'_>, name: &str) -> Option<String> {
    let mut all = context.graph.defined_constraints();
    let found = all.find(|constraint| *constraint.definition.name == *name)?;
    Some(found.definition.to_string())
}

fn constraints(_: &[Value], context: &Context<'_>) -> Rows {
    let all = context.graph.defined_constraints();
    let all = all.map(|constraint| &constraint.definition);
    let rows = all.enumerate().map(|(number, constraint)| {
        let subject = &constraint.subject;
        let owned = constraint.kind.has_index();
        let of = match &constraint.kind {
            ConstraintKind::Typed(of) => of.to_string().into(),
            ConstraintKind::Unique | ConstraintKind::Key | ConstraintKind::Exists => Value::Null,
        };
        let index = if owned {
            Value::String(constraint.name.clone())
        } else {
            Value::Null
        };
        vec![
            id(number),
            Value::String(constraint.name.clone()),
            constraint.kind.name(subject).into(),
            Subject::entity(subject).into(),
            names([subject.name()]),
            names(&constraint.keys),
            index,
            of,
            Value::map(Default::default()),
            constraint.to_string().into(),
        ]
    });
    Ok(rows.collect())
}

fn functions(_: &[Value], _: &Context<'_>) -> Rows {
    let row = |name: &str, area: &str, doc: &str, signature: String, aggregating: bool| {
        vec![
            name.into(),
            area.into(),
            doc.into(),
            signature.into(),
            true.into(),
            aggregating.into(),
        ]
    };
    let scalar = areas().flat_map(|(area, functions)| functions.iter().map(move |one| (area, one)));
    let scalar = scalar.map(|(area, one)| row(one.name, area, one.doc, one.signature(), false));
    let aggregating =
        aggregates().map(|one| row(one.name, "Aggregates", one.doc, one.signature(), true));
    let mut rows: Vec<Vec<Value>> = scalar.chain(aggregating).collect();
    rows.sort_by_key(|row| text(&row[0]).to_lowercase());
    Ok(rows)
}

fn text(value: &Value) -> &str {
    match value {
        Value::String(text) => text,
        _ => "",
    }
}

fn names<'t>(names: impl IntoIterator<Item = &'t Text>) -> Value {
    let names = names.into_iter().map(|name| Value::String(name.clone()));
    Value::list(names.collect())
}

/// The number of a definition, from 1.
fn id(number: usize) -> Value {
    Value::Integer(number as i64 + 1)
}
