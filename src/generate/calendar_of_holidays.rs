//! Public holidays of the customers' countries and of the sites, moving ones computed.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

/// What a holiday does to the contacts of the countries that keep it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Effect {
    /// The lines are closed.
    Closed,
    /// Contacts come, multiplied by this.
    Factor(f64),
}

/// A holiday on its date, with everyone who keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PublicHoliday {
    /// The date.
    pub(super) date: NaiveDate,
    /// The name, the same every year.
    pub(super) name: &'static str,
    /// Countries among `pl`, `de`, `gb`, `us`, whose customers keep it, and `ph`, where nobody is a customer.
    pub(super) countries: Vec<&'static str>,
    /// What it does.
    pub(super) effect: Effect,
}

/// How a year finds a holiday's date.
enum HolidayRule {
    /// The same day of the same month.
    Fixed(u32, u32),
    /// Days after Easter Sunday.
    Easter(i64),
    /// The n-th weekday of a month; 5 means the last.
    Nth(u32, Weekday, u8),
    /// A fixed day that moves by so many days when it falls on a Saturday, or on a Sunday.
    Moved(u32, u32, i64, i64),
    /// A day off beside a fixed day, so many days after it, only when that falls on a Saturday, or on a Sunday.
    Substitute(u32, u32, i64, i64),
}

/// Easter Sunday of a Gregorian year: the anonymous algorithm (Meeus, *Astronomical Algorithms*, ch. 8).
pub(super) fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, (n / 31).unsigned_abs(), (n % 31 + 1).unsigned_abs())
}

/// All holidays from one date to another, both included, by date and name.
pub(super) fn holidays(from: NaiveDate, until: NaiveDate) -> Vec<PublicHoliday> {
    let mut all: Vec<PublicHoliday> = (from.year()..=until.year())
        .flat_map(|year| RULES.iter().filter_map(move |kept| kept.in_year(year)))
        .filter(|holiday| (from..=until).contains(&holiday.date))
        .collect();
    all.sort_by_key(|holiday| (holiday.date, holiday.name));
    all
}

/// A named holiday, who keeps it, when and since when.
struct Kept {
    name: &'static str,
    countries: &'static [&'static str],
    rule: HolidayRule,
    effect: Effect,
    since: i32,
}

impl Kept {
    fn in_year(&self, year: i32) -> Option<PublicHoliday> {
        let date = self.rule.date(year).filter(|_| year >= self.since)?;
        Some(PublicHoliday { date, name: self.name, countries: self.countries.to_vec(), effect: self.effect })
    }
}

impl HolidayRule {
    fn date(&self, year: i32) -> Option<NaiveDate> {
        match *self {
            Self::Fixed(month, day) => Some(date(year, month, day)),
            Self::Easter(days) => Some(easter(year) + Duration::days(days)),
            Self::Nth(month, weekday, n) => nth(year, month, weekday, n),
            Self::Moved(month, day, saturday, sunday) => {
                let on = date(year, month, day);
                Some(on + Duration::days(shift(on.weekday(), saturday, sunday).unwrap_or(0)))
            }
            Self::Substitute(month, day, saturday, sunday) => {
                let on = date(year, month, day);
                shift(on.weekday(), saturday, sunday).map(|days| on + Duration::days(days))
            }
        }
    }
}

/// By how many days a weekend's holiday moves; nothing on a working day.
const fn shift(on: Weekday, saturday: i64, sunday: i64) -> Option<i64> {
    match on {
        Weekday::Sat => Some(saturday),
        Weekday::Sun => Some(sunday),
        _ => None,
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The n-th weekday of a month, or the last where the month has fewer.
fn nth(year: i32, month: u32, weekday: Weekday, n: u8) -> Option<NaiveDate> {
    (1..=n).rev().find_map(|n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n))
}

const fn kept(name: &'static str, countries: &'static [&'static str], rule: HolidayRule, effect: Effect) -> Kept {
    Kept { name, countries, rule, effect, since: 0 }
}

use Effect::{Closed, Factor};

/// Who keeps what. A line that stays open on a holiday gets a share of a normal day's contacts.
const RULES: &[Kept] = &[
    kept("New Year's Day", &["pl", "de", "gb", "us", "ph"], HolidayRule::Fixed(1, 1), Closed),
    kept("New Year's Day (substitute)", &["gb"], HolidayRule::Substitute(1, 1, 2, 1), Factor(0.7)),
    kept("Epiphany", &["pl"], HolidayRule::Fixed(1, 6), Factor(0.58)),
    kept("Martin Luther King Day", &["us"], HolidayRule::Nth(1, Weekday::Mon, 3), Factor(0.93)),
    kept("Presidents' Day", &["us"], HolidayRule::Nth(2, Weekday::Mon, 3), Factor(1.04)),
    kept("Maundy Thursday", &["ph"], HolidayRule::Easter(-3), Factor(1.0)),
    kept("Good Friday", &["de", "gb", "ph"], HolidayRule::Easter(-2), Factor(0.55)),
    kept("Easter Sunday", &["pl"], HolidayRule::Easter(0), Closed),
    kept("Easter Monday", &["pl", "de", "gb"], HolidayRule::Easter(1), Factor(0.5)),
    kept("Day of Valour", &["ph"], HolidayRule::Fixed(4, 9), Factor(1.0)),
    kept("Labour Day", &["pl", "de", "ph"], HolidayRule::Fixed(5, 1), Factor(0.5)),
    kept("Constitution Day", &["pl"], HolidayRule::Fixed(5, 3), Factor(0.52)),
    kept("Early May Bank Holiday", &["gb"], HolidayRule::Nth(5, Weekday::Mon, 1), Factor(0.66)),
    kept("Memorial Day", &["us"], HolidayRule::Nth(5, Weekday::Mon, 5), Factor(0.82)),
    kept("Spring Bank Holiday", &["gb"], HolidayRule::Nth(5, Weekday::Mon, 5), Factor(0.66)),
    kept("Ascension Day", &["de"], HolidayRule::Easter(39), Factor(0.55)),
    kept("Whit Monday", &["de"], HolidayRule::Easter(50), Factor(0.53)),
    kept("Corpus Christi", &["pl"], HolidayRule::Easter(60), Factor(0.55)),
    kept("Independence Day", &["ph"], HolidayRule::Fixed(6, 12), Factor(1.0)),
    kept("Juneteenth", &["us"], HolidayRule::Fixed(6, 19), Factor(0.94)),
    kept("Fourth of July", &["us"], HolidayRule::Fixed(7, 4), Factor(0.6)),
    kept("Assumption Day", &["pl"], HolidayRule::Fixed(8, 15), Factor(0.55)),
    kept("Summer Bank Holiday", &["gb"], HolidayRule::Nth(8, Weekday::Mon, 5), Factor(0.66)),
    kept("National Heroes Day", &["ph"], HolidayRule::Nth(8, Weekday::Mon, 5), Factor(1.0)),
    kept("Labor Day", &["us"], HolidayRule::Nth(9, Weekday::Mon, 1), Factor(0.8)),
    kept("German Unity Day", &["de"], HolidayRule::Fixed(10, 3), Factor(0.52)),
    kept("Columbus Day", &["us"], HolidayRule::Nth(10, Weekday::Mon, 2), Factor(1.02)),
    kept("All Saints' Day", &["pl"], HolidayRule::Fixed(11, 1), Factor(0.45)),
    kept("Independence Day (Poland)", &["pl"], HolidayRule::Fixed(11, 11), Factor(0.6)),
    kept("Veterans Day", &["us"], HolidayRule::Fixed(11, 11), Factor(1.0)),
    kept("Thanksgiving Day", &["us"], HolidayRule::Nth(11, Weekday::Thu, 4), Closed),
    kept("Bonifacio Day", &["ph"], HolidayRule::Fixed(11, 30), Factor(1.0)),
    Kept {
        name: "Christmas Eve",
        countries: &["pl"],
        rule: HolidayRule::Fixed(12, 24),
        effect: Factor(0.35),
        since: 2025,
    },
    kept("Christmas Day", &["pl", "de", "gb", "us", "ph"], HolidayRule::Fixed(12, 25), Closed),
    kept("Christmas Day (substitute)", &["gb"], HolidayRule::Substitute(12, 25, 2, 2), Factor(0.7)),
    kept("Second Day of Christmas", &["pl", "de"], HolidayRule::Fixed(12, 26), Factor(0.5)),
    kept("Boxing Day", &["gb"], HolidayRule::Moved(12, 26, 2, 2), Factor(0.7)),
    kept("Rizal Day", &["ph"], HolidayRule::Fixed(12, 30), Factor(1.0)),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn easter_moves_as_the_tables_say() {
        for known in ["2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"]
        {
            assert_eq!(easter(day(known).year()), day(known));
        }
    }

    #[test]
    fn holidays_of_2026_fall_where_calendars_put_them() {
        let all = holidays(day("2026-01-01"), day("2026-12-31"));
        let on = |name: &str| all.iter().find(|holiday| holiday.name == name).map(|holiday| holiday.date);
        assert_eq!(on("Good Friday"), Some(day("2026-04-03")));
        assert_eq!(on("Ascension Day"), Some(day("2026-05-14")));
        assert_eq!(on("Corpus Christi"), Some(day("2026-06-04")));
        assert_eq!(on("Spring Bank Holiday"), Some(day("2026-05-25")));
        assert_eq!(on("Summer Bank Holiday"), Some(day("2026-08-31")));
        assert_eq!(on("Thanksgiving Day"), Some(day("2026-11-26")));
        assert_eq!(on("Boxing Day"), Some(day("2026-12-28"))); // the 26th is a Saturday
        assert_eq!(on("Christmas Day (substitute)"), None); // the 25th is a Friday
    }

    #[test]
    fn countries_that_keep_a_day_together_share_an_entry() {
        let all = holidays(day("2026-05-01"), day("2026-05-01"));
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].countries, ["pl", "de", "ph"]);
    }

    #[test]
    fn no_two_entries_have_the_same_date_and_name() {
        let all = holidays(day("2020-01-01"), day("2040-12-31"));
        assert!(all.windows(2).all(|pair| (pair[0].date, pair[0].name) != (pair[1].date, pair[1].name)));
    }
}
