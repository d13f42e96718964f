//! Runs the binary as a user would, in temporary folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The binary under test.
pub(crate) fn obsada() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_obsada"));
    // Whatever the machine speaks, tests read English.
    program.env("LC_ALL", "C");
    program
}

/// Runs the binary to its end.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    obsada().args(args).output().unwrap()
}

/// The exit code of a run, with everything it said where it is not the one expected.
pub(crate) fn assert_exit(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "stdout:\n{}\nstderr:\n{}",
        String::from_utf8_lossy(&output.stdout),
        stderr(output)
    );
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A temporary folder with a small sample workspace in `shop`: a dozen agents, two queues, sixteen weeks of history.
pub(crate) struct Shop {
    folder: TempDir,
}

impl Shop {
    pub(crate) fn new() -> Self {
        let shop = Self { folder: tempfile::tempdir().unwrap() };
        let output = obsada()
            .args([
                "init",
                "--agents",
                "12",
                "--queues",
                "2",
                "--interval",
                "30",
                "--weeks-of-history",
                "16",
                "--quiet",
            ])
            .arg(shop.dir())
            .output()
            .unwrap();
        assert_exit(&output, 0);
        shop
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.folder.path().join("shop")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Changes one text file of the workspace.
    pub(crate) fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.dir().join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, change(text)).unwrap();
    }

    /// `obsada COMMAND shop --out out …` with little work.
    pub(crate) fn command(&self, command: &str) -> Command {
        let mut run = obsada();
        run.arg(command).arg(self.dir()).arg("--out").arg(self.out());
        run
    }

    /// Runs the whole pipeline with little work.
    pub(crate) fn plan(&self, more: &[&str]) -> Output {
        self.command("plan").args(["--work", "50"]).args(more).output().unwrap()
    }
}

/// A copy of a folder of results that no run vouches for: without `run.json` it may be edited like files of one's own.
pub(crate) fn copied(from: &Path, to: &Path) {
    for (name, bytes) in contents(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Changes one text file of a folder.
pub(crate) fn rewrite(path: &Path, change: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, change(text)).unwrap();
}

/// Every file below a folder with its bytes, but for `run.json`, the only file that may differ between equal runs.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().unwrap() != "run.json" {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}
