//! Cycles of imports between files, and between folders that have one parent.
//!
//! An import counts for the file that declares the imported item; re-exports on the way are followed. Imports between a
//! module and the modules inside it are left out: a parent collects its children, and children use what it declares.
//! Code for tests is left out, too.

use std::collections::{BTreeSet, HashMap};

use petgraph::{algo::tarjan_scc, graph::DiGraph};

use crate::source::File;

/// Re-exports that are followed for one path.
const LONGEST_CHAIN: usize = 16;

/// Each import on a cycle, as `importing -> imported`: between files, then between folders.
pub(crate) fn imports_on_cycles(files: &[File]) -> BTreeSet<String> {
    let modules = Modules::new(files);
    let between = modules.imports();
    let folders = between
        .iter()
        .filter_map(|(from, to)| modules.siblings(from, to));
    let folders: BTreeSet<_> = folders.collect();
    let cyclic = cyclic(&between).into_iter().chain(cyclic(&folders));
    cyclic
        .map(|(from, to)| format!("{} -> {}", from.join("::"), to.join("::")))
        .collect()
}

/// The path of a module.
type Module<'f> = &'f [String];

/// The edges that lie inside of a strongly connected component.
fn cyclic<'f>(edges: &BTreeSet<(Module<'f>, Module<'f>)>) -> Vec<(Module<'f>, Module<'f>)> {
    let mut graph = DiGraph::<(), ()>::new();
    let mut nodes = HashMap::new();
    for (from, to) in edges {
        let [from, to] =
            [from, to].map(|at| *nodes.entry(*at).or_insert_with(|| graph.add_node(())));
        graph.add_edge(from, to, ());
    }
    let mut component = HashMap::new();
    for (number, members) in tarjan_scc(&graph).into_iter().enumerate() {
        component.extend(members.into_iter().map(|node| (node, number)));
    }
    let of = |module: &Module<'_>| component[&nodes[module]];
    let inside = edges.iter().filter(|(from, to)| of(from) == of(to));
    inside.copied().collect()
}

/// The files by the paths of their modules.
struct Modules<'f>(HashMap<Module<'f>, &'f File>);

impl<'f> Modules<'f> {
    fn new(files: &'f [File]) -> Self {
        let files = files.iter().filter(|file| !file.is_test);
        Self(files.map(|file| (&*file.module, file)).collect())
    }

    /// Each pair of files where the first imports an item of the second, and neither contains the other.
    fn imports(&self) -> BTreeSet<(Module<'f>, Module<'f>)> {
        let mut found = BTreeSet::new();
        for file in self.0.values() {
            let from = &*file.module;
            for path in file.paths.iter().filter(|path| !path.is_test) {
                if let Some(to) = self.declaring(from, &path.segments, LONGEST_CHAIN)
                    && !from.starts_with(to)
                    && !to.starts_with(from)
                {
                    found.insert((from, to));
                }
            }
        }
        found
    }

    /// The module that declares what a path in `from` leads to, if it is one of this crate.
    fn declaring(&self, from: Module<'_>, path: &[String], chain: usize) -> Option<Module<'f>> {
        let (at, rest) = match path[0].as_str() {
            "crate" => (&[][..], &path[1..]),
            _ => (from, path),
        };
        let (&at, _) = self.0.get_key_value(at)?;
        let found = self.lookup(at, rest, chain);
        // What a macro declares is not seen; a path from the root still names the module.
        found.or((path[0] == "crate").then_some(at))
    }

    /// Follows the segments of a path from a module.
    fn lookup(&self, at: Module<'f>, path: &[String], chain: usize) -> Option<Module<'f>> {
        let Some((first, rest)) = path.split_first() else {
            return Some(at);
        };
        let child = [at, std::slice::from_ref(first)].concat();
        if let Some((&child, _)) = self.0.get_key_value(&*child) {
            return self.lookup(child, rest, chain).or(Some(child));
        }
        let file = self.0[at];
        if file.items.contains(first) {
            return Some(at);
        }
        let chain = chain.checked_sub(1)?;
        let through = |target: &[String], path: &[String]| {
            self.declaring(at, &[target, path].concat(), chain)
        };
        let named = file.uses.iter().find(|(name, _)| name == first);
        if let Some((_, target)) = named {
            return through(target, rest);
        }
        let globs = file.uses.iter().filter(|(name, _)| name == "*");
        globs
            .filter_map(|(_, target)| self.declaring(at, target, chain))
            .filter(|module| *module != at)
            .find_map(|module| self.lookup(module, path, chain))
    }

    /// The folders below the deepest common parent of two modules, if both are folders.
    fn siblings(&self, from: Module<'f>, to: Module<'f>) -> Option<(Module<'f>, Module<'f>)> {
        let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        let folders = (&from[..=common], &to[..=common]);
        (self.is_folder(folders.0) && self.is_folder(folders.1)).then_some(folders)
    }

    fn is_folder(&self, module: Module<'_>) -> bool {
        let inside = |other: &&Module<'_>| other.len() > module.len() && other.starts_with(module);
        self.0.keys().any(|other| inside(&other))
    }
}
