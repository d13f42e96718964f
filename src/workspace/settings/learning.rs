//! `[learning]`: how much longer newcomers take, and how fast that goes.

use super::fields::Fields;
use crate::domain::learning_curve::LearningCurve;
use crate::workspace::words::{above, number};

/// The longest that learning may take, weeks; and the most that first contacts may take longer.
const MOST_WEEKS: f64 = 520.0;
const MOST_EXTRA: f64 = 9.0;

/// Reads `[learning]`; without it everybody has learned.
pub(super) fn learning(root: &Fields<'_>) -> Option<LearningCurve> {
    let fields = root.section("learning")?;
    let extra = fields.required("extra", number(0.0..=MOST_EXTRA));
    let weeks = fields.required("weeks", above(MOST_WEEKS));
    fields.finish();
    Some(LearningCurve { extra: extra?, weeks: weeks? })
}
