//! Contacts outside opening hours: unknown to the forecast, listed, and a sign of wrong hours when they are many.

use super::local_clock::LocalClock;
use super::series_under_cleaning::{CleaningContext, FlawFound, RowOrigin, Seen, SeriesUnderCleaning};
use crate::domain::problem::Problem;
use crate::domain::queue::Queue;
use crate::language::{fixed, weekday_name};
use tr::tr;

/// A larger share of contacts than this outside opening hours says that the hours are wrong.
const FEW_PER_CENT: f64 = 0.03;

/// What came of late tells whether the hours as they are now are wrong; they may have been others before.
const OF_LATE_WEEKS: i64 = 8;

/// Fewer contacts than this, one a week, say nothing about hours.
const FEW_OF_LATE: f64 = 8.0;

/// Contacts of late that came outside opening hours, when they are many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ManyOutside {
    /// Of all contacts of late.
    share: f64,
    /// The hour of the local week in which most of them came, counted from Monday's midnight.
    hour: u32,
}

impl ManyOutside {
    /// Looks at the last weeks that rows tell of, listed holidays left out.
    fn find(under_cleaning: &SeriesUnderCleaning, context: &CleaningContext<'_>) -> Option<Self> {
        let clock = context.local_clock;
        let last = *under_cleaning.extent()?.end();
        let since = clock.day(last) - 7 * OF_LATE_WEEKS;
        let (mut all, mut outside) = (0.0, [0.0; 7 * 24]);
        let of_late = (0..=last).rev().take_while(|interval| clock.day(*interval) > since);
        for interval in
            of_late.filter(|interval| !context.holiday[*interval] && under_cleaning.offered[*interval] > 0.0)
        {
            all += under_cleaning.offered[interval];
            if !context.open[interval] {
                outside[hour_of_week(clock, interval)] += under_cleaning.offered[interval];
            }
        }
        let contacts: f64 = outside.iter().sum();
        let hour = (0..outside.len()).rev().max_by(|one, other| outside[*one].total_cmp(&outside[*other]))?;
        let hour = u32::try_from(hour).ok()?;
        (contacts >= FEW_OF_LATE && contacts > FEW_PER_CENT * all).then(|| Self { share: contacts / all, hour })
    }

    /// As a warning about a queue's opening hours.
    pub(super) fn warning(self, queue: &Queue, region: Option<usize>, shown: &str) -> Problem {
        let (from, until) = (self.hour % 24, self.hour % 24 + 1);
        let cause = tr!(
            "{place}: {percent} % of the contacts of the last {weeks} weeks came outside its opening hours and are left out, most of them on \
             {weekday} from {from} to {until}",
            place = place(queue, region),
            percent = fixed(100.0 * self.share, 0),
            weeks = OF_LATE_WEEKS,
            weekday = weekday_name(self.hour / 24),
            from = format!("{from:02}:00"),
            until = format!("{until:02}:00")
        );
        let hint = tr!("if people are to answer them, make `hours` wider; cleaning.csv of a plan lists them all");
        Problem::in_file(shown, cause).in_column("queue.region.hours").hinting(hint)
    }
}

/// A queue, and the region where it has several.
pub(super) fn place(queue: &Queue, region: Option<usize>) -> String {
    match region.filter(|_| queue.regions.len() > 1).and_then(|region| queue.regions.get(region)) {
        Some(region) => tr!("queue `{}`, region `{}`", queue.id, region.id),
        None => tr!("queue `{}`", queue.id),
    }
}

/// The hour of the local week in which an interval begins, counted from Monday's midnight.
pub(super) fn hour_of_week(clock: &LocalClock, interval: usize) -> usize {
    clock.slot(interval) * 7 * 24 / clock.slots()
}

/// Forgets what was counted in closed intervals, stretch by stretch, and tells of it where it is much.
pub(super) fn close(
    under_cleaning: &mut SeriesUnderCleaning,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
) -> Option<ManyOutside> {
    let many_of_late = ManyOutside::find(under_cleaning, context);
    let all: f64 = under_cleaning.offered.iter().filter(|offered| !offered.is_nan()).sum();
    let (mut outside, mut first) = (0.0, None);
    let mut interval = 0;
    while interval < context.open.len() {
        if context.open[interval] {
            interval += 1;
            continue;
        }
        let until = (interval..context.open.len()).find(|later| context.open[*later]).unwrap_or(context.open.len());
        let found = forget(under_cleaning, interval..until, context, source);
        if found > 0.0 {
            first.get_or_insert(interval);
        }
        outside += found;
        interval = until;
    }
    if let Some(first) = first.filter(|_| outside > FEW_PER_CENT * all) {
        let finding = FlawFound {
            why: tr!("many contacts come outside opening hours, so the hours in the workspace are probably wrong"),
            detail: tr!("{} % of all contacts", fixed(100.0 * outside / all, 1)),
            column: "offered",
            was: outside.to_string(),
            became: "",
        };
        under_cleaning.note(context, source, first, finding);
    }
    many_of_late
}

/// Forgets a closed stretch and notes the contacts in it.
fn forget(
    under_cleaning: &mut SeriesUnderCleaning,
    stretch: std::ops::Range<usize>,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
) -> f64 {
    let (mut contacts, mut first, mut told) = (0.0, None, 0_usize);
    for interval in stretch {
        if under_cleaning.offered[interval] > 0.0 {
            contacts += under_cleaning.offered[interval];
            told += 1;
            first.get_or_insert(interval);
        }
        under_cleaning.offered[interval] = f64::NAN;
        under_cleaning.aht[interval] = f64::NAN;
        under_cleaning.seen[interval] = Seen::Nothing;
        under_cleaning.lacking.remove(&interval);
    }
    if let Some(first) = first {
        let detail = if told == 1 { String::new() } else { tr!("from here on {}", context.times(told)) };
        let finding = FlawFound {
            why: tr!("outside opening hours: left out"),
            detail,
            column: "offered",
            was: contacts.to_string(),
            became: "",
        };
        under_cleaning.note(context, source, first, finding);
    }
    contacts
}
