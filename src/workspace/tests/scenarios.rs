//! Scenarios: what they change, how they compose, and where their problems are.

use super::sample::{SampleWorkspace, utc};
use crate::domain::forecast::Change;
use crate::domain::staff_to::StaffTo;
use crate::domain::units::{Minutes, Money, Share};

#[test]
fn a_scenario_says_only_what_differs() {
    let sample = SampleWorkspace::whole().scenario(
        "s.toml",
        "name = 'tougher'\nwhy = 'a test'\n[[queue]]\nid = 'orders'\ngoal = { share = 0.9 }\n[[site]]\nid = 'krakow'\nseats = 5\n",
    );
    let workspace = sample.loaded();
    let goal = workspace.queues[0].goal;
    assert_eq!((Some(goal.share), goal.within.get()), (Share::new(0.9), 20.0));
    assert_eq!(workspace.queues.len(), 4);
    assert_eq!(workspace.scenarios[0].name, "tougher");
    assert_eq!(workspace.scenarios[0].why.as_deref(), Some("a test"));
    assert_eq!(sample.workforce().0.sites[0].seats, Some(5));
}

#[test]
fn a_scenario_may_staff_for_another_rate() {
    let sample = SampleWorkspace::whole().with("workspace.toml", "aht_s = 240.0", "aht_s = 240.0\nstaff_to = \"p80\"");
    assert_eq!(sample.loaded().queues[0].staff_to, StaffTo::Percentile(80));
    let careful = "[[queue]]\nid = 'chat'\nstaff_to = 'expected'\n[[queue]]\nid = 'orders'\nstaff_to = 'mean'\n";
    let queues = sample.scenario("s.toml", careful).loaded().queues;
    assert_eq!((queues[0].staff_to, queues[1].staff_to), (StaffTo::Mean, StaffTo::Expected));
}

#[test]
fn a_scenario_takes_the_price_of_late_contacts_back_with_zero() {
    let priced = SampleWorkspace::whole().scenario("a.toml", "[objective]\nlate_contact = 4\n");
    assert_eq!(priced.loaded().cover.late_contact, Some(Money::rounded(4.0)));
    let taken_back = priced.scenario("b.toml", "[objective]\nlate_contact = 0\n");
    assert_eq!(taken_back.loaded().cover.late_contact, None);
}

#[test]
fn factors_of_several_scenarios_are_applied_in_turn() {
    let workspace = SampleWorkspace::whole()
        .without("adjustments.csv")
        .scenario("a.toml", "[factors]\nvolume_factor = 1.1\n")
        .scenario("b.toml", "[factors]\nvolume_factor = 1.2\naht_factor = 0.9\n")
        .loaded();
    let adjustments = workspace.adjustments(&workspace.period(utc("2026-11-27T12:00:00Z")));
    let of_orders: Vec<Change> =
        adjustments.iter().filter(|adjustment| adjustment.queue.0 == 0).map(|adjustment| adjustment.change).collect();
    assert_eq!(of_orders, [Change::Factor(1.1), Change::Factor(1.2), Change::AhtFactor(0.9)]);
    assert_eq!(adjustments.len(), 12);
    assert_eq!(adjustments[0].why, "scenario a: volume_factor 1.1");
    // The plan's week in Warsaw, midnight to midnight.
    assert_eq!((adjustments[0].from, adjustments[0].until), (utc("2026-11-29T23:00:00Z"), utc("2026-12-06T23:00:00Z")));
}

#[test]
fn events_are_moved_and_added() {
    let event = "[[event]]\nid = 'charger'\nkind = 'recall'\nreach = 500\nqueues = [{ id = 'orders' }]\nschedule = [{ at = '2026-12-02T10:00' }]\n";
    let workspace = SampleWorkspace::whole()
        .scenario("a.toml", &format!("{event}[event_shift]\nwinter-sale = 7\n"))
        .scenario("b.toml", "[event_shift]\nwinter-sale = -1\ncharger = 1\n")
        .loaded();
    let days: Vec<_> = workspace.events.iter().map(|event| event.first_day().map(|day| day.to_string())).collect();
    assert_eq!(days, [Some("2026-12-07".to_owned()), Some("2026-12-03".to_owned())]);
}

#[test]
fn agents_are_added_removed_and_replaced() {
    let sample = SampleWorkspace::whole()
        .scenario("a.toml", "[agents]\nremove = ['ana']\nadd = [{ agent = 'dee', name = 'Dee', site = 'manila', contract = 'part', skills = ['orders', 'chat'], level = 'new', hourly_cost = 7 }]\n")
        .scenario("b.toml", "[agents]\nremove = ['dee']\nadd = [{ agent = 'dee', name = 'Dee Two', site = 'manila', contract = 'part', skills = 'orders', level = 'new', hourly_cost = '7.5' }]\n");
    let agents: Vec<String> = sample.workforce().0.agents.into_iter().map(|agent| agent.name).collect();
    assert_eq!(agents, ["Bo Lim", "Dee Two"]);
}

#[test]
fn a_closed_site_owes_nothing_and_works_nothing() {
    let sample = SampleWorkspace::whole().scenario("s.toml", "[[site]]\nid = 'krakow'\nclosed = true\n");
    let ana = sample.agent("ana");
    assert_eq!(ana.weeks[0].min, Minutes::ZERO);
    // Eight days: the week, and the day into which a shift of its last night could run.
    assert!(ana.blocks.iter().any(|block| block.span.length() == Minutes::hours(8 * 24)));
    assert_eq!(sample.agent("bo").weeks, SampleWorkspace::whole().agent("bo").weeks);
}

#[test]
fn split_shifts_are_changed_key_by_key() {
    let split = "split = { min_gap_minutes = 60, max_gap_minutes = 300, min_part_minutes = 180, max_per_week = 3 }";
    let sample = SampleWorkspace::whole()
        .with("workspace.toml", "max_days_per_week = 5", &format!("max_days_per_week = 5\n{split}"))
        .scenario("s.toml", "[[contract]]\nid = 'full'\nsplit = { max_per_week = 1, gap_pay_share = 0.5 }\n");
    let split = sample.workforce().0.contracts[0].rules.split.expect("split shifts");
    assert_eq!(
        (split.min_gap, split.max_gap, split.min_part),
        (Minutes::hours(1), Minutes::hours(5), Minutes::hours(3))
    );
    assert_eq!((split.step, split.from_length), (Minutes::hours(1), Minutes::ZERO));
    assert_eq!((split.max_per_week, split.gap_pay.get()), (Some(1), 0.5));
}

#[test]
fn half_of_two_agents_is_one() {
    let (workforce, _) = SampleWorkspace::whole().scenario("s.toml", "[factors]\nabsent_share = 0.5\n").workforce();
    let away = workforce
        .agents
        .iter()
        .filter(|agent| agent.weeks[0].min == Minutes::ZERO && agent.blocks[0].span.length() == Minutes::hours(192));
    assert_eq!(away.count(), 1);
}

#[test]
fn problems_of_a_scenario_point_at_its_file() {
    let sample = SampleWorkspace::whole().scenario(
        "s.toml",
        "nam = 'x'\n[[queue]]\nid = 'orders'\npriority = 0\n[[queue]]\nid = 'new'\nchannel = 'voice'\nregion = []\n[agents]\nremove = ['anna']\nadd = [{ agent = 'bo', nme = 'Bo' }]\n[event_shift]\nwinter-sail = 7\n[factors]\nvolume_factor = 0\n",
    );
    let known = "absence_kind, activity, contract, cover, event, fairness, files, forecast, history, holiday, learning, objective, plan, queue, replan, routing, site, staffing";
    let expected = [
        "s.toml:4: `queue.priority`: `0`: too small; accepted: a whole number from 1 to 1000".to_owned(),
        "s.toml:5: `queue.goal`: missing; accepted: a table such as `{ share = 0.80, within_s = 20 }`".to_owned(),
        "s.toml:8: `queue.region`: empty; accepted: at least one [[queue.region]]".to_owned(),
        format!("s.toml:1: `nam`: unknown key; accepted: {known}"),
        "s.toml:13: `event_shift`: `winter-sail`: unknown event; accepted: winter-sale\n  hint: did you mean `winter-sale`?".to_owned(),
        "s.toml:15: `factors.volume_factor`: `0`: zero; accepted: a number above 0, at most 100".to_owned(),
        "s.toml:11: `agents.add.nme`: unknown key; accepted: agent, name, site, contract, skills, level, hourly_cost, from, until, rotation_offset_days\n  hint: did you mean `name`?".to_owned(),
        "s.toml:10: `agents.remove`: `anna`: unknown agent; accepted: ana | bo | cy\n  hint: did you mean `ana`?".to_owned(),
        "s.toml:11: `agents.add.name`: missing; accepted: a text".to_owned(),
    ];
    let found = sample.problems();
    for problem in &expected {
        assert!(found.contains(problem), "{problem}\nis not among\n{}", found.join("\n"));
    }
}

#[test]
fn a_scenarios_own_words_are_no_words_of_a_workspace() {
    let found = SampleWorkspace::whole().with("workspace.toml", "[plan]", "name = 'x'\n[plan]").problems();
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("workspace.toml:1: `name`: unknown key"), "{}", found[0]);
}

#[test]
fn a_name_that_the_workspace_does_not_have_is_told_with_the_nearest() {
    let sample = SampleWorkspace::whole().scenario(
        "s.toml",
        "[[queue]]\nid = 'orderz'\ngoal = { share = 0.9 }\n[[queue]]\nid = 'chat'\n[[queue.region]]\nid = 'de'\nshare = 0.5\n\
        [[site]]\nid = 'cracow'\nseats = 5\n",
    );
    let expected = [
        "s.toml:2: `queue.id`: `orderz`: unknown queue; accepted: orders | chat | mail | tier2\n  hint: did you mean `orders`? a new queue needs channel, region too",
        "s.toml:7: `region.id`: `de`: unknown region; accepted: pl\n  hint: a new region needs timezone, hours too",
        "s.toml:10: `site.id`: `cracow`: unknown site; accepted: krakow | manila\n  hint: did you mean `krakow`? a new site needs timezone too",
    ];
    assert_eq!(sample.problems(), expected);
}
