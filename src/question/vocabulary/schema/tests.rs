//! Questions in graphs without a vocabulary file, as statements.

use crate::question::testing::asked;

const FILMS: &str = "
    a :Film; title=Old; released=1962; runtime=104; rating=7
    b :Film; title=New; released=2014; runtime=121
    c :Film; title=New; released=1999; runtime=90
    p :Person; name=Ann Lee; born=1980; died=2020
    q :Person; name=Bob Ray; born=1955
    s :Showing; id=s1; day=@2024-03-08; starts=@2024-03-08T20:15; seats=120
    w :Award; name=Reel
    p ACTED_IN a; role=Elsa
    q ACTED_IN a; role=Finn
    p DIRECTED b
    q WROTE c
    s SHOWS a
    p WON w; year=2001
    q BELONGS_TO w; since=2010
    q LIVES_IN t
    t :Town; name=Hull; population=2000
";

/// Lines may use nodes that later lines describe.
fn films(question: &str) -> String {
    let (nodes, ties): (Vec<&str>, Vec<&str>) = FILMS.lines().partition(|line| line.contains(" :"));
    asked(&[nodes, ties].concat().join("\n"), question)
}

fn check(question: &str, part: &str) {
    let statement = films(question);
    assert!(statement.contains(part), "{question}\n{statement}");
}

fn refused(question: &str) {
    let statement = films(question);
    assert!(statement.starts_with('('), "{question}\n{statement}");
}

#[test]
fn integers_of_keys_for_times_are_years() {
    check(
        "which films were released before 1970",
        "film.released < 1970",
    );
    check("which films were released between 1960 and 2000", ">= 1960");
    check("which films were released in 1999", "film.released = 1999");
    check("which people were born after 1960", "person.born > 1960");
    check("who won Reel in 2001", "year = 2001");
    refused("which films were released in March 1999");
    check("what is the oldest film", "min(released)");
    check("what is the most recent film", "max(released)");
}

#[test]
fn a_time_alone_is_not_the_time_of_an_event() {
    refused("who acted in 2012");
    assert!(!films("which people directed a film in 2014").contains("born"));
    check("what is the last film", "max(released)");
    check("which films are from 1999", "film.released");
}

#[test]
fn temporal_values_are_compared_with_temporal_values() {
    check(
        "which showings have a day after 2023",
        "showing.day >= date('2024-01-01')",
    );
    check(
        "which showings have a day in March 2024",
        "showing.day < date('2024-04-01')",
    );
    check(
        "which showings have a starts before March 2024",
        "date(showing.starts) < date('2024-03-01')",
    );
}

#[test]
fn when_asks_for_the_date_of_the_verb() {
    check("when was Old released", "film.released AS released");
    check("when was Ann Lee born", "person.born AS born");
    check("when did Ann Lee die", "person.died AS died");
    check("in which year was Bob Ray born", "person.born AS born");
    check("when did Ann Lee win Reel", "r.year AS year");
    check("since when does Bob Ray belong to Reel", "r.since AS since");
}

#[test]
fn entities_with_the_same_name_keep_a_row_each() {
    check(
        "which films are there",
        "WITH DISTINCT film RETURN film.title AS film ORDER BY film",
    );
    check(
        "which people are there",
        "RETURN DISTINCT person.name AS person",
    );
    check("what is the longest film", "WITH DISTINCT row.film AS film");
    check(
        "how many people acted in each film",
        "WITH film, count(DISTINCT person) AS people RETURN film.title AS film",
    );
}

#[test]
fn entities_without_names_have_the_key_that_identifies_them() {
    check("which showings show Old", "showing.id AS showing");
    const ORDERS: &str = "
        a :Order; number=1004; day=@2024-01-02
        b :Order; number=1005; day=@2024-02-02
        n :Grant; number=G-2016-04
        c :Person; name=Ann
        x :Step; size=3
        c PLACED a
        c GOT n
        c TOOK x
    ";
    let has = |question: &str, part: &str| {
        let statement = asked(ORDERS, question);
        assert!(statement.contains(part), "{question}\n{statement}");
    };
    has("who placed order 1004", "(:Order {number: 1004})");
    has("which orders are there", "`order`.number AS order");
    has("who got G-2016-04", "(:Grant {number: 'G-2016-04'})");
    has("which grants are there", "grant.number AS grant");
    has("which steps are there", "RETURN DISTINCT step ORDER");
}

#[test]
fn verbs_have_an_active_and_a_passive_form_and_agents() {
    check("which films did Ann Lee act in", "<-[:ACTED_IN]-");
    check("who acted in Old", "-[:ACTED_IN]->");
    check("which films were acted in by Ann Lee", "<-[:ACTED_IN]-");
    check("which actors were born before 1960", "-[:ACTED_IN]->");
    check("who is the director of New", "-[:DIRECTED]->");
    check("which writers were born after 1950", "-[:WROTE]->");
    check("where does Bob Ray live", "<-[:LIVES_IN]-");
    check("who lives in Hull", "-[:LIVES_IN]->");
}

#[test]
fn keys_of_measures_have_ranks() {
    check("what is the shortest film", "min(runtime)");
    check("which films are longer than Old", "film.runtime >");
    check("films longer than 100 minutes", "film.runtime > 100");
    check("how long is Old", "film.runtime AS runtime");
    check("what is the best film", "max(rating)");
    check("who is the oldest person", "min(born)");
    check("what is the biggest town", "max(population)");
}

const SHOP: &str = "
    a :Venue; name=Acta; kind=journal; country=United Kingdom; email=a@x.org
    b :Venue; name=Bars; kind=conference; country=Norway; email=b@x.org
    c :Paper; name=Reading; language=English; stock=0; stars=5
    d :Paper; name=Writing; language=German; stock=4; stars=1
    g :Genre; name=Essay
    h :Genre; name=Comedy
    c IN_GENRE g
    a CONTAINS c
";

fn shop(question: &str, part: &str) {
    let statement = asked(SHOP, question);
    assert!(statement.contains(part), "{question}\n{statement}");
}

#[test]
fn who_asks_for_people_and_for_bodies() {
    const WARES: &str = "
        a :Ware; name=Lamp
        b :Supplier; name=Bright
        c :Customer; name=Ann
        a SUPPLIED_BY b
        c BOUGHT a
    ";
    let supplies = asked(WARES, "who supplies the Lamp");
    assert!(supplies.contains("(supplier:Supplier)"), "{supplies}");
    let bought = asked(WARES, "who bought the Lamp");
    assert!(bought.contains("(customer:Customer)"), "{bought}");
}

#[test]
fn a_plain_date_is_the_time_of_the_event_of_a_type() {
    const PAPERS: &str = "
        a :Paper; title=Old; year=1999
        b :Paper; title=New; year=2012
        v :Venue; name=Acta
        c :Author; name=Ann
        a PUBLISHED_IN v
        c WROTE a
    ";
    let published = asked(PAPERS, "which papers were published in 2012");
    assert!(
        published.starts_with("MATCH (paper:Paper) WHERE paper.year = 2012"),
        "{published}"
    );
    let venue = asked(PAPERS, "which papers were published in Acta");
    assert!(venue.contains("-[:PUBLISHED_IN]->"), "{venue}");
    let written = asked(PAPERS, "when was Old written");
    assert!(written.contains("paper.year AS year"), "{written}");
}

#[test]
fn values_of_kinds_are_nouns() {
    shop("which venues are journals", "venue.kind = 'journal'");
    shop(
        "how many conferences are there",
        "conference.kind = 'conference'",
    );
    shop(
        "are there any essays",
        "-[:IN_GENRE]->(:Genre {name: 'Essay'})",
    );
    shop("are there any comedies", "(:Genre {name: 'Comedy'})");
    shop("describe Essay", "(genre:Genre {name: 'Essay'})");
}

#[test]
fn values_of_classes_are_adjectives() {
    shop("which papers are in English", "paper.language = 'English'");
    shop("which papers are not in English", "NOT ");
    shop("list the English papers", "paper.language = 'English'");
    shop("which venues are in the United Kingdom", "'United Kingdom'");
    shop("which venues come from Norway", "venue.country = 'Norway'");
    shop("which papers are out of stock", "paper.stock = 0");
}

#[test]
fn keys_and_types_have_further_words() {
    shop("what is the email address of Acta", "venue.email AS email");
    shop("how many venues are called Acta", "count(");
    shop("which papers have one star", "paper.stars = 1");
    shop("what is in Acta", "<-[:CONTAINS]-");
    shop("which papers are in Acta", "-[:CONTAINS]-");
    check(
        "what is the year of birth of Ann Lee",
        "person.born AS born",
    );
    check(
        "what is the release year of Old",
        "film.released AS released",
    );
}
