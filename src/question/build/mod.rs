//! Builds statements from resolved questions.

mod count;
mod date;
mod extras;
mod fold;
mod form;
mod make;
mod node;
mod pattern;
mod query;
mod rank;
mod scope;
mod several;
mod shown;
mod stated;
mod told;
mod value;
mod walk;
mod weigh;

pub(super) use self::{
    date::compare_date,
    extras::extras,
    pattern::{
        cited_lines, denial, flip, has_variables, labels, named_relationship, reversed, type_names,
    },
    query::build,
    stated::{cites, stated_by, with_constants},
};
