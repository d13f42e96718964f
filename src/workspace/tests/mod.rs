//! Whole workspaces: a valid one, one changed word at a time, scenarios, and what a plan sees of the people.

mod sample;
mod valid;
mod broken_settings;
mod broken_contracts;
mod broken_tables;
mod scenarios;
mod people;
mod headcounts;
mod labour;
mod carried;
mod given_rosters;
mod settlement;
mod kinds_of_shifts;
mod lived;
mod mutated;
