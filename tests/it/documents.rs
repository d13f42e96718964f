//! The pages say what the program does: every key, every table and column, every rule. These are the tests of which the
//! recipes in CONTRIBUTING.md say that they fail until a step is done.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use obsada::output::records::{CandidateRow, FigureRow, JudgedRow, Record, ShiftChangeRow};

use crate::program::{Shop, assert_exit, obsada, stderr};

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Whatever of some words does not stand in code type on a page or a part of it.
fn unexplained<'a>(words: impl IntoIterator<Item = &'a str>, page: &str) -> Vec<&'a str> {
    let in_line = page.split('`').skip(1).step_by(2);
    let indented = page.lines().filter(|line| line.starts_with("    "));
    let code = in_line.chain(indented).flat_map(|code| code.split(['{', '}', ',', ' ', '=', '[', ']', '"', '.']));
    let explained: BTreeSet<&str> = code.collect();
    words.into_iter().filter(|word| !explained.contains(word)).collect()
}

/// The section of docs/results.md whose heading names a file.
fn section_of<'a>(file: &str, page: &'a str) -> &'a str {
    let sections = page.split("\n## ").find(|section| section.lines().next().unwrap().contains(file));
    sections.unwrap_or_else(|| panic!("docs/results.md has no section on {file}"))
}

#[test]
fn every_key_of_a_section_is_explained() {
    let page = text("docs/workspace.md");
    let shop = Shop::new();
    // Our own test workspace has every section there is; its files are not there, which is told beside.
    shop.edit("workspace.toml", |_| text("src/workspace/tests/sample.toml"));
    let is_header = |line: &str| line.trim_start().starts_with('[') && line.trim_end().ends_with(']');
    // A key that no section knows is refused with those that it knows.
    shop.edit("workspace.toml", |settings| {
        let with_unknown = |line: &str| format!("{line}\n{}", if is_header(line) { "unheard_of = 1\n" } else { "" });
        settings.lines().map(with_unknown).collect()
    });
    let told = stderr(&obsada().arg("check").arg(shop.dir()).output().unwrap());
    let known: BTreeSet<&str> = told
        .lines()
        .filter(|line| line.contains("unheard_of") && line.contains("unknown key"))
        .filter_map(|line| line.split_once("accepted: "))
        .flat_map(|(_, keys)| keys.split(", "))
        .collect();
    assert!(known.len() > 80 && known.contains("max_days_per_week") && known.contains("patience_s"), "{known:?}");
    assert_eq!(unexplained(known, &page), Vec::<&str>::new(), "keys that docs/workspace.md does not explain");
}

#[test]
fn every_file_and_column_of_a_run_is_explained() {
    let page = text("docs/results.md");
    let shop = Shop::new();
    let busier = shop.dir().with_file_name("busier.toml");
    fs::write(&busier, "[factors]\nvolume_factor = 1.2\n").unwrap();
    let mut tables = 0;
    for run in [&["plan"][..], &["forecast", "--backtest"], &["what-if"]] {
        let mut command = shop.command(run[0]);
        command.args(&run[1..]).args(["--work", "20"]);
        if run[0] == "what-if" {
            command.arg(&busier);
        }
        assert_exit(&command.output().unwrap(), 0);
        let out = shop.out();
        for path in files_in(&out) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let kind = name.split(['-', '.']).next().unwrap();
            assert!(
                page.contains(&format!("`{name}`")) || page.contains(&format!("`{kind}-")),
                "{name} is not explained"
            );
            if path.extension().is_some_and(|extension| extension == "csv") {
                let header = fs::read_to_string(&path).unwrap();
                // A comparison has a column of its own for every queue.
                let of_queues = ["service_orders", "service_billing"];
                let is_of_queue = |column: &&str| name == "comparison.csv" && of_queues.contains(column);
                let columns = header.lines().next().unwrap().split(',').filter(|column| !is_of_queue(column));
                assert_eq!(unexplained(columns, section_of(name, &page)), Vec::<&str>::new(), "columns of {name}");
                tables += 1;
            }
        }
    }
    assert!(tables > 12, "{tables} tables were read");
}

#[test]
fn every_export_format_is_explained() {
    let page = text("docs/results.md");
    let formats = obsada::output::export::ExportFormat::ALL.iter().map(|format| format.name());
    assert_eq!(unexplained(formats, section_of("Exports", &page)), Vec::<&str>::new(), "formats of `export`");
    let rows = [
        ("publication.json", &["published", "sequence", "cancelled", "part"][..]),
        ("changes.csv", ShiftChangeRow::COLUMNS),
        ("figures.csv", FigureRow::COLUMNS),
        ("judged.csv", JudgedRow::COLUMNS),
        ("Candidates", CandidateRow::COLUMNS),
    ];
    for (name, columns) in rows {
        assert_eq!(
            unexplained(columns.iter().copied(), section_of(name, &page)),
            Vec::<&str>::new(),
            "columns of {name}"
        );
    }
}

#[test]
fn the_polish_pages_explain_the_same_keys() {
    let tables = |page: &str| -> Vec<Vec<String>> {
        let rows = page.lines().filter(|line| line.starts_with('|'));
        let code = |line: &str| line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        rows.map(|line| code(line.split(" | ").next().unwrap())).collect()
    };
    for name in ["workspace.md", "results.md", "cron.md"] {
        let (english, polish) = (tables(&text(&format!("docs/{name}"))), tables(&text(&format!("docs/pl/{name}"))));
        for (row, of_english) in english.iter().enumerate() {
            assert_eq!(polish.get(row), Some(of_english), "row {row} of the tables of docs/pl/{name}");
        }
        assert_eq!(polish.len(), english.len(), "docs/pl/{name}");
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

/// The variants of [`obsada::domain::rule::Rule`], as its file lists them.
fn rules() -> Vec<String> {
    let source = text("src/domain/rule.rs");
    let body = source.split_once("pub enum Rule {").unwrap().1.split_once('}').unwrap().0;
    let variants = body.lines().map(str::trim).filter(|line| !line.starts_with("///") && !line.is_empty());
    variants.map(|line| line.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn every_rule_has_a_checker() {
    let sources: Vec<String> = files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/roster/check"))
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        // What the tests of a file say is no check.
        .map(|source| source.split("#[cfg(test)]").next().unwrap().to_owned())
        .collect();
    let unchecked = |rule: &&String| !sources.iter().any(|source| source.contains(&format!("Rule::{rule}")));
    let rules = rules();
    assert!(rules.len() > 20, "{rules:?}");
    assert_eq!(rules.iter().filter(unchecked).collect::<Vec<_>>(), Vec::<&String>::new(), "rules that nobody checks");
}

/// Where a file's tests begin nothing that a run uses follows.
fn untested(source: &str) -> &str {
    source.split("#[cfg(test)]\nmod tests {").next().unwrap()
}

/// The values of the constants and defaults of a name: what stands between `const NAME: … =` and its semicolon, or behind
/// `NAME:` in an `impl Default`.
fn values<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
    let constant = format!("const {name}: ");
    let constants = source.match_indices(&constant).filter_map(|(at, _)| {
        let value = source[at..].split_once(" = ")?.1;
        Some(value.split_once(';')?.0)
    });
    let field = format!(" {name}: ");
    let defaults = source.split("impl Default for").skip(1);
    let defaults = defaults.filter_map(|body| Some(body.split_once(&field)?.1.split_once([',', '}'])?.0));
    constants.chain(defaults).map(str::trim).collect()
}

/// The rows of docs/tuning.md: file, name and value.
fn tuned(page: &str) -> Vec<(String, String, String)> {
    let mut file = String::new();
    let mut rows = Vec::new();
    for line in page.lines().take_while(|line| *line != "## Numbers without a name") {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.trim_matches('`').clone_into(&mut file);
        }
        if !line.starts_with("| `") {
            continue;
        }
        let cells: Vec<&str> =
            line.trim_matches(['|', ' ']).split(" | ").map(|cell| cell.trim_matches(['`', ' '])).collect();
        rows.push(match cells.as_slice() {
            [name, value, _, _, _] => (file.clone(), (*name).to_owned(), (*value).to_owned()),
            [path, name, value, _] => ((*path).to_owned(), (*name).to_owned(), (*value).to_owned()),
            _ => panic!("docs/tuning.md: a row of {} cells: {line}", cells.len()),
        });
    }
    rows
}

#[test]
fn every_tuned_constant_has_the_value_that_its_page_tells() {
    let rows = tuned(&text("docs/tuning.md"));
    assert!(rows.len() > 300, "{} rows", rows.len());
    for (path, name, value) in &rows {
        let source = text(&format!("src/{path}"));
        let values = values(untested(&source), name);
        let squeezed = |value: &str| value.split_whitespace().collect::<String>().trim_end_matches(",]").to_owned();
        let stands = values
            .iter()
            .any(|other| squeezed(other) == squeezed(value) || squeezed(other) == squeezed(&format!("{value},")));
        assert!(stands, "docs/tuning.md: `{name}` is {value} there and {values:?} in src/{path}");
    }
}

#[test]
fn every_number_of_the_forecast_and_the_roster_engine_is_on_the_page_of_tuned_constants() {
    let told: BTreeSet<(String, String)> =
        tuned(&text("docs/tuning.md")).into_iter().map(|(path, name, _)| (path, name)).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let is_number =
        |value: &str| value.trim_start_matches(['[', '(', '-']).starts_with(|first: char| first.is_ascii_digit());
    let mut missing = Vec::new();
    for path in ["forecast", "roster"].into_iter().flat_map(|stage| files_in(&root.join(stage))) {
        let shown = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let is_of_tests = ["test", "oracle", "tiny_instance"].iter().any(|word| shown.contains(word));
        let source = fs::read_to_string(&path).unwrap();
        for line in untested(&source).lines().filter(|_| !is_of_tests) {
            let Some((_, declaration)) = line.split_once("const ") else { continue };
            let Some((name, rest)) = declaration.split_once(": ") else { continue };
            let value = rest.split_once(" = ").map_or("", |(_, value)| value);
            if is_number(value) && !told.contains(&(shown.clone(), name.to_owned())) {
                missing.push(format!("{shown}: {name}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "constants that docs/tuning.md does not have");
}
