//! Operators, one file each, and how they are built from plan nodes.
//!
//! An operator that cannot work on rows with multiplicities gets a [`Flatten`] below it.

mod admission;
mod aggregate;
mod answer;
mod apply;
mod blocking;
mod by_length;
mod create;
mod delete;
mod distance;
mod distinct;
mod distinct_aggregate;
mod eager;
mod expand;
mod expand_into;
mod extend;
mod filter;
mod flatten;
mod follow_list;
mod foreach;
mod gather;
mod hash_join;
mod index_seek;
mod intersect;
mod leaf;
mod limit;
mod merge;
mod message;
mod node_scan;
mod one_by_one;
mod parts;
mod pre_aggregate;
mod probe;
mod procedure_call;
mod project;
mod pruning_var_expand;
mod reach;
mod relationship_scan;
mod relationship_seek;
mod schema;
mod search;
mod set;
mod shared_reach;
mod shortest_path;
mod shortest_path_where;
mod sort;
mod store;
mod streaming;
mod top_k;
mod trail;
mod union;
mod unwind;
mod var_expand;

use std::{ops::Range, rc::Rc, sync::Arc};

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        op::{
            aggregate::Aggregate,
            answer::Answer,
            apply::Apply,
            blocking::{Blocking, Collected, Intake},
            create::create,
            delete::delete,
            distinct::Distinct,
            eager::eager,
            expand::Expand,
            expand_into::ExpandInto,
            extend::{Extend, Extender},
            filter::{filter, live_after},
            flatten::Flatten,
            follow_list::FollowList,
            foreach::Foreach,
            gather::Gather,
            hash_join::HashJoin,
            index_seek::IndexSeek,
            intersect::Intersect,
            leaf::{Leaf, argument},
            limit::{Limit, Returned},
            merge::Merge,
            message::Message,
            node_scan::NodeScan,
            one_by_one::OneByOne,
            parts::{Ids, Part, Parts},
            pre_aggregate::pre_aggregate,
            procedure_call::ProcedureCall,
            project::project,
            pruning_var_expand::PruningVarExpand,
            relationship_scan::RelationshipScan,
            relationship_seek::RelationshipSeek,
            schema::schema,
            shortest_path::ShortestPath,
            shortest_path_where::{PathPredicate, ShortestPathWhere},
            sort::sort,
            streaming::Streaming,
            top_k::top_k,
            union::Union,
            unwind::Unwind,
            var_expand::VarExpand,
        },
        operator::{Inner, Operator, Outer, Source},
    },
    plan::{self, AggregateCall, ApplyKind, Expr, Node, Op, SetItem, Slot, Trail, TrailMode},
};

pub(crate) use self::message::Weights;

/// The operators of an annotated plan. `outer` are the outer rows, inside an inner plan.
pub(crate) fn build<'p>(node: &'p Node, outer: Option<&Outer>) -> Source<'p> {
    let part = None;
    Builder { node, outer, part }.build()
}

/// The operators of a pipeline for a part of it.
pub(crate) fn build_part<'p>(node: &'p Node, part: &Part) -> Source<'p> {
    let (outer, part) = (None, Some(part));
    Builder { node, outer, part }.build()
}

/// The ranges of node ids of a scan. One after the other they give the rows of the scan in its order.
pub(crate) fn ranges(scan: &Op, cx: &Context<'_>) -> Vec<Range<u32>> {
    match scan {
        Op::NodeScan { label, .. } => node_scan::ranges(label.as_ref(), cx),
        Op::RelationshipScan { types, .. } => relationship_scan::ranges(types, cx),
        _ => unreachable!("a pipeline starts at a scan"),
    }
}

/// The input for building one operator.
struct Builder<'p, 'b> {
    node: &'p Node,
    outer: Option<&'b Outer>,
    /// The part of a pipeline that is built.
    part: Option<&'b Part>,
}

impl<'p> Builder<'p, '_> {
    fn build(&self) -> Source<'p> {
        let live = &self.node.output;
        match &self.node.op {
            Op::Unit => self.source(Leaf::new(|| Chunk::of_len(1))),
            Op::Empty { .. } => self.source(Leaf::new(Chunk::default)),
            Op::Argument { row, slots } => self.argument(*row, slots),
            Op::Match(_) => unreachable!("`plan::check` refuses plans with logical operators"),
            Op::NodeScan { node, label } => {
                self.extend(NodeScan::new(*node, label.as_ref(), self.ids()))
            }
            Op::IndexSeek(seek) => self.extend(IndexSeek::new(seek)),
            Op::RelationshipScan {
                edge,
                from,
                to,
                types,
                direction,
            } => {
                let slots = [*edge, *from, *to];
                self.extend(RelationshipScan::new(slots, types, *direction, self.ids()))
            }
            Op::RelationshipSeek(seek) => self.extend(RelationshipSeek::new(seek)),
            Op::Expand(expand) => self.extend(Expand::new(expand, live)),
            Op::ExpandInto(expand) => self.extend(ExpandInto::new(expand)),
            Op::Intersect { node, arms } => self.extend(Intersect::new(*node, arms, live)),
            Op::VarExpand(trail) => self.trails(trail, false),
            Op::VarExpandInto(trail) => self.trails(trail, true),
            Op::FollowList { trail, list } => self.extend(FollowList::new(trail, *list)),
            Op::ShortestPath(search) => self.extend(ShortestPath::new(search, live)),
            Op::ShortestPathWhere {
                search,
                candidate,
                row,
            } => self.shortest_path_where(search, *candidate, *row),
            Op::Filter { predicates } => {
                let lives = live_after(predicates, live);
                self.streaming(move |chunk, cx| filter(predicates, &lives, chunk, cx))
            }
            Op::Project { items } => {
                self.streaming(move |chunk, cx| project(items, live, &chunk, cx))
            }
            Op::Aggregate {
                keys,
                aggregates,
                partition,
            } => self.aggregate(keys, aggregates, *partition),
            Op::Distinct { keys } => self.source(Distinct::new(self.input(), keys, live)),
            Op::Sort { keys } => self.blocking(move |input, cx| sort(keys, live, input, cx)),
            Op::TopK { keys, count } => {
                let drains = self.node.input().writes();
                self.blocking(move |input, cx| top_k(keys, count, live, drains, input, cx))
            }
            Op::Skip { count, partition } => self.limit((count, *partition), Returned::Rest),
            Op::Limit { count, partition } => {
                let drains = self.node.input().writes();
                self.limit((count, *partition), Returned::First { drains })
            }
            Op::Unwind { list, element } => self.extend(Unwind::new(list, *element)),
            Op::Union { columns } => {
                let inputs = [self.child(0), self.child(1)];
                self.source(Union::new(inputs, columns, live))
            }
            Op::HashJoin { keys } => self.hash_join(keys),
            Op::Message(plan) => self.message(plan),
            Op::Apply(plan) => self.apply(plan),
            Op::ProcedureCall(call) => self.extend(ProcedureCall::new(call)),
            Op::PreAggregate { keys } => {
                let slots = keys.iter().copied().collect();
                self.blocking(move |input, cx| pre_aggregate(keys, &slots, input, cx))
            }
            Op::Gather => self.source(Gather::new(Rc::new(Parts::new(self.node)))),
            Op::Eager => self.blocking(move |input, cx| eager(live, input, cx)),
            Op::Create(plan) => self.update(move |chunk, cx| create(plan, chunk, cx)),
            Op::Merge(plan) => self.merge(plan),
            Op::Set { items } => self.set(items),
            Op::Delete {
                items,
                detach,
                span,
            } => {
                let how = (*detach, *span);
                self.blocking(move |input, cx| delete(items, how, live, input, cx))
            }
            Op::Foreach(plan) => self.foreach(plan),
            Op::Schema { command, span } => {
                self.update(move |chunk, cx| schema(command, *span, chunk, cx))
            }
        }
    }

    fn source(&self, operator: impl Operator + 'p) -> Source<'p> {
        Source::new(operator, Some(self.node.id))
    }

    fn extend(&self, extend: impl Extend + 'p) -> Source<'p> {
        let (live, counted) = (&self.node.output, self.node.is_counted());
        self.source(Extender::new(self.input(), live, extend, counted))
    }

    fn trails(&self, trail: &'p Trail, into: bool) -> Source<'p> {
        let live = &self.node.output;
        match trail.mode {
            TrailMode::All => self.extend(VarExpand::new(trail, into, live)),
            TrailMode::Pruning => self.extend(PruningVarExpand::new(trail, into, live)),
        }
    }

    fn streaming<F>(&self, body: F) -> Source<'p>
    where
        F: FnMut(Chunk, &mut Context<'_>) -> Result<Chunk, Failure> + 'p,
    {
        let input = self.input();
        self.source(Streaming { input, body })
    }

    fn blocking<F>(&self, run: F) -> Source<'p>
    where
        F: FnMut(&mut Intake<'p>, &mut Context<'_>) -> Collected + 'p,
    {
        self.source(Blocking::new(self.input(), run))
    }

    /// An operator that changes the graph and keeps its rows, each of which it may fill further.
    fn update<F>(&self, mut body: F) -> Source<'p>
    where
        F: FnMut(&mut Chunk, &mut Context<'_>) -> Result<(), Failure> + 'p,
    {
        let (input, live) = (self.flat(), &self.node.output);
        let body = move |mut chunk: Chunk, cx: &mut Context<'_>| {
            body(&mut chunk, cx)?;
            Ok(chunk.select(live))
        };
        self.source(Streaming { input, body })
    }

    fn child(&self, number: usize) -> Source<'p> {
        let (node, outer, part) = (&self.node.inputs[number], self.outer, self.part);
        Builder { node, outer, part }.build()
    }

    /// The first input; flat if the operator draws a random number for each row.
    fn input(&self) -> Source<'p> {
        if self.node.op.draws() {
            self.flat()
        } else {
            self.child(0)
        }
    }

    /// The first input in rows whose multiplicity is 1.
    fn flat(&self) -> Source<'p> {
        Source::new(Flatten::new(self.child(0)), None)
    }

    fn inner(&self) -> Inner<'p> {
        let outer = Outer::default();
        let source = build(self.node.second(), Some(&outer));
        Inner { source, outer }
    }

    /// The input of an operator with an inner plan. One that changes the graph runs for one row at a time, and each run
    /// sees the changes of those before it; one that draws random numbers runs for every row.
    fn input_of_inner(&self) -> Source<'p> {
        let inner = self.node.second();
        if inner.writes() {
            Source::new(OneByOne::new(self.flat()), None)
        } else if inner.draws() {
            self.flat()
        } else {
            self.input()
        }
    }

    fn argument(&self, row: Slot, slots: &[Slot]) -> Source<'p> {
        let outer = self.outer.cloned();
        let outer = outer.expect("`plan::check` refuses arguments outside of inner plans");
        let live = |slot: &Slot| self.node.output.contains(*slot);
        let slots = slots.iter().copied().filter(live).collect();
        self.source(Leaf::new(move || argument(&outer, row, &slots)))
    }

    fn limit(&self, count: (&'p Expr, Option<Slot>), returned: Returned) -> Source<'p> {
        let (input, live) = (self.input(), &self.node.output);
        self.source(Limit::new(input, count, returned, live))
    }

    fn aggregate(
        &self,
        keys: &'p [(Slot, Expr)],
        aggregates: &'p [(Slot, AggregateCall)],
        partition: Option<Slot>,
    ) -> Source<'p> {
        let (outer, live) = (self.outer.cloned(), &self.node.output);
        let aggregate = Aggregate {
            keys,
            aggregates,
            partition,
            live,
        };
        let gather = self.node.input();
        if !matches!(gather.op, Op::Gather) || partition.is_some() {
            return self.blocking(move |input, cx| aggregate.run(outer.as_ref(), input, cx));
        }
        let parts = Rc::new(Parts::new(gather));
        let rest = Source::new(Gather::new(Rc::clone(&parts)), Some(gather.id));
        let run = move |input: &mut Intake<'p>, cx: &mut Context<'_>| {
            aggregate.run_parts(&parts, input, cx)
        };
        self.source(Blocking::new(rest, run))
    }

    /// The ids of a scan: those of the part that is built, or all.
    fn ids(&self) -> Ids {
        self.part.map_or_else(Ids::default, |part| part.ids.clone())
    }

    fn message(&self, plan: &'p plan::Message) -> Source<'p> {
        let (node, rows) = (self.node, self.child(0));
        let known = self.part.and_then(|part| part.weights.get(&node.id));
        if let Some(weights) = known {
            return self.source(Message::with_weights(rows, Arc::clone(weights), plan, node));
        }
        let weights = plan.weighted.then(|| self.child(1));
        self.source(Message::new(rows, weights, plan, node))
    }

    fn set(&self, items: &'p [SetItem]) -> Source<'p> {
        let reads = set::reads(items);
        self.update(move |chunk, cx| set::set(items, &reads, chunk, cx))
    }

    fn merge(&self, plan: &'p plan::Merge) -> Source<'p> {
        let (inner, live) = (self.inner(), &self.node.output);
        let mut merge = Merge { inner, plan, live };
        self.update(move |chunk, cx| merge.run(chunk, cx))
    }

    fn foreach(&self, plan: &'p plan::Foreach) -> Source<'p> {
        let mut foreach = Foreach::new(self.inner(), self.node.second(), plan);
        self.update(move |chunk, cx| foreach.update(chunk, cx))
    }

    fn shortest_path_where(
        &self,
        search: &'p plan::ShortestPath,
        candidate: Slot,
        row: Slot,
    ) -> Source<'p> {
        let predicate = PathPredicate {
            inner: self.inner(),
            candidate,
            row,
            reads: self.node.second().argument_slots(),
        };
        let (input, live) = (self.input_of_inner(), &self.node.output);
        self.source(ShortestPathWhere::new(input, search, predicate, live))
    }

    fn hash_join(&self, keys: &'p [(Expr, Expr)]) -> Source<'p> {
        let inputs = [self.child(0), self.child(1)];
        let live = &self.node.output;
        let mut payload = live.clone();
        payload.intersect(&self.node.second().fills());
        payload.subtract(&self.node.input().output);
        let correlated = self.node.second().is_correlated();
        self.source(HashJoin::new(inputs, keys, live, payload, correlated))
    }

    fn apply(&self, plan: &'p plan::Apply) -> Source<'p> {
        let (input, inner) = (self.input_of_inner(), self.inner());
        let (row, node, live) = (plan.row, self.node, &self.node.output);
        match &plan.kind {
            ApplyKind::Inner { adds } => {
                self.source(Apply::new(input, inner, node, (row, adds), false))
            }
            ApplyKind::Optional { adds } => {
                self.source(Apply::new(input, inner, node, (row, adds), true))
            }
            kind => {
                let mut answer = Answer::new(inner, row, kind, live);
                let body = move |chunk: Chunk, cx: &mut Context<'_>| answer.run(&chunk, cx);
                self.source(Streaming { input, body })
            }
        }
    }
}
