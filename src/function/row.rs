//! What a row of the tables holds.

use crate::{
    base::Fault,
    function::Context,
    value::{Type, Value},
};

/// A scalar function.
#[derive(Debug)]
pub struct Function {
    /// The name as the manual spells it, such as `toUpper` or `duration.between`.
    pub name: &'static str,
    /// The parameters in order.
    pub parameters: &'static [Parameter],
    /// How many of the parameters must be given; the last may repeat if `variadic`.
    pub required: usize,
    /// Whether the last parameter may be given any number of times.
    pub variadic: bool,
    /// What it returns.
    pub returns: Type,
    /// What null arguments do.
    pub nulls: Nulls,
    /// What the value depends on.
    pub purity: Purity,
    /// One sentence for the manual.
    pub doc: &'static str,
    /// A run example for the manual.
    pub example: Example,
    /// The function itself.
    pub body: Body,
}

impl Function {
    /// A pure function whose parameters must all be given and for which a null argument makes the result null.
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
        }
    }

    /// The last `count` parameters may be left out.
    #[must_use]
    pub const fn optional(mut self, count: usize) -> Self {
        self.required -= count;
        self
    }

    /// The last parameter may be given any number of times.
    #[must_use]
    pub const fn variadic(mut self) -> Self {
        self.variadic = true;
        self
    }

    /// The body sees nulls and decides what they mean.
    #[must_use]
    pub const fn handles_nulls(mut self) -> Self {
        self.nulls = Nulls::Handle;
        self
    }

    /// The first argument that is not null is the result, and those after it are not evaluated.
    #[must_use]
    pub const fn skips_nulls(mut self) -> Self {
        self.nulls = Nulls::Skip;
        self
    }

    /// The value depends on more than the arguments.
    #[must_use]
    pub const fn depends_on(mut self, purity: Purity) -> Self {
        self.purity = purity;
        self
    }

    /// The signature as the manual writes it: `substring(text :: STRING, start :: INTEGER, [length :: INTEGER]) :: STRING`.
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

/// The Rust function behind a row: gets as many arguments as were given, within the row's bounds.
pub type Body = fn(&[Value], &Context<'_>) -> Result<Value, Fault>;

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The name in the manual.
    pub name: &'static str,
    /// What may be given.
    pub kind: Type,
}

impl Parameter {
    /// A parameter.
    #[must_use]
    pub const fn new(name: &'static str, kind: Type) -> Self {
        Self { name, kind }
    }
}

/// What null arguments do to a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Any null argument makes the result null; the body never sees one.
    Propagate,
    /// The body decides.
    Handle,
    /// The first argument that is not null is the result; those after it are not evaluated.
    Skip,
}

/// What the value of a function depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purity {
    /// The arguments alone: constant arguments are folded before the statement runs.
    Pure,
    /// The arguments and the graph.
    Graph,
    /// The arguments and the statement: one value for one statement.
    Statement,
    /// Chance or the clock: each row has its own.
    Volatile,
}

/// An expression of the language and what it evaluates to; both are run by a test.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// An expression, such as `toUpper('abc')`, or a whole query.
    pub query: &'static str,
    /// The value as the language writes it, such as `'ABC'`.
    pub result: &'static str,
}

impl Example {
    /// An expression or query with its result.
    #[must_use]
    pub const fn new(query: &'static str, result: &'static str) -> Self {
        Self { query, result }
    }
}

/// An aggregate.
#[derive(Debug)]
pub struct Aggregate {
    /// The name as the manual spells it.
    pub name: &'static str,
    /// The parameters; the first is the value of each row, others are constant in a group.
    pub parameters: &'static [Parameter],
    /// What it returns.
    pub returns: Type,
    /// One sentence for the manual.
    pub doc: &'static str,
    /// A run example for the manual.
    pub example: Example,
    /// A fresh accumulator for a group.
    pub init: fn() -> Box<dyn Accumulator>,
}

impl Aggregate {
    /// The signature as the manual writes it: `count(value :: ANY) :: INTEGER`.
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

/// The running state of an aggregate over one group.
pub trait Accumulator: Send {
    /// Takes in a row that stands for `multiplicity` equal rows. Null first arguments are passed too.
    ///
    /// # Errors
    /// A fault if the aggregate cannot take the value.
    fn step(&mut self, arguments: &[Value], multiplicity: u64) -> Result<(), Fault>;

    /// The value of the group; called once.
    ///
    /// # Errors
    /// A fault if there is no such value.
    fn finish(&mut self) -> Result<Value, Fault>;

    /// Bytes held beyond the accumulator itself, for the accounting of memory.
    fn size(&self) -> usize {
        0
    }
}
