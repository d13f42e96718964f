//! The unit of handle times: what the column's name says, what the cells say, else what their mean can be.

use crate::domain::problem::{Problem, Problems};
use crate::language::fixed;
use tr::tr;

use crate::ingest::import::cell::durations::{Duration, TimeUnit};
use crate::ingest::import::stated::said::Said;

/// Handle times between these can be the mean of a queue, seconds.
const SHORTEST: f64 = 5.0;
const LONGEST: f64 = 4.0 * 3600.0;
/// Above and below these they are worth a word.
const LONG: f64 = 3600.0;
const SHORT: f64 = 45.0;

/// How durations of one column become seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ingest::import) struct Units {
    /// Of numbers.
    pub(in crate::ingest::import) number: TimeUnit,
    /// Of the first part of `3:25`: minutes or hours.
    pub(in crate::ingest::import) first_part: TimeUnit,
}

impl Units {
    /// Seconds of a duration.
    pub(in crate::ingest::import) fn seconds(self, duration: Duration) -> f64 {
        match duration {
            Duration::Seconds(seconds) => seconds,
            Duration::Number(number) => number * self.number.seconds(),
            Duration::TwoParts(first, second) => (first + second / 60.0) * self.first_part.seconds(),
        }
    }
}

/// A column of durations, as far as it matters here.
pub(in crate::ingest::import) struct Seen<'a> {
    pub(in crate::ingest::import) column: &'a str,
    pub(in crate::ingest::import) shown: &'a str,
    /// Durations and the contacts of which each is the sum.
    pub(in crate::ingest::import) times: Vec<(Duration, f64)>,
    /// Whether it is the time of handling, which is never a matter of seconds.
    pub(in crate::ingest::import) is_handling: bool,
}

/// Settles the units of a column.
pub(in crate::ingest::import) fn units(
    seen: &Seen<'_>,
    declared: Option<TimeUnit>,
    of_system: Option<TimeUnit>,
    said: &mut Said,
) -> Result<Units, Problems> {
    let first_part = declared.filter(|unit| *unit == TimeUnit::Hours).unwrap_or(TimeUnit::Minutes);
    if declared.is_none() && seen.times.iter().any(|(time, _)| matches!(time, Duration::TwoParts(..))) {
        let sentence = tr!("times such as 3:25 in `{}` are minutes and seconds", seen.column);
        said.assumed(sentence, tr!("time_unit = \"hours\""));
    }
    let given = declared.or_else(|| TimeUnit::of_name(seen.column)).or(of_system);
    let (time, contacts) = seen.times.iter().fold((0.0, 0.0), |(sum, all), (time, contacts)| match time {
        Duration::Number(number) => (sum + number, all + contacts),
        _ => (sum, all),
    });
    let mean = if contacts > 0.0 { time / contacts } else { 0.0 };
    let units = |number| Units { number, first_part };
    if mean <= 0.0 {
        return Ok(units(given.unwrap_or(TimeUnit::Seconds)));
    }
    let fits = |unit: TimeUnit| (SHORTEST..=LONGEST).contains(&(mean * unit.seconds()));
    let Some(unit) = given else {
        return guessed(seen, mean, fits, said).map(units);
    };
    let seconds = mean * unit.seconds();
    if seen.is_handling && seconds > LONGEST && declared.is_none() {
        return Err(absurd(seen, seconds, unit));
    }
    let others = [TimeUnit::Milliseconds, TimeUnit::Seconds, TimeUnit::Minutes, TimeUnit::Hours];
    let other = others.into_iter().find(|other| *other != unit && (SHORT..=LONG).contains(&(mean * other.seconds())));
    if let Some(other) = other.filter(|_| seen.is_handling && declared.is_some() && !fits(unit)) {
        let (read, other_mean) = (spelled(seconds), spelled(mean * other.seconds()));
        let sentence = tr!(
            "the mean handle time of `{}` is {read}, read as {}, as was said; as {} it would be {other_mean}",
            seen.column,
            unit.name(),
            other.name(),
            read,
            other_mean
        );
        said.assumed(sentence, tr!("--set time_unit={}", other.name()));
    } else if seen.is_handling && seconds > LONG {
        let sentence = tr!("the mean handle time of `{}` is {}", seen.column, spelled(seconds));
        said.assumed(sentence, tr!("time_unit = \"milliseconds\", \"seconds\" or \"minutes\""));
    }
    Ok(units(unit))
}

/// The unit under which the mean can be a handle time.
fn guessed(seen: &Seen<'_>, mean: f64, fits: impl Fn(TimeUnit) -> bool, said: &mut Said) -> Result<TimeUnit, Problems> {
    if !seen.is_handling || fits(TimeUnit::Seconds) {
        if seen.is_handling && mean < SHORT {
            let sentence = tr!("numbers in `{}` are seconds, {} in the mean", seen.column, spelled(mean));
            said.assumed(sentence, tr!("time_unit = \"minutes\""));
        }
        if seen.is_handling && mean > LONG {
            let sentence = tr!("numbers in `{}` are seconds, {} in the mean", seen.column, spelled(mean));
            said.assumed(sentence, tr!("time_unit = \"milliseconds\" or \"minutes\""));
        }
        return Ok(TimeUnit::Seconds);
    }
    let others = if mean < SHORTEST { [TimeUnit::Minutes, TimeUnit::Days] } else { [TimeUnit::Milliseconds; 2] };
    let Some(unit) = others.into_iter().find(|unit| fits(*unit)) else {
        return Err(absurd(seen, mean, TimeUnit::Seconds));
    };
    let sentence = tr!(
        "numbers in `{}` are {}: their mean, {}, would be {} in seconds",
        seen.column,
        unit.name(),
        spelled(mean * unit.seconds()),
        spelled(mean)
    );
    said.assumed(sentence, tr!("time_unit = \"seconds\""));
    Ok(unit)
}

fn absurd(seen: &Seen<'_>, seconds: f64, unit: TimeUnit) -> Problems {
    let cause = tr!("the mean handle time would be {}, read as {}", spelled(seconds), unit.name());
    let hint = tr!(
        "set time_unit to what the numbers are: milliseconds, seconds, minutes, hours or days; if the column adds up \
                the times of all contacts, it is columns.handle_time_total"
    );
    Problem::in_file(seen.shown, cause).in_column(seen.column).hinting(hint).into()
}

/// `204 s`, `57 min`, `3.5 h`, `2.4 days`.
pub(in crate::ingest::import) fn spelled(seconds: f64) -> String {
    match seconds {
        _ if seconds < 600.0 => format!("{} s", (seconds * 10.0).round() / 10.0),
        _ if seconds < 7200.0 => tr!("{} min", fixed(seconds / 60.0, 0)),
        _ if seconds < 172_800.0 => format!("{:.1} h", seconds / 3600.0),
        _ => tr!("{} days", fixed(seconds / 86_400.0, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(column: &str, mean: f64, declared: Option<TimeUnit>) -> (Option<f64>, usize) {
        let times = vec![(Duration::Number(mean), 1.0); 3];
        let (mut said, seen) = (Said::default(), Seen { column, shown: "h.csv", times, is_handling: true });
        let units = units(&seen, declared, None, &mut said);
        (units.ok().map(|units| units.seconds(Duration::Number(mean)).round()), said.assumed.len())
    }

    #[test]
    fn units_are_what_the_name_says_or_what_the_mean_can_be() {
        assert_eq!(settled("AHT", 205.0, None), (Some(205.0), 0));
        assert_eq!(settled("AHT", 204_000.0, None), (Some(204.0), 1), "milliseconds, said");
        assert_eq!(settled("AHT", 3.4, None), (Some(204.0), 1), "minutes, said");
        assert_eq!(settled("AHT", 0.00236, None), (Some(204.0), 1), "days of a spreadsheet, said");
        assert_eq!(settled("AHT (ms)", 204_000.0, None), (Some(204.0), 0));
        assert_eq!(settled("AHT (s)", 204_000.0, None), (None, 0), "two days and a half");
        assert_eq!(settled("AHT", 204_000.0, Some(TimeUnit::Seconds)), (Some(204_000.0), 1));
        assert_eq!(settled("AHT", 9_000.0, None), (Some(9_000.0), 1));
        assert_eq!(settled("AHT", 3.4, Some(TimeUnit::Seconds)), (Some(3.0), 1), "minutes since last week, said");
        let two = Units { number: TimeUnit::Seconds, first_part: TimeUnit::Minutes };
        assert!((two.seconds(Duration::TwoParts(3.0, 25.0)) - 205.0).abs() < 1e-9);
    }
}
