//! Day totals by exponential smoothing with a damped trend and a weekday's factor, spread by the weekday's shape.
//!
//! Level, trend and seven weekdays move with every day (Holt-Winters with a damped trend on logarithms, ETS(A,Ad,A); Gardner &
//! `McKenzie`, Mgmt Sci 31, 1985; Hyndman, Koehler, Ord & Snyder 2008). How fast each moves is chosen by how well days up to a
//! week ahead were foretold, the recent ones weighing most. What comes round with
//! the year and the month is divided out as the regression of days knows it; the trend is its own, and so it is there when a level climbs.

use chrono::NaiveDate;

use crate::forecast::profile::region_profile::Profile;

use super::fitted::Baseline;
use super::root_rows::weekday;

/// How fast the level follows a day, that are tried.
const LEVELS: [f64; 5] = [0.05, 0.12, 0.25, 0.4, 0.6];
/// How fast the trend follows the level.
const TRENDS: [f64; 4] = [0.0, 0.02, 0.06, 0.15];
/// How fast a weekday's factor follows.
const WEEKDAYS: [f64; 3] = [0.05, 0.15, 0.35];
/// What is left of the trend from day to day.
const DAMPING: f64 = 0.95;
/// Half-life, in days, of what a day says of the choice.
const HALF_LIFE_DAYS: f64 = 42.0;
/// Days on which level and weekdays start.
const START_DAYS: usize = 28;
/// Days that are looked back, at most.
const LONGEST_DAYS: usize = 371;
/// Days ahead by which the choice is made.
const AHEAD: usize = 7;

/// A level that moves.
pub(super) struct DampedTrend<'a> {
    profile: &'a Profile<'a>,
    state: State,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    level: f64,
    trend: f64,
    weekdays: [f64; 7],
}

#[derive(Clone, Copy, Debug)]
struct Pace {
    level: f64,
    trend: f64,
    weekday: f64,
}

impl State {
    fn ahead(&self, days: usize, weekday: usize) -> f64 {
        let damped = DAMPING * (1.0 - DAMPING.powf(days as f64)) / (1.0 - DAMPING);
        self.level + damped * self.trend + self.weekdays[weekday]
    }

    /// A day later, with what came of it.
    fn after(mut self, came: Option<f64>, weekday: usize, pace: Pace) -> Self {
        let (level, trend) = (self.level + DAMPING * self.trend, DAMPING * self.trend);
        let surprise = came.map_or(0.0, |came| came - level - self.weekdays[weekday]);
        self.level = level + pace.level * surprise;
        self.trend = trend + pace.trend * surprise;
        self.weekdays[weekday] += pace.weekday * surprise;
        self
    }
}

impl<'a> DampedTrend<'a> {
    /// Chooses the pace and follows it to the last day.
    pub(super) fn fit(profile: &'a Profile<'a>) -> Self {
        let days = log_totals(profile);
        let start = start(&days);
        let mut best = (f64::INFINITY, start);
        for level in LEVELS {
            for trend in TRENDS.iter().map(|trend| trend * level) {
                for weekday in WEEKDAYS {
                    let (error, end) = run(&days, start, Pace { level, trend, weekday });
                    if error < best.0 {
                        best = (error, end);
                    }
                }
            }
        }
        Self { profile, state: best.1 }
    }
}

impl Baseline for DampedTrend<'_> {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        let ahead = usize::try_from((date - self.profile.last()).num_days()).unwrap_or(0).max(1);
        let cycle = self.profile.level.cycle_factor(date, self.profile.calendar);
        let total = self.state.ahead(ahead, weekday(date)).exp() * cycle;
        self.profile.shape.of(date).iter().map(|share| total * share).collect()
    }
}

/// The logarithm of each recent day's total, what comes round divided out, and its weekday.
fn log_totals(profile: &Profile<'_>) -> Vec<(Option<f64>, usize)> {
    let days = &profile.days;
    let of = |day: usize| {
        let date = days.date(day);
        let known = days.day(day).iter().zip(profile.shape.of(date)).filter(|(value, _)| !value.is_nan());
        let (contacts, exposure) = known.fold((0.0, 0.0), |sum, (value, share)| (sum.0 + value, sum.1 + share));
        let usable = exposure >= 0.5 && contacts > 0.0 && profile.trust[day] >= 0.5;
        let level = &profile.level;
        let factor = level.holiday_factor(date, profile.calendar) * level.cycle_factor(date, profile.calendar);
        (usable.then(|| (contacts / exposure / factor).ln()), weekday(date))
    };
    (days.len().saturating_sub(LONGEST_DAYS)..days.len()).map(of).collect()
}

/// Means of the first weeks.
fn start(days: &[(Option<f64>, usize)]) -> State {
    let first = &days[..days.len().min(START_DAYS)];
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let (sum, count) = values.fold((0.0, 0.0), |sum, value| (sum.0 + value, sum.1 + 1.0));
        if count > 0.0 { Some(sum / count) } else { None }
    };
    let level = mean(&mut first.iter().filter_map(|day| day.0))
        .or_else(|| mean(&mut days.iter().filter_map(|day| day.0)))
        .unwrap_or(f64::NEG_INFINITY);
    let weekdays = std::array::from_fn(|at| {
        mean(&mut first.iter().filter(|day| day.1 == at).filter_map(|day| day.0)).map_or(0.0, |own| own - level)
    });
    State { level, trend: 0.0, weekdays }
}

/// Mean squared error of days up to a week ahead, by recency, and the last state.
fn run(days: &[(Option<f64>, usize)], start: State, pace: Pace) -> (f64, State) {
    let (mut state, mut sum) = (start, (0.0, 0.0));
    for (at, (came, weekday)) in days.iter().enumerate() {
        if at >= START_DAYS / 2 {
            for (ahead, (later, its_weekday)) in days[at..].iter().take(AHEAD).enumerate() {
                if let Some(later) = later {
                    let weight = 0.5f64.powf((days.len() - at) as f64 / HALF_LIFE_DAYS);
                    sum.0 += weight * (later - state.ahead(ahead + 1, *its_weekday)).powi(2);
                    sum.1 += weight;
                }
            }
        }
        state = state.after(*came, *weekday, pace);
    }
    (if sum.1 > 0.0 { sum.0 / sum.1 } else { 0.0 }, state)
}
