//! Contacts that a first-tier queue hands to a second tier.
//!
//! A share of the contacts a queue handles arrives at the second tier some time after their own arrival. A second tier
//! with a forecast of its own has counted those escalations in its history, so none are added; one without history is
//! fed by escalation alone, with its declared handle time (that of the contacts handed over, where none is declared).

use crate::domain::forecast::Forecast;
use crate::domain::ids::QueueIx;
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::next_open;
use crate::domain::time::Zone;
use crate::domain::units::Seconds;

/// Contacts that arrive at a queue, and the work they bring.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arrivals {
    /// Contacts per interval.
    pub(super) contacts: Vec<f64>,
    /// Mean handle time per interval, seconds.
    pub(super) aht: Vec<f64>,
    /// How far the load of each interval may lie off: its coefficient of variation.
    pub(super) cv: Vec<f64>,
    /// Whether the queue has no history of its own and takes escalations in.
    fed: bool,
}

impl Arrivals {
    /// Contacts that are known already.
    pub(super) fn of(contacts: Vec<f64>, aht: Vec<f64>) -> Self {
        Self { cv: vec![0.0; contacts.len()], contacts, aht, fed: false }
    }

    /// What the forecast says reaches a queue; days are those of `zone`.
    pub(super) fn forecast(forecast: &Forecast, queues: &[Queue], queue: QueueIx, zone: Zone) -> Self {
        let whole = &forecast.queues[queue.0].whole;
        let declared = queues[queue.0].declared_aht.map_or(0.0, Seconds::get);
        let contacts: Vec<f64> = whole.offered.iter().map(|contacts| contacts.max(0.0)).collect();
        let known = |interval: usize| whole.aht_s.get(interval).copied().filter(|aht| *aht > 0.0);
        let aht = (0..contacts.len()).map(|interval| known(interval).unwrap_or(declared)).collect();
        let cv = forecast.queues[queue.0].load_cv(&forecast.grid, zone);
        Self { fed: contacts.iter().all(|contacts| *contacts <= 0.0), contacts, aht, cv }
    }

    /// As many of them as are handled, with the handle times that these had.
    pub(super) fn handled(&self, contacts: Vec<f64>, aht: &[f64]) -> Self {
        Self { contacts, aht: aht.to_vec(), ..self.clone() }
    }

    /// Gives intervals without a handle time the mean of the others: work that spills into them has one.
    pub(super) fn with_handle_times(mut self, mean: f64) -> Self {
        for aht in self.aht.iter_mut().filter(|aht| **aht <= 0.0) {
            *aht = mean;
        }
        self
    }

    /// Takes in escalated contacts of a handle time, if the queue is fed by escalation. Their loads lie off together, for they come of one queue.
    fn take(&mut self, interval: usize, contacts: f64, (aht, cv): (f64, f64)) {
        let (before, after) = (self.contacts[interval], self.contacts[interval] + contacts);
        if after > 0.0 {
            self.aht[interval] = (before * self.aht[interval] + contacts * aht) / after;
            self.cv[interval] = (before * self.cv[interval] + contacts * cv) / after;
            self.contacts[interval] = after;
        }
    }
}

/// The queues, each before the one it escalates to. Queues in a circle come last, in their own order; what the last
/// of them would hand to one already staffed is not counted.
pub(super) fn upstream_first(queues: &[Queue]) -> Vec<QueueIx> {
    let target = |queue: usize| queues[queue].escalation.map(|escalation| escalation.to.0);
    let mut feeders = vec![0_usize; queues.len()];
    for to in (0..queues.len()).filter_map(target).filter(|to| *to < queues.len()) {
        feeders[to] += 1;
    }
    let mut order: Vec<usize> = (0..queues.len()).filter(|queue| feeders[*queue] == 0).collect();
    let mut position = 0;
    while position < order.len() {
        if let Some(to) = target(order[position]).filter(|to| *to < queues.len()) {
            feeders[to] -= 1;
            if feeders[to] == 0 {
                order.push(to);
            }
        }
        position += 1;
    }
    let circle: Vec<usize> = (0..queues.len()).filter(|queue| !order.contains(queue)).collect();
    order.into_iter().chain(circle).map(QueueIx).collect()
}

/// Hands the escalated share of a queue's handled contacts, `from`, to its second tier, whose opening is `open`.
///
/// Arrivals are even within their interval, so a delay that is not a whole number of intervals splits them over two.
/// Contacts that reach a closed voice or chat queue wait for its next opening; beyond the horizon they are not counted.
pub(super) fn hand_over(
    from: &Arrivals,
    queue: &Queue,
    to: &Queue,
    open: &[bool],
    interval_s: f64,
    into: &mut Arrivals,
) {
    let Some(escalation) = queue.escalation.filter(|_| into.fed) else { return };
    let delay = escalation.after.get() / interval_s;
    let (whole, part) = (delay.floor(), delay.fract());
    let next = next_open(open);
    let waits_for_opening = !matches!(to.channel, Channel::Deferred { .. });
    for (interval, contacts) in from.contacts.iter().enumerate() {
        for (delay, share) in [(whole, 1.0 - part), (whole + 1.0, part)] {
            let reaches = interval + intervals(delay);
            let at = if waits_for_opening { next.get(reaches).copied().unwrap_or(open.len()) } else { reaches };
            if at < into.contacts.len() && share > 0.0 {
                let aht = to.declared_aht.map_or(from.aht[interval], Seconds::get);
                into.take(at, contacts * escalation.share.get() * share, (aht, from.cv[interval]));
            }
        }
    }
}

/// A whole, non-negative number of intervals.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "delays are positive; a cast saturates")]
fn intervals(delay: f64) -> usize {
    (delay as usize).min(usize::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::Escalation;
    use crate::domain::units::Share;
    use crate::staffing::test_instances;

    fn escalating(to: usize, share: f64, after_s: f64) -> Queue {
        let after = Seconds::clamped(after_s);
        Queue {
            escalation: Some(Escalation { to: QueueIx(to), share: Share::clamped(share), after }),
            ..test_instances::voice("first")
        }
    }

    /// 100 contacts handled in the first of four half-hours; a tenth escalates after some seconds.
    fn handed_over(after_s: f64, open: [bool; 4], to: &Queue) -> Arrivals {
        let mut into = Arrivals { fed: true, ..Arrivals::of(vec![0.0; 4], vec![0.0; 4]) };
        let handled = Arrivals::of(vec![100.0, 0.0, 0.0, 0.0], vec![240.0; 4]);
        hand_over(&handled, &escalating(1, 0.1, after_s), to, &open, 1800.0, &mut into);
        into
    }

    #[test]
    fn a_delay_splits_contacts_over_two_intervals() {
        // 450 s of 1800 s: three quarters of the ten still arrive in the same half-hour.
        let got = handed_over(450.0, [true; 4], &test_instances::voice("second"));
        assert_eq!(got.contacts, [7.5, 2.5, 0.0, 0.0]);
        assert_eq!(got.aht[..2], [240.0, 240.0]);
        let declared = Queue { declared_aht: Seconds::new(600.0), ..test_instances::voice("second") };
        assert_eq!(handed_over(3600.0, [true; 4], &declared).aht[2..], [600.0, 0.0]);
    }

    #[test]
    fn a_closed_second_tier_is_reached_when_it_opens() {
        let open = [true, false, false, true];
        assert_eq!(handed_over(1800.0, open, &test_instances::voice("second")).contacts, [0.0, 0.0, 0.0, 10.0]);
        let email = test_instances::email("second", crate::domain::units::Minutes::hours(4));
        assert_eq!(handed_over(1800.0, open, &email).contacts, [0.0, 10.0, 0.0, 0.0]);
    }

    #[test]
    fn queues_stand_before_the_ones_they_escalate_to() {
        let last = test_instances::voice("last");
        let chain = [last.clone(), escalating(0, 0.1, 0.0), escalating(1, 0.1, 0.0)];
        assert_eq!(upstream_first(&chain), [QueueIx(2), QueueIx(1), QueueIx(0)]);
        let circle = [escalating(1, 0.1, 0.0), escalating(0, 0.1, 0.0), last];
        assert_eq!(upstream_first(&circle), [QueueIx(2), QueueIx(0), QueueIx(1)]);
    }
}
