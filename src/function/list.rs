//! Functions on lists.

use crate::{
    base::{Code, Fault},
    function::{
        Context, Example, Function, Parameter,
        argument::{list, out_of_range, unsuited},
    },
    value::{
        Progression, Type, Value,
        access::at,
        build::{self, ListBuilder},
    },
};

const LIST: Parameter = Parameter::new("list", Type::LIST);

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[
    Function::new(
        "head",
        &[LIST],
        Type::ANY,
        "The first element of the list; null if the list is empty.",
        Example::new("head([1, 2, 3])", "1"),
        |arguments, _| Ok(at(list("head", &arguments[0])?, 0)),
    ),
    Function::new(
        "last",
        &[LIST],
        Type::ANY,
        "The last element of the list; null if the list is empty.",
        Example::new("last([1, 2, 3])", "3"),
        |arguments, _| Ok(at(list("last", &arguments[0])?, -1)),
    ),
    Function::new(
        "onlyElement",
        &[LIST],
        Type::ANY,
        "The element of a list of one element; null if the list is empty, an error if it has more.",
        Example::new("onlyElement(['a'])", "'a'"),
        only_element,
    ),
    Function::new(
        "asList",
        &[Parameter::new("value", Type::LIST.or(Type::STRING))],
        Type::LIST,
        "The list; of a string, the list of this string alone.",
        Example::new("asList('a')", "['a']"),
        |arguments, _| match &arguments[0] {
            Value::String(text) => Ok(vec![Value::String(text.clone())].into()),
            other => list("asList", other).map(|_| other.clone()),
        },
    ),
    Function::new(
        "tail",
        &[LIST],
        Type::LIST,
        "The list without its first element.",
        Example::new("tail([1, 2, 3])", "[2, 3]"),
        tail,
    ),
    Function::new(
        "reverse",
        &[Parameter::new("value", Type::LIST.or(Type::STRING))],
        Type::LIST.or(Type::STRING),
        "The elements of a list, or the characters of a string, in reverse order.",
        Example::new("reverse('raksO')", "'Oskar'"),
        reverse,
    ),
    Function::new(
        "range",
        &[
            Parameter::new("start", Type::ANY),
            Parameter::new("end", Type::ANY),
            Parameter::new("step", Type::ANY),
        ],
        Type::list_of(Type::INTEGER),
        "The integers from `start` to `end`, both included, in steps of 1 or of `step`.",
        Example::new("range(2, 18, 3)", "[2, 5, 8, 11, 14, 17]"),
        range,
    )
    .optional(1)
    .progressive(progression),
];

type Answer = Result<Value, Fault>;

fn only_element(arguments: &[Value], _: &Context<'_>) -> Result<Value, Fault> {
    let elements = list("onlyElement", &arguments[0])?;
    match elements.len() {
        0 | 1 => Ok(at(elements, 0)),
        more => {
            let message = format!("expected at most one row or element, found {more}");
            Err(Fault::new(Code::TooManyRows, message))
        }
    }
}

fn tail(arguments: &[Value], context: &Context<'_>) -> Answer {
    let items = list("tail", &arguments[0])?;
    let mut tail = ListBuilder::default();
    context.meter.spend(size_of_val(&***items))?;
    tail.extend(items.get(1..).unwrap_or_default(), |bytes| {
        context.meter.worked(bytes)
    })?;
    Ok(tail.finish())
}

fn reverse(arguments: &[Value], context: &Context<'_>) -> Answer {
    let meter = context.meter;
    match &arguments[0] {
        Value::String(text) => {
            let mut reversed = build::string(text.len())?;
            meter.spend(2 * text.len())?;
            for (at, character) in (1_usize..).zip(text.chars().rev()) {
                if at.is_multiple_of(BETWEEN_CHECKS) {
                    meter.worked(BETWEEN_CHECKS)?;
                }
                reversed.push(character);
            }
            build::text(reversed)
        }
        Value::List(items) => {
            meter.spend(size_of_val(&***items))?;
            let mut reversed = ListBuilder::of_len(items.len())?;
            for (at, item) in (1_usize..).zip(items.iter().rev()) {
                if at.is_multiple_of(BETWEEN_CHECKS) {
                    meter.worked(BETWEEN_CHECKS * size_of::<Value>())?;
                }
                reversed.push(item.clone())?;
            }
            Ok(reversed.finish())
        }
        other => Err(unsuited("reverse", "a LIST or STRING", other)),
    }
}

fn range(arguments: &[Value], context: &Context<'_>) -> Answer {
    let progression = progression(arguments)?;
    let length = progression.len();
    context.meter.spend(length * size_of::<Value>())?;
    let mut items = ListBuilder::of_len(length)?;
    for from in (0..length).step_by(BETWEEN_CHECKS) {
        let positions = from..length.min(from + BETWEEN_CHECKS);
        context.meter.worked(positions.len() * size_of::<Value>())?;
        let mut elements = progression.part(positions);
        elements.try_for_each(|element| items.push(Value::Integer(element)))?;
    }
    Ok(items.finish())
}

fn progression(arguments: &[Value]) -> Result<Progression, Fault> {
    let (start, end) = (bound(&arguments[0])?, bound(&arguments[1])?);
    let step = arguments.get(2).map_or(Ok(1), bound)?;
    if step == 0 {
        return Err(
            out_of_range("`range` expects a step other than 0".to_owned())
                .help("omit the step to count up by 1"),
        );
    }
    Progression::new(start, end, step)
}

/// The number of elements that are made without a check of the limits.
const BETWEEN_CHECKS: usize = 1 << 16;

fn bound(value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Integer(integer) => Ok(*integer),
        other => Err(Fault::new(
            Code::InvalidArgument,
            format!("`range` expects an INTEGER, found {}", other.kind()),
        )),
    }
}
