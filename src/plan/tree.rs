//! Draws a plan: one line per operator, and a branch for each input of an operator with several inputs.
//!
//! [`Op::Unit`] is left out. `EXPLAIN` shows plans to users. The `Display` of a plan has the same branches, but names
//! every slot and shows every part of the plan, so that tests can parse it.

use std::fmt;

use crate::plan::{Node, Op, Plan, SlotNames};

/// The line of a node.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The node.
    pub node: &'a Node,
    /// The branch characters before it.
    pub branches: String,
    /// The number of branches from the root to it.
    pub depth: usize,
}

impl Node {
    /// The lines of the node and all nodes below it.
    #[must_use]
    pub fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        draw(self, String::new(), "", 0, &mut lines);
        lines
    }
}

/// Adds the lines of a node. `branches` are the branch characters of its line, `below` those of its inputs.
fn draw<'a>(
    mut node: &'a Node,
    mut branches: String,
    below: &str,
    depth: usize,
    lines: &mut Vec<Line<'a>>,
) {
    loop {
        lines.push(Line {
            node,
            branches,
            depth,
        });
        match node.inputs.as_slice() {
            [input] if !is_unit(input) => node = input,
            [_] => return,
            inputs => return draw_inputs(inputs, below, depth + 1, lines),
        }
        branches = below.to_owned();
    }
}

fn draw_inputs<'a>(inputs: &'a [Node], below: &str, depth: usize, lines: &mut Vec<Line<'a>>) {
    let mut inputs = inputs.iter().filter(|input| !is_unit(input)).peekable();
    while let Some(input) = inputs.next() {
        let (branch, continued) = match inputs.peek() {
            Some(_) => ("├─ ", "│  "),
            None => ("└─ ", "   "),
        };
        let below_input = format!("{below}{continued}");
        draw(
            input,
            format!("{below}{branch}"),
            &below_input,
            depth,
            lines,
        );
    }
}

fn is_unit(node: &Node) -> bool {
    matches!(node.op, Op::Unit)
}

/// `RETURN n, @3 AS total`, unless the plan returns no rows, and a line per operator.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = SlotNames::exact(self);
        if self.returns {
            writeln!(
                f,
                "{}",
                format!("RETURN {}", self.answer(&names)).trim_end()
            )?;
        }
        for line in self.root.lines() {
            let (name, details) = (line.node.op.name(), line.node.op.details(&names));
            let text = format!("{}{name} {details}", line.branches);
            writeln!(f, "{}", text.trim_end())?;
        }
        Ok(())
    }
}
