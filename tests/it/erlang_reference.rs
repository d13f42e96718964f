//! Every row of the tables of queueing figures beside this file, computed elsewhere in 40-digit arithmetic: loads of 0.1 to
//! 1,000 erlangs, light to overloaded.

#![expect(clippy::expect_used, reason = "a table that does not read is a failed test")]

use obsada::domain::queue::ServiceDefinition;
use obsada::domain::units::{Erlangs, Minutes, Seconds};
use obsada::staffing::erlang::{self, Demand, Figures};

const ERLANG_B: &str = include_str!("erlang_reference/erlang_b.csv");
const ERLANG_C: &str = include_str!("erlang_reference/erlang_c.csv");
const ERLANG_A: &str = include_str!("erlang_reference/erlang_a.csv");

/// A table as one function per row from column name to number; so many rows.
fn rows(table: &str, count: usize) -> Vec<impl Fn(&str) -> f64 + use<>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| {
        let (row, header) = (row.expect("a row"), header.clone());
        move |column: &str| {
            let position = header.iter().position(|name| name == column).expect("the column");
            row[position].parse::<f64>().expect("a number")
        }
    });
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows.len(), count, "rows of the table");
    rows
}

/// Equal to nine digits after the point, or to nine figures where numbers are large.
fn same(what: &str, got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-9 * expected.abs().max(1.0), "{what}: {got}, not {expected}");
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers in the tables")]
fn whole(number: f64) -> u64 {
    number as u64
}

fn demand(row: &impl Fn(&str) -> f64) -> Demand {
    let interval = Minutes::new(i64::try_from(whole(row("interval_s"))).expect("seconds") / 60);
    Demand { contacts: row("calls_per_interval"), interval, aht: Seconds::clamped(row("aht_s")) }
}

fn asa(figures: &Figures) -> f64 {
    figures.outcome.asa.map_or(f64::NAN, Seconds::get)
}

#[test]
fn erlang_b_agrees_with_every_row() {
    for row in rows(ERLANG_B, 52) {
        let got = erlang::blocking(Erlangs::clamped(row("offered_erlangs")), whole(row("servers")));
        same("blocking", got.get(), row("blocking"));
    }
}

#[test]
fn erlang_c_agrees_with_every_row() {
    for row in rows(ERLANG_C, 37) {
        let got = erlang::c(&demand(&row), Seconds::clamped(row("target_s")), whole(row("agents")));
        same("p_wait", got.outcome.p_wait.get(), row("p_wait"));
        same("service_level", got.service_level(ServiceDefinition::Offered).get(), row("service_level"));
        same("asa_s", asa(&got), row("asa_s"));
        same("occupancy", got.outcome.occupancy.get(), row("occupancy"));
        same("mean_queue_len", got.outcome.mean_queue.unwrap_or(f64::NAN), row("mean_queue_len"));
    }
}

#[test]
fn erlang_a_agrees_with_every_row() {
    for row in rows(ERLANG_A, 22) {
        let patience = Seconds::clamped(row("patience_s"));
        let got = erlang::a(&demand(&row), patience, Seconds::clamped(row("target_s")), whole(row("agents")));
        let level = |definition| got.service_level(definition).get();
        let in_time = row("sl_answered_in_T_over_offered");
        let abandoned_in_time = row("p_ab_in_T");
        same("p_wait", got.outcome.p_wait.get(), row("p_wait"));
        same("p_abandon", got.outcome.p_abandon.get(), row("p_abandon"));
        same("mean_wait_all", got.outcome.mean_wait.map_or(f64::NAN, Seconds::get), row("mean_wait_all"));
        same("asa_answered", asa(&got), row("asa_answered"));
        same("occupancy", got.outcome.occupancy.get(), row("occupancy"));
        same("Lq", got.outcome.mean_queue.unwrap_or(f64::NAN), row("Lq"));
        same("offered", level(ServiceDefinition::Offered), in_time);
        same("answered + abandoned", level(ServiceDefinition::AnsweredAndAbandoned), in_time);
        same("answered", level(ServiceDefinition::Answered), row("sl_answered_in_T_over_answered"));
        let handled = row("sl_answered_or_abandoned_in_T_over_offered");
        same("answered or abandoned", level(ServiceDefinition::HandledOrAbandonedWithin), handled);
        same("abandoned in T", got.outcome.fates.abandoned_within, abandoned_in_time);
        let after = in_time / (1.0 - abandoned_in_time);
        same("answered + abandoned after", level(ServiceDefinition::AnsweredAndAbandonedAfter), after);
    }
}
