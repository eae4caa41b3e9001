//! Reading `vocabulary.toml`.

use crate::{base::Diagnostic, graph::Graph, question::vocabulary::Vocabulary};

pub(super) fn read(_: &mut Vocabulary, _: &Graph, _: &str) -> Result<(), Box<Diagnostic>> {
    Ok(())
}
