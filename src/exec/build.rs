//! Makes operators of a plan, from the root down: each is told which of its slots are needed above it.
//!
//! Operators of which nothing is needed but how many rows they give are built as multiplications; those that need plain
//! rows get a `Flatten` below them.

use crate::{
    exec::{
        chunk::Chunk,
        context::Context,
        op::{
            Operator, Source,
            aggregate::Aggregate,
            apply,
            argument::Argument,
            compact::Compact,
            create,
            delete::Delete,
            distinct::Distinct,
            eager::Eager,
            edge_scan::{self, EdgeCount, EdgeScan},
            expand::{Expand, ExpandCount, Multiply},
            expand_into::{ExpandInto, IntoCount},
            fan_out::{FanOut, Spread},
            filter::Filter,
            flatten::Flatten,
            foreach,
            hash_join::HashJoin,
            index_seek::IndexSeek,
            intersect::{Intersect, IntersectCount},
            limit::{Limit, Skip},
            merge::{self, merge_reads},
            node_scan::{NodeCount, NodeScan},
            passing_path::PassingPath,
            procedure_call::ProcedureCall,
            project::Project,
            set::Set,
            shortest_path::ShortestPath,
            sort::Sort,
            top_k::TopK,
            union,
            unwind::Unwind,
            var_expand::{VarExpand, WalkCount},
        },
    },
    function::Purity,
    plan::{self, ApplyKind, ExprKind, Join, Op, SlotSet},
};

/// The operators for a plan of which the `live` slots are needed. `outer` are the rows of the enclosing apply.
pub(crate) fn build<'p>(
    op: &'p Op,
    live: &SlotSet,
    outer: Option<&Chunk>,
    cx: &Context<'_>,
) -> Source<'p> {
    Builder {
        op,
        live,
        outer,
        cx,
        needs: op.needed(live),
    }
    .build()
}

/// What is known where one operator is built.
struct Builder<'p, 'b, 'g> {
    op: &'p Op,
    live: &'b SlotSet,
    outer: Option<&'b Chunk>,
    cx: &'b Context<'g>,
    /// What is needed of each input.
    needs: Vec<SlotSet>,
}

impl<'p> Builder<'p, '_, '_> {
    fn build(&self) -> Source<'p> {
        match self.op {
            Op::Unit => self.source(Argument::unit()),
            Op::Argument { row, slots } => self.source(self.argument(*row, slots)),
            Op::Match { .. } => unreachable!("`plan::check` refuses plans with logical operators"),
            Op::NodeScan { input, node, label } => {
                if self.any_live([*node]) {
                    self.fan_out(input, NodeScan::new(*node, label.as_ref()))
                } else {
                    self.multiply(
                        input,
                        NodeCount {
                            label: label.as_ref(),
                        },
                    )
                }
            }
            Op::IndexSeek(seek) => self.fan_out(&seek.input, IndexSeek::new(seek)),
            Op::EdgeScan {
                input,
                edge,
                from,
                to,
                types,
                either,
            } => {
                if self.any_live([*edge, *from, *to]) {
                    let slots = edge_scan::Slots {
                        edge: *edge,
                        from: *from,
                        to: *to,
                    };
                    self.fan_out(input, EdgeScan::new(slots, types, *either))
                } else {
                    self.multiply(
                        input,
                        EdgeCount {
                            types,
                            either: *either,
                        },
                    )
                }
            }
            Op::Expand(expand) => {
                if self.any_live(expand.edge.into_iter().chain(expand.to)) {
                    self.fan_out(&expand.input, Expand::new(expand, self.live))
                } else {
                    self.multiply(&expand.input, ExpandCount { plan: expand })
                }
            }
            Op::ExpandInto(expand) => match expand.edge.filter(|edge| self.live.contains(*edge)) {
                Some(edge) => self.fan_out(&expand.input, ExpandInto::new(expand, edge)),
                None => self.multiply(&expand.input, IntoCount { plan: expand }),
            },
            Op::Intersect { input, node, arms } => {
                if self.any_live(arms.iter().filter_map(|arm| arm.edge).chain([*node])) {
                    self.fan_out(input, Intersect::new(*node, arms, self.live))
                } else {
                    self.multiply(input, IntersectCount::new(arms))
                }
            }
            Op::VarExpand(expand) => self.var_expand(expand),
            Op::Filter { input, predicates } => {
                self.source(Filter::new(self.input(input), predicates, self.live))
            }
            Op::Project { input, items } => {
                self.source(Project::new(self.input(input), items, self.live.clone()))
            }
            Op::Aggregate {
                input,
                keys,
                aggregates,
                partition,
            } => {
                let outer = self.outer.map_or(0, Chunk::len);
                let live = self.live.clone();
                self.source(Aggregate::new(
                    self.input(input),
                    keys,
                    aggregates,
                    *partition,
                    outer,
                    live,
                ))
            }
            Op::Distinct { input, keys } => {
                self.source(Distinct::new(self.input(input), keys, self.live.clone()))
            }
            Op::Sort { input, keys } => {
                self.source(Sort::new(self.input(input), keys, self.live.clone()))
            }
            Op::TopK { input, keys, count } => {
                let live = self.live.clone();
                self.source(TopK::new(
                    self.input(input),
                    keys,
                    count,
                    live,
                    input.writes(),
                ))
            }
            Op::Skip {
                input,
                count,
                partition,
            } => self.source(Skip::new(
                self.input(input),
                count,
                *partition,
                self.live.clone(),
            )),
            Op::Limit {
                input,
                count,
                partition,
            } => {
                let live = self.live.clone();
                self.source(Limit::new(
                    self.input(input),
                    count,
                    *partition,
                    live,
                    input.writes(),
                ))
            }
            Op::Unwind {
                input,
                list,
                element,
            } => self.fan_out(input, Unwind::new(list, *element)),
            Op::Union(plan) => self.union(plan),
            Op::HashJoin(join) => self.hash_join(join),
            Op::Apply(plan) => {
                let input = self.apply_input(plan);
                self.source(apply::Apply::new(input, plan, self.live))
            }
            Op::ProcedureCall(call) => self.fan_out(&call.input, ProcedureCall::new(call)),
            Op::Compact { input, keys } => self.source(Compact::new(self.input(input), keys)),
            Op::Eager { input } => self.source(Eager::new(self.input(input), self.live.clone())),
            Op::Create(plan) => self.source(create::Create::new(
                self.plain(&plan.input),
                plan,
                self.live.clone(),
            )),
            Op::Merge(plan) => {
                let (input, live) = (self.plain(&plan.input), self.live.clone());
                self.source(merge::Merge::new(input, plan, merge_reads(plan), live))
            }
            Op::Set { input, items } => {
                self.source(Set::new(self.plain(input), items, self.live.clone()))
            }
            Op::Delete {
                input,
                items,
                detach,
                span,
            } => self.source(Delete::new(
                self.input(input),
                items,
                *detach,
                *span,
                self.live.clone(),
            )),
            Op::Foreach(plan) => self.source(foreach::Foreach::new(
                self.plain(&plan.input),
                plan,
                self.live.clone(),
            )),
        }
    }

    fn source(&self, operator: impl Operator + 'p) -> Source<'p> {
        let position = self
            .cx
            .profile
            .as_ref()
            .and_then(|profile| profile.position(self.op));
        Source::new(operator, position)
    }

    fn any_live(&self, slots: impl IntoIterator<Item = plan::Slot>) -> bool {
        slots.into_iter().any(|slot| self.live.contains(slot))
    }

    fn child(&self, op: &'p Op, number: usize) -> Source<'p> {
        build(op, &self.needs[number], self.outer, self.cx)
    }

    /// The first input, plain where the operator draws a random number for each row.
    fn input(&self, op: &'p Op) -> Source<'p> {
        let mut volatile = false;
        self.op
            .each_expression(&mut |expr| volatile |= expr.any(&is_volatile));
        if volatile {
            self.plain(op)
        } else {
            self.child(op, 0)
        }
    }

    /// The first input in rows that stand for nothing but themselves.
    fn plain(&self, op: &'p Op) -> Source<'p> {
        Source::new(Flatten::new(self.child(op, 0)), None)
    }

    fn fan_out(&self, input: &'p Op, spread: impl Spread + 'p) -> Source<'p> {
        self.source(FanOut::new(self.input(input), self.live.clone(), spread))
    }

    fn multiply(
        &self,
        input: &'p Op,
        factor: impl crate::exec::op::expand::Factor + 'p,
    ) -> Source<'p> {
        self.source(Multiply::new(self.input(input), self.live.clone(), factor))
    }

    fn argument(&self, row: plan::Slot, slots: &[plan::Slot]) -> Argument {
        let outer = self
            .outer
            .expect("`plan::check` refuses arguments outside of inner plans");
        Argument::new(outer, row, slots, self.live)
    }

    fn var_expand(&self, expand: &'p plan::VarExpand) -> Source<'p> {
        if let (Some(which), Some(passing)) = (expand.shortest, &expand.passing) {
            let input = if is_random(&passing.inner) {
                self.plain(&expand.input)
            } else {
                self.input(&expand.input)
            };
            return self.source(PassingPath::new(input, expand, passing, which, self.live));
        }
        if let Some(which) = expand.shortest {
            return self.fan_out(&expand.input, ShortestPath::new(expand, which, self.live));
        }
        let to = (!expand.into).then_some(expand.to);
        if self.any_live(expand.edges.into_iter().chain(to)) {
            self.fan_out(&expand.input, VarExpand::new(expand, self.live))
        } else {
            self.multiply(&expand.input, WalkCount::new(expand))
        }
    }

    fn union(&self, plan: &'p plan::Union) -> Source<'p> {
        let (left, right) = (self.child(&plan.left, 0), self.child(&plan.right, 1));
        self.source(union::Union::new(left, right, &plan.columns, self.live))
    }

    fn hash_join(&self, join: &'p Join) -> Source<'p> {
        let inputs = [self.child(&join.left, 0), self.child(&join.right, 1)];
        let right_slots = join.right.fills();
        self.source(HashJoin::new(inputs, &join.keys, self.live, &right_slots))
    }

    /// An inner plan that changes the graph runs as often as there are outer rows; so does one that draws random
    /// numbers.
    fn apply_input(&self, plan: &'p plan::Apply) -> Source<'p> {
        let writes = plan.inner.writes() || matches!(plan.kind, ApplyKind::Effect);
        if writes || is_random(&plan.inner) {
            self.plain(&plan.input)
        } else {
            self.child(&plan.input, 0)
        }
    }
}

/// Whether an inner plan draws random numbers.
fn is_random(inner: &Op) -> bool {
    let mut found = false;
    inner.each(&mut |op| op.each_expression(&mut |expr| found |= expr.any(&is_volatile)));
    found
}

fn is_volatile(expr: &plan::Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call(function, _) if function.purity == Purity::Volatile)
}
