//! Commands of other programs, as people type them by habit: psql, the shells of DuckDB and SQLite, cypher-shell, a Unix
//! shell. Each is read as the command that does the same here.

/// How a line is compared with the spelling of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// Only at a prompt: in a script the words are a statement.
    Prompt,
    /// Everywhere: no statement can begin so.
    Everywhere,
}

/// A command of another program.
struct Foreign {
    spelling: &'static str,
    /// The command line that does the same; what follows the spelling is added to it.
    command: &'static str,
}

const fn row(spelling: &'static str, command: &'static str) -> Foreign {
    Foreign { spelling, command }
}

/// The words of a prompt that are no statement.
static WORDS: &[Foreign] = &[
    row("exit", ":quit"),
    row("quit", ":quit"),
    row("bye", ":quit"),
    row("logout", ":quit"),
    row("help", ":help"),
    row("show tables", ":schema"),
    row("show databases", ":open"),
    row("show labels", ":schema"),
    row("show types", ":schema"),
    row("show schema", ":schema"),
    row("show the schema", ":schema"),
    row("list labels", ":schema"),
];

/// The commands that begin with a sign.
static SIGNED: &[Foreign] = &[
    // psql
    row("\\q", ":quit"),
    row("\\quit", ":quit"),
    row("\\?", ":help commands"),
    row("\\h", ":help"),
    row("\\help", ":help"),
    row("\\d", ":schema"),
    row("\\d+", ":schema"),
    row("\\dt", ":schema"),
    row("\\dn", ":schema"),
    row("\\dv", ":schema"),
    row("\\df", ":help functions"),
    row("\\l", ":open"),
    row("\\list", ":open"),
    row("\\c", ":open"),
    row("\\connect", ":open"),
    row("\\e", ":edit"),
    row("\\edit", ":edit"),
    row("\\i", ":source"),
    row("\\include", ":source"),
    row("\\o", ":output"),
    row("\\g", ":once"),
    row("\\s", ":history"),
    row("\\x", ":mode vertical"),
    row("\\set", ":param"),
    row("\\pset", ":set"),
    row("\\timing", ":set"),
    row("\\!", ":shell"),
    // DuckDB and SQLite
    row(".exit", ":quit"),
    row(".quit", ":quit"),
    row(".help", ":help"),
    row(".tables", ":schema"),
    row(".schema", ":schema"),
    row(".databases", ":open"),
    row(".open", ":open"),
    row(".edit", ":edit"),
    row(".read", ":source"),
    row(".output", ":output"),
    row(".once", ":once"),
    row(".dump", ":export"),
    row(".save", ":save"),
    row(".nullvalue", ":set null"),
    row(".mode", ":mode"),
    row(".last", ":last"),
    row(".maxrows", ":set max-rows"),
    row(".pager", ":set pager"),
    row(".parameter", ":param"),
    row(".show", ":set"),
    row(".timer", ":set"),
    row(".headers", ":mode"),
    row(".shell", ":shell"),
    row(".system", ":shell"),
    row("!", ":shell"),
];

/// Whether a line is a command of another program. `at_prompt` says whether it was typed.
pub(crate) fn is_foreign(line: &str, at_prompt: bool) -> bool {
    let line = line.lines().next().unwrap_or_default();
    match sign(line) {
        Where::Everywhere => true,
        Where::Prompt => at_prompt && word(line).is_some(),
    }
}

/// The command line that does the same here, or `None` for a line that is not foreign or that nothing here does.
pub(crate) fn translated(line: &str) -> Option<String> {
    let line = line.trim().trim_end_matches(';').trim_end();
    let (row, rest) = match sign(line) {
        Where::Everywhere => signed(line)?,
        Where::Prompt => word(line)?,
    };
    Some(format!("{} {rest}", row.command).trim_end().to_owned())
}

/// Where the first characters of a line are enough: `\q`, `.tables`, `!ls`.
fn sign(line: &str) -> Where {
    let mut letters = line.trim_start().chars();
    let first = letters.next();
    let second = letters.next();
    let letter = second.is_some_and(|letter| letter.is_ascii_alphabetic());
    match first {
        Some('!') => Where::Everywhere,
        Some('\\') if letter || matches!(second, Some('?' | '!')) => Where::Everywhere,
        Some('.') if letter => Where::Everywhere,
        _ => Where::Prompt,
    }
}

fn signed(line: &str) -> Option<(&'static Foreign, &str)> {
    if let Some(rest) = line.strip_prefix('!') {
        return Some((SIGNED.last()?, rest.trim()));
    }
    let line = line.strip_prefix("\\!").map_or_else(
        || line.split_once(char::is_whitespace).unwrap_or((line, "")),
        |rest| ("\\!", rest),
    );
    let found = SIGNED
        .iter()
        .find(|row| row.spelling.eq_ignore_ascii_case(line.0))?;
    Some((found, line.1.trim()))
}

/// The row of a line of words. `exit` and `show tables` stand alone; the others take one name.
fn word(line: &str) -> Option<(&'static Foreign, &str)> {
    let line = line.trim().trim_end_matches(';').trim_end();
    WORDS.iter().find_map(|row| {
        let head = line.get(..row.spelling.len())?;
        let rest = &line[row.spelling.len()..];
        let fits = rest.is_empty() || (takes_a_name(row) && is_name(rest));
        (head.eq_ignore_ascii_case(row.spelling) && fits).then_some((row, rest.trim()))
    })
}

fn takes_a_name(row: &Foreign) -> bool {
    row.command == ":help"
}

/// ` MATCH`, but not ` me find a course`
fn is_name(rest: &str) -> bool {
    rest.starts_with(' ') && rest.split_whitespace().count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_of_other_programs_are_read_as_commands() {
        for (line, command) in [
            ("exit", ":quit"),
            ("QUIT;", ":quit"),
            ("help", ":help"),
            ("help ORDER BY", ":help ORDER BY"),
            ("SHOW TABLES;", ":schema"),
            ("\\q", ":quit"),
            ("\\d Course", ":schema Course"),
            ("\\!ls -l", ":shell ls -l"),
            ("!ls", ":shell ls"),
            (".open my graph", ":open my graph"),
        ] {
            assert!(is_foreign(line, true), "{line}");
            assert_eq!(translated(line).as_deref(), Some(command), "{line}");
        }
    }

    #[test]
    fn what_is_a_statement_or_a_question_stays_one() {
        for line in [
            "RETURN 1",
            "exiting",
            "help me to find a course",
            "show tables of courses",
            "describe Course",
            ".5",
            "\\u0041",
        ] {
            assert!(translated(line).is_none(), "{line}");
        }
        assert!(!is_foreign("exit", false));
        assert!(is_foreign("\\q", false));
    }

    #[test]
    fn what_nothing_here_does_is_still_a_command() {
        assert!(is_foreign("\\gexec", false));
        assert_eq!(translated("\\gexec"), None);
    }
}
