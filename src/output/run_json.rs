//! `run.json`: what ran on which inputs and how long it took; the only file that may differ between equal runs.
//!
//! It also marks a folder as ours: its list of files is what a later run may replace.

use std::io::{self, BufRead};
use std::path::Path;
use std::time::Duration;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::number::rounded;
use super::{Artifact, OutputError, local_time};
use crate::domain::time::Instant;

/// The file's name within OUT.
pub const FILE: &str = "run.json";

/// Marks a folder as written by this program.
const PROGRAM: &str = "obsada";

/// What the command line knows about a run.
#[derive(Clone, Debug, Default)]
pub struct RunRecord {
    /// The command: `plan`, `what-if` …
    pub command: String,
    /// Everything typed behind the program's name.
    pub arguments: Vec<String>,
    /// What the run went by in the end, defaults included.
    pub effective: Effective,
    /// Every file read.
    pub inputs: Vec<InputDigest>,
    /// Each stage and how long it took, in order.
    pub stages: Vec<(String, Duration)>,
}

/// What a run went by; none where it does not apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Effective {
    /// The seed of every search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Threads used; the results do not depend on them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<usize>,
    /// Work the search for a roster did; `--work` replays it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work: Option<u64>,
    /// Nothing after this was known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_utc")]
    pub as_of: Option<Instant>,
    /// The first day planned.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_date")]
    pub start: Option<NaiveDate>,
    /// Weeks planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u32>,
}

#[expect(clippy::ref_option, reason = "the signature serde asks for")]
fn as_utc<S: Serializer>(at: &Option<Instant>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(local_time::utc).serialize(serializer)
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn as_date<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(|date| date.to_string()).serialize(serializer)
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputDigest {
    /// The path as the user would type it.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl InputDigest {
    /// The digest of a file as it is now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut file = io::BufReader::with_capacity(1 << 16, fs_err::File::open(path)?);
        let (mut hasher, mut bytes) = (Sha256::new(), 0);
        loop {
            let read = file.fill_buf()?;
            if read.is_empty() {
                break;
            }
            hasher.update(read);
            let length = read.len();
            bytes += length as u64;
            file.consume(length);
        }
        Ok(Self { path: path.display().to_string(), bytes, sha256: hexadecimal(&hasher.finalize()) })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| DIGITS[usize::from(half)]).collect()
}

#[derive(Serialize)]
struct RunFile<'a> {
    program: &'static str,
    program_version: &'static str,
    platform: String,
    command: &'a str,
    arguments: &'a [String],
    effective: &'a Effective,
    inputs: &'a [InputDigest],
    stages: Vec<StageRow<'a>>,
    files: Vec<String>,
}

#[derive(Serialize)]
struct StageRow<'a> {
    name: &'a str,
    seconds: Option<f64>,
}

/// The file itself, listing the other files of the run.
///
/// # Errors
/// When JSON cannot be written.
pub fn artifact(record: &RunRecord, others: &[Artifact]) -> Result<Artifact, OutputError> {
    let mut files: Vec<String> = others.iter().map(|file| file.path.to_string_lossy().into_owned()).collect();
    files.push(FILE.to_owned());
    files.sort();
    let bytes = super::json(&RunFile {
        program: PROGRAM,
        program_version: env!("CARGO_PKG_VERSION"),
        platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        command: &record.command,
        arguments: &record.arguments,
        effective: &record.effective,
        inputs: &record.inputs,
        stages: record
            .stages
            .iter()
            .map(|(name, took)| StageRow { name, seconds: rounded(took.as_secs_f64(), 3) })
            .collect(),
        files,
    })?;
    Ok(Artifact::new(FILE, bytes))
}

#[derive(Deserialize)]
struct Marker {
    program: String,
    files: Vec<String>,
}

/// The files that the run which wrote this `run.json` left; none where it is not one of ours.
pub(super) fn files_of_run(bytes: &[u8]) -> Option<Vec<String>> {
    let marker: Marker = serde_json::from_slice(bytes).ok()?;
    (marker.program == PROGRAM).then_some(marker.files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_lists_its_files_and_is_recognised_again() {
        let record = RunRecord { command: "plan".into(), ..RunRecord::default() };
        let others = [Artifact::new("summary.json", Vec::new()), Artifact::new("charts/week-01.svg", Vec::new())];
        let file = artifact(&record, &others).expect("JSON");
        let listed = files_of_run(&file.bytes).expect("ours");
        assert_eq!(listed, ["charts/week-01.svg", "run.json", "summary.json"]);
        assert_eq!(files_of_run(br#"{"program": "another", "files": []}"#), None);
    }

    #[test]
    fn arguments_stand_as_typed_and_what_the_run_went_by_by_name() {
        let record = RunRecord {
            command: "plan".into(),
            arguments: vec!["plan".into(), "demo".into(), "--work".into(), "6000".into()],
            effective: Effective {
                seed: Some(7),
                as_of: Some("2026-11-26T21:00:00Z".parse().expect("an instant")),
                start: NaiveDate::from_ymd_opt(2026, 11, 30),
                ..Effective::default()
            },
            ..RunRecord::default()
        };
        let file: serde_json::Value =
            serde_json::from_slice(&artifact(&record, &[]).expect("JSON").bytes).expect("JSON");
        assert_eq!(file["arguments"], serde_json::json!(["plan", "demo", "--work", "6000"]));
        let effective = serde_json::json!({"seed": 7, "as_of": "2026-11-26T21:00:00Z", "start": "2026-11-30"});
        assert_eq!(file["effective"], effective);
    }

    #[test]
    fn a_digest_is_the_one_sha256sum_prints() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs_err::write(file.path(), "abc").expect("written");
        let digest = InputDigest::of(file.path()).expect("read");
        assert_eq!(digest.bytes, 3);
        assert_eq!(digest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
