//! OUT read back: what a run left, or what somebody made of it since, as one value that later commands begin with.
//!
//! | file | what it does |
//! |---|---|
//! | [`files`](ResultFiles) | the files of a folder as bytes, and the tables among them that a command needs |
//! | [`calendar`] | days and instants that calendars and workbooks can hold |
//! | [`shifts`](RosteredShift) | the rows of `roster.csv` → shifts |
//! | [`read`](Results::read) | all of it, with every problem at once |
//!
//! Invariant: nothing here knows the workspace. Ids stand for themselves, zones and names come from `plan.json`.

mod files;
mod calendar;
mod shifts;
mod read;
#[cfg(test)]
pub(super) mod sample;

pub use files::{ResultFiles, ResultTable};
pub(super) use read::PUBLICATION;
pub use read::Results;
pub use shifts::RosteredShift;
