//! A line of waiting customers, asked both ways: the service of so many agents, the agents for a goal, and the most contacts
//! that so many agents carry.
//!
//! Patience may be endless (Erlang C), exponential (Erlang A) or of another shape (M/M/n+G); those who gave up, and those who
//! were served, may call again. More contacts never serve better and more agents never worse, so every search is a
//! bisection between two bounds.

use super::agents_for_goal::{AgentsNeeded, BoundBy, fewest, most_agents, serves};
use super::erlang::{Demand, Figures, Promise};
use super::outcome::Outcome;
use super::patience::Patience;
use super::redial::{self, Redial};
use super::{erlang_a, erlang_c, erlang_g};
use crate::domain::routing::PatienceShape;
use crate::domain::units::{Erlangs, Seconds, Share};

/// Loads up to this are reckoned, erlangs: beyond, a figure takes minutes.
pub const MOST_LOAD: f64 = 1e8;
/// The same where customers call again, for each figure is then found in many.
pub const MOST_LOAD_OF_REDIALS: f64 = 1e5;
/// Agents are offered up to so many times what they can do. Who keeps a goal then keeps it however many come.
pub const MOST_TIMES: f64 = 1_000.0;

/// Customers who wait for agents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Who comes for the first time.
    pub demand: Demand,
    /// How long they wait; none: for ever.
    pub patience: Option<Patience>,
    /// Who comes again.
    pub redial: Redial,
    /// The time T by which contacts count as in time.
    pub within: Seconds,
}

/// Why there is no figure.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Unreckoned {
    /// The load is beyond what is looked at.
    #[error("{load:.0} erlangs are more than the {most:.0} that are reckoned")]
    TooMuch {
        /// The load.
        load: f64,
        /// The most.
        most: f64,
    },
    /// The integrals of patience come to no end.
    #[error("this patience cannot be integrated: its shape is too extreme")]
    Patience,
    /// So many agents do not keep the goal, and no more are looked at.
    #[error("{0} agents do not keep the goal, and no more are looked at")]
    Agents(u64),
}

/// The most contacts that keep a promise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MostContacts {
    /// So many an interval, and what forbids more.
    Are(f64, BoundBy),
    /// The goal is kept at [`MOST_TIMES`] what the agents can do.
    NoLimit,
}

impl Line {
    /// What some agents make of it.
    ///
    /// # Errors
    /// When the load or the patience is beyond what is reckoned.
    pub fn with_agents(&self, agents: u64) -> Result<Figures, Unreckoned> {
        let load = self.offered(agents)?;
        Ok(Figures { load, agents, outcome: self.outcome(load, agents)? })
    }

    /// The fewest agents that keep a promise and an occupancy cap.
    ///
    /// # Errors
    /// When the load or the patience is beyond what is reckoned, or no number of agents looked at does.
    pub fn agents_for(&self, promise: &Promise, cap: Share) -> Result<AgentsNeeded, Unreckoned> {
        let load = self.demand.load().get();
        self.check(load)?;
        let most = most_agents(load);
        let keeps = |agents: u64, of: &dyn Fn(&Outcome) -> bool| {
            agents > 0 && self.with_agents(agents).is_ok_and(|figures| of(&figures.outcome))
        };
        let serves = |outcome: &Outcome| serves(outcome, promise.definition, promise.share);
        let is_kept = |outcome: &Outcome| promise.is_kept_by(outcome, cap);
        let for_goal = fewest(whole(load).max(1), most, |agents| keeps(agents, &serves));
        let agents = fewest(for_goal, most, |agents| agents >= for_goal && keeps(agents, &is_kept));
        if !is_kept(&self.with_agents(agents)?.outcome) {
            return Err(Unreckoned::Agents(agents));
        }
        Ok(AgentsNeeded { agents, bound_by: if agents > for_goal { BoundBy::Occupancy } else { BoundBy::Goal } })
    }

    /// The most first contacts an interval with which some agents keep a promise and an occupancy cap.
    ///
    /// # Errors
    /// When the patience is beyond what is reckoned.
    pub fn most_contacts(&self, agents: u64, promise: &Promise, cap: Share) -> Result<MostContacts, Unreckoned> {
        /// Bisections: the answer to the last digit.
        const HALVINGS: usize = 60;
        let at = |load: f64| self.outcome(Erlangs::clamped(load), agents);
        let most = MOST_TIMES * agents as f64;
        if promise.is_kept_by(&at(most)?, cap) {
            return Ok(MostContacts::NoLimit);
        }
        let (mut low, mut high) = (0.0, most);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if promise.is_kept_by(&at(middle)?, cap) {
                low = middle;
            } else {
                high = middle;
            }
        }
        let beyond = at(high)?;
        let is_served = serves(&beyond, promise.definition, promise.share);
        let bound_by = if is_served { BoundBy::Occupancy } else { BoundBy::Goal };
        let lost = if low > 0.0 { at(low)?.p_abandon } else { Share::NONE };
        let fresh = self.redial.fresh(Erlangs::clamped(low), lost);
        Ok(MostContacts::Are(self.demand.contacts_of(fresh), bound_by))
    }

    /// The load that agents meet, those who call again included.
    fn offered(&self, agents: u64) -> Result<Erlangs, Unreckoned> {
        let fresh = self.demand.load();
        self.check(fresh.get())?;
        if self.redial.is_none() {
            return Ok(fresh);
        }
        let lost = |load: Erlangs| self.outcome(load, agents).ok().map(|outcome| outcome.p_abandon);
        redial::offered_load(fresh, self.redial, lost).ok_or(Unreckoned::Patience)
    }

    fn check(&self, load: f64) -> Result<(), Unreckoned> {
        let most = if self.redial.is_none() { MOST_LOAD } else { MOST_LOAD_OF_REDIALS };
        if load > most { Err(Unreckoned::TooMuch { load, most }) } else { Ok(()) }
    }

    /// The steady state under a load, whoever brings it.
    fn outcome(&self, load: Erlangs, agents: u64) -> Result<Outcome, Unreckoned> {
        let (aht, within) = (self.demand.aht, self.within);
        match self.patience {
            None => Ok(erlang_c::outcome(load, aht, within, agents)),
            Some(Patience { mean, shape: PatienceShape::Exponential }) => {
                Ok(erlang_a::outcome(load, aht, mean, within, agents))
            }
            Some(patience) => {
                let patient = |after: f64| patience.survivors(after);
                erlang_g::outcome(load, aht, within, agents, patient).ok_or(Unreckoned::Patience)
            }
        }
    }
}

/// Rounded up to a count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "loads are positive and far below 2^63")]
fn whole(load: f64) -> u64 {
    load.ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::ServiceDefinition;
    use crate::domain::units::Minutes;

    /// Calls of 180 s in half an hour, and what is promised to them: so much in 20 s.
    fn line(contacts: f64, patience: Option<Patience>) -> Line {
        Line {
            demand: Demand { contacts, interval: Minutes::new(30), aht: Seconds::clamped(180.0) },
            patience,
            redial: Redial::default(),
            within: Seconds::clamped(20.0),
        }
    }

    fn promise(share: f64) -> Promise {
        Promise { share: Share::clamped(share), within: Seconds::clamped(20.0), definition: ServiceDefinition::Offered }
    }

    fn patience(mean: f64, shape: PatienceShape) -> Patience {
        Patience { mean: Seconds::clamped(mean), shape }
    }

    fn most(line: &Line, agents: u64, promise: &Promise, cap: f64) -> f64 {
        match line.most_contacts(agents, promise, Share::clamped(cap)) {
            Ok(MostContacts::Are(contacts, _)) => contacts,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_agents_carry_at_most_is_what_they_are_needed_for() {
        let (any, goal) = (line(1.0, None), promise(0.795_594_788_418));
        // 13 agents serve 79.56 % of 100 calls in time (Erlang C, METHODS.md), so 100 is the most at that goal.
        assert!((most(&any, 13, &goal, 1.0) - 100.0).abs() < 1e-6);
        // 14 agents who may be busy 60 % of their time carry 8.4 erlangs.
        let capped = any.most_contacts(14, &goal, Share::clamped(0.6));
        assert!(
            matches!(capped, Ok(MostContacts::Are(contacts, BoundBy::Occupancy)) if (contacts - 84.0).abs() < 1e-6)
        );
    }

    #[test]
    fn those_who_call_again_are_among_the_load_and_not_among_the_first_contacts() {
        let redial = Redial { after_abandoning: Share::clamped(0.5), after_service: Share::clamped(0.1) };
        let of = Line { redial, ..line(100.0, Some(patience(180.0, PatienceShape::Exponential))) };
        let Ok(figures) = of.with_agents(12) else { panic!("figures") };
        // Aguir's fixed point: see the redial's own test.
        assert!((figures.load.get() - 11.637_758_391_7).abs() < 1e-8, "{figures:?}");
        let level = figures.service_level(ServiceDefinition::Offered).get();
        assert!((most(&of, 12, &promise(level), 1.0) - 100.0).abs() < 1e-6);
    }

    #[test]
    fn a_goal_that_counts_those_who_give_up_soon_may_bear_any_number_of_them() {
        // With a mean patience of 10 s 86 % have given up by T = 20 s however many come.
        let goal = Promise { definition: ServiceDefinition::HandledOrAbandonedWithin, ..promise(0.8) };
        for shape in [PatienceShape::Exponential, PatienceShape::Weibull(1.0)] {
            let got = line(1.0, Some(patience(10.0, shape))).most_contacts(3, &goal, Share::ALL);
            assert_eq!(got, Ok(MostContacts::NoLimit));
        }
    }

    #[test]
    fn loads_beyond_all_centres_are_refused() {
        let got = line(1e12, None).agents_for(&promise(0.8), Share::ALL);
        assert!(matches!(got, Err(Unreckoned::TooMuch { .. })), "{got:?}");
    }

    #[test]
    fn a_weibull_of_shape_one_needs_what_erlang_a_needs() {
        let needed =
            |shape| line(100.0, Some(patience(60.0, shape))).agents_for(&promise(0.8), Share::ALL).map(|of| of.agents);
        assert_eq!((needed(PatienceShape::Exponential), needed(PatienceShape::Weibull(1.0))), (Ok(12), Ok(12)));
    }
}
