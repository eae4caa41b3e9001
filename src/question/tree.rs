//! The syntax tree of a question, before its words are resolved in a graph.
//!
//! Every sentence is normalised to noun phrases with predicates. `which KSS does the Permanence section cover` is the
//! KSS that the section Permanence covers; `which section has the most courses` is the section with a relation to the
//! most courses. Determiners mark what is asked for, counted, compared or negated.

use crate::base::Span;

/// The index of a mention: a word or phrase of the question with its meanings.
pub(super) type Token = usize;

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    pub(super) form: Form,
    /// `and where is it booked`: further requests about the same entities.
    pub(super) further: Vec<Further>,
    /// `counting sections without any`
    pub(super) keep_zero: bool,
}

/// A further request about the entities of a question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Further {
    /// `how long is it`
    Value(Token),
    /// `which models`, `where is it booked`: entities related to those asked for.
    Entities(Np),
    /// `what role`: an attribute of the entities asked for.
    Attribute(Token),
    /// `and the other way round`
    OtherWay,
}

/// The form of a question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// `which courses cover KSS 7`, `list the courses and the webinars`
    Entities(Vec<Np>),
    /// `how many courses are there`; with an aggregate over the counts, `the average number of courses per section`.
    Count(Np, Option<Fold>),
    /// `does X use Y`, `is there a course on trauma`
    Exists(Np),
    /// `how long is X`, `how many credits start in each month`
    Values(Values),
    /// `describe X`
    Describe(Vec<Np>),
    /// `who is X`: the description of a person X; for any other X, the person or body that is or has X.
    Who(Np),
    /// `compare X and Y`
    Compare(Vec<Np>),
    /// `which KSS do X and Y share`
    Common {
        /// `which KSS`; `None` if no noun is given.
        noun: Option<Np>,
        nps: Vec<Np>,
    },
    /// `how is X directly connected to Y`, `the shortest chain from X to Y through leads`
    Connection {
        from: Np,
        to: Np,
        direct: bool,
        relations: Vec<Token>,
    },
    /// `where is it said that X uses Y`
    Said(Np),
    /// `are there more webinars than courses`, `what percentage of courses are online`
    Weighed(Np, Np, Weigh),
    /// `for each pair of sections, which KSS do both cover`
    Pairs { each: Np, asked: Np },
}

/// How two counts are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weigh {
    /// `more`
    More,
    /// `fewer`
    Fewer,
    /// `as many`
    AsMany,
    /// `what percentage`: the share of the second that is in the first.
    Portion,
}

/// A request for attribute values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Values {
    /// The attributes.
    pub(super) asked: Vec<Token>,
    /// The entities that have them.
    pub(super) of: Np,
    /// The aggregate; `None` if the values are listed.
    pub(super) fold: Option<Fold>,
    /// The verb of the same attribute, which confirms that the value is asked for: `what role does X hold`.
    pub(super) verb: Option<Token>,
}

/// The aggregate of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// The number of values, if they are not numbers.
    Count,
    Sum,
    Mean,
    Greatest,
    Least,
}

/// A noun phrase: entities with predicates.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Np {
    pub(super) det: Det,
    /// The number of entities that is asked for.
    pub(super) wanted: Option<Wanted>,
    /// `only`: the predicates hold of no other entity of the same type.
    pub(super) only: bool,
    /// `the same` without a term of comparison.
    pub(super) same: bool,
    pub(super) head: Head,
    pub(super) preds: Vec<Pred>,
    pub(super) span: Span,
}

/// How many of the entities are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// `which three courses`, `the three longest courses`: the first ranks if the entities are ranked; otherwise the
    /// number is presupposed and does not limit the rows.
    Ranks(u32),
    /// `list three courses`: that many entities, whichever they are.
    Any(u32),
    /// `the top three courses`: that many, in the order given at the end of the question.
    Top(u32),
    /// All entities, in the order of their ranks.
    Sorted,
}

/// The determiner of a noun phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Det {
    /// `which`, `how many`, `list`: the entities that are asked for.
    Asked,
    /// `a`, `some`, or no determiner.
    Some,
    /// `the`
    The,
    /// `no`
    No,
    /// `every`, `all`, and `each` if nothing is counted.
    Every,
    /// `each`, `per`
    Each,
    /// `the most`
    Most,
    /// `the fewest`
    Fewest,
    /// `at least three`
    Quantity(Cmp, f64),
    /// `their own`
    Their(bool),
}

impl Det {
    /// True if the determiner only states existence, so that a predicate holds of each entity separately.
    pub(super) fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::Some | Self::The | Self::Their(_) | Self::Asked | Self::Each
        )
    }
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cmp {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The head of a noun phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Head {
    /// `courses`
    Noun(Token),
    /// `the Permanence section`, `section Permanence`: a name with a noun.
    Named { name: Token, noun: Token },
    /// `KSS 7`, `KSS 7 to 10`
    Numbered(Token, Numbers),
    /// `KSS 7 and 8`, which become one noun phrase each.
    EachNumber(Token, Vec<f64>),
    /// `East Sussex`
    Name(Token),
    /// `lead`, `provider`: the subject or the object of a verb.
    Role(Token),
    /// `credits`
    Attribute(Token),
    /// `KSS numbers`: an attribute of the entities of a noun.
    NounAttribute { noun: Token, attribute: Token },
    /// The entities that have an attribute, if no noun gives their type.
    Owner(Token),
    /// `who`
    Who,
    /// `what`, `something`
    What,
    /// `it`, `they`
    Pronoun,
    /// `each other`
    EachOther,
    /// `where`: the object of a verb that asks for a place.
    Place,
}

/// The numbers that identify entities.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Numbers {
    OneOf(Vec<f64>),
    Between(f64, f64),
    Compared(Cmp, f64),
}

/// A predicate on entities.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pred {
    /// `cover KSS 7`
    Relation(Box<RelationPhrase>),
    /// `advanced`
    Adjective(Token),
    /// `longest`: the token gives the attribute and the direction; `true` asks for the least value in any case.
    Superlative(Token, bool),
    /// `first`; `last` if `true`: by date.
    First(bool, Span),
    /// `longer than 2 days`
    Compare {
        which: Measured,
        value: Value,
        span: Span,
    },
    /// `that have credits`
    Has(Token),
    /// `with days and credits`: attributes that are shown.
    Show(Token),
    /// `in each month`
    Each(Token),
    /// `is a model`
    Is(Box<Np>),
    /// Other entities of the same type, without the given one.
    Other(Box<Np>),
    /// `exclusively`: a further condition on the preceding relation.
    Adverb(Token),
    /// `supported by two documents`
    Supported(Cmp, f64, Span),
    /// `according to the overview`
    Source(Box<Np>, Span),
    /// `according to each document`
    BySource(Span),
    Not(Box<Pred>, Span),
    /// The first predicate if it fits, otherwise the second: `covered in the Permanence section`.
    Rather(Box<Pred>, Box<Pred>),
    /// `essential and advanced`, before a noun: a disjunction if the adjectives exclude each other, else a conjunction.
    Sorts(Vec<Pred>),
    And(Vec<Pred>),
    Or(Vec<Pred>),
}

/// The attribute that is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Measured {
    /// A named attribute, given by a word of any category that denotes attributes.
    Named(Token),
    /// `in October 2025`: the date attribute of the entities.
    Date,
    /// `numbered 3`
    Number,
}

/// The value that an attribute is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// `at least 2`
    Number(Cmp, f64),
    /// `between 2 and 4`
    Between(f64, f64),
    /// `before October 2025`
    Date(Cmp, Token),
    /// `between September 2025 and October 2025`
    Dates(Token, Token),
    /// `'trauma'`
    Text(Token),
    /// `longer than X`
    Than(Cmp, Box<Np>),
    /// `in each month`
    Each(Token),
}

/// A relation to other entities.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RelationPhrase {
    pub(super) word: RelationWord,
    /// True if the entities with this predicate are the object: `covered by X`.
    pub(super) inverse: bool,
    pub(super) other: Np,
    /// `from 2015-16`
    pub(super) when: Option<(Cmp, Token)>,
    pub(super) span: Span,
}

/// The word for a relation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum RelationWord {
    /// A verb, a predicate, or a noun for the subject or object of a verb.
    Verb(Token),
    /// `have`, `of`, `in`, `'s`: any relation between the two entity types.
    Any(&'static str),
    /// `share a model with X`: the same relation as X has, to the same entities.
    Share,
    /// The verb whose relation has an attribute: `what grade did X give Y`.
    Of(Token),
    /// A verb after `where`; the place may be its subject or its object: `where is X mentioned`.
    Where(Token),
    /// A verb after a fronted `in`: `in which documents is X mentioned`.
    Within(Token),
    /// A verb whose object is left out, with something about the object: `publish in a journal`.
    Beyond(Token),
}

impl Np {
    /// A noun phrase without determiner and predicates.
    pub(super) fn plain(head: Head, span: Span) -> Self {
        Self {
            det: Det::Some,
            wanted: None,
            only: false,
            same: false,
            head,
            preds: Vec::new(),
            span,
        }
    }

    /// The noun phrase with another determiner.
    pub(super) fn det(mut self, det: Det) -> Self {
        self.det = det;
        self
    }

    /// The noun phrase with further predicates.
    pub(super) fn with(mut self, preds: impl IntoIterator<Item = Pred>) -> Self {
        self.preds.extend(preds);
        self
    }

    /// The position of the relation with a preposition among the predicates.
    pub(super) fn related_by(&self, word: &str) -> Option<usize> {
        self.preds.iter().position(|pred| pred.is_related_by(word))
    }
}

impl Pred {
    /// A relation as a predicate.
    pub(super) fn relation(word: RelationWord, inverse: bool, other: Np, span: Span) -> Self {
        Self::Relation(Box::new(RelationPhrase {
            word,
            inverse,
            other,
            when: None,
            span,
        }))
    }

    /// The conjunction of predicates; a single predicate stays as it is.
    pub(super) fn all(mut preds: Vec<Self>) -> Self {
        match preds.len() {
            1 => preds.swap_remove(0),
            _ => Self::And(preds),
        }
    }

    /// The predicate, negated if `negated` is true.
    pub(super) fn negated(self, negated: bool, span: Span) -> Self {
        if negated {
            Self::Not(Box::new(self), span)
        } else {
            self
        }
    }
}

impl Pred {
    /// True for a relation with a preposition.
    pub(super) fn is_related_by(&self, word: &str) -> bool {
        matches!(self, Self::Relation(relation) if matches!(relation.word, RelationWord::Any(any) if any == word))
    }

    /// The span in the question; empty for predicates that are only a token.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Relation(relation) => relation.span,
            Self::Compare { span, .. }
            | Self::Supported(_, _, span)
            | Self::BySource(span)
            | Self::First(_, span)
            | Self::Source(_, span)
            | Self::Not(_, span) => *span,
            Self::Is(np) | Self::Other(np) => np.span,
            Self::Rather(first, _) => first.span(),
            Self::And(preds) | Self::Or(preds) | Self::Sorts(preds) => preds
                .iter()
                .map(Self::span)
                .reduce(Span::to)
                .unwrap_or_default(),
            Self::Adjective(_)
            | Self::Superlative(..)
            | Self::Has(_)
            | Self::Show(_)
            | Self::Adverb(_)
            | Self::Each(_) => Span::default(),
        }
    }
}
