//! What polars says, in a line.

use polars::prelude::PolarsError;

/// The first line of polars' message.
pub(super) fn brief(error: &PolarsError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
