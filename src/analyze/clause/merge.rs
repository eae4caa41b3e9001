//! `MERGE`.

use crate::{
    analyze::{
        Analyzer, Result,
        clause::create::{Creation, single_type},
        flow::Flow,
        scope::{Scope, already_bound},
        subquery::{Inner, Pending, attach},
        types::conflict,
    },
    base::{Code, Diagnostic, Span},
    plan::{ApplyKind, Expr, ExprKind, Merge, Node, Op, SetItem, Slot},
    syntax::ast::{self, Direction, MergeClause, PatternPart},
    value::Type,
};

impl Analyzer<'_> {
    pub(super) fn merge_clause(&mut self, flow: Flow, clause: &MergeClause) -> Result<Flow> {
        if clause.has_subquery() {
            return self.merge_with_subqueries(flow, clause);
        }
        let (flow, _) = self.merged(flow, clause, false)?;
        Ok(flow)
    }

    /// `MERGE` with subqueries in its actions: for each row a `MERGE` that says what it creates, the subqueries of its
    /// actions, and a `SET`. A later row sees the changes of an earlier one.
    fn merge_with_subqueries(&mut self, flow: Flow, clause: &MergeClause) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let mut new_scope = scope.clone();
        let plan = self.applying(plan, |this| {
            let flow = Flow {
                plan: this.leaf(),
                scope: scope.clone(),
            };
            let (flow, created) = this.merged(flow, clause, true)?;
            let mut plan = flow.plan;
            let mut items = Vec::new();
            for on_create in [true, false] {
                let (changes, needs) =
                    this.collecting(|this| this.merge_actions(clause, on_create, &flow.scope))?;
                let applies = condition(created, on_create, clause.span);
                plan = attach_if(plan, needs, created, &applies);
                let changes = changes.into_iter();
                items
                    .extend(changes.map(|item| item.of_entity(|entity| only_if(&applies, entity))));
            }
            let plan = this.writing(plan, |input| Op::Set { items }.on(input));
            let adds = flow.scope.beyond(&scope);
            let adds = adds.map(|(_, binding)| binding.slot).collect();
            new_scope = flow.scope;
            Ok((plan, ApplyKind::Inner { adds }))
        })?;
        Ok(Flow {
            plan,
            scope: new_scope,
        })
    }

    /// The rows after a `MERGE`. If `marks`, its actions are left out, and the slot says which rows are created.
    fn merged(&mut self, flow: Flow, clause: &MergeClause, marks: bool) -> Result<(Flow, Slot)> {
        let Flow { plan, scope } = flow;
        self.check_merge(&clause.part, &scope)?;
        let part = all_named(&clause.part);
        let variables = self.variables.len();
        let (inner, matched) = self.framed(|this| {
            let flow = Flow {
                plan: this.leaf(),
                scope: scope.clone(),
            };
            let flow = this.match_element(flow, None, &part.element, None)?;
            Ok((flow.plan, flow.scope))
        })?;
        self.variables.truncate(variables);
        let mut created = scope.clone();
        let (mut creation, needs) = self.collecting(|this| {
            let mut creation = Creation::default();
            this.merged_part(&part, &scope, &mut created, &mut creation)?;
            Ok(creation)
        })?;
        creation.rename(|slot| {
            let name = created
                .names()
                .find(|(_, binding)| binding.slot == slot)
                .map(|(name, _)| name);
            name.and_then(|name| matched.get(name))
                .map_or(slot, |binding| binding.slot)
        });
        let adds: Vec<Slot> = matched
            .beyond(&scope)
            .map(|(_, binding)| binding.slot)
            .collect();
        let mut new_scope = matched;
        new_scope.retain(|name| !name.starts_with(MADE_UP));
        let paths = std::mem::take(&mut creation.paths);
        if let (Some(name), Some((slot, _))) = (&clause.part.variable, paths.first()) {
            new_scope.bind(&name.text, *slot, Type::PATH, Some(name.span));
        }
        let (mut on_create, mut on_match) = (Vec::new(), Vec::new());
        if !marks {
            on_create = self.merge_actions(clause, true, &new_scope)?;
            on_match = self.merge_actions(clause, false, &new_scope)?;
        }
        let created = self.slot("created", Type::BOOLEAN);
        let Inner {
            plan: inner, row, ..
        } = inner;
        let mut plan = self.writing(attach(plan, needs), |input| {
            let merge = Merge {
                row,
                adds,
                created: marks.then_some(created),
                create: creation.create(),
                on_create,
                on_match,
            };
            Op::Merge(merge).over(vec![input, inner])
        });
        if !paths.is_empty() {
            plan = Op::Project { items: paths }.on(plan);
        }
        let scope = new_scope;
        Ok((Flow { plan, scope }, created))
    }

    fn merge_actions(
        &mut self,
        clause: &MergeClause,
        on_create: bool,
        scope: &Scope,
    ) -> Result<Vec<SetItem>> {
        let actions = clause
            .actions
            .iter()
            .filter(|action| action.on_create == on_create);
        let items = actions.flat_map(|action| &action.items);
        items.map(|item| self.set_item(item, scope)).collect()
    }

    /// Rejects patterns that can be matched but not created, and bound variables that the pattern would redefine.
    fn check_merge(&mut self, part: &PatternPart, scope: &Scope) -> Result<()> {
        let alone = part.element.steps.is_empty();
        let nodes = std::iter::once(&part.element.start)
            .chain(part.element.steps.iter().map(|(_, node)| node));
        for node in nodes {
            let Some(name) = &node.variable else { continue };
            let Some(binding) = scope.get(&name.text) else {
                continue;
            };
            if !binding.kind.fits(Type::NODE) {
                return Err(Box::new(conflict(name, Type::NODE, binding)));
            }
            if alone || node.labels.is_some() || node.properties.is_some() {
                let message = format!(
                    "variable `{}` is already bound, so it cannot be merged",
                    name.text
                );
                return Err(Box::new(
                    already_bound(name.span, binding, message)
                        .help("use `SET` to change it, or choose another name"),
                ));
            }
        }
        for (relationship, _) in &part.element.steps {
            if let Some(length) = relationship.length {
                let message = "a relationship to merge cannot have a length";
                return Err(Box::new(
                    Diagnostic::new(Code::CreatingVarLength, length.span, message)
                        .help("write each relationship of the chain"),
                ));
            }
            if let Some(name) = &relationship.variable {
                self.check_free(name, scope)?;
            }
            single_type(relationship)?;
        }
        if let Some(name) = &part.variable {
            self.check_free(name, scope)?;
        }
        self.check_merge_properties(part)
    }

    fn check_merge_properties(&self, part: &PatternPart) -> Result<()> {
        let nodes = std::iter::once(&part.element.start)
            .chain(part.element.steps.iter().map(|(_, node)| node));
        let properties = nodes.map(|node| &node.properties).chain(
            part.element
                .steps
                .iter()
                .map(|(relationship, _)| &relationship.properties),
        );
        for map in properties.flatten() {
            if let ast::ExprKind::Parameter(_) = map.kind {
                let message = "a pattern to merge needs a map literal, found a parameter";
                return Err(Box::new(
                    Diagnostic::new(Code::InvalidParameterUse, map.span, message)
                        .help("write `{key: $value}`"),
                ));
            }
        }
        Ok(())
    }

    /// Adds the entities to create if nothing matches. A relationship without a direction points to the right.
    fn merged_part(
        &mut self,
        part: &PatternPart,
        outer: &Scope,
        scope: &mut Scope,
        creation: &mut Creation,
    ) -> Result<()> {
        let mut part = part.clone();
        for (relationship, _) in &mut part.element.steps {
            if relationship.direction == Direction::Either {
                relationship.direction = Direction::Outgoing;
            }
        }
        self.created_part(&part, Some(outer), scope, creation)
    }
}

/// Whether the actions of a case apply: `created`, or `NOT created`.
fn condition(created: Slot, on_create: bool, span: Span) -> Expr {
    let flag = Expr::slot(created, span);
    if on_create {
        return flag;
    }
    Expr::new(ExprKind::Not(Box::new(flag)), span)
}

/// The entity if a condition holds, or null, which changes skip.
fn only_if(condition: &Expr, entity: Expr) -> Expr {
    let span = entity.span;
    let kind = ExprKind::Case {
        operand: None,
        branches: vec![(condition.clone(), entity)],
        otherwise: None,
    };
    Expr::new(kind, span)
}

/// Applies subqueries to the rows for which a condition over a slot holds.
fn attach_if(plan: Node, needs: Vec<Pending>, slot: Slot, condition: &Expr) -> Node {
    let guarded = needs.into_iter().map(|mut pending| {
        let row = pending.need.apply.row;
        guard(&mut pending.inner, row, slot, condition);
        pending
    });
    attach(plan, guarded.collect())
}

/// Filters the outer rows at the leaves of an inner plan.
fn guard(plan: &mut Node, row: Slot, slot: Slot, condition: &Expr) {
    if let Op::Argument { row: own, slots } = &mut plan.op {
        if *own == row {
            slots.push(slot);
            let leaf = std::mem::replace(plan, Op::Unit.leaf());
            let predicates = vec![condition.clone()];
            *plan = Op::Filter { predicates }.on(leaf);
        }
        return;
    }
    let inputs = plan.inputs.iter_mut();
    inputs.for_each(|input| guard(input, row, slot, condition));
}

/// Prefix of the variables of unnamed elements. No query can contain it.
const MADE_UP: &str = "\u{0}";

/// Names every element of a pattern, so that matched and created elements can be paired by name.
fn all_named(part: &PatternPart) -> PatternPart {
    let mut part = part.clone();
    let nodes = std::iter::once(&mut part.element.start);
    let mut variables: Vec<(&mut Option<ast::Name>, Span)> =
        nodes.map(|node| (&mut node.variable, node.span)).collect();
    for (relationship, node) in &mut part.element.steps {
        variables.push((&mut relationship.variable, relationship.span));
        variables.push((&mut node.variable, node.span));
    }
    for (position, (variable, span)) in variables.into_iter().enumerate() {
        variable.get_or_insert_with(|| ast::Name {
            text: format!("{MADE_UP}{position}"),
            span,
        });
    }
    part
}
