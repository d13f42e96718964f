//! When an agent cannot work, and why.

use chrono::{Days, NaiveDate};

use super::model::{Horizon, Person};
use super::spans::{complement, cut, on_date, whole_day};
use crate::domain::calendar::DateSpan;
use crate::domain::ids::AbsenceKindId;
use crate::domain::span::Span;
use crate::domain::time::{Instant, start_of_day};
use crate::domain::workforce::{Block, BlockReason, Site};
use crate::workspace::tables::{Absence, Availability, AvailabilityKind, ClockRange, Day};

/// The absences of an agent that are known at an instant and touch the horizon, in order of time.
pub(super) fn known_absences(person: &Person, horizon: &Horizon, as_of: Instant) -> Vec<Absence> {
    let known = |absence: &&Absence| absence.known_from.is_none_or(|known| known <= as_of);
    let meets = |absence: &&Absence| cut(absence.span, horizon.span).is_some();
    let mut absences: Vec<Absence> = person.absences.iter().filter(known).filter(meets).cloned().collect();
    absences.sort_by_key(|absence| absence.span);
    absences
}

/// The absences of an agent that touch the horizon and are not known at an instant.
pub(super) fn absences_known_after<'a>(
    person: &'a Person,
    horizon: &Horizon,
    as_of: Instant,
) -> impl Iterator<Item = &'a Absence> + use<'a> {
    let whole = horizon.span;
    let later = move |absence: &&Absence| absence.known_from.is_some_and(|known| known > as_of);
    person.absences.iter().filter(later).filter(move |absence| cut(absence.span, whole).is_some())
}

/// All blocks of an agent within the horizon, sorted. `absences` are those known.
pub(super) fn blocks(person: &Person, absences: &[Absence], site_closed: &[Span], horizon: &Horizon) -> Vec<Block> {
    let away = absences.iter().map(|absence| (absence.span, BlockReason::Absent(absence.kind.clone())));
    let mut blocks: Vec<Block> = away
        .chain(unavailable(person, horizon).into_iter().map(|span| (span, BlockReason::Unavailable)))
        .chain(not_employed(person.record.employed, horizon).into_iter().map(|span| (span, BlockReason::NotEmployed)))
        .chain(site_closed.iter().map(|span| (*span, BlockReason::SiteClosed)))
        .filter_map(|(span, reason)| Some(Block { span: cut(span, horizon.span)?, reason }))
        .collect();
    blocks.sort_by_key(|block| block.span);
    blocks
}

/// One block over the whole horizon.
pub(super) fn away_throughout(kind: &str, horizon: &Horizon) -> Block {
    Block { span: horizon.span, reason: BlockReason::Absent(AbsenceKindId::new(kind)) }
}

/// The times at which a site is not open.
pub(super) fn closed_times(site: &Site, horizon: &Horizon) -> Vec<Span> {
    use chrono::Datelike;
    let open = |date: chrono::NaiveDate| {
        let spans = site.hours.on(date.weekday()).iter();
        spans.filter_map(move |span| on_date(ClockRange { from: span.from(), until: span.until() }, date, site.zone))
    };
    complement(horizon.days().flat_map(open).collect(), horizon.span)
}

/// Times marked unavailable, and those not marked available: of every day, where a weekday is marked, and else of the dates that are.
/// On a date that is marked itself its weekday's rows do not count.
fn unavailable(person: &Person, horizon: &Horizon) -> Vec<Span> {
    let days: Vec<NaiveDate> = horizon.days_from_eve().collect();
    let marked = |kind: AvailabilityKind| person.availability.iter().filter(move |row| row.kind == kind);
    let span = |row: &Availability, day: NaiveDate| on_date(row.range, day, horizon.zone).filter(|_| row.day.is(day));
    let mut off: Vec<Span> =
        marked(AvailabilityKind::Unavailable).flat_map(|row| days.iter().filter_map(|day| span(row, *day))).collect();
    let is_date = |row: &&Availability| matches!(row.day, Day::Date(_));
    let of_dates: Vec<&Availability> = marked(AvailabilityKind::Available).filter(is_date).collect();
    let of_weekdays: Vec<&Availability> = marked(AvailabilityKind::Available).filter(|row| !is_date(row)).collect();
    let is_marked = |day: NaiveDate| of_dates.iter().any(|row| row.day.is(day));
    let on = |day: NaiveDate| {
        let rows = if is_marked(day) { &of_dates } else { &of_weekdays };
        rows.iter().filter_map(move |row| span(row, day)).collect::<Vec<_>>()
    };
    let free: Vec<Span> = days.iter().flat_map(|day| on(*day)).collect();
    if of_weekdays.is_empty() {
        let dates = days.iter().filter(|day| is_marked(**day));
        off.extend(dates.flat_map(|day| complement(free.clone(), whole_day(*day, horizon.zone))));
    } else {
        off.extend(complement(free, horizon.span));
    }
    off
}

fn not_employed(employed: DateSpan, horizon: &Horizon) -> Vec<Span> {
    let before = employed.from.map(|from| Span { from: horizon.span.from, until: start_of_day(from, horizon.zone) });
    let after = employed.until.and_then(|until| until.checked_add_days(Days::new(1)));
    let after = after.map(|from| Span { from: start_of_day(from, horizon.zone), until: horizon.span.until });
    before.into_iter().chain(after).collect()
}

/// The part of each local date that absences cover, from 0 to 1, counted once where absences overlap: the minutes a
/// later absence adds to earlier ones are its own.
pub(super) fn covered_shares<'a>(
    absences: &'a [Absence],
    date: chrono::NaiveDate,
    horizon: &Horizon,
) -> impl Iterator<Item = (&'a AbsenceKindId, f64)> + use<'a> {
    let day = whole_day(date, horizon.zone);
    let mut before = Vec::new();
    let mut counted = 0;
    absences.iter().map(move |absence| {
        before.push(absence.span);
        let covered = super::spans::covered(&before, day).get();
        let own = covered - counted;
        counted = covered;
        (&absence.kind, own as f64 / day.length().get() as f64)
    })
}
