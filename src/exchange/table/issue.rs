//! Problems of rows, grouped by kind: the first place of each kind and the number of its rows.

use indexmap::IndexMap;

use crate::{exchange::reading::Reading, graph::load::Problem};

/// The problems of rows.
#[derive(Debug, Default)]
pub(super) struct Issues {
    groups: IndexMap<(String, String), Group>,
}

#[derive(Debug)]
struct Group {
    first: Problem,
    count: usize,
}

impl Issues {
    /// Records a problem of a row. `kind` is what problems have in common, such as the column.
    pub(super) fn add(&mut self, file: &str, line: usize, kind: &str, message: String, help: &str) {
        let group = self.groups.entry((file.to_owned(), kind.to_owned()));
        let first = || {
            let mut problem = Problem::whole(file, message);
            problem.place = Some((line, 1));
            problem.maybe_help((!help.is_empty()).then(|| help.to_owned()))
        };
        group
            .and_modify(|group| group.count += 1)
            .or_insert_with(|| Group {
                first: first(),
                count: 1,
            });
    }

    /// Reports one problem per kind.
    pub(super) fn report(self, reading: &mut Reading<'_>) {
        for (_, mut group) in self.groups {
            if group.count > 1 {
                group.first.message += &format!("; {} rows have this problem", group.count);
            }
            reading.problem(group.first);
        }
    }
}
