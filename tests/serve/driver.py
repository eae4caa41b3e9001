"""Uses a server through the official driver: every value both ways, transactions, errors, plans, interrupts.

Usage: driver.py URI
"""

import faulthandler
import subprocess
import sys
import threading
import time
import warnings

import neo4j
from neo4j import GraphDatabase
from neo4j.exceptions import ClientError, CypherSyntaxError, Neo4jError, TransientError
from neo4j.time import Date, DateTime, Duration, Time

faulthandler.dump_traceback_later(300, exit=True)

warnings.simplefilter("ignore")
uri = sys.argv[1]
# The driver waits ever longer before it repeats a transaction: a busy machine needs more than its 30 s.
driver = GraphDatabase.driver(uri, auth=("neo4j", "secret"), max_transaction_retry_time=240)
print("driver", neo4j.__version__)


def single(text, **parameters):
    with driver.session() as session:
        return session.run(text, **parameters).single()[0]


def fails(kind, code, work):
    try:
        work()
    except kind as error:
        assert error.code == code, error.code
        return error
    raise AssertionError(f"expected {code}")


def values():
    """What goes out as a parameter comes back as it was."""
    import datetime

    import pytz

    given = [
        None, True, False, 0, -1, 2**63 - 1, -(2**63), 127, 128, -16, -17, -129, 32768, 1.5, float("inf"),
        "", "Ada", "ü" * 200, "x" * 70_000, b"\x00\xff", [], [1, "a", None], list(range(300)), {}, {"a": {"b": [1]}},
        Date(1815, 12, 10), Date(1, 1, 1), Time(12, 30, 15, 1),
        Time(12, 30, 15, 1, tzinfo=pytz.FixedOffset(120)),
        DateTime(2024, 7, 1, 12, 0, 0, 5), Duration(months=14, days=3, seconds=7, nanoseconds=8),
        Duration(seconds=-1, nanoseconds=-5),
    ]
    for value in given:
        back = single("RETURN $value", value=value)
        same = bytes(back) == value if isinstance(value, bytes) else back == value
        assert same and type(back) in (type(value), bytearray, bytes), (value, back)
    berlin = pytz.timezone("Europe/Berlin").localize(datetime.datetime(2024, 7, 1, 12, 0))
    back = single("RETURN $value", value=berlin)
    assert back.hour == 12 and str(back.tzinfo) == "Europe/Berlin", back
    assert single("RETURN $value.epochSeconds", value=berlin) == berlin.timestamp()
    fixed = datetime.datetime(2024, 7, 1, 12, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=-5)))
    assert single("RETURN $value", value=fixed).to_native() == fixed
    assert single("RETURN toString($value)", value=berlin) == "2024-07-01T12:00+02:00[Europe/Berlin]"
    assert single("RETURN localdatetime('-0044-03-15T00:00:00.5').year") == -44
    nan = single("RETURN 0.0 / 0.0")
    assert nan != nan


def graph():
    """Nodes, relationships and paths have their content, and a path its directions."""
    text = "CREATE p = (a:A:B {x: 1})-[r:KNOWS {since: date('2020-01-01')}]->(b:B)<-[:LIKES]-(a) RETURN a, r, p"
    with driver.session() as session:
        result = session.run(text)
        node, relationship, path = result.single()
        counters = result.consume().counters
    assert counters.nodes_created == 2 and counters.relationships_created == 2, counters
    assert counters.properties_set == 2 and counters.labels_added == 2 and counters.contains_updates
    assert node.labels == {"A", "B"} and dict(node) == {"x": 1} and node.element_id
    assert relationship.type == "KNOWS" and relationship["since"] == Date(2020, 1, 1)
    assert relationship.start_node.element_id == node.element_id
    assert len(path) == 2 and path.start_node == node and path.end_node == node
    assert path.relationships[1].type == "LIKES" and path.relationships[1].start_node == node
    with driver.session() as session:
        nodes = session.run("MATCH p = ()-[*]->() RETURN p").graph().nodes
        assert len(nodes) == 2
        summary = session.run("MATCH (n) DETACH DELETE n").consume()
    assert summary.query_type == "w" and summary.counters.nodes_deleted == 2


def streams():
    """Long results come in parts, and several can be open in a transaction."""
    with driver.session(fetch_size=100) as session:
        assert [row[0] for row in session.run("UNWIND range(1, 2500) AS n RETURN n")] == list(range(1, 2501))
        result = session.run("UNWIND range(1, 100000) AS n RETURN n")
        assert next(iter(result))[0] == 1
        result.consume()
        with session.begin_transaction() as transaction:
            one = transaction.run("UNWIND range(1, 3000) AS n RETURN n")
            other = transaction.run("UNWIND range(1, 3000) AS n RETURN -n")
            pairs = list(zip((row[0] for row in one), (row[0] for row in other)))
            assert pairs == [(n, -n) for n in range(1, 3001)]


def transactions():
    """Transactions are committed or rolled back as a whole, and repeated after a conflict."""
    with driver.session() as session:
        with session.begin_transaction() as transaction:
            transaction.run("CREATE (:Account {id: 1, sum: 100})")
            assert transaction.run("MATCH (a:Account) RETURN count(a)").single()[0] == 1
            assert single("MATCH (a:Account) RETURN count(a)") == 0
            transaction.rollback()
        assert single("MATCH (a:Account) RETURN count(a)") == 0
        session.execute_write(lambda transaction: transaction.run("CREATE (:Account {id: 1, sum: 100})").consume())

    def take(transaction):
        left = transaction.run("MATCH (a:Account) RETURN a.sum").single()[0]
        transaction.run("MATCH (a:Account) SET a.sum = $left", left=left - 1).consume()

    def often():
        with driver.session() as session:
            for _ in range(5):
                session.execute_write(take)

    threads = [threading.Thread(target=often) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert single("MATCH (a:Account) RETURN a.sum") == 90
    with driver.session(default_access_mode="READ") as session:
        fails(ClientError, "Neo.ClientError.Statement.AccessMode", lambda: session.run("CREATE (:A)").consume())
    with driver.session() as session, session.begin_transaction() as one:
        one.run("MATCH (a:Account) RETURN a").consume()
        single("MATCH (a:Account) SET a.sum = 0 RETURN 1")
        fails(TransientError, "Neo.TransientError.Transaction.Outdated", lambda: one.run("CREATE (:B)").consume())
        one.rollback()
    with driver.session() as session:
        fails(ClientError, "Neo.ClientError.Statement.SemanticError", lambda: session.run("BEGIN").consume())
        assert session.run("RETURN 1").single()[0] == 1
        session.run("MATCH (n) DETACH DELETE n").consume()


def errors():
    """An error has its code and its place, and the session works on."""
    with driver.session() as session:
        error = fails(CypherSyntaxError, "Neo.ClientError.Statement.SyntaxError", lambda: session.run("RETRUN 1").consume())
        assert "line 1, column 1" in error.message, error.message
        fails(ClientError, "Neo.ClientError.Statement.ParameterMissing", lambda: session.run("RETURN $x").consume())
        fails(ClientError, "Neo.ClientError.Statement.ArithmeticError", lambda: session.run("RETURN 1 / 0").consume())
        fails(ClientError, "Neo.ClientError.Procedure.ProcedureNotFound", lambda: session.run("CALL gds.list()").consume())
        assert session.run("RETURN 1").single()[0] == 1
    with driver.session(database="other") as session:
        fails(ClientError, "Neo.ClientError.Database.DatabaseNotFound", lambda: session.run("RETURN 1").consume())
    with driver.session() as session:
        text = neo4j.Query("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a % b)", timeout=0.2)
        begun = time.monotonic()
        fails(Neo4jError, "Neo.ClientError.Transaction.TransactionTimedOut", lambda: session.run(text).consume())
        assert time.monotonic() - begun < 60


def plans():
    """Plans, profiles and warnings are in the summary."""
    with driver.session() as session:
        result = session.run("EXPLAIN MATCH (a)-->(b) WHERE a.x = 1 RETURN b ORDER BY b.x")
        assert result.keys() == []
        plan = result.consume().plan
        assert plan["operatorType"] == "Sort" and plan["children"], plan
        summary = session.run("EXPLAIN CREATE (:A)").consume()
        assert summary.query_type == "w"
        profile = session.run("PROFILE UNWIND [1, 2] AS n RETURN n").consume().profile
        assert profile["rows"] == 2, profile
        session.run("CREATE (:Somewhere)").consume()
        summary = session.run("MATCH (n:Nowhere) RETURN n").consume()
        assert summary.notifications[0]["code"] == "Neo.ClientNotification.Statement.UnknownLabelWarning"
        assert summary.notifications[0]["position"]["column"] == 10, summary.notifications
    with GraphDatabase.driver(uri, auth=("neo4j", "secret"), notifications_min_severity="OFF") as quiet:
        summary = quiet.execute_query("MATCH (n:Nowhere) RETURN n").summary
        assert not summary.notifications
    single("MATCH (n) DELETE n RETURN count(*)")


LEAVING = """
import sys
from neo4j import GraphDatabase
driver = GraphDatabase.driver(sys.argv[1], auth=("neo4j", "secret"))
session = driver.session()
transaction = session.begin_transaction()
transaction.run("CREATE (:A)").consume()
print("begun", flush=True)
transaction.run("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a % b)").single()
"""


def interrupts():
    """A client that leaves ends its statement, so that others can write."""
    leaving = subprocess.Popen([sys.executable, "-c", LEAVING, uri], stdout=subprocess.PIPE)
    assert leaving.stdout.readline() == b"begun\n"
    time.sleep(0.5)
    leaving.kill()
    leaving.wait()
    begun = time.monotonic()
    assert single("CREATE (n:C) RETURN 1") == 1
    assert time.monotonic() - begun < 60
    assert single("MATCH (n:A) RETURN count(n)") == 0
    single("MATCH (n:C) DELETE n RETURN 1")


def introspection():
    """What tools ask when they connect."""
    with driver.session() as session:
        session.run("CREATE (:P {name: 'a'})-[:R {w: 1}]->(:Q {n: 2})").consume()
        assert session.run("CALL dbms.components() YIELD name, versions, edition RETURN name").single()
        assert {row[0] for row in session.run("CALL db.labels()")} == {"P", "Q"}
        assert {row[0] for row in session.run("CALL db.relationshipTypes()")} == {"R"}
        assert {row[0] for row in session.run("CALL db.propertyKeys()")} >= {"name", "w", "n"}
        assert session.run("SHOW DATABASES YIELD name, currentStatus").data()
        for what in ["INDEXES", "CONSTRAINTS", "PROCEDURES", "FUNCTIONS"]:
            session.run(f"SHOW {what}").consume()
        rows = session.run("CALL db.schema.nodeTypeProperties()").data()
        assert {(row["nodeType"], row["propertyName"]) for row in rows} == {(":`P`", "name"), (":`Q`", "n")}, rows
        rows = session.run("CALL db.schema.relTypeProperties()").data()
        assert rows[0]["relType"] == ":`R`" and rows[0]["propertyTypes"] == ["Long"], rows
        rows = session.run("CALL apoc.meta.data({sample: 1000})").data()
        assert any(row["label"] == "P" and row["property"] == "name" and row["type"] == "STRING" for row in rows), rows
        value = session.run("CALL apoc.meta.schema({sample: 1000}) YIELD value RETURN value").single()[0]
        assert value["P"]["relationships"]["R"]["direction"] == "out", value
        assert value["P"]["relationships"]["R"]["labels"] == ["Q"]
        assert value["R"]["type"] == "relationship"
        assert session.run("CALL db.ping()").single()[0] is True
        session.run("CALL dbms.showCurrentUser()").consume()
        session.run("MATCH (n) DETACH DELETE n").consume()


driver.verify_connectivity()
only = sys.argv[2:]
for check in [values, graph, streams, transactions, errors, plans, interrupts, introspection]:
    if not only or check.__name__ in only:
        check()
        print("ok", check.__name__)
routed = GraphDatabase.driver(uri.replace("bolt:", "neo4j:"), auth=("neo4j", "secret"))
assert routed.execute_query("RETURN 1 AS one").records[0]["one"] == 1
print("ok routing")
