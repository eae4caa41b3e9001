//! Words of English that no graph gives: everyday synonyms, and verbs.

mod synonyms;
mod verbs;

pub(super) use self::synonyms::{Form, similar};
pub(super) use self::verbs::verb_forms_of;
