//! `obsada erlang`: published reference values, as a person would check them.

use crate::program::{assert_exit, run, stderr};

fn answer(args: &str) -> String {
    let output = run(std::iter::once("erlang").chain(args.split_whitespace()));
    assert_exit(&output, 0);
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn eighty_in_twenty_at_ten_erlangs_takes_14_agents_or_12_when_customers_give_up() {
    // 100 calls in 30 minutes at 180 s each.
    let demand = "--contacts 100 --interval 30 --aht 180 --within 20 --goal 0.8";
    assert!(answer(&format!("c {demand}")).contains("agents        14 "));
    assert!(answer(&format!("a {demand} --patience 60")).contains("agents        12 "));
    assert!(answer(&format!("a {demand} --patience 300")).contains("agents        13 "));
}

#[test]
fn figures_have_the_digits_of_the_reference() {
    let figures = answer("c --contacts 100 --interval 30 --aht 180 --within 20 --agents 13");
    assert!(figures.contains("0.795594788418") && figures.contains("17.1162271822 s"), "{figures}");
    assert!(answer("b --load 3 --servers 5").contains("blocking  0.110054347826"));
}

#[test]
fn too_few_agents_for_customers_who_wait_for_ever_is_said_so() {
    let figures = answer("c --contacts 100 --interval 30 --aht 180 --agents 9");
    assert!(figures.contains("the line grows without end"), "{figures}");
}

#[test]
fn nonsense_is_a_usage_error() {
    assert_exit(&run(["erlang", "c", "--contacts", "-1", "--aht", "180", "--agents", "3"]), 2);
    assert_exit(&run(["erlang", "c", "--contacts", "5", "--aht", "180", "--goal", "80"]), 2);
}

/// What stands behind a name, as a number.
fn figure(answer: &str, name: &str) -> f64 {
    let row = answer.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{name} in {answer}"));
    row.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn patience_that_is_not_exponential_has_the_figures_of_zeltyn_and_mandelbaum() {
    // 10 erlangs, AHT 180 s, T = 20 s, mean patience 120 s; their integrals by a trapezoid of 600,000 steps, written apart
    // from this program.
    let demand = "a --contacts 100 --interval 30 --aht 180 --within 20 --patience 120";
    let lognormal = answer(&format!("{demand} --patience-cv 0.5 --agents 12"));
    let weibull = answer(&format!("{demand} --patience-weibull 2 --agents 10"));
    for (answer, level, abandon, wait, asa, mean_wait, busy) in [
        (&lognormal, 0.752_932_7, 0.035_234_0, 0.352_386_8, 12.345_54, 14.291_74, 0.803_972),
        (&weibull, 0.531_905_6, 0.111_719_0, 0.591_084_3, 24.912_36, 28.686_57, 0.888_281),
    ] {
        let near = |name: &str, expected: f64, by: f64| {
            let got = figure(answer, name);
            assert!((got - expected).abs() < by, "{name}: {got}, not {expected}");
        };
        near("service level", level, 2e-7);
        near("P(abandon)", abandon, 2e-7);
        near("P(wait)", wait, 2e-7);
        near("ASA", asa, 1e-4);
        near("mean wait", mean_wait, 1e-4);
        near("occupancy", busy, 1e-6);
    }
    // 12 serve 75.3 % in time, so 80 % take one more than with exponential patience.
    assert!(answer(&format!("{demand} --patience-cv 0.5 --goal 0.8")).contains("agents        13 "));
    assert_exit(
        &run("erlang a --contacts 9 --aht 9 --patience 9 --patience-cv 1 --patience-weibull 1 --goal 0.8"
            .split_whitespace()),
        2,
    );
}

#[test]
fn those_who_call_again_are_part_of_the_load() {
    // L = 10 / (1 − 0.4·P(abandon at L)), P(abandon) of Erlang A by its recurrence: 10.464033 at 11 agents, 11.0864 % lost.
    let figures = answer("a --contacts 100 --aht 180 --patience 120 --redial 0.4 --agents 11");
    assert!((figure(&figures, "load") - 10.0).abs() < 1e-9, "{figures}");
    assert!((figure(&figures, "with redials") - 10.464_033).abs() < 2e-6, "{figures}");
    assert!((figure(&figures, "P(abandon)") - 0.110_863_917).abs() < 1e-7, "{figures}");
    assert!(!answer("a --contacts 100 --aht 180 --patience 120 --agents 11").contains("with redials"));
}

#[test]
fn agents_and_a_goal_give_the_most_contacts_with_which_it_is_kept() {
    // Erlang C by its recurrence: 14 agents reach 80 % in 20 s up to 10.868491 erlangs of 180 s, 108.684914 calls in half an hour.
    let figures = answer("c --contacts 100 --aht 180 --agents 14 --goal 0.8");
    assert!(figures.contains("goal          0.8 (kept)"), "{figures}");
    assert!((figure(&figures, "most contacts") - 108.684_914).abs() < 2e-6, "{figures}");
    let short = answer("c --contacts 100 --aht 180 --agents 13 --goal 0.8");
    assert!(short.contains("goal          0.8 (missed)"), "{short}");
    assert!(figure(&short, "most contacts") < 100.0, "{short}");
    // 14 agents at most 60 % busy do 8.4 erlangs.
    let capped = answer("c --contacts 50 --aht 180 --agents 14 --goal 0.8 --max-occupancy 0.6");
    assert!((figure(&capped, "most contacts") - 84.0).abs() < 1e-6, "{capped}");
    assert!(capped.contains("the most with which the occupancy cap is kept"), "{capped}");
}

#[test]
fn what_has_no_end_is_said_and_not_searched_for_ever() {
    // With a mean patience of 10 s 86 % have given up within 20 s, however many call.
    let endless = answer(
        "a --contacts 9 --aht 180 --patience 10 --agents 3 --goal 0.8 --definition answered-or-abandoned-within",
    );
    assert!(endless.contains("no limit found: the goal is kept at 1000 times"), "{endless}");
    let absurd = run("erlang c --contacts 1e9 --aht 1e9 --interval 1 --goal 0.8".split_whitespace());
    assert_exit(&absurd, 2);
    assert!(stderr(&absurd).contains("are more than the 100000000 that are reckoned"), "{}", stderr(&absurd));
}
