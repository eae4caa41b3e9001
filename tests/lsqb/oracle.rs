//! A brute-force matcher, independent of the engine: reads the files, binds the relationships of the pattern one by one
//! to every candidate, and counts.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
};

/// A node: its file and its id in that file.
type Node = (String, String);

/// A relationship: its number and its ends.
#[derive(Clone)]
struct Edge {
    number: usize,
    from: Node,
    to: Node,
}

/// Relationships by type, and by type and end.
struct Data {
    by_type: BTreeMap<String, Vec<Edge>>,
    by_end: HashMap<(String, Node), Vec<Edge>>,
}

/// A relationship of a pattern: source variable, type, target variable, and whether it is undirected.
type Link<'a> = (&'a str, &'a str, &'a str, bool);

/// A pattern: the labels of its variables, and its relationships, each connected to an earlier one.
struct Pattern<'a> {
    labels: &'a [(&'a str, &'a str)],
    links: &'a [Link<'a>],
    /// The clause of each relationship. Relationships of one clause must differ.
    clauses: &'a [usize],
}

type Bound<'a> = HashMap<&'a str, Node>;

impl Data {
    fn read(folder: &str) -> Self {
        let mut data = Self {
            by_type: BTreeMap::new(),
            by_end: HashMap::new(),
        };
        let mut paths: Vec<_> = fs::read_dir(folder)
            .expect("the folder exists")
            .flatten()
            .map(|e| e.path())
            .collect();
        paths.sort();
        let mut number = 0;
        for path in paths {
            let name = path
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            let [source, kind, target] = name.split('_').collect::<Vec<_>>()[..] else {
                continue;
            };
            let text = fs::read_to_string(&path).expect("a file is readable");
            for line in text.lines().skip(1) {
                let (from, to) = line.split_once('|').expect("a relationship has two ends");
                let node = |label: &str, id: &str| (label.to_owned(), id.to_owned());
                data.add(
                    upper(kind),
                    Edge {
                        number,
                        from: node(source, from),
                        to: node(target, to),
                    },
                );
                number += 1;
            }
        }
        data
    }

    fn add(&mut self, kind: String, edge: Edge) {
        for end in HashSet::from([edge.from.clone(), edge.to.clone()]) {
            self.by_end
                .entry((kind.clone(), end))
                .or_default()
                .push(edge.clone());
        }
        self.by_type.entry(kind).or_default().push(edge);
    }

    fn count(&self, pattern: &Pattern<'_>, keep: &dyn Fn(&Bound<'_>) -> u64) -> u64 {
        self.extend(pattern, 0, &mut Bound::new(), &mut Vec::new(), keep)
    }

    fn extend<'p>(
        &self,
        pattern: &Pattern<'p>,
        at: usize,
        bound: &mut Bound<'p>,
        used: &mut Vec<usize>,
        keep: &dyn Fn(&Bound<'_>) -> u64,
    ) -> u64 {
        let Some((left, kind, right, either)) = pattern.links.get(at) else {
            return keep(bound);
        };
        let end = bound.get(left).or(bound.get(right)).cloned();
        let empty = Vec::new();
        let edges = match end {
            Some(end) => self
                .by_end
                .get(&((*kind).to_owned(), end))
                .unwrap_or(&empty),
            None => self.by_type.get(*kind).unwrap_or(&empty),
        };
        let mut total = 0;
        for edge in edges {
            let clause = pattern.clauses[at];
            if used
                .iter()
                .zip(pattern.clauses)
                .any(|(number, other)| *number == edge.number && *other == clause)
            {
                continue;
            }
            let ways = if *either && edge.from != edge.to {
                2
            } else {
                1
            };
            for way in 0..ways {
                let (start, finish) = if way == 0 {
                    (&edge.from, &edge.to)
                } else {
                    (&edge.to, &edge.from)
                };
                let before = (bound.get(left).cloned(), bound.get(right).cloned());
                if fits(pattern, bound, left, start) && fits(pattern, bound, right, finish) {
                    bound.insert(left, start.clone());
                    if bound.get(right).is_none_or(|node| node == finish) {
                        bound.insert(right, finish.clone());
                        used.push(edge.number);
                        total += self.extend(pattern, at + 1, bound, used, keep);
                        used.pop();
                    }
                }
                restore(bound, left, before.0);
                restore(bound, right, before.1);
            }
        }
        total
    }

    fn has(&self, kind: &str, from: &Node, to: &Node, either: bool) -> bool {
        let edges = self.by_end.get(&(kind.to_owned(), from.clone()));
        edges.into_iter().flatten().any(|edge| {
            (edge.from == *from && edge.to == *to)
                || (either && edge.from == *to && edge.to == *from)
        })
    }

    /// The number of relationships of a type that end at a node and start at a node labelled `source`.
    fn arriving(&self, kind: &str, node: &Node, source: &str) -> u64 {
        let edges = self.by_end.get(&(kind.to_owned(), node.clone()));
        edges
            .into_iter()
            .flatten()
            .filter(|edge| edge.to == *node && is(&edge.from, source))
            .count() as u64
    }
}

fn restore<'p>(bound: &mut Bound<'p>, name: &'p str, before: Option<Node>) {
    match before {
        Some(node) => bound.insert(name, node),
        None => bound.remove(name),
    };
}

fn fits(pattern: &Pattern<'_>, bound: &Bound<'_>, name: &str, node: &Node) -> bool {
    let label = pattern
        .labels
        .iter()
        .find(|(variable, _)| *variable == name);
    bound.get(name).is_none_or(|known| known == node)
        && label.is_none_or(|(_, label)| is(node, label))
}

fn is(node: &Node, label: &str) -> bool {
    node.0 == label || (label == "Message" && (node.0 == "Comment" || node.0 == "Post"))
}

/// Converts `isLocatedIn` to `IS_LOCATED_IN`.
fn upper(kind: &str) -> String {
    let mut name = String::new();
    for char in kind.chars() {
        if char.is_uppercase() {
            name.push('_');
        }
        name.extend(char.to_uppercase());
    }
    name
}

/// The counts of the nine queries.
pub(crate) fn counts(folder: &str) -> Vec<u64> {
    let data = Data::read(folder);
    let count = |labels: &[(&str, &str)], links: &[Link<'_>], keep: &dyn Fn(&Bound<'_>) -> u64| {
        let clauses = vec![0; links.len()];
        data.count(
            &Pattern {
                labels,
                links,
                clauses: &clauses,
            },
            keep,
        )
    };
    let one: &dyn Fn(&Bound<'_>) -> u64 = &|_| 1;
    let q1 = count(
        &[
            ("country", "Country"),
            ("city", "City"),
            ("person", "Person"),
            ("forum", "Forum"),
            ("post", "Post"),
        ],
        &[
            ("city", "IS_PART_OF", "country", false),
            ("person", "IS_LOCATED_IN", "city", false),
            ("forum", "HAS_MEMBER", "person", false),
            ("forum", "CONTAINER_OF", "post", false),
            ("comment", "REPLY_OF", "post", false),
            ("comment", "HAS_TAG", "tag", false),
            ("tag", "HAS_TYPE", "class", false),
        ],
        one,
    );
    let q2 = count(
        &[
            ("p1", "Person"),
            ("p2", "Person"),
            ("comment", "Comment"),
            ("post", "Post"),
        ],
        &[
            ("p1", "KNOWS", "p2", true),
            ("comment", "HAS_CREATOR", "p1", false),
            ("comment", "REPLY_OF", "post", false),
            ("post", "HAS_CREATOR", "p2", false),
        ],
        one,
    );
    let q3 = data.count(
        &Pattern {
            labels: &[
                ("country", "Country"),
                ("p1", "Person"),
                ("p2", "Person"),
                ("p3", "Person"),
            ],
            links: &[
                ("p1", "KNOWS", "p2", true),
                ("p2", "KNOWS", "p3", true),
                ("p3", "KNOWS", "p1", true),
                ("p1", "IS_LOCATED_IN", "c1", false),
                ("c1", "IS_PART_OF", "country", false),
                ("p2", "IS_LOCATED_IN", "c2", false),
                ("c2", "IS_PART_OF", "country", false),
                ("p3", "IS_LOCATED_IN", "c3", false),
                ("c3", "IS_PART_OF", "country", false),
            ],
            clauses: &[0, 0, 0, 1, 1, 2, 2, 3, 3],
        },
        one,
    );
    let q4 = count(
        &[
            ("message", "Message"),
            ("comment", "Comment"),
            ("liker", "Person"),
            ("creator", "Person"),
        ],
        &[
            ("message", "HAS_TAG", "tag", false),
            ("message", "HAS_CREATOR", "creator", false),
            ("liker", "LIKES", "message", false),
            ("comment", "REPLY_OF", "message", false),
        ],
        one,
    );
    let tags = [
        ("message", "HAS_TAG", "tag1", false),
        ("comment", "REPLY_OF", "message", false),
        ("comment", "HAS_TAG", "tag2", false),
    ];
    let messages = [("message", "Message"), ("comment", "Comment")];
    let q5 = count(&messages, &tags, &|bound| {
        u64::from(bound["tag1"] != bound["tag2"])
    });
    let friends = [
        ("p1", "KNOWS", "p2", true),
        ("p2", "KNOWS", "p3", true),
        ("p3", "HAS_INTEREST", "tag", false),
    ];
    let q6 = count(&[], &friends, &|bound| {
        u64::from(bound["p1"] != bound["p3"])
    });
    let q7 = count(
        &[("message", "Message"), ("creator", "Person")],
        &[
            ("message", "HAS_TAG", "tag", false),
            ("message", "HAS_CREATOR", "creator", false),
        ],
        &|bound| {
            let message = &bound["message"];
            let likes = data.arriving("LIKES", message, "Person").max(1);
            likes * data.arriving("REPLY_OF", message, "Comment").max(1)
        },
    );
    let q8 = count(&messages, &tags, &|bound| {
        let tagged = data.has("HAS_TAG", &bound["comment"], &bound["tag1"], false);
        u64::from(bound["tag1"] != bound["tag2"] && !tagged)
    });
    let q9 = count(&[], &friends, &|bound| {
        let known = data.has("KNOWS", &bound["p1"], &bound["p3"], true);
        u64::from(bound["p1"] != bound["p3"] && !known)
    });
    vec![q1, q2, q3, q4, q5, q6, q7, q8, q9]
}
