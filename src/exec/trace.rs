//! The parts of a statement that made its changes, for errors that are found at the end of the statement.

use crate::{base::Span, graph::Savepoint};

/// For each run of changes, the savepoint before it and the span of the part that made it, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace(Vec<(Savepoint, Span)>);

impl Trace {
    /// Records that the changes after `now` are made by the part at `span`.
    pub(crate) fn note(&mut self, now: Savepoint, span: Span) {
        match self.0.last_mut() {
            Some((_, last)) if *last == span => {}
            // The part before made no changes.
            Some(entry) if entry.0 == now => entry.1 = span,
            _ => self.0.push((now, span)),
        }
    }

    /// The span of the part that made the change after a savepoint.
    #[must_use]
    pub fn part(&self, before: Savepoint) -> Option<Span> {
        let later = self.0.partition_point(|(begin, _)| *begin <= before);
        Some(self.0[later.checked_sub(1)?].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;

    #[test]
    fn a_change_belongs_to_the_part_that_was_noted_before_it() {
        let mut graph = Graph::new();
        let mut trace = Trace::default();
        let spans: Vec<_> = (0..4).map(|at| Span::new(at, at + 1)).collect();
        let mut moments = Vec::new();
        for span in [spans[0], spans[1], spans[2], spans[2]] {
            trace.note(graph.savepoint(), span);
            if span != spans[0] {
                moments.push(graph.savepoint());
                graph.create_node(&[]);
            }
        }
        let parts: Vec<_> = moments.iter().map(|at| trace.part(*at)).collect();
        assert_eq!(parts, [Some(spans[1]), Some(spans[2]), Some(spans[2])]);
        assert_eq!(Trace::default().part(graph.savepoint()), None);
    }
}
