// graph: indexed

// One property of nodes.
MATCH (p:Product {id: 7}) RETURN p.name;
MATCH (p:Product) WHERE p.price > 80 AND p.price <= 85.5 RETURN p.id ORDER BY p.id;
MATCH (p:Product) WHERE p.id IN [3, 3, 4, 99] RETURN p.id ORDER BY p.id;

// Several properties: all of them, the first, the first and a range of the second.
MATCH (p:Product {shelf: 2, row: 2}) RETURN p.id ORDER BY p.id;
MATCH (p:Product {shelf: 2}) RETURN count(*);
MATCH (p:Product) WHERE p.shelf = 3 AND p.row >= 1 AND p.row < 3 RETURN p.id ORDER BY p.id;
MATCH (p:Product) WHERE p.shelf > 3 AND p.row = 1 RETURN count(*);
MATCH (p:Product) WHERE p.shelf = null AND p.row = 1 RETURN count(*);
UNWIND [[0, 0], [1, 1], [9, 9]] AS place MATCH (p:Product {shelf: place[0], row: place[1]}) RETURN place, count(*) AS products ORDER BY place;

// Parts of strings.
MATCH (p:Product) WHERE p.note CONTAINS 'glass' RETURN count(*);
MATCH (p:Product) WHERE p.note ENDS WITH 'oak' RETURN count(*);
MATCH (p:Product) WHERE p.note STARTS WITH 'fra' RETURN count(*);
MATCH (p:Product) WHERE p.note CONTAINS 'a' RETURN count(*);
MATCH (p:Product) WHERE p.note CONTAINS 'glas oak' RETURN count(*);
MATCH (p:Product) WHERE p.note CONTAINS null RETURN count(*);

// Relationships.
MATCH (c:Customer)-[o:ORDERED {number: 12}]->(p) RETURN c.name, p.id;
MATCH (c)-[o:ORDERED]-(p) WHERE o.number = 12 RETURN count(*);
MATCH (p)<-[o:ORDERED]-(c) WHERE o.number >= 58 RETURN p.id ORDER BY p.id;
MATCH ()-[o:ORDERED]->() WHERE o.number IN [1, 2, 2] RETURN o.text ORDER BY o.text;
MATCH ()-[o:ORDERED]->(p) WHERE o.text CONTAINS 'Item 5' RETURN count(*);
MATCH ()-[o:ORDERED {number: 4, day: date('2024-01-05')}]->(p) RETURN p.name;

// Changes keep the indexes up to date.
MATCH (p:Product {id: 7}) SET p.id = 700, p.note = 'oak and glass' WITH p MATCH (q:Product {id: 700}) WHERE q.note CONTAINS 'and' RETURN q.name;
MATCH (p:Product {shelf: 2, row: 2}) SET p.row = 77 WITH count(*) AS moved MATCH (q:Product {shelf: 2, row: 77}) RETURN moved, count(*) AS found;
MATCH (c)-[o:ORDERED {number: 12}]->() DELETE o WITH count(*) AS gone OPTIONAL MATCH ()-[p:ORDERED {number: 12}]->() RETURN gone, count(p) AS left;
MERGE (p:Product {id: 7}) ON MATCH SET p.seen = true RETURN p.name, p.seen;
MERGE (p:Product {id: 61}) ON CREATE SET p.name = 'new' RETURN p.name;
MATCH (p:Product {id: 7}), (q:Product {id: 8}) SET p.id = 8, q.id = 7 RETURN p.name, q.name;

// What there is.
SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, owningConstraint RETURN * ORDER BY name;
SHOW TEXT INDEXES YIELD name AS index WHERE index STARTS WITH 'o' RETURN index;
SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties, ownedIndex, propertyType ORDER BY name;
SHOW NODE KEY CONSTRAINTS YIELD name;
SHOW UNIQUE CONSTRAINTS YIELD name, createStatement;
SHOW INDEXES WHERE name = 'product_price';
SHOW INDEXES YIELD createStatement WHERE NOT createStatement CONTAINS 'CONSTRAINT' RETURN createStatement ORDER BY createStatement;
SHOW BUILT IN FUNCTIONS YIELD name, aggregating WHERE name STARTS WITH 'c' AND aggregating;
SHOW FUNCTIONS YIELD * RETURN count(*) > 100 AS many;
SHOW USER DEFINED FUNCTIONS YIELD name;
SHOW PROCEDURES YIELD name, signature WHERE name STARTS WITH 'db.await';
SHOW SETTINGS;
SHOW SETTINGS 'limits.rows' YIELD name, value;
SHOW DATABASES YIELD name, currentStatus, default;
SHOW TRANSACTIONS YIELD database, currentQuery, status;

// Changes of the schema.
CREATE INDEX FOR (p:Product) ON (p.name);
CREATE INDEX product_place IF NOT EXISTS FOR (x:Whatever) ON (x.y);
CREATE TEXT INDEX IF NOT EXISTS FOR (c:Customer) ON (c.name) OPTIONS {indexProvider: 'text-2.0'};
CREATE CONSTRAINT IF NOT EXISTS FOR (p:Product) REQUIRE (p.id) IS UNIQUE;
CREATE CONSTRAINT FOR (p:Product) REQUIRE (p.name, p.id) IS NODE KEY;
CREATE CONSTRAINT FOR ()-[o:ORDERED]-() REQUIRE o.number IS TYPED INTEGER NOT NULL;
DROP INDEX product_place;
DROP INDEX nothing IF EXISTS;
DROP CONSTRAINT product_id;
DROP CONSTRAINT nothing IF EXISTS;
CALL db.awaitIndexes();
CALL db.awaitIndexes(300);
CALL db.awaitIndex('product_price');
