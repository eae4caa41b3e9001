//! Comparatives, superlatives and question words for classes of keys: `longer` for a runtime, `cheapest` for a price.

use super::Derived;
use crate::question::{
    inflect::parts,
    vocabulary::{AttributeId, ValueKind, Vocabulary, phrases::Entry},
};

/// The words of a class of keys.
struct Rank {
    /// The last words of the keys.
    keys: &'static [&'static str],
    /// Words for greater values, and for less.
    more: &'static [&'static str],
    less: &'static [&'static str],
    asks: &'static [&'static str],
    /// Base forms of verbs: `cost`.
    verbs: &'static [&'static str],
}

const RANKS: &[Rank] = &[
    Rank {
        keys: &[
            "runtime", "duration", "length", "pages", "minutes", "mins", "days", "hours", "weeks",
            "months", "seconds", "playtime",
        ],
        more: &["longer", "longest"],
        less: &["shorter", "shortest"],
        asks: &["how long"],
        verbs: &["last", "run for"],
    },
    Rank {
        keys: &["price", "cost", "fee", "fare", "rent", "tuition"],
        more: &[
            "more expensive",
            "most expensive",
            "dearer",
            "dearest",
            "costlier",
            "costliest",
            "pricier",
            "priciest",
        ],
        less: &["cheaper", "cheapest", "less expensive", "least expensive"],
        asks: &["how much", "how expensive"],
        verbs: &["cost", "be priced at"],
    },
    Rank {
        keys: &["salary", "wage", "income"],
        more: &["better paid", "best paid", "highest paid"],
        less: &["worse paid", "worst paid", "lowest paid"],
        asks: &["how much"],
        verbs: &["earn"],
    },
    Rank {
        keys: &[
            "amount", "budget", "revenue", "turnover", "funding", "value", "profit", "total",
        ],
        more: &["larger", "largest", "bigger", "biggest"],
        less: &["smaller", "smallest"],
        asks: &["how much", "how big", "how large"],
        verbs: &["be worth"],
    },
    Rank {
        keys: &["age"],
        more: &["older", "oldest"],
        less: &["younger", "youngest"],
        asks: &["how old"],
        verbs: &[],
    },
    Rank {
        keys: &["rating", "score", "stars", "grade", "points"],
        more: &[
            "better",
            "best",
            "higher rated",
            "highest rated",
            "best rated",
            "top rated",
        ],
        less: &[
            "worse",
            "worst",
            "lower rated",
            "lowest rated",
            "worst rated",
        ],
        asks: &["how good", "how well rated"],
        verbs: &["be rated"],
    },
    Rank {
        keys: &[
            "size",
            "area",
            "capacity",
            "employees",
            "staff",
            "members",
            "seats",
            "volume",
        ],
        more: &["bigger", "biggest", "larger", "largest"],
        less: &["smaller", "smallest"],
        asks: &["how big", "how large"],
        verbs: &[],
    },
    Rank {
        keys: &["population", "inhabitants"],
        more: &[
            "bigger",
            "biggest",
            "larger",
            "largest",
            "more populous",
            "most populous",
        ],
        less: &["smaller", "smallest", "less populous", "least populous"],
        asks: &["how big", "how large", "how many people"],
        verbs: &[],
    },
    Rank {
        keys: &["height", "elevation", "altitude"],
        more: &["taller", "tallest", "higher", "highest"],
        less: &["shorter", "shortest", "lower", "lowest"],
        asks: &["how tall", "how high"],
        verbs: &[],
    },
    Rank {
        keys: &["depth"],
        more: &["deeper", "deepest"],
        less: &["shallower", "shallowest"],
        asks: &["how deep"],
        verbs: &[],
    },
    Rank {
        keys: &["width", "breadth"],
        more: &["wider", "widest", "broader", "broadest"],
        less: &["narrower", "narrowest"],
        asks: &["how wide"],
        verbs: &[],
    },
    Rank {
        keys: &["distance"],
        more: &["farther", "farthest", "further", "furthest"],
        less: &["nearer", "nearest", "closer", "closest"],
        asks: &["how far"],
        verbs: &[],
    },
    Rank {
        keys: &["speed", "velocity"],
        more: &["faster", "fastest"],
        less: &["slower", "slowest"],
        asks: &["how fast"],
        verbs: &[],
    },
    Rank {
        keys: &["weight", "mass"],
        more: &["heavier", "heaviest"],
        less: &["lighter", "lightest"],
        asks: &["how heavy"],
        verbs: &["weigh"],
    },
    Rank {
        keys: &["temperature"],
        more: &["hotter", "hottest", "warmer", "warmest"],
        less: &["colder", "coldest", "cooler", "coolest"],
        asks: &["how hot", "how warm", "how cold"],
        verbs: &[],
    },
    Rank {
        keys: &[
            "popularity",
            "followers",
            "subscribers",
            "views",
            "likes",
            "votes",
            "fans",
        ],
        more: &["more popular", "most popular"],
        less: &["less popular", "least popular"],
        asks: &["how popular"],
        verbs: &[],
    },
];

/// The words of dates: the greater is the later.
const LATER: (&[&str], &[&str]) = (&["later"], &["earlier"]);
/// The same for beginnings, after which the age is counted.
const YOUNGER: (&[&str], &[&str]) = (
    &[
        "latest",
        "newer",
        "newest",
        "younger",
        "youngest",
        "more recent",
        "most recent",
    ],
    &["earliest", "older", "oldest", "least recent"],
);

/// Words in the keys of ends.
const ENDS: &[&str] = &[
    "arrived",
    "cancelled",
    "closed",
    "completed",
    "death",
    "delivered",
    "died",
    "due",
    "end",
    "ended",
    "expired",
    "expires",
    "expiry",
    "finish",
    "finished",
    "left",
    "paid",
    "returned",
    "shipped",
    "to",
    "until",
    "updated",
];

/// Adds the words for the ranks of an attribute.
pub(super) fn words(vocabulary: &mut Vocabulary, derived: &Derived, key: &str, id: AttributeId) {
    let attribute = &vocabulary.attributes[id.0 as usize];
    if !attribute.pattern.steps.is_empty() {
        return;
    }
    let words: Vec<String> = parts(key).iter().map(|word| word.to_lowercase()).collect();
    if attribute.dates.is_some() {
        ranked(vocabulary, derived, LATER, id);
        if !words.iter().any(|word| ENDS.contains(&word.as_str())) {
            ranked(vocabulary, derived, YOUNGER, id);
        }
    } else if attribute.kind == ValueKind::Number {
        for rank in RANKS.iter().filter(|rank| rank.holds(&words)) {
            ranked(vocabulary, derived, (rank.more, rank.less), id);
            for question in rank.asks {
                derived.add(vocabulary, question, Entry::AttributeQuestion(id));
            }
            for verb in rank.verbs {
                derived.attribute_verb(vocabulary, verb, id);
            }
        }
    }
}

impl Rank {
    /// True if a key is one of the class: `price`, `unitPrice`, `durationDays`, `priceInEuros`.
    fn holds(&self, words: &[String]) -> bool {
        let is =
            |word: Option<&String>| word.is_some_and(|word| self.keys.contains(&word.as_str()));
        is(words.last()) || is(words.first())
    }
}

fn ranked(
    vocabulary: &mut Vocabulary,
    derived: &Derived,
    (more, less): (&[&str], &[&str]),
    id: AttributeId,
) {
    for (words, more) in [(more, true), (less, false)] {
        for word in words {
            let superlative = word.split(' ').any(|part| part.ends_with("st"));
            let entry = match superlative {
                true => Entry::Superlative(more, id),
                false => Entry::Comparative(more, id),
            };
            derived.add(vocabulary, word, entry);
        }
    }
}
