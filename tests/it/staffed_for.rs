//! What `staff` says of rates other than the mean, and of people who share queues.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Output;

use obsada::output::records::{self, QueueSummary, RequirementRow, SharingSummary, Summary};

use crate::program::{Shop, assert_exit, obsada, stderr};

fn summary(out: &Path) -> Summary {
    records::read_document(&fs::read(out.join("summary.json")).unwrap()).unwrap()
}

/// `staff` on the shop whose first queue has some more keys, with some more arguments.
fn staff(keys: &str, more: &[&str]) -> (Shop, Output) {
    let shop = Shop::new();
    shop.edit("workspace.toml", |text| text.replacen("id = \"orders\"\n", &format!("id = \"orders\"\n{keys}"), 1));
    let output = shop.command("staff").args(more).output().unwrap();
    (shop, output)
}

fn orders(shop: &Shop) -> QueueSummary {
    let summary = summary(&shop.out());
    summary.queues.into_iter().find(|(id, _)| id == "orders").unwrap().1
}

fn rows(shop: &Shop) -> Vec<RequirementRow> {
    let rows: Vec<RequirementRow> = records::read(&fs::read(shop.out().join("requirement.csv")).unwrap()).unwrap();
    rows.into_iter().filter(|row| row.queue == "orders").collect()
}

#[test]
fn a_percentile_costs_what_it_requires_beyond_the_mean() {
    let (mean, output) = staff("", &[]);
    assert_exit(&output, 0);
    assert_eq!(orders(&mean).staffed_for, None);
    let (busy, output) = staff("staff_to = \"p90\"\n", &[]);
    assert_exit(&output, 0);
    let told = orders(&busy).staffed_for.unwrap();
    let beyond = orders(&busy).required_hours.unwrap() - orders(&mean).required_hours.unwrap();
    assert_eq!(told.staff_to, "p90");
    assert!(beyond > 5.0 && (told.hours_beyond_mean.unwrap() - beyond).abs() < 1e-5, "{told:?}, {beyond}");
    // The pay of these hours at what an hour of the people who can take the queue costs on average.
    let an_hour = told.pay_beyond_mean.unwrap() / beyond;
    assert!((5.0..60.0).contains(&an_hour), "{an_hour}");
    let said = stderr(&output);
    assert!(said.contains("orders: staffed for the rate of 90 times in 100, "), "{said}");
    let page = fs::read_to_string(busy.out().join("report.html")).unwrap();
    assert!(page.contains("of them, staffed for the rate of 90 times in 100"));
    // The load and what arrives are those of the mean; agents are never fewer, so the service at the mean is better.
    for (busy, mean) in rows(&busy).iter().zip(rows(&mean)) {
        assert_eq!((busy.start, busy.load_erlangs), (mean.start, mean.load_erlangs));
        assert!(busy.agents_net >= mean.agents_net && busy.service_level >= mean.service_level - 1e-9);
    }
}

#[test]
fn expected_service_takes_more_than_the_mean_and_less_than_a_bad_day() {
    let hours = |keys: &str| orders(&staff(keys, &[]).0).required_hours.unwrap();
    let (mean, expected, busy) = (hours(""), hours("staff_to = \"expected\"\n"), hours("staff_to = \"p95\"\n"));
    assert!(mean < expected && expected < busy, "{mean}, {expected}, {busy}");
}

#[test]
fn a_scenario_may_staff_for_another_rate() {
    let scenarios = tempfile::tempdir().unwrap();
    let file = scenarios.path().join("careful.toml");
    fs::write(&file, "name = \"careful\"\n[[queue]]\nid = \"orders\"\nstaff_to = \"p90\"\n").unwrap();
    let (scenario, output) = staff("", &["--scenario", file.to_str().unwrap()]);
    assert_exit(&output, 0);
    let (settings, _) = staff("staff_to = \"p90\"\n", &[]);
    assert_eq!(orders(&scenario), orders(&settings));
}

#[test]
fn a_forecast_without_bands_leaves_nothing_to_be_careful_about() {
    let shop = Shop::new();
    assert_exit(&shop.command("staff").output().unwrap(), 0);
    let mut own = String::from("start,queue,offered,aht_s\n");
    let mut made = csv::Reader::from_path(shop.out().join("forecast.csv")).unwrap();
    for row in made.deserialize::<std::collections::BTreeMap<String, String>>().map(Result::unwrap) {
        if row["region"] == "*" {
            writeln!(own, "{},{},{},100", row["start"], row["queue"], row["offered"]).unwrap();
        }
    }
    let file = shop.dir().join("own.csv");
    fs::write(&file, own).unwrap();
    let keys = "id = \"orders\"\nstaff_to = \"expected\"\n";
    shop.edit("workspace.toml", |text| text.replacen("id = \"orders\"\n", keys, 1));
    let output = shop.command("staff").args(["--forecast", file.to_str().unwrap()]).output().unwrap();
    assert_exit(&output, 0);
    let said = stderr(&output);
    assert!(said.contains("queue `orders`: staff_to = \"expected\" asks for no more than the mean"), "{said}");
    assert_eq!(orders(&shop).staffed_for.unwrap().hours_beyond_mean, Some(0.0));
}

/// Four queues of 25 calls of 180 s in each half-hour, from Monday to Friday, 08:00 to 16:00.
fn blended(folder: &Path, agents: &str) {
    let mut settings = String::from(
        "[plan]\nstart = \"2026-11-02\"\ninterval_minutes = 30\ntimezone = \"UTC\"\ncurrency = \"EUR\"\n\
         [history]\nfiles = [\"h.csv\"]\ntimezone = \"UTC\"\n",
    );
    let mut history = String::from("queue,start,offered\n");
    for queue in ["u", "v", "w", "z"] {
        write!(
            settings,
            "[[queue]]\nid = \"{queue}\"\nchannel = \"voice\"\nskills = [\"{queue}\"]\n\
             goal = {{ share = 0.8, within_s = 20 }}\naht_s = 180\n[[queue.region]]\nid = \"all\"\n\
             timezone = \"UTC\"\nhours = {{ mon-fri = \"08:00-16:00\" }}\n"
        )
        .unwrap();
        let monday = chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap();
        for (week, day) in (0..8).flat_map(|week| (0..5).map(move |day| (week, day))) {
            let date = monday + chrono::Duration::days(7 * week + day);
            for (hour, minute) in (8..16).flat_map(|hour| [(hour, 0), (hour, 30)]) {
                writeln!(history, "{queue},{date}T{hour:02}:{minute:02},25").unwrap();
            }
        }
    }
    settings.push_str(
        "[[site]]\nid = \"x\"\ntimezone = \"UTC\"\n[[contract]]\nid = \"full\"\nmin_hours_per_week = 0\n\
         max_hours_per_week = 40\nshift_lengths_minutes = [480]\n\
         starts = [{ from = \"08:00\", until = \"08:00\", step_minutes = 30 }]\ndaily_rest_hours = 11\n\
         weekly_rest_hours = 35\nmax_consecutive_days = 6\nmax_days_per_week = 5\n",
    );
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("workspace.toml"), settings).unwrap();
    fs::write(folder.join("h.csv"), history).unwrap();
    if !agents.is_empty() {
        let header = "agent,name,site,contract,skills,level,hourly_cost\n";
        fs::write(folder.join("agents.csv"), format!("{header}{agents}")).unwrap();
    }
}

/// What `staff` says of four blended queues with such agents.
fn staffed(agents: &str) -> (Summary, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (dir, out) = (folder.path().join("blended"), folder.path().join("out"));
    blended(&dir, agents);
    let output = obsada().arg("staff").arg(&dir).arg("--out").arg(&out).output().unwrap();
    assert_exit(&output, 0);
    (summary(&out), stderr(&output), fs::read_to_string(out.join("report.html")).unwrap())
}

/// Hours and heads apart, then together.
fn figures(of: &SharingSummary) -> Vec<f64> {
    [of.apart_hours_a_week, of.apart_peak, of.together_hours_a_week, of.together_peak].map(Option::unwrap).to_vec()
}

#[test]
fn four_blended_queues_take_twenty_heads_apart_and_fourteen_together() {
    // 2.5 erlangs need 5 agents for 80 % in 20 s, ten erlangs 14 (Erlang C: 13 serve .796), for 40 hours.
    let of = [800.0, 20.0, 560.0, 14.0];
    let (without_agents, said, page) = staffed("");
    let shared = without_agents.shared_people.unwrap();
    assert_eq!(figures(shared.live_queues.as_ref().unwrap()), of);
    assert_eq!((shared.by_skills, shared.sets.len()), (None, 0));
    let line = "people who take all 4 voice and chat queues: 560 h a week and 14 heads at most; each queue by itself: 800 h a \
                week and 20 heads at most";
    assert!(said.contains(line), "{said}");
    assert!(page.contains("What shared people would need") && page.contains("u, v, w, z"));

    let (with_agents, said, _) = staffed("a,A,x,full,u|v|w|z,std,20\n");
    let shared = with_agents.shared_people.unwrap();
    assert_eq!(figures(shared.by_skills.as_ref().unwrap()), of);
    assert_eq!(shared.sets.len(), 1);
    assert!(said.contains("people who take all queues that hang together by their skills: 560 h a week"), "{said}");
}

#[test]
fn people_share_the_queues_that_their_skills_join() {
    // 5 erlangs of two queues need 8 (7 serve .740); the other two keep their five each.
    let (summary, ..) = staffed("a,A,x,full,u|v,std,20\nb,B,x,full,w,std,20\nc,C,x,full,z,std,20\n");
    let shared = summary.shared_people.unwrap();
    assert_eq!(shared.sets.len(), 1);
    assert_eq!(shared.sets[0].queues, ["u", "v"]);
    assert_eq!(figures(&shared.sets[0]), [400.0, 10.0, 320.0, 8.0]);
    assert_eq!(figures(shared.by_skills.as_ref().unwrap()), [800.0, 20.0, 720.0, 18.0]);
}
