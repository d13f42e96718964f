//! Customers' clocks: zones, days of 23 and 25 hours, half-hour offsets.

use super::*;

#[test]
fn the_forecast_follows_the_customers_clock_when_only_one_side_has_changed_its_own() {
    // Warsaw falls back on 25 October 2026, New York on 1 November: the days between differ by an hour.
    let americans = vec![region("us", NEW_YORK, 7, 9, 17)];
    let by_clock = |_: usize, _: Instant, wall: chrono::NaiveDateTime| f64::from(wall.hour()) * 10.0;
    let centre =
        TestCentre::new(americans, days("2026-07-27", 84, WARSAW, 60), days("2026-10-19", 21, WARSAW, 60), by_clock);
    for (at, offered) in centre.grid.starts().zip(&centre.forecast().whole.offered) {
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
        let centre =
            TestCentre::new(always.clone(), days(from, 77, WARSAW, 60), days(plan, 7, WARSAW, 60), |_, _, _| 10.0);
        let offered = centre.forecast().whole.offered;
        let day = days(plan, 7, WARSAW, 60).range(
            start_of_day(date(plan) + Duration::days(changed), WARSAW),
            start_of_day(date(plan) + Duration::days(changed + 1), WARSAW),
        );
        let total: f64 = offered[day].iter().sum();
        assert!((total - contacts).abs() < 0.02 * contacts, "{total} for {contacts}");
    }
}

/// Zones of both hemispheres: with and without daylight saving, with offsets of half and of three quarters of an hour.
const ZONES: [Zone; 34] = {
    use chrono_tz::{Africa, America, Asia, Atlantic, Australia, Europe, Pacific};
    [
        Europe::Warsaw,
        Europe::London,
        Europe::Lisbon,
        Europe::Helsinki,
        Europe::Moscow,
        Europe::Istanbul,
        Atlantic::Azores,
        Atlantic::Reykjavik,
        Africa::Cairo,
        Africa::Casablanca,
        Africa::Johannesburg,
        Africa::Lagos,
        America::New_York,
        America::Chicago,
        America::Phoenix,
        America::Los_Angeles,
        America::St_Johns,
        America::Halifax,
        America::Sao_Paulo,
        America::Santiago,
        America::Bogota,
        America::Asuncion,
        Asia::Jerusalem,
        Asia::Dubai,
        Asia::Kolkata,
        Asia::Kathmandu,
        Asia::Manila,
        Asia::Tokyo,
        Australia::Adelaide,
        Australia::Lord_Howe,
        Australia::Sydney,
        Australia::Perth,
        Pacific::Auckland,
        Pacific::Chatham,
    ]
};

/// The plan's minutes that a zone's offset is a multiple of.
fn minutes_of(zone: Zone) -> i64 {
    let quarters = [chrono_tz::Asia::Kathmandu, chrono_tz::Pacific::Chatham];
    if quarters.contains(&zone) { 15 } else { 30 }
}

#[test]
fn in_34_zones_the_forecast_follows_the_customers_clock_through_spring_and_autumn() {
    // America changes on 8 March and 1 November, Europe on 29 March and 25 October, the south in April and in September
    // or October: seven weeks from 2 March and nine from 7 September hold all of it, planned from Warsaw.
    let by_clock = |wall: chrono::NaiveDateTime| 20.0 + f64::from(wall.hour() * 60 + wall.minute()) / 10.0;
    let seasons = [("2025-12-15", "2026-03-02", 49), ("2026-06-22", "2026-09-07", 63)];
    for zone in ZONES {
        let minutes = minutes_of(zone);
        for (from, plan, length) in seasons {
            let customers = vec![region("customers", zone, 7, 8, 20)];
            let grids = (days(from, 77, WARSAW, minutes), days(plan, length, WARSAW, minutes));
            let centre = TestCentre::new(customers, grids.0, grids.1, |_, _, wall| by_clock(wall));
            for (at, offered) in centre.grid.starts().zip(&centre.forecast().whole.offered) {
                let wall = at.with_timezone(&zone).naive_local();
                let truth = if (8..20).contains(&wall.hour()) { by_clock(wall) } else { 0.0 };
                assert!((offered - truth).abs() <= 0.02 * truth, "{zone} {wall}: {offered} for {truth}");
            }
        }
    }
}

#[test]
fn days_of_any_length_add_up_exactly_from_intervals_and_from_regions() {
    // A line around the clock for customers at home and in each zone: the days of either calendar, 23, 23½, 24, 24½ or
    // 25 hours long, are the same to the last bit however their intervals and regions are added.
    let mut lengths = std::collections::BTreeSet::new();
    for zone in ZONES {
        let minutes = minutes_of(zone);
        let regions = vec![region("home", WARSAW, 7, 0, 24), region("away", zone, 7, 0, 24)];
        for (from, plan, length) in [("2026-01-19", "2026-03-02", 42), ("2026-08-03", "2026-09-14", 56)] {
            let grids = (days(from, 42, WARSAW, minutes), days(plan, length, WARSAW, minutes));
            let mut noise = super::laws::noisy(7, 3.0);
            let forecast = TestCentre::new(regions.clone(), grids.0, grids.1, &mut noise).forecast();
            let (mut by_day, mut of_regions) = (0.0, 0.0);
            let last = date(plan) + Duration::days(length - 2);
            for day in date(plan).iter_days().take_while(|day| *day <= last) {
                let span = crate::domain::time::LocalDay::of(day, zone);
                lengths.insert(span.length().get());
                let intervals = grids.1.range(span.start, span.end);
                if day > date(plan) {
                    assert_eq!(
                        i64::try_from(intervals.len()).expect("few") * minutes,
                        span.length().get(),
                        "{zone} {day}"
                    );
                }
                let forwards: f64 = forecast.whole.offered[intervals.clone()].iter().sum();
                let backwards: f64 = forecast.whole.offered[intervals.clone()].iter().rev().sum();
                let apart: f64 =
                    forecast.regions.iter().map(|region| region.offered[intervals.clone()].iter().sum::<f64>()).sum();
                assert_eq!((forwards.to_bits(), forwards.to_bits()), (backwards.to_bits(), apart.to_bits()));
                (by_day, of_regions) = (by_day + forwards, of_regions + apart);
            }
            let until = grids.1.range(grids.1.start(), start_of_day(last + Duration::days(1), zone));
            let first = grids.1.range(start_of_day(date(plan), zone), grids.1.end()).start;
            let at_once: f64 = forecast.whole.offered[first..until.end].iter().sum();
            assert_eq!((by_day.to_bits(), of_regions.to_bits()), (at_once.to_bits(), at_once.to_bits()), "{zone}");
        }
    }
    assert_eq!(lengths.into_iter().collect::<Vec<_>>(), [23 * 60, 23 * 60 + 30, 24 * 60, 24 * 60 + 30, 25 * 60]);
}
