//! Describes what the grammar expected at the position of an error.

use super::{
    super::{grammar::Rule, tokens::TokenKind},
    failure::Failure,
};
use crate::syntax::{self, Keyword, KeywordClass};

/// Maximum number of alternatives in a message.
const LISTED: usize = 4;

/// True if a clause may begin or the statement may end.
pub(super) fn expects_clause(failure: &Failure<'_>) -> bool {
    let ends = [
        Rule::EOI,
        Rule::semicolon,
        Rule::set_operator,
        Rule::statement,
        Rule::query,
        Rule::single_query,
    ];
    // The grammar has this rule for every clause.
    let is_clause = |rule: &Rule| format!("{rule:?}").ends_with("_clause");
    failure.expects(&ends) || failure.expected().iter().any(is_clause)
}

/// The alternatives at this position as a list in words: a few, the likeliest first.
pub(super) fn words(failure: &Failure<'_>) -> String {
    let mut alternatives = Vec::new();
    if expects_operand(failure) {
        alternatives.push("an expression");
    }
    alternatives.extend(separator(failure));
    if follows_expression(failure) {
        alternatives.push("an operator");
    }
    let rules = ordered(failure).into_iter();
    for alternative in rules.filter_map(|rule| alternative_at(rule, failure)) {
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    if expects_clause(failure) {
        alternatives.truncate(LISTED - 1);
        alternatives.push(clause(failure));
    }
    alternatives.truncate(LISTED);
    listed(&alternatives)
}

/// True if an operand must follow; pest then has tried the rules of all operands.
fn expects_operand(failure: &Failure<'_>) -> bool {
    failure.expects(&[Rule::variable])
        && failure.expects(&[Rule::map])
        && !failure.expects(&[Rule::predicate])
}

/// True if an expression could continue here.
fn follows_expression(failure: &Failure<'_>) -> bool {
    let tails = [
        Rule::k_as,
        Rule::descending,
        Rule::k_then,
        Rule::k_end,
        Rule::case_branch,
        Rule::bar_free_predicate,
    ];
    failure.follows_operand() && (failure.expects(&tails) || separator(failure).is_some())
}

/// The description of a rule at this position.
fn alternative_at(rule: Rule, failure: &Failure<'_>) -> Option<&'static str> {
    let in_map = failure.open_bracket().is_some_and(|(open, _)| open == "{");
    match rule {
        Rule::name if in_map && failure.expects(&[Rule::close_curly]) => Some("a key"),
        Rule::map | Rule::variable | Rule::string | Rule::number if expects_operand(failure) => {
            None
        }
        Rule::k_match | Rule::k_call | Rule::k_set | Rule::k_with | Rule::k_delete
            if expects_clause(failure) =>
        {
            None
        }
        Rule::string if failure.expected().len() == 1 => Some("a string"),
        Rule::parameter
            if failure.expects(&[Rule::k_if, Rule::if_not_exists, Rule::reset_parameters]) =>
        {
            Some("a parameter such as `$x`")
        }
        Rule::property if failure.expected().len() > 3 => None,
        Rule::k_transaction if failure.expects(&[Rule::EOI]) => None,
        _ => alternative(rule),
    }
}

/// The rules, the most informative first.
fn ordered(failure: &Failure<'_>) -> Vec<Rule> {
    let mut rules = failure.expected().to_vec();
    rules.sort_by_key(|rule| weight(*rule));
    rules
}

fn weight(rule: Rule) -> u8 {
    match rule {
        Rule::close_round | Rule::close_square | Rule::close_curly => 1,
        Rule::expression
        | Rule::bar_free_expression
        | Rule::projection
        | Rule::projection_item
        | Rule::pattern
        | Rule::pattern_part
        | Rule::pattern_element
        | Rule::node_pattern => 0,
        Rule::k_as | Rule::relationship_pattern => 2,
        _ => 3,
    }
}

/// A comma, if an element of a bracketed list just ended.
fn separator(failure: &Failure<'_>) -> Option<&'static str> {
    let closes = failure.expects(&[Rule::close_square, Rule::close_curly, Rule::close_round])
        && !failure.expects(&[Rule::predicate, Rule::bar_free_predicate, Rule::length]);
    let (open, place) = failure.open_bracket()?;
    if !closes || !failure.follows_operand() {
        return None;
    }
    let mut before = failure
        .before()
        .skip_while(|(_, span)| span.end < place.start);
    let call = before.next().is_some_and(|(token, span)| {
        span.end == place.start
            && token
                .chars()
                .last()
                .is_some_and(|last| last.is_alphanumeric() || last == '_')
    });
    match open {
        "{" => Some("`,`"),
        "[" if !call => Some("`,`"),
        "(" if call => Some("`,`"),
        _ => None,
    }
}

fn clause(failure: &Failure<'_>) -> &'static str {
    if failure.at_start() {
        "a statement such as `MATCH (n) RETURN n`"
    } else if failure.expects(&[Rule::EOI]) && !failure.expects(&[Rule::set_operator]) {
        "the end of the statement"
    } else {
        "the next clause"
    }
}

fn listed(alternatives: &[&str]) -> String {
    match alternatives {
        [] => "something else".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The description of a rule; `None` for rules of clauses, operators and look-ahead.
fn alternative(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::expression
        | Rule::bar_free_expression
        | Rule::projection
        | Rule::projection_item
        | Rule::sort_item
        | Rule::set_property
        | Rule::property_target => "an expression",
        Rule::pattern | Rule::pattern_part | Rule::pattern_element | Rule::node_pattern => {
            "a node such as `(n:Label)`"
        }
        Rule::relationship_pattern => "a relationship",
        Rule::relationship_detail => "`[`",
        Rule::dash => "`-`",
        Rule::right_head => "`>`",
        Rule::label_expression | Rule::bar_free_labels | Rule::label_term => "a label",
        Rule::value_type | Rule::type_term | Rule::type_list | Rule::type_name => "a type",
        Rule::name | Rule::variable | Rule::dotted_name | Rule::yield_item => "a name",
        Rule::schema_subject | Rule::schema_node => "a pattern such as `(n:Label)`",
        Rule::schema_properties | Rule::schema_property => "a property such as `n.name`",
        Rule::schema_name => "a name",
        Rule::map_entry => "a key",
        Rule::map | Rule::open_curly => "`{`",
        Rule::open_round => "`(`",
        Rule::close_round => "`)`",
        Rule::close_square => "`]`",
        Rule::close_curly => "`}`",
        Rule::colon => "`:`",
        Rule::comma => "`,`",
        Rule::assign => "`=`",
        Rule::bar => "`|`",
        Rule::dots => "`..`",
        Rule::property => "a property such as `.name`",
        Rule::length => "a length such as `*1..3`",
        Rule::predicate | Rule::bar_free_predicate | Rule::k_where => "`WHERE`",
        Rule::order_by => "`ORDER BY`",
        Rule::case_branch | Rule::k_when => "`WHEN`",
        Rule::case_otherwise => "`ELSE`",
        Rule::merge_action | Rule::k_on => "`ON`",
        Rule::yield_ | Rule::k_yield => "`YIELD`",
        Rule::skip_ => "`SKIP`",
        Rule::limit => "`LIMIT`",
        other => return keyword(other),
    })
}

/// The keyword of a rule; `None` if the rule is not a keyword.
fn keyword(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::k_as => "`AS`",
        Rule::k_by => "`BY`",
        Rule::k_constraint => "`CONSTRAINT`",
        Rule::k_constraints => "`CONSTRAINTS`",
        Rule::k_databases => "`DATABASES`",
        Rule::k_each => "`EACH`",
        Rule::k_functions => "`FUNCTIONS`",
        Rule::k_if | Rule::if_exists | Rule::if_not_exists => "`IF`",
        Rule::k_index => "`INDEX`",
        Rule::k_indexes => "`INDEXES`",
        Rule::demand_is => "`IS`",
        Rule::k_key => "`KEY`",
        Rule::k_procedures => "`PROCEDURES`",
        Rule::k_require => "`REQUIRE`",
        Rule::k_settings => "`SETTINGS`",
        Rule::k_transactions => "`TRANSACTIONS`",
        Rule::k_unique => "`UNIQUE`",
        Rule::k_end => "`END`",
        Rule::k_in => "`IN`",
        Rule::k_match | Rule::on_match => "`MATCH`",
        Rule::on_create => "`CREATE`",
        Rule::k_null | Rule::null => "`NULL`",
        Rule::k_set => "`SET`",
        Rule::session_value => "`VALUE`",
        Rule::session_time_zone | Rule::reset_time_zone | Rule::k_time => "`TIME ZONE`",
        Rule::session_graph | Rule::k_graph => "`GRAPH`",
        Rule::session_schema | Rule::k_schema => "`SCHEMA`",
        Rule::session_reset => "`RESET`",
        Rule::session_close => "`CLOSE`",
        Rule::reset_parameters => "`PARAMETERS`",
        Rule::k_transaction => "`TRANSACTION`",
        Rule::k_then => "`THEN`",
        Rule::k_with => "`WITH`",
        Rule::k_delete => "`DELETE`",
        Rule::k_call => "`CALL`",
        Rule::distinct => "`DISTINCT`",
        Rule::descending => "`DESC`",
        _ => return None,
    })
}

/// The keywords that were expected.
pub(super) fn keywords(failure: &Failure<'_>) -> Vec<&'static str> {
    let mut keywords: Vec<_> = failure
        .expected()
        .iter()
        .filter_map(|rule| alternative(*rule))
        .filter_map(|alternative| alternative.strip_prefix('`')?.strip_suffix('`'))
        .filter(|keyword| keyword.starts_with(|first: char| first.is_ascii_uppercase()))
        .map(|keyword| keyword.split(' ').next().unwrap_or(keyword))
        .collect();
    if expects_clause(failure) {
        keywords.extend(known(Keyword::begins_clause));
    }
    if failure.at_start() {
        keywords.extend(known(|keyword| keyword.class == KeywordClass::Command));
    }
    if failure.follows_operand() {
        keywords.extend(known(|keyword| keyword.class == KeywordClass::Operator));
    }
    keywords
}

fn known(filter: impl Fn(&Keyword) -> bool) -> impl Iterator<Item = &'static str> {
    let fitting = syntax::keywords()
        .iter()
        .filter(move |keyword| filter(keyword));
    fitting.map(|keyword| keyword.word)
}

/// The words that end a statement about a transaction.
const ENDED: [&str; 5] = ["BEGIN", "COMMIT", "ROLLBACK", "TRANSACTION", "WORK"];

/// The help for errors that no other function recognises.
pub(super) fn help(failure: &Failure<'_>) -> Option<String> {
    let alone = failure.word(-1).is_some_and(|word| ENDED.contains(&&*word));
    if alone && failure.expects(&[Rule::EOI]) {
        return Some("end it with `;`".to_owned());
    }
    let follows_as = failure.is_word(-2, "AS") && failure.kind(-1) == Some(TokenKind::Keyword);
    if follows_as {
        return Some(format!(
            "write an alias after `AS`; here `{}` is the alias",
            failure.token(-1)
        ));
    }
    None
}
