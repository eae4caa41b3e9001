//! Interleavings of connections to a shared graph: what `docs/CONCURRENCY.md` promises.

use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use relata::{CancelToken, Code, Database, Limits, SharedDatabase};

/// A shared graph with one account.
fn account() -> SharedDatabase {
    let mut database = Database::empty();
    run(&mut database, "CREATE (:Account {id: 1, sum: 100})");
    database.share()
}

fn run(database: &mut Database, text: &str) {
    database.query(text).run().expect(text);
}

fn number(database: &mut Database, text: &str) -> i64 {
    let answer = database.query(text).run().expect(text);
    answer.single().unwrap().get(0).unwrap()
}

fn code(database: &mut Database, text: &str) -> Code {
    database.query(text).run().expect_err(text).code()
}

const SUM: &str = "MATCH (a:Account {id: 1}) RETURN a.sum";
const COUNT: &str = "MATCH (a:Account) RETURN count(*)";

#[test]
fn no_connection_reads_what_is_not_committed() {
    let shared = account();
    let (mut writer, mut reader) = (shared.connect(), shared.connect());
    writer.begin().unwrap();
    run(&mut writer, "MATCH (a:Account) SET a.sum = 0");
    assert_eq!(number(&mut writer, SUM), 0);
    assert_eq!(number(&mut reader, SUM), 100);
    writer.rollback().unwrap();
    assert_eq!(number(&mut reader, SUM), 100);
    assert_eq!(number(&mut writer, SUM), 100);
}

#[test]
fn a_transaction_reads_the_same_as_long_as_it_lasts() {
    let shared = account();
    let (mut writer, mut reader) = (shared.connect(), shared.connect());
    reader.begin().unwrap();
    assert_eq!(number(&mut reader, SUM), 100);
    run(&mut writer, "MATCH (a:Account) SET a.sum = 50");
    assert_eq!(number(&mut writer, SUM), 50);
    assert_eq!(number(&mut reader, SUM), 100);
    reader.commit().unwrap();
    assert_eq!(number(&mut reader, SUM), 50);
}

#[test]
fn no_phantom_appears_in_a_transaction() {
    let shared = account();
    let (mut writer, mut reader) = (shared.connect(), shared.connect());
    reader.begin().unwrap();
    assert_eq!(number(&mut reader, COUNT), 1);
    run(&mut writer, "CREATE (:Account {id: 2, sum: 0})");
    assert_eq!(number(&mut reader, COUNT), 1);
    reader.rollback().unwrap();
    assert_eq!(number(&mut reader, COUNT), 2);
}

#[test]
fn a_transaction_that_would_lose_an_update_has_to_be_repeated() {
    let shared = account();
    let (mut one, mut other) = (shared.connect(), shared.connect());
    one.begin().unwrap();
    other.begin().unwrap();
    assert_eq!(number(&mut one, SUM), 100);
    assert_eq!(number(&mut other, SUM), 100);
    run(&mut one, "MATCH (a:Account) SET a.sum = 100 - 10");
    one.commit().unwrap();
    let text = "MATCH (a:Account) SET a.sum = 100 - 20";
    assert_eq!(code(&mut other, text), Code::TransactionConflict);
    other.rollback().unwrap();
    other.begin().unwrap();
    run(&mut other, "MATCH (a:Account) SET a.sum = a.sum - 20");
    other.commit().unwrap();
    assert_eq!(number(&mut one, SUM), 70);
}

#[test]
fn write_skew_is_a_conflict() {
    let shared = account();
    let (mut one, mut other) = (shared.connect(), shared.connect());
    run(&mut one, "CREATE (:Account {id: 2, sum: 100})");
    one.begin().unwrap();
    other.begin().unwrap();
    let sum = "MATCH (a:Account) RETURN sum(a.sum)";
    assert_eq!(number(&mut one, sum), 200);
    assert_eq!(number(&mut other, sum), 200);
    run(&mut one, "MATCH (a:Account {id: 1}) SET a.sum = -50");
    one.commit().unwrap();
    let text = "MATCH (a:Account {id: 2}) SET a.sum = -50";
    assert_eq!(code(&mut other, text), Code::TransactionConflict);
    assert!(other.transaction_failed());
}

#[test]
fn a_transaction_that_writes_first_waits_for_the_writer_and_continues_its_work() {
    let shared = account();
    let mut one = shared.connect();
    one.begin().unwrap();
    run(&mut one, "MATCH (a:Account) SET a.sum = a.sum - 10");
    let other = {
        let mut other = shared.connect();
        thread::spawn(move || {
            other.begin().unwrap();
            run(&mut other, "MATCH (a:Account) SET a.sum = a.sum - 20");
            other.commit().unwrap();
        })
    };
    thread::sleep(Duration::from_millis(50));
    assert_eq!(number(&mut one, SUM), 90);
    one.commit().unwrap();
    other.join().unwrap();
    assert_eq!(number(&mut one, SUM), 70);
}

#[test]
fn who_waits_for_a_writer_ends_at_its_time_limit_and_after_an_interrupt() {
    let shared = account();
    let (mut one, mut other) = (shared.connect(), shared.connect());
    one.begin().unwrap();
    run(&mut one, "CREATE (:Account)");
    let limits = Limits {
        time: Some(Duration::from_millis(50)),
        ..Limits::default()
    };
    let mut timed = shared.connect().with_clock(|| (0, 0));
    let waited = timed.query("CREATE (:Account)").limits(limits).run();
    assert_eq!(waited.unwrap_err().code(), Code::WriterBusy);
    let token = CancelToken::new();
    let cancelled = thread::spawn({
        let token = token.clone();
        move || other.query("CREATE (:Account)").cancel(&token).run()
    });
    token.cancel();
    let outcome = cancelled.join().unwrap();
    assert_eq!(outcome.unwrap_err().code(), Code::Cancelled);
    one.commit().unwrap();
    assert_eq!(number(&mut one, COUNT), 2);
}

#[test]
fn a_connection_that_is_dropped_gives_up_its_transaction() {
    let shared = account();
    let (mut one, mut other) = (shared.connect(), shared.connect());
    one.begin().unwrap();
    run(&mut one, "CREATE (:Account)");
    drop(one);
    run(&mut other, "CREATE (:Account)");
    assert_eq!(number(&mut other, COUNT), 2);
}

#[test]
fn a_statement_that_fails_changes_nothing_and_lets_others_write() {
    let shared = account();
    let (mut one, mut other) = (shared.connect(), shared.connect());
    let text = "MATCH (a:Account) SET a.sum = 0 WITH a RETURN 1 / a.sum";
    assert_eq!(code(&mut one, text), Code::DivisionByZero);
    assert_eq!(number(&mut other, SUM), 100);
    run(&mut other, "MATCH (a:Account) SET a.sum = 1");
    assert_eq!(number(&mut one, SUM), 1);
}

#[test]
fn batches_of_a_statement_are_seen_at_its_end() {
    let shared = account();
    let mut one = shared.connect();
    let text =
        "UNWIND range(1, 2500) AS n CALL (n) { CREATE (:Row {n: n}) } IN TRANSACTIONS OF 1000 ROWS";
    run(&mut one, text);
    let mut other = shared.connect();
    assert_eq!(number(&mut other, "MATCH (r:Row) RETURN count(*)"), 2500);
}

#[test]
fn a_plan_is_never_used_for_another_version() {
    let shared = account();
    let (mut one, mut other) = (shared.connect(), shared.connect());
    one.begin().unwrap();
    run(&mut one, "CREATE (:Fresh {x: 1})");
    let fresh = "MATCH (f:Fresh) RETURN count(f.x)";
    assert_eq!(number(&mut one, fresh), 1);
    one.rollback().unwrap();
    run(&mut other, "CREATE (:Other {y: 1})");
    assert_eq!(number(&mut other, fresh), 0);
    assert_eq!(number(&mut one, fresh), 0);
    assert_eq!(number(&mut one, "MATCH (o:Other) RETURN count(o.y)"), 1);
}

#[test]
fn questions_are_answered_by_connections() {
    let shared = Database::connected_practice().share();
    let mut one = shared.connect();
    let reply = one.ask("how many courses are there?").run().unwrap();
    let count: i64 = reply.answer.single().unwrap().get(0).unwrap();
    assert_eq!(count, 12);
    let nodes = one
        .looking(|database| database.graph().node_count())
        .unwrap();
    assert!(nodes > 100);
    assert_eq!(one.graph().node_count(), 0);
}

/// Money moves between accounts while others add it up: the sum never changes, and no move is lost.
#[test]
fn readers_and_writers_on_many_threads_see_only_whole_transactions() {
    const MOVES: i64 = 100;
    let mut database = Database::empty();
    run(
        &mut database,
        "UNWIND range(1, 10) AS n CREATE (:Account {id: n, sum: 100, moves: 0})",
    );
    let shared = database.share();
    let (ended, barrier) = (Arc::new(AtomicBool::new(false)), Arc::new(Barrier::new(4)));
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let (mut reader, ended) = (shared.connect(), ended.clone());
            let barrier = barrier.clone();
            thread::spawn(move || {
                barrier.wait();
                let mut seen = 0;
                while !ended.load(Ordering::SeqCst) {
                    let sum = number(&mut reader, "MATCH (a:Account) RETURN sum(a.sum)");
                    assert_eq!(sum, 1_000);
                    seen += 1;
                }
                seen
            })
        })
        .collect();
    let writers: Vec<_> = (0..2)
        .map(|writer| {
            let mut database = shared.connect();
            let barrier = barrier.clone();
            thread::spawn(move || {
                barrier.wait();
                for step in 0..MOVES {
                    let (from, to) = (1 + (step + writer) % 10, 1 + (step * 3) % 10);
                    move_one(&mut database, from, to, step % 2 == 0);
                }
            })
        })
        .collect();
    writers
        .into_iter()
        .for_each(|writer| writer.join().unwrap());
    ended.store(true, Ordering::SeqCst);
    for reader in readers {
        assert!(reader.join().unwrap() > 0);
    }
    let mut database = shared.connect();
    let moves = number(&mut database, "MATCH (a:Account) RETURN sum(a.moves)");
    assert_eq!(moves, 2 * MOVES);
}

/// Moves 1 from an account to another, as one statement or as a transaction that is repeated after a conflict.
fn move_one(database: &mut Database, from: i64, to: i64, at_once: bool) {
    let take =
        format!("MATCH (a:Account {{id: {from}}}) SET a.sum = a.sum - 1, a.moves = a.moves + 1");
    let give = format!("MATCH (b:Account {{id: {to}}}) SET b.sum = b.sum + 1");
    if at_once {
        let text = format!("{take} WITH a {give}");
        return run(database, &text);
    }
    loop {
        database.begin().unwrap();
        number(database, "MATCH (a:Account) RETURN count(*)");
        match database.query(&take).run() {
            Ok(_) => {
                run(database, &give);
                return database.commit().unwrap();
            }
            Err(error) => {
                assert_eq!(error.code(), Code::TransactionConflict);
                database.rollback().unwrap();
            }
        }
    }
}
