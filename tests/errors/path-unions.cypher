// graph: people

// error UnexpectedSyntax 41-41: a walk without a greatest number of repetitions has no end; expected a path mode or a search of one shortest path
// help: write `{1,3}`, or `TRAIL`, `SIMPLE` or `ACYCLIC` before the pattern
MATCH REPEATABLE ELEMENTS (a)-[:KNOWS]->+(b) RETURN b;

// error UnexpectedSyntax 52-52: a walk without a greatest number of repetitions has no end; expected a path mode or a search of one shortest path
// help: write `{1,3}`, or `TRAIL`, `SIMPLE` or `ACYCLIC` before the pattern
MATCH REPEATABLE ELEMENTS SHORTEST 2 (a)-[:KNOWS]->*(b) RETURN b;

// error UnexpectedSyntax 27-59: a union of paths, a quantified path of several relationships or a walk must be the only pattern of its clause
// help: write the other patterns in a `MATCH` of their own
MATCH REPEATABLE ELEMENTS (a)-[:KNOWS]->{1,2}(b), (b)-->(c) RETURN b;

// error StatementTooLong 27-51: the pattern stands for more than 256 patterns or 1000 relationships
// help: use smaller quantifiers
MATCH REPEATABLE ELEMENTS (a)-[r:KNOWS]->{1,900}(b) RETURN b;

// error VariableAlreadyBound 48-48: variable `r` is already bound
// help: choose another name
MATCH (a)-->(r) MATCH REPEATABLE ELEMENTS (b)-[r:KNOWS]->{1,2}(c) RETURN b;

// error UnexpectedSyntax 29-37: the variable and the mode of a union of paths stand before it
// help: write `p = ACYCLIC (a)-->(b) | (c)-->(d)`
MATCH (p = (a)-->(b) | (q = (a)-->(c))) RETURN p;

// error UnexpectedSyntax 7-43: `|` and `|+|` cannot be combined
// help: use one of the two
MATCH ((a)-->(b) | (a)-->(c) |+| (a)-->(d)) RETURN a;

// error UnexpectedSyntax 36-47: a union of paths cannot stand inside of `shortestPath` or `allShortestPaths`
// help: write `ANY SHORTEST` before the union
MATCH shortestPath(((a)-[*]->(b) | (a)<-[*]-(b))) RETURN a;

// error UndefinedVariable 36-36: variable `x` is not defined
MATCH ((a)-->(b) | (a)-->(c) WHERE x.y = 1) RETURN a;

// error UnexpectedSyntax 8-38: a search or a union of paths can be matched, not created
CREATE ((a)-[:R]->(b) | (a)-[:S]->(b));
