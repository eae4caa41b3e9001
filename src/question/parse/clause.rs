//! Verb phrases and the modifiers of nouns.

use super::{
    Builder, Node, Rule, find, has, inside,
    phrase::{Things, alone, most_done},
};
use crate::{
    base::Span,
    question::tree::{Cmp, Det, Head, Measured, Np, Pred, TieWord, Value},
};

impl Builder<'_> {
    /// The predicates of a modifier.
    pub(super) fn modifier(&self, pair: Node<'_>) -> Vec<Pred> {
        let span = self.span(&pair);
        let pred = match pair.as_rule() {
            Rule::relative => self.relative(pair),
            Rule::contact => self.contact(pair),
            Rule::concession => self.concession(pair),
            Rule::columns => return self.columns(pair),
            Rule::neither_be => self.neither_be(pair),
            Rule::loosely_tied => self.loosely_tied(pair),
            Rule::negative_phrase => {
                let part = inside(pair).remove(0);
                if part.as_rule() == Rule::without_doing {
                    return vec![self.acted(&inside(part), span).negated(true, span)];
                }
                let things = self.things(part);
                let any = things.spread(|np| self.had(np, "with"));
                self.deny(any, span)
            }
            Rule::value_phrase => self.value_phrase(pair),
            Rule::comparison => self.comparison(pair),
            Rule::participial => self.participial(pair),
            Rule::range => self.range(pair),
            Rule::grouped => return self.grouped(pair),
            Rule::source | Rule::fronted_source => self.source(pair),
            Rule::alike => {
                let np = self.np(inside(pair).remove(0));
                Pred::tie(TieWord::Any("as"), false, np, span)
            }
            Rule::prepositional | Rule::fronted_place => self.prepositional(pair),
            Rule::except | Rule::fronted_except => {
                let things = self.things(inside(pair).remove(0));
                let is = things.spread(|np| Pred::Is(Box::new(np)));
                self.deny(is, span)
            }
            Rule::after_adjective => Pred::Adjective(self.only(pair)),
            Rule::tie_adverb => self.adverb(&pair),
            Rule::when => return Vec::new(),
            _ => return Vec::new(),
        };
        vec![pred]
    }

    /// `without a platform`: the negation; it applies to each disjunct and conjunct.
    fn deny(&self, pred: Pred, span: Span) -> Pred {
        match pred {
            Pred::And(preds) | Pred::Or(preds) => Pred::And(
                preds
                    .into_iter()
                    .map(|pred| self.deny(pred, span))
                    .collect(),
            ),
            pred => pred.negated(true, span),
        }
    }

    fn columns(&self, pair: Node<'_>) -> Vec<Pred> {
        let list = inside(pair).remove(0);
        (self.attributes(list).into_iter())
            .map(Pred::Show)
            .collect()
    }

    fn relative(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        let negated = has(&parts, Rule::negation);
        let first = parts[0].clone();
        match first.as_rule() {
            Rule::attribute => {
                let value = find(&parts, Rule::value).expect("the grammar demands a value");
                let which = Measured::Named(self.token(&first));
                let compare = self.compared(which, value.clone(), span);
                compare.negated(negated, span)
            }
            Rule::nominal => {
                let vps = self.vp_list(parts[1].clone());
                Pred::tie(TieWord::Any("'s"), false, self.np(first).with([vps]), span)
            }
            Rule::vp_list => self.vp_list(first),
            Rule::relative_object => self.relative_object(first),
            _ => {
                let inner = parts.last().expect("the grammar demands a clause").clone();
                self.relative_object(inner)
            }
        }
    }

    /// `East Sussex uses`: a relation with the entities as object.
    fn relative_object(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        let negated = has(&parts, Rule::negation);
        let things = self.things(parts[0].clone());
        let verb = (parts.iter()).find(|part| is_verb(part.as_rule()));
        let word = match verb {
            Some(verb) => TieWord::Verb(self.only(verb.clone())),
            None => TieWord::Any("have"),
        };
        let done = self.verbs(word, &parts, |word| {
            things.clone().spread(|np| Pred::tie(word, true, np, span))
        });
        done.negated(negated, span)
    }

    fn contact(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let mut parts = inside(pair);
        let too: Vec<_> = parts
            .extract_if(.., |part| part.as_rule() == Rule::verb_too)
            .collect();
        let verb = parts.pop().expect("the grammar demands a verb");
        let negated = has(&parts, Rule::negation);
        parts.retain(|part| part.as_rule() != Rule::negation);
        let np = self.np_of(parts, span);
        let word = TieWord::Verb(self.only(verb));
        let done = self.verbs(word, &too, |word| Pred::tie(word, true, np.clone(), span));
        done.negated(negated, span)
    }

    /// `although their authority is presenting`: a predicate on an entity that they have.
    fn concession(&self, pair: Node<'_>) -> Pred {
        let np = self.sentence(inside(pair).pop().expect("the grammar demands a sentence"));
        let span = np.span;
        match np.det {
            Det::Their(_) => Pred::tie(TieWord::Any("although"), false, np.det(Det::Some), span),
            _ => Pred::tie(TieWord::Any("with"), false, np, span),
        }
    }

    /// `X uses Y`: the noun phrase X with the predicate.
    pub(super) fn sentence(&self, pair: Node<'_>) -> Np {
        let span = self.span(&pair);
        let mut parts = inside(pair);
        let vps = self.vp_list(parts.pop().expect("the grammar demands a verb phrase"));
        let subject = parts.remove(0);
        let np = match subject.as_rule() {
            Rule::np => self.np(subject),
            _ => self.one(subject),
        };
        let mut np = np.with([vps]);
        np.span = span;
        np
    }

    fn participial(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let mut parts = inside(pair);
        let negated = parts[0].as_rule() == Rule::negation;
        if negated {
            parts.remove(0);
        }
        self.acted(&parts, span).negated(negated, span)
    }

    pub(super) fn predicate_objects(&self, pair: Node<'_>, word: TieWord, span: Span) -> Pred {
        self.spread(inside(pair), |np| Pred::tie(word, false, np, span), span)
    }

    /// `A and B but not C`: the predicate `one` for each, negated after `but not`.
    fn spread(&self, parts: Vec<Node<'_>>, one: impl Fn(Np) -> Pred, span: Span) -> Pred {
        let mut excepting = false;
        let mut preds = Vec::new();
        for part in parts {
            match part.as_rule() {
                Rule::but_not => excepting = true,
                Rule::things | Rule::plain_things => {
                    let pred = self.things(part).spread(&one);
                    preds.push(pred.negated(excepting, span));
                }
                _ => {}
            }
        }
        Pred::all(preds)
    }

    /// The objects of a verb.
    pub(super) fn objects(&self, pair: Node<'_>, word: TieWord, inverse: bool, span: Span) -> Pred {
        let parts = inside(pair);
        if has(&parts, Rule::reciprocal) {
            return Pred::tie(word, inverse, Np::plain(Head::EachOther, span), span);
        }
        let word = self.as_object(&parts).unwrap_or(word);
        let one = |np: Np| match np.head {
            Head::Attribute(_) => self.had(np, "have"),
            _ => Pred::tie(word, inverse, np, span),
        };
        self.spread(parts, one, span)
    }

    /// `as their only model`: the relation that the noun denotes.
    fn as_object(&self, parts: &[Node<'_>]) -> Option<TieWord> {
        let parts = inside(find(parts, Rule::as_object)?.clone());
        let noun = find(&parts, Rule::object_noun).or_else(|| find(&parts, Rule::subject_noun))?;
        Some(TieWord::Verb(self.token(noun)))
    }

    fn prepositional(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        let word = preposition(parts[0].as_str());
        let word = self.as_object(&parts).unwrap_or(TieWord::Any(word));
        let one = |np: Np| match word {
            TieWord::Any(preposition) => self.had(np, preposition),
            word => Pred::tie(word, false, np, span),
        };
        self.spread(parts, one, span)
    }

    /// The predicate of `with X`, `in X`, `of X` and `have X`, where X may be an attribute.
    pub(super) fn had(&self, np: Np, preposition: &'static str) -> Pred {
        let span = np.span;
        match (&np.head, &np.det) {
            (Head::Attribute(token), Det::No) => Pred::Not(Box::new(Pred::Has(*token)), span),
            (Head::Attribute(token), Det::Each) => Pred::Each(*token),
            (Head::Attribute(token), Det::Most) => Pred::Superlative(*token, false),
            (Head::Attribute(token), Det::Fewest) => Pred::Superlative(*token, true),
            (Head::Attribute(token), Det::Quantity(cmp, number)) => Pred::Compare {
                which: Measured::Named(*token),
                value: Value::Number(*cmp, *number),
                span,
            },
            (Head::Attribute(token), _) if np.preds.is_empty() && !np.same => Pred::Has(*token),
            _ => Pred::tie(TieWord::Any(preposition), false, np, span),
        }
    }

    fn grouped(&self, pair: Node<'_>) -> Vec<Pred> {
        let span = self.span(&pair);
        let by = |part: Node<'_>| {
            let token = self.token(&part);
            let head = match part.as_rule() {
                Rule::attribute => return Pred::Each(token),
                Rule::noun => Head::Noun(token),
                _ => Head::Role(token),
            };
            let np = Np::plain(head, span).det(Det::Each);
            Pred::tie(TieWord::Any("per"), false, np, span)
        };
        inside(pair).into_iter().map(by).collect()
    }

    fn source(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        match find(&parts, Rule::np).or_else(|| find(&parts, Rule::plain_np)) {
            Some(np) => {
                let np = self.np(np.clone());
                match np.det {
                    Det::Each | Det::Every => Pred::BySource(span),
                    _ => Pred::Source(Box::new(np), span),
                }
            }
            None => Pred::BySource(span),
        }
    }

    fn range(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        let value = if parts.len() == 2 {
            Value::Between(self.amount(&parts[0]), self.amount(&parts[1]))
        } else {
            match self.numbers(parts[0].clone()) {
                crate::question::tree::Numbers::Between(low, high) => Value::Between(low, high),
                crate::question::tree::Numbers::Compared(cmp, number) => Value::Number(cmp, number),
                crate::question::tree::Numbers::OneOf(list) => {
                    Value::Number(Cmp::Equal, list.first().copied().unwrap_or_default())
                }
            }
        };
        Pred::Compare {
            which: Measured::Number,
            value,
            span,
        }
    }

    /// `cover KSS 7 and are about trauma`
    pub(super) fn vp_list(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair.clone());
        if let Some(neither) = find(&parts, Rule::neither_vp) {
            let denied = inside(neither.clone()).into_iter();
            return Pred::And(denied.map(|vp| self.vp(vp).negated(true, span)).collect());
        }
        let mut preds = Vec::new();
        let mut either = false;
        for part in inside(pair) {
            match part.as_rule() {
                Rule::vp_conjunction => either |= has(&inside(part), Rule::or),
                _ => preds.push(self.vp(part)),
            }
        }
        match preds.len() {
            1 => Pred::all(preds),
            _ if either => Pred::Or(preds),
            _ => Pred::And(preds),
        }
    }

    /// `related to X`
    fn loosely_tied(&self, pair: Node<'_>) -> Pred {
        let things = self.things(inside(pair).remove(0));
        things.spread(|np| self.had(np, "related to"))
    }

    /// `neither about X nor in Y`
    fn neither_be(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let denied = inside(pair).into_iter();
        Pred::And(
            denied
                .map(|phrase| self.be_phrase(phrase).negated(true, span))
                .collect(),
        )
    }

    fn vp(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let shares = pair.as_str().starts_with("share");
        let lacks = pair.as_str().starts_with("lack");
        let mut parts = inside(pair);
        let negated = has(&parts, Rule::negation) || has(&parts, Rule::never);
        let only = has(&parts, Rule::only_done);
        parts.retain(|part| {
            !matches!(
                part.as_rule(),
                Rule::negation | Rule::never | Rule::only_done
            )
        });
        if parts.is_empty() {
            // `exist` holds of every entity.
            return Pred::And(Vec::new());
        }
        let adverb = (parts[0].as_rule() == Rule::tie_adverb).then(|| parts.remove(0));
        let first = parts[0].clone();
        let pred = match first.as_rule() {
            Rule::be_phrase => self.be_phrase(first),
            Rule::neither_be => self.neither_be(first),
            Rule::base_phrase => self.base_phrase(first),
            Rule::have_phrase => self.have_phrase(first),
            Rule::value_finite => self.attribute_verb(&parts, span),
            Rule::things if shares => self.shared(first, span),
            Rule::things if lacks => {
                let any = self.things(first).spread(|np| self.had(np, "have"));
                self.deny(any, span)
            }
            _ => self.acted(&parts, span),
        };
        let pred = if only { alone(pred) } else { pred };
        let pred = match adverb {
            Some(adverb) => Pred::And(vec![pred, self.adverb(&adverb)]),
            None => pred,
        };
        match pred {
            // `not in X and not in Y`: each conjunct is negated.
            Pred::And(preds)
                if negated && preds.iter().any(|pred| matches!(pred, Pred::Not(..))) =>
            {
                let each = preds.into_iter().map(|pred| match pred {
                    Pred::Not(..) => pred,
                    pred => pred.negated(true, span),
                });
                Pred::And(each.collect())
            }
            pred => pred.negated(negated, span),
        }
    }

    /// `share a model with Portsmouth`
    fn shared(&self, pair: Node<'_>, span: Span) -> Pred {
        let things = self.things(pair);
        things.spread(|np| Pred::tie(TieWord::Share, false, np, span))
    }

    /// The predicate of a phrase after `be`.
    pub(super) fn be_phrase(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        match parts[0].as_rule() {
            Rule::supported => self.supported(parts[0].clone()),
            Rule::stated_in => self.source(parts[0].clone()),
            Rule::nothing_more => Pred::And(Vec::new()),
            Rule::value_participle | Rule::value_progressive => self.attribute_verb(&parts, span),
            Rule::comparison => self.comparison(parts[0].clone()),
            Rule::measure => self.measured(&parts, span),
            Rule::times => self.dated(Measured::Date, parts[0].clone(), span),
            Rule::adjective_phrase => self.adjectives(parts[0].clone()),
            Rule::be_superlative => {
                let rank = Pred::Superlative(self.only(parts[0].clone()), false);
                let more = parts[1..]
                    .iter()
                    .flat_map(|part| self.modifier(part.clone()));
                Pred::all(more.chain([rank]).collect())
            }
            Rule::negative_phrase => Pred::all(self.modifier(parts[0].clone())),
            Rule::most_done | Rule::done_most => most_done(self.only(parts[0].clone()), span),
            Rule::above_number => self.above(parts[0].clone(), span),
            Rule::loosely_tied => self.loosely_tied(parts[0].clone()),
            Rule::prepositional => {
                let each = parts
                    .iter()
                    .filter(|part| part.as_rule() == Rule::prepositional);
                Pred::all(each.map(|part| self.prepositional(part.clone())).collect())
            }
            Rule::np => {
                let each = parts.iter().filter(|part| part.as_rule() == Rule::np);
                let is = |np: &Node<'_>| Pred::Is(Box::new(self.np(np.clone())));
                let mut each: Vec<_> = each.map(is).collect();
                match each.len() {
                    1 => each.swap_remove(0),
                    _ => Pred::Or(each),
                }
            }
            Rule::predicate if parts.len() > 2 => self.predicates(&parts, span),
            _ => self.acted(&parts, span),
        }
    }

    /// `above 6`
    fn above(&self, pair: Node<'_>, span: Span) -> Pred {
        let parts = inside(pair);
        let number = find(&parts, Rule::number).map_or(0.0, |number| self.amount(number));
        let cmp = if has(&parts, Rule::above) {
            Cmp::Greater
        } else {
            Cmp::Less
        };
        Pred::Compare {
            which: Measured::Number,
            value: Value::Number(cmp, number),
            span,
        }
    }

    /// `about X or linked to Y`
    fn predicates(&self, parts: &[Node<'_>], span: Span) -> Pred {
        let parts: Vec<_> = parts
            .iter()
            .filter(|part| part.as_rule() != Rule::or)
            .cloned()
            .collect();
        Pred::Or(parts.chunks(2).map(|pair| self.acted(pair, span)).collect())
    }

    fn adjectives(&self, pair: Node<'_>) -> Pred {
        let either = pair.as_str().contains(" or ");
        let preds: Vec<_> = inside(pair)
            .iter()
            .map(|part| Pred::Adjective(self.token(part)))
            .collect();
        match preds.len() {
            1 => Pred::all(preds),
            _ if either => Pred::Or(preds),
            _ => Pred::And(preds),
        }
    }

    fn supported(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let parts = inside(pair);
        let (cmp, number) = self.quantity(parts[0].clone());
        Pred::Supported(cmp, number, span)
    }

    /// The predicate of a phrase after `do`.
    pub(super) fn base_phrase(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let shares = pair.as_str().starts_with("share");
        let parts = inside(pair);
        match parts[0].as_rule() {
            Rule::have_phrase => self.have_phrase(parts[0].clone()),
            Rule::value_base => self.attribute_verb(&parts, span),
            Rule::things if shares => self.shared(parts[0].clone(), span),
            _ => self.acted(&parts, span),
        }
    }

    /// The predicate of a phrase after `have`.
    pub(super) fn have_phrase(&self, pair: Node<'_>) -> Pred {
        let span = self.span(&pair);
        let neither = pair.as_str().starts_with("neither ");
        let parts = inside(pair);
        match parts[0].as_rule() {
            Rule::measure => self.measured(&parts, span),
            Rule::extreme => self.extreme(parts[0].clone()),
            Rule::valued => self.attribute_verb(&inside(parts[0].clone()), span),
            Rule::columns_needed => {
                let needed = self.needed(parts[0].clone(), span);
                let Some(except) = find(&parts, Rule::things) else {
                    return needed;
                };
                let lacks = self
                    .things(except.clone())
                    .spread(|np| self.had(np, "have"));
                Pred::And(vec![needed, self.deny(lacks, span)])
            }
            Rule::np if neither => {
                let denied = parts.into_iter().map(|np| self.had(self.np(np), "have"));
                Pred::And(denied.map(|pred| pred.negated(true, span)).collect())
            }
            _ => self.having(parts, span),
        }
    }

    fn having(&self, parts: Vec<Node<'_>>, span: Span) -> Pred {
        let as_object = self.as_object(&parts);
        let things = self.things(parts[0].clone());
        let had = things.spread(|np| match as_object {
            Some(word) => Pred::tie(word, false, np, span),
            None => self.had(np, "have"),
        });
        let more = parts
            .into_iter()
            .skip(1)
            .filter(|part| is_modifier(part.as_rule()));
        let more: Vec<_> = more.flat_map(|part| self.modifier(part)).collect();
        Pred::all(std::iter::once(had).chain(more).collect())
    }

    fn needed(&self, pair: Node<'_>, span: Span) -> Pred {
        let none = pair.as_str().starts_with("no ");
        let either = pair.as_str().contains(" or ");
        let has = |token| Pred::Has(token).negated(none, span);
        let preds: Vec<_> = self.attributes(pair).into_iter().map(has).collect();
        match preds.len() {
            1 => Pred::all(preds),
            _ if either && !none => Pred::Or(preds),
            _ => Pred::And(preds),
        }
    }

    pub(super) fn thing_list(&self, pair: Node<'_>) -> Vec<Np> {
        let things: Things = self.things(pair);
        things.list()
    }
}

/// A preposition as a static string.
pub(super) fn preposition(text: &str) -> &'static str {
    const WORDS: &[&str] = &[
        "in", "on", "at", "of", "for", "from", "to", "with", "under", "within", "among", "inside",
        "into", "by", "between", "having", "through", "via",
    ];
    let word = text.trim();
    WORDS.iter().find(|known| **known == word).unwrap_or(&"of")
}

fn is_verb(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::finite
            | Rule::base
            | Rule::progressive
            | Rule::participle
            | Rule::predicate
            | Rule::verb
    )
}

/// True for a rule that modifies a noun.
pub(super) fn is_modifier(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::relative
            | Rule::except
            | Rule::contact
            | Rule::concession
            | Rule::columns
            | Rule::negative_phrase
            | Rule::neither_be
            | Rule::loosely_tied
            | Rule::value_phrase
            | Rule::comparison
            | Rule::participial
            | Rule::range
            | Rule::grouped
            | Rule::source
            | Rule::alike
            | Rule::prepositional
            | Rule::after_adjective
            | Rule::tie_adverb
    )
}
