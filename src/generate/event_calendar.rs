//! What happens in the centre: campaigns, Black Fridays, announcements and a recall, past and coming.

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use rand::RngExt;

use crate::domain::event::EventKind;

use super::events::{CentreEvent, Spread, TrueEffect};
use super::params::CentreParams;
use super::queues::{SyntheticQueue, Topic};
use super::random::{factor, stream};

/// The name of the campaign in the week to plan, on which scenarios build.
pub(super) const COMING_CAMPAIGN: &str = "winter-sale";

/// All events of a centre of this size, by first send: history's, and those of the week to plan.
pub(super) fn events(params: &CentreParams, queues: &[SyntheticQueue], size: f64) -> Vec<CentreEvent> {
    let first = params.start - Duration::weeks(i64::from(params.weeks_of_history)) - Duration::days(3);
    let mut all: Vec<CentreEvent> = campaigns(params)
        .chain(black_fridays(params))
        .chain(announcements(params))
        .chain([recall(params)])
        .filter_map(|sketch| sketch.happen(params.seed, queues, size))
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
fn campaigns(params: &CentreParams) -> impl Iterator<Item = Sketch> {
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
fn black_fridays(params: &CentreParams) -> impl Iterator<Item = Sketch> {
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
fn announcements(params: &CentreParams) -> impl Iterator<Item = Sketch> {
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
fn recall(params: &CentreParams) -> Sketch {
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
    fn happen(self, seed: u64, queues: &[SyntheticQueue], size: f64) -> Option<CentreEvent> {
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
                let queue = queues.iter().position(|queue| queue.topic == *topic && queue.number == 1)?;
                Some(TrueEffect { queue, response: stated(response), aht_factor })
            })
            .collect();
        let at = |day: i64| (self.first + Duration::days(day)).and_hms_opt(self.hour, 0, 0);
        let schedule: Vec<_> = (0..).zip(self.shares).filter_map(|(day, share)| Some((at(day)?, *share))).collect();
        (!effects.is_empty() && !schedule.is_empty()).then(|| CentreEvent {
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

/// Rounded to three significant digits, as people state such figures.
fn stated(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::queues::queues;

    fn centre() -> Vec<CentreEvent> {
        events(&CentreParams::default(), &queues(6, 7), 1.0)
    }

    #[test]
    fn the_past_teaches_every_kind_and_the_coming_week_has_news() {
        let all = centre();
        let start = CentreParams::default().start;
        let count = |kind, past: bool| {
            all.iter().filter(|event| event.kind == kind && (event.schedule[0].0.date() < start) == past).count()
        };
        assert!(count(EventKind::Campaign, true) >= 10 && count(EventKind::Campaign, false) == 1);
        assert!(count(EventKind::Announcement, true) >= 5 && count(EventKind::Announcement, false) == 1);
        assert_eq!((count(EventKind::Recall, true), count(EventKind::Recall, false)), (1, 0));
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = centre().into_iter().map(|event| event.id).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn stated_figures_have_three_digits() {
        assert_eq!((stated(0.012_345).to_string(), stated(123_456.0).to_string()), ("0.0123".into(), "123000".into()));
    }
}
