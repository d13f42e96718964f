//! Planning on what a simulation says: rounds of planning and living through the plan.

use obsada::domain::progress::Silent;
use obsada::domain::units::Minutes;
use obsada::generate::{CentreParams, centre};
use obsada::output;
use obsada::plan::{self, Plan, RunOptions};
use obsada::roster::RosterParams;
use obsada::workspace::{self, Source, Workspace};

/// Two queues and a dozen people, some of whom take both.
fn workspace() -> Workspace {
    workspace_with(str::to_owned)
}

/// The same with other settings.
fn workspace_with(settings: impl Fn(&str) -> String) -> Workspace {
    let interval = Minutes::new(30);
    let params = CentreParams { agents: 12, queues: 2, interval, weeks_of_history: 16, ..CentreParams::default() };
    let files = centre(&params).into_iter().map(|file| match file.path.to_str() {
        Some("workspace.toml") => {
            let text = settings(std::str::from_utf8(&file.bytes).unwrap());
            (file.path, text.into_bytes())
        }
        _ => (file.path, file.bytes),
    });
    workspace::load(Source::in_memory(files), &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// No goal, nobody owes hours, and a contact that gives up costs so much.
fn by_price_alone(price: u32) -> impl Fn(&str) -> String {
    move |text| {
        let lines = text.lines().map(|line| match line.split(" =").next() {
            Some("price_lost") => format!("price_lost = {price}"),
            Some("goal") => line.replace("share = 0.80, ", ""),
            Some("min_hours_per_week") => "min_hours_per_week = 0".to_owned(),
            _ => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn without_goals_the_prices_of_contacts_say_how_many_are_at_work() {
    let lived = |price: u32| {
        let plan = planned(&workspace_with(by_price_alone(price)), 2, 2);
        assert!(plan.queues.iter().all(|queue| !queue.goal.is_promise()));
        let lost: f64 = plan.simulated.unwrap().service.queues.iter().map(|queue| queue.abandoned.total()).sum();
        (plan.rostered.unwrap().rounds.last().unwrap().hours, lost)
    };
    let (cheap, dear) = (lived(1), lived(40));
    assert!(cheap.0 < 0.9 * dear.0 && cheap.1 > 1.5 * dear.1, "hours and contacts lost: {cheap:?}, {dear:?}");
}

fn planned(workspace: &Workspace, rounds: u32, threads: usize) -> Plan {
    let search = RosterParams { work: Some(60), ..RosterParams::default() };
    let options = RunOptions { search, rounds: Some(rounds), ..RunOptions::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| plan::run(workspace, &options, &Silent).unwrap())
}

#[test]
fn rounds_end_in_a_checked_roster_above_its_bound_and_the_same_for_any_threads() {
    let workspace = workspace();
    let (one, two) = (planned(&workspace, 2, 1), planned(&workspace, 2, 2));
    assert!(output::render(&one).unwrap() == output::render(&two).unwrap(), "the same files, byte by byte");
    let rostered = one.rostered.as_ref().unwrap();
    // Two rounds of moves alone, a search, at most four that set right what it misses, and a last one for the best of them.
    assert!((4..=8).contains(&rostered.rounds.len()));
    assert!(rostered.pools.iter().all(|pool| pool.required.total() > 0.0 && pool.rostered.total() > 0.0));
    assert!(rostered.checked.bound().objective <= rostered.checked.cost().objective());
    assert!(rostered.rounds.iter().all(|round| round.hours > 100.0 && round.shares.len() == 2));
    // The verdict is that of other contacts than the rounds had.
    let simulated = one.simulated.as_ref().unwrap();
    assert_ne!(simulated.params.seed, RosterParams::default().seed);
    assert!(simulated.service.queues.iter().all(|queue| queue.plan.in_time.is_some_and(|share| share.share > 0.3)));
}

#[test]
fn without_rounds_a_plan_is_for_each_queue_by_itself_and_is_lived_through_too() {
    let plan = planned(&workspace(), 0, 2);
    let rostered = plan.rostered.unwrap();
    assert!(rostered.rounds.is_empty() && rostered.pools.is_empty());
    assert!(plan.simulated.unwrap().service.contacts > 10_000);
}

#[test]
fn rounds_are_usual_where_the_run_itself_says_what_is_required_and_how_long_to_search() {
    let usual = RunOptions::default();
    assert!(usual.rounds() > 0);
    let limited = RosterParams { work: Some(60), ..RosterParams::default() };
    assert_eq!(RunOptions { search: limited, ..RunOptions::default() }.rounds(), 0);
    assert_eq!(RunOptions { requirement: Some("requirement.csv".into()), ..RunOptions::default() }.rounds(), 0);
    assert_eq!(RunOptions { search: limited, rounds: Some(3), ..RunOptions::default() }.rounds(), 3);
}
