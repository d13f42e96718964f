//! A history for a queue that has little or none: that of a queue like it, brought to its own level.
//!
//! The days before the queue's own first day are filled with another queue's cleaned counts times the ratio of levels:
//! the queue's own contacts over what the other's model expects in the same cells. Each region takes its days from the
//! other queue's region of the same name, else of the same zone, else the busiest, on the local clock, so every method finds
//! weekdays, seasons, holidays and the shape of the day where it looks for them. Borrowed days are trusted less than own
//! ones and fade as own days come. The queue to borrow from is the one the planner named, or, where there is at least
//! some history to set the level by, the most similar ([`super::similar`]). Analogies are the usual way to forecast new
//! products (Goodwin, Dyussekeneva & Meeran, `IMA` J. Management Math. 24, 2013).

use chrono::NaiveDate;

use crate::domain::explanation::{Borrowed, BorrowedChoice};
use crate::domain::history::Counts;
use crate::domain::ids::QueueIx;
use crate::domain::time::Instant;
use crate::forecast::calendar::local_days::LocalDays;
use crate::forecast::calendar::queue_history::QueueHistory;
use crate::forecast::params::ForecastParams;
use crate::forecast::profile::region_profile::Profile;

use super::borrowed_history::BorrowedHistory;
use super::queue_fit::QueueFit;
use super::similar::most_similar;

/// Days of own history from which nothing is borrowed: from a queue that was named, and from one that was found.
const ENOUGH_NAMED: usize = 70;
const ENOUGH_FOUND: usize = 28;
/// Fewest own days by which a level is set, if nobody named a queue.
const LEAST_OWN: usize = 3;
/// Fewest days of a queue that lends, and how many times the borrower's.
const LEAST_LENT: usize = 56;
const TIMES_OWN: usize = 2;
/// Expected contacts from which a region's own ratio of levels counts.
const LEAST_EXPECTED: f64 = 50.0;

/// Borrows what a queue lacks at an origin; none where its own history is long enough or no queue can lend.
pub(super) fn borrow_history(
    history: &QueueHistory<'_>,
    known: usize,
    origin: Instant,
    params: &ForecastParams,
) -> Option<BorrowedHistory> {
    let own: Vec<Option<LocalDays>> = history.regions.iter().map(|region| region.days(region.offered, known)).collect();
    let own_days = own.iter().flatten().map(known_days).max().unwrap_or(0);
    let (from, choice) = lender(history, known, own_days)?;
    let lender = QueueHistory::new(&history.input, from.0);
    let fit = QueueFit::alone(&lender, known, origin, params);
    let sources = sources(history, &fit, &lender);
    let lent: Vec<Option<&Profile<'_>>> =
        sources.iter().map(|source| source.and_then(|source| fit.profiles()[source].as_ref())).collect();
    let tallies: Vec<(f64, f64)> = own.iter().zip(&lent).map(|(own, lent)| tally(own.as_ref(), *lent)).collect();
    let all = tallies.iter().fold((0.0, 0.0), |sum, tally| (sum.0 + tally.0, sum.1 + tally.1));
    let level = if all.1 > 0.0 { all.0 / all.1 } else { 1.0 };
    let first_own = own.iter().flatten().filter_map(first_day).min();
    let days = (0..own.len()).map(|region| {
        let lent = lent[region]?;
        // Regions that share a source share its contacts, as long as nothing of their own tells.
        let sharers = sources.iter().filter(|source| **source == sources[region]).count().max(1) as f64;
        let ratio = match tallies[region] {
            (counted, expected) if expected >= LEAST_EXPECTED => counted / expected,
            _ if all.1 > 0.0 => level,
            _ => 1.0 / sharers,
        };
        let of = &history.regions[region];
        let empty = || LocalDays::new(&of.placement, &Counts::unknown(history.grid.len()), known);
        let base = own[region].clone().unwrap_or_else(empty);
        let filled = base.map(|date, slot, own| {
            let borrowed = first_own.is_none_or(|first| date < first) && of.calendar.is_open(date, slot);
            if own.is_nan() && borrowed { ratio * cell(lent, date, slot) } else { own }
        });
        filled.has_data().then_some(filled)
    });
    let days = days.collect();
    Some(BorrowedHistory { days, told: Borrowed { from, choice, own_days, level }, first_own })
}

/// The queue to borrow from, if there is reason to.
fn lender(history: &QueueHistory<'_>, known: usize, own_days: usize) -> Option<(QueueIx, BorrowedChoice)> {
    let input = &history.input;
    if let Some(like) = history.queue.like.filter(|like| *like != history.index && like.0 < input.queues.len()) {
        return (own_days < ENOUGH_NAMED).then_some((like, BorrowedChoice::Named));
    }
    if !(LEAST_OWN..ENOUGH_FOUND).contains(&own_days) {
        return None;
    }
    let per_day = usize::try_from(1440 / history.grid.interval().get().max(1)).unwrap_or(1).max(1);
    let needed = LEAST_LENT.max(TIMES_OWN * own_days);
    let days_of = |queue: QueueIx| {
        let series = input.history.series.iter().filter(|series| series.queue == queue);
        let days = series.map(|series| {
            let days = (0..known).step_by(per_day);
            days.filter(|first| (*first..(first + per_day).min(known)).any(|at| series.offered.get(at).is_some()))
                .count()
        });
        days.max().unwrap_or(0)
    };
    let candidates = (0..input.queues.len()).map(QueueIx).filter(|queue| *queue != history.index);
    most_similar(input, history.index, candidates.filter(|queue| days_of(*queue) >= needed), known)
        .map(|queue| (queue, BorrowedChoice::MostSimilar))
}

/// For each region the position of the lender's region it borrows from, of those that have a profile.
fn sources(history: &QueueHistory<'_>, fit: &QueueFit<'_>, lender: &QueueHistory<'_>) -> Vec<Option<usize>> {
    let with_data: Vec<usize> = (0..lender.regions.len()).filter(|region| fit.profiles()[*region].is_some()).collect();
    let volume = |region: &usize| fit.profiles()[*region].as_ref().map_or(0.0, |profile| profile.days.total());
    let busiest = with_data.iter().copied().max_by(|one, other| volume(one).total_cmp(&volume(other)));
    let source = |region: &crate::domain::queue::Region| {
        let find = |same: &dyn Fn(&crate::domain::queue::Region) -> bool| {
            with_data.iter().copied().find(|position| same(&lender.queue.regions[*position]))
        };
        find(&|other| other.id == region.id).or_else(|| find(&|other| other.zone == region.zone)).or(busiest)
    };
    history.queue.regions.iter().map(source).collect()
}

/// Own contacts, and what the lender's model expects in the same cells on the level of its last days, on which borrowed days are.
fn tally(own: Option<&LocalDays>, lent: Option<&Profile<'_>>) -> (f64, f64) {
    let (Some(own), Some(lent)) = (own, lent) else { return (0.0, 0.0) };
    let mut sum = (0.0, 0.0);
    for day in 0..own.len() {
        let date = own.date(day);
        let (total, shares) = (lent.present_total(date), lent.shape.of(date));
        for (count, share) in own.day(day).iter().zip(shares).filter(|(count, share)| !count.is_nan() && **share > 0.0)
        {
            sum.0 += count;
            sum.1 += total * share;
        }
    }
    sum
}

/// The lender's contacts in a cell, on the level of its last days: what moved it since is no news of the borrower; where it is closed while the borrower is open, the mean of its day.
fn cell(lent: &Profile<'_>, date: NaiveDate, slot: usize) -> f64 {
    let day = lent.days.position(date);
    if let Some(count) = lent.days.get(day, slot) {
        return count;
    }
    if lent.calendar.is_open(date, slot) {
        return f64::NAN;
    }
    let known = (0..lent.days.slots()).filter_map(|slot| lent.days.get(day, slot));
    let (sum, count) = known.fold((0.0, 0.0), |sum, value| (sum.0 + value, sum.1 + 1.0));
    if count > 0.0 { sum / count } else { f64::NAN }
}

fn known_days(days: &LocalDays) -> usize {
    (0..days.len()).filter(|day| days.day(*day).iter().any(|value| !value.is_nan())).count()
}

fn first_day(days: &LocalDays) -> Option<NaiveDate> {
    (0..days.len()).find(|day| days.day(*day).iter().any(|value| !value.is_nan())).map(|day| days.date(day))
}
