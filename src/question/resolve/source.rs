//! Predicates on the documents that state facts.

use super::{ResolveError, ResolveResult, Resolver};
use crate::{
    base::Span,
    graph::Orientation,
    question::{
        build::{cites, stated_by, type_names, with_constants},
        mention::Meaning,
        resolved::{EntitySet, Relation, Restriction},
        tree::{Det, Head, Np, Pred, RelationPhrase, RelationWord},
    },
    syntax::ast::{Expr, PatternElement},
    value::{NodeId, TypeId, Value},
};

impl Resolver<'_> {
    /// `according to the overview`: this document states the preceding relation. Without a relation, the entities are
    /// in the document.
    pub(super) fn source(
        &mut self,
        entities: &mut EntitySet,
        np: &Np,
        span: Span,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        if last_relations(&mut entities.restrictions).is_empty() {
            return self.in_document(entities, np, span);
        }
        let (document, words) = self.document(np)?;
        let holds = |restriction: &str| self.holds(document, restriction);
        for relation in last_relations(&mut entities.restrictions) {
            let condition = stated_by(&mut relation.pattern, &holds);
            relation
                .how
                .push((condition.ok_or_else(|| unstated(span))?, words.clone()));
        }
        Ok((Vec::new(), Vec::new()))
    }

    /// `mentioned in the minutes`, which are part of a cited document: facts cite the whole document and lines of the
    /// part. Returns a condition on the fact; `None` if the part has relationships of this type itself.
    pub(super) fn within_part(
        &self,
        pattern: &mut PatternElement,
        np: &Np,
        other: &mut EntitySet,
    ) -> Option<(Expr, String)> {
        other
            .name
            .as_ref()
            .filter(|_| self.is_document(&other.entity_type))?;
        let (document, words) = self.document(np).ok()?;
        let catalog = self.graph.catalog();
        let types = pattern.steps.iter().flat_map(|(step, _)| type_names(step));
        let mut types = types.filter_map(|name| catalog.relationship_type(&name));
        let ways = [Orientation::Outgoing, Orientation::Incoming];
        let own = |ty: TypeId| {
            let mut ways = ways.into_iter();
            ways.any(|way| self.graph.types_of(document, way).any(|own| own == ty))
        };
        if types.any(own) {
            return None;
        }
        let condition = stated_by(pattern, &|restriction| self.holds(document, restriction))?;
        other.name = None;
        other.noun = self.noun_of(&other.entity_type);
        // The question is not about the whole document.
        other.det = Det::The;
        Some((condition, words))
    }

    fn in_document(
        &mut self,
        entities: &mut EntitySet,
        np: &Np,
        span: Span,
    ) -> ResolveResult<(Vec<Restriction>, Vec<Pred>)> {
        let denied = |restriction: &Restriction| matches!(restriction, Restriction::Not(..));
        if self.depth > 0 || entities.restrictions.iter().any(denied) {
            return Err(unstated(span));
        }
        let within = RelationPhrase {
            word: RelationWord::Any("in"),
            inverse: false,
            other: np.clone(),
            when: None,
            span,
        };
        let (restriction, rest) = self.relation(entities, &within, None)?;
        Ok((vec![restriction], rest))
    }

    /// The document that a noun phrase names, with its words.
    fn document(&self, np: &Np) -> ResolveResult<(NodeId, String)> {
        let (Head::Name(token) | Head::Named { name: token, .. }) = np.head else {
            return Err(unnamed(np.span));
        };
        let documents = self.vocabulary.documents.as_ref();
        let label = documents.and_then(|documents| self.graph.catalog().label(&documents.label));
        let entities = match self.mentions.get(token).map(|mention| &mention.meaning) {
            Some(Meaning::Entity(entities)) => entities.as_slice(),
            _ => &[],
        };
        let found = entities
            .iter()
            .find(|entity| label.is_some_and(|label| entity.labels.contains(&label)));
        let found = found.ok_or_else(|| unnamed(np.span))?;
        Ok((found.node, format!("stated in {}", found.name)))
    }

    /// The condition that a document states the fact of a variable: by its key, or as part of a cited document.
    fn holds(&self, document: NodeId, restriction: &str) -> Option<Expr> {
        let documents = self.vocabulary.documents.as_ref()?;
        let citations = self.vocabulary.citations.as_ref()?;
        let value = |key: &str| {
            let key = self.graph.catalog().key(key)?;
            Some(self.graph.node_property(document, key))
        };
        let text = |key: &str| match value(key) {
            Some(Value::String(text)) => Some(text.to_string()),
            _ => None,
        };
        let key = text(&documents.key)?;
        let whole = text(&citations.document).is_none_or(|cited| cited == key);
        match &documents.part {
            Some(part) if !whole => Some(with_constants(part, ("f", restriction), "d", &value)),
            _ => Some(cites(restriction, citations, &key)),
        }
    }
}

/// The last relation among predicates; of a disjunction, one per disjunct.
fn last_relations(restrictions: &mut [Restriction]) -> Vec<&mut Relation> {
    let mut relations = restrictions
        .iter_mut()
        .rev()
        .map(|restriction| match restriction {
            Restriction::Relation(relation) => vec![&mut **relation],
            Restriction::And(restrictions) => last_relations(restrictions),
            Restriction::Or(restrictions) => restrictions
                .iter_mut()
                .flat_map(|restriction| last_relations(std::slice::from_mut(restriction)))
                .collect(),
            _ => Vec::new(),
        });
    relations
        .find(|relations| !relations.is_empty())
        .unwrap_or_default()
}

fn unnamed(span: Span) -> ResolveError {
    ResolveError::Unanswerable("is not a document that the facts cite".to_owned(), span)
}

fn unstated(span: Span) -> ResolveError {
    ResolveError::Unanswerable(
        "must follow a relation that a document can state".to_owned(),
        span,
    )
}
