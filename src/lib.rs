//! Relata: a knowledge-graph query engine. A property graph in memory, asked in openCypher.
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
//! A [`Database`] is a graph that answers statements. [`Database::connected_practice`] opens the graph that is compiled
//! in, [`Database::open`] a folder of CSV files or a script of statements, [`OpenOptions`] files by name and parts of a
//! graph that are off unless asked for. [`Database::empty`] begins with nothing:
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
//! An [`Answer`] is columns and rows. A [`Row`] gives its values as Rust types, one by one or all at once by serde; nodes
//! and relationships come with what they held when the statement ended.
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
//! [`Format`] writes answers as tables, CSV, JSON and more, and [`answer::typed`] as JSON that keeps every type.
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
//! A question in plain English becomes a statement; the [`Reply`] says how it was read and what the rows rest on.
//! `docs/QUESTIONS.md` tells what can be asked.
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
//! An [`Error`] says what was expected and what was found, where, and what to do. It has the class and the detail that
//! the openCypher TCK asserts, and a GQLSTATUS. What is legal but probably not meant is a warning of the answer.
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
//! A statement is a transaction of its own: if it fails, the graph is as it was. Several statements are one between
//! `BEGIN` and `COMMIT` or `ROLLBACK`, or while a [`Transaction`] lives:
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
//! Nothing is ever cut: a statement that reaches one of its [`Limits`] fails with an error that names the limit, and a
//! [`CancelToken`] interrupts it from another thread. There are no limits unless they are set.
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
//! Data structures, and functions between them; `docs/ARCHITECTURE.md` tells more. Only [`engine`] calls the functions,
//! and everything else imports what is below it alone.
//!
//! | stage | from | to |
//! | --- | --- | --- |
//! | [`syntax::parse`] | text | [`syntax::ast::Statement`] |
//! | [`question::read`] | English and the words of the graph | [`syntax::ast::Query`] |
//! | [`analyze::analyze`] | tree and names | [`plan::Plan`] and warnings |
//! | [`optimize::optimize`] | plan and counts | [`plan::Plan`] |
//! | [`exec::run`] | plan and graph | rows |
//! | [`Format::write`] | [`Answer`] | bytes |

// The parser that pest derives without `std`, and so without a probe of the stack at every step, names `alloc`.
extern crate alloc;

pub mod analyze;
pub mod answer;
pub mod base;
pub mod engine;
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
    base::{Class, Code, Diagnostic, Phase, Rendering, Source, Span},
    engine::{
        Alternative, CancelToken, ConditionCount, Database, EmptyExplanation, Endpoints, Error,
        Example, Fact, LabelSummary, Limits, OpenOptions, OptLevel, PropertySummary, Question,
        Reply, ReplyField, SaveOptions, Schema, Statement, Transaction, TypeSummary,
    },
    function::{Aggregate, Function, Procedure, Procedures, aggregates, functions},
    graph::{check::CheckReport, manifest::Manifest},
    syntax::{StatementSpan, parse, split},
    value::{Kind, Type, Value},
};
