//! Whole workspaces: a valid one, one changed word at a time, scenarios, and what a plan sees of the people.

mod world;
mod valid;
