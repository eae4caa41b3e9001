//! Citations against the documents: lines, spellings, names, and places of single properties.

use std::collections::BTreeMap;

use crate::graph::{
    check::{
        Check, CheckReport, Failure,
        text::{folded, occurs_in, plain},
        view::{Entity, Place, View},
    },
    manifest::{Citations, End},
};

type Sources = BTreeMap<String, String>;

/// Verifies the citations, as far as the documents are available.
pub(super) fn check(
    view: &View<'_>,
    citations: &Citations,
    sources: Option<&Sources>,
    report: &mut CheckReport,
) {
    if let Some(key) = &citations.elsewhere {
        report.checks.push(elsewhere(*view, key));
    }
    let Some(sources) = sources else {
        report.skipped.push(
            "citations in the documents: name the folder of the documents with `--sources`"
                .to_owned(),
        );
        return;
    };
    let library = Library::new(*view, sources);
    report.checks.push(documents(*view, sources));
    report.checks.push(library.lines(citations));
    report.checks.push(library.spellings(citations));
    report.checks.push(library.names(citations));
}

/// Checks that each document exists and has the declared number of lines.
fn documents(view: View<'_>, sources: &Sources) -> Check {
    let mut check = Check::new("each document has the number of lines that the manifest states");
    for document in &view.manifest.documents {
        check.checked += 1;
        let found = sources.get(&document.file).map(|text| text.lines().count());
        let message = match found {
            None => "expected the text of the document, found none".to_owned(),
            Some(lines) if lines != document.lines => {
                format!("expected {} lines, found {lines}", document.lines)
            }
            Some(_) => continue,
        };
        check.failures.push(Failure {
            entity: document.key.clone(),
            place: Some((document.file.clone(), 1)),
            message,
        });
    }
    check
}

/// Checks that each entry of the key names a property of its entity and a place: `eligibility S0:42 layout`.
fn elsewhere(view: View<'_>, key: &str) -> Check {
    let mut check =
        Check::new("properties with separate citations exist, and their cited lines exist");
    for entity in view.nodes("*") {
        for entry in view.texts(entity, key) {
            check.checked += 1;
            let mut words = entry.split_whitespace();
            let property = words.next().unwrap_or_default();
            let place = words.next().and_then(place);
            let fault = match &place {
                None => Some(format!(
                    "expected a property and a place such as `S0:42`, found `{entry}`"
                )),
                Some(_) if view.property(entity, property).is_null() => {
                    Some(format!("expected the property `{property}`, found none"))
                }
                Some(place) => view.fault_of_place(place),
            };
            check
                .failures
                .extend(fault.map(|message| view.failure_at(entity, place.as_ref(), message)));
        }
    }
    check
}

/// Parses `S0:42` or `S0:23-24`.
fn place(text: &str) -> Option<Place> {
    let (document, lines) = text.split_once(':')?;
    let (from, to) = lines.split_once('-').unwrap_or((lines, lines));
    Some(Place {
        document: document.to_owned(),
        from: from.parse().ok()?,
        to: to.parse().ok()?,
    })
}

/// The documents, split into lines.
struct Library<'a> {
    view: View<'a>,
    lines: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Library<'a> {
    fn new(view: View<'a>, sources: &'a Sources) -> Self {
        let documents = view.manifest.documents.iter();
        let found =
            documents.filter_map(|document| Some((&*document.key, sources.get(&document.file)?)));
        let lines = found.map(|(key, text)| (key, text.lines().collect()));
        Self {
            view,
            lines: lines.collect(),
        }
    }

    /// The text of a place, or `None` if one of its lines does not exist.
    fn text(&self, place: &Place) -> Option<String> {
        let lines = self.lines.get(&*place.document)?;
        let from = usize::try_from(place.from).ok()?.checked_sub(1)?;
        Some(lines.get(from..usize::try_from(place.to).ok()?)?.join("\n"))
    }

    fn text_of(&self, entity: Entity, citations: &Citations) -> Option<String> {
        self.text(&self.view.place(entity, citations)?)
    }

    /// Checks that cited lines exist and are not blank.
    fn lines(&self, citations: &Citations) -> Check {
        let mut check = Check::new("cited lines exist and are not blank");
        let mut entities = self.view.nodes("*");
        entities.extend(self.view.relationships("*"));
        for entity in entities {
            let Some(place) = self.view.place(entity, citations) else {
                continue;
            };
            check.checked += 1;
            let message = match self.text(&place) {
                None => "expected lines of the document, found none",
                Some(text) if text.trim().is_empty() => {
                    "expected text in the cited lines, found only blanks"
                }
                Some(_) => continue,
            };
            check.failures.push(self.view.failure(entity, message));
        }
        check
    }

    /// Checks that each spelling occurs verbatim in its cited lines.
    fn spellings(&self, citations: &Citations) -> Check {
        let mut check = Check::new("spellings occur exactly in their cited lines");
        for spelling in &citations.spellings {
            for entity in self.view.relationships(&spelling.kind) {
                for form in self.view.texts(entity, &spelling.key) {
                    check.checked += 1;
                    let text = self.text_of(entity, citations).unwrap_or_default();
                    if !occurs_in(&plain(&text), &plain(&form)) {
                        let message = format!("expected `{form}` in the cited lines");
                        check.failures.push(self.view.failure(entity, message));
                    }
                }
            }
        }
        check
    }

    /// Checks that each name of a stated node occurs in its cited lines, is a recorded spelling, or is explained by a
    /// note.
    fn names(&self, citations: &Citations) -> Check {
        let mut check = Check::new(
            "names of stated nodes occur in their cited lines or are explained by a note",
        );
        let spelt = self.spelt(citations);
        for entity in self.view.nodes("*") {
            let basis = citations
                .basis
                .as_ref()
                .map(|key| self.view.texts(entity, key));
            if !basis.is_none_or(|basis| basis.iter().any(|basis| citations.stated.contains(basis)))
            {
                continue;
            }
            let text = folded(&self.text_of(entity, citations).unwrap_or_default());
            let note = self.note(entity, citations);
            for (position, key) in citations.names.iter().enumerate() {
                for name in self.view.texts(entity, key) {
                    check.checked += 1;
                    let wanted = folded(&name);
                    let spellings = node_index(entity).and_then(|node| spelt.get(&node));
                    let is_good = occurs_in(&text, &wanted)
                        || spellings.is_some_and(|forms| forms.contains(&wanted))
                        || explains(&note, position == 0, &name);
                    if !is_good {
                        let message = format!(
                            "expected `{name}` in the cited lines, or a note that explains it"
                        );
                        check.failures.push(self.view.failure(entity, message));
                    }
                }
            }
        }
        check
    }

    fn note(&self, entity: Entity, citations: &Citations) -> String {
        let notes = citations
            .note
            .iter()
            .flat_map(|key| self.view.texts(entity, key));
        notes.collect::<Vec<_>>().join("; ")
    }

    /// The spellings that relationships record for each node.
    fn spelt(&self, citations: &Citations) -> BTreeMap<u32, Vec<String>> {
        let mut spelt: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for spelling in &citations.spellings {
            for entity in self.view.relationships(&spelling.kind) {
                let Entity::Relationship(edge) = entity else {
                    continue;
                };
                let (start, end) = self.view.graph.endpoints(edge);
                let node = match spelling.of {
                    End::Start => start,
                    End::End => end,
                };
                let forms = self.view.texts(entity, &spelling.key);
                spelt
                    .entry(node.0)
                    .or_default()
                    .extend(forms.iter().map(|form| folded(form)));
            }
        }
        spelt
    }
}

fn node_index(entity: Entity) -> Option<u32> {
    match entity {
        Entity::Node(node) => Some(node.0),
        Entity::Relationship(_) => None,
    }
}

/// Whether a note explains a name: for the preferred name, the note starts with the word `Name`; for others, it
/// contains the name.
fn explains(note: &str, is_preferred: bool, name: &str) -> bool {
    if is_preferred {
        note.strip_prefix("Name")
            .is_some_and(|rest| rest.starts_with(' '))
    } else {
        occurs_in(&plain(note), &plain(name))
    }
}
