//! Holidays that nobody listed, found in the history and offered: those of a country or a part of one, and days that come round with
//! the date, with the weekday of a month, or with Easter.
//!
//! A country's calendar is offered where its public holidays fall on strange days far oftener than other days do: by the
//! logarithm of how much likelier the strange days are if four in five of its holidays are, against no more than any day.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::model::Plan;
use crate::domain::calendar::{Holiday, HolidayService};
use crate::domain::explanation::StrangeDay;
use crate::domain::ids::{QueueId, QueueIx};
use crate::domain::queue::Region;
use crate::domain::time::local_date;
use crate::domain::warning::{ComesRound, Warning};
use crate::public_holidays::{YEARS, codes, public_holidays};

/// Share of its holidays that are strange days where a calendar is kept.
const KEPT: f64 = 0.8;
/// Fewest holidays on strange days, and least logarithm of the likelihood ratio, before a calendar is offered.
const FEWEST: usize = 3;
const LEAST_EVIDENCE: f64 = 8.0;
/// Share of all days below which strange ones are not taken to be rarer.
const RAREST: f64 = 0.01;
/// Fewest open holidays without a row from which it is said that a queue seems closed on them.
const SILENT: usize = 2;
/// Days around Easter that move with it.
const AROUND_EASTER: std::ops::RangeInclusive<i64> = -60..=60;
/// Years in which a day must have been strange before it is said to come round.
const TIMES: usize = 2;

/// What is offered: at most one calendar, and the days that come round beside it.
pub(super) fn unlisted_holidays(plan: &Plan) -> Vec<Warning> {
    let known = KnownCalendars::default();
    let mut calendars: BTreeMap<&'static str, Calendar> = BTreeMap::new();
    let mut rounds: BTreeMap<ComesRound, Round> = BTreeMap::new();
    for of in &plan.forecast.queues {
        let queue = &plan.queues[of.queue.0];
        for (position, region) in queue.regions.iter().enumerate() {
            let strange: Vec<&StrangeDay> =
                of.explanation.strange_days.iter().filter(|day| day.region == position).collect();
            if strange.is_empty() {
                continue;
            }
            let days = OpenDays::of(plan, of.queue, region, position);
            let offered = if plan.holidays.iter().any(|day| day.concerns(&region.id) && days.all.contains(&day.date)) {
                None
            } else {
                best_calendar(&strange, &days, &known)
            };
            let explained: BTreeSet<NaiveDate> = offered.iter().flat_map(|offered| offered.dates.clone()).collect();
            if let Some(offered) = offered {
                calendars.entry(offered.code).or_insert_with(|| offered.empty()).join(&offered, &queue.id);
            }
            for (round, years, factor) in coming_round(&strange, &days, &explained) {
                rounds
                    .entry(round)
                    .or_insert_with(|| Round { years, factor, queues: Vec::new() })
                    .queues
                    .push(queue.id.clone());
            }
        }
    }
    let best = calendars
        .into_iter()
        .max_by(|one, other| one.1.queues.len().cmp(&other.1.queues.len()).then(other.0.cmp(one.0)));
    let calendar = best.map(|(code, of)| Warning::UnlistedCalendar {
        code: code.to_owned(),
        strange: of.dates.len(),
        holidays: of.holidays,
        queues: of.queues,
    });
    let day = |(comes, of): (ComesRound, Round)| {
        #[expect(clippy::cast_possible_truncation, reason = "a percentage")]
        let more = ((of.factor - 1.0) * 100.0).round() as i32;
        Warning::UnlistedDay { comes, years: of.years, more, queues: of.queues }
    };
    let days = rounds.into_iter().map(day);
    calendar.into_iter().chain(days).collect()
}

/// Queues whose open holidays never had a row: they were closed, in all likelihood.
pub(super) fn holidays_without_rows(plan: &Plan) -> Vec<Warning> {
    let of_region = |(queue, region, position): (QueueIx, &Region, usize)| {
        let counted = OpenDays::of(plan, queue, region, position).all;
        let (first, last) = counted.first().zip(counted.last())?;
        let is_open = |day: &&Holiday| {
            let in_history = (first..=last).contains(&&day.date);
            day.service == HolidayService::Open
                && day.concerns(&region.id)
                && in_history
                && !region.hours.on(day.date.weekday()).is_empty()
        };
        let days: BTreeSet<NaiveDate> = plan.holidays.iter().filter(is_open).map(|day| day.date).collect();
        let silent = days.len() >= SILENT && days.is_disjoint(&counted);
        silent.then(|| Warning::HolidaysWithoutRows { queue: plan.queues[queue.0].id.clone(), days: days.len() })
    };
    let regions = plan.queues.iter().enumerate().flat_map(|(queue, of)| {
        of.regions.iter().enumerate().map(move |(position, region)| (QueueIx(queue), region, position))
    });
    let mut warnings: Vec<Warning> = regions.filter_map(of_region).collect();
    warnings.dedup();
    warnings
}

/// A calendar whose holidays are strange days.
struct Calendar {
    code: &'static str,
    dates: BTreeSet<NaiveDate>,
    holidays: usize,
    queues: Vec<QueueId>,
}

impl Calendar {
    fn empty(&self) -> Self {
        Self { code: self.code, dates: BTreeSet::new(), holidays: 0, queues: Vec::new() }
    }

    fn join(&mut self, other: &Self, queue: &QueueId) {
        self.dates.extend(&other.dates);
        self.holidays = self.holidays.max(other.holidays);
        if self.queues.last() != Some(queue) {
            self.queues.push(queue.clone());
        }
    }
}

/// A day that comes round.
struct Round {
    years: Vec<i32>,
    factor: f64,
    queues: Vec<QueueId>,
}

/// The days on which a region was open and something was counted.
struct OpenDays {
    all: BTreeSet<NaiveDate>,
}

impl OpenDays {
    fn of(plan: &Plan, queue: QueueIx, region: &Region, position: usize) -> Self {
        let series = plan.history.series(queue, position);
        let counted = series.into_iter().flat_map(|series| {
            let outages: BTreeSet<usize> = series.outages.iter().map(|(at, _)| *at).collect();
            let known =
                series.offered.iter().enumerate().filter(move |(at, count)| count.is_some() || outages.contains(at));
            known.map(|(at, _)| local_date(plan.history.grid.start_of(at), region.zone))
        });
        let all = counted.filter(|date| !region.hours.on(date.weekday()).is_empty()).collect();
        Self { all }
    }

    fn years(&self) -> std::ops::RangeInclusive<i32> {
        let year = |date: Option<&NaiveDate>| date.map_or(0, Datelike::year);
        year(self.all.first())..=year(self.all.last())
    }
}

/// The dates of every code's public holidays, worked out when first asked for and once for all queues.
#[derive(Default)]
struct KnownCalendars(OnceCell<Vec<(&'static str, BTreeSet<NaiveDate>)>>);

impl KnownCalendars {
    fn all(&self) -> &[(&'static str, BTreeSet<NaiveDate>)] {
        let dates = |code: &str| public_holidays(code, &YEARS).into_iter().flatten().map(|day| day.date).collect();
        self.0.get_or_init(|| codes().map(|code| (code, dates(code))).collect())
    }
}

/// The calendar that explains the strange days best, whole countries before their parts.
fn best_calendar(strange: &[&StrangeDay], days: &OpenDays, known: &KnownCalendars) -> Option<Calendar> {
    let low: BTreeSet<NaiveDate> = strange.iter().filter(|day| day.factor < 1.0).map(|day| day.date).collect();
    let usual = (low.len() as f64 / days.all.len().max(1) as f64).clamp(RAREST, 0.5);
    let mut best: Option<(f64, Calendar)> = None;
    for (code, all) in known.all() {
        let holidays: BTreeSet<NaiveDate> = all.intersection(&days.all).copied().collect();
        let dates: BTreeSet<NaiveDate> = holidays.intersection(&low).copied().collect();
        let missed = (holidays.len() - dates.len()) as f64;
        let evidence = dates.len() as f64 * (KEPT / usual).ln() + missed * ((1.0 - KEPT) / (1.0 - usual)).ln();
        let enough = dates.len() >= FEWEST && evidence >= LEAST_EVIDENCE;
        if enough && best.as_ref().is_none_or(|best| evidence > best.0 + 1e-9) {
            best = Some((evidence, Calendar { code, dates, holidays: holidays.len(), queues: Vec::new() }));
        }
    }
    best.map(|best| best.1)
}

/// Days that were strange in every year of which the history knows them, two at least, and that no calendar explains.
fn coming_round(
    strange: &[&StrangeDay],
    days: &OpenDays,
    explained: &BTreeSet<NaiveDate>,
) -> Vec<(ComesRound, Vec<i32>, f64)> {
    let easters = easters(&days.years());
    let rounds = |date: NaiveDate| ways_round(date, &easters);
    let mut seen: BTreeMap<ComesRound, Vec<&StrangeDay>> = BTreeMap::new();
    for day in strange.iter().filter(|day| !explained.contains(&day.date)) {
        for round in rounds(day.date) {
            seen.entry(round).or_default().push(day);
        }
    }
    let mut told: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut found = Vec::new();
    for (round, of) in seen {
        let times = days.all.iter().filter(|date| rounds(**date).contains(&round)).count();
        let is_one_sided = of.iter().all(|day| day.factor < 1.0) || of.iter().all(|day| day.factor > 1.0);
        if of.len() < TIMES || of.len() < times || !is_one_sided || of.iter().any(|day| told.contains(&day.date)) {
            continue;
        }
        told.extend(of.iter().map(|day| day.date));
        let factor = of.iter().map(|day| day.factor).sum::<f64>() / of.len() as f64;
        found.push((round, of.iter().map(|day| day.date.year()).collect(), factor));
    }
    found
}

/// All ways in which a date comes round, the plainest first.
fn ways_round(date: NaiveDate, easters: &BTreeMap<i32, NaiveDate>) -> Vec<ComesRound> {
    let mut ways = vec![ComesRound::OnDate { month: date.month(), day: date.day() }];
    let from_easter = easters.get(&date.year()).map(|easter| (date - *easter).num_days());
    ways.extend(from_easter.filter(|days| AROUND_EASTER.contains(days)).map(|days| ComesRound::FromEaster { days }));
    let nth = date.day0() / 7 + 1;
    ways.push(ComesRound::OnWeekday { month: date.month(), nth, weekday: date.weekday().num_days_from_monday() });
    ways
}

/// Western Easter Sundays, which Poland keeps.
fn easters(years: &std::ops::RangeInclusive<i32>) -> BTreeMap<i32, NaiveDate> {
    let days = public_holidays("PL", years).unwrap_or_default();
    days.into_iter().filter(|day| day.name == "Easter Sunday").map(|day| (day.date.year(), day.date)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn days(from: &str, until: &str) -> OpenDays {
        let (from, until) = (date(from), date(until));
        OpenDays { all: from.iter_days().take_while(|date| *date < until).collect() }
    }

    fn strange(dates: &[&str], factor: f64) -> Vec<StrangeDay> {
        dates.iter().map(|text| StrangeDay { region: 0, date: date(text), factor }).collect()
    }

    #[test]
    fn days_without_calls_on_polish_holidays_offer_poland() {
        let low = strange(
            &[
                "2025-01-01",
                "2025-01-06",
                "2025-04-21",
                "2025-05-01",
                "2025-06-19",
                "2025-08-15",
                "2025-11-11",
                "2025-03-13",
            ],
            0.2,
        );
        let found = best_calendar(
            &low.iter().collect::<Vec<_>>(),
            &days("2025-01-01", "2025-12-20"),
            &KnownCalendars::default(),
        )
        .expect("a calendar");
        assert!(found.code == "PL" && found.dates.len() == 7, "{} {:?}", found.code, found.dates);
    }

    #[test]
    fn strange_days_of_no_country_offer_none() {
        let low = strange(&["2025-02-04", "2025-03-11", "2025-07-23", "2025-09-17"], 0.2);
        assert!(
            best_calendar(
                &low.iter().collect::<Vec<_>>(),
                &days("2025-01-01", "2025-12-20"),
                &KnownCalendars::default()
            )
            .is_none()
        );
    }

    #[test]
    fn days_come_round_with_the_date_with_easter_and_with_the_weekday_of_a_month() {
        let busy = strange(
            &["2024-12-27", "2025-12-27", "2024-11-29", "2025-11-28", "2024-02-12", "2025-03-03", "2025-07-08"],
            1.6,
        );
        let found = coming_round(&busy.iter().collect::<Vec<_>>(), &days("2024-01-01", "2025-12-31"), &BTreeSet::new());
        let ways: Vec<ComesRound> = found.iter().map(|(way, ..)| *way).collect();
        assert!(ways.contains(&ComesRound::OnDate { month: 12, day: 27 }), "{ways:?}");
        // The Monday before Lent, 48 days before Easter; the fifth or fourth Friday of November is none.
        assert!(ways.contains(&ComesRound::FromEaster { days: -48 }), "{ways:?}");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].1, [2024, 2025]);
    }

    #[test]
    fn a_day_that_was_ordinary_in_one_year_does_not_come_round() {
        let busy = strange(&["2023-12-27", "2025-12-27"], 1.6);
        assert!(
            coming_round(&busy.iter().collect::<Vec<_>>(), &days("2023-01-01", "2025-12-31"), &BTreeSet::new())
                .is_empty()
        );
    }
}
