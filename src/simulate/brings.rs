//! What a contact brings: handle time, patience, and what follows at a second tier. All of it is drawn when it arrives, so that two
//! rosters meet the same contacts.

use rand::{Rng, RngExt};

use super::centre::{Centre, Kind};
use super::contact::{BEFORE, Contact};

/// What a contact brings, whenever it arrives and whatever happens to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brings {
    /// Its handle time over the mean.
    work: f64,
    /// How long it waits.
    patience: f64,
    follow_up: u32,
}

/// What contacts of a replication bring to second tiers, numbered from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct FollowUps(Vec<Brings>);

impl FollowUps {
    /// None.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What the one of a number brings.
    pub(super) fn get(&self, number: u32) -> Brings {
        self.0[number as usize - 1]
    }
}

impl Brings {
    /// Drawn for a queue and its second tiers; a circle of these ends where every queue has had its turn.
    pub(super) fn draw(centre: &Centre, queue: usize, random: &mut impl Rng, follow_ups: &mut FollowUps) -> Self {
        Self::draw_to(centre, queue, centre.queues.len(), random, follow_ups)
    }

    fn draw_to(centre: &Centre, queue: usize, tiers: usize, random: &mut impl Rng, follow_ups: &mut FollowUps) -> Self {
        let model = &centre.queues[queue];
        let work = model.handle_times.draw(random);
        let mut patience = if model.kind == Kind::Deferred { f64::INFINITY } else { model.patience.draw(random) };
        if let Some((share, after)) = model.virtual_hold
            && random.random::<f64>() < share
            && patience > after
        {
            patience = f64::INFINITY;
        }
        let mut follow_up = 0;
        if let Some(tier) = model.second_tier
            && random.random::<f64>() < tier.share
            && tiers > 1
        {
            let next = Self::draw_to(centre, tier.queue, tiers - 1, random, follow_ups);
            follow_ups.0.push(next);
            follow_up = u32::try_from(follow_ups.0.len()).unwrap_or(0);
        }
        Self { work, patience, follow_up }
    }

    /// The contact that brings this to a queue at a time of an interval, in which contacts take `pace` times as long as is expected.
    pub(super) fn at(self, centre: &Centre, queue: u16, at: f64, interval: usize, pace: f64) -> Contact {
        Contact {
            arrived: at,
            gives_up: at + self.patience,
            work: centre.queues[queue as usize].aht[interval] * pace * self.work,
            queue,
            interval: u32::try_from(interval).unwrap_or(BEFORE),
            follow_up: self.follow_up,
        }
    }
}
