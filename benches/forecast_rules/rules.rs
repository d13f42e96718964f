//! The rules a planner would use, at the origins of a back-test, and how far each was off.

use chrono::{Duration, NaiveDate};
use obsada::domain::backtest::{Backtest, BacktestPoint};
use obsada::domain::time::{Instant, instant_at_or_after, local_date, start_of_day};

use crate::histories::QueuePast;

/// Names of the rules, in the order of [`Errors::rules`].
pub(crate) const RULES: [&str; 3] = ["last week", "mean of four", "median of eight"];

/// Sums over intervals, or over days.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Errors {
    /// Contacts that came.
    pub(crate) came: f64,
    /// Absolute errors of the engine.
    pub(crate) engine: f64,
    /// Forecast less actual, of the engine.
    pub(crate) bias: f64,
    /// Counts that came within the band.
    pub(crate) within: f64,
    /// Counts.
    pub(crate) count: f64,
    /// Absolute errors of the rules.
    pub(crate) rules: [f64; 3],
}

/// One origin's errors by interval and by day.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OriginErrors {
    /// Of intervals.
    pub(crate) intervals: Errors,
    /// Of days.
    pub(crate) days: Errors,
}

/// What came, what was forecast, whether it lay in the band, and what the rules say.
#[derive(Clone, Copy)]
struct Said {
    came: f64,
    engine: f64,
    within: bool,
    rules: [f64; 3],
}

impl Said {
    fn errors(self) -> Errors {
        Errors {
            came: self.came,
            engine: (self.engine - self.came).abs(),
            bias: self.engine - self.came,
            within: f64::from(u8::from(self.within)),
            count: 1.0,
            rules: self.rules.map(|rule| (rule - self.came).abs()),
        }
    }
}

impl Errors {
    /// Both together.
    #[must_use]
    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self {
            came: self.came + other.came,
            engine: self.engine + other.engine,
            bias: self.bias + other.bias,
            within: self.within + other.within,
            count: self.count + other.count,
            rules: std::array::from_fn(|at| self.rules[at] + other.rules[at]),
        }
    }

    /// The least error of a rule.
    pub(crate) fn best(&self) -> f64 {
        self.rules.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// Errors by origin, in order.
pub(crate) fn errors(past: &QueuePast, backtest: &Backtest) -> Vec<OriginErrors> {
    let of_origin = |points: &[BacktestPoint]| {
        let said: Vec<(NaiveDate, Said)> = points
            .iter()
            .filter_map(|point| Some((local_date(point.start, past.zone), of_point(past, point)?)))
            .collect();
        let sum = |all: Errors, of: Said| all.plus(&of.errors());
        let days = said.chunk_by(|one, next| one.0 == next.0).map(|day| whole(past, backtest, points[0].origin, day));
        OriginErrors {
            intervals: said.iter().map(|of| of.1).fold(Errors::default(), sum),
            days: days.fold(Errors::default(), sum),
        }
    };
    backtest.points.chunk_by(|one, next| one.origin == next.origin).map(of_origin).collect()
}

/// A day's sums, and whether its own band held.
fn whole(past: &QueuePast, backtest: &Backtest, origin: Instant, day: &[(NaiveDate, Said)]) -> Said {
    let total = |of: &dyn Fn(&Said) -> f64| day.iter().map(|(_, said)| of(said)).sum::<f64>();
    let start = start_of_day(day[0].0, past.zone);
    let banded = backtest
        .totals
        .iter()
        .find(|total| total.days == 1 && total.origin == origin && start_of_day(total.from, past.zone) == start);
    Said {
        came: total(&|of| of.came),
        engine: total(&|of| of.engine),
        within: banded.is_some_and(|total| (total.p10..=total.p90).contains(&total.actual)),
        rules: std::array::from_fn(|at| total(&|of| of.rules[at])),
    }
}

/// None where a rule has nothing to say.
fn of_point(past: &QueuePast, point: &BacktestPoint) -> Option<Said> {
    let known: Vec<f64> = (1..=12)
        .filter_map(|weeks| {
            let wall = point.start.with_timezone(&past.zone).naive_local() - Duration::weeks(weeks);
            let at = instant_at_or_after(wall, past.zone);
            past.grid.index_of(at).filter(|_| at < point.origin).and_then(|at| past.offered.get(at))
        })
        .take(8)
        .collect();
    let last = *known.first()?;
    let four = &known[..known.len().min(4)];
    let mean = four.iter().sum::<f64>() / four.len() as f64;
    let mut sorted = known.clone();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let median = if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) };
    let within = (point.p10..=point.p90).contains(&point.actual);
    Some(Said { came: point.actual, engine: point.offered, within, rules: [last, mean, median] })
}
