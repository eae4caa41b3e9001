//! Questions with a question word, and the predicates on the entities that they ask for.

use super::{
    Builder, Node, Rule,
    clause::{is_modifier, preposition},
    find,
    further::before_asked,
    has, inside,
    turn::{asked, take_owner},
};
use crate::{
    base::Span,
    question::{
        link::Meaning,
        tree::{Det, Form, Head, Np, Pred, TieWord, Token, Values},
    },
};

/// `which authorities use which models and approaches`: per authority, the models and the approaches that it uses.
fn of_each(np: &Np) -> Option<Vec<Np>> {
    let (last, before) = np.preds.split_last()?;
    let (Pred::And(preds) | Pred::Or(preds)) = last else {
        return None;
    };
    let each = Np {
        preds: before.to_vec(),
        ..np.clone()
    };
    let each = each.det(Det::Each);
    let mut things = Vec::new();
    for pred in preds {
        let Pred::Tie(tie) = pred else {
            return None;
        };
        let asked = match things.is_empty() {
            true => tie.other.det == Det::Asked,
            false => matches!(tie.other.det, Det::Asked | Det::Some),
        };
        let plain = matches!(tie.other.head, Head::Noun(_)) && tie.other.preds.is_empty();
        if !asked || !plain || tie.when.is_some() || !matches!(np.head, Head::Noun(_)) {
            return None;
        }
        let tied = Pred::tie(tie.word, !tie.inverse, each.clone(), tie.span);
        things.push(tie.other.clone().det(Det::Asked).with([tied]));
    }
    (things.len() > 1).then_some(things)
}

impl Builder<'_> {
    /// The form that counts entities. `in every section` is a grouping key, unless a predicate has a verb.
    pub(super) fn number_of(&self, np: Np) -> Form {
        let mut np = asked(np);
        let by_verb =
            |pred: &Pred| matches!(pred, Pred::Tie(tie) if !matches!(tie.word, TieWord::Any(_)));
        if !np.preds.iter().any(by_verb) {
            for pred in &mut np.preds {
                if let Pred::Tie(tie) = pred
                    && tie.other.det == Det::Every
                    && self.begins_with(tie.other.span, "every")
                {
                    tie.other.det = Det::Each;
                }
            }
        }
        Form::Count(np)
    }

    /// Refuses `who attended and who sent apologies`: it asks for two sets, not for those in both.
    fn refuse_another(&self, list: &Node<'_>) {
        let parts = inside(list.clone());
        for pair in parts
            .windows(2)
            .filter(|pair| pair[0].as_rule() == Rule::vp_conjunction)
        {
            let between = pair[0].as_span().end()..pair[1].as_span().start();
            if !between.is_empty() {
                self.refuse(self.span(&pair[1]));
            }
        }
    }

    /// True if the text of a span begins with a word of the grammar.
    fn begins_with(&self, span: Span, word: &str) -> bool {
        let first = self.links.iter().find(|link| link.span.start == span.start);
        matches!(first.map(|link| &link.meaning), Some(Meaning::Function(first)) if *first == word)
    }

    pub(super) fn wh_question(&self, pair: Node<'_>) -> Form {
        let span = self.span(&pair);
        let parts = inside(pair.clone());
        let of = find(&parts, Rule::asked).expect("the grammar demands what is asked");
        let how_many = has(&inside(of.clone()), Rule::how_many);
        let too = self.asked_too(of);
        let mut np = self.asked(of.clone());
        let own = np.preds.len();
        let mut verb = None;
        if let (Head::Attribute(asked), Some(_), Some(rest)) =
            (&np.head, before_asked(&pair), parts.last())
            && let Some(values) = self.value_of_passive(*asked, rest, span)
        {
            return Form::Values(values);
        }
        if let (Head::Attribute(kind), Some(rest), false) = (&np.head, parts.last(), how_many)
            && matches!(rest.as_str(), "are there " | "is there " | "exist ")
        {
            // `what kinds of courses are there`: the number of entities per value.
            let (owner, others) = take_owner(np.preds.clone());
            let owner = owner.unwrap_or_else(|| Np::plain(Head::Owner(*kind), span));
            return Form::Count(asked(owner.with(others).with([Pred::Each(*kind)])));
        }
        if let Some(list) = parts.last().filter(|rest| rest.as_rule() == Rule::vp_list) {
            self.refuse_another(list);
        }
        match parts.last() {
            Some(rest) if rest.as_rule() == Rule::object_rest => {
                let inner = inside(rest.clone());
                verb = find(&inner, Rule::value_base).map(|verb| self.token(verb));
                let before = before_asked(&pair);
                np = np.with(self.object_rest(rest.clone(), before, span));
            }
            Some(rest) if rest.as_rule() == Rule::vp_list => {
                np = np.with([self.vp_list(rest.clone())]);
                if let (false, Some(things)) = (how_many, of_each(&np)) {
                    return self.things_form(things);
                }
            }
            Some(rest) if rest.as_rule() == Rule::shared_with => {
                np = np.with([self.shared_with(rest.clone())])
            }
            Some(rest) if rest.as_rule() == Rule::placed => {
                np = np.with([self.placed(rest.clone())])
            }
            _ => {}
        }
        if !too.is_empty() {
            return self.several(np, own, too, how_many);
        }
        if how_many && !matches!(np.head, Head::Attribute(_)) {
            return self.number_of(np);
        }
        match (self.things_form(vec![np]), verb) {
            (Form::Values(values), Some(_)) => Form::Values(Values { verb, ..values }),
            (form, _) => form,
        }
    }

    /// `and activities`: further noun phrases that are asked for, each with true if it has a question word of its own.
    fn asked_too(&self, asked: &Node<'_>) -> Vec<(Np, bool)> {
        let parts = inside(asked.clone()).into_iter();
        let too = parts.filter(|part| part.as_rule() == Rule::asked_too);
        let one = |part: Node<'_>| {
            let asks = ["which ", "what "]
                .iter()
                .any(|word| part.as_str().contains(word));
            (self.np(inside(part).remove(0)), asks)
        };
        too.map(one).collect()
    }

    /// Several noun phrases with the predicates of the first. Its first `own` predicates do not apply to a noun phrase
    /// with a question word of its own.
    fn several(&self, first: Np, own: usize, too: Vec<(Np, bool)>, how_many: bool) -> Form {
        if how_many {
            self.refuse(too[0].0.span);
        }
        let preds = first.preds.clone();
        let said = |asks: bool| match asks {
            true => preds[own.min(preds.len())..].to_vec(),
            false => preds.clone(),
        };
        let mut things = vec![first];
        things.extend(too.into_iter().map(|(np, asks)| np.with(said(asks))));
        self.things_form(things)
    }

    /// `on which lines is X mentioned`: a value of the passive relation of X.
    fn value_of_passive(&self, asked: Token, rest: &Node<'_>, span: Span) -> Option<Values> {
        let parts = inside(rest.clone());
        let verb = self.only(find(&parts, Rule::participle)?.clone());
        let things = find(&parts, Rule::plain_things)?;
        if rest.as_rule() != Rule::object_rest || has(&parts, Rule::negation) {
            return None;
        }
        let anything = Np::plain(Head::What, span);
        let done = Pred::tie(TieWord::Verb(verb), true, anything, span);
        let of = self.one(things.clone()).with([done]);
        Some(Values {
            asked: vec![asked],
            of: of.with(self.modifiers(parts)),
            fold: None,
            verb: None,
        })
    }

    /// The noun phrase that is asked for.
    pub(super) fn asked(&self, pair: Node<'_>) -> Np {
        let span = self.span(&pair);
        let mut np = Np::plain(Head::What, span);
        let mut wanted = None;
        for part in inside(pair) {
            match part.as_rule() {
                Rule::which => wanted = self.count_within(&part),
                Rule::who => np.head = Head::Who,
                Rule::what => np.head = Head::What,
                Rule::nominal => np = self.np(part),
                Rule::whose => {
                    let thing = self.np(inside(part).remove(0)).det(Det::The);
                    np = Np::plain(Head::Who, span).with([Pred::tie(
                        TieWord::Any("'s"),
                        false,
                        thing,
                        span,
                    )]);
                }
                rule if is_modifier(rule) => np = np.with(self.modifier(part)),
                _ => {}
            }
        }
        np.span = span;
        np.wanted = wanted;
        np.det(Det::Asked)
    }

    /// `should I contact about X`: the object of this verb for X.
    fn asker(&self, parts: &[Node<'_>], span: Span) -> Vec<Pred> {
        let verb = find(parts, Rule::base).expect("the grammar demands a verb");
        let word = TieWord::Verb(self.only(verb.clone()));
        let things = find(parts, Rule::things).expect("the grammar demands things");
        let things = self.things(things.clone());
        let mut preds = vec![things.spread(|np| Pred::tie(word, true, np, span))];
        preds.extend(self.modifiers(parts.to_vec()));
        preds
    }

    /// The predicates if what is asked for is not the subject: `does the Permanence section cover`.
    ///
    /// `before` is the preposition before the question word.
    pub(super) fn object_rest(
        &self,
        pair: Node<'_>,
        before: Option<&str>,
        span: Span,
    ) -> Vec<Pred> {
        let there =
            pair.as_str().starts_with("is there ") || pair.as_str().starts_with("are there ");
        let plain_have = pair.as_str().contains(" have ") || pair.as_str().contains(" has ");
        let parts = inside(pair);
        if has(&parts, Rule::by_asker) {
            return self.asker(&parts, span);
        }
        let by = before == Some("by ") || has(&parts, Rule::by_behind);
        let before = before.is_some();
        let negated = has(&parts, Rule::negation);
        let groups: Vec<_> = (parts.iter())
            .filter(|part| matches!(part.as_rule(), Rule::flat_things | Rule::plain_things))
            .collect();
        let Some(things) = groups.first().copied() else {
            return self.modifiers(parts);
        };
        let things = self.things(things.clone());
        let verb = parts.iter().find(|part| {
            matches!(
                part.as_rule(),
                Rule::base | Rule::progressive | Rule::participle | Rule::predicate | Rule::finite
            )
        });
        let word = match (verb, find(&parts, Rule::as_object)) {
            (_, Some(role)) if plain_have => match inside(role.clone()).first() {
                Some(role) => TieWord::Verb(self.only(role.clone())),
                None => TieWord::Any("have"),
            },
            // `in which documents is X mentioned`
            (Some(verb), _) if before && !by && verb.as_rule() == Rule::participle => {
                TieWord::Within(self.only(verb.clone()))
            }
            (Some(verb), _) => TieWord::Verb(self.only(verb.clone())),
            (None, _) => TieWord::Any("have"),
        };
        if let Some(left) = find(&parts, Rule::left_behind) {
            // `which topics are there courses on`
            let word = TieWord::Any(preposition(left.as_str()));
            return vec![things.spread(|np| Pred::tie(word, true, np, span))];
        }
        if there && verb.is_none() {
            let mut preds = vec![things.spread(|np| self.had(np, "have"))];
            preds.extend(self.modifiers(parts));
            return preds;
        }
        // `by which authority is X used`: the authority is the subject.
        let inverse = !(by && verb.is_some_and(|verb| verb.as_rule() == Rule::participle));
        let done = self.verbs(word, &parts, |word| {
            things
                .clone()
                .spread(|np| Pred::tie(word, inverse, np, span))
        });
        let mut preds = vec![done.negated(negated, span)];
        if let Some(except) = groups.get(1).copied() {
            let other = self
                .things(except.clone())
                .spread(|np| Pred::tie(word, inverse, np, span));
            preds.push(other.negated(true, span));
        }
        preds.extend(self.modifiers(parts));
        preds
    }
}
