//! A week that is lived with: trained in, told, changed by an illness, told again, and carried over into the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use obsada::domain::roster::ShiftStatus;
use obsada::output::records::{self, ActivityRow, LedgerRow, PlanFile, ReplannedRow, RosterRow, Summary};

use crate::program::{Shop, assert_exit, contents, obsada, run, stderr};

const ACTIVITIES: &str = r#"

[[activity]]
id = "coaching"
minutes = 30
apart_from_breaks_minutes = 30

[[activity]]
id = "team talk"
minutes = 60
per = "plan"
group = { least = 2, most = 20 }
price = 400

[fairness]
price = 2
"#;

fn rows<R: records::Record>(folder: &Path, name: &str) -> Vec<R> {
    records::read(&fs::read(folder.join(name)).unwrap()).unwrap()
}

fn start(out: &Path) -> chrono::NaiveDate {
    let plan: PlanFile = records::read_document(&fs::read(out.join("plan.json")).unwrap()).unwrap();
    plan.start
}

/// Shifts by name: their rows.
fn shifts(of: &[RosterRow]) -> BTreeMap<&str, Vec<&RosterRow>> {
    let mut shifts: BTreeMap<&str, Vec<&RosterRow>> = BTreeMap::new();
    for row in of {
        shifts.entry(&row.shift_id).or_default().push(row);
    }
    shifts
}

fn beside(shop: &Shop, name: &str) -> PathBuf {
    shop.out().with_file_name(name)
}

#[test]
fn a_week_with_training_is_told_changed_by_an_illness_and_carried_over() {
    let shop = Shop::new();
    shop.edit("workspace.toml", |text| text + ACTIVITIES);
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let (out, again, published) = (shop.out(), beside(&shop, "again"), beside(&shop, "published"));
    sessions_are_as_owed(&out);

    assert_exit(&run(["publish", out.to_str().unwrap(), "--to", published.to_str().unwrap(), "--quiet"]), 0);
    let first = published.join(start(&out).to_string()).join("v1");
    let before: Vec<RosterRow> = rows(&first, "roster.csv");
    let second_day = start(&out) + chrono::Days::new(1);
    let ill = before.iter().find(|row| row.date > second_day).unwrap().agent.clone();
    shop.edit("absences.csv", |text| {
        text + &format!("{ill},{second_day},{},sick,\n", start(&out) + chrono::Days::new(6))
    });
    let as_of = format!("{second_day}T06:00:00Z");
    let replan = |to: &Path| {
        let mut command = obsada();
        command.arg("replan").arg(shop.dir()).arg("--roster").arg(first.join("roster.csv"));
        command.args(["--as-of", &as_of, "--work", "50", "--out"]).arg(to).output().unwrap()
    };
    let told = replan(&again);
    assert_exit(&told, 0);
    assert!(stderr(&told).contains("shifts promised"), "{}", stderr(&told));
    changes_are_told(&before, &again, (&ill, &as_of));
    let twice = beside(&shop, "twice");
    assert_exit(&replan(&twice), 0);
    assert_eq!(contents(&twice).keys().collect::<Vec<_>>(), contents(&again).keys().collect::<Vec<_>>());
    assert!(contents(&twice) == contents(&again), "the same input gives the same bytes");

    // The second version is told, and handed out as any other.
    assert_exit(&run(["publish", again.to_str().unwrap(), "--to", published.to_str().unwrap(), "--quiet"]), 0);
    let files = beside(&shop, "files");
    let export =
        ["export", again.to_str().unwrap(), "--format", "xlsx,ics,payroll,genesys,teams,parquet", "--quiet", "--to"];
    assert_exit(&obsada().args(export).arg(&files).output().unwrap(), 0);

    // The next week begins with the ledger.
    let ledger: Vec<LedgerRow> = rows(&again, "ledger.csv");
    fs::copy(again.join("ledger.csv"), shop.dir().join("balances.csv")).unwrap();
    let monday = start(&out) + chrono::Days::new(7);
    let next = beside(&shop, "next");
    let mut command = obsada();
    command.arg("plan").arg(shop.dir()).args(["--start", &monday.to_string(), "--work", "50", "--out"]).arg(&next);
    let told = command.arg("--after").arg(again.join("roster.csv")).output().unwrap();
    assert_exit(&told, 0);
    let count = |rows: &[LedgerRow], of: fn(&LedgerRow) -> u32| -> BTreeMap<(String, String), u32> {
        rows.iter().map(|row| ((row.agent.clone(), row.kind.clone()), of(row))).collect()
    };
    let carried: Vec<LedgerRow> = rows(&next, "ledger.csv");
    assert_eq!(count(&carried, |row| row.before), count(&ledger, |row| row.count));
    assert!(ledger.iter().any(|row| row.count > 0));
}

/// Everybody is coached once a week, half an hour from breaks, and the team talks together.
fn sessions_are_as_owed(out: &Path) {
    let roster: Vec<RosterRow> = rows(out, "roster.csv");
    let sessions: Vec<ActivityRow> = rows(out, "activities.csv");
    let summary: Summary = records::read_document(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    let missing: f64 = sessions.iter().map(|row| row.price.as_f64()).sum();
    assert!((summary.roster.unwrap().unplaced_cost.unwrap() - missing).abs() < 0.005);
    let of = |activity: &str| sessions.iter().filter(|row| row.activity == activity && row.start.is_some()).count();
    let written = |activity: &str| roster.iter().filter(|row| row.activity == activity).count();
    assert_eq!((of("coaching"), of("team talk")), (written("coaching"), written("team talk")));
    assert!(of("coaching") > 6 && of("team talk") > 6, "{} coached, {} talk", of("coaching"), of("team talk"));
    let times: BTreeSet<_> =
        sessions.iter().filter(|row| row.activity == "team talk").filter_map(|row| row.start).collect();
    assert!(times.len() < of("team talk") / 2 + 1, "people talk together: {times:?}");
}

/// What had begun stays, who is ill is off, and each other change is told with its price.
fn changes_are_told(before: &[RosterRow], again: &Path, (ill, as_of): (&str, &str)) {
    let as_of = chrono::DateTime::parse_from_rfc3339(as_of).unwrap();
    let after: Vec<RosterRow> = rows(again, "roster.csv");
    let told: Vec<ReplannedRow> = rows(again, "replanned.csv");
    let (was, is) = (shifts(before), shifts(&after));
    let summary: Summary = records::read_document(&fs::read(again.join("summary.json")).unwrap()).unwrap();
    let price: f64 = told.iter().map(|row| row.price.as_f64()).sum();
    assert!((summary.roster.unwrap().change_cost.unwrap() - price).abs() < 0.005);
    for (id, rows) in &was {
        let (agent, date) = (&rows[0].agent, rows[0].date);
        let is_told = told.iter().any(|row| row.agent == *agent && row.date == date);
        let same = is.get(id).is_some_and(|now| {
            now.len() == rows.len()
                && now.iter().zip(rows).all(|(now, row)| (now.start, now.end) == (row.start, row.end))
        });
        assert_eq!(same, !is_told, "{id}");
        if rows[0].start < as_of && agent != ill {
            assert!(same, "{id} had begun");
        }
        if same {
            assert!(is[id].iter().all(|row| row.status == ShiftStatus::Published), "{id}");
        }
    }
    let of_ill = told.iter().filter(|row| row.agent == ill && row.why == "absent").count();
    assert!(of_ill > 0 && told.iter().filter(|row| row.why == "absent").all(|row| row.price.as_f64() == 0.0));
}

#[test]
fn a_locked_shift_stays_though_another_would_be_cheaper() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let mut roster: Vec<RosterRow> = rows(&shop.out(), "roster.csv");
    let kept = roster[0].shift_id.clone();
    roster.iter_mut().filter(|row| row.shift_id == kept).for_each(|row| row.locked = true);
    let file = beside(&shop, "locked.csv");
    fs::write(&file, records::write(roster.clone()).unwrap()).unwrap();
    // Changes cost nothing, and hardly anybody calls.
    shop.edit("workspace.toml", |text| {
        text + "\n[replan]\nbreaks = 0\nlengthened = 0\nshortened = 0\nmoved = 0\nadded = 0\ncancelled = 0\n"
    });
    let scenario = beside(&shop, "quiet.toml");
    fs::write(&scenario, "[factors]\nvolume_factor = 0.3\n").unwrap();
    let out = beside(&shop, "again");
    let mut command = obsada();
    command.arg("replan").arg(shop.dir()).arg("--roster").arg(&file).arg("--scenario").arg(&scenario);
    assert_exit(&command.args(["--work", "50", "--quiet", "--out"]).arg(&out).output().unwrap(), 0);
    let after: Vec<RosterRow> = rows(&out, "roster.csv");
    let of = |rows: &[RosterRow]| rows.iter().filter(|row| row.shift_id == kept).cloned().collect::<Vec<_>>();
    assert_eq!(of(&after), of(&roster));
    let told: Vec<ReplannedRow> = rows(&out, "replanned.csv");
    assert!(!told.is_empty(), "other shifts change where that costs nothing");
}

#[test]
fn replan_needs_a_roster() {
    let shop = Shop::new();
    let told = shop.command("replan").output().unwrap();
    assert_exit(&told, 2);
    assert!(stderr(&told).contains("`replan` needs the roster that people were told: --roster FILE"));
}

#[test]
fn people_coached_one_at_a_time_have_their_times_whatever_the_work() {
    let shop = Shop::new();
    shop.edit("workspace.toml", |text| text + "\n[[activity]]\nid = \"coaching\"\nminutes = 30\nat_once = 1\n");
    assert_exit(&shop.command("plan").args(["--work", "1", "--quiet"]).output().unwrap(), 0);
    let sessions: Vec<ActivityRow> = rows(&shop.out(), "activities.csv");
    let mut times: Vec<_> = sessions.iter().filter_map(|row| row.start.zip(row.end)).collect();
    assert_eq!(times.len(), sessions.len(), "everybody has a time: {sessions:?}");
    assert!(times.len() > 6);
    times.sort_unstable();
    assert!(times.windows(2).all(|pair| pair[0].1 <= pair[1].0), "one at a time: {times:?}");
}

/// Paid minutes of an agent's shifts that do not touch some days.
fn paid_apart_from(roster: &[RosterRow], agent: &str, days: std::ops::Range<chrono::NaiveDate>) -> i64 {
    let touches = |row: &&RosterRow| days.contains(&row.date);
    roster.iter().filter(|row| row.agent == agent && !touches(row)).map(|row| row.paid_minutes).sum()
}

#[test]
fn who_falls_ill_loses_the_shifts_of_those_days_and_the_roster_stays_legal_for_whatever_comes_after() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let (out, again) = (shop.out(), beside(&shop, "again"));
    let before: Vec<RosterRow> = rows(&out, "roster.csv");
    let day = |at: u64| start(&out) + chrono::Days::new(at);
    // Three days of which one is a day off: an absence of three days is credited with more hours than are lost.
    let days_of = |agent: &str| -> BTreeSet<chrono::NaiveDate> {
        before.iter().filter(|row| row.agent == agent).map(|row| row.date).collect()
    };
    let agents: BTreeSet<&str> = before.iter().map(|row| row.agent.as_str()).collect();
    let is_meant = |agent: &&&str| {
        let worked = days_of(agent);
        worked.len() == 5 && (1..4).filter(|at| worked.contains(&day(*at))).count() == 2
    };
    let ill = agents.iter().find(is_meant).expect("somebody with a day off among the three").to_string();
    shop.edit("absences.csv", |text| text + &format!("{ill},{},{},sick,\n", day(1), day(3)));
    let replan = |roster: &Path, hour: u32, to: &Path| {
        let mut command = obsada();
        command.arg("replan").arg(shop.dir()).arg("--roster").arg(roster.join("roster.csv")).arg("--out").arg(to);
        command.args(["--as-of", &format!("{}T{hour:02}:00:00Z", day(0)), "--work", "50", "--quiet"]);
        assert_exit(&command.output().unwrap(), 0);
    };
    replan(&out, 22, &again);
    let after: Vec<RosterRow> = rows(&again, "roster.csv");
    let left = paid_apart_from(&before, &ill, day(1)..day(4));
    assert_eq!(paid_apart_from(&after, &ill, day(1)..day(4)), left, "what was told of other days is worked");
    assert_eq!(after.iter().filter(|row| row.agent == ill).map(|row| row.paid_minutes).sum::<i64>(), left);
    // Without --as-of as much is known as when the roster was made, though history ends before.
    let unsaid = beside(&shop, "unsaid");
    let mut command = obsada();
    command.arg("replan").arg(shop.dir()).arg("--roster").arg(again.join("roster.csv")).arg("--out").arg(&unsaid);
    assert_exit(&command.args(["--work", "50", "--quiet"]).output().unwrap(), 0);
    let of = |out: &Path| -> PlanFile { records::read_document(&fs::read(out.join("plan.json")).unwrap()).unwrap() };
    assert_eq!((of(&unsaid).as_of, of(&unsaid).start), (of(&again).as_of, of(&again).start));
    // Whoever takes the roster up finds it legal.
    let first = start(&out).to_string();
    let taken_up = |command: &str, more: &[&str]| {
        let mut run = obsada();
        run.arg(command).arg(shop.dir()).arg("--roster").arg(again.join("roster.csv"));
        assert_exit(&run.args(["--start", &first, "--quiet"]).args(more).output().unwrap(), 0);
    };
    taken_up("check", &[]);
    taken_up("plan", &["--work", "50", "--out", beside(&shop, "given").to_str().unwrap()]);
    let twice = beside(&shop, "twice");
    replan(&again, 23, &twice);
    let told: Vec<ReplannedRow> = rows(&twice, "replanned.csv");
    assert!(told.iter().all(|row| row.agent != ill || row.change == "breaks" || row.why != "absent"), "{told:?}");
    let twice: Vec<RosterRow> = rows(&twice, "roster.csv");
    assert_eq!(paid_apart_from(&twice, &ill, day(1)..day(4)), left, "and again");
}
