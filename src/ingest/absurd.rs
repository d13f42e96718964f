//! Counts and handle times that are slips of a system rather than of customers.
//!
//! A count is absurd if it exceeds 50 times the upper quartile of its time of the week and 5 times the 99th percentile
//! of all intervals, and stands alone: its neighbours are below a tenth of it. Real surges, a recall or a campaign, rise
//! and fall over several intervals. Beyond 50 times the 99th percentile it is absurd in any company.

use super::track::{Finding, Ground, Source, Track};

const TIMES_USUAL: f64 = 50.0;
const TIMES_HIGH: f64 = 5.0;
const ALONE: f64 = 0.1;
/// Fewer known intervals than this say nothing about what is usual.
const ENOUGH: usize = 20;
/// No contact takes longer than a day.
const LONGEST_AHT: f64 = 86_400.0;

/// Sets absurd counts and handle times aside.
pub(super) fn set_aside(track: &mut Track, ground: &Ground<'_>, source: &Source<'_>) {
    set_counts_aside(track, ground, source);
    set_handle_times_aside(track, ground, source);
}

fn set_counts_aside(track: &mut Track, ground: &Ground<'_>, source: &Source<'_>) {
    let mut known = known(&track.offered);
    if known.len() < ENOUGH {
        return;
    }
    let high = quantile(&mut known, 0.99).max(1.0);
    let suspects: Vec<usize> =
        (0..track.offered.len()).filter(|interval| track.offered[*interval] > TIMES_HIGH * high).collect();
    let absurd: Vec<usize> = suspects
        .into_iter()
        .filter(|interval| {
            let count = track.offered[*interval];
            count > TIMES_USUAL * high
                || (stands_alone(&track.offered, *interval)
                    && count > TIMES_USUAL * usual(track, *interval, ground).max(1.0))
        })
        .collect();
    for interval in absurd {
        let why = "absurdly many for this time of the week: unknown";
        let was = track.offered[interval].to_string();
        track.note(
            ground,
            source,
            interval,
            Finding { why, detail: String::new(), column: "offered", was, became: "" },
        );
        track.set_aside(interval);
    }
}

/// The upper quartile of the same time of the week.
fn usual(track: &Track, interval: usize, ground: &Ground<'_>) -> f64 {
    let slot = ground.walls.slot(interval);
    let same = (0..track.offered.len()).filter(|other| ground.walls.slot(*other) == slot);
    let mut same: Vec<f64> = same.map(|other| track.offered[other]).filter(|offered| !offered.is_nan()).collect();
    quantile(&mut same, 0.75)
}

fn stands_alone(offered: &[f64], interval: usize) -> bool {
    let neighbours = [interval.checked_sub(1), interval.checked_add(1)];
    let counts = neighbours.into_iter().flatten().filter_map(|neighbour| offered.get(neighbour));
    counts.filter(|count| !count.is_nan()).all(|count| *count < ALONE * offered[interval])
}

fn set_handle_times_aside(track: &mut Track, ground: &Ground<'_>, source: &Source<'_>) {
    let mut known = known(&track.aht);
    let longest =
        if known.len() < ENOUGH { LONGEST_AHT } else { (TIMES_USUAL * quantile(&mut known, 0.5)).min(LONGEST_AHT) };
    for interval in 0..track.aht.len() {
        if track.aht[interval] > longest {
            let why = "an absurdly long handle time: unknown";
            let was = track.aht[interval].to_string();
            track.note(
                ground,
                source,
                interval,
                Finding { why, detail: String::new(), column: "aht_s", was, became: "" },
            );
            track.aht[interval] = f64::NAN;
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
