//! Rows of a table read, when they are, what is told twice, and what speaks against the reading.

pub(super) mod table;
pub(super) mod handle_time;
pub(super) mod fill_down;
pub(super) mod unreadable;
pub(super) mod spans;
pub(super) mod moments;
pub(super) mod rows;
pub(super) mod placing;
pub(super) mod doubts;
pub(super) mod doubles;
pub(super) mod told_twice;
pub(super) mod cells;
pub(super) mod usable;
