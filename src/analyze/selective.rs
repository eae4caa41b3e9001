//! Patterns of ISO GQL that need more than one step: path searches, path modes and quantified paths.
//!
//! The match comes first, with the predicates that hold before paths are selected: those inside the pattern, and those
//! of `WHERE` that read end nodes and outer variables only, since a search selects paths for each pair of end nodes. Then
//! the nodes at the steps of quantified paths get their names, path modes are checked, and paths are selected. The other
//! predicates of `WHERE` come last (GQL 16.4, 16.6).
//!
//! A search for one shortest path along a single relationship is a shortest path of its own operator. Any other search
//! sorts the matches of each pair of end nodes by length and keeps the first ones.

use std::collections::HashSet;

use crate::{
    analyze::{
        Analyzer, Result,
        draft::Matched,
        flow::Flow,
        pattern::conjuncts,
        scope::{Scope, mentioned},
        typed::{call_function, constant, element, position},
    },
    base::{Code, CompareOp, Diagnostic, Span},
    function,
    plan::{AggregateCall, ApplyKind, ArithmeticOp, Expr, ExprKind, Node, Op, Slot, SortKey},
    syntax::ast::{self, Name, PathMode, PathPrefix, PathSearch, PatternPart, Selector},
    value::Type,
};

impl Analyzer<'_> {
    /// All matches of a pattern with searches, modes or quantified paths, for each row of `flow`.
    pub(super) fn match_selective(
        &mut self,
        flow: Flow,
        pattern: &ast::Pattern,
        predicate: Option<&ast::Expr>,
    ) -> Result<Flow> {
        check_alone(pattern)?;
        let early = early_names(pattern, &flow.scope);
        let all = predicate.map(conjuncts).unwrap_or_default();
        let is_early = |conjunct: &&ast::Expr| {
            let mut names = Vec::new();
            mentioned(conjunct, &mut names);
            names.iter().all(|name| early.contains(name))
        };
        let (before, after): (Vec<_>, Vec<_>) = all.into_iter().partition(is_early);
        let mut flow = match pattern.parts.as_slice() {
            [part] if selects(part) => self.selected(flow, part, pattern.repeatable, &before)?,
            parts => self.unselected(flow, parts, pattern.repeatable, &before)?,
        };
        for conjunct in after {
            flow.plan = self.filtered(flow.plan, conjunct, &flow.scope)?;
        }
        Ok(flow)
    }

    /// The matches of parts that select nothing.
    fn unselected(
        &mut self,
        flow: Flow,
        parts: &[PatternPart],
        repeatable: bool,
        before: &[&ast::Expr],
    ) -> Result<Flow> {
        let (mut flow, matched) = self.match_parts(flow, parts, repeatable, before)?;
        for (part, matched) in parts.iter().zip(&matched) {
            flow = self.steps_named(flow, part, matched)?;
            flow = self.own_predicate(flow, part)?;
            let mode = part.prefix.map_or(PathMode::Walk, |prefix| prefix.mode);
            flow.plan = moded(flow.plan, mode, matched, part.span);
        }
        Ok(flow)
    }

    /// Keeps the rows for which the predicate in the parentheses of a part with a quantified path is true; it may read the
    /// names of the steps.
    fn own_predicate(&mut self, flow: Flow, part: &PatternPart) -> Result<Flow> {
        let Flow { mut plan, scope } = flow;
        if let Some(predicate) = part.predicate.as_ref().filter(|_| part.has_group()) {
            plan = self.filtered(plan, predicate, &scope)?;
        }
        Ok(Flow { plan, scope })
    }

    /// The selected paths of one part.
    fn selected(
        &mut self,
        flow: Flow,
        part: &PatternPart,
        repeatable: bool,
        before: &[&ast::Expr],
    ) -> Result<Flow> {
        if let Some(selector) = single_search(part) {
            let search = PatternPart {
                selector,
                prefix: None,
                ..part.clone()
            };
            return Ok(self.match_parts(flow, &[search], repeatable, before)?.0);
        }
        let prefix = part.prefix.expect("the part selects by its prefix");
        self.paths_selected(flow, prefix, |this, flow| {
            let (flow, matched) =
                this.match_parts(flow, std::slice::from_ref(part), repeatable, before)?;
            let flow = this.steps_named(flow, part, &matched[0])?;
            let mut flow = this.own_predicate(flow, part)?;
            flow.plan = moded(flow.plan, prefix.mode, &matched[0], part.span);
            Ok((flow, Paths::of(&matched[0], part, prefix.span)))
        })
    }

    /// The paths that a selector selects for each row of `flow`. `candidates` gives the rows that it selects from.
    pub(super) fn paths_selected(
        &mut self,
        flow: Flow,
        prefix: PathPrefix,
        candidates: impl FnOnce(&mut Self, Flow) -> Result<(Flow, Paths)>,
    ) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let mut inside = Scope::default();
        let plan = self.applying(plan, |this| {
            let flow = Flow {
                plan: this.leaf(),
                scope: scope.clone(),
            };
            let (flow, paths) = candidates(this, flow)?;
            let (flow, adds) = this.first_paths(flow, &scope, paths, prefix);
            inside = flow.scope;
            Ok((flow.plan, ApplyKind::Inner { adds }))
        })?;
        let scope = inside;
        Ok(Flow { plan, scope })
    }

    /// Keeps, for each pair of end nodes, the first matches in order of length. Returns the slots of the new names.
    fn first_paths(
        &mut self,
        flow: Flow,
        outer: &Scope,
        paths: Paths,
        prefix: PathPrefix,
    ) -> (Flow, Vec<Slot>) {
        let span = prefix.span;
        let Flow { plan, scope } = flow;
        let new: Vec<_> = scope
            .beyond(outer)
            .map(|(name, binding)| (name.to_owned(), binding))
            .collect();
        let length = self.slot("length", Type::INTEGER);
        let values = new.iter().map(|(_, binding)| binding.slot);
        let values = values.chain([length]).map(|slot| Expr::slot(slot, span));
        let list = Expr::new(ExprKind::List(values.collect()), span);
        let items = vec![(length, paths.length)];
        let mut plan = Op::Project { items }.on(plan);
        if !matches!(prefix.search, PathSearch::Any(_)) {
            let expr = Expr::slot(length, span);
            let keys = vec![SortKey {
                expr,
                descending: false,
            }];
            plan = Op::Sort { keys }.on(plan);
        }
        let keys = paths.ends.into_iter().map(|end| {
            let slot = end.as_slot();
            (slot.unwrap_or_else(|| self.hidden(Type::NODE)), end)
        });
        let keys = keys.collect();
        let matches = self.slot("matches", Type::list_of(Type::LIST));
        let lengths = self.slot("lengths", Type::list_of(Type::INTEGER));
        let aggregates = vec![
            (matches, collect(list, false)),
            (lengths, collect(Expr::slot(length, span), true)),
        ];
        let plan = Op::Aggregate {
            keys,
            aggregates,
            partition: self.partition(),
        }
        .on(plan);
        let (plan, kept) = self.kept_matches(plan, (matches, lengths), new.len(), prefix);
        let row = self.slot("match", Type::LIST);
        let plan = Op::Unwind {
            list: kept,
            element: row,
        }
        .on(plan);
        let mut scope = outer.clone();
        let mut items = Vec::new();
        for (at, (name, binding)) in new.iter().enumerate() {
            let slot = self.slot(name, binding.kind);
            self.read(binding.slot);
            if let Some(place) = binding.place {
                let text = name.clone();
                self.variables.bind(slot, &Name { text, span: place });
            }
            items.push((slot, element(row, position(at, span), span)));
            scope.bind(name, slot, binding.kind, binding.place);
        }
        let adds = items.iter().map(|(slot, _)| *slot).collect();
        let plan = Op::Project { items }.on(plan);
        (Flow { plan, scope }, adds)
    }

    /// The matches of each group that a search keeps, as a list. The values of a match end in its length, which is at a
    /// position; matches and different lengths are in order of length.
    fn kept_matches(
        &mut self,
        plan: Node,
        (matches, lengths): (Slot, Slot),
        last_value: usize,
        prefix: PathPrefix,
    ) -> (Node, Expr) {
        let span = prefix.span;
        let all = Expr::slot(matches, span);
        match prefix.search {
            PathSearch::All => (plan, all),
            PathSearch::Any(count) | PathSearch::Shortest(count) => {
                let most = i64::try_from(count).unwrap_or(i64::MAX);
                let to = Some(Box::new(constant(most, span)));
                let first = ExprKind::Slice(Box::new(all), None, to);
                (plan, Expr::new(first, span))
            }
            PathSearch::ShortestGroups(count) => {
                let last = usize::try_from(count - 1).unwrap_or(usize::MAX);
                let greatest = call_function("last", vec![Expr::slot(lengths, span)], span);
                let longest = vec![element(lengths, position(last, span), span), greatest];
                let longest = call_function("coalesce", longest, span);
                let most = self.slot("longest", Type::INTEGER);
                let items = vec![(most, longest)];
                let variable = self.slot("candidate", Type::LIST);
                let is_short = ExprKind::Compare(
                    CompareOp::LessOrEqual,
                    Box::new(element(variable, position(last_value, span), span)),
                    Box::new(Expr::slot(most, span)),
                );
                let kept = ExprKind::ListComprehension {
                    variable,
                    list: Box::new(all),
                    predicate: Some(Box::new(Expr::new(is_short, span))),
                    map: None,
                };
                (Op::Project { items }.on(plan), Expr::new(kept, span))
            }
        }
    }
}

/// What a search reads of each path.
pub(super) struct Paths {
    /// The end nodes: paths are selected for each pair.
    ends: Vec<Expr>,
    length: Expr,
}

impl Paths {
    /// The paths in a slot.
    pub(super) fn in_slot(path: Slot, span: Span) -> Self {
        let path = || vec![Expr::slot(path, span)];
        let end = |which| call_function(which, vec![call_function("nodes", path(), span)], span);
        Self {
            ends: vec![end("head"), end("last")],
            length: call_function("length", path(), span),
        }
    }

    fn of(matched: &Matched, part: &PatternPart, span: Span) -> Self {
        let mut ends = vec![Expr::slot(matched.start, span)];
        if matched.end() != matched.start {
            ends.push(Expr::slot(matched.end(), span));
        }
        let length = path_length(matched, part, span);
        Self { ends, length }
    }
}

/// Whether a search selects among the matches of a part.
pub(super) fn selects(part: &PatternPart) -> bool {
    let search = part.prefix.map(|prefix| prefix.search);
    search.is_some_and(|search| search != PathSearch::All)
}

/// The shortest path that a search is; `None` if it is not one along a single relationship.
fn single_search(part: &PatternPart) -> Option<Selector> {
    let prefix = part.prefix?;
    let [(relationship, _)] = part.element.steps.as_slice() else {
        return None;
    };
    let length = relationship.length?;
    let plain = matches!(prefix.mode, PathMode::Walk | PathMode::Trail);
    if !plain || relationship.group.is_some() || length.min.unwrap_or(1) > 1 {
        return None;
    }
    match prefix.search {
        PathSearch::Any(1) | PathSearch::Shortest(1) => Some(Selector::Shortest),
        PathSearch::ShortestGroups(1) => Some(Selector::AllShortest),
        _ => None,
    }
}

/// Rejects a search beside other parts: which relationships are different would depend on the order of selection
/// (GQL 16.4).
fn check_alone(pattern: &ast::Pattern) -> Result<()> {
    let search = pattern.parts.iter().find(|part| selects(part));
    let prefix = search.and_then(|part| part.prefix);
    match prefix.filter(|_| pattern.parts.len() > 1) {
        None => Ok(()),
        Some(prefix) => {
            let message = "a pattern with a path search must be the only one of its clause";
            let diagnostic = Diagnostic::new(Code::UnexpectedSyntax, prefix.span, message);
            Err(Box::new(
                diagnostic.help("write the other patterns in a `MATCH` of their own"),
            ))
        }
    }
}

/// The names that a predicate of `WHERE` may read to be evaluated with the match: those of the outer rows and of end nodes;
/// if nothing is selected, all names but those of the nodes in quantified paths.
fn early_names(pattern: &ast::Pattern, scope: &Scope) -> HashSet<String> {
    let mut names: HashSet<String> = scope.names().map(|(name, _)| name.to_owned()).collect();
    let mut add = |name: &Option<Name>| names.extend(name.iter().map(|name| name.text.clone()));
    for part in &pattern.parts {
        let element = &part.element;
        add(&element.start.variable);
        if selects(part) {
            if let Some((_, end)) = element.steps.last() {
                add(&end.variable);
            }
            continue;
        }
        add(&part.variable);
        for (relationship, node) in &element.steps {
            if !relationship.questioned {
                add(&relationship.variable);
            }
            add(&node.variable);
        }
    }
    names
}

/// The rows whose path has the mode.
fn moded(plan: Node, mode: PathMode, matched: &Matched, span: Span) -> Node {
    let function = match mode {
        PathMode::Walk | PathMode::Trail => return plan,
        PathMode::Simple => "isSimple",
        PathMode::Acyclic => "isAcyclic",
    };
    let path = ExprKind::Path {
        start: matched.start,
        steps: matched.steps.clone(),
    };
    let predicates = vec![call_function(function, vec![Expr::new(path, span)], span)];
    Op::Filter { predicates }.on(plan)
}

/// The number of relationships of a match.
fn path_length(matched: &Matched, part: &PatternPart, span: Span) -> Expr {
    let steps = matched.steps.iter().zip(&part.element.steps);
    let lengths = steps.map(|(step, (relationship, _))| match relationship.length {
        Some(_) => {
            let list = Expr::slot(step.edge, Span::default());
            call_function("size", vec![list], span)
        }
        None => constant(1, span),
    });
    let sum = |left, right| {
        let sum = ExprKind::Arithmetic(ArithmeticOp::Add, Box::new(left), Box::new(right));
        Expr::new(sum, span)
    };
    lengths.reduce(sum).unwrap_or_else(|| constant(0, span))
}

fn collect(value: Expr, distinct: bool) -> AggregateCall {
    AggregateCall {
        aggregate: function::find_aggregate("collect"),
        span: value.span,
        arguments: vec![value],
        distinct,
    }
}
