// graph: connected-practice

// error UnexpectedSyntax 14-29: `ON :Label(key)` is the old form of an index
// help: write `CREATE INDEX FOR (n:Course) ON (n.name)`
CREATE INDEX ON :Course(name);

// error UndefinedVariable 33-33: variable `m` is not defined
// help: did you mean `n`?
CREATE INDEX FOR (n:Course) ON (m.name);

// error UnexpectedSyntax 18-20: expected a label, found none
// help: write `(n:Label)`
CREATE INDEX FOR (n) ON (n.name);

// error UnexpectedSyntax 43-46: the property `name` occurs twice
// help: name it once
CREATE INDEX FOR (n:Course) ON (n.name, n.name);

// error UnexpectedSyntax 48-49: a `TEXT` index has one property
// help: create one index per property, or a `RANGE` index
CREATE TEXT INDEX FOR (n:Course) ON (n.name, n.id);

// error UnexpectedSyntax 8-15: there are no `FULLTEXT` indexes
// help: write `CREATE TEXT INDEX`, for `CONTAINS`, `STARTS WITH` and `ENDS WITH`
CREATE FULLTEXT INDEX FOR (n:Course) ON (n.name);

// error UnexpectedSyntax 39-46: a `LOOKUP` index covers all labels or all types
// help: write `ON EACH labels(n)` or `ON EACH type(r)`
CREATE LOOKUP INDEX FOR (n:Course) ON (n.name);

// error UnexpectedSyntax 37-40: expected `labels`, found `type`
// help: write `ON EACH labels(n)`
CREATE LOOKUP INDEX FOR (n) ON EACH type(n);

// error UnexpectedSyntax 25-38: `ON EACH` needs a `LOOKUP` index on all labels or all types
// help: write `CREATE LOOKUP INDEX FOR (n) ON EACH labels(n)`
CREATE INDEX FOR (n) ON EACH labels(n);

// error UnexpectedSyntax 52-59: there is no option `provider`
// help: the options are `indexProvider` and `indexConfig`
CREATE INDEX i FOR (n:Course) ON (n.name) OPTIONS {provider: 1};

// error UnexpectedSyntax 12-27: an index is dropped by its name
// help: write `DROP INDEX name`; `SHOW INDEXES` lists the names
DROP INDEX ON :Course(name);

// error SchemaNotFound 1-18: there is no index `nothing`
// help: write `SHOW INDEXES` to list them
DROP INDEX nothing;

// error UnexpectedSyntax 6-10: expected `CONSTRAINT` or `INDEX`, found `TABLE`
// help: write `DROP INDEX name` or `DROP CONSTRAINT name`; `MATCH (n:Label) DETACH DELETE n` deletes nodes
DROP TABLE x;

// error SchemaNotFound 1-23: there is no constraint `nothing`
// help: write `SHOW CONSTRAINTS` to list them
DROP CONSTRAINT nothing;

// error UnexpectedSyntax 17-18: a constraint is dropped by its name
// help: write `DROP CONSTRAINT name`; `SHOW CONSTRAINTS` lists the names
DROP CONSTRAINT ON (n:Course) ASSERT n.id IS UNIQUE;

// error UnexpectedSyntax 19-20: `ON` is the old form of a constraint
// help: write `CREATE CONSTRAINT FOR (n:Course) REQUIRE n.id IS UNIQUE`
CREATE CONSTRAINT ON (n:Course) ASSERT n.id IS UNIQUE;

// error UnexpectedSyntax 19-20: `ON` is the old form of a constraint
// help: write `CREATE CONSTRAINT FOR (n:Course) REQUIRE n.id IS NOT NULL`
CREATE CONSTRAINT ON (n:Course) ASSERT exists(n.id);

// error UnexpectedSyntax 42-55: the constraint has one property
// help: create one constraint per property
CREATE CONSTRAINT FOR (n:Course) REQUIRE (n.id, n.name) IS NOT NULL;

// error UnexpectedSyntax 50-61: expected `NODE`, found `RELATIONSHIP`
// help: the constraint is about the pattern after `FOR`
CREATE CONSTRAINT FOR (n:Course) REQUIRE n.id IS RELATIONSHIP KEY;

// error UnexpectedSyntax 23-31: expected a relationship type, found none
// help: write `()-[r:TYPE]-()`
CREATE CONSTRAINT FOR ()-[r]-() REQUIRE r.id IS UNIQUE;

// error ConstraintViolation 1-63: expected the property `colour` (constraint `c`), found none on node 138 (:Course)
// help: set `colour` in the same statement
CREATE CONSTRAINT c FOR (n:Course) REQUIRE n.colour IS NOT NULL;

// error ConstraintViolation 1-63: expected INTEGER as `name` (constraint `c`), found STRING on node 138 (:Course {name: 'Motivational Interviewing Foundation'})
// help: convert the value, or drop the constraint
CREATE CONSTRAINT c FOR (n:Course) REQUIRE n.name IS :: INTEGER;

// error ConstraintViolation 1-61: expected unique values of `format` (constraint `c`), found node 138 (:Course {format: 'day course'}), whose values node 139 has already
// help: use `MATCH` or `MERGE` for an existing entity, or choose other values
CREATE CONSTRAINT c FOR (n:Course) REQUIRE n.format IS UNIQUE;

// error UnexpectedSyntax 47-52: expected `IS`, found `UNIQUE`
CREATE CONSTRAINT FOR (n:Course) REQUIRE n.id UNIQUE;

// error UnexpectedSyntax 6-11: expected `PROCEDURES`, `SETTINGS` or `TRANSACTIONS`, found `TABLES`
// help: write `SHOW INDEXES`, `SHOW CONSTRAINTS`, `SHOW FUNCTIONS`, `SHOW PROCEDURES`, `SHOW SETTINGS`, `SHOW TRANSACTIONS` or `SHOW DATABASES`; `CALL db.schema()` lists labels and types
SHOW TABLES;

// error UnexpectedSyntax 1-4: there are no `NODE FUNCTIONS`
// help: write `SHOW FUNCTIONS`, with `WHERE` to choose some
SHOW NODE FUNCTIONS;

// error InvalidClauseComposition 14-24: `RETURN` after `SHOW` needs a `YIELD`
// help: write `YIELD *` before it
SHOW INDEXES RETURN name;

// error UndefinedVariable 20-23: `SHOW INDEXES` has no column `nmae`
// help: did you mean `name`?
SHOW INDEXES YIELD nmae;

// error SchemaNotFound 1-29: there is no index `nothing`
// help: write `SHOW INDEXES` to list them
CALL db.awaitIndex('nothing');

// error UnexpectedSyntax 11-14: expected a relationship, `WHERE` or the end of the statement, found `SHOW`
MATCH (n) SHOW INDEXES;
