//! Parses operands of expressions: constants, slots, calls, and expressions in brackets.

use crate::{
    function::find,
    plan::{
        Expr, ExprKind, Key, LabelTest, MapItem, Named, PathStep, Quantifier, Shared, Slot,
        parse::{cursor::Cursor, token::Token},
    },
    value::{KeyId, LabelId, Text, TypeId, Value},
};

impl Cursor<'_> {
    pub(super) fn primary(&mut self, start: usize) -> Expr {
        if let Some(value) = self.constant("") {
            return Expr::constant(value, self.since(start));
        }
        let kind = match self.token(0) {
            Some(Token::Parameter(name)) => {
                self.next();
                ExprKind::Parameter(self.parameter(name))
            }
            Some(Token::Sign("(")) if self.is_pattern() => self.has_edge(),
            Some(Token::Sign("(")) => {
                self.next();
                let inner = self.expr();
                self.expect(")");
                return inner;
            }
            Some(Token::Sign("[")) => {
                self.next();
                self.list_or_comprehension()
            }
            Some(Token::Sign("{")) => {
                self.next();
                ExprKind::Map(self.items("}", Self::entry))
            }
            Some(Token::Word(word)) if word == "CAST" && self.is_call() => self.cast(),
            Some(Token::Word(word)) if self.is_call() => self.call(word),
            _ if self.eat("CASE") => self.case(),
            _ if self.is_slot(0) => self.slot_or_path(),
            _ => self.fail("an expression"),
        };
        Expr::new(kind, self.since(start))
    }

    /// `CAST(a AS INTEGER)`
    fn cast(&mut self) -> ExprKind {
        self.next();
        self.expect("(");
        let inner = self.boxed();
        assert!(self.eat("AS"));
        let value_type = self.value_type();
        self.expect(")");
        ExprKind::Cast(inner, Shared::new(value_type))
    }

    pub(super) fn constant(&mut self, sign: &str) -> Option<Value> {
        let value = match self.token(0)? {
            Token::Number(digits) => number(&format!("{sign}{digits}")),
            Token::String(text) => text.as_str().into(),
            Token::Word(word) => match word.as_str() {
                "null" => Value::Null,
                "true" => true.into(),
                "false" => false.into(),
                "NaN" | "Infinity" => number(&format!("{sign}{word}")),
                _ => return None,
            },
            _ => return None,
        };
        self.next();
        Some(value)
    }

    pub(super) fn key(&mut self) -> Key {
        Named {
            name: self.name().as_str().into(),
            id: KeyId::NONE,
        }
    }

    /// Items up to a closing bracket.
    pub(super) fn items<T>(&mut self, close: &str, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        while !self.eat(close) {
            items.push(item(self));
            if !self.eat(",") {
                self.expect(close);
                break;
            }
        }
        items
    }

    pub(super) fn arguments(&mut self) -> Vec<Expr> {
        self.expect("(");
        self.items(")", Self::expr)
    }

    fn entry(&mut self) -> (Text, Expr) {
        let key = self.name();
        self.expect(":");
        (key.as_str().into(), self.expr())
    }

    pub(super) fn map_item(&mut self) -> MapItem {
        if !self.eat(".") {
            let (key, value) = self.entry();
            return MapItem::Entry(key, value);
        }
        if self.eat("*") {
            MapItem::All
        } else {
            MapItem::Property(self.key())
        }
    }

    /// `[key]`, `[from..to]`, after the bracket.
    pub(super) fn index(&mut self, container: Box<Expr>) -> ExprKind {
        let from = (!self.is_sign(0, "..")).then(|| self.boxed());
        let kind = if self.eat("..") {
            let to = (!self.is_sign(0, "]")).then(|| self.boxed());
            ExprKind::Slice(container, from, to)
        } else {
            let key = from.unwrap_or_else(|| self.fail("an index"));
            ExprKind::Index(container, key)
        };
        self.expect("]");
        kind
    }

    /// `[a, b]`, `[x IN list WHERE predicate | map]`, after the bracket. Brackets around `x IN list` make it an item.
    fn list_or_comprehension(&mut self) -> ExprKind {
        if !(self.is_slot(0) && self.is_word(1, "IN")) {
            let items = self.items("]", Self::expr);
            return constants(&items).map_or(ExprKind::List(items), ExprKind::Constant);
        }
        let (variable, list) = self.variable();
        let predicate = self.eat("WHERE").then(|| self.boxed());
        let map = self.eat("|").then(|| self.boxed());
        self.expect("]");
        ExprKind::ListComprehension {
            variable,
            list,
            predicate,
            map,
        }
    }

    /// `x IN list`
    fn variable(&mut self) -> (Slot, Box<Expr>) {
        let variable = self.slot();
        self.expect("IN");
        (variable, self.boxed())
    }

    fn case(&mut self) -> ExprKind {
        let operand = (!self.is_word(0, "WHEN")).then(|| self.boxed());
        let mut branches = Vec::new();
        while self.eat("WHEN") {
            let when = self.expr();
            self.expect("THEN");
            branches.push((when, self.expr()));
        }
        let otherwise = self.eat("ELSE").then(|| self.boxed());
        self.expect("END");
        ExprKind::Case {
            operand,
            branches,
            otherwise,
        }
    }

    /// True if there is a parenthesis after the name, which may have dots.
    fn is_call(&self) -> bool {
        let mut ahead = 1;
        while self.is_sign(ahead, ".") && matches!(self.token(ahead + 1), Some(Token::Word(_))) {
            ahead += 2;
        }
        self.is_sign(ahead, "(") && self.is_tight(1..ahead + 1)
    }

    /// A name that may have dots.
    pub(super) fn dotted(&mut self) -> String {
        let mut name = self.name();
        while self.eat(".") {
            name = format!("{name}.{}", self.name());
        }
        name
    }

    fn call(&mut self, word: &str) -> ExprKind {
        let quantifier = match word {
            "all" => Quantifier::All,
            "any" => Quantifier::Any,
            "none" => Quantifier::None,
            "single" => Quantifier::Single,
            "reduce" | "allReduce" => return self.reduce(),
            "disjoint" => return self.disjoint(),
            "path" => return self.node_path(),
            _ => {
                let name = self.dotted();
                let function = find(&name);
                let function = function.unwrap_or_else(|| self.fail("the name of a function"));
                return ExprKind::Call(function, self.arguments());
            }
        };
        self.next();
        self.expect("(");
        let (variable, list) = self.variable();
        self.expect("WHERE");
        let predicate = self.boxed();
        self.expect(")");
        ExprKind::Quantifier {
            quantifier,
            variable,
            list,
            predicate,
        }
    }

    fn reduce(&mut self) -> ExprKind {
        self.next();
        self.expect("(");
        let accumulator = self.slot();
        self.expect("=");
        let init = self.boxed();
        self.expect(",");
        let (variable, list) = self.variable();
        self.expect("|");
        let body = self.boxed();
        let test = self.eat(",").then(|| self.boxed());
        self.expect(")");
        ExprKind::Reduce {
            accumulator,
            init,
            variable,
            list,
            body,
            test,
        }
    }

    fn disjoint(&mut self) -> ExprKind {
        self.next();
        self.expect("(");
        let first = self.slot();
        self.expect(",");
        let second = self.slot();
        self.expect(")");
        ExprKind::Disjoint(first, second)
    }

    /// `path(n)`: the path of one node.
    fn node_path(&mut self) -> ExprKind {
        self.next();
        self.expect("(");
        let start = self.slot();
        self.expect(")");
        let steps = Vec::new();
        ExprKind::Path { start, steps }
    }

    /// `n`, or the path `a-r-b` without spaces.
    fn slot_or_path(&mut self) -> ExprKind {
        let start = self.slot();
        let mut steps = Vec::new();
        while self.is_sign(0, "-") && self.is_slot(1) && self.is_tight(0..2) {
            self.next();
            let edge = self.slot();
            self.expect("-");
            let node = self.slot();
            steps.push(PathStep { edge, node });
        }
        if steps.is_empty() {
            ExprKind::Slot(start)
        } else {
            ExprKind::Path { start, steps }
        }
    }

    /// True if `(a)-[` is next.
    fn is_pattern(&self) -> bool {
        let arrow = self.is_sign(3, "-[") || self.is_sign(3, "<-[");
        arrow && self.is_slot(1) && self.is_sign(2, ")") && self.is_tight(1..4)
    }

    fn has_edge(&mut self) -> ExprKind {
        let step = self.step();
        let both = step.from.zip(step.to);
        let (from, to) = both.unwrap_or_else(|| self.fail("two nodes"));
        ExprKind::HasEdge {
            from,
            to,
            types: step.types,
            direction: step.direction,
        }
    }

    /// `A`, `A&!B`, `A|B`. The sign `|` has no space before it.
    pub(super) fn label_test(&mut self) -> LabelTest {
        let mut tests = vec![self.label_conjunction()];
        while self.is_sign(0, "|") && self.is_tight(0..1) {
            self.next();
            tests.push(self.label_conjunction());
        }
        one_or(tests, LabelTest::Or)
    }

    fn label_conjunction(&mut self) -> LabelTest {
        let mut tests = vec![self.label()];
        while self.eat("&") {
            tests.push(self.label());
        }
        one_or(tests, LabelTest::And)
    }

    fn label(&mut self) -> LabelTest {
        if self.eat("!") {
            return LabelTest::Not(Box::new(self.label()));
        }
        if self.eat("%") {
            return LabelTest::Any;
        }
        if self.eat("(") {
            let inner = self.label_test();
            self.expect(")");
            return inner;
        }
        let name = self.name();
        LabelTest::Name {
            label: Named {
                name: name.as_str().into(),
                id: LabelId::NONE,
            },
            kind: Named {
                name: name.as_str().into(),
                id: TypeId::NONE,
            },
        }
    }
}

fn number(text: &str) -> Value {
    let integer = text.parse::<i64>().map(Value::from);
    let float = || text.parse::<f64>().map(Value::from);
    integer.or_else(|_| float()).expect("the token is a number")
}

/// The list value, if every item is constant.
fn constants(items: &[Expr]) -> Option<Value> {
    let value = |item: &Expr| match &item.kind {
        ExprKind::Constant(value) => Some(value.clone()),
        _ => None,
    };
    let values: Option<Vec<Value>> = items.iter().map(value).collect();
    values.map(Value::list)
}

fn one_or(mut tests: Vec<LabelTest>, many: fn(Vec<LabelTest>) -> LabelTest) -> LabelTest {
    match tests.pop() {
        Some(test) if tests.is_empty() => test,
        last => many(tests.into_iter().chain(last).collect()),
    }
}
