//! Readable names for variables.

/// The variables in use.
#[derive(Clone, Debug, Default)]
pub(in crate::question) struct Names {
    taken: Vec<String>,
}

impl Names {
    /// A new variable named after words: `course`, then `course2`.
    pub(in crate::question) fn take(&mut self, words: &str) -> String {
        let plain = camel(words);
        let mut name = plain.clone();
        let mut number = 2;
        while self.taken.contains(&name) {
            name = format!("{plain}{number}");
            number += 1;
        }
        self.taken.push(name.clone());
        name
    }

    /// Reserves a variable as it is.
    pub(in crate::question) fn keep(&mut self, name: &str) {
        self.taken.push(name.to_owned());
    }
}

/// Words in camel case: `start month` becomes `startMonth`.
pub(in crate::question) fn camel(words: &str) -> String {
    let mut name = String::new();
    for word in words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let mut letters = word.chars();
        let Some(first) = letters.next() else {
            continue;
        };
        let rest = letters.as_str();
        if name.is_empty() {
            name.extend(first.to_lowercase());
            // An abbreviation becomes lower case throughout: `kss`, `dfe`.
            name.push_str(&rest.to_lowercase());
        } else {
            name.extend(first.to_uppercase());
            name.push_str(rest);
        }
    }
    if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) {
        name.insert(0, 'x');
    }
    name
}
