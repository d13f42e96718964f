//! When the building must be open for its queues.

use super::hours::DAYS;
use super::queues::StarterQueue;

/// Before this hour and after [`EVENING_ENDS`] people work nights.
const NIGHT_ENDS: i64 = 6 * 60;
const EVENING_ENDS: i64 = 22 * 60;
/// So that a full shift fits around short opening hours.
const BEFORE_AND_AFTER: i64 = 60;

/// The building's hours per weekday in minutes of the day, and whether people must work at night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// From and until, per weekday from Monday; none where all queues are closed.
    pub(super) days: [Option<(i64, i64)>; 7],
    /// Whether any queue is open at night; the building is then never closed.
    pub(super) nights: bool,
}

/// Hours that span those of all queues, with an hour before and after.
pub(super) fn opening(queues: &[StarterQueue]) -> Opening {
    let spans = DAYS.map(|day| {
        let spans = queues.iter().flat_map(|queue| queue.hours.on(day));
        spans.fold(None, |whole: Option<(i64, i64)>, span| {
            let (from, until) = whole.unwrap_or((1440, 0));
            Some((from.min(i64::from(span.from())), until.max(i64::from(span.until()))))
        })
    });
    let nights = spans.iter().flatten().any(|(from, until)| *from < NIGHT_ENDS || *until > EVENING_ENDS);
    let widened = |(from, until): (i64, i64)| ((from - BEFORE_AND_AFTER).max(0), (until + BEFORE_AND_AFTER).min(1440));
    Opening { days: if nights { [Some((0, 1440)); 7] } else { spans.map(|span| span.map(widened)) }, nights }
}

impl Opening {
    /// First and last minute of any day.
    pub(super) fn extent(&self) -> (i64, i64) {
        let days = self.days.iter().flatten();
        days.fold((1440, 0), |(from, until), day| (from.min(day.0), until.max(day.1)))
    }
}
