//! Expressions of ISO GQL that other expressions can say: tests, temporal literals, `TRIM`, `LET`, `CASE` with predicates.

use super::{
    Result,
    cursor::{Cursor, Pair, place},
    expr::{Operand, binary_expr, combined},
    grammar::Rule,
    literal,
    node::{Builder, name, refuse},
};
use crate::{
    base::{Code, Span},
    syntax::ast::{BinaryOp, CompareOp, Expr, ExprKind, Literal, Name, UnaryOp},
};

/// A call: of a function, or in the place of one.
pub(super) fn call(
    function: Vec<Name>,
    distinct: bool,
    mut arguments: Vec<Expr>,
) -> Result<ExprKind> {
    let is = |word: &str| matches!(&function[..], [only] if only.text.eq_ignore_ascii_case(word));
    if let Some((_, predicate)) = ELEMENT_PREDICATES.iter().find(|(word, _)| is(word)) {
        return predicate(arguments, function[0].span);
    }
    if is("normalize") || is("isNormalized") {
        quote_form(&mut arguments);
    }
    Ok(ExprKind::Call {
        name: function,
        distinct,
        arguments,
    })
}

/// `sum(x)` in GQL: null without values (GQL 20.9).
pub(super) fn sum_or_null(function: Vec<Name>, distinct: bool, arguments: Vec<Expr>) -> ExprKind {
    let span = function[0].span;
    let new = |kind| Expr { kind, span };
    let count = ExprKind::Call {
        name: vec![Name {
            text: "count".to_owned(),
            span,
        }],
        distinct: false,
        arguments: arguments.clone(),
    };
    let none = vec![(
        CompareOp::Equal,
        new(ExprKind::Literal(Literal::Integer(0))),
    )];
    let is_none = new(ExprKind::Comparison(Box::new(new(count)), none));
    let sum = ExprKind::Call {
        name: function,
        distinct,
        arguments,
    };
    ExprKind::Case {
        operand: None,
        branches: vec![(is_none, new(ExprKind::Literal(Literal::Null)))],
        otherwise: Some(Box::new(new(sum))),
    }
}

/// `normalize(s, NFC)`: the form is a word.
fn quote_form(arguments: &mut [Expr]) {
    if let [_, form] = arguments
        && let ExprKind::Variable(word) = &form.kind
        && ["NFC", "NFD", "NFKC", "NFKD"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    {
        form.kind = ExprKind::Literal(Literal::String(word.to_uppercase()));
    }
}

fn called(function: &str, arguments: Vec<Expr>, span: Span) -> ExprKind {
    ExprKind::Call {
        name: vec![Name {
            text: function.to_owned(),
            span,
        }],
        distinct: false,
        arguments,
    }
}

/// `DATE '2020-01-01'`. A time with a zone is a zoned time, without one a local time (GQL 21.2); a blank may stand between
/// date and time, as in SQL.
pub(super) fn temporal_literal(pair: Pair<'_>) -> Result<ExprKind> {
    let span = place(&pair);
    let mut parts = Cursor::inside(pair);
    let word = parts.need().as_str().to_lowercase();
    let value = parts.need();
    let mut text = literal::string(&value)?;
    let mut words = word.split_whitespace();
    let (first, last) = (words.next().unwrap_or(&word), words.next_back());
    let name = last.unwrap_or(first);
    if matches!(name, "datetime" | "timestamp") {
        text = text.replacen(' ', "T", 1);
    }
    let time = text.split_once('T').map_or(&*text, |(_, time)| time);
    let zoned = match last {
        Some(_) => first == "zoned",
        None => time.contains(['Z', 'z', '+', '-', '[']),
    };
    let function = match (name, zoned) {
        ("date", _) => "date",
        ("duration", _) => "duration",
        ("time", true) => "time",
        ("time", false) => "localtime",
        (_, true) => "datetime",
        (_, false) => "localdatetime",
    };
    Ok(called_with_text(function, (text, place(&value)), span))
}

/// `1.5m`: an exact decimal (GQL 21.2).
pub(super) fn decimal_literal(pair: &Pair<'_>, sign: &str) -> Result<ExprKind> {
    let text = format!("{sign}{}", literal::decimal(pair)?);
    Ok(called_with_text(
        "decimal",
        (text, place(pair)),
        place(pair),
    ))
}

/// `X'0AFF'` (GQL 21.2)
pub(super) fn byte_string(pair: Pair<'_>) -> Result<ExprKind> {
    let span = place(&pair);
    let text = literal::string(&Cursor::inside(pair).need())?;
    let digits = text.chars().filter(|char| !char.is_whitespace());
    let is_hex = digits.clone().all(|digit| digit.is_ascii_hexdigit());
    if !is_hex || digits.count() % 2 == 1 {
        let message = "a byte string needs pairs of hexadecimal digits";
        return refuse(Code::InvalidNumberLiteral, span, message, "write `X'0AFF'`");
    }
    Ok(called_with_text("bytes", (text, span), span))
}

/// The call of a function with a text, which has a span of its own.
fn called_with_text(function: &str, (text, place): (String, Span), span: Span) -> ExprKind {
    let text = Expr {
        kind: ExprKind::Literal(Literal::String(text)),
        span: place,
    };
    called(function, vec![text], span)
}

/// The name of the operand of a `CASE` with predicates. No name without back quotes has a blank.
const CASE_OPERAND: &str = "case operand";

/// Whether a branch of `CASE` has more than one test, or a predicate without its left side.
pub(super) fn has_case_tests(branch: &Pair<'_>) -> bool {
    let parts = branch.clone().into_inner();
    let mut values = 0;
    for part in parts {
        match part.as_rule() {
            Rule::case_predicate => return true,
            Rule::expression => values += 1,
            _ => {}
        }
    }
    values > 2
}

impl<'i> Builder<'i> {
    /// `CAST(a AS INTEGER)`
    pub(super) fn cast(&self, pair: Pair<'i>) -> Result<ExprKind> {
        let mut parts = Cursor::inside(pair);
        Ok(ExprKind::Cast {
            operand: self.boxed(parts.need())?,
            value_type: self.value_type(parts.need())?,
        })
    }

    /// `trim(s)`, `TRIM(LEADING '0' FROM s)`
    pub(super) fn trim(&self, pair: Pair<'i>) -> Result<ExprKind> {
        let span = place(&pair);
        let mut parts = Cursor::inside(pair);
        let side = parts.eat(Rule::trim_side);
        let function = match side.map(|side| side.as_str().to_lowercase()).as_deref() {
            Some("leading") => "lTrim",
            Some("trailing") => "rTrim",
            _ => "trim",
        };
        let mut arguments = Vec::new();
        while let Some(part) = parts.next() {
            if part.as_rule() == Rule::trim_from {
                arguments.insert(0, self.expression(Cursor::inside(part).need())?);
            } else {
                arguments.push(self.expression(part)?);
            }
        }
        Ok(called(function, arguments, span))
    }

    /// `PATH[a, r, b]` (GQL 20.14). With one element it could be an access to a list; analysis decides.
    pub(super) fn path_elements(
        &self,
        word: Expr,
        first: Expr,
        more: Vec<Expr>,
    ) -> Result<ExprKind> {
        let elements: Vec<_> = [first].into_iter().chain(more).collect();
        match word.kind {
            ExprKind::Variable(text) if text.eq_ignore_ascii_case("path") => {
                Ok(called("pathOf", elements, word.span))
            }
            _ => {
                let spans = elements.iter().map(|element| element.span);
                let span = spans.reduce(Span::to).unwrap_or(word.span);
                let message = "expected one position in a list, found several values";
                let help = "write `list[0]`, or `PATH[a, r, b]` for a path";
                refuse(Code::UnexpectedSyntax, span, message, help)
            }
        }
    }

    /// `LET x = 1, y = x + 1 IN x + y END`
    pub(super) fn let_expression(&self, pair: Pair<'i>) -> Result<Expr> {
        let span = place(&pair);
        let mut parts = Cursor::inside(pair);
        let bindings = parts.each(Rule::let_binding, |binding| {
            let mut parts = Cursor::inside(binding);
            Ok((name(&parts.need()), self.expression(parts.need())?))
        })?;
        self.deeper(bindings.len(), span, || {
            let body = self.expression(parts.need())?;
            let whole = bindings
                .into_iter()
                .rev()
                .fold(body, |body, (variable, value)| Expr {
                    kind: ExprKind::Let {
                        variable,
                        value: Box::new(value),
                        body: Box::new(body),
                    },
                    span,
                });
            Ok(whole)
        })
    }

    /// `CASE a WHEN < 1, IS NULL THEN 'x' END`: the operand gets a name, and every test is a predicate on it.
    pub(super) fn case_of_tests(
        &self,
        operand: Option<Box<Expr>>,
        branches: Vec<Pair<'i>>,
        otherwise: Option<Box<Expr>>,
    ) -> Result<ExprKind> {
        let branches = branches
            .into_iter()
            .map(|branch| self.tested_branch(operand.as_deref(), branch));
        let branches = branches.collect::<Result<_>>()?;
        let value = operand.expect("a test without an operand is refused");
        let span = value.span;
        let case = ExprKind::Case {
            operand: None,
            branches,
            otherwise,
        };
        Ok(ExprKind::Let {
            variable: Name {
                text: CASE_OPERAND.to_owned(),
                span,
            },
            value,
            body: Box::new(Expr { kind: case, span }),
        })
    }

    /// A branch of `CASE` with its tests as one predicate.
    fn tested_branch(&self, operand: Option<&Expr>, branch: Pair<'i>) -> Result<(Expr, Expr)> {
        let mut pairs = Cursor::inside(branch).rest(Ok)?;
        let then = pairs.pop().expect("a branch ends with its result");
        let tests = pairs
            .into_iter()
            .map(|pair| self.case_test(operand, pair))
            .collect::<Result<Vec<_>>>()?;
        let joined = tests.into_iter().reduce(|left, right| {
            let span = left.span.to(right.span);
            binary_expr(BinaryOp::Or, span, left, right)
        });
        Ok((joined.expect("a branch has a test"), self.expression(then)?))
    }

    fn case_test(&self, operand: Option<&Expr>, pair: Pair<'i>) -> Result<Expr> {
        let span = place(&pair);
        let Some(operand) = operand else {
            let message =
                "several values, or a predicate without its left side, need a value after `CASE`";
            let help = "write `CASE x WHEN < 1 THEN …`";
            return refuse(Code::UnexpectedSyntax, span, message, help);
        };
        let subject = Expr {
            kind: ExprKind::Variable(CASE_OPERAND.to_owned()),
            span: operand.span,
        };
        if pair.as_rule() == Rule::expression {
            let value = self.expression(pair)?;
            return Ok(compared(&subject, CompareOp::Equal, &value));
        }
        let mut parts = pair.into_inner();
        let first = parts.next().expect("a predicate has a part");
        let Some(right) = parts.next() else {
            return Ok(self.postfixed(subject, first)?.into_expr());
        };
        let right = self.expression(right)?;
        let is_logic = matches!(
            right.kind,
            ExprKind::Comparison(..)
                | ExprKind::Unary(UnaryOp::Not, _)
                | ExprKind::Binary(BinaryOp::And | BinaryOp::Or | BinaryOp::Xor, ..)
        );
        if is_logic && !self.slice(right.span).starts_with('(') {
            let message = "a predicate without its left side has one operator";
            let help = "write `CASE WHEN x > 1 AND x < 3 THEN …`, or put the value in parentheses";
            return refuse(Code::UnexpectedSyntax, right.span, message, help);
        }
        let whole = combined(Operand::Whole(subject), &first, Operand::Whole(right))?;
        Ok(whole.into_expr())
    }

    /// Predicates of GQL that other expressions can say: `IS TRUE`, `IS LABELED A`, `IS DIRECTED`, `IS SOURCE OF r`.
    pub(super) fn gql_predicate(
        &self,
        rule: Rule,
        operand: Expr,
        mut parts: Cursor<'i>,
        span: Span,
    ) -> Result<ExprKind> {
        let new = |kind| Expr { kind, span };
        let call = |function: &str, arguments| called(function, arguments, span);
        let truth = |value| new(ExprKind::Literal(Literal::Boolean(value)));
        let labels = |operand, labels| ExprKind::HasLabels(Box::new(operand), labels);
        Ok(match rule {
            Rule::truth_test => {
                let wanted = parts.need().as_rule();
                // `AND true` demands a Boolean.
                let tested = match wanted {
                    Rule::false_ => new(ExprKind::Unary(UnaryOp::Not, Box::new(operand))),
                    _ => binary_expr(BinaryOp::And, span, operand, truth(true)),
                };
                match wanted {
                    Rule::unknown => ExprKind::IsNull {
                        operand: Box::new(tested),
                        negated: false,
                    },
                    _ => call("coalesce", vec![tested, truth(false)]),
                }
            }
            Rule::normalized_test => {
                let form = parts.next().map(|form| {
                    let text = form.as_str().to_uppercase();
                    let kind = ExprKind::Literal(Literal::String(text));
                    let span = place(&form);
                    Expr { kind, span }
                });
                call("isNormalized", [operand].into_iter().chain(form).collect())
            }
            Rule::directed_test => {
                // Every relationship is directed; `type` demands a relationship.
                let unknown = ExprKind::IsNull {
                    operand: Box::new(new(call("type", vec![operand]))),
                    negated: false,
                };
                ExprKind::Case {
                    operand: None,
                    branches: vec![(new(unknown), new(ExprKind::Literal(Literal::Null)))],
                    otherwise: Some(Box::new(truth(true))),
                }
            }
            Rule::end_test => {
                let function = match parts.need().as_rule() {
                    Rule::source => "startNode",
                    _ => "endNode",
                };
                let relationship = parts.need();
                let relationship = Expr {
                    span: place(&relationship),
                    kind: ExprKind::Variable(name(&relationship).text),
                };
                let end = new(call(function, vec![relationship]));
                ExprKind::Comparison(Box::new(operand), vec![(CompareOp::Equal, end)])
            }
            _ => labels(operand, self.label_expression(parts.need())?),
        })
    }
}

/// A predicate of GQL on elements, from its arguments and the span of its name.
type ElementPredicate = fn(Vec<Expr>, Span) -> Result<ExprKind>;

/// The predicates of GQL on elements that other expressions can say.
const ELEMENT_PREDICATES: [(&str, ElementPredicate); 3] = [
    ("all_different", all_different),
    ("same", same),
    ("property_exists", property_exists),
];

/// `ALL_DIFFERENT(a, b, c)`: no two are the same.
fn all_different(elements: Vec<Expr>, span: Span) -> Result<ExprKind> {
    let mut pairs = Vec::new();
    for (at, left) in elements.iter().enumerate() {
        for right in &elements[at + 1..] {
            pairs.push(compared(left, CompareOp::NotEqual, right));
        }
    }
    all_of(pairs, "ALL_DIFFERENT", span)
}

/// `SAME(a, b, c)`: all are the same.
fn same(elements: Vec<Expr>, span: Span) -> Result<ExprKind> {
    let pairs = elements.windows(2);
    let pairs = pairs.map(|two| compared(&two[0], CompareOp::Equal, &two[1]));
    all_of(pairs.collect(), "SAME", span)
}

/// `PROPERTY_EXISTS(n, name)`: null if `n` is null (GQL 19.13).
fn property_exists(mut arguments: Vec<Expr>, span: Span) -> Result<ExprKind> {
    let key = arguments.pop();
    let (
        Some(Expr {
            kind: ExprKind::Variable(text),
            span: place,
        }),
        [_],
    ) = (key, &arguments[..])
    else {
        let message = "`PROPERTY_EXISTS` needs an element and the name of a property";
        return refuse(
            Code::UnexpectedSyntax,
            span,
            message,
            "write `PROPERTY_EXISTS(n, name)`",
        );
    };
    let element = arguments.swap_remove(0);
    let span = element.span.to(place);
    let expr = |kind| Expr { kind, span };
    let is_null = |operand: Expr, negated| {
        let operand = Box::new(operand);
        expr(ExprKind::IsNull { operand, negated })
    };
    let property = ExprKind::Property(Box::new(element.clone()), Name { text, span: place });
    Ok(ExprKind::Case {
        operand: None,
        branches: vec![(
            is_null(element, false),
            expr(ExprKind::Literal(Literal::Null)),
        )],
        otherwise: Some(Box::new(is_null(expr(property), true))),
    })
}

fn compared(left: &Expr, op: CompareOp, right: &Expr) -> Expr {
    Expr {
        span: left.span.to(right.span),
        kind: ExprKind::Comparison(Box::new(left.clone()), vec![(op, right.clone())]),
    }
}

fn all_of(pairs: Vec<Expr>, word: &str, span: Span) -> Result<ExprKind> {
    let joined = pairs.into_iter().reduce(|left, right| Expr {
        span: left.span.to(right.span),
        kind: ExprKind::Binary(BinaryOp::And, span, Box::new(left), Box::new(right)),
    });
    match joined {
        Some(joined) => Ok(joined.kind),
        None => {
            let message = format!("`{word}` needs at least two elements");
            let help = format!("write `{word}(a, b)`");
            refuse(Code::InvalidNumberOfArguments, span, message, help)
        }
    }
}
