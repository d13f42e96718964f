//! When people cannot or would rather not work: hours agreed with part-timers, vacations and illness, wishes.

use std::fmt::Write;

use chrono::{Datelike, Duration, NaiveDate};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::domain::time::{Zone, start_of_day};

use super::contracts::{SiteName, Terms};
use super::params::CentreParams;
use super::people::Person;
use super::random::{pick, stream};
use super::synthetic_centre::PLAN_ZONE;

/// Dates on which somebody is away, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Absence {
    /// Position of the person.
    pub(super) person: usize,
    /// First day.
    pub(super) from: NaiveDate,
    /// Last day.
    pub(super) until: NaiveDate,
    /// Id of the kind.
    pub(super) kind: &'static str,
    /// The day on which planners came to know.
    pub(super) known: NaiveDate,
}

/// Hours on some weekdays at which a part-timer can work, on the site's clock; 0 is Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Weekday.
    pub(super) weekday: usize,
    /// From this hour …
    pub(super) from: u32,
    /// … until this one, at most 24.
    pub(super) until: u32,
}

/// Minutes credited for a day away.
pub(super) const CREDITED_PER_DAY: i64 = 480;

/// Vacations booked long ago, illness that is known, and illness nobody knows of yet.
pub(super) fn absences(params: &CentreParams, people: &[Person]) -> Vec<Absence> {
    let mut random = stream(params.seed, "absences", 0);
    let mut all = Vec::new();
    for person in 0..people.len() {
        let day = |days: i64| params.start + Duration::days(days);
        let mut away = |from: i64, until: i64, kind, known: i64| {
            all.push(Absence { person, from: day(from), until: day(until), kind, known: day(known) });
        };
        match random.random::<f64>() {
            ..0.05 => away(0, 6, "vacation", -random.random_range(30..120)),
            0.05..0.10 => {
                let first = random.random_range(0..5);
                away(first, first + random.random_range(0..2), "vacation", -random.random_range(10..60));
            }
            0.10..0.125 => away(-random.random_range(4..6), random.random_range(1..4), "sick", -4),
            0.125..0.14 => away(random.random_range(0..3), random.random_range(3..5), "sick", -1),
            _ => {}
        }
    }
    all
}

/// Paid minutes a person owes in the week to plan: the middle of the contract's span, less credited absences that
/// planners know of on planning day.
pub(super) fn owed_minutes(params: &CentreParams, people: &[Person], absences: &[Absence]) -> i64 {
    let planning_day = params.start - Duration::days(4);
    let mut owed: Vec<i64> = people
        .iter()
        .map(|person| {
            let (least, most) = person.contract.hours();
            (least + most) * 30
        })
        .collect();
    for absence in absences.iter().filter(|absence| absence.known <= planning_day) {
        let days = (absence.until - absence.from.max(params.start)).num_days() + 1;
        owed[absence.person] = (owed[absence.person] - CREDITED_PER_DAY * days.max(0)).max(0);
    }
    owed.into_iter().sum()
}

/// The hours agreed with each person; empty for those who can work at any time.
pub(super) fn windows(params: &CentreParams, people: &[Person]) -> Vec<Vec<Window>> {
    let mut random = stream(params.seed, "availability", 0);
    people.iter().map(|person| agreed(&mut random, person)).collect()
}

fn agreed(random: &mut ChaCha8Rng, person: &Person) -> Vec<Window> {
    /// Weekdays (first, last), from and until.
    type Agreement = &'static [((usize, usize), u32, u32)];
    const KRAKOW: [Agreement; 4] = [
        &[((0, 4), 8, 15)],                   // while children are at school
        &[((0, 4), 15, 22), ((5, 6), 9, 19)], // after lectures and at weekends
        &[((0, 4), 7, 14), ((5, 5), 8, 16)],
        &[((2, 6), 9, 21)],
    ];
    const MANILA: [Agreement; 2] = [&[((0, 6), 14, 24)], &[((1, 6), 0, 11)]];
    if person.contract.terms != Terms::Part {
        return Vec::new();
    }
    let agreements: &[Agreement] = match person.contract.place {
        SiteName::Krakow => &KRAKOW,
        SiteName::Manila => &MANILA,
    };
    pick(random, agreements)
        .into_iter()
        .flat_map(|agreement| agreement.iter())
        .flat_map(|((first, last), from, until)| {
            (*first..=*last).map(|weekday| Window { weekday, from: *from, until: *until })
        })
        .collect()
}

/// `availability.csv`: weekdays with hours; on other days and hours the person is not available.
pub(super) fn availability_csv(people: &[Person], windows: &[Vec<Window>]) -> String {
    let mut csv = String::from("agent,day,from,until,kind\n");
    for (person, agreed) in people.iter().zip(windows) {
        for window in agreed {
            let day = WEEKDAYS[window.weekday];
            let _ = writeln!(csv, "{},{day},{:02}:00,{:02}:00,available", person.id, window.from, window.until);
        }
    }
    csv
}

/// Weekdays as files write them.
pub(super) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `absences.csv`: from midnight to midnight at the site.
pub(super) fn absences_csv(people: &[Person], absences: &[Absence]) -> String {
    let mut csv = String::from("agent,start,end,kind,known_from\n");
    for absence in absences {
        let person = &people[absence.person];
        let zone = person.contract.place.zone();
        let _ = writeln!(
            csv,
            "{},{},{},{},{}",
            person.id,
            midnight(absence.from, zone),
            midnight(absence.until + Duration::days(1), zone),
            absence.kind,
            midnight(absence.known, PLAN_ZONE)
        );
    }
    csv
}

/// The start of a day with its offset.
pub(super) fn midnight(date: NaiveDate, zone: Zone) -> String {
    start_of_day(date, zone).with_timezone(&zone).to_rfc3339()
}

/// `preferences.csv`: about every fourth person has a wish for the week.
pub(super) fn preferences_csv(params: &CentreParams, people: &[Person], windows: &[Vec<Window>]) -> String {
    let mut random = stream(params.seed, "preferences", 0);
    let mut csv = String::from("agent,day,from,until,kind,weight\n");
    for (person, agreed) in people.iter().zip(windows) {
        let weight = random.random_range(1..=3);
        let day = params.start + Duration::days(random.random_range(0..7));
        let weekday = day.weekday().num_days_from_monday() as usize;
        let wish = match random.random::<f64>() {
            ..0.10 => format!("{day},,,off,{weight}"),
            0.10..0.15 => format!("{},,,off,{weight}", WEEKDAYS[weekday]),
            0.15..0.20 if agreed.is_empty() => format!("{day},18:00,24:00,off,{weight}"),
            0.20..0.25 => {
                format!("{},,,work,{weight}", agreed.first().map_or(WEEKDAYS[weekday], |first| WEEKDAYS[first.weekday]))
            }
            _ => continue,
        };
        let _ = writeln!(csv, "{},{wish}", person.id);
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;
    use crate::generate::people::people;

    #[test]
    fn part_timers_can_work_their_least_hours_within_the_hours_agreed() {
        let params = CentreParams { agents: 400, ..CentreParams::default() };
        let people = people(&params);
        for grid in [15, 60].map(Minutes::new) {
            for (person, agreed) in people.iter().zip(windows(&params, &people)) {
                let (least, most) = person.contract.hours();
                let lengths = person.contract.shift_lengths(grid);
                let longest =
                    |hours: u32| lengths.iter().copied().filter(|length| *length <= i64::from(hours) * 60).max();
                let mut days: Vec<i64> = if agreed.is_empty() {
                    vec![lengths[1]; 5]
                } else {
                    agreed.iter().filter_map(|window| longest(window.until - window.from)).collect()
                };
                days.sort_unstable_by(|a, b| b.cmp(a));
                // Meals are at most an hour, and at most five days a week are worked.
                let paid: i64 = days
                    .iter()
                    .take(5)
                    .map(|length| length - if *length >= 390 { grid.get().max(30) } else { 0 })
                    .sum();
                assert!(paid >= least * 60 && least <= most, "{person:?}: {paid}");
            }
        }
    }

    #[test]
    fn some_illness_is_not_known_on_planning_day() {
        let params = CentreParams { agents: 500, ..CentreParams::default() };
        let all = absences(&params, &people(&params));
        let planning_day = params.start - Duration::days(3);
        assert!(all.iter().any(|absence| absence.known > planning_day));
        assert!(all.iter().filter(|absence| absence.known <= planning_day).count() > 20);
        assert!(all.iter().all(|absence| absence.from <= absence.until));
    }
}
