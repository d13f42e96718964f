//! The stage as a whole, on tiny worlds whose truth is known.

use chrono::{Datelike, Duration, NaiveDate, TimeZone, Timelike};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_distr::Distribution;

use super::calendar::worlds::{holiday, queue, region};
use super::*;
use crate::domain::calendar::HolidayService;
use crate::domain::event::{EventKind, Kernel, QueueEffect, Send};
use crate::domain::forecast::Change;
use crate::domain::history::{Counts, Series};
use crate::domain::ids::{EventId, QueueIx};
use crate::domain::progress::Silent;
use crate::domain::queue::Region;
use crate::domain::time::{Instant, Zone, start_of_day};
use crate::domain::units::{Minutes, Share};

const WARSAW: Zone = chrono_tz::Europe::Warsaw;
const NEW_YORK: Zone = chrono_tz::America::New_York;

/// One queue with its history and a plan, from which a test forecasts.
struct World {
    queues: Vec<Queue>,
    history: History,
    holidays: Vec<Holiday>,
    events: Vec<Event>,
    adjustments: Vec<Adjustment>,
    grid: IntervalGrid,
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn days(from: &str, days: i64, zone: Zone, minutes: i64) -> IntervalGrid {
    let from = date(from);
    IntervalGrid::covering(
        start_of_day(from, zone),
        start_of_day(from + Duration::days(days), zone),
        Minutes::new(minutes),
    )
}

impl World {
    /// History and plan from two grids; `count` gives contacts by region, instant and wall clock, in open intervals.
    fn new(
        regions: Vec<Region>,
        past: IntervalGrid,
        grid: IntervalGrid,
        mut count: impl FnMut(usize, Instant, chrono::NaiveDateTime) -> f64,
    ) -> Self {
        let mut series = Vec::new();
        for (position, region) in regions.iter().enumerate() {
            let offered: Counts = past
                .starts()
                .map(|at| {
                    region
                        .hours
                        .is_open(at, region.zone)
                        .then(|| count(position, at, at.with_timezone(&region.zone).naive_local()))
                })
                .collect();
            let aht_s = offered.iter().map(|count| count.map(|_| 200.0)).collect();
            series.push(Series { queue: QueueIx(0), region: position, offered, aht_s });
        }
        let history = History { grid: past, series };
        Self { queues: vec![queue(regions)], history, holidays: vec![], events: vec![], adjustments: vec![], grid }
    }

    fn input(&self) -> ForecastInput<'_> {
        ForecastInput {
            history: &self.history,
            queues: &self.queues,
            holidays: &self.holidays,
            events: &self.events,
            adjustments: &self.adjustments,
            grid: self.grid,
            as_of: None,
        }
    }

    fn forecast(&self) -> QueueForecast {
        forecast(&self.input(), &ForecastParams::default(), &Silent).queues.remove(0)
    }
}

fn campaign(id: &str, at: &str, known_from: Option<&str>) -> Event {
    Event {
        id: EventId::new(id),
        kind: EventKind::Campaign,
        reach: 100_000.0,
        schedule: vec![Send { local: at.parse().expect("a local time"), share: Share::ALL }],
        kernel: None,
        regions: vec![],
        queues: vec![QueueEffect { queue: QueueIx(0), response: None, aht_factor: None }],
        known_from: known_from.map(|at| at.parse().expect("an instant")),
    }
}

/// What a campaign of 100,000 with a response of 1 % and a half-life of 9 hours adds in the hour from `at`.
fn campaign_effect(at: Instant, sent: Instant) -> f64 {
    let arrived = |hours: f64| 1.0 - (-hours.max(0.0) / 9.0).exp2();
    let hours = (at - sent).num_minutes() as f64 / 60.0;
    1000.0 * (arrived(hours + 1.0) - arrived(hours))
}

/// Contacts of a business day: more on Mondays, most at noon.
fn ordinary(wall: chrono::NaiveDateTime) -> f64 {
    let monday = if wall.date().weekday() == chrono::Weekday::Mon { 1.4 } else { 1.0 };
    monday * (60.0 - 4.0 * (f64::from(wall.hour()) - 12.5).abs())
}

fn shop() -> Vec<Region> {
    vec![region("pl", WARSAW, 5, 8, 18)]
}

#[test]
fn a_week_that_repeats_itself_is_forecast_as_it_is() {
    let world =
        World::new(shop(), days("2026-06-01", 84, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, _, wall| {
            ordinary(wall)
        });
    let forecast = world.forecast();
    for (at, offered) in world.grid.starts().zip(&forecast.whole.offered) {
        let wall = at.with_timezone(&WARSAW).naive_local();
        let open = world.queues[0].is_open(at);
        let truth = if open { ordinary(wall) } else { 0.0 };
        assert!((offered - truth).abs() <= 0.03 * truth, "{wall}: {offered} for {truth}");
    }
    assert!((forecast.whole.aht_s[10] / 200.0 - 1.0).abs() < 0.01);
}

#[test]
fn closed_hours_and_closed_holidays_are_exactly_zero() {
    let mut world =
        World::new(shop(), days("2026-06-01", 70, WARSAW, 30), days("2026-08-10", 14, WARSAW, 30), |_, _, wall| {
            ordinary(wall)
        });
    world.holidays = vec![holiday("2026-08-20", "Feast", HolidayService::Closed)];
    let forecast = world.forecast();
    let feast = date("2026-08-20");
    for (index, at) in world.grid.starts().enumerate() {
        let closed = !world.queues[0].is_open(at) || at.with_timezone(&WARSAW).date_naive() == feast;
        assert_eq!(forecast.whole.offered[index].to_bits() == 0, closed, "{at}");
        assert!(!closed || forecast.whole.p90[index].to_bits() == 0);
    }
    // On the feast the baseline says what would have come, and the holiday takes it all away.
    let noon = world.grid.index_of("2026-08-20T10:00:00Z".parse().expect("an instant")).expect("in the plan");
    assert!(forecast.whole.baseline[noon] > 20.0 && forecast.whole.holiday[noon] < -20.0);
}

#[test]
fn the_forecast_follows_the_customers_clock_when_only_one_side_has_changed_its_own() {
    // Warsaw falls back on 25 October 2026, New York on 1 November: the days between differ by an hour.
    let americans = vec![region("us", NEW_YORK, 7, 9, 17)];
    let by_clock = |_: usize, _: Instant, wall: chrono::NaiveDateTime| f64::from(wall.hour()) * 10.0;
    let world = World::new(americans, days("2026-07-27", 84, WARSAW, 60), days("2026-10-19", 21, WARSAW, 60), by_clock);
    for (at, offered) in world.grid.starts().zip(&world.forecast().whole.offered) {
        let wall = at.with_timezone(&NEW_YORK).naive_local();
        let truth = if (9..17).contains(&wall.hour()) { f64::from(wall.hour()) * 10.0 } else { 0.0 };
        assert!((offered - truth).abs() <= 0.03 * truth, "{wall}: {offered} for {truth}");
    }
}

#[test]
fn days_of_23_and_25_hours_have_as_many_contacts() {
    // Ten an hour around the clock: 240 a day, 230 on 28 March 2027 and 250 on 31 October 2027.
    let always = vec![region("pl", WARSAW, 7, 0, 24)];
    for (from, plan, changed, contacts) in
        [("2027-01-04", "2027-03-22", 6, 230.0), ("2027-08-09", "2027-10-25", 6, 250.0)]
    {
        let world = World::new(always.clone(), days(from, 77, WARSAW, 60), days(plan, 7, WARSAW, 60), |_, _, _| 10.0);
        let offered = world.forecast().whole.offered;
        let day = days(plan, 7, WARSAW, 60).range(
            start_of_day(date(plan) + Duration::days(changed), WARSAW),
            start_of_day(date(plan) + Duration::days(changed + 1), WARSAW),
        );
        let total: f64 = offered[day].iter().sum();
        assert!((total - contacts).abs() < 0.02 * contacts, "{total} for {contacts}");
    }
}

#[test]
fn past_campaigns_teach_the_next_one_and_leave_the_baseline_clean() {
    let sends = ["2026-05-12T09:00:00", "2026-06-16T09:00:00", "2026-07-21T09:00:00", "2026-08-25T09:00:00"];
    let effect = |at: Instant| -> f64 {
        let sent =
            |local: &str| WARSAW.from_local_datetime(&local.parse().expect("a time")).single().map(|at| at.to_utc());
        sends.iter().filter_map(|local| sent(local)).map(|sent| campaign_effect(at, sent)).sum()
    };
    let mut world =
        World::new(shop(), days("2026-04-06", 140, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, at, wall| {
            ordinary(wall) + effect(at)
        });
    world.events = sends.iter().map(|at| campaign(at, at, None)).collect();
    let forecast = world.forecast();
    let (mut error, mut truth, mut total_effect, mut total_event) = (0.0, 0.0, 0.0, 0.0);
    for (index, at) in world.grid.starts().enumerate().filter(|(_, at)| world.queues[0].is_open(*at)) {
        let expected = ordinary(at.with_timezone(&WARSAW).naive_local()) + effect(at);
        error += (forecast.whole.offered[index] - expected).abs();
        truth += expected;
        total_effect += effect(at);
        total_event += forecast.whole.event[index];
    }
    assert!(error / truth < 0.05, "WAPE {}", error / truth);
    assert!((total_event / total_effect - 1.0).abs() < 0.15, "{total_event} for {total_effect}");
}

#[test]
fn a_stated_response_and_kernel_are_used_as_they_stand() {
    let mut world =
        World::new(shop(), days("2026-06-01", 84, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, _, wall| {
            ordinary(wall)
        });
    let mut stated = campaign("sale", "2026-08-25T09:00:00", None);
    stated.kernel = Some(Kernel::Geometric { half_life: Minutes::hours(9) });
    stated.queues[0].response = Some(0.01);
    stated.queues[0].aht_factor = Some(2.0);
    world.events = vec![stated];
    let forecast = world.forecast();
    let sent: Instant = "2026-08-25T07:00:00Z".parse().expect("an instant");
    let at = world.grid.index_of(sent).expect("in the plan");
    assert!((forecast.whole.event[at] - campaign_effect(sent, sent)).abs() < 1e-5);
    // Handle times double for the event's contacts: 200 × (1 + share).
    let share = forecast.whole.event[at] / forecast.whole.offered[at];
    assert!((forecast.whole.aht_s[at] / 200.0 - 1.0 - share).abs() < 0.02, "{}", forecast.whole.aht_s[at]);
}

#[test]
fn a_back_test_knows_no_event_before_the_planners_did() {
    let past = days("2026-05-04", 84, WARSAW, 60);
    let mut world = World::new(shop(), past, days("2026-07-27", 7, WARSAW, 60), |_, _, wall| ordinary(wall));
    let origins =
        BacktestOrigins { from: Some(date("2026-07-13")), every_days: 5, horizon_days: 5, at: None, zone: WARSAW };
    let params = ForecastParams::default();
    let without = backtest(&world.input(), &origins, &params, &Silent);
    world.events = vec![campaign("sale", "2026-07-14T09:00:00", Some("2026-07-25T00:00:00Z"))];
    assert_eq!(backtest(&world.input(), &origins, &params, &Silent), without);
    world.events[0].known_from = None;
    assert_ne!(backtest(&world.input(), &origins, &params, &Silent), without);
}

#[test]
fn a_back_test_does_not_look_ahead_and_counts_in_open_days() {
    let past = days("2026-05-04", 84, WARSAW, 60);
    let origins =
        BacktestOrigins { from: Some(date("2026-07-10")), every_days: 1, horizon_days: 2, at: None, zone: WARSAW };
    let made = |later: f64| {
        let after = start_of_day(date("2026-07-10"), WARSAW);
        let world = World::new(shop(), past, days("2026-07-27", 7, WARSAW, 60), |_, at, wall| {
            ordinary(wall) * if at >= after { later } else { 1.0 }
        });
        backtest(&world.input(), &origins, &ForecastParams::default(), &Silent)
    };
    let (one, other) = (made(1.0), made(3.0));
    // From Friday 10 July two open days are Friday and Monday: 20 hours.
    let of_first = |test: &crate::domain::forecast::Backtest| -> Vec<(Instant, f64)> {
        let origin = test.points[0].origin;
        test.points.iter().filter(|point| point.origin == origin).map(|point| (point.start, point.offered)).collect()
    };
    assert_eq!(of_first(&one), of_first(&other));
    assert_eq!(of_first(&one).len(), 20);
    let chosen: Vec<u32> =
        one.accuracy.iter().filter(|figure| figure.method == "chosen").map(|figure| figure.horizon_days).collect();
    assert_eq!(chosen, [1, 2]);
}

#[test]
fn a_queue_without_history_is_zero_and_says_so() {
    let mut world =
        World::new(shop(), days("2026-06-01", 84, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, _, _| 1.0);
    world.history.series.clear();
    let silent = world.forecast();
    assert_eq!(silent.method, "no history");
    assert!(silent.whole.offered.iter().all(|offered| offered.to_bits() == 0));
    assert!((silent.whole.aht_s[0] - 180.0).abs() < 1e-9, "the declared handle time");
    // A planner may still set a total.
    let (from, until) = (world.grid.start(), world.grid.end());
    world.adjustments = vec![Adjustment {
        queue: QueueIx(0),
        region: None,
        from,
        until,
        change: Change::Offered(500.0),
        why: "new line".into(),
    }];
    let total: f64 = world.forecast().whole.offered.iter().sum();
    assert!((total - 500.0).abs() < 1e-3, "{total}");
}

#[test]
fn nothing_at_all_is_a_forecast_of_nothing() {
    let nothing = days("2026-06-01", 0, WARSAW, 60);
    let mut world = World::new(shop(), nothing, days("2026-08-24", 7, WARSAW, 60), |_, _, _| 1.0);
    world.events = vec![campaign("sale", "2026-08-25T09:00:00", None)];
    assert!(world.forecast().whole.offered.iter().all(|offered| offered.to_bits() == 0));
    let origins = BacktestOrigins { from: None, every_days: 1, horizon_days: 5, at: None, zone: WARSAW };
    assert!(backtest(&world.input(), &origins, &ForecastParams::default(), &Silent).points.is_empty());
}

#[test]
fn threads_do_not_change_a_bit() {
    let world =
        World::new(shop(), days("2026-06-01", 84, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, _, wall| {
            ordinary(wall).round()
        });
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| world.forecast())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn dead_lines_and_bursts_leave_no_trace() {
    // In the last week the lines are dead on Tuesday until noon, and on Thursday at ten a burst of ten times the usual.
    let past = days("2026-06-01", 84, WARSAW, 30);
    let spoiled = |wall: chrono::NaiveDateTime| match (wall.date(), wall.hour()) {
        (day, hour) if day == date("2026-08-18") && hour < 12 => 0.0,
        (day, 10) if day == date("2026-08-20") => 10.0,
        _ => 1.0,
    };
    let made = |spoil: bool| {
        let count = |_: usize, _: Instant, wall| ordinary(wall) * if spoil { spoiled(wall) } else { 1.0 };
        World::new(shop(), past, days("2026-08-24", 7, WARSAW, 30), count).forecast()
    };
    let (clean, dirty) = (made(false), made(true));
    for (clean, dirty) in clean.whole.offered.iter().zip(&dirty.whole.offered) {
        assert!((clean - dirty).abs() <= 0.02 * clean, "{dirty} instead of {clean}");
    }
}

#[test]
fn a_morning_above_the_forecast_raises_the_afternoon_and_narrows_its_band() {
    // Whole days lie up to 15 % above or below; the day of the plan lies 10 % above until the run at noon.
    let of_day = |day: NaiveDate| 1.0 + 0.15 * (f64::from(day.num_days_from_ce() * 7919 % 201) / 100.0 - 1.0);
    let busy = date("2026-08-24");
    let count = |_: usize, _: Instant, wall: chrono::NaiveDateTime| {
        10.0 * ordinary(wall) * if wall.date() == busy { 1.1 } else { of_day(wall.date()) }
    };
    let world = World::new(shop(), days("2026-06-01", 85, WARSAW, 30), days("2026-08-24", 2, WARSAW, 30), count);
    let noon: Instant = "2026-08-24T10:00:00Z".parse().expect("an instant");
    let before = world.forecast().whole;
    let input = ForecastInput { as_of: Some(noon), ..world.input() };
    let after = forecast(&input, &ForecastParams::default(), &Silent).queues.remove(0).whole;
    let at = world.grid.index_of(noon + Duration::hours(3)).expect("in the plan");
    let truth = 10.0 * ordinary(busy.and_hms_opt(15, 0, 0).expect("a time")) * 1.1;
    let (missed, left) = ((before.offered[at] - truth).abs(), (after.offered[at] - truth).abs());
    assert!(
        left < 0.5 * missed && left < 0.04 * truth,
        "{} then {} for {truth}",
        before.offered[at],
        after.offered[at]
    );
    assert!(after.p90[at] - after.p10[at] < before.p90[at] - before.p10[at]);
}

#[test]
fn a_back_test_within_the_day_forecasts_its_rest_alone() {
    let past = days("2026-05-04", 84, WARSAW, 60);
    let world = World::new(shop(), past, days("2026-07-27", 7, WARSAW, 60), |_, _, wall| ordinary(wall));
    let at = chrono::NaiveTime::from_hms_opt(12, 0, 0);
    let origins = BacktestOrigins { from: Some(date("2026-07-13")), every_days: 5, horizon_days: 2, at, zone: WARSAW };
    let test = backtest(&world.input(), &origins, &ForecastParams::default(), &Silent);
    // From Monday 13 July at noon: six hours, then ten on Tuesday.
    let origin: Instant = "2026-07-13T10:00:00Z".parse().expect("an instant");
    let first: Vec<Instant> =
        test.points.iter().filter(|point| point.origin == origin).map(|point| point.start).collect();
    assert_eq!((first.len(), first[0]), (16, origin));
}

/// Counts around a wavy mean, Poisson, by a seed.
fn noisy(seed: u64, mean: f64) -> impl FnMut(usize, Instant, chrono::NaiveDateTime) -> f64 {
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    move |region, _, wall| {
        let wave = 1.0 + 0.8 * (f64::from(wall.hour()) / 24.0 * std::f64::consts::TAU).sin();
        let spike = if random.random_range(0..400) == 0 { 20.0 } else { 1.0 };
        let rate = mean * wave * spike / (region + 1) as f64;
        rand_distr::Poisson::new(rate).map_or(0.0, |poisson| poisson.sample(&mut random))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_history_gives_ordered_bands_and_exact_sums(
        seed in 0u64..1000,
        zone in 0usize..6,
        interval in prop::sample::select(vec![15i64, 30, 60]),
        history_days in 1i64..90,
        plan_days in prop::sample::select(vec![7i64, 14, 56]),
        mean in prop::sample::select(vec![0.0, 0.02, 3.0, 400.0]),
        open_days in 1usize..8,
        hours in prop::sample::select(vec![(0u16, 24u16), (9, 17)]),
    ) {
        let zones = [WARSAW, NEW_YORK, chrono_tz::Asia::Kolkata, chrono_tz::Australia::Lord_Howe, chrono_tz::America::Santiago, chrono_tz::UTC];
        let regions = vec![region("one", zones[zone], open_days, hours.0, hours.1), region("two", WARSAW, open_days, hours.0, hours.1)];
        let start = date("2026-09-01") + Duration::days(history_days);
        let plan = days(&start.to_string(), plan_days, WARSAW, interval);
        let mut world = World::new(regions, days("2026-09-01", history_days, WARSAW, interval), plan, noisy(seed, mean));
        world.holidays = vec![holiday("2026-10-01", "Day", HolidayService::Open), holiday("2026-11-11", "Day", HolidayService::Closed)];
        world.events = vec![campaign("one", "2026-09-15T09:00:00", None), campaign("two", "2026-10-20T23:00:00", None)];
        let forecast = world.forecast();
        let all = &forecast.whole;
        for at in 0..world.grid.len() {
            prop_assert!(all.offered[at].is_finite() && all.offered[at] >= 0.0);
            prop_assert!(all.p10[at] <= all.p50[at] && all.p50[at] <= all.p90[at] && all.p90[at].is_finite());
            prop_assert!(all.aht_s[at].is_finite() && all.aht_s[at] >= 0.0);
            prop_assert_eq!(all.offered[at].to_bits(), (all.baseline[at] + all.event[at] + all.holiday[at]).to_bits());
            let regions: f64 = forecast.regions.iter().map(|region| region.offered[at]).sum();
            prop_assert_eq!(all.offered[at].to_bits(), regions.to_bits());
            let open = world.queues[0].is_open(world.grid.start_of(at));
            prop_assert!(open || all.offered[at].to_bits() == 0);
        }
        let origins = BacktestOrigins { from: None, every_days: 7, horizon_days: 3, at: None, zone: WARSAW };
        let test = backtest(&world.input(), &origins, &ForecastParams { folds: 1, ..ForecastParams::default() }, &Silent);
        let finite = test.accuracy.iter().all(|of| [of.wape, of.mase, of.rmse, of.bias, of.coverage80].iter().all(|value| value.is_finite()));
        prop_assert!(finite);
    }
}
