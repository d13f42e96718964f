//! What looks wrong in a queue's history, for the planner to look at.
//!
//! Hours that the baseline was fitted without ([`crate::forecast::profile::outages`]) are spikes or outages, and so are days that its
//! robust fit gave no weight ([`crate::forecast::profile::day_level`]), unless an event is known to have caused them. Levels that changed and
//! stayed, or may stay, come from [`crate::forecast::profile::levels`], and stretches of open days without data are what they are.

use chrono::NaiveDate;

use crate::domain::explanation::{Finding, FindingKind};
use crate::domain::time::start_of_day;
use crate::forecast::calendar::local_days::{LocalDays, signed};
use crate::forecast::calendar::queue_history::{QueueHistory, RegionHistory};
use crate::forecast::pool::queue_fit::QueueFit;
use crate::forecast::profile::region_profile::Profile;

/// A day of less robust weight than this is a spike if it lies this far above what was expected, relative, or below this share of it.
const NO_WEIGHT: f64 = 0.02;
const FAR_ABOVE: f64 = 0.3;
const FAR_BELOW: f64 = 0.5;
/// Fewest contacts of a day from which its size says anything.
const LEAST_EXPECTED: f64 = 30.0;
/// Share of a usual day's contacts that a spike or an outage adds or takes away, at least.
const LEAST_SHARE: f64 = 0.1;
/// Times that the same hours of a weekday look alike, and weeks within which, from which they are a habit and no outage.
const HABIT: usize = 2;
const HABIT_WEEKS: i64 = 8;
/// Share of a spike's or an outage's contacts that hang on its name: it is left out of the season, named or not.
const LABELLED: f64 = 0.1;
/// Half-life, in days, of what the past means to the plan.
const HALF_LIFE_DAYS: f64 = 60.0;
/// Least step of the logarithm worth a planner's attention: 15 %.
const LEAST_STEP: f64 = 0.14;
/// Open days without data in a row, from which they are reported.
const MISSING: usize = 3;

/// Everything found in the first `known` intervals, by time, then region.
pub(crate) fn findings(history: &QueueHistory<'_>, fit: &QueueFit<'_>, known: usize) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (region, profile) in fit.profiles().iter().enumerate() {
        let of = &history.regions[region];
        let (Some(profile), Some(raw)) = (profile, of.days(of.offered, known)) else { continue };
        let look = Look { region, of, profile, raw: &raw, added: fit.added[region].as_ref() };
        found.extend(look.spoiled());
        found.extend(look.missing());
        found.extend(look.shifted());
    }
    found.sort_by_key(|finding| (finding.from, finding.region, finding.until));
    found
}

struct Look<'a> {
    region: usize,
    of: &'a RegionHistory<'a>,
    profile: &'a Profile<'a>,
    raw: &'a LocalDays,
    added: Option<&'a LocalDays>,
}

/// Counted against expected contacts.
#[derive(Clone, Copy, Default)]
struct Tally {
    counted: f64,
    expected: f64,
}

impl Tally {
    fn plus(self, other: Self) -> Self {
        Self { counted: self.counted + other.counted, expected: self.expected + other.expected }
    }

    fn kind(self) -> FindingKind {
        let Self { counted, expected } = self;
        if counted > expected {
            FindingKind::UnlabelledSpike { counted, expected }
        } else {
            FindingKind::Outage { counted, expected }
        }
    }
}

impl Look<'_> {
    /// Spikes and outages: hours taken as unknown, and whole days of no weight. Days in a row are one finding.
    fn spoiled(&self) -> Vec<Finding> {
        let slots = self.raw.slots();
        let mut found: Vec<(Tally, std::ops::Range<usize>)> = Vec::new();
        // A holiday has its reason, and of what is said to be over the planner knows.
        let untold =
            |day: &usize| !self.of.calendar.is_holiday(self.raw.date(*day)) && !self.profile.levels.is_said_over(*day);
        for day in (0..self.raw.len()).filter(untold) {
            let tally = |slot: usize| Tally { counted: self.raw.day(day)[slot], expected: self.expected(day, slot) };
            let known = |slot: &usize| !self.raw.day(day)[*slot].is_nan();
            let all = (0..slots).filter(known).map(tally).fold(Tally::default(), Tally::plus);
            let forgotten = |slot: &usize| known(slot) && self.profile.days.day(day)[*slot].is_nan();
            let cells: Vec<usize> = if self.has_no_weight(day, all) {
                (0..slots).filter(known).collect()
            } else {
                (0..slots).filter(forgotten).collect()
            };
            for run in cells.chunk_by(|one, next| one + 1 == *next) {
                let sum = run.iter().map(|slot| tally(*slot)).fold(Tally::default(), Tally::plus);
                let at = day * slots + run[0]..day * slots + run[run.len() - 1] + 1;
                match found.last_mut() {
                    Some((last, span)) if self.touch(span.end, at.start) && is_high(*last) == is_high(sum) => {
                        *last = last.plus(sum);
                        span.end = at.end;
                    }
                    _ => found.push((sum, at)),
                }
            }
        }
        let large = |tally: &Tally| {
            (tally.counted - tally.expected).abs() >= LEAST_EXPECTED.max(LEAST_SHARE * self.usual_day())
        };
        let told = found.iter().filter(|(tally, span)| large(tally) && !self.is_habit(*tally, span, &found));
        told.map(|(tally, span)| {
            let lost = LABELLED * (tally.counted - tally.expected).abs();
            self.finding(tally.kind(), span.start, span.end, lost * self.recency(span.start))
        })
        .collect()
    }

    /// Whether the same hours of the same weekday look alike in other weeks nearby: hours that follow the sun, not outages.
    fn is_habit(&self, tally: Tally, span: &std::ops::Range<usize>, found: &[(Tally, std::ops::Range<usize>)]) -> bool {
        let week = signed(7 * self.raw.slots());
        let same_time = |other: &std::ops::Range<usize>| {
            let apart = signed(other.start) - signed(span.start);
            let weeks = (apart + week / 2).div_euclid(week);
            let (from, until) = (signed(other.start) - weeks * week, signed(other.end) - weeks * week);
            weeks != 0 && weeks.abs() <= HABIT_WEEKS && from < signed(span.end) && signed(span.start) < until
        };
        let alike = found.iter().filter(|(other, at)| is_high(*other) == is_high(tally) && same_time(at));
        alike.count() >= HABIT
    }

    /// What is left of a day's weight for the plan.
    fn recency(&self, position: usize) -> f64 {
        0.5f64.powf((self.raw.len() * self.raw.slots() - position) as f64 / self.raw.slots() as f64 / HALF_LIFE_DAYS)
    }

    /// Contacts of a day on today's level, means over a week.
    fn usual_day(&self) -> f64 {
        let week = self.profile.last().iter_days().take(7);
        let open = |date: &NaiveDate| self.of.calendar.is_open_day(*date);
        week.filter(open).map(|date| self.profile.present_total(date)).sum::<f64>() / 7.0
    }

    /// Whether the level's robust fit left a day out that no event explains.
    fn has_no_weight(&self, day: usize, all: Tally) -> bool {
        let far = all.counted > (1.0 + FAR_ABOVE) * all.expected || all.counted < FAR_BELOW * all.expected;
        let is_left_out = self.profile.level.robust()[day] < NO_WEIGHT || self.profile.levels.is_in_burst(day);
        is_left_out && all.expected >= LEAST_EXPECTED && far
    }

    /// Contacts expected of a cell: baseline, holidays and known events.
    fn expected(&self, day: usize, slot: usize) -> f64 {
        let date = self.raw.date(day);
        let added = self.added.map_or(0.0, |added| added.day(day)[slot].max(0.0));
        self.profile.total(date) * self.profile.shape.of(date)[slot] + added
    }

    /// Whether no open cell lies between two positions in the matrix of days × slots.
    fn touch(&self, from: usize, until: usize) -> bool {
        let slots = self.raw.slots();
        (from..until).all(|at| !self.of.calendar.is_open(self.raw.date(at / slots), at % slots))
    }

    /// Stretches of open days without any data, between the first and the last day of history.
    fn missing(&self) -> Vec<Finding> {
        let first = (0..self.raw.len()).find(|day| self.has_data(*day)).unwrap_or(self.raw.len());
        let open: Vec<usize> =
            (first..self.raw.len()).filter(|day| self.of.calendar.is_open_day(self.raw.date(*day))).collect();
        open.chunk_by(|one, next| self.has_data(*one) == self.has_data(*next))
            .filter(|run| !self.has_data(run[0]) && run.len() >= MISSING)
            .map(|run| {
                let slots = self.raw.slots();
                let kind = FindingKind::MissingDays { open_days: run.len() };
                let lost = LABELLED * run.len() as f64 * self.usual_day() * self.recency(run[0] * slots);
                self.finding(kind, run[0] * slots, (run[run.len() - 1] + 1) * slots, lost)
            })
            .collect()
    }

    fn has_data(&self, day: usize) -> bool {
        self.raw.day(day).iter().any(|value| !value.is_nan())
    }

    /// Levels that changed: those that stayed, the last one that may not, and weekdays by themselves.
    fn shifted(&self) -> Vec<Finding> {
        let (slots, levels) = (self.raw.slots(), &self.profile.levels);
        let last = self.raw.len() * slots;
        let week = 7.0 * self.usual_day();
        let until_now = |kind: FindingKind, day: usize, at_stake: f64| self.finding(kind, day * slots, last, at_stake);
        let steps = levels.steps().into_iter().filter(|(_, factor)| is_worth_telling(*factor));
        let stayed = steps.map(|(day, factor)| {
            let at_stake = week * (1.0 - 1.0 / factor).abs() * self.recency(day * slots);
            until_now(FindingKind::LevelShift { factor }, day, at_stake)
        });
        let open = levels.open().map(|of| {
            let kind = FindingKind::OpenLevel { factor: of.factor, days: of.days, stays: of.stays };
            until_now(kind, of.from, week * (of.factor - 1.0).abs())
        });
        let weekdays = levels.weekdays().shifts().into_iter().map(|(day, factor)| {
            let at_stake = self.usual_day() * (1.0 - 1.0 / factor).abs() * self.recency(day * slots);
            until_now(FindingKind::WeekdayShift { factor }, day, at_stake)
        });
        stayed.chain(open).chain(weekdays).collect()
    }

    /// A finding between two positions in the matrix of days × slots.
    fn finding(&self, kind: FindingKind, from: usize, until: usize, at_stake: f64) -> Finding {
        let slots = self.raw.slots();
        let minutes = 1440 / i64::try_from(slots).unwrap_or(1440).max(1);
        let at = |position: usize| {
            let (date, slot) = (self.raw.date(position / slots), position % slots);
            let zone = self.of.calendar.region().zone;
            if slot == 0 {
                return start_of_day(date, zone);
            }
            let wall = date.and_time(chrono::NaiveTime::MIN) + chrono::Duration::minutes(minutes * signed(slot));
            crate::domain::time::instant_at_or_after(wall, zone)
        };
        Finding { kind, region: self.region, from: at(from), until: at(until), at_stake }
    }
}

/// A step of 15 % up or 13 % down.
fn is_worth_telling(factor: f64) -> bool {
    factor.ln().abs() >= LEAST_STEP
}

fn is_high(tally: Tally) -> bool {
    tally.counted > tally.expected
}
