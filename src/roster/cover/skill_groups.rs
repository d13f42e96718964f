//! Skill groups: which queues their heads can serve, and how fast.

use crate::domain::workforce::SkillGroup;

/// What a group can do for a queue.
#[derive(Clone, Copy, Debug)]
struct Skill {
    queue: usize,
    speed: f64,
}

/// The groups' skills.
#[derive(Clone, Debug)]
pub(crate) struct SkillGroups {
    groups: Vec<Vec<Skill>>,
    pub(crate) queues: usize,
}

impl SkillGroups {
    /// Reads the groups.
    pub(crate) fn new(groups: &[SkillGroup], queues: usize) -> Self {
        let skills = |group: &SkillGroup| {
            let usable = group.abilities.iter().filter(|ability| ability.speed > 0.0);
            usable.map(|ability| Skill { queue: ability.queue.0, speed: ability.speed }).collect()
        };
        Self { groups: groups.iter().map(skills).collect(), queues }
    }

    /// Whether two groups share a queue.
    pub(crate) fn related(&self, group: usize, other: usize) -> bool {
        self.groups[group].iter().any(|mine| self.groups[other].iter().any(|theirs| mine.queue == theirs.queue))
    }

    /// The speed of a queue's servers, if they serve nothing else and all at one speed.
    pub(crate) fn only_speed(&self, queue: usize) -> Option<f64> {
        let able: Vec<&Vec<Skill>> =
            self.groups.iter().filter(|skills| skills.iter().any(|skill| skill.queue == queue)).collect();
        let speed = able.first()?.first()?.speed;
        let alone = able.iter().all(|skills| skills.len() == 1 && (skills[0].speed - speed).abs() <= 0.0);
        alone.then_some(speed)
    }

    /// Queues a group can serve, with its speeds.
    pub(crate) fn speeds(&self, group: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.groups[group].iter().map(|skill| (skill.queue, skill.speed))
    }

    /// A group's highest speed.
    pub(crate) fn fastest(&self, group: usize) -> f64 {
        self.groups[group].iter().map(|skill| skill.speed).fold(0.0, f64::max)
    }

    /// Number of groups.
    pub(crate) fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Worth of a head of a group at given prices of work, with the queue that gives it and the speed there. Every head
    /// serves some queue, so the worth is below zero where nobody is wanted; nothing for a group without skills.
    pub(crate) fn worth(&self, group: usize, price: impl Fn(usize) -> f64) -> Option<(f64, usize, f64)> {
        let worth = |skill: &Skill| (skill.speed * price(skill.queue), skill.queue, skill.speed);
        self.groups[group].iter().map(worth).reduce(|best, next| if next.0 > best.0 { next } else { best })
    }
}
