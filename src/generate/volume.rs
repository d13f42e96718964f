//! How many contacts an ordinary interval brings: level × trend × season × weekday × holiday × payday × shape of the day.
//!
//! All of it is a mean, in contacts per interval; noise is [`super::noise`]'s and events are [`super::events`]'.

use std::f64::consts::TAU;

use chrono::{Datelike, Duration, NaiveDate};
use rand::RngExt;

use crate::domain::units::Minutes;

use super::calendar_of_holidays::{Effect, PublicHoliday};
use super::queues::{SyntheticQueue, Topic, is_open};
use super::random::stream;
use super::regions::{COUNTRIES, Clock};

/// Means of one queue and country in a company of size 1: a level per day and a shape per weekday.
pub(super) struct Volume {
    /// Expected contacts of each day of the clock, were it open all its usual hours; 0 on closed days.
    levels: Vec<f64>,
    /// Share of a weekday's contacts per interval of the day, adding up to 1 over the open ones.
    shapes: [Vec<f64>; 7],
    interval: u16,
}

impl Volume {
    /// Expected contacts of an interval that starts at this reading of the clock.
    pub(super) fn at(&self, wall: &super::regions::Wall) -> f64 {
        self.levels[wall.day] * self.shapes[wall.weekday][usize::from(wall.minute / self.interval)]
    }
}

/// The ordinary volume of a queue's country over all days of a clock.
pub(super) fn volume(
    queue: &SyntheticQueue,
    country: usize,
    clock: &Clock,
    interval: Minutes,
    calendar: &[PublicHoliday],
    seed: u64,
) -> Volume {
    let region = &COUNTRIES[country];
    let mut random = stream(seed, &format!("volume {}", queue.id), country);
    let base = queue.topic.contacts_per_day() * queue.size * region.share * random.random_range(0.9..1.1);
    let drift = Drift::drawn(&mut random);
    let growth = yearly_growth(queue.topic) + random.random_range(-0.01..0.01);
    let levels = (0..clock.days)
        .map(|day| {
            let date = clock.first + Duration::days(i64::try_from(day).unwrap_or(0));
            let years = day as f64 / 365.25;
            base * (1.0 + growth).powf(years)
                * drift.at(years)
                * season(queue.topic, date)
                * weekday_factor(queue.topic, date.weekday().num_days_from_monday() as usize)
                * holiday_factor(calendar, region.id, date)
                * payday_factor(queue.topic, region.paydays, date)
        })
        .collect();
    let minutes = u16::try_from(interval.get()).unwrap_or(15);
    let shapes = std::array::from_fn(|weekday| shape(queue.topic, region.id, weekday, minutes));
    Volume { levels, shapes, interval: minutes }
}

/// A slow wander of the level that no calendar explains: two waves of 2 % with periods that fit no year.
struct Drift {
    phases: [f64; 2],
    years: [f64; 2],
}

impl Drift {
    fn drawn(random: &mut rand_chacha::ChaCha8Rng) -> Self {
        Self {
            phases: [random.random_range(0.0..TAU), random.random_range(0.0..TAU)],
            years: [random.random_range(0.25..0.4), random.random_range(0.55..0.8)],
        }
    }

    fn at(&self, years: f64) -> f64 {
        self.phases
            .iter()
            .zip(self.years)
            .map(|(phase, period)| 1.0 + 0.02 * (TAU * years / period + phase).sin())
            .product()
    }
}

fn yearly_growth(topic: Topic) -> f64 {
    match topic {
        Topic::Orders => 0.05,
        Topic::Billing => -0.03,
        Topic::Technical => 0.02,
        Topic::Chat => 0.14,
        Topic::Email => -0.05,
        Topic::SecondTier => 0.0,
    }
}

/// The year of an electronics retailer: presents bought before Christmas, returned and installed in January.
fn season(topic: Topic, date: NaiveDate) -> f64 {
    let day = f64::from(date.ordinal0());
    let bump = |centre: f64, width: f64| {
        let away = (day - centre).abs();
        let around = away.min(365.25 - away);
        (-0.5 * (around / width).powi(2)).exp()
    };
    let (advent, january, summer) = (bump(343.0, 17.0), bump(10.0, 13.0), bump(212.0, 32.0));
    match topic {
        Topic::Orders => 1.0 + 0.34 * advent - 0.08 * january - 0.09 * summer,
        Topic::Billing => 1.0 + 0.10 * advent + 0.22 * january - 0.06 * summer,
        Topic::Technical => 1.0 + 0.06 * advent + 0.36 * january - 0.05 * summer,
        Topic::Chat => 1.0 + 0.28 * advent + 0.05 * january - 0.10 * summer,
        Topic::Email | Topic::SecondTier => 1.0 + 0.18 * advent + 0.20 * january - 0.07 * summer,
    }
}

fn weekday_factor(topic: Topic, weekday: usize) -> f64 {
    let week = match topic {
        Topic::Orders => [1.12, 1.03, 0.98, 0.96, 1.0, 0.55, 0.42],
        Topic::Billing => [1.28, 1.08, 0.97, 0.92, 0.86, 0.35, 0.0],
        Topic::Technical => [1.2, 1.04, 0.97, 0.94, 0.92, 0.62, 0.48],
        Topic::Chat => [1.06, 1.0, 0.97, 0.97, 0.98, 0.88, 0.94],
        Topic::Email | Topic::SecondTier => [1.32, 1.08, 0.98, 0.94, 0.88, 0.46, 0.52],
    };
    week[weekday]
}

/// A holiday lowers its day or closes it, and the day after catches up on some of it.
fn holiday_factor(calendar: &[PublicHoliday], country: &str, date: NaiveDate) -> f64 {
    let on = |date: NaiveDate| {
        calendar
            .iter()
            .filter(|holiday| holiday.date == date && holiday.countries.contains(&country))
            .map(|holiday| match holiday.effect {
                Effect::Closed => 0.0,
                Effect::Factor(factor) => factor,
            })
            .fold(1.0, f64::min)
    };
    let missed_yesterday = (1.0 - on(date - Duration::days(1))).max(0.0);
    on(date) * (1.0 + 0.16 * missed_yesterday)
}

/// Wages arrive, bills are paid and things are bought: highest the day after, gone after three days.
fn payday_factor(topic: Topic, paydays: &[u32], date: NaiveDate) -> f64 {
    let strength = match topic {
        Topic::Billing => 0.14,
        Topic::Orders => 0.08,
        Topic::Chat => 0.05,
        _ => 0.0,
    };
    let last_of_month = |date: NaiveDate| (date + Duration::days(1)).day() == 1;
    let pays = |date: NaiveDate| paydays.contains(&date.day()) || (paydays.contains(&31) && last_of_month(date));
    let lift: f64 = [0.6, 1.0, 0.5]
        .into_iter()
        .zip(0..)
        .filter(|(_, ago)| pays(date - Duration::days(*ago)))
        .map(|(share, _)| share)
        .fold(0.0, f64::max);
    1.0 + strength * lift
}

/// The shares of a weekday's contacts per interval, adding up to 1 over the open hours; all zero on a closed weekday.
fn shape(topic: Topic, country: &str, weekday: usize, interval: u16) -> Vec<f64> {
    let hours = topic.hours(country);
    let weights: Vec<f64> = (0..1440 / interval)
        .map(|slot| {
            let from = slot * interval;
            let middle = (f64::from(from) + f64::from(interval) / 2.0) / 60.0;
            if is_open(hours, weekday, from) { intensity(topic, weekday, middle) } else { 0.0 }
        })
        .collect();
    let total: f64 = weights.iter().sum();
    if total > 0.0 { weights.into_iter().map(|weight| weight / total).collect() } else { weights }
}

/// How busy a time of day is (hours), up to a factor: a floor and some bell curves.
fn intensity(topic: Topic, weekday: usize, hour: f64) -> f64 {
    let bell = |centre: f64, width: f64| (-0.5 * ((hour - centre) / width).powi(2)).exp();
    let weekend = weekday >= 5;
    match topic {
        _ if weekend && !matches!(topic, Topic::Chat) => 0.25 + bell(12.3, 2.4),
        Topic::Orders => 0.22 + bell(10.6, 1.7) + 0.85 * bell(16.6, 2.0),
        Topic::Billing => 0.20 + bell(10.0, 1.5) + 0.6 * bell(14.6, 1.8),
        Topic::Technical => 0.22 + 0.8 * bell(10.4, 1.8) + bell(18.0, 1.9),
        Topic::Chat => 0.25 + 0.5 * bell(12.4, 1.8) + bell(19.3, 1.9),
        Topic::Email | Topic::SecondTier => 0.18 + bell(10.0, 2.2) + 0.5 * bell(20.0, 1.5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::queues::queues;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn shapes_add_up_to_one_on_open_days() {
        for weekday in 0..6 {
            let total: f64 = shape(Topic::Orders, "pl", weekday, 15).iter().sum();
            assert!((total - 1.0).abs() < 1e-12);
        }
        assert!(shape(Topic::Orders, "pl", 6, 15).iter().all(|share| *share == 0.0));
    }

    #[test]
    fn mondays_are_busiest_and_lunch_is_a_dip() {
        assert!((1..7).all(|weekday| weekday_factor(Topic::Billing, weekday) < weekday_factor(Topic::Billing, 0)));
        assert!(intensity(Topic::Orders, 0, 13.4) < intensity(Topic::Orders, 0, 10.6));
        assert!(intensity(Topic::Orders, 0, 13.4) < intensity(Topic::Orders, 0, 16.6));
    }

    #[test]
    fn a_holiday_lowers_its_day_and_lifts_the_next() {
        let calendar = super::super::calendar_of_holidays::holidays(day("2026-01-01"), day("2026-12-31"));
        assert!(holiday_factor(&calendar, "pl", day("2026-04-06")) < 0.6);
        // Easter Monday halves the day: the Tuesday gets 16 % of the missing half on top.
        assert!((holiday_factor(&calendar, "pl", day("2026-04-07")) - 1.08).abs() < 1e-12);
        assert!(holiday_factor(&calendar, "us", day("2026-11-26")).abs() < 1e-12);
        assert!((holiday_factor(&calendar, "us", day("2026-04-06")) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn paydays_at_the_end_of_the_month_find_its_last_day() {
        assert!((payday_factor(Topic::Billing, &[31], day("2026-02-28")) - 1.084).abs() < 1e-12);
        assert!((payday_factor(Topic::Billing, &[31], day("2026-03-01")) - 1.14).abs() < 1e-12);
        assert!((payday_factor(Topic::Billing, &[31], day("2026-03-10")) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn advent_is_the_season_of_orders() {
        assert!(season(Topic::Orders, day("2026-12-07")) > 1.25);
        assert!(season(Topic::Technical, day("2026-01-09")) > 1.3);
        assert_eq!(queues(1, 7)[0].topic, Topic::Orders);
    }
}
