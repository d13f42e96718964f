//! A shift that differs, and how.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::matching::Pair;
use crate::output::local_time;
use crate::output::results::{Results, RosteredShift};

/// How a shift differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// It is as long as before, at another time, on another day or at another site.
    Moved,
    /// It is longer.
    Lengthened,
    /// It is shorter.
    Shortened,
    /// It begins and ends as before; its breaks, or the gap of a split shift, lie elsewhere.
    Rearranged,
}

impl Change {
    /// All of them, in the order in which they are counted up.
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Removed, Self::Moved, Self::Lengthened, Self::Shortened, Self::Rearranged];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Lengthened => "lengthened",
            Self::Shortened => "shortened",
            Self::Rearranged => "rearranged",
        }
    }
}

/// A shift in one of the rosters, on the clock of its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftTimes {
    /// Its name.
    pub shift_id: String,
    /// Where.
    pub site: String,
    /// The site's day on which it starts.
    pub date: NaiveDate,
    /// Start.
    pub start: DateTime<FixedOffset>,
    /// End.
    pub end: DateTime<FixedOffset>,
    /// Minutes, breaks included, the gap of a split shift left out.
    pub minutes: i64,
}

/// A shift that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftChange {
    /// Whose.
    pub agent: String,
    /// The name for people.
    pub name: String,
    /// How.
    pub change: Change,
    /// As it was.
    pub before: Option<ShiftTimes>,
    /// As it is.
    pub after: Option<ShiftTimes>,
}

impl ShiftChange {
    /// The day by which it is listed: that before, if there is one.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.before.as_ref().or(self.after.as_ref()).map(|of| of.date).unwrap_or_default()
    }

    /// Minutes more than before.
    #[must_use]
    pub fn minutes_difference(&self) -> i64 {
        let minutes = |of: &Option<ShiftTimes>| of.as_ref().map_or(0, |of| of.minutes);
        minutes(&self.after) - minutes(&self.before)
    }
}

/// What differs of a shift; nothing where agents would see no difference.
pub(super) fn of(pair: &Pair<'_>, (before, after): (&Results, &Results)) -> Option<ShiftChange> {
    let times = |results: &Results, of: &RosteredShift| {
        let (span, zone) = (of.shift.span(), results.zone_of(of));
        ShiftTimes {
            shift_id: of.shift.id.to_string(),
            site: results.site(of).id.clone(),
            date: of.shift.date,
            start: local_time::wall(span.from, zone),
            end: local_time::wall(span.until, zone),
            minutes: of.shift.length().get(),
        }
    };
    let (was, is) = (pair.before.map(|of| times(before, of)), pair.after.map(|of| times(after, of)));
    let change = match (&was, &is) {
        (None, None) => return None,
        (None, Some(_)) => Change::Added,
        (Some(_), None) => Change::Removed,
        (Some(was), Some(is)) => {
            let pieces = |of: Option<&RosteredShift>| of.map(|of| of.shift.pieces.clone());
            match is.minutes.cmp(&was.minutes) {
                std::cmp::Ordering::Greater => Change::Lengthened,
                std::cmp::Ordering::Less => Change::Shortened,
                std::cmp::Ordering::Equal if (was.start, &was.site) != (is.start, &is.site) => Change::Moved,
                std::cmp::Ordering::Equal if pieces(pair.before) != pieces(pair.after) => Change::Rearranged,
                std::cmp::Ordering::Equal => return None,
            }
        }
    };
    let name = |results: &Results, of: &RosteredShift| results.agent(of).name.clone();
    let name = pair.after.map(|of| name(after, of)).or_else(|| pair.before.map(|of| name(before, of)));
    Some(ShiftChange { agent: pair.agent.to_owned(), name: name.unwrap_or_default(), change, before: was, after: is })
}
