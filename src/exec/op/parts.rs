//! Parts of a statement that threads run: an operator pipeline, for one range of its scan after the other (morsels; Leis
//! and others 2014).
//!
//! Each thread has operators of its own. The ranges depend only on the graph, and results are used in the order of the
//! ranges, so that the number of threads changes no answer.

use std::{
    cell::{Cell, OnceCell},
    ops::Range,
    rc::Rc,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use rustc_hash::FxHashMap;

use crate::{
    exec::{
        context::{Common, Context, Failure},
        op::{self, Weights},
        operator::Source,
        profile::Profile,
    },
    plan::{Node, Op},
};

/// The number of ranges for so many rows of a scan: enough to share uneven work, but with enough rows each that they have fewer
/// groups than rows.
pub(crate) fn count_ranges(rows: u64) -> u64 {
    (rows / 4_096).clamp(32, 128)
}

/// The ids of the nodes that a scan starts from, shared by the scan and the loop over ranges.
#[derive(Clone)]
pub(crate) struct Ids(Rc<Cell<(u32, u32)>>);

impl Default for Ids {
    /// All ids.
    fn default() -> Self {
        Self(Rc::new(Cell::new((0, u32::MAX))))
    }
}

impl Ids {
    /// The range at present.
    pub(crate) fn range(&self) -> Range<u32> {
        let (start, end) = self.0.get();
        start..end
    }
}

/// What the operators of a thread read besides the graph.
#[derive(Clone)]
pub(crate) struct Part {
    /// The range of the scan.
    pub(crate) ids: Ids,
    /// By plan node, the weights of messages.
    pub(crate) weights: Arc<FxHashMap<usize, Arc<Weights>>>,
}

impl Part {
    /// All ids, until they are set.
    fn new(weights: &Arc<FxHashMap<usize, Arc<Weights>>>) -> Self {
        Self {
            ids: Ids::default(),
            weights: Arc::clone(weights),
        }
    }
}

/// The ranges of a pipeline that are still to be run.
pub(crate) struct Parts<'p> {
    /// The [`Op::Gather`] above the pipeline.
    gather: &'p Node,
    prepared: OnceCell<Prepared>,
    /// The position of the next range.
    next: Cell<usize>,
}

struct Prepared {
    ranges: Vec<Range<u32>>,
    weights: Arc<FxHashMap<usize, Arc<Weights>>>,
}

/// What one thread has done: the results of ranges by position, and its profile.
type Done<R> = (Vec<(usize, Result<R, Failure>)>, Profile);

impl<'p> Parts<'p> {
    /// The ranges of the pipeline below an [`Op::Gather`].
    pub(crate) fn new(gather: &'p Node) -> Self {
        Self {
            gather,
            prepared: OnceCell::new(),
            next: Cell::new(0),
        }
    }

    /// The last operator of the pipeline.
    fn pipeline(&self) -> &'p Node {
        self.gather.input()
    }

    /// Returns to the first range. The graph does not change: the weights stay.
    pub(crate) fn reset(&self) {
        self.next.set(0);
    }

    /// The results of `work` for the next ranges, at most so many, in their order; none after the last range.
    ///
    /// # Errors
    /// That of the first range that fails.
    pub(crate) fn run<R: Send>(
        &self,
        most: usize,
        cx: &mut Context<'_>,
        work: impl Fn(&mut Source<'_>, &mut Context<'_>) -> Result<R, Failure> + Sync,
    ) -> Result<Vec<R>, Failure> {
        let Prepared { ranges, weights } = self.prepared(cx)?;
        let rest = &ranges[self.next.get()..];
        let ranges = &rest[..rest.len().min(most)];
        self.next.set(self.next.get() + ranges.len());
        if ranges.is_empty() {
            return Ok(Vec::new());
        }
        let queue = Queue {
            pipeline: self.pipeline(),
            ranges,
            weights,
            next: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
            common: cx.common(),
        };
        let mut results = Vec::with_capacity(ranges.len());
        let mut profiles = Vec::new();
        for (done, profile) in queue.run(cx.threads(), &work) {
            results.extend(done);
            profiles.push(profile);
        }
        profiles
            .into_iter()
            .for_each(|profile| cx.profile.absorb(profile));
        results.sort_by_key(|(position, _)| *position);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// The operators that return the rows of all ranges that are still to be run, one after the other; `None` after the last.
    pub(crate) fn rest(&self, cx: &mut Context<'_>) -> Result<Option<Source<'p>>, Failure> {
        let Prepared { ranges, weights } = self.prepared(cx)?;
        let Some(range) = ranges.get(self.next.replace(ranges.len())) else {
            return Ok(None);
        };
        let part = Part::new(weights);
        // The ranges are in the order of the scan, so that its rows from here on are those of the rest.
        part.ids.0.set((range.start, u32::MAX));
        Ok(Some(op::build_part(self.pipeline(), &part)))
    }

    /// Notes in the profile that all rows of the pipeline were gathered, if they were not read one after the other.
    pub(crate) fn note_rows(&self, cx: &mut Context<'_>) {
        cx.profile.pass_on(self.pipeline().id, self.gather.id);
    }

    fn prepared(&self, cx: &mut Context<'_>) -> Result<&Prepared, Failure> {
        if let Some(prepared) = self.prepared.get() {
            return Ok(prepared);
        }
        let mut weights = FxHashMap::default();
        let mut scan = self.pipeline();
        while !scan.op.is_scan() {
            if let Op::Message(message) = &scan.op
                && message.weighted
            {
                let known = Weights::of_plan(scan.second(), message.node, cx)?;
                weights.insert(scan.id, Arc::new(known));
            }
            scan = scan.input();
        }
        let ranges = op::ranges(&scan.op, cx);
        let weights = Arc::new(weights);
        Ok(self.prepared.get_or_init(|| Prepared { ranges, weights }))
    }
}

/// The ranges that threads take one after the other.
struct Queue<'q> {
    pipeline: &'q Node,
    ranges: &'q [Range<u32>],
    weights: &'q Arc<FxHashMap<usize, Arc<Weights>>>,
    /// The position of the next range.
    next: AtomicUsize,
    /// Whether no more ranges are started.
    stopped: AtomicBool,
    common: Common<'q>,
}

impl Queue<'_> {
    /// Runs all ranges on the calling thread and on threads of the pool. A panic on any of them goes on in the caller.
    fn run<R: Send>(
        &self,
        threads: usize,
        work: &(impl Fn(&mut Source<'_>, &mut Context<'_>) -> Result<R, Failure> + Sync),
    ) -> Vec<Done<R>> {
        let others = threads.min(self.ranges.len()).saturating_sub(1);
        if others == 0 {
            return vec![self.work_off(work)];
        }
        let all = Mutex::new(Vec::new());
        let take_part = || {
            let done = self.work_off(work);
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            all.push(done);
        };
        rayon::in_place_scope(|scope| {
            (0..others).for_each(|_| scope.spawn(|_| take_part()));
            take_part();
        });
        all.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs ranges until there are no more. Ranges start in order, so that all before one that fails are run.
    fn work_off<R>(
        &self,
        work: &impl Fn(&mut Source<'_>, &mut Context<'_>) -> Result<R, Failure>,
    ) -> Done<R> {
        let part = Part::new(self.weights);
        let _stop = StopOnPanic(&self.stopped);
        let mut cx = Context::of_thread(&self.common);
        let mut done = Vec::new();
        let mut source: Option<Source<'_>> = None;
        while !self.stopped.load(Ordering::Relaxed) {
            let position = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(range) = self.ranges.get(position) else {
                break;
            };
            part.ids.0.set((range.start, range.end));
            let source = source.get_or_insert_with(|| op::build_part(self.pipeline, &part));
            let result = work(source, &mut cx);
            source.reset();
            if result.is_err() {
                self.stopped.store(true, Ordering::Relaxed);
            }
            done.push((position, result));
        }
        drop(source);
        (done, cx.profile)
    }
}

/// Keeps the other threads from starting ranges after a panic.
struct StopOnPanic<'a>(&'a AtomicBool);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}
