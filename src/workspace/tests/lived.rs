//! What people live with: sessions that they owe, wishes by seniority and points, burdens that carry over, prices of changes.

use super::sample::{SampleWorkspace, utc};
use crate::domain::ids::ActivityId;
use crate::domain::promise::DayChange;
use crate::domain::units::{Minutes, Money};

/// The sample with more settings behind it.
fn with(settings: &str) -> SampleWorkspace {
    let whole = SampleWorkspace::whole();
    let toml = whole.files().iter().find(|(name, _)| name == "workspace.toml").expect("settings").1.clone();
    let text = format!("{}\n{settings}", String::from_utf8(toml).expect("UTF-8"));
    whole.file("workspace.toml", text.as_bytes())
}

#[test]
fn sessions_are_owed_by_those_who_are_meant_week_by_week() {
    let coaching =
        "[[activity]]\nid = \"coaching\"\nminutes = 30\ntimes = 2\nfor = { levels = [\"senior\"] }\nprice = 40\n";
    let sample = with(coaching);
    let ana = sample.agent("ana");
    assert_eq!(ana.owed.len(), 1);
    let owed = &ana.owed[0];
    assert_eq!((owed.activity, owed.times, owed.price), (ActivityId::new("coaching"), 2, Money::rounded(40.0)));
    // The plan's week in Kraków.
    assert_eq!((owed.within.from, owed.within.until), (utc("2026-11-29T23:00:00Z"), utc("2026-12-06T23:00:00Z")));
    assert!(sample.agent("bo").owed.is_empty());
    assert_eq!(sample.workforce().0.activities[0].length, Minutes::new(30));
}

#[test]
fn sessions_for_each_of_some_are_shared_by_the_days_on_which_their_holders_are_there() {
    // Four sessions for each of two people. Ana is away for one day of seven, Bo is employed from Thursday and available on Monday, and from
    // Friday evening to Saturday: two days. Eight by six to two are six and two.
    let monitoring =
        "[[activity]]\nid = \"monitoring\"\nminutes = 60\ntimes = 4\nfor_each = { skills = [\"orders\"] }\n";
    let sample = with(monitoring);
    let times = |id: &str| sample.agent(id).owed.iter().map(|owed| owed.times).collect::<Vec<_>>();
    assert_eq!((times("ana"), times("bo")), (vec![6], vec![2]));
}

#[test]
fn what_an_activity_cannot_be_is_refused() {
    let problems =
        with("[[activity]]\nid = \"meal\"\nminutes = 7\nat_once = 1\ngroup = { least = 5, most = 2 }\n").problems();
    let said = |text: &str| problems.iter().any(|problem| problem.contains(text));
    assert!(said("`activity.id`: `meal`: the word of every roster for work or a break"), "{problems:#?}");
    assert!(said("`activity.minutes`: `7`: not a multiple of the plan's interval"), "{problems:#?}");
    assert!(said("`activity.group.most`: `2`: less than `least`"), "{problems:#?}");
}

#[test]
fn an_activity_for_nobody_is_warned_of() {
    let workspace = with("[[activity]]\nid = \"coaching\"\nminutes = 30\nfor = { levels = [\"senoir\"] }\n").loaded();
    let told = workspace.warnings.iter().map(ToString::to_string).find(|warning| warning.contains("senoir"));
    assert!(told.is_some_and(|told| told.contains("did you mean `senior`?")));
}

#[test]
fn wishes_weigh_more_by_year_and_as_much_together_by_points() {
    // Ana's two wishes have weights 2 and 0.5, in the order of time 0.5 and 2; she came three and a half years before the plan.
    let prices =
        |objective: &str| {
            let sample = SampleWorkspace::whole()
                .with("agents.csv", "senior,12.50,,", "senior,12.50,2023-06-01,")
                .with("workspace.toml", "preference = 15\n", &format!("preference = 15\n{objective}"));
            sample.agent("ana").wishes.iter().map(|wish| wish.price).collect::<Vec<_>>()
        };
    assert_eq!(prices(""), [7.5, 30.0].map(Money::rounded));
    assert_eq!(prices("preference_per_year = 0.10\n"), [9.75, 39.0].map(Money::rounded));
    assert_eq!(prices("preference_points = 10\n"), [30.0, 120.0].map(Money::rounded));
}

#[test]
fn burdens_carry_over_and_are_priced_against_the_others_of_the_site() {
    let ledger = "agent,name,as_of,kind,before,in_plan,count\n\
                  ana,Ana Nowak,2026-11-23T00:00:00+01:00,weekends,0,1,1\n\
                  ana,Ana Nowak,2026-11-30T00:00:00+01:00,weekends,1,1,2\n\
                  ana,Ana Nowak,2026-12-07T00:00:00+01:00,weekends,2,5,7\n";
    let sample = with("[fairness]\nprice = 3\n").file("balances.csv", ledger.as_bytes());
    let ana = sample.agent("ana");
    // The latest at the plan's start: two weekends. She is alone in Kraków, so nobody has fewer points than she.
    assert_eq!(ana.burdens_before[1], 2);
    assert_eq!([0, 1, 2].map(|points| ana.burden.of(points)), [0.0, 0.0, 3.0].map(Money::rounded));
    assert!(SampleWorkspace::whole().agent("ana").burden.is_free());
}

#[test]
fn a_kind_of_burden_needs_a_count() {
    let rows = b"agent,as_of,kind,minutes,count\nana,2026-11-29T00:00:00Z,weekends,,\n";
    let problems = SampleWorkspace::whole().file("balances.csv", rows).problems();
    assert!(problems.iter().any(|problem| problem.starts_with("balances.csv:2: `count`: ")), "{problems:#?}");
}

#[test]
fn changes_cost_what_is_said_and_more_at_short_notice() {
    let notice = "moved = 25.0\nshort_notice_hours = 24\nshort_notice_factor = 3\n";
    let of = SampleWorkspace::whole().with("workspace.toml", "moved = 25.0\n", notice).loaded().price_of_change;
    let moved = |hours: i64| of.after(Minutes::hours(hours)).of(DayChange::Moved);
    assert_eq!((moved(25), moved(23)), (Money::rounded(25.0), Money::rounded(75.0)));
    assert_eq!(of.after(Minutes::hours(100)).of(DayChange::Breaks), Money::rounded(1.0));
}
