//! Who may import what, read off the sources: the table of the crate's architecture, enforced.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with what it may import; every module may import itself.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    let ground = vec!["domain", "math", "solver"];
    let stages = ["ingest", "forecast", "staffing", "roster", "simulate", "capacity", "generate"];
    let mut table: BTreeMap<&str, Vec<&str>> =
        BTreeMap::from([("domain", vec![]), ("math", vec![]), ("solver", vec![])]);
    for stage in stages {
        table.insert(stage, ground.clone());
    }
    // The stages' parameter types are all that `workspace` takes of them; `workspace_takes_only_parameters` sees to it.
    table.insert("workspace", [&["domain"][..], &stages].concat());
    table.insert("plan", [&["domain", "workspace"][..], &stages].concat());
    table.insert("scenario", [&["domain", "workspace", "plan"][..], &stages].concat());
    // Of `roster`, `output` may take `CheckedRoster` alone.
    table.insert("output", vec!["domain", "plan", "scenario", "roster"]);
    table
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The module a source file belongs to: `src/forecast/events.rs` and `src/forecast.rs` are both `forecast`.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(root()).unwrap();
    inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// Every path that starts at the crate's root, `crate::{a::b, c}` unfolded one level.
fn crate_paths(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
    code.split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => top_level_items(group),
            None => vec![path_head(rest)],
        })
        .collect()
}

fn path_head(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect()
}

/// The heads of the items of a use group, up to its closing brace.
fn top_level_items(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut item = String::new();
    let mut items = Vec::new();
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(std::mem::take(&mut item)),
            _ if depth == 0 => item.push(c),
            _ => {}
        }
    }
    items.push(item);
    items.iter().map(|item| path_head(item.trim())).filter(|item| !item.is_empty()).collect()
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let table = allowed();
    let mut broken = Vec::new();
    for file in sources(&root()) {
        let module = module_of(&file);
        let Some(may) = table.get(module.as_str()) else { continue };
        for path in crate_paths(&fs::read_to_string(&file).unwrap()) {
            let target = path.split("::").next().unwrap();
            if target != module && !may.contains(&target) {
                broken.push(format!("{}: `crate::{path}`; `{module}` may import {may:?}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "imports against the architecture:\n{}", broken.join("\n"));
}

#[test]
fn every_module_is_in_the_table() {
    let table = allowed();
    for file in sources(&root()) {
        let module = module_of(&file);
        let known = table.contains_key(module.as_str()) || ["main", "lib", "cli"].contains(&module.as_str());
        assert!(known, "{} belongs to no module of the architecture", file.display());
    }
}

#[test]
fn nothing_imports_the_command_line() {
    for file in sources(&root()).iter().filter(|file| module_of(file) != "cli") {
        let paths = crate_paths(&fs::read_to_string(file).unwrap());
        assert!(!paths.iter().any(|path| path.starts_with("cli")), "{} imports `cli`", file.display());
    }
}

#[test]
fn workspace_takes_only_parameters_from_the_stages() {
    let parameters = ["Params", "Source", "Format", "Hour", "CountedAt"];
    for file in sources(&root().join("workspace")) {
        for path in crate_paths(&fs::read_to_string(&file).unwrap()) {
            let (module, rest) = path.split_once("::").unwrap_or((&path, ""));
            if ["domain", "workspace"].contains(&module) || rest.is_empty() {
                continue;
            }
            let name = rest.rsplit("::").find(|part| !part.is_empty()).unwrap_or(rest);
            let parameter = rest.ends_with("::") || parameters.iter().any(|ending| name.ends_with(ending));
            assert!(parameter, "{}: `crate::{path}` is not a parameter type", file.display());
        }
    }
}

#[test]
fn output_takes_only_the_checked_roster() {
    for file in sources(&root().join("output")) {
        for path in crate_paths(&fs::read_to_string(&file).unwrap()) {
            assert!(
                !path.starts_with("roster") || path == "roster::CheckedRoster",
                "{}: `crate::{path}`; only `roster::CheckedRoster` may be written out",
                file.display()
            );
        }
    }
}

/// Crates that belong to certain modules and nowhere else.
#[test]
fn outside_crates_stay_at_their_edges() {
    let edges: [(&str, &[&str]); 6] = [
        ("clap", &["cli", "main"]),
        ("polars", &["ingest", "output"]),
        ("serde", &["workspace", "ingest", "output", "cli"]),
        ("plotters", &["output"]),
        ("highs", &["solver"]),
        ("good_lp", &["solver"]),
    ];
    for file in sources(&root()) {
        let text = fs::read_to_string(&file).unwrap();
        for (name, modules) in edges {
            let used = text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("use {name}::")) || line.contains(&format!(" {name}::")))
            });
            let module = module_of(&file);
            assert!(
                !used || modules.contains(&module.as_str()),
                "{} uses `{name}`, which belongs to {modules:?}",
                file.display()
            );
        }
    }
}

#[test]
fn grouped_imports_are_unfolded() {
    assert_eq!(crate_paths("use crate::{a::b, c::{d, e}, f};"), ["a::b", "c::", "f"]);
    assert_eq!(crate_paths("// use crate::no;\nlet x = crate::plan::run(y);"), ["plan::run"]);
}
