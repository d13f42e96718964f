//! How large the parts are that [`super::neighbourhoods`] plans anew, and which of their two kinds is next: some agents on all days, or
//! everybody on some days. Parts that fail grow; a kind gets the share of the work that it has earned of late.

use crate::roster::instance::Instance;

/// How large neighbourhoods are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub(crate) agents: Size,
    pub(crate) days: Size,
}

/// How many of something are free at once, and what parts of that kind brought of late.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) now: usize,
    most: usize,
    /// How often nothing was gained in a row.
    vain: u32,
    /// Averages, the latest weighing most: what a part saved, and how many agents it priced.
    saved: f64,
    priced: f64,
}

impl Sizes {
    /// Those to begin with.
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        const AGENTS: usize = 8;
        /// Days, where rules tie days together and where they hardly do.
        const DAYS: [usize; 2] = [7, 1];
        /// Pricings of an agent of a part, mostly.
        const PRICINGS: f64 = 26.0;
        let days = DAYS[usize::from(!instance.is_tied())];
        let size = |now: usize, most: usize, priced: f64| {
            let now = now.min(most);
            Size { now, most, vain: 0, saved: 0.0, priced: (PRICINGS * priced * now as f64).max(1.0) }
        };
        let of_day = instance.models.len() as f64 / instance.days().max(1) as f64 / instance.strain();
        Self { agents: size(AGENTS, instance.models.len(), 1.0), days: size(days, instance.days(), of_day) }
    }

    /// How often days are to be freed, not agents, so that each kind gets the share of the work that it has earned of late.
    pub(super) fn of_days(&self) -> f64 {
        /// Share of the work that a kind gets at least.
        const LEAST: f64 = 0.25;
        let (days, agents) = (self.days.saved / self.days.priced, self.agents.saved / self.agents.priced);
        let earned = if days + agents > 0.0 { days / (days + agents) } else { 0.5 };
        let share = earned.clamp(LEAST, 1.0 - LEAST);
        let (days, agents) = (share / self.days.priced, (1.0 - share) / self.agents.priced);
        days / (days + agents)
    }
}

/// What came of a part planned anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartOutcome {
    /// A cheaper roster.
    Cheaper,
    /// A roster no cheaper.
    Vain,
    /// None: it was given up by its bound.
    GivenUp,
}

impl Size {
    /// Remembers what a part of this kind came to, what it saved and how many agents it priced.
    pub(super) fn learn(&mut self, outcome: PartOutcome, saved: f64, priced: f64) {
        /// Weight of the latest.
        const LATEST: f64 = 0.1;
        /// Failures in a row after which it grows.
        const ENOUGH: u32 = 20;
        /// Failures that a part counts for that was given up: it takes little time, and is too small.
        const GIVEN_UP: u32 = 3;
        /// By which part it grows then, at least by one.
        const PART: usize = 4;
        self.saved += LATEST * (saved - self.saved);
        self.priced += LATEST * (priced - self.priced);
        let (vain, by) = match outcome {
            PartOutcome::Cheaper => (0, 0),
            PartOutcome::Vain => (self.vain + 1, 1),
            PartOutcome::GivenUp => (self.vain + GIVEN_UP, (self.now / PART).max(1)),
        };
        let is_enough = vain > ENOUGH;
        self.now = (self.now + if is_enough { by } else { 0 }).min(self.most);
        self.vain = if is_enough { 0 } else { vain };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::check::tiny_instance::TinyInstance;
    use crate::roster::pricing::legal_models::prepared;

    #[test]
    fn a_kind_of_part_gets_the_share_of_the_work_that_it_has_earned_but_never_nothing() {
        let tiny = TinyInstance::crowded(&["Ben", "Cem"], 9);
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let mut sizes = Sizes::new(&instance);
        // Days save 4 by 10 pricings, agents 1 by 20: 8 to 1, of which days get three quarters at most; a part of theirs takes half.
        for _ in 0..200 {
            sizes.days.learn(PartOutcome::Cheaper, 4.0, 10.0);
            sizes.agents.learn(PartOutcome::Cheaper, 1.0, 20.0);
        }
        let share = |often: f64| often * 10.0 / (often * 10.0 + (1.0 - often) * 20.0);
        assert!((share(sizes.of_days()) - 0.75).abs() < 1e-9, "{}", sizes.of_days());
        // Days save as much as agents by as many pricings.
        (0..200).for_each(|_| sizes.days.learn(PartOutcome::Cheaper, 0.5, 10.0));
        assert!((share(sizes.of_days()) - 0.5).abs() < 1e-6, "{}", sizes.of_days());
        // Nobody saves anything.
        (0..20_000).for_each(|_| sizes.agents.learn(PartOutcome::Vain, 0.0, 20.0));
        (0..20_000).for_each(|_| sizes.days.learn(PartOutcome::Vain, 0.0, 10.0));
        assert!((share(sizes.of_days()) - 0.5).abs() < 1e-6, "{}", sizes.of_days());
    }

    #[test]
    fn parts_grow_when_they_fail_and_faster_when_they_are_given_up() {
        let grown = |outcome: PartOutcome, times: usize| {
            let mut size = Size { now: 8, most: 100, vain: 0, saved: 0.0, priced: 1.0 };
            (0..times).for_each(|_| size.learn(outcome, 0.0, 1.0));
            size.now
        };
        assert_eq!(
            [grown(PartOutcome::Cheaper, 100), grown(PartOutcome::Vain, 20), grown(PartOutcome::Vain, 21)],
            [8, 8, 9]
        );
        assert_eq!(
            [grown(PartOutcome::GivenUp, 6), grown(PartOutcome::GivenUp, 7), grown(PartOutcome::GivenUp, 14)],
            [8, 10, 12]
        );
        assert_eq!(grown(PartOutcome::GivenUp, 1000), 100);
        let mut size = Size { now: 3, most: 4, vain: 0, saved: 0.0, priced: 1.0 };
        (0..20).for_each(|_| size.learn(PartOutcome::Vain, 0.0, 1.0));
        size.learn(PartOutcome::Cheaper, 1.0, 1.0);
        (0..20).for_each(|_| size.learn(PartOutcome::Vain, 0.0, 1.0));
        assert_eq!(size.now, 3, "what was gained between starts the count anew");
    }
}
