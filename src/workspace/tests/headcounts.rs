//! Least staff on a site, supervisors, heads of a skill group: what they are read as, and what is said of wrong ones.

use super::sample::{SampleWorkspace, utc};
use crate::domain::headcount::{Counted, Headcount, HeadcountKind};
use crate::domain::ids::SiteIx;
use crate::workspace::Workspace;

const SITE: &str = "seats = 60\n";
const END: &str = "[[absence_kind]]";

/// The workspace with more words for its first site and before its absence kinds.
fn with(site: &str, covers: &str) -> SampleWorkspace {
    let sample = SampleWorkspace::whole().with("workspace.toml", SITE, &format!("{SITE}{site}"));
    sample.with("workspace.toml", END, &format!("{covers}{END}"))
}

fn headcounts(workspace: &Workspace) -> Vec<Headcount> {
    let as_of = utc("2026-11-27T12:00:00Z");
    let period = workspace.period(as_of);
    workspace.workforce(&period, as_of).expect("agents").headcounts
}

/// Intervals of a quarter of an hour in which a headcount is asked for.
fn asked(headcount: &Headcount) -> usize {
    headcount.applies.iter().filter(|applies| **applies).count()
}

#[test]
fn a_workspace_without_such_words_wants_no_heads() {
    assert_eq!(headcounts(&SampleWorkspace::whole().loaded()), []);
}

#[test]
fn people_are_wanted_in_the_hours_of_the_site_or_in_their_own() {
    // Ana sits in Krakow, open Monday to Saturday for 16 hours; Bo in Manila.
    let whole = headcounts(&with("min_staff = 2\n", "").loaded());
    assert_eq!((&whole[0].kind, &whole[0].weights[..]), (&HeadcountKind::OnSite(SiteIx(0)), &[1, 0][..]));
    assert_eq!((whole[0].counted, asked(&whole[0])), (Counted::OnShift, 6 * 16 * 4));
    // Two missing for a quarter of an hour at 200 an hour.
    assert!((whole[0].price.cost(0.0) - 100.0).abs() < 1e-9);
    let own = with("min_staff = 2\nmin_staff_hours = { sun = '10:00-12:00' }\n", "").loaded();
    assert_eq!(asked(&headcounts(&own)[0]), 8);
}

#[test]
fn a_supervisor_weighs_as_many_as_she_leads() {
    let words = "agents_per_supervisor = 12\nsupervisor_levels = ['senior']\n";
    let wanted = headcounts(&with(words, "").loaded());
    assert_eq!((&wanted[0].kind, &wanted[0].weights[..]), (&HeadcountKind::Supervisors(SiteIx(0)), &[12, 0][..]));
    // Twelve others without one: a supervisor missing for a quarter of an hour at 200 an hour.
    assert!((wanted[0].price.cost(-12.0) - 50.0).abs() < 1e-9 && wanted[0].price.cost(0.0) == 0.0);
    let priced =
        with(words, "").with("workspace.toml", "preference = 15\n", "preference = 15\nmissing_person_per_hour = 80\n");
    assert!((headcounts(&priced.loaded())[0].price.cost(-12.0) - 20.0).abs() < 1e-9);
}

#[test]
fn heads_of_a_skill_group_have_a_band_or_any_convex_price() {
    let band = "[[cover]]\nid = 'chatters'\nskills = ['orders', 'chat']\nhours = { mon = '08:00-09:00' }\n\
                least = 1\nmost = 2\nover_per_hour = 8\n";
    let points = "[[cover]]\nid = 'all'\nskills = ['orders']\nhours = { mon = '08:00-08:15' }\n\
                  points = [{ heads = 0, per_hour = 100 }, { heads = 1, per_hour = 20 }, { heads = 2, per_hour = 0 }]\n";
    let wanted = headcounts(&with("", &format!("{band}{points}")).loaded());
    let costs = |of: &Headcount| [0.0, 1.0, 2.0, 4.0].map(|heads| of.price.cost(heads)).to_vec();
    // Bo cannot chat. Prices by the quarter of an hour: 15 short, which is the objective's, and 2 over.
    assert_eq!((&wanted[0].weights[..], wanted[0].counted, asked(&wanted[0])), (&[1, 0][..], Counted::AtWork, 4));
    assert_eq!(costs(&wanted[0]), [15.0, 0.0, 0.0, 4.0]);
    // Beyond its last corner a price goes on as it came.
    assert_eq!((&wanted[1].weights[..], asked(&wanted[1])), (&[1, 1][..], 1));
    assert_eq!(costs(&wanted[1]), [25.0, 5.0, 0.0, -10.0]);
}

#[test]
fn a_scenario_changes_them_by_name() {
    let cover = "[[cover]]\nid = 'all'\nskills = ['orders']\nhours = { mon = '08:00-09:00' }\nleast = 1\n";
    let sample = with("min_staff = 2\n", cover);
    let over = "[[site]]\nid = 'krakow'\nmin_staff = 1\n[[cover]]\nid = 'all'\nleast = 3\n";
    let wanted = headcounts(&sample.scenario("more.toml", over).loaded());
    assert!((wanted[0].price.wanted() - 1.0).abs() < 1e-9);
    assert!((wanted[1].price.wanted() - 3.0).abs() < 1e-9);
}

#[test]
fn what_cannot_be_meant_is_told_with_what_would_be_accepted() {
    let site = |words: &str| with(words, "").problems();
    assert_eq!(
        site("min_staff = 61\n"),
        ["workspace.toml:97: `site.min_staff`: `61`: more people than seats; accepted: `seats` or fewer"]
    );
    assert_eq!(
        site("min_staff_hours = { mon = '08:00-09:00' }\n"),
        ["workspace.toml:93: `site.min_staff`: missing; accepted: the people wanted in `min_staff_hours`, such as 2"]
    );
    assert_eq!(
        site("agents_per_supervisor = 12\n"),
        [
            "workspace.toml:93: `site.supervisor_levels`: missing; accepted: the levels of agents.csv that lead, such as [\"lead\"]"
        ]
    );
    let cover = |words: &str| with("", &format!("[[cover]]\nid = 'all'\nskills = ['orders']\n{words}")).problems();
    let hours = "hours = { mon = '08:00-09:00' }\n";
    assert_eq!(
        cover(hours),
        [
            "workspace.toml:143: `cover.least`: missing; accepted: `least`, `most` or both, or `points` of a price of your own"
        ]
    );
    assert_eq!(
        cover(&format!("{hours}least = 3\nmost = 2\n")),
        ["workspace.toml:148: `cover.most`: `2`: less than `least`; accepted: `least` or more"]
    );
    let bent = "points = [{ heads = 0, per_hour = 10 }, { heads = 1, per_hour = 9 }, { heads = 2, per_hour = 0 }]\n";
    assert_eq!(
        cover(&format!("{hours}{bent}")),
        ["workspace.toml:147: `cover.points`: not a convex price; accepted: two points or more, `heads` rising\n  \
             hint: each further head may save no more, or cost no less, than the one before"]
    );
}

#[test]
fn heads_that_nobody_can_make_up_are_worth_a_word() {
    let cover = "[[cover]]\nid = 'aid'\nskills = ['first aid']\nhours = { mon = '08:00-09:00' }\nleast = 1\n";
    let words = "agents_per_supervisor = 12\nsupervisor_levels = ['senor']\n";
    let said: Vec<String> = with(words, cover).loaded().warnings.iter().map(ToString::to_string).collect();
    assert!(said[0].contains("`cover.skills`: `first aid`: no agent has all the skills of this cover"), "{said:?}");
    assert!(
        said[1].contains("`senor`: no agent of the site has this level\n  hint: did you mean `senior`?"),
        "{said:?}"
    );
}
