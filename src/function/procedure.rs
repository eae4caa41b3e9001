//! Procedures: called by name, they take arguments and yield rows. They are built in, or registered at run time as
//! tables.

use std::{fmt, sync::Arc};

use indexmap::IndexMap;

use crate::{
    base::{Code, Fault},
    function::{Algorithm, Context, Field, Native, Signature, algorithms, builtin},
    value::{Column, Text, Value, same},
};

/// A procedure.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// The dotted name.
    pub name: Text,
    /// The inputs, in order.
    pub inputs: Vec<Field>,
    /// The outputs, in order. A procedure without outputs keeps the rows of the query unchanged.
    pub outputs: Vec<Field>,
    /// One sentence for the manual.
    pub doc: Text,
    /// The implementation.
    pub body: ProcedureBody,
}

/// The implementation of a procedure.
#[derive(Clone)]
pub enum ProcedureBody {
    /// Calls a Rust function.
    Native(Native),
    /// Looks up rows, which contain the inputs and then the outputs.
    Table(Vec<Vec<Value>>),
    /// Runs a graph algorithm.
    Algorithm(&'static Algorithm),
}

/// What a procedure returns.
#[derive(Debug)]
pub enum Returned {
    /// Rows of the outputs.
    Rows(Vec<Vec<Value>>),
    /// Columns of the outputs, and the number of their rows.
    Columns(Vec<Column>, usize),
}

impl Default for Returned {
    fn default() -> Self {
        Self::Rows(Vec::new())
    }
}

impl Returned {
    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Columns(_, len) => *len,
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of an output in a row.
    #[must_use]
    pub fn value(&self, row: usize, output: usize) -> Value {
        match self {
            Self::Rows(rows) => rows[row][output].clone(),
            Self::Columns(columns, _) => columns[output].value(row),
        }
    }
}

impl fmt::Debug for ProcedureBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native(_) => f.write_str("Native"),
            Self::Table(rows) => write!(f, "Table({} rows)", rows.len()),
            Self::Algorithm(algorithm) => write!(f, "Algorithm({})", algorithm.name),
        }
    }
}

impl Procedure {
    /// A procedure that looks up its rows in a table. Each row contains the inputs and then the outputs, in the order
    /// of the signature, such as `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`.
    ///
    /// # Errors
    /// A fault if the signature is malformed, or a row does not match it.
    pub fn declare(signature: &str, rows: Vec<Vec<Value>>) -> Result<Self, Fault> {
        let signature = Signature::parse(signature)?;
        let doc = "A table that was registered.".into();
        let procedure = Self::new(signature, doc, ProcedureBody::Table(rows));
        procedure.check_rows()?;
        Ok(procedure)
    }

    fn of_algorithm(algorithm: &'static Algorithm) -> Self {
        let body = ProcedureBody::Algorithm(algorithm);
        Self::new(algorithm.signature(), algorithm.doc.into(), body)
    }

    pub(crate) fn new(signature: Signature, doc: Text, body: ProcedureBody) -> Self {
        let Signature {
            name,
            inputs,
            outputs,
        } = signature;
        Self {
            name,
            inputs,
            outputs,
            doc,
            body,
        }
    }

    /// The declared signature.
    #[must_use]
    pub fn signature(&self) -> Signature {
        Signature {
            name: self.name.clone(),
            inputs: self.inputs.clone(),
            outputs: self.outputs.clone(),
        }
    }

    /// The number of arguments that a call needs: a native procedure does without the last inputs that may be null.
    #[must_use]
    pub fn required(&self) -> usize {
        match self.body {
            ProcedureBody::Table(_) => self.inputs.len(),
            ProcedureBody::Native(_) | ProcedureBody::Algorithm(_) => {
                let last = self.inputs.iter().rev();
                self.inputs.len() - last.take_while(|input| input.declared.nullable).count()
            }
        }
    }

    /// Calls the procedure and returns rows of its outputs; no rows for a table without outputs. Linear in the table.
    ///
    /// # Errors
    /// A fault if the arguments do not match the declared inputs, or the procedure fails.
    pub fn call(&self, arguments: &[Value], context: &Context<'_>) -> Result<Returned, Fault> {
        self.check_arguments(arguments)?;
        Ok(match &self.body {
            ProcedureBody::Native(body) => Returned::Rows(body(arguments, context)?),
            ProcedureBody::Table(_) if self.outputs.is_empty() => Returned::default(),
            ProcedureBody::Table(rows) => Returned::Rows(self.look_up(rows, arguments)),
            ProcedureBody::Algorithm(algorithm) => {
                let (columns, rows) = algorithm.run(&arguments[0], context)?;
                Returned::Columns(columns, rows)
            }
        })
    }

    fn look_up(&self, rows: &[Vec<Value>], arguments: &[Value]) -> Vec<Vec<Value>> {
        let inputs = self.inputs.len();
        let wanted =
            |row: &&Vec<Value>| row[..inputs].iter().zip(arguments).all(|(a, b)| same(a, b));
        rows.iter()
            .filter(wanted)
            .map(|row| row[inputs..].to_vec())
            .collect()
    }

    fn check_arguments(&self, arguments: &[Value]) -> Result<(), Fault> {
        if arguments.len() != self.inputs.len() {
            let message = format!(
                "`{}` takes {} arguments, found {}",
                self.name,
                self.inputs.len(),
                arguments.len()
            );
            return Err(Fault::new(Code::InvalidNumberOfArguments, message));
        }
        let mut pairs = self.inputs.iter().zip(arguments);
        match pairs.find(|(field, value)| !field.declared.admits(value)) {
            None => Ok(()),
            Some((field, value)) => Err(Fault::new(
                Code::InvalidArgumentTypeAtRuntime,
                format!(
                    "`{}` expects {} as `{}`, found {}",
                    self.name,
                    field.declared,
                    field.name,
                    value.kind()
                ),
            )),
        }
    }

    fn check_rows(&self) -> Result<(), Fault> {
        let ProcedureBody::Table(rows) = &self.body else {
            return Ok(());
        };
        let fields: Vec<_> = self.inputs.iter().chain(&self.outputs).collect();
        for (number, row) in rows.iter().enumerate() {
            if row.len() != fields.len() {
                return Err(wrong_row(
                    number,
                    format!("has {} values, expected {}", row.len(), fields.len()),
                ));
            }
            if let Some((field, value)) = fields
                .iter()
                .zip(row)
                .find(|(field, value)| !field.declared.admits(value))
            {
                return Err(wrong_row(
                    number,
                    format!("has {} as `{field}`", value.kind()),
                ));
            }
        }
        Ok(())
    }
}

fn wrong_row(number: usize, what: String) -> Fault {
    Fault::new(
        Code::InvalidArgumentTypeAtRuntime,
        format!("row {} of the table {what}", number + 1),
    )
}

/// The callable procedures: built-in and registered ones.
#[derive(Clone, Debug)]
pub struct Procedures {
    /// The procedures in the order of registration, by name in lower case.
    known: IndexMap<String, Arc<Procedure>>,
}

impl Default for Procedures {
    fn default() -> Self {
        Self::new()
    }
}

impl Procedures {
    /// The built-in procedures.
    #[must_use]
    pub fn new() -> Self {
        let mut procedures = Self {
            known: IndexMap::new(),
        };
        builtin::procedures().for_each(|procedure| procedures.insert(procedure));
        for algorithm in algorithms().flat_map(|(_, algorithms)| algorithms) {
            procedures.insert(Procedure::of_algorithm(algorithm));
        }
        procedures.list();
        procedures
    }

    /// Registers a procedure; it replaces one with the same name.
    pub fn register(&mut self, procedure: Procedure) {
        self.insert(procedure);
        self.list();
    }

    /// The procedure with this dotted name, ignoring case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Arc<Procedure>> {
        self.known.get(&name.to_ascii_lowercase())
    }

    /// All procedures.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.known.values()
    }

    fn insert(&mut self, procedure: Procedure) {
        self.known
            .insert(procedure.name.to_ascii_lowercase(), Arc::new(procedure));
    }

    /// Updates the procedure that lists all procedures, including itself.
    fn list(&mut self) {
        self.insert(builtin::listing(&[]));
        let listing = builtin::listing(
            &self
                .known
                .values()
                .map(|known| &**known)
                .collect::<Vec<_>>(),
        );
        self.insert(listing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_yields_the_rows_whose_inputs_match() {
        let rows = vec![
            vec![42.0.into(), "a".into()],
            vec![Value::Null, "nix".into()],
        ];
        let procedure = Procedure::declare("p(in :: FLOAT?) :: (out :: STRING?)", rows).unwrap();
        let ProcedureBody::Table(rows) = &procedure.body else {
            panic!("declared as a table")
        };
        let found = |argument: Value| format!("{:?}", procedure.look_up(rows, &[argument]));
        assert_eq!(found(42.into()), r#"[[String("a")]]"#);
        assert_eq!(found(Value::Null), r#"[[String("nix")]]"#);
        assert_eq!(found(1.into()), "[]");
        assert_eq!(
            procedure
                .check_arguments(&["x".into()])
                .unwrap_err()
                .message,
            "`p` expects FLOAT? as `in`, found STRING"
        );
    }

    #[test]
    fn rows_must_fit_the_signature() {
        let declare =
            |row: Vec<Value>| Procedure::declare("p(in :: INTEGER) :: (out :: STRING)", vec![row]);
        assert!(declare(vec![1.into(), "a".into()]).is_ok());
        assert!(declare(vec![1.into()]).is_err());
        assert_eq!(
            declare(vec![1.into(), Value::Null]).unwrap_err().message,
            "row 1 of the table has NULL as `out :: STRING`"
        );
    }

    #[test]
    fn registered_procedures_are_found_and_listed() {
        let mut procedures = Procedures::new();
        procedures.register(Procedure::declare("test.it() :: ()", Vec::new()).unwrap());
        assert!(procedures.find("TEST.IT").is_some());
        assert!(procedures.find("test").is_none());
        let listing = procedures.find("dbms.procedures").unwrap();
        let ProcedureBody::Table(rows) = &listing.body else {
            panic!("a table")
        };
        assert_eq!(rows.len(), procedures.iter().count());
    }
}
