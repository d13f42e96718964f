//! The program in Polish: what it says, what it leaves, and a catalogue that knows every sentence.

mod said;
mod catalogue;

use std::fs;

use crate::program::{Shop, assert_exit, obsada, run, stderr, stdout};

fn polish(args: &[&str]) -> std::process::Output {
    obsada().args(args).args(["--lang", "pl"]).output().unwrap()
}

#[test]
fn help_and_messages_follow_the_option_and_the_environment() {
    let of_locale = |locale: &str| stdout(&obsada().arg("--help").env("LC_ALL", locale).output().unwrap());
    assert!(of_locale("pl_PL.UTF-8").contains("Użycie:"), "{}", of_locale("pl_PL.UTF-8"));
    assert!(of_locale("de_DE.UTF-8").contains("Usage:"));
    assert!(
        stdout(&obsada().args(["--help", "--lang", "en"]).env("LC_ALL", "pl_PL").output().unwrap()).contains("Usage:")
    );
    let missing = polish(&["check", "no-such-workspace"]);
    assert_exit(&missing, 3);
    assert!(stderr(&missing).contains("błąd:"), "{}", stderr(&missing));
}

#[test]
fn a_plan_in_polish_has_the_same_figures_in_its_tables() {
    let shop = Shop::new();
    let english = shop.command("plan").args(["--work", "20"]).output().unwrap();
    assert_exit(&english, 0);
    let tables = |names: &[&str]| names.iter().map(|name| fs::read(shop.out().join(name)).unwrap()).collect::<Vec<_>>();
    let of_programs = ["roster.csv", "payroll.csv", "coverage.csv", "forecast.csv", "requirement.csv", "service.csv"];
    let (before, page) = (tables(&of_programs), fs::read_to_string(shop.out().join("report.html")).unwrap());
    let polish = shop.command("plan").args(["--work", "20", "--lang", "pl"]).output().unwrap();
    assert_exit(&polish, 0);
    assert!(tables(&of_programs) == before, "what programs read is the same in every language");
    let in_polish = fs::read_to_string(shop.out().join("report.html")).unwrap();
    assert!(page.contains("lang=\"en\"") && in_polish.contains("lang=\"pl\""));
    assert!(!in_polish.contains(">Roster<") && page.contains(">Roster<"));
    let again = shop.command("plan").args(["--work", "20"]).output().unwrap();
    assert!(!stderr(&again).contains("nothing has changed"), "a page in another language is another page");
}

#[test]
fn numbers_have_a_comma_in_polish() {
    let said = |language: &str| stdout(&run(["erlang", "b", "--load", "20", "--servers", "30", "--lang", language]));
    assert!(said("en").contains("0.0") && said("pl").contains("0,0"), "{}", said("pl"));
}
