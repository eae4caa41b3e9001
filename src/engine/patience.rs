//! How long a connection waits for others.

use std::time::Duration;

use crate::{
    base::{Code, Diagnostic},
    engine::CancelToken,
};

/// How long a connection waits if no time limit says it.
const USUAL: Duration = Duration::from_secs(30);

/// The limits of waiting for another connection.
pub(super) struct Patience {
    cancel: CancelToken,
    longest: Duration,
}

impl Patience {
    /// Waits as long as a time limit says, or until an interrupt.
    pub(super) fn new(cancel: &CancelToken, longest: Option<Duration>) -> Self {
        Self {
            cancel: cancel.clone(),
            longest: longest.unwrap_or(USUAL),
        }
    }

    /// An error after an interrupt, or if the wait was too long.
    pub(super) fn check(&self, waited: Duration) -> Result<(), Box<Diagnostic>> {
        if self.cancel.is_cancelled() {
            let message = "the statement was interrupted while it waited for another transaction";
            return Err(Box::new(Diagnostic::whole(Code::Cancelled, message)));
        }
        if waited < self.longest {
            return Ok(());
        }
        let message = "another transaction changes the graph, and did not end in time";
        let busy = Diagnostic::whole(Code::WriterBusy, message);
        Err(Box::new(busy.help("repeat the transaction")))
    }
}
