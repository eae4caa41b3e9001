//! Questions with the statement whose rows they must have, read from text files.
//!
//! A block is one or more questions and one statement; blank lines separate blocks. A line that starts with `? ` is a
//! question in careful wording, `~ ` one in other words: another order, a synonym, the passive, a contraction, a polite
//! phrase, a number in words, no question mark. `! empty` says that the statement has no rows and an explanation is
//! required, `! contains` that the answer contains the values among others. `# ` starts a comment.

use std::path::Path;

/// Questions with the same meaning.
pub(crate) struct Block {
    /// `tests/questions/counts.txt:12`
    pub(crate) place: String,
    /// Questions in careful wording.
    pub(crate) plain: Vec<String>,
    /// Questions in other words.
    pub(crate) other: Vec<String>,
    /// The expected relation of the rows to the answer.
    pub(crate) expected: Expected,
    pub(crate) statement: String,
}

/// The expected relation of the rows of a statement to an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Expected {
    /// The rows are the answer.
    Rows,
    /// The answer contains the values of the rows.
    Contained,
    /// There are no rows.
    Nothing,
}

impl Block {
    pub(crate) fn questions(&self) -> impl Iterator<Item = &str> {
        self.plain.iter().chain(&self.other).map(String::as_str)
    }
}

/// The blocks of every file in the folder, by file and line.
pub(crate) fn blocks() -> Vec<Block> {
    let folder = Path::new("tests/questions");
    let entries = std::fs::read_dir(folder).expect("the folder of the questions is there");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("the folder is readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Block> {
    let text = std::fs::read_to_string(file).expect("a file of questions is text");
    let name = file.display().to_string();
    let numbered: Vec<(usize, &str)> = (1..).zip(text.lines()).collect();
    numbered
        .split(|(_, line)| line.trim().is_empty())
        .filter_map(|lines| block(&name, lines))
        .collect()
}

fn block(file: &str, lines: &[(usize, &str)]) -> Option<Block> {
    let lines: Vec<_> = lines
        .iter()
        .filter(|(_, line)| !line.starts_with("# "))
        .collect();
    let (number, _) = lines.first()?;
    let place = format!("{file}:{number}");
    let mut block = Block {
        place,
        plain: Vec::new(),
        other: Vec::new(),
        expected: Expected::Rows,
        statement: String::new(),
    };
    for (_, line) in lines {
        match line.split_at_checked(2) {
            Some(("? ", question)) => block.plain.push(question.to_owned()),
            Some(("~ ", question)) => block.other.push(question.to_owned()),
            Some(("! ", "empty")) => block.expected = Expected::Nothing,
            Some(("! ", "contains")) => block.expected = Expected::Contained,
            Some(("! ", other)) => panic!("{}: `{other}` means nothing here", block.place),
            _ => block.statement.push_str(&format!("{line}\n")),
        }
    }
    assert!(
        block.questions().next().is_some() && !block.statement.is_empty(),
        "{}: a block has a question and a statement",
        block.place
    );
    Some(block)
}
