//! A small workspace in a temporary folder, to be changed in one place at a time.

use std::path::PathBuf;

use crate::domain::problem::{Problem, Problems};
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::workforce::{Agent, Workforce};
use crate::workspace::{Workspace, load};

const SETTINGS: &str = include_str!("sample.toml");

const FILES: [(&str, &str); 9] = [
    ("history.csv", "queue,region,start,offered\norders,pl,2026-11-02T08:00:00+01:00,12\n"),
    (
        "agents.csv",
        "agent,name,site,contract,skills,level,hourly_cost,from,until\n\
         ana,Ana Nowak,krakow,full,orders|chat,senior,12.50,,\n\
         bo,Bo Lim,manila,part,orders,junior,6,2026-12-03,\n\
         cy,Cy Maj,krakow,full,orders,junior,10,2024-01-01,2025-12-31\n",
    ),
    ("skills.csv", "agent,skill,priority,speed,concurrency,from,until\nana,chat,2,0.8,3,,\nana,orders,1,1.1,,,\n"),
    (
        "availability.csv",
        "agent,day,from,until,kind\nbo,mon,09:00,18:00,available\nbo,fri,22:00,06:00,available\nana,2026-12-02,12:00,14:00,unavailable\n",
    ),
    (
        "absences.csv",
        "agent,start,end,kind,known_from\nana,2026-12-04T00:00:00+01:00,2026-12-05T00:00:00+01:00,vacation,\n",
    ),
    ("preferences.csv", "agent,day,from,until,kind,weight\nana,sat,,,off,2\nana,2026-12-01,08:00,12:00,work,0.5\n"),
    ("balances.csv", "agent,as_of,kind,minutes\nana,2026-11-29T00:00:00Z,overtime,120\n"),
    (
        "adjustments.csv",
        "queue,region,from,until,factor,offered,aht_s,why\norders,pl,2026-12-01T00:00:00+01:00,2026-12-02T00:00:00+01:00,1.2,,250,fair\n",
    ),
    ("backlog.csv", "queue,arrived,contacts\nmail,2026-11-29T10:00:00Z,40\n"),
];

/// The files of a workspace, and scenarios beside it.
#[derive(Clone, Debug)]
pub(super) struct SampleWorkspace {
    files: Vec<(String, Vec<u8>)>,
    scenarios: Vec<String>,
}

impl SampleWorkspace {
    /// A valid workspace that uses every word of the format.
    pub(super) fn whole() -> Self {
        let tables = FILES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        let settings = ("workspace.toml".to_owned(), SETTINGS.as_bytes().to_vec());
        Self { files: std::iter::once(settings).chain(tables).collect(), scenarios: Vec::new() }
    }

    /// Replaces the first occurrence of a text in a file, which must be there.
    pub(super) fn with(mut self, file: &str, old: &str, new: &str) -> Self {
        let (_, bytes) = self.files.iter_mut().find(|(name, _)| name == file).expect("a file of this name");
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(text.contains(old), "`{old}` is not in {file}");
        *bytes = text.replacen(old, new, 1).into_bytes();
        self
    }

    /// Replaces or adds a whole file.
    pub(super) fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        self.files.retain(|(known, _)| known != name);
        self.files.push((name.to_owned(), bytes.to_vec()));
        self
    }

    /// Leaves a file out.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.files.retain(|(known, _)| known != name);
        self
    }

    /// Lays a scenario over the workspace.
    pub(super) fn scenario(mut self, name: &str, text: &str) -> Self {
        self.scenarios.push(name.to_owned());
        self.file(name, text.as_bytes())
    }

    /// The names and bytes of all files.
    pub(super) fn files(&self) -> &[(String, Vec<u8>)] {
        &self.files
    }

    /// Loads it; paths in problems are relative to the folder.
    pub(super) fn load(&self) -> Result<Workspace, Problems> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, bytes) in &self.files {
            std::fs::write(folder.path().join(name), bytes).expect("written");
        }
        let scenarios: Vec<PathBuf> = self.scenarios.iter().map(|name| folder.path().join(name)).collect();
        let prefix = format!("{}/", folder.path().display());
        load(folder.path(), &scenarios).map_err(|problems| {
            let mut relative = Problems::none();
            for problem in problems.iter() {
                let file = problem.file.strip_prefix(&prefix).unwrap_or(&problem.file).to_owned();
                let hint = problem.hint.as_ref().map(|hint| hint.replace(&prefix, ""));
                relative.push(Problem { file, hint, ..problem.clone() });
            }
            relative
        })
    }

    /// The valid workspace.
    pub(super) fn loaded(&self) -> Workspace {
        self.load().unwrap_or_else(|problems| panic!("{problems}"))
    }

    /// The problems, as people read them.
    pub(super) fn problems(&self) -> Vec<String> {
        self.load().expect_err("something is wrong").iter().map(ToString::to_string).collect()
    }

    /// The workforce of the plan as of a Friday before it.
    pub(super) fn workforce(&self) -> (Workforce, PlanPeriod) {
        let workspace = self.loaded();
        let as_of = utc("2026-11-27T12:00:00Z");
        let period = workspace.period(as_of);
        (workspace.workforce(&period, as_of).unwrap_or_else(|problems| panic!("{problems}")), period)
    }

    /// An agent of that workforce.
    pub(super) fn agent(&self, id: &str) -> Agent {
        let (workforce, _) = self.workforce();
        workforce.agents.into_iter().find(|agent| agent.id.as_str() == id).expect("an agent of this key")
    }
}

/// An instant written as RFC 3339.
pub(super) fn utc(text: &str) -> Instant {
    text.parse().expect("an instant")
}
