// graph: indexed

// error SchemaExists 1-41: an equivalent index already exists: `product_price`
// help: add `IF NOT EXISTS` to keep it
CREATE INDEX FOR (p:Product) ON (p.price);

// error SchemaExists 1-51: there already is a constraint `product_id`
// help: choose another name, or add `IF NOT EXISTS`
CREATE INDEX product_id FOR (p:Product) ON (p.note);

// error SchemaExists 1-74: there already is an index `product_price`
// help: choose another name, or add `IF NOT EXISTS`
CREATE CONSTRAINT product_price FOR (p:Product) REQUIRE p.note IS NOT NULL;

// error SchemaConflict 1-59: the index `product_price` conflicts with the new constraint
// help: write `DROP INDEX product_price` first
CREATE CONSTRAINT FOR (p:Product) REQUIRE p.price IS UNIQUE;

// error SchemaConflict 1-62: the constraint `product_shelf` conflicts with the new constraint
// help: write `DROP CONSTRAINT product_shelf` first
CREATE CONSTRAINT FOR (p:Product) REQUIRE p.shelf IS :: STRING;

// error SchemaConflict 1-21: the index `product_id` belongs to the constraint `product_id`
// help: write `DROP CONSTRAINT product_id`
DROP INDEX product_id;

// error SchemaNotFound 1-24: there is no index `product_prize`
// help: did you mean `product_price`?
DROP INDEX product_prize;

// error ConstraintViolation 8-40: expected unique values of `id` (constraint `product_id`), found node 80 (:Product {id: 1}), whose values node 0 has already
// help: use `MATCH` or `MERGE` for an existing entity, or choose other values
CREATE (:Product {id: 1, name: 'again'});

// error ConstraintViolation 31-45: expected INTEGER as `shelf` (constraint `product_shelf`), found STRING on node 0 (:Product {shelf: 'one'})
// help: convert the value, or drop the constraint
MATCH (p:Product {id: 1}) SET p.shelf = 'one';

// error ConstraintViolation 40-45: expected the property `name` (constraint `customer_name`), found none on node 60 (:Customer)
// help: set `name` in the same statement
MATCH (c:Customer {name: 'C1'}) REMOVE c.name;

// error ConstraintViolation 50-86: expected unique values of `number`, `day` (constraint `order_key`), found relationship 60 [:ORDERED {number: 1, day: 2024-01-02}], whose values relationship 0 has already
// help: use `MATCH` or `MERGE` for an existing entity, or choose other values
MATCH (c)-[o:ORDERED {number: 1}]->(p) CREATE (c)-[:ORDERED {number: 1, day: o.day}]->(p);

// error InvalidTransactionState whole: expected an open transaction, found none
// help: open one with `BEGIN`
SAVEPOINT a;

// error InvalidTransactionState whole: expected an open transaction, found none
// help: open one with `BEGIN`
ROLLBACK TO a;
