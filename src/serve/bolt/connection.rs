//! A conversation over Bolt: one reply for each message, in order.

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use boltr::{
    message::{ClientMessage, sig},
    packstream::encode as pack,
    types::{BoltDict, BoltValue},
};
use bytes::BytesMut;
use relata::{CancelToken, Database, Error, base::Source};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::{sleep, timeout},
};

use crate::serve::{
    bolt::{
        PATIENCE,
        frame::{self, Incoming},
        opened::Opened,
        read,
        request::{self, Settings},
        stream::Stream,
        summary::Filter,
        write::{Dict, Item},
    },
    server::{BOOKMARK, Client, DATABASE, LONGEST_MESSAGE, Server, Statement},
    status::Failure,
};

/// The most bytes of a message before the login.
const LONGEST_GREETING: usize = 64 << 10;

/// The most messages that are read while a statement runs.
const AHEAD: usize = 1_000;

/// The most results of a transaction that are open at a time.
const OPEN: usize = 1_000;

/// Bytes that are sent together.
const BATCH: usize = 64 << 10;

/// How long a client may take to receive a batch.
const SENDING: Duration = Duration::from_secs(60);

/// Which messages the client may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// `HELLO`
    Greeting,
    /// `LOGON`
    Login,
    /// All others.
    Ready,
    /// `RESET`, after a failure.
    Failed,
}

/// A conversation with a client.
pub(super) struct Connection {
    stream: Stream,
    incoming: Incoming,
    /// Messages that were read while a statement ran.
    waiting: VecDeque<ClientMessage>,
    out: BytesMut,
    message: BytesMut,
    client: Client,
    server: Arc<Server>,
    version: (u8, u8),
    peer: SocketAddr,
    local: SocketAddr,
    stage: Stage,
    filter: Filter,
    transaction: Option<Settings>,
    /// Why the transaction has ended without a message of the client.
    ended: Option<Failure>,
    results: BTreeMap<i64, Opened>,
    /// The number of the next result.
    next: i64,
    /// Whether the client has closed its end.
    gone: bool,
}

type Reply = Result<Dict, Failure>;

impl Connection {
    pub(super) fn new(
        stream: Stream,
        version: (u8, u8),
        (peer, local): (SocketAddr, SocketAddr),
        server: Arc<Server>,
    ) -> Self {
        Self {
            stream,
            incoming: Incoming::default(),
            waiting: VecDeque::new(),
            out: BytesMut::new(),
            message: BytesMut::new(),
            client: Client::new(Arc::clone(&server)),
            server,
            version,
            peer,
            local,
            stage: Stage::Greeting,
            filter: Filter::default(),
            transaction: None,
            ended: None,
            results: BTreeMap::new(),
            next: 0,
            gone: false,
        }
    }

    /// Answers messages until the client leaves, or the server stops.
    pub(super) async fn run(mut self) -> io::Result<()> {
        while let Some(message) = self.receive().await? {
            if message == ClientMessage::Goodbye {
                break;
            }
            if !self.answer(message).await? {
                break;
            }
        }
        self.flush().await?;
        self.stream.shutdown().await
    }

    /// The next message; `None` if the client has left or the server stops.
    async fn receive(&mut self) -> io::Result<Option<ClientMessage>> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return Ok(Some(message));
            }
            if let Some(message) = self.incoming.next(self.longest())? {
                return Ok(Some(message));
            }
            self.flush().await?;
            let stops = self.server.is_stopping() && self.transaction.is_none();
            if self.gone || stops {
                return Ok(None);
            }
            let patience = match self.stage {
                Stage::Greeting | Stage::Login => Some(PATIENCE),
                _ => self
                    .transaction
                    .is_some()
                    .then_some(self.server.transaction_timeout),
            };
            let read = self.stream.read_buf(&mut self.incoming.bytes);
            let server = Arc::clone(&self.server);
            let idle = self.transaction.is_none();
            tokio::select! {
                read = read => self.gone = read? == 0,
                () = server.stopped(), if idle => return Ok(None),
                () = sleep(patience.unwrap_or_default()), if patience.is_some() => {
                    if self.transaction.is_none() {
                        return Ok(None);
                    }
                    self.end_transaction().await?;
                }
            }
        }
    }

    fn longest(&self) -> usize {
        match self.stage {
            Stage::Greeting | Stage::Login => LONGEST_GREETING,
            Stage::Ready | Stage::Failed => LONGEST_MESSAGE,
        }
    }

    /// Rolls back a transaction whose client is silent for too long.
    async fn end_transaction(&mut self) -> io::Result<()> {
        self.roll_back().await?;
        let message =
            "the transaction was rolled back, because its next statement did not come in time";
        let code = "Neo.ClientError.Transaction.TransactionTimedOut";
        self.ended = Some(Failure::new(code, message));
        Ok(())
    }

    /// Answers a message. False if the connection ends.
    async fn answer(&mut self, message: ClientMessage) -> io::Result<bool> {
        if message == ClientMessage::Reset && self.is_logged_in() {
            self.reset().await?;
            self.success(&Dict::default());
            return Ok(true);
        }
        let is_reset = |message: &ClientMessage| *message == ClientMessage::Reset;
        if self.stage == Stage::Failed || self.waiting.iter().any(is_reset) {
            self.message.clear();
            pack::encode_struct_header(&mut self.message, sig::IGNORED, 0);
            self.send();
            return Ok(true);
        }
        let was_ready = self.is_logged_in();
        let reply = match self.ended.take() {
            Some(failure) => Err(failure),
            None => self.reply(message).await?,
        };
        match reply {
            Ok(dict) => self.success(&dict),
            Err(failure) => {
                self.fail(&failure).await?;
                // Who cannot log in is sent away.
                return Ok(was_ready);
            }
        }
        Ok(true)
    }

    fn is_logged_in(&self) -> bool {
        matches!(self.stage, Stage::Ready | Stage::Failed)
    }

    async fn reply(&mut self, message: ClientMessage) -> io::Result<Reply> {
        match (self.stage, message) {
            (Stage::Greeting, ClientMessage::Hello { extra }) => Ok(self.greet(&extra)),
            (Stage::Login, ClientMessage::Logon { auth }) => Ok(self.log_in(&auth).await),
            (Stage::Ready, ClientMessage::Logoff) if self.transaction.is_none() => {
                self.stage = Stage::Login;
                Ok(Ok(Dict::default()))
            }
            (
                Stage::Ready,
                ClientMessage::Run {
                    query,
                    parameters,
                    extra,
                },
            ) => self.run_statement(query, parameters, &extra).await,
            (Stage::Ready, ClientMessage::Pull { extra }) => self.pull(&extra, true).await,
            (Stage::Ready, ClientMessage::Discard { extra }) => self.pull(&extra, false).await,
            (Stage::Ready, ClientMessage::Begin { extra }) => self.begin(&extra).await,
            (Stage::Ready, ClientMessage::Commit) => self.commit().await,
            (Stage::Ready, ClientMessage::Rollback) => {
                if self.transaction.is_none() {
                    return Ok(Err(Failure::invalid("no transaction is open")));
                }
                self.roll_back().await?;
                Ok(Ok(Dict::default()))
            }
            (Stage::Ready, ClientMessage::Route { routing, extra, .. }) => {
                let here = || self.local.to_string();
                Ok(request::database(&extra).map(|()| request::route(&routing, here)))
            }
            (Stage::Ready, ClientMessage::Telemetry { .. }) => Ok(Ok(Dict::default())),
            (_, message) => {
                let problem = format!("{} is not expected now", request::name(&message));
                Ok(Err(Failure::invalid(problem)))
            }
        }
    }

    fn greet(&mut self, extra: &BoltDict) -> Reply {
        self.filter = request::filter(extra, &self.filter);
        self.stage = Stage::Login;
        let version = env!("CARGO_PKG_VERSION");
        // Drivers refuse servers whose name does not begin so.
        let server = format!("Neo4j/5.26.0 compatible, Relata/{version}");
        let (major, minor) = self.version;
        let hints = Dict::default().with("telemetry.enabled", false);
        Ok(Dict::default()
            .with("server", server)
            .with("protocol_version", format!("{major}.{minor}"))
            .with("connection_id", format!("bolt-{}", self.peer.port()))
            .item("hints", Item::Dict(hints)))
    }

    async fn log_in(&mut self, auth: &BoltDict) -> Reply {
        let text = |key| {
            auth.get(key)
                .and_then(BoltValue::as_str)
                .unwrap_or_default()
        };
        let accounts = &self.server.auth;
        let address = self.peer.ip();
        sleep(accounts.pause(address)).await;
        let admitted = accounts.is_open()
            || text("scheme") == "basic" && accounts.admits(text("principal"), text("credentials"));
        accounts.remember(address, admitted);
        if admitted {
            self.stage = Stage::Ready;
            return Ok(Dict::default());
        }
        let refused = &self.server.counters.refused_logins;
        refused.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Err(Failure::new(
            "Neo.ClientError.Security.Unauthorized",
            "the name or the password is wrong",
        ))
    }

    async fn run_statement(
        &mut self,
        query: String,
        parameters: BoltDict,
        extra: &BoltDict,
    ) -> io::Result<Reply> {
        if self.transaction.is_none() && !self.results.is_empty() {
            return Ok(Err(Failure::invalid("the result before is not read yet")));
        }
        if self.results.len() >= OPEN {
            let problem = format!("expected at most {OPEN} open results");
            return Ok(Err(Failure::invalid(problem)));
        }
        let settings = match &self.transaction {
            Some(begun) => begun.clone(),
            None => match self.settings(extra) {
                Ok(settings) => settings,
                Err(failure) => return Ok(Err(failure)),
            },
        };
        let parameters = match read::parameters(parameters) {
            Ok(parameters) => parameters,
            Err(problem) => {
                let code = "Neo.ClientError.Statement.ArgumentError";
                return Ok(Err(Failure::new(code, problem)));
            }
        };
        let statement = Statement {
            text: query.clone(),
            parameters,
            limits: settings.limits,
            reads_only: settings.reads_only,
        };
        let begun = Instant::now();
        let explicit = self.transaction.is_some();
        let outcome = self.work(move |database, token| {
            let answer = told(statement.run(database, token))?;
            kept_apart(database, explicit).map(|()| answer)
        });
        let outcome = outcome.await?;
        self.client.count(outcome.is_err());
        Ok(outcome.map(|answer| {
            let statement = Source::new("query", query);
            let opened = Opened::new(answer, statement, settings.filter);
            let passed = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
            let fields: Vec<_> = opened.fields().into_iter().map(str::to_owned).collect();
            let dict = Dict::default()
                .with("fields", fields)
                .with("t_first", passed);
            let number = self.next;
            self.next += 1;
            self.results.insert(number, opened);
            match self.transaction {
                Some(_) => dict.with("qid", number),
                None => dict,
            }
        }))
    }

    /// Sends rows, or leaves them out.
    async fn pull(&mut self, extra: &BoltDict, sends: bool) -> io::Result<Reply> {
        let integer = |key| extra.get(key).and_then(BoltValue::as_int).unwrap_or(-1);
        let (most, number) = (integer("n"), integer("qid"));
        let last = self.results.keys().next_back().copied();
        let number = Some(number).filter(|number| *number >= 0).or(last);
        let Some((number, mut opened)) =
            number.and_then(|number| self.results.remove_entry(&number))
        else {
            return Ok(Err(Failure::invalid("there is no such open result")));
        };
        let rows = usize::try_from(most)
            .unwrap_or(usize::MAX)
            .min(opened.left());
        if !sends {
            opened.skip(rows);
        } else {
            for _ in 0..rows {
                self.message.clear();
                opened.record(&mut self.message);
                self.send();
                if self.out.len() >= BATCH {
                    self.flush().await?;
                }
            }
        }
        if opened.left() > 0 {
            self.results.insert(number, opened);
            return Ok(Ok(Dict::default().with("has_more", true)));
        }
        let bookmark = self.transaction.is_none().then_some(BOOKMARK);
        Ok(Ok(opened.summary(bookmark, DATABASE)))
    }

    async fn begin(&mut self, extra: &BoltDict) -> io::Result<Reply> {
        if self.transaction.is_some() || !self.results.is_empty() {
            return Ok(Err(Failure::invalid("a transaction or a result is open")));
        }
        let settings = match self.settings(extra) {
            Ok(settings) => settings,
            Err(failure) => return Ok(Err(failure)),
        };
        let begun = self.work(|database, _| told(database.begin())).await?;
        Ok(begun.map(|()| {
            self.transaction = Some(settings);
            Dict::default()
        }))
    }

    async fn commit(&mut self) -> io::Result<Reply> {
        if self.transaction.take().is_none() {
            return Ok(Err(Failure::invalid("no transaction is open")));
        }
        self.results.clear();
        let committed = self.work(|database, _| {
            let committed = told(database.commit());
            if database.in_transaction() {
                told(database.rollback())?;
            }
            committed
        });
        let committed = committed.await?;
        Ok(committed.map(|()| Dict::default().with("bookmark", BOOKMARK)))
    }

    /// Forgets open results, and rolls back the open transaction.
    async fn roll_back(&mut self) -> io::Result<()> {
        self.results.clear();
        self.transaction = None;
        if self.client.in_transaction() {
            // It cannot fail: a transaction is open.
            let _ = self.work(|database, _| told(database.rollback())).await?;
        }
        Ok(())
    }

    async fn reset(&mut self) -> io::Result<()> {
        self.roll_back().await?;
        self.ended = None;
        self.stage = Stage::Ready;
        Ok(())
    }

    fn settings(&self, extra: &BoltDict) -> Result<Settings, Failure> {
        Settings::read(extra, self.server.limits, &self.filter)
    }

    /// Does work on the database, and reads the messages that come meanwhile: `RESET` interrupts it, as does the end of the
    /// connection.
    async fn work<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Database, &CancelToken) -> Result<T, Failure> + Send + 'static,
    ) -> io::Result<Result<T, Failure>> {
        let mut running = self.client.start(work).await;
        loop {
            let reads = !self.gone && self.waiting.len() < AHEAD;
            tokio::select! {
                ended = &mut running => {
                    let outcome = self.client.finish(ended);
                    return Ok(outcome.unwrap_or_else(|| Err(Failure::panicked())));
                }
                read = self.stream.read_buf(&mut self.incoming.bytes), if reads => {
                    self.gone = !matches!(read, Ok(bytes) if bytes > 0);
                    while let Ok(Some(message)) = self.incoming.next(LONGEST_MESSAGE) {
                        self.gone |= message == ClientMessage::Goodbye;
                        if message == ClientMessage::Reset {
                            self.client.token.cancel();
                        }
                        self.waiting.push_back(message);
                    }
                    if self.gone {
                        self.client.token.cancel();
                    }
                }
            }
        }
    }

    async fn fail(&mut self, failure: &Failure) -> io::Result<()> {
        self.roll_back().await?;
        self.stage = Stage::Failed;
        self.message.clear();
        pack::encode_struct_header(&mut self.message, sig::FAILURE, 1);
        let dict = Dict::default()
            .with("code", failure.code)
            .with("message", failure.message.as_str());
        dict.write(&mut self.message);
        self.send();
        Ok(())
    }

    fn success(&mut self, dict: &Dict) {
        self.message.clear();
        pack::encode_struct_header(&mut self.message, sig::SUCCESS, 1);
        dict.write(&mut self.message);
        self.send();
    }

    /// Adds the message to the bytes to send.
    fn send(&mut self) {
        frame::put(&mut self.out, &self.message);
    }

    async fn flush(&mut self) -> io::Result<()> {
        if self.out.is_empty() {
            return Ok(());
        }
        let sent = timeout(SENDING, async {
            self.stream.write_all(&self.out).await?;
            self.stream.flush().await
        });
        sent.await??;
        self.out.clear();
        if self.out.capacity() > 4 * BATCH {
            self.out = BytesMut::new();
        }
        Ok(())
    }
}

/// An error if a statement has begun or ended a transaction: that is for messages.
fn kept_apart(database: &mut Database, explicit: bool) -> Result<(), Failure> {
    if database.in_transaction() == explicit {
        return Ok(());
    }
    if database.in_transaction() {
        told(database.rollback())?;
    }
    Err(Failure::new(
        "Neo.ClientError.Statement.SemanticError",
        "begin and end transactions with the functions of the driver, not with statements",
    ))
}

fn told<T>(outcome: Result<T, Error>) -> Result<T, Failure> {
    outcome.map_err(|error| Failure::from(&error))
}
