//! `run.json`: what ran on which inputs and how long it took; the only file that may differ between equal runs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells;
use crate::domain::time::Instant;

/// The document. It also marks a folder as ours: its list of files is what a later run may replace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunFile {
    /// `obsada`.
    pub program: String,
    /// Its version.
    pub program_version: String,
    /// The system and the processor.
    pub platform: String,
    /// Which build of the program, see [`crate::output::run_json::build`].
    #[serde(default)]
    pub build: String,
    /// The language of sentences: `en`, `pl`.
    #[serde(default)]
    pub language: String,
    /// The command: `plan`, `what-if` …
    pub command: String,
    /// Everything typed behind the program's name.
    pub arguments: Vec<String>,
    /// What the run went by in the end, defaults included.
    pub effective: Effective,
    /// Every file read.
    pub inputs: Vec<InputDigest>,
    /// Each stage, in order.
    pub stages: Vec<StageEntry>,
    /// The files of the run, this one included, by name.
    pub files: Vec<String>,
    /// SHA-256 of each of them as it was written, but of this one, in hexadecimal.
    #[serde(default)]
    pub digests: BTreeMap<String, String>,
}

/// What a run went by; none where it does not apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effective {
    /// The seed of every search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Threads used; the results do not depend on them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threads: Option<usize>,
    /// Work the search for a roster did; `--work` replays it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<u64>,
    /// Nothing after this was known.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "cells::known_utc")]
    pub as_of: Option<Instant>,
    /// The first day planned.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "cells::known_text")]
    pub start: Option<NaiveDate>,
    /// Weeks planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u32>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputDigest {
    /// The path as the user would type it.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A stage of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageEntry {
    /// Its name.
    pub name: String,
    /// How long it took.
    pub seconds: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::super::{read_document, write_document};
    use super::*;

    #[test]
    fn what_does_not_apply_is_left_out_and_reads_back_as_none() {
        let run = RunFile {
            program: "obsada".into(),
            program_version: "0.1.0".into(),
            platform: "linux x86_64".into(),
            build: "1 bytes of 2026-11-29T12:00:00Z".into(),
            language: "en".into(),
            command: "plan".into(),
            arguments: vec!["plan".into(), "demo".into()],
            effective: Effective { as_of: Some(Instant::default()), weeks: Some(2), ..Effective::default() },
            inputs: vec![InputDigest { path: "h.csv".into(), bytes: 3, sha256: "ba78".into() }],
            stages: vec![StageEntry { name: "roster".into(), seconds: Some(1.25) }],
            files: vec!["roster.csv".into(), "run.json".into()],
            digests: BTreeMap::from([("roster.csv".into(), "ba78".into())]),
        };
        let bytes = write_document(&run).expect("JSON");
        assert_eq!(read_document::<RunFile>(&bytes).expect("a run"), run);
        let text = String::from_utf8(bytes).expect("text");
        assert!(text.contains("\"as_of\": \"1970-01-01T00:00:00Z\"") && !text.contains("seed"), "{text}");
    }
}
