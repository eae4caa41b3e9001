// graph: people

// error InvalidArgumentType 21-33: `algo.pageRank` has no setting `dampingFacter`
// help: did you mean `dampingFactor`?
CALL algo.pageRank({dampingFacter: 0.5});

// error InvalidArgumentType 21-31: `algo.pageRank` has no setting `orientation`
// help: write `direction`
CALL algo.pageRank({orientation: 'UNDIRECTED'});

// error InvalidArgumentType 36-36: `dampingFactor` expects a number from 0 to 0.999999, found 2
CALL algo.pageRank({dampingFactor: 2});

// error InvalidArgumentType 32-40: `direction` expects 'outgoing' or 'incoming' or 'both', found 'outgoin'
// help: did you mean `outgoing`?
CALL algo.pageRank({direction: 'outgoin'});

// error InvalidArgumentValue 1-36: the graph has no label `Persn`
// help: did you mean `Person`?
CALL algo.pageRank({nodes: 'Persn'});

// error InvalidArgumentValue 1-51: the graph has no relationship type `KNOW`
// help: did you mean `KNOWS`?
CALL algo.pageRank({relationships: ['IN', 'KNOW']});

// error InvalidArgumentType 17-21: `algo.hits` has no single value per node to write
// help: write the columns with `SET` after the call
CALL algo.hits({write: 'hub'});

// error InvalidArgumentType 26-26: `write` expects the name of a property as a literal
// help: write it like `write: 'score'`, or use `SET` after the call
CALL algo.degree({write: 1});

// error InvalidArgumentValue 1-20: `algo.dijkstra` needs the setting `sourceNode`: a NODE
CALL algo.dijkstra();

// error InvalidArgumentValue 35-71: `write` must be in a map that is written in the call
// help: use `SET` after the call
WITH {write: 'score'} AS settings CALL algo.degree(settings) YIELD node RETURN node;
