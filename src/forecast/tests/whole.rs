//! The recipe as a whole, and its back-test.

use super::*;

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
fn a_back_test_does_not_look_ahead_and_counts_in_open_days() {
    let past = days("2026-05-04", 84, WARSAW, 60);
    let origins = BacktestOrigins { from: Some(date("2026-07-10")), every_days: 1, horizon_days: 2, zone: WARSAW };
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
