//! Functions on strings. Positions and lengths count characters (code points), not bytes.

use unicode_normalization::{UnicodeNormalization as _, is_nfc, is_nfd, is_nfkc, is_nfkd};

use crate::{
    base::{Code, Fault, Room as _},
    function::{
        Context, Example, Function, Meter, Parameter,
        argument::{count, text, unsuited},
    },
    value::{
        Kind, Type, Value,
        bounds::text_length,
        build::{self, ListBuilder},
    },
};

const TEXT: Parameter = Parameter::new("text", Type::STRING);
const LENGTH: Parameter = Parameter::new("length", Type::INTEGER);
const CHARACTERS: Parameter = Parameter::new("characters", Type::STRING);
const FORM: Parameter = Parameter::new("form", Type::STRING);

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[
    Function::new(
        "toUpper",
        &[TEXT],
        Type::STRING,
        "The string in upper case.",
        Example::new("toUpper('abc')", "'ABC'"),
        upper,
    ),
    Function::new(
        "upper",
        &[TEXT],
        Type::STRING,
        "The string in upper case; the GQL spelling.",
        Example::new("upper('abc')", "'ABC'"),
        upper,
    ),
    Function::new(
        "toLower",
        &[TEXT],
        Type::STRING,
        "The string in lower case.",
        Example::new("toLower('ABC')", "'abc'"),
        lower,
    ),
    Function::new(
        "lower",
        &[TEXT],
        Type::STRING,
        "The string in lower case; the GQL spelling.",
        Example::new("lower('ABC')", "'abc'"),
        lower,
    ),
    Function::new(
        "trim",
        &[TEXT, CHARACTERS],
        Type::STRING,
        "The string without white space, or without the given characters, at both ends; also `trim(LEADING 'x' FROM text)`, \
         `TRAILING` and `BOTH`.",
        Example::new("trim(LEADING '0' FROM '007')", "'7'"),
        |arguments, _| btrim("trim", arguments),
    )
    .optional(1),
    Function::new(
        "btrim",
        &[TEXT, CHARACTERS],
        Type::STRING,
        "The string without white space, or without the given characters, at both ends.",
        Example::new("btrim('xxabyx', 'xy')", "'ab'"),
        |arguments, _| btrim("btrim", arguments),
    )
    .optional(1),
    Function::new(
        "lTrim",
        &[TEXT, CHARACTERS],
        Type::STRING,
        "The string without white space, or without the given characters, at its start.",
        Example::new("lTrim('  ab ')", "'ab '"),
        ltrim,
    )
    .optional(1),
    Function::new(
        "rTrim",
        &[TEXT, CHARACTERS],
        Type::STRING,
        "The string without white space, or without the given characters, at its end.",
        Example::new("rTrim(' ab  ')", "' ab'"),
        rtrim,
    )
    .optional(1),
    Function::new(
        "left",
        &[TEXT, LENGTH],
        Type::STRING,
        "The first `length` characters of the string, or all if it is shorter.",
        Example::new("left('Relata', 3)", "'Rel'"),
        left,
    ),
    Function::new(
        "right",
        &[TEXT, LENGTH],
        Type::STRING,
        "The last `length` characters of the string, or all if it is shorter.",
        Example::new("right('Relata', 3)", "'ata'"),
        right,
    ),
    Function::new(
        "substring",
        &[TEXT, Parameter::new("start", Type::INTEGER), LENGTH],
        Type::STRING,
        "The characters from position `start`, counted from 0: `length` characters, or all up to the end.",
        Example::new("substring('0123456789', 2, 3)", "'234'"),
        substring,
    )
    .optional(1),
    Function::new(
        "replace",
        &[TEXT, Parameter::new("search", Type::STRING), Parameter::new("replacement", Type::STRING)],
        Type::STRING,
        "The string with every occurrence of `search` replaced; unchanged if `search` is empty.",
        Example::new("replace('hello', 'l', 'w')", "'hewwo'"),
        replace,
    ),
    Function::new(
        "split",
        &[TEXT, Parameter::new("delimiter", Type::STRING.or(Type::list_of(Type::STRING)))],
        Type::list_of(Type::STRING),
        "The parts of the string between delimiters; its characters if the delimiter is empty. A list gives several delimiters.",
        Example::new("split('one,two', ',')", "['one', 'two']"),
        split,
    ),
    Function::new(
        "char_length",
        &[TEXT],
        Type::INTEGER,
        "The number of characters of the string.",
        Example::new("char_length('Malmö')", "5"),
        |arguments, _| length("char_length", arguments),
    ),
    Function::new(
        "character_length",
        &[TEXT],
        Type::INTEGER,
        "The number of characters of the string.",
        Example::new("character_length('Malmö')", "5"),
        |arguments, _| length("character_length", arguments),
    ),
    Function::new(
        "byte_length",
        &[Parameter::new("value", Type::STRING.or(Type::of(Kind::Bytes)))],
        Type::INTEGER,
        "The number of bytes of a string in UTF-8, or of a byte string.",
        Example::new("byte_length('Malmö')", "6"),
        |arguments, _| bytes("byte_length", arguments),
    ),
    Function::new(
        "octet_length",
        &[Parameter::new("value", Type::STRING.or(Type::of(Kind::Bytes)))],
        Type::INTEGER,
        "The number of bytes of a string in UTF-8, or of a byte string.",
        Example::new("octet_length('Malmö')", "6"),
        |arguments, _| bytes("octet_length", arguments),
    ),
    Function::new(
        "normalize",
        &[TEXT, FORM],
        Type::STRING,
        "The string in a Unicode normal form: `NFC`, if none is given, `NFD`, `NFKC` or `NFKD`; the form needs no quotes.",
        Example::new("char_length(normalize('\\u0041\\u030A', NFC))", "1"),
        normalize,
    )
    .optional(1),
    Function::new(
        "isNormalized",
        &[TEXT, FORM],
        Type::BOOLEAN,
        "Whether the string is in a Unicode normal form; the same as `text IS NORMALIZED`.",
        Example::new("isNormalized('\\u0041\\u030A', NFD)", "true"),
        is_normalized,
    )
    .optional(1),
];

type Answer = Result<Value, Fault>;

fn upper(arguments: &[Value], context: &Context<'_>) -> Answer {
    let text = text("toUpper", &arguments[0])?;
    in_pieces(text, |_| true, str::to_uppercase, context.meter)
}

fn lower(arguments: &[Value], context: &Context<'_>) -> Answer {
    let text = text("toLower", &arguments[0])?;
    // The lower case of `Σ` depends on the letters next to it.
    let whole_words = text.contains('Σ');
    let parts = |character: char| !whole_words || character.is_ascii_whitespace();
    in_pieces(text, parts, str::to_lowercase, context.meter)
}

/// The length of a text that is changed without a check of the limits.
const PIECE: usize = 1 << 20;

/// Changes a text in pieces. Each but the first begins with a character of which `parts` is true.
fn in_pieces(
    text: &str,
    parts: impl Fn(char) -> bool,
    change: impl Fn(&str) -> String,
    meter: &dyn Meter,
) -> Answer {
    if text.len() <= PIECE {
        return Ok(change(text).into());
    }
    meter.spend(2 * text.len())?;
    let mut changed = build::string(text.len())?;
    let mut rest = text;
    while !rest.is_empty() {
        let from = rest.ceil_char_boundary(PIECE);
        let end = rest[from..].find(&parts).map_or(rest.len(), |at| from + at);
        let piece = change(&rest[..end]);
        meter.worked(end)?;
        changed.make_room(piece.len())?;
        changed.push_str(&piece);
        rest = &rest[end..];
    }
    text_length(Some(changed.len()))?;
    build::text(changed)
}

fn length(function: &str, arguments: &[Value]) -> Answer {
    let length = text(function, &arguments[0])?.chars().count();
    Ok(Value::Integer(length as i64))
}

fn bytes(function: &str, arguments: &[Value]) -> Answer {
    let length = match &arguments[0] {
        Value::Bytes(bytes) => bytes.len(),
        other => text(function, other)?.len(),
    };
    Ok(Value::Integer(length as i64))
}

/// The Unicode normal forms.
#[derive(Clone, Copy)]
enum Form {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

fn form(function: &str, form: Option<&Value>) -> Result<Form, Fault> {
    let Some(form) = form else {
        return Ok(Form::Nfc);
    };
    let name = text(function, form)?;
    let forms = [
        ("NFC", Form::Nfc),
        ("NFD", Form::Nfd),
        ("NFKC", Form::Nfkc),
        ("NFKD", Form::Nfkd),
    ];
    let found = forms
        .iter()
        .find(|(known, _)| name.eq_ignore_ascii_case(known));
    found.map(|(_, form)| *form).ok_or_else(|| {
        let message = format!("`{name}` is not a Unicode normal form");
        Fault::new(Code::InvalidArgument, message).help("use `NFC`, `NFD`, `NFKC` or `NFKD`")
    })
}

fn normalize(arguments: &[Value], context: &Context<'_>) -> Answer {
    let form = form("normalize", arguments.get(1))?;
    let text = text("normalize", &arguments[0])?;
    let meter = context.meter;
    meter.spend(2 * text.len())?;
    match form {
        Form::Nfc => collected(text.nfc(), text.len(), meter),
        Form::Nfd => collected(text.nfd(), text.len(), meter),
        Form::Nfkc => collected(text.nfkc(), text.len(), meter),
        Form::Nfkd => collected(text.nfkd(), text.len(), meter),
    }
}

/// The text of some characters. A normal form may be several times longer than its source.
fn collected(characters: impl Iterator<Item = char>, length: usize, meter: &dyn Meter) -> Answer {
    let mut collected = build::string(length)?;
    for (at, character) in (1_usize..).zip(characters) {
        if at.is_multiple_of(PIECE) {
            meter.worked(PIECE)?;
            text_length(Some(collected.len()))?;
        }
        collected.make_room(character.len_utf8())?;
        collected.push(character);
    }
    text_length(Some(collected.len()))?;
    build::text(collected)
}

fn is_normalized(arguments: &[Value], context: &Context<'_>) -> Answer {
    let form = form("isNormalized", arguments.get(1))?;
    let text = text("isNormalized", &arguments[0])?;
    context.meter.worked(text.len())?;
    Ok(Value::Boolean(match form {
        Form::Nfc => is_nfc(text),
        Form::Nfd => is_nfd(text),
        Form::Nfkc => is_nfkc(text),
        Form::Nfkd => is_nfkd(text),
    }))
}

fn btrim(function: &str, arguments: &[Value]) -> Answer {
    let strip = strips(function, arguments.get(1))?;
    Ok(text(function, &arguments[0])?.trim_matches(strip).into())
}

fn ltrim(arguments: &[Value], _: &Context<'_>) -> Answer {
    let strip = strips("lTrim", arguments.get(1))?;
    Ok(text("lTrim", &arguments[0])?
        .trim_start_matches(strip)
        .into())
}

fn rtrim(arguments: &[Value], _: &Context<'_>) -> Answer {
    let strip = strips("rTrim", arguments.get(1))?;
    Ok(text("rTrim", &arguments[0])?.trim_end_matches(strip).into())
}

/// The characters to strip: the given ones, or white space.
fn strips<'a>(
    function: &str,
    characters: Option<&'a Value>,
) -> Result<impl Fn(char) -> bool + Copy + 'a, Fault> {
    let set = characters
        .map(|characters| text(function, characters))
        .transpose()?;
    Ok(move |character: char| match set {
        Some(set) => set.contains(character),
        None => character.is_whitespace(),
    })
}

fn left(arguments: &[Value], _: &Context<'_>) -> Answer {
    let length = count("left", &arguments[1])?;
    Ok(skip_take(text("left", &arguments[0])?, 0, length).into())
}

fn right(arguments: &[Value], _: &Context<'_>) -> Answer {
    let text = text("right", &arguments[0])?;
    let length = count("right", &arguments[1])?;
    let skipped = text.chars().count().saturating_sub(length);
    Ok(skip_take(text, skipped, length).into())
}

fn substring(arguments: &[Value], _: &Context<'_>) -> Answer {
    let text = text("substring", &arguments[0])?;
    let start = count("substring", &arguments[1])?;
    let length = match arguments.get(2) {
        Some(length) => count("substring", length)?,
        None => usize::MAX,
    };
    Ok(skip_take(text, start, length).into())
}

/// At most `length` characters of a string from index `start`.
fn skip_take(text: &str, start: usize, length: usize) -> &str {
    let rest = match text.char_indices().nth(start) {
        Some((from, _)) => &text[from..],
        None => "",
    };
    match rest.char_indices().nth(length) {
        Some((to, _)) => &rest[..to],
        None => rest,
    }
}

fn replace(arguments: &[Value], context: &Context<'_>) -> Answer {
    let [whole, search, replacement] =
        [0, 1, 2].map(|position| text("replace", &arguments[position]));
    let (whole, search, replacement) = (whole?, search?, replacement?);
    if search.is_empty() || !whole.contains(&**search) {
        return Ok(Value::String(whole.clone()));
    }
    let found = whole.matches(&**search).count();
    let longer = replacement.len().saturating_sub(search.len());
    let length = text_length(
        found
            .checked_mul(longer)
            .and_then(|more| more.checked_add(whole.len())),
    )?;
    context.meter.spend(2 * length)?;
    let mut replaced = build::string(length.max(whole.len()))?;
    let mut end = 0;
    for (at, found) in whole.match_indices(&**search) {
        context.meter.worked(at - end)?;
        replaced.push_str(&whole[end..at]);
        replaced.push_str(replacement);
        end = at + found.len();
    }
    replaced.push_str(&whole[end..]);
    build::text(replaced)
}

fn split(arguments: &[Value], context: &Context<'_>) -> Answer {
    let whole = text("split", &arguments[0])?;
    let delimiters = match &arguments[1] {
        Value::String(delimiter) => vec![&**delimiter],
        Value::List(items) if items.iter().any(Value::is_null) => return Ok(Value::Null),
        Value::List(items) => items
            .iter()
            .map(|item| text("split", item).map(|text| &**text))
            .collect::<Result<_, _>>()?,
        other => return Err(unsuited("split", "a STRING or a LIST of them", other)),
    };
    let meter = context.meter;
    let mut count = 0;
    if whole.len() > PIECE {
        // A list that grows would be copied again and again.
        each_part(whole, &delimiters, meter, |_| {
            count += 1;
            Ok(())
        })?;
    }
    let mut parts = ListBuilder::of_len(count)?;
    each_part(whole, &delimiters, meter, |part| {
        meter.spend(PART + part.len())?;
        parts.push(part.into())
    })?;
    Ok(parts.finish())
}

/// Bytes per part of a split string: its value, and the counters of its text.
const PART: usize = size_of::<Value>() + 2 * size_of::<usize>();

/// Splits a string at delimiters. At each position, the first delimiter of the list that matches is used. An empty delimiter
/// gives the characters.
fn each_part(
    whole: &str,
    delimiters: &[&str],
    meter: &dyn Meter,
    mut take: impl FnMut(&str) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if delimiters.contains(&"") {
        return each_character(whole, delimiters, meter, take);
    }
    let (mut start, mut at) = (0, 0);
    while let Some(character) = whole[at..].chars().next() {
        meter.spend(character.len_utf8())?;
        match delimiters
            .iter()
            .find(|delimiter| whole[at..].starts_with(**delimiter))
        {
            Some(delimiter) => {
                take(&whole[start..at])?;
                at += delimiter.len();
                start = at;
            }
            None => at += character.len_utf8(),
        }
    }
    take(&whole[start..])
}

/// The characters of a string, one by one, without those that are delimiters.
fn each_character(
    whole: &str,
    delimiters: &[&str],
    meter: &dyn Meter,
    mut take: impl FnMut(&str) -> Result<(), Fault>,
) -> Result<(), Fault> {
    for (at, character) in whole.char_indices() {
        let piece = &whole[at..at + character.len_utf8()];
        meter.spend(piece.len())?;
        if !delimiters.contains(&piece) {
            take(piece)?;
        }
    }
    Ok(())
}
