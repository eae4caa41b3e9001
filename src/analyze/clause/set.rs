//! `SET` and `REMOVE`.

use crate::{
    analyze::{
        Analyzer, Result, flow::Flow, scope::Scope, subquery::attach, typed::Typed, types::require,
    },
    base::{Code, Diagnostic},
    plan::{Expr, Op, SetItem},
    syntax::ast::{self, ExprKind, Name, RemoveClause, RemoveItem, SetClause},
    value::{Text, Type, Value},
};

impl Analyzer<'_> {
    pub(super) fn set_clause(&mut self, flow: Flow, clause: &SetClause) -> Result<Flow> {
        let items = clause.items.iter();
        if clause.at_once {
            return self.set_at_once(flow, items);
        }
        self.updated(flow, |this, scope| {
            items.map(|item| this.set_item(item, scope)).collect()
        })
    }

    /// Sets properties and labels to values that are all computed before the first change (GQL 13.3).
    fn set_at_once<'q>(
        &mut self,
        flow: Flow,
        items: impl Iterator<Item = &'q ast::SetItem>,
    ) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let (mut items, needs) = self.collecting(|this| {
            let items = items.map(|item| this.set_item(item, &scope));
            items.collect::<Result<Vec<_>>>()
        })?;
        let values = items.iter_mut().filter_map(SetItem::value_mut);
        let values = values.map(|value| {
            let slot = self.hidden(Type::ANY);
            let read = Expr::slot(slot, value.span);
            (slot, std::mem::replace(value, read))
        });
        let values: Vec<_> = values.collect();
        let mut plan = attach(plan, needs);
        if !values.is_empty() {
            plan = Op::Project { items: values }.on(plan);
        }
        let plan = self.writing(plan, |input| Op::Set { items }.on(input));
        Ok(Flow { plan, scope })
    }

    pub(super) fn remove_clause(&mut self, flow: Flow, clause: &RemoveClause) -> Result<Flow> {
        self.updated(flow, |this, scope| {
            clause
                .items
                .iter()
                .map(|item| this.remove_item(item, scope))
                .collect()
        })
    }

    fn updated(
        &mut self,
        flow: Flow,
        items: impl FnOnce(&mut Self, &Scope) -> Result<Vec<SetItem>>,
    ) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let (items, needs) = self.collecting(|this| items(this, &scope))?;
        let plan = self.writing(attach(plan, needs), |input| Op::Set { items }.on(input));
        Ok(Flow { plan, scope })
    }

    pub(super) fn set_item(&mut self, item: &ast::SetItem, scope: &Scope) -> Result<SetItem> {
        match item {
            ast::SetItem::Property { target, value } => {
                let value = self.expr(value, scope)?.expr;
                self.property_target(target, value, scope)
            }
            ast::SetItem::Replace { variable, value } => self.set_map(variable, value, true, scope),
            ast::SetItem::Add { variable, value } => self.set_map(variable, value, false, scope),
            ast::SetItem::DynamicLabels { variable, names } => {
                self.dynamic_labels(variable, names, true, scope)
            }
            ast::SetItem::Labels { variable, labels } => {
                let entity = self.labelled_node(variable, scope)?;
                Ok(SetItem::AddLabels {
                    entity,
                    labels: texts(labels),
                })
            }
        }
    }

    /// `n:$(names)`
    fn dynamic_labels(
        &mut self,
        variable: &Name,
        names: &ast::Expr,
        add: bool,
        scope: &Scope,
    ) -> Result<SetItem> {
        let entity = self.labelled_node(variable, scope)?;
        let names = self.expr(names, scope)?;
        require(&names, Type::STRING.or(Type::LIST), "the name of a label")?;
        let names = names.expr;
        Ok(SetItem::DynamicLabels { entity, names, add })
    }

    fn remove_item(&mut self, item: &RemoveItem, scope: &Scope) -> Result<SetItem> {
        match item {
            RemoveItem::Property(target) => {
                let nothing = Expr::constant(Value::Null, target.span);
                self.property_target(target, nothing, scope)
            }
            RemoveItem::DynamicLabels { variable, names } => {
                self.dynamic_labels(variable, names, false, scope)
            }
            RemoveItem::Labels { variable, labels } => {
                let entity = self.labelled_node(variable, scope)?;
                Ok(SetItem::RemoveLabels {
                    entity,
                    labels: texts(labels),
                })
            }
        }
    }

    fn property_target(
        &mut self,
        target: &ast::Expr,
        value: Expr,
        scope: &Scope,
    ) -> Result<SetItem> {
        match &target.kind {
            ExprKind::Property(entity, name) => {
                let entity = self.entity(entity, scope)?;
                Ok(SetItem::Property {
                    entity,
                    key: name.text.as_str().into(),
                    value,
                })
            }
            ExprKind::Index(entity, key) => {
                let entity = self.entity(entity, scope)?;
                let key = self.expr(key, scope)?;
                require(&key, Type::STRING, "a property key")?;
                Ok(SetItem::Dynamic {
                    entity,
                    key: key.expr,
                    value,
                })
            }
            _ => {
                let message = "`SET` needs a property, a variable or a label";
                Err(Box::new(Diagnostic::new(
                    Code::UnexpectedSyntax,
                    target.span,
                    message,
                )))
            }
        }
    }

    fn entity(&mut self, entity: &ast::Expr, scope: &Scope) -> Result<Expr> {
        let typed = self.expr(entity, scope)?;
        require(&typed, Type::ENTITY, "a change of properties")?;
        Ok(typed.expr)
    }

    fn set_map(
        &mut self,
        variable: &Name,
        value: &ast::Expr,
        replace: bool,
        scope: &Scope,
    ) -> Result<SetItem> {
        let entity = self.variable(variable, scope)?;
        require(&entity, Type::ENTITY, "a change of properties")?;
        let value = self.expr(value, scope)?;
        require(
            &value,
            Type::MAP.or(Type::ENTITY),
            "a change of all properties",
        )?;
        Ok(SetItem::Map {
            entity: entity.expr,
            value: value.expr,
            replace,
        })
    }

    fn labelled_node(&mut self, variable: &Name, scope: &Scope) -> Result<Expr> {
        let entity = self.variable(variable, scope)?;
        require(&entity, Type::NODE, "a change of labels")?;
        Ok(entity.expr)
    }

    fn variable(&mut self, variable: &Name, scope: &Scope) -> Result<Typed> {
        let binding = self.resolve(&variable.text, variable.span, scope)?;
        Ok(Typed {
            expr: Expr::slot(binding.slot, variable.span),
            kind: binding.kind,
        })
    }
}

fn texts(names: &[Name]) -> Vec<Text> {
    names.iter().map(|name| name.text.as_str().into()).collect()
}
