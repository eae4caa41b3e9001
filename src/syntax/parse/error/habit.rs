//! Explains the syntax of other languages and small errors in openCypher.

use super::{
    super::{grammar::Rule, tokens::TokenKind},
    expected,
    failure::Failure,
};
use crate::base::{Code, Diagnostic, did_you_mean};

/// The diagnostic if the intended syntax is recognised.
pub(super) fn explain(failure: &Failure<'_>) -> Option<Diagnostic> {
    let help = operator(failure)
        .or_else(|| command(failure))
        .or_else(|| clause(failure))
        .or_else(|| order(failure))
        .or_else(|| predicate(failure))
        .or_else(|| name(failure))
        .or_else(|| pattern(failure))
        .or_else(|| comma(failure));
    if let Some(help) = help {
        let message = format!(
            "expected {}, found {}",
            expected::words(failure),
            failure.found()
        );
        return Some(Diagnostic::new(Code::UnexpectedSyntax, failure.span(), message).help(help));
    }
    misspelt(failure)
}

/// Operators of other languages.
fn operator(failure: &Failure<'_>) -> Option<&'static str> {
    Some(match failure.token(0) {
        "==" => "write `=` to compare",
        "!=" => "write `<>` for different values",
        "&&" => "write `AND`",
        "!" => "write `NOT`",
        "|" | "&" if failure.kind(-1) == Some(TokenKind::Label) => {
            "write `&` instead of `:` in an expression with `|`: `:A&B|C`"
        }
        "&" | "|" if failure.follows_operand() => "write `AND` or `OR` between predicates",
        "=" if failure.expects(&[Rule::colon]) => "write `name: value` in a map",
        ":" if failure.token(-1) == ":" => {
            "write functions for casts: `toInteger(x)`, `toString(x)`, `date(x)`"
        }
        "+=" => "use `SET` to add properties: `SET n += {name: 'A'}`",
        _ => return None,
    })
}

/// Clauses of SQL and GQL.
fn clause(failure: &Failure<'_>) -> Option<&'static str> {
    if !expected::expects_clause(failure) {
        return None;
    }
    Some(match &*failure.word(0)? {
        "SELECT" => "write `MATCH (n:Label) RETURN n.name`",
        "FROM" | "JOIN" | "INNER" | "LEFT" | "RIGHT" | "OUTER" | "CROSS" => {
            "write a pattern: `MATCH (a:Label)-[:TYPE]->(b)`"
        }
        "HAVING" => "filter the result of an aggregate with `WITH n, count(*) AS c WHERE c > 1`",
        "UPDATE" => "write `MATCH (n:Label) SET n.name = 'A'`",
        "WHERE" if returns(failure) => {
            "put `WHERE` before `RETURN`, or filter with `WITH … WHERE …` first"
        }
        "TOP" | "FETCH" => "write `LIMIT 10` at the end",
        "ALTER" | "TRUNCATE" => "write `MATCH (n:Label) DETACH DELETE n` to delete nodes",
        "DESCRIBE" | "DESC" | "PRAGMA" => {
            "write `SHOW INDEXES` or `SHOW FUNCTIONS`, or call a procedure: `CALL db.schema()`"
        }
        "GO" | "END" => "end a statement with `;`",
        _ if failure.token(-1) == ";" => "run one statement at a time",
        _ => return None,
    })
}

/// What there is nothing of to show or to drop.
fn command(failure: &Failure<'_>) -> Option<&'static str> {
    if !failure.at_second() {
        return None;
    }
    match failure.word(-1)?.as_ref() {
        "SHOW" => Some(
            "write `SHOW INDEXES`, `SHOW CONSTRAINTS`, `SHOW FUNCTIONS`, `SHOW PROCEDURES`, `SHOW SETTINGS`, `SHOW TRANSACTIONS` or `SHOW DATABASES`; `CALL db.schema()` lists labels and types",
        ),
        "DROP" => Some(
            "write `DROP INDEX name` or `DROP CONSTRAINT name`; `MATCH (n:Label) DETACH DELETE n` deletes nodes",
        ),
        _ => None,
    }
}

fn returns(failure: &Failure<'_>) -> bool {
    let mut clauses = failure
        .before()
        .filter_map(|(token, _)| match &*token.to_uppercase() {
            "RETURN" => Some(true),
            "WITH" | "MATCH" | "YIELD" => Some(false),
            _ => None,
        });
    clauses.next_back().unwrap_or(false)
}

/// `LIMIT` before `SKIP` or `ORDER BY`, or `SKIP` before `ORDER BY`.
fn order(failure: &Failure<'_>) -> Option<&'static str> {
    let word = failure.word(0)?;
    let late = matches!(&*word, "ORDER" | "SKIP" | "OFFSET");
    let after = failure.before().any(|(token, _)| {
        token.eq_ignore_ascii_case("limit") || word == "ORDER" && token.eq_ignore_ascii_case("skip")
    });
    (late && after).then_some("write them in this order: `ORDER BY … SKIP … LIMIT …`")
}

/// Predicates of SQL after an operand.
fn predicate(failure: &Failure<'_>) -> Option<&'static str> {
    let word = failure.word(0)?;
    if !failure.follows_operand() {
        return None;
    }
    Some(match &*word {
        "LIKE" | "ILIKE" | "SIMILAR" | "REGEXP" | "RLIKE" | "MATCHES" => {
            "write `CONTAINS`, `STARTS WITH`, `ENDS WITH`, or `=~` with a regular expression"
        }
        "BETWEEN" => "write `1 <= x <= 3`",
        "NOT" => "write `NOT` before the whole comparison: `NOT x IN list`",
        "EQUALS" | "EQ" => "write `=`",
        "MOD" => "write `%`",
        "DIV" => "write `/`; the quotient of two integers is an integer",
        "ISNULL" => "write `IS NULL`",
        "NOTNULL" => "write `IS NOT NULL`",
        "ELSEIF" | "ELSIF" | "ELIF" => "write another `WHEN … THEN …`",
        "ASCENDANT" | "DESCENDANT" => "write `ASC` or `DESC`",
        _ => return None,
    })
}

/// A string or a number in place of a name.
fn name(failure: &Failure<'_>) -> Option<&'static str> {
    let names = [
        Rule::name,
        Rule::label_expression,
        Rule::label_term,
        Rule::variable,
        Rule::map_entry,
    ];
    match failure.kind(0) {
        Some(TokenKind::String)
            if failure.expects(&names) && !failure.expects(&[Rule::expression]) =>
        {
            Some("write names without quotes, and names with special characters in back quotes")
        }
        Some(TokenKind::Number)
            if failure.expects(&names) && !failure.expects(&[Rule::expression]) =>
        {
            Some("put names that begin with a digit in back quotes")
        }
        _ => None,
    }
}

/// Nodes without parentheses, and arrows without a dash.
fn pattern(failure: &Failure<'_>) -> Option<&'static str> {
    let before = failure.word(-1).unwrap_or_default();
    if failure.word(0).is_some() && matches!(&*before, "MATCH" | "CREATE" | "INSERT" | "MERGE") {
        return Some("put nodes in round brackets: `(n:Label)`");
    }
    let arrow = failure.expects(&[Rule::relationship_pattern])
        && matches!(failure.token(0), "[" | "=" | ">");
    if arrow || failure.expects(&[Rule::dash, Rule::relationship_detail]) {
        return Some(
            "write relationships as `-[:TYPE]->`, `<-[:TYPE]-` or `-[:TYPE]-`, and without brackets as `-->`",
        );
    }
    let node = failure.expects(&[Rule::relationship_pattern]) && failure.token(0) == "(";
    node.then_some("connect the nodes by a relationship, or separate the patterns with a comma")
}

/// A trailing comma.
fn comma(failure: &Failure<'_>) -> Option<&'static str> {
    let ends = failure.at_end()
        || matches!(failure.token(0), ")" | "]" | "}" | ",")
        || failure.kind(0) == Some(TokenKind::Keyword)
            && failure.word(0).is_some_and(|word| word != "NOT");
    (failure.token(-1) == "," && ends).then_some("remove the comma, or add an item after it")
}

/// A misspelt keyword, at the error or just before it, where it was parsed as a name.
fn misspelt(failure: &Failure<'_>) -> Option<Diagnostic> {
    let keywords = expected::keywords(failure);
    let word = failure
        .word(0)
        .filter(|word| word.len() > 2 && !keywords.contains(&&**word));
    if let Some(word) = word
        && let Some(help) = did_you_mean(&word, keywords)
    {
        let message = format!(
            "expected {}, found {}",
            expected::words(failure),
            failure.found()
        );
        return Some(Diagnostic::new(Code::UnexpectedSyntax, failure.span(), message).help(help));
    }
    let before = failure
        .word(-1)
        .filter(|_| failure.kind(-1) == Some(TokenKind::Name))?;
    let help = did_you_mean(
        &before,
        [
            "DISTINCT", "NOT", "CASE", "OPTIONAL", "EXISTS", "COUNT", "COLLECT",
        ],
    )?;
    let message = format!(
        "expected {}, found {}",
        expected::words(failure),
        failure.found()
    );
    let place = failure.place(-1);
    Some(
        Diagnostic::new(Code::UnexpectedSyntax, failure.span(), message)
            .label(place, "read as a name")
            .help(help),
    )
}
