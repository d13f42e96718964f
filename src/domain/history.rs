//! Contacts counted in the past, one series per queue and region on one grid.

use super::ids::QueueIx;
use super::time::{Instant, IntervalGrid};

/// Counts per interval in which some are unknown: outages, gaps in an export, closed hours.
///
/// Unknown is stored as NaN so that fifty queues of three years fit in memory; only [`Counts::get`] tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts(Vec<f64>);

impl Counts {
    /// That many intervals, all unknown.
    #[must_use]
    pub fn unknown(len: usize) -> Self {
        Self(vec![f64::NAN; len])
    }

    /// How many intervals.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of an interval, if it is known.
    #[must_use]
    pub fn get(&self, interval: usize) -> Option<f64> {
        self.0.get(interval).copied().filter(|value| !value.is_nan())
    }

    /// Makes a value known.
    pub fn set(&mut self, interval: usize, value: f64) {
        self.0[interval] = value;
    }

    /// Forgets a value.
    pub fn forget(&mut self, interval: usize) {
        self.0[interval] = f64::NAN;
    }

    /// All values in order, none where unknown.
    pub fn iter(&self) -> impl Iterator<Item = Option<f64>> + '_ {
        self.0.iter().map(|value| (!value.is_nan()).then_some(*value))
    }

    /// The first intervals only.
    #[must_use]
    pub fn first(&self, len: usize) -> Self {
        Self(self.0[..len.min(self.0.len())].to_vec())
    }

    /// The sum of what is known.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.iter().flatten().sum()
    }
}

impl FromIterator<Option<f64>> for Counts {
    fn from_iter<I: IntoIterator<Item = Option<f64>>>(values: I) -> Self {
        Self(values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect())
    }
}

/// What was counted for one queue and region. Closed hours are unknown, not zero.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedSeries {
    /// The queue.
    pub queue: QueueIx,
    /// Position of the region within the queue.
    pub region: usize,
    /// Contacts offered per interval of the grid.
    pub offered: Counts,
    /// Mean handle time in seconds per interval, where the history tells.
    pub aht_s: Counts,
    /// Intervals that were taken for outages, and what was counted in them: unknown to the forecast, but lived through, and so
    /// part of its scores.
    pub outages: Vec<(usize, f64)>,
}

/// All series on one grid.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The intervals; UTC multiples of the plan's interval.
    pub grid: IntervalGrid,
    /// One series per queue and region that has history, ordered by queue, then region.
    pub series: Vec<CountedSeries>,
}

impl History {
    /// The series of a queue's region.
    #[must_use]
    pub fn series(&self, queue: QueueIx, region: usize) -> Option<&CountedSeries> {
        self.series.iter().find(|series| series.queue == queue && series.region == region)
    }

    /// What was known at an instant: intervals that had ended by then.
    #[must_use]
    pub fn known_at(&self, as_of: Instant) -> Self {
        let until = as_of.max(self.grid.start()).min(self.grid.end());
        let minutes = self.grid.interval();
        let whole = IntervalGrid::covering(self.grid.start(), until, minutes);
        let len = if whole.end() > until { whole.len() - 1 } else { whole.len() };
        Self {
            grid: IntervalGrid::covering(self.grid.start(), self.grid.start_of(len), minutes),
            series: self
                .series
                .iter()
                .map(|series| CountedSeries {
                    offered: series.offered.first(len),
                    aht_s: series.aht_s.first(len),
                    outages: series.outages.iter().copied().filter(|(interval, _)| *interval < len).collect(),
                    ..series.clone()
                })
                .collect(),
        }
    }
}

/// One thing that cleaning changed or set aside, for `cleaning.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct CleaningNote {
    /// The file, as the user named it.
    pub file: String,
    /// Line, or row of a Parquet file counted from 1; none where rows are missing.
    pub line: Option<u64>,
    /// The queue, where known.
    pub queue: Option<QueueIx>,
    /// Position of the region within the queue; none: the whole queue, or not known.
    pub region: Option<usize>,
    /// The interval or stretch's start.
    pub start: Option<Instant>,
    /// The column concerned.
    pub column: &'static str,
    /// The value as it stood; empty where there was none.
    pub was: String,
    /// What the engine uses instead; empty where it is taken as unknown.
    pub became: String,
    /// Why.
    pub why: String,
}

/// What a user's own history holds, found by looking: the ground for a starter workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// The interval found.
    pub interval: super::units::Minutes,
    /// First and last interval's start.
    pub first: Instant,
    /// Start of the last interval.
    pub last: Instant,
    /// Each queue found, in the order of names; one with an empty name where the file has no queue column.
    pub queues: Vec<SurveyedQueue>,
}

/// One queue of a surveyed file.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyedQueue {
    /// Its name in the file.
    pub name: String,
    /// Its regions' names, if the file has them.
    pub regions: Vec<String>,
    /// Contacts in all.
    pub contacts: f64,
    /// Start of its first interval.
    pub first: Instant,
    /// Start of its last interval.
    pub last: Instant,
    /// Mean contacts per local weekday (from Monday) and hour of day, 7 × 24; zero where it is never open.
    pub mean_by_hour: Vec<f64>,
    /// Opening hours inferred on the local clock.
    pub hours: super::calendar::WeeklyHours,
    /// Mean handle time, if the file tells.
    pub aht_s: Option<f64>,
}
