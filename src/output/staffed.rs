//! What a requirement costs beyond the mean, and what shared people would need, in sentences.

use super::number::{grouped, hours};
use super::phrases;
use crate::domain::shared_people::{Heads, Sharing};
use crate::plan::Plan;
use tr::tr;

/// A sentence for each queue staffed for more than the mean, and for each way of sharing people.
#[must_use]
pub fn of_requirement(plan: &Plan) -> Vec<String> {
    let beyond = plan.beyond_mean.iter().map(|beyond| {
        let queue = &plan.queues[beyond.queue.0];
        tr!(
            "  {}: staffed for {}, {}",
            queue.id,
            phrases::staffed_for(queue),
            phrases::beyond_mean(beyond, &plan.currency)
        )
    });
    let at_mean = if plan.beyond_mean.is_empty() { String::new() } else { tr!(", at the mean") };
    let live = plan.shared.iter().filter_map(|shared| shared.live.as_ref());
    let live = live
        .map(|of| sharing(&tr!("people who take all {} voice and chat queues{at_mean}", of.queues.len(), at_mean), of));
    let skills = plan.shared.iter().filter_map(|shared| shared.by_skills.as_ref());
    let skills = skills
        .map(|of| sharing(&tr!("people who take all queues that hang together by their skills{at_mean}", at_mean), of));
    beyond.chain(live).chain(skills).map(|said| said.replace('\u{a0}', " ")).collect()
}

fn sharing(who: &str, of: &Sharing) -> String {
    let heads =
        |heads: &Heads| tr!("{} a week and {} heads at most", hours(heads.hours_a_week), grouped(heads.peak.ceil(), 0));
    tr!("  {who}: {}; each queue by itself: {}", heads(&of.together), heads(&of.apart), who)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::QueueIx;
    use crate::domain::shared_people::SharedPeople;
    use crate::domain::staff_to::{BeyondMean, StaffTo};
    use crate::domain::units::Money;
    use crate::output::example;

    #[test]
    fn what_certainty_costs_and_sharing_saves_is_said() {
        let mut plan = example::forecast_only();
        assert_eq!(of_requirement(&plan), Vec::<String>::new());
        plan.queues[0].staff_to = StaffTo::Percentile(80);
        plan.beyond_mean = vec![BeyondMean { queue: QueueIx(0), hours: 12.5, pay: Some(Money::rounded(250.0)) }];
        let of = Sharing {
            queues: vec![QueueIx(0), QueueIx(0)],
            apart: Heads { hours_a_week: 800.0, peak: 20.0 },
            together: Heads { hours_a_week: 560.0, peak: 14.0 },
        };
        plan.shared = Some(SharedPeople { live: Some(of.clone()), sets: vec![of.clone()], by_skills: Some(of) });
        assert_eq!(
            of_requirement(&plan),
            [
                "  orders <script>: staffed for the rate of 80 times in 100, 12.5 h more than at the mean, 250 EUR",
                "  people who take all 2 voice and chat queues, at the mean: 560 h a week and 14 heads at most; each queue by itself: 800 h a week \
                 and 20 heads at most",
                "  people who take all queues that hang together by their skills, at the mean: 560 h a week and 14 heads at most; each queue by itself: 800 h a week \
                 and 20 heads at most",
            ]
        );
    }
}
