//! The statement of a question.

use super::{
    fold::over_counts,
    form,
    make::{
        call, call_distinct, item, optional_match, prop, query, returned, sort, subquery, var, with,
    },
    rank,
    scope::{Scope, Witness},
    shown::{Shown, rows, unique},
    walk::{spoken_by, variables},
};
use crate::{
    graph::Graph,
    question::{
        resolve::{Names, camel},
        resolved::{Asked, Column, EntitySet, Group, Restriction},
        tree::{Det, Fold, Numbers},
        vocabulary::{AttributeId, NounId, Vocabulary},
    },
    syntax::ast::{Clause, Expr, ExprKind, Query, SortItem, SubqueryKind},
};

/// Maximum number of values in a range that is enumerated.
const LONGEST_RANGE: f64 = 1000.0;

/// The context of building a statement.
pub(super) struct Builder<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    pub(super) graph: &'v Graph,
    pub(super) names: Names,
}

/// Builds the statement of a resolved question.
pub(in crate::question) fn build(asked: &Asked, vocabulary: &Vocabulary, graph: &Graph) -> Query {
    Builder::new(asked, vocabulary, graph).query(asked)
}

impl<'v> Builder<'v> {
    pub(super) fn new(asked: &Asked, vocabulary: &'v Vocabulary, graph: &'v Graph) -> Self {
        let mut names = Names::default();
        variables(asked, &mut names);
        Self {
            vocabulary,
            graph,
            names,
        }
    }

    fn query(&self, asked: &Asked) -> Query {
        match asked {
            Asked::Entities {
                entity_sets,
                columns,
            } => self.entity_sets(entity_sets, columns),
            Asked::Count {
                entities,
                by,
                keep_zero,
                fold: None,
            } => self.count(entities, by, *keep_zero),
            Asked::Count {
                entities,
                by,
                keep_zero,
                fold: Some(fold),
            } => over_counts(self.count(entities, by, *keep_zero), *fold),
            Asked::Exists(entities) => self.exists(entities),
            Asked::Values {
                entities,
                columns,
                fold,
                by,
            } => match fold {
                // The values of the first by rank are listed.
                Some(_) if ranks(entities) => self.values(entities, columns),
                Some(fold) if self.has_several(entities, columns, by) || *fold == Fold::Count => {
                    self.fold(entities, columns, *fold, by)
                }
                _ => self.values(entities, columns),
            },
            Asked::Describe(entity_sets) => form::describe(self, entity_sets),
            Asked::Compare(entity_sets) => form::compare_all(self, entity_sets),
            Asked::Common(entity_sets) => form::common(self, entity_sets),
            Asked::Connection {
                from,
                to,
                direct,
                types,
            } => form::connection(self, from, to, *direct, types),
            Asked::Said(entities) => form::said(self, entities),
            Asked::Pairs {
                first,
                second,
                asked,
            } => form::pairs(self, first, second, asked),
            Asked::BothWays(entities) => form::both_ways(self, entities),
            Asked::Weighed(first, second, how) => self.weighed(first, second, *how),
        }
    }

    /// False if the values are those of one entity, which has each of them at most once.
    fn has_several(&self, entities: &EntitySet, columns: &[Column], by: &[Group]) -> bool {
        let is_own = |column: &Column| match column {
            Column::Value { attribute, .. } => {
                let attribute = &self.vocabulary.attributes[attribute.0 as usize];
                attribute.pattern.steps.is_empty()
            }
            _ => false,
        };
        entities.name.is_none() || !by.is_empty() || !columns.iter().all(is_own)
    }

    pub(super) fn scope(&self) -> Scope<'v> {
        Scope::new(self.vocabulary, self.names.clone())
    }

    /// A scope with the restrictions of entities, and with the variables of the columns.
    pub(super) fn scope_of(&self, entities: &EntitySet, columns: &[Column]) -> Scope<'v> {
        let mut scope = self.scope();
        for column in columns {
            scope.wanted.extend(spoken_by(column));
        }
        scope.entities(entities);
        scope
    }

    /// Lists entities by name with further columns. `part` is the alias of the names, with the columns after it, if the
    /// list is one of several.
    pub(super) fn list(
        &self,
        entities: &EntitySet,
        columns: &[Column],
        part: Option<(&str, Vec<Shown>)>,
    ) -> Query {
        if part.is_none()
            && let Some(query) = self.missing(entities)
        {
            return query;
        }
        let mut scope = self.scope_of(entities, columns);
        let mut ranking = scope.ranking.take().or_else(|| rank::any(entities));
        let mut clauses = scope.matches();
        let mut shown = Vec::new();
        let part_of_several = part.is_some();
        match part {
            Some((alias, each)) => {
                shown.push(self.name_as(entities, alias));
                shown.extend(each);
            }
            None => {
                shown.push(self.name_as(entities, &entities.var));
                self.witnesses(&scope, &mut shown);
                if let Some(ranking) = &mut ranking {
                    ranking.within = self.each_shown(&scope, &shown);
                }
                self.beside(&mut scope, entities, &mut clauses, &mut shown);
                self.beside_alike(&mut scope, entities, &mut clauses, &mut shown);
            }
        }
        for column in columns {
            self.column(&mut scope, column, &mut clauses, &mut shown);
        }
        for column in columns {
            if let Column::Value {
                of,
                attribute,
                needed: true,
            } = column
            {
                known(&mut clauses, scope.value_at(of, *attribute));
            }
        }
        let width = part_of_several.then_some(shown.len());
        // In a union, the parts follow one another, whatever the order of each.
        if let Some(ranking) = ranking.filter(|ranking| width.is_none() || ranking.ranks.is_some())
        {
            return self.ranked(&mut scope, ranking, clauses, shown, width);
        }
        let mut order = self.order(entities, &shown);
        let others = columns.iter().filter_map(|column| match column {
            Column::Entities(other) => {
                Some(self.name_of(&other.var, &other.entity_type).to_string())
            }
            _ => None,
        });
        for other in others {
            let column = shown
                .iter()
                .skip(2)
                .find(|column| column.expr.to_string() == other);
            order.extend(column.map(|column| sort(var(&column.alias), false)));
        }
        clauses.extend(rows(&shown, order));
        query(clauses)
    }

    /// Lists the numbers of a range for which negated restrictions hold, including numbers without an entity.
    fn missing(&self, entities: &EntitySet) -> Option<Query> {
        let (attribute, Numbers::Between(low, high)) = entities.numbers.as_ref()? else {
            return None;
        };
        let denied: Vec<Restriction> = entities
            .restrictions
            .iter()
            .map(denied)
            .collect::<Option<_>>()?;
        if denied.is_empty() || high - low > LONGEST_RANGE {
            return None;
        }
        let number = self.names.clone().take("number");
        let mut scope = self.scope();
        scope.bind(&number);
        let mut predicates = Vec::new();
        for restriction in denied {
            let restricted = EntitySet {
                numbers: None,
                restrictions: vec![restriction],
                ..entities.clone()
            };
            let mut inner = scope.inner(&number);
            inner.wanted.push(entities.var.clone());
            inner.entities(&restricted);
            let same = super::make::equal(inner.value_at(&entities.var, *attribute), var(&number));
            inner.predicates.push(same);
            predicates.push(super::make::not(inner.exists()));
        }
        let range = call(
            "range",
            vec![super::make::number(*low), super::make::number(*high)],
        );
        let clauses = vec![
            super::make::unwind(range, &number),
            with(
                false,
                vec![item(var(&number), &number)],
                Some(super::make::and(predicates)),
            ),
            returned(
                false,
                vec![item(var(&number), &entities.var)],
                vec![sort(var(&entities.var), false)],
            ),
        ];
        Some(query(clauses))
    }

    /// Adds the attributes that a noun shows beside the name, except those in another column.
    fn beside(
        &self,
        scope: &mut Scope<'v>,
        entities: &EntitySet,
        clauses: &mut Vec<Clause>,
        shown: &mut Vec<Shown>,
    ) {
        let Some(noun) = self.noun(entities).filter(|_| entities.name.is_none()) else {
            return;
        };
        let noun = &self.vocabulary.nouns[noun.0 as usize];
        for attribute in noun.shows.iter().chain(&noun.order) {
            let words = camel(&self.vocabulary.attributes[attribute.0 as usize].words);
            if !shown.iter().any(|column| column.alias == words) {
                self.attribute(scope, &entities.var, *attribute, clauses, shown, false);
            }
        }
    }

    /// The same for other entities that have the same noun or are asked for.
    fn beside_alike(
        &self,
        scope: &mut Scope<'v>,
        entities: &EntitySet,
        clauses: &mut Vec<Clause>,
        shown: &mut Vec<Shown>,
    ) {
        let others = scope.witnesses.clone().into_iter();
        let alike = others.filter_map(|witness| match witness {
            Witness::EntitySet(other) if other.noun == entities.noun || other.det == Det::Asked => {
                Some(other)
            }
            _ => None,
        });
        for other in alike.filter(|other| other.name.is_none()) {
            let Some(noun) = self.noun(&other) else {
                continue;
            };
            for attribute in &self.vocabulary.nouns[noun.0 as usize].shows {
                self.attribute(scope, &other.var, *attribute, clauses, shown, false);
            }
        }
    }

    pub(super) fn noun(&self, entities: &EntitySet) -> Option<NounId> {
        entities.noun
    }

    /// The name of entities as a column.
    pub(super) fn name_as(&self, entities: &EntitySet, alias: &str) -> Shown {
        self.named(&entities.var, &entities.entity_type, alias.to_owned())
    }

    /// The name of the entities of a variable as a column.
    pub(super) fn named(&self, variable: &str, entity_type: &[String], alias: String) -> Shown {
        let unique = |label: &String| self.vocabulary.has_unique_names(self.graph, label);
        let apart = entity_type.iter().all(unique);
        Shown {
            expr: self.name_of(variable, entity_type),
            alias,
            entity: (!apart).then(|| variable.to_owned()),
        }
    }

    /// The name of entities of a type: a property, or the node itself if it has no name.
    pub(super) fn name_of(&self, variable: &str, entity_type: &[String]) -> Expr {
        self.name_in(var(variable), entity_type)
    }

    /// The name of an entity of a type: the first name of the keys of its labels.
    pub(super) fn name_in(&self, of: Expr, entity_type: &[String]) -> Expr {
        let (keys, complete) = self.vocabulary.display_keys(self.graph, entity_type);
        let mut names: Vec<Expr> = keys.iter().map(|key| prop(of.clone(), key)).collect();
        if !complete || names.is_empty() {
            names.push(of);
        }
        match names.len() {
            1 => names.swap_remove(0),
            _ => call("coalesce", names),
        }
    }

    /// Adds the columns of the witnesses of restrictions.
    pub(super) fn witnesses(&self, scope: &Scope<'v>, shown: &mut Vec<Shown>) {
        for witness in &scope.witnesses {
            let column = match witness {
                Witness::EntitySet(entities) => self.named(
                    &entities.var,
                    &entities.entity_type,
                    unique(shown, &entities.var),
                ),
                Witness::Inner(variable, labels) => {
                    self.named(variable, labels, unique(shown, variable))
                }
                Witness::Source(source) => Shown::value(source.clone(), unique(shown, "document")),
            };
            shown.push(column);
        }
    }

    /// The aliases of the columns of `each`.
    fn each_shown(&self, scope: &Scope<'v>, shown: &[Shown]) -> Vec<String> {
        let each = scope.witnesses.iter().filter_map(|witness| match witness {
            Witness::EntitySet(entities) if entities.det == Det::Each => Some(
                self.name_of(&entities.var, &entities.entity_type)
                    .to_string(),
            ),
            _ => None,
        });
        let column = |name: String| shown.iter().find(|column| column.expr.to_string() == name);
        each.filter_map(column)
            .map(|column| column.alias.clone())
            .collect()
    }

    /// Adds a further column.
    fn column(
        &self,
        scope: &mut Scope<'v>,
        column: &Column,
        clauses: &mut Vec<Clause>,
        shown: &mut Vec<Shown>,
    ) {
        match column {
            Column::Value {
                of,
                attribute,
                needed,
            } => self.attribute(scope, of, *attribute, clauses, shown, *needed),
            Column::Relation { value, words, .. } => {
                shown.push(Shown::value(value.clone(), unique(shown, &camel(words))));
            }
            Column::Entities(entities) => {
                let mut inner = scope.inner("");
                inner.wanted.push(entities.var.clone());
                inner.entities(entities);
                clauses.extend(as_optional(inner.matches()));
                let mut other = self.name_as(entities, &entities.var);
                other.alias = unique(shown, &other.alias);
                shown.push(other);
            }
        }
    }

    /// Adds an attribute as a column; without `needed`, the value may be missing.
    pub(super) fn attribute(
        &self,
        scope: &mut Scope<'v>,
        of: &str,
        id: AttributeId,
        clauses: &mut Vec<Clause>,
        shown: &mut Vec<Shown>,
        needed: bool,
    ) {
        let attribute = &self.vocabulary.attributes[id.0 as usize];
        if !attribute.pattern.steps.is_empty() && scope.reached(of, &attribute.pattern).is_none() {
            let (mut pattern, names) = scope.attribute_pattern(&attribute.pattern);
            pattern.start = super::make::node(Some(of), &[]);
            clauses.push(if needed {
                super::make::match_(vec![pattern], Vec::new())
            } else {
                optional_match(vec![pattern], Vec::new())
            });
            scope.note_reached(of, &attribute.pattern, names);
        }
        let expr = scope.value_at(of, id);
        // A value that is already shown needs no second column.
        if shown
            .iter()
            .any(|other| other.expr.to_string() == expr.to_string())
        {
            return;
        }
        shown.push(Shown::value(expr, unique(shown, &camel(&attribute.words))));
    }

    /// The sort items: the order attribute of the noun if it is shown, then the first two columns.
    fn order(&self, entities: &EntitySet, shown: &[Shown]) -> Vec<SortItem> {
        let number = self.noun(entities).and_then(|noun| {
            let noun = &self.vocabulary.nouns[noun.0 as usize];
            noun.order.or(noun.numbered)
        });
        let number = number.map(|id| {
            let value = self.scope().value_at(&entities.var, id);
            value.to_string()
        });
        let by_number = shown
            .iter()
            .find(|column| Some(column.expr.to_string()) == number);
        let mut order: Vec<SortItem> = by_number
            .map(|column| sort(var(&column.alias), false))
            .into_iter()
            .collect();
        let first = shown
            .iter()
            .take(2)
            .filter(|column| by_number.is_none_or(|number| number.alias != column.alias));
        order.extend(first.map(|column| sort(var(&column.alias), false)));
        order
    }

    /// The plural of the noun of entities.
    pub(super) fn plural(&self, entities: &EntitySet) -> String {
        match entities.noun {
            Some(noun) => self.vocabulary.nouns[noun.0 as usize].plural.clone(),
            None => format!("{}s", entities.var),
        }
    }

    fn exists(&self, entities: &EntitySet) -> Query {
        let every = matches!(entities.det, Det::Every | Det::Each);
        let mut scope = self.scope();
        if every {
            scope.entities(&EntitySet {
                restrictions: Vec::new(),
                det: Det::Asked,
                ..entities.clone()
            });
            let all = entities
                .restrictions
                .iter()
                .map(|restriction| scope.predicate(entities, restriction))
                .collect();
            scope
                .predicates
                .push(super::make::not(super::make::and(all)));
        } else {
            scope.entities(entities);
        }
        let mut found = subquery(SubqueryKind::Exists, scope.matches());
        if every || entities.det == Det::No {
            found = super::make::not(found);
        }
        query(vec![returned(
            false,
            vec![item(found, "answer")],
            Vec::new(),
        )])
    }

    /// Lists attribute values.
    pub(super) fn values(&self, entities: &EntitySet, columns: &[Column]) -> Query {
        self.list(entities, columns, None)
    }
}

/// Drops the rows without a value.
fn known(clauses: &mut [Clause], value: Expr) {
    let Some(variable) = root(&value) else {
        return;
    };
    let binds = |clause: &&mut Clause| match clause {
        Clause::Match(clause) => clause.pattern.parts.iter().any(|part| {
            let nodes = part.element.steps.iter().flat_map(|(relationship, node)| {
                [relationship.variable.as_ref(), node.variable.as_ref()]
            });
            let mut names = nodes
                .chain([part.element.start.variable.as_ref()])
                .flatten();
            names.any(|name| name.text == variable)
        }),
        _ => false,
    };
    if let Some(Clause::Match(clause)) = clauses.iter_mut().find(binds) {
        clause.optional = false;
        let known = super::make::is_null(value, true);
        clause.predicate = Some(match clause.predicate.take() {
            Some(predicate) => super::make::and(vec![predicate, known]),
            None => known,
        });
    }
}

/// The variable whose property an expression is.
pub(super) fn root(value: &Expr) -> Option<String> {
    match &value.kind {
        ExprKind::Variable(name) => Some(name.clone()),
        ExprKind::Property(of, _) => root(of),
        _ => None,
    }
}

/// The restriction that a restriction negates.
fn denied(restriction: &Restriction) -> Option<Restriction> {
    match restriction {
        Restriction::Not(inner, _) => Some((**inner).clone()),
        Restriction::Relation(relation) if relation.other.det == Det::No => {
            let mut relation = relation.clone();
            relation.other.det = Det::Some;
            Some(Restriction::Relation(relation))
        }
        _ => None,
    }
}

/// The clauses with each `MATCH` as `OPTIONAL MATCH`.
pub(super) fn as_optional(clauses: Vec<Clause>) -> Vec<Clause> {
    clauses
        .into_iter()
        .map(|clause| match clause {
            Clause::Match(mut clause) => {
                clause.optional = true;
                Clause::Match(clause)
            }
            clause => clause,
        })
        .collect()
}

/// Counts the entities of a scope: one row with one integer.
pub(super) fn counted(scope: &Scope<'_>, variable: &str) -> Query {
    let mut clauses = scope.matches();
    clauses.push(returned(
        false,
        vec![item(call_distinct("count", var(variable)), "count")],
        Vec::new(),
    ));
    query(clauses)
}

/// True if a restriction ranks the entities.
fn ranks(entities: &EntitySet) -> bool {
    entities
        .restrictions
        .iter()
        .any(|restriction| matches!(restriction, Restriction::Superlative(..)))
}
