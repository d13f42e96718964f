//! `[history]` and `[files]`: where the data are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tr::tr;

use super::fields::Fields;
use super::import;
use super::names::Names;
use crate::domain::ids::QueueId;
use crate::domain::units::Minutes;
use crate::ingest::{AbsentHour, CountedAt, HistoryFormat, HistorySource, IngestParams, RepeatedHour};
use crate::workspace::source::Source;
use crate::workspace::suggestions::did_you_mean;
use crate::workspace::words::{Refusal, absent_hour, choice, known, repeated_hour, text, zone};

/// The columns of a history file, by our names.
const COLUMNS: [&str; 7] = ["queue", "region", "start", "offered", "handled", "abandoned", "aht_s"];

/// Reads `[history]`; that its files exist is checked, what is in them is the ingestion's to read.
pub(super) fn history(root: &Fields<'_>, source: &Source, names: &Names, interval: Minutes) -> Option<IngestParams> {
    let Some(fields) = root.section("history") else {
        if !root.has("history") {
            root.lacks("history", &tr!("a table `[history]` with `files = [\"history.csv\"]`"));
        }
        return None;
    };
    let counted = [("arrival", CountedAt::Arrival), ("answer", CountedAt::Answer), ("end", CountedAt::End)];
    if let Some(fields) = fields.section("import") {
        // Only `obsada import` uses them; a slip is told by every command.
        import::declared(&fields);
        fields.finish();
    }
    let params = IngestParams {
        files: files(&fields, source),
        zone: fields.optional("timezone", zone),
        repeated_hour: fields.or("repeated_hour", RepeatedHour::Refuse, repeated_hour),
        absent_hour: fields.or("absent_hour", AbsentHour::Refuse, absent_hour),
        queue: fields.optional("queue", known("queue", &names.queues)).map(|at| QueueId::new(&names.queues[at])),
        columns: columns(&fields),
        counted_at: fields.or("counted_at", CountedAt::Arrival, choice(&counted)),
        interval,
    };
    fields.finish();
    Some(params)
}

fn files(fields: &Fields<'_>, source: &Source) -> Vec<HistorySource> {
    let named = fields.words("files", text);
    fields.needs_some("files", &tr!("file, such as `files = [\"history.csv\"]`"));
    let mut sources: Vec<HistorySource> = Vec::new();
    for (place, name) in named {
        let path = source.dir().join(&name);
        let shown = path.display().to_string();
        let refusal = if sources.iter().any(|known| known.path == path) {
            Some(Refusal::new(tr!("the file is listed twice")).hinting(tr!("leave it out once")))
        } else if HistoryFormat::of(&path).is_none() {
            Some(
                Refusal::new(tr!("not a format of history"))
                    .accepting(tr!("a file ending in .csv, .csv.gz or .parquet")),
            )
        } else if source.is_folder(&path) {
            Some(Refusal::new(tr!("a folder")).accepting(tr!("a file; several are listed one by one")))
        } else if source.exists(&path) && !source.is_file(&path) {
            Some(Refusal::new(tr!("a pipe or a device")).accepting(tr!("a file")))
        } else if !source.is_file(&path) {
            let looked = match source {
                Source::Folder(dir) => tr!("files are looked for in `{}`", dir.display()),
                Source::Memory(_) => tr!("files are looked for among those given"),
            };
            Some(Refusal::new(tr!("no such file")).hinting(looked))
        } else {
            None
        };
        match (refusal, HistoryFormat::of(&path)) {
            (None, Some(format)) => {
                let contents = source.contents(&path);
                sources.push(HistorySource { path, contents, shown, name, format });
            }
            (refusal, _) => {
                let refusal = refusal.unwrap_or_else(|| Refusal::new(tr!("not a format of history")));
                fields.report().problem(place.refused(&fields.path_to("files"), &name, refusal));
            }
        }
    }
    sources
}

fn columns(fields: &Fields<'_>) -> BTreeMap<String, String> {
    let mut columns = BTreeMap::new();
    for (entry, names) in fields.own_keys("columns", text) {
        if !COLUMNS.contains(&entry.key.as_str()) {
            let refusal = Refusal::new(tr!("not a column of ours")).accepting(COLUMNS.join(" | "));
            let refusal = refusal.hinting(did_you_mean(&entry.key, COLUMNS));
            fields.report().problem(entry.place.refused(&fields.path_to("columns"), &entry.key, refusal));
        }
        columns.extend(names.into_iter().next().map(|name| (entry.key.clone(), name)));
    }
    columns
}

/// Where a table is looked for, and who asked for it.
#[derive(Clone, Debug)]
pub(crate) struct TableFile {
    /// The path.
    pub(crate) path: PathBuf,
    /// Who named it.
    pub(crate) named_by: NamedBy,
}

/// Who named a file. It must then exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedBy {
    /// Nobody: it stands under its usual name or is absent.
    Nobody,
    /// `[files]` of the settings.
    Settings,
    /// An option of the command, such as `--after`.
    Option(&'static str),
}

impl NamedBy {
    /// What to do where there is no such file.
    pub(crate) fn hint(self) -> String {
        match self {
            Self::Nobody | Self::Settings => tr!("correct its name in [files], or leave the key out"),
            Self::Option(option) => {
                tr!("{option} takes the path of a file, seen from the folder in which the command is run", option)
            }
        }
    }
}

/// The table files of `[files]`.
#[derive(Clone, Debug)]
pub(crate) struct TableFiles {
    pub(crate) agents: TableFile,
    pub(crate) skills: TableFile,
    pub(crate) availability: TableFile,
    pub(crate) absences: TableFile,
    pub(crate) preferences: TableFile,
    pub(crate) balances: TableFile,
    pub(crate) adjustments: TableFile,
    pub(crate) backlog: TableFile,
}

/// Reads `[files]`.
pub(super) fn table_files(root: &Fields<'_>, dir: &Path) -> TableFiles {
    let fields = root.section("files");
    let file = |key, default: &str| {
        let named = fields.as_ref().and_then(|fields| fields.optional(key, text));
        let named_by = if named.is_some() { NamedBy::Settings } else { NamedBy::Nobody };
        TableFile { path: dir.join(named.as_deref().unwrap_or(default)), named_by }
    };
    let files = TableFiles {
        agents: file("agents", "agents.csv"),
        skills: file("skills", "skills.csv"),
        availability: file("availability", "availability.csv"),
        absences: file("absences", "absences.csv"),
        preferences: file("preferences", "preferences.csv"),
        balances: file("balances", "balances.csv"),
        adjustments: file("adjustments", "adjustments.csv"),
        backlog: file("backlog", "backlog.csv"),
    };
    if let Some(fields) = fields {
        fields.finish();
    }
    files
}
