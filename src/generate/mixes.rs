//! Which skills agents hold together: a dozen mixes, each with one skill it is made for.

use super::chance;
use super::lines::{Line, Topic};

/// Skills that some agents hold together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mix {
    /// Topic, preference (1 first) and speed, the topic the mix is made for first.
    pub(super) skills: &'static [(Topic, u32, f64)],
    /// Share of the work of its first topic that agents of this mix are hired for.
    share: f64,
    /// Whether only seniors hold it.
    pub(super) senior: bool,
}

use Topic::{Billing, Chat, Email, Orders, SecondTier, Technical};

const MIXES: [Mix; 12] = [
    Mix { skills: &[(Orders, 1, 1.05)], share: 0.30, senior: false },
    Mix { skills: &[(Orders, 1, 1.0), (Billing, 2, 1.0)], share: 0.30, senior: false },
    Mix { skills: &[(Orders, 1, 1.0), (Chat, 2, 0.95)], share: 0.25, senior: false },
    Mix { skills: &[(Orders, 1, 1.0), (Billing, 2, 0.95), (Email, 3, 1.0)], share: 0.15, senior: false },
    Mix { skills: &[(Billing, 1, 1.0), (Email, 2, 1.0)], share: 0.65, senior: false },
    Mix { skills: &[(Technical, 1, 1.05)], share: 0.25, senior: false },
    Mix { skills: &[(Technical, 1, 1.0), (Chat, 2, 1.0)], share: 0.40, senior: false },
    Mix { skills: &[(Technical, 1, 1.0), (Orders, 2, 0.9)], share: 0.20, senior: false },
    Mix { skills: &[(Chat, 1, 1.0), (Email, 2, 1.05)], share: 0.70, senior: false },
    Mix { skills: &[(Email, 1, 1.0), (Orders, 2, 0.9)], share: 0.35, senior: false },
    Mix { skills: &[(SecondTier, 1, 1.0), (Technical, 2, 1.1)], share: 0.85, senior: true },
    Mix { skills: &[(SecondTier, 2, 1.0), (Billing, 1, 1.1), (Technical, 3, 1.0)], share: 0.45, senior: true },
];

/// For so few people at a site, everyone learns everything.
const FEW: usize = 9;
const EVERYTHING: Mix = Mix {
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
    pub(super) mix: Mix,
    /// Number of the line of business.
    pub(super) number: usize,
}

impl Assigned {
    /// Queue position, preference and speed of each skill that exists in this world.
    pub(super) fn skills(&self, lines: &[Line]) -> Vec<(usize, u32, f64)> {
        self.mix
            .skills
            .iter()
            .filter_map(|(topic, priority, speed)| Some((line_of(lines, *topic, self.number)?, *priority, *speed)))
            .collect()
    }
}

/// The queue of a topic in a line of business; there is one second tier for all.
fn line_of(lines: &[Line], topic: Topic, number: usize) -> Option<usize> {
    lines.iter().position(|line| line.topic == topic && (line.number == number || topic == SecondTier))
}

/// The mixes of so many people, in proportion to the hours of the queues they are made for.
pub(super) fn assign(people: usize, lines: &[Line], hours: &[f64]) -> Vec<Assigned> {
    let numbers = lines.iter().map(|line| line.number).max().unwrap_or(1);
    let kinds: Vec<(Assigned, f64)> = (1..=numbers)
        .flat_map(|number| {
            let of_number = |line: &usize| lines[*line].number == number;
            let total: f64 = (0..lines.len()).filter(of_number).map(|line| hours[line]).sum();
            let mixes: Vec<(Assigned, f64)> = if people <= FEW * numbers {
                vec![(Assigned { mix: EVERYTHING, number }, total)]
            } else {
                MIXES.iter().filter_map(|mix| weigh(*mix, number, lines, hours)).collect()
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

fn weigh(mix: Mix, number: usize, lines: &[Line], hours: &[f64]) -> Option<(Assigned, f64)> {
    let first = mix.skills.first()?.0;
    if first == SecondTier && number > 1 {
        return None;
    }
    let line = line_of(lines, first, number)?;
    Some((Assigned { mix, number }, mix.share * hours[line]))
}

/// Whole numbers in proportion to weights, by largest remainders (Hamilton), that add up to the total.
pub(super) fn apportion(total: usize, weights: &[f64]) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return weights.iter().enumerate().map(|(index, _)| if index == 0 { total } else { 0 }).collect();
    }
    let exact: Vec<f64> = weights.iter().map(|weight| total as f64 * weight / sum).collect();
    let mut whole: Vec<usize> = exact.iter().map(|share| usize::try_from(chance::whole(*share)).unwrap_or(0)).collect();
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
    use crate::generate::lines::lines;

    #[test]
    fn apportioning_is_exact() {
        assert_eq!(apportion(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(apportion(3, &[0.0, 0.0]), [3, 0]);
        assert_eq!(apportion(80, &[0.5, 0.3, 0.2]), [40, 24, 16]);
    }

    #[test]
    fn every_queue_finds_somebody_who_can_serve_it() {
        for queues in 1..14 {
            let lines = lines(queues, 7);
            let hours = vec![100.0; queues];
            for people in [3, 25, 52] {
                let assigned = assign(people, &lines, &hours);
                assert_eq!(assigned.len(), people);
                let served: std::collections::BTreeSet<usize> =
                    assigned.iter().flat_map(|kind| kind.skills(&lines)).map(|(line, _, _)| line).collect();
                assert!(people < 25 && queues > 6 || served.len() == queues, "{queues} queues, {people} people");
            }
        }
    }
}
