//! Questions with the statement whose rows they should have, read from text files.
//!
//! A block is one or more questions and one statement; blank lines part blocks. A line that begins with `? ` is a
//! question as one would write it with care, `~ ` one in other words: another order, a synonym, the passive, a
//! contraction, a polite turn, a number in words, no question mark. `! empty` says that the statement has no rows and an
//! explanation is owed, `! contains` that the answer holds the values among others. `# ` begins a remark.

use std::path::Path;

/// Questions with one meaning.
pub(crate) struct Block {
    /// `tests/questions/counts.txt:12`
    pub(crate) place: String,
    /// As one would write them with care.
    pub(crate) plain: Vec<String>,
    /// In other words.
    pub(crate) other: Vec<String>,
    /// What the rows of the statement are to the answer.
    pub(crate) expected: Expected,
    pub(crate) statement: String,
}

/// What the rows of a statement are to an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Expected {
    /// They are the answer.
    Rows,
    /// The answer holds their values.
    Contained,
    /// There are none.
    Nothing,
}

impl Block {
    pub(crate) fn questions(&self) -> impl Iterator<Item = &str> {
        self.plain.iter().chain(&self.other).map(String::as_str)
    }
}

/// The blocks of every file of the folder, by file and line.
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
