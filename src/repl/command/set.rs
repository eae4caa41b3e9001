//! `:set` and `:limits`: the settings, as rows of a table.

use relata::{
    base::{Class, Code, did_you_mean, grouped},
    value::Text,
};

use crate::repl::{
    command::Flow,
    command::again::find_format,
    config,
    console::duration,
    error::ShellError,
    pager::{self, Paging},
    shell::Shell,
    unit,
    warnings::Warnings,
};

/// A setting.
pub(crate) struct Setting {
    /// The name.
    pub(crate) name: &'static str,
    /// A one-sentence description, for the manual.
    pub(crate) doc: &'static str,
    /// Whether it limits statements.
    is_limit: bool,
    get: fn(&Shell) -> String,
    /// Sets the value; `None` is `off`.
    set: fn(&mut Shell, Option<&str>) -> Result<(), String>,
}

/// Every setting, in manual order.
pub(crate) static SETTINGS: &[Setting] = &[
    Setting {
        name: "max-rows",
        doc: "the maximum number of rows of an answer",
        is_limit: true,
        get: |shell| shell.limits.rows.map_or_else(off, grouped),
        set: |shell, value| {
            shell.limits.rows = value.map(unit::count).transpose()?;
            Ok(())
        },
    },
    Setting {
        name: "max-memory",
        doc: "the maximum memory of a statement, such as 512MB",
        is_limit: true,
        get: |shell| {
            let bytes = |bytes| format!("{} bytes", grouped(bytes));
            shell.limits.memory.map_or_else(off, bytes)
        },
        set: |shell, value| {
            shell.limits.memory = value.map(unit::byte_count).transpose()?;
            Ok(())
        },
    },
    Setting {
        name: "max-path-length",
        doc: "the maximum number of relationships in a path",
        is_limit: true,
        get: |shell| shell.limits.path_length.map_or_else(off, grouped),
        set: |shell, value| {
            shell.limits.path_length = value.map(unit::count).transpose()?;
            Ok(())
        },
    },
    Setting {
        name: "timeout",
        doc: "the maximum time of a statement, such as 10s",
        is_limit: true,
        get: |shell| shell.limits.time.map_or_else(off, duration),
        set: |shell, value| {
            shell.limits.time = value.map(unit::duration).transpose()?;
            Ok(())
        },
    },
    Setting {
        name: "mode",
        doc: "the format of answers; the same as :mode",
        is_limit: false,
        get: |shell| shell.format.name.to_owned(),
        set: |shell, value| {
            let found = find_format(value.unwrap_or("table"));
            shell.format = found.map_err(|error| error.to_string())?;
            Ok(())
        },
    },
    Setting {
        name: "pager",
        doc: "auto, on, off, or a program such as less -S",
        is_limit: false,
        get: |shell| match (shell.paging, &shell.pager) {
            (Paging::Never, _) | (_, None) => off(),
            (Paging::Always, Some(program)) => format!("on ({program})"),
            (Paging::Auto, Some(program)) => format!("auto ({program})"),
        },
        set: set_pager,
    },
    Setting {
        name: "null",
        doc: "the sign for null in tables",
        is_limit: false,
        get: |shell| shell.null.as_deref().unwrap_or("null").to_owned(),
        set: |shell, value| {
            shell.null = value.map(|sign| Text::from(unquoted(sign)));
            Ok(())
        },
    },
    Setting {
        name: "warnings",
        doc: "all, off, or the codes to show",
        is_limit: false,
        get: |shell| shell.warnings.to_string(),
        set: set_warnings,
    },
];

fn off() -> String {
    "off".to_owned()
}

fn unquoted(text: &str) -> &str {
    let inner = |mark| text.strip_prefix(mark)?.strip_suffix(mark);
    inner('\'').or_else(|| inner('"')).unwrap_or(text)
}

/// A program runs only if a person at the prompt, or the configuration of this person, names it.
fn set_pager(shell: &mut Shell, value: Option<&str>) -> Result<(), String> {
    shell.paging = match value {
        None => Paging::Never,
        Some("auto") => Paging::Auto,
        Some("on") => Paging::Always,
        Some(_) if shell.depth > 0 => {
            return Err("a pager is a program, which only the prompt may name".to_owned());
        }
        Some(program) => {
            shell.pager = Some(program.to_owned());
            Paging::Auto
        }
    };
    if shell.pager.is_none() {
        shell.pager = pager::wanted();
    }
    Ok(())
}

fn set_warnings(shell: &mut Shell, value: Option<&str>) -> Result<(), String> {
    let warnings = match value {
        None => Warnings::Off,
        Some("all" | "on") => Warnings::All,
        Some(codes) => Warnings::Some(
            codes
                .split([',', ' '])
                .filter(|code| !code.is_empty())
                .map(warning)
                .collect::<Result<_, _>>()?,
        ),
    };
    shell.warnings = warnings;
    Ok(())
}

/// The code of a warning by its name.
fn warning(name: &str) -> Result<Code, String> {
    let mut codes = warning_codes();
    let found = codes.find(|code| code.detail().eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let near = did_you_mean(name, warning_codes().map(Code::detail));
        let near = near.map_or(String::new(), |near| format!("; {near}"));
        format!("there is no warning `{name}`{near}")
    })
}

fn warning_codes() -> impl Iterator<Item = Code> {
    let codes = Code::ALL.iter().copied();
    codes.filter(|code| code.class() == Class::Warning)
}

/// `:set`, `:set timeout 5s`, `:set max-rows off`, `:set pager less -S`
pub(super) fn set(shell: &mut Shell, argument: &str) -> Result<Flow, ShellError> {
    if argument == "--save" {
        return save(shell);
    }
    let Some((name, value)) = argument.split_once(char::is_whitespace) else {
        return list(shell, argument);
    };
    assign(shell, name, value.trim())?;
    Ok(Flow::Stay)
}

/// `:set --save`: keeps the settings of this session for later ones.
fn save(shell: &mut Shell) -> Result<Flow, ShellError> {
    let Some(path) = &shell.config else {
        return Err(ShellError::usage("there is no file of settings here"));
    };
    config::save(path, &shell.changed)?;
    shell
        .console
        .note(&format!("saved to `{}`", path.display()));
    Ok(Flow::Stay)
}

/// Sets a setting by its name.
pub(crate) fn assign(shell: &mut Shell, name: &str, value: &str) -> Result<(), ShellError> {
    let setting = SETTINGS.iter().find(|setting| setting.name == name);
    let setting = setting.ok_or_else(|| unknown(name))?;
    let set = (setting.set)(shell, Some(value).filter(|value| *value != "off"));
    set.map_err(ShellError::usage)?;
    shell.changed.insert(setting.name, value.to_owned());
    Ok(())
}

fn unknown(name: &str) -> ShellError {
    let names = || SETTINGS.iter().map(|setting| setting.name);
    let help = did_you_mean(name, names()).unwrap_or_else(|| {
        format!(
            "the settings are {}",
            names().collect::<Vec<_>>().join(", ")
        )
    });
    ShellError::Usage(format!("unknown setting `{name}`"), Some(help))
}

/// Prints one setting, or all.
fn list(shell: &mut Shell, name: &str) -> Result<Flow, ShellError> {
    if !name.is_empty() && SETTINGS.iter().all(|setting| setting.name != name) {
        return Err(unknown(name));
    }
    let asked = SETTINGS
        .iter()
        .filter(|setting| name.is_empty() || setting.name == name);
    let line = |setting: &Setting| {
        let value = (setting.get)(shell);
        format!("{:<16} {value:<20} {}\n", setting.name, setting.doc)
    };
    let text: String = asked.map(line).collect();
    shell.console.text(&text)?;
    Ok(Flow::Stay)
}

/// `:limits`
pub(super) fn limits(shell: &mut Shell, _: &str) -> Result<Flow, ShellError> {
    let settable = SETTINGS.iter().filter(|setting| setting.is_limit);
    let settable = settable.map(|setting| {
        let (name, value) = (setting.name, (setting.get)(shell));
        format!("{value:>22}  {name} (:set {name})\n")
    });
    let fixed = relata::BOUNDS.into_iter();
    let fixed =
        fixed.map(|bound| format!("{:>22}  {}\n", grouped(bound.most as u64), bound.counted));
    let text: String = settable.chain(fixed).collect();
    shell.console.text(&text)?;
    Ok(Flow::Stay)
}
