//! Answers a question: interprets it, runs its statement, and reports the supporting facts.

mod part;

use std::{cmp::Ordering, sync::Arc};

use crate::{
    answer::Answer,
    base::{Class, Code, Diagnostic, Phase, Source, Span},
    engine::{
        Alternative, CancelToken, ConditionCount, Database, EmptyExplanation, Error, Limits, Reply,
        environment::nanos_between, guard::caught, lexicon::Lexicon, patience::Patience, support,
    },
    question::{self, Condition, Extras, Interpretation},
    syntax::ast,
    value::{Value, relation},
};

/// The maximum number of interpretations that are run to count their rows.
const COUNTED: usize = 8;

/// If the answer takes longer than this, in nanoseconds, other interpretations are offered without running them.
const PATIENCE: u64 = 500_000_000;

/// A question to be answered; see [`Database::ask`].
#[derive(Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct Question<'d> {
    database: &'d mut Database,
    source: Arc<Source>,
    span: Span,
    limits: Limits,
    cancel: CancelToken,
    pick: Option<usize>,
}

/// What to do with the statement of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Explain,
    Profile,
}

/// The interpretations of a question, best first, and the extras of the best one.
struct Meanings {
    interpretations: Vec<Interpretation>,
    /// Supplementary statements for the best interpretation: wider senses, conditions and supporting facts.
    extras: Extras,
}

/// The chosen interpretation and its answer.
struct Chosen {
    /// Its index among the interpretations, from 0.
    number: usize,
    /// Its index among the wider senses of that interpretation, or `None` if it is not one.
    wider: Option<usize>,
    answer: Answer,
}

impl<'d> Question<'d> {
    pub(super) fn new(database: &'d mut Database, source: Arc<Source>, span: Span) -> Self {
        let limits = database.limits();
        let span = bare(&source, span);
        Self {
            database,
            source,
            span,
            limits,
            cancel: CancelToken::new(),
            pick: None,
        }
    }

    /// Sets the limits of each statement of the question, in place of those of the database.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the token that can interrupt the question.
    pub fn cancel(mut self, token: &CancelToken) -> Self {
        self.cancel = token.clone();
        self
    }

    /// Chooses an interpretation by its number from 1, as in [`Alternative::pick`].
    pub fn pick(mut self, number: usize) -> Self {
        self.pick = Some(number);
        self
    }

    /// Answers the question.
    ///
    /// # Errors
    /// The question is not understood, or is ambiguous (its interpretations give different rows; [`Error::candidates`]
    /// lists them), or its statement failed.
    pub fn run(self) -> Result<Reply, Error> {
        self.guarded(|question| question.answered())
    }

    /// Returns the plan of the question without running it. Ties between interpretations are run to choose one.
    ///
    /// # Errors
    /// As [`Question::run`].
    pub fn explain(self) -> Result<Reply, Error> {
        self.guarded(|question| question.planned(Asked::Explain))
    }

    /// Runs the question and returns its plan with measurements.
    ///
    /// # Errors
    /// As [`Question::run`].
    pub fn profile(self) -> Result<Reply, Error> {
        self.guarded(|question| question.planned(Asked::Profile))
    }

    /// Every interpretation of the question, best first.
    ///
    /// # Errors
    /// If the question is not understood.
    pub fn interpretations(self) -> Result<Vec<Interpretation>, Error> {
        self.guarded(|mut question| {
            let lexicon = question.database.lexicon()?;
            question.read(&lexicon)
        })
    }

    /// Calls `work`; a panic becomes an error. Statements of the question undo their own changes.
    fn guarded<T>(self, work: impl FnOnce(Question<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let database = self.database;
        let patience = Patience::new(&self.cancel, self.limits.time);
        database
            .enter(&patience)
            .map_err(|error| Error::new(*error))?;
        let question = Question {
            database: &mut *database,
            ..self
        };
        let outcome = caught(|| work(question)).map_err(|fault| Error::new(*fault));
        database.leave();
        outcome?
    }

    fn answered(mut self) -> Result<Reply, Error> {
        let lexicon = self.database.lexicon()?;
        let meanings = match self.meanings(&lexicon) {
            Ok(meanings) => meanings,
            Err(error) => return self.in_part(&lexicon, error),
        };
        let clock = self.database.environment.clock();
        let begun = clock();
        let chosen = self.choose(&meanings)?;
        let guessed = meanings.interpretations[chosen.number].is_guess();
        if guessed && self.pick.is_none() && is_nothing(&chosen.answer) {
            let error = self.unanswered();
            return self.in_part(&lexicon, error);
        }
        let quick = nanos_between(begun, clock()) <= PATIENCE;
        self.reply(&meanings, chosen, &lexicon, quick)
    }

    fn planned(mut self, asked: Asked) -> Result<Reply, Error> {
        let lexicon = self.database.lexicon()?;
        let meanings = self.meanings(&lexicon)?;
        let (number, wider) = match self.pick {
            Some(pick) => self.picked(&meanings, pick)?,
            None if tied(&meanings.interpretations).len() > 1 => {
                let chosen = self.choose(&meanings)?;
                (chosen.number, chosen.wider)
            }
            None => (0, None),
        };
        let (interpretation, query) = meanings.described(number, wider);
        let statement = self.database.statement(query, self.limits, &self.cancel);
        let answer = match asked {
            Asked::Explain => statement.explain(),
            Asked::Profile => statement.profile(),
        };
        let answer = answer.map_err(|error| self.own(&error))?;
        Ok(Reply {
            interpretation,
            cypher: query.to_string(),
            answer: without_warnings(answer),
            ..Reply::default()
        })
    }

    fn read(&mut self, lexicon: &Lexicon) -> Result<Vec<Interpretation>, Error> {
        let text = self.source.slice(self.span);
        let interpretations = question::read(text, &lexicon.vocabulary, &self.database.graph);
        let mut interpretations = interpretations.map_err(|diagnostic| {
            Error::within(diagnostic.shifted(self.span.start), self.source.clone())
        })?;
        interpretations.retain(|interpretation| self.compiles(&interpretation.query));
        if interpretations.is_empty() {
            return Err(self.unconnected());
        }
        Ok(interpretations)
    }

    /// Whether the statement of an interpretation is valid. It is not if the question is two questions in one, so that a
    /// column of one would have to be read in the other.
    fn compiles(&mut self, query: &ast::Query) -> bool {
        let plan = self
            .database
            .statement(query, self.limits, &self.cancel)
            .explain();
        plan.map_or_else(|error| error.phase() == Phase::Runtime, |_| true)
    }

    fn unconnected(&self) -> Error {
        let diagnostic = question::unconnected(self.span);
        Error::within(*diagnostic, self.source.clone())
    }

    fn meanings(&mut self, lexicon: &Lexicon) -> Result<Meanings, Error> {
        let interpretations = self.read(lexicon)?;
        let extras = interpretations
            .first()
            .map(|best| self.extras(best, lexicon));
        let mut extras = extras.unwrap_or_default();
        extras.wider.retain(|wider| self.compiles(&wider.query));
        Ok(Meanings {
            interpretations,
            extras,
        })
    }

    fn extras(&self, interpretation: &Interpretation, lexicon: &Lexicon) -> Extras {
        interpretation.extras(&lexicon.vocabulary, &self.database.graph)
    }

    /// The picked interpretation, or the best one. If several are tied, all with a non-empty answer must agree.
    fn choose(&mut self, meanings: &Meanings) -> Result<Chosen, Error> {
        if let Some(pick) = self.pick {
            let (number, wider) = self.picked(meanings, pick)?;
            let (_, query) = meanings.described(number, wider);
            let answer = self.answer(query)?;
            return Ok(Chosen {
                number,
                wider,
                answer,
            });
        }
        let tied = tied(&meanings.interpretations);
        let mut answers = vec![Some(self.answer(&tied[0].query)?)];
        for interpretation in &tied[1..] {
            answers.push(self.attempt_within(&interpretation.query, self.limits)?);
        }
        let number = agreed(&answers).ok_or_else(|| self.ambiguous(tied, &answers))?;
        let answer = answers.swap_remove(number).unwrap_or_default();
        let (number, answer) = match is_nothing(&answer) {
            true => self
                .with_rows(meanings, tied.len())?
                .unwrap_or((number, answer)),
            false => (number, answer),
        };
        Ok(Chosen {
            number,
            wider: None,
            answer,
        })
    }

    /// The best interpretation from the index `first` on that has rows, with its answer. The best interpretation of all
    /// gives way to it if it has none; it is then listed among the others.
    fn with_rows(
        &mut self,
        meanings: &Meanings,
        first: usize,
    ) -> Result<Option<(usize, Answer)>, Error> {
        let others = meanings.interpretations.iter().enumerate().skip(first);
        for (number, interpretation) in others.take(COUNTED) {
            let answer = self.attempt_within(&interpretation.query, self.limits)?;
            if let Some(answer) = answer.filter(|answer| !is_nothing(answer)) {
                return Ok(Some((number, answer)));
            }
        }
        Ok(None)
    }

    /// The indexes for a number: first the interpretations, then the wider senses of the best one.
    fn picked(&self, meanings: &Meanings, pick: usize) -> Result<(usize, Option<usize>), Error> {
        let plain = meanings.interpretations.len();
        let all = plain + meanings.extras.wider.len();
        match pick.checked_sub(1) {
            Some(number) if number < plain => Ok((number, None)),
            Some(number) if number < all => Ok((0, Some(number - plain))),
            _ => {
                let message = format!(
                    "expected the number of an interpretation from 1 to {all}, found {pick}"
                );
                let wrong = Diagnostic::new(Code::InvalidPick, self.span, message);
                Err(Error::within(wrong, self.source.clone()))
            }
        }
    }

    fn ambiguous(&self, tied: &[Interpretation], answers: &[Option<Answer>]) -> Error {
        let candidates = tied.iter().zip(answers).enumerate();
        let candidates = candidates.map(|(number, (interpretation, answer))| {
            alternative(
                number + 1,
                &interpretation.words,
                false,
                &interpretation.query,
                answer.as_ref(),
            )
        });
        let message = format!("the question has {} interpretations", tied.len());
        let diagnostic = Diagnostic::new(Code::AmbiguousQuestion, self.span, message);
        let diagnostic =
            diagnostic.help("choose one by its number, or ask a more specific question");
        Error::within(diagnostic, self.source.clone()).with_candidates(candidates.collect())
    }

    fn reply(
        &mut self,
        meanings: &Meanings,
        chosen: Chosen,
        lexicon: &Lexicon,
        quick: bool,
    ) -> Result<Reply, Error> {
        let (interpretation, query) = meanings.described(chosen.number, chosen.wider);
        let own = match chosen.number {
            0 => None,
            number => Some(self.extras(&meanings.interpretations[number], lexicon)),
        };
        let extras = own.as_ref().unwrap_or(&meanings.extras);
        let mut reply = Reply {
            interpretation,
            cypher: query.to_string(),
            alternatives: self.alternatives(meanings, &chosen, quick)?,
            ..Reply::default()
        };
        // The supporting facts of a wider sense are unknown.
        if chosen.wider.is_none() {
            if is_nothing(&chosen.answer) {
                reply.why_empty = Some(self.why_empty(extras, lexicon)?);
            } else if let Some(found) = &extras.support {
                let facts = self.attempt(&found.query)?;
                let facts = facts.map(|facts| support::facts(&facts, lexicon));
                reply.facts = facts.as_ref().map(Vec::len);
                reply.basis = facts.unwrap_or_default();
                reply.basis.retain(|fact| lexicon.is_remarkable(fact));
            }
        }
        reply.answer = chosen.answer;
        Ok(reply)
    }

    /// The other interpretations whose answer differs, or may differ because they were not run.
    fn alternatives(
        &mut self,
        meanings: &Meanings,
        chosen: &Chosen,
        quick: bool,
    ) -> Result<Vec<Alternative>, Error> {
        let interpretations = &meanings.interpretations;
        let wider = &meanings.extras.wider;
        let others = interpretations
            .iter()
            .map(|other| (&other.words, false, &other.query));
        let wider = wider.iter().map(|wider| (&wider.words, true, &wider.query));
        let taken = match chosen.wider {
            None => chosen.number,
            Some(wider) => interpretations.len() + wider,
        };
        let mut found = Vec::new();
        let mut seen: Vec<Answer> = Vec::new();
        for (number, (words, wider, query)) in others.chain(wider).enumerate() {
            if number == taken {
                continue;
            }
            let counted = quick && (number < COUNTED || wider);
            let answer = if counted { self.attempt(query)? } else { None };
            let known = |answer: &Answer| {
                let mut others = seen.iter().chain([&chosen.answer]);
                others.any(|other| same_rows(answer, other))
            };
            if answer.as_ref().is_some_and(known) {
                continue;
            }
            let answer_of = answer.as_ref();
            found.push(alternative(number + 1, words, wider, query, answer_of));
            seen.extend(answer);
        }
        Ok(found)
    }

    fn why_empty(&mut self, extras: &Extras, lexicon: &Lexicon) -> Result<EmptyExplanation, Error> {
        let of = match &extras.focus {
            Some(focus) => self.condition_count(focus, lexicon)?,
            None => None,
        };
        let mut conditions = Vec::new();
        for condition in &extras.conditions {
            conditions.extend(self.condition_count(condition, lexicon)?);
        }
        Ok(EmptyExplanation { of, conditions })
    }

    /// How many entities meet a condition; `None` if they cannot be counted within the limits.
    fn condition_count(
        &mut self,
        condition: &Condition,
        lexicon: &Lexicon,
    ) -> Result<Option<ConditionCount>, Error> {
        let Some(count) = self.number(&condition.count)? else {
            return Ok(None);
        };
        let mut found = ConditionCount {
            words: condition.words.clone(),
            span: Some(condition.span.shifted(self.span.start)),
            count,
            ..ConditionCount::default()
        };
        if count == 0 {
            if let Some(anything) = &condition.anything {
                found.anything = self.number(anything)?;
            }
            if let Some(instead) = &condition.instead {
                let answer = self.attempt(instead)?;
                found.instead =
                    answer.map_or(Vec::new(), |answer| support::facts(&answer, lexicon));
            }
        }
        Ok(Some(found))
    }

    /// The integer that a statement returns.
    fn number(&mut self, query: &ast::Query) -> Result<Option<i64>, Error> {
        let answer = self.attempt(query)?;
        Ok(answer.as_ref().and_then(single_number))
    }

    /// Runs a statement made for the question.
    fn answer(&mut self, query: &ast::Query) -> Result<Answer, Error> {
        let answer = self
            .database
            .statement(query, self.limits, &self.cancel)
            .run();
        let answer = answer.map_err(|error| self.own(&error))?;
        Ok(without_warnings(answer))
    }

    /// An error of a statement that the user did not write, as an error of the question.
    fn own(&self, error: &Error) -> Error {
        let mut diagnostic = error.diagnostic().clone();
        diagnostic.span = diagnostic.span.map(|_| self.span);
        diagnostic.labels.clear();
        Error::within(diagnostic, self.source.clone())
    }

    /// Runs a supplementary statement. Returns `None` if it fails, so that the answer is not lost. The row limit
    /// applies only to answers.
    fn attempt(&mut self, query: &ast::Query) -> Result<Option<Answer>, Error> {
        let limits = Limits {
            rows: None,
            ..self.limits
        };
        self.attempt_within(query, limits)
    }

    fn attempt_within(
        &mut self,
        query: &ast::Query,
        limits: Limits,
    ) -> Result<Option<Answer>, Error> {
        match self.database.statement(query, limits, &self.cancel).run() {
            Err(error) if error.class() == Class::Interrupted => Err(self.own(&error)),
            answer => Ok(answer.ok().map(without_warnings)),
        }
    }
}

/// The span without question marks before the question and semicolons after it.
fn bare(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let start = text.len()
        - text
            .trim_start_matches(|c: char| c == '?' || c.is_whitespace())
            .len();
    let end = text
        .trim_end_matches(|c: char| c == ';' || c.is_whitespace())
        .len();
    let from = span.start as usize;
    Span::new(from + start, from + end.max(start))
}

/// The interpretations with the same cost as the best one.
fn tied(interpretations: &[Interpretation]) -> &[Interpretation] {
    let cost = interpretations.first().map_or(0, |best| best.cost);
    let end = interpretations.partition_point(|interpretation| interpretation.cost == cost);
    &interpretations[..end]
}

/// The index of the first non-empty answer (else the first answer) if all non-empty answers have the same rows. `None`
/// if they differ or an answer is unknown.
fn agreed(answers: &[Option<Answer>]) -> Option<usize> {
    let known: Vec<&Answer> = answers.iter().flatten().collect();
    let first = known
        .iter()
        .position(|answer| !is_nothing(answer))
        .unwrap_or(0);
    let agrees = |answer: &&Answer| is_nothing(answer) || same_rows(answer, known[first]);
    (known.len() == answers.len() && known.iter().all(agrees)).then_some(first)
}

impl Meanings {
    /// The words and the statement of an interpretation, or of a wider sense of the best one.
    fn described(&self, number: usize, wider: Option<usize>) -> (String, &ast::Query) {
        let interpretation = &self.interpretations[number];
        match wider.map(|wider| &self.extras.wider[wider]) {
            None => (interpretation.words.clone(), &interpretation.query),
            Some(wider) => {
                let words = format!("{}; {} also counts", interpretation.words, wider.words);
                (words, &wider.query)
            }
        }
    }
}

fn alternative(
    pick: usize,
    words: &str,
    wider: bool,
    query: &ast::Query,
    answer: Option<&Answer>,
) -> Alternative {
    Alternative {
        pick,
        interpretation: words.to_owned(),
        wider,
        cypher: query.to_string(),
        rows: answer.map(Answer::len),
        value: answer.and_then(single_number),
    }
}

fn single_number(answer: &Answer) -> Option<i64> {
    match answer.values.as_slice() {
        [Value::Integer(number)] => Some(*number),
        _ => None,
    }
}

/// Whether an answer is empty: no rows, or one row of only zeros, false, null or empty lists.
fn is_nothing(answer: &Answer) -> bool {
    let empty = |value: &Value| match value {
        Value::Null | Value::Integer(0) | Value::Boolean(false) => true,
        Value::List(items) => items.is_empty(),
        _ => false,
    };
    match answer.len() {
        0 => true,
        1 => answer.values.iter().all(empty),
        _ => false,
    }
}

/// Whether two answers have the same rows, ignoring row order and column names.
fn same_rows(a: &Answer, b: &Answer) -> bool {
    let sorted = |answer: &Answer| {
        let width = answer.columns().len().max(1);
        let mut rows: Vec<Vec<Value>> = answer.values.chunks(width).map(<[_]>::to_vec).collect();
        rows.sort_by(|a, b| compare_rows(a, b));
        rows
    };
    let same = |(a, b): (&Vec<Value>, &Vec<Value>)| compare_rows(a, b) == Ordering::Equal;
    a.columns().len() == b.columns().len()
        && a.len() == b.len()
        && sorted(a).iter().zip(&sorted(b)).all(same)
}

fn compare_rows(a: &[Value], b: &[Value]) -> Ordering {
    let orders = a.iter().zip(b).map(|(a, b)| relation::order(a, b));
    orders.fold(Ordering::Equal, Ordering::then)
}

/// Removes the warnings: they concern a generated statement, not the user's text.
fn without_warnings(mut answer: Answer) -> Answer {
    answer.warnings.clear();
    answer
}
