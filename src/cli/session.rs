//! `relata session`: one thread reads requests while another answers them, so that a request or Ctrl-C can cancel the
//! request that is being answered.

use std::{
    collections::VecDeque,
    io::{self, BufWriter},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use relata::{
    CancelToken,
    session::{LONGEST_REQUEST, Request, Requests},
};
use signal_hook::{consts::SIGINT, iterator::Signals};

use crate::{
    cli::{arguments::SessionArguments, open},
    repl::error::ShellError,
};

/// Requests are read ahead up to this number, and up to the bytes of the longest request.
const AHEAD: usize = 1024;

/// Answers requests until the input ends.
pub(super) fn session(arguments: &SessionArguments) -> Result<(), ShellError> {
    let mut database = open::open(&arguments.graph, arguments.changes, &arguments.limits)?;
    let queue = Arc::<Queue>::default();
    // If registration fails, Ctrl-C ends the process, which is the default.
    if let Ok(mut signals) = Signals::new([SIGINT]) {
        spawn(&queue, move |queue| {
            signals.forever().for_each(|_| queue.interrupt());
        })?;
    }
    spawn(&queue, read)?;
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    while let Some((request, token)) = queue.take().map_err(ShellError::Output)? {
        let answered = request.answer(&mut database, &token, &mut output);
        answered.map_err(ShellError::Output)?;
    }
    // The process is about to end; freeing the graph would only take time.
    std::mem::forget(database);
    Ok(())
}

fn spawn(queue: &Arc<Queue>, work: impl FnOnce(&Queue) + Send + 'static) -> Result<(), ShellError> {
    let queue = queue.clone();
    let thread = thread::Builder::new().spawn(move || work(&queue));
    thread.map(drop).map_err(ShellError::Output)
}

fn read(queue: &Queue) {
    for request in Requests::new(io::stdin().lock()) {
        queue.add(request);
    }
    queue.end();
}

/// The requests that were read and are not answered yet, in order.
#[derive(Debug, Default)]
struct Queue {
    state: Mutex<State>,
    /// Notified after every change of the state.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<(io::Result<Request>, CancelToken)>,
    /// The id and the token of the request that is being answered.
    running: Option<(Option<serde_json::Value>, CancelToken)>,
    /// The length of the waiting requests in bytes.
    size: usize,
    ended: bool,
}

impl Queue {
    /// Adds a request at the end, after waiting for room. A request to cancel others takes effect at once.
    fn add(&self, request: io::Result<Request>) {
        let mut state = self.lock();
        if let Ok(request) = &request {
            state.cancel(request);
            state.size += request.size();
        }
        state.waiting.push_back((request, CancelToken::new()));
        self.changed.notify_all();
        while state.is_full() {
            state = self.wait(state);
        }
    }

    fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// Cancels the request that is being answered.
    fn interrupt(&self) {
        if let Some((_, token)) = &self.lock().running {
            token.cancel();
        }
    }

    /// The next request, after waiting for it; `None` at the end of the input.
    fn take(&self) -> io::Result<Option<(Request, CancelToken)>> {
        let mut state = self.lock();
        state.running = None;
        loop {
            if let Some((request, token)) = state.waiting.pop_front() {
                let request = request?;
                state.size -= request.size();
                state.running = Some((request.id().cloned(), token.clone()));
                self.changed.notify_all();
                return Ok(Some((request, token)));
            }
            if state.ended {
                return Ok(None);
            }
            state = self.wait(state);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        let woken = self.changed.wait(state);
        woken.unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_full(&self) -> bool {
        self.waiting.len() >= AHEAD || self.size > LONGEST_REQUEST
    }

    /// Cancels the requests that `request` names.
    fn cancel(&self, request: &Request) {
        let waiting = self.waiting.iter().filter_map(|(other, token)| {
            let other = other.as_ref().ok()?;
            Some((other.id(), token))
        });
        let running = self.running.iter();
        let running = running.map(|(id, token)| (id.as_ref(), token));
        for (id, token) in running.chain(waiting) {
            if request.cancels(id) {
                token.cancel();
            }
        }
    }
}
