//! The simulation held against what is known without it: formulas of steady states, figures others have published, a chain
//! solved numerically, and laws that hold for every centre.

mod world;
mod bands;
mod formulas;
mod published;
mod chain;
mod laws;
