//! From tracks to series: a queue whose history does not tell regions apart is divided by their shares.
//!
//! In each interval the shares of the open regions count, brought up to one: while only one region is open, all
//! contacts are its own.

use std::collections::BTreeMap;

use crate::domain::calendar::Holiday;
use crate::domain::history::{CountedSeries, Counts};
use crate::domain::queue::Queue;
use crate::domain::units::Share;

use super::local_clock::LocalClock;
use super::series_under_cleaning::SeriesUnderCleaning;

/// The clocks of every zone in which customers live.
pub(super) type Clocks = BTreeMap<&'static str, LocalClock>;

/// What a series is divided into: one, or one per region where it is of a whole queue.
pub(super) fn series_of(
    under_cleaning: SeriesUnderCleaning,
    queue: &Queue,
    holidays: &[Holiday],
    clocks: &Clocks,
) -> Vec<CountedSeries> {
    let SeriesUnderCleaning { key, offered, aht, outages, .. } = under_cleaning;
    if let Some(region) = key.region {
        let (offered, aht_s) = (counts(&offered), counts(&aht));
        return vec![CountedSeries { queue: key.queue, region, offered, aht_s, outages }];
    }
    let shares = open_shares(queue, holidays, clocks, offered.len());
    let all: Vec<f64> = (0..offered.len()).map(|interval| shares.iter().map(|share| share[interval]).sum()).collect();
    let part = |values: &[f64], share: &[f64], scaled: bool| -> Counts {
        let one = |interval: usize| {
            let value = if scaled { values[interval] * share[interval] / all[interval] } else { values[interval] };
            (share[interval] > 0.0 && !value.is_nan()).then_some(value)
        };
        (0..values.len()).map(one).collect()
    };
    let series = |(region, share): (usize, &Vec<f64>)| CountedSeries {
        queue: key.queue,
        region,
        offered: part(&offered, share, true),
        aht_s: part(&aht, share, false),
        outages: outages
            .iter()
            .filter(|(interval, _)| share[*interval] > 0.0)
            .map(|(interval, counted)| (*interval, counted * share[*interval] / all[*interval]))
            .collect(),
    };
    shares.iter().enumerate().map(series).collect()
}

/// Each region's share where it is open, zero where it is closed.
fn open_shares(queue: &Queue, holidays: &[Holiday], clocks: &Clocks, len: usize) -> Vec<Vec<f64>> {
    let share = |region: &crate::domain::queue::Region| {
        let mut open = vec![false; len];
        if let Some(local_clock) = clocks.get(region.zone.name()) {
            local_clock.open(region, holidays, &mut open);
        }
        let share = region.share.map_or(0.0, Share::get);
        open.into_iter().map(|open| if open { share } else { 0.0 }).collect()
    };
    queue.regions.iter().map(share).collect()
}

fn counts(values: &[f64]) -> Counts {
    values.iter().map(|value| (!value.is_nan()).then_some(*value)).collect()
}
