//! `MERGE`.

use crate::{
    analyze::{
        Analyzer, Result,
        clause::create::{Creation, single_type},
        flow::Flow,
        scope::{Scope, already_bound},
        subquery::{Inner, attach},
        types::conflict,
    },
    base::{Code, Diagnostic, Span},
    plan::{Merge, Op, SetItem, Slot},
    syntax::ast::{self, Direction, MergeClause, PatternPart},
    value::Type,
};

impl Analyzer<'_> {
    pub(super) fn merge_clause(&mut self, flow: Flow, clause: &MergeClause) -> Result<Flow> {
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
        let (on_create, on_match) = self.actions(clause, &new_scope)?;
        let Inner {
            plan: inner, row, ..
        } = inner;
        let mut plan = self.writing(attach(plan, needs), |input| {
            let merge = Merge {
                row,
                adds,
                create: creation.create(),
                on_create,
                on_match,
            };
            Op::Merge(merge).over(vec![input, inner])
        });
        if !paths.is_empty() {
            plan = Op::Project { items: paths }.on(plan);
        }
        Ok(Flow {
            plan,
            scope: new_scope,
        })
    }

    fn actions(
        &mut self,
        clause: &MergeClause,
        scope: &Scope,
    ) -> Result<(Vec<SetItem>, Vec<SetItem>)> {
        let (actions, late) = self.collecting(|this| {
            let create = this.merge_actions(clause, true, scope)?;
            Ok((create, this.merge_actions(clause, false, scope)?))
        })?;
        if late.is_empty() {
            return Ok(actions);
        }
        let message = "a subquery is not allowed in `ON CREATE SET` and `ON MATCH SET`";
        Err(Box::new(
            Diagnostic::new(Code::UnexpectedSyntax, clause.span, message)
                .help("compute it in a preceding `WITH`, or use a `SET` after the `MERGE`"),
        ))
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
