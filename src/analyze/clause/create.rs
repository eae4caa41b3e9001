//! `CREATE`.

use crate::{
    analyze::{
        Analyzer, Result,
        flow::Flow,
        scope::{Scope, already_bound},
        subquery::attach,
        typed::Typed,
        types::{conflict, require},
    },
    base::{Code, Diagnostic, Span},
    plan::{
        Create, CreateEdge, CreateNode, CreateType, Expr, ExprKind, Node, Op, PathStep, Slot,
        SlotSet,
    },
    syntax::ast::{self, CreateClause, Direction, LabelExprKind, Selector},
    value::Type,
};

/// The entities that a pattern creates, and its named paths.
#[derive(Default)]
pub(super) struct Creation {
    /// In order: a batch may read properties of entities from earlier batches.
    batches: Vec<Batch>,
    pub(super) paths: Vec<(Slot, Expr)>,
}

/// Entities that one operator creates.
#[derive(Default)]
struct Batch {
    nodes: Vec<CreateNode>,
    edges: Vec<CreateEdge>,
}

impl Batch {
    fn creates(&self, slot: Slot) -> bool {
        self.nodes.iter().any(|node| node.slot == slot)
            || self.edges.iter().any(|edge| edge.slot == slot)
    }

    fn reads(&self) -> SlotSet {
        let nodes = self.nodes.iter().map(CreateNode::reads);
        let edges = self.edges.iter().map(CreateEdge::reads);
        let mut slots = SlotSet::default();
        nodes
            .chain(edges)
            .for_each(|reads| slots.extend(reads.iter()));
        slots
    }
}

impl Creation {
    /// Replaces the slots of the created entities.
    pub(super) fn rename(&mut self, name: impl Fn(Slot) -> Slot) {
        for batch in &mut self.batches {
            for node in &mut batch.nodes {
                node.slot = name(node.slot);
            }
            for edge in &mut batch.edges {
                (edge.slot, edge.from, edge.to) = (name(edge.slot), name(edge.from), name(edge.to));
            }
        }
        for (_, path) in &mut self.paths {
            if let ExprKind::Path { start, steps } = &mut path.kind {
                *start = name(*start);
                for step in steps {
                    *step = PathStep {
                        edge: name(step.edge),
                        node: name(step.node),
                    };
                }
            }
        }
    }

    /// All batches as one operator. Requires that no property reads a created entity.
    pub(super) fn create(self) -> Create {
        let mut create = Create {
            nodes: Vec::new(),
            edges: Vec::new(),
        };
        for batch in self.batches {
            create.nodes.extend(batch.nodes);
            create.edges.extend(batch.edges);
        }
        create
    }

    fn has_path(&self, slot: Slot) -> bool {
        self.paths.iter().any(|(path, _)| *path == slot)
    }

    fn makes(&self, slot: Slot) -> bool {
        self.has_path(slot) || self.batches.iter().any(|batch| batch.creates(slot))
    }

    /// The batch for an entity whose expressions read these slots: a new one if they read an entity of the last batch.
    fn batch(&mut self, reads: &SlotSet) -> &mut Batch {
        let waits = self
            .batches
            .last()
            .is_none_or(|batch| reads.iter().any(|slot| batch.creates(slot)));
        if waits {
            self.batches.push(Batch::default());
        }
        self.batches.last_mut().expect("there is a batch by now")
    }
}

impl Analyzer<'_> {
    pub(super) fn create_clause(&mut self, flow: Flow, clause: &CreateClause) -> Result<Flow> {
        let Flow { plan, mut scope } = flow;
        let mut creation = Creation::default();
        let ((), needs) = self.collecting(|this| {
            for part in &clause.pattern.parts {
                this.created_part(part, None, &mut scope, &mut creation)?;
            }
            Ok(())
        })?;
        let mut plan = attach(plan, needs);
        for batch in creation.batches {
            plan = self.created(plan, batch);
        }
        if !creation.paths.is_empty() {
            plan = Op::Project {
                items: creation.paths,
            }
            .on(plan);
        }
        Ok(Flow { plan, scope })
    }

    /// Adds a batch to a plan. A preceding `Create` takes the batch, unless the batch reads what that `Create` makes.
    fn created(&mut self, mut plan: Node, batch: Batch) -> Node {
        if let Op::Eager = plan.op
            && let Op::Create(before) = &mut plan.inputs[0].op
        {
            let made = before.adds();
            if batch.reads().iter().all(|slot| !made.contains(slot)) {
                before.nodes.extend(batch.nodes);
                before.edges.extend(batch.edges);
                return plan;
            }
        }
        self.writing(plan, |input| {
            Op::Create(Create {
                nodes: batch.nodes,
                edges: batch.edges,
            })
            .on(input)
        })
    }

    /// Adds the entities of one chain. Its properties are analysed in `outer`, or in `scope` if `outer` is `None`.
    pub(super) fn created_part(
        &mut self,
        part: &ast::PatternPart,
        outer: Option<&Scope>,
        scope: &mut Scope,
        creation: &mut Creation,
    ) -> Result<()> {
        let searches = part.selector != Selector::All || part.prefix.is_some();
        if searches || part.predicate.is_some() || !part.alternatives.is_empty() {
            let message = "a search or a union of paths can be matched, not created";
            return Err(Box::new(Diagnostic::new(
                Code::UnexpectedSyntax,
                part.span,
                message,
            )));
        }
        let alone = part.element.steps.is_empty();
        let start = self.created_node(&part.element.start, alone, outer, scope, creation)?;
        let mut from = start;
        let mut steps = Vec::new();
        for (relationship, node) in &part.element.steps {
            let to = self.created_node(node, false, outer, scope, creation)?;
            let edge = self.created_edge(relationship, from, to, outer, scope, creation)?;
            steps.push(PathStep { edge, node: to });
            from = to;
        }
        if let Some(name) = &part.variable {
            self.check_free(name, scope)?;
            let slot = self.slot(&name.text, Type::PATH);
            scope.bind(&name.text, slot, Type::PATH, Some(name.span));
            creation
                .paths
                .push((slot, Expr::new(ExprKind::Path { start, steps }, part.span)));
        }
        Ok(())
    }

    fn created_node(
        &mut self,
        node: &ast::NodePattern,
        alone: bool,
        outer: Option<&Scope>,
        scope: &mut Scope,
        creation: &mut Creation,
    ) -> Result<Slot> {
        self.step()?;
        refuse_predicate(node.predicate.as_ref())?;
        if let Some(name) = &node.variable
            && let Some(binding) = scope.get(&name.text)
        {
            if !binding.kind.fits(Type::NODE) {
                return Err(Box::new(conflict(name, Type::NODE, binding)));
            }
            if alone || node.labels.is_some() || node.properties.is_some() {
                let message = format!(
                    "variable `{}` is already bound, so it cannot be created",
                    name.text
                );
                return Err(Box::new(
                    already_bound(name.span, binding, message)
                        .help("use `SET` to change it, or choose another name"),
                ));
            }
            self.read(binding.slot);
            return Ok(binding.slot);
        }
        let mut created = CreateNode {
            slot: Slot(0),
            labels: Vec::new(),
            names: Vec::new(),
            properties: None,
            span: node.span,
        };
        let reader = outer.unwrap_or(scope);
        if let Some(labels) = &node.labels {
            self.created_labels(labels, reader, creation, &mut created)?;
        }
        let given = node.properties.as_ref();
        created.properties = self.created_properties(given, reader, creation)?;
        created.slot = self.named_or_hidden(node.variable.as_ref(), Type::NODE, scope);
        let slot = created.slot;
        creation.batch(&created.reads()).nodes.push(created);
        Ok(slot)
    }

    /// Adds the labels of a node to create. `Err` unless the label expression is a conjunction.
    fn created_labels(
        &mut self,
        labels: &ast::LabelExpr,
        scope: &Scope,
        creation: &Creation,
        node: &mut CreateNode,
    ) -> Result<()> {
        match &labels.kind {
            LabelExprKind::Name(name) => node.labels.push(name.text.as_str().into()),
            LabelExprKind::And(parts) => {
                for part in parts {
                    self.created_labels(part, scope, creation, node)?;
                }
            }
            LabelExprKind::Dynamic { any: false, names } => {
                node.names.push(self.created_name(names, scope, creation)?);
            }
            LabelExprKind::Dynamic { any: true, .. }
            | LabelExprKind::Any
            | LabelExprKind::Not(_)
            | LabelExprKind::Or(_) => {
                let message = "a node to create or merge needs a list of labels";
                return Err(Box::new(
                    Diagnostic::new(Code::UnexpectedSyntax, labels.span, message)
                        .help("write `:A:B`, `:A&B` or `:$(names)`"),
                ));
            }
        }
        Ok(())
    }

    /// The names that an expression gives the labels or the type of an entity to create.
    fn created_name(
        &mut self,
        names: &ast::Expr,
        scope: &Scope,
        creation: &Creation,
    ) -> Result<Expr> {
        let typed = self.created_expr(names, scope, creation)?;
        require(&typed, Type::STRING.or(Type::LIST), "the name of a label")?;
        Ok(typed.expr)
    }

    fn created_edge(
        &mut self,
        pattern: &ast::RelationshipPattern,
        left: Slot,
        right: Slot,
        outer: Option<&Scope>,
        scope: &mut Scope,
        creation: &mut Creation,
    ) -> Result<Slot> {
        refuse_predicate(pattern.predicate.as_ref())?;
        if let Some(length) = pattern.length {
            let message = "a relationship to create cannot have a length";
            return Err(Box::new(
                Diagnostic::new(Code::CreatingVarLength, length.span, message)
                    .help("write each relationship of the chain"),
            ));
        }
        if let Some(name) = &pattern.variable {
            self.check_free(name, scope)?;
        }
        let name = single_type(pattern)?;
        if pattern.direction == Direction::Either {
            let message = "a relationship to create needs a direction";
            return Err(Box::new(
                Diagnostic::new(Code::RequiresDirectedRelationship, pattern.span, message)
                    .help("write `-[…]->` or `<-[…]-`"),
            ));
        }
        let reader = outer.unwrap_or(scope);
        let kind = match name {
            SingleType::Name(name) => CreateType::Name(name.text.as_str().into()),
            SingleType::Computed(name) => {
                CreateType::Computed(self.created_name(name, reader, creation)?)
            }
        };
        let given = pattern.properties.as_ref();
        let properties = self.created_properties(given, reader, creation)?;
        let slot = self.named_or_hidden(pattern.variable.as_ref(), Type::RELATIONSHIP, scope);
        let (from, to) = if pattern.direction == Direction::Incoming {
            (right, left)
        } else {
            (left, right)
        };
        let created = CreateEdge {
            slot,
            from,
            to,
            kind,
            properties,
            span: pattern.span,
        };
        creation.batch(&created.reads()).edges.push(created);
        Ok(slot)
    }

    /// The properties of an entity to create.
    fn created_properties(
        &mut self,
        properties: Option<&ast::Expr>,
        scope: &Scope,
        creation: &Creation,
    ) -> Result<Option<Expr>> {
        let Some(properties) = properties else {
            return Ok(None);
        };
        let typed = self.created_expr(properties, scope, creation)?;
        require(&typed, Type::MAP, "a list of properties")?;
        Ok(Some(typed.expr))
    }

    /// An expression of an entity to create. `Err` if it reads what the same clause completes only later: a named path,
    /// or, in a subquery, a created entity. Subqueries run before all entities of the clause are created.
    fn created_expr(
        &mut self,
        expr: &ast::Expr,
        scope: &Scope,
        creation: &Creation,
    ) -> Result<Typed> {
        let earlier = self.pending.len();
        let typed = self.expr(expr, scope)?;
        let direct = typed.expr.slots();
        let path = direct.iter().find(|slot| creation.has_path(*slot));
        let subqueries = self.pending[earlier..].iter();
        let mut reads = subqueries.flat_map(|pending| pending.need.reads.iter().copied());
        if let Some(slot) = path.or_else(|| reads.find(|slot| creation.makes(*slot))) {
            return Err(Box::new(self.not_yet_created(slot, expr.span)));
        }
        Ok(typed)
    }

    fn not_yet_created(&self, slot: Slot, span: Span) -> Diagnostic {
        let name = &self.slots[slot.index()].name;
        let message = format!("the expression reads `{name}`, which the same `CREATE` creates");
        Diagnostic::new(Code::UndefinedVariable, span, message)
            .help(format!("create `{name}` in a preceding clause"))
    }

    fn named_or_hidden(&mut self, name: Option<&ast::Name>, kind: Type, scope: &mut Scope) -> Slot {
        let Some(name) = name else {
            return self.hidden(kind);
        };
        let slot = self.slot(&name.text, kind);
        scope.bind(&name.text, slot, kind, Some(name.span));
        slot
    }
}

/// The type of a relationship pattern to create.
pub(super) enum SingleType<'q> {
    Name(&'q ast::Name),
    Computed(&'q ast::Expr),
}

/// The type of a relationship to create. `Err` unless there is exactly one.
pub(super) fn single_type(pattern: &ast::RelationshipPattern) -> Result<SingleType<'_>> {
    match pattern.types.as_ref().map(|types| &types.kind) {
        Some(LabelExprKind::Name(name)) => Ok(SingleType::Name(name)),
        Some(LabelExprKind::Dynamic { any: false, names }) => Ok(SingleType::Computed(names)),
        _ => {
            let message = "a relationship to create or merge needs exactly one type";
            Err(Box::new(
                Diagnostic::new(Code::NoSingleRelationshipType, pattern.span, message)
                    .help("write one type, as in `-[:KNOWS]->`"),
            ))
        }
    }
}

fn refuse_predicate(predicate: Option<&ast::Expr>) -> Result<()> {
    match predicate {
        None => Ok(()),
        Some(expr) => Err(Box::new(misplaced_where(expr.span))),
    }
}

fn misplaced_where(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::UnexpectedSyntax,
        span,
        "a pattern to create or merge cannot have a `WHERE`",
    )
}
