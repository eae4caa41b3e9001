//! Relata: a knowledge-graph query engine. An in-memory property graph, queried in openCypher or in English.
//!
//! ```
//! use relata::Database;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut database = Database::connected_practice();
//! let answer = database
//!     .query("MATCH (s:Section)-[:COVERS]->(k:KSS {number: $kss}) RETURN s.name AS section ORDER BY section")
//!     .param("kss", 7)
//!     .run()?;
//! for row in answer.rows() {
//!     println!("{}", row.get::<&str>("section")?);
//! }
//! assert_eq!(answer.len(), 4);
//! # Ok(()) }
//! ```
//!
//! # Graphs
//!
//! A [`Database`] is a graph that runs statements. [`Database::connected_practice`] opens the built-in graph,
//! [`Database::open`] a folder of CSV files or a script of statements, [`OpenOptions`] single files and overlays.
//! [`Database::empty`] starts with an empty graph:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut database = relata::Database::empty();
//! let answer = database.query("CREATE (:Person {name: 'Ada'})-[:KNOWS]->(:Person {name: 'Bo'})").run()?;
//! assert_eq!(answer.changes().nodes_created, 2);
//! let schema = database.schema();
//! assert_eq!((&*schema.labels[0].name, schema.labels[0].count), ("Person", 2));
//! # Ok(()) }
//! ```
//!
//! # Answers
//!
//! An [`Answer`] has columns and rows. A [`Row`] converts its values to Rust types, one by one or all at once with
//! serde; nodes and relationships have the content that they had at the end of the statement.
//!
//! ```
//! use relata::Node;
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Course {
//!     name: String,
//!     #[serde(rename = "durationDays")]
//!     days: Option<u32>,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut database = relata::Database::connected_practice();
//! let answer = database.query("MATCH (c:Course) RETURN c, c.name AS name ORDER BY name").run()?;
//! for row in &answer {
//!     let (course, name): (Course, String) = row.deserialize()?;
//!     assert_eq!(course.name, name);
//!     assert!(course.days.is_none_or(|days| days < 10));
//!     let node: &Node = row.get("c")?;
//!     assert!(node.labels.iter().any(|label| &**label == "Course"));
//! }
//! # Ok(()) }
//! ```
//!
//! [`Format`] writes answers as tables, CSV, JSON and more; [`answer::typed`] writes JSON that preserves every type.
//!
//! ```
//! use relata::{Format, Layout};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let answer = relata::Database::empty().query("UNWIND [1, null] AS n RETURN n, 'a' AS a").run()?;
//! let mut text = Vec::new();
//! let csv = Format::find("csv").expect("is in the table of formats");
//! csv.write(&answer, Layout::default(), &mut text)?;
//! assert_eq!(text, b"n,a\n1,a\n,a\n");
//! # Ok(()) }
//! ```
//!
//! # Questions
//!
//! A question in plain English becomes a statement; the [`Reply`] gives the interpretation and the supporting facts.
//! `docs/QUESTIONS.md` lists the supported forms.
//!
//! ```
//! # fn main() -> Result<(), relata::Error> {
//! let mut database = relata::Database::connected_practice();
//! let reply = database.ask("how many courses are there?").run()?;
//! assert_eq!(reply.answer.single().unwrap().get::<i64>(0).unwrap(), 12);
//! assert!(reply.cypher.contains("Course"));
//! # Ok(()) }
//! ```
//!
//! # Errors
//!
//! An [`Error`] says what was expected and what was found, with the span and advice. It has the class and the detail
//! that the openCypher TCK asserts, and a GQLSTATUS. Legal but suspicious code gives a warning in the answer.
//!
//! ```
//! use relata::{Code, Rendering};
//!
//! let mut database = relata::Database::connected_practice();
//! let error = database.query("MATCH (c:Course) RETURN d.name").run().unwrap_err();
//! assert_eq!(error.code(), Code::UndefinedVariable);
//! assert_eq!(error.span().map(|span| span.range()), Some(24..25));
//! assert!(error.render(Rendering::default()).contains("1 | MATCH (c:Course) RETURN d.name"));
//!
//! let answer = database.query("MATCH (c:Coarse) RETURN c").run().unwrap();
//! assert_eq!(answer.warnings()[0].help.as_deref(), Some("did you mean `Course`?"));
//! ```
//!
//! # Transactions
//!
//! A statement is its own transaction: an error leaves the graph unchanged. `BEGIN` and `COMMIT` or `ROLLBACK`, or a
//! [`Transaction`], combine several statements:
//!
//! ```
//! # fn main() -> Result<(), relata::Error> {
//! let mut database = relata::Database::empty();
//! let mut transaction = database.transaction()?;
//! transaction.query("CREATE (:A)").run()?;
//! drop(transaction); // Nothing was committed.
//! assert_eq!(database.query("MATCH (n) RETURN n").run()?.len(), 0);
//! # Ok(()) }
//! ```
//!
//! # Limits
//!
//! Results are never truncated: a statement that exceeds one of its [`Limits`] fails with an error that names the
//! limit, and a [`CancelToken`] interrupts it from another thread. By default there are no limits.
//!
//! ```
//! use relata::{Class, Limits};
//!
//! let mut database = relata::Database::empty().with_limits(Limits { rows: Some(10), ..Limits::default() });
//! let error = database.query("UNWIND range(1, 11) AS n RETURN n").run().unwrap_err();
//! assert_eq!(error.class(), Class::LimitExceeded);
//! ```
//!
//! # The pipeline
//!
//! Data structures and functions between them; `docs/ARCHITECTURE.md` has the details. Only [`engine`] calls the
//! functions; every other module imports only from lower layers.
//!
//! | stage | from | to |
//! | --- | --- | --- |
//! | [`syntax::parse`] | text | [`syntax::ast::Statement`] |
//! | [`question::read`] | English and the words of the graph | [`syntax::ast::Query`] |
//! | [`analyze::analyze`] | tree and names | [`plan::Plan`] and warnings |
//! | [`optimize::optimize`] | plan and counts | [`plan::Plan`] |
//! | [`exec::run`] | plan and graph | rows |
//! | [`Format::write`] | [`Answer`] | bytes |

// The parser that pest derives without `std` (which avoids a stack check at every step) refers to `alloc`.
extern crate alloc;

pub mod algorithm;
pub mod analyze;
pub mod answer;
pub mod base;
#[cfg(feature = "parquet")]
mod columnar;
pub mod engine;
pub mod exchange;
pub mod exec;
pub mod function;
pub mod graph;
pub mod optimize;
pub mod plan;
pub mod question;
pub mod session;
pub mod syntax;
pub mod value;

pub use crate::{
    answer::{
        Answer, Cell, Changes, Format, FromValue, Layout, Node, PlanLine, ReadError, Relationship,
        Row,
    },
    base::{Class, Code, Diagnostic, Phase, Rendering, Source, Span, Status},
    engine::{
        Alternative, BOUNDS, Bound, CancelToken, ConditionCount, Database, EmptyExplanation,
        Endpoints, Error, Example, Fact, LabelSummary, Limits, OpenOptions, OptLevel,
        PropertySummary, Question, Reply, ReplyField, SaveOptions, Saved, Schema, SharedDatabase,
        Statement, Transaction, TypeSummary,
    },
    exchange::{Document, GraphFormat, Mapping, RdfOptions, Skipped, TableOptions},
    function::{
        Aggregate, Feature, Function, Procedure, Procedures, aggregates, features, functions,
    },
    graph::{check::CheckReport, manifest::Manifest},
    syntax::{Split, StatementSpan, parse, split},
    value::{Kind, Type, Value},
};
