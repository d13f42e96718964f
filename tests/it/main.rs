//! The program as users run it, and the laws that hold across stages. One binary, so that polars and HiGHS link once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod after_end;
mod architecture;
mod program;
mod records;
mod closed_loop;
mod judged_by_simulation;
mod closed_streams;
mod untrusted_input;
mod whynot;
mod workbook;
mod broken_workspaces;
mod cli_behaviour;
mod cron;
mod cli_errors;
mod cli_stages;
mod demo;
mod documented_prices;
mod documents;
mod embedded;
mod events;
mod given_roster;
mod improvements;
mod lived_with;
mod export;
mod publish;
mod requests;
mod diff;
mod golden;
mod erlang_by_hand;
mod erlang_reference;
mod roster_oracle;
mod import;
mod instances;
mod language;
mod manners;
mod simulation;
mod staffed_for;
mod tour;
