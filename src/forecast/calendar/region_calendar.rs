//! A region's calendar: when it is open, which days are holidays, and which days stand beside one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::calendar::{Holiday, HolidayService};
use crate::domain::queue::Region;
use crate::domain::time::{Instant, IntervalGrid, local_date, minute_of_day};

/// How a day stands to a holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The last open day before it, at most [`REACH_DAYS`] away.
    Before,
    /// The day itself, on which the region is open.
    On,
    /// The first open day after it, at most [`REACH_DAYS`] away.
    After,
    /// A working day between it and the holiday before, at most [`BETWEEN_DAYS`] apart: the days from Christmas to New Year.
    Between,
}

/// A long week-end lies between a Thursday's holiday and the Monday that feels it.
const REACH_DAYS: u64 = 4;

/// From Christmas to New Year it is six days, from the first to the last day of Sukkot seven.
const BETWEEN_DAYS: i64 = 7;

/// One holiday's mark on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Position of the holiday's name among all names of the region.
    pub(crate) name: usize,
    /// On which side of it the day lies.
    pub(super) relation: Relation,
}

/// Opening hours and holidays of one region, ready to be asked by date and slot.
#[derive(Clone, Debug)]
pub(crate) struct Calendar<'a> {
    region: &'a Region,
    open: [Vec<bool>; 7],
    closed: BTreeSet<NaiveDate>,
    marks: BTreeMap<NaiveDate, Vec<Mark>>,
    names: usize,
}

impl<'a> Calendar<'a> {
    /// The calendar of a region on the wall-clock slots of a grid's interval.
    pub(crate) fn new(region: &'a Region, holidays: &[Holiday], grid: &IntervalGrid) -> Self {
        let interval = u32::try_from(grid.interval().get()).unwrap_or(60).max(1);
        // On an hourly grid at +05:30 the intervals start at half past.
        let phase = minute_of_day(grid.start(), region.zone) % interval;
        let open = std::array::from_fn(|day| {
            let spans = region.hours.on(weekday(day));
            let minutes = (0..1440u32.div_ceil(interval)).map(|slot| slot * interval + phase);
            minutes.map(|minute| spans.iter().any(|span| span.holds(minute))).collect()
        });
        let concerned: Vec<&Holiday> = holidays.iter().filter(|holiday| holiday.concerns(&region.id)).collect();
        let closed = concerned.iter().filter(|day| day.service == HolidayService::Closed).map(|day| day.date).collect();
        let names: BTreeSet<&str> = concerned.iter().map(|holiday| holiday.name.as_str()).collect();
        let mut calendar = Self { region, open, closed, marks: BTreeMap::new(), names: names.len() };
        let name_of = |holiday: &Holiday| names.iter().position(|name| *name == holiday.name).unwrap_or(0);
        for holiday in &concerned {
            calendar.mark(holiday.date, name_of(holiday));
        }
        let mut dates: Vec<(NaiveDate, usize)> = concerned.iter().map(|day| (day.date, name_of(day))).collect();
        dates.sort_unstable();
        for pair in dates.windows(2) {
            calendar.mark_between(pair[0].0, pair[1]);
        }
        calendar
    }

    fn mark_between(&mut self, earlier: NaiveDate, (later, name): (NaiveDate, usize)) {
        if (later - earlier).num_days() <= BETWEEN_DAYS {
            for date in earlier.iter_days().skip(1).take_while(|date| *date < later) {
                if self.is_open_day(date) {
                    self.marks.entry(date).or_default().push(Mark { name, relation: Relation::Between });
                }
            }
        }
    }

    fn mark(&mut self, date: NaiveDate, name: usize) {
        let open_day = |calendar: &Self, date: Option<NaiveDate>| date.filter(|date| calendar.is_open_day(*date));
        let near = |calendar: &mut Self, relation, date: Option<NaiveDate>| {
            if let Some(date) = date {
                calendar.marks.entry(date).or_default().push(Mark { name, relation });
            }
        };
        let before = (1..=REACH_DAYS).find_map(|days| open_day(self, date.checked_sub_days(Days::new(days))));
        let after = (1..=REACH_DAYS).find_map(|days| open_day(self, date.checked_add_days(Days::new(days))));
        let on = open_day(self, Some(date));
        near(self, Relation::Before, before);
        near(self, Relation::On, on);
        near(self, Relation::After, after);
    }

    /// The region's opening by slot on a weekday, holidays aside.
    pub(crate) fn usual(&self, date: NaiveDate) -> &[bool] {
        &self.open[date.weekday().num_days_from_monday() as usize]
    }

    /// Whether the region is open at all on a date.
    pub(crate) fn is_open_day(&self, date: NaiveDate) -> bool {
        !self.closed.contains(&date) && self.usual(date).contains(&true)
    }

    /// Whether a cell is open: within opening hours, and not on a closed holiday.
    pub(crate) fn is_open(&self, date: NaiveDate, slot: usize) -> bool {
        self.usual(date)[slot] && !self.closed.contains(&date)
    }

    /// Whether customers are served at an instant, read exactly off their wall clock.
    pub(super) fn is_open_at(&self, at: Instant) -> bool {
        self.region.hours.is_open(at, self.region.zone) && !self.closed.contains(&local_date(at, self.region.zone))
    }

    /// Whether a holiday closes the region on a date.
    pub(crate) fn is_closed_holiday(&self, date: NaiveDate) -> bool {
        self.closed.contains(&date)
    }

    /// Whether a date is a declared holiday itself, open or closed.
    pub(crate) fn is_holiday(&self, date: NaiveDate) -> bool {
        self.closed.contains(&date) || self.marks(date).iter().any(|mark| mark.relation == Relation::On)
    }

    /// Whether a date is a working day between a holiday and a weekend: a Friday after Thursday's holiday, a Monday before Tuesday's.
    pub(crate) fn is_bridge(&self, date: NaiveDate) -> bool {
        let is_weekend = |date: NaiveDate| self.is_weekend(date);
        let lies_between = |one: Option<NaiveDate>, other: Option<NaiveDate>| {
            one.is_some_and(|day| self.is_holiday(day) && !is_weekend(day)) && other.is_some_and(is_weekend)
        };
        let (before, after) = (date.pred_opt(), date.succ_opt());
        self.is_working_day(date) && (lies_between(before, after) || lies_between(after, before))
    }

    /// Whether it is neither a weekend nor a holiday.
    pub(super) fn is_working_day(&self, date: NaiveDate) -> bool {
        !self.is_holiday(date) && !self.is_weekend(date)
    }

    /// Saturday and Sunday and any day without opening; where Sundays are worked and a Friday or Saturday is not, the days without opening alone.
    fn is_weekend(&self, date: NaiveDate) -> bool {
        let [.., friday, saturday, sunday] = self.open.each_ref().map(|slots| slots.contains(&true));
        let ends_on_sunday = !sunday || (friday && saturday);
        (ends_on_sunday && date.weekday().number_from_monday() > 5) || !self.usual(date).contains(&true)
    }

    /// The holidays that touch a date.
    pub(crate) fn marks(&self, date: NaiveDate) -> &[Mark] {
        self.marks.get(&date).map_or(&[], Vec::as_slice)
    }

    /// How many names of holidays there are.
    pub(crate) const fn names(&self) -> usize {
        self.names
    }

    /// The region itself.
    pub(crate) const fn region(&self) -> &'a Region {
        self.region
    }
}

fn weekday(from_monday: usize) -> chrono::Weekday {
    u8::try_from(from_monday).ok().and_then(|day| chrono::Weekday::try_from(day).ok()).unwrap_or(chrono::Weekday::Mon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;
    use crate::forecast::test_regions;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_closed_friday_is_felt_on_thursday_and_on_monday() {
        let region = test_regions::region("pl", chrono_tz::Europe::Warsaw, 5, 8, 20);
        let grid = IntervalGrid::covering(
            "2026-04-01T00:00:00Z".parse().expect("an instant"),
            "2026-04-02T00:00:00Z".parse().expect("an instant"),
            Minutes::new(60),
        );
        let good_friday = test_regions::holiday("2026-04-03", "Good Friday", HolidayService::Closed);
        let calendar = Calendar::new(&region, &[good_friday], &grid);
        assert!(!calendar.is_open(date("2026-04-03"), 10) && calendar.is_open(date("2026-04-02"), 10));
        assert!(!calendar.is_open(date("2026-04-04"), 10), "a Saturday");
        assert_eq!(calendar.marks(date("2026-04-02")), [Mark { name: 0, relation: Relation::Before }]);
        assert_eq!(calendar.marks(date("2026-04-06")), [Mark { name: 0, relation: Relation::After }]);
        assert!(calendar.marks(date("2026-04-03")).is_empty(), "a closed day needs no factor");
    }

    #[test]
    fn days_from_christmas_to_new_year_lie_between_and_those_of_two_weeks_do_not() {
        let region = test_regions::region("pl", chrono_tz::Europe::Warsaw, 5, 8, 20);
        let start = "2026-12-01T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(1), Minutes::new(60));
        let day = |date: &str, name: &str| test_regions::holiday(date, name, HolidayService::Open);
        let days = [day("2026-12-25", "Christmas"), day("2027-01-01", "New Year"), day("2027-01-15", "Fair")];
        let calendar = Calendar::new(&region, &days, &grid);
        let is_between = |day: &str| calendar.marks(date(day)).iter().any(|mark| mark.relation == Relation::Between);
        assert!(is_between("2026-12-28") && is_between("2026-12-31"));
        assert!(
            !is_between("2026-12-26") && !is_between("2026-12-25") && !is_between("2027-01-05"),
            "a Saturday is closed"
        );
    }
}
