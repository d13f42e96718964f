//! What the user reads when a command fails, and the exit code that goes with it.

use std::io::Write;
use tr::tr;

use serde_json::{Value, json};

use super::colours;
use super::deadlock;
use super::log_format::LogFormat;
use crate::domain::conflict::Deadlock;
use crate::domain::problem::{Problem, Problems};
use crate::domain::rule::Violation;
use crate::language::translated;
use crate::output::OutputError;
use crate::output::folder::FolderError;
use crate::plan::PlanError;

/// A failed command. Exit codes: 1 our fault or the machine's, 2 usage (by the parser), 3 input, 4 no legal roster, 5 busy.
#[derive(Debug)]
pub enum CliError {
    /// I/O or a bug.
    Internal(Box<dyn std::error::Error + Send + Sync>),
    /// Arguments that fit the grammar but not each other.
    Usage(String),
    /// The input is wrong.
    Input(Problems),
    /// A path that cannot be used as it is.
    Refused(String),
    /// No legal roster exists.
    NoRoster(Deadlock),
    /// The checker refused the roster: a bug of ours.
    Illegal(Vec<Violation>),
    /// Another run holds the output folder.
    Busy(String),
}

impl CliError {
    /// Wraps an error that is not the user's.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// The process's exit code.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Internal(_) | Self::Illegal(_) => 1,
            Self::Usage(_) => 2,
            Self::Input(_) | Self::Refused(_) => 3,
            Self::NoRoster(_) => 4,
            Self::Busy(_) => 5,
        }
    }

    /// Writes the message to standard error. A closed standard error is nobody's problem any more, so failing to write is ignored.
    pub fn report(&self, format: LogFormat) {
        let mut to = std::io::stderr().lock();
        let _ = match format {
            LogFormat::Text => {
                let mut text = Vec::new();
                self.write(&mut text).and_then(|()| colours::write(&String::from_utf8_lossy(&text), to))
            }
            LogFormat::Json => self.json_lines().iter().try_for_each(|line| writeln!(to, "{line}")),
        };
    }

    /// For machines: one object a line, each with its `level`; the last one has the exit code.
    fn json_lines(&self) -> Vec<Value> {
        let mut lines = match self {
            Self::Input(problems) => problems.told().iter().map(problem_json).collect(),
            Self::NoRoster(of) => deadlock::json_lines(of),
            _ => Vec::new(),
        };
        let mut text = Vec::new();
        let _ = self.write(&mut text);
        let text = String::from_utf8_lossy(&text);
        let last = if lines.is_empty() { text.trim() } else { text.trim().lines().last().unwrap_or_default() };
        let message = last.strip_prefix(&*tr!("error:")).unwrap_or(last).trim_start();
        lines.push(json!({ "level": "error", "message": message, "exit_code": self.exit_code() }));
        lines
    }

    fn write(&self, to: &mut impl Write) -> std::io::Result<()> {
        match self {
            Self::Internal(error) => {
                writeln!(to, "{} {error}", tr!("error:"))?;
                let mut cause = error.source();
                while let Some(inner) = cause {
                    writeln!(to, "  {} {inner}", tr!("caused by:"))?;
                    cause = inner.source();
                }
                Ok(())
            }
            Self::Usage(message) | Self::Refused(message) | Self::Busy(message) => {
                writeln!(to, "{} {message}", tr!("error:"))
            }
            Self::Input(problems) => {
                writeln!(to, "{problems}")?;
                let told = tr!("{n} problem in the input; nothing was written"
                    | "{n} problems in the input; nothing was written" % problems.len());
                writeln!(to, "{} {told}", tr!("error:"))
            }
            Self::NoRoster(of) => deadlock::write(of, to),
            Self::Illegal(violations) => {
                for violation in violations {
                    writeln!(to, "{}: {}: {}", violation.who, translated(violation.rule.name()), violation.detail)?;
                }
                let told =
                    tr!("the checker refused the roster ({n} violation); this is a bug of ours; nothing was written"
                        | "the checker refused the roster ({n} violations); this is a bug of ours; nothing was written"
                            % violations.len());
                writeln!(to, "{} {told}", tr!("error:"))
            }
        }
    }
}

fn problem_json(problem: &Problem) -> Value {
    json!({
        "level": "error",
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "value": problem.value,
        "cause": problem.cause,
        "accepted": problem.accepted,
        "hint": problem.hint,
    })
}

impl From<Problems> for CliError {
    fn from(problems: Problems) -> Self {
        Self::Input(problems)
    }
}

impl From<Problem> for CliError {
    fn from(problem: Problem) -> Self {
        Self::Input(problem.into())
    }
}

impl From<PlanError> for CliError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Input(problems) => Self::Input(problems),
            PlanError::NoRoster(deadlock) => Self::NoRoster(deadlock),
            PlanError::Illegal(violations) => Self::Illegal(violations),
            PlanError::Cancelled(cancelled) => Self::internal(cancelled),
        }
    }
}

impl From<FolderError> for CliError {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Held(_) => Self::Busy(error.to_string()),
            FolderError::Io(error) => Self::internal(error),
            refused => Self::Refused(refused.to_string()),
        }
    }
}

impl From<OutputError> for CliError {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::TooLarge(told) => Self::Refused(told),
            ours => Self::internal(ours),
        }
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        Self::internal(error)
    }
}
