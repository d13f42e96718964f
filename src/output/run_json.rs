//! `run.json`: what ran on which inputs and how long it took; the only file that may differ between equal runs.
//!
//! It also marks a folder as ours: its list of files is what a later run may replace.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::artifact::{Artifact, OutputError};
use super::number::rounded;
use super::records::{self, Effective, InputDigest, RunFile, StageEntry};
use crate::language::spoken;

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

/// Which build of the program this is, by the size of its file and the second in which it was written; none where that cannot be told.
#[must_use]
pub fn build() -> Option<String> {
    let file = std::env::current_exe().and_then(|path| path.metadata()).ok()?;
    let written = chrono::DateTime::<chrono::Utc>::from(file.modified().ok()?);
    Some(format!("{} bytes of {}", file.len(), written.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)))
}

/// The digest of a file as it is now.
///
/// # Errors
/// When the file cannot be read.
pub fn digest(path: &Path) -> io::Result<InputDigest> {
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
    Ok(InputDigest { path: path.display().to_string(), bytes, sha256: hexadecimal(&hasher.finalize()) })
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| DIGITS[usize::from(half)]).collect()
}

/// Whether a file is what it was when its digest was taken; one that cannot be read is not.
pub(super) fn is_still(path: &Path, sha256: &str) -> bool {
    path.symlink_metadata().is_ok_and(|file| file.is_file()) && digest(path).is_ok_and(|now| now.sha256 == sha256)
}

/// The file itself, listing the other files of the run.
///
/// # Errors
/// When JSON cannot be written.
pub fn artifact(record: &RunRecord, others: &[Artifact]) -> Result<Artifact, OutputError> {
    let mut files: Vec<String> = others.iter().map(|file| file.path.to_string_lossy().into_owned()).collect();
    files.push(FILE.to_owned());
    files.sort();
    let stage =
        |(name, took): &(String, Duration)| StageEntry { name: name.clone(), seconds: rounded(took.as_secs_f64(), 3) };
    let bytes = records::write_document(&RunFile {
        program: PROGRAM.to_owned(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        build: build().unwrap_or_default(),
        language: spoken().code().to_owned(),
        command: record.command.clone(),
        arguments: record.arguments.clone(),
        effective: record.effective.clone(),
        inputs: record.inputs.clone(),
        stages: record.stages.iter().map(stage).collect(),
        files,
        digests: others
            .iter()
            .map(|file| (file.path.to_string_lossy().into_owned(), hexadecimal(&Sha256::digest(&file.bytes))))
            .collect(),
    })?;
    Ok(Artifact::new(FILE, bytes))
}

/// What a [`RunFile`] of any version has: a folder of an older one is ours as well, and knows no digests.
#[derive(Deserialize)]
struct Marker {
    program: String,
    files: Vec<String>,
    #[serde(default)]
    digests: BTreeMap<String, String>,
}

/// The files that the run which wrote this `run.json` left, with their digests; none where it is not one of ours.
pub(super) fn files_of_run(bytes: &[u8]) -> Option<BTreeMap<PathBuf, Option<String>>> {
    let Marker { program, files, digests } = records::read_document(bytes).ok()?;
    let with_digest = |name: String| {
        let digest = digests.get(&name).cloned();
        (PathBuf::from(name), digest)
    };
    (program == PROGRAM).then(|| files.into_iter().map(with_digest).collect())
}

/// The files that the run which left a folder says it wrote, by name; none where no run of ours did. Only names within the folder count.
#[must_use]
pub fn listed(run_json: &[u8]) -> Option<Vec<String>> {
    let is_within = |path: &PathBuf| path.components().all(|part| matches!(part, Component::Normal(_)));
    let files = files_of_run(run_json)?.into_keys().filter(is_within);
    Some(files.filter_map(|path| path.to_str().map(str::to_owned)).collect())
}

/// Of some files of a folder, `run.json` among them, those that are no more what the run wrote.
#[must_use]
pub fn changed(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let written = files.get(FILE).and_then(|run| files_of_run(run)).unwrap_or_default();
    let is_changed = |(name, bytes): &(&String, &Vec<u8>)| {
        let sha256 = written.get(Path::new(name)).and_then(Option::as_ref);
        sha256.is_some_and(|sha256| *sha256 != hexadecimal(&Sha256::digest(bytes)))
    };
    files.iter().filter(is_changed).map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn a_run_lists_its_files_and_is_recognised_again() {
        let record = RunRecord { command: "plan".into(), ..RunRecord::default() };
        let others = [Artifact::new("summary.json", Vec::new()), Artifact::new("charts/week-01.svg", Vec::new())];
        let file = artifact(&record, &others).expect("JSON");
        let listed = files_of_run(&file.bytes).expect("ours");
        let names: Vec<&str> = listed.keys().filter_map(|path| path.to_str()).collect();
        assert_eq!(names, ["charts/week-01.svg", "run.json", "summary.json"]);
        // No bytes at all have this digest; the file itself cannot hold its own.
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(listed[Path::new("summary.json")].as_deref(), Some(nothing));
        assert_eq!(listed[Path::new(FILE)], None);
        assert_eq!(files_of_run(br#"{"program": "another", "files": []}"#), None);
    }

    #[test]
    fn files_that_somebody_edited_are_told_and_names_outside_the_folder_are_not_followed() {
        let others = [Artifact::new("roster.csv", b"as written".to_vec()), Artifact::new("../secret", Vec::new())];
        let run = artifact(&RunRecord::default(), &others).expect("JSON").bytes;
        assert_eq!(listed(&run), Some(vec!["roster.csv".to_owned(), FILE.to_owned()]));
        let files = |roster: &[u8]| {
            BTreeMap::from([(FILE.to_owned(), run.clone()), ("roster.csv".to_owned(), roster.to_vec())])
        };
        assert_eq!(changed(&files(b"as written")), Vec::<String>::new());
        assert_eq!(changed(&files(b"edited")), ["roster.csv"]);
        assert_eq!(changed(&BTreeMap::from([("roster.csv".to_owned(), Vec::new())])), Vec::<String>::new());
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
        let digest = super::digest(file.path()).expect("read");
        assert_eq!(digest.bytes, 3);
        assert_eq!(digest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
