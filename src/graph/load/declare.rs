//! What a manifest, or the file names, declare about files before they are opened.

use crate::{
    base::did_you_mean,
    graph::{
        load::{
            Options,
            header::Role,
            input::{Declared, Input},
            preset::Preset,
            problem::{LoadError, Problem, Problems},
            text,
        },
        manifest::Manifest,
    },
};

/// The parsed manifest and its text, or `None` if there is none.
pub(super) fn manifest<'i>(input: &'i Input<'_>) -> Result<Option<(Manifest, &'i str)>, LoadError> {
    let Some(file) = &input.manifest else {
        return Ok(None);
    };
    let text = text::decode(&file.name, &file.bytes)?;
    Ok(Some((Manifest::parse(&file.name, text)?, text)))
}

/// Applies the manifest: options that the caller left open, and declarations about single files.
pub(super) fn apply(
    manifest: &Manifest,
    text: &str,
    input: &Input<'_>,
    options: &mut Options,
    declared: &mut [Declared],
) -> Result<(), LoadError> {
    let file = input.manifest.as_ref().map_or("", |file| &*file.name);
    let mut problems = Problems::default();
    let csv = &manifest.csv;
    if let (None, Some(delimiter)) = (options.delimiter, &csv.delimiter)
        && !is_delimiter(*delimiter.get_ref())
    {
        let message = no_delimiter(*delimiter.get_ref());
        problems.push(|| Problem::at(file, text, delimiter.span().start, message));
    }
    options.delimiter = options
        .delimiter
        .or(csv.delimiter.as_ref().map(|delimiter| *delimiter.get_ref()));
    options.array_delimiter = options.array_delimiter.or(csv.array_delimiter);
    options.id_type = options.id_type.or(csv.id_type);
    if let Some(name) = manifest
        .preset
        .as_ref()
        .filter(|name| name.get_ref() != "none")
    {
        match Preset::named(name.get_ref()) {
            Some(preset) => options.preset = options.preset.or(Some(preset)),
            None => problems.push(|| {
                let message = format!("expected a preset, found `{}`", name.get_ref());
                let names = Preset::names().chain(["none"]);
                let help = format!("the presets are {}", names.collect::<Vec<_>>().join(", "));
                Problem::at(file, text, name.span().start, message).maybe_help(Some(help))
            }),
        }
    }
    let mut place = |name: &toml::Spanned<String>| {
        let found = position(input, name.get_ref());
        if found.is_none() && !name.get_ref().starts_with("overlays/") {
            problems.push(|| {
                let message = format!("expected a file of the graph, found `{}`", name.get_ref());
                let names = input.tables.iter().flat_map(|table| &table.files);
                let help = did_you_mean(name.get_ref(), names.map(|file| &*file.name));
                Problem::at(file, text, name.span().start, message).maybe_help(help)
            });
        }
        found
    };
    for nodes in &manifest.nodes {
        if let Some(at) = place(&nodes.file) {
            declared[at].role = Some(Role::Nodes);
            declared[at].labels.clone_from(&nodes.labels);
        }
    }
    for relationships in &manifest.relationships {
        if let Some(at) = place(&relationships.file) {
            declared[at].role = Some(Role::Relationships);
            declared[at].kind = Some(relationships.kind.clone());
        }
    }
    problems.into_result()
}

fn position(input: &Input<'_>, name: &str) -> Option<usize> {
    input
        .tables
        .iter()
        .position(|table| table.files.iter().any(|file| file.name == name))
}

/// Recognises the file set of a folder without a manifest.
pub(super) fn recognise(input: &Input<'_>, options: &mut Options) {
    if input.is_folder && options.preset.is_none() {
        let files = input.tables.iter().flat_map(|table| &table.files);
        options.preset = Preset::of(files.map(|file| &*file.name));
    }
}

/// Rejects an invalid delimiter.
pub(super) fn check(options: &Options) -> Result<(), LoadError> {
    let delimiter = options
        .delimiter
        .filter(|delimiter| !is_delimiter(*delimiter));
    match delimiter {
        None => Ok(()),
        Some(delimiter) => Err(Problem::whole("delimiter", no_delimiter(delimiter)).into()),
    }
}

fn no_delimiter(found: char) -> String {
    format!("expected a delimiter such as `,` `;` `|` or a tab, found {found:?}")
}

fn is_delimiter(character: char) -> bool {
    character == '\t'
        || (character.is_ascii_graphic() && !character.is_ascii_alphanumeric() && character != '"')
}
