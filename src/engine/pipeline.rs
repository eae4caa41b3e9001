//! From a statement to its answer. Outside of tests, only this module runs all stages.
//!
//! ```text
//! parse ── tree ── analyze ── plan ── optimize ── plan ── run ── rows
//! ```

use std::sync::Arc;

use crate::{
    analyze::{self, analyze},
    answer::{Answer, Changes, Entities},
    base::{Code, Diagnostic, Source, nearest},
    engine::{
        Database, Error, OptLevel, Statement,
        batches::{Batched, ROWS, USUAL_SIZE, batch_size, status},
        cache::Prepared,
        explain, guard,
        lifted::Shaped,
        parsing::parse,
        patience::Patience,
        run_options::RunOptions,
        stack::on_a_stack_for,
    },
    exec::{self, Access, Options, Outcome},
    graph::Savepoint,
    optimize::optimize,
    plan::Plan,
    syntax::ast,
    value::{Entries, Text, Value},
};

/// The result of a stage. Spans of errors are positions in the text of the statement.
type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// The answer to a statement. Outside of a transaction, each statement is its own transaction; an error inside of one
/// makes it fail.
pub(super) fn answer(
    mut statement: Statement<'_>,
    asked: ast::Mode,
) -> std::result::Result<Answer, Error> {
    let source = statement.source.clone();
    let offset = statement.span.start;
    let text = source.slice(statement.span);
    let outcome = guarded(&mut statement, |statement| {
        on_a_stack_for(text, || stages(statement, asked))
    });
    let database = statement.database;
    let outcome = outcome.map_err(|diagnostic| {
        if statement.fails_transaction {
            database.fail_transaction();
        }
        Error::within(diagnostic.shifted(offset), source)
    });
    let outcome = outcome.map(|mut answer| {
        for warning in &mut answer.warnings {
            *warning = warning.clone().shifted(offset);
        }
        answer
    });
    database.statuses = Arc::new(match &outcome {
        Ok(answer) => answer.statuses(),
        Err(error) => error.statuses(),
    });
    outcome
}

/// Runs `work`; if it panics, undoes the changes of the statement.
fn guarded<T>(
    statement: &mut Statement<'_>,
    work: impl FnOnce(&mut Statement<'_>) -> Result<T>,
) -> Result<T> {
    let patience = Patience::new(&statement.cancel, statement.limits.time);
    statement.database.enter(&patience)?;
    let outcome = restored(statement, work);
    statement.database.leave();
    outcome
}

fn restored<T>(
    statement: &mut Statement<'_>,
    work: impl FnOnce(&mut Statement<'_>) -> Result<T>,
) -> Result<T> {
    if statement.database.is_damaged() {
        return Err(Box::new(guard::damaged()));
    }
    statement.database.session.is_open()?;
    statement.database.keeps_ids = false;
    let savepoint = statement.database.graph.savepoint();
    guard::caught(|| work(statement)).unwrap_or_else(|panic| {
        if statement.writes && statement.undoes {
            statement.database.restore(savepoint);
        } else if statement.writes {
            statement.database.abandon();
        }
        Err(panic)
    })
}

fn stages(statement: &mut Statement<'_>, asked: ast::Mode) -> Result<Answer> {
    RunOptions::new(statement)?.lend(|options, passed| staged(statement, asked, options, passed))
}

/// `passed` returns the nanoseconds since the start of the statement.
fn staged<'o>(
    statement: &mut Statement<'_>,
    asked: ast::Mode,
    mut options: Options<'o>,
    passed: &'o (dyn Fn() -> u64 + Sync),
) -> Result<Answer> {
    let source = statement.source.clone();
    let (text, level) = (source.slice(statement.span), statement.level);
    if asked == ast::Mode::Run
        && !statement.database.transaction_failed()
        && let Some(shaped) = statement.database.shaped(text)
        && let ast::Body::Query(query) = &shaped.tree.body
    {
        options.check()?;
        match prepared(statement.database, &shaped.shape, query, level, &options) {
            Ok(prepared) if statement.begin_write(&prepared.plan)? => {
                return staged(statement, asked, options, passed);
            }
            Ok(prepared) => return run_lifted(statement, (&shaped, &prepared), options, text),
            Err(_) => {
                options.check()?;
                let mut cache = statement.database.cache();
                cache.keep_shape(&shaped.shape, &shaped.tree, None);
            }
        }
    }
    let tree = parsed(statement, &source, &options)?;
    options.check()?;
    if !matches!(tree.body, ast::Body::Rollback(_)) {
        statement.database.working()?;
    }
    let query = match &tree.body {
        ast::Body::Query(query) => query,
        ast::Body::Session(commands) => return session(statement, commands, &options),
        control => {
            statement.writes = true;
            return statement.database.control(control);
        }
    };
    let mode = if asked == ast::Mode::Run {
        tree.mode
    } else {
        asked
    };
    if let Some(batched) = Batched::of(query) {
        return in_transactions(statement, &batched, mode, &options);
    }
    let prepared = prepared(statement.database, text, query, level, &options)?;
    options.check()?;
    if mode != ast::Mode::Explain && statement.begin_write(&prepared.plan)? {
        return staged(statement, asked, options, passed);
    }
    if mode == ast::Mode::Profile {
        options.profile = Some(passed);
    }
    let mut answer = match mode {
        ast::Mode::Explain => explain::explain(&prepared.plan, text),
        ast::Mode::Run | ast::Mode::Profile => run(statement, &prepared.plan, &[], options, text)?,
    };
    answer.warnings.clone_from(&prepared.warnings);
    answer.writes = prepared.plan.writes;
    Ok(answer)
}

/// Runs a statement whose literals are parameters of its plan.
fn run_lifted(
    statement: &mut Statement<'_>,
    (shaped, prepared): (&Shaped, &Prepared),
    options: Options<'_>,
    text: &str,
) -> Result<Answer> {
    let answer = run(statement, &prepared.plan, &shaped.literals, options, text);
    let mut answer = answer.map_err(|error| Box::new(shaped.moved(*error)))?;
    answer.writes = prepared.plan.writes;
    let warnings = prepared.warnings.iter().cloned();
    answer.warnings = warnings.map(|warning| shaped.moved(warning)).collect();
    Ok(answer)
}

fn parsed(
    statement: &mut Statement<'_>,
    source: &Arc<Source>,
    options: &Options<'_>,
) -> Result<Arc<ast::Statement>> {
    let text = source.slice(statement.span);
    let known = statement.database.cache().tree(text);
    if let Some(tree) = known {
        return Ok(tree);
    }
    let tree = Arc::new(parse(source, statement.span, options)?);
    statement.database.cache().keep_tree(text, &tree);
    Ok(tree)
}

fn prepared(
    database: &mut Database,
    text: &str,
    query: &ast::Query,
    level: OptLevel,
    options: &Options<'_>,
) -> Result<Arc<Prepared>> {
    let known = database.cache().plan(text, database.version, level);
    if let Some(prepared) = known {
        return Ok(prepared);
    }
    let prepared = Arc::new(planned(database, query, level, options)?);
    database
        .cache()
        .keep_plan(text, database.version, level, &prepared);
    Ok(prepared)
}

fn planned(
    database: &Database,
    query: &ast::Query,
    level: OptLevel,
    options: &Options<'_>,
) -> Result<Prepared> {
    let (stats, check) = (database.graph.stats(), || options.check());
    let environment = analyze::Environment {
        catalog: database.graph.catalog(),
        stats,
        procedures: &database.procedures,
        check: &check,
    };
    let analysis = analyze(query, environment)?;
    options.check()?;
    Ok(Prepared {
        plan: optimize(analysis.plan, stats, level, &check)?,
        warnings: analysis.warnings,
    })
}

/// Runs a query with a subquery in transactions.
fn in_transactions(
    statement: &mut Statement<'_>,
    batched: &Batched,
    mode: ast::Mode,
    options: &Options<'_>,
) -> Result<Answer> {
    let level = statement.level;
    let checked = planned(statement.database, &batched.at_once(), level, options)?;
    match mode {
        ast::Mode::Run => {}
        ast::Mode::Explain => {
            let text = statement.source.slice(statement.span);
            return Ok(explain::explain(&checked.plan, text));
        }
        ast::Mode::Profile => {
            let message = "a subquery in transactions is several statements, which cannot be profiled together";
            return Err(Box::new(Diagnostic::new(
                Code::UnexpectedSyntax,
                batched.batches.span,
                message,
            )));
        }
    }
    if statement.database.in_transaction() {
        let message = "`IN TRANSACTIONS` begins transactions of its own, but one is open";
        let open = Diagnostic::new(Code::InvalidTransactionState, batched.batches.span, message);
        return Err(Box::new(open.help("end it with `COMMIT` or `ROLLBACK`")));
    }
    if statement.begin_write(&checked.plan)? {
        return in_transactions(statement, batched, mode, options);
    }
    // An error undoes one batch, not the statement.
    let undoes = std::mem::replace(&mut statement.undoes, true);
    statement.database.keeps_ids = true;
    let answer = batch_after_batch(statement, batched, options);
    statement.database.keeps_ids = false;
    if checked.plan.writes {
        statement.database.graph_mut().commit();
    }
    statement.undoes = undoes;
    statement.parameters.shift_remove(ROWS);
    let mut answer = answer?;
    answer.warnings = checked.warnings;
    answer.writes = checked.plan.writes;
    Ok(answer)
}

fn batch_after_batch(
    statement: &mut Statement<'_>,
    batched: &Batched,
    options: &Options<'_>,
) -> Result<Answer> {
    let batches = &batched.batches;
    let size = match &batches.rows {
        Some(rows) => batch_size(&evaluate(statement, rows, options)?, rows.span)?,
        None => USUAL_SIZE,
    };
    let kept = Options {
        max_rows: None,
        ..options.clone()
    };
    let input = rows_before(statement, batched, &kept)?;
    let given = input.columns().to_vec();
    let rows: Vec<Value> = input
        .rows()
        .map(|row| Value::list(row.values().to_vec()))
        .collect();
    let query = batched.batch(&given);
    let planned = planned(statement.database, &query, statement.level, options)?;
    let columns = planned.plan.columns.iter();
    let mut names: Vec<Text> = columns.map(|column| column.name.clone()).collect();
    let position = |name: &Text| given.iter().position(|known| known == name);
    let places: Vec<_> = names.iter().map(position).collect();
    let status = batches.status.as_ref();
    names.extend(status.map(|status| Text::from(&*status.text)));
    let run = |batch: &[Value]| step(statement, &query, Some(batch.to_vec()), &kept);
    let (found, changes) = rows_of_batches(batched, rows.chunks(size), &places, run)?;
    let mut answer = match batched.rest(&names) {
        None => Answer::default(),
        Some(rest) => {
            statement.parameters.insert(ROWS.into(), Value::list(found));
            match Batched::of(&rest) {
                Some(next) => batch_after_batch(statement, &next, options)?,
                None => step(statement, &rest, None, options)?,
            }
        }
    };
    answer.changes.add(&changes);
    Ok(answer)
}

/// The rows that a subquery in transactions gets.
fn rows_before(
    statement: &mut Statement<'_>,
    batched: &Batched,
    options: &Options<'_>,
) -> Result<Answer> {
    let level = statement.level;
    let input = match planned(statement.database, &batched.input(true), level, options) {
        Err(error) if error.code == Code::NoVariablesInScope => {
            planned(statement.database, &batched.input(false), level, options)?
        }
        input => input?,
    };
    if input.plan.writes {
        let message = "a query cannot change the graph before a subquery in transactions";
        let span = batched.batches.span;
        let writes = Diagnostic::new(Code::InvalidClauseComposition, span, message);
        return Err(Box::new(writes));
    }
    run(statement, &input.plan, &[], options.clone(), "")
}

/// Runs a subquery for each batch and returns the rows of all batches with the changes. `places` are the columns of the
/// subquery that its rows had before.
fn rows_of_batches<'r>(
    batched: &Batched,
    all: impl Iterator<Item = &'r [Value]>,
    places: &[Option<usize>],
    mut run: impl FnMut(&[Value]) -> Result<Answer>,
) -> Result<(Vec<Value>, Changes)> {
    let reports = batched.batches.status.is_some();
    let (mut found, mut changes, mut runs) = (Vec::new(), Changes::default(), true);
    for batch in all {
        let error = match runs.then(|| run(batch)) {
            Some(Ok(answer)) => {
                changes.add(&answer.changes);
                let status = reports.then(|| status(true, None));
                found.extend(answer.rows().map(|row| {
                    let values = row.values().iter().cloned();
                    Value::list(values.chain(status.clone()).collect())
                }));
                continue;
            }
            Some(Err(error)) if !batched.survives(&error) => return Err(error),
            Some(Err(error)) => Some(error),
            None => None,
        };
        let status = reports.then(|| status(error.is_some(), error.as_deref()));
        runs = runs && batched.batches.on_error == ast::OnError::Continue;
        let failed = batch.iter();
        found.extend(failed.map(|row| without_result(row, places, status.clone())));
    }
    Ok((found, changes))
}

/// A row of a batch that has failed, with nulls in place of what the subquery returns.
fn without_result(row: &Value, places: &[Option<usize>], status: Option<Value>) -> Value {
    let Value::List(given) = row else {
        return Value::Null;
    };
    let values = places
        .iter()
        .map(|place| place.map_or(Value::Null, |place| given[place].clone()));
    Value::list(values.chain(status).collect())
}

/// Plans and runs a query that is a part of a statement, as a transaction of its own.
fn step(
    statement: &mut Statement<'_>,
    query: &ast::Query,
    rows: Option<Vec<Value>>,
    options: &Options<'_>,
) -> Result<Answer> {
    options.check()?;
    if let Some(rows) = rows {
        statement.parameters.insert(ROWS.into(), Value::list(rows));
    }
    let prepared = planned(statement.database, query, statement.level, options)?;
    run(statement, &prepared.plan, &[], options.clone(), "")
}

/// Runs commands of the session. If one fails, none has an effect.
fn session(
    statement: &mut Statement<'_>,
    commands: &[ast::SessionCommand],
    options: &Options<'_>,
) -> Result<Answer> {
    let before = statement.database.session.clone();
    for command in commands {
        let mut session = statement.database.session.clone();
        match session.execute(command, |expr| evaluate(statement, expr, options)) {
            Ok(()) => statement.database.session = session,
            Err(error) => {
                statement.database.session = before;
                return Err(error);
            }
        }
    }
    if statement.database.session.is_closed && statement.database.in_transaction() {
        let rolled_back = statement.database.rollback();
        rolled_back.map_err(|error| Box::new(error.diagnostic().clone()))?;
    }
    Ok(Answer::default())
}

/// The value of an expression outside of a query.
fn evaluate(
    statement: &mut Statement<'_>,
    expr: &ast::Expr,
    options: &Options<'_>,
) -> Result<Value> {
    let query = ast::Query::returning(expr.clone());
    let prepared = planned(statement.database, &query, statement.level, options)?;
    let answer = run(statement, &prepared.plan, &[], options.clone(), "")?;
    let row = answer.rows().next();
    Ok(row.map_or(Value::Null, |row| row.values()[0].clone()))
}

/// Runs a plan. `literals` are the values of its lifted literals. On `Err` the graph is unchanged.
fn run(
    statement: &mut Statement<'_>,
    plan: &Plan,
    literals: &[Value],
    mut options: Options<'_>,
    text: &str,
) -> Result<Answer> {
    if plan.writes && (statement.reads_only || statement.database.reads_only) {
        return Err(Box::new(read_only()));
    }
    if plan.writes && statement.database.reads_only() {
        let help = "the transaction is `READ ONLY`: write in another one";
        return Err(Box::new(read_only().help(help)));
    }
    statement.writes = plan.writes;
    let session = &statement.database.session.parameters;
    let parameters = arguments(plan, (&statement.parameters, session), literals)?;
    let database = &mut *statement.database;
    database.has_read();
    let savepoint = database.graph.savepoint();
    let traced = plan.writes && database.has_rules();
    let access = if plan.writes {
        Access::Write(Arc::make_mut(&mut database.graph))
    } else {
        Access::Read(&database.graph)
    };
    options.traced = traced;
    let profiled = options.profile.is_some();
    let outcome = match exec::run(plan, access, &parameters, &options) {
        Ok(outcome) if traced => kept(database, savepoint, outcome),
        outcome => outcome,
    };
    match outcome {
        Ok(outcome) if profiled => {
            let answer = explain::profile(plan, text, &outcome.profile);
            database.settled(plan, savepoint, answer)
        }
        Ok(outcome) => {
            let answer = answered(plan, outcome, database);
            database.settled(plan, savepoint, answer)
        }
        Err(diagnostic) => {
            if statement.undoes {
                database.undo(savepoint);
            } else if plan.writes {
                database.abandon();
            }
            Err(diagnostic)
        }
    }
}

impl Statement<'_> {
    /// Obtains the right to change a shared graph, if the plan changes it. True if the plan has to be made again.
    fn begin_write(&mut self, plan: &Plan) -> Result<bool> {
        let forbidden = self.reads_only || self.database.reads_only || self.database.reads_only();
        if !plan.writes || forbidden {
            return Ok(false);
        }
        let patience = Patience::new(&self.cancel, self.limits.time);
        self.database.begin_write(plan, &patience)
    }
}

fn read_only() -> Diagnostic {
    let message = "expected a statement that only reads, found one that changes the graph";
    Diagnostic::whole(Code::ReadOnly, message)
}

/// Returns `outcome` if the changes satisfy the rules of the graph, otherwise the first broken rule as an error.
fn kept(database: &mut Database, savepoint: Savepoint, outcome: Outcome) -> Result<Outcome> {
    let Some(violation) = database.violation(savepoint) else {
        return Ok(outcome);
    };
    let part = |at: Savepoint| outcome.trace.part(at);
    let mut diagnostic = Diagnostic::from(violation.fault);
    diagnostic.span = part(violation.at);
    let other = violation.other.and_then(part);
    if let Some(other) = other.filter(|other| diagnostic.span != Some(*other)) {
        diagnostic = diagnostic.label(other, "has this value already");
    }
    Err(Box::new(diagnostic))
}

fn answered(plan: &Plan, outcome: Outcome, database: &Database) -> Answer {
    if !plan.returns {
        return Answer::default();
    }
    let columns = plan
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let entities = Entities::of(&outcome.rows, &database.graph);
    Answer::new(columns, outcome.rows, entities)
}

/// The parameter values, in the order of the plan: those of the statement, then those of the session. `Err` if one is missing.
fn arguments(
    plan: &Plan,
    (given, session): (&Entries, &Entries),
    literals: &[Value],
) -> Result<Vec<Value>> {
    let value = |parameter: &crate::plan::Parameter| {
        if let Some(number) = parameter.name.strip_prefix('\0') {
            let number: usize = number.parse().expect("a lifted literal has a number");
            return Ok(literals[number].clone());
        }
        let value = given.get(&*parameter.name);
        let value = value.or_else(|| session.get(&*parameter.name));
        value.cloned().ok_or_else(|| {
            let known = given.keys().chain(session.keys());
            let nearest = nearest(&parameter.name, known.map(|name| &**name));
            let help = match nearest {
                Some(name) => format!("did you mean `${name}`?"),
                None => how_to_give(&parameter.name),
            };
            let message = format!(
                "expected a value for the parameter `${}`, found none",
                parameter.name
            );
            let missing = Diagnostic::new(Code::MissingParameter, parameter.span, message);
            Box::new(missing.help(help))
        })
    };
    plan.parameters.iter().map(value).collect()
}

/// The help for a missing parameter, for each way to run a statement.
fn how_to_give(name: &str) -> String {
    format!(
        "set it: `:param {name} …` at the prompt, `--param {name}=…` on the command line, `param` in a program"
    )
}
