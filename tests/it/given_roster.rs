//! A roster that is brought along: one of ours comes to what it came to, one that a planner has changed to what it now costs.

use std::fs;
use std::path::PathBuf;

use chrono::Duration;
use obsada::domain::roster::ShiftStatus;
use obsada::output::records::{self, ComparisonTable, RosterRow, Summary};

use crate::program::{Shop, assert_exit, obsada, stderr};

/// A workspace with a roster of its own, kept beside it.
fn with_roster() -> (Shop, PathBuf, Vec<RosterRow>) {
    let shop = Shop::new();
    assert_exit(&shop.plan(&[]), 0);
    let kept = shop.dir().with_file_name("kept.csv");
    fs::copy(shop.out().join("roster.csv"), &kept).unwrap();
    let rows = records::read(&fs::read(&kept).unwrap()).unwrap();
    (shop, kept, rows)
}

fn summary(shop: &Shop) -> Summary {
    records::read_document(&fs::read(shop.out().join("summary.json")).unwrap()).unwrap()
}

#[test]
fn a_roster_of_ours_comes_to_what_it_came_to() {
    let (shop, kept, mut rows) = with_roster();
    let ours = summary(&shop).roster.unwrap();
    let tables = ["coverage.csv", "payroll.csv"].map(|name| (name, fs::read(shop.out().join(name)).unwrap()));

    // Told to the agents and fixed: that changes nothing of what it costs, and is there again afterwards.
    for row in &mut rows {
        (row.status, row.locked) = (ShiftStatus::Published, true);
    }
    let published = records::write(rows).unwrap();
    fs::write(&kept, &published).unwrap();
    let run = shop.plan(&["--roster", kept.to_str().unwrap()]);
    assert_exit(&run, 0);
    assert!(stderr(&run).contains("the roster is taken as given"), "{}", stderr(&run));
    let taken = summary(&shop).roster.unwrap();
    assert!(fs::read(shop.out().join("roster.csv")).unwrap() == published, "every shift, its status and its lock");
    for (name, bytes) in tables {
        assert!(fs::read(shop.out().join(name)).unwrap() == bytes, "{name} is the same");
    }
    assert!((taken.objective - ours.objective).abs() < 0.005);
    assert!(taken.bound <= taken.objective && taken.bound > 0.9 * ours.bound, "{} against {}", taken.bound, ours.bound);
}

#[test]
fn what_if_asks_how_a_roster_that_stands_bears_more_contacts() {
    let (shop, kept, _) = with_roster();
    let busier = shop.dir().with_file_name("busier.toml");
    fs::write(&busier, "[factors]\nvolume_factor = 1.3\n").unwrap();
    let mut command = shop.command("what-if");
    let run = command.arg(&busier).args(["--work", "50", "--roster"]).arg(&kept).output().unwrap();
    assert_exit(&run, 0);
    let table = ComparisonTable::read(&fs::read(shop.out().join("comparison.csv")).unwrap()).unwrap();
    let [base, busy] = table.rows.as_slice() else { panic!("{:?}", table.rows) };
    assert_eq!((base.wages, base.rostered_hours), (busy.wages, busy.rostered_hours));
    assert!(busy.short_hours > base.short_hours && busy.short_cost > base.short_cost);
    for variant in ["base", "busier"] {
        assert!(fs::read(shop.out().join(variant).join("roster.csv")).unwrap() == fs::read(&kept).unwrap());
    }
}

#[test]
fn rules_that_a_change_by_hand_breaks_are_told_at_its_line_by_plan_and_check() {
    let (shop, kept, rows) = with_roster();
    // An hour of work long before the first shift, and of the same name.
    let first = rows[0].clone();
    let mut early = first.clone();
    (early.start, early.end) = (first.start - Duration::hours(5), first.start - Duration::hours(4));
    fs::write(&kept, records::write([early].into_iter().chain(rows)).unwrap()).unwrap();
    let check = obsada().arg("check").arg(shop.dir()).arg("--roster").arg(&kept).output().unwrap();
    for run in [check, shop.plan(&["--roster", kept.to_str().unwrap()])] {
        assert_exit(&run, 3);
        let told = stderr(&run);
        assert!(told.contains(&format!("kept.csv:2: `{}` on {}: ", first.agent, first.date)), "{told}");
        assert!(told.contains("hint: the rule is set by"), "{told}");
    }
}

#[test]
fn a_command_that_ends_before_a_roster_says_so() {
    let shop = Shop::new();
    let run = shop.command("staff").args(["--roster", "kept.csv"]).output().unwrap();
    assert_exit(&run, 2);
    assert!(stderr(&run).contains("`staff` ends before --roster is used"), "{}", stderr(&run));
}
