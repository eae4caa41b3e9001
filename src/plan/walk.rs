//! Walking over plans: the inputs of an operator, its expressions, the parts of an expression.
//!
//! This is the only file that spells out every variant to reach what lies inside; everything else walks with it.

use crate::plan::{
    Apply, Create, Expr, ExprKind, Lookup, MapItem, Merge, Op, Plan, QueryGraph, SetItem, Slot,
    SlotSet,
};

/// One listing serves shared and mutable walks: `$iter` is `iter` or `iter_mut`, `$r` is `&` or `&mut`.
macro_rules! op_children {
    ($op:expr, $visit:ident, $iter:ident, $($r:tt)+) => {
        match $op {
            Op::Unit | Op::Argument { .. } => {}
            Op::Match { input, pattern } => {
                $visit(input);
                for need in pattern.subqueries.$iter() {
                    $visit($($r)+ need.apply.inner);
                }
            }
            Op::NodeScan { input, .. }
            | Op::EdgeScan { input, .. }
            | Op::Intersect { input, .. }
            | Op::Filter { input, .. }
            | Op::Project { input, .. }
            | Op::Aggregate { input, .. }
            | Op::Distinct { input, .. }
            | Op::Sort { input, .. }
            | Op::TopK { input, .. }
            | Op::Skip { input, .. }
            | Op::Limit { input, .. }
            | Op::Unwind { input, .. }
            | Op::Compact { input, .. }
            | Op::Eager { input }
            | Op::Set { input, .. }
            | Op::Delete { input, .. } => $visit(input),
            Op::IndexSeek(seek) => $visit($($r)+ seek.input),
            Op::Expand(expand) | Op::ExpandInto(expand) => $visit($($r)+ expand.input),
            Op::VarExpand(expand) => {
                $visit($($r)+ expand.input);
                expand.passing.$iter().for_each(|passing| $visit($($r)+ passing.inner));
            }
            Op::ProcedureCall(call) => $visit($($r)+ call.input),
            Op::Create(create) => $visit($($r)+ create.input),
            Op::Union(union) => {
                $visit($($r)+ union.left);
                $visit($($r)+ union.right);
            }
            Op::HashJoin(join) => {
                $visit($($r)+ join.left);
                $visit($($r)+ join.right);
            }
            Op::Apply(Apply { input, inner, .. }) | Op::Merge(Merge { input, inner, .. }) => {
                $visit(input);
                $visit(inner);
            }
            Op::Foreach(foreach) => {
                $visit($($r)+ foreach.input);
                $visit($($r)+ foreach.inner);
            }
        }
    };
}

macro_rules! op_expressions {
    ($op:expr, $visit:ident, $graph:ident, $set:ident, $create:ident, $iter:ident, $($r:tt)+) => {
        match $op {
            Op::Unit
            | Op::Argument { .. }
            | Op::NodeScan { .. }
            | Op::EdgeScan { .. }
            | Op::Expand(_)
            | Op::ExpandInto(_)
            | Op::Intersect { .. }
            | Op::Distinct { .. }
            | Op::Union(_)
            | Op::HashJoin(_)
            | Op::Apply(_)
            | Op::Compact { .. }
            | Op::Eager { .. } => {}
            Op::Match { pattern, .. } => $graph(pattern, $visit),
            Op::IndexSeek(seek) => match $($r)+ seek.lookup {
                Lookup::Equal(expr) | Lookup::In(expr) | Lookup::Prefix(expr) => $visit(expr),
                Lookup::Range { lower, upper } => {
                    lower.$iter().chain(upper.$iter()).for_each(|(expr, _)| $visit(expr));
                }
            },
            Op::VarExpand(expand) => {
                for (_, tests) in expand.step.$iter().chain(expand.stop.$iter()) {
                    tests.$iter().for_each(|expr| $visit(expr));
                }
            }
            Op::Filter { predicates, .. } => predicates.$iter().for_each($visit),
            Op::Project { items, .. } => items.$iter().for_each(|(_, expr)| $visit(expr)),
            Op::Aggregate { keys, aggregates, .. } => {
                keys.$iter().for_each(|(_, expr)| $visit(expr));
                for (_, call) in aggregates.$iter() {
                    call.arguments.$iter().for_each(|expr| $visit(expr));
                }
            }
            Op::Sort { keys, .. } => keys.$iter().for_each(|key| $visit($($r)+ key.expr)),
            Op::TopK { keys, count, .. } => {
                keys.$iter().for_each(|key| $visit($($r)+ key.expr));
                $visit(count);
            }
            Op::Skip { count, .. } | Op::Limit { count, .. } => $visit(count),
            Op::Unwind { list, .. } => $visit(list),
            Op::ProcedureCall(call) => call.arguments.$iter().for_each($visit),
            Op::Create(create) => $create(create, $visit),
            Op::Merge(merge) => {
                $create($($r)+ merge.create, $visit);
                merge.on_create.$iter().for_each(|item| $set(item, $visit));
                merge.on_match.$iter().for_each(|item| $set(item, $visit));
            }
            Op::Set { items, .. } => items.$iter().for_each(|item| $set(item, $visit)),
            Op::Delete { items, .. } => items.$iter().for_each($visit),
            Op::Foreach(foreach) => $visit($($r)+ foreach.list),
        }
    };
}

macro_rules! graph_expressions {
    ($graph:expr, $visit:ident, $iter:ident) => {{
        $graph.predicates.$iter().for_each(|expr| $visit(expr));
        for edge in $graph.edges.$iter() {
            edge.step
                .$iter()
                .for_each(|(_, tests)| tests.$iter().for_each(|expr| $visit(expr)));
        }
    }};
}

macro_rules! create_expressions {
    ($create:expr, $visit:ident, $iter:ident) => {{
        for node in $create.nodes.$iter() {
            node.properties.$iter().for_each(|expr| $visit(expr));
        }
        for edge in $create.edges.$iter() {
            edge.properties.$iter().for_each(|expr| $visit(expr));
        }
    }};
}

macro_rules! set_expressions {
    ($item:expr, $visit:ident) => {
        match $item {
            SetItem::Property { entity, value, .. } | SetItem::Map { entity, value, .. } => {
                $visit(entity);
                $visit(value);
            }
            SetItem::Dynamic { entity, key, value } => {
                $visit(entity);
                $visit(key);
                $visit(value);
            }
            SetItem::AddLabels { entity, .. } | SetItem::RemoveLabels { entity, .. } => {
                $visit(entity);
            }
        }
    };
}

macro_rules! expr_children {
    ($expr:expr, $visit:ident, $iter:ident, $($r:tt)+) => {
        match $($r)+ $expr.kind {
            ExprKind::Constant(_)
            | ExprKind::Parameter(_)
            | ExprKind::Slot(_)
            | ExprKind::Path { .. }
            | ExprKind::Disjoint(..)
            | ExprKind::HasEdge { .. } => {}
            ExprKind::Property(inner, _)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsNull(inner)
            | ExprKind::IsNotNull(inner)
            | ExprKind::IsLive(inner)
            | ExprKind::HasLabels(inner, _) => $visit(inner),
            ExprKind::Index(left, right)
            | ExprKind::Xor(left, right)
            | ExprKind::Arithmetic(_, left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::In(left, right)
            | ExprKind::String(_, left, right) => {
                $visit(left);
                $visit(right);
            }
            ExprKind::Slice(list, from, to) => {
                $visit(list);
                from.$iter().chain(to.$iter()).for_each(|expr| $visit(expr));
            }
            ExprKind::And(items)
            | ExprKind::Or(items)
            | ExprKind::List(items)
            | ExprKind::Call(_, items) => items.$iter().for_each($visit),
            ExprKind::Map(entries) => entries.$iter().for_each(|(_, expr)| $visit(expr)),
            ExprKind::MapProjection(base, items) => {
                $visit(base);
                for item in items.$iter() {
                    match item {
                        MapItem::All | MapItem::Property(_) => {}
                        MapItem::Entry(_, expr) => $visit(expr),
                    }
                }
            }
            ExprKind::ListComprehension { list, predicate, map, .. } => {
                $visit(list);
                predicate.$iter().chain(map.$iter()).for_each(|expr| $visit(expr));
            }
            ExprKind::Quantifier { list, predicate, .. } => {
                $visit(list);
                $visit(predicate);
            }
            ExprKind::Reduce { init, list, body, .. } => {
                $visit(init);
                $visit(list);
                $visit(body);
            }
            ExprKind::Case { operand, branches, otherwise } => {
                operand.$iter().for_each(|expr| $visit(expr));
                for (when, then) in branches.$iter() {
                    $visit(when);
                    $visit(then);
                }
                otherwise.$iter().for_each(|expr| $visit(expr));
            }
        }
    };
}

type Visit<'v, T> = &'v mut dyn FnMut(T);

impl Plan {
    /// Visits every operator of the plan, each before its inputs.
    pub fn each_operator<'a>(&'a self, visit: Visit<'_, &'a Op>) {
        self.root.each(visit);
    }
}

impl Op {
    /// Visits the inputs: the rows that are extended first, then inner plans and second inputs.
    pub fn each_child<'a>(&'a self, visit: Visit<'_, &'a Self>) {
        op_children!(self, visit, iter, &);
    }

    /// Visits the inputs as [`Op::each_child`] does, to change them.
    pub fn each_child_mut<'a>(&'a mut self, visit: Visit<'_, &'a mut Self>) {
        op_children!(self, visit, iter_mut, &mut);
    }

    /// The inputs in the order of [`Op::each_child`].
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        let mut children = Vec::new();
        self.each_child(&mut |child| children.push(child));
        children
    }

    /// The first input: the rows that are extended, if there are any.
    #[must_use]
    pub fn input(&self) -> Option<&Self> {
        let mut first = None;
        self.each_child(&mut |child| {
            first.get_or_insert(child);
        });
        first
    }

    /// Visits this operator and all below it, each before its inputs.
    pub fn each<'a>(&'a self, visit: Visit<'_, &'a Self>) {
        visit(self);
        self.each_child(&mut |child| child.each(visit));
    }

    /// Replaces every operator by what `change` makes of it, inputs before what stands on them.
    #[must_use]
    pub fn map_bottom_up(mut self, change: &mut dyn FnMut(Self) -> Self) -> Self {
        self.each_child_mut(&mut |child| {
            let taken = std::mem::replace(child, Self::Unit);
            *child = taken.map_bottom_up(change);
        });
        change(self)
    }

    /// Visits the expressions of this operator, not those of its inputs.
    pub fn each_expression<'a>(&'a self, visit: Visit<'_, &'a Expr>) {
        op_expressions!(self, visit, graph_each, set_each, create_each, iter, &);
    }

    /// Visits the expressions of this operator to change them.
    pub fn each_expression_mut<'a>(&'a mut self, visit: Visit<'_, &'a mut Expr>) {
        op_expressions!(self, visit, graph_each_mut, set_each_mut, create_each_mut, iter_mut, &mut);
    }

    /// Whether this operator or one below it changes the graph.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.updates() > 0
    }

    /// How many operators here and below change the graph.
    #[must_use]
    pub fn updates(&self) -> usize {
        let mut count = 0;
        self.each(&mut |op| {
            let update = matches!(
                op,
                Self::Create(_)
                    | Self::Merge(_)
                    | Self::Set { .. }
                    | Self::Delete { .. }
                    | Self::Foreach(_)
            );
            count += usize::from(update);
        });
        count
    }

    /// The slots of the outer row that the [`Op::Argument`]s of this inner plan read.
    #[must_use]
    pub fn argument_slots(&self) -> SlotSet {
        let mut found = SlotSet::default();
        self.collect_argument_slots(&mut found);
        found
    }

    /// Inner plans of inner plans have arguments of their own: only the first child of an apply is followed.
    fn collect_argument_slots(&self, found: &mut SlotSet) {
        match self {
            Self::Argument { slots, .. } => found.extend(slots.iter().copied()),
            Self::Apply(Apply { input, .. }) | Self::Merge(Merge { input, .. }) => {
                input.collect_argument_slots(found);
            }
            Self::Foreach(foreach) => foreach.input.collect_argument_slots(found),
            Self::VarExpand(expand) => expand.input.collect_argument_slots(found),
            Self::Match { input, .. } => input.collect_argument_slots(found),
            other => other.each_child(&mut |child| child.collect_argument_slots(found)),
        }
    }
}

impl Expr {
    /// Visits the parts of the expression, one level down.
    pub fn each_child<'a>(&'a self, visit: Visit<'_, &'a Self>) {
        expr_children!(self, visit, iter, &);
    }

    /// Visits the parts of the expression, one level down, to change them.
    pub fn each_child_mut<'a>(&'a mut self, visit: Visit<'_, &'a mut Self>) {
        expr_children!(self, visit, iter_mut, &mut);
    }

    /// Visits the expression and all its parts, the whole before the parts.
    pub fn each<'a>(&'a self, visit: Visit<'_, &'a Self>) {
        visit(self);
        self.each_child(&mut |child| child.each(visit));
    }

    /// Whether something holds of the expression or a part of it.
    #[must_use]
    pub fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        let mut found = false;
        self.each(&mut |expr| found |= test(expr));
        found
    }

    /// Replaces every part by what `change` makes of it, parts before the whole.
    #[must_use]
    pub fn map_bottom_up(mut self, change: &mut dyn FnMut(Self) -> Self) -> Self {
        self.each_child_mut(&mut |child| {
            let span = child.span;
            let taken = std::mem::replace(child, Self::constant(false, span));
            *child = taken.map_bottom_up(change);
        });
        change(self)
    }

    /// The slots that the expression reads of its row; variables of its own comprehensions are not among them.
    #[must_use]
    pub fn slots(&self) -> SlotSet {
        let mut found = SlotSet::default();
        self.add_slots(&mut found);
        found
    }

    /// Adds the slots that the expression reads of its row.
    pub fn add_slots(&self, found: &mut SlotSet) {
        let mut own = SlotSet::default();
        let mut read = SlotSet::default();
        self.each(&mut |expr| expr.note_slots(&mut read, &mut own));
        // A slot belongs to one variable of the statement, so a variable bound inside is read nowhere else.
        read.subtract(&own);
        found.unite(&read);
    }

    fn note_slots(&self, read: &mut SlotSet, own: &mut SlotSet) {
        match &self.kind {
            ExprKind::Slot(slot) => read.insert(*slot),
            ExprKind::Path { start, steps } => {
                read.insert(*start);
                read.extend(steps.iter().flat_map(|step| [step.edge, step.node]));
            }
            ExprKind::Disjoint(a, b) => read.extend([*a, *b]),
            ExprKind::HasEdge { from, to, .. } => read.extend([*from, *to]),
            _ => own.extend(self.variables()),
        }
    }

    /// The slots of the variables that the expression itself binds for its parts.
    fn variables(&self) -> impl Iterator<Item = Slot> {
        let (first, second) = match &self.kind {
            ExprKind::ListComprehension { variable, .. }
            | ExprKind::Quantifier { variable, .. } => (Some(*variable), None),
            ExprKind::Reduce {
                accumulator,
                variable,
                ..
            } => (Some(*accumulator), Some(*variable)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }
}

fn graph_each<'a>(graph: &'a QueryGraph, visit: Visit<'_, &'a Expr>) {
    graph_expressions!(graph, visit, iter);
}

fn graph_each_mut<'a>(graph: &'a mut QueryGraph, visit: Visit<'_, &'a mut Expr>) {
    graph_expressions!(graph, visit, iter_mut);
}

fn create_each<'a>(create: &'a Create, visit: Visit<'_, &'a Expr>) {
    create_expressions!(create, visit, iter);
}

fn create_each_mut<'a>(create: &'a mut Create, visit: Visit<'_, &'a mut Expr>) {
    create_expressions!(create, visit, iter_mut);
}

fn set_each<'a>(item: &'a SetItem, visit: Visit<'_, &'a Expr>) {
    set_expressions!(item, visit);
}

fn set_each_mut<'a>(item: &'a mut SetItem, visit: Visit<'_, &'a mut Expr>) {
    set_expressions!(item, visit);
}

impl SetItem {
    /// Visits the expressions of the item.
    pub fn each_expression<'a>(&'a self, visit: Visit<'_, &'a Expr>) {
        set_each(self, visit);
    }
}
