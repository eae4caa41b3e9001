//! The register of the features of ISO GQL: it is complete, its examples give what they say, and it is in the manual.
//! `UPDATE_DOCS=1` rewrites the manual.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use relata::{Database, features, function::Example, split};

/// The number of optional features in annex D of the standard.
const FEATURES: usize = 228;

#[test]
fn the_register_has_every_feature_once() {
    let codes: BTreeSet<_> = features().map(|feature| feature.code).collect();
    assert_eq!((codes.len(), features().count()), (FEATURES, FEATURES));
}

/// The result of the last statement of an example.
fn result(example: &Example) -> String {
    let mut database = Database::connected_practice();
    let mut found = String::new();
    for piece in split(example.query) {
        let statement = &example.query[piece.span.range()];
        match database.query(statement).run() {
            Ok(answer) => {
                let cells = answer.single().map(|row| {
                    let cells = row.cells().map(|cell| cell.to_string());
                    cells.collect::<String>()
                });
                found = cells.unwrap_or_default();
            }
            Err(error) => return error.to_string(),
        }
    }
    found
}

#[test]
fn every_example_gives_what_it_says() {
    let mut wrong = Vec::new();
    for feature in features() {
        for example in feature.examples {
            let found = result(example);
            if found != example.result {
                wrong.push(format!(
                    "{}: {}: expected {}, found {found}",
                    feature.code, example.query, example.result
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An example with a result that a missing feature could also give would show nothing.
#[test]
fn every_example_can_fail() {
    let empty = ["null", "false", "0", "0.0", "''", "[]"];
    for feature in features() {
        for example in feature.examples {
            assert!(!empty.contains(&example.result), "{}", feature.code);
        }
    }
}

#[test]
fn a_procedure_lists_the_register() {
    let mut database = Database::empty();
    let query = "CALL relata.features() YIELD code, supported WHERE supported RETURN count(code)";
    let answer = database.query(query).run().expect("the procedure runs");
    let supported = features().filter(|feature| feature.is_supported()).count();
    let row = answer.single().expect("there is one row");
    let count: String = row.cells().map(|cell| cell.to_string()).collect();
    assert_eq!(count, supported.to_string());
}

const HEAD: &str = "\
# Features of ISO GQL

Generated from the register in `src/function/feature` by `UPDATE_DOCS=1 cargo test --test features`. A test runs each example.
`relata features` and `CALL relata.features()` print the register.

The tier says how much a feature matters to the users of a query engine over one graph: 1 most, 3 least; a feature without a tier
is not planned. The last column names the other engines that say in their documents, as of November 2026, that they have the feature:
**N**eo4j, **G**rafeo, **U**ltipa, Microsoft **F**abric, **s**elene-db.
";

fn manual() -> String {
    let mut text = HEAD.to_owned();
    let counted = |tier| {
        let of_tier = || features().filter(move |feature| feature.tier == tier);
        let has = of_tier().filter(|feature| feature.is_supported()).count();
        format!("{has} of {}", of_tier().count())
    };
    let has = features().filter(|feature| feature.is_supported()).count();
    writeln!(
        text,
        "\nRelata has {has} of {FEATURES} features: {} of tier 1, {} of tier 2, {} of tier 3.",
        counted(1),
        counted(2),
        counted(3)
    )
    .unwrap();
    for (sign, name) in [
        ('N', "Neo4j"),
        ('G', "Grafeo"),
        ('U', "Ultipa"),
        ('F', "Fabric"),
        ('S', "selene-db"),
    ] {
        let claims = features().filter(|feature| feature.claims.contains(sign));
        writeln!(text, "{name} claims {}.", claims.count()).unwrap();
    }
    text += "\n| code | feature | tier | Relata | others |\n| --- | --- | ---: | --- | --- |\n";
    for feature in features() {
        let tier = match feature.tier {
            0 => String::new(),
            tier => tier.to_string(),
        };
        let has = if feature.is_supported() { "yes" } else { "" };
        let (code, name, claims) = (feature.code, feature.name, feature.claims);
        writeln!(text, "| {code} | {name} | {tier} | {has} | {claims} |").unwrap();
    }
    text += "\n## Examples\n\nThe comment after a statement is its result.\n\n```text\n";
    for feature in features() {
        for example in feature.examples {
            writeln!(
                text,
                "{}  {}  // {}",
                feature.code, example.query, example.result
            )
            .unwrap();
        }
    }
    text + "```\n"
}

#[test]
fn the_manual_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/GQL.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, manual()).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    let help = "docs/GQL.md is out of date: run `UPDATE_DOCS=1 cargo test --test features`";
    assert!(found == manual(), "{help}");
}
