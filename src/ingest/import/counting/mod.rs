//! Contacts counted, and what they tell of customers, handle times and agents.

pub(super) mod contacts;
pub(super) mod counted;
pub(super) mod patience;
pub(super) mod habits;
pub(super) mod pace_model;
pub(super) mod paces;
pub(super) mod people;
pub(super) mod repeats;
pub(super) mod tally;
#[cfg(feature = "parquet")]
pub(super) mod typed_cells;
#[cfg(feature = "parquet")]
pub(super) mod typed_rows;
#[cfg(feature = "parquet")]
pub(super) mod fingerprints;
