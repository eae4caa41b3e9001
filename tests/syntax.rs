//! Parsing, printing and syntax errors, through the public functions of `relata::syntax`.

#[path = "syntax/round_trip.rs"]
mod round_trip;
#[path = "syntax/tck.rs"]
mod tck;
#[path = "syntax/trees.rs"]
mod trees;
#[path = "syntax/wrong.rs"]
mod wrong;

use proptest::test_runner::{TestCaseError, TestRunner};
use relata::{
    base::Code,
    syntax::{
        TokenKind,
        ast::{Body, Clause, Expr, ExprKind, UnaryOp},
        keywords, parse, parse_expression, split, tokens,
    },
};

/// TCK errors that are visible in the text alone.
const OF_SYNTAX: &[&str] = &[
    "UnexpectedSyntax",
    "InvalidNumberLiteral",
    "IntegerOverflow",
    "FloatingPointOverflow",
    "InvalidUnicodeLiteral",
    "InvalidUnicodeCharacter",
    "InvalidRelationshipPattern",
];

#[test]
fn queries_of_the_tck_parse_unless_their_syntax_is_wrong() {
    let Some(queries) = tck::queries() else {
        return;
    };
    let mut wrong = Vec::new();
    for query in &queries {
        let expected = query
            .error
            .as_deref()
            .filter(|error| OF_SYNTAX.contains(error));
        let found = parse(&query.text).err();
        if expected != found.as_ref().map(|error| error.code.detail()) {
            wrong.push(format!(
                "{}\n{}\nexpected {expected:?}, found {found:#?}",
                query.place, query.text
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        queries.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn printed_queries_of_the_tck_parse_to_the_same_tree() {
    let queries = tck::queries().unwrap_or_default();
    all_round_trip(queries.iter().map(|query| query.text.as_str()));
}

#[test]
fn printed_gold_questions_and_benchmark_queries_parse_to_the_same_tree() {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let gold = std::fs::read_to_string(shared.join("gold-questions.md")).unwrap_or_default();
    let gold = gold
        .split("```cypher")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned());
    let files = std::fs::read_dir(shared.join("lsqb/cypher"))
        .into_iter()
        .flatten();
    let files = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("schema.cypher"))
        .map(|path| std::fs::read_to_string(path).unwrap());
    let queries: Vec<String> = gold.chain(files).collect();
    for query in &queries {
        for statement in split(query) {
            let text = &query[statement.span.range()];
            assert!(
                parse(text).is_ok() || text.contains("LOAD"),
                "{text}\n{:?}",
                parse(text).err()
            );
        }
    }
    all_round_trip(queries.iter().map(String::as_str));
}

fn all_round_trip<'q>(queries: impl Iterator<Item = &'q str>) {
    let wrong: Vec<_> = queries
        .filter_map(|query| round_trip::check(query).err())
        .collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn printed_expressions_parse_to_the_same_tree() {
    let check = |tree| round_trip::check_expression(&tree).map_err(TestCaseError::fail);
    let run = move || TestRunner::default().run(&trees::expression(), check);
    // Generating a tree takes a deeper stack than parsing it.
    let thread = std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(run)
        .unwrap();
    if let Err(error) = thread.join().unwrap() {
        panic!("{error}");
    }
}

/// Recursive constructs: opening text, innermost text, closing text.
const NESTS: &[(&str, &str, &str)] = &[
    ("(", "1", ")"),
    ("[", "1", "]"),
    ("{a: ", "1", "}"),
    ("f(", "1", ")"),
    ("a[", "1", "]"),
    ("a[1..", "2", "]"),
    ("({a: ", "1", "})"),
    ("exists((a:B {x: ", "1", "})-->())"),
    ("CASE 1 WHEN 1 THEN ", "1", " END"),
    ("CASE ", "1", " WHEN 1 THEN 1 END"),
    ("CASE WHEN true THEN 1 ELSE ", "1", " END"),
    ("[x IN ", "list", " | 1]"),
    ("[x IN list WHERE ", "x", "]"),
    ("[(a)-->(b {x: ", "1", "}) | 1]"),
    ("[(a)-->(b) | ", "1", "]"),
    ("any(x IN list WHERE ", "true", ")"),
    ("reduce(a = 1, b IN ", "list", " | 1)"),
    ("exists((a WHERE ", "true", ")-->())"),
    ("EXISTS { MATCH (n) WHERE ", "true", " }"),
    ("EXISTS { (n)-->() WHERE ", "true", " }"),
    (
        "COLLECT { CALL { WITH 1 AS x RETURN ",
        "1",
        " AS y } RETURN y }",
    ),
    ("n {a: ", "1", "}"),
    ("NOT ", "true", ""),
    ("- ", "a", ""),
    ("1 + ", "1", ""),
    ("", "1", ".a"),
    ("", "a", " IS NULL"),
    ("", "a", "[0]"),
    ("a IN ", "a", ""),
];

fn nested(nest: &(&str, &str, &str), depth: usize) -> String {
    format!("{}{}{}", nest.0.repeat(depth), nest.1, nest.2.repeat(depth))
}

#[test]
fn whatever_nests_is_read_printed_and_dropped_or_refused_on_a_small_stack() {
    for nest in NESTS {
        for depth in [10, 30, 40, 60, 64, 100, 126, 190, 199, 1000, 10_000] {
            let result = parse_expression(&nested(nest, depth));
            assert!(
                parse_expression(&format!("n:{}", nested(&("!(A|", "B", ")"), depth))).is_ok()
                    == (depth < 100)
            );
            match result {
                Ok(tree) => assert!(!tree.to_string().is_empty()),
                Err(error) if depth <= 30 => panic!("{nest:?} {depth} {error:?}"),
                Err(error) => assert!(!error.message.is_empty()),
            }
        }
    }
}

#[test]
fn nesting_beyond_the_limit_is_refused_with_a_place() {
    for (text, start) in [
        ("RETURN ".to_owned() + &"(".repeat(10_000), 135),
        (format!("RETURN {}1", "1 + ".repeat(10_000)), 7),
    ] {
        let error = parse(&text).unwrap_err();
        assert_eq!(error.code, Code::NestingTooDeep);
        assert_eq!(error.span.unwrap().start, start);
    }
}

#[test]
fn brackets_in_strings_names_and_comments_do_not_nest() {
    let open = "(".repeat(1000);
    assert!(
        parse(&format!(
            "RETURN '{open}\\'{open}' AS `{open}` /* {open} */ // {open}"
        ))
        .is_ok()
    );
}

#[test]
fn long_chains_of_logic_are_balanced_and_print_without_brackets() {
    for op in ["AND", "OR", "XOR"] {
        let text = format!("a{}", format!(" {op} a").repeat(20_000));
        assert_eq!(parse_expression(&text).unwrap().to_string(), text);
    }
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let mut said = String::new();
    for text in wrong::WRONG {
        let error = parse(text).expect_err(text);
        let span = error.span.expect("errors of syntax have a place");
        let place = &text[span.range()];
        said += &format!(
            "{text}\n    {}: {} (at `{place}`)\n",
            error.code, error.message
        );
        for label in &error.labels {
            said += &format!("    `{}` {}\n", &text[label.span.range()], label.message);
        }
        if let Some(help) = &error.help {
            said += &format!("    help: {help}\n");
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn no_error_speaks_of_rules_or_of_nothing() {
    for text in wrong::WRONG {
        let message = parse(text).unwrap_err().message;
        assert!(
            !message.contains("k_") && !message.contains("something else"),
            "{text}: {message}"
        );
    }
}

/// Each token in angle brackets, with the initial of its kind.
fn marked(text: &str) -> String {
    let mark = |(span, kind): (relata::Span, TokenKind)| {
        let initial = format!("{kind:?}")[..1].to_owned();
        format!("{initial}<{}>", &text[span.range()])
    };
    tokens(text)
        .into_iter()
        .map(mark)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn tokens_know_keywords_labels_and_names_apart() {
    let cases = [
        (
            "MATCH (n:Order) RETURN n.end",
            "K<MATCH> B<(> N<n> O<:> L<Order> B<)> K<RETURN> N<n> O<.> N<end>",
        ),
        ("[:A|B]", "B<[> O<:> L<A> O<|> L<B> B<]>"),
        (
            "{in: b, x: 'y'}",
            "B<{> N<in> O<:> N<b> O<,> N<x> O<:> S<'y'> B<}>",
        ),
        (
            "count(*) >= $p // c",
            "N<count> B<(> O<*> B<)> O<>=> P<$p> C<// c>",
        ),
        ("COUNT { x } 'abc", "K<COUNT> B<{> N<x> B<}> E<'abc>"),
        ("1.5 \u{2014} `a b`", "N<1.5> E<\u{2014}> N<`a b`>"),
    ];
    for (text, expected) in cases {
        assert_eq!(marked(text), expected);
    }
}

#[test]
fn each_keyword_stands_once_in_the_table_and_begins_its_phrases() {
    let mut words: Vec<_> = keywords().iter().map(|keyword| keyword.word).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), keywords().len());
    for keyword in keywords() {
        assert_eq!(tokens(keyword.word)[0].1, TokenKind::Keyword);
        for phrase in keyword.phrases {
            assert_eq!(phrase.split(' ').next(), Some(keyword.word));
        }
    }
}

#[test]
fn tokens_of_any_text_are_in_order_and_lie_in_it() {
    for text in wrong::WRONG {
        let spans: Vec<_> = tokens(text)
            .into_iter()
            .map(|(span, _)| span.range())
            .collect();
        assert!(spans.iter().all(|span| {
            text.get(span.clone())
                .is_some_and(|token| !token.is_empty())
        }));
        assert!(
            spans.windows(2).all(|pair| pair[0].end <= pair[1].start),
            "{text}"
        );
    }
}

#[test]
fn scripts_are_divided_at_semicolons_outside_of_strings_names_and_comments() {
    let statements = |text: &str| {
        let part =
            |part: relata::StatementSpan| (text[part.span.range()].to_owned(), part.complete);
        split(text).map(part).collect::<Vec<_>>()
    };
    let whole = |text: &str| (text.to_owned(), true);
    let open = |text: &str| (text.to_owned(), false);
    assert_eq!(
        statements(" a ; b // ;\n ;; c "),
        [whole("a"), whole("b"), open("c")]
    );
    assert_eq!(
        statements("'a;' `;` \"\\\";\" /* ; */ x;"),
        [whole("'a;' `;` \"\\\";\" /* ; */ x")]
    );
    assert_eq!(statements("a; 'b; c"), [whole("a"), open("'b; c")]);
    assert_eq!(statements(" ; /* nothing */ ; // at all"), []);
    assert_eq!(statements(""), []);
}

#[test]
fn spans_hold_no_blank_space_and_columns_bear_the_text_as_it_was_written() {
    let text = "MATCH (n) /* a */ WHERE n.x = 1 // b\nRETURN n . x + 1  /* c */ , 'a // b' ; // d";
    let Body::Query(query) = parse(text).unwrap().body else {
        panic!()
    };
    let slice = |span: relata::Span| &text[span.range()];
    let [Clause::Match(find), Clause::Return(give)] = &query.first.clauses[..] else {
        panic!()
    };
    assert_eq!(slice(find.span), "MATCH (n) /* a */ WHERE n.x = 1");
    assert_eq!(slice(find.pattern.span), "(n)");
    assert_eq!(slice(give.span), "RETURN n . x + 1  /* c */ , 'a // b'");
    assert_eq!(give.projection.items[0].text, "n . x + 1");
    assert_eq!(give.projection.items[1].text, "'a // b'");
    assert_eq!(slice(query.span), text.trim_end_matches(" ; // d"));
}

#[test]
fn operators_nest_by_precedence() {
    let cases = [
        (
            "NOT a = b AND c OR d XOR e",
            "(((NOT (a = b)) AND c) OR (d XOR e))",
        ),
        ("a + b * c ^ d ^ e", "(a + (b * ((c ^ d) ^ e)))"),
        ("-a ^ b", "((-a) ^ b)"),
        ("a + b IN c IS NULL", "(((a + b) IN c) IS NULL)"),
        ("a < b <= c", "(a < b <= c)"),
        ("a - b - c", "((a - b) - c)"),
        ("a STARTS WITH b + c = d", "((a STARTS WITH (b + c)) = d)"),
    ];
    for (text, expected) in cases {
        assert_eq!(bracketed(&parse_expression(text).unwrap()), expected);
    }
}

/// The expression with brackets around every operator.
fn bracketed(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Binary(op, _, left, right) => {
            format!("({} {op} {})", bracketed(left), bracketed(right))
        }
        ExprKind::Unary(UnaryOp::Not, operand) => format!("(NOT {})", bracketed(operand)),
        ExprKind::Unary(op, operand) => format!("({op}{})", bracketed(operand)),
        ExprKind::IsNull { operand, .. } => format!("({} IS NULL)", bracketed(operand)),
        ExprKind::Comparison(first, rest) => {
            let rest = rest
                .iter()
                .map(|(op, operand)| format!(" {} {}", op.symbol(), bracketed(operand)));
            format!("({}{})", bracketed(first), rest.collect::<String>())
        }
        _ => expr.to_string(),
    }
}
