//! Questions as sequences of words.

use super::*;

fn check(text: &str, expected: &str) {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    assert_eq!(words.join("|"), expected, "{text}");
}

#[test]
fn an_accent_alone_is_no_word() {
    assert!(words("\u{363}").is_empty());
}

#[test]
fn case_accents_and_hyphens_do_not_matter() {
    check("Which Café-Courses", "which|cafe|courses");
    check("trauma–informed  PRACTICE", "trauma|informed|practice");
    check("Cafe\u{301} snake_case a/b", "cafe|snake|case|a|b");
    check("well\u{ad}being Łódź Straße", "wellbeing|lodz|strasse");
}

#[test]
fn possessives_are_words_and_contractions_are_spelt_out() {
    check(
        "Ann's and the leads' course",
        "ann|'s|and|the|leads|'s|course",
    );
    check(
        "what\u{2019}re who's isn't don't I'd",
        "what|are|who|is|is|not|do|not|i|would",
    );
    check(
        "can't won't let's whats dont",
        "can|not|will|not|let|us|what|is|do|not",
    );
    check("O'Brien's model", "obrien|'s|model");
}

#[test]
fn marks_are_words_and_quotes_keep_their_text() {
    check("red, green; blue?", "red|,|green|,|blue|?");
    check("say \"Big Red, or not\"?", "say|\"Big Red, or not|?");
    check("the 'Big Red' box", "the|\"Big Red|box");
    check("\u{201c}A\u{201d} & \u{2018}B's\u{2019}", "\"A|and|\"B's");
    check("the leads' work 'A'", "the|leads|'s|work|\"A");
    check("C++ or C#, v2.0. End.", "c++|or|c#|,|v2.0|.|end|.");
}

#[test]
fn numbers_keep_what_makes_them_one() {
    check(
        "1,000 and 12,345.5 or 1,2,3",
        "1000|and|12345.5|or|1|,|2|,|3",
    );
    check(
        "2025-10 2025-07-04 2015\u{2013}16",
        "2025-10|2025-07-04|2015-16",
    );
    check("7-10 7\u{2013}10 4th 2-day", "7|to|10|7|to|10|4th|2|day");
    check("7 - 10", "7|10");
}

#[test]
fn each_word_knows_its_place() {
    let text = "What\u{2019}s Zoë's, 7-10?";
    let places: Vec<&str> = words(text)
        .iter()
        .map(|word| &text[word.span.range()])
        .collect();
    assert_eq!(
        places,
        [
            "What\u{2019}s",
            "What\u{2019}s",
            "Zoë",
            "'s",
            ",",
            "7",
            "-",
            "10",
            "?"
        ]
    );
}

#[test]
fn names_lose_marks_and_quotes() {
    assert_eq!(
        normal("Part 1 - \"Infancy\", & (early) life"),
        "part 1 infancy and early life"
    );
    assert_eq!(normal("Plain Name"), "plain name");
    assert_eq!(normal("Dont look"), "do not look");
    assert_eq!(normal("Double  blank "), "double blank");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_every_span_lies_in_it(text in "\\PC{0,40}") {
        let mut end = 0;
        for word in words(&text) {
            proptest::prop_assert!(text.get(word.span.range()).is_some());
            proptest::prop_assert!(word.span.end >= end);
            proptest::prop_assert!(!word.text.is_empty());
            end = word.span.end;
        }
    }

    #[test]
    fn a_normal_name_stays_as_it_is(text in "\\PC{0,30}") {
        let once = normal(&text);
        proptest::prop_assert_eq!(normal(&once), once);
    }

    #[test]
    fn what_words_give_is_what_normal_gives(text in "[a-zA-Z0-9 ,.é'-]{0,30}") {
        let words: Vec<String> = words(&text).into_iter().filter(|word| !word.is_mark()).map(|word| word.text).collect();
        if words.iter().all(|word| !word.starts_with('"')) {
            proptest::prop_assert_eq!(words.join(" "), normal(&text));
        }
    }
}
