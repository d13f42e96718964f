//! How progress and errors are written.

use clap::ValueEnum;

/// How progress is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people: a bar on a terminal, one line a stage elsewhere.
    Text,
    /// For machines: one JSON object a line.
    Json,
}
