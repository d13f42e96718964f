//! Campaigns, recalls and announcements of the world, with the effect that only the truth knows.
//!
//! Expected extra contacts of an event in an open interval `[t, t + Δ)` are
//! `reach × response × Σ_send share × (F(t + Δ − send) − F(t − send))`, split over the countries concerned that the
//! queue serves, by their share of customers; `F` is the distribution function of the spread. Who meets a closed line does not come back.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Weekday};
use rand::RngExt;

use super::chance::{factor, stream};
use super::lines::{Line, Topic};
use super::params::WorldParams;
use super::regions::COUNTRIES;
use crate::domain::event::EventKind;
use crate::domain::time::{IntervalGrid, instant_at_or_after};

/// What an event really does to one queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TrueEffect {
    /// Position of the queue.
    pub(super) line: usize,
    /// Contacts per person or unit reached.
    pub(super) response: f64,
    /// Factor on the handle time of the contacts it causes.
    pub(super) aht_factor: f64,
}

/// An event as it happens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WorldEvent {
    /// Its id.
    pub(super) id: String,
    /// What it is.
    pub(super) kind: EventKind,
    /// People addressed or units affected.
    pub(super) reach: f64,
    /// When messages go out on the customers' wall clocks, and to which share.
    pub(super) schedule: Vec<(NaiveDateTime, f64)>,
    /// Indices of the countries concerned.
    pub(super) countries: Vec<usize>,
    /// What it really does.
    pub(super) effects: Vec<TrueEffect>,
    /// How the response really spreads.
    pub(super) spread: Spread,
    /// From when planners know of it: midnight of the planning zone.
    pub(super) known_from: NaiveDate,
}

/// How a response spreads over the hours after a send.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spread {
    /// What is left halves every so many hours.
    Halving {
        /// Half-life.
        hours: f64,
    },
    /// A Weibull distribution.
    Weibull {
        /// Above 1 the response rises before it falls.
        shape: f64,
        /// Scale.
        hours: f64,
    },
}

/// Extra contacts of events in one interval, and the same weighted by their handle-time factors.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Extra {
    /// Contacts.
    pub(super) contacts: f64,
    /// Contacts times handle-time factor.
    pub(super) work: f64,
}

/// The name of the campaign in the week to plan, on which scenarios build.
pub(super) const COMING_CAMPAIGN: &str = "winter-sale";

/// All events of a world of this size, by first send: history's, and those of the week to plan.
pub(super) fn events(params: &WorldParams, lines: &[Line], size: f64) -> Vec<WorldEvent> {
    let first = params.start - Duration::weeks(i64::from(params.weeks_of_history)) - Duration::days(3);
    let mut all: Vec<WorldEvent> = campaigns(params)
        .chain(black_fridays(params))
        .chain(announcements(params))
        .chain([recall(params)])
        .filter_map(|sketch| sketch.happen(params.seed, lines, size))
        .filter(|event| event.schedule.iter().all(|(at, _)| at.date() >= first))
        .collect();
    all.sort_by(|one, other| (one.schedule[0].0, &one.id).cmp(&(other.schedule[0].0, &other.id)));
    all
}

/// An event before chance and the company's size have touched it.
struct Sketch {
    id: String,
    kind: EventKind,
    reach: f64,
    first: NaiveDate,
    hour: u32,
    shares: &'static [f64],
    countries: &'static [usize],
    known_days_before: i64,
}

const EVERYWHERE: &[usize] = &[0, 1, 2, 3];
const CONTINENT: &[usize] = &[0, 1];
const EUROPE: &[usize] = &[0, 1, 2];

/// A sale every other month, and the coming one on the Tuesday and Wednesday of the week to plan.
fn campaigns(params: &WorldParams) -> impl Iterator<Item = Sketch> {
    const WEEKS_AGO: [i64; 11] = [98, 89, 80, 70, 60, 51, 43, 34, 25, 16, 7];
    const WHERE: [&[usize]; 4] = [EUROPE, EVERYWHERE, CONTINENT, EUROPE];
    let mut random = stream(params.seed, "campaigns", 0);
    let tuesday = params.start + Duration::days(1);
    let past: Vec<Sketch> = WEEKS_AGO
        .iter()
        .zip(0usize..)
        .map(|(weeks, number)| {
            let first = tuesday - Duration::weeks(*weeks) + Duration::days(random.random_range(0..2));
            Sketch {
                id: format!("sale-{}", first.format("%Y-%m")),
                kind: EventKind::Campaign,
                reach: random.random_range(80_000.0..150_000.0),
                first,
                hour: 9,
                shares: if number.is_multiple_of(3) { &[1.0] } else { &[0.6, 0.4] },
                countries: WHERE[number % 4],
                known_days_before: 21,
            }
        })
        .collect();
    past.into_iter().chain([Sketch {
        id: COMING_CAMPAIGN.to_owned(),
        kind: EventKind::Campaign,
        reach: 140_000.0,
        first: tuesday,
        hour: 9,
        shares: &[0.6, 0.4],
        countries: EUROPE,
        known_days_before: 24,
    }])
}

/// The Friday after the fourth Thursday of November, everywhere.
fn black_fridays(params: &WorldParams) -> impl Iterator<Item = Sketch> {
    let last = params.start + Duration::days(6);
    (last.year() - 2..=last.year()).filter_map(move |year| {
        let thursday = NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Thu, 4)?;
        let first = thursday + Duration::days(1);
        (first <= last).then(|| Sketch {
            id: format!("black-friday-{year}"),
            kind: EventKind::Campaign,
            reach: 160_000.0,
            first,
            hour: 8,
            shares: &[0.7, 0.3],
            countries: EVERYWHERE,
            known_days_before: 40,
        })
    })
}

/// News for customers with an account, now and then, and once more on the Thursday of the week to plan.
fn announcements(params: &WorldParams) -> impl Iterator<Item = Sketch> {
    const WEEKS_AGO: [i64; 7] = [95, 76, 57, 46, 29, 12, 0];
    let mut random = stream(params.seed, "announcements", 0);
    let thursday = params.start + Duration::days(3);
    WEEKS_AGO
        .map(|weeks| {
            let first = thursday - Duration::weeks(weeks);
            Sketch {
                id: format!("new-terms-{}", first.format("%Y-%m")),
                kind: EventKind::Announcement,
                reach: random.random_range(45_000.0..75_000.0),
                first,
                hour: 10,
                shares: &[1.0],
                countries: if weeks % 2 == 0 { EVERYWHERE } else { CONTINENT },
                known_days_before: 14,
            }
        })
        .into_iter()
}

/// One recall, some nine months ago; nobody knows of it before its day.
fn recall(params: &WorldParams) -> Sketch {
    let weeks = 38.min(i64::from(params.weeks_of_history) * 2 / 3);
    let first = params.start + Duration::days(2) - Duration::weeks(weeks);
    Sketch {
        id: format!("charger-recall-{}", first.format("%Y-%m")),
        kind: EventKind::Recall,
        reach: 9_000.0,
        first,
        hour: 10,
        shares: &[1.0],
        countries: EUROPE,
        known_days_before: 0,
    }
}

impl Sketch {
    /// Draws what the event really does; nothing if it concerns none of the queues.
    fn happen(self, seed: u64, lines: &[Line], size: f64) -> Option<WorldEvent> {
        let mut random = stream(seed, &format!("event {}", self.id), 0);
        let pace = factor(&mut random, 0.08);
        let spread = match self.kind {
            EventKind::Campaign => Spread::Halving { hours: 9.0 * pace },
            EventKind::Recall => Spread::Weibull { shape: 0.9, hours: 50.0 * pace },
            EventKind::Announcement => Spread::Weibull { shape: 1.5, hours: 8.0 * pace },
        };
        let effects: Vec<TrueEffect> = effects_of(self.kind)
            .iter()
            .map(|(topic, response, aht_factor)| (topic, response * factor(&mut random, 0.12), *aht_factor))
            .filter_map(|(topic, response, aht_factor)| {
                let line = lines.iter().position(|line| line.topic == *topic && line.number == 1)?;
                Some(TrueEffect { line, response: stated(response), aht_factor })
            })
            .collect();
        let at = |day: i64| (self.first + Duration::days(day)).and_hms_opt(self.hour, 0, 0);
        let schedule: Vec<_> = (0..).zip(self.shares).filter_map(|(day, share)| Some((at(day)?, *share))).collect();
        (!effects.is_empty() && !schedule.is_empty()).then(|| WorldEvent {
            reach: stated(self.reach * size),
            known_from: self.first - Duration::days(self.known_days_before),
            id: self.id,
            kind: self.kind,
            schedule,
            countries: self.countries.to_vec(),
            effects,
            spread,
        })
    }
}

/// Mean response and handle-time factor by queue: what the engine has to learn.
const fn effects_of(kind: EventKind) -> &'static [(Topic, f64, f64)] {
    match kind {
        EventKind::Campaign => &[(Topic::Orders, 0.0100, 1.06), (Topic::Chat, 0.0042, 1.0)],
        EventKind::Recall => &[(Topic::Technical, 0.17, 1.22), (Topic::Email, 0.06, 1.1), (Topic::Orders, 0.03, 1.0)],
        EventKind::Announcement => &[(Topic::Billing, 0.0058, 1.1), (Topic::Email, 0.0025, 1.0)],
    }
}

/// Extra contacts of one queue and country in each interval of a range of the grid, as if it never closed.
pub(super) fn extra(
    events: &[WorldEvent],
    lines: &[Line],
    line: usize,
    country: usize,
    grid: &IntervalGrid,
    range: std::ops::Range<usize>,
) -> Vec<Extra> {
    let of = &lines[line];
    let mut extras = vec![Extra::default(); range.len()];
    for event in events.iter().filter(|event| event.countries.contains(&country)) {
        let reached = event.countries.iter().filter(|index| of.countries.contains(*index));
        let customers: f64 = reached.map(|index| COUNTRIES[*index].share).sum();
        let share = COUNTRIES[country].share / customers;
        for effect in event.effects.iter().filter(|effect| effect.line == line) {
            for (local, wave) in &event.schedule {
                let sent = instant_at_or_after(*local, COUNTRIES[country].zone);
                let contacts = event.reach * effect.response * share * wave;
                let touched = grid.range(sent - grid.interval().duration(), sent + Duration::days(LONGEST_EFFECT_DAYS));
                for index in touched.start.max(range.start)..touched.end.min(range.end) {
                    let elapsed = |at: usize| (grid.start_of(at) - sent).num_seconds() as f64 / 3600.0;
                    let until = arrived(event.spread, elapsed(index + 1));
                    let arriving = contacts * (until - arrived(event.spread, elapsed(index)));
                    extras[index - range.start].contacts += arriving;
                    extras[index - range.start].work += arriving * effect.aht_factor;
                }
            }
        }
    }
    extras
}

/// After that many days less than a thousandth of any kernel used here is left.
const LONGEST_EFFECT_DAYS: i64 = 21;

/// Share of the response that has come `elapsed` hours after a send.
fn arrived(spread: Spread, elapsed: f64) -> f64 {
    let elapsed = elapsed.max(0.0);
    match spread {
        Spread::Halving { hours } => 1.0 - (-elapsed / hours).exp2(),
        Spread::Weibull { shape, hours } => 1.0 - (-(elapsed / hours).powf(shape)).exp(),
    }
}

/// Rounded to three significant digits, as people state such figures.
fn stated(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Instant;
    use crate::domain::units::Minutes;
    use crate::generate::lines::lines;

    fn world() -> Vec<WorldEvent> {
        events(&WorldParams::default(), &lines(6, 7), 1.0)
    }

    #[test]
    fn the_past_teaches_every_kind_and_the_coming_week_has_news() {
        let all = world();
        let start = WorldParams::default().start;
        let count = |kind, past: bool| {
            all.iter().filter(|event| event.kind == kind && (event.schedule[0].0.date() < start) == past).count()
        };
        assert!(count(EventKind::Campaign, true) >= 10 && count(EventKind::Campaign, false) == 1);
        assert!(count(EventKind::Announcement, true) >= 5 && count(EventKind::Announcement, false) == 1);
        assert_eq!((count(EventKind::Recall, true), count(EventKind::Recall, false)), (1, 0));
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = world().into_iter().map(|event| event.id).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn extras_add_up_to_reach_times_response() {
        // Over three weeks everything has come: 140 000 × response × the share of Germany among pl, de and gb.
        let all: Vec<_> = world().into_iter().filter(|event| event.id == COMING_CAMPAIGN).collect();
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        let grid = IntervalGrid::covering(at("2026-11-30T00:00:00Z"), at("2026-12-28T00:00:00Z"), Minutes::new(15));
        let total: f64 = extra(&all, &lines(6, 7), 0, 1, &grid, 0..grid.len()).iter().map(|extra| extra.contacts).sum();
        let expected = all[0].reach * all[0].effects[0].response * 0.31 / 0.78;
        assert!((total / expected - 1.0).abs() < 1e-6, "{total} {expected}");
    }

    #[test]
    fn responses_come_to_an_end() {
        for spread in [Spread::Halving { hours: 9.0 }, Spread::Weibull { shape: 0.9, hours: 50.0 }] {
            assert!(arrived(spread, -1.0).abs() < 1e-12);
            assert!(arrived(spread, 24.0) > 0.3 && arrived(spread, 24.0 * 21.0) > 0.999);
        }
        assert!((arrived(Spread::Halving { hours: 9.0 }, 9.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn stated_figures_have_three_digits() {
        assert_eq!((stated(0.012_345).to_string(), stated(123_456.0).to_string()), ("0.0123".into(), "123000".into()));
    }
}
