//! The rows of the function tables.

use std::any::Any;

use crate::{
    base::Fault,
    function::{Context, Meter},
    value::{Column, Progression, Type, Value},
};

/// A scalar function.
#[derive(Debug)]
pub struct Function {
    /// The name in the spelling of the manual, such as `toUpper` or `duration.between`.
    pub name: &'static str,
    /// The parameters in order.
    pub parameters: &'static [Parameter],
    /// The number of required parameters.
    pub required: usize,
    /// True if the last parameter may be repeated.
    pub variadic: bool,
    /// The type of the result.
    pub returns: Type,
    /// The treatment of null arguments.
    pub nulls: Nulls,
    /// What the result depends on.
    pub purity: Purity,
    /// One sentence for the manual.
    pub doc: &'static str,
    /// An example for the manual, which a test runs.
    pub example: Example,
    /// The implementation.
    pub body: Body,
    /// The implementation on columns, for types that have a loop of their own.
    pub vector: Option<Vector>,
    /// The result as numbers that are computed when they are read.
    pub progression: Option<Progressive>,
}

impl Function {
    /// A pure function that requires all parameters and gives null for a null argument.
    #[must_use]
    pub const fn new(
        name: &'static str,
        parameters: &'static [Parameter],
        returns: Type,
        doc: &'static str,
        example: Example,
        body: Body,
    ) -> Self {
        Self {
            name,
            parameters,
            required: parameters.len(),
            variadic: false,
            returns,
            nulls: Nulls::Propagate,
            purity: Purity::Pure,
            doc,
            example,
            body,
            vector: None,
            progression: None,
        }
    }

    /// Adds an implementation on columns.
    #[must_use]
    pub const fn vectorised(mut self, vector: Vector) -> Self {
        self.vector = Some(vector);
        self
    }

    /// Adds an implementation whose result is not a list in memory.
    #[must_use]
    pub const fn progressive(mut self, progression: Progressive) -> Self {
        self.progression = Some(progression);
        self
    }

    /// Makes the last `count` parameters optional.
    #[must_use]
    pub const fn optional(mut self, count: usize) -> Self {
        self.required -= count;
        self
    }

    /// Allows the last parameter to be repeated.
    #[must_use]
    pub const fn variadic(mut self) -> Self {
        self.variadic = true;
        self
    }

    /// Passes nulls to the body.
    #[must_use]
    pub const fn handles_nulls(mut self) -> Self {
        self.nulls = Nulls::Handle;
        self
    }

    /// Makes the first argument that is not null the result; later arguments are not evaluated.
    #[must_use]
    pub const fn skips_nulls(mut self) -> Self {
        self.nulls = Nulls::Skip;
        self
    }

    /// Sets what the result depends on in addition to the arguments.
    #[must_use]
    pub const fn depends_on(mut self, purity: Purity) -> Self {
        self.purity = purity;
        self
    }

    /// The signature in the manual: `substring(text :: STRING, start :: INTEGER, [length :: INTEGER]) :: STRING`.
    #[must_use]
    pub fn signature(&self) -> String {
        let parameters = self
            .parameters
            .iter()
            .enumerate()
            .map(|(position, parameter)| {
                let repeats = self.variadic && position + 1 == self.parameters.len();
                let text = format!(
                    "{} :: {}{}",
                    parameter.name,
                    parameter.kind,
                    if repeats { ", …" } else { "" }
                );
                if position < self.required {
                    text
                } else {
                    format!("[{text}]")
                }
            });
        format!(
            "{}({}) :: {}",
            self.name,
            parameters.collect::<Vec<_>>().join(", "),
            self.returns
        )
    }
}

/// The Rust function of a row. It takes the given arguments, whose number the row allows.
pub type Body = fn(&[Value], &Context<'_>) -> Result<Value, Fault>;

/// The list that a function gives for arguments that are not null, as a progression.
pub type Progressive = fn(&[Value]) -> Result<Progression, Fault>;

/// The function of a row on columns of arguments. `None` if there is no loop for columns of these types, or if a row
/// fails; then the body computes row by row.
pub type Vector = fn(&[Column], &Context<'_>) -> Option<Column>;

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The name in the manual.
    pub name: &'static str,
    /// The type of an argument.
    pub kind: Type,
}

impl Parameter {
    /// A parameter with a name and a type.
    #[must_use]
    pub const fn new(name: &'static str, kind: Type) -> Self {
        Self { name, kind }
    }
}

/// The treatment of null arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// A null argument makes the result null; the body is not called.
    Propagate,
    /// The body handles nulls.
    Handle,
    /// The first argument that is not null is the result; those after it are not evaluated.
    Skip,
}

/// What the result of a function depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purity {
    /// The arguments: a call with constant arguments is folded before the statement runs.
    Pure,
    /// The arguments and the graph.
    Graph,
    /// The arguments and the statement: the result is the same throughout a statement.
    Statement,
    /// Random numbers or the clock: each row has its own result.
    Volatile,
}

/// An expression and its result; a test evaluates both.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// An expression, such as `toUpper('abc')`, or a whole query.
    pub query: &'static str,
    /// The result in the syntax of the language, such as `'ABC'`.
    pub result: &'static str,
}

impl Example {
    /// An expression or a query with its result.
    #[must_use]
    pub const fn new(query: &'static str, result: &'static str) -> Self {
        Self { query, result }
    }
}

/// An aggregate.
#[derive(Debug)]
pub struct Aggregate {
    /// The name in the spelling of the manual.
    pub name: &'static str,
    /// The parameters. The first is the value of each row; the others are constant in a group.
    pub parameters: &'static [Parameter],
    /// The type of the result.
    pub returns: Type,
    /// One sentence for the manual.
    pub doc: &'static str,
    /// An example for the manual, which a test runs.
    pub example: Example,
    /// Creates the accumulator of all groups.
    pub state: fn() -> Box<dyn GroupedAccumulator>,
}

impl Aggregate {
    /// The signature in the manual: `count(value :: ANY) :: INTEGER`.
    #[must_use]
    pub fn signature(&self) -> String {
        let parameters = self
            .parameters
            .iter()
            .map(|parameter| format!("{} :: {}", parameter.name, parameter.kind));
        format!(
            "{}({}) :: {}",
            self.name,
            parameters.collect::<Vec<_>>().join(", "),
            self.returns
        )
    }
}

/// The states of an aggregate for all groups of a statement.
pub trait GroupedAccumulator: Any + Send {
    /// Adds groups without rows until there are `groups`.
    fn resize(&mut self, groups: usize);

    /// Adds rows: the group of each row, the columns of arguments, and the multiplicity of each row, which is 1 if
    /// `None`. The first argument may be null. `meter` is the account of the statement. Returns the bytes that are kept
    /// of the rows.
    ///
    /// # Errors
    /// A fault if an argument has a wrong type or value.
    fn update(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        multiplicities: Option<&[u64]>,
        meter: &dyn Meter,
    ) -> Result<u64, Fault>;

    /// Adds the rows of other states of the same aggregate, which come after its own. `groups` has the own group of each of
    /// the other groups. Returns the bytes that are kept of the rows.
    ///
    /// # Errors
    /// As [`GroupedAccumulator::update`].
    fn merge(
        &mut self,
        other: Box<dyn GroupedAccumulator>,
        groups: &[u32],
        meter: &dyn Meter,
    ) -> Result<u64, Fault>;

    /// Returns the value of each group; called once. `meter` is the account of the statement.
    ///
    /// # Errors
    /// A fault if a group has no value, for example after an overflow, or if a limit is reached.
    fn finish(&mut self, meter: &dyn Meter) -> Result<Column, Fault>;

    /// Bytes per group, without what is kept of rows.
    fn bytes_per_group(&self) -> u64;
}

impl dyn GroupedAccumulator {
    /// The states as those of a type that is known, because states are only merged with those of the same aggregate.
    pub fn known<T: GroupedAccumulator>(self: Box<Self>) -> T {
        let states: Box<dyn Any> = self;
        *states
            .downcast()
            .expect("only states of the same aggregate are merged")
    }
}
