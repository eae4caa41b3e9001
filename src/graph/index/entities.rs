//! The entities with one value.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use super::EntityId;

/// At least one entity, in ascending order. Most values have one entity, which is stored inline.
#[derive(Clone, Debug)]
pub(super) enum Entities<E> {
    One(E),
    Several(Box<Several<E>>),
}

/// A sorted array for few entities; a bitmap for many, with cheap insertion and removal.
#[derive(Clone, Debug)]
pub(super) enum Several<E> {
    Few(Vec<E>),
    Many(RoaringBitmap),
}

/// The maximum number of entities in an array.
const FEW: usize = 64;

impl<E: EntityId> Entities<E> {
    pub(super) fn to_cow(&self) -> Cow<'_, [E]> {
        match self {
            Self::One(entity) => Cow::Borrowed(std::slice::from_ref(entity)),
            Self::Several(several) => match &**several {
                Several::Few(entities) => Cow::Borrowed(entities),
                Several::Many(entities) => entities.iter().map(E::of).collect(),
            },
        }
    }

    pub(super) fn insert(&mut self, entity: E) {
        match self {
            Self::One(other) => {
                let both = vec![entity.min(*other), entity.max(*other)];
                *self = Self::Several(Box::new(Several::Few(both)));
            }
            Self::Several(several) => several.insert(entity),
        }
    }

    /// Removes an entity. Returns true if it was the last one.
    pub(super) fn remove(&mut self, entity: E) -> bool {
        match self {
            Self::One(_) => true,
            Self::Several(several) => several.remove(entity),
        }
    }
}

impl<E: EntityId> Several<E> {
    fn insert(&mut self, entity: E) {
        match self {
            Self::Few(entities) if entities.len() < FEW => {
                entities.insert(entities.partition_point(|other| *other < entity), entity);
            }
            Self::Few(entities) => {
                *self = Self::Many(
                    entities
                        .iter()
                        .chain([&entity])
                        .map(|entity| entity.number())
                        .collect(),
                );
            }
            Self::Many(entities) => {
                entities.insert(entity.number());
            }
        }
    }

    fn remove(&mut self, entity: E) -> bool {
        match self {
            Self::Few(entities) => {
                entities.retain(|other| *other != entity);
                entities.is_empty()
            }
            Self::Many(entities) => {
                entities.remove(entity.number());
                entities.is_empty()
            }
        }
    }
}
