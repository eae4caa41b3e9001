//! Resolves the heads of noun phrases.

use super::{ResolveError, ResolveResult, Resolver};
use crate::{
    base::Span,
    question::{
        mention::{Entity, Meaning},
        resolved::{Constant, EntitySet, EntityType, Name, Restriction},
        tree::{Det, Head, Np, Numbers, Pred, RelationWord, Token},
        vocabulary::{AttributeId, NounId, VerbId},
        word::normal,
    },
    value::{LabelId, Value},
};

/// A candidate for the entities of a noun phrase, without its predicates.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) entity_type: EntityType,
    pub(super) noun: Option<NounId>,
    pub(super) name: Option<Name>,
    pub(super) numbers: Option<(AttributeId, Numbers)>,
    /// The variable of an earlier noun phrase.
    pub(super) again: Option<String>,
    /// The name before the noun, to which the entities are related: `SoS authorities`.
    pub(super) relation: Option<Token>,
    /// The verbs whose subject the entities are, or with `true` the object: `lead`, `provider`.
    pub(super) role: Option<(Vec<VerbId>, bool)>,
    pub(super) cost: u32,
}

impl Candidate {
    pub(super) fn of_type(entity_type: EntityType) -> Self {
        Self {
            entity_type,
            noun: None,
            name: None,
            numbers: None,
            again: None,
            relation: None,
            role: None,
            cost: 0,
        }
    }
}

/// Maximum number of entities with the same name that are distinguished; more are one candidate.
const TOLD_APART: usize = 8;

impl Resolver<'_> {
    /// The candidates for a noun phrase, lowest cost first.
    pub(super) fn candidates(&self, np: &Np) -> ResolveResult<Vec<Candidate>> {
        if np.same {
            let what = "needs `as`: `the same … as …`".to_owned();
            return Err(ResolveError::Unanswerable(what, np.span));
        }
        let found = match &np.head {
            Head::Noun(token) | Head::NounAttribute { noun: token, .. } => self.nouns(*token),
            Head::Numbered(token, numbers) => self.numbered(*token, numbers),
            Head::EachNumber(token, numbers) => {
                self.numbered(*token, &Numbers::OneOf(numbers.clone()))
            }
            Head::Name(token) => self.names_of(*token),
            Head::Named { name, noun } => self.named(*name, *noun),
            Head::Role(token) => self.roles(*token),
            Head::Owner(token) => self.owners(*token),
            Head::Attribute(token) => self.attribute_as_noun(*token),
            Head::Who => vec![Candidate::of_type(self.everyone())],
            Head::What | Head::Place | Head::EachOther => vec![Candidate::of_type(Vec::new())],
            Head::Pronoun => self.pronouns(),
        };
        if found.is_empty() {
            return Err(match np.head {
                Head::Pronoun => ResolveError::NoReferent(np.span),
                _ => ResolveError::Unanswerable("has no meaning here".to_owned(), np.span),
            });
        }
        Ok(found)
    }

    /// Everyone that `who` may ask for: people, and bodies that act.
    pub(super) fn everyone(&self) -> EntityType {
        let who = self.vocabulary.who.iter().chain(&self.vocabulary.bodies);
        who.cloned().collect()
    }

    fn noun_ids(&self, token: Token) -> &[NounId] {
        match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(Meaning::Noun(ids)) => ids,
            Some(Meaning::Numbered(id)) => std::slice::from_ref(id),
            _ => &[],
        }
    }

    fn noun_candidate(&self, id: NounId, cost: u32) -> Candidate {
        Candidate {
            noun: Some(id),
            cost,
            ..Candidate::of_type(vec![self.vocabulary.nouns[id.0 as usize].label.clone()])
        }
    }

    fn nouns(&self, token: Token) -> Vec<Candidate> {
        let ids = self.noun_ids(token).iter().zip(0..);
        ids.map(|(id, cost)| self.noun_candidate(*id, cost))
            .collect()
    }

    fn numbered(&self, token: Token, numbers: &Numbers) -> Vec<Candidate> {
        let nouns = self.noun_ids(token).iter();
        nouns
            .filter_map(|id| {
                let attribute = self.vocabulary.nouns[id.0 as usize].numbered?;
                Some(Candidate {
                    numbers: Some((attribute, numbers.clone())),
                    ..self.noun_candidate(*id, 0)
                })
            })
            .collect()
    }

    /// Entities with a name: one candidate per name and label set.
    fn names_of(&self, token: Token) -> Vec<Candidate> {
        let entities = match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(Meaning::Entity(entities)) => entities.clone(),
            Some(Meaning::Quoted(text)) => self.vocabulary.named(self.graph, &normal(text)),
            _ => return Vec::new(),
        };
        if entities.is_empty() {
            return self.quoted(token);
        }
        let mut found: Vec<Candidate> = Vec::new();
        for entity in &entities {
            let candidate = self.entity(entity);
            let same = |other: &Candidate| {
                other.entity_type == candidate.entity_type && other.name == candidate.name
            };
            if !found.iter().any(same) {
                found.push(candidate);
            }
            if found.len() == TOLD_APART {
                break;
            }
        }
        found
    }

    /// A quotation that is not the name of an entity is still a candidate for a name.
    fn quoted(&self, token: Token) -> Vec<Candidate> {
        let Some(Meaning::Quoted(text)) = self.mentions.get(token).map(|mention| &mention.meaning)
        else {
            return Vec::new();
        };
        let Some(key) = self.vocabulary.display.clone() else {
            return Vec::new();
        };
        vec![Candidate {
            name: Some(Name {
                key,
                value: Constant::String(text.clone()),
                shown: text.clone(),
            }),
            ..Candidate::of_type(Vec::new())
        }]
    }

    fn entity(&self, entity: &Entity) -> Candidate {
        let graph = self.graph;
        let display = self.vocabulary.display.as_deref();
        let value = |key: &str| {
            let key = graph.catalog().key(key)?;
            constant(&graph.node_property(entity.node, key))
        };
        let shown = display.and_then(|key| value(key).map(|value| (key.to_owned(), value)));
        let (key, value) = shown
            .filter(|(_, value)| matches!(value, Constant::String(text) if *text == entity.name))
            .or_else(|| value(&entity.key).map(|value| (entity.key.clone(), value)))
            .unwrap_or_else(|| (entity.key.clone(), Constant::String(entity.name.clone())));
        Candidate {
            name: Some(Name {
                key,
                value,
                shown: entity.name.clone(),
            }),
            ..Candidate::of_type(self.telling(&entity.labels))
        }
    }

    /// The most specific label of an entity: the rarest.
    fn telling(&self, labels: &[LabelId]) -> EntityType {
        let stats = self.graph.stats();
        let rarest = labels.iter().min_by_key(|label| stats.nodes(Some(**label)));
        let name = |label: &LabelId| self.graph.catalog().label_name(*label).to_string();
        rarest.map(name).into_iter().collect()
    }

    /// `the Permanence section`: the entity with this name and type, or else entities of the type related to the name.
    fn named(&self, name: Token, noun: Token) -> Vec<Candidate> {
        let mut found = Vec::new();
        for id in self.noun_ids(noun) {
            let label = &self.vocabulary.nouns[id.0 as usize].label;
            for candidate in self.names_of(name) {
                let fits = candidate
                    .entity_type
                    .iter()
                    .any(|own| self.vocabulary.may_be(own, label));
                if fits || candidate.entity_type.is_empty() {
                    let entity_type = self.refine(&candidate.entity_type, &vec![label.clone()]);
                    found.push(Candidate {
                        entity_type,
                        noun: Some(*id),
                        ..candidate
                    });
                }
            }
        }
        if found.is_empty() {
            for candidate in self.nouns(noun) {
                found.push(Candidate {
                    relation: Some(name),
                    ..candidate
                });
            }
        }
        found
    }

    /// `lead`: the subjects of `lead`; `provider`: the objects of `provide`.
    fn roles(&self, token: Token) -> Vec<Candidate> {
        let (ids, object) = match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(Meaning::SubjectNoun(ids)) => (ids, false),
            Some(Meaning::ObjectNoun(ids)) => (ids, true),
            _ => return Vec::new(),
        };
        let mut entity_type: EntityType = Vec::new();
        let mut any = false;
        for id in ids {
            for sense in &self.vocabulary.verbs[id.0 as usize].senses {
                let labels = if object {
                    &sense.object
                } else {
                    &sense.subject
                };
                any |= labels.is_empty();
                for label in labels.iter().filter(|_| !sense.wide) {
                    if !entity_type.contains(label) {
                        entity_type.push(label.clone());
                    }
                }
            }
        }
        if any {
            entity_type.clear();
        }
        vec![Candidate {
            role: Some((ids.clone(), object)),
            ..Candidate::of_type(entity_type)
        }]
    }

    /// The entities that have an attribute.
    fn owners(&self, token: Token) -> Vec<Candidate> {
        let ids = self.attribute_ids(token).into_iter().zip(0..);
        ids.map(|(id, cost)| Candidate {
            noun: self.noun_of(&self.vocabulary.attributes[id.0 as usize].labels),
            cost,
            ..Candidate::of_type(self.vocabulary.attributes[id.0 as usize].labels.clone())
        })
        .collect()
    }

    /// An attribute that is reached over a pattern may stand for the last node of the pattern.
    fn attribute_as_noun(&self, token: Token) -> Vec<Candidate> {
        let mut found = Vec::new();
        for id in self.attribute_ids(token) {
            let attribute = &self.vocabulary.attributes[id.0 as usize];
            let Some((_, last)) = attribute.pattern.steps.last() else {
                continue;
            };
            let entity_type = crate::question::build::labels(last);
            if !entity_type.is_empty() {
                found.push(Candidate {
                    noun: self.noun_of(&entity_type),
                    ..Candidate::of_type(entity_type)
                });
            }
        }
        found
    }

    /// The noun for an entity type.
    pub(super) fn noun_of(&self, entity_type: &EntityType) -> Option<NounId> {
        let label = entity_type.first()?;
        let nouns = &self.vocabulary.nouns;
        let at = nouns
            .iter()
            .position(|noun| noun.label == *label && noun.pattern.is_none())?;
        u32::try_from(at).ok().map(NounId)
    }

    /// The candidates for a pronoun: earlier noun phrases, the one asked for first.
    fn pronouns(&self) -> Vec<Candidate> {
        let spoken = self.spoken.iter().map(|(var, entity_type)| Candidate {
            again: Some(var.clone()),
            ..Candidate::of_type(entity_type.clone())
        });
        let known =
            |entity_type: &EntityType| self.spoken.iter().any(|(_, own)| own == entity_type);
        let named = self.named.iter().filter(|named| !known(&named.entity_type));
        spoken.chain(named.cloned()).collect()
    }

    /// The attributes of a word of any category.
    pub(super) fn attribute_ids(&self, token: Token) -> Vec<AttributeId> {
        match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(
                Meaning::Attribute(ids)
                | Meaning::AttributeVerb(ids, _)
                | Meaning::AttributeQuestion(ids)
                | Meaning::Comparative(ids, _)
                | Meaning::Superlative(ids, _),
            ) => ids.clone(),
            _ => Vec::new(),
        }
    }

    /// The entities of a candidate, with a variable and without predicates.
    pub(super) fn entities(&mut self, candidate: &Candidate, np: &Np) -> EntitySet {
        let var = match &candidate.again {
            Some(var) => var.clone(),
            None => {
                let words = self.words_for(candidate);
                self.names.take(&words)
            }
        };
        EntitySet {
            var,
            entity_type: candidate.entity_type.clone(),
            noun: candidate.noun,
            name: candidate.name.clone(),
            numbers: candidate.numbers.clone(),
            det: np.det.clone(),
            wanted: np.wanted,
            restrictions: Vec::new(),
            again: candidate.again.is_some(),
            unsaid: matches!(np.head, Head::What) && np.preds.is_empty(),
            span: np.span,
        }
    }

    fn words_for(&self, candidate: &Candidate) -> String {
        match (
            candidate.noun,
            &candidate.role,
            candidate.entity_type.first(),
        ) {
            (Some(noun), ..) => self.vocabulary.nouns[noun.0 as usize].singular.clone(),
            (None, Some((ids, object)), _) => {
                let verb = ids.first().map(|id| &self.vocabulary.verbs[id.0 as usize]);
                let noun = verb.and_then(|verb| {
                    if *object {
                        verb.nouns.1.clone()
                    } else {
                        verb.nouns.0.clone()
                    }
                });
                noun.unwrap_or_else(|| "thing".to_owned())
            }
            (None, None, Some(label)) => match self.noun_of(&candidate.entity_type) {
                Some(noun) => self.vocabulary.nouns[noun.0 as usize].singular.clone(),
                None => label.clone(),
            },
            (None, None, None) => "thing".to_owned(),
        }
    }

    /// The predicates that a candidate implies; the pattern of a noun is added when the statement is built.
    pub(super) fn implied(candidate: &Candidate, np: &Np) -> Vec<Pred> {
        let span = np.span;
        let Some(token) = candidate.relation else {
            return Vec::new();
        };
        let name = Np::plain(Head::Name(token), span).det(Det::The);
        vec![Pred::relation(RelationWord::Any("~"), false, name, span)]
    }

    /// The open end of a role without `of`: `leads` are those who lead any entity.
    pub(super) fn unbound(span: Span) -> Np {
        Np::plain(Head::What, span)
    }

    pub(super) fn is_of_type(
        entity_type: EntityType,
        noun: Option<NounId>,
        span: Span,
    ) -> Restriction {
        Restriction::Is(entity_type, noun, span)
    }
}

/// A scalar value as a constant of the language; `None` for any other value.
fn constant(value: &Value) -> Option<Constant> {
    match value {
        Value::String(text) => Some(Constant::String(text.to_string())),
        Value::Integer(number) => Some(Constant::Integer(*number)),
        Value::Float(number) => Some(Constant::Float(*number)),
        Value::Boolean(truth) => Some(Constant::Boolean(*truth)),
        _ => None,
    }
}
