//! The names that functions of other languages have: SQL and its dialects, Python, JavaScript.

/// What an unknown function is called here: advice for the error, or `None`.
#[must_use]
pub fn advice(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let (_, here) = NAMES.iter().find(|(names, _)| names.contains(&&*name))?;
    Some(match here {
        Here::Function(function) => format!("the function is called `{function}`"),
        Here::Operator(operator, example) => format!("use `{operator}`, as in `{example}`"),
    })
}

/// What does the same.
enum Here {
    Function(&'static str),
    Operator(&'static str, &'static str),
}

use Here::{Function, Operator};

/// Names in lower case, and what does the same.
static NAMES: &[(&[&str], Here)] = &[
    (
        &[
            "len",
            "array_length",
            "list_length",
            "strlen",
            "count_elements",
        ],
        Function("size"),
    ),
    (
        &["ifnull", "nvl", "isnull", "if_null"],
        Function("coalesce"),
    ),
    (&["substr", "mid", "slice"], Function("substring")),
    (&["concat", "concat_ws"], Operator("||", "a || ' ' || b")),
    (
        &["now", "getdate", "sysdate", "utcnow"],
        Function("datetime"),
    ),
    (&["today", "curdate"], Function("date")),
    (
        &["group_concat", "string_agg", "listagg", "array_agg", "list"],
        Function("collect"),
    ),
    (&["ucase", "touppercase", "uppercase"], Function("upper")),
    (&["lcase", "tolowercase", "lowercase"], Function("lower")),
    (&["pow"], Operator("^", "2 ^ 10")),
    (
        &["like", "ilike", "regexp_like", "rlike"],
        Operator("=~", "a =~ '.*x.*'"),
    ),
    (
        &[
            "contains",
            "instr",
            "charindex",
            "strpos",
            "locate",
            "includes",
        ],
        Operator("CONTAINS", "a CONTAINS 'x'"),
    ),
    (
        &["startswith", "starts_with"],
        Operator("STARTS WITH", "a STARTS WITH 'x'"),
    ),
    (
        &["endswith", "ends_with"],
        Operator("ENDS WITH", "a ENDS WITH 'x'"),
    ),
    (
        &["list_contains", "array_contains", "has"],
        Operator("IN", "1 IN [1, 2]"),
    ),
    (&["is_null"], Operator("IS NULL", "a IS NULL")),
    (
        &["str", "to_string", "to_char", "tostr", "string"],
        Function("toString"),
    ),
    (
        &["int", "to_int", "to_integer", "parseint"],
        Function("toInteger"),
    ),
    (
        &["float", "to_float", "double", "to_number"],
        Function("toFloat"),
    ),
    (&["std", "stddev"], Function("stDev")),
    (&["mean", "average"], Function("avg")),
    (
        &["median", "quantile", "percentile"],
        Function("percentileCont"),
    ),
    (&["random"], Function("rand")),
    (
        &["uuid", "newid", "gen_random_uuid"],
        Function("randomUUID"),
    ),
    (&["typeof", "type_of", "pg_typeof"], Function("valueType")),
    (&["first", "list_first"], Function("head")),
    (&["list_last"], Function("last")),
    (&["date_trunc"], Function("date.truncate")),
    (
        &["datediff", "date_diff", "age"],
        Function("duration.between"),
    ),
    (&["unix_timestamp", "epoch"], Function("timestamp")),
    (&["distinct"], Operator("DISTINCT", "RETURN DISTINCT a")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function;

    #[test]
    fn every_name_is_foreign_and_leads_to_a_function_that_exists() {
        let is_known =
            |name: &str| function::find(name).is_some() || function::find_aggregate(name).is_some();
        for (names, here) in NAMES {
            for name in *names {
                assert!(!is_known(name), "{name} is a function here");
            }
            if let Function(name) = here {
                assert!(is_known(name), "{name} is no function");
            }
        }
    }

    #[test]
    fn the_name_here_is_told() {
        assert_eq!(
            advice("LEN").as_deref(),
            Some("the function is called `size`")
        );
        assert_eq!(advice("nonsense"), None);
    }
}
