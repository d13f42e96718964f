//! `workspace.toml` with another history file, and how it was read: everything else stays as it is, comments included.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table};
use tr::tr;

use crate::domain::problem::{Problem, Problems};

/// Settings to which a history file and the keys of `[history.import]` are added. `file`: relative to the workspace.
///
/// # Errors
/// Settings that are no TOML, or have no `[history]` with a list of files.
pub fn with_import(settings: &str, shown: &str, file: &str, import: &[(String, String)]) -> Result<String, Problems> {
    let mut document: DocumentMut = settings
        .parse()
        .map_err(|error: toml_edit::TomlError| Problem::in_file(shown, tr!("not TOML: {}", error.message())))?;
    let history = document.get_mut("history").and_then(Item::as_table_like_mut);
    let Some(history) = history else {
        let problem = Problem::in_file(shown, "missing").in_column("history");
        return Err(problem.accepting(tr!("a table `[history]` with `files = [\"history.csv\"]`")).into());
    };
    match history.get_mut("files") {
        Some(files) if files.is_array() => {
            let files = files.as_array_mut();
            if let Some(files) = files
                && !files.iter().any(|known| known.as_str() == Some(file))
            {
                files.push(file);
            }
        }
        _ => {
            history.insert("files", toml_edit::value(Array::from_iter([file])));
        }
    }
    let mut table = Table::new();
    for (key, value) in import {
        let value: toml_edit::Value =
            value.parse().map_err(|_| Problem::in_file(shown, tr!("cannot write `{key} = {value}`", key, value)))?;
        match key.split_once('.') {
            None => drop(table.insert(key, Item::Value(value))),
            Some((outer, inner)) => {
                let of_outer =
                    table.entry(outer).or_insert(Item::Value(toml_edit::Value::InlineTable(InlineTable::default())));
                if let Some(of_outer) = of_outer.as_inline_table_mut() {
                    of_outer.insert(inner, value);
                }
            }
        }
    }
    history.insert("import", Item::Table(table));
    let amended = document.to_string();
    Ok(if says_the_same(settings, &amended) { settings.to_owned() } else { amended })
}

/// Whether settings differ in nothing but how they are written.
fn says_the_same(settings: &str, amended: &str) -> bool {
    let read = |text: &str| text.parse::<toml::Table>().ok();
    read(settings).is_some_and(|table| read(amended).as_ref() == Some(&table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_added_and_all_else_stays() {
        let before = "# mine\n[plan]\nweeks = 1 # one\n\n[history]\nfiles = [\"history/a.csv\"] # all\n\n[[queue]]\nid = \"q\"\n";
        let import =
            [("layout".to_owned(), "\"intervals\"".to_owned()), ("columns.start".to_owned(), "\"When\"".to_owned())];
        let after = with_import(before, "workspace.toml", "history/b.csv", &import).expect("settings");
        assert!(
            after.contains("# mine") && after.contains("weeks = 1 # one") && after.contains("id = \"q\""),
            "{after}"
        );
        assert!(after.contains("files = [\"history/a.csv\", \"history/b.csv\"] # all"), "{after}");
        let read: toml::Table = after.parse().expect("TOML");
        assert_eq!(read["history"]["import"]["columns"]["start"].as_str(), Some("When"));
        assert_eq!(with_import(&after, "workspace.toml", "history/b.csv", &import).as_deref(), Ok(after.as_str()));
        // What says the same is left as it is written.
        let apart = after.replace("columns = { start = \"When\" }", "columns.start = \"When\"");
        assert_ne!(apart, after);
        assert_eq!(with_import(&apart, "workspace.toml", "history/b.csv", &import).as_deref(), Ok(apart.as_str()));
        assert!(with_import("[plan]\n", "workspace.toml", "a.csv", &import).is_err());
    }
}
