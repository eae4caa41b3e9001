//! Parses operators of expressions, by precedence.

use crate::{
    base::CompareOp,
    plan::{
        ArithmeticOp, Expr, ExprKind, Shared, StringOp,
        parse::{cursor::Cursor, token::Token},
    },
    value::{BaseType, Kind, Value, ValueType, Width},
};

/// Infix operators with their precedence, without `AND` and `OR`.
const INFIX: &[(u8, &[&str])] = &[
    (2, &["XOR"]),
    (COMPARISON, &["=", "<>", "<=", ">=", "<", ">", "IN", "=~"]),
    (COMPARISON, &["STARTS WITH", "ENDS WITH", "CONTAINS"]),
    (6, &["+", "-", "||"]),
    (7, &["*", "/", "%"]),
    (8, &["^"]),
];

type Suffix = fn(Box<Expr>) -> ExprKind;

/// Postfix operators; they have the precedence of comparisons.
const SUFFIX: &[(&str, Suffix)] = &[
    ("IS NULL", ExprKind::IsNull),
    ("IS NOT NULL", ExprKind::IsNotNull),
    ("IS NOT DELETED", ExprKind::IsLive),
];

const OR: u8 = 1;
const AND: u8 = 3;
const NOT: u8 = 4;
const COMPARISON: u8 = 5;
const NEGATE: u8 = 9;

impl Cursor<'_> {
    pub(super) fn expr(&mut self) -> Expr {
        self.infix(OR)
    }

    pub(super) fn boxed(&mut self) -> Box<Expr> {
        Box::new(self.expr())
    }

    /// The conjuncts of `a AND b`; a conjunction in parentheses is one conjunct.
    pub(super) fn conjuncts(&mut self) -> Vec<Expr> {
        let before = self.at;
        let mut conjuncts = vec![self.infix(AND + 1)];
        while self.eat("AND") {
            conjuncts.push(self.infix(AND + 1));
        }
        if self.is_word(0, "OR") || self.is_word(0, "XOR") {
            self.at = before;
            return vec![self.expr()];
        }
        conjuncts
    }

    /// An expression of operators whose precedence is at least `least`.
    fn infix(&mut self, least: u8) -> Expr {
        let start = self.start();
        let mut left = self.prefix(start);
        loop {
            let kind = if least <= AND && self.eat("AND") {
                ExprKind::And(self.chain(left, "AND", AND))
            } else if least <= OR && self.eat("OR") {
                ExprKind::Or(self.chain(left, "OR", OR))
            } else if let Some((level, operator)) = self.eat_infix(least) {
                between(operator, Box::new(left), Box::new(self.infix(level + 1)))
            } else if COMPARISON >= least && self.eat_all("IS TYPED") {
                ExprKind::IsTyped(Box::new(left), Shared::new(self.value_type()))
            } else if let Some(make) = self.eat_suffix(least) {
                make(Box::new(left))
            } else {
                return left;
            };
            left = Expr::new(kind, self.since(start));
        }
    }

    /// `LIST<INTEGER NOT NULL>`
    pub(super) fn value_type(&mut self) -> ValueType {
        let base = if self.eat_all("LIST <") {
            let element = self.value_type();
            assert!(self.eat(">"));
            BaseType::List(Box::new(element))
        } else if self.eat_all("ANY <") {
            let mut types = vec![self.value_type()];
            while self.eat("|") {
                types.push(self.value_type());
            }
            assert!(self.eat(">"));
            BaseType::Union(types)
        } else if self.eat("ANY") {
            BaseType::Any
        } else if self.eat("NOTHING") {
            BaseType::Nothing
        } else if self.eat_all("PROPERTY VALUE") {
            BaseType::Property
        } else if self.eat("{") {
            BaseType::Record(self.items("}", |this| {
                let key = this.name().as_str().into();
                this.expect(":");
                this.expect(":");
                (key, this.value_type())
            }))
        } else if let Some(name) = ["STRING", "BYTES", "DECIMAL"]
            .into_iter()
            .find(|name| self.eat_all(&format!("{name} (")))
        {
            let bounds = self.items(")", |this| match this.constant("") {
                Some(Value::Integer(bound)) => bound.unsigned_abs(),
                _ => this.fail("a length"),
            });
            let bounded = BaseType::bounded(name, &bounds);
            bounded.unwrap_or_else(|| self.fail("the bounds of a type"))
        } else if let Some(width) = Width::all().find(|width| self.eat_all(width.name)) {
            BaseType::Integer(width)
        } else {
            let mut kinds = Kind::ALL.into_iter();
            let kind = kinds.find(|kind| self.eat_all(kind.name()));
            BaseType::Kind(kind.unwrap_or_else(|| self.fail("a type")))
        };
        let nullable = !self.eat_all("NOT NULL") && base != BaseType::Nothing;
        ValueType { base, nullable }
    }

    /// The operands of `AND` or `OR`, after the first operator.
    fn chain(&mut self, first: Expr, operator: &str, level: u8) -> Vec<Expr> {
        let mut items = vec![first, self.infix(level + 1)];
        while self.eat(operator) {
            items.push(self.infix(level + 1));
        }
        items
    }

    fn eat_infix(&mut self, least: u8) -> Option<(u8, &'static str)> {
        let rows = INFIX.iter().filter(|(level, _)| *level >= least);
        let mut operators =
            rows.flat_map(|(level, texts)| texts.iter().map(|text| (*level, *text)));
        operators.find(|(_, text)| self.eat_all(text))
    }

    fn eat_suffix(&mut self, least: u8) -> Option<Suffix> {
        let mut rows = SUFFIX.iter().filter(|_| COMPARISON >= least);
        rows.find(|(text, _)| self.eat_all(text))
            .map(|(_, make)| *make)
    }

    fn prefix(&mut self, start: usize) -> Expr {
        let negative = self.is_sign(0, "-")
            && self.is_tight(1..2)
            && (matches!(self.token(1), Some(Token::Number(_))) || self.is_word(1, "Infinity"));
        let kind = if negative {
            self.next();
            let number = self.constant("-");
            ExprKind::Constant(number.unwrap_or_else(|| self.fail("a number")))
        } else if self.eat("-") {
            ExprKind::Negate(Box::new(self.infix(NEGATE)))
        } else if self.eat("NOT") {
            ExprKind::Not(Box::new(self.infix(NOT)))
        } else {
            return self.operand();
        };
        Expr::new(kind, self.since(start))
    }

    /// An operand: `n.list[0]:Course`.
    pub(super) fn operand(&mut self) -> Expr {
        let start = self.start();
        let mut expr = self.entity();
        while self.eat(":") {
            let kind = ExprKind::HasLabels(Box::new(expr), self.label_test());
            expr = Expr::new(kind, self.since(start));
        }
        expr
    }

    /// An operand without the labels after it, which `SET` parses itself.
    pub(super) fn entity(&mut self) -> Expr {
        let start = self.start();
        let mut expr = self.primary(start);
        loop {
            let inner = Box::new(expr);
            let kind = if self.eat(".") {
                ExprKind::Property(inner, self.key())
            } else if self.eat("[") {
                self.index(inner)
            } else if self.eat("{") {
                ExprKind::MapProjection(inner, self.items("}", Self::map_item))
            } else {
                return *inner;
            };
            expr = Expr::new(kind, self.since(start));
        }
    }
}

fn between(operator: &str, a: Box<Expr>, b: Box<Expr>) -> ExprKind {
    match operator {
        "XOR" => ExprKind::Xor(a, b),
        "=" => ExprKind::Compare(CompareOp::Equal, a, b),
        "<>" => ExprKind::Compare(CompareOp::NotEqual, a, b),
        "<=" => ExprKind::Compare(CompareOp::LessOrEqual, a, b),
        ">=" => ExprKind::Compare(CompareOp::GreaterOrEqual, a, b),
        "<" => ExprKind::Compare(CompareOp::Less, a, b),
        ">" => ExprKind::Compare(CompareOp::Greater, a, b),
        "IN" => ExprKind::In(a, b),
        "=~" => ExprKind::String(StringOp::Matches, a, b),
        "STARTS WITH" => ExprKind::String(StringOp::StartsWith, a, b),
        "ENDS WITH" => ExprKind::String(StringOp::EndsWith, a, b),
        "CONTAINS" => ExprKind::String(StringOp::Contains, a, b),
        "+" => ExprKind::Arithmetic(ArithmeticOp::Add, a, b),
        "-" => ExprKind::Arithmetic(ArithmeticOp::Subtract, a, b),
        "||" => ExprKind::Arithmetic(ArithmeticOp::Concat, a, b),
        "*" => ExprKind::Arithmetic(ArithmeticOp::Multiply, a, b),
        "/" => ExprKind::Arithmetic(ArithmeticOp::Divide, a, b),
        "%" => ExprKind::Arithmetic(ArithmeticOp::Modulo, a, b),
        "^" => ExprKind::Arithmetic(ArithmeticOp::Power, a, b),
        _ => unreachable!("`{operator}` is not in the table"),
    }
}
