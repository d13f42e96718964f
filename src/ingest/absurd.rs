//! Counts and handle times that are slips of a system rather than of customers.
//!
//! A count is absurd if it exceeds 50 times the upper quartile of its time of the week and 5 times the 99th percentile
//! of all intervals, and stands alone: its neighbours are below a tenth of it. Real surges, a recall or a campaign, rise
//! and fall over several intervals. Beyond 50 times the 99th percentile it is absurd in any company.

use super::series_under_cleaning::{CleaningContext, FlawFound, RowOrigin, SeriesUnderCleaning};
use tr::tr;

const TIMES_USUAL: f64 = 50.0;
const TIMES_HIGH: f64 = 5.0;
const ALONE: f64 = 0.1;
/// Fewer known intervals than this say nothing about what is usual.
const ENOUGH: usize = 20;
/// No contact takes longer than a day.
const LONGEST_AHT: f64 = 86_400.0;

/// Sets absurd counts and handle times aside.
pub(super) fn set_aside(
    under_cleaning: &mut SeriesUnderCleaning,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
) {
    set_counts_aside(under_cleaning, context, source);
    set_handle_times_aside(under_cleaning, context, source);
}

fn set_counts_aside(under_cleaning: &mut SeriesUnderCleaning, context: &CleaningContext<'_>, source: &RowOrigin<'_>) {
    let mut known = known(&under_cleaning.offered);
    if known.len() < ENOUGH {
        return;
    }
    let high = quantile(&mut known, 0.99).max(1.0);
    let suspects: Vec<usize> = (0..under_cleaning.offered.len())
        .filter(|interval| under_cleaning.offered[*interval] > TIMES_HIGH * high)
        .collect();
    let absurd: Vec<usize> = suspects
        .into_iter()
        .filter(|interval| {
            let count = under_cleaning.offered[*interval];
            count > TIMES_USUAL * high
                || (stands_alone(&under_cleaning.offered, *interval)
                    && count > TIMES_USUAL * usual(under_cleaning, *interval, context).max(1.0))
        })
        .collect();
    for interval in absurd {
        let why = tr!("absurdly many for this time of the week: unknown");
        let was = under_cleaning.offered[interval].to_string();
        under_cleaning.note(
            context,
            source,
            interval,
            FlawFound { why, detail: String::new(), column: "offered", was, became: "" },
        );
        under_cleaning.set_aside(interval);
    }
}

/// The upper quartile of the same time of the week.
fn usual(under_cleaning: &SeriesUnderCleaning, interval: usize, context: &CleaningContext<'_>) -> f64 {
    let slot = context.local_clock.slot(interval);
    let same = (0..under_cleaning.offered.len()).filter(|other| context.local_clock.slot(*other) == slot);
    let mut same: Vec<f64> =
        same.map(|other| under_cleaning.offered[other]).filter(|offered| !offered.is_nan()).collect();
    quantile(&mut same, 0.75)
}

fn stands_alone(offered: &[f64], interval: usize) -> bool {
    let neighbours = [interval.checked_sub(1), interval.checked_add(1)];
    let counts = neighbours.into_iter().flatten().filter_map(|neighbour| offered.get(neighbour));
    counts.filter(|count| !count.is_nan()).all(|count| *count < ALONE * offered[interval])
}

fn set_handle_times_aside(
    under_cleaning: &mut SeriesUnderCleaning,
    context: &CleaningContext<'_>,
    source: &RowOrigin<'_>,
) {
    let mut known = known(&under_cleaning.aht);
    let longest =
        if known.len() < ENOUGH { LONGEST_AHT } else { (TIMES_USUAL * quantile(&mut known, 0.5)).min(LONGEST_AHT) };
    for interval in 0..under_cleaning.aht.len() {
        if under_cleaning.aht[interval] > longest {
            let why = tr!("an absurdly long handle time: unknown");
            let was = under_cleaning.aht[interval].to_string();
            under_cleaning.note(
                context,
                source,
                interval,
                FlawFound { why, detail: String::new(), column: "aht_s", was, became: "" },
            );
            under_cleaning.aht[interval] = f64::NAN;
        }
    }
}

fn known(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|value| !value.is_nan()).collect()
}

/// The value below which a share of all lie, by rank; zero of none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank within the slice")]
fn quantile(values: &mut [f64], share: f64) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let rank = ((values.len() - 1) as f64 * share).round() as usize;
    *values.select_nth_unstable_by(rank, f64::total_cmp).1
}
