//! The candidates for a cursor place.

use std::rc::Rc;

use relata::syntax::{self, Keyword, KeywordClass};

use crate::repl::{
    complete::context::{Owner, Place, Wanted},
    complete::piece::{Piece, Sort},
    complete::vocabulary::Vocabulary,
};

/// A candidate for completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The text in the list.
    pub(crate) display: String,
    /// The text that replaces what was typed.
    pub(crate) replacement: String,
}

impl Candidate {
    fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            display: text.clone(),
            replacement: text,
        }
    }
}

/// A source of names that are not part of the language.
pub(crate) trait Names {
    /// The names of the graph and the language.
    fn vocabulary(&self) -> Rc<Vocabulary>;
    /// The parameters that have a value.
    fn parameters(&self) -> Vec<String>;
    /// The values of a string property that start with `prefix`, ignoring case.
    fn texts(&self, key: &str, owner: &Owner<'_>, prefix: &str) -> Vec<String>;
}

/// What may stand at `place`; `pieces` are the tokens of the statement up to the cursor, and `after` is the text that
/// follows it.
pub(crate) fn candidates(
    place: &Place<'_>,
    pieces: &[Piece<'_>],
    after: &str,
    names: &impl Names,
) -> Vec<Candidate> {
    let typed = place.typed;
    let vocabulary = || names.vocabulary();
    match &place.wanted {
        Wanted::Nothing => Vec::new(),
        Wanted::Label => quoted(typed, vocabulary().labels()),
        Wanted::Type { labels, incoming } => types(typed, labels, *incoming, &vocabulary()),
        Wanted::Key { owner, map } => keys(typed, vocabulary().keys(owner), *map),
        Wanted::Text { key: None, .. } => Vec::new(),
        Wanted::Text {
            key: Some(key),
            owner,
        } => texts(typed, after, |prefix| names.texts(key, owner, prefix)),
        Wanted::Parameter => {
            let known = names.parameters().into_iter();
            plain(typed, known.map(|name| format!("${}", quote(&name))))
        }
        Wanted::Procedure { from } => procedures(typed, from, &vocabulary()),
        Wanted::Column { procedure } => quoted(typed, vocabulary().columns(procedure)),
        Wanted::Variable => variables(place),
        Wanted::Keyword { first } => {
            let words = if *first {
                beginnings()
            } else {
                continuations()
            };
            keywords(typed, &words, pieces)
        }
        Wanted::Operand => operands(place, pieces, &vocabulary()),
        Wanted::Member { namespace } => members(typed, namespace, &vocabulary()),
    }
}

fn operands(place: &Place<'_>, pieces: &[Piece<'_>], vocabulary: &Vocabulary) -> Vec<Candidate> {
    let mut found = variables(place);
    if place.typed.is_empty() && !found.is_empty() {
        return found;
    }
    let calls = vocabulary
        .functions()
        .into_iter()
        .map(|name| format!("{name}("));
    found.extend(plain(place.typed, calls));
    found.extend(keywords(place.typed, &beginnings_of_operands(), pieces));
    found
}

fn variables(place: &Place<'_>) -> Vec<Candidate> {
    quoted(
        place.typed,
        place.scope.names().map(str::to_owned).collect(),
    )
}

fn types(typed: &str, labels: &[&str], incoming: bool, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let near = quoted(typed, vocabulary.types(labels, incoming));
    if near.is_empty() {
        return quoted(typed, vocabulary.types(&[], false));
    }
    near
}

fn keys(typed: &str, keys: Vec<String>, map: bool) -> Vec<Candidate> {
    let mut found = quoted(typed, keys);
    if map {
        for candidate in &mut found {
            candidate.replacement += ": ";
        }
    }
    found
}

/// Dotted procedure names, of which `from` is typed up to its last dot.
fn procedures(typed: &str, from: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    rests(typed, from, vocabulary.procedures(), "()")
}

/// Dotted function names, of which `namespace` and a dot are typed.
fn members(typed: &str, namespace: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    rests(typed, &format!("{namespace}."), vocabulary.functions(), "(")
}

fn rests(typed: &str, from: &str, names: Vec<String>, suffix: &str) -> Vec<Candidate> {
    let rests = names
        .into_iter()
        .filter(|name| begins(name, from))
        .map(|name| format!("{}{suffix}", &name[from.len()..]));
    plain(typed, rests)
}

/// Candidates that are names, in back quotes if necessary.
fn quoted(typed: &str, names: Vec<String>) -> Vec<Candidate> {
    let bare = typed.trim_start_matches('`');
    names
        .into_iter()
        .filter(|name| begins(name, bare))
        .map(|name| Candidate {
            replacement: quote(&name),
            display: name,
        })
        .collect()
}

fn plain(typed: &str, names: impl IntoIterator<Item = String>) -> Vec<Candidate> {
    let fitting = names.into_iter().filter(|name| begins(name, typed));
    fitting.map(Candidate::plain).collect()
}

/// The words that begin a statement.
fn beginnings() -> Vec<&'static str> {
    phrases(|keyword| keyword.begins_statement)
}

/// The words that can follow a complete operand or clause, in alphabetical order.
fn continuations() -> Vec<&'static str> {
    let mut words = phrases(|keyword| {
        keyword.begins_clause()
            || matches!(keyword.class, KeywordClass::Operator | KeywordClass::Part)
    });
    words.sort_unstable();
    words
}

/// The words that begin an expression.
fn beginnings_of_operands() -> Vec<&'static str> {
    phrases(|keyword| keyword.class == KeywordClass::Operand)
}

fn phrases(filter: impl Fn(&Keyword) -> bool) -> Vec<&'static str> {
    let fitting = syntax::keywords().iter().filter(|keyword| filter(keyword));
    fitting
        .flat_map(|keyword| keyword.phrases)
        .copied()
        .collect()
}

/// Keywords in the case that the user types them in.
fn keywords(typed: &str, words: &[&str], pieces: &[Piece<'_>]) -> Vec<Candidate> {
    let lower = in_lower_case(typed, pieces);
    let fitting = words.iter().filter(|word| begins(word, typed));
    fitting
        .map(|word| {
            Candidate::plain(if lower {
                word.to_lowercase()
            } else {
                (*word).to_owned()
            })
        })
        .collect()
}

/// Whether the user writes keywords in lower case, judged by the current one, else by the previous one.
fn in_lower_case(typed: &str, pieces: &[Piece<'_>]) -> bool {
    let sample = if typed.is_empty() {
        let mut backwards = pieces.iter().rev();
        backwards
            .find(|piece| piece.sort == Sort::Keyword)
            .map_or("", |piece| piece.text)
    } else {
        typed
    };
    sample.starts_with(char::is_lowercase)
}

/// String values with quotes. The closing quote is omitted if it already follows the cursor.
fn texts(typed: &str, after: &str, find: impl Fn(&str) -> Vec<String>) -> Vec<Candidate> {
    let Some(mark) = typed.chars().next() else {
        return Vec::new();
    };
    let prefix = unescape(&typed[mark.len_utf8()..]);
    let closing = if after.starts_with(mark) {
        String::new()
    } else {
        mark.to_string()
    };
    find(&prefix)
        .into_iter()
        .map(|text| Candidate {
            replacement: format!("{mark}{}{closing}", escape(&text, mark)),
            display: text,
        })
        .collect()
}

fn unescape(text: &str) -> String {
    text.replace("\\'", "'")
        .replace("\\\"", "\"")
        .replace("\\\\", "\\")
}

fn escape(text: &str, mark: char) -> String {
    text.replace('\\', "\\\\")
        .replace(mark, &format!("\\{mark}"))
        .replace('\n', "\\n")
}

/// Whether `name` starts with `typed`, ignoring ASCII case.
fn begins(name: &str, typed: &str) -> bool {
    name.get(..typed.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

/// The name in query syntax.
pub(crate) fn quote(name: &str) -> String {
    let mut characters = name.chars();
    let plain = characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|other| other.is_alphanumeric() || other == '_');
    if plain {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('`', "``"))
    }
}

#[cfg(test)]
mod tests {
    use relata::{Endpoints, Kind, LabelSummary, Procedures, PropertySummary, Schema, TypeSummary};

    use super::*;
    use crate::repl::complete::{pieces, place};

    /// Courses that cover KSS, and a label with a space.
    struct Known(Rc<Vocabulary>);

    impl Known {
        fn new() -> Self {
            let property = |name: &str| PropertySummary {
                name: name.into(),
                count: 1,
                kinds: vec![Kind::String],
            };
            let label = |name: &str, keys: &[&str]| LabelSummary {
                name: name.into(),
                count: 1,
                properties: keys.iter().map(|key| property(key)).collect(),
            };
            let kind = |name: &str, from: &str, to: &str, keys: &[&str]| TypeSummary {
                name: name.into(),
                count: 1,
                properties: keys.iter().map(|key| property(key)).collect(),
                endpoints: vec![Endpoints {
                    from: Some(from.into()),
                    to: Some(to.into()),
                    count: 1,
                }],
            };
            let schema = Schema {
                nodes: 3,
                relationships: 2,
                labels: vec![
                    label("Course", &["name", "durationDays"]),
                    label("KSS", &["code", "name"]),
                    label("Team Lead", &["name"]),
                ],
                types: vec![
                    kind("COVERS", "Course", "KSS", &["basis"]),
                    kind("LEADS", "Team Lead", "Course", &["since"]),
                ],
            };
            Self(Rc::new(Vocabulary::new(schema, Procedures::new())))
        }
    }

    impl Names for Known {
        fn vocabulary(&self) -> Rc<Vocabulary> {
            self.0.clone()
        }

        fn parameters(&self) -> Vec<String> {
            vec!["limit".into(), "list".into()]
        }

        fn texts(&self, key: &str, owner: &Owner<'_>, prefix: &str) -> Vec<String> {
            vec![format!("{prefix}|{key}|{owner:?}|it's")]
        }
    }

    /// The replacements at the `|` of `line`.
    fn offered(line: &str) -> Vec<String> {
        let (before, after) = line.split_once('|').expect("has a cursor");
        let pieces = pieces(before);
        let place = place(&pieces, before.len());
        let found = candidates(&place, &pieces, after, &Known::new());
        found
            .into_iter()
            .map(|candidate| candidate.replacement)
            .collect()
    }

    #[test]
    fn labels_follow_the_colon_of_a_node() {
        assert_eq!(offered("MATCH (c:|"), ["Course", "KSS", "`Team Lead`"]);
        assert_eq!(offered("MATCH (:co|"), ["Course"]);
        assert_eq!(offered("MATCH (c:Course|"), ["Course"]);
        assert_eq!(offered("MATCH (c:Course)-[:COVERS]->(k:K|"), ["KSS"]);
        assert_eq!(offered("MATCH (c) WHERE c:K|"), ["KSS"]);
    }

    #[test]
    fn types_follow_the_colon_of_a_relationship_and_fit_the_node_before() {
        assert_eq!(offered("MATCH ()-[:|"), ["COVERS", "LEADS"]);
        assert_eq!(offered("MATCH ()-[r:COVERS|"), ["COVERS"]);
        assert_eq!(offered("MATCH (:Course)<-[:|"), ["LEADS"]);
        assert_eq!(offered("MATCH (k:KSS)-[:|"), ["COVERS"]);
        assert_eq!(offered("MATCH (k:KSS) MATCH (k)<-[r:|"), ["COVERS"]);
        assert_eq!(offered("MATCH (a)-[r:LEADS]->(b) WHERE r:C|"), ["COVERS"]);
    }

    #[test]
    fn keys_follow_the_point_and_fit_the_label_of_the_variable() {
        assert_eq!(offered("MATCH (k:KSS) RETURN k.|"), ["code", "name"]);
        assert_eq!(offered("MATCH (k:KSS) WITH k AS x RETURN x.c|"), ["code"]);
        assert_eq!(offered("MATCH (a)-[r:LEADS]->() RETURN r.|"), ["since"]);
        assert_eq!(offered("MATCH (n) RETURN n.s|"), [] as [&str; 0]);
        assert_eq!(offered("UNWIND x AS m RETURN m.s|"), ["since"]);
    }

    #[test]
    fn keys_begin_the_entries_of_a_map_in_a_pattern() {
        assert_eq!(offered("MATCH (k:KSS {|"), ["code: ", "name: "]);
        assert_eq!(offered("MATCH (k:KSS {code: 1, n|"), ["name: "]);
        assert_eq!(offered("MATCH ()-[:COVERS {|"), ["basis: "]);
        assert_eq!(offered("MATCH (k:KSS {code: |"), ["k"]);
    }

    #[test]
    fn texts_are_those_of_the_key_that_is_compared() {
        let label = "Node([\"KSS\"])";
        let found = |start: &str, key: &str, owner: &str| format!("'{start}|{key}|{owner}|it\\'s'");
        assert_eq!(
            offered("MATCH (k:KSS {name: 'Ad|"),
            [found("Ad", "name", label)]
        );
        assert_eq!(
            offered("MATCH (k:KSS) WHERE k.code = '|"),
            [found("", "code", label)]
        );
        assert_eq!(
            offered("MATCH (k:KSS) WHERE k.code IN ['1', '|'"),
            [found("", "code", label).trim_end_matches('\'').to_owned()],
        );
        assert_eq!(
            offered("MATCH (k:KSS) WHERE k.name STARTS WITH 'A|"),
            [found("A", "name", label)]
        );
        assert!(offered("RETURN 'a|").is_empty());
        assert!(offered("RETURN 'a'|").is_empty());
    }

    #[test]
    fn keywords_come_in_the_case_of_the_one_who_types() {
        assert_eq!(offered("MATCH (n) whe|"), ["when", "where"]);
        assert_eq!(offered("MATCH (n) WHER|"), ["WHERE"]);
        assert_eq!(offered("mat|"), ["match"]);
        assert!(offered("match (n) |").contains(&"return".to_owned()));
        assert_eq!(offered("RETURN 1 UNION mat|"), ["match"]);
        assert!(offered("|").contains(&"MATCH".to_owned()));
    }

    #[test]
    fn variables_are_those_in_scope() {
        assert_eq!(offered("MATCH (c)-[r]->(k) RETURN |"), ["c", "r", "k"]);
        assert_eq!(
            offered("MATCH (c)-[r]->(k) WITH c, count(*) AS n RETURN |"),
            ["c", "n"]
        );
        assert_eq!(offered("MATCH (c) WITH *, 1 AS one RETURN |"), ["c", "one"]);
        assert_eq!(offered("MATCH (c) WITH |"), ["c"]);
        assert_eq!(offered("MATCH p = (c)-->() RETURN |"), ["p", "c"]);
        assert_eq!(offered("MATCH (course) MATCH (c|"), ["course"]);
        assert_eq!(offered("RETURN 1 AS a UNION MATCH (b) RETURN |"), ["b"]);
        assert_eq!(offered("CALL db.labels() YIELD label RETURN |"), ["label"]);
    }

    #[test]
    fn functions_come_with_their_bracket_and_dotted_ones_in_parts() {
        assert_eq!(offered("RETURN toUpp|"), ["toUpper("]);
        assert!(offered("RETURN duration.be|").contains(&"between(".to_owned()));
        assert_eq!(offered("CALL db.lab|"), ["labels()"]);
        assert_eq!(offered("CALL db.labels() YIELD |"), ["label"]);
    }

    #[test]
    fn parameters_follow_the_dollar() {
        assert_eq!(offered("RETURN $li|"), ["$limit", "$list"]);
    }

    #[test]
    fn nothing_is_offered_where_a_name_is_given_or_a_number_typed() {
        assert!(offered("RETURN 1 AS |").is_empty());
        assert!(offered("RETURN 1|").is_empty());
        assert!(offered("// MAT|").is_empty());
    }
}
