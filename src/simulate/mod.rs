//! Forecast and roster → the service customers would have had: contact by contact, week after week.
//!
//! A discrete-event simulation. Contacts arrive, find an agent or wait, give up or are answered, are done, and some go on to
//! a second tier or call again; agents come, take breaks and leave as rostered. Many replications of the plan, each with
//! random numbers of its own, give every figure with its band.
//!
//! | file | what it does |
//! |---|---|
//! | [`params`] | how many replications, of which demand |
//! | [`clock`] | seconds and the intervals they lie in |
//! | [`contact`] | a contact |
//! | [`variates`] | how handle times and patience are drawn |
//! | [`centre`] | queues, skill groups and people in the simulation's own numbers |
//! | [`reading`] | a roster and what it is to serve, read into these |
//! | [`brings`] | what a contact brings: handle time, patience, and what follows |
//! | [`demand`] | contacts of a replication, interval by interval |
//! | [`lists`] | who is free, longest first |
//! | [`waiting`] | who waits |
//! | [`calendar`] | what happens next |
//! | [`tally`] | what became of the contacts of one replication |
//! | [`agents`] | people at work, and what they have in hand |
//! | [`replication`] | one replication, event by event |
//! | [`routing`] | how contacts find agents, and agents contacts |
//! | [`handling`] | what agents do with contacts |
//! | [`ratio`] | shares and their bands over replications |
//! | [`figures`] | all replications together |
//! | [`run`] | replications in parallel, merged in order |
//! | [`paired`] | two rosters on the same contacts, replication by replication |
//!
//! References: Law, *Simulation Modeling and Analysis* (5th ed., 2015), for ratio estimates and common random numbers;
//! Buist & L'Ecuyer, Winter Simulation Conference 2005, for contact centres.

mod params;
mod clock;
mod contact;
mod variates;
mod centre;
mod reading;
mod brings;
mod demand;
mod lists;
mod waiting;
mod calendar;
mod tally;
mod agents;
mod replication;
mod routing;
mod handling;
mod ratio;
mod figures;
mod run;
mod paired;
#[cfg(test)]
mod tests;

pub use paired::{Outcomes, Stretch};
pub use params::{Demand, SimulationParams};
pub use reading::SimulatedRoster;
pub use run::simulate;
