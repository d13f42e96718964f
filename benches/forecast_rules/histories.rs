//! Histories of one queue each in which one thing changes: levels, bursts, weekdays, opening. Their parameters were fixed
//! before anything was tuned on them.
//!
//! An ordinary day has 150 to 3,000 contacts between 8:00 and 20:00, a weekday's factor, a season of the year and a factor of
//! its own (5 %, correlated by one half from day to day); half-hours are gamma–Poisson around it.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};
use obsada::domain::calendar::{ClockSpan, Holiday, WeeklyHours};
use obsada::domain::history::Counts;
use obsada::domain::time::{IntervalGrid, Zone, local_date, start_of_day};
use obsada::domain::units::Minutes;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Normal, Poisson};

use crate::calendars;

/// Customers' and plan's zone.
pub(crate) const ZONE: Zone = chrono_tz::Europe::Warsaw;
/// Days of history that the back-test reaches back.
pub(crate) const TESTED_DAYS: i64 = 168;
const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// What happens to a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Nothing.
    Steady,
    /// The level jumps up and stays.
    StepUp,
    /// The level drops and stays.
    StepDown,
    /// The level climbs or falls for three to twelve weeks.
    Ramp,
    /// Three bursts of one to three days.
    ShortBursts,
    /// Two bursts of four to ten days.
    LongBursts,
    /// Mondays and Fridays change places, Saturdays halve or double.
    Weekdays,
    /// A week or two without service, told as zeros or not at all; those who waited come after.
    Closure,
    /// Longer hours and a Saturday from one day on.
    NewHours,
    /// Two years that grow by a fifth to two fifths a year.
    Growth,
    /// Three to fifteen contacts a day: most half-hours have none.
    Quiet,
    /// One contact in two days to three a day, at a level that drifts.
    Rare,
    /// Two years of bills on each first working day and wages on each tenth.
    MonthPeaks,
    /// Two years of listed public holidays, from none to 30 % of a day, and half of the contacts from Christmas to New Year.
    Holidays,
    /// Nothing after 17:00 from one day on, told as zeros, and the hours left as they were.
    ClosesEarlier,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 15] = [
        Self::Steady,
        Self::StepUp,
        Self::StepDown,
        Self::Ramp,
        Self::ShortBursts,
        Self::LongBursts,
        Self::Weekdays,
        Self::Closure,
        Self::NewHours,
        Self::Growth,
        Self::Quiet,
        Self::Rare,
        Self::MonthPeaks,
        Self::Holidays,
        Self::ClosesEarlier,
    ];

    /// Its name in tables.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::StepUp => "step up",
            Self::StepDown => "step down",
            Self::Ramp => "ramp",
            Self::ShortBursts => "bursts of 1–3 days",
            Self::LongBursts => "bursts of 4–10 days",
            Self::Weekdays => "weekdays change",
            Self::Closure => "closure",
            Self::NewHours => "new hours",
            Self::Growth => "growth",
            Self::Quiet => "quiet",
            Self::Rare => "rare",
            Self::MonthPeaks => "peaks of the month",
            Self::Holidays => "holidays listed",
            Self::ClosesEarlier => "closes earlier",
        }
    }
}

/// One queue's past.
pub(crate) struct QueuePast {
    /// What it is called in tables.
    pub(crate) name: String,
    /// Customers' zone.
    pub(crate) zone: Zone,
    /// When customers are served, today.
    pub(crate) hours: WeeklyHours,
    /// The intervals.
    pub(crate) grid: IntervalGrid,
    /// Contacts per interval.
    pub(crate) offered: Counts,
    /// The first day of the back-test.
    pub(crate) tested_from: NaiveDate,
    /// Special days that are declared.
    pub(crate) holidays: Vec<Holiday>,
}

/// A burst: first day, days, factor.
type Burst = (i64, i64, f64);

struct Change {
    kind: Kind,
    /// Day on which it begins.
    at: i64,
    factor: f64,
    /// Days that it takes, or lasts.
    days: i64,
    bursts: Vec<Burst>,
    told_as_zero: bool,
}

impl Change {
    fn draw(kind: Kind, days: i64, chance: &mut ChaCha8Rng) -> Self {
        let within = |chance: &mut ChaCha8Rng| days - TESTED_DAYS + chance.random_range(14..TESTED_DAYS - 28);
        let at = within(chance);
        let up = chance.random_bool(0.5);
        let factor = match kind {
            Kind::StepUp => chance.random_range(1.25..1.7),
            Kind::StepDown => chance.random_range(0.5..0.8),
            Kind::Ramp if up => chance.random_range(1.3..1.6),
            Kind::Ramp => chance.random_range(0.6..0.75),
            Kind::Weekdays => {
                if up {
                    2.0
                } else {
                    0.5
                }
            }
            Kind::Growth => chance.random_range(0.2..0.4),
            _ => 1.0,
        };
        let lasts = match kind {
            Kind::Ramp => chance.random_range(21..84),
            Kind::Closure => chance.random_range(7..15),
            _ => 0,
        };
        let bursts = match kind {
            Kind::ShortBursts => {
                (0..3).map(|_| (within(chance), chance.random_range(1..4), chance.random_range(1.5..2.5))).collect()
            }
            Kind::LongBursts => {
                (0..2).map(|_| (within(chance), chance.random_range(4..11), chance.random_range(1.3..2.0))).collect()
            }
            _ => Vec::new(),
        };
        Self { kind, at, factor, days: lasts, bursts, told_as_zero: chance.random_bool(0.5) }
    }

    /// What multiplies the level of a day; none where nothing is served.
    fn of(&self, day: i64, weekday: usize) -> Option<f64> {
        let since = day - self.at;
        let burst: f64 = self
            .bursts
            .iter()
            .filter(|(first, days, _)| (*first..first + days).contains(&day))
            .map(|(.., factor)| *factor)
            .product();
        Some(
            burst
                * match self.kind {
                    Kind::StepUp | Kind::StepDown if since >= 0 => self.factor,
                    Kind::Ramp => self.factor.powf((since as f64 / self.days as f64).clamp(0.0, 1.0)),
                    Kind::Weekdays if since >= 0 && weekday == 5 => self.factor,
                    Kind::Closure if (0..self.days).contains(&since) => return None,
                    Kind::Closure if since >= self.days => 1.0 + 0.4 * 0.6f64.powf((since - self.days) as f64),
                    Kind::Growth => (1.0 + self.factor).powf(day as f64 / 365.0),
                    _ => 1.0,
                },
        )
    }

    fn swaps_weekdays(&self, day: i64) -> bool {
        self.kind == Kind::Weekdays && day >= self.at
    }
}

/// The history of a kind and a seed.
pub(crate) fn generated(kind: Kind, seed: u64) -> QueuePast {
    let mut chance = ChaCha8Rng::seed_from_u64(1000 * kind as u64 + seed);
    let weeks = if matches!(kind, Kind::Growth | Kind::MonthPeaks | Kind::Holidays) { 110 } else { 44 };
    let days = 7 * weeks;
    let last =
        NaiveDate::from_ymd_opt(2026, 1, 5).expect("a date") + chrono::Duration::days(chance.random_range(0..300));
    let first = last - chrono::Duration::days(days);
    let change = Change::draw(kind, days, &mut chance);
    let size = chance.random_range(0.0..1.0);
    let volume = match kind {
        Kind::Quiet => 3.0 * 5.0f64.powf(size),
        Kind::Rare => 0.5 * 6.0f64.powf(size),
        _ => 150.0 * 20.0f64.powf(size),
    };
    let mut weekdays = [1.2, 1.0, 0.97, 0.95, 0.9, 0.5, 0.35];
    for factor in &mut weekdays {
        *factor *= chance.random_range(0.9..1.1);
    }
    let (swing, phase) = (chance.random_range(0.03..0.15), chance.random_range(0.0..std::f64::consts::TAU));
    let noise = Normal::new(0.0, 0.05).expect("a deviation");
    let gamma = Gamma::new(200.0, 1.0 / 200.0).expect("a shape");
    let mut hours = WeeklyHours::default();
    let late = kind == Kind::NewHours;
    for day in if late { &WEEK[..6] } else { &WEEK[..] } {
        hours.open(*day, ClockSpan::new(8 * 60, if late { 21 } else { 20 } * 60).expect("a span"));
    }
    let grid = IntervalGrid::covering(start_of_day(first, ZONE), start_of_day(last, ZONE), Minutes::new(30));
    let (mut today, mut state, mut drift, mut level) = (None, 0.0, 0.0, None);
    let mut offered = Vec::with_capacity(grid.len());
    for at in grid.starts() {
        let wall = at.with_timezone(&ZONE).naive_local();
        if today != Some(wall.date()) {
            today = Some(wall.date());
            let day = (wall.date() - first).num_days();
            let mut weekday = wall.weekday().num_days_from_monday() as usize;
            if change.swaps_weekdays(day) && weekday.is_multiple_of(4) {
                weekday = 4 - weekday;
            }
            state = 0.5 * state + 0.75f64.sqrt() * noise.sample(&mut chance);
            if kind == Kind::Rare {
                drift += 0.4 * noise.sample(&mut chance);
            }
            let season = 1.0 + swing * (std::f64::consts::TAU * f64::from(wall.ordinal()) / 365.25 + phase).sin();
            let calendar = calendars::factor(kind, wall.date());
            let factor = change.of(day, weekday).map(|factor| factor * calendar);
            level = factor.map(|factor| volume * weekdays[weekday] * season * f64::exp(state + drift) * factor);
        }
        let opened = (wall.date() - first).num_days() >= change.at;
        let day_is_open = if late && !opened { wall.weekday().num_days_from_monday() < 5 } else { true };
        let until = if late && opened {
            21
        } else if late {
            18
        } else {
            20
        };
        let is_open = hours.is_open(at, ZONE) && day_is_open && (8..until).contains(&wall.hour());
        offered.push(match (is_open, level) {
            (false, _) => None,
            (true, None) => change.told_as_zero.then_some(0.0),
            (true, Some(level)) => {
                let mean = level * share(wall.time()) * gamma.sample(&mut chance);
                let mean = if kind == Kind::ClosesEarlier && opened && wall.hour() >= 17 { 0.0 } else { mean };
                Some(Poisson::new(mean.max(1e-6)).expect("a positive mean").sample(&mut chance))
            }
        });
    }
    let tested_from = local_date(grid.end(), ZONE) - chrono::Duration::days(TESTED_DAYS);
    QueuePast {
        name: format!("{} {seed}", kind.name()),
        zone: ZONE,
        hours,
        grid,
        offered: offered.into_iter().collect(),
        tested_from,
        holidays: calendars::holidays(kind, first.year()..=last.year() + 1),
    }
}

/// The share of a day of 24 half-hours: a morning's peak and a lower one in the afternoon.
fn share(time: NaiveTime) -> f64 {
    let hour = f64::from(time.hour()) + f64::from(time.minute()) / 60.0;
    let hump = |middle: f64, width: f64| (-((hour - middle) / width).powi(2)).exp();
    (0.25 + hump(10.5, 2.0) + 0.7 * hump(15.5, 2.5)) / 21.0
}
