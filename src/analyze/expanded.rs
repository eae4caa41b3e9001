//! Unions of paths, quantified paths of several relationships, and walks of repeatable elements: a pattern of this kind is a union
//! of plain patterns.
//!
//! `((a)-[r]->(b)-[s]->(c)){1,2}` is a chain of two relationships or of four, whose names are lists outside. `A | B` is the union
//! of the matches of `A` and `B`, `A |+| B` keeps duplicates. Each plain pattern is a query that returns all names; a name that it
//! does not have is null.

use std::{borrow::Cow, collections::HashSet};

use indexmap::IndexMap;

use crate::{
    analyze::{
        Analyzer, Result,
        flow::Flow,
        pattern::MAX_RELATIONSHIPS,
        quantified::asked_of,
        repeatable,
        scope::Scope,
        selective::{Paths, selects},
    },
    base::{Code, CompareOp, Diagnostic, Span},
    syntax::ast::{
        BinaryOp, Clause, Conjunction, ConjunctionKind, Expr, ExprKind, Imports, Literal,
        MatchClause, Name, NodePattern, PathPrefix, PathSearch, Pattern, PatternElement,
        PatternPart, Projection, ProjectionItem, QuantifiedGroup, Query, RelationshipPattern,
        ReturnClause, Selector, SingleQuery, SubqueryClause,
    },
};

/// Maximum number of plain patterns.
const MAX_PATTERNS: usize = 256;

/// Prefix of the names of elements that have none. No query without back quotes contains it.
const MADE_UP: &str = "_element ";

/// A plain pattern of a part.
#[derive(Clone)]
struct Plain {
    element: PatternElement,
    /// What holds of the steps of quantified paths.
    conjuncts: Vec<Expr>,
    /// The names of the pattern with their values.
    names: IndexMap<String, Expr>,
}

impl Analyzer<'_> {
    /// All matches of a pattern that is a union of plain patterns, for each row of `flow`.
    pub(super) fn match_expanded(
        &mut self,
        flow: Flow,
        pattern: &Pattern,
        predicate: Option<&Expr>,
    ) -> Result<Flow> {
        let [part] = pattern.parts.as_slice() else {
            let message = "a union of paths, a quantified path of several relationships or a walk must be the only pattern of its clause";
            return Err(refuse(
                pattern.span,
                message,
                "write the other patterns in a `MATCH` of their own",
            ));
        };
        let walks = pattern.repeatable && repeatable::is_walk(part);
        for name in names_of_groups(part, walks) {
            self.check_free(name, &flow.scope)?;
        }
        let mut patterns = Expansion {
            names: 0,
            walks,
            bound: flow
                .scope
                .names()
                .map(|(name, _)| name.to_owned())
                .collect(),
        };
        let plain = patterns.of_part(part)?;
        let distinct = part.alternatives.iter().any(|other| !other.multiset);
        if distinct && part.alternatives.iter().any(|other| other.multiset) {
            let message = "`|` and `|+|` cannot be combined";
            return Err(refuse(part.span, message, "use one of the two"));
        }
        let query = self.union_of(pattern, part, plain, distinct, &flow.scope)?;
        let Flow {
            mut plan,
            mut scope,
        } = match part.prefix.filter(|_| selects(part)) {
            Some(prefix) => self.searched(flow, query, prefix)?,
            None => self.united(flow, query)?,
        };
        scope.retain(|name| !name.starts_with(MADE_UP));
        if let Some(predicate) = predicate {
            plan = self.filtered(plan, predicate, &scope)?;
        }
        Ok(Flow { plan, scope })
    }

    /// The rows of a union.
    fn united(&mut self, flow: Flow, query: Query) -> Result<Flow> {
        let span = query.span;
        let clause = SubqueryClause {
            imports: Imports::All,
            query: Box::new(query),
            optional: false,
            batches: None,
            span,
        };
        self.subquery_clause(flow, &clause)
    }

    /// The rows of a union whose paths, the last column, a search selects for each row of `flow`.
    fn searched(&mut self, flow: Flow, query: Query, prefix: PathPrefix) -> Result<Flow> {
        self.paths_selected(flow, prefix, |this, flow| {
            let flow = this.united(flow, query)?;
            let last = flow.scope.names().last();
            let (_, path) = last.expect("the query returns the path");
            let paths = Paths::in_slot(path.slot, prefix.span);
            Ok((flow, paths))
        })
    }

    /// The query whose rows are the matches of the plain patterns.
    fn union_of(
        &mut self,
        pattern: &Pattern,
        part: &PatternPart,
        plain: Vec<Plain>,
        distinct: bool,
        scope: &Scope,
    ) -> Result<Query> {
        let span = part.span;
        let path = match &part.variable {
            Some(name) => name.clone(),
            None => made_up(0, span),
        };
        let mut names: Vec<String> = Vec::new();
        for name in plain.iter().flat_map(|one| one.names.keys()) {
            if !scope.has(name) && !names.contains(name) {
                names.push(name.clone());
            }
        }
        let with_path = distinct || part.variable.is_some() || selects(part);
        let prefix = part.prefix.map(|prefix| PathPrefix {
            search: PathSearch::All,
            ..prefix
        });
        let mut queries = plain.into_iter().map(|one| {
            let returned = names.iter().map(|name| {
                let value = one.names.get(name).cloned();
                item(
                    name,
                    value.unwrap_or_else(|| new(ExprKind::Literal(Literal::Null), span)),
                )
            });
            let path_item = with_path.then(|| item(&path.text, variable(&path.text, span)));
            let items: Vec<_> = returned.chain(path_item).collect();
            let variable = with_path.then(|| path.clone());
            plain_query(one, (variable, prefix, pattern.repeatable), items, span)
        });
        let first = queries
            .next()
            .expect("a pattern has at least one plain pattern");
        let kind = ConjunctionKind::Union { all: !distinct };
        let rest = queries
            .map(|query| (Conjunction { kind, span }, query))
            .collect();
        Ok(Query { first, rest, span })
    }
}

/// `MATCH … WHERE … RETURN …`
fn plain_query(
    plain: Plain,
    (variable, prefix, repeatable): (Option<Name>, Option<PathPrefix>, bool),
    items: Vec<ProjectionItem>,
    span: Span,
) -> SingleQuery {
    let part = PatternPart {
        variable,
        prefix,
        selector: Selector::All,
        element: plain.element,
        alternatives: Vec::new(),
        predicate: None,
        span,
    };
    let predicate = conjunction(plain.conjuncts);
    let matched = MatchClause {
        optional: false,
        pattern: Pattern {
            parts: vec![part],
            repeatable,
            span,
        },
        predicate,
        yields: None,
        span,
    };
    let projection = Projection::of(items, span);
    let returned = ReturnClause { projection, span };
    SingleQuery {
        clauses: vec![Clause::Match(matched), Clause::Return(returned)],
        span,
    }
}

/// The plain patterns of a part under construction.
struct Expansion {
    /// The number of made-up names.
    names: usize,
    /// Whether a quantified relationship is a walk.
    walks: bool,
    /// The names of the outer rows.
    bound: HashSet<String>,
}

impl Expansion {
    fn of_part(&mut self, part: &PatternPart) -> Result<Vec<Plain>> {
        let first = (&part.element, &part.predicate);
        let others = part.alternatives.iter();
        let others = others.map(|other| (&other.element, &other.predicate));
        let mut all = Vec::new();
        for (element, predicate) in [first].into_iter().chain(others) {
            for mut plain in self.of_element(element)? {
                if let Some(predicate) = predicate {
                    let lists = plain.names.iter().filter(|(_, value)| !is_variable(value));
                    let lists = lists.map(|(name, value)| (name.clone(), value.clone()));
                    plain
                        .conjuncts
                        .push(named(lists.collect(), predicate.clone()));
                }
                all.push(plain);
            }
        }
        let edges = all
            .iter()
            .map(|plain| plain.element.steps.len())
            .sum::<usize>();
        if all.len() > MAX_PATTERNS || edges > MAX_RELATIONSHIPS {
            let message = format!(
                "the pattern stands for more than {MAX_PATTERNS} patterns or {MAX_RELATIONSHIPS} relationships"
            );
            let diagnostic = Diagnostic::new(Code::StatementTooLong, part.span, message);
            return Err(Box::new(diagnostic.help("use smaller quantifiers")));
        }
        Ok(all)
    }

    fn of_element(&mut self, element: &PatternElement) -> Result<Vec<Plain>> {
        let mut start = Plain {
            element: PatternElement {
                start: element.start.clone(),
                steps: Vec::new(),
                span: element.span,
            },
            conjuncts: Vec::new(),
            names: IndexMap::new(),
        };
        start.add(&element.start.variable);
        let mut plain = vec![start];
        for (relationship, node) in &element.steps {
            let Some(group) = expanded_group(relationship, self.walks) else {
                for one in &mut plain {
                    one.add(&relationship.variable);
                    if let Some(group) = &relationship.group {
                        one.add(&group.start.variable);
                        one.add(&group.end.variable);
                    }
                    one.add(&node.variable);
                    one.element.steps.push((relationship.clone(), node.clone()));
                }
                continue;
            };
            let (min, max) = bounds(relationship)?;
            let mut longer = Vec::new();
            for one in &plain {
                for count in min..=max {
                    if longer.len() > MAX_PATTERNS {
                        break;
                    }
                    let mut one = one.clone();
                    self.repeat(&mut one, (relationship, &group, node), count)?;
                    longer.push(one);
                }
            }
            plain = longer;
        }
        Ok(plain)
    }

    /// Adds a number of repetitions of a group, and the node after it.
    fn repeat(
        &mut self,
        plain: &mut Plain,
        (relationship, group, node): (&RelationshipPattern, &QuantifiedGroup, &NodePattern),
        count: u64,
    ) -> Result<()> {
        let span = group.span;
        let mut lists: IndexMap<String, Vec<Expr>> = IndexMap::new();
        for name in group_names(relationship, group) {
            lists.insert(name, Vec::new());
        }
        if count == 0 {
            self.same_node(plain, node)?;
        }
        for repetition in 1..=count {
            let mut local: Vec<(String, Expr)> = Vec::new();
            let mut asked = Vec::new();
            let first = self.name_of_last(plain);
            asked.extend(note(&mut local, &group.start.variable, &first, span));
            asked.extend(asked_of(&group.start, &first)?);
            let steps = [(relationship, &group.end)].into_iter();
            let steps: Vec<_> = steps
                .chain(group.rest.iter().map(|(edge, end)| (edge, end)))
                .collect();
            for (position, (edge, end)) in steps.iter().enumerate() {
                let edge_name = self.made_up(span);
                asked.extend(note(&mut local, &edge.variable, &edge_name.text, span));
                asked.extend(asked_of_edge(edge, &edge_name.text)?);
                let is_last = repetition == count && position + 1 == steps.len();
                let mut next = match is_last {
                    true => node.clone(),
                    false => NodePattern::bare(span),
                };
                let end_name = next
                    .variable
                    .get_or_insert_with(|| self.made_up(span))
                    .text
                    .clone();
                asked.extend(note(&mut local, &end.variable, &end_name, span));
                asked.extend(asked_of(end, &end_name)?);
                let plain_edge = RelationshipPattern {
                    variable: Some(edge_name),
                    length: None,
                    properties: None,
                    predicate: None,
                    group: None,
                    questioned: false,
                    ..(*edge).clone()
                };
                plain.element.steps.push((plain_edge, next));
            }
            asked.extend(group.predicate.clone());
            for (name, value) in &local {
                lists.entry(name.clone()).or_default().push(value.clone());
            }
            if let Some(all) = conjunction(asked) {
                plain.conjuncts.push(named(local, all));
            }
        }
        for (name, values) in lists {
            if plain.names.contains_key(&name) {
                let message = format!("variable `{name}` is already bound");
                let diagnostic = Diagnostic::new(Code::VariableAlreadyBound, span, message);
                return Err(Box::new(diagnostic.help("choose another name")));
            }
            let value = match relationship.questioned {
                true => values
                    .into_iter()
                    .next()
                    .unwrap_or_else(|| new(ExprKind::Literal(Literal::Null), span)),
                false => new(ExprKind::List(values), span),
            };
            plain.names.insert(name, value);
        }
        if count > 0 {
            plain.add(&node.variable);
        }
        Ok(())
    }

    /// The node after a group without repetitions is the node before it.
    fn same_node(&mut self, plain: &mut Plain, node: &NodePattern) -> Result<()> {
        let last = self.name_of_last(plain);
        let value = variable(&last, node.span);
        let mut asked = asked_of(node, &last)?;
        if let Some(name) = &node.variable {
            if plain.names.contains_key(&name.text) || self.bound.contains(&name.text) {
                let kind = ExprKind::Comparison(
                    Box::new(variable(&name.text, name.span)),
                    vec![(CompareOp::Equal, value.clone())],
                );
                asked.push(new(kind, name.span));
            }
            if !self.bound.contains(&name.text) {
                plain
                    .names
                    .entry(name.text.clone())
                    .or_insert(value.clone());
            }
        }
        if let Some(all) = conjunction(asked) {
            let new = node
                .variable
                .iter()
                .filter(|name| !self.bound.contains(&name.text));
            let local = new.map(|name| (name.text.clone(), value.clone()));
            plain.conjuncts.push(named(local.collect(), all));
        }
        Ok(())
    }

    /// The name of the last node, which gets one if it has none.
    fn name_of_last(&mut self, plain: &mut Plain) -> String {
        let element = &mut plain.element;
        let last = match element.steps.last_mut() {
            Some((_, node)) => node,
            None => &mut element.start,
        };
        let span = last.span;
        last.variable
            .get_or_insert_with(|| self.made_up(span))
            .text
            .clone()
    }

    fn made_up(&mut self, span: Span) -> Name {
        self.names += 1;
        made_up(self.names, span)
    }
}

impl Plain {
    /// Adds a name whose value is that of the variable.
    fn add(&mut self, name: &Option<Name>) {
        if let Some(name) = name {
            let value = variable(&name.text, name.span);
            self.names.entry(name.text.clone()).or_insert(value);
        }
    }
}

/// The bounds of a group. `Err` if it is not bounded above.
fn bounds(relationship: &RelationshipPattern) -> Result<(u64, u64)> {
    let length = relationship.length.expect("a group has a quantifier");
    let min = length.min.unwrap_or(1);
    match length.max {
        Some(max) => Ok((min, max)),
        None => {
            let message =
                "a quantified path of several relationships needs a greatest number of repetitions";
            Err(refuse(length.span, message, "write `{1,3}`"))
        }
    }
}

/// The group of a relationship that stands for a chain of each length: one of several relationships, or a walk.
fn expanded_group(
    relationship: &RelationshipPattern,
    walks: bool,
) -> Option<Cow<'_, QuantifiedGroup>> {
    match &relationship.group {
        Some(group) if walks || !group.rest.is_empty() => Some(Cow::Borrowed(group)),
        None if walks && repeatable::is_long(relationship) => {
            let span = relationship.span;
            Some(Cow::Owned(QuantifiedGroup {
                start: NodePattern::bare(span),
                end: NodePattern::bare(span),
                rest: Vec::new(),
                predicate: None,
                span,
            }))
        }
        _ => None,
    }
}

/// The variables of the quantified paths that are expanded.
fn names_of_groups(part: &PatternPart, walks: bool) -> Vec<&Name> {
    let others = part.alternatives.iter().map(|other| &other.element);
    let elements = [&part.element].into_iter().chain(others);
    let steps = elements.flat_map(|element| &element.steps);
    let edges = steps.map(|(edge, _)| edge);
    let edges = edges.filter(|edge| expanded_group(edge, walks).is_some());
    let names = edges.flat_map(|edge| {
        let groups = edge.group.iter();
        let of_group = groups.flat_map(|group| {
            let rest = group.rest.iter();
            let rest = rest.flat_map(|(edge, end)| [&edge.variable, &end.variable]);
            [&group.start.variable, &group.end.variable]
                .into_iter()
                .chain(rest)
        });
        [&edge.variable].into_iter().chain(of_group)
    });
    names.flatten().collect()
}

/// The names of a group.
fn group_names(relationship: &RelationshipPattern, group: &QuantifiedGroup) -> Vec<String> {
    let first = [
        &group.start.variable,
        &relationship.variable,
        &group.end.variable,
    ];
    let rest = group.rest.iter();
    let rest = rest.flat_map(|(edge, end)| [&edge.variable, &end.variable]);
    let names = first.into_iter().chain(rest).flatten();
    names.map(|name| name.text.clone()).collect()
}

/// The properties and the predicate of a relationship as predicates on a variable.
fn asked_of_edge(edge: &RelationshipPattern, name: &str) -> Result<Vec<Expr>> {
    let as_node = NodePattern {
        variable: None,
        labels: None,
        properties: edge.properties.clone(),
        predicate: edge.predicate.clone(),
        span: edge.span,
    };
    asked_of(&as_node, name)
}

/// Adds a name of a repetition with its value. A name that is there already has both values: the predicate says so.
fn note(
    local: &mut Vec<(String, Expr)>,
    name: &Option<Name>,
    value: &str,
    span: Span,
) -> Option<Expr> {
    let name = name.as_ref()?;
    let value = variable(value, span);
    if let Some((_, known)) = local.iter().find(|(known, _)| *known == name.text) {
        let both = vec![(CompareOp::Equal, value)];
        return Some(new(
            ExprKind::Comparison(Box::new(known.clone()), both),
            span,
        ));
    }
    local.push((name.text.clone(), value));
    None
}

/// `LET a = x, b = y IN body END`
fn named(values: Vec<(String, Expr)>, body: Expr) -> Expr {
    values.into_iter().rev().fold(body, |body, (text, value)| {
        let span = body.span;
        let kind = ExprKind::Let {
            variable: Name { text, span },
            value: Box::new(value),
            body: Box::new(body),
        };
        new(kind, span)
    })
}

fn conjunction(all: Vec<Expr>) -> Option<Expr> {
    all.into_iter().reduce(|left, right| {
        let span = left.span;
        new(
            ExprKind::Binary(BinaryOp::And, span, Box::new(left), Box::new(right)),
            span,
        )
    })
}

fn item(name: &str, expr: Expr) -> ProjectionItem {
    let alias = Some(Name {
        text: name.to_owned(),
        span: expr.span,
    });
    ProjectionItem {
        expr,
        alias,
        text: name.to_owned(),
    }
}

fn is_variable(value: &Expr) -> bool {
    matches!(value.kind, ExprKind::Variable(_))
}

fn variable(name: &str, span: Span) -> Expr {
    new(ExprKind::Variable(name.to_owned()), span)
}

fn new(kind: ExprKind, span: Span) -> Expr {
    Expr { kind, span }
}

fn made_up(number: usize, span: Span) -> Name {
    Name {
        text: format!("{MADE_UP}{number}"),
        span,
    }
}

fn refuse(span: Span, message: &str, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Code::UnexpectedSyntax, span, message).help(help))
}
