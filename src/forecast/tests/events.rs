//! Campaigns, recalls and announcements.

use super::*;

/// What a campaign of 100,000 with a response of 1 % and a half-life of 9 hours adds in the hour from `at`.
fn campaign_effect(at: Instant, sent: Instant) -> f64 {
    let arrived = |hours: f64| 1.0 - (-hours.max(0.0) / 9.0).exp2();
    let hours = (at - sent).num_minutes() as f64 / 60.0;
    1000.0 * (arrived(hours + 1.0) - arrived(hours))
}

#[test]
fn past_campaigns_teach_the_next_one_and_leave_the_baseline_clean() {
    let sends = ["2026-05-12T09:00:00", "2026-06-16T09:00:00", "2026-07-21T09:00:00", "2026-08-25T09:00:00"];
    let effect = |at: Instant| -> f64 {
        let sent =
            |local: &str| WARSAW.from_local_datetime(&local.parse().expect("a time")).single().map(|at| at.to_utc());
        sends.iter().filter_map(|local| sent(local)).map(|sent| campaign_effect(at, sent)).sum()
    };
    let mut centre = TestCentre::new(
        shop(),
        days("2026-04-06", 140, WARSAW, 60),
        days("2026-08-24", 7, WARSAW, 60),
        |_, at, wall| ordinary(wall) + effect(at),
    );
    centre.events = sends.iter().map(|at| campaign(at, at, None)).collect();
    let forecast = centre.forecast();
    let (mut error, mut truth, mut total_effect, mut total_event) = (0.0, 0.0, 0.0, 0.0);
    for (index, at) in centre.grid.starts().enumerate().filter(|(_, at)| centre.queues[0].is_open(*at)) {
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
    let mut centre =
        TestCentre::new(shop(), days("2026-06-01", 84, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, _, wall| {
            ordinary(wall)
        });
    let mut stated = campaign("sale", "2026-08-25T09:00:00", None);
    stated.kernel = Some(Kernel::Geometric { half_life: Minutes::hours(9) });
    stated.queues[0].response = Some(0.01);
    stated.queues[0].aht_factor = Some(2.0);
    centre.events = vec![stated];
    let forecast = centre.forecast();
    let sent: Instant = "2026-08-25T07:00:00Z".parse().expect("an instant");
    let at = centre.grid.index_of(sent).expect("in the plan");
    assert!((forecast.whole.event[at] - campaign_effect(sent, sent)).abs() < 1e-5);
    // Handle times double for the event's contacts: 200 × (1 + share).
    let share = forecast.whole.event[at] / forecast.whole.offered[at];
    assert!((forecast.whole.aht_s[at] / 200.0 - 1.0 - share).abs() < 0.02, "{}", forecast.whole.aht_s[at]);
}

#[test]
fn a_back_test_knows_no_event_before_the_planners_did() {
    let past = days("2026-05-04", 84, WARSAW, 60);
    let mut centre = TestCentre::new(shop(), past, days("2026-07-27", 7, WARSAW, 60), |_, _, wall| ordinary(wall));
    let origins =
        BacktestOrigins { from: Some(date("2026-07-13")), every_days: 5, horizon_days: 5, at: None, zone: WARSAW };
    let params = ForecastParams::default();
    let without = backtest(&centre.input(), &origins, &params, &Silent).expect("nobody cancels");
    centre.events = vec![campaign("sale", "2026-07-14T09:00:00", Some("2026-07-25T00:00:00Z"))];
    assert_eq!(backtest(&centre.input(), &origins, &params, &Silent).expect("nobody cancels"), without);
    centre.events[0].known_from = None;
    assert_ne!(backtest(&centre.input(), &origins, &params, &Silent).expect("nobody cancels"), without);
}

/// Contacts of a shop with four campaigns of a response of 1 % and a half-life of 9 hours, the last one in the plan.
fn with_campaigns(sends: &[&str]) -> TestCentre {
    let instants: Vec<Instant> = sends
        .iter()
        .map(|local| crate::domain::time::instant_at_or_after(local.parse().expect("a time"), WARSAW))
        .collect();
    let effect = |at: Instant| instants.iter().map(|sent| campaign_effect(at, *sent)).sum::<f64>();
    let mut centre = TestCentre::new(
        shop(),
        days("2026-04-06", 140, WARSAW, 60),
        days("2026-08-24", 7, WARSAW, 60),
        |_, at, wall| ordinary(wall) + effect(at),
    );
    centre.events = sends.iter().map(|at| campaign(at, at, None)).collect();
    centre
}

#[test]
fn a_queue_without_past_campaigns_believes_what_other_queues_have_seen() {
    let mut centre =
        with_campaigns(&["2026-05-12T09:00:00", "2026-06-16T09:00:00", "2026-07-21T09:00:00", "2026-08-25T09:00:00"]);
    // The second queue has the same ordinary days, and only the coming campaign concerns it.
    let quiet = with_campaigns(&[]);
    centre.history.series.push(CountedSeries { queue: QueueIx(1), ..quiet.history.series[0].clone() });
    centre.queues.push(Queue { id: crate::domain::ids::QueueId::new("second"), ..centre.queues[0].clone() });
    let on_both = QueueEffect { queue: QueueIx(1), response: None, aht_factor: None };
    centre.events[3].queues.push(on_both);
    let forecast = forecast(&centre.input(), &ForecastParams::default(), &Silent).expect("nobody cancels");
    let events: Vec<f64> = forecast.queues.iter().map(|queue| queue.whole.event.iter().sum()).collect();
    // Unasked, half as many would be believed: 0.5 % of those reached. One queue alone is believed most of the way.
    assert!(events[1] > 0.7 * events[0] && events[1] < 1.2 * events[0], "{events:?}");
    let [taught, told] = [0, 1].map(|queue: usize| forecast.queues[queue].explanation.kinds[0]);
    assert_eq!((taught.events, told.events), (3, 0));
    assert!(told.next_response.high > taught.next_response.high, "{told:?} {taught:?}");
    assert!(taught.next_response.holds(0.01) && taught.next_half_life_hours.holds(9.0), "{taught:?}");
}

#[test]
fn what_an_event_is_to_add_is_told_with_its_band_and_widens_the_bands() {
    let centre =
        with_campaigns(&["2026-05-12T09:00:00", "2026-06-16T09:00:00", "2026-07-21T09:00:00", "2026-08-25T09:00:00"]);
    let forecast = centre.forecast();
    let [share] = &forecast.explanation.events[..] else { panic!("one event: {:?}", forecast.explanation.events) };
    let total: f64 = forecast.whole.event.iter().sum();
    assert_eq!(share.event.as_str(), "2026-08-25T09:00:00");
    assert!((share.contacts.middle - total).abs() < 1.0 && share.contacts.low < total && share.contacts.high > total);
    // Tuesday and Wednesday at ten expect the same but for the event.
    let at =
        |day: &str| centre.grid.index_of(format!("{day}T08:00:00Z").parse().expect("an instant")).expect("in the plan");
    let width = |at: usize| (forecast.whole.p90[at] - forecast.whole.p10[at]) / forecast.whole.offered[at];
    assert!(width(at("2026-08-25")) > width(at("2026-08-28")));
}
