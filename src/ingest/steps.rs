//! The interval at which a series was counted, found in the distances between its rows.

/// Intervals that systems export, in minutes.
const KNOWN: [i64; 18] = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 240, 360, 720, 1440, 10_080];

/// Fewer distances than this may all be multiples of a longer interval by chance.
pub(super) const FEW: usize = 12;

/// From this length on, rows follow the local clock, and one of them is an hour shorter or longer twice a year.
pub(super) const LOCAL: i64 = 240;

/// An hour, by which clocks change at most.
pub(super) const CLOCK_CHANGE: i64 = 60;

/// The longest known interval of which nearly all distances (in minutes) are multiples: a few rows may lie off the grid.
pub(super) fn interval_of(distances: &[i64]) -> Option<i64> {
    let tolerated = if distances.len() < FEW { 0 } else { (distances.len() / 50).max(2) };
    let fits =
        |interval: i64| distances.iter().filter(|distance| !is_multiple(**distance, interval)).count() <= tolerated;
    KNOWN.into_iter().rev().find(|interval| !distances.is_empty() && fits(*interval))
}

fn is_multiple(distance: i64, interval: i64) -> bool {
    let times = (distance + interval / 2) / interval;
    let off = (distance - times * interval).abs();
    off == 0 || (interval >= LOCAL && times > 0 && off <= CLOCK_CHANGE)
}

/// The phase of most starts: minutes after the multiples of the interval.
pub(super) fn phase_of(starts: impl Iterator<Item = i64>, interval: i64) -> i64 {
    let modulus = interval.min(60);
    let mut counts = vec![0_u64; usize::try_from(modulus).unwrap_or(1)];
    for start in starts {
        counts[usize::try_from(start.rem_euclid(modulus)).unwrap_or(0)] += 1;
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|count| *count == most).and_then(|phase| i64::try_from(phase).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distances(starts: &[i64]) -> Vec<i64> {
        starts.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    #[test]
    fn nights_and_gaps_do_not_hide_the_interval() {
        // Half-hours from 9 to 12, a night, and again.
        let day = |from: i64| (0..6).map(move |step| from + step * 30);
        let starts: Vec<i64> = (0..5).flat_map(|date| day(date * 1440 + 540)).collect();
        assert_eq!(interval_of(&distances(&starts)), Some(30));
    }

    #[test]
    fn one_row_off_the_grid_does_not_shrink_the_interval() {
        let mut starts: Vec<i64> = (0..96).map(|step| step * 15).collect();
        starts.insert(50, 49 * 15 + 7);
        assert_eq!(interval_of(&distances(&starts)), Some(15));
        assert_eq!(phase_of(starts.into_iter(), 15), 0);
    }

    #[test]
    fn days_of_23_hours_are_still_days() {
        let mut days = vec![1440; 40];
        days[20] = 1380;
        assert_eq!(interval_of(&days), Some(1440));
    }

    #[test]
    fn hours_are_not_taken_for_longer_intervals() {
        assert_eq!(interval_of(&[60; 50]), Some(60));
        assert_eq!(interval_of(&[180, 60, 120, 60, 60, 240, 60, 60, 60, 60, 60, 60, 60, 60]), Some(60));
    }
}
