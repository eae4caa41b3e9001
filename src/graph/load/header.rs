//! The header line of a file: the content of each column.

use crate::{
    base::did_you_mean,
    graph::{
        load::{cell::CellType, quoted, record::Field},
        manifest::IdType,
    },
};

/// The content of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Nodes,
    Relationships,
}

/// The content of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// `id:ID(Person)`: the id of a node, and the property that stores it.
    Id {
        key: Option<String>,
        space: String,
        id_type: Option<IdType>,
    },
    /// `:LABEL`
    Labels,
    /// `:START_ID(Person)`
    Start(String),
    /// `:END_ID(Person)`
    End(String),
    /// `:TYPE`
    Type,
    /// `durationDays:int`
    Property(String, CellType),
    /// `comment:IGNORE`
    Ignored,
}

/// A header error, with its byte position.
#[derive(Debug)]
pub(super) struct HeaderFault {
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// The columns of a file.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) role: Role,
    pub(super) columns: Vec<Column>,
    /// The byte position of each column in the header.
    pub(super) places: Vec<usize>,
}

impl Header {
    /// Parses the fields of a header. `role` is the content of the file if known from elsewhere.
    pub(super) fn read(fields: &[Field<'_>], role: Option<Role>) -> Result<Self, Vec<HeaderFault>> {
        let mut faults = Vec::new();
        let mut columns: Vec<Column> = Vec::with_capacity(fields.len());
        for field in fields {
            match column(&field.text).and_then(|column| fits(column, &columns)) {
                Ok(column) => columns.push(column),
                Err((message, help)) => faults.push(HeaderFault {
                    at: field.at,
                    message,
                    help,
                }),
            }
        }
        if faults.is_empty() {
            let at = fields.first().map_or(0, |field| field.at);
            let fault = |message| {
                vec![HeaderFault {
                    at,
                    message,
                    help: None,
                }]
            };
            return Ok(Self {
                role: role_of(&columns, role).map_err(fault)?,
                columns,
                places: fields.iter().map(|field| field.at).collect(),
            });
        }
        Err(faults)
    }
}

/// Whether the first line of a text declares an id or the ends of relationships, so that its columns have types.
pub(crate) fn is_typed(text: &str) -> bool {
    let line = text.trim_start_matches(['\u{FEFF}', '\n', '\r']);
    let line = line.split(['\n', '\r']).next().unwrap_or_default();
    [":ID", ":START_ID", ":END_ID"].iter().any(|mark| {
        line.match_indices(mark).any(|(at, _)| {
            let after = line[at + mark.len()..].chars().next();
            after.is_none_or(|next| !next.is_alphanumeric() && next != '_')
        })
    })
}

type Message = (String, Option<String>);

fn plain(message: String) -> Message {
    (message, None)
}

/// Parses one column: `name:type(space){options}`.
fn column(text: &str) -> Result<Column, Message> {
    let (quoted, text) = match quoted::leading(text.trim()) {
        Some((name, rest)) => (Some(name), rest),
        None => (None, text.trim()),
    };
    let (text, options) = bracketed(text, '{', '}')?;
    let (text, space) = bracketed(text, '(', ')')?;
    let (plain_name, kind) = text.rsplit_once(':').unwrap_or((text, ""));
    let name = match &quoted {
        Some(name) if plain_name.is_empty() => Some(name.as_str()),
        Some(_) => {
            let message = format!("expected `:` and a type after the name, found `{text}`");
            return Err(plain(message));
        }
        None => Some(plain_name.trim()).filter(|name| !name.is_empty()),
    };
    let id_type = id_type(options)?;
    let in_space = space.map(|space| space.trim().to_owned());
    let column = match kind.trim() {
        "ID" => Column::Id {
            key: name.map(str::to_owned),
            space: in_space.unwrap_or_default(),
            id_type,
        },
        "START_ID" => Column::Start(in_space.unwrap_or_default()),
        "END_ID" => Column::End(in_space.unwrap_or_default()),
        "LABEL" => Column::Labels,
        "TYPE" => Column::Type,
        "IGNORE" => Column::Ignored,
        _ if space.is_some() => {
            return Err(plain(format!(
                "expected an id space only after `ID`, `START_ID` or `END_ID`, found `{text}({})`",
                space.unwrap_or_default()
            )));
        }
        kind => property(name, kind)?,
    };
    Ok(column)
}

fn property(name: Option<&str>, kind: &str) -> Result<Column, Message> {
    let Some(name) = name else {
        let message = match kind {
            "" => "expected the name of a column, found none".to_owned(),
            kind => format!("expected a name before `:{kind}`"),
        };
        return Err((message, did_you_mean(kind, RESERVED)));
    };
    let cell_type = match kind {
        "" => Some(CellType::STRING),
        kind => CellType::named(kind),
    };
    match cell_type {
        Some(cell_type) => Ok(Column::Property(name.to_owned(), cell_type)),
        None => Err(unknown_type(kind)),
    }
}

const RESERVED: [&str; 6] = ["ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE"];

fn unknown_type(kind: &str) -> Message {
    let base = kind.strip_suffix("[]").unwrap_or(kind);
    let known = CellType::NAMES.iter().map(|(name, _)| *name);
    let help = did_you_mean(base, known.chain(RESERVED));
    let help = help.unwrap_or_else(|| {
        let names: Vec<_> = CellType::NAMES.iter().map(|(name, _)| *name).collect();
        format!("the types are {}", names.join(", "))
    });
    (format!("expected a type, found `{kind}`"), Some(help))
}

/// Splits `text(inner)` into `text` and `inner`.
fn bracketed(text: &str, open: char, close: char) -> Result<(&str, Option<&str>), Message> {
    let Some((before, inner)) = text.split_once(open) else {
        return Ok((text, None));
    };
    match inner.trim_end().strip_suffix(close) {
        Some(inner) => Ok((before, Some(inner))),
        None => Err(plain(format!("expected `{close}` at the end of `{text}`"))),
    }
}

/// The `id-type` among the options of a column. Other options of neo4j-admin, such as `label`, are ignored.
fn id_type(options: Option<&str>) -> Result<Option<IdType>, Message> {
    for option in options.unwrap_or_default().split(',') {
        let Some((key, value)) = option.split_once(':') else {
            continue;
        };
        if key.trim() == "id-type" {
            return match value.trim() {
                "string" => Ok(Some(IdType::String)),
                "int" | "long" | "integer" => Ok(Some(IdType::Integer)),
                other => Err(plain(format!(
                    "expected the id type `string`, `int` or `long`, found `{other}`"
                ))),
            };
        }
    }
    Ok(None)
}

/// Rejects a column that duplicates an earlier one.
fn fits(column: Column, before: &[Column]) -> Result<Column, Message> {
    let twice = |what: &str| {
        Err(plain(format!(
            "expected one column `{what}`, found a second"
        )))
    };
    for other in before {
        match (other, &column) {
            (Column::Id { .. }, Column::Id { .. }) => {
                return Err(plain(
                    "expected one id column; ids of several columns are not supported".to_owned(),
                ));
            }
            (Column::Start(_), Column::Start(_)) => return twice(":START_ID"),
            (Column::End(_), Column::End(_)) => return twice(":END_ID"),
            (Column::Type, Column::Type) => return twice(":TYPE"),
            (Column::Property(a, a_type), Column::Property(b, b_type))
                if a == b && a_type == b_type =>
            {
                return twice(b);
            }
            (Column::Id { key: Some(a), .. }, Column::Property(b, _))
            | (Column::Property(a, _), Column::Id { key: Some(b), .. })
                if a == b =>
            {
                return twice(b);
            }
            _ => {}
        }
    }
    Ok(column)
}

/// Determines the content of the file and checks that its columns match.
fn role_of(columns: &[Column], given: Option<Role>) -> Result<Role, String> {
    let has = |wanted: fn(&Column) -> bool| columns.iter().any(wanted);
    let id = has(|column| matches!(column, Column::Id { .. }));
    let labels = has(|column| matches!(column, Column::Labels));
    let start = has(|column| matches!(column, Column::Start(_)));
    let end = has(|column| matches!(column, Column::End(_)));
    let kind = has(|column| matches!(column, Column::Type));
    let role = match given {
        Some(role) => role,
        None if start || end => Role::Relationships,
        None if id => Role::Nodes,
        None => return Err("expected a column `:ID`, or `:START_ID` and `:END_ID`".to_owned()),
    };
    let wrong = match role {
        Role::Nodes if start || end => {
            Some("expected a file of nodes, found a column `:START_ID` or `:END_ID`")
        }
        Role::Nodes if kind => Some("expected a file of nodes, found a column `:TYPE`"),
        Role::Relationships if id => Some("expected a file of relationships, found a column `:ID`"),
        Role::Relationships if labels => {
            Some("expected a file of relationships, found a column `:LABEL`")
        }
        Role::Relationships if !start => Some("expected a column `:START_ID`"),
        Role::Relationships if !end => Some("expected a column `:END_ID`"),
        Role::Nodes | Role::Relationships => None,
    };
    match wrong {
        Some(message) => Err(message.to_owned()),
        None => Ok(role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Column) {
        assert_eq!(column(text).unwrap(), expected, "{text}");
    }

    #[test]
    fn a_column_is_a_name_and_a_type() {
        check("name", Column::Property("name".into(), CellType::STRING));
        check(
            "name:string",
            Column::Property("name".into(), CellType::STRING),
        );
        check(
            "a:b:INT[]",
            Column::Property("a:b".into(), CellType::named("int[]").unwrap()),
        );
        check(
            "`a``(b)`:int",
            Column::Property("a`(b)".into(), CellType::named("int").unwrap()),
        );
        check("``", Column::Property(String::new(), CellType::STRING));
        check("x:IGNORE", Column::Ignored);
        check(":START_ID(Person)", Column::Start("Person".into()));
    }

    #[test]
    fn an_id_has_a_name_a_space_and_a_type() {
        let id = |key: Option<&str>, space: &str, id_type| Column::Id {
            key: key.map(str::to_owned),
            space: space.to_owned(),
            id_type,
        };
        check(":ID", id(None, "", None));
        check("id:ID(Person)", id(Some("id"), "Person", None));
        check(
            "id:ID(Person){id-type: long}",
            id(Some("id"), "Person", Some(IdType::Integer)),
        );
    }

    #[test]
    fn what_is_misspelt_is_told_with_its_remedy() {
        let help = |text: &str| column(text).unwrap_err().1;
        assert_eq!(help("a:intt").as_deref(), Some("did you mean `int`?"));
        assert_eq!(
            help(":START_IDD").as_deref(),
            Some("did you mean `START_ID`?")
        );
        assert!(column("a:int(Person)").is_err());
        assert!(column("id:ID(Person").is_err());
        assert!(column("").is_err());
    }
}
