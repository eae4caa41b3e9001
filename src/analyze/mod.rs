//! Layer 5: from the syntax tree to a logical plan. Names become slots and ids, types are checked, subqueries in
//! expressions become applies, and legal but useless parts give warnings.
//!
//! Analysis reads the catalog and the statistics, never the data: it rejects a statement before any data is read.

mod aggregate;
mod bound;
mod clause;
mod conjunction;
mod draft;
mod expanded;
mod expr;
mod flow;
mod grouping;
mod label;
pub(crate) mod pattern;
mod projection;
mod quantified;
mod query;
mod repeatable;
mod scope;
mod selective;
mod set_operator;
mod shortest;
mod subquery;
mod typed;
mod types;
mod warn;
mod when;

use std::{collections::BTreeSet, mem};

use rustc_hash::FxHashMap;

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
    value::{KeyId, LabelId, Text, Type, TypeId},
};

/// The input of analysis in addition to the statement.
#[derive(Clone, Copy)]
pub struct Environment<'a> {
    /// The names of labels, relationship types and property keys.
    pub catalog: &'a Catalog,
    /// Exact counts of the graph contents.
    pub stats: &'a Stats,
    /// The procedures that may be called.
    pub procedures: &'a Procedures,
    /// Fails if the statement is out of time or interrupted.
    pub check: &'a dyn Fn() -> Result<()>,
}

/// A plan with the warnings about its statement.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The logical plan.
    pub plan: Plan,
    /// The warnings, in the order of their spans.
    pub warnings: Vec<Diagnostic>,
}

/// Analyses a query.
///
/// # Errors
/// The first error that can be found without data, classified as in openCypher, with its span.
pub fn analyze(query: &ast::Query, environment: Environment<'_>) -> Result<Analysis> {
    Analyzer::new(environment).statement(query)
}

/// A type as written, as a type of values.
pub(crate) use expr::cast::declared;

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// The number of steps between two checks.
const BETWEEN_CHECKS: usize = 1_024;

/// The state of one analysis.
struct Analyzer<'a> {
    env: Environment<'a>,
    slots: Vec<SlotInfo>,
    parameters: Vec<Parameter>,
    /// The positions of the parameters by name.
    parameter_numbers: FxHashMap<Text, u32>,
    warnings: Vec<Diagnostic>,
    /// Subqueries of the current expression. They are placed below the operator that evaluates it.
    pending: Vec<Pending>,
    /// The enclosing subqueries, outermost first.
    frames: Vec<Frame>,
    /// `Some` during the analysis of the items of an aggregating projection.
    aggregation: Option<aggregate::Aggregation>,
    writes: bool,
    /// Whether an earlier clause deletes.
    deletes: bool,
    /// Whether a query may end without `RETURN`, because only its rows count: directly in `EXISTS` and `COUNT`.
    open_end: bool,
    /// The outer names that the query under analysis sees to its end, also after a `WITH` that does not name them.
    imports: Scope,
    /// Of these, the ones that later clauses mention.
    trailing: Vec<String>,
    /// The elements of the enclosing `FOREACH` clauses; an inner one may use their names again.
    elements: Vec<Slot>,
    /// The number of expressions and pattern elements so far.
    steps: usize,
    /// The known labels of nodes, for warnings.
    known: Known,
    /// The variables of patterns and the slots that are read, for warnings.
    variables: Variables,
}

/// A subquery under analysis.
struct Frame {
    /// The slot of the outer row number.
    row: Slot,
    /// The slots that the subquery reads.
    reads: BTreeSet<Slot>,
}

impl<'a> Analyzer<'a> {
    fn new(env: Environment<'a>) -> Self {
        Self {
            env,
            slots: Vec::new(),
            parameters: Vec::new(),
            parameter_numbers: FxHashMap::default(),
            warnings: Vec::new(),
            pending: Vec::new(),
            frames: Vec::new(),
            aggregation: None,
            writes: false,
            deletes: false,
            open_end: false,
            imports: Scope::default(),
            trailing: Vec::new(),
            elements: Vec::new(),
            steps: 0,
            known: Known::default(),
            variables: Variables::default(),
        }
    }

    /// Counts an expression or an element of a pattern, and fails if the statement has to end.
    fn step(&mut self) -> Result<()> {
        self.steps += 1;
        if self.steps.is_multiple_of(BETWEEN_CHECKS) {
            (self.env.check)()?;
        }
        Ok(())
    }

    fn statement(mut self, query: &ast::Query) -> Result<Analysis> {
        let outcome = self.query(query, &Scope::default())?;
        if self.writes {
            // The statement may itself create the names and relationships that the graph lacks.
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

    /// Adds a slot for a variable.
    fn slot(&mut self, name: &str, kind: Type) -> Slot {
        let slot = Slot(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        self.slots.push(SlotInfo {
            name: name.into(),
            kind,
        });
        slot
    }

    /// Adds a slot without a variable.
    fn hidden(&mut self, kind: Type) -> Slot {
        let name = format!("@{}", self.slots.len());
        self.slot(&name, kind)
    }

    /// Records that the current expression or pattern reads a slot.
    fn read(&mut self, slot: Slot) {
        self.variables.read(slot);
        if let Some(frame) = self.frames.last_mut() {
            frame.reads.insert(slot);
        }
    }

    /// The position of a parameter, which is added if it is missing.
    fn parameter(&mut self, name: &str, span: Span) -> u32 {
        if let Some(position) = self.parameter_numbers.get(name) {
            return *position;
        }
        let position = u32::try_from(self.parameters.len()).unwrap_or(u32::MAX);
        self.parameter_numbers.insert(name.into(), position);
        self.parameters.push(Parameter {
            name: name.into(),
            span,
        });
        position
    }

    /// The leaf of the current plan: `Argument` in a subquery, otherwise `Unit`.
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

    /// The slot of the outer row number; `None` outside of subqueries.
    fn partition(&self) -> Option<Slot> {
        self.frames.last().map(|frame| frame.row)
    }

    /// Runs `work` and returns the subqueries that it adds to `pending`.
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
