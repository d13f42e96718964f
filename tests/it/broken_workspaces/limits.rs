//! A run with a limit of time and of memory.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How a run ended.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    /// Its exit code; none where it was killed or died of a signal.
    pub(super) code: Option<i32>,
    pub(super) told: String,
    pub(super) seconds: f64,
    pub(super) megabytes: u64,
    limit: f64,
}

/// Memory that a run may take.
const MOST_MEGABYTES: u64 = 1_000;

impl Ended {
    /// What no run should do, whatever it is given.
    pub(super) fn fault(&self) -> Option<String> {
        let shown = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\t');
        if self.megabytes > MOST_MEGABYTES {
            Some(format!("took {} MB", self.megabytes))
        } else if self.seconds > self.limit {
            Some(format!("took more than {:.0} s", self.limit))
        } else if !matches!(self.code, Some(0 | 3 | 4)) {
            Some(format!("exit {:?}", self.code))
        } else if self.told.contains("panicked") {
            Some("panicked".to_owned())
        } else if !self.told.chars().all(shown) {
            Some("speaks to the terminal".to_owned())
        } else if self.told.len() > 1_000_000 {
            Some(format!("says {} bytes", self.told.len()))
        } else {
            None
        }
    }
}

/// Runs a command until it ends or is beyond a limit, and then kills it.
pub(super) fn run_within(mut command: Command, limit: f64) -> Ended {
    let log = tempfile::NamedTempFile::new().unwrap();
    let begun = Instant::now();
    let to = log.reopen().unwrap();
    // With it, panics that are caught would be written, too.
    command.env_remove("RUST_BACKTRACE");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(to).spawn().unwrap();
    let mut megabytes = 0;
    let code = loop {
        megabytes = megabytes.max(peak_megabytes(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if begun.elapsed().as_secs_f64() > limit || megabytes > MOST_MEGABYTES {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(3));
    };
    let told = String::from_utf8_lossy(&fs::read(log.path()).unwrap()).into_owned();
    Ended { code, told, seconds: begun.elapsed().as_secs_f64(), megabytes, limit }
}

/// The most memory that a process has held, where the system tells.
fn peak_megabytes(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    peak.unwrap_or(0) / 1_000
}
