//! Public holidays of countries and their parts, from a data set that the crate carries: `PL`, `DE-BY`, `IL`.
//!
//! `days.csv.gz` is made by `make.py` from the Python package `holidays` (MIT licence, see `LICENSE.holidays`), whose docstring
//! says what each line holds. It knows the years 1995 to 2035; days that follow the moon and were confirmed by nobody are marked
//! as estimates.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use chrono::NaiveDate;

/// The years of which anything is known.
pub const YEARS: RangeInclusive<i32> = 1995..=2035;

/// One public holiday.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicHoliday {
    /// The local date.
    pub date: NaiveDate,
    /// Its name in English.
    pub name: String,
    /// Whether the date was computed from the moon and confirmed by nobody.
    pub is_estimated: bool,
}

/// The codes of all countries and parts of countries, in order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    lines().keys().copied()
}

/// The years of which something is known for a code; none for a code that does not exist.
#[must_use]
pub fn years_known(code: &str) -> Option<RangeInclusive<i32>> {
    let (_, days) = lines().get(code)?.iter().find(|(name, _)| name.is_empty())?;
    years(days)
}

/// The holidays of a code in some years, by date, then name; none for a code that does not exist.
#[must_use]
pub fn public_holidays(code: &str, years: &RangeInclusive<i32>) -> Option<Vec<PublicHoliday>> {
    let own = lines().get(code)?;
    let mut days: BTreeSet<PublicHoliday> = BTreeSet::new();
    if let Some((country, _)) = code.split_once('-') {
        days.extend(of_lines(lines().get(country)?, years));
    }
    for (name, lacks) in own.iter().filter_map(|(name, days)| Some((name.strip_prefix('-')?, days))) {
        let lacks: BTreeSet<NaiveDate> = dates(lacks, years).map(|(date, _)| date).collect();
        days.retain(|day| day.name != name || !lacks.contains(&day.date));
    }
    days.extend(of_lines(own, years));
    Some(days.into_iter().collect())
}

/// Name and days of each line.
type Lines = Vec<(&'static str, &'static str)>;

/// All lines by code.
fn lines() -> &'static BTreeMap<&'static str, Lines> {
    static TEXT: OnceLock<String> = OnceLock::new();
    static LINES: OnceLock<BTreeMap<&'static str, Lines>> = OnceLock::new();
    LINES.get_or_init(|| {
        let text = TEXT.get_or_init(|| {
            let mut text = String::new();
            let packed: &[u8] = include_bytes!("days.csv.gz");
            // What the crate carries can be read; a test reads all of it.
            let _ = flate2::read::GzDecoder::new(packed).read_to_string(&mut text);
            text
        });
        let mut lines: BTreeMap<&'static str, Lines> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let mut fields = line.splitn(3, ';');
            if let (Some(code), Some(name), Some(days)) = (fields.next(), fields.next(), fields.next()) {
                lines.entry(code).or_default().push((name, days));
            }
        }
        lines
    })
}

/// The days that lines add.
fn of_lines<'a>(lines: &'a Lines, wanted: &'a RangeInclusive<i32>) -> impl Iterator<Item = PublicHoliday> + 'a {
    let adds = lines.iter().filter(|(name, _)| !name.is_empty() && !name.starts_with('-'));
    adds.flat_map(move |(name, days)| {
        dates(days, wanted).map(|(date, is_estimated)| PublicHoliday { date, name: (*name).to_owned(), is_estimated })
    })
}

/// `0320:2026,2029-2030~ 0321:2027`: dates within some years, and whether each is an estimate.
fn dates<'a>(days: &'a str, wanted: &'a RangeInclusive<i32>) -> impl Iterator<Item = (NaiveDate, bool)> + 'a {
    days.split(' ').filter_map(|group| group.split_once(':')).flat_map(move |(day, spans)| {
        let (month, day) = day.split_at_checked(2).unwrap_or_default();
        let (month, day): (u32, u32) = (month.parse().unwrap_or(0), day.parse().unwrap_or(0));
        spans.split(',').flat_map(move |span| {
            let is_estimated = span.ends_with('~');
            let span = years(span.trim_end_matches('~'));
            let known = wanted.clone().filter(move |year| span.as_ref().is_some_and(|span| span.contains(year)));
            known.filter_map(move |year| Some((NaiveDate::from_ymd_opt(year, month, day)?, is_estimated)))
        })
    })
}

/// `2026` or `2029-2030`.
fn years(span: &str) -> Option<RangeInclusive<i32>> {
    let (first, last) = span.split_once('-').unwrap_or((span, span));
    Some(first.parse().ok()?..=last.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, year: i32) -> Vec<(String, String)> {
        let days = public_holidays(code, &(year..=year)).expect("a code");
        days.into_iter().map(|day| (day.date.format("%m-%d").to_string(), day.name)).collect()
    }

    fn names_of(code: &str, date: &str) -> Vec<String> {
        let year = date[..4].parse().expect("a year");
        of(code, year).into_iter().filter(|(day, _)| *day == date[5..]).map(|(_, name)| name).collect()
    }

    #[test]
    fn poland_has_fourteen_days_since_christmas_eve_is_one() {
        assert_eq!((of("PL", 2024).len(), of("PL", 2026).len()), (13, 14));
        assert_eq!(names_of("PL", "2026-06-04"), ["Corpus Christi"]);
    }

    #[test]
    fn a_part_of_a_country_has_its_days_and_its_own_and_lacks_some() {
        assert_eq!(names_of("DE", "2026-01-06"), Vec::<String>::new());
        assert_eq!(names_of("DE-BY", "2026-01-06"), ["Epiphany"]);
        assert_eq!(names_of("DE-BY", "2026-10-03"), ["German Unity Day"]);
        assert_eq!(names_of("US", "2026-10-12"), ["Columbus Day"]);
        assert_eq!(names_of("US-CA", "2026-10-12"), Vec::<String>::new());
    }

    #[test]
    fn days_that_follow_the_moon_are_estimates_until_they_are_confirmed() {
        let days = public_holidays("AE", &(2024..=2030)).expect("a code");
        let estimated = |year: i32| {
            days.iter().filter(|day| day.date.format("%Y").to_string() == year.to_string()).any(|day| day.is_estimated)
        };
        assert!(!estimated(2024) && estimated(2030));
        assert_eq!(names_of("IL", "2026-09-21"), ["Yom Kippur"]);
    }

    #[test]
    fn every_line_can_be_read_and_nothing_is_known_of_a_slip() {
        let all: usize = codes().map(|code| public_holidays(code, &YEARS).map_or(0, |days| days.len())).sum();
        assert!(codes().count() > 900 && all > 450_000, "{all}");
        assert!(public_holidays("XY", &(2026..=2026)).is_none() && years_known("XY").is_none());
        assert_eq!(years_known("LK"), Some(2003..=2026));
    }
}
