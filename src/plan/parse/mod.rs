//! Parses plans from the text of their `Display`, for tests.
//!
//! ```text
//! RETURN n, @3 AS name
//! Project n.name AS @3
//! SemiApply ROW @4
//! ├─ NodeScan (n:Course)
//! └─ Expand (n)-[:ABOUT]->()
//!    Argument n
//! ```
//!
//! The first line declares the columns of the answer; without it the plan returns no rows. Inputs are below their
//! operator; several inputs of one operator have branches. Common indentation is ignored. A chain that does not end in
//! a leaf ends in `Unit`, and so does the first input of an operator if only the second has a branch.
//!
//! `@n` is slot `n`; names get the other numbers. Words in capitals are keywords; a slot with such a name is in back
//! quotes. `ROW` declares the slot of the outer row's number, which `Argument`, `Aggregate`, `Skip` and `Limit` in the
//! inner plan use. Ids of labels, types and keys are `NONE`; spans refer to the text.

mod cursor;
mod expr;
mod op;
mod operand;
mod pattern;
mod schema;
mod token;

use self::{
    cursor::{Cursor, Names},
    token::{Spanned, Token, tokenize},
};
use crate::plan::{Column, Node, Op, Plan, Slot};

/// The plan of a text, annotated.
///
/// # Panics
/// If the text is not a plan, with the line and what was expected in it.
pub(crate) fn plan(text: &str) -> Plan {
    let lines = lines(text);
    let mut parser = Parser {
        names: Names::default(),
        lines: &lines,
    };
    for token in lines.iter().flat_map(|line| &line.tokens) {
        if let Token::Hidden(number) = token.token {
            parser.names.hide(number);
        }
    }
    let columns = parser.columns();
    let root = parser.node(0, None);
    if let Some(line) = parser.lines.first() {
        panic!("`{}`: expected the end of the plan", line.text);
    }
    let parameters = std::mem::take(&mut parser.names.parameters);
    let mut plan = Plan {
        writes: root.writes(),
        root,
        returns: columns.is_some(),
        columns: columns.unwrap_or_default(),
        slots: parser.names.into_slots(),
        parameters,
    };
    plan.annotate();
    plan
}

/// A line of the text.
struct Line<'a> {
    /// The number of branches before it.
    depth: usize,
    /// True if a branch ends here: the node is an input of an operator with several inputs.
    is_branch: bool,
    /// The line with its branches.
    whole: &'a str,
    text: &'a str,
    tokens: Vec<Spanned>,
}

/// The lines that are not empty, without the indentation that all lines but the first have in common.
fn lines(text: &str) -> Vec<Line<'_>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let common = lines.clone().skip(1).map(indentation).min().unwrap_or(0);
    lines
        .map(|line| {
            let indented = &line[common.min(indentation(line))..];
            line_of(indented, indented.as_ptr().addr() - text.as_ptr().addr())
        })
        .collect()
}

/// A line that begins at `offset` of the text.
fn line_of(line: &str, offset: usize) -> Line<'_> {
    let text = line.trim_start_matches(['│', '├', '└', '─', ' ']);
    let drawn = &line[..line.len() - text.len()];
    Line {
        depth: drawn.chars().count() / "├─ ".chars().count(),
        is_branch: drawn.ends_with("─ "),
        whole: line,
        text,
        tokens: tokenize(text, offset + drawn.len()),
    }
}

struct Parser<'a> {
    names: Names,
    /// The lines that are not parsed yet.
    lines: &'a [Line<'a>],
}

impl Parser<'_> {
    /// `RETURN n, @3 AS name`
    fn columns(&mut self) -> Option<Vec<Column>> {
        self.read(|cursor| {
            let declared = cursor.eat("RETURN");
            declared.then(|| cursor.list(Cursor::column))
        })
    }

    /// Parses a line. If the result is `None`, the line is not consumed.
    fn read<T>(&mut self, read: impl FnOnce(&mut Cursor<'_>) -> Option<T>) -> Option<T> {
        let (line, rest) = self.lines.split_first().expect("expected another line");
        let mut cursor = Cursor::new(&mut self.names, line.text, &line.tokens);
        let result = read(&mut cursor)?;
        if !cursor.is_end() {
            cursor.fail("the end of the line");
        }
        self.lines = rest;
        Some(result)
    }

    /// The node of the next line with all nodes below it.
    fn node(&mut self, depth: usize, outer: Option<Slot>) -> Node {
        let op = self.read(|cursor| Some(cursor.op(outer)));
        let mut op = op.expect("every line is an operator");
        if let Op::Message(message) = &mut op {
            message.weighted = self.is_at(depth + 1, true);
        }
        let inputs = match op.arity() {
            0 => Vec::new(),
            1 => vec![self.input(depth, outer)],
            count => self.inputs(&op, count, depth + 1, outer),
        };
        contextual(op.over(inputs))
    }

    /// True if the next line is at a depth, with or without its own branch.
    fn is_at(&self, depth: usize, is_branch: bool) -> bool {
        let next = self.lines.first();
        next.is_some_and(|line| line.depth == depth && line.is_branch == is_branch)
    }

    fn input(&mut self, depth: usize, outer: Option<Slot>) -> Node {
        if self.is_at(depth, false) {
            self.node(depth, outer)
        } else {
            Op::Unit.leaf()
        }
    }

    fn inputs(&mut self, op: &Op, count: usize, depth: usize, outer: Option<Slot>) -> Vec<Node> {
        let drawn = self.drawn_inputs(depth);
        let mut inputs = Vec::new();
        if drawn < count {
            inputs.push(Op::Unit.leaf());
        }
        while self.is_at(depth, true) {
            let row = inner_row(op, inputs.len()).or(outer);
            inputs.push(self.node(depth, row));
        }
        inputs
    }

    /// The number of branches at a depth before the lines leave it.
    fn drawn_inputs(&self, depth: usize) -> usize {
        let below = self.lines.iter().take_while(|line| line.depth >= depth);
        below
            .filter(|line| line.depth == depth && line.is_branch)
            .count()
    }
}

/// The slot of the outer row's number that an operator declares for an input.
fn inner_row(op: &Op, input: usize) -> Option<Slot> {
    let inner = input.checked_sub(1)?;
    match op {
        Op::Apply(apply) => Some(apply.row),
        Op::Merge(merge) => Some(merge.row),
        Op::Foreach(foreach) => Some(foreach.row),
        Op::ShortestPathWhere { row, .. } => Some(*row),
        Op::Match(pattern) => Some(pattern.subqueries.get(inner)?.apply.row),
        _ => None,
    }
}

/// The same node, without a partition if its input does not hold the number of the outer row.
fn contextual(mut node: Node) -> Node {
    if let Op::Aggregate { partition, .. }
    | Op::Skip { partition, .. }
    | Op::Limit { partition, .. } = &mut node.op
    {
        let filled = node.inputs[0].fills();
        *partition = partition.filter(|row| filled.contains(*row));
    }
    node
}

impl Cursor<'_> {
    fn column(&mut self) -> Column {
        let own = match self.token(0) {
            Some(Token::Word(name) | Token::Quoted(name)) => name.clone(),
            Some(Token::Hidden(number)) => format!("@{number}"),
            _ => self.fail("a slot"),
        };
        let slot = self.slot();
        let name = if self.eat("AS") { self.name() } else { own };
        Column {
            name: name.as_str().into(),
            slot,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plan;

    /// Checks that a plan is printed as it is written here.
    fn check(text: &str) {
        let lines: Vec<_> = super::lines(text).iter().map(|line| line.whole).collect();
        let printed = plan(text).to_string();
        assert_eq!(printed.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn names_and_hidden_slots_have_their_own_numbers() {
        let text = "RETURN n, @0, m AS `a b`, `ALL`
                    Project n.x AS @0, 1 AS m, 2 AS `ALL`
                    NodeScan (n)";
        check(text);
        let plan = plan(text);
        let names: Vec<_> = plan.slots.iter().map(|slot| &*slot.name).collect();
        assert_eq!(names, ["@0", "n", "m", "ALL"]);
    }

    #[test]
    fn scans_and_expansions() {
        check("NodeScan (n)");
        check("Empty a, b");
        check("IndexSeek (n:`A b`) WHERE n.x = (1 + 2)");
        check("IndexSeek (n:A) WHERE n.x > 1 AND n.x <= $p");
        check("IndexSeek (n:A) WHERE n.x IN [1, 'it\\'s']");
        check("IndexSeek (@2:A) WHERE @2.x STARTS WITH 'a'");
        check("RelationshipScan (a)-[r:R|S]-(b)");
        check("Expand (a)<-[:R]-()\nNodeScan (a)");
        check("Intersect (a)-[r:R]->(c), (b)<-[]-(c)");
        check("VarExpand (a)-[r:R*1..]->(b) REVERSED DISJOINT s, @9 FOR EDGE e WHERE e.x > 1");
        check("VarExpandInto (a)-[*0..3]-(b)");
        check("PruningVarExpand (a)-[:R*1..]->(b) DISJOINT s FOR EDGE e WHERE e.x > 1");
        check("PruningVarExpandInto (a)-[*0..3]-(b)");
        check("FollowList (a)-[:R*1..]->(b) ALONG list FOR EDGE e WHERE (e.x = 1) AND e:R");
        check("AllShortestPaths (a)-[r*1..]-(b) FOR EDGE e WHERE e.x FOR NODE n WHERE n:A&!B");
        check(
            "ShortestPathWhere (a)-[r*1..]-(b) CANDIDATE c ROW @7
             ├─ NodeScan (b)
             │  NodeScan (a)
             └─ Filter size(c) > 1
                Argument c",
        );
    }

    #[test]
    fn rows() {
        check("RETURN c\nAggregate n.x AS x, size(y) AS @3, count(*) AS c, sum(DISTINCT x) AS s");
        check("RETURN\nPreAggregate a, b");
        check("Filter (a AND b)");
        check("Filter (a OR b) AND (NOT (c = d))");
        check("TopK a.x DESC, b LIMIT 3\nSkip 1 + $n\nSort a");
        check("Unwind [1, [a IN l], (a IN l)] AS x");
        check("ProcedureCall db.labels() YIELD label AS l");
        check("HashJoin a AND b.x = (c + 1)\n├─ NodeScan (a)\n└─ NodeScan (a)");
        check(
            "Message (a)-[:R]->(v), (b)<-[:S]-(v) EXCEPT v = c, (d)-[:R|S]-(v), r
             ├─ NodeScan (a)
             └─ NodeScan (v:A)",
        );
        check("Message (a)-[:R]->(v) TIMES (b)-[]-(w) OTHER NODE EXCEPT v = c\nNodeScan (a)");
        check("Message (a)-[:R]->(v) TIMES (a)<-[:R]-(w) OTHER RELATIONSHIP\nNodeScan (a)");
        check("CountMessage n OF (a)-[]-(v)\nNodeScan (a)");
        check("Union a = b | c, d = e | f\n├─ Project 1 AS b\n└─ Project 2 AS c");
    }

    #[test]
    fn inner_plans_and_updates() {
        check("CollectApply a AS @1 ROW @7\n└─ Argument a, b\n");
        check("Delete DETACH a, b\nEager\nSet a.x = 1, a['y'] = 2, a += {x: 1}, a = b, a:A:B");
        check("Set REMOVE a:A:B\nCreate (n:A:B {x: 1}), (m), (n)-[r:R $p]->(m)");
        check("Create (n:A:($a):($b) {x: 1}), (m), (n)-[r:($c) $p]->(m)");
        check(
            "Foreach x IN [1, 2] ROW @7
             └─ Merge (n:A {x: x}) ON CREATE SET n.y = 1 ON MATCH SET n.y = 2, n:B CREATED @9 ROW @8
                ├─ Argument x
                └─ NodeScan (n:A)
                   Argument x",
        );
    }

    #[test]
    fn patterns() {
        check(
            "Match (a) BOUND, (b), (a)-[r:R]->(b) CLAUSE 0, (b)-[s*1..3]-(a) REVERSED ALL SHORTEST \
             CLAUSE 1 FOR EDGE e WHERE e.x WHERE a.x AND @3 SUBQUERY SemiApply ROW @9 READS a, b
             ├─ NodeScan (a)
             └─ Argument a, b",
        );
    }

    #[test]
    fn expressions() {
        for expr in [
            "(a + 1) * (-b)",
            "--1",
            "-9223372036854775808",
            "1e300 + -Infinity",
            "a IS NOT DELETED",
            "a IS TYPED LIST<ANY<LOCAL DATETIME NOT NULL | PROPERTY VALUE>> NOT NULL",
            "(NOT a) XOR (b IS NULL)",
            "CASE a WHEN 1 THEN b ELSE c END",
            "[x IN l WHERE x:A|B | x.y]",
            "any(x IN l WHERE x = y)",
            "reduce(s = 0, x IN l | s + x)",
            "n {.a, .*, b: {}}",
            "l[0].x[1..][..a]",
            "[date('1984-10-11'), duration('P1D'), datetime('1984-10-11T12:31:14Z')]",
            "date.truncate('day', d)",
            "[a-r-b-s-c, path(a), a - r]",
            "[disjoint(r, s), (a)-[:R|:S]->(b), (a)<-[]-(b)]",
            "'a\\n\\u0001' =~ $`a b`",
        ] {
            check(&format!("Filter {expr}"));
        }
    }
}
