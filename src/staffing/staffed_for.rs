//! The load that the agents of an interval are to serve: one figure, or all that its rate may be.

use super::agents_for_goal::{agents_needed, carrying, ceiling, fewest, fewest_within_occupancy, reaches};
use super::escalation::Arrivals;
use super::live::LiveModel;
use super::load::effective_load;
use super::uncertain_rate::{self, Rates};
use crate::domain::queue::Queue;
use crate::domain::staff_to::StaffTo;

/// What a queue is staffed for, interval by interval.
pub(super) struct StaffedFor {
    /// Contacts per interval, and the load they bring.
    pub(super) contacts: Vec<f64>,
    loads: Vec<f64>,
    /// Where all rates count, how far each interval's may lie off.
    cv: Option<Vec<f64>>,
}

impl StaffedFor {
    /// Contacts at the mean or at a percentile of their rates, interval by interval, with the load these bring.
    pub(super) fn of(queue: &Queue, arrivals: &Arrivals, interval_s: f64) -> Self {
        let contacts = match queue.staff_to {
            StaffTo::Mean | StaffTo::Expected => arrivals.contacts.clone(),
            StaffTo::Percentile(percent) => {
                let at = |(mean, cv): (&f64, &f64)| mean * uncertain_rate::percentile(*cv, percent);
                arrivals.contacts.iter().zip(&arrivals.cv).map(at).collect()
            }
        };
        let loads = effective_load(&contacts, &arrivals.aht, interval_s);
        let cv = (queue.staff_to == StaffTo::Expected).then(|| going_on(&arrivals.contacts, &arrivals.cv));
        Self { contacts, loads, cv }
    }

    /// The service of an interval by agents.
    pub(super) fn level<'a>(&self, model: &'a LiveModel, t: usize, aht: f64) -> impl Fn(u64) -> f64 + 'a {
        let (load, rates) = (self.loads[t], self.rates(t));
        move |agents| match &rates {
            None => model.level(load, aht, agents),
            Some(rates) => {
                let fates = rates.expected(|load| model.outcome(load, aht, agents).fates);
                fates.level(model.definition).get()
            }
        }
    }

    /// The fewest agents within the cap on occupancy, at the mean where all rates count.
    pub(super) fn fewest_within_occupancy(&self, queue: &Queue, model: &LiveModel, t: usize, aht: f64) -> u64 {
        let load = self.loads[t];
        let from = if queue.goal.is_promise() { 1 } else { carrying(model, load) };
        fewest_within_occupancy(model, load, aht, from, queue.max_occupancy)
    }

    /// The fewest agents for the goal within the cap.
    pub(super) fn agents(&self, queue: &Queue, model: &LiveModel, t: usize, aht: f64) -> u64 {
        let load = self.loads[t];
        let at_load = agents_needed(model, load, aht, queue.goal.share, queue.max_occupancy).agents;
        if self.rates(t).is_none() {
            return at_load;
        }
        let floor = self.fewest_within_occupancy(queue, model, t, aht);
        let level = self.level(model, t, aht);
        let enough = |agents: u64| agents >= floor && reaches(level(agents), queue.goal.share);
        fewest(at_load, ceiling(load), enough)
    }

    /// What the load of an interval may be, where that counts and is not certain.
    /// Erlangs of each interval that it is staffed for.
    pub(super) fn loads(&self) -> &[f64] {
        &self.loads
    }

    fn rates(&self, t: usize) -> Option<Rates> {
        self.cv.as_ref().and_then(|cv| Rates::new(self.loads[t], cv[t]))
    }
}

/// Work of long contacts goes on when nobody arrives any more: it is as uncertain as those who brought it.
fn going_on(contacts: &[f64], cv: &[f64]) -> Vec<f64> {
    let last = |last: &mut f64, (contacts, cv): (&f64, &f64)| {
        if *contacts > 0.0 {
            *last = *cv;
        }
        Some(*last)
    };
    contacts.iter().zip(cv).scan(0.0, last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::forecast::Forecast;
    use crate::domain::forecast::Z90;
    use crate::domain::ids::QueueIx;
    use crate::domain::queue::{Escalation, GoalPeriod};
    use crate::domain::units::{Seconds, Share};
    use crate::staffing::{StaffingParams, require, test_instances};

    /// A hundred contacts of 180 s in each of some half-hours, whose rate varies by a fifth beyond the noise of counting.
    fn uncertain(queues: usize, intervals: usize) -> Forecast {
        let mut contacts = vec![vec![100.0; intervals]];
        contacts.resize(queues, vec![0.0; intervals]);
        let mut forecast = test_instances::forecast(test_instances::grid(intervals, 30), &contacts, 180.0);
        let half = Z90 * (100.0 + 0.04 * 10_000.0_f64).sqrt();
        let whole = &mut forecast.queues[0].whole;
        whole.p10 = whole.offered.map(|mean| mean - half);
        whole.p90 = whole.offered.map(|mean| mean + half);
        forecast
    }

    fn orders(staff_to: StaffTo) -> Queue {
        Queue { staff_to, patience: Seconds::new(180.0), ..test_instances::voice("orders") }
    }

    fn agents(queues: &[Queue], intervals: usize) -> Vec<Vec<f64>> {
        let forecast = uncertain(queues.len(), intervals);
        let required = require(&forecast, queues, &[], &[], chrono_tz::UTC, &StaffingParams::default());
        assert_eq!(required.queues[0].load_erlangs[..1], [10.0], "the load shown is the mean");
        required.queues.iter().map(|queue| queue.agents_net.to_vec()).collect()
    }

    #[test]
    fn a_percentile_is_staffed_for_its_rate_and_expected_for_all_of_them() {
        // 10 erlangs, AHT and patience 180 s, T = 20 s: 12 agents serve 80.23 % (METHODS.md §2), or .74248 expected over a
        // gamma rate of cv .2. Its median is 9.87 erlangs, its 80th percentile 11.63 and its 99th
        // 15.23, for which 12, 14 and 18 agents are the fewest (a sum of Zeltyn & Mandelbaum's integrals, written apart).
        let of = |staff_to| agents(&[orders(staff_to)], 1)[0][0];
        assert_eq!(vec![of(StaffTo::Mean), of(StaffTo::Expected)], [12.0, 13.0]);
        let percentiles: Vec<f64> = [50, 80, 99].map(|percent| of(StaffTo::Percentile(percent))).to_vec();
        assert_eq!(percentiles, [12.0, 14.0, 18.0]);
    }

    #[test]
    fn a_goal_over_the_day_is_expected_over_the_day() {
        let mut queue = orders(StaffTo::Expected);
        let each: f64 = agents(std::slice::from_ref(&queue), 4)[0].iter().sum();
        queue.goal.over = GoalPeriod::Day;
        let day: f64 = agents(std::slice::from_ref(&queue), 4)[0].iter().sum();
        queue.staff_to = StaffTo::Mean;
        let mean: f64 = agents(std::slice::from_ref(&queue), 4)[0].iter().sum();
        assert!(mean <= day && day <= each && mean < each, "{mean}, {day}, {each}");
    }

    #[test]
    fn a_second_tier_is_as_uncertain_as_those_who_feed_it() {
        // Half of the first tier's contacts go on at once, nobody having given up: 50 of 180 s are 5 erlangs.
        let to = Escalation { to: QueueIx(1), share: Share::clamped(0.5), after: Seconds::ZERO };
        let first = Queue { escalation: Some(to), ..test_instances::voice("first") };
        let second = |staff_to| Queue { staff_to, ..test_instances::voice("second") };
        let of = |staff_to| agents(&[first.clone(), second(staff_to)], 2)[1][0];
        // Erlang C: 8 agents for 5 erlangs (7 serve .740); 9 for the 90th percentile, 6.32 erlangs (8 serve .639).
        assert_eq!((of(StaffTo::Mean), of(StaffTo::Percentile(90))), (8.0, 9.0));
    }
}
