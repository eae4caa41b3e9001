//! Checks that a plan is sound: it has no logical operators, and every slot that is read is filled below.

use std::fmt;

use crate::plan::{Apply, ApplyKind, Node, Op, Plan, SlotInfo, SlotSet, live::slots_of};

/// The reason why a plan is unsound: a defect of the code that built the plan, never of the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError(String);

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PlanError {}

/// Checks that a plan can be executed.
///
/// # Errors
/// The first defect, from the leaves upwards.
pub fn check(plan: &Plan) -> Result<(), PlanError> {
    let mut logical = false;
    plan.root
        .each(&mut |node| logical |= matches!(node.op, Op::Match(_)));
    if logical {
        return Err(PlanError("a `Match` has not been planned".to_owned()));
    }
    let wanted = plan.columns.iter().map(|column| column.slot).collect();
    check_node(&plan.root, &plan.slots, &wanted)
}

/// Checks that a plan, which may have logical operators, is sound and fills the slots that are read of its rows.
///
/// # Errors
/// The first defect, from the leaves upwards.
pub fn check_node(root: &Node, slots: &[SlotInfo], wanted: &SlotSet) -> Result<(), PlanError> {
    let checker = Checker { slots };
    let filled = checker.filled(root, None)?;
    checker.demand("the answer", wanted, &filled)
}

struct Checker<'a> {
    slots: &'a [SlotInfo],
}

type Filled = Result<SlotSet, PlanError>;

impl Checker<'_> {
    /// The slots that the rows of `node` hold. `outer` are the slots of the outer rows, inside an inner plan.
    ///
    /// A chain of operators is checked in a loop: plans can be deeper than the stack allows in debug builds.
    fn filled(&self, node: &Node, outer: Option<&SlotSet>) -> Filled {
        let mut chain = Vec::new();
        let mut leaf = node;
        while let [source] = leaf.sources() {
            chain.push(leaf);
            leaf = source;
        }
        let mut filled = self.start(leaf, outer)?;
        for node in chain.into_iter().rev() {
            filled = self.extended(node, filled)?;
        }
        Ok(filled)
    }

    /// The slots of an operator with no source or with two.
    fn start(&self, node: &Node, outer: Option<&SlotSet>) -> Filled {
        self.check_inputs(node)?;
        match &node.op {
            Op::Argument { slots, .. } => {
                let outer = outer.ok_or_else(|| {
                    PlanError("an `Argument` is outside of every inner plan".to_owned())
                })?;
                self.demand("Argument", &slots.iter().copied().collect(), outer)?;
                Ok(node.op.adds())
            }
            Op::Union { columns } => {
                let left = columns.iter().map(|(_, slot, _)| *slot).collect();
                self.demand("Union", &left, &self.filled(node.input(), outer)?)?;
                let right = columns.iter().map(|(.., slot)| *slot).collect();
                self.demand("Union", &right, &self.filled(node.second(), outer)?)?;
                Ok(node.op.adds())
            }
            Op::HashJoin { keys } => {
                let mut filled = self.filled(node.input(), outer)?;
                let right = self.filled(node.second(), outer)?;
                let probe_keys = slots_of(keys.iter().map(|(key, _)| key));
                self.demand("HashJoin", &probe_keys, &filled)?;
                let build_keys = slots_of(keys.iter().map(|(_, key)| key));
                self.demand("HashJoin", &build_keys, &right)?;
                filled.unite(&right);
                Ok(filled)
            }
            Op::Message(message) if message.weighted => {
                let mut filled = self.filled(node.input(), outer)?;
                self.demand(node.op.name(), &node.reads(), &filled)?;
                let weighted = self.filled(node.second(), outer)?;
                self.demand(node.op.name(), &SlotSet::one(message.node), &weighted)?;
                filled.unite(&node.op.adds());
                Ok(filled)
            }
            _ => Ok(node.op.adds()),
        }
    }

    /// The slots of an operator with one source, whose rows hold `filled`, and perhaps inner plans.
    fn extended(&self, node: &Node, mut filled: SlotSet) -> Filled {
        self.check_inputs(node)?;
        self.demand(node.op.name(), &node.reads(), &filled)?;
        let mut adds = node.op.adds();
        for inner in &node.inputs[1..] {
            let mut inside = filled.clone();
            inside.extend(node.op.argument_slot());
            if let Op::Match(pattern) = &node.op {
                inside.unite(&pattern.own_slots());
            }
            let inner = self.filled(inner, Some(&inside))?;
            self.demand(node.op.name(), &inner_demand(&node.op), &inner)?;
            if let Op::Apply(Apply {
                kind: ApplyKind::Inner { .. } | ApplyKind::Optional { .. },
                ..
            }) = &node.op
            {
                // A dead slot of the inner plan need not be filled.
                adds.intersect(&inner);
            }
        }
        match &node.op {
            Op::Aggregate { .. } => Ok(adds),
            Op::PreAggregate { keys } => Ok(keys.iter().copied().collect()),
            Op::Match(pattern) => {
                filled.unite(&pattern.own_slots());
                Ok(filled)
            }
            _ => {
                filled.unite(&adds);
                Ok(filled)
            }
        }
    }

    fn check_inputs(&self, node: &Node) -> Result<(), PlanError> {
        let expected = node.op.arity();
        let found = node.inputs.len();
        if expected == found {
            return Ok(());
        }
        let name = node.op.name();
        Err(PlanError(format!(
            "{name} has {found} inputs, expected {expected}"
        )))
    }

    fn demand(&self, who: &str, wanted: &SlotSet, filled: &SlotSet) -> Result<(), PlanError> {
        let Some(slot) = wanted.iter().find(|slot| !filled.contains(*slot)) else {
            return Ok(());
        };
        let info = self.slots.get(slot.index());
        let name = info.map_or("?", |info| &info.name);
        Err(PlanError(format!(
            "{who} reads slot {} (`{name}`), which no operator below it fills",
            slot.0
        )))
    }
}

/// The slots that the rows of an inner plan must hold.
fn inner_demand(op: &Op) -> SlotSet {
    match op {
        Op::Apply(Apply {
            kind: ApplyKind::Effect,
            ..
        }) => SlotSet::default(),
        Op::Apply(Apply { row, kind }) => {
            let value = match kind {
                ApplyKind::Collect { value, .. } => Some(*value),
                _ => None,
            };
            [*row].into_iter().chain(value).collect()
        }
        Op::Merge(merge) => merge.adds.iter().copied().collect(),
        Op::ShortestPathWhere { row, .. } => [*row].into_iter().collect(),
        _ => SlotSet::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::Span,
        plan::{Column, Expr, Slot},
    };

    fn plan(root: Node, answer: u32) -> Plan {
        let columns = vec![Column {
            name: "x".into(),
            slot: Slot(answer),
        }];
        Plan {
            root,
            columns,
            returns: true,
            slots: Vec::new(),
            parameters: Vec::new(),
            writes: false,
        }
    }

    fn project(slot: u32, from: u32, input: Node) -> Node {
        let items = vec![(Slot(slot), Expr::slot(Slot(from), Span::default()))];
        Op::Project { items }.on(input)
    }

    fn scan() -> Node {
        let op = Op::NodeScan {
            node: Slot(0),
            label: None,
        };
        op.on(Op::Unit.leaf())
    }

    #[test]
    fn a_slot_must_be_filled_before_it_is_read() {
        assert_eq!(check(&plan(project(1, 0, scan()), 1)), Ok(()));
        let problem = check(&plan(project(1, 2, scan()), 1)).unwrap_err();
        assert_eq!(
            problem.to_string(),
            "Project reads slot 2 (`?`), which no operator below it fills"
        );
        assert!(check(&plan(scan(), 3)).is_err());
    }

    #[test]
    fn an_operator_has_as_many_inputs_as_it_needs() {
        let problem = check(&plan(Op::Eager.leaf(), 1)).unwrap_err();
        assert_eq!(problem.to_string(), "Eager has 0 inputs, expected 1");
    }

    #[test]
    fn a_match_must_be_planned_and_an_argument_must_be_inside() {
        let pattern = Op::Match(Box::default());
        assert!(check(&plan(pattern.on(Op::Unit.leaf()), 0)).is_err());
        let argument = Op::Argument {
            row: Slot(0),
            slots: Vec::new(),
        };
        assert!(check(&plan(argument.leaf(), 0)).is_err());
    }
}
