//! Writes expressions over slots as text, in the notation of the language.

use crate::{
    base::Direction,
    plan::{
        ArithmeticOp, Expr, ExprKind, LabelTest, MapItem, Quantifier, Slot, SlotNames, StringOp,
    },
    value::{Text, Value, cast, display},
};

/// Maximum number of characters of a constant in `EXPLAIN`.
const LONGEST: usize = 200;

/// Writes parts of a plan. An operator that is an operand of another operator is parenthesised.
pub(super) struct Writer<'a> {
    names: &'a SlotNames<'a>,
    out: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(names: &'a SlotNames<'a>) -> Self {
        Self {
            names,
            out: String::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// True at the start of the text and after a space.
    pub(super) fn is_blank(&self) -> bool {
        self.out.is_empty() || self.out.ends_with(' ')
    }

    pub(super) fn word(&mut self, word: &str) {
        self.out.push_str(word);
    }

    /// A name, in back quotes if necessary.
    pub(super) fn name(&mut self, name: &str) {
        display::name(&mut self.out, name).expect("writing to a string does not fail");
    }

    /// The name of a slot (see [`SlotNames`]).
    pub(super) fn slot(&mut self, slot: Slot) {
        let names = self.names;
        match (names.name(slot), names.text(slot)) {
            (Some(name), _) if names.is_quoted(name) => self.word(&format!("`{name}`")),
            (Some(name), _) => self.name(name),
            (None, Some(text)) => self.word(text),
            (None, None) => self.word(&format!("@{}", slot.0)),
        }
    }

    /// True for the exact notation, which shows every part of the plan.
    pub(super) fn is_exact(&self) -> bool {
        self.names.is_exact()
    }

    /// True if patterns show the slot: it belongs to a variable or a column of the answer.
    pub(super) fn is_named(&self, slot: Slot) -> bool {
        self.is_exact() || self.names.name(slot).is_some()
    }

    /// True if the slot has a name or the text of an expression.
    pub(super) fn has_text(&self, slot: Slot) -> bool {
        self.is_named(slot) || self.names.text(slot).is_some()
    }

    pub(super) fn list<T>(
        &mut self,
        things: impl IntoIterator<Item = T>,
        separator: &str,
        mut write: impl FnMut(&mut Self, T),
    ) {
        for (position, thing) in things.into_iter().enumerate() {
            self.word(if position == 0 { "" } else { separator });
            write(self, thing);
        }
    }

    pub(super) fn labels(&mut self, labels: &[Text]) {
        for label in labels {
            self.word(":");
            self.name(label);
        }
    }

    /// Expressions with a separator between them.
    pub(super) fn all(&mut self, exprs: &[Expr], separator: &str) {
        let whole = exprs.len() < 2 || separator == ", ";
        self.list(exprs, separator, |writer, expr| {
            if whole && !writer.is_ambiguous(expr, separator) {
                writer.expr(expr)
            } else {
                writer.operand(expr)
            }
        });
    }

    /// True if an expression without parentheses would be parsed as several, or as the variable of a comprehension.
    fn is_ambiguous(&self, expr: &Expr, separator: &str) -> bool {
        let ambiguous = match expr.kind {
            ExprKind::And(_) => separator == " AND ",
            ExprKind::In(..) => separator == ", ",
            _ => false,
        };
        self.is_exact() && ambiguous
    }

    /// `(a, b)`
    pub(super) fn arguments(&mut self, exprs: &[Expr]) {
        self.word("(");
        self.all(exprs, ", ");
        self.word(")");
    }

    /// An operand of an operator.
    pub(super) fn operand(&mut self, expr: &Expr) {
        if is_operator(&expr.kind) {
            self.word("(");
            self.expr(expr);
            self.word(")");
        } else {
            self.expr(expr);
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Constant(value) => self.constant(value),
            ExprKind::Parameter(number) => self.parameter(*number),
            ExprKind::Slot(slot) => self.slot(*slot),
            ExprKind::Property(entity, key) => {
                self.operand(entity);
                self.word(".");
                self.name(&key.name);
            }
            ExprKind::Index(container, key) => {
                self.operand(container);
                self.word("[");
                self.expr(key);
                self.word("]");
            }
            ExprKind::Slice(list, from, to) => self.slice(list, from.as_deref(), to.as_deref()),
            ExprKind::Not(inner) => self.prefix("NOT ", inner),
            ExprKind::Negate(inner) => self.prefix("-", inner),
            ExprKind::And(parts) => self.all(parts, " AND "),
            ExprKind::Or(parts) => self.all(parts, " OR "),
            ExprKind::Xor(a, b) => self.infix(a, "XOR", b),
            ExprKind::Arithmetic(op, a, b) => self.infix(a, arithmetic(*op), b),
            ExprKind::Compare(op, a, b) => self.infix(a, op.symbol(), b),
            ExprKind::In(a, b) => self.infix(a, "IN", b),
            ExprKind::String(op, a, b) => self.infix(a, on_strings(*op), b),
            ExprKind::IsNull(inner) => self.suffix(inner, " IS NULL"),
            ExprKind::IsNotNull(inner) => self.suffix(inner, " IS NOT NULL"),
            ExprKind::IsLive(inner) => self.suffix(inner, " IS NOT DELETED"),
            ExprKind::HasLabels(entity, test) => self.has_labels(entity, test),
            ExprKind::IsTyped(inner, value_type) => {
                self.suffix(inner, &format!(" IS TYPED {value_type}"));
            }
            ExprKind::Cast(inner, value_type) => {
                self.word("CAST(");
                self.expr(inner);
                self.word(&format!(" AS {value_type})"));
            }
            ExprKind::List(items) => {
                self.word("[");
                self.all(items, ", ");
                self.word("]");
            }
            ExprKind::Map(entries) => {
                self.word("{");
                self.list(entries, ", ", |writer, (key, value)| {
                    writer.entry(key, value)
                });
                self.word("}");
            }
            ExprKind::MapProjection(entity, items) => {
                self.operand(entity);
                self.word(" {");
                self.list(items, ", ", Self::map_item);
                self.word("}");
            }
            ExprKind::ListComprehension {
                variable,
                list,
                predicate,
                map,
            } => {
                self.word("[");
                self.choice(*variable, list, predicate.as_deref());
                self.tail(" | ", map.as_deref());
                self.word("]");
            }
            ExprKind::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            } => {
                self.word(quantifier_name(*quantifier));
                self.word("(");
                self.choice(*variable, list, Some(predicate));
                self.word(")");
            }
            ExprKind::Reduce {
                accumulator,
                init,
                variable,
                list,
                body,
                test,
            } => {
                self.word(if test.is_some() {
                    "allReduce("
                } else {
                    "reduce("
                });
                self.slot(*accumulator);
                self.tail(" = ", Some(init));
                self.word(", ");
                self.choice(*variable, list, None);
                self.tail(" | ", Some(body));
                self.tail(", ", test.as_deref());
                self.word(")");
            }
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                self.word("CASE");
                self.tail(" ", operand.as_deref());
                for (when, then) in branches {
                    self.tail(" WHEN ", Some(when));
                    self.tail(" THEN ", Some(then));
                }
                self.tail(" ELSE ", otherwise.as_deref());
                self.word(" END");
            }
            ExprKind::Call(function, arguments) => {
                self.word(function.name);
                self.arguments(arguments);
            }
            ExprKind::Path { start, steps } if steps.is_empty() && self.is_exact() => {
                self.word("path(");
                self.slot(*start);
                self.word(")");
            }
            ExprKind::Path { start, steps } => {
                self.slot(*start);
                for step in steps {
                    self.word("-");
                    self.slot(step.edge);
                    self.word("-");
                    self.slot(step.node);
                }
            }
            ExprKind::Disjoint(a, b) => {
                self.word("disjoint(");
                self.list([a, b], ", ", |writer, slot| writer.slot(*slot));
                self.word(")");
            }
            ExprKind::HasEdge {
                from,
                to,
                types,
                direction,
            } => {
                let (left, right) = match direction {
                    Direction::Outgoing => ("-[", "]->"),
                    Direction::Incoming => ("<-[", "]-"),
                    Direction::Either => ("-[", "]-"),
                };
                self.word("(");
                self.slot(*from);
                self.word(")");
                self.word(left);
                self.list(types, "|", |writer, kind| {
                    writer.word(":");
                    writer.name(&kind.name);
                });
                self.word(right);
                self.word("(");
                self.slot(*to);
                self.word(")");
            }
        }
    }

    fn constant(&mut self, value: &Value) {
        if self.is_exact() {
            self.whole_constant(value);
        } else {
            self.short_constant(value);
        }
    }

    /// A constant; a long one is cut.
    fn short_constant(&mut self, value: &Value) {
        let text = display::literal(value);
        match text.char_indices().nth(LONGEST) {
            None => self.word(&text),
            Some((end, _)) => {
                self.word(&text[..end]);
                self.word("…");
            }
        }
    }

    fn whole_constant(&mut self, value: &Value) {
        match value {
            Value::List(items) => {
                self.word("[");
                self.list(items.iter(), ", ", Self::whole_constant);
                self.word("]");
            }
            Value::Map(entries) => {
                self.word("{");
                self.list(entries.iter(), ", ", |writer, (key, value)| {
                    writer.name(key);
                    writer.word(": ");
                    writer.whole_constant(value);
                });
                self.word("}");
            }
            Value::Decimal(_) => self.temporal("decimal", value),
            Value::Bytes(_) => self.temporal("bytes", value),
            Value::Date(_) => self.temporal("date", value),
            Value::LocalTime(_) => self.temporal("localtime", value),
            Value::Time(_) => self.temporal("time", value),
            Value::LocalDateTime(_) => self.temporal("localdatetime", value),
            Value::DateTime(_) => self.temporal("datetime", value),
            Value::Duration(_) => self.temporal("duration", value),
            other => self.word(&display::literal(other)),
        }
    }

    /// `date('1984-10-11')`
    fn temporal(&mut self, function: &str, value: &Value) {
        let text = cast::text_of(value).unwrap_or_default();
        self.word(&format!("{function}('{text}')"));
    }

    /// `a:Course`; `(:Course)` for an entity without a name.
    fn has_labels(&mut self, entity: &Expr, test: &LabelTest) {
        match entity.kind {
            ExprKind::Slot(slot) if !self.is_named(slot) => {
                self.word("(:");
                self.label_test(test);
                self.word(")");
            }
            _ => {
                self.operand(entity);
                self.word(":");
                self.label_test(test);
            }
        }
    }

    fn parameter(&mut self, number: u32) {
        self.word("$");
        match self.names.parameter(number) {
            Some(name) => self.name(name),
            None => self.word(&number.to_string()),
        }
    }

    fn prefix(&mut self, operator: &str, inner: &Expr) {
        self.word(operator);
        self.operand(inner);
    }

    fn suffix(&mut self, inner: &Expr, operator: &str) {
        self.operand(inner);
        self.word(operator);
    }

    fn infix(&mut self, a: &Expr, operator: &str, b: &Expr) {
        self.operand(a);
        self.word(" ");
        self.word(operator);
        self.word(" ");
        self.operand(b);
    }

    fn slice(&mut self, list: &Expr, from: Option<&Expr>, to: Option<&Expr>) {
        self.operand(list);
        self.tail("[", from);
        self.word(if from.is_none() { "[" } else { "" });
        self.word("..");
        self.tail("", to);
        self.word("]");
    }

    /// `x IN list WHERE predicate`
    fn choice(&mut self, variable: Slot, list: &Expr, predicate: Option<&Expr>) {
        self.slot(variable);
        self.tail(" IN ", Some(list));
        self.tail(" WHERE ", predicate);
    }

    /// An optional expression with the text before it.
    fn tail(&mut self, before: &str, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.word(before);
            self.expr(expr);
        }
    }

    fn entry(&mut self, key: &str, value: &Expr) {
        self.name(key);
        self.word(": ");
        self.expr(value);
    }

    fn map_item(&mut self, item: &MapItem) {
        match item {
            MapItem::All => self.word(".*"),
            MapItem::Property(key) => {
                self.word(".");
                self.name(&key.name);
            }
            MapItem::Entry(key, value) => self.entry(key, value),
        }
    }

    fn label_test(&mut self, test: &LabelTest) {
        match test {
            LabelTest::Name { label, .. } => self.name(&label.name),
            LabelTest::Any => self.word("%"),
            LabelTest::Not(inner) => {
                self.word("!");
                self.label_operand(inner);
            }
            LabelTest::And(parts) => self.list(parts, "&", Self::label_operand),
            LabelTest::Or(parts) => self.list(parts, "|", Self::label_operand),
        }
    }

    fn label_operand(&mut self, test: &LabelTest) {
        if matches!(test, LabelTest::And(_) | LabelTest::Or(_)) {
            self.word("(");
            self.label_test(test);
            self.word(")");
        } else {
            self.label_test(test);
        }
    }
}

/// True for prefix, infix and postfix operators.
fn is_operator(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Xor(..)
            | ExprKind::Arithmetic(..)
            | ExprKind::Compare(..)
            | ExprKind::In(..)
            | ExprKind::String(..)
            | ExprKind::IsNull(_)
            | ExprKind::IsTyped(..)
            | ExprKind::IsNotNull(_)
            | ExprKind::IsLive(_)
    )
}

fn arithmetic(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Subtract => "-",
        ArithmeticOp::Multiply => "*",
        ArithmeticOp::Divide => "/",
        ArithmeticOp::Modulo => "%",
        ArithmeticOp::Power => "^",
        ArithmeticOp::Concat => "||",
    }
}

fn on_strings(op: StringOp) -> &'static str {
    match op {
        StringOp::StartsWith => "STARTS WITH",
        StringOp::EndsWith => "ENDS WITH",
        StringOp::Contains => "CONTAINS",
        StringOp::Matches => "=~",
    }
}

fn quantifier_name(quantifier: Quantifier) -> &'static str {
    match quantifier {
        Quantifier::All => "all",
        Quantifier::Any => "any",
        Quantifier::None => "none",
        Quantifier::Single => "single",
    }
}
