//! The sources as the rules see them: for each file its module, the paths that it names and the macros that it calls.
//! What a file names is read from its syntax tree; the arguments of macros and attributes are read token by token.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use syn::{
    Attribute, Item, ItemMod, UseTree,
    buffer::{Cursor, TokenBuffer},
    visit::{self, Visit},
};

/// A source file.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// The path from the root of the repository.
    pub(crate) place: String,
    /// The path of the module. It is empty for `lib.rs`, and `main` for `main.rs`.
    pub(crate) module: Vec<String>,
    /// Whether the file is compiled for tests only.
    pub(crate) is_test: bool,
    pub(crate) text: String,
    pub(crate) paths: Vec<Named>,
    /// The names of the macros that are called.
    pub(crate) macros: Vec<String>,
    /// The names of the items that the file declares, inline modules and macros included.
    pub(crate) items: Vec<String>,
    /// The names that `use` brings into scope, each with its path. The name of a glob import is `*`.
    pub(crate) uses: Vec<(String, Vec<String>)>,
    /// The child modules that are declared for tests only.
    test_modules: Vec<String>,
}

/// A path in a file. What begins at `self` or `super` is spelled from `crate`.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) segments: Vec<String>,
    /// Whether it occurs in code that is compiled for tests only.
    pub(crate) is_test: bool,
}

impl File {
    /// Reads a text as the file of a module.
    pub(crate) fn read(place: &str, module: Vec<String>, text: String) -> Self {
        let tree = syn::parse_file(&text).unwrap_or_else(|error| panic!("{place}: {error}"));
        let mut reader = Reader {
            inside: module.clone(),
            file: Self {
                place: place.to_owned(),
                module,
                text,
                ..Self::default()
            },
            tests: 0,
        };
        reader.visit_file(&tree);
        reader.file
    }

    /// The top module that the file belongs to.
    pub(crate) fn top(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    /// Every path that begins at the root of this crate or at the library's name.
    pub(crate) fn imports(&self) -> impl Iterator<Item = &[String]> {
        let rooted = |path: &&[String]| path.len() > 1 && matches!(&*path[0], "crate" | "relata");
        self.paths.iter().map(|path| &*path.segments).filter(rooted)
    }

    /// Whether a path begins at the external crate of that name.
    pub(crate) fn names_crate(&self, name: &str) -> bool {
        let own = |(bound, path): &(String, Vec<String>)| bound == name && path[0] != name;
        if self.items.iter().any(|item| item == name) || self.uses.iter().any(own) {
            return false;
        }
        self.paths.iter().any(|path| path.segments[0] == name)
    }

    /// Whether a path holds these segments side by side.
    pub(crate) fn names(&self, segments: &str) -> bool {
        let wanted: Vec<_> = segments.split("::").collect();
        let holds = |path: &Named| {
            path.segments
                .windows(wanted.len())
                .any(|part| part == wanted)
        };
        self.paths.iter().any(holds)
    }

    /// Whether a macro of that name is called.
    pub(crate) fn calls_macro(&self, name: &str) -> bool {
        self.macros.iter().any(|called| called == name)
    }
}

/// All files under `src`, in the order of their paths. They are read once.
pub(crate) fn sources() -> &'static [File] {
    static SOURCES: OnceLock<Vec<File>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let mut files: Vec<_> = paths().iter().map(|path| open(path)).collect();
        let test_modules: Vec<_> = files
            .iter()
            .flat_map(|file| {
                let child = |name: &String| [&*file.module, std::slice::from_ref(name)].concat();
                file.test_modules.iter().map(child)
            })
            .collect();
        for file in &mut files {
            file.is_test = test_modules
                .iter()
                .any(|module| file.module.starts_with(module));
        }
        files
    })
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn paths() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn open(path: &Path) -> File {
    let place = path.strip_prefix(root()).unwrap().display().to_string();
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let name = |part: &std::ffi::OsStr| part.to_string_lossy().into_owned();
    let mut module: Vec<_> = inside.with_extension("").iter().map(name).collect();
    module.pop_if(|stem| stem == "mod" || stem == "lib");
    File::read(&place, module, fs::read_to_string(path).unwrap())
}

/// Collects what a file names.
struct Reader {
    file: File,
    /// The path of the module around the current item, inline modules included.
    inside: Vec<String>,
    /// How many enclosing items are compiled for tests only.
    tests: usize,
}

impl Reader {
    /// Adds a path, spelled from the root of the crate if it begins at `self` or `super`.
    fn add(&mut self, path: Vec<String>) {
        self.file.paths.push(Named {
            segments: self.spelled(path),
            is_test: self.tests > 0,
        });
    }

    fn spelled(&self, path: Vec<String>) -> Vec<String> {
        let mut base = self.inside.clone();
        let mut rest = path.as_slice();
        match path[0].as_str() {
            "self" => rest = &rest[1..],
            "super" => {}
            _ => return path,
        }
        while rest.first().is_some_and(|first| first == "super") {
            base.pop();
            rest = &rest[1..];
        }
        [&["crate".to_owned()], &*base, rest].concat()
    }

    /// Adds each path of a tree of imports.
    fn import(&mut self, tree: &UseTree, mut path: Vec<String>) {
        match tree {
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.import(&inner.tree, path);
            }
            UseTree::Group(group) => {
                for item in &group.items {
                    self.import(item, path.clone());
                }
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                if name != "self" {
                    path.push(name);
                }
                self.bind(path.last().cloned(), path);
            }
            UseTree::Rename(renamed) => {
                if renamed.ident != "self" {
                    path.push(renamed.ident.to_string());
                }
                self.bind(Some(renamed.rename.to_string()), path);
            }
            UseTree::Glob(_) => self.bind(Some("*".to_owned()), path),
        }
    }

    fn bind(&mut self, name: Option<String>, path: Vec<String>) {
        if self.tests == 0 {
            let path = self.spelled(path.clone());
            self.file.uses.extend(name.map(|name| (name, path)));
        }
        self.add(path);
    }

    /// Adds the paths and macros of a stretch of tokens. `prefix` is the path before the brackets around it.
    fn scan(&mut self, mut rest: Cursor<'_>, prefix: &[String]) {
        while !rest.eof() {
            if let Some((word, after)) = rest.ident() {
                rest = self.scan_path([prefix, &[word.to_string()]].concat(), after);
            } else if let Some((inside, _, _, after)) = rest.any_group() {
                self.scan(inside, &[]);
                rest = after;
            } else if let Some((_, after)) = rest.token_tree() {
                rest = after;
            }
        }
    }

    /// Adds the path that begins with the segments before `rest`, and returns what follows it.
    fn scan_path<'c>(&mut self, mut path: Vec<String>, mut rest: Cursor<'c>) -> Cursor<'c> {
        while let Some(after) = colons(rest) {
            rest = after;
            if let Some((word, after)) = rest.ident() {
                path.push(word.to_string());
                rest = after;
            } else if let Some((inside, _, _, after)) = rest.any_group() {
                self.scan(inside, &path);
                return after;
            }
        }
        match rest.punct() {
            Some((sign, _)) if sign.as_char() == '!' => self.file.macros.extend(path.pop()),
            _ => {}
        }
        if path.len() > 1 {
            self.add(path);
        }
        rest
    }
}

/// What follows two colons.
fn colons(rest: Cursor<'_>) -> Option<Cursor<'_>> {
    colon(colon(rest)?)
}

fn colon(rest: Cursor<'_>) -> Option<Cursor<'_>> {
    let (sign, after) = rest.punct()?;
    (sign.as_char() == ':').then_some(after)
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let (name, attributes) = described(item);
        let is_test = attributes.iter().any(is_for_tests);
        self.tests += usize::from(is_test);
        if self.tests == 0 {
            self.file.items.extend(name);
        }
        visit::visit_item(self, item);
        self.tests -= usize::from(is_test);
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        let name = module.ident.to_string();
        if module.content.is_none() && self.tests > 0 {
            self.file.test_modules.push(name.clone());
        }
        self.inside.push(name);
        visit::visit_item_mod(self, module);
        self.inside.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&item.tree, Vec::new());
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.add(vec![item.ident.to_string()]);
    }

    fn visit_vis_restricted(&mut self, visibility: &'ast syn::VisRestricted) {
        if visibility.in_token.is_some() {
            visit::visit_vis_restricted(self, visibility);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        // A single name is a local variable or was imported.
        if path.segments.len() > 1 {
            let name = |segment: &syn::PathSegment| segment.ident.to_string();
            self.add(path.segments.iter().map(name).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last();
        self.file
            .macros
            .extend(name.map(|name| name.ident.to_string()));
        self.visit_path(&call.path);
        let tokens = TokenBuffer::new2(call.tokens.clone());
        self.scan(tokens.begin(), &[]);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        let tokens = TokenBuffer::new2(list.tokens.clone());
        self.scan(tokens.begin(), &[]);
    }
}

/// The name that an item declares for paths, and its attributes.
fn described(item: &Item) -> (Option<String>, &[Attribute]) {
    let (name, attributes) = match item {
        Item::Const(item) => (Some(&item.ident), &item.attrs),
        Item::Enum(item) => (Some(&item.ident), &item.attrs),
        Item::Fn(item) => (Some(&item.sig.ident), &item.attrs),
        Item::Impl(item) => (None, &item.attrs),
        Item::Macro(item) => (item.ident.as_ref(), &item.attrs),
        // A module with a file of its own is found by its path.
        Item::Mod(item) => (item.content.as_ref().map(|_| &item.ident), &item.attrs),
        Item::Static(item) => (Some(&item.ident), &item.attrs),
        Item::Struct(item) => (Some(&item.ident), &item.attrs),
        Item::Trait(item) => (Some(&item.ident), &item.attrs),
        Item::Type(item) => (Some(&item.ident), &item.attrs),
        Item::Use(item) => (None, &item.attrs),
        _ => return (None, &[]),
    };
    (name.map(ToString::to_string), attributes)
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let list = attribute.meta.require_list().ok();
    attribute.path().is_ident("cfg") && list.is_some_and(|list| list.tokens.to_string() == "test")
}
