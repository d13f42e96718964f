//! When a contact came, was answered and ended → how long it waited and how long it was handled.

use super::table::Stamp;
use crate::domain::time::Zone;
use crate::ingest::import::cell::durations::Duration;
use crate::ingest::import::meaning::columns::Columns;
use crate::ingest::import::stated::causes::{ANSWERED_BEFORE, ENDED_BEFORE};
use crate::ingest::import::stated::roles::Role;
use crate::ingest::instants::{Clock, Moment, Placed};

const DAY: i64 = 86_400;

/// What a cell says of when something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest::import) enum When {
    /// Nothing: it did not happen.
    Never,
    /// There is no such column.
    Untold,
    At(Stamp),
    /// Seconds since a midnight, and ahead of UTC where the cell says so: on the day of the contact, or the one after.
    Clock(i64, Option<i64>),
}

/// What moments tell of a contact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::ingest::import) struct Spans {
    pub(in crate::ingest::import) handle_time: Option<Duration>,
    pub(in crate::ingest::import) wait: Option<Duration>,
    pub(in crate::ingest::import) answered: Option<bool>,
}

/// A cell that lies before the one it should follow: of which role, and what is wrong.
pub(in crate::ingest::import) type Backwards = (Role, &'static str);

/// Which of the spans are wanted, for a column of durations wins over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest::import) struct Wanted {
    pub(in crate::ingest::import) handle_time: bool,
    pub(in crate::ingest::import) wait: bool,
}

/// What is wanted of the moments of contacts, and the clock on which they stand.
pub(in crate::ingest::import) struct Moments {
    /// None where no column has moments.
    pub(in crate::ingest::import) wanted: Option<Wanted>,
    pub(in crate::ingest::import) clock: Clock,
}

impl Moments {
    /// Durations in columns of their own win over those that moments tell.
    pub(in crate::ingest::import) fn of(columns: &Columns, zone: Option<Zone>) -> Self {
        let has = |role: Role| columns.of.contains_key(&role);
        let wanted =
            Wanted { handle_time: !has(Role::HandleTime) && !has(Role::HandleTimeTotal), wait: !has(Role::Wait) };
        let wanted = (has(Role::Answered) || has(Role::Ended)).then_some(wanted);
        Self { wanted, clock: Clock::new(zone.filter(|_| wanted.is_some())) }
    }
}

/// The spans between the moments of a contact.
pub(in crate::ingest::import) fn spans(
    clock: &mut Clock,
    came: Stamp,
    (answered, ended): (When, When),
    wanted: Wanted,
) -> Result<Spans, Backwards> {
    let told = match answered {
        When::Untold => None,
        When::Never => Some(false),
        When::At(_) | When::Clock(..) => Some(true),
    };
    let mut spans = Spans { answered: told, ..Spans::default() };
    let answered_at = stamp(answered, came);
    let ended_at = stamp(ended, answered_at.unwrap_or(came));
    if wanted.wait {
        let (until, wrong) = match told {
            Some(true) => (answered_at, (Role::Answered, ANSWERED_BEFORE)),
            Some(false) => (ended_at, (Role::Ended, ENDED_BEFORE)),
            None => (None, (Role::Ended, ENDED_BEFORE)),
        };
        let wait = until.map(|until| seconds(clock, came, until).ok_or(wrong)).transpose()?;
        spans.wait = wait.map(Duration::Seconds);
    }
    if wanted.handle_time && told != Some(false) {
        let from = answered_at.unwrap_or(came);
        let wrong = (Role::Ended, ENDED_BEFORE);
        let time = ended_at.map(|until| seconds(clock, from, until).ok_or(wrong)).transpose()?;
        spans.handle_time = time.map(Duration::Seconds);
    }
    Ok(spans)
}

/// The moment of a cell: a time of day alone is the next after another moment, unless it lies little before it.
fn stamp(when: When, after: Stamp) -> Option<Stamp> {
    match when {
        When::At(stamp) => Some(stamp),
        When::Clock(clock, offset) => {
            let wall = after.wall.div_euclid(DAY) * DAY + clock;
            let is_next_day = wall + DAY / 2 < after.wall;
            Some(Stamp { wall: wall + if is_next_day { DAY } else { 0 }, offset: offset.or(after.offset) })
        }
        When::Never | When::Untold => None,
    }
}

/// Seconds from one moment to a later one; none where it is not later. Of local times that come twice that hour is meant which makes them
/// follow one another soonest.
fn seconds(clock: &mut Clock, from: Stamp, until: Stamp) -> Option<f64> {
    // Where one cell alone says the offset, both are of the file's clock.
    let on_clock = until.wall - from.wall;
    let span = match (from.offset, until.offset) {
        (Some(from_ahead), Some(until_ahead)) => on_clock + from_ahead - until_ahead,
        (None, None) => match (instants(clock, from.wall), instants(clock, until.wall)) {
            (Some(from), Some(until)) => {
                let spans = from.into_iter().flat_map(|from| until.map(|until| until - from));
                spans.filter(|span| *span >= 0).min().unwrap_or(-1)
            }
            _ => on_clock,
        },
        _ => on_clock,
    };
    (span >= 0).then_some(span as f64)
}

/// The instants that a local time can be: none where the clock never showed it, or nobody knows the clock.
fn instants(clock: &mut Clock, wall: i64) -> Option<[i64; 2]> {
    match clock.place(Moment::Wall(wall)) {
        Placed::At(at) => Some([at; 2]),
        Placed::Twice(first, second) => Some([first, second]),
        Placed::Never | Placed::NoZone => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::instants::days;

    const ALL: Wanted = Wanted { handle_time: true, wait: true };

    fn at(day: i64, hour: i64, minute: i64) -> Stamp {
        let day = days(2026, 10, day).expect("a day");
        Stamp { wall: day * DAY + hour * 3600 + minute * 60, offset: None }
    }

    fn told(came: Stamp, answered: When, ended: When) -> Result<(Option<f64>, Option<f64>), Backwards> {
        let mut clock = Clock::new(Some(chrono_tz::Europe::Warsaw));
        let value = |duration| match duration {
            Some(Duration::Seconds(seconds)) => Some(seconds),
            _ => None,
        };
        spans(&mut clock, came, (answered, ended), ALL).map(|spans| (value(spans.wait), value(spans.handle_time)))
    }

    #[test]
    fn waits_and_handle_times_are_told_from_moments() {
        let (came, answered, ended) = (at(5, 8, 0), When::At(at(5, 8, 1)), When::At(at(5, 8, 5)));
        assert_eq!(told(came, answered, ended), Ok((Some(60.0), Some(240.0))));
        assert_eq!(told(came, When::Never, ended), Ok((Some(300.0), None)), "gave up after five minutes");
        assert_eq!(told(came, When::Never, When::Never), Ok((None, None)));
        assert_eq!(told(came, When::Untold, ended), Ok((None, Some(300.0))), "with its wait");
        assert_eq!(told(at(5, 8, 2), answered, ended), Err((Role::Answered, ANSWERED_BEFORE)));
        assert_eq!(told(came, answered, When::At(at(5, 8, 0))), Err((Role::Ended, ENDED_BEFORE)));
    }

    #[test]
    fn times_of_day_alone_may_be_of_the_next_day() {
        let clock = |hour: i64, minute: i64| When::Clock(hour * 3600 + minute * 60, None);
        assert_eq!(told(at(5, 8, 0), clock(8, 1), clock(8, 5)), Ok((Some(60.0), Some(240.0))));
        assert_eq!(told(at(5, 23, 58), clock(23, 59), clock(0, 3)), Ok((Some(60.0), Some(240.0))));
        assert_eq!(told(at(5, 23, 59), clock(0, 1), clock(0, 3)), Ok((Some(120.0), Some(120.0))));
        assert_eq!(told(at(5, 8, 2), clock(8, 1), clock(8, 5)), Err((Role::Answered, ANSWERED_BEFORE)));
    }

    #[test]
    fn contacts_may_last_through_a_change_of_clocks() {
        // From 03:00 back to 02:00: 02:58 to 02:01 is three minutes, 01:58 to 03:01 two hours and three minutes.
        let of = |from: Stamp, until: Stamp| told(from, When::At(from), When::At(until)).map(|told| told.1);
        assert_eq!(of(at(25, 2, 58), at(25, 2, 1)), Ok(Some(180.0)));
        assert_eq!(of(at(25, 2, 10), at(25, 2, 14)), Ok(Some(240.0)));
        assert_eq!(of(at(25, 1, 58), at(25, 3, 1)), Ok(Some(7380.0)));
        let utc = |stamp: Stamp, ahead: i64| Stamp { offset: Some(ahead * 3600), ..stamp };
        assert_eq!(of(utc(at(5, 8, 0), 2), utc(at(5, 6, 4), 0)), Ok(Some(240.0)));
    }
}
