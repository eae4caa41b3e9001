//! Noun phrases.

use super::{Builder, Node, Rule, find, has, inside};
use crate::base::Span;
use crate::question::tree::{Cmp, Det, Head, Np, Numbers, Pred, Tie, TieWord, Token, Wanted};

/// Coordinated noun phrases.
#[derive(Clone)]
pub(super) struct Things {
    pub(super) items: Vec<Np>,
    pub(super) join: Join,
    /// `but not X`
    pub(super) except: Vec<Np>,
}

/// The conjunction of coordinated noun phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    And,
    Or,
    Neither,
}

impl Things {
    /// The predicate `one` for each noun phrase, joined by the conjunction.
    pub(super) fn spread(self, mut one: impl FnMut(Np) -> Pred) -> Pred {
        let join = self.join;
        let mut only = false;
        let items = self.items.into_iter();
        let preds: Vec<_> = items
            .map(|np| {
                only |= np.only;
                one(np)
            })
            .collect();
        let together = match (join, preds.len()) {
            (_, 1) if join != Join::Neither => Pred::all(preds),
            (Join::And, _) => Pred::And(preds),
            (Join::Or, _) => Pred::Or(preds),
            (Join::Neither, _) => Pred::And(preds.into_iter().map(not).collect()),
        };
        let together = if only { alone(together) } else { together };
        if self.except.is_empty() {
            return together;
        }
        let except = self.except.into_iter().map(|np| not(one(np)));
        Pred::And(std::iter::once(together).chain(except).collect())
    }

    /// The noun phrases without their conjunction. Numbers of one noun are merged.
    pub(super) fn list(self) -> Vec<Np> {
        let mut list: Vec<Np> = Vec::new();
        for np in self.items {
            match (list.last_mut().map(|last| &mut last.head), &np.head) {
                (
                    Some(Head::Numbered(noun, Numbers::OneOf(numbers))),
                    Head::Numbered(same, Numbers::OneOf(more)),
                ) if noun == same => numbers.extend(more),
                _ => list.push(np),
            }
        }
        list
    }
}

/// `KSS 3 and 5`: one noun phrase per number, so that predicates apply to both.
fn apart(np: Np) -> Vec<Np> {
    let (Head::Numbered(noun, Numbers::OneOf(numbers)), Det::Some | Det::The) = (&np.head, &np.det)
    else {
        return vec![np];
    };
    let one = |number: &f64| Np {
        head: Head::Numbered(*noun, Numbers::OneOf(vec![*number])),
        ..np.clone()
    };
    numbers.iter().map(one).collect()
}

/// `both essential and advanced courses`: one noun phrase per adjective.
fn by_adjective(np: Np) -> Vec<Np> {
    let sorts = by_sort(np.clone());
    if sorts.len() > 1 {
        return sorts;
    }
    let is_adjective = |pred: &Pred| matches!(pred, Pred::Adjective(_));
    let (adjectives, others): (Vec<_>, Vec<_>) = np.preds.iter().cloned().partition(is_adjective);
    if adjectives.len() < 2 {
        return vec![np];
    }
    let one = |adjective| Np {
        preds: std::iter::once(adjective)
            .chain(others.iter().cloned())
            .collect(),
        ..np.clone()
    };
    adjectives.into_iter().map(one).collect()
}

/// `most used`: ranked by the number of subjects of the verb.
pub(super) fn most_done(verb: Token, span: Span) -> Pred {
    let most = Np::plain(Head::What, span).det(Det::Most);
    Pred::tie(TieWord::Verb(verb), true, most, span)
}

/// `only KSS 7`: this entity, and no other of the same type. For several entities: these, and no other.
pub(super) fn alone(pred: Pred) -> Pred {
    let span = pred.span();
    let ties: Vec<&Tie> = match &pred {
        Pred::Tie(tie) => vec![tie],
        Pred::And(preds) | Pred::Or(preds) => preds.iter().filter_map(as_tie).collect(),
        _ => Vec::new(),
    };
    let Some(first) = ties.first() else {
        return pred;
    };
    let others = ties
        .iter()
        .map(|tie| Pred::Other(Box::new(tie.other.clone())));
    let mut another = (*first).clone();
    another.other = Np::plain(Head::What, span).with(others);
    Pred::And(vec![pred, not(Pred::Tie(Box::new(another)))])
}

fn as_tie(pred: &Pred) -> Option<&Tie> {
    match pred {
        Pred::Tie(tie) => Some(tie),
        _ => None,
    }
}

/// `someone`, `everybody`, `whom`
fn is_somebody(word: &str) -> bool {
    ["body ", "one ", "whom "]
        .iter()
        .any(|end| word.ends_with(end))
        && word != "one "
}

/// A positive integer that fits `u32`; `None` for any other amount.
pub(super) fn whole(amount: f64) -> Option<u32> {
    let counts = amount.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&amount);
    counts.then_some(amount as u32)
}

fn not(pred: Pred) -> Pred {
    let span = pred.span();
    Pred::Not(Box::new(pred), span)
}

impl Builder<'_> {
    /// `things`, `flat_things`, `np_list`
    pub(super) fn things(&self, pair: Node<'_>) -> Things {
        let neither = pair.as_str().starts_with("neither ");
        let mut join = if neither { Join::Neither } else { Join::And };
        let (mut items, mut except, mut excepting) = (Vec::new(), Vec::new(), false);
        let text = pair.as_str().to_owned();
        for part in inside(pair) {
            match part.as_rule() {
                Rule::conjunction => {
                    let parts = inside(part);
                    if has(&parts, Rule::or) {
                        join = Join::Or;
                    }
                    excepting = has(&parts, Rule::but_not);
                }
                Rule::np | Rule::flat_np | Rule::plain_np => {
                    let both = !part.as_str().contains("or ");
                    let np = self.np(part);
                    let all = if both { apart(np) } else { vec![np] };
                    if excepting { &mut except } else { &mut items }.extend(all);
                }
                _ => {}
            }
        }
        if items.is_empty() && text.starts_with("both ") {
            items.push(Np::plain(Head::Pronoun, Default::default()));
        }
        if let (true, [np]) = (text.starts_with("both "), items.as_slice()) {
            items = by_adjective(np.clone());
        }
        Things {
            items,
            join,
            except,
        }
    }

    /// `np`, `flat_np`, or a nominal.
    pub(super) fn np(&self, pair: Node<'_>) -> Np {
        let span = self.span(&pair);
        let parts = match pair.as_rule() {
            Rule::nominal | Rule::flat_nominal => vec![pair],
            _ => inside(pair),
        };
        self.np_of(parts, span)
    }

    /// Builds a noun phrase from its parts: determiner, nominals separated by owners, modifiers.
    pub(super) fn np_of(&self, parts: Vec<Node<'_>>, span: crate::base::Span) -> Np {
        let mut det = Det::Some;
        let mut wanted = None;
        let mut only = false;
        let mut same = false;
        let mut np: Option<Np> = None;
        for part in parts {
            match part.as_rule() {
                Rule::determiner => {
                    same = part.as_str().contains("same ");
                    wanted = self.count_within(&part);
                    det = self.determiner(part);
                }
                Rule::determiner_alone => {
                    let head = match part.as_str() {
                        "nobody " | "no one " => Head::Who,
                        _ => Head::What,
                    };
                    np = Some(Np::plain(head, span).det(Det::No));
                    det = Det::No;
                }
                Rule::count => wanted = self.wanted(part),
                Rule::only => only = true,
                Rule::nominal | Rule::flat_nominal => {
                    let next = self.nominal(part);
                    np = Some(match np.take() {
                        Some(owner) => {
                            owned(next, owner.det(std::mem::replace(&mut det, Det::The)))
                        }
                        None => next,
                    });
                }
                Rule::owner => {}
                Rule::of_own => det = Det::Their(true),
                _ => {
                    let preds = self.modifier(part);
                    let so_far = np.take().unwrap_or_else(|| Np::plain(Head::What, span));
                    np = Some(so_far.with(preds));
                }
            }
        }
        let mut np = np.unwrap_or_else(|| Np::plain(Head::What, span)).det(det);
        np.wanted = wanted.or(np.wanted);
        np.only = only;
        np.span = span;
        np.same = same && !is_alike(&np);
        np
    }

    /// The number in a determiner: `which three`, `the three`.
    pub(super) fn count_within(&self, determiner: &Node<'_>) -> Option<Wanted> {
        let parts = inside(determiner.clone());
        if let Some(top) = find(&parts, Rule::top) {
            let count = self.amount(&inside(inside(top.clone()).remove(0)).remove(0));
            return whole(count).map(Wanted::Top);
        }
        let all_of = find(&parts, Rule::all_of).map(|all| inside(all.clone()));
        let counts = all_of.as_ref().unwrap_or(&parts);
        let wanted = self.wanted(find(counts, Rule::count)?.clone());
        let whichever = ["any ", "some "]
            .iter()
            .any(|word| determiner.as_str().starts_with(word));
        match wanted {
            Some(Wanted::Ranks(count)) if whichever => Some(Wanted::Any(count)),
            wanted => wanted,
        }
    }

    fn wanted(&self, count: Node<'_>) -> Option<Wanted> {
        let amount = self.amount(&inside(count).remove(0));
        whole(amount).map(Wanted::Ranks)
    }

    fn determiner(&self, pair: Node<'_>) -> Det {
        let text = pair.as_str().to_owned();
        let parts = inside(pair);
        let Some(first) = parts.first().cloned() else {
            return if text.starts_with("the ") {
                Det::The
            } else {
                Det::Some
            };
        };
        match first.as_rule() {
            Rule::asked_determiner => Det::Asked,
            Rule::no => Det::No,
            Rule::every if first.as_str().starts_with("each ") => Det::Each,
            Rule::every | Rule::all_of => Det::Every,
            Rule::most => Det::Most,
            Rule::fewest => Det::Fewest,
            Rule::possessive => Det::Their(first.as_str().contains("own ")),
            Rule::quantity => self.quantity_det(first),
            Rule::count | Rule::top => Det::The,
            _ => Det::Some,
        }
    }

    /// `one model` is `a model`; other numbers without a comparison count exactly.
    fn quantity_det(&self, pair: Node<'_>) -> Det {
        let bare = inside(pair.clone()).len() == 1;
        let (cmp, number) = self.quantity(pair);
        if bare && number == 1.0 {
            Det::Some
        } else {
            Det::Quantity(cmp, number)
        }
    }

    /// `at least three`
    pub(super) fn quantity(&self, pair: Node<'_>) -> (Cmp, f64) {
        let parts = inside(pair);
        let number = find(&parts, Rule::number).map_or(0.0, |number| self.amount(number));
        let cmp = parts.iter().find_map(|part| match part.as_rule() {
            Rule::at_least | Rule::or_more => Some(Cmp::GreaterOrEqual),
            Rule::at_most | Rule::or_less => Some(Cmp::LessOrEqual),
            Rule::more => Some(Cmp::Greater),
            Rule::fewer => Some(Cmp::Less),
            _ => None,
        });
        (cmp.unwrap_or(Cmp::Equal), number)
    }

    fn nominal(&self, pair: Node<'_>) -> Np {
        let span = self.span(&pair);
        let mut preds = Vec::new();
        let mut np = Np::plain(Head::What, span);
        let mut wanted = None;
        for part in inside(pair) {
            match part.as_rule() {
                Rule::before => {
                    let parts = inside(part.clone());
                    if let Some(count) = find(&parts, Rule::count) {
                        wanted = self.wanted(count.clone());
                    }
                    self.before(part, &mut preds);
                }
                _ => np = self.head(part),
            }
        }
        np.wanted = wanted;
        let mut preds = either(preds);
        preds.append(&mut np.preds);
        np.preds = preds;
        np.span = span;
        join_name(np)
    }

    fn before(&self, pair: Node<'_>, preds: &mut Vec<Pred>) {
        let span = self.span(&pair);
        let joined = |word: &str| pair.as_str().contains(word);
        let join = match (joined(" or "), joined(" and ") || joined(", ")) {
            (true, _) => Some(Pred::Or(Vec::new())),
            (_, true) => Some(Pred::Sorts(Vec::new())),
            _ => None,
        };
        for part in inside(pair.clone()) {
            match part.as_rule() {
                Rule::count => continue,
                Rule::first_last => {
                    preds.push(Pred::First(part.as_str() == "last ", span));
                    continue;
                }
                _ => {}
            }
            let token = self.only(part.clone());
            let pred = match part.as_rule() {
                Rule::superlative => Pred::Superlative(token, false),
                Rule::most_done => most_done(token, span),
                Rule::entity => Pred::tie(
                    TieWord::Any("~"),
                    false,
                    Np::plain(Head::Name(token), span),
                    span,
                ),
                _ => Pred::Adjective(token),
            };
            preds.push(pred);
        }
        preds.extend(join);
    }

    fn head(&self, pair: Node<'_>) -> Np {
        let span = self.span(&pair);
        let pronoun =
            |text: &str| text.starts_with("ones ") || !text.starts_with(char::is_uppercase);
        let parts = inside(pair);
        let Some(first) = parts.first() else {
            return Np::plain(Head::What, span);
        };
        let token = |part: &Node<'_>| self.only(part.clone());
        let head = match (first.as_rule(), parts.get(1).map(|part| part.as_rule())) {
            (Rule::numbered, _) => self.numbered(first.clone()),
            (Rule::noun, Some(Rule::attribute)) => Head::NounAttribute {
                noun: token(first),
                attribute: token(&parts[1]),
            },
            (Rule::noun, Some(Rule::entity)) => Head::Named {
                name: token(&parts[1]),
                noun: token(first),
            },
            (Rule::noun, Some(Rule::quoted)) => Head::Named {
                name: token(&parts[1]),
                noun: token(first),
            },
            (Rule::noun, _) => Head::Noun(token(first)),
            (Rule::subject_noun | Rule::object_noun, _) => Head::Role(token(first)),
            (Rule::entity | Rule::quoted, _) => Head::Name(token(first)),
            (Rule::attribute, _) => Head::Attribute(token(first)),
            (Rule::ones, _) if is_somebody(first.as_str()) => Head::Who,
            (Rule::pronoun, _) if pronoun(first.as_str()) => Head::Pronoun,
            _ => Head::What,
        };
        Np::plain(head, span)
    }

    fn numbered(&self, pair: Node<'_>) -> Head {
        let parts = inside(pair);
        let noun = self.only(parts[0].clone());
        Head::Numbered(noun, self.numbers(parts[1].clone()))
    }

    pub(super) fn numbers(&self, pair: Node<'_>) -> Numbers {
        let ranged = ["to ", "until ", "through ", "between "];
        let text = pair.as_str().to_owned();
        let parts = inside(pair);
        let amounts: Vec<_> = (parts.iter())
            .filter(|part| part.as_rule() == Rule::number)
            .map(|part| self.amount(part))
            .collect();
        let first = amounts.first().copied().unwrap_or_default();
        if has(&parts, Rule::above) {
            Numbers::Compared(Cmp::Greater, first)
        } else if has(&parts, Rule::below) {
            Numbers::Compared(Cmp::Less, first)
        } else if has(&parts, Rule::from_on) || has(&parts, Rule::or_more) {
            Numbers::Compared(Cmp::GreaterOrEqual, first)
        } else if amounts.len() == 2 && ranged.iter().any(|word| text.contains(word)) {
            Numbers::Between(first, amounts[1])
        } else {
            Numbers::OneOf(amounts)
        }
    }

    /// The token of each attribute of a list.
    pub(super) fn attributes(&self, pair: Node<'_>) -> Vec<Token> {
        (inside(pair).into_iter())
            .filter(|part| part.as_rule() == Rule::attribute)
            .map(|part| self.token(&part))
            .collect()
    }
}

/// Joins adjectives into a disjunction or a group. An empty `Or` or `Sorts` between them marks the conjunction.
fn either(preds: Vec<Pred>) -> Vec<Pred> {
    let mut joined: Vec<Pred> = Vec::new();
    let mut open: Option<Pred> = None;
    for pred in preds {
        match pred {
            Pred::Or(empty) if empty.is_empty() => open = Some(Pred::Or(empty)),
            Pred::Sorts(empty) if empty.is_empty() => open = Some(Pred::Sorts(empty)),
            pred => match (open.take(), joined.pop()) {
                (Some(join), Some(last)) => joined.push(together(last, &join, pred)),
                (_, last) => {
                    joined.extend(last);
                    joined.push(pred);
                }
            },
        }
    }
    joined
}

/// Adds an adjective to a group. The last conjunction decides for all: `A, B or C`.
fn together(last: Pred, join: &Pred, pred: Pred) -> Pred {
    let mut all = match last {
        Pred::Or(preds) | Pred::Sorts(preds) => preds,
        pred => vec![pred],
    };
    all.push(pred);
    match join {
        Pred::Or(_) => Pred::Or(all),
        _ => Pred::Sorts(all),
    }
}

/// `the essential and the advanced courses`: one noun phrase per adjective of a group.
pub(super) fn by_sort(np: Np) -> Vec<Np> {
    let sorts = np
        .preds
        .iter()
        .position(|pred| matches!(pred, Pred::Sorts(_)));
    let mut rest = np.clone();
    match sorts.map(|at| rest.preds.remove(at)) {
        Some(Pred::Sorts(sorts)) => {
            let one = |sort| Np {
                preds: std::iter::once(sort)
                    .chain(rest.preds.iter().cloned())
                    .collect(),
                ..np.clone()
            };
            sorts.into_iter().map(one).collect()
        }
        _ => vec![np],
    }
}

/// True if `the same` has a term of comparison: `the same model as Kent`.
fn is_alike(np: &Np) -> bool {
    let has = |pred: &Pred| matches!(pred, Pred::Tie(tie) if matches!(tie.word, TieWord::Any("as" | "with")));
    np.preds.iter().any(has)
}

/// `X's lead`: the lead of X.
pub(super) fn owned(np: Np, owner: Np) -> Np {
    let span = owner.span;
    np.with([Pred::tie(TieWord::Any("'s"), false, owner, span)])
}

/// `the Permanence section`: a name directly before the noun may be the name of the entity itself.
fn join_name(mut np: Np) -> Np {
    let Head::Noun(noun) = np.head else { return np };
    let Some(Pred::Tie(tie)) = np.preds.last() else {
        return np;
    };
    let (TieWord::Any("~"), Head::Name(name)) = (tie.word, &tie.other.head) else {
        return np;
    };
    np.head = Head::Named { name: *name, noun };
    np.preds.pop();
    np
}
