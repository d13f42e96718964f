//! One queue as the forecast sees it: its regions' calendars, clocks and history.

use chrono::NaiveDate;

use crate::domain::event::Event;
use crate::domain::history::Counts;
use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::domain::time::{Instant, IntervalGrid, local_date};
use crate::forecast::input::ForecastInput;

use super::local_days::{LocalDays, Placement};
use super::region_calendar::Calendar;

/// One region: calendar, and counts where it has any.
pub(crate) struct RegionHistory<'a> {
    /// Opening and holidays.
    pub(crate) calendar: Calendar<'a>,
    /// Where the history's intervals lie on the region's wall clock.
    pub(crate) placement: Placement,
    /// Contacts counted, if the region has a history.
    pub(crate) offered: Option<&'a Counts>,
    /// Handle times, if the region has a history.
    pub(crate) aht_s: Option<&'a Counts>,
    /// Intervals that were taken for outages, and what was counted in them.
    pub(crate) outages: &'a [(usize, f64)],
}

/// One queue with all its regions.
pub(crate) struct QueueHistory<'a> {
    /// Position of the queue.
    pub(crate) index: QueueIx,
    /// The queue.
    pub(crate) queue: &'a Queue,
    /// Its regions, in order.
    pub(crate) regions: Vec<RegionHistory<'a>>,
    /// The history's grid.
    pub(crate) grid: IntervalGrid,
    /// All queues with their history, holidays and events: other queues teach where this one's past does not.
    pub(crate) input: ForecastInput<'a>,
    /// Events that concern the queue.
    pub(crate) events: Vec<&'a Event>,
}

impl<'a> QueueHistory<'a> {
    /// Gathers what concerns a queue.
    pub(crate) fn new(input: &ForecastInput<'a>, index: usize) -> Self {
        let queue = &input.queues[index];
        let grid = input.history.grid;
        let region = |(position, region): (usize, &'a crate::domain::queue::Region)| {
            let series = input.history.series(QueueIx(index), position);
            RegionHistory {
                calendar: Calendar::new(region, input.holidays, if grid.is_empty() { &input.grid } else { &grid }),
                placement: Placement::new(&grid, region.zone),
                offered: series.map(|series| &series.offered),
                aht_s: series.map(|series| &series.aht_s),
                outages: series.map_or(&[], |series| &series.outages),
            }
        };
        let concerns = |event: &&Event| event.queues.iter().any(|effect| effect.queue == QueueIx(index));
        Self {
            index: QueueIx(index),
            queue,
            regions: queue.regions.iter().enumerate().map(region).collect(),
            grid,
            input: *input,
            events: input.events.iter().filter(concerns).collect(),
        }
    }

    /// How many intervals had ended at an instant.
    pub(crate) fn known_at(&self, at: Instant) -> usize {
        let whole = self.grid.range(self.grid.start(), at).end;
        if whole > 0 && self.grid.start_of(whole) > at { whole - 1 } else { whole }
    }
}

impl RegionHistory<'_> {
    /// Counts by local day, of the first `known` intervals, where the region was open.
    pub(crate) fn days(&self, counts: Option<&Counts>, known: usize) -> Option<LocalDays> {
        let days = LocalDays::new(&self.placement, counts?, known);
        let open = days.map(|date, slot, value| if self.calendar.is_open(date, slot) { value } else { f64::NAN });
        open.has_data().then_some(open)
    }
}

/// The intervals a forecast is made for, and where they lie on each region's wall clock.
pub(crate) struct Target {
    /// The intervals.
    pub(crate) grid: IntervalGrid,
    /// One per region.
    pub(crate) placements: Vec<Placement>,
    /// Whether each region is open, per interval.
    pub(crate) open: Vec<Vec<bool>>,
    /// Per region, the date at the instant up to which history is known.
    today: Vec<NaiveDate>,
}

impl Target {
    /// Places a grid for every region of a queue; nothing from `origin` on is known.
    pub(crate) fn new(grid: IntervalGrid, history: &QueueHistory<'_>, origin: Instant) -> Self {
        let today = history.regions.iter().map(|region| local_date(origin, region.calendar.region().zone)).collect();
        let placements =
            history.regions.iter().map(|region| Placement::new(&grid, region.calendar.region().zone)).collect();
        let open = history
            .regions
            .iter()
            .map(|region| grid.starts().map(|at| region.calendar.is_open_at(at)).collect())
            .collect();
        Self { grid, placements, open, today }
    }

    /// Days ahead of an interval on a region's calendar: 1 on the day of the origin.
    pub(crate) fn days_ahead(&self, region: usize, at: usize) -> u32 {
        let days = (self.placements[region].of(at).0 - self.today[region]).num_days();
        u32::try_from(days + 1).unwrap_or(1).max(1)
    }
}
