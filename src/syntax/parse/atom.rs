//! Operands: literals, names, lists, maps, calls and other delimited forms.

use super::{
    Result,
    cursor::{Cursor, Pair, place},
    grammar::Rule,
    literal,
    node::{Builder, name, refuse},
    standard,
};
use crate::{
    base::Code,
    syntax::ast::{
        Expr, ExprKind, Literal, MapProjectionItem, Name, Quantifier, ReduceBody, SubqueryKind,
    },
};

impl<'i> Builder<'i> {
    /// Builds an operand without its operators.
    pub(super) fn atom(&self, pair: Pair<'i>) -> Result<Expr> {
        let span = place(&pair);
        let kind = match pair.as_rule() {
            Rule::signed_number => return signed_number(pair),
            Rule::number if literal::is_decimal(&pair) => standard::decimal_literal(&pair, "")?,
            Rule::byte_string => standard::byte_string(pair)?,
            Rule::number => self.literal(literal::number(&pair, false)?, span),
            Rule::string => self.literal(Literal::String(literal::string(&pair)?), span),
            Rule::true_ => ExprKind::Literal(Literal::Boolean(true)),
            Rule::false_ => ExprKind::Literal(Literal::Boolean(false)),
            Rule::null => ExprKind::Literal(Literal::Null),
            Rule::parameter => ExprKind::Parameter(parameter(pair)),
            Rule::variable => ExprKind::Variable(name(&pair).text),
            Rule::parenthesized => self.condition(Cursor::inside(pair).need())?.kind,
            Rule::list => ExprKind::List(Cursor::inside(pair).rest(|item| self.expression(item))?),
            Rule::map => ExprKind::Map(Cursor::inside(pair).rest(|entry| self.map_entry(entry))?),
            Rule::list_comprehension => self.list_comprehension(pair)?,
            Rule::pattern_comprehension => self.pattern_comprehension(pair)?,
            Rule::pattern_expression => {
                ExprKind::Pattern(Box::new(self.chain(&mut Cursor::inside(pair))?))
            }
            Rule::quantifier => self.quantifier(pair)?,
            Rule::reduce | Rule::all_reduce => self.reduce(pair)?,
            Rule::case => self.case(pair)?,
            Rule::count_star => ExprKind::CountStar,
            Rule::subquery => self.subquery(pair)?,
            Rule::cast => self.cast(pair)?,
            Rule::trim_call => self.trim(pair)?,
            Rule::temporal_literal => standard::temporal_literal(pair)?,
            Rule::let_expression => return self.let_expression(pair),
            other => unreachable!("the grammar makes no operand of {other:?}"),
        };
        Ok(Expr { kind, span })
    }

    pub(super) fn boxed(&self, pair: Pair<'i>) -> Result<Box<Expr>> {
        self.expression(pair).map(Box::new)
    }

    fn optional_boxed(&self, pair: Option<Pair<'i>>) -> Result<Option<Box<Expr>>> {
        pair.map(|pair| self.boxed(pair)).transpose()
    }

    /// `a: 1`
    fn map_entry(&self, pair: Pair<'i>) -> Result<(Name, Expr)> {
        let mut parts = Cursor::inside(pair);
        Ok((name(&parts.need()), self.expression(parts.need())?))
    }

    /// `n {.name, .*, x: 1, y}`
    pub(super) fn map_projection(&self, operand: &Expr, mut parts: Cursor<'i>) -> Result<ExprKind> {
        let variable =
            written_name(operand).expect("the grammar lets only a name stand before a projection");
        let items = parts.rest(|item| self.projected(item))?;
        Ok(ExprKind::MapProjection(variable, items))
    }

    fn projected(&self, pair: Pair<'i>) -> Result<MapProjectionItem> {
        Ok(match pair.as_rule() {
            Rule::projected_all => MapProjectionItem::All(place(&pair)),
            Rule::projected_property => {
                MapProjectionItem::Property(name(&Cursor::inside(pair).need()))
            }
            Rule::map_entry => {
                let (key, value) = self.map_entry(pair)?;
                MapProjectionItem::Entry(key, value)
            }
            _ => MapProjectionItem::Variable(name(&pair)),
        })
    }

    fn list_comprehension(&self, pair: Pair<'i>) -> Result<ExprKind> {
        let mut parts = Cursor::inside(pair);
        Ok(ExprKind::ListComprehension {
            variable: name(&parts.need()),
            list: self.boxed(parts.need())?,
            predicate: self.optional_predicate(&mut parts)?.map(Box::new),
            map: self.optional_boxed(parts.next())?,
        })
    }

    fn pattern_comprehension(&self, pair: Pair<'i>) -> Result<ExprKind> {
        let mut parts = Cursor::inside(pair);
        Ok(ExprKind::PatternComprehension {
            variable: parts.eat(Rule::variable).map(|variable| name(&variable)),
            element: Box::new(self.chain(&mut parts)?),
            predicate: self.optional_predicate(&mut parts)?.map(Box::new),
            map: self.boxed(parts.need())?,
        })
    }

    fn quantifier(&self, pair: Pair<'i>) -> Result<ExprKind> {
        let mut parts = Cursor::inside(pair);
        Ok(ExprKind::Quantifier {
            quantifier: match parts.need().as_rule() {
                Rule::all => Quantifier::All,
                Rule::any => Quantifier::Any,
                Rule::none => Quantifier::None,
                _ => Quantifier::Single,
            },
            variable: name(&parts.need()),
            list: self.boxed(parts.need())?,
            predicate: self.optional_predicate(&mut parts)?.map(Box::new),
        })
    }

    /// `reduce(…)`, `allReduce(…)`
    fn reduce(&self, pair: Pair<'i>) -> Result<ExprKind> {
        let mut parts = Cursor::inside(pair);
        Ok(ExprKind::Reduce {
            accumulator: name(&parts.need()),
            init: self.boxed(parts.need())?,
            variable: name(&parts.need()),
            list: self.boxed(parts.need())?,
            body: Box::new(ReduceBody {
                next: self.expression(parts.need())?,
                test: parts.next().map(|test| self.condition(test)).transpose()?,
            }),
        })
    }

    fn case(&self, pair: Pair<'i>) -> Result<ExprKind> {
        let mut parts = Cursor::inside(pair);
        let inside = |part| Cursor::inside(part).need();
        let operand = self.optional_boxed(parts.eat(Rule::case_operand).map(inside))?;
        let branches = parts.each(Rule::case_branch, Ok)?;
        let otherwise = parts.eat(Rule::case_otherwise).map(inside);
        if branches.iter().any(standard::has_case_tests) {
            return self.case_of_tests(operand, branches, self.optional_boxed(otherwise)?);
        }
        let branches = branches.into_iter().map(|branch| {
            let mut parts = Cursor::inside(branch);
            let when = self.condition(parts.need())?;
            Ok((when, self.expression(parts.need())?))
        });
        Ok(ExprKind::Case {
            operand,
            branches: branches.collect::<Result<_>>()?,
            otherwise: self.optional_boxed(otherwise)?,
        })
    }

    /// `toUpper(s)`, `count(DISTINCT n)`, `duration.between(a, b)`
    pub(super) fn call(&self, callee: Expr, mut parts: Cursor<'i>) -> Result<ExprKind> {
        let function = self.dotted(callee)?;
        refuse_path_function(&function)?;
        let is =
            |word: &str| matches!(&function[..], [only] if only.text.eq_ignore_ascii_case(word));
        let asks = is("exists");
        let distinct = parts.flag(Rule::distinct);
        let arguments = parts.rest(|argument| match asks {
            true => self.condition(argument),
            false => self.expression(argument),
        })?;
        if self.gql.get() && is("sum") {
            return Ok(standard::sum_or_null(function, distinct, arguments));
        }
        standard::call(function, distinct, arguments)
    }

    /// The dotted name of a function, which the grammar parses as properties of a variable.
    fn dotted(&self, mut callee: Expr) -> Result<Vec<Name>> {
        let whole = callee.span;
        let bracketed = self.slice(whole).starts_with('(');
        let mut parts = Vec::new();
        while let ExprKind::Property(base, part) = callee.kind {
            parts.push(part);
            callee = *base;
        }
        let Some(first) = written_name(&callee).filter(|_| !bracketed) else {
            let message = "expected the name of a function before `(`, found an expression";
            let help = "write an operator between them, or the function as `name(arguments)`";
            return refuse(Code::UnexpectedSyntax, whole, message, help);
        };
        parts.push(first);
        parts.reverse();
        Ok(parts)
    }

    fn subquery(&self, pair: Pair<'i>) -> Result<ExprKind> {
        let mut parts = Cursor::inside(pair);
        let kind = match parts.need().as_rule() {
            Rule::exists => SubqueryKind::Exists,
            Rule::count => SubqueryKind::Count,
            Rule::collect => SubqueryKind::Collect,
            _ => SubqueryKind::Value,
        };
        let body = self.subquery_body(parts.need())?;
        Ok(ExprKind::Subquery(kind, Box::new(body)))
    }
}

fn signed_number(pair: Pair<'_>) -> Result<Expr> {
    let mut parts = Cursor::inside(pair);
    let (minus, number) = (parts.need(), parts.need());
    let kind = match literal::is_decimal(&number) {
        true => standard::decimal_literal(&number, "-")?,
        false => ExprKind::Literal(literal::number(&number, true)?),
    };
    let span = place(&minus).to(place(&number));
    Ok(Expr { kind, span })
}

/// `$x`: the name without the dollar sign.
pub(super) fn parameter(pair: Pair<'_>) -> Name {
    let span = place(&pair);
    Name {
        span,
        ..name(&Cursor::inside(pair).need())
    }
}

/// A variable as a name; `None` for any other expression.
fn written_name(expr: &Expr) -> Option<Name> {
    let ExprKind::Variable(text) = &expr.kind else {
        return None;
    };
    Some(Name {
        text: text.clone(),
        span: expr.span,
    })
}

/// Rejects `shortestPath` and `allShortestPaths` as functions: they are patterns.
fn refuse_path_function(function: &[Name]) -> Result<()> {
    let [only] = function else { return Ok(()) };
    if !["shortestpath", "allshortestpaths"].contains(&only.text.to_lowercase().as_str()) {
        return Ok(());
    }
    refuse(
        Code::UnexpectedSyntax,
        only.span,
        format!("`{}` is a pattern of `MATCH`, not a function", only.text),
        format!(
            "write `MATCH p = {}((a)-[*]-(b))` and then use `p`",
            only.text
        ),
    )
}
