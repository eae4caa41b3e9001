//! GQL-status objects: what the outcome of a statement tells a program (GQL 4.9.2, clause 23).

use crate::base::{Diagnostic, Severity, Span};

/// A condition that a statement has led to: success, no data, a warning or an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    code: &'static str,
    diagnostic: Option<Diagnostic>,
}

impl Status {
    /// The status of a statement that has run: of an answer with rows, of one that returns nothing, and of one without rows.
    #[must_use]
    pub fn of_answer(returns: bool, has_rows: bool) -> Self {
        let code = match (returns, has_rows) {
            (false, _) => "00001",
            (true, true) => "00000",
            (true, false) => "02000",
        };
        let diagnostic = None;
        Self { code, diagnostic }
    }

    /// The status of an error or a warning.
    #[must_use]
    pub fn of_diagnostic(diagnostic: &Diagnostic) -> Self {
        Self {
            code: diagnostic.code.gqlstatus(),
            diagnostic: Some(diagnostic.clone()),
        }
    }

    /// The GQLSTATUS code: two characters of the class and three of the subclass.
    #[must_use]
    pub fn gqlstatus(&self) -> &'static str {
        self.code
    }

    /// The condition in words: `error: data exception - division by zero`.
    #[must_use]
    pub fn description(&self) -> String {
        let severity = match self.severity() {
            None => "note",
            Some(Severity::Warning) => "warning",
            Some(Severity::Error) => "error",
        };
        let known = CONDITIONS.iter().find(|(code, _)| *code == self.code);
        let subclass = match (known, &self.diagnostic) {
            (Some((_, text)), _) => Some((*text).to_owned()),
            (None, Some(diagnostic)) => Some(words(diagnostic.code.detail())),
            (None, None) => None,
        };
        let class = class(&self.code[..2]);
        match subclass {
            Some(subclass) => format!("{severity}: {class} - {subclass}"),
            None => format!("{severity}: {class}"),
        }
    }

    /// The message; `None` without an error or a warning.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        Some(&self.diagnostic.as_ref()?.message)
    }

    /// How to fix it.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.diagnostic.as_ref()?.help.as_deref()
    }

    /// The place in the text, in bytes.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.diagnostic.as_ref()?.span
    }

    /// Whether it is an error or a warning; `None` if it is neither.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.diagnostic.as_ref().map(Diagnostic::severity)
    }
}

/// The condition of a class of codes.
fn class(code: &str) -> &'static str {
    match code {
        "00" => "successful completion",
        "01" => "warning",
        "02" => "no data",
        "08" => "connection exception",
        "22" => "data exception",
        "25" => "invalid transaction state",
        "40" => "transaction rollback",
        "42" => "syntax error or access rule violation",
        "54" => "limit exceeded",
        "57" => "operator intervention",
        "G1" => "dependent object error",
        "G2" => "graph type violation",
        _ => "internal error",
    }
}

/// The conditions of the standard that have a subclass.
const CONDITIONS: &[(&str, &str)] = &[
    ("00001", "omitted result"),
    ("22003", "numeric value out of range"),
    ("22007", "invalid date, time, or datetime format"),
    ("22012", "division by zero"),
    ("22018", "invalid character value for cast"),
    ("22G03", "invalid value type"),
    ("22G0U", "reference value, referent deleted"),
    ("22G0Z", "malformed path"),
    ("25G03", "read-only GQL-transaction"),
    ("42001", "invalid syntax"),
    ("42002", "invalid reference"),
    ("G1001", "edges still exist"),
];

/// `UnknownLabel` as `unknown label`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Code;

    #[test]
    fn a_condition_has_words() {
        let told = |status: Status| format!("{} {}", status.gqlstatus(), status.description());
        let of = |code| Status::of_diagnostic(&Diagnostic::whole(code, ""));
        for (status, expected) in [
            (
                Status::of_answer(true, true),
                "00000 note: successful completion",
            ),
            (
                Status::of_answer(false, false),
                "00001 note: successful completion - omitted result",
            ),
            (Status::of_answer(true, false), "02000 note: no data"),
            (
                of(Code::DivisionByZero),
                "22012 error: data exception - division by zero",
            ),
            (
                of(Code::UnknownLabel),
                "01N50 warning: warning - unknown label",
            ),
            (
                of(Code::RowLimit),
                "54000 error: limit exceeded - row limit",
            ),
        ] {
            assert_eq!(told(status), expected);
        }
    }

    #[test]
    fn each_class_of_codes_has_words() {
        for code in Code::ALL {
            let status = code.gqlstatus();
            let is_internal = *code == Code::InternalError;
            assert_eq!(
                class(&status[..2]) == "internal error",
                is_internal,
                "{status}"
            );
        }
    }
}
