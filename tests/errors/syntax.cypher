// graph: empty

// error UnexpectedSyntax 11: expected an expression, found the end of the statement
RETURN 1 +;

// error UnexpectedSyntax 10-15: expected `)`, found `RETURN`
// help: add `)`
MATCH (n RETURN n;

// error UnexpectedSyntax 17-22: expected an expression, found `RETURN`
MATCH (n) WHERE RETURN n;

// error UnexpectedSyntax 1-6: expected a statement such as `MATCH (n) RETURN n`, found `RETRUN`
// help: did you mean `RETURN`?
RETRUN 1;

// error UnexpectedSyntax 13: expected `]`, found the end of the statement
// help: add `]`
RETURN [1, 2;

// error UnexpectedSyntax 11-11: expected `:`, found `1`
RETURN {a 1};

// error UnexpectedSyntax 14-14: expected `]`, found `-`
// help: add `]`
MATCH (a)-[:R->(b) RETURN a;

// error UnexpectedSyntax 29: expected an operator, `END` or `WHEN`, found the end of the statement
RETURN CASE WHEN true THEN 1;

MATCH (n) RETURN n
// error UnexpectedSyntax 7-7: expected `BY`, found `n`
ORDER n;

// error InvalidNumberLiteral 8-11: `0x1g` is not a number
// help: write numbers as `42`, `0x2A`, `0o52`, `0b11`, `1.5` or `1e3`, and put names that begin with a digit in back quotes
RETURN 0x1g;

// error IntegerOverflow 8-26: `9223372036854775808` exceeds the 64 bits of an INTEGER
// help: an INTEGER is from -9223372036854775808 to 9223372036854775807; write `1e19` for a FLOAT
RETURN 9223372036854775808;

// error FloatingPointOverflow 8-12: `1e999` exceeds the range of a FLOAT
// help: the largest FLOAT is about 1.8e308
RETURN 1e999;

// error InvalidUnicodeLiteral 9-10: expected 4 hexadecimal digits after `\u`, found 0
// help: write `\u` with four digits or `\U` with eight
RETURN '\uH';

// error InvalidUnicodeCharacter 11-11: expected a token of openCypher, found the character `—` (U+2014)
// help: write `-`
RETURN 42 — 41;

// error InvalidRelationshipPattern 11-13: `*-2` is not a length of a relationship
// help: write `*`, `*2`, `*1..3`, `*2..` or `*..3`
MATCH ()-[*-2]->() RETURN 1;

// error UnexpectedSyntax 8-16: expected a value, found a pattern, which is only allowed as a predicate
// help: use `EXISTS { … }` for whether it matches, `COUNT { … }` for how often, or `[(a)-->(b) | b]` for a list
RETURN (:A)-->();

// error InvalidTransactionState whole: expected an open transaction, found none
// help: open one with `BEGIN`
COMMIT;

// error UnexpectedSyntax 8-: expected the end of the string, found the end of the statement
// help: add `'` at its end; write a quote inside it as `\'`
RETURN 'no end
