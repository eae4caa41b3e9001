//! Builds statements from resolved questions.

mod count;
mod extras;
mod form;
mod make;
mod node;
mod pattern;
mod query;
mod rank;
mod scope;
mod several;
mod stated;
mod told;
mod value;
mod walk;
mod weigh;

pub(super) use self::{
    extras::extras,
    pattern::{
        cited_lines, compare_date, denial, flip, has_variables, labels, named_relationship,
        reversed, type_names,
    },
    query::build,
    stated::{cites, stated_by, with_constants},
};
