//! Statements that differ only in lifted literals share a tree and a plan: see [`lift`](crate::syntax::lift).
//!
//! The plan is made from the first of these statements, so the spans of its errors are moved to where the same tokens are
//! in the present one. A statement whose shape cannot be analysed is analysed as it is written.

use std::sync::Arc;

use crate::{
    base::{Diagnostic, Span},
    engine::{
        cache::{Cache, Places},
        stack::SHALLOW,
    },
    syntax::{self, Lifted, ast},
    value::Value,
};

/// A statement with its literals as parameters.
pub(super) struct Shaped {
    /// The text without its literals.
    pub(super) shape: String,
    pub(super) tree: Arc<ast::Statement>,
    /// The values of the literals.
    pub(super) literals: Vec<Value>,
    /// The spans of the literals in the text of the tree.
    planned: Places,
    /// The spans in the present text.
    present: Vec<Span>,
}

/// The statement with lifted literals; `None` if it has none, or if it has to be analysed as it is written.
pub(super) fn shaped(cache: &mut Cache, text: &str) -> Option<Shaped> {
    if text.len() > SHALLOW {
        return None;
    }
    let lifted = syntax::lift(text)?;
    let (tree, planned) = match cache.shape(&lifted.shape) {
        Some((tree, places)) => (tree, places?),
        None => parsed(cache, text, &lifted)?,
    };
    let (present, literals): (Vec<_>, Vec<_>) = lifted.literals.into_iter().unzip();
    Some(Shaped {
        shape: lifted.shape,
        tree,
        literals: literals.into_iter().map(value).collect(),
        planned,
        present,
    })
}

/// Parses a text with lifted literals and caches its tree.
fn parsed(cache: &mut Cache, text: &str, lifted: &Lifted) -> Option<(Arc<ast::Statement>, Places)> {
    let places: Places = lifted.literals.iter().map(|(span, _)| *span).collect();
    let (tree, is_shared) = syntax::parse_lifted(text, &places).ok()?;
    let tree = Arc::new(tree);
    let places = Some(places).filter(|_| is_shared);
    cache.keep_shape(&lifted.shape, &tree, places.clone());
    Some((tree, places?))
}

fn value(literal: ast::Literal) -> Value {
    match literal {
        ast::Literal::Null => Value::Null,
        ast::Literal::Boolean(value) => Value::Boolean(value),
        ast::Literal::Integer(value) => Value::Integer(value),
        ast::Literal::Float(value) => Value::Float(value),
        ast::Literal::String(value) => Value::from(value.as_str()),
    }
}

impl Shaped {
    /// Moves the spans of a diagnostic from the text of the plan to the present text.
    pub(super) fn moved(&self, diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.moved(|span| Span {
            start: self.place(span.start),
            end: self.place(span.end),
        })
    }

    /// The present position of a position of the planned text, which is not inside of a literal.
    fn place(&self, at: u32) -> u32 {
        let before = self.planned.iter().take_while(|span| span.end <= at);
        match before.count().checked_sub(1) {
            None => at,
            Some(last) => self.present[last].end + (at - self.planned[last].end),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::Database;

    /// The first value of the answer, or the text that an error points at.
    fn first(database: &mut Database, text: &str) -> String {
        match database.query(text).run() {
            Ok(answer) => answer
                .rows()
                .next()
                .map_or(String::new(), |row| format!("{:?}", row.values()[0])),
            Err(error) => {
                let span = error.span().expect("the error has a place");
                format!("error at `{}`", &text[span.range()])
            }
        }
    }

    fn database() -> Database {
        let mut database = Database::empty();
        let create = "UNWIND range(1, 9) AS i CREATE (:A {i: i, s: 's' + i, zero: 0})";
        database.query(create).run().unwrap();
        database
    }

    #[test]
    fn statements_that_differ_in_constants_are_planned_once() {
        let mut database = database();
        let before = database.cache().len();
        for i in 1..=9 {
            let text = format!("MATCH (a:A {{i: {i}}}) WHERE a.s = 's{i}' RETURN a.i AS i");
            assert_eq!(first(&mut database, &text), format!("Integer({i})"));
        }
        assert_eq!(database.cache().len(), before + 1);
        let text = "MATCH (a:A {i: 'x'}) WHERE a.s = 's1' RETURN a.i AS i";
        assert_eq!(first(&mut database, text), "");
        assert_eq!(database.cache().len(), before + 2);
    }

    #[test]
    fn columns_have_the_names_of_the_present_text() {
        let mut database = database();
        for i in [3, 4] {
            let text = format!("MATCH (a:A {{i: {i}}}) RETURN a.s AS match, a.i = {i}");
            let answer = database.query(text).run().unwrap();
            let columns: Vec<_> = answer
                .columns()
                .iter()
                .map(|name| name.to_string())
                .collect();
            assert_eq!(columns, ["match".to_owned(), format!("a.i = {i}")]);
        }
    }

    #[test]
    fn an_error_points_into_the_present_text() {
        let mut database = database();
        for text in [
            "MATCH (a:A {i: 1}) RETURN 1 / a.zero AS x",
            "MATCH (a:A {i: 1}) WHERE a.s >= 's' RETURN 1 / a.zero AS x",
            "MATCH (a:A {i: 7}) WHERE a.s >= 'none at all' RETURN 1 / a.zero AS x",
            "MATCH (a:A) WHERE a.i <> 1234567 RETURN 1 / a.zero AS x",
            "MATCH (a:A) WHERE a.i <> 1 RETURN 1 / a.zero AS x",
        ] {
            let expected = "error at `1 / a.zero`";
            assert_eq!(first(&mut database, text), expected, "{text}");
        }
    }

    #[test]
    fn a_column_is_not_taken_for_another_comparison() {
        let mut database = database();
        for (text, expected) in [
            (
                "MATCH (a:A) WITH a, a.i = 5 AS y WHERE a.i = 5 RETURN count(*)",
                1,
            ),
            (
                "MATCH (a:A) WITH a, a.i = 5 AS y WHERE a.i = 6 RETURN count(*)",
                1,
            ),
            (
                "MATCH (a:A) WITH a.i = 5 AS y WHERE a.i = 5 RETURN count(*)",
                1,
            ),
            (
                "MATCH (a:A {i: 3}) WITH a, a.i = 5 AS y WHERE a.i = 3 RETURN count(*)",
                1,
            ),
        ] {
            let expected = format!("Integer({expected})");
            assert_eq!(first(&mut database, text), expected, "{text}");
        }
    }
}
