//! Forecast and roster → the service customers would have had: contact by contact, week after week.
//!
//! A discrete-event simulation. Contacts arrive, find an agent or wait, give up or are answered, are done, and some go on to
//! a second tier or call again; agents come, take breaks and leave as rostered. Many replications of the plan, each with
//! random numbers of its own, give every figure with its band.
//!
//! | file | what it does |
//! |---|---|
//! | [`params`] | how many replications, of which demand |
//! | [`centre`] | queues, skill groups and people in the simulation's own numbers |
//! | [`demand`] | contacts of a replication, interval by interval |
//! | [`contact`] | a contact, and how its patience and handle time are drawn |
//! | [`lists`] | who is free, longest first |
//! | [`waiting`] | who waits |
//! | [`calendar`] | what happens next |
//! | [`tally`] | what became of the contacts of one replication |
//! | [`agents`] | people at work, and what they have in hand |
//! | [`replication`] | one replication, event by event |
//! | [`ratio`] | shares and their bands over replications |
//! | [`figures`] | all replications together |
//! | [`run`] | replications in parallel, merged in order |
//!
//! References: Law, *Simulation Modeling and Analysis* (5th ed., 2015), for ratio estimates and common random numbers;
//! Buist & L'Ecuyer, Winter Simulation Conference 2005, for contact centres.

mod params;
mod centre;
mod demand;
mod contact;
mod lists;
mod waiting;
mod calendar;
mod tally;
mod agents;
mod replication;
mod ratio;
mod figures;
mod run;

pub use centre::SimulatedRoster;
pub use params::{Demand, SimulationParams};
pub use run::simulate;
