//! A file becomes a table: text, a workbook, Parquet or a queue log; and where in it something stands.

pub(super) mod dialect;
pub(super) mod records;
pub(super) mod queue_log;
pub(super) mod titles;
pub(super) mod row;
pub(super) mod sheet;
pub(super) mod sections;
pub(super) mod workbook;
#[cfg(feature = "parquet")]
pub(super) mod parquet_sheet;
pub(super) mod files;
pub(super) mod gathered;
