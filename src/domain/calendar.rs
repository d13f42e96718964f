//! Opening hours by weekday, holidays, and spans of dates.

use chrono::{Datelike, NaiveDate, Weekday};

use super::ids::{RegionId, SiteId};
use super::time::{Instant, Zone, local_date, minute_of_day};

/// A span of the wall clock within one day, in minutes from midnight; `until` may be 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClockSpan {
    from: u16,
    until: u16,
}

impl ClockSpan {
    /// The whole day.
    pub const ALL_DAY: Self = Self { from: 0, until: 1440 };

    /// From one minute of the day to a later one, at most 24:00.
    #[must_use]
    pub fn new(from: u16, until: u16) -> Option<Self> {
        (from < until && until <= 1440).then_some(Self { from, until })
    }

    /// First minute of the day within the span.
    #[must_use]
    pub const fn from(self) -> u16 {
        self.from
    }

    /// First minute of the day after the span.
    #[must_use]
    pub const fn until(self) -> u16 {
        self.until
    }

    /// Whether a minute of the day lies in the span.
    #[must_use]
    pub fn holds(self, minute: u32) -> bool {
        (u32::from(self.from)..u32::from(self.until)).contains(&minute)
    }
}

/// Opening hours by weekday on the local wall clock. Hours past midnight are two spans on two days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeeklyHours {
    spans: [Vec<ClockSpan>; 7],
}

impl WeeklyHours {
    /// Around the clock.
    #[must_use]
    pub fn always() -> Self {
        Self { spans: std::array::from_fn(|_| vec![ClockSpan::ALL_DAY]) }
    }

    /// Adds a span on a weekday.
    pub fn open(&mut self, day: Weekday, span: ClockSpan) {
        let spans = &mut self.spans[day.num_days_from_monday() as usize];
        spans.push(span);
        spans.sort();
    }

    /// The spans of a weekday, in order.
    #[must_use]
    pub fn on(&self, day: Weekday) -> &[ClockSpan] {
        &self.spans[day.num_days_from_monday() as usize]
    }

    /// Whether the wall clock in `zone` is within opening hours at an instant; holidays are not considered.
    #[must_use]
    pub fn is_open(&self, at: Instant, zone: Zone) -> bool {
        let minute = minute_of_day(at, zone);
        self.on(local_date(at, zone).weekday()).iter().any(|span| span.holds(minute))
    }
}

/// Whether a holiday closes a region or merely changes its volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolidayService {
    /// Contacts come, though fewer or more than usual.
    Open,
    /// The region is closed: no contacts are expected.
    Closed,
}

/// A public holiday or another special day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The local date.
    pub date: NaiveDate,
    /// The name; past and future days of one name teach each other.
    pub name: String,
    /// The regions it concerns (by region id, in every queue); none means all.
    pub regions: Vec<RegionId>,
    /// The sites where the holiday premium is due.
    pub sites: Vec<SiteId>,
    /// Whether customers are served on it.
    pub service: HolidayService,
}

impl Holiday {
    /// Whether it concerns a region.
    #[must_use]
    pub fn concerns(&self, region: &RegionId) -> bool {
        self.regions.is_empty() || self.regions.contains(region)
    }
}

/// Dates from one to another, both included; open at an end where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateSpan {
    /// First date.
    pub from: Option<NaiveDate>,
    /// Last date.
    pub until: Option<NaiveDate>,
}

impl DateSpan {
    /// Whether a date lies in the span.
    #[must_use]
    pub fn holds(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_hours_are_read_off_the_customers_clock() {
        let mut hours = WeeklyHours::default();
        hours.open(Weekday::Mon, ClockSpan::new(9 * 60, 17 * 60).expect("a span"));
        let new_york = chrono_tz::America::New_York;
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        // 9:00 in New York is 14:00 UTC in winter and 13:00 in summer.
        assert!(!hours.is_open(at("2026-01-05T13:59:00Z"), new_york));
        assert!(hours.is_open(at("2026-01-05T14:00:00Z"), new_york));
        assert!(hours.is_open(at("2026-07-06T13:00:00Z"), new_york));
        assert!(!hours.is_open(at("2026-07-07T13:00:00Z"), new_york));
    }
}
