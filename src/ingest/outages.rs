//! Outages: next to no contacts where many are usual.
//!
//! Usual is the median of the same local time one to four weeks before and after. An interval is silent at a tenth of it
//! or less. A stretch of silent intervals in which 25 contacts are usual is an outage: chance alone would leave it
//! empty once in 10^10. So is an open day with a tenth of its usual total between normal days. Listed holidays are
//! never judged.

use super::series_under_cleaning::{CleaningContext, FlawFound, RowOrigin, SeriesUnderCleaning};
use super::silent_hours::SILENT_WEEKS;
use tr::tr;

const SILENT: f64 = 0.1;
/// A day at half its usual total is still a normal neighbour.
const NORMAL: f64 = 0.5;
/// Contacts usual in a stretch, or on a day, before silence means anything.
const MISSED: f64 = 25.0;
const WEEKS_AROUND: i64 = 4;
const ENOUGH: usize = 3;
/// More silent days in a row than this are something else than an outage.
const LONGEST_DAYS: usize = 3;

/// Sets outages aside: whole days, then stretches within days.
pub(super) fn set_aside(
    under_cleaning: &mut SeriesUnderCleaning,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
) {
    set_days_aside(under_cleaning, context, source);
    set_stretches_aside(under_cleaning, context, source);
    under_cleaning.outages.sort_by_key(|(interval, _)| *interval);
}

fn set_days_aside(under_cleaning: &mut SeriesUnderCleaning, context: &CleaningContext<'_>, source: &RowOrigin<'_>) {
    let days: Vec<Day> =
        context.local_clock.days().into_iter().filter_map(|span| Day::of(span, under_cleaning, context)).collect();
    let level: Vec<Option<f64>> = (0..days.len()).map(|index| level(&days, index)).collect();
    let is_low = |index: usize| level[index].is_some_and(|level| level <= SILENT) && !days[index].holiday;
    let silent = |index: usize| is_low(index) && !is_closed_since(&days, index);
    let normal = |index: Option<usize>| {
        let level = index.and_then(|index| level.get(index).copied());
        level.is_none_or(|level| level.is_none_or(|level| level >= NORMAL))
    };
    let mut index = 0;
    while index < days.len() {
        let until = (index..days.len()).find(|later| !silent(*later)).unwrap_or(days.len());
        if until > index && until - index <= LONGEST_DAYS && normal(index.checked_sub(1)) && normal(Some(until)) {
            for day in &days[index..until] {
                forget(under_cleaning, day.span.clone(), context, source, day_of_outage());
            }
        }
        index = until.max(index + 1);
    }
}

fn day_of_outage() -> String {
    tr!("a day with next to no contacts between normal ones: taken as an outage; if it was a holiday, list it")
}

fn stretch_of_outage() -> String {
    tr!("next to no contacts for a while where many are usual: taken as an outage; if it was a holiday, list it")
}

/// An open local day and what came on it.
struct Day {
    span: std::ops::Range<usize>,
    date: i64,
    total: f64,
    holiday: bool,
}

impl Day {
    /// None where less than half of the open hours are known.
    fn of(
        span: std::ops::Range<usize>,
        under_cleaning: &SeriesUnderCleaning,
        context: &CleaningContext<'_>,
    ) -> Option<Self> {
        let open = span.clone().filter(|interval| context.open[*interval]).count();
        let known: Vec<f64> =
            under_cleaning.offered[span.clone()].iter().copied().filter(|offered| !offered.is_nan()).collect();
        (open > 0 && 2 * known.len() >= open).then(|| Self {
            date: context.local_clock.day(span.start),
            total: known.iter().sum(),
            holiday: span.clone().any(|interval| context.holiday[interval]),
            span,
        })
    }
}

/// Whether the day's weekday had next to no contacts ever since, and that often enough: it is closed, not out.
fn is_closed_since(days: &[Day], index: usize) -> bool {
    let weekday = days[index].date.rem_euclid(7);
    let since = days[..=index].iter().rev().filter(|day| day.date.rem_euclid(7) == weekday && !day.holiday);
    let before = since.take_while(|day| day.total <= 0.0).count();
    let later = || days[index + 1..].iter().filter(|day| day.date.rem_euclid(7) == weekday && !day.holiday);
    later().all(|day| day.total <= 0.0) && before + later().count() >= SILENT_WEEKS
}

/// A day's total over its usual one; none where that is unknown or small.
fn level(days: &[Day], index: usize) -> Option<f64> {
    let day = &days[index];
    let around = (-WEEKS_AROUND..=WEEKS_AROUND).filter(|weeks| *weeks != 0);
    let same = around.filter_map(|weeks| {
        let at = days.binary_search_by_key(&(day.date + 7 * weeks), |other| other.date).ok()?;
        (!days[at].holiday).then(|| days[at].total)
    });
    let usual = median(same.collect())?;
    (usual >= MISSED).then(|| day.total / usual)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    (values.len() >= ENOUGH).then(|| values[values.len() / 2])
}

fn set_stretches_aside(
    under_cleaning: &mut SeriesUnderCleaning,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
) {
    let low = Low::of(under_cleaning, context);
    let mut stretch: Option<Stretch> = None;
    for interval in 0..=under_cleaning.offered.len() {
        let usual = low.usual(interval, under_cleaning, context);
        match (usual, &mut stretch) {
            (Silence::Usual(usual), Some(stretch)) => stretch.extend(interval, usual),
            (Silence::Usual(usual), None) => {
                stretch = Some(Stretch { span: interval..interval + 1, usual });
            }
            (Silence::Meaningless, _) => {}
            (Silence::None, _) => {
                if let Some(found) = stretch.take().filter(|stretch| stretch.usual >= MISSED) {
                    forget(under_cleaning, found.span, context, source, stretch_of_outage());
                }
            }
        }
    }
}

/// Silent intervals in a row, and the contacts usual in them.
struct Stretch {
    span: std::ops::Range<usize>,
    usual: f64,
}

impl Stretch {
    fn extend(&mut self, interval: usize, usual: f64) {
        self.span.end = interval + 1;
        self.usual += usual;
    }
}

/// What an interval's count says.
enum Silence {
    /// It is silent, and so many contacts are usual.
    Usual(f64),
    /// It is silent, as usual.
    Meaningless,
    /// It is not silent, or unknown.
    None,
}

/// Finds silent intervals; the mean of the time of the week rules out most at a glance.
struct Low {
    mean: Vec<f64>,
    /// By slot of the week the interval from which on nothing came in it any more, where that is closed.
    closed_since: Vec<usize>,
}

impl Low {
    /// A count above this part of the mean is not worth a closer look.
    const GLANCE: f64 = 0.5;

    fn of(under_cleaning: &SeriesUnderCleaning, context: &CleaningContext<'_>) -> Self {
        let mut sums = vec![(0.0, 0.0); context.local_clock.slots()];
        for (interval, offered) in under_cleaning.offered.iter().enumerate().filter(|(_, offered)| !offered.is_nan()) {
            let (sum, count) = &mut sums[context.local_clock.slot(interval)];
            *sum += offered;
            *count += 1.0;
        }
        let mean = sums.into_iter().map(|(sum, count): (f64, f64)| sum / count.max(1.0)).collect();
        Self { mean, closed_since: closed_since(under_cleaning, context) }
    }

    fn usual(&self, interval: usize, under_cleaning: &SeriesUnderCleaning, context: &CleaningContext<'_>) -> Silence {
        let Some(count) = under_cleaning.offered.get(interval).copied().filter(|count| !count.is_nan()) else {
            return Silence::None;
        };
        let slot = context.local_clock.slot(interval);
        if context.holiday[interval] || interval >= self.closed_since[slot] || count > Self::GLANCE * self.mean[slot] {
            return Silence::None;
        }
        let around = (-WEEKS_AROUND..=WEEKS_AROUND).filter(|weeks| *weeks != 0);
        let same = around
            .filter_map(|weeks| context.local_clock.weeks_away(interval, weeks))
            .filter(|other| !context.holiday[*other])
            .map(|other| under_cleaning.offered[other])
            .filter(|offered| !offered.is_nan());
        match median(same.collect()) {
            Some(usual) if usual > 0.0 && count <= SILENT * usual => Silence::Usual(usual),
            Some(usual) if usual == 0.0 && count == 0.0 => Silence::Meaningless,
            _ => Silence::None,
        }
    }
}

/// By slot of the week the first of its last intervals without a contact; beyond all of them where there are few.
fn closed_since(under_cleaning: &SeriesUnderCleaning, context: &CleaningContext<'_>) -> Vec<usize> {
    let mut since = vec![(usize::MAX, 0, false); context.local_clock.slots()];
    for (interval, offered) in under_cleaning.offered.iter().enumerate().rev().filter(|(_, offered)| !offered.is_nan())
    {
        let (first, weeks, is_told) = &mut since[context.local_clock.slot(interval)];
        if !*is_told && !context.holiday[interval] {
            *is_told = *offered > 0.0;
            if !*is_told {
                (*first, *weeks) = (interval, *weeks + 1);
            }
        }
    }
    since.into_iter().map(|(first, weeks, _)| if weeks >= SILENT_WEEKS { first } else { usize::MAX }).collect()
}

fn forget(
    under_cleaning: &mut SeriesUnderCleaning,
    span: std::ops::Range<usize>,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
    why: String,
) {
    let told: Vec<usize> = span.filter(|interval| !under_cleaning.offered[*interval].is_nan()).collect();
    let (Some(first), Some(last)) = (told.first().copied(), told.last().copied()) else { return };
    let contacts: f64 = told.iter().map(|interval| under_cleaning.offered[*interval]).sum();
    let detail = context.until(last, told.len());
    under_cleaning.note(
        context,
        source,
        first,
        FlawFound { why, detail, column: "offered", was: contacts.to_string(), became: "" },
    );
    for interval in told {
        let counted = under_cleaning.offered[interval];
        under_cleaning.outages.push((interval, counted));
        under_cleaning.set_aside(interval);
    }
}
