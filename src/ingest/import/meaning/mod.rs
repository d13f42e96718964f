//! What each column of a table is, and how its cells are to be read.

pub(super) mod names;
pub(super) mod profile;
pub(super) mod recognise;
pub(super) mod columns;
pub(super) mod clock_columns;
pub(super) mod layout;
pub(super) mod handle_columns;
pub(super) mod moment_columns;
pub(super) mod settle;
