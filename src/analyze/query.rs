//! Whole queries: sequences of clauses, and the order of clauses.

use std::{collections::HashSet, iter};

use crate::{
    analyze::{
        Analyzer, Result,
        conjunction::{Chain, check_conjunctions},
        flow::{Flow, Outcome, Start},
        scope::Scope,
    },
    base::{Code, Diagnostic, Span},
    syntax::ast::{self, Clause},
};

impl Analyzer<'_> {
    /// Analyses a query that starts with the names of `scope`.
    pub(super) fn query(&mut self, query: &ast::Query, scope: &Scope) -> Result<Outcome> {
        self.query_from(query, Start::Leaf(scope))
    }

    fn query_from(&mut self, query: &ast::Query, start: Start<'_>) -> Result<Outcome> {
        check_conjunctions(query)?;
        let parts: Vec<_> = iter::once(&query.first)
            .chain(query.rest.iter().map(|(_, part)| part))
            .collect();
        let conjunctions: Vec<_> = query.rest.iter().map(|(between, _)| *between).collect();
        self.chain(Chain {
            parts: &parts,
            conjunctions: &conjunctions,
            start,
        })
    }

    /// Analyses one query from the rows of `start`.
    pub(super) fn single(&mut self, query: &ast::SingleQuery, start: Start<'_>) -> Result<Outcome> {
        if let [Clause::Braced(braced)] = query.clauses.as_slice() {
            return self.query_from(&braced.query, start);
        }
        let leaf = self.leaf();
        let flow = self.started(start, leaf, query.span);
        self.single_query(query, flow)
    }

    /// Analyses the clauses of a query from the rows of `flow`.
    pub(super) fn single_query(
        &mut self,
        query: &ast::SingleQuery,
        mut flow: Flow,
    ) -> Result<Outcome> {
        check_order(query, self.open_end)?;
        match query.clauses.as_slice() {
            [Clause::Call(call)] => return self.standalone_call(call, flow),
            [Clause::When(when)] => return self.when_query(when, flow),
            [Clause::Schema(schema)] => return Ok(self.schema_clause(schema, flow)),
            [Clause::Show(show), rest @ ..] => return self.show_clause(show, rest, flow),
            _ => {}
        }
        let mut columns = None;
        for (position, clause) in query.clauses.iter().enumerate() {
            self.trailing = match clause {
                Clause::With(_) => self.trailing_names(&query.clauses[position..]),
                _ => Vec::new(),
            };
            if let Clause::Return(return_clause) = clause {
                let (next, returned) = self.return_clause(flow, return_clause)?;
                flow = next;
                columns = Some(returned);
            } else {
                flow = self.clause(flow, clause)?;
            }
        }
        Ok(Outcome {
            plan: flow.plan,
            columns,
        })
    }
}

impl Analyzer<'_> {
    /// The outer names that the first of these clauses, or a later one, mentions. A clause is searched as text, so that a name
    /// may be found that is none; it is then kept for nothing.
    fn trailing_names(&self, clauses: &[Clause]) -> Vec<String> {
        if self.imports.is_empty() {
            return Vec::new();
        }
        let text: Vec<_> = clauses.iter().map(Clause::to_string).collect();
        let text = text.join(" ");
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let words: HashSet<&str> = text.split(|letter| !is_part(letter)).collect();
        let names = self.imports.names().map(|(name, _)| name);
        let mentioned = names.filter(|name| match name.chars().all(is_part) {
            true => words.contains(name),
            false => text.contains(name),
        });
        mentioned.map(str::to_owned).collect()
    }
}

/// Checks the order of clauses: `RETURN` and `FINISH` are last, and the last clause is not one that only reads, such as
/// `MATCH`, `UNWIND`, `WITH` or `CALL … YIELD` (unless it is the only clause, or the end is open).
fn check_order(query: &ast::SingleQuery, open_end: bool) -> Result<()> {
    let Some((last, before)) = query.clauses.split_last() else {
        return Ok(());
    };
    for clause in before {
        if matches!(clause, Clause::Return(_) | Clause::Finish(_)) {
            return Err(Box::new(after_return(clause, last)));
        }
    }
    match last {
        _ if open_end => Ok(()),
        Clause::Call(call) if !before.is_empty() && call.yields.is_some() => Err(unfinished(last)),
        last if !last.can_be_last() => Err(unfinished(last)),
        _ => Ok(()),
    }
}

/// The error of a last clause that only reads.
fn unfinished(last: &Clause) -> Box<Diagnostic> {
    let diagnostic = compose(last.span(), "a query cannot end with this clause");
    Box::new(diagnostic.help("add a `RETURN`"))
}

/// The error of a clause after `RETURN` or `FINISH`.
fn after_return(clause: &Clause, last: &Clause) -> Diagnostic {
    let (word, help) = match (clause, last) {
        (Clause::Return(_), Clause::OrderBy(_)) => (
            "RETURN",
            "write them in this order: `ORDER BY … SKIP … LIMIT …`",
        ),
        (Clause::Return(_), _) => ("RETURN", "write `WITH` instead of this `RETURN`"),
        _ => ("FINISH", "write the clause before `FINISH`"),
    };
    compose(clause.span(), &format!("no clause can follow `{word}`")).help(help)
}

fn compose(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidClauseComposition, span, message)
}
