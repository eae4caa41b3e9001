//! Layer 5: from the syntax tree to a plan. Names become slots and ids, types are checked, subqueries in expressions
//! become applies, and whatever is legal but useless is noted as a warning.
//!
//! Analysis sees the catalog and the counts, never the data, so whatever it refuses is refused before anything is
//! read.

mod aggregate;
mod bound;
mod clause;
mod expr;
mod pattern;
mod projection;
mod query;
mod scope;
mod shortest;
mod subquery;
mod typed;
mod types;
mod warn;

use std::{collections::BTreeSet, mem};

use crate::{
    analyze::{
        scope::Scope,
        subquery::Pending,
        warn::{Known, Variables},
    },
    base::{Code, Diagnostic, Span},
    function::Procedures,
    graph::{Catalog, Stats},
    plan::{Named, Node, Op, Parameter, Plan, Slot, SlotInfo},
    syntax::ast,
    value::{KeyId, LabelId, Type, TypeId},
};

/// What analysis may know besides the statement.
#[derive(Clone, Copy)]
pub struct Environment<'a> {
    /// The names of the graph.
    pub catalog: &'a Catalog,
    /// How often they occur.
    pub stats: &'a Stats,
    /// The procedures that may be called.
    pub procedures: &'a Procedures,
}

/// A plan, and what the person asking should know about the statement.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The logical plan.
    pub plan: Plan,
    /// What is legal but useless, in the order of the text.
    pub warnings: Vec<Diagnostic>,
}

/// The plan of a query.
///
/// # Errors
/// Every problem that can be found without looking at data, as openCypher classes it, with its place.
pub fn analyze(query: &ast::Query, environment: Environment<'_>) -> Result<Analysis> {
    Analyzer::new(environment).statement(query)
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// The state of one analysis.
struct Analyzer<'a> {
    env: Environment<'a>,
    slots: Vec<SlotInfo>,
    parameters: Vec<Parameter>,
    warnings: Vec<Diagnostic>,
    /// Subqueries of the expression under analysis, to be placed below the operator that reads it.
    pending: Vec<Pending>,
    /// The subqueries around the place under analysis, outermost first.
    frames: Vec<Frame>,
    /// Set while the items of a projection that aggregates are analysed.
    aggregation: Option<aggregate::Aggregation>,
    writes: bool,
    /// Whether a clause before the place under analysis deletes.
    deletes: bool,
    /// The labels that nodes are known to bear, for warnings.
    known: Known,
    /// The variables of patterns, and which slots are read, for warnings.
    variables: Variables,
}

/// A subquery under analysis.
struct Frame {
    /// The slot of the outer row's number.
    row: Slot,
    /// What the subquery reads.
    reads: BTreeSet<Slot>,
}

impl<'a> Analyzer<'a> {
    fn new(env: Environment<'a>) -> Self {
        Self {
            env,
            slots: Vec::new(),
            parameters: Vec::new(),
            warnings: Vec::new(),
            pending: Vec::new(),
            frames: Vec::new(),
            aggregation: None,
            writes: false,
            deletes: false,
            known: Known::default(),
            variables: Variables::default(),
        }
    }

    fn statement(mut self, query: &ast::Query) -> Result<Analysis> {
        let outcome = self.query(query, &Scope::default())?;
        if self.writes {
            // What the statement writes itself may be unknown before it.
            self.warnings
                .retain(|warning| warning.code == Code::CartesianProduct);
        }
        self.warnings.extend(self.variables.warning());
        self.warnings.sort_by_key(|warning| warning.span);
        self.warnings.dedup();
        let plan = Plan {
            root: outcome.plan,
            returns: outcome.columns.is_some(),
            columns: outcome.columns.unwrap_or_default(),
            slots: self.slots,
            parameters: self.parameters,
            writes: self.writes,
        };
        Ok(Analysis {
            plan,
            warnings: self.warnings,
        })
    }

    /// A slot for a variable.
    fn slot(&mut self, name: &str, kind: Type) -> Slot {
        let slot = Slot(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        self.slots.push(SlotInfo {
            name: name.into(),
            kind,
        });
        slot
    }

    /// A slot that no variable names.
    fn hidden(&mut self, kind: Type) -> Slot {
        let name = format!("@{}", self.slots.len());
        self.slot(&name, kind)
    }

    /// Notes that the place under analysis reads a slot.
    fn read(&mut self, slot: Slot) {
        self.variables.read(slot);
        if let Some(frame) = self.frames.last_mut() {
            frame.reads.insert(slot);
        }
    }

    /// The number of a parameter.
    fn parameter(&mut self, name: &str, span: Span) -> u32 {
        let known = self
            .parameters
            .iter()
            .position(|parameter| &*parameter.name == name);
        let position = known.unwrap_or_else(|| {
            self.parameters.push(Parameter {
                name: name.into(),
                span,
            });
            self.parameters.len() - 1
        });
        u32::try_from(position).unwrap_or(u32::MAX)
    }

    /// What the clauses of the place under analysis begin with.
    fn leaf(&self) -> Node {
        let op = match self.frames.last() {
            None => Op::Unit,
            Some(frame) => Op::Argument {
                row: frame.row,
                slots: Vec::new(),
            },
        };
        op.leaf()
    }

    /// The slot of the outer row's number, inside a subquery.
    fn partition(&self) -> Option<Slot> {
        self.frames.last().map(|frame| frame.row)
    }

    /// Runs `work` with no pending subqueries; gives back those that it left.
    fn collecting<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<(T, Vec<Pending>)> {
        let outer = mem::take(&mut self.pending);
        let value = work(self);
        let needs = mem::replace(&mut self.pending, outer);
        Ok((value?, needs))
    }

    fn label(&self, name: &str) -> Named<LabelId> {
        Named {
            name: name.into(),
            id: self.env.catalog.label(name).unwrap_or(LabelId::NONE),
        }
    }

    fn relationship_type(&self, name: &str) -> Named<TypeId> {
        Named {
            name: name.into(),
            id: self
                .env
                .catalog
                .relationship_type(name)
                .unwrap_or(TypeId::NONE),
        }
    }

    fn key(&self, name: &str) -> Named<KeyId> {
        Named {
            name: name.into(),
            id: self.env.catalog.key(name).unwrap_or(KeyId::NONE),
        }
    }
}
