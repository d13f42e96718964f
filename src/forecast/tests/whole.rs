//! The recipe as a whole, and its back-test.

use super::*;

#[test]
fn a_week_that_repeats_itself_is_forecast_as_it_is() {
    let centre =
        TestCentre::new(shop(), days("2026-06-01", 84, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, _, wall| {
            ordinary(wall)
        });
    let forecast = centre.forecast();
    for (at, offered) in centre.grid.starts().zip(&forecast.whole.offered) {
        let wall = at.with_timezone(&WARSAW).naive_local();
        let open = centre.queues[0].is_open(at);
        let truth = if open { ordinary(wall) } else { 0.0 };
        assert!((offered - truth).abs() <= 0.03 * truth, "{wall}: {offered} for {truth}");
    }
    assert!((forecast.whole.aht_s[10] / 200.0 - 1.0).abs() < 0.01);
}

#[test]
fn closed_hours_and_closed_holidays_are_exactly_zero() {
    let mut centre = TestCentre::new(
        shop(),
        days("2026-06-01", 70, WARSAW, 30),
        days("2026-08-10", 14, WARSAW, 30),
        |_, _, wall| ordinary(wall),
    );
    centre.holidays = vec![holiday("2026-08-20", "Feast", HolidayService::Closed)];
    let forecast = centre.forecast();
    let feast = date("2026-08-20");
    for (index, at) in centre.grid.starts().enumerate() {
        let closed = !centre.queues[0].is_open(at) || at.with_timezone(&WARSAW).date_naive() == feast;
        assert_eq!(forecast.whole.offered[index].to_bits() == 0, closed, "{at}");
        assert!(!closed || forecast.whole.p90[index].to_bits() == 0);
    }
    // On the feast the baseline says what would have come, and the holiday takes it all away.
    let noon = centre.grid.index_of("2026-08-20T10:00:00Z".parse().expect("an instant")).expect("in the plan");
    assert!(forecast.whole.baseline[noon] > 20.0 && forecast.whole.holiday[noon] < -20.0);
}

#[test]
fn a_back_test_does_not_look_ahead_and_counts_in_open_days() {
    let past = days("2026-05-04", 84, WARSAW, 60);
    let origins =
        BacktestOrigins { from: Some(date("2026-07-10")), every_days: 1, horizon_days: 2, at: None, zone: WARSAW };
    let made = |later: f64| {
        let after = start_of_day(date("2026-07-10"), WARSAW);
        let centre = TestCentre::new(shop(), past, days("2026-07-27", 7, WARSAW, 60), |_, at, wall| {
            ordinary(wall) * if at >= after { later } else { 1.0 }
        });
        backtest(&centre.input(), &origins, &ForecastParams::default(), &Silent).expect("nobody cancels")
    };
    let (one, other) = (made(1.0), made(3.0));
    // From Friday 10 July two open days are Friday and Monday: 20 hours.
    let of_first = |test: &crate::domain::backtest::Backtest| -> Vec<(Instant, f64)> {
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
fn a_morning_above_the_forecast_raises_the_afternoon_and_narrows_its_band() {
    // Whole days lie up to 15 % above or below; the day of the plan lies 10 % above until the run at noon.
    let of_day = |day: NaiveDate| 1.0 + 0.15 * (f64::from(day.num_days_from_ce() * 7919 % 201) / 100.0 - 1.0);
    let busy = date("2026-08-24");
    let count = |_: usize, _: Instant, wall: chrono::NaiveDateTime| {
        10.0 * ordinary(wall) * if wall.date() == busy { 1.1 } else { of_day(wall.date()) }
    };
    let centre = TestCentre::new(shop(), days("2026-06-01", 85, WARSAW, 30), days("2026-08-24", 2, WARSAW, 30), count);
    let noon: Instant = "2026-08-24T10:00:00Z".parse().expect("an instant");
    let before = centre.forecast().whole;
    let input = ForecastInput { as_of: Some(noon), ..centre.input() };
    let after = forecast(&input, &ForecastParams::default(), &Silent).expect("nobody cancels").queues.remove(0).whole;
    let at = centre.grid.index_of(noon + Duration::hours(3)).expect("in the plan");
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
    let centre = TestCentre::new(shop(), past, days("2026-07-27", 7, WARSAW, 60), |_, _, wall| ordinary(wall));
    let at = chrono::NaiveTime::from_hms_opt(12, 0, 0);
    let origins = BacktestOrigins { from: Some(date("2026-07-13")), every_days: 5, horizon_days: 2, at, zone: WARSAW };
    let test = backtest(&centre.input(), &origins, &ForecastParams::default(), &Silent).expect("nobody cancels");
    // From Monday 13 July at noon: six hours, then ten on Tuesday.
    let origin: Instant = "2026-07-13T10:00:00Z".parse().expect("an instant");
    let first: Vec<Instant> =
        test.points.iter().filter(|point| point.origin == origin).map(|point| point.start).collect();
    assert_eq!((first.len(), first[0]), (16, origin));
}
