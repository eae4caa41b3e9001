//! A cursor over pest pairs; no other code steps through them.

use pest::iterators::Pairs;

use super::{Result, grammar::Rule};
use crate::base::Span;

/// A rule and the text it matched.
pub(super) type Pair<'i> = pest::iterators::Pair<'i, Rule>;

/// The parts of a pair in order. Skips keywords and closing brackets, which the rule already implies.
pub(super) struct Cursor<'i> {
    pairs: Pairs<'i, Rule>,
}

impl<'i> Cursor<'i> {
    /// The parts of `pair`.
    pub(super) fn inside(pair: Pair<'i>) -> Self {
        Self {
            pairs: pair.into_inner(),
        }
    }

    /// The rule of the next part.
    pub(super) fn peek(&mut self) -> Option<Rule> {
        loop {
            let rule = self.pairs.peek()?.as_rule();
            if !is_filler(rule) {
                return Some(rule);
            }
            self.pairs.next();
        }
    }

    /// The next part.
    pub(super) fn next(&mut self) -> Option<Pair<'i>> {
        self.pairs.find(|pair| !is_filler(pair.as_rule()))
    }

    /// The next part, if it is of `rule`.
    pub(super) fn eat(&mut self, rule: Rule) -> Option<Pair<'i>> {
        if self.peek() == Some(rule) {
            self.pairs.next()
        } else {
            None
        }
    }

    /// True if the next part is of `rule`; the part is then skipped.
    pub(super) fn flag(&mut self, rule: Rule) -> bool {
        self.eat(rule).is_some()
    }

    /// The next part, which the grammar guarantees.
    pub(super) fn need(&mut self) -> Pair<'i> {
        self.next().expect("the grammar demands a part here")
    }

    /// Builds an item from each of the next parts that are of `rule`.
    pub(super) fn each<T>(
        &mut self,
        rule: Rule,
        mut build: impl FnMut(Pair<'i>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while let Some(pair) = self.eat(rule) {
            items.push(build(pair)?);
        }
        Ok(items)
    }

    /// Builds an item from each remaining part.
    pub(super) fn rest<T>(
        &mut self,
        mut build: impl FnMut(Pair<'i>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while let Some(pair) = self.next() {
            items.push(build(pair)?);
        }
        Ok(items)
    }
}

/// The span of a pair that does not end in an optional part. The span of another pair may include the whitespace after
/// it: see [`trimmed`].
pub(super) fn place(pair: &Pair<'_>) -> Span {
    let span = pair.as_span();
    Span::new(span.start(), span.end())
}

/// The span of a pair without trailing whitespace and comments.
pub(super) fn trimmed(pair: &Pair<'_>, text: &str) -> Span {
    let span = place(pair);
    let end = span.end as usize;
    let inside = pair.as_str();
    if end < text.len() && !inside.ends_with(is_blank) && !inside.ends_with("*/") {
        return span;
    }
    let from = last_part_end(pair).unwrap_or(span.start as usize);
    Span::new(span.start as usize, token_end(text, from, end))
}

/// The end of the last innermost part.
fn last_part_end(pair: &Pair<'_>) -> Option<usize> {
    let mut last = pair.clone().into_inner().next_back()?;
    while let Some(inner) = last.clone().into_inner().next_back() {
        last = inner;
    }
    Some(last.as_span().end())
}

/// The end of the last token between two positions that have no string and no quoted name between them.
fn token_end(text: &str, from: usize, to: usize) -> usize {
    let (mut at, mut end) = (from, from);
    while let Some(next) = text[at..to].chars().next() {
        let rest = &text[at..to];
        if rest.starts_with("//") {
            at += rest.find(['\n', '\r']).unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |close| close + 2);
        } else {
            at += next.len_utf8();
            if !is_blank(next) {
                end = at;
            }
        }
    }
    end
}

/// True if a character is whitespace in the grammar.
pub(super) fn is_blank(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{1C}'..='\u{1F}' | '\u{FEFF}')
}

/// True for keywords and brackets that carry no information.
fn is_filler(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::k_as
            | Rule::k_by
            | Rule::k_call
            | Rule::k_cast
            | Rule::k_case
            | Rule::k_count
            | Rule::k_create
            | Rule::k_constraint
            | Rule::k_constraints
            | Rule::k_current
            | Rule::k_databases
            | Rule::k_drop
            | Rule::k_each
            | Rule::k_executable
            | Rule::k_functions
            | Rule::k_if
            | Rule::k_index
            | Rule::k_indexes
            | Rule::k_key
            | Rule::k_options
            | Rule::k_procedures
            | Rule::k_require
            | Rule::k_settings
            | Rule::k_show
            | Rule::k_transactions
            | Rule::k_unique
            | Rule::k_user
            | Rule::k_cypher
            | Rule::k_delete
            | Rule::k_directed
            | Rule::k_keep
            | Rule::k_labeled
            | Rule::k_of
            | Rule::k_typed
            | Rule::double_colon
            | Rule::k_else
            | Rule::k_end
            | Rule::k_ends
            | Rule::k_filter
            | Rule::k_finish
            | Rule::k_first
            | Rule::k_for
            | Rule::k_foreach
            | Rule::k_from
            | Rule::k_group
            | Rule::k_in
            | Rule::k_insert
            | Rule::k_is
            | Rule::demand_is
            | Rule::k_last
            | Rule::k_load
            | Rule::k_csv
            | Rule::k_headers
            | Rule::k_fieldterminator
            | Rule::k_let
            | Rule::k_limit
            | Rule::k_list
            | Rule::k_match
            | Rule::k_merge
            | Rule::k_nodetach
            | Rule::k_normalized
            | Rule::k_null
            | Rule::k_nulls
            | Rule::k_on
            | Rule::k_order
            | Rule::k_paths
            | Rule::k_concurrent
            | Rule::k_error
            | Rule::k_report
            | Rule::k_rows
            | Rule::k_status
            | Rule::k_graph
            | Rule::k_parameter
            | Rule::k_property
            | Rule::k_reset
            | Rule::k_schema
            | Rule::k_session
            | Rule::k_time
            | Rule::k_zone
            | Rule::k_read
            | Rule::k_all_reduce
            | Rule::k_reduce
            | Rule::k_release
            | Rule::k_savepoint
            | Rule::k_to
            | Rule::k_write
            | Rule::k_begin
            | Rule::k_rollback
            | Rule::k_start
            | Rule::k_transaction
            | Rule::k_work
            | Rule::k_remove
            | Rule::k_return
            | Rule::k_set
            | Rule::k_skip
            | Rule::k_starts
            | Rule::k_then
            | Rule::k_trim
            | Rule::k_unwind
            | Rule::k_use
            | Rule::k_value
            | Rule::slash
            | Rule::k_when
            | Rule::k_where
            | Rule::k_with
            | Rule::k_yield
            | Rule::ascending
            | Rule::dash
            | Rule::bar
            | Rule::comma
            | Rule::colon
            | Rule::assign
            | Rule::open_round
            | Rule::open_curly
            | Rule::close_round
            | Rule::close_square
            | Rule::close_curly
            | Rule::semicolon
            | Rule::EOI
    )
}
