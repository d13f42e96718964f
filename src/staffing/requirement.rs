//! Forecast → agents required per queue and interval.

use super::deferred_requirement;
use super::escalation::{self, Arrivals};
use super::live::LiveModel;
use super::live_requirement;
use super::opening::Opening;
use super::params::StaffingParams;
use crate::domain::calendar::Holiday;
use crate::domain::forecast::Forecast;
use crate::domain::ids::QueueIx;
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::{Backlog, QueueRequirement, Requirement};
use crate::domain::time::{IntervalGrid, Zone};

/// What each queue requires so that its goal is met, first tiers before the queues they escalate to.
///
/// `zone` is the plan's: days and weeks over which goals are met are its days. Closed intervals require nobody. Backlog
/// of queues that are not deferred is not counted: nobody waits on the line from one plan to the next. What arrived
/// before the horizon is known only as backlog: escalations and long contacts begun before it are not added.
#[must_use]
pub fn require(
    forecast: &Forecast,
    queues: &[Queue],
    holidays: &[Holiday],
    backlog: &[Backlog],
    zone: Zone,
    params: &StaffingParams,
) -> Requirement {
    let grid = forecast.grid;
    let openings: Vec<Opening<'_>> = queues.iter().map(|queue| Opening::of(queue, holidays)).collect();
    let open = open_intervals(queues, holidays, &grid);
    let mut arrivals: Vec<Arrivals> =
        (0..queues.len()).map(|queue| Arrivals::forecast(forecast, queues, QueueIx(queue), zone)).collect();
    let mut required = vec![QueueRequirement::nothing(grid); queues.len()];
    for QueueIx(index) in escalation::upstream_first(queues) {
        let queue = &queues[index];
        let reaching = arrivals[index].clone();
        let (mut of_queue, handled) = match (queue.channel, LiveModel::of(queue)) {
            (Channel::Voice | Channel::Chat { .. }, Some(model)) => {
                let of_queue = live_requirement::require(queue, &model, reaching, open[index].clone(), &grid, zone);
                let handled = live_requirement::handled(&model, &of_queue);
                (of_queue, handled)
            }
            (Channel::Deferred { deadline }, _) => {
                let waiting = backlog.iter().filter(|waiting| waiting.queue.0 == index).cloned().collect();
                let handled = reaching.contacts.clone();
                (deferred_requirement::require(queue, deadline, reaching, &openings[index], waiting, &grid), handled)
            }
            _ => continue,
        };
        of_queue.agents_scheduled = of_queue.agents_net.map(|net| params.scheduled(*net));
        if let Some(to) = queue.escalation.map(|escalation| escalation.to.0).filter(|to| *to < queues.len()) {
            let interval_s = grid.interval().get() as f64 * 60.0;
            let handled = arrivals[index].handled(handled, &of_queue.aht_s);
            escalation::hand_over(&handled, queue, &queues[to], &open[to], interval_s, &mut arrivals[to]);
        }
        required[index] = of_queue;
    }
    Requirement { grid, unplanned_shrinkage: params.unplanned_shrinkage, queues: required }
}

/// Per queue and interval, whether it is open.
#[must_use]
pub fn open_intervals(queues: &[Queue], holidays: &[Holiday], grid: &IntervalGrid) -> Vec<Vec<bool>> {
    let open = |queue| {
        let opening = Opening::of(queue, holidays);
        grid.starts().map(|start| opening.is_open(start)).collect()
    };
    queues.iter().map(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::{Escalation, GoalPeriod};
    use crate::domain::units::{Minutes, Seconds, Share};
    use crate::staffing::{expected_service, test_instances};

    fn required(queues: &[Queue], contacts: &[Vec<f64>], minutes: i64, aht: f64) -> Requirement {
        let forecast = test_instances::forecast(test_instances::grid(contacts[0].len(), minutes), contacts, aht);
        let params = StaffingParams { unplanned_shrinkage: Share::clamped(0.04), ..StaffingParams::default() };
        require(&forecast, queues, &[], &[], chrono_tz::UTC, &params)
    }

    #[test]
    fn a_hundred_calls_in_half_an_hour_require_fourteen_agents_at_work() {
        let got = required(&[test_instances::voice("orders")], &[vec![100.0, 0.0, 0.005, 1.0]], 30, 180.0);
        let queue = &got.queues[0];
        assert_eq!(queue.load_erlangs[..], [10.0, 0.0, 0.000_5, 0.1]);
        assert_eq!(queue.agents_net[..], [14.0, 0.0, 0.0, 1.0]);
        assert!((queue.agents_scheduled[0] - 14.0 / 0.96).abs() < 1e-12);
        assert!((queue.service_level[0] - 0.888_350_019_179).abs() < 1e-9);
        assert!((queue.occupancy[0] - 10.0 / 14.0).abs() < 1e-12);
    }

    #[test]
    fn closed_hours_require_nobody() {
        let mut queue = test_instances::voice("orders");
        queue.regions = vec![test_instances::region("pl", "01:00-02:00")];
        let got = required(&[queue], &[vec![50.0; 6]], 30, 180.0);
        assert_eq!(got.queues[0].open, [false, false, true, true, false, false]);
        assert_eq!(got.queues[0].agents_net[..], [0.0, 0.0, 8.0, 8.0, 0.0, 0.0]);
    }

    #[test]
    fn a_second_tier_is_fed_only_while_it_has_no_history() {
        let to = Escalation { to: QueueIx(0), share: Share::clamped(0.2), after: Seconds::ZERO };
        let first = Queue { escalation: Some(to), ..test_instances::voice("first") };
        let second = Queue { declared_aht: Seconds::new(360.0), ..test_instances::voice("second") };
        let fed = required(&[second.clone(), first.clone()], &[vec![0.0; 2], vec![100.0; 2]], 30, 180.0);
        // Nobody abandons, so all 100 are handled and 20 go on; 20 × 360 / 1800 = 4 erlangs.
        assert_eq!((fed.queues[0].offered[0], fed.queues[0].load_erlangs[0]), (20.0, 4.0));
        let own = required(&[second, first], &[vec![30.0; 2], vec![100.0; 2]], 30, 180.0);
        assert_eq!(own.queues[0].offered[..], [30.0, 30.0]);
    }

    #[test]
    fn long_second_tier_work_spills_over_without_handle_times_in_every_interval() {
        // 10 cases of half an hour, all from the first quarter, on a quarter-hour grid: the work lasts beyond it.
        let to = Escalation { to: QueueIx(1), share: Share::clamped(0.1), after: Seconds::clamped(900.0) };
        let first = Queue { escalation: Some(to), ..test_instances::voice("first") };
        let second = Queue {
            declared_aht: Seconds::new(1800.0),
            patience: Seconds::new(600.0),
            ..test_instances::voice("second")
        };
        let contacts = [vec![100.0, 0.0, 0.0, 0.0], vec![0.0; 4]];
        let got = required(&[first, second], &contacts, 15, 180.0);
        let queue = &got.queues[1];
        assert_eq!(queue.offered[..], [0.0, 10.0, 0.0, 0.0]);
        // Towards 20 erlangs for half a handle time, from nothing: a mean of 20·(1 − 2(1 − e^(−½))) = 4.26; then decay.
        assert!((queue.load_erlangs[1] - 20.0 * (1.0 - 2.0 * (1.0 - (-0.5_f64).exp()))).abs() < 1e-9);
        assert!(queue.load_erlangs[2] > queue.load_erlangs[3] && queue.agents_net[3] >= 1.0, "{queue:?}");
    }

    #[test]
    fn a_goal_over_the_day_needs_no_more_hours_than_one_in_every_interval() {
        let mut queue = Queue { patience: Seconds::new(120.0), ..test_instances::voice("orders") };
        let contacts = vec![(0..48).map(|hour| f64::from(5 + hour % 7 * 11)).collect::<Vec<f64>>()];
        let hours =
            |queue: &Queue| required(std::slice::from_ref(queue), &contacts, 30, 180.0).scheduled_hours(QueueIx(0));
        let by_interval = hours(&queue);
        queue.goal.over = GoalPeriod::Day;
        let by_day = hours(&queue);
        assert!(by_day < by_interval * 0.97, "{by_day} against {by_interval}");
        let got = required(std::slice::from_ref(&queue), &contacts, 30, 180.0);
        let served: f64 = contacts[0].iter().zip(&got.queues[0].service_level).map(|(n, level)| n * level).sum();
        assert!(served / contacts[0].iter().sum::<f64>() >= 0.8);
    }

    #[test]
    fn email_is_worked_evenly_and_all_of_it() {
        // 10 mails of 360 s an hour around the clock, work from 8 to 16: 240 mails × 360 s / 8 h = 3 agents.
        let mut queue = test_instances::email("email", Minutes::hours(24));
        queue.regions = vec![test_instances::region("pl", "08:00-16:00")];
        let got = required(&[queue], &[vec![10.0; 7 * 24]], 60, 360.0);
        let net = &got.queues[0].agents_net;
        assert!(net.iter().enumerate().all(|(hour, agents)| *agents == 0.0 || (8..16).contains(&(hour % 24))));
        // From the second day on every day does a day's mail.
        for hour in [24 + 8, 24 + 12, 5 * 24 + 15, 6 * 24 + 15] {
            assert!((net[hour] - 3.0).abs() < 0.2, "hour {hour}: {} agents", net[hour]);
        }
        assert!(got.queues[0].service_level.iter().all(|level| (level - 1.0).abs() < 1e-9));
    }

    #[test]
    fn the_agents_required_give_the_service_the_requirement_states() {
        let queues = [Queue { patience: Seconds::new(120.0), ..test_instances::voice("orders") }];
        let got = required(&queues, &[vec![37.0, 80.0, 12.5, 0.0]], 15, 240.0);
        let service = expected_service(&got, &queues, &[got.queues[0].agents_net.to_vec()]);
        for (stated, expected) in got.queues[0].service_level.iter().zip(&service[0]).take(3) {
            assert!(expected.is_some_and(|expected| (expected - stated).abs() < 1e-12));
        }
        assert_eq!(service[0][3], None);
    }
}
