//! One centre: its dates, queues, clocks and events, and the mean of every interval.

use std::ops::Range;

use chrono::Duration;

use crate::domain::time::{IntervalGrid, start_of_day};

use super::calendar_of_holidays::{PublicHoliday, holidays};
use super::event_calendar::events;
use super::events::{CentreEvent, extra};
use super::handle_time::{HandleTime, handle_time};
use super::params::CentreParams;
use super::queues::{SyntheticQueue, queues};
use super::regions::{COUNTRIES, Clock, clock};
use super::volume::{Volume, volume};

/// The planning zone: days of history and plan begin at its midnight.
pub(super) const PLAN_ZONE: chrono_tz::Tz = chrono_tz::Europe::Warsaw;
/// Days between the end of history and the week to plan: planning happens on the Friday before.
const DAYS_TO_PLAN_IN: i64 = 3;

/// Everything about a centre that chance and the parameters decide before a single contact is counted.
pub(super) struct SyntheticCentre {
    /// What was asked for.
    pub(super) params: CentreParams,
    /// From the first interval of history to the end of the week to plan.
    pub(super) grid: IntervalGrid,
    /// Intervals of the grid that have history.
    pub(super) past: Range<usize>,
    /// Intervals of the week to plan.
    pub(super) horizon: Range<usize>,
    /// The queues.
    pub(super) queues: Vec<SyntheticQueue>,
    /// Holidays from a year before history to a year after the plan, so that every date in use knows its neighbours.
    pub(super) calendar: Vec<PublicHoliday>,
    /// The wall clock of each country.
    pub(super) clocks: Vec<Clock>,
    /// Contacts relative to a company of size 1.
    pub(super) size: f64,
    /// What happened and will happen.
    pub(super) events: Vec<CentreEvent>,
}

/// The noise-free truth of one interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Mean {
    /// Contacts that season, trend and calendar bring.
    pub(super) ordinary: f64,
    /// Contacts that events add.
    pub(super) event: f64,
    /// Seconds of work in all of them.
    pub(super) work: f64,
}

impl Mean {
    /// All contacts.
    pub(super) fn offered(&self) -> f64 {
        self.ordinary + self.event
    }

    /// Mean handle time in seconds, where there are contacts.
    pub(super) fn aht(&self) -> Option<f64> {
        (self.offered() > 0.0).then(|| self.work / self.offered())
    }
}

/// One queue and country of a centre.
pub(super) struct CountrySeries<'a> {
    centre: &'a SyntheticCentre,
    queue: usize,
    country: usize,
    volume: Volume,
    /// How long its contacts take.
    pub(super) time: HandleTime,
}

impl SyntheticCentre {
    /// A company of size 1.
    pub(super) fn new(params: CentreParams) -> Self {
        let history_end = params.start - Duration::days(DAYS_TO_PLAN_IN);
        let history_start = history_end - Duration::weeks(i64::from(params.weeks_of_history));
        let end = params.start + Duration::days(7);
        let midnight = |date| start_of_day(date, PLAN_ZONE);
        let grid = IntervalGrid::covering(midnight(history_start), midnight(end), params.interval);
        let queues = queues(params.queues, params.seed);
        Self {
            past: grid.range(grid.start(), midnight(history_end)),
            horizon: grid.range(midnight(params.start), midnight(end)),
            calendar: holidays(history_start - Duration::days(2), end + Duration::days(30)),
            clocks: COUNTRIES.iter().map(|country| clock(&grid, country.zone)).collect(),
            events: events(&params, &queues, 1.0),
            size: 1.0,
            grid,
            queues,
            params,
        }
    }

    /// Intervals in an hour.
    pub(super) fn intervals_per_hour(&self) -> usize {
        usize::try_from(60 / self.params.interval.get()).unwrap_or(1)
    }

    /// The same centre with a company of another size.
    pub(super) fn resized(mut self, size: f64) -> Self {
        self.events = events(&self.params, &self.queues, size);
        self.size = size;
        self
    }

    /// One queue's country.
    pub(super) fn series(&self, queue: usize, country: usize) -> CountrySeries<'_> {
        let of = &self.queues[queue];
        let seed = self.params.seed;
        CountrySeries {
            centre: self,
            queue,
            country,
            volume: volume(of, country, &self.clocks[country], self.params.interval, &self.calendar, seed),
            time: handle_time(of, country, seed),
        }
    }

    /// The means of a whole queue over a range of the grid, summed over its countries.
    pub(super) fn queue_means(&self, queue: usize, range: &Range<usize>) -> Vec<Mean> {
        let mut sums = vec![Mean::default(); range.len()];
        for country in &self.queues[queue].countries {
            for (sum, mean) in sums.iter_mut().zip(self.series(queue, *country).means(range)) {
                sum.ordinary += mean.ordinary;
                sum.event += mean.event;
                sum.work += mean.work;
            }
        }
        sums
    }
}

impl CountrySeries<'_> {
    /// The means of a range of the grid; all zero where the line is closed.
    pub(super) fn means(&self, range: &Range<usize>) -> Vec<Mean> {
        let centre = self.centre;
        let extras = extra(&centre.events, &centre.queues, self.queue, self.country, &centre.grid, range.clone());
        let walls = &centre.clocks[self.country].walls[range.clone()];
        walls
            .iter()
            .zip(extras)
            .map(|(wall, extra)| {
                let ordinary = centre.size * self.volume.at(wall);
                if ordinary <= 0.0 {
                    return Mean::default();
                }
                let seconds = self.time.at(wall);
                Mean { ordinary, event: extra.contacts, work: seconds * (ordinary + extra.work) }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> SyntheticCentre {
        SyntheticCentre::new(CentreParams { weeks_of_history: 60, ..CentreParams::default() })
    }

    #[test]
    fn history_ends_on_the_night_to_friday_before_the_plan() {
        let centre = small();
        assert_eq!(centre.grid.start_of(centre.past.end).to_rfc3339(), "2026-11-26T23:00:00+00:00");
        assert_eq!(centre.horizon.len(), 7 * 96);
        // Sixty weeks of quarter hours: the autumn hour that repeats and the spring hour that is missing cancel.
        assert_eq!(centre.past.len(), 60 * 7 * 96 + 4);
    }

    #[test]
    fn contacts_come_in_opening_hours_of_the_customers_clock_only() {
        let centre = small();
        let means = centre.series(0, 3).means(&centre.past);
        for (mean, wall) in means.iter().zip(&centre.clocks[3].walls) {
            let open = crate::generate::queues::is_open(centre.queues[0].topic.hours("us"), wall.weekday, wall.minute);
            assert!(open || mean.offered() == 0.0);
        }
        assert!(means.iter().any(|mean| mean.event > 0.0));
    }

    #[test]
    fn twice_the_size_brings_twice_the_contacts() {
        let total =
            |centre: &SyntheticCentre| centre.queue_means(0, &centre.horizon).iter().map(Mean::offered).sum::<f64>();
        let centre = small();
        let one = total(&centre);
        let two = total(&centre.resized(2.0));
        assert!((two / one - 2.0).abs() < 0.01, "{one} {two}");
    }
}
