//! The names a workspace defines, gathered first so that every reference can be checked where it is read.

use super::tree::{Table, Value};
use crate::domain::ids::{AbsenceKindId, QueueIx, RegionId, SiteId};
use crate::workspace::place::Report;
use crate::workspace::words::{Read, known};
use tr::tr;

/// All names, in the order in which they are defined. Queues, sites and contracts are referred to by position: an entry
/// without a name has an empty one, which nothing can mean.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Queues.
    pub(crate) queues: Vec<String>,
    /// Regions of any queue.
    pub(crate) regions: Vec<String>,
    /// Skills that some queue or `[[cover]]` asks for.
    pub(crate) skills: Vec<String>,
    /// Sites.
    pub(crate) sites: Vec<String>,
    /// Contracts.
    pub(crate) contracts: Vec<String>,
    /// Kinds of absence.
    pub(crate) absence_kinds: Vec<String>,
    /// Events.
    pub(crate) events: Vec<String>,
}

impl Names {
    /// Gathers the names; two of one kind are reported.
    pub(crate) fn of(root: &Table, report: &Report) -> Self {
        let mut regions = Vec::new();
        let mut skills = Vec::new();
        for queue in root.tables("queue") {
            regions.extend(ids(queue, "region", report));
            skills.extend(words(queue, "skills"));
        }
        ids(root, "cover", report);
        ids(root, "activity", report);
        skills.extend(root.tables("cover").flat_map(|cover| words(cover, "skills")));
        Self {
            queues: ids(root, "queue", report),
            regions: distinct(regions),
            skills: distinct(skills),
            sites: ids(root, "site", report),
            contracts: ids(root, "contract", report),
            absence_kinds: ids(root, "absence_kind", report),
            events: ids(root, "event", report),
        }
    }

    /// A queue's position.
    pub(crate) fn queue(&self) -> impl Fn(&str) -> Read<QueueIx> {
        |word| known("queue", &self.queues)(word).map(QueueIx)
    }

    /// A region of some queue.
    pub(crate) fn region(&self) -> impl Fn(&str) -> Read<RegionId> {
        |word| known("region", &self.regions)(word).map(|at| RegionId::new(&self.regions[at]))
    }

    /// A site.
    pub(crate) fn site(&self) -> impl Fn(&str) -> Read<SiteId> {
        |word| known("site", &self.sites)(word).map(|at| SiteId::new(&self.sites[at]))
    }

    /// A kind of absence.
    pub(crate) fn absence_kind(&self) -> impl Fn(&str) -> Read<AbsenceKindId> {
        |word| {
            known(&tr!("absence kind"), &self.absence_kinds)(word).map(|at| AbsenceKindId::new(&self.absence_kinds[at]))
        }
    }
}

fn ids(table: &Table, key: &str, report: &Report) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for item in table.tables(key) {
        let word = item.word("id").unwrap_or_default().trim().to_owned();
        if let Some(entry) = item.entry("id").filter(|_| !word.is_empty() && ids.contains(&word)) {
            let problem = entry.place.problem(tr!("a second {key} of this name", key)).in_column(format!("{key}.id"));
            report
                .problem(problem.with_value(&word).hinting(tr!("every name stands for one thing: rename one of them")));
        }
        ids.push(word);
    }
    ids
}

fn words(table: &Table, key: &str) -> Vec<String> {
    let Some(entry) = table.entry(key) else { return Vec::new() };
    let word = |value: &Value| if let Value::Word(word) = value { Some(word.trim().to_owned()) } else { None };
    entry.items().iter().filter_map(|node| word(&node.value)).collect()
}

fn distinct(mut words: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    words.retain(|word| seen.insert(word.clone()));
    words
}
