//! Histories as they are: holidays without anybody, a queue split in two, quiet queues that double, handle times that move.

use super::*;

/// The total of a day of the plan.
fn total_on(forecast: &QueueForecast, grid: IntervalGrid, day: &str) -> f64 {
    let span = grid.range(start_of_day(date(day), WARSAW), start_of_day(date(day) + Duration::days(1), WARSAW));
    forecast.whole.offered[span].iter().sum()
}

#[test]
fn a_listed_holiday_on_which_nobody_called_is_empty_however_busy_the_queue_is() {
    // Ten times the shop, some 4,000 contacts a day: without the holiday its day would be an outage to the last hour.
    let holidays = ["2026-05-01", "2026-06-04", "2026-08-26"];
    let grid = days("2026-08-24", 7, WARSAW, 60);
    let past = days("2026-02-23", 182, WARSAW, 60);
    let count = |_: usize, _: Instant, wall: chrono::NaiveDateTime| {
        if holidays.iter().any(|day| date(day) == wall.date()) { 0.0 } else { 10.0 * ordinary(wall) }
    };
    let mut centre = TestCentre::new(shop(), past, grid, count);
    centre.holidays =
        holidays.map(|day| crate::forecast::test_regions::holiday(day, "Holiday", HolidayService::Open)).into();
    let forecast = centre.forecast();
    let (before, on) = (total_on(&forecast, grid, "2026-08-25"), total_on(&forecast, grid, "2026-08-26"));
    assert!(before > 4000.0 && on < 0.1 * before, "{on} of {before}");
}

#[test]
fn a_queue_that_took_half_of_another_is_not_forecast_by_what_the_other_was() {
    // Ten days ago one queue was split in two equal ones.
    let split = date("2026-08-14");
    let past = days("2026-02-23", 182, WARSAW, 60);
    let grid = days("2026-08-24", 7, WARSAW, 60);
    let halved = |day: NaiveDate| if day >= split { 0.5 } else { 1.0 };
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(5);
    let mut centre = TestCentre::new(shop(), past, grid, |_, _, wall| {
        4.0 * ordinary(wall) * halved(wall.date()) * (1.0 + 0.1 * (random.random_range(0.0..1.0) - 0.5))
    });
    let mut new = centre.history.series[0].clone();
    new.queue = QueueIx(1);
    for (at, start) in past.starts().enumerate() {
        if start.with_timezone(&WARSAW).date_naive() < split {
            new.offered.forget(at);
        }
    }
    centre.history.series.push(new);
    centre.queues.push(Queue { id: crate::domain::ids::QueueId::new("new"), ..centre.queues[0].clone() });
    let queues = forecast(&centre.input(), &ForecastParams::default(), &Silent).expect("nobody cancels").queues;
    let usual: f64 = grid
        .starts()
        .map(|at| at.with_timezone(&WARSAW).naive_local())
        .filter(|wall| wall.weekday().num_days_from_monday() < 5 && (8..18).contains(&wall.hour()))
        .map(|wall| 2.0 * ordinary(wall))
        .sum();
    let total: f64 = queues[1].whole.offered.iter().sum();
    assert!((total / usual - 1.0).abs() < 0.06, "{total} instead of {usual}");
}

#[test]
fn a_quiet_queue_that_halved_four_weeks_ago_is_followed() {
    // Ten contacts a day, then five.
    use rand_distr::Distribution;
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(8);
    let changed = date("2026-07-27");
    let count = |_: usize, _: Instant, wall: chrono::NaiveDateTime| {
        let mean = if wall.date() >= changed { 0.5 } else { 1.0 };
        rand_distr::Poisson::new(mean).expect("a distribution").sample(&mut random)
    };
    let grid = days("2026-08-24", 7, WARSAW, 60);
    let forecast = TestCentre::new(shop(), days("2025-08-25", 364, WARSAW, 60), grid, count).forecast();
    let total: f64 = forecast.whole.offered.iter().sum();
    assert!((total / 25.0 - 1.0).abs() < 0.25, "{total} instead of 25");
}

#[test]
fn a_step_of_handle_times_is_followed_within_weeks() {
    let past = days("2026-02-23", 182, WARSAW, 60);
    let mut centre =
        TestCentre::new(shop(), past, days("2026-08-24", 7, WARSAW, 60), |_, _, wall| 4.0 * ordinary(wall));
    let changed = date("2026-07-27");
    for (at, start) in past.starts().enumerate() {
        if start.with_timezone(&WARSAW).date_naive() >= changed && centre.history.series[0].offered.get(at).is_some() {
            centre.history.series[0].aht_s.set(at, 250.0);
        }
    }
    let seconds = centre.forecast().whole.aht_s[9];
    assert!((seconds / 250.0 - 1.0).abs() < 0.02, "{seconds} instead of 250");
}

#[test]
fn bills_of_each_first_working_day_come_again() {
    // Two years in which the first weekday of a month brings 60 % more: Monday 3 August 2026 is one, a Tuesday after it is none.
    let is_first = |day: NaiveDate| {
        let weekdays = day.iter_days().rev().skip(1).take_while(|other| other.month() == day.month());
        weekdays.filter(|other| other.weekday().num_days_from_monday() < 5).count() == 0
    };
    let count = |_: usize, _: Instant, wall: chrono::NaiveDateTime| {
        4.0 * ordinary(wall) * if is_first(wall.date()) { 1.6 } else { 1.0 }
    };
    let grid = days("2026-08-03", 7, WARSAW, 60);
    let forecast = TestCentre::new(shop(), days("2024-08-05", 728, WARSAW, 60), grid, count).forecast();
    let (peak, usual) = (total_on(&forecast, grid, "2026-08-03"), total_on(&forecast, grid, "2026-08-04"));
    assert!((peak / usual / (1.6 * 1.4) - 1.0).abs() < 0.1, "{peak} beside {usual}");
}

#[test]
fn the_third_christmas_is_as_the_two_before() {
    // Christmas at a tenth, New Year too, the days between at a half.
    let share = |day: NaiveDate| match (day.month(), day.day()) {
        (12, 25 | 26) | (1, 1) => 0.1,
        (12, 27..=31) => 0.5,
        _ => 1.0,
    };
    let count = |_: usize, _: Instant, wall: chrono::NaiveDateTime| 4.0 * ordinary(wall) * share(wall.date());
    let grid = days("2026-12-21", 14, WARSAW, 60);
    let mut centre =
        TestCentre::new(vec![region("pl", WARSAW, 7, 8, 18)], days("2024-09-02", 840, WARSAW, 60), grid, count);
    let holiday = |day: &str, name: &str| crate::forecast::test_regions::holiday(day, name, HolidayService::Open);
    for year in 2024..=2026 {
        centre.holidays.push(holiday(&format!("{year}-12-25"), "Christmas Day"));
        centre.holidays.push(holiday(&format!("{year}-12-26"), "Second day of Christmas"));
        centre.holidays.push(holiday(&format!("{}-01-01", year + 1), "New Year"));
    }
    let forecast = centre.forecast();
    let usual = total_on(&forecast, grid, "2026-12-22");
    for (day, share) in [("2026-12-25", 0.1), ("2026-12-29", 0.5), ("2026-12-30", 0.5), ("2027-01-01", 0.1)] {
        let total = total_on(&forecast, grid, day);
        assert!((total / usual - share).abs() < 0.07, "{day}: {total} of {usual}");
    }
}
