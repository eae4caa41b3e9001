// graph: people

// error InvalidArgumentType 8-8: `AND` needs a BOOLEAN, found an INTEGER
RETURN 1 IS TRUE;

// error UnexpectedSyntax 16-20: `LOCAL` is not a type
// help: write a type such as `INTEGER` or `LIST<STRING>`
RETURN 1 IS :: LOCAL;

// error InvalidArgumentType 18-18: `type` needs a RELATIONSHIP here, found a NODE
MATCH (n) RETURN n IS DIRECTED;

// error InvalidNumberOfArguments 17-29: `ALL_DIFFERENT` needs at least two elements
// help: write `ALL_DIFFERENT(a, b)`
MATCH (n) WHERE ALL_DIFFERENT(n) RETURN n;

// error UnexpectedSyntax 17-31: `PROPERTY_EXISTS` needs an element and the name of a property
// help: write `PROPERTY_EXISTS(n, name)`
MATCH (n) WHERE PROPERTY_EXISTS(n, 'name') RETURN n;

// error InvalidNumberLiteral 8-11: `1__0` is not a number
// help: write `_` only between digits, as in `1_000`
RETURN 1__0;

// error InvalidNumberLiteral 8-11: `0b12` is not a number
// help: write numbers as `42`, `0x2A`, `0o52`, `0b11`, `1.5` or `1e3`, and put names that begin with a digit in back quotes
RETURN 0b12;
