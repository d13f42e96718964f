//! Contacts outside opening hours: unknown to the forecast, listed, and a sign of wrong hours when they are many.

use super::series_under_cleaning::{CleaningContext, FlawFound, RowOrigin, Seen, SeriesUnderCleaning};
use crate::language::fixed;
use tr::tr;

/// A larger share of contacts than this outside opening hours says that the hours are wrong.
const FEW_PER_CENT: f64 = 0.03;

/// Forgets what was counted in closed intervals, stretch by stretch.
pub(super) fn close(under_cleaning: &mut SeriesUnderCleaning, context: &CleaningContext<'_>, source: &RowOrigin<'_>) {
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
