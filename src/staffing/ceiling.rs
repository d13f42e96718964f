//! What is not reckoned any more: more work than any centre's people do.

use crate::domain::ids::QueueIx;
use crate::domain::requirement::Requirement;
use crate::domain::time::Instant;

/// People at once for whom work is reckoned, all queues together: the largest companies have fewer.
pub const MOST_PEOPLE: f64 = 100_000.0;

/// The interval with most work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// The queue with most of it.
    pub queue: QueueIx,
    /// When it begins.
    pub start: Instant,
    /// Contacts of the queue.
    pub contacts: f64,
    /// Their mean handle time, seconds.
    pub aht_s: f64,
    /// People whom the queue needs.
    pub people: f64,
    /// People whom all queues need.
    pub of_all: f64,
}

/// Whether one queue is beyond it.
pub(super) fn is_beyond(loads: &[f64]) -> bool {
    loads.iter().any(|load| *load > MOST_PEOPLE)
}

/// When most people are needed. Beyond [`MOST_PEOPLE`] a requirement is no more than a guess.
#[must_use]
pub fn peak(requirement: &Requirement) -> Option<Peak> {
    let people = |queue: usize, t: usize| {
        let of = &requirement.queues[queue];
        of.load_erlangs[t].max(of.agents_net[t])
    };
    let queues = 0..requirement.queues.len();
    let of_all = |t: usize| queues.clone().map(|queue| people(queue, t)).sum::<f64>();
    let all = (0..requirement.grid.len()).map(|t| (t, of_all(t)));
    let (t, of_all) = all.max_by(|one, other| one.1.total_cmp(&other.1))?;
    let queue = queues.clone().max_by(|one, other| people(*one, t).total_cmp(&people(*other, t)))?;
    let of = &requirement.queues[queue];
    Some(Peak {
        queue: QueueIx(queue),
        start: requirement.grid.start_of(t),
        contacts: of.offered[t],
        aht_s: of.aht_s[t],
        people: people(queue, t),
        of_all,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::{StaffingParams, require, test_instances};

    #[test]
    fn a_count_with_digits_too_many_ends_no_search_and_is_told() {
        let peak_of = |contacts: f64, aht: f64| {
            let forecast =
                test_instances::forecast(test_instances::grid(2, 30), &[vec![1.0, contacts], vec![20.0; 2]], aht);
            let queues = ["orders", "billing"].map(test_instances::voice);
            peak(&require(&forecast, &queues, &[], &[], chrono_tz::UTC, &StaffingParams::default()))
                .expect("two queues")
        };
        // A billion contacts of a day: 10⁹ · 86,400 s / 1,800 s.
        let found = peak_of(1e9, 86_400.0);
        assert_eq!((found.queue, found.contacts), (QueueIx(0), 1e9));
        assert!(found.of_all >= found.people && found.people > 4e8, "{found:?}");
        // 900,000 contacts of 180 s in half an hour are 90,000 erlangs.
        assert!((90_000.0..90_500.0).contains(&peak_of(900_000.0, 180.0).of_all));
        assert!(peak_of(1_010_000.0, 180.0).of_all > MOST_PEOPLE);
    }
}
