//! The files of a workspace in memory, and the three forms that its history may have.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use polars::prelude::{CsvReadOptions, ParquetWriter, SerReader};
use rand::RngExt;
use rand_chacha::ChaCha12Rng;

use super::breakage::break_bytes;

const HISTORY: &str = "history.csv";

/// Files by their names; one without bytes is a folder.
#[derive(Clone, Debug)]
pub(super) struct Files(BTreeMap<String, Option<Vec<u8>>>);

impl Files {
    /// The settings and tables of a folder, without its scenarios.
    pub(super) fn of_folder(dir: &Path) -> Self {
        let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let named = |path: std::path::PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (!name.starts_with("truth")).then(|| (name, Some(fs::read(&path).unwrap())))
        };
        Self(paths.filter_map(named).collect())
    }

    pub(super) fn write_to(&self, dir: &Path) {
        for (name, bytes) in &self.0 {
            let path = dir.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match bytes {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::create_dir_all(path).unwrap(),
            }
        }
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    /// A file's bytes; none of a folder's.
    pub(super) fn bytes(&self, name: &str) -> Vec<u8> {
        self.0.get(name).cloned().flatten().unwrap_or_default()
    }

    pub(super) fn put(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.insert(name.to_owned(), Some(bytes));
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(super) fn put_folder(&mut self, name: &str) {
        self.0.insert(name.to_owned(), None);
    }

    /// History as plain text.
    pub(super) fn unpack_history(&mut self) {
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(self.bytes("history.csv.gz").as_slice()).read_to_end(&mut text).unwrap();
        self.remove("history.csv.gz");
        self.put(HISTORY, text);
        self.rename_history("history.csv.gz", HISTORY);
    }

    /// History packed, sometimes with wrong bytes.
    pub(super) fn pack_history(&mut self, random: &mut ChaCha12Rng) {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&self.bytes(HISTORY)).unwrap();
        self.exchange_history("history.csv.gz", packed.finish().unwrap(), random);
    }

    /// History as Parquet, sometimes with wrong bytes; as it is where it is no table any more.
    pub(super) fn history_as_parquet(&mut self, random: &mut ChaCha12Rng) {
        let frame = CsvReadOptions::default().into_reader_with_file_handle(Cursor::new(self.bytes(HISTORY))).finish();
        let mut bytes = Vec::new();
        let is_written = frame.is_ok_and(|mut frame| ParquetWriter::new(&mut bytes).finish(&mut frame).is_ok());
        if is_written {
            self.exchange_history("history.parquet", bytes, random);
        }
    }

    fn exchange_history(&mut self, name: &str, mut bytes: Vec<u8>, random: &mut ChaCha12Rng) {
        if random.random_bool(0.6) {
            break_bytes(&mut bytes, random);
        }
        self.remove(HISTORY);
        self.put(name, bytes);
        self.rename_history(HISTORY, name);
    }

    fn rename_history(&mut self, from: &str, to: &str) {
        let settings = String::from_utf8_lossy(&self.bytes("workspace.toml")).replace(from, to);
        if self.0.contains_key("workspace.toml") {
            self.put("workspace.toml", settings.into_bytes());
        }
    }
}
