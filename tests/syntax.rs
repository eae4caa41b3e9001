//! Parsing, printing and the errors of syntax, through the public functions of `relata::syntax`.

#[path = "syntax/tck.rs"]
mod tck;

use relata::syntax::parse;

/// Errors of the TCK that the text alone shows.
const OF_SYNTAX: &[&str] = &[
    "UnexpectedSyntax",
    "InvalidNumberLiteral",
    "IntegerOverflow",
    "FloatingPointOverflow",
    "InvalidUnicodeLiteral",
    "InvalidUnicodeCharacter",
    "InvalidRelationshipPattern",
];

#[test]
fn queries_of_the_tck_parse_unless_their_syntax_is_wrong() {
    let Some(queries) = tck::queries() else {
        return;
    };
    let mut wrong = Vec::new();
    for query in &queries {
        let expected = query
            .error
            .as_deref()
            .filter(|error| OF_SYNTAX.contains(error));
        let found = parse(&query.text).err();
        if expected != found.as_ref().map(|error| error.code.detail()) {
            wrong.push(format!(
                "{}\n{}\nexpected {expected:?}, found {found:#?}",
                query.place, query.text
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        queries.len(),
        wrong.join("\n\n")
    );
}
