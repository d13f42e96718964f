//! Goals are judged by the simulation wherever there is one: on the page, in the last lines, in the summary and in what-if.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use obsada::domain::progress::Silent;
use obsada::domain::standing::Standing;
use obsada::output::records::{self, ComparisonTable, Summary};
use obsada::output::{self, Artifact};
use obsada::plan::{self, Plan, RunOptions};
use obsada::workspace::{self, Source};

use crate::program::{Shop, assert_exit, stderr};

/// Four queues of 25 calls a half hour at 180 s, 2.5 erlangs each, and so many people who take all of them, Monday to Friday from eight to four.
fn blended(people: usize) -> Plan {
    let mut settings = String::from(
        "[plan]\nstart = \"2026-11-02\"\ninterval_minutes = 30\ntimezone = \"UTC\"\ncurrency = \"EUR\"\n[history]\nfiles = [\"h.csv\"]\n\
         timezone = \"UTC\"\n[[site]]\nid = \"x\"\ntimezone = \"UTC\"\n[[contract]]\nid = \"full\"\nmin_hours_per_week = 40\n\
         max_hours_per_week = 40\nshift_lengths_minutes = [480]\nstarts = [{ from = \"08:00\", until = \"08:00\", step_minutes = 30 }]\n\
         daily_rest_hours = 11\nweekly_rest_hours = 35\nmax_consecutive_days = 6\nmax_days_per_week = 5\n",
    );
    let queues = ["u", "v", "w", "z"];
    for id in queues {
        write!(
            settings,
            "[[queue]]\nid = \"{id}\"\nchannel = \"voice\"\nskills = [\"{id}\"]\ngoal = {{ share = 0.8, within_s = 20 }}\naht_s = 180\n\
             price_lost = 6\n  [[queue.region]]\n  id = \"all\"\n  timezone = \"UTC\"\n  hours = {{ mon-fri = \"08:00-16:00\" }}\n"
        )
        .unwrap();
    }
    let mut agents = String::from("agent,name,site,contract,skills,level,hourly_cost\n");
    (0..people).for_each(|at| writeln!(agents, "a{at:02},A{at},x,full,u|v|w|z,std,20").unwrap());
    let mut history = String::from("queue,start,offered\n");
    let first = chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap();
    for day in (0..56).filter(|day| day % 7 < 5).map(|day| first + chrono::Duration::days(day)) {
        for half in 16..32 {
            for queue in queues {
                writeln!(history, "{queue},{day}T{:02}:{:02},25", half / 2, half % 2 * 30).unwrap();
            }
        }
    }
    let files = [("workspace.toml", settings), ("agents.csv", agents), ("h.csv", history)];
    let source = Source::in_memory(files.map(|(path, text)| (PathBuf::from(path), text.into_bytes())));
    let workspace = workspace::load(source, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    plan::run(&workspace, &RunOptions::default(), &Silent).unwrap()
}

fn page(plan: &Plan) -> String {
    let files = output::render(plan).unwrap();
    let page: &Artifact = files.iter().find(|file| file.path.ends_with("report.html")).unwrap();
    String::from_utf8(page.bytes.clone()).unwrap()
}

#[test]
fn people_who_share_queues_reach_goals_of_which_a_formula_by_queue_says_they_are_missed() {
    // By itself each queue requires five people for 80 % within 20 s (Erlang C: 0.887 with five, 0.568 with four), 20 together. One pool of
    // 10 erlangs with 14 people answers 0.888 of its calls within 20 s.
    let plan = blended(14);
    let rostered = plan.rostered.as_ref().unwrap();
    assert!(rostered.coverage.short_hours() > 200.0, "{} hours", rostered.coverage.short_hours());
    let expected = plan.service_expected(obsada::domain::ids::QueueIx(0)).unwrap();
    let simulated = plan.simulated.as_ref().unwrap();
    let share = simulated.service.queues[0].plan.in_time.unwrap();
    assert!(expected < 0.75 && (share.share - 0.888).abs() < 0.03, "{expected} by the formula, {share:?} simulated");
    let goal = &plan.queues[0].goal;
    assert_eq!(simulated.service.queues[0].standing(goal), Some(Standing::Holds));
    assert_eq!(plan.goals_missed(), Some((0, 4)));
    let page = page(&plan);
    assert!(
        page.contains("<div class=\"verdict\"><strong>The roster is legal, and all 4 queues reach their goals."),
        "no alarm"
    );
    assert!(!page.contains("agents are missing") && page.contains("<p>Nowhere: no goal is missed"));
    // All take the same queues: one kind of people, and one more of them is told.
    let kinds = &simulated.one_more.kinds;
    assert_eq!((kinds.len(), kinds[0].queues.len(), kinds[0].hours), (1, 4, 40.0));
    // 40 paid hours at 20.
    assert_eq!(kinds[0].pay.to_string(), "800.00");
    assert!(
        kinds[0].shares.iter().all(|of| of.is_some_and(|of| of.by > 0.02 && !of.is_noise())),
        "{:?}",
        kinds[0].shares
    );
    assert!(kinds[0].in_time.by > 200.0 && kinds[0].spared.is_some());
    assert!(page.contains("Whom to hire or cross-train"));
}

#[test]
fn a_roster_of_too_few_people_is_an_alarm_that_says_who_would_help() {
    // Eleven for ten erlangs.
    let plan = blended(11);
    assert_eq!(plan.goals_missed(), Some((4, 4)));
    let page = page(&plan);
    assert!(
        page.contains("<div class=\"verdict thin\"><strong>The roster is legal, but 4 of 4 queues miss their goals.")
    );
    assert!(page.contains("One more person who takes u + v + w + z would add "), "who would help");
    assert!(page.contains("in every interval, missed"), "thin hours of goals that are missed");
}

#[test]
fn summary_page_last_lines_and_comparison_say_the_same() {
    let shop = Shop::new();
    let busier = shop.dir().with_file_name("busier.toml");
    fs::write(&busier, "[factors]\nvolume_factor = 1.6\n").unwrap();
    let run = shop.plan(&[]);
    assert_exit(&run, 0);
    let summary: Summary = records::read_document(&fs::read(shop.out().join("summary.json")).unwrap()).unwrap();
    let service = summary.service.unwrap();
    let missed = |standing: &Option<String>| standing.as_deref() == Some("missed");
    let misses = service.queues.iter().filter(|(_, of)| missed(&of.standing)).count();
    let said = stderr(&run);
    let goals = said.lines().find(|line| line.starts_with("goals: ")).unwrap();
    assert_eq!(goals.matches("(missed").count(), misses, "{goals}");
    for (queue, of) in &service.queues {
        assert!(goals.contains(&format!("{queue} {:.1}\u{a0}%", 100.0 * of.plan.in_time.unwrap())), "{queue}: {goals}");
    }
    let page = fs::read_to_string(shop.out().join("report.html")).unwrap();
    assert_eq!(page.contains("verdict thin"), misses > 0);
    let one_more = summary.one_more.unwrap();
    assert!(!one_more.kinds.is_empty() && one_more.replications <= 48);
    for kind in &one_more.kinds {
        assert!(kind.pay > 0.0 && kind.shares.iter().all(|(_, of)| of.low <= of.by && of.by <= of.high));
    }

    assert_exit(&shop.command("what-if").arg(&busier).args(["--work", "50"]).output().unwrap(), 0);
    let table = ComparisonTable::read(&fs::read(shop.out().join("comparison.csv")).unwrap()).unwrap();
    assert_eq!(table.rows[0].goals_missed, Some(misses));
    let first = service.queues[0].1.plan.in_time.unwrap();
    assert!((table.rows[0].service_by_queue[0].unwrap() - first).abs() < 1e-6);
    assert!(table.rows[1].service.unwrap() < table.rows[0].service.unwrap());
}

#[test]
fn a_roster_of_a_file_is_judged_as_it_stands() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&[]), 0);
    let kept = shop.dir().with_file_name("kept.csv");
    fs::copy(shop.out().join("roster.csv"), &kept).unwrap();
    let run = shop.command("simulate").arg("--roster").arg(&kept).output().unwrap();
    assert_exit(&run, 0);
    assert!(stderr(&run).contains("\ngoals: "), "{}", stderr(&run));
    let page = fs::read_to_string(shop.out().join("report.html")).unwrap();
    for said in [
        "The roster was lived through as it stands",
        "Pay is base pay",
        "id=\"people\"",
        "id=\"thin\"",
        "handle times vary by 80\u{a0}%",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let summary: Summary = records::read_document(&fs::read(shop.out().join("summary.json")).unwrap()).unwrap();
    assert!(summary.roster.is_none() && !summary.one_more.unwrap().kinds.is_empty());
    for chart in ["people-orders.svg", "service-orders.svg"] {
        assert!(shop.out().join("charts").join(chart).exists(), "{chart}");
    }
}
