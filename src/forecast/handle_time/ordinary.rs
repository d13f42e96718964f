//! Handle times of ordinary contacts, those that no event brings.

use crate::forecast::calendar::queue_history::QueueHistory;
use crate::forecast::pool::queue_fit::QueueFit;

use super::aht::AhtModel;

/// The model of a region, of the first `known` intervals: an interval weighs by its ordinary contacts, and by the square of their share.
pub(super) fn ordinary(
    history: &QueueHistory<'_>,
    fit: &QueueFit<'_>,
    region: usize,
    known: usize,
) -> Option<AhtModel> {
    let of = &history.regions[region];
    let aht_s = of.days(of.aht_s, known)?;
    let offered = of.days(of.offered, known)?;
    let ordinary = match &fit.added[region] {
        None => offered,
        Some(added) => offered.zip(added, |count, added| {
            let share = if count > 0.0 && added > 0.0 { (1.0 - added / count).max(0.0) } else { 1.0 };
            count * share * share
        }),
    };
    AhtModel::fit(&aht_s, &ordinary)
}
