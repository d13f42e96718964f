//! Histories that are short, absent or spoiled.

use super::*;

#[test]
fn a_queue_without_history_is_zero_and_says_so() {
    let mut centre =
        TestCentre::new(shop(), days("2026-06-01", 84, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, _, _| 1.0);
    centre.history.series.clear();
    let silent = centre.forecast();
    assert_eq!(silent.method, "no history");
    assert!(silent.whole.offered.iter().all(|offered| offered.to_bits() == 0));
    assert!((silent.whole.aht_s[0] - 180.0).abs() < 1e-9, "the declared handle time");
    // A planner may still set a total.
    let (from, until) = (centre.grid.start(), centre.grid.end());
    centre.adjustments = vec![Adjustment {
        queue: QueueIx(0),
        region: None,
        from,
        until,
        change: Change::Offered(500.0),
        why: "new line".into(),
    }];
    let total: f64 = centre.forecast().whole.offered.iter().sum();
    assert!((total - 500.0).abs() < 1e-3, "{total}");
}

#[test]
fn nothing_at_all_is_a_forecast_of_nothing() {
    let nothing = days("2026-06-01", 0, WARSAW, 60);
    let mut centre = TestCentre::new(shop(), nothing, days("2026-08-24", 7, WARSAW, 60), |_, _, _| 1.0);
    centre.events = vec![campaign("sale", "2026-08-25T09:00:00", None)];
    assert!(centre.forecast().whole.offered.iter().all(|offered| offered.to_bits() == 0));
    let origins = BacktestOrigins { from: None, every_days: 1, horizon_days: 5, at: None, zone: WARSAW };
    assert!(
        backtest(&centre.input(), &origins, &ForecastParams::default(), &Silent)
            .expect("nobody cancels")
            .points
            .is_empty()
    );
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
        TestCentre::new(shop(), past, days("2026-08-24", 7, WARSAW, 30), count).forecast()
    };
    let (clean, dirty) = (made(false), made(true));
    for (clean, dirty) in clean.whole.offered.iter().zip(&dirty.whole.offered) {
        assert!((clean - dirty).abs() <= 0.02 * clean, "{dirty} instead of {clean}");
    }
}

/// Twenty-six weeks of a shop whose counts are changed by day and hour.
fn changed(change: impl Fn(NaiveDate, u32) -> f64) -> QueueForecast {
    let past = days("2026-02-23", 182, WARSAW, 60);
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(3);
    let count = |_: usize, _: Instant, wall: chrono::NaiveDateTime| {
        let noise = 1.0 + 0.1 * (random.random_range(0.0..1.0) - 0.5);
        ordinary(wall) * noise * change(wall.date(), wall.hour())
    };
    TestCentre::new(shop(), past, days("2026-08-24", 7, WARSAW, 60), count).forecast()
}

fn found(forecast: &QueueForecast) -> Vec<(&'static str, NaiveDate, NaiveDate)> {
    use crate::domain::explanation::FindingKind;
    let local = |at: Instant| at.with_timezone(&WARSAW).date_naive();
    let name = |kind| match kind {
        FindingKind::UnlabelledSpike { .. } => "spike",
        FindingKind::Outage { .. } => "outage",
        FindingKind::LevelShift { .. } => "shift",
        FindingKind::OpenLevel { .. } => "open",
        FindingKind::WeekdayShift { .. } => "weekday",
        FindingKind::MissingDays { .. } => "missing",
    };
    let findings = &forecast.explanation.findings;
    findings.iter().map(|found| (name(found.kind), local(found.from), local(found.until))).collect()
}

#[test]
fn what_looks_wrong_in_the_history_is_named_with_its_dates() {
    let day = date("2026-06-17");
    assert_eq!(found(&changed(|_, _| 1.0)), []);
    let burst = changed(|date, hour| if date == day && (10..13).contains(&hour) { 3.0 } else { 1.0 });
    assert_eq!(found(&burst), [("spike", day, day)]);
    let busy = changed(|date, _| if date == day { 1.5 } else { 1.0 });
    assert_eq!(found(&busy), [("spike", day, day)]);
    let dead = changed(|date, hour| if date == day && hour < 14 { 0.0 } else { 1.0 });
    assert_eq!(found(&dead), [("outage", day, day)]);
    let shift = changed(|date, _| if date >= day { 1.4 } else { 1.0 });
    assert_eq!(found(&shift), [("shift", day, date("2026-08-24"))]);
    // Thursday to Sunday, and the plan starts on the Monday after.
    let since = date("2026-08-20");
    let evenings = |date: NaiveDate, hour: u32, weeks: i64| {
        let weeks_before = (date - since).num_days();
        (weeks_before % 7 == 0 && (-7 * weeks..0).contains(&weeks_before) && hour >= 15).then_some(0.0)
    };
    // Once it is an outage; on four Thursdays in a row it is how Thursdays are.
    let lost = found(&changed(|date, hour| evenings(date, hour, 1).unwrap_or(1.0)));
    assert_eq!(lost, [("outage", date("2026-08-13"), date("2026-08-13"))]);
    let habit = found(&changed(|date, hour| evenings(date, hour, 4).unwrap_or(1.0)));
    assert!(habit.iter().all(|(kind, ..)| *kind != "outage"), "{habit:?}");
    let open = changed(|date, _| if date >= since { 1.4 } else { 1.0 });
    assert_eq!(found(&open), [("open", since, date("2026-08-24"))]);
    let mondays = changed(|date, _| if date.weekday() == chrono::Weekday::Mon && date >= day { 1.5 } else { 1.0 });
    assert_eq!(found(&mondays), [("weekday", date("2026-06-22"), date("2026-08-24"))]);
}

#[test]
fn what_was_taken_for_an_outage_is_lived_through_and_scored() {
    let past = days("2026-02-23", 182, WARSAW, 60);
    let mut centre = TestCentre::new(shop(), past, days("2026-08-24", 7, WARSAW, 60), |_, _, wall| ordinary(wall));
    // Tuesday 18 August from ten to noon: nobody got through.
    let noon = start_of_day(date("2026-08-18"), WARSAW);
    let lost = past.range(noon + Duration::hours(10), noon + Duration::hours(12));
    let missed: f64 = lost.clone().filter_map(|at| centre.history.series[0].offered.get(at)).sum();
    for at in lost {
        centre.history.series[0].offered.forget(at);
        centre.history.series[0].outages.push((at, 1.0));
    }
    let origins =
        BacktestOrigins { from: Some(date("2026-08-17")), every_days: 7, horizon_days: 7, at: None, zone: WARSAW };
    let tested = backtest(&centre.input(), &origins, &ForecastParams::default(), &Silent).expect("nobody cancels");
    let outages: Vec<f64> = tested.points.iter().filter(|point| point.is_outage).map(|point| point.actual).collect();
    assert_eq!(outages, [1.0, 1.0]);
    let told = tested.accuracy.iter().find(|of| of.method == "chosen" && of.outage_intervals > 0).expect("a row");
    assert_eq!(told.outage_intervals, 2);
    let actual: f64 = tested
        .points
        .iter()
        .filter(|point| point.start >= noon && point.start < noon + Duration::days(1))
        .map(|point| point.actual)
        .sum();
    let between = told.wape * actual - told.wape_without_outages * (actual - 2.0);
    assert!((between - (missed - 2.0)).abs() < 0.1 * missed, "{between} {missed}");
}

#[test]
fn weeks_that_never_reached_the_file_are_missed() {
    let mut centre = TestCentre::new(
        shop(),
        days("2026-02-23", 182, WARSAW, 60),
        days("2026-08-24", 7, WARSAW, 60),
        |_, _, wall| ordinary(wall),
    );
    // Monday 4 May until Friday 15 May: ten open days.
    let lost =
        centre.history.grid.range(start_of_day(date("2026-05-04"), WARSAW), start_of_day(date("2026-05-16"), WARSAW));
    for at in lost {
        centre.history.series[0].offered.forget(at);
    }
    assert_eq!(found(&centre.forecast()), [("missing", date("2026-05-04"), date("2026-05-16"))]);
}

/// A shop with a long history, and a second queue of half its contacts that opened a number of days ago.
fn with_a_young_queue(own_days: i64, like: Option<QueueIx>) -> TestCentre {
    let past = days("2026-02-23", 182, WARSAW, 60);
    let busy_fridays = |wall: chrono::NaiveDateTime| {
        ordinary(wall) * if wall.date().weekday() == chrono::Weekday::Fri { 1.3 } else { 1.0 }
    };
    let mut centre = TestCentre::new(shop(), past, days("2026-08-24", 7, WARSAW, 60), |_, _, wall| busy_fridays(wall));
    let opened = date("2026-08-24") - Duration::days(own_days);
    let mut young = centre.history.series[0].clone();
    young.queue = QueueIx(1);
    for (at, start) in past.starts().enumerate() {
        match young.offered.get(at).filter(|_| start.with_timezone(&WARSAW).date_naive() >= opened) {
            Some(count) => young.offered.set(at, 0.5 * count),
            None => young.offered.forget(at),
        }
    }
    centre.history.series.push(young);
    centre.queues.push(Queue { id: crate::domain::ids::QueueId::new("young"), like, ..centre.queues[0].clone() });
    centre
}

fn of_young(centre: &TestCentre) -> (Vec<f64>, Vec<f64>, QueueForecast) {
    let mut queues = forecast(&centre.input(), &ForecastParams::default(), &Silent).expect("nobody cancels").queues;
    let young = queues.remove(1);
    (queues[0].whole.offered.to_vec(), young.whole.offered.to_vec(), young)
}

#[test]
fn a_queue_without_history_takes_that_of_the_queue_it_is_like() {
    let (old, young, told) = of_young(&with_a_young_queue(0, Some(QueueIx(0))));
    assert!(old.iter().zip(&young).all(|(old, young)| (old - young).abs() <= 0.03 * old), "{old:?} {young:?}");
    let borrowed = told.explanation.borrowed.expect("borrowed");
    assert_eq!((borrowed.from, borrowed.own_days), (QueueIx(0), 0));
    let (_, nothing, told) = of_young(&with_a_young_queue(0, None));
    assert!(nothing.iter().all(|offered| offered.to_bits() == 0) && told.explanation.borrowed.is_none());
}

#[test]
fn a_young_queue_takes_its_week_from_the_most_similar_one_and_its_level_from_its_own_days() {
    // Open from Monday 17 to Wednesday 19 August and no more: Fridays and the weekdays' shape are the other queue's.
    let mut centre = with_a_young_queue(7, None);
    let closed = centre.history.grid.range(start_of_day(date("2026-08-20"), WARSAW), centre.history.grid.end());
    for at in closed {
        centre.history.series[1].offered.forget(at);
    }
    let (old, young, told) = of_young(&centre);
    let borrowed = told.explanation.borrowed.expect("borrowed");
    assert_eq!((borrowed.from, borrowed.own_days), (QueueIx(0), 3));
    assert!((borrowed.level - 0.5).abs() < 0.02, "{borrowed:?}");
    for (old, young) in old.iter().zip(&young) {
        assert!((0.5 * old - young).abs() <= 0.06 * old, "{young} for half of {old}");
    }
}
