//! Which skills agents hold together: a dozen mixes, each with one skill it is made for.

use super::queues::{SyntheticQueue, Topic};
use super::random;

/// Skills that some agents hold together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SkillProfile {
    /// Topic, preference (1 first) and speed, the topic the mix is made for first.
    pub(super) skills: &'static [(Topic, u32, f64)],
    /// Share of the work of its first topic that agents of this mix are hired for.
    share: f64,
    /// Whether only seniors hold it.
    pub(super) senior: bool,
}

use Topic::{Billing, Chat, Email, Orders, SecondTier, Technical};

const MIXES: [SkillProfile; 12] = [
    SkillProfile { skills: &[(Orders, 1, 1.05)], share: 0.30, senior: false },
    SkillProfile { skills: &[(Orders, 1, 1.0), (Billing, 2, 1.0)], share: 0.30, senior: false },
    SkillProfile { skills: &[(Orders, 1, 1.0), (Chat, 2, 0.95)], share: 0.25, senior: false },
    SkillProfile { skills: &[(Orders, 1, 1.0), (Billing, 2, 0.95), (Email, 3, 1.0)], share: 0.15, senior: false },
    SkillProfile { skills: &[(Billing, 1, 1.0), (Email, 2, 1.0)], share: 0.65, senior: false },
    SkillProfile { skills: &[(Technical, 1, 1.05)], share: 0.25, senior: false },
    SkillProfile { skills: &[(Technical, 1, 1.0), (Chat, 2, 1.0)], share: 0.40, senior: false },
    SkillProfile { skills: &[(Technical, 1, 1.0), (Orders, 2, 0.9)], share: 0.20, senior: false },
    SkillProfile { skills: &[(Chat, 1, 1.0), (Email, 2, 1.05)], share: 0.70, senior: false },
    SkillProfile { skills: &[(Email, 1, 1.0), (Orders, 2, 0.9)], share: 0.35, senior: false },
    SkillProfile { skills: &[(SecondTier, 1, 1.0), (Technical, 2, 1.1)], share: 1.05, senior: true },
    SkillProfile { skills: &[(SecondTier, 2, 1.0), (Billing, 1, 1.1), (Technical, 3, 1.0)], share: 0.6, senior: true },
];

/// For so few people at a site, everyone learns everything: queues that are open for a hundred hours a week need some of them at any time.
const FEW: usize = 18;
const EVERYTHING: SkillProfile = SkillProfile {
    skills: &[
        (Orders, 1, 1.0),
        (Billing, 2, 1.0),
        (Technical, 3, 1.0),
        (Chat, 4, 1.0),
        (Email, 5, 1.0),
        (SecondTier, 6, 1.0),
    ],
    share: 1.0,
    senior: false,
};

/// A mix within one line of business.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Assigned {
    /// The skills.
    pub(super) profile: SkillProfile,
    /// Number of the line of business.
    pub(super) number: usize,
}

impl Assigned {
    /// Queue position, preference and speed of each skill that exists in this centre.
    pub(super) fn skills(&self, queues: &[SyntheticQueue]) -> Vec<(usize, u32, f64)> {
        self.profile
            .skills
            .iter()
            .filter_map(|(topic, priority, speed)| Some((queue_of(queues, *topic, self.number)?, *priority, *speed)))
            .collect()
    }
}

/// The queue of a topic in a line of business; there is one second tier for all.
fn queue_of(queues: &[SyntheticQueue], topic: Topic, number: usize) -> Option<usize> {
    queues.iter().position(|queue| queue.topic == topic && (queue.number == number || topic == SecondTier))
}

/// Whether so few people at a site serve all of its lines of business that everyone learns everything.
pub(super) fn takes_everything(people: usize, queues: &[SyntheticQueue]) -> bool {
    people <= FEW * queues.iter().map(|queue| queue.number).max().unwrap_or(1)
}

/// The mixes of so many people, in proportion to the hours of the queues they are made for.
pub(super) fn assign(people: usize, queues: &[SyntheticQueue], hours: &[f64]) -> Vec<Assigned> {
    let numbers = queues.iter().map(|queue| queue.number).max().unwrap_or(1);
    let kinds: Vec<(Assigned, f64)> = (1..=numbers)
        .flat_map(|number| {
            let of_number = |queue: &usize| queues[*queue].number == number;
            let total: f64 = (0..queues.len()).filter(of_number).map(|queue| hours[queue]).sum();
            let mixes: Vec<(Assigned, f64)> = if takes_everything(people, queues) {
                vec![(Assigned { profile: EVERYTHING, number }, total)]
            } else {
                MIXES.iter().filter_map(|profile| weigh(*profile, number, queues, hours)).collect()
            };
            mixes
        })
        .collect();
    let weights: Vec<f64> = kinds.iter().map(|(_, weight)| *weight).collect();
    apportion(people, &weights)
        .into_iter()
        .zip(&kinds)
        .flat_map(|(count, (kind, _))| std::iter::repeat_n(*kind, count))
        .collect()
}

fn weigh(profile: SkillProfile, number: usize, queues: &[SyntheticQueue], hours: &[f64]) -> Option<(Assigned, f64)> {
    let first = profile.skills.first()?.0;
    if first == SecondTier && number > 1 {
        return None;
    }
    let queue = queue_of(queues, first, number)?;
    Some((Assigned { profile, number }, profile.share * hours[queue]))
}

/// Whole numbers in proportion to weights, by largest remainders (Hamilton), that add up to the total.
pub(super) fn apportion(total: usize, weights: &[f64]) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return weights.iter().enumerate().map(|(index, _)| if index == 0 { total } else { 0 }).collect();
    }
    let exact: Vec<f64> = weights.iter().map(|weight| total as f64 * weight / sum).collect();
    let mut whole: Vec<usize> = exact.iter().map(|share| usize::try_from(random::whole(*share)).unwrap_or(0)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let missing = total.saturating_sub(whole.iter().sum());
    for index in order.into_iter().cycle().take(missing) {
        whole[index] += 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::queues::queues;

    #[test]
    fn apportioning_is_exact() {
        assert_eq!(apportion(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(apportion(3, &[0.0, 0.0]), [3, 0]);
        assert_eq!(apportion(80, &[0.5, 0.3, 0.2]), [40, 24, 16]);
    }

    #[test]
    fn every_queue_finds_somebody_who_can_serve_it() {
        for count in 1..14 {
            let queues = queues(count, 7);
            let hours = vec![100.0; count];
            for people in [3, 25, 52] {
                let assigned = assign(people, &queues, &hours);
                assert_eq!(assigned.len(), people);
                let served: std::collections::BTreeSet<usize> =
                    assigned.iter().flat_map(|kind| kind.skills(&queues)).map(|(queue, _, _)| queue).collect();
                assert!(people < 25 && count > 6 || served.len() == count, "{count} queues, {people} people");
            }
        }
    }
}
