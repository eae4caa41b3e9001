//! The names of slots in the text of a plan.

use crate::{
    base::Span,
    plan::{Op, Plan, Slot},
};

/// The names of the slots of a plan in a text.
#[derive(Debug)]
pub struct SlotNames<'a> {
    plan: &'a Plan,
    /// By slot: the name of its variable or column.
    names: Vec<Option<&'a str>>,
    /// By slot: the text of the expression that fills or reads it.
    texts: Vec<Option<String>>,
    /// True for the exact notation: every slot has its own name, and every part of an operator is shown.
    exact: bool,
}

impl<'a> SlotNames<'a> {
    /// The names for `EXPLAIN`: the variable, the column of the answer, the text of the expression that fills or reads
    /// the slot, or else the number of the slot after an `@`. `source` is the text that the spans of the plan refer to.
    #[must_use]
    pub fn new(plan: &'a Plan, source: &str) -> Self {
        let column = |slot| plan.columns.iter().find(|column| column.slot == slot);
        let slots = (0_u32..).map(Slot).zip(&plan.slots);
        let names = slots.map(|(slot, info)| {
            let variable = Some(&*info.name).filter(|name| !name.starts_with('@'));
            variable.or_else(|| Some(&*column(slot)?.name))
        });
        let mut names = Self {
            plan,
            names: names.collect(),
            texts: vec![None; plan.slots.len()],
            exact: false,
        };
        names.learn_all(source);
        names
    }

    /// Names that tell slots apart: the variable if no other slot has its name, or else the number of the slot after an
    /// `@`.
    #[must_use]
    pub fn exact(plan: &'a Plan) -> Self {
        let of_one = |name: &&str| {
            let plain = !name.starts_with('@') && !name.contains(char::is_control);
            let slots = plan.slots.iter().filter(|info| &*info.name == *name);
            plain && slots.count() == 1
        };
        let names = plan.slots.iter().map(|info| Some(&*info.name));
        Self {
            plan,
            names: names.map(|name| name.filter(of_one)).collect(),
            texts: Vec::new(),
            exact: true,
        }
    }

    fn learn_all(&mut self, source: &str) {
        let plan = self.plan;
        plan.root.each(&mut |node| match &node.op {
            Op::Project { items } => {
                for (slot, expr) in items {
                    self.learn(*slot, expr.span, source);
                }
            }
            Op::Aggregate {
                keys, aggregates, ..
            } => {
                for (slot, expr) in keys {
                    self.learn(*slot, expr.span, source);
                }
                for (slot, call) in aggregates {
                    self.learn(*slot, call.span, source);
                }
            }
            _ => {}
        });
        plan.root.each(&mut |node| {
            for expr in node.op.expressions() {
                expr.each(&mut |part| {
                    if let Some(slot) = part.as_slot() {
                        self.learn(slot, part.span, source);
                    }
                });
            }
        });
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

    pub(super) fn name(&self, slot: Slot) -> Option<&'a str> {
        *self.names.get(slot.index())?
    }

    pub(super) fn text(&self, slot: Slot) -> Option<&str> {
        self.texts.get(slot.index())?.as_deref()
    }

    pub(super) fn parameter(&self, number: u32) -> Option<&'a str> {
        let parameter = self.plan.parameters.get(number as usize);
        parameter.map(|parameter| &*parameter.name)
    }

    pub(super) fn is_exact(&self) -> bool {
        self.exact
    }

    /// True if a name needs back quotes because it is a keyword of the exact notation.
    pub(super) fn is_quoted(&self, name: &str) -> bool {
        self.exact && is_keyword(name)
    }
}

/// True if a name is a keyword of the exact notation.
pub(super) fn is_keyword(name: &str) -> bool {
    let upper = name.len() > 1 && name.bytes().all(|letter| letter.is_ascii_uppercase());
    upper || matches!(name, "null" | "true" | "false" | "NaN" | "Infinity")
}
