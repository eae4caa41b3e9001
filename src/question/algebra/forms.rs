//! Question forms.

use super::{
    Asked, Nouns, Operator, Scope, Value, asked::entities_form, form, noun::asked, nouns::by_sort,
    op, relation::is_light,
};
use crate::{
    base::Span,
    question::tree::{
        Det, Fold, Form, Head, Np, Pred, Question, RelationPhrase, RelationWord, Token, Values,
        Weigh,
    },
};

/// The operators on forms.
pub(super) const OPERATORS: &[Operator] = &[
    op("describe", |_, of| {
        form(Form::Describe(of[0].nouns()?.all()?))
    }),
    op("compare_entities", compare_entities),
    op("common", common),
    op("connection", connection),
    op("connected_by", connected_by),
    op("said", |_, of| form(Form::Said(of[0].noun()?))),
    op("pairs", pairs),
    op("weighed", weighed),
    op("weighed_by", weighed_by),
    op("portion", portion),
    op("exists", |_, of| {
        form(Form::Exists(of[0].nouns()?.all()?.into_iter().next()?))
    }),
    op("values", values),
    op("given", given),
    op("value_of", value_of),
    op("values_light", values_light),
    op("which_of", which_of),
    op("whose_is", whose_is),
    op("summed", summed),
    op("sum_of", sum_of),
    op("fold", fold),
    op("fold_counts", fold_counts),
    op("place", place),
    op("where", where_is),
    op("yes_no", yes_no),
];

impl Value {
    pub(super) fn form(&self) -> Option<Form> {
        match self {
            Self::Form(form) => Some(form.clone()),
            _ => None,
        }
    }

    pub(super) fn question(&self) -> Option<Question> {
        match self {
            Self::Question(question) => Some(question.clone()),
            _ => None,
        }
    }

    pub(super) fn asked(&self) -> Option<Asked> {
        match self {
            Self::Asked(asked) => Some(asked.clone()),
            _ => None,
        }
    }
}

pub(super) fn fold_of(word: &str) -> Fold {
    match word {
        "mean" => Fold::Mean,
        "greatest" => Fold::Greatest,
        "least" => Fold::Least,
        _ => Fold::Sum,
    }
}

fn compare_entities(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let nps = of[0].nouns()?.all()?;
    form(Form::Compare(nps.into_iter().flat_map(by_sort).collect()))
}

fn common(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let nps = of[0].nouns()?.all()?;
    let noun = match of.get(1) {
        None | Some(Value::Word(_)) => None,
        Some(noun) => Some(noun.noun()?),
    };
    form(Form::Common { noun, nps })
}

/// `how is X directly connected to Y`; a single entity is described.
fn connection(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let direct = of[1..].iter().any(|word| !word.is_absent());
    let mut ends = of[0].nouns()?.all()?.into_iter();
    let (from, to) = (ends.next()?, ends.next());
    if ends.next().is_some() {
        return None;
    }
    form(match to {
        Some(to) => Form::Connection {
            from,
            to,
            direct,
            relations: Vec::new(),
        },
        None => Form::Describe(vec![from]),
    })
}

/// `the shortest chain from X to Y through leads`
fn connected_by(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let mut connection = connection(scope, &of[..1])?.form()?;
    if let (Form::Connection { relations, .. }, Value::Tokens(tokens)) = (&mut connection, &of[1]) {
        relations.clone_from(tokens);
    }
    form(connection)
}

/// `for each pair of sections`: for each two sections, the KSS that both cover.
fn pairs(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let word = match of.get(2) {
        Some(verb) => RelationWord::Verb(verb.token()?),
        None => RelationWord::Any("have"),
    };
    let each = of[0].noun()?;
    let both = Pred::relation(word, true, each.clone(), scope.span);
    form(Form::Pairs {
        each,
        asked: of[1].noun()?.with([both]),
    })
}

fn weigh(word: &str) -> Weigh {
    match word {
        "more" => Weigh::More,
        "as many" => Weigh::AsMany,
        _ => Weigh::Fewer,
    }
}

/// `are there more webinars than courses`
fn weighed(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (first, second) = (asked(of[0].noun()?), asked(of[1].noun()?));
    form(Form::Weighed(first, second, weigh(of[2].word()?)))
}

/// `do more authorities use X than Y`
fn weighed_by(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (subject, word) = (of[0].noun()?, of[1].verbs()?.words[0]);
    let done = |object: &Value| {
        let done = Pred::relation(word, false, object.noun()?, scope.span);
        Some(asked(subject.clone().with([done])))
    };
    form(Form::Weighed(
        done(&of[2])?,
        done(&of[3])?,
        weigh(of[4].word()?),
    ))
}

/// `what percentage of courses are online`
fn portion(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let whole = of[0].noun()?;
    let part = whole.clone().with(of[1].predicates()?);
    form(Form::Weighed(asked(part), asked(whole), Weigh::Portion))
}

/// `how long is X`: the single noun phrase has the value.
fn values(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = of[1].noun()?;
    if np.only {
        return None;
    }
    // `when is the deadline of X` asks for the deadline.
    let asked = of[0].token()?;
    let is_when = scope.words(asked).eq_ignore_ascii_case("when");
    if is_when && matches!(np.head, Head::Attribute(_)) {
        return form(entities_form(scope, vec![np]));
    }
    if matches!(np.head, Head::Attribute(_)) {
        return None;
    }
    form(Form::Values(Values {
        asked: vec![asked],
        of: np,
        fold: None,
        verb: of.get(2).and_then(Value::token),
    }))
}

/// `how long does X run`: a light verb adds nothing to the question word.
fn values_light(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    is_light(scope, &of[2])?.then(|| values(scope, &of[..2]))?
}

/// `what grade did X give Y`: Y with the relation of X that has the value.
fn given(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let (np, attribute, giver) = (of[0].noun()?, of[1].token()?, of[2].noun()?);
    let given = Pred::relation(RelationWord::Of(attribute), true, giver, scope.span);
    Some(Value::Noun(np.with([given])))
}

/// `on which lines is X mentioned`: a value of the passive relation of X.
fn value_of(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let anything = Np::plain(Head::What, scope.span);
    let done = Pred::relation(of[2].verbs()?.words[0], true, anything, scope.span);
    let mut np = of[1].noun()?.with([done]);
    if let Some(preds) = of.get(3) {
        np = np.with(preds.predicates()?);
    }
    form(Form::Values(Values {
        asked: vec![of[0].token()?],
        of: np,
        fold: None,
        verb: None,
    }))
}

/// `which is longer, X or Y`: the first of the named entities by a value.
fn which_of(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let nps = of[0].nouns()?;
    if nps.clone().all()?.len() < 2 {
        return None;
    }
    let is = |np: Np| Pred::Is(Box::new(np));
    let any = Pred::Or(nps.items.into_iter().map(is).collect());
    let noun = match of.get(2) {
        Some(noun) => noun.noun()?,
        None => Np::plain(Head::What, scope.span),
    };
    let np = noun.det(Det::Asked).with([any, of[1].predicate()?]);
    form(Form::Entities(vec![np]))
}

/// `whose theory is X`: the entity that has the theory X.
fn whose_is(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let same = Pred::Is(Box::new(of[1].noun()?));
    let entities = of[0].noun()?.det(Det::The).with([same]);
    let owner = Np::plain(Head::Who, scope.span).det(Det::Asked);
    let owns = Pred::relation(RelationWord::Any("'s"), false, entities, scope.span);
    form(Form::Entities(vec![owner.with([owns])]))
}

/// `how many credits start in each month`: the sum of an attribute of the entities that have it.
fn summed(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let attribute = of[0].token()?;
    let owner = Np::plain(Head::Owner(attribute), scope.span);
    summed_of(attribute, owner, &of[1..])
}

/// `how many credits does X have`
fn sum_of(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = of[1].noun()?;
    if np.only {
        return None;
    }
    summed_of(of[0].token()?, np, &of[2..])
}

fn summed_of(attribute: Token, mut np: Np, modifiers: &[Value]) -> Option<Value> {
    for modifier in modifiers {
        for pred in modifier.predicates()? {
            np = match pred {
                Pred::Relation(relation) if owns(&relation, &np) => relation.other.with(np.preds),
                pred => np.with([pred]),
            };
        }
    }
    form(Form::Values(Values {
        asked: vec![attribute],
        of: np,
        fold: Some(Fold::Sum),
        verb: None,
    }))
}

/// True if `of X` gives the entities whose values are asked for.
fn owns(relation: &RelationPhrase, np: &Np) -> bool {
    matches!(np.head, Head::Owner(_))
        && matches!(relation.word, RelationWord::Any("of" | "for"))
        && relation.other.det != Det::Each
        && !matches!(relation.other.head, Head::Attribute(_))
}

/// `the average number of credits of X`
fn fold(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let Form::Values(values) = of[0].form()? else {
        return None;
    };
    let fold = Some(fold_of(of[1].word()?));
    form(Form::Values(Values { fold, ..values }))
}

/// The place with a relation to an entity.
fn place(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let word = of[0].verbs()?.words[0];
    Some(Value::Noun(placed(word, of[1].noun()?, scope.span)))
}

pub(super) fn placed(word: RelationWord, of: Np, span: Span) -> Np {
    let head = Np::plain(Head::Place, span).det(Det::Asked);
    head.with([Pred::relation(word, true, of, span)])
}

/// `where is X booked`: the place with a relation to X.
fn where_is(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    match place(scope, of)? {
        Value::Noun(np) => form(Form::Entities(vec![np])),
        _ => None,
    }
}

/// `does X use Y`
fn yes_no(scope: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let span = scope.span;
    let (subjects, pred) = (of[0].nouns()?, of[1].predicate()?);
    let negated = of.get(2).is_some_and(|not| !not.is_absent());
    let mut np = match &pred {
        // `do X and Y use Z`: X uses Z, and Y uses Z.
        Pred::Relation(relation)
            if subjects.items.len() > 1 && !negated && subjects.except.is_empty() =>
        {
            together(subjects, relation, span)
        }
        _ => said_of(subjects, pred.negated(negated, span), span)?,
    };
    np.span = span;
    form(Form::Exists(np))
}

/// The other entity of a relation that several subjects have; it is the same for all.
fn together(subjects: Nouns, relation: &RelationPhrase, span: Span) -> Np {
    let (word, inverse) = (relation.word, !relation.inverse);
    let done = subjects.spread(|np| Pred::relation(word, inverse, np, span));
    Np {
        same: false,
        ..relation.other.clone().with([done])
    }
}

/// A single subject with a predicate. `is every advanced course online`: no advanced course is not online.
fn said_of(subjects: Nouns, said: Pred, span: Span) -> Option<Np> {
    let one = subjects.single().filter(|np| !np.only)?;
    Some(match one.det {
        Det::Every | Det::Each => one.det(Det::No).with([said.negated(true, span)]),
        _ => one.with([said]),
    })
}

/// `the average number of courses per section`
fn fold_counts(_: &Scope<'_>, of: &[Value]) -> Option<Value> {
    let np = asked(of[1].noun()?);
    form(Form::Count(np, Some(fold_of(of[0].word()?))))
}
