//! Who may import what, read off the sources: the tables of the crate's architecture, enforced.

pub(crate) mod tokens;
mod imports;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use sources::{Module, Sources, Tests, circles, files_in, root};

/// Each stage with what it may import; every stage may import itself.
fn stages() -> BTreeMap<&'static str, Vec<&'static str>> {
    let ground = vec!["language", "text", "domain", "math", "solver"];
    let stages = ["ingest", "forecast", "staffing", "roster", "simulate", "capacity", "generate"];
    let mut table: BTreeMap<&str, Vec<&str>> = BTreeMap::from([
        ("language", vec![]),
        ("text", vec!["language", "domain"]),
        ("domain", vec!["language"]),
        ("public_holidays", vec![]),
        ("math", vec![]),
        ("solver", vec![]),
    ]);
    for stage in stages {
        table.insert(stage, ground.clone());
    }
    // The stages' parameter types are all that `workspace` takes of them; `workspace_takes_only_parameters` sees to it.
    table.insert("workspace", [&["language", "text", "domain", "public_holidays"][..], &stages].concat());
    table.insert("plan", [&["language", "domain", "public_holidays", "workspace"][..], &stages].concat());
    table.insert("scenario", [&["language", "domain", "workspace", "plan"][..], &stages].concat());
    // Of `roster`, `output` may take `CheckedRoster` alone.
    table.insert("output", vec!["language", "domain", "plan", "scenario", "roster"]);
    table
}

/// The rooms of a stage, or of a part of one, in the order in which they stand: each imports only what stands above it.
const ROOMS: [(&str, &[&str]); 4] = [
    (
        "ingest/import",
        &[
            "cell",
            "stated",
            "sheets",
            "meaning",
            "reading",
            "counting",
            "imported",
            "settings",
            "history_file",
            "run",
            "units",
            "interval_run",
            "contact_run",
            "batched",
        ],
    ),
    ("roster", &["problem", "account", "check", "cover", "instance", "pricing", "bound", "search", "engine"]),
    (
        "forecast",
        &["params", "input", "calendar", "noise", "profile", "baseline", "events", "pool", "handle_time", "report"],
    ),
    (
        "output",
        &[
            "artifact",
            "number",
            "file_names",
            "local_time",
            "figures",
            "hours",
            "phrases",
            "goals",
            "shift_kind",
            "findings",
            "sessions",
            "replanned",
            "requests",
            "alternatives",
            "headcounts",
            "staffed",
            "records",
            "csv",
            "summary",
            "plan_json",
            "drawn",
            "charts",
            "report",
            "agent_pages",
            "run_json",
            "comparison",
            "results",
            "export",
            "publication",
            "roster_difference",
            "folder",
        ],
    ),
];

fn shown(module: &[String]) -> String {
    module.join("::")
}

/// Paths that leave a stage, by file, those of tests included.
fn paths_of_stages(sources: &Sources) -> Vec<(&Module, Vec<String>)> {
    let mut paths = Vec::new();
    for module in sources.modules().filter(|module| !module.is_empty()) {
        let found = sources.paths(module, Tests::Counted).into_iter();
        paths.extend(found.filter(|path| path.first() != module.first()).map(|path| (module, path)));
    }
    paths
}

#[test]
fn stages_import_only_what_the_table_allows() {
    let (sources, table) = (Sources::read(), stages());
    let mut broken = Vec::new();
    for (module, path) in paths_of_stages(&sources) {
        let (Some(may), Some(target)) = (table.get(module[0].as_str()), path.first()) else { continue };
        if !may.contains(&target.as_str()) {
            broken.push(format!("{}: `{}`; `{}` may import {may:?}", shown(module), shown(&path), module[0]));
        }
    }
    assert!(broken.is_empty(), "imports against the architecture:\n{}", broken.join("\n"));
}

#[test]
fn every_stage_is_in_the_table() {
    let (sources, table) = (Sources::read(), stages());
    for module in sources.modules().filter(|module| !module.is_empty()) {
        let known = table.contains_key(module[0].as_str()) || module[0] == "cli";
        assert!(known, "{} belongs to no stage of the architecture", shown(module));
    }
}

#[test]
fn nothing_imports_the_command_line() {
    let sources = Sources::read();
    for (module, path) in paths_of_stages(&sources) {
        assert!(path[0] != "cli", "{} imports `{}`", shown(module), shown(&path));
    }
}

#[test]
fn workspace_takes_only_parameters_from_the_stages() {
    let parameters = [
        "Params",
        "Source",
        "Contents",
        "Format",
        "Hour",
        "CountedAt",
        // What is declared of an export.
        "Declared",
        "Layout",
        "Encoding",
        "DayOrder",
        "DecimalMark",
        "TimeUnit",
        "Doubles",
        "Overlap",
        "Role",
    ];
    let sources = Sources::read();
    for (module, path) in paths_of_stages(&sources) {
        if module[0] != "workspace"
            || matches!(path[0].as_str(), "domain" | "language" | "text" | "public_holidays")
            || path.len() < 2
        {
            continue;
        }
        let parameter = path.iter().skip(1).any(|part| parameters.iter().any(|ending| part.ends_with(ending)));
        assert!(parameter, "{}: `{}` is not a parameter type", shown(module), shown(&path));
    }
}

#[test]
fn output_takes_only_the_checked_roster() {
    let sources = Sources::read();
    for (module, path) in paths_of_stages(&sources) {
        assert!(
            module[0] != "output" || path[0] != "roster" || path[1..] == ["CheckedRoster"],
            "{}: `{}`; only `roster::CheckedRoster` may be written out",
            shown(module),
            shown(&path)
        );
    }
}

#[test]
fn rooms_import_only_what_stands_above_them() {
    let sources = Sources::read();
    let mut broken = Vec::new();
    for (stage, rooms) in ROOMS {
        let stage_path: Vec<&str> = stage.split('/').collect();
        let depth = stage_path.len();
        let is_of = |module: &Module| module.len() >= depth && module[..depth] == stage_path[..];
        let place = |module: &Module| rooms.iter().position(|room| module.get(depth).is_some_and(|name| name == room));
        for module in sources.modules().filter(|module| is_of(module)) {
            let Some(here) = place(module) else {
                let is_face = module.len() == depth || sources.is_test(module);
                assert!(is_face, "{} stands in no room of `{stage}`", shown(module));
                continue;
            };
            if sources.is_test(module) {
                continue;
            }
            for other in sources.imported(module, Tests::LeftOut) {
                if is_of(&other) && place(&other).is_none_or(|there| there > here) {
                    broken.push(format!("{} imports {}", shown(module), shown(&other)));
                }
            }
        }
    }
    assert!(broken.is_empty(), "imports of what stands below:\n{}", broken.join("\n"));
}

/// The checker trusts nobody: it and the accounts share no code with the optimiser, in either direction.
#[test]
fn the_checker_stands_alone() {
    let sources = Sources::read();
    let room =
        |module: &Module| (module.first().is_some_and(|stage| stage == "roster")).then(|| module.get(1).cloned());
    for module in sources.modules().filter(|module| !sources.is_test(module)) {
        let Some(Some(here)) = room(module) else { continue };
        for other in sources.imported(module, Tests::LeftOut) {
            let Some(Some(there)) = room(&other) else { continue };
            let may = match here.as_str() {
                "account" => ["problem", "account"].contains(&there.as_str()),
                "check" => ["problem", "account", "check"].contains(&there.as_str()),
                _ => !["account", "check"].contains(&there.as_str()),
            };
            assert!(may, "{} imports {}", shown(module), shown(&other));
        }
    }
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    let sources = Sources::read();
    let files = sources.modules().filter(|module| !sources.is_test(module));
    let graph: BTreeMap<Module, BTreeSet<Module>> =
        files.map(|module| (module.clone(), sources.imported(module, Tests::LeftOut))).collect();
    assert!(graph.len() > 300 && graph.values().map(BTreeSet::len).sum::<usize>() > 1000, "the sources are read");
    let of_circle = |(module, imported): (Module, BTreeSet<Module>)| {
        let imported: Vec<String> = imported.iter().map(|module| shown(module)).collect();
        format!("{} imports {}", shown(&module), imported.join(", "))
    };
    let left: Vec<String> = circles(graph).into_iter().map(of_circle).collect();
    assert!(left.is_empty(), "files in circles:\n{}", left.join("\n"));
}

/// Crates that belong to certain stages and nowhere else.
#[test]
fn outside_crates_stay_at_their_edges() {
    let edges: [(&str, &[&str]); 7] = [
        ("clap", &["cli", "main"]),
        ("polars", &["ingest", "output"]),
        ("rust_xlsxwriter", &["output"]),
        ("serde", &["workspace", "ingest", "output", "cli"]),
        ("plotters", &["output"]),
        ("highs", &["solver"]),
        ("good_lp", &["solver"]),
    ];
    for file in files_in(&root()) {
        let text = fs::read_to_string(&file).unwrap();
        let stage = file.strip_prefix(root()).unwrap().iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        for (name, stages) in edges {
            let used = text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("use {name}::")) || line.contains(&format!(" {name}::")))
            });
            assert!(!used || stages.contains(&stage), "{} uses `{name}`, which belongs to {stages:?}", file.display());
        }
    }
}
