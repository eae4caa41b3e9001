//! What a question says, before it is known what its words mean in a graph.
//!
//! Every sentence is brought into one shape: things with what is said of them. `which KSS does the Permanence section
//! cover` is the KSS that something covers, namely the section Permanence; `which section has the most courses` is the
//! section that is tied to the most courses. Determiners say what is asked for, counted, compared or denied.

use crate::base::Span;

/// A word or phrase of the question, by its number among the links of a linking.
pub(super) type Token = usize;

/// A question.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) form: Form,
    /// `and where is it booked`: what is asked of the same things besides.
    pub(super) further: Vec<Further>,
    /// `counting sections without any`
    pub(super) keep_zero: bool,
}

/// What is asked besides.
#[derive(Clone, Debug)]
pub(super) enum Further {
    /// `how long is it`
    Value(Token),
    /// `which models`, `where is it booked`: things that are tied to those asked for.
    Thing(Np),
    /// `what role`: a value of those asked for.
    Attribute(Token),
    /// `and the other way round`
    OtherWay,
}

/// What a question may ask.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// `which courses cover KSS 7`, `list the courses and the webinars`
    Things(Vec<Np>),
    /// `how many courses are there`
    Count(Np),
    /// `does X use Y`, `is there a course on trauma`
    Exists(Np),
    /// `how long is X`, `how many credits start in each month`
    Values(Values),
    /// `describe X`
    Describe(Vec<Np>),
    /// `who is X`: all that is known of X, or else whoever is or has it.
    Who(Np),
    /// `compare X and Y`
    Compare(Vec<Np>),
    /// `which KSS do X and Y share`
    Common {
        /// `which KSS`, where a kind is named.
        kind: Option<Np>,
        things: Vec<Np>,
    },
    /// `how is X directly connected to Y`, `the shortest chain from X to Y through leads`
    Connection {
        from: Np,
        to: Np,
        direct: bool,
        ties: Vec<Token>,
    },
    /// `where is it said that X uses Y`
    Said(Np),
    /// `are there more webinars than courses`, `what percentage of courses are online`
    Weighed(Np, Np, Weigh),
    /// `for each pair of sections, which KSS do both cover`
    Pairs { each: Np, asked: Np },
}

/// How the counts of two kinds of things are set beside one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weigh {
    /// `more`
    More,
    /// `fewer`
    Fewer,
    /// `as many`
    AsMany,
    /// `what percentage`: how many of the second are the first.
    Portion,
}

/// Values that are asked for.
#[derive(Clone, Debug)]
pub(super) struct Values {
    /// Which.
    pub(super) asked: Vec<Token>,
    /// Whose.
    pub(super) of: Np,
    /// Whether and how they are drawn together.
    pub(super) fold: Option<Fold>,
    /// The verb for the same value, which makes it plain that the value is meant: `what role does X hold`.
    pub(super) verb: Option<Token>,
}

/// How values are drawn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// How many values there are, where they are no numbers.
    Count,
    Sum,
    Mean,
    Greatest,
    Least,
}

/// Things, with what is said of them.
#[derive(Clone, Debug)]
pub(super) struct Np {
    pub(super) det: Det,
    /// How many are asked for.
    pub(super) wanted: Option<Wanted>,
    /// `only`: what is said of them is said of no others of their kind.
    pub(super) only: bool,
    /// `the same`, without saying as what.
    pub(super) same: bool,
    pub(super) head: Head,
    pub(super) preds: Vec<Pred>,
    pub(super) span: Span,
}

/// How many of the things are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// `which three courses`, `the three longest courses`: those of the first ranks, where things are ranked; otherwise
    /// no more than what is taken for granted.
    Ranks(u32),
    /// `list three courses`: so many, whichever.
    Any(u32),
    /// `the top three courses`: so many, by what is said at the end.
    Top(u32),
    /// All, in the order of their ranks.
    Sorted,
}

/// Which and how many of the things are meant.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Det {
    /// `which`, `how many`, `list`: what is asked for.
    Asked,
    /// `a`, `some`, or nothing.
    Some,
    /// `the`
    The,
    /// `no`
    No,
    /// `every`, `all`, and `each` where nothing is counted.
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
    /// Whether it says no more than that there are such things, so that what is said of them holds of each by itself.
    pub(super) fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::Some | Self::The | Self::Their(_) | Self::Asked | Self::Each
        )
    }
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cmp {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What kind of things are meant.
#[derive(Clone, Debug)]
pub(super) enum Head {
    /// `courses`
    Noun(Token),
    /// `the Permanence section`, `section Permanence`: a name with a kind.
    Named { name: Token, noun: Token },
    /// `KSS 7`, `KSS 7 to 10`
    Numbered(Token, Numbers),
    /// `East Sussex`
    Name(Token),
    /// `lead`, `provider`: who does it, or to whom it is done.
    Role(Token),
    /// `credits`
    Attribute(Token),
    /// `KSS numbers`: an attribute of things of a kind.
    NounAttribute { noun: Token, attribute: Token },
    /// What has an attribute, where nothing else says of what kind it is.
    Owner(Token),
    /// `who`
    Who,
    /// `what`, `something`
    What,
    /// `it`, `they`
    Pronoun,
    /// `each other`
    EachOther,
    /// `where`: what a verb that asks for a place leads to.
    Place,
}

/// Numbers of things.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Numbers {
    OneOf(Vec<f64>),
    Between(f64, f64),
    Compared(Cmp, f64),
}

/// What is said of things.
#[derive(Clone, Debug)]
pub(super) enum Pred {
    /// `cover KSS 7`
    Tie(Box<Tie>),
    /// `advanced`
    Adjective(Token),
    /// `longest`; what it is the superlative of is the token's. With `true` the other end of the scale.
    Superlative(Token, bool),
    /// `first`, with `true` `last`: by date.
    First(bool, Span),
    /// `longer than 2 days`
    Compare {
        which: Measured,
        value: Value,
        span: Span,
    },
    /// `that have credits`
    Has(Token),
    /// `with days and credits`, where they are to be shown.
    Show(Token),
    /// `in each month`
    Each(Token),
    /// `is a model`
    Is(Box<Np>),
    /// It is of the same kind and not the same.
    Other(Box<Np>),
    /// `exclusively`: what else holds of the tie before.
    Adverb(Token),
    /// `supported by two documents`
    Supported(Cmp, f64, Span),
    /// `according to the overview`
    Source(Box<Np>, Span),
    /// `according to each document`
    BySource(Span),
    Not(Box<Pred>, Span),
    /// The first, if it fits, otherwise the second: `covered in the Permanence section`.
    Rather(Box<Pred>, Box<Pred>),
    /// `essential and advanced`, before a noun: of one sort or another where nothing can be both, otherwise all of them.
    Sorts(Vec<Pred>),
    And(Vec<Pred>),
    Or(Vec<Pred>),
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Measured {
    /// An attribute that is named, by a word of any category that leads to attributes.
    Named(Token),
    /// `in October 2025`: the date of things, whichever it is.
    Date,
    /// `numbered 3`
    Number,
}

/// With what it is compared.
#[derive(Clone, Debug)]
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

/// A tie to other things.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    pub(super) word: TieWord,
    /// Whether the things of which it is said are the object: `covered by X`.
    pub(super) inverse: bool,
    pub(super) other: Np,
    /// `from 2015-16`
    pub(super) when: Option<(Cmp, Token)>,
    pub(super) span: Span,
}

/// What a tie is called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TieWord {
    /// A verb, in whichever category it stands.
    Verb(Token),
    /// `have`, `of`, `in`, `'s`: any tie between the two kinds.
    Any(&'static str),
    /// `share a model with X`: tied in the same way to the same things.
    Share,
    /// The verb to whose ties an attribute belongs: `what grade did X give Y`.
    Of(Token),
    /// A verb of what `where` asks for, at whichever end of it that stands: `where is X mentioned`.
    Where(Token),
    /// A verb of what stands behind `in`: `in which documents is X mentioned`.
    Within(Token),
}

impl Np {
    /// Things of a kind without anything said of them.
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

    /// The same with a determiner.
    pub(super) fn det(mut self, det: Det) -> Self {
        self.det = det;
        self
    }

    /// The same with more said of it.
    pub(super) fn with(mut self, preds: impl IntoIterator<Item = Pred>) -> Self {
        self.preds.extend(preds);
        self
    }
}

impl Pred {
    /// A tie.
    pub(super) fn tie(word: TieWord, inverse: bool, other: Np, span: Span) -> Self {
        Self::Tie(Box::new(Tie {
            word,
            inverse,
            other,
            when: None,
            span,
        }))
    }

    /// All of them, or the one.
    pub(super) fn all(mut preds: Vec<Self>) -> Self {
        match preds.len() {
            1 => preds.swap_remove(0),
            _ => Self::And(preds),
        }
    }

    /// The opposite.
    pub(super) fn negated(self, negated: bool, span: Span) -> Self {
        if negated {
            Self::Not(Box::new(self), span)
        } else {
            self
        }
    }
}

/// Where things stand in the question.
impl Pred {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Tie(tie) => tie.span,
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
