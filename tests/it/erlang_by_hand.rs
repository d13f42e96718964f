//! `obsada erlang`: published reference values, as a person would check them.

use crate::program::{assert_exit, run};

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
