//! `summary.json`: the figures that scripts and tests read. Key order is fixed; same plan, same bytes.

use super::artifact::OutputError;
use super::figures::{self, QueueFigures};
use super::number::rounded;
use super::records::{
    self, AfterEndSummary, DifferenceEntry, FreeHoursEntry, OneMoreEntry, OneMoreSummary, PeriodService, QueueService,
    QueueSummary, RosterSummary, RoundSummary, ServiceSummary, SharedPeopleSummary, SharingSummary, StaffedForSummary,
    Summary,
};
use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::domain::service::{self, Estimate, PairedDifference};
use crate::domain::shared_people::{SharedPeople, Sharing};
use crate::domain::units::Money;
use crate::plan::{AfterEnd, FreeHours, OneMore, OneMoreOfEach, Plan, Rostered, Round, Simulated, priced_equality};

pub(super) fn write(plan: &Plan) -> Result<Vec<u8>, OutputError> {
    let queue = |(index, queue): (usize, &Queue)| {
        let summary = of_queue(figures::of_queue(plan, QueueIx(index)));
        (queue.id.to_string(), QueueSummary { staffed_for: staffed_for(plan, QueueIx(index)), ..summary })
    };
    let free = |of: &FreeHours| FreeHoursEntry {
        date: of.day,
        queues: of.queues.iter().map(|queue| plan.queues[queue.0].id.to_string()).collect(),
        hours: rounded(of.hours, 6),
    };
    records::write_document(&Summary {
        version: 1,
        queues: plan.queues.iter().enumerate().map(queue).collect(),
        shared_people: plan.shared.as_ref().map(|shared| of_shared(shared, &plan.queues)),
        roster: plan.rostered.as_ref().map(of_roster),
        rounds: plan.rostered.iter().flat_map(|rostered| &rostered.rounds).map(of_round).collect(),
        service: plan.simulated.as_ref().map(|simulated| of_service(simulated, &plan.queues)),
        one_more: plan.simulated.as_ref().map(|simulated| of_one_more(&simulated.one_more, &plan.queues)),
        free_hours: plan.simulated.iter().flat_map(|simulated| &simulated.free_hours).map(free).collect(),
    })
}

fn of_queue(figures: QueueFigures) -> QueueSummary {
    QueueSummary {
        offered: rounded(figures.arriving, 6),
        required_hours: figures.required_hours.and_then(|hours| rounded(hours, 6)),
        goal: rounded(figures.goal, 6),
        expected: figures.cover.and_then(|cover| cover.expected).and_then(|share| rounded(share, 6)),
        staffed_for: None,
    }
}

fn staffed_for(plan: &Plan, queue: QueueIx) -> Option<StaffedForSummary> {
    let beyond = plan.beyond_mean.iter().find(|beyond| beyond.queue == queue)?;
    Some(StaffedForSummary {
        staff_to: plan.queues[queue.0].staff_to.to_string(),
        hours_beyond_mean: rounded(beyond.hours, 6),
        pay_beyond_mean: beyond.pay.map(Money::as_f64),
    })
}

fn of_shared(shared: &SharedPeople, queues: &[Queue]) -> SharedPeopleSummary {
    let sharing = |of: &Sharing| SharingSummary {
        queues: of.queues.iter().map(|queue| queues[queue.0].id.to_string()).collect(),
        apart_hours_a_week: rounded(of.apart.hours_a_week, 6),
        apart_peak: rounded(of.apart.peak, 6),
        together_hours_a_week: rounded(of.together.hours_a_week, 6),
        together_peak: rounded(of.together.peak, 6),
    };
    SharedPeopleSummary {
        live_queues: shared.live.as_ref().map(sharing),
        by_skills: shared.by_skills.as_ref().map(sharing),
        sets: shared.sets.iter().map(sharing).collect(),
    }
}

fn of_round(round: &Round) -> RoundSummary {
    RoundSummary { hours_at_work: rounded(round.hours, 6), labour_cost: round.cost, missed: rounded(round.missed, 6) }
}

fn of_service(simulated: &Simulated, queues: &[Queue]) -> ServiceSummary {
    let Simulated { service, routing, params, .. } = simulated;
    let periods = |of: &[service::PeriodService]| of.iter().map(of_period).collect();
    let queue = |(queue, of): (&Queue, &service::QueueService)| {
        let standing = of.standing(&queue.goal).map(|standing| standing.name().to_owned());
        let summary =
            QueueService { standing, plan: of_period(&of.plan), weeks: periods(&of.weeks), days: periods(&of.days) };
        (queue.id.to_string(), summary)
    };
    ServiceSummary {
        replications: service.replications,
        contacts: service.contacts,
        demand: params.demand.name().to_owned(),
        contact_takes: routing.contact_takes.name().to_owned(),
        agent_takes: routing.agent_takes.name().to_owned(),
        deferred: routing.deferred.name().to_owned(),
        queues: queues.iter().zip(&service.queues).map(queue).collect(),
    }
}

fn of_one_more(of_each: &OneMoreOfEach, queues: &[Queue]) -> OneMoreSummary {
    let id = |queue: usize| queues[queue].id.to_string();
    let kind = |of: &OneMore| OneMoreEntry {
        queues: of.queues.iter().map(|queue| id(queue.0)).collect(),
        like: of.like.to_string(),
        hours_at_work: rounded(of.hours, 6),
        pay: of.pay.as_f64(),
        shares: (0..).zip(&of.shares).filter_map(|(queue, of)| Some((id(queue), difference((*of)?)))).collect(),
        more_in_time: difference(of.in_time),
        no_longer_lost: difference(of.kept),
        spared: of.spared.map(difference),
    };
    OneMoreSummary {
        replications: of_each.replications,
        left_out: of_each.left_out,
        kinds: of_each.kinds.iter().map(kind).collect(),
    }
}

fn difference(of: PairedDifference) -> DifferenceEntry {
    let (low, high) = (of.by - of.half_width, of.by + of.half_width);
    DifferenceEntry { by: rounded(of.by, 6), low: rounded(low, 6), high: rounded(high, 6) }
}

fn of_period(of: &service::PeriodService) -> PeriodService {
    let in_time = |of_estimate: fn(Estimate) -> f64| of.in_time.and_then(|share| rounded(of_estimate(share), 6));
    PeriodService {
        from: of.from.to_string(),
        days: of.days,
        offered: rounded(of.offered, 6),
        in_time: in_time(|share| share.share),
        in_time_low: in_time(|share| share.low),
        in_time_high: in_time(|share| share.high),
        abandoned: rounded(of.abandoned, 6),
        asa_s: rounded(of.asa.get(), 3),
        goal_reached: of.holds.and_then(|share| rounded(share, 6)),
        in_time_bad: of.bad.and_then(|share| rounded(share, 6)),
    }
}

/// A roster that reached this point has passed the checker, so `violations` is 0.
fn of_roster(rostered: &Rostered) -> RosterSummary {
    let (checked, cost) = (&rostered.checked, rostered.checked.cost());
    let is_counted = !rostered.workforce.headcounts.is_empty();
    let equality = priced_equality(rostered);
    RosterSummary {
        objective: cost.objective().as_f64(),
        bound: checked.bound().objective.as_f64(),
        gap: rounded(checked.gap(), 6),
        violations: 0,
        wages: cost.wages.as_f64(),
        premiums: cost.premiums.as_f64(),
        short_cost: cost.short.as_f64(),
        over_cost: cost.over.as_f64(),
        after_end_cost: cost.after_end.as_f64(),
        preference_cost: cost.preference.as_f64(),
        unplaced_cost: (!rostered.workforce.activities.is_empty()).then(|| cost.unplaced.as_f64()),
        change_cost: rostered.workforce.was_told().then(|| cost.changes.as_f64()),
        fairness_cost: equality.map(|_| cost.fairness.as_f64()),
        jain: equality.and_then(|(jain, _)| rounded(jain, 6)),
        headcount_cost: is_counted.then(|| cost.headcount.as_f64()),
        short_hours: rounded(rostered.coverage.short_hours(), 6),
        over_hours: rounded(rostered.coverage.over_hours(), 6),
        after_end: of_after_end(&rostered.after_end),
        gap_beyond_wages: rounded(checked.gap_beyond_wages(), 6),
    }
}

fn of_after_end(of: &AfterEnd) -> AfterEndSummary {
    AfterEndSummary {
        hours_at_work: rounded(of.at_work, 6),
        required_hours: rounded(of.required, 6),
        short_hours: rounded(of.short, 6),
        over_hours: rounded(of.over, 6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn what_a_forecast_alone_does_not_know_is_null() {
        let bytes = write(&example::forecast_only()).expect("JSON");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "{\n  \"version\": 1,\n  \"queues\": {\n    \"orders <script>\": {\n      \"offered\": 3360.0,\n      \
             \"required_hours\": null,\n      \"goal\": 0.8,\n      \"expected\": null\n    }\n  }\n}\n"
        );
    }
}
