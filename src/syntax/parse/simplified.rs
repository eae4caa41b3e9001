//! Builds simplified paths: `-/A B+/->`.

use super::{
    Result,
    cursor::{Cursor, Pair},
    grammar::Rule,
    node::{Builder, refuse},
    pattern::{bare_relationship, direction},
};
use crate::{
    base::{Code, Span},
    syntax::ast::{Direction, LabelExpr, LabelExprKind, RelationshipPattern},
};

impl<'i> Builder<'i> {
    /// `-/A B+/->` as relationships (GQL 16.12). Alternatives are single types.
    pub(super) fn simplified_path(&self, pair: Pair<'i>) -> Result<Vec<RelationshipPattern>> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let left = parts.flag(Rule::left_head);
        let terms = parts.each(Rule::simplified_term, |term| {
            Cursor::inside(term).rest(|step| self.simplified_step(step))
        })?;
        let default = direction(left, parts.flag(Rule::right_head));
        let mut paths = terms.into_iter().map(|steps| {
            let steps = steps.into_iter().map(|(own, step)| RelationshipPattern {
                direction: own.unwrap_or(default),
                ..step
            });
            steps.collect::<Vec<_>>()
        });
        let mut path = paths.next().expect("a simplified path has a term");
        for other in paths {
            let ([first], [next]) = (path.as_mut_slice(), other.as_slice()) else {
                return refuse_union(span);
            };
            let plain = first.length.is_none() && next.length.is_none();
            let (Some(types), Some(more), true) = (&mut first.types, &next.types, plain) else {
                return refuse_union(span);
            };
            if first.direction != next.direction {
                return refuse_union(span);
            }
            let both = types.span.to(more.span);
            let kind = match std::mem::replace(&mut types.kind, LabelExprKind::Any) {
                LabelExprKind::Or(mut known) => {
                    known.push(more.clone());
                    LabelExprKind::Or(known)
                }
                kind => {
                    let span = types.span;
                    LabelExprKind::Or(vec![LabelExpr { kind, span }, more.clone()])
                }
            };
            *types = LabelExpr { kind, span: both };
        }
        Ok(path)
    }

    /// `A`, `<A`, `A>{1,2}`: a relationship, and its direction if it has one of its own.
    fn simplified_step(&self, pair: Pair<'i>) -> Result<(Option<Direction>, RelationshipPattern)> {
        let span = self.span(&pair);
        let own = pair.as_str().starts_with(['<', '-']);
        let mut parts = Cursor::inside(pair);
        let left = parts.flag(Rule::left_head);
        let types = Some(self.label_expression(parts.need())?);
        let right = parts.flag(Rule::right_head);
        let length = parts.eat(Rule::path_quantifier);
        let length = length
            .map(|length| self.path_quantifier(length))
            .transpose()?;
        let step = RelationshipPattern {
            types,
            length,
            ..bare_relationship(span)
        };
        Ok(((own || right).then(|| direction(left, right)), step))
    }
}

fn refuse_union<T>(span: Span) -> Result<T> {
    let message = "the alternatives of a simplified path are single types with one direction";
    let help = "write the alternatives as queries with `UNION`";
    refuse(Code::InvalidRelationshipPattern, span, message, help)
}
