//! Expressions over slots as text, in the notation of the language.

use crate::{
    base::{Direction, Span},
    plan::{
        ArithmeticOp, Expr, ExprKind, LabelTest, MapItem, Op, Plan, Quantifier, Slot, StringOp,
    },
    value::{Text, Value, display},
};

/// Maximum number of characters of a constant.
const LONGEST: usize = 200;

/// The names by which `EXPLAIN` shows the slots of a plan: the variable, the column of the answer, the text of the
/// expression that fills or reads the slot, or else the number of the slot after an `@`.
#[derive(Debug)]
pub struct SlotNames<'a> {
    plan: &'a Plan,
    /// By slot, for slots without a variable or column.
    texts: Vec<Option<String>>,
}

impl<'a> SlotNames<'a> {
    /// The names of a plan's slots. `source` is the text that the spans of the plan refer to.
    #[must_use]
    pub fn new(plan: &'a Plan, source: &str) -> Self {
        let mut names = Self {
            plan,
            texts: vec![None; plan.slots.len()],
        };
        plan.root.each(&mut |node| match &node.op {
            Op::Project { items } => {
                for (slot, expr) in items {
                    names.learn(*slot, expr.span, source);
                }
            }
            Op::Aggregate {
                keys, aggregates, ..
            } => {
                for (slot, expr) in keys {
                    names.learn(*slot, expr.span, source);
                }
                for (slot, call) in aggregates {
                    names.learn(*slot, call.span, source);
                }
            }
            _ => {}
        });
        plan.root.each(&mut |node| {
            node.op.each_expression(&mut |expr| {
                expr.each(&mut |part| {
                    if let ExprKind::Slot(slot) = part.kind {
                        names.learn(slot, part.span, source);
                    }
                });
            });
        });
        names
    }

    fn learn(&mut self, slot: Slot, span: Span, source: &str) {
        let text = source
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default();
        if let Some(known) = self.texts.get_mut(slot.index())
            && known.is_none()
            && !text.is_empty()
        {
            *known = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    /// The variable of the slot, or its column of the answer.
    fn variable(&self, slot: Slot) -> Option<&'a str> {
        let variable = self.plan.slots.get(slot.index()).map(|info| &*info.name);
        let column = || self.plan.columns.iter().find(|column| column.slot == slot);
        variable
            .filter(|name| !name.starts_with('@'))
            .or_else(|| column().map(|column| &*column.name))
    }

    fn text(&self, slot: Slot) -> Option<&str> {
        self.texts.get(slot.index())?.as_deref()
    }
}

/// Writes parts of a plan. Operators of an expression stand in brackets where another operator is around them.
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

    pub(super) fn word(&mut self, word: &str) {
        self.out.push_str(word);
    }

    /// A name, in back quotes where it needs them.
    pub(super) fn name(&mut self, name: &str) {
        display::name(&mut self.out, name).expect("writing to a string does not fail");
    }

    /// The name of a slot (see [`SlotNames`]).
    pub(super) fn slot(&mut self, slot: Slot) {
        let names = self.names;
        match (names.variable(slot), names.text(slot)) {
            (Some(name), _) => self.name(name),
            (None, Some(text)) => self.word(text),
            (None, None) => self.word(&format!("@{}", slot.0)),
        }
    }

    /// Whether the slot belongs to a variable or a column of the answer.
    pub(super) fn is_named(&self, slot: Slot) -> bool {
        self.names.variable(slot).is_some()
    }

    /// Whether the slot has a name or the text of an expression.
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
            if whole {
                writer.expr(expr)
            } else {
                writer.operand(expr)
            }
        });
    }

    /// `(a, b)`
    pub(super) fn arguments(&mut self, exprs: &[Expr]) {
        self.word("(");
        self.all(exprs, ", ");
        self.word(")");
    }

    /// An expression inside of an operator.
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
            } => {
                self.word("reduce(");
                self.slot(*accumulator);
                self.tail(" = ", Some(init));
                self.word(", ");
                self.choice(*variable, list, None);
                self.tail(" | ", Some(body));
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

    /// A constant; a long one is cut.
    fn constant(&mut self, value: &Value) {
        let text = display::literal(value);
        match text.char_indices().nth(LONGEST) {
            None => self.word(&text),
            Some((end, _)) => {
                self.word(&text[..end]);
                self.word("…");
            }
        }
    }

    fn parameter(&mut self, number: u32) {
        self.word("$");
        match self.names.plan.parameters.get(number as usize) {
            Some(parameter) => self.name(&parameter.name),
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

    /// An expression with what leads to it, if there is one.
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

/// Whether an expression is an operator with operands beside it.
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
