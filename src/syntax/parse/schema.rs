//! Builds statements about indexes and constraints, and lists of what there is.

use super::{
    Result,
    cursor::{Cursor, Pair},
    grammar::Rule,
    literal::string,
    node::{Builder, name, refuse},
};
use crate::{
    base::{Code, Span},
    syntax::ast::{
        Clause, Demand, Expr, ExprKind, IndexKind, Name, Query, SchemaClause, SchemaCommand,
        SchemaSubject, ShowClause, ShowKind, SingleQuery,
    },
};

impl<'i> Builder<'i> {
    /// `CREATE INDEX …` as a statement.
    pub(super) fn schema_query(&self, pair: Pair<'i>) -> Result<Query> {
        let clause = self.schema_clause(Cursor::inside(pair).need())?;
        let span = clause.span;
        Ok(lone(vec![Clause::Schema(Box::new(clause))], span))
    }

    /// `SHOW INDEXES … RETURN …`
    pub(super) fn show_query(&self, pair: Pair<'i>) -> Result<Query> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let show = self.show_clause(parts.need())?;
        let mut clauses = vec![Clause::Show(Box::new(show))];
        if let Some(next) = parts.next() {
            clauses.push(self.clause(next)?);
        }
        Ok(lone(clauses, span))
    }

    fn schema_clause(&self, pair: Pair<'i>) -> Result<SchemaClause> {
        let span = self.span(&pair);
        let command = Cursor::inside(pair).need();
        let command = match command.as_rule() {
            Rule::create_index => self.create_index(command)?,
            Rule::create_constraint => self.create_constraint(command)?,
            Rule::drop_index => self.drop_index(command)?,
            _ => self.drop_constraint(command)?,
        };
        Ok(SchemaClause { command, span })
    }

    fn create_index(&self, pair: Pair<'i>) -> Result<SchemaCommand> {
        let mut parts = Cursor::inside(pair);
        let kind = match parts.eat(Rule::index_kind) {
            Some(kind) => self.index_kind(&kind)?,
            None => IndexKind::Range,
        };
        if let Some(old) = parts.eat(Rule::old_index) {
            return self.refuse_old_index(old, "CREATE INDEX FOR");
        }
        let own_name = parts.eat(Rule::schema_name).map(schema_name);
        let if_not_exists = parts.flag(Rule::if_not_exists);
        let (subject, variable) = self.schema_subject(parts.need());
        let keys = parts.need();
        let keys = if keys.as_rule() == Rule::each_token {
            self.check_each(keys, kind, &subject, &variable)?;
            Vec::new()
        } else {
            if kind == IndexKind::Lookup {
                let help = "write `ON EACH labels(n)` or `ON EACH type(r)`";
                let message = "a `LOOKUP` index covers all labels or all types";
                return refuse(Code::UnexpectedSyntax, self.span(&keys), message, help);
            }
            need_subject(&subject)?;
            self.schema_properties(keys, &variable)?
        };
        if kind == IndexKind::Text
            && let [_, second, ..] = keys.as_slice()
        {
            let message = "a `TEXT` index has one property";
            let help = "create one index per property, or a `RANGE` index";
            return refuse(Code::UnexpectedSyntax, second.span, message, help);
        }
        Ok(SchemaCommand::CreateIndex {
            name: own_name,
            kind,
            subject,
            keys,
            options: self.options(&mut parts)?,
            if_not_exists,
        })
    }

    fn index_kind(&self, pair: &Pair<'i>) -> Result<IndexKind> {
        Ok(match &*pair.as_str().to_uppercase() {
            "RANGE" => IndexKind::Range,
            "TEXT" => IndexKind::Text,
            "LOOKUP" => IndexKind::Lookup,
            other => {
                let message = format!("there are no `{other}` indexes");
                let help = match other {
                    "FULLTEXT" => {
                        "write `CREATE TEXT INDEX`, for `CONTAINS`, `STARTS WITH` and `ENDS WITH`"
                    }
                    _ => "write `CREATE INDEX`, for `=`, `<`, `>`, `STARTS WITH` and `ORDER BY`",
                };
                return refuse(Code::UnexpectedSyntax, self.span(pair), message, help);
            }
        })
    }

    fn check_each(
        &self,
        pair: Pair<'i>,
        kind: IndexKind,
        subject: &SchemaSubject,
        variable: &Name,
    ) -> Result<()> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let function = name(&parts.need());
        same_variable(&name(&parts.need()), variable)?;
        let wanted = if subject.is_relationship {
            "type"
        } else {
            "labels"
        };
        let right = function.text.eq_ignore_ascii_case(wanted)
            || !subject.is_relationship && function.text.eq_ignore_ascii_case("label");
        if !right {
            let message = format!("expected `{wanted}`, found `{}`", function.text);
            let help = format!("write `ON EACH {wanted}({})`", variable.text);
            return refuse(Code::UnexpectedSyntax, function.span, message, help);
        }
        if kind != IndexKind::Lookup || subject.name.is_some() {
            let message = "`ON EACH` needs a `LOOKUP` index on all labels or all types";
            let help = "write `CREATE LOOKUP INDEX FOR (n) ON EACH labels(n)`";
            return refuse(Code::UnexpectedSyntax, span, message, help);
        }
        Ok(())
    }

    fn create_constraint(&self, pair: Pair<'i>) -> Result<SchemaCommand> {
        let mut parts = Cursor::inside(pair);
        let own_name = parts.eat(Rule::schema_name).map(schema_name);
        let if_not_exists = parts.flag(Rule::if_not_exists);
        let old = parts.eat(Rule::old_on);
        let (subject, variable) = self.schema_subject(parts.need());
        let old = old.or(parts.eat(Rule::old_assert));
        if let Some(old) = old {
            let wanted = self.new_constraint(&subject, &variable, &mut parts);
            let message = format!(
                "`{}` is the old form of a constraint",
                old.as_str().to_uppercase()
            );
            let help = format!("write `CREATE CONSTRAINT {wanted}`");
            return refuse(Code::UnexpectedSyntax, self.span(&old), message, help);
        }
        need_subject(&subject)?;
        if let Some(old) = parts.eat(Rule::old_exists) {
            let message = "`exists` is the old form of a constraint";
            let help = "write `REQUIRE n.key IS NOT NULL`";
            return refuse(Code::UnexpectedSyntax, self.span(&old), message, help);
        }
        let properties = parts.need();
        let properties_span = self.span(&properties);
        let keys = self.schema_properties(properties, &variable)?;
        let demand = self.demand(parts.need(), &subject)?;
        let single = matches!(demand, Demand::Present | Demand::Typed(_));
        if single && keys.len() > 1 {
            let message = "the constraint has one property";
            let help = "create one constraint per property";
            return refuse(Code::UnexpectedSyntax, properties_span, message, help);
        }
        Ok(SchemaCommand::CreateConstraint {
            name: own_name,
            subject,
            keys,
            demand,
            options: self.options(&mut parts)?,
            if_not_exists,
        })
    }

    fn demand(&self, pair: Pair<'i>, subject: &SchemaSubject) -> Result<Demand> {
        let rule = pair.as_rule();
        let mut parts = Cursor::inside(pair);
        if let Some(word) = parts.eat(Rule::entity_word) {
            let of_node = word.as_str().eq_ignore_ascii_case("node");
            if of_node == subject.is_relationship {
                let wanted = if subject.is_relationship {
                    "RELATIONSHIP"
                } else {
                    "NODE"
                };
                let message = format!("expected `{wanted}`, found `{}`", word.as_str());
                let help = "the constraint is about the pattern after `FOR`";
                return refuse(Code::UnexpectedSyntax, self.span(&word), message, help);
            }
        }
        Ok(match rule {
            Rule::demand_present => Demand::Present,
            Rule::demand_unique => Demand::Unique,
            Rule::demand_key => Demand::Key,
            _ => Demand::Typed(self.value_type(parts.need())?),
        })
    }

    fn drop_index(&self, pair: Pair<'i>) -> Result<SchemaCommand> {
        let mut parts = Cursor::inside(pair);
        if let Some(old) = parts.eat(Rule::old_index) {
            let message = "an index is dropped by its name";
            let help = "write `DROP INDEX name`; `SHOW INDEXES` lists the names";
            return refuse(Code::UnexpectedSyntax, self.span(&old), message, help);
        }
        Ok(SchemaCommand::DropIndex {
            name: name(&parts.need()),
            if_exists: parts.flag(Rule::if_exists),
        })
    }

    fn drop_constraint(&self, pair: Pair<'i>) -> Result<SchemaCommand> {
        let mut parts = Cursor::inside(pair);
        if let Some(old) = parts.eat(Rule::old_on) {
            let message = "a constraint is dropped by its name";
            let help = "write `DROP CONSTRAINT name`; `SHOW CONSTRAINTS` lists the names";
            return refuse(Code::UnexpectedSyntax, self.span(&old), message, help);
        }
        Ok(SchemaCommand::DropConstraint {
            name: name(&parts.need()),
            if_exists: parts.flag(Rule::if_exists),
        })
    }

    /// The subject and its variable.
    fn schema_subject(&self, pair: Pair<'i>) -> (SchemaSubject, Name) {
        let span = self.span(&pair);
        let inner = Cursor::inside(pair).need();
        let is_relationship = inner.as_rule() == Rule::schema_relationship;
        let mut parts = Cursor::inside(inner);
        parts.flag(Rule::left_head);
        let variable = name(&parts.need());
        let own = parts.eat(Rule::name).map(|label| name(&label));
        let subject = SchemaSubject {
            is_relationship,
            name: own,
            span,
        };
        (subject, variable)
    }

    fn schema_properties(&self, pair: Pair<'i>, variable: &Name) -> Result<Vec<Name>> {
        let keys = Cursor::inside(pair).rest(|property| {
            let mut parts = Cursor::inside(property);
            same_variable(&name(&parts.need()), variable)?;
            Ok(name(&parts.need()))
        })?;
        for (at, key) in keys.iter().enumerate() {
            if keys[..at].iter().any(|other| other.text == key.text) {
                let message = format!("the property `{}` occurs twice", key.text);
                return refuse(Code::UnexpectedSyntax, key.span, message, "name it once");
            }
        }
        Ok(keys)
    }

    /// `OPTIONS {…}`, whose values the engine does not need.
    fn options(&self, parts: &mut Cursor<'i>) -> Result<Option<Expr>> {
        let Some(options) = parts.eat(Rule::options) else {
            return Ok(None);
        };
        let map = self.atom(Cursor::inside(options).need())?;
        if let ExprKind::Map(entries) = &map.kind {
            for (key, _) in entries {
                if !matches!(key.text.as_str(), "indexProvider" | "indexConfig") {
                    let message = format!("there is no option `{}`", key.text);
                    let help = "the options are `indexProvider` and `indexConfig`";
                    return refuse(Code::UnexpectedSyntax, key.span, message, help);
                }
            }
        }
        Ok(Some(map))
    }

    fn refuse_old_index<T>(&self, pair: Pair<'i>, words: &str) -> Result<T> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let label = parts.need().as_str();
        let keys = parts.rest(|key| Ok(format!("n.{}", key.as_str())))?;
        let message = "`ON :Label(key)` is the old form of an index";
        let help = format!("write `{words} (n:{label}) ON ({})`", keys.join(", "));
        refuse(Code::UnexpectedSyntax, span, message, help)
    }

    /// The present form of an old constraint.
    fn new_constraint(
        &self,
        subject: &SchemaSubject,
        variable: &Name,
        parts: &mut Cursor<'i>,
    ) -> String {
        let pattern = self.slice(subject.span);
        parts.flag(Rule::old_assert);
        let demand = if let Some(old) = parts.eat(Rule::old_exists) {
            let mut inner = Cursor::inside(old);
            inner.flag(Rule::exists);
            format!("{} IS NOT NULL", inner.need().as_str())
        } else {
            let properties = parts.next().map_or("", |pair| pair.as_str());
            let demand = parts.next();
            let words = demand.map_or(String::new(), |pair| pair.as_str().to_uppercase());
            format!("{} IS {}", properties.trim(), words.trim())
        };
        debug_assert!(!variable.text.is_empty(), "the grammar demands a variable");
        format!("FOR {pattern} REQUIRE {demand}")
    }

    fn show_clause(&self, pair: Pair<'i>) -> Result<ShowClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let what = parts.need();
        let kind = match what.as_rule() {
            Rule::show_indexes => ShowKind::Indexes,
            Rule::show_constraints => ShowKind::Constraints,
            Rule::show_functions => ShowKind::Functions,
            Rule::show_procedures => ShowKind::Procedures,
            Rule::show_settings => ShowKind::Settings,
            Rule::show_transactions => ShowKind::Transactions,
            _ => ShowKind::Databases,
        };
        let mut inner = Cursor::inside(what);
        let filter = inner.eat(Rule::show_filter).map_or(String::new(), words);
        let mut names = Vec::new();
        while let Some(part) = inner.next() {
            match part.as_rule() {
                Rule::string => names.push(string(&part)?),
                Rule::schema_name => names.push(schema_name(part).text),
                _ => {}
            }
        }
        let (yields, predicate) = match parts.eat(Rule::show_yield) {
            Some(yields) => {
                let mut inner = Cursor::inside(yields);
                let projection = self.projection(inner.need())?;
                (Some(projection), self.optional_predicate(&mut inner)?)
            }
            None => (None, self.optional_predicate(&mut parts)?),
        };
        Ok(ShowClause {
            kind,
            filter,
            names,
            yields,
            predicate,
            span,
        })
    }
}

/// A query of these clauses alone.
fn lone(clauses: Vec<Clause>, span: Span) -> Query {
    Query {
        first: SingleQuery { clauses, span },
        rest: Vec::new(),
        span,
    }
}

/// The words of a filter in upper case, with one space between them.
fn words(pair: Pair<'_>) -> String {
    let words: Vec<_> = pair
        .as_str()
        .split_whitespace()
        .map(str::to_uppercase)
        .collect();
    words.join(" ")
}

fn schema_name(pair: Pair<'_>) -> Name {
    name(&Cursor::inside(pair).need())
}

fn need_subject(subject: &SchemaSubject) -> Result<()> {
    if subject.name.is_some() {
        return Ok(());
    }
    let (message, help) = if subject.is_relationship {
        (
            "expected a relationship type, found none",
            "write `()-[r:TYPE]-()`",
        )
    } else {
        ("expected a label, found none", "write `(n:Label)`")
    };
    refuse(Code::UnexpectedSyntax, subject.span, message, help)
}

fn same_variable(found: &Name, variable: &Name) -> Result<()> {
    if found.text == variable.text {
        return Ok(());
    }
    let message = format!("variable `{}` is not defined", found.text);
    let help = format!("did you mean `{}`?", variable.text);
    refuse(Code::UndefinedVariable, found.span, message, help)
}
