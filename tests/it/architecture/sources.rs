//! All source files of the crate and who imports whom, re-exports followed to where a name comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path as FilePath, PathBuf};

use super::imports::{Imports, Path, imports};

/// A module, from the crate's root.
pub(super) type Module = Vec<String>;

/// Whether imports of tests count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tests {
    Counted,
    LeftOut,
}

/// The sources by module.
pub(super) struct Sources {
    files: BTreeMap<Module, (PathBuf, Imports)>,
}

/// Where the sources lie.
pub(super) fn root() -> PathBuf {
    FilePath::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All Rust files of a folder, those of folders in it included.
pub(super) fn files_in(folder: &FilePath) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn module_of(file: &FilePath) -> Module {
    let inside = file.strip_prefix(root()).unwrap().with_extension("");
    let segments = inside.iter().map(|part| part.to_str().unwrap().to_owned());
    segments.filter(|part| part != "mod" && part != "lib").collect()
}

impl Sources {
    /// Reads them all, `main.rs` aside.
    pub(super) fn read() -> Self {
        let files = files_in(&root()).into_iter().filter(|file| !file.ends_with("main.rs"));
        let read = |file: PathBuf| (module_of(&file), (file.clone(), imports(&fs::read_to_string(&file).unwrap())));
        Self { files: files.map(read).collect() }
    }

    /// All modules that are files.
    pub(super) fn modules(&self) -> impl Iterator<Item = &Module> {
        self.files.keys()
    }

    /// Whether only tests are built with a file.
    pub(super) fn is_test(&self, module: &[String]) -> bool {
        (1..=module.len()).any(|length| {
            let (parent, name) = (&module[..length - 1], &module[length - 1]);
            self.files.get(parent).is_some_and(|(_, imports)| imports.test_modules.contains(name))
        })
    }

    /// Paths that a file names, from the crate's root, as written.
    pub(super) fn paths(&self, module: &[String], tests: Tests) -> Vec<Vec<String>> {
        let (_, imports) = &self.files[module];
        let counted = imports.paths.iter().filter(|path| tests == Tests::Counted || !path.is_test);
        counted.filter_map(|path| self.absolute(module, path)).collect()
    }

    /// Files that a file imports from, itself left out.
    pub(super) fn imported(&self, module: &[String], tests: Tests) -> BTreeSet<Module> {
        let sources = self.paths(module, tests).into_iter().filter_map(|path| self.origin(&path));
        sources.filter(|source| source != module).collect()
    }

    fn absolute(&self, module: &[String], path: &Path) -> Option<Vec<String>> {
        let here: Vec<String> = module.iter().chain(&path.inside).cloned().collect();
        let supers = path.segments.iter().take_while(|segment| *segment == "super").count();
        let (base, rest): (&[String], &[String]) = match path.segments[0].as_str() {
            "crate" => (&[], &path.segments[1..]),
            "self" => (&here, &path.segments[1..]),
            "super" => (&here[..here.len().checked_sub(supers)?], &path.segments[supers..]),
            first if self.files.contains_key(&[module, &[first.to_owned()]].concat()) => (module, &path.segments[..]),
            _ => return None,
        };
        Some([base, rest].concat())
    }

    /// The file in which what a path names is written.
    fn origin(&self, path: &[String]) -> Option<Module> {
        let mut length = (0..=path.len()).rev().find(|&length| self.files.contains_key(&path[..length]))?;
        // A module within a file belongs to the file; a name made known by a `mod.rs` comes from elsewhere.
        let mut module = path[..length].to_vec();
        while let Some(name) = path.get(length) {
            let (_, imports) = &self.files[&module];
            let known = imports.paths.iter().find(|known| known.inside.is_empty() && known.name.as_ref() == Some(name));
            let Some(known) = known.and_then(|known| self.absolute(&module, known)) else { break };
            let Some(found) = (0..known.len()).rev().find(|&length| self.files.contains_key(&known[..length])) else {
                break;
            };
            if known[..found] == module[..] {
                break;
            }
            module = known[..found].to_vec();
            length = path.len().min(length);
            if found + 1 != known.len() {
                break;
            }
        }
        Some(module)
    }
}

/// The imports among some files as a graph without those that are in no circle: empty, or every file left lies in or between
/// circles.
pub(super) fn circles(mut imports: BTreeMap<Module, BTreeSet<Module>>) -> BTreeMap<Module, BTreeSet<Module>> {
    loop {
        let left: BTreeSet<Module> = imports.keys().cloned().collect();
        let imported: BTreeSet<Module> = imports.values().flatten().cloned().collect();
        let before = imports.len();
        imports.retain(|module, of| {
            of.retain(|other| left.contains(other));
            !of.is_empty() && imported.contains(module)
        });
        if imports.len() == before {
            return imports;
        }
    }
}

#[test]
fn a_circle_is_found_and_what_only_leads_to_it_is_not() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
        for (from, to) in edges {
            graph.entry(vec![(*to).to_owned()]).or_default();
            graph.entry(vec![(*from).to_owned()]).or_default().insert(vec![(*to).to_owned()]);
        }
        circles(graph).into_keys().map(|module| module.concat()).collect::<Vec<_>>()
    };
    assert_eq!(graph(&[("a", "b"), ("b", "c"), ("a", "c")]), Vec::<String>::new());
    assert_eq!(graph(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]), ["b", "c"]);
}
