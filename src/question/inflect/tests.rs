//! Inflection of sample words.

use proptest::prelude::*;

use super::*;

fn verb(base: &str, expected: &str) {
    let forms = verb_forms(base);
    let shown = [
        forms.third,
        forms.past.join("/"),
        forms.participle.join("/"),
        forms.progressive.join("/"),
    ];
    assert_eq!(shown.join(" | "), expected, "{base}");
}

#[test]
fn regular_verbs() {
    verb("cover", "covers | covered | covered | covering");
    verb("use", "uses | used | used | using");
    verb("carry", "carries | carried | carried | carrying");
    verb("employ", "employs | employed | employed | employing");
    verb("pass", "passes | passed | passed | passing");
    verb("plan", "plans | planned | planned | planning");
    verb("refer", "refers | referred | referred | referring");
    verb(
        "model",
        "models | modelled/modeled | modelled/modeled | modelling/modeling",
    );
    verb("visit", "visits | visited | visited | visiting");
    verb("agree", "agrees | agreed | agreed | agreeing");
    verb("load", "loads | loaded | loaded | loading");
    verb("die", "dies | died | died | dying");
}

#[test]
fn irregular_verbs_and_phrases() {
    verb("give", "gives | gave | given | giving");
    verb("sit in", "sits in | sat in | sat in | sitting in");
    verb("go", "goes | went | gone | going");
    verb("have", "has | had | had | having");
}

#[test]
fn plurals_of_words_and_phrases() {
    let check =
        |noun: &str, expected: &str| assert_eq!(plurals(noun).join("/"), expected, "{noun}");
    check("course", "courses");
    check("class", "classes");
    check("authority", "authorities");
    check("day", "days");
    check("person", "people/persons");
    check("knowledge base", "knowledge bases");
    check("point of contact", "points of contact");
    check("KSS", "KSS/KSSes");
    check("PCF domain", "PCF domains");
    check("PDF", "PDFs");
    check("Child", "Children");
    check("chairman", "chairmen");
    check("human", "humans");
}

#[test]
fn base_forms_are_found_again() {
    for (third, base) in [
        ("covers", "cover"),
        ("uses", "use"),
        ("carries", "carry"),
        ("passes", "pass"),
        ("teaches", "teach"),
        ("has", "have"),
        ("knows", "know"),
        ("likes", "like"),
        ("employs", "employ"),
        ("builds", "build"),
    ] {
        assert_eq!(base_of_third(third).as_deref(), Some(base), "{third}");
    }
    assert_eq!(base_of_third("about"), None);
    for (participle, base) in [
        ("provided", "provide"),
        ("covered", "cover"),
        ("located", "locate"),
        ("planned", "plan"),
        ("used", "use"),
        ("given", "give"),
        ("carried", "carry"),
        ("affiliated", "affiliate"),
        ("underpinned", "underpin"),
        ("published", "publish"),
        ("involved", "involve"),
        ("visited", "visit"),
        ("led", "lead"),
        ("judged", "judge"),
        ("developed", "develop"),
        ("assigned", "assign"),
        ("directed", "direct"),
        ("produced", "produce"),
        ("reviewed", "review"),
        ("followed", "follow"),
        ("called", "call"),
        ("funded", "fund"),
        ("trained", "train"),
        ("died", "die"),
        ("tried", "try"),
    ] {
        assert_eq!(
            base_of_participle(participle).as_deref(),
            Some(base),
            "{participle}"
        );
    }
}

#[test]
fn names_fall_into_words() {
    let check = |name: &str, expected: &str| assert_eq!(parts(name).join(" "), expected, "{name}");
    check("LearningResource", "learning resource");
    check("PCFDomain", "PCF domain");
    check("KSS", "KSS");
    check("startMonth", "start month");
    check("IS_LOCATED_IN", "is located in");
    check("hasCreator", "has creator");
    check("first_name", "first name");
    check("COVERS", "COVERS");
    check("name", "name");
}

proptest! {
    #[test]
    fn a_regular_participle_leads_back_to_a_verb_that_has_it(verb in "[b-df-hj-np-tv-z]{1,2}[aeiou]{1,2}[a-z]{1,4}") {
        for participle in verb_forms(&verb).participle {
            if let Some(base) = base_of_participle(&participle) {
                prop_assert!(verb_forms(&base).participle.contains(&participle), "{} {} {}", verb, participle, base);
            }
        }
    }

    #[test]
    fn forms_differ_from_one_another(verb in "[a-z]{3,9}") {
        let forms = verb_forms(&verb);
        prop_assert_ne!(&forms.third, &forms.base);
        prop_assert!(!forms.progressive.contains(&forms.base));
        prop_assert!(forms.progressive.iter().all(|form| form.ends_with("ing")));
    }

    #[test]
    fn a_third_person_leads_back_to_a_verb_that_has_it(verb in "[a-z]{2,9}") {
        let third = verb_forms(&verb).third;
        let base = base_of_third(&third).expect("every third person is of a verb");
        prop_assert_eq!(verb_forms(&base).third, third);
    }

    #[test]
    fn no_letter_of_a_name_is_lost(name in "[A-Za-z_]{0,20}") {
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        prop_assert_eq!(letters(&parts(&name).concat()), letters(&name));
    }
}

#[test]
fn those_who_do_something_are_called_after_it() {
    let check = |verb: &str, expected: &str| assert_eq!(agents(verb).join("/"), expected, "{verb}");
    check("direct", "director");
    check("write", "writer/author");
    check("act", "actor/actress");
    check("found", "founder");
    check("produce", "producer");
    check("supply", "supplier");
    check("edit", "editor");
    check("create", "creator");
    check("employ", "employer");
    check("run", "runner");
    check("contain", "");
    assert_eq!(irregular_agents("act").len(), 2);
    assert!(irregular_agents("live").is_empty());
}
