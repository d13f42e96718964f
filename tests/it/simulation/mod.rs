//! The simulation held against what is known without it: formulas of steady states, figures others have published, a chain
//! solved numerically, laws that hold for every centre, and pairs of rosters on the same contacts.

mod world;
mod bands;
mod formulas;
mod published;
mod chain;
mod laws;
mod paired;
