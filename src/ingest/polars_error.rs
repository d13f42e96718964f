//! What polars says, in a line, and what it panics on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use tr::tr;

use polars::prelude::PolarsError;

/// The first line of polars' message.
pub(super) fn brief(error: &PolarsError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// Lets polars read bytes that may be damaged: what it panics on is an error like any other.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, PolarsError>) -> Result<T, PolarsError> {
    let damaged = || PolarsError::ComputeError(tr!("what stands in it contradicts itself").into());
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged()))
}
