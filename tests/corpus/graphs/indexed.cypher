// Products and orders with each kind of index and of constraint.
UNWIND range(1, 60) AS i
CREATE (:Product {id: i, name: 'Item ' + toString(i), shelf: i % 6, row: i % 4, price: i * 1.5, note: CASE i % 3 WHEN 0 THEN 'fragile glass' WHEN 1 THEN 'made of oak' END});
UNWIND range(1, 20) AS i
CREATE (:Customer {name: 'C' + toString(i)});
MATCH (c:Customer), (p:Product) WHERE p.id % 20 = toInteger(substring(c.name, 1)) % 20
CREATE (c)-[:ORDERED {number: p.id, day: date('2024-01-01') + duration({days: p.id}), text: 'order of ' + p.name}]->(p);
CREATE CONSTRAINT product_id FOR (p:Product) REQUIRE p.id IS UNIQUE;
CREATE INDEX product_place FOR (p:Product) ON (p.shelf, p.row);
CREATE INDEX product_price FOR (p:Product) ON (p.price);
CREATE TEXT INDEX product_note FOR (p:Product) ON (p.note);
CREATE INDEX order_number FOR ()-[o:ORDERED]-() ON (o.number);
CREATE TEXT INDEX order_text FOR ()-[o:ORDERED]-() ON (o.text);
CREATE LOOKUP INDEX labels FOR (n) ON EACH labels(n);
CREATE CONSTRAINT customer_name FOR (c:Customer) REQUIRE c.name IS NODE KEY;
CREATE CONSTRAINT order_key FOR ()-[o:ORDERED]-() REQUIRE (o.number, o.day) IS RELATIONSHIP KEY;
CREATE CONSTRAINT product_name FOR (p:Product) REQUIRE p.name IS NOT NULL;
CREATE CONSTRAINT product_shelf FOR (p:Product) REQUIRE p.shelf IS :: INTEGER;
