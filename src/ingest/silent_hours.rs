//! Hours of the week in which nothing came of late, though the queue is open and contacts used to come: it closes earlier now, or on some
//! days, and its hours were left as they were.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::hours::{hour_of_week, place};
use super::series_under_cleaning::{CleaningContext, Seen, SeriesUnderCleaning};
use crate::domain::problem::Problem;
use crate::domain::queue::Queue;
use crate::language::{fixed, weekday_name};
use tr::tr;

/// Weeks without a contact from which an hour may be silent, and weeks that are looked back.
pub(super) const SILENT_WEEKS: usize = 3;
const LOOKED_BACK: usize = 26;
/// Weeks before the silence that tell what was usual.
const USUAL_WEEKS: usize = 8;
/// Contacts missed in the silence of one hour from which it is no chance: that leaves so many out once in three million hours.
const MISSED_IN_HOUR: f64 = 15.0;
/// Contacts a week that are missed, in all such hours, from which it is said.
const MISSED_A_WEEK: f64 = 10.0;

/// Open hours in which nothing came of late.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SilentHours {
    /// Hours of the local week, counted from Monday's midnight, each with the weeks since it had a contact.
    hours: Vec<(usize, usize)>,
    /// Contacts a week that came in them before.
    a_week: f64,
}

impl SilentHours {
    /// Looks at the last weeks that rows tell of. A queue of which nothing at all came is none that closes earlier.
    pub(super) fn find(under_cleaning: &SeriesUnderCleaning, context: &CleaningContext<'_>) -> Option<Self> {
        let weeks = contacts_by_week(under_cleaning, context)?;
        let contacts = |week: &[Option<f64>; 7 * 24], hour: usize| week[hour].unwrap_or(0.0);
        let (mut hours, mut a_week) = (Vec::new(), 0.0);
        for hour in 0..7 * 24 {
            let Some(silent) = weeks.iter().position(|week| contacts(week, hour) > 0.0) else { continue };
            let was_open = weeks[..silent].iter().filter(|week| week[hour].is_some()).count();
            let before = &weeks[silent..weeks.len().min(silent + USUAL_WEEKS)];
            let usual = before.iter().map(|week| contacts(week, hour)).sum::<f64>() / before.len() as f64;
            if was_open >= SILENT_WEEKS && usual * was_open as f64 >= MISSED_IN_HOUR {
                hours.push((hour, silent));
                a_week += usual;
            }
        }
        let anything = weeks.iter().take(SILENT_WEEKS).flatten().flatten().any(|contacts| *contacts > 0.0);
        (anything && a_week >= MISSED_A_WEEK).then_some(Self { hours, a_week })
    }

    /// Takes what no row tells in these hours since as nothing: reports leave out hours in which a queue is closed.
    pub(super) fn settle(&self, under_cleaning: &mut SeriesUnderCleaning, context: &CleaningContext<'_>) {
        let clock = context.local_clock;
        let Some(last) = under_cleaning.extent().map(|extent| *extent.end()) else { return };
        let today = clock.day(last);
        let told = (0..clock.len()).take_while(|interval| clock.day(*interval) <= today);
        for interval in told.filter(|interval| context.open[*interval] && !context.holiday[*interval]) {
            let hour = hour_of_week(clock, interval);
            let silent = self.hours.iter().find(|(of, _)| *of == hour).map_or(0, |(_, weeks)| *weeks);
            let is_since = clock.day(interval) > today - 7 * i64::try_from(silent).unwrap_or(0);
            if is_since && under_cleaning.seen[interval] == Seen::Nothing {
                under_cleaning.offered[interval] = 0.0;
                under_cleaning.seen[interval] = Seen::Count;
            }
        }
    }

    /// As a warning about a queue's opening hours.
    pub(super) fn warning(&self, queue: &Queue, region: Option<usize>, shown: &str) -> Problem {
        let cause = tr!(
            "{place}: nothing came in the last {weeks} weeks at {hours}, though it is open then and {contacts} contacts a week came before; it is \
             taken to be closed then",
            place = place(queue, region),
            weeks = self.hours.iter().map(|(_, weeks)| *weeks).min().unwrap_or(0),
            hours = self.told(),
            contacts = fixed(self.a_week, 0)
        );
        let hint = tr!(
            "if so, make `hours` narrower, so that nobody is planned for them; if rows are missing, add them to the history"
        );
        Problem::in_file(shown, cause).in_column("queue.region.hours").hinting(hint)
    }

    /// `17:00–20:00 (Monday, Tuesday), 08:00–20:00 (Sunday)`.
    fn told(&self) -> String {
        let mut days_of: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
        let hours: Vec<usize> = self.hours.iter().map(|(hour, _)| *hour).collect();
        for run in hours.chunk_by(|one, next| one + 1 == *next && one / 24 == next / 24) {
            let (first, last) = (run[0], run[run.len() - 1]);
            let day = weekday_name(u32::try_from(first / 24).unwrap_or(0));
            days_of.entry((first % 24, last % 24 + 1)).or_default().push(day);
        }
        let mut told = String::new();
        for ((from, until), days) in days_of {
            let comma = if told.is_empty() { "" } else { ", " };
            let _ = write!(told, "{comma}{from:02}:00–{until:02}:00 ({})", days.join(", "));
        }
        told
    }
}

/// Contacts by hour of the local week, the last week first; none where it is closed, or a listed holiday.
fn contacts_by_week(
    under_cleaning: &SeriesUnderCleaning,
    context: &CleaningContext<'_>,
) -> Option<Vec<[Option<f64>; 7 * 24]>> {
    let clock = context.local_clock;
    let last = *under_cleaning.extent()?.end();
    let mut weeks = vec![[None; 7 * 24]; LOOKED_BACK];
    for interval in (0..=last).rev() {
        let back = usize::try_from((clock.day(last) - clock.day(interval)) / 7).unwrap_or(LOOKED_BACK);
        let Some(week) = weeks.get_mut(back) else { break };
        if context.open[interval] && !context.holiday[interval] {
            let contacts: &mut Option<f64> = &mut week[hour_of_week(clock, interval)];
            *contacts = Some(contacts.unwrap_or(0.0) + under_cleaning.offered[interval].max(0.0));
        }
    }
    Some(weeks)
}
