//! Nouns for processes and events: `affiliation` for `affiliate`, `order` for `order`, `screening` for `screen`.

/// Nouns of processes, each with the base forms of verbs for what happens in one.
const NOUNS: &[(&str, &str)] = &[
    ("acquisition", "acquire"),
    ("admission", "admit"),
    ("adoption", "adopt"),
    ("affiliation", "affiliate"),
    ("allocation", "allocate"),
    ("application", "apply for"),
    ("appointment", "appoint"),
    ("approval", "approve"),
    ("arrest", "arrest"),
    ("assessment", "assess"),
    ("assignment", "assign"),
    ("association", "associate"),
    ("audit", "audit"),
    ("authorisation", "authorise"),
    ("booking", "book"),
    ("broadcast", "broadcast"),
    ("certification", "certify"),
    ("classification", "classify"),
    ("collaboration", "collaborate"),
    ("collection", "collect"),
    ("complaint", "complain about"),
    ("concert", "perform"),
    ("consultation", "consult"),
    ("contribution", "contribute"),
    ("delivery", "deliver"),
    ("deployment", "deploy"),
    ("diagnosis", "diagnose"),
    ("donation", "donate/give"),
    ("election", "elect"),
    ("employment", "employ"),
    ("enrollment", "enroll in/enroll on"),
    ("enrolment", "enrol in/enrol on"),
    ("evaluation", "evaluate"),
    ("examination", "examine"),
    ("exhibition", "exhibit"),
    ("experiment", "experiment on"),
    ("export", "export"),
    ("flight", "fly to"),
    ("funding", "fund"),
    ("import", "import"),
    ("inspection", "inspect"),
    ("installation", "install"),
    ("interview", "interview"),
    ("investigation", "investigate"),
    ("investment", "invest in"),
    ("lease", "lease"),
    ("lesson", "teach"),
    ("loan", "borrow"),
    ("location", "locate"),
    ("measurement", "measure"),
    ("nomination", "nominate"),
    ("observation", "observe"),
    ("operation", "operate on"),
    ("order", "order/buy/purchase"),
    ("payment", "pay"),
    ("performance", "perform"),
    ("placement", "place"),
    ("play", "play"),
    ("prescription", "prescribe"),
    ("presentation", "present"),
    ("promotion", "promote"),
    ("purchase", "purchase/buy"),
    ("rating", "rate"),
    ("registration", "register for"),
    ("rental", "rent"),
    ("repair", "repair"),
    ("request", "request"),
    ("reservation", "reserve/book"),
    ("return", "return"),
    ("review", "review"),
    ("sale", "sell"),
    ("scan", "scan"),
    ("screening", "screen"),
    ("shipment", "ship"),
    ("showing", "show/screen"),
    ("subscription", "subscribe to"),
    ("survey", "survey"),
    ("test", "test"),
    ("transaction", "buy"),
    ("transfer", "transfer"),
    ("translation", "translate"),
    ("treatment", "treat"),
    ("trial", "try"),
    ("trip", "travel to"),
    ("vaccination", "vaccinate"),
    ("visit", "visit"),
    ("vote", "vote for"),
];

/// The base forms of the verbs for what happens in an event, the most usual first: `order` for the noun `order`.
#[must_use]
pub fn verbs_of_event(noun: &str) -> Vec<String> {
    let verbs = NOUNS.iter().filter(|(name, _)| *name == noun);
    verbs
        .flat_map(|(_, verbs)| verbs.split('/'))
        .map(str::to_owned)
        .collect()
}

/// The nouns for the process of a verb: `affiliation` for `affiliate`.
#[must_use]
pub fn processes(base: &str) -> Vec<String> {
    let nouns = NOUNS.iter().filter(|(name, verbs)| {
        *name != base
            && verbs
                .split('/')
                .any(|verb| verb.split(' ').next() == Some(base))
    });
    nouns.map(|(noun, _)| (*noun).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_verbs_and_a_verb_has_processes() {
        assert_eq!(verbs_of_event("order"), ["order", "buy", "purchase"]);
        assert_eq!(processes("affiliate"), ["affiliation"]);
        assert!(verbs_of_event("table").is_empty());
        assert!(processes("order").is_empty());
    }
}
