//! What people have been told of their days, and what it costs to change it.

use chrono::NaiveDate;

use super::roster::{Piece, parts, span_of};
use super::span::Span;
use super::time::Instant;
use super::units::{Minutes, Money};

/// How a day differs from what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DayChange {
    /// Only the breaks, or the sessions, within the shift.
    Breaks,
    /// The shift begins earlier or ends later, or both.
    Lengthened,
    /// The shift begins later or ends earlier, or both.
    Shortened,
    /// The shift has other hours.
    Moved,
    /// A shift on a day off.
    Added,
    /// A day off instead of the shift.
    Cancelled,
}

impl DayChange {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Breaks, Self::Lengthened, Self::Shortened, Self::Moved, Self::Added, Self::Cancelled];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Breaks => "breaks",
            Self::Lengthened => "lengthened",
            Self::Shortened => "shortened",
            Self::Moved => "moved",
            Self::Added => "added",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What each change of a day costs, in the order of [`DayChange::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangePrices([Money; 6]);

impl ChangePrices {
    /// Prices by change.
    #[must_use]
    pub fn new(price: impl Fn(DayChange) -> Money) -> Self {
        Self(DayChange::ALL.map(price))
    }

    /// What a change costs.
    #[must_use]
    pub fn of(&self, change: DayChange) -> Money {
        let place = DayChange::ALL.iter().position(|of| *of == change);
        place.map_or(Money::ZERO, |place| self.0[place])
    }
}

/// What a planner would pay so that a day stays as it was promised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceOfChange {
    /// By change.
    pub prices: ChangePrices,
    /// Days that begin sooner than this after the plan is made again are at short notice.
    pub short_notice: Minutes,
    /// How many times as much a change costs at short notice.
    pub at_short_notice: f64,
    /// What a request of an agent may cost more at most, so that it is granted.
    pub most_per_request: Money,
}

impl Default for PriceOfChange {
    fn default() -> Self {
        let price = |change| {
            Money::rounded(match change {
                DayChange::Breaks => 1.0,
                DayChange::Lengthened | DayChange::Shortened => 10.0,
                DayChange::Moved => 20.0,
                DayChange::Added | DayChange::Cancelled => 30.0,
            })
        };
        Self {
            prices: ChangePrices::new(price),
            short_notice: Minutes::hours(48),
            at_short_notice: 2.0,
            most_per_request: Money::rounded(60.0),
        }
    }
}

impl PriceOfChange {
    /// The prices of a day that begins, by its shift or by its date, so long after the plan is made again.
    #[must_use]
    pub fn after(&self, notice: Minutes) -> ChangePrices {
        let factor = if notice < self.short_notice { self.at_short_notice } else { 1.0 };
        ChangePrices::new(|change| Money::rounded(self.prices.of(change).as_f64() * factor))
    }
}

/// A day as an agent was told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromisedDay {
    /// The site's date.
    pub date: NaiveDate,
    /// The pieces of its shift; none on a day off.
    pub pieces: Vec<Piece>,
    /// Whether it stays as it is: it has begun, or is locked.
    pub is_fixed: bool,
    /// Before this no other shift may start.
    pub not_before: Instant,
    /// Whether a change of it is at short notice.
    pub is_short_notice: bool,
    /// What a change of it costs.
    pub prices: ChangePrices,
}

impl PromisedDay {
    /// How pieces differ from those promised, if they do; no pieces are a day off.
    #[must_use]
    pub fn change(&self, pieces: &[Piece]) -> Option<DayChange> {
        match (self.pieces.is_empty(), pieces.is_empty()) {
            (true, true) => None,
            (true, false) => Some(DayChange::Added),
            (false, true) => Some(DayChange::Cancelled),
            (false, false) if self.pieces == pieces => None,
            (false, false) => Some(of_hours(&spans(&self.pieces), &spans(pieces))),
        }
    }

    /// What pieces cost that differ from those promised.
    #[must_use]
    pub fn price(&self, pieces: &[Piece]) -> Money {
        self.change(pieces).map_or(Money::ZERO, |change| self.prices.of(change))
    }
}

fn spans(pieces: &[Piece]) -> Vec<Span> {
    parts(pieces).map(span_of).collect()
}

/// How the hours of a shift, those of its parts, become others.
fn of_hours(before: &[Span], after: &[Span]) -> DayChange {
    if before == after {
        return DayChange::Breaks;
    }
    match (before, after) {
        ([before], [after]) if after.from <= before.from && before.until <= after.until => DayChange::Lengthened,
        ([before], [after]) if before.from <= after.from && after.until <= before.until => DayChange::Shortened,
        _ => DayChange::Moved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::Activity;

    fn shift(hours: &[(i64, i64)]) -> Vec<Piece> {
        let at = |hour: i64| Instant::UNIX_EPOCH + Minutes::hours(hour).duration();
        let piece = |&(from, until): &(i64, i64)| Piece {
            activity: Activity::Work,
            span: Span { from: at(from), until: at(until) },
        };
        hours.iter().map(piece).collect()
    }

    #[test]
    fn a_change_is_told_by_the_hours() {
        let day = |pieces| PromisedDay {
            date: NaiveDate::default(),
            pieces,
            is_fixed: false,
            not_before: Instant::UNIX_EPOCH,
            is_short_notice: false,
            prices: ChangePrices::new(|change| Money::rounded(f64::from(u8::from(change == DayChange::Moved)))),
        };
        let of = |before: &[(i64, i64)], after: &[(i64, i64)]| day(shift(before)).change(&shift(after));
        assert_eq!(of(&[(8, 16)], &[(8, 16)]), None);
        assert_eq!(of(&[(8, 16)], &[(8, 12), (12, 16)]), Some(DayChange::Breaks));
        assert_eq!(of(&[(8, 16)], &[(7, 16)]), Some(DayChange::Lengthened));
        assert_eq!(of(&[(8, 16)], &[(9, 15)]), Some(DayChange::Shortened));
        assert_eq!(of(&[(8, 16)], &[(9, 17)]), Some(DayChange::Moved));
        assert_eq!(of(&[(8, 16)], &[(8, 11), (13, 18)]), Some(DayChange::Moved));
        assert_eq!((of(&[], &[(8, 16)]), of(&[(8, 16)], &[])), (Some(DayChange::Added), Some(DayChange::Cancelled)));
        assert_eq!(day(shift(&[(8, 16)])).price(&shift(&[(9, 17)])), Money::rounded(1.0));
    }
}
