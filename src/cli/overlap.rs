//! What an import tells that the history it joins tells already: said, settled by the key `overlap`, or asked. Nothing counts twice.

use std::path::Path;
use tr::tr;

use super::error::CliError;
use super::reporter::Reporter;
use crate::domain::problem::Problem;
use crate::domain::time::{Instant, Zone};
use crate::ingest::import::{Declared, Imported, Layout, Overlap};
use crate::ingest::{
    Contents, EarlierHistory, HistoryFormat, HistorySource, Joined, ToldBefore, made_whole, without_poorer,
    without_told,
};

/// What an import comes to beside a history.
pub(super) enum Joining {
    /// Files of the history, by their names in the workspace, tell all of it.
    There(Vec<String>),
    /// The bytes of a file to be added.
    Add(Vec<u8>),
}

/// The workspace that an import joins.
#[derive(Clone, Copy)]
pub(super) struct Workspace<'a> {
    pub(super) dir: &'a Path,
    /// The text of its settings.
    pub(super) settings: &'a str,
}

/// Settles what becomes of an import. `shown`: its files.
pub(super) fn settle(
    imported: &Imported,
    workspace: Workspace<'_>,
    declared: &Declared,
    shown: &str,
    reporter: &Reporter,
) -> Result<Joining, CliError> {
    let (earlier, zone) = earlier(workspace);
    let source = |bytes: &[u8]| HistorySource::in_memory(bytes.to_vec(), shown);
    let mut history = imported.history.clone();
    let mut told = ToldBefore::of(&source(&history), &earlier)?;
    for problem in told.unread.told() {
        reporter.warn(&tr!("not compared with the import: {problem}", problem));
    }
    let there = |told: &ToldBefore| Joining::There(told.files.clone());
    if told.is_all() {
        return Ok(there(&told));
    }
    if imported.layout == Layout::Contacts && declared.overlap.is_none() {
        let Joined { left_out, added, history: whole } = made_whole(&history, &told);
        if left_out > 0 {
            told = ToldBefore::of(&source(&whole), &earlier)?;
        }
        if told.is_all() {
            return Ok(there(&told));
        }
        if added > 0 {
            let key = "--set overlap=later";
            reporter.say(&tr!(
                "  the history ends in the interval in which {shown} begins: the contacts of both are added up there (not with {key})",
                shown,
                key
            ));
            return Ok(Joining::Add(whole));
        }
        history = whole;
    }
    if told.is_contradicted() && declared.overlap.is_none() {
        return Err(asked(&told, shown, zone).into());
    }
    tell(&told, declared.overlap, shown, zone, reporter);
    if declared.overlap == Some(Overlap::Earlier) && told.both > 0 {
        if told.both == told.rows {
            return Ok(there(&told));
        }
        history = without_told(&history, &told).history;
    } else if told.both > 0 {
        history = without_poorer(&history, &told).history;
    }
    Ok(Joining::Add(history))
}

/// The history of settings, as far as it can be read from them, and the zone on whose days it is told of.
fn earlier(workspace: Workspace<'_>) -> (EarlierHistory, Zone) {
    let root: toml::Table = workspace.settings.parse().unwrap_or_default();
    let section = |name: &str| root.get(name).and_then(toml::Value::as_table);
    let history = section("history");
    let text = |key: &str| history.and_then(|history| history.get(key)).and_then(toml::Value::as_str);
    let zone = |name: Option<&str>| name.and_then(|name| name.parse::<Zone>().ok());
    let named = history.and_then(|history| history.get("files")).and_then(toml::Value::as_array);
    let file = |name: &toml::Value| {
        let name = name.as_str()?;
        let path = workspace.dir.join(name);
        let format = HistoryFormat::of(&path).filter(|_| path.is_file())?;
        let shown = path.display().to_string();
        Some(HistorySource { path, contents: Contents::OnDisk, shown, name: name.to_owned(), format })
    };
    let columns = history.and_then(|history| history.get("columns")).and_then(toml::Value::as_table);
    let columns = columns.into_iter().flatten();
    let columns = columns.filter_map(|(ours, theirs)| Some((ours.clone(), theirs.as_str()?.to_owned()))).collect();
    let queues = root.get("queue").and_then(toml::Value::as_array);
    let only = queues.filter(|queues| queues.len() == 1).and_then(|queues| queues[0].get("id")?.as_str());
    let earlier = EarlierHistory {
        files: named.into_iter().flatten().filter_map(file).collect(),
        columns,
        zone: zone(text("timezone")),
        queue: text("queue").or(only).unwrap_or_default().to_owned(),
    };
    let plan = section("plan").and_then(|plan| plan.get("timezone")).and_then(toml::Value::as_str);
    (earlier, zone(plan).unwrap_or(chrono_tz::UTC))
}

/// `2026-09-14 to 2026-09-20`, the days of what both tell.
fn days(told: &ToldBefore, zone: Zone) -> String {
    let date = |at: Instant| at.with_timezone(&zone).format("%Y-%m-%d").to_string();
    let (first, last) = told.span.map_or_else(Default::default, |(first, last)| (date(first), date(last)));
    if first == last { first } else { tr!("of days" => "{} to {}", first, last) }
}

fn tell(told: &ToldBefore, overlap: Option<Overlap>, shown: &str, zone: Zone, reporter: &Reporter) {
    let (files, days) = (told.files.join(", "), days(told, zone));
    if let Some((theirs, own)) = told.intervals {
        reporter.warn(&tr!(
            "{shown}: {files} tells {days} in rows of {theirs} minutes, this import in rows of {own}: the finer rows count",
            shown,
            files,
            days,
            theirs,
            own
        ));
    }
    if told.both == 0 {
        return;
    }
    let (both, rows, others) = (told.both, told.rows, told.both - told.same);
    if others == 0 {
        return reporter.say(&tr!(
            "  {both} of {rows} rows of {shown}, {days}, stand in {files} already, with the same figures: they count once",
            both,
            rows,
            shown,
            days,
            files
        ));
    }
    reporter.warn(&match overlap {
        Some(Overlap::Earlier) => tr!(
            "{both} of {rows} rows of {shown}, {days}, stand in {files} already, {others} of them with other figures: those of the history count; if not: --set overlap=later",
            both,
            rows,
            shown,
            days,
            files,
            others
        ),
        Some(Overlap::Later) | None => tr!(
            "{both} of {rows} rows of {shown}, {days}, stand in {files} already, {others} of them with other figures: those of this import count; if not: --set overlap=earlier",
            both,
            rows,
            shown,
            days,
            files,
            others
        ),
    });
}

/// Most of what both tell differs: which is right is for the user to say.
fn asked(told: &ToldBefore, shown: &str, zone: Zone) -> crate::domain::problem::Problems {
    let cause = tr!(
        "{} of {} intervals with contacts, {}, have other counts in {}: other contacts, another clock, or corrected?",
        told.differing,
        told.busy,
        days(told, zone),
        told.files.join(", ")
    );
    let hint = tr!(
        "--set overlap=later where this import is right, overlap=earlier where the history is; --timezone where the clock was another; exports that each hold a part of the contacts are imported in one run, all files named, and take the place of the file there"
    );
    Problem::in_file(shown, cause).hinting(hint).into()
}
