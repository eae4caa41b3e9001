//! Warnings about relationships that never connect the given labels, or only in the other direction.
//!
//! The statistics count relationships by type and labels exactly, so a pattern that could match gives no warning.

use crate::{
    analyze::{
        Analyzer,
        warn::{name::shortened, way::Way},
    },
    base::{Code, Diagnostic, Direction, Span},
    plan::PatternEdge,
    value::{LabelId, TypeId},
};

/// The known labels of an end node: it has at least one label of each inner list. Without lists it can be any node.
type End<'a> = &'a [Vec<LabelId>];

impl Analyzer<'_> {
    pub(super) fn warn_edge(&mut self, edge: &PatternEdge, span: Span) {
        let (from, to) = (self.known.of(edge.from), self.known.of(edge.to));
        let types: Vec<_> = edge.types.iter().map(|kind| kind.id).collect();
        if from.is_empty() && to.is_empty() || self.says_more(&types, from, to) {
            return;
        }
        let back = self.bound(to, &types, from);
        if self.bound(from, &types, to) > 0 || edge.direction == Direction::Either && back > 0 {
            return;
        }
        let warning = match back {
            0 => self.impossible(edge, &types, from, to, span),
            _ => self.reversed(edge, from, to, span),
        };
        self.warnings.push(warning);
    }

    /// Whether a type or label is not in use, which has its own warning.
    fn says_more(&self, types: &[TypeId], from: End<'_>, to: End<'_>) -> bool {
        let stats = self.env.stats;
        let mut labels = from.iter().chain(to).flatten();
        labels.any(|label| stats.nodes(Some(*label)) == 0)
            || types
                .iter()
                .any(|kind| kind.is_none() || !stats.type_in_use(*kind))
    }

    /// An upper bound on the relationships from one end to the other: the least count over the known labels.
    fn bound(&self, from: End<'_>, types: &[TypeId], to: End<'_>) -> u64 {
        let any = || vec![vec![None]];
        let choices = |end: End<'_>| match end {
            [] => any(),
            lists => lists
                .iter()
                .map(|labels| labels.iter().copied().map(Some).collect())
                .collect(),
        };
        let (from, to): (Vec<Vec<_>>, Vec<Vec<_>>) = (choices(from), choices(to));
        let types = match types {
            [] => vec![None],
            types => types.iter().copied().map(Some).collect(),
        };
        let count = |from: &[Option<LabelId>], to: &[Option<LabelId>]| {
            let mut sum = 0;
            for from in from {
                for kind in &types {
                    for to in to {
                        sum += self.env.stats.count(*from, *kind, *to);
                    }
                }
            }
            sum
        };
        let pairs = from
            .iter()
            .flat_map(|from| to.iter().map(move |to| (from, to)));
        pairs.map(|(from, to)| count(from, to)).min().unwrap_or(0)
    }

    fn reversed(&self, edge: &PatternEdge, from: End<'_>, to: End<'_>, span: Span) -> Diagnostic {
        let (what, from, to) = (relationships(edge), self.end(from), self.end(to));
        let message = format!("no {what} runs from {from} to {to}, only in the opposite direction");
        Diagnostic::new(Code::ReversedRelationship, span, message)
            .help("reverse the arrow, or remove its head to match both directions")
    }

    fn impossible(
        &self,
        edge: &PatternEdge,
        types: &[TypeId],
        from: End<'_>,
        to: End<'_>,
        span: Span,
    ) -> Diagnostic {
        let what = relationships(edge);
        let message = match edge.direction == Direction::Either {
            true => format!(
                "no {what} runs between {} and {}",
                self.end(from),
                self.end(to)
            ),
            false => format!("no {what} runs from {} to {}", self.end(from), self.end(to)),
        };
        let help = self.suggestion(|| self.routes(&what, types, from, to));
        Diagnostic::new(Code::ImpossibleRelationship, span, message).maybe_help(help)
    }

    /// The label pairs that the types connect, and a connection of the two ends.
    fn routes(&self, what: &str, types: &[TypeId], from: End<'_>, to: End<'_>) -> Option<String> {
        let mut help = Vec::new();
        if !types.is_empty() {
            help.push(format!("{what} runs as {}", self.runs(types, from, to)));
        }
        if let ([[from, ..], ..], [[to, ..], ..]) = (lists(from).as_slice(), lists(to).as_slice())
            && let Some(way) = Way::between(*from, *to, types, self.env.stats)
        {
            help.push(format!(
                "the two are connected by `{}`",
                way.text(self.env.catalog)
            ));
        }
        (!help.is_empty()).then(|| help.join("; "))
    }

    /// The label pairs that the types connect, most frequent first. If any of them shares an end with the pattern, only
    /// those.
    fn runs(&self, types: &[TypeId], from: End<'_>, to: End<'_>) -> String {
        let (catalog, stats) = (self.env.catalog, self.env.stats);
        let has = |end: End<'_>, label| end.iter().flatten().any(|known| *known == label);
        let mut triples: Vec<_> = stats
            .triples()
            .filter(|(_, kind, _, count)| *count > 0 && types.contains(kind))
            .map(|(source, kind, target, count)| {
                let apart = !has(from, source) && !has(to, target);
                let text = Way::step(source, kind, target).text(catalog);
                (apart, std::cmp::Reverse(count), format!("`{text}`"))
            })
            .collect();
        triples.sort();
        let nearest = triples.first().map(|(apart, ..)| *apart);
        triples.retain(|(apart, ..)| Some(*apart) == nearest);
        shortened(triples.into_iter().map(|(_, _, text)| text).collect())
    }

    /// `` `(:A|B)` ``, or `any node` without known labels.
    fn end(&self, end: End<'_>) -> String {
        let name = |label: &LabelId| self.env.catalog.label_name(*label).to_string();
        let lists = end
            .iter()
            .map(|labels| labels.iter().map(name).collect::<Vec<_>>().join("|"));
        match lists.collect::<Vec<_>>().join(":") {
            none if none.is_empty() => "any node".to_owned(),
            labels => format!("`(:{labels})`"),
        }
    }
}

fn lists<'e>(end: End<'e>) -> Vec<&'e [LabelId]> {
    end.iter().map(Vec::as_slice).collect()
}

/// `` `A|B` ``, or `relationship` without a type.
fn relationships(edge: &PatternEdge) -> String {
    let names: Vec<_> = edge.types.iter().map(|kind| &*kind.name).collect();
    match names.as_slice() {
        [] => "relationship".to_owned(),
        names => format!("`{}`", names.join("|")),
    }
}
