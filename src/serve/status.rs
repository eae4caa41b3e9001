//! Errors and warnings with the codes of Neo4j, by which its drivers decide what to do.

use relata::{
    Class, Code, Diagnostic, Error,
    base::{Severity, Source},
};

/// An error as a client sees it.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    /// The code of Neo4j, such as `Neo.ClientError.Statement.SyntaxError`.
    pub(super) code: &'static str,
    /// The message, with the place in the statement and advice.
    pub(super) message: String,
    /// The GQLSTATUS.
    pub(super) status: &'static str,
}

impl Failure {
    /// A failure of the protocol.
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            status: "08000",
        }
    }

    /// The failure of a statement that panicked.
    pub(super) fn panicked() -> Self {
        Self::new(
            "Neo.DatabaseError.General.UnknownError",
            "the statement ended unexpectedly",
        )
    }

    /// A request that does not follow the protocol.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new("Neo.ClientError.Request.Invalid", message)
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let diagnostic = error.diagnostic();
        let mut message = error.message().to_owned();
        if let Some((line, column)) = place(error) {
            message = format!("{message} (line {line}, column {column})");
        }
        if let Some(help) = &diagnostic.help {
            message = format!("{message}\nhelp: {help}");
        }
        Self {
            code: code_of(diagnostic.code),
            message,
            status: diagnostic.code.gqlstatus(),
        }
    }
}

/// The line and the column of an error in its statement, from 1.
pub(super) fn place(error: &Error) -> Option<(usize, usize)> {
    let span = error.span()?;
    Some(error.text()?.line_column(span.start))
}

/// The code of Neo4j for a code.
fn code_of(code: Code) -> &'static str {
    match code {
        Code::TransactionConflict => "Neo.TransientError.Transaction.Outdated",
        Code::WriterBusy => "Neo.TransientError.Transaction.LockAcquisitionTimeout",
        Code::ReadOnly => "Neo.ClientError.Statement.AccessMode",
        Code::TimeLimit => "Neo.ClientError.Transaction.TransactionTimedOut",
        Code::ProcedureNotFound => "Neo.ClientError.Procedure.ProcedureNotFound",
        Code::SchemaExists => "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
        Code::ConstraintViolation | Code::DeleteConnectedNode => {
            "Neo.ClientError.Schema.ConstraintValidationFailed"
        }
        other => code_of_class(other.class()),
    }
}

fn code_of_class(class: Class) -> &'static str {
    match class {
        Class::SyntaxError => "Neo.ClientError.Statement.SyntaxError",
        Class::SemanticError => "Neo.ClientError.Statement.SemanticError",
        Class::ParameterMissing => "Neo.ClientError.Statement.ParameterMissing",
        Class::ConstraintVerificationFailed | Class::ConstraintValidationFailed => {
            "Neo.ClientError.Schema.ConstraintValidationFailed"
        }
        Class::SchemaError => "Neo.ClientError.Statement.ExecutionFailed",
        Class::EntityNotFound => "Neo.ClientError.Statement.EntityNotFound",
        Class::PropertyNotFound => "Neo.ClientError.Statement.PropertyNotFound",
        Class::LabelNotFound => "Neo.ClientError.Statement.LabelNotFound",
        Class::TypeError => "Neo.ClientError.Statement.TypeError",
        Class::ArgumentError => "Neo.ClientError.Statement.ArgumentError",
        Class::ArithmeticError => "Neo.ClientError.Statement.ArithmeticError",
        Class::ProcedureError => "Neo.ClientError.Procedure.ProcedureCallFailed",
        Class::LimitExceeded => "Neo.ClientError.Statement.ExecutionFailed",
        Class::Interrupted => "Neo.ClientError.Transaction.TransactionTerminated",
        Class::TransactionError => "Neo.ClientError.Transaction.TransactionValidationFailed",
        Class::LoadError => "Neo.ClientError.Statement.ExternalResourceFailed",
        Class::SaveError => "Neo.DatabaseError.Transaction.TransactionCommitFailed",
        Class::InternalError => "Neo.DatabaseError.General.UnknownError",
        Class::ProtocolError => "Neo.ClientError.Request.Invalid",
        Class::Warning => "Neo.ClientNotification.Statement.FeatureDeprecationWarning",
    }
}

/// A warning as a client sees it.
#[derive(Debug)]
pub(super) struct Notification {
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) severity: &'static str,
    pub(super) category: &'static str,
    pub(super) description: String,
    /// The offset, the line and the column.
    pub(super) position: Option<(u32, usize, usize)>,
}

/// The warnings about a statement.
pub(super) fn notification(warning: &Diagnostic, source: &Source) -> Notification {
    debug_assert_eq!(warning.severity(), Severity::Warning);
    let (code, title, severity, category) = match warning.code {
        Code::UnknownLabel => (
            "Neo.ClientNotification.Statement.UnknownLabelWarning",
            "The provided label is not in the database.",
            "WARNING",
            "UNRECOGNIZED",
        ),
        Code::UnknownRelationshipType => (
            "Neo.ClientNotification.Statement.UnknownRelationshipTypeWarning",
            "The provided relationship type is not in the database.",
            "WARNING",
            "UNRECOGNIZED",
        ),
        Code::UnknownPropertyKey => (
            "Neo.ClientNotification.Statement.UnknownPropertyKeyWarning",
            "The provided property key is not in the database.",
            "WARNING",
            "UNRECOGNIZED",
        ),
        Code::CartesianProduct => (
            "Neo.ClientNotification.Statement.CartesianProduct",
            "This query builds a cartesian product between disconnected patterns.",
            "INFORMATION",
            "PERFORMANCE",
        ),
        _ => (
            "Neo.ClientNotification.Statement.UnsatisfiableRelationshipTypeExpression",
            "The statement is legal, but probably not what was intended.",
            "INFORMATION",
            "GENERIC",
        ),
    };
    let position = warning.span.map(|span| {
        let (line, column) = source.line_column(span.start);
        (span.start, line, column)
    });
    let help = warning.help.as_ref();
    Notification {
        code,
        title,
        severity,
        category,
        description: match help {
            Some(help) => format!("{}; {help}", warning.message),
            None => warning.message.clone(),
        },
        position,
    }
}
