//! Question forms.

use super::{
    Builder, Node, Rule,
    clause::is_modifier,
    find, has, inside,
    phrase::by_sort,
    turn::{
        add, asked, asks_within, attribute_form, instead_of_pronoun, is_bare_name, place,
        take_owner, turned,
    },
};
use crate::{
    base::Span,
    question::{
        link::Meaning,
        tree::{Det, Fold, Form, Head, Np, Pred, Question, TieWord, Token, Values},
    },
};

impl Builder<'_> {
    pub(super) fn question(&self, pair: Node<'_>) -> Question {
        let mut form = None;
        let mut further = Vec::new();
        let mut keep_zero = false;
        let mut fold = None;
        let mut front = Vec::new();
        let mut fronted = Span::default();
        let mut order = None;
        for part in inside(pair) {
            match part.as_rule() {
                Rule::form => {
                    let part = inside(part).remove(0);
                    further.extend(self.and_where(&part));
                    form = Some(self.form(part));
                }
                Rule::further => further.extend(self.further(part)),
                Rule::fronted => {
                    fronted = self.span(&part);
                    let parts = inside(part).into_iter();
                    front.extend(parts.flat_map(|part| self.modifier(part)));
                }
                Rule::in_total => fold = Some(Fold::Sum),
                Rule::on_average => fold = Some(Fold::Mean),
                Rule::keep_zero => keep_zero = true,
                Rule::order => order = Some(part),
                _ => {}
            }
        }
        let mut form = form.expect("the grammar demands a form");
        if !instead_of_pronoun(&mut form, &front) && !add(&mut form, front) {
            self.refuse(fronted);
        }
        if let Form::Values(values) = &mut form {
            values.fold = values.fold.or(fold);
        }
        self.sort(&mut form, order);
        Question {
            form,
            further,
            keep_zero,
        }
    }

    fn form(&self, pair: Node<'_>) -> Form {
        match pair.as_rule() {
            Rule::describe => Form::Describe(self.all_things(pair)),
            Rule::compare => Form::Compare(
                self.all_things(pair)
                    .into_iter()
                    .flat_map(by_sort)
                    .collect(),
            ),
            Rule::common => self.common(pair),
            Rule::connection => self.connection(pair),
            Rule::chain => self.chain(pair),
            Rule::said => Form::Said(self.sentence(inside(pair).pop().expect("a sentence"))),
            Rule::pairs => self.pairs(pair),
            Rule::weighed => self.weighed(pair),
            Rule::portion => self.portion(pair),
            Rule::existence => self.existence(pair),
            Rule::which_of_two => self.which_of_two(pair),
            Rule::asked_value => self.asked_value(pair),
            Rule::counting => {
                let mut parts = inside(pair);
                let np = self.np(parts.remove(0)).with(self.modifiers(parts));
                self.number_of(np)
            }
            Rule::in_situ => self.in_situ(pair),
            Rule::attribute_question => self.attribute_question(pair),
            Rule::is_question | Rule::is_behind => self.is_question(pair),
            Rule::whose_is => self.whose_is(pair),
            Rule::value_behind => self.value_behind(pair),
            Rule::sum_question => self.sum(pair),
            Rule::wh_question => self.wh_question(pair),
            Rule::where_question => self.where_question(pair),
            Rule::how_question => self.how_question(pair),
            Rule::listing => self.listing(pair),
            Rule::yes_no => self.yes_no(pair),
            _ => self.things_form(self.all_things(pair)),
        }
    }

    /// All noun phrases of the coordinations inside.
    fn all_things(&self, pair: Node<'_>) -> Vec<Np> {
        let parts = inside(pair).into_iter();
        parts
            .flat_map(|part| match part.as_rule() {
                Rule::np | Rule::flat_np | Rule::plain_np => vec![self.np(part)],
                _ => self.thing_list(part),
            })
            .collect()
    }

    fn common(&self, pair: Node<'_>) -> Form {
        let mut kind = None;
        let mut things = Vec::new();
        for part in inside(pair) {
            match part.as_rule() {
                Rule::common_kind => kind = Some(self.np(inside(part).remove(0))),
                Rule::common_any => {
                    let span = self.span(&part);
                    let noun = inside(part).pop();
                    kind = noun.map(|noun| {
                        let token = self.token(&noun);
                        let head = match noun.as_rule() {
                            Rule::noun => Head::Noun(token),
                            _ => Head::Role(token),
                        };
                        Np::plain(head, span)
                    });
                }
                Rule::np | Rule::plain_np => things.push(self.np(part)),
                _ => things.extend(self.thing_list(part)),
            }
        }
        Form::Common { kind, things }
    }

    fn connection(&self, pair: Node<'_>) -> Form {
        let parts = inside(pair);
        let direct = has(&parts, Rule::directly);
        let mut ends = (parts.into_iter())
            .filter(|part| part.as_rule() != Rule::directly)
            .flat_map(|part| match part.as_rule() {
                Rule::np | Rule::flat_np | Rule::plain_np => vec![self.np(part)],
                _ => self.thing_list(part),
            });
        let from = ends.next().expect("the grammar demands things");
        match ends.next() {
            Some(to) => Form::Connection {
                from,
                to,
                direct,
                ties: Vec::new(),
            },
            None => Form::Describe(vec![from]),
        }
    }

    fn chain(&self, pair: Node<'_>) -> Form {
        let parts = inside(pair);
        let ties = find(&parts, Rule::ties).map(|ties| inside(ties.clone()));
        let ties = ties.unwrap_or_default().into_iter();
        Form::Connection {
            from: self.np(parts[0].clone()),
            to: self.np(parts[1].clone()),
            direct: false,
            ties: ties.map(|tie| self.only(tie)).collect(),
        }
    }

    /// `for each pair of sections`: for each two sections, the KSS that both cover.
    fn pairs(&self, pair: Node<'_>) -> Form {
        let parts = inside(pair);
        let span = self.span(&parts[0]);
        let word = match parts.get(2) {
            Some(verb) => TieWord::Verb(self.only(verb.clone())),
            None => TieWord::Any("have"),
        };
        let each = self.np(parts[0].clone());
        let both = Pred::tie(word, true, each.clone(), span);
        Form::Pairs {
            each,
            asked: self.np(parts[1].clone()).with([both]),
        }
    }

    fn existence(&self, pair: Node<'_>) -> Form {
        let mut things = self.all_things(pair);
        Form::Exists(things.swap_remove(0))
    }

    /// `how long is X`, `since when has X been using Y`
    fn asked_value(&self, pair: Node<'_>) -> Form {
        let span = self.span(&pair);
        let parts = inside(pair);
        let mut asked = vec![self.token(&parts[0])];
        let mut of: Option<Np> = None;
        let mut verb = None;
        for part in parts.into_iter().skip(1) {
            match part.as_rule() {
                Rule::flat_things | Rule::plain_things => of = Some(self.one(part)),
                Rule::nominal => of = Some(self.np(part)),
                Rule::flat_np | Rule::np if of.is_none() => of = Some(self.np(part)),
                // `what grade did X give Y`: a value of the relation of X to Y.
                Rule::plain_np => {
                    let giver = of.take().expect("somebody gives");
                    let given = Pred::tie(TieWord::Of(asked[0]), true, giver, span);
                    of = Some(self.np(part).with([given]));
                }
                Rule::progressive | Rule::participle | Rule::base => verb = Some(self.only(part)),
                Rule::np => {
                    let word = TieWord::Verb(verb.expect("a verb stands before its object"));
                    let tie = Pred::tie(word, false, self.np(part), span);
                    of = of.map(|np| np.with([tie]));
                }
                Rule::and_where => {}
                rule if is_modifier(rule) => {
                    let preds = self.modifier(part);
                    of = of.map(|np| np.with(preds));
                }
                _ => asked.push(self.only(part)),
            }
        }
        asked.truncate(1);
        Form::Values(Values {
            asked,
            of: of.expect("the grammar demands things"),
            fold: None,
            verb: None,
        })
    }

    /// `KSS 5 is covered by which courses`: the entities asked for, with the rest of the sentence as predicate.
    fn in_situ(&self, pair: Node<'_>) -> Form {
        let many = pair.as_str().contains("how many ");
        let np = self.sentence(pair);
        let span = np.span;
        let Some(mut focus) = turned(np.clone()) else {
            // `actions due earlier than May` is a noun phrase, not a sentence.
            return match (&np.head, &np.det) {
                (Head::Noun(_), Det::Some) => self.things_form(vec![np]),
                _ => {
                    if asks_within(&np) {
                        self.refuse(span);
                    }
                    Form::Exists(np)
                }
            };
        };
        focus.span = span;
        if many {
            return Form::Count(focus);
        }
        self.things_form(vec![focus])
    }

    /// `which spellings are used for X`
    fn attribute_question(&self, pair: Node<'_>) -> Form {
        let parts = inside(pair);
        let attribute = find(&parts, Rule::attribute).expect("the grammar demands an attribute");
        let things = find(&parts, Rule::things).expect("the grammar demands things");
        Form::Values(Values {
            asked: vec![self.token(attribute)],
            of: self.one(things.clone()),
            fold: None,
            verb: None,
        })
    }

    /// The single noun phrase that a form takes. Refuses the question if there are several, so that none is ignored.
    pub(super) fn one(&self, pair: Node<'_>) -> Np {
        let mut things = self.thing_list(pair);
        if let Some(second) = things.get(1) {
            self.refuse(second.span);
        }
        if things[0].only {
            self.refuse(things[0].span);
        }
        things.swap_remove(0)
    }

    /// `what is the role of X`, `what is X`
    fn is_question(&self, pair: Node<'_>) -> Form {
        let who = pair.as_str().starts_with("who ");
        let mut things = self.all_things(pair);
        if who && things.len() == 1 && is_bare_name(&things[0]) {
            return Form::Who(things.swap_remove(0));
        }
        if things.iter().all(is_bare_name) {
            return Form::Describe(things);
        }
        if who {
            let span = things[0].span;
            let is = |np: Np| Pred::Is(Box::new(np));
            let focus = Np::plain(Head::Who, span).det(Det::Asked);
            return Form::Things(vec![focus.with(things.into_iter().map(is))]);
        }
        self.things_form(things)
    }

    /// `courses on X and courses on Y`: the second `courses` is conjoined with the first, not with X.
    fn apart_from_alike(&self, mut np: Np) -> Vec<Np> {
        let (Head::Noun(noun), Some(Pred::And(preds))) = (&np.head, np.preds.last_mut()) else {
            return vec![np];
        };
        let meaning = |token: Token| self.links.get(token).map(|link| &link.meaning);
        let noun = meaning(*noun);
        let alike = |pred: &mut Pred| match pred {
            Pred::Tie(tie) => match tie.other.head {
                Head::Noun(other) => tie.other.det == Det::Some && meaning(other) == noun,
                _ => false,
            },
            _ => false,
        };
        let others: Vec<Pred> = preds.extract_if(1.min(preds.len()).., alike).collect();
        let others = others.into_iter().filter_map(|pred| match pred {
            Pred::Tie(tie) => Some(tie.other),
            _ => None,
        });
        let others: Vec<Np> = others.collect();
        std::iter::once(np).chain(others).collect()
    }

    /// The form that lists entities, or values if an attribute is asked for.
    pub(super) fn things_form(&self, things: Vec<Np>) -> Form {
        let things = things.into_iter().flat_map(|np| self.apart_from_alike(np));
        let mut things: Vec<_> = things.map(asked).collect();
        let mut values = Vec::new();
        // `the courses and their credits`: values of the first entities.
        let whole = things.len();
        things.retain(|np| match (&np.head, whole) {
            (Head::Attribute(token), 2..) if np.preds.is_empty() => {
                values.push(*token);
                false
            }
            _ => true,
        });
        match things.pop() {
            None => attribute_form(values, None, Span::default()),
            Some(last) if things.is_empty() => {
                let form = self.attribute_of(last);
                match form {
                    Form::Things(mut things) => {
                        if let Some(first) = things.first_mut() {
                            first.preds.extend(values.into_iter().map(Pred::Show));
                        }
                        Form::Things(things)
                    }
                    Form::Values(mut form) => {
                        form.asked.splice(0..0, values);
                        Form::Values(form)
                    }
                    form => form,
                }
            }
            Some(last) => {
                things.push(last);
                Form::Things(things)
            }
        }
    }

    /// `the duration of X`: the form that lists a value of X.
    fn attribute_of(&self, np: Np) -> Form {
        match np.head {
            Head::Attribute(token) => {
                let span = np.span;
                let (of, rest) = take_owner(np.preds);
                let of = of.unwrap_or_else(|| Np::plain(Head::Owner(token), span));
                attribute_form(vec![token], Some(of.with(rest)), span)
            }
            Head::NounAttribute { noun, attribute } => {
                let of = Np {
                    head: Head::Noun(noun),
                    det: Det::Asked,
                    ..np
                };
                attribute_form(vec![attribute], Some(of), Span::default())
            }
            _ => Form::Things(vec![np]),
        }
    }

    /// `how many credits start in each month`
    fn sum(&self, pair: Node<'_>) -> Form {
        let span = self.span(&pair);
        let parts = inside(pair);
        let attribute = find(&parts, Rule::attribute).expect("the grammar demands an attribute");
        let asked = self.token(attribute);
        let mut of = Np::plain(Head::Owner(asked), span);
        let mut fold = Fold::Sum;
        let mut verb: Option<Node<'_>> = None;
        for part in parts {
            match part.as_rule() {
                Rule::mean => fold = Fold::Mean,
                Rule::greatest => fold = Fold::Greatest,
                Rule::least => fold = Fold::Least,
                Rule::flat_things | Rule::plain_things => of = self.one(part),
                Rule::value_finite => verb = Some(part),
                Rule::value => {
                    let verb = verb.take().expect("a verb stands before its value");
                    of = of.with([self.attribute_verb(&[verb, part], span)]);
                }
                Rule::prepositional if self.owns(&part, &of) => {
                    let owner = self.thing_list(inside(part).remove(1)).swap_remove(0);
                    of = owner.with(of.preds);
                }
                rule if is_modifier(rule) => {
                    let preds = self.modifier(part);
                    of = of.with(preds);
                }
                _ => {}
            }
        }
        Form::Values(Values {
            asked: vec![asked],
            of,
            fold: Some(fold),
            verb: None,
        })
    }

    /// True if `of X` gives the entities whose values are asked for.
    fn owns(&self, pair: &Node<'_>, of: &Np) -> bool {
        let parts = inside(pair.clone());
        matches!(of.head, Head::Owner(_))
            && pair.as_str().starts_with("of ")
            && parts.get(1).is_some_and(|things| {
                let np = self.one(things.clone());
                np.det != Det::Each && !matches!(np.head, Head::Attribute(_))
            })
    }

    pub(super) fn modifiers(&self, parts: Vec<Node<'_>>) -> Vec<Pred> {
        let parts = parts.into_iter();
        let parts = parts.filter(|part| is_modifier(part.as_rule()));
        parts.flat_map(|part| self.modifier(part)).collect()
    }

    /// `where is X booked`: the place with a relation to X.
    fn where_question(&self, pair: Node<'_>) -> Form {
        let span = self.span(&pair);
        let found = ["found ", "find "]
            .iter()
            .any(|word| pair.as_str().contains(word));
        let parts = inside(pair);
        let things = parts.iter().find(|part| {
            matches!(
                part.as_rule(),
                Rule::plain_things | Rule::flat_things | Rule::things
            )
        });
        let of = self.one(things.expect("the grammar demands things").clone());
        let word = self.where_word(&parts, found);
        Form::Things(vec![place(word, of, span)])
    }

    /// `how is X delivered`: the value of the attribute of the verb.
    fn how_question(&self, pair: Node<'_>) -> Form {
        let mut parts = inside(pair);
        let verb = self.only(parts.pop().expect("the grammar demands a verb"));
        Form::Values(Values {
            asked: vec![verb],
            of: self.one(parts.remove(0)),
            fold: None,
            verb: None,
        })
    }

    fn listing(&self, pair: Node<'_>) -> Form {
        let counted = pair.as_str().starts_with("count ");
        let part = inside(pair).remove(0);
        if part.as_rule() == Rule::give_count {
            let mut parts = inside(part);
            let np = self.np(parts.remove(0)).with(self.modifiers(parts));
            return self.number_of(np);
        }
        let mut things = self.thing_list(part);
        if counted && things.len() == 1 {
            return self.number_of(things.swap_remove(0));
        }
        self.things_form(things)
    }

    /// True if a comparative or superlative means more.
    pub(super) fn is_more(&self, token: Token) -> bool {
        !matches!(
            self.links.get(token).map(|link| &link.meaning),
            Some(Meaning::Comparative(_, false) | Meaning::Superlative(_, false))
        )
    }
}
