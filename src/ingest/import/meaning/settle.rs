//! What a file settles by itself: the order of day and month, and the mark before decimals. What it leaves open is asked.

use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;
use chrono::{NaiveDate, Offset, TimeZone};
use tr::tr;

use super::columns::Columns;
use super::profile::{ORDERS, Profile};
use crate::ingest::import::cell::dates::DayOrder;
use crate::ingest::import::cell::numbers::{DecimalMark, MarksSeen};
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::sheets::titles::{ZoneTold, zone_of};
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::roles::Role;
use crate::ingest::import::stated::said::Said;

/// Days found over days spanned: above the first a file's days follow one another, below the second they lie about.
const FOLLOWING: f64 = 0.4;
const SCATTERED: f64 = 0.15;

/// The order of day and month in the column of dates.
pub(in crate::ingest::import) fn day_order(
    sheet: &Sheet,
    profiles: &[Profile],
    columns: &Columns,
    declared: &Declared,
    said: &mut Said,
) -> Result<DayOrder, Problems> {
    let Some(column) = columns.one(Role::Start).or_else(|| columns.one(Role::Date)) else {
        return Ok(declared.day_order.unwrap_or(DayOrder::YearMonthDay));
    };
    let (profile, name) = (&profiles[column], &sheet.header()[column]);
    if let Some(order) = declared.day_order {
        return as_declared(order, profile, sheet, name).map(|()| order);
    }
    if profile.unordered == 0 {
        return Ok(DayOrder::YearMonthDay);
    }
    if profile.slashed > 0 && profile.plain > 0 {
        let cause = tr!(
            "dates in two forms, {} and {} times: a spreadsheet may have swapped day and month in one of them",
            profile.slashed,
            profile.plain
        );
        let problem = Problem::in_file(&sheet.shown, cause).in_column(name);
        let hint = tr!(
            "export the report once more as text; where both forms are right, day_order = \"…\" says how those with slashes are read"
        );
        return Err(problem.hinting(hint).into());
    }
    let possible: Vec<(DayOrder, f64)> = ORDERS
        .iter()
        .zip(&profile.days)
        .filter_map(|(order, days)| {
            let days = days.as_ref()?;
            let spanned = days.last()? - days.first()? + 1;
            Some((*order, days.len() as f64 / spanned as f64))
        })
        .collect();
    // Two orders that read every date alike are one.
    let alike = |a: DayOrder, b: DayOrder| days_of(profile, a) == days_of(profile, b);
    let mut different: Vec<(DayOrder, f64)> = Vec::new();
    for (order, density) in possible {
        if !different.iter().any(|(known, _)| alike(*known, order)) {
            different.push((order, density));
        }
    }
    let following: Vec<DayOrder> =
        different.iter().filter(|(_, density)| *density >= FOLLOWING).map(|(order, _)| *order).collect();
    let scattered = different.iter().filter(|(_, density)| *density <= SCATTERED).count();
    match (&different[..], &following[..]) {
        ([], _) => {
            let problem = Problem::in_file(&sheet.shown, tr!("no order of day and month makes a date of every cell"));
            Err(problem.in_column(name).hinting(tr!("correct the cells, or give files of one form each")).into())
        }
        ([(order, _)], _) => {
            said.found(tr!(
                "dates in `{name}` are {}: no other order makes a date of every cell",
                spelled(*order),
                name
            ));
            Ok(*order)
        }
        (_, [order]) if scattered + 1 == different.len() => {
            let sentence =
                tr!("dates in `{name}` are {}: only so do the days follow one another", spelled(*order), name);
            said.assumed(sentence, tr!("day_order = \"…\""));
            Ok(*order)
        }
        _ if profile.dotted == profile.unordered => {
            said.assumed(tr!("dates in `{name}` are day.month.year", name), tr!("day_order = \"month_day_year\""));
            Ok(DayOrder::DayMonthYear)
        }
        _ => {
            let example = profile.texts.as_ref().and_then(|texts| texts.keys().next()).cloned().unwrap_or_default();
            let choices: Vec<String> =
                different.iter().map(|(order, _)| tr!("day_order = \"{}\"", order.name())).collect();
            let problem = Problem::in_file(&sheet.shown, tr!("nothing in the file tells the order of day and month"));
            Err(problem.in_column(name).with_value(example).hinting(tr!("set {}", choices.join(" or "))).into())
        }
    }
}

/// Refuses an order under which the days lie about, while under another they follow one another: it was said of another file.
fn as_declared(order: DayOrder, profile: &Profile, sheet: &Sheet, name: &str) -> Result<(), Problems> {
    const FEW: usize = 5;
    let density = |order: DayOrder| {
        let days = days_of(profile, order).filter(|days| days.len() >= FEW)?;
        Some(days.len() as f64 / (days.last()? - days.first()? + 1) as f64)
    };
    let other = ORDERS.into_iter().find(|other| *other != order && density(*other) >= Some(FOLLOWING));
    let (Some(other), Some(own)) = (other, density(order)) else { return Ok(()) };
    if own > SCATTERED {
        return Ok(());
    }
    let cause = tr!(
        "read as {}, as was said, the days lie about; as {} they follow one another",
        spelled(order),
        spelled(other)
    );
    let problem = Problem::in_file(&sheet.shown, cause).in_column(name);
    Err(problem.hinting(tr!("--set day_order={}", other.name())).into())
}

fn days_of(profile: &Profile, order: DayOrder) -> Option<&std::collections::BTreeSet<i64>> {
    let at = ORDERS.iter().position(|known| *known == order)?;
    profile.days[at].as_ref()
}

fn spelled(order: DayOrder) -> String {
    match order {
        DayOrder::YearMonthDay => tr!("year, month, day"),
        DayOrder::DayMonthYear => tr!("day, month, year"),
        DayOrder::MonthDayYear => tr!("month, day, year"),
    }
}

impl DayOrder {
    /// Its name, as in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::YearMonthDay => "year_month_day",
            Self::DayMonthYear => "day_month_year",
            Self::MonthDayYear => "month_day_year",
        }
    }
}

/// What is told in numbers.
const NUMBERS: [Role; 6] =
    [Role::Offered, Role::Handled, Role::Abandoned, Role::HandleTime, Role::HandleTimeTotal, Role::Wait];

/// The mark before decimals in the columns that are numbers.
pub(in crate::ingest::import) fn decimal_mark(
    sheet: &Sheet,
    profiles: &[Profile],
    columns: &Columns,
    declared: &Declared,
    said: &mut Said,
) -> Result<DecimalMark, Problems> {
    if let Some(mark) = declared.decimal_mark {
        return Ok(mark);
    }
    let numbers = NUMBERS.iter().filter_map(|role| columns.of.get(role)).flatten().chain(&columns.wide);
    let mut seen = MarksSeen::default();
    numbers.for_each(|column| seen.add(&profiles[*column].marks));
    let semicolons = sheet.form.separator == Some(b';');
    match (seen.point, seen.comma) {
        (0, 0) if seen.unclear_comma > 0 && semicolons => Ok(DecimalMark::Comma),
        (0, 0) if seen.unclear_comma > 0 => {
            said.assumed(tr!("commas in numbers part thousands"), tr!("decimal_mark = \",\""));
            Ok(DecimalMark::Point)
        }
        (0, 0) if seen.unclear_point > 0 && semicolons => {
            let problem =
                Problem::in_file(&sheet.shown, tr!("points in numbers such as 1.234 may part thousands or decimals"));
            Err(problem
                .hinting(tr!("set decimal_mark = \",\" where they part thousands, decimal_mark = \".\" where decimals"))
                .into())
        }
        (0, 1..) => Ok(DecimalMark::Comma),
        (0.., 0) => Ok(DecimalMark::Point),
        (points, commas) => {
            let cause =
                tr!("{points} numbers have a point before their decimals, and {commas} a comma", points, commas);
            let hint = tr!("set decimal_mark = \".\" or \",\"; numbers that do not follow it are then listed");
            Err(Problem::in_file(&sheet.shown, cause).hinting(hint).into())
        }
    }
}

/// UTC, where the name of the column of times says so.
pub(in crate::ingest::import) fn utc_by_name(sheet: &Sheet, columns: &Columns) -> Option<Zone> {
    let column = columns.one(Role::Start).or_else(|| columns.one(Role::Date))?;
    let name = sheet.header()[column].to_lowercase();
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    (words.contains(&"utc") || words.contains(&"gmt")).then_some(chrono_tz::UTC)
}

/// The zone that a title above the table names.
pub(in crate::ingest::import) fn zone_by_title(sheet: &Sheet) -> Option<Zone> {
    match titled(sheet)?.1 {
        ZoneTold::Named(zone) => Some(zone),
        ZoneTold::Unclear(_) => None,
    }
}

/// What a title says of the zone, and that title with its line.
fn titled(sheet: &Sheet) -> Option<((u64, &str), ZoneTold)> {
    sheet.titles.iter().find_map(|(line, title)| Some(((*line, title.as_str()), zone_of(title)?)))
}

/// Says what a title says of the zone, where that is not how times are read.
pub(in crate::ingest::import) fn tell_zone(sheet: &Sheet, zone: Option<Zone>, said: &mut Said) {
    let (Some(((line, title), told)), Some(zone)) = (titled(sheet), zone) else { return };
    let name = zone.name();
    let is_offset = |seconds: i64| {
        // The lesser of two is that of winter, which names a zone.
        let of = |month: u32| {
            let noon = NaiveDate::from_ymd_opt(2026, month, 15).and_then(|date| date.and_hms_opt(12, 0, 0))?;
            Some(i64::from(zone.offset_from_utc_datetime(&noon).fix().local_minus_utc()))
        };
        of(1).min(of(7)) == Some(seconds)
    };
    match told {
        ZoneTold::Named(named) if named == zone => {
            said.found(tr!("times without offset are those of {name}, as line {line} says", name, line));
        }
        ZoneTold::Unclear(Some(seconds)) if is_offset(seconds) => {}
        ZoneTold::Named(_) | ZoneTold::Unclear(_) => {
            let sentence =
                tr!("times without offset are those of {name}, though line {line} says `{title}`", name, line, title);
            said.assumed(sentence, tr!("timezone = \"…\""));
        }
    }
}
