//! A tiny centre whose answers are worked out by hand: who could take a shift, and which requests are granted.
//!
//! Shifts last from 08:00 to 16:00 UTC and have no breaks; a missing head costs 60 an hour, one too many 1. Ana (20 an hour) and Ben (25)
//! take orders, Cyd (30) orders and billing, Dan (20) billing; Eve (20) takes orders and owes two shifts, no more.
//!
//! | | Mon | Tue | Wed | Thu | Fri |
//! |---|---|---|---|---|---|
//! | orders | 1 | 1 | 2 | 2 | 0 |
//! | billing | 0 | 0 | 0 | 1 | 0 |
//! | on shift | Ana | Ana, Ben | Ben, Eve | Cyd, Dan | Eve |

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use obsada::output::records::{self, CandidateRow, JudgedRow, RosterRow, Summary};
use tempfile::TempDir;

use crate::program::{Shop, assert_exit, contents, copied, obsada, stderr, stdout};

const SETTINGS: &str = r#"
[plan]
start = "2026-11-30"
interval_minutes = 60
timezone = "UTC"
currency = "EUR"
[history]
files = ["history.csv"]
[objective]
short_per_hour = 60.0
deep_short_per_hour = 60.0
over_per_hour = 1.0
[[queue]]
id = "orders"
channel = "voice"
skills = ["orders"]
goal = { share = 0.80, within_s = 20 }
patience_s = 180
  [[queue.region]]
  id = "pl"
  timezone = "UTC"
  hours = { mon-fri = "08:00-16:00" }
[[queue]]
id = "billing"
channel = "voice"
skills = ["billing"]
goal = { share = 0.80, within_s = 20 }
patience_s = 180
  [[queue.region]]
  id = "pl"
  timezone = "UTC"
  hours = { mon-fri = "08:00-16:00" }
[[site]]
id = "home"
timezone = "UTC"
"#;

const AGENTS: &str = "agent,name,site,contract,skills,level,hourly_cost\n\
    ana,Ana Nowak,home,free,orders,,20\n\
    ben,Ben Lim,home,free,orders,,25\n\
    cyd,Cyd Maj,home,free,orders|billing,,30\n\
    dan,Dan Rey,home,free,billing,,20\n\
    eve,Eve Sol,home,owed,orders,,20\n";

struct Centre {
    folder: TempDir,
}

impl Centre {
    fn new() -> Self {
        let centre = Self { folder: tempfile::tempdir().unwrap() };
        let contract = |id: &str, least: u32, most: u32| {
            format!(
                "[[contract]]\nid = \"{id}\"\nmin_hours_per_week = {least}\nmax_hours_per_week = {most}\n\
                 shift_lengths_minutes = [480]\nstarts = [{{ from = \"08:00\", until = \"08:00\", step_minutes = 60 }}]\n\
                 daily_rest_hours = 11\nweekly_rest_hours = 35\nmax_consecutive_days = 6\nmax_days_per_week = 5\n"
            )
        };
        centre.write("mine/workspace.toml", &[SETTINGS, &contract("free", 0, 40), &contract("owed", 16, 16)].concat());
        // Nobody reads it: what is asked here is asked of a roster that stands.
        centre.write("mine/history.csv", "queue,start,offered\n");
        centre.write("mine/agents.csv", AGENTS);
        let mut requirement = String::from("queue,start,agents_net\n");
        for (day, (orders, billing)) in [(1, 0), (1, 0), (2, 0), (2, 1), (0, 0)].into_iter().enumerate() {
            for hour in 8..16 {
                let date = ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"][day];
                let _ = writeln!(requirement, "orders,{date}T{hour:02}:00:00Z,{orders}");
                let _ = writeln!(requirement, "billing,{date}T{hour:02}:00:00Z,{billing}");
            }
        }
        centre.write("week/requirement.csv", &requirement);
        let shifts = [
            ("ana", "2026-11-30"),
            ("ana", "2026-12-01"),
            ("ben", "2026-12-01"),
            ("ben", "2026-12-02"),
            ("cyd", "2026-12-03"),
            ("dan", "2026-12-03"),
            ("eve", "2026-12-02"),
            ("eve", "2026-12-04"),
        ];
        let mut roster = String::from("agent,shift_id,date,activity,start,end,status\n");
        for (agent, date) in shifts {
            let _ = writeln!(roster, "{agent},{agent}-{date},{date},work,{date}T08:00:00Z,{date}T16:00:00Z,published");
        }
        centre.write("week/roster.csv", &roster);
        centre
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    /// A command on the roster that stands, ten days before it begins.
    fn run(&self, command: &str, more: &[&str]) -> Output {
        let mut run = obsada();
        run.current_dir(self.folder.path()).args([command, "mine", "--as-of", "2026-11-20T00:00:00Z"]);
        if !more.contains(&"--roster") {
            run.args(["--roster", "week/roster.csv"]);
        }
        run.args(more).output().unwrap()
    }

    fn judge(&self, requests: &str, more: &[&str]) -> Vec<JudgedRow> {
        self.write("requests.csv", requests);
        let run = self.run("judge", &[&["--request", "requests.csv"], more].concat());
        assert_exit(&run, 0);
        records::read(&fs::read(self.path("judged/judged.csv")).unwrap()).unwrap()
    }

    fn roster(&self) -> Vec<String> {
        let rows: Vec<RosterRow> = records::read(&fs::read(self.path("judged/roster.csv")).unwrap()).unwrap();
        rows.iter().map(|row| format!("{} {}", row.agent, row.date.format("%a"))).collect()
    }
}

#[test]
fn everybody_who_could_take_a_shift_is_ranked_with_law_and_price() {
    let centre = Centre::new();
    let run = centre.run("replan", &["--candidates", "ana-2026-11-30"]);
    assert_exit(&run, 0);
    let rows: Vec<CandidateRow> = records::read(stdout(&run).as_bytes()).unwrap();
    // Eight hours each, and 30 for a shift on a day off; with Dan orders miss eight hours at 60 and billing has eight too many at 1.
    let told: Vec<(&str, bool, String)> =
        rows.iter().map(|row| (row.agent.as_str(), row.legal, row.total.to_string())).collect();
    let expected =
        [("ben", true, "230.00"), ("cyd", true, "270.00"), ("dan", true, "678.00"), ("eve", false, "190.00")];
    assert_eq!(told, expected.map(|(agent, legal, total)| (agent, legal, total.to_owned())));
    let [ben, _, dan, eve] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((ben.pay.as_f64(), ben.change.as_f64(), ben.service.unwrap().as_f64()), (200.0, 30.0, 0.0));
    assert_eq!((ben.hours_in_week, ben.why_not.as_str(), ben.instead_of.as_str()), (24.0, "", ""));
    assert_eq!(
        (dan.service.unwrap().as_f64(), dan.missing_hours.join("|"), dan.lacks.join("|")),
        (488.0, "orders 8".to_owned(), "orders".to_owned())
    );
    assert!(eve.why_not.starts_with("eve on 2026-11-30: weekly minutes: "), "{}", eve.why_not);
    let said = stderr(&run);
    assert!(said.contains("3 of 4 others may take it; the first to ask: Ben Lim (ben) for 230"), "{said}");
}

#[test]
fn who_works_these_hours_already_is_no_candidate_and_cover_has_no_price_without_a_requirement() {
    let centre = Centre::new();
    fs::remove_file(centre.path("week/requirement.csv")).unwrap();
    let run = centre.run("replan", &["--candidates", "ana-2026-12-01"]);
    assert_exit(&run, 0);
    let rows: Vec<CandidateRow> = records::read(stdout(&run).as_bytes()).unwrap();
    let told = rows.iter().map(|row| (row.agent.as_str(), row.legal, row.total.as_f64())).collect::<Vec<_>>();
    assert_eq!(told, [("dan", true, 190.0), ("cyd", true, 270.0), ("ben", false, 0.0), ("eve", false, 190.0)]);
    assert_eq!(rows[2].why_not, "ben on 2026-12-01: one shift per day: works these hours already");
    assert!(rows.iter().all(|row| row.service.is_none()));
    assert!(stderr(&run).contains("no requirement.csv beside the roster"), "{}", stderr(&run));

    let unknown = centre.run("replan", &["--candidates", "nobody"]);
    assert_exit(&unknown, 3);
    assert!(
        stderr(&unknown).contains("roster.csv: `shift_id`: `nobody`: no shift of the plan's days"),
        "{}",
        stderr(&unknown)
    );
}

#[test]
fn requests_are_judged_one_after_the_other() {
    let centre = Centre::new();
    let rows = centre.judge(
        "request,agent,kind,date,until,with,with_date\n\
         a,ana,off,2026-11-30,,,\n\
         b,ana,give,2026-12-01,,cyd,\n\
         c,ana,off,2026-12-01,,,\n\
         d,ben,off,2026-12-01,,,\n\
         e,dan,give,2026-12-03,,ana,\n\
         f,eve,take,2026-11-30,,ana,\n\
         g,eve,off,2026-12-04,2026-12-06,,\n\
         h,ben,swap,2026-12-02,,ana,2026-11-30\n\
         i,eve,give,2026-12-04,,ben,\n\
         j,ben,give,2026-12-02,,cyd,\n",
        &[],
    );
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let price = row.price.map_or_else(|| "-".to_owned(), |price| price.to_string());
            format!("{} {} {} {price}", row.request, row.verdict, row.reason)
        })
        .collect();
    assert_eq!(
        told,
        [
            // Monday's only head: 480 of cover, 160 of pay saved.
            "a refused service 320.00",
            // Cyd is paid 80 more.
            "b refused price 80.00",
            // Ben is there, so that one head is too many: 160 of pay and 8 of cover saved.
            "c granted  -168.00",
            // Now he is the only one, at 200.
            "d refused service 280.00",
            "e refused skill -",
            "f refused law -",
            // She owes 16 hours: Thursday misses a head, so 480 of cover and 8 of one too many on Friday are saved for 30 of a day not as promised.
            "g granted  -458.00",
            // The same hours of the same queue, days that both asked to change, 25 and 20 an hour as before.
            "h granted  0.00",
            "i refused no_shift -",
            "j refused no_shift -",
        ]
    );
    let detail = |request: usize| rows[request].detail.as_str();
    assert_eq!(
        detail(0),
        "cover alone costs more than the 60.00 of a request; pay -160.00; service 480.00; hours missing more: orders 8"
    );
    assert_eq!(detail(4), "ana cannot take billing");
    assert!(detail(5).starts_with("eve on 2026-11-30: weekly minutes: "), "{}", detail(5));
    assert!(detail(6).ends_with("other hours, so that those owed are worked: 2026-12-03"), "{}", detail(6));
    assert_eq!(detail(9), "ben has no shift on 2026-12-02");
    let after = ["ana Wed", "ben Mon", "ben Tue", "cyd Thu", "dan Thu", "eve Wed", "eve Thu"];
    assert_eq!(centre.roster(), after);

    // The same again gives the same bytes; the roster that is left can be judged, checked, and published.
    let left = contents(&centre.path("judged"));
    let again = fs::read_to_string(centre.path("requests.csv")).unwrap();
    centre.judge(&again, &[]);
    assert!(contents(&centre.path("judged")) == left);
    let next =
        centre.judge("agent,kind,date\nana,off,2026-12-02\n", &["--roster", "judged/roster.csv", "--out", "judged"]);
    assert_eq!((next[0].request.as_str(), next[0].reason.as_str()), ("1", "service"));
    let published =
        obsada().current_dir(centre.folder.path()).args(["publish", "judged", "--to", "told"]).output().unwrap();
    assert_exit(&published, 0);
    assert!(centre.path("told/2026-11-30/v1/roster.csv").is_file());
}

#[test]
fn what_a_request_may_cost_and_the_queues_of_a_shift_are_the_planners_to_say() {
    let centre = Centre::new();
    let settings = fs::read_to_string(centre.path("mine/workspace.toml")).unwrap();
    centre.write("mine/workspace.toml", &format!("{settings}[replan]\nmost_per_request = 80\n"));
    let rows = centre.judge("agent,kind,date,with\nana,give,2026-12-01,cyd\ncyd,give,2026-12-03,ben\n", &[]);
    assert_eq!((rows[0].verdict.as_str(), rows[0].price.unwrap().as_f64()), ("granted", 80.0));
    assert_eq!((rows[1].reason.as_str(), rows[1].detail.as_str()), ("skill", "ben cannot take billing"));

    // A shift that is there for orders alone.
    let roster = fs::read_to_string(centre.path("week/roster.csv")).unwrap();
    let with_queues = roster.lines().enumerate().map(|(line, row)| match (line, row.starts_with("cyd,")) {
        (0, _) => format!("{row},queues\n"),
        (_, true) => format!("{row},orders\n"),
        _ => format!("{row},\n"),
    });
    centre.write("week/roster.csv", &with_queues.collect::<String>());
    let rows = centre.judge("agent,kind,date,with\ncyd,give,2026-12-03,ben\n", &[]);
    // Ben is cheaper by 5 an hour.
    assert_eq!((rows[0].verdict.as_str(), rows[0].price.unwrap().as_f64()), ("granted", -40.0));
}

#[test]
fn shifts_that_have_begun_stay_and_bad_rows_are_named_at_once() {
    let centre = Centre::new();
    centre.write("requests.csv", "agent,kind,date\nana,off,2026-11-30\n");
    let late = ["--request", "requests.csv", "--as-of", "2026-11-30T12:00:00Z"];
    let run = obsada()
        .current_dir(centre.folder.path())
        .args(["judge", "mine", "--roster", "week/roster.csv"])
        .args(late)
        .output()
        .unwrap();
    assert_exit(&run, 0);
    let rows: Vec<JudgedRow> = records::read(&fs::read(centre.path("judged/judged.csv")).unwrap()).unwrap();
    assert_eq!((rows[0].reason.as_str(), rows[0].price), ("law", None));
    assert!(rows[0].detail.contains("shifts that stay"), "{}", rows[0].detail);

    centre.write(
        "requests.csv",
        "request,agent,kind,date,until,with,with_date\n\
         x,anna,off,2026-11-30,,,\n\
         x,ana,leave,2026-12-40,,,\n\
         y,ana,off,2026-12-02,2026-12-01,,\n\
         y,ana,swap,2026-12-02,,,\n\
         z,ana,give,2026-12-12,,ana,2026-12-01\n",
    );
    let run = centre.run("judge", &["--request", "requests.csv"]);
    assert_exit(&run, 3);
    for told in [
        "requests.csv:2: `agent`: `anna`: unknown agent of the plan",
        "requests.csv:3: `kind`: `leave`: not one of the words allowed here; accepted: off | swap | give | take",
        "requests.csv:3: `date`: `2026-12-40`",
        "requests.csv:4: `until`: `2026-12-01`: lies before `date`",
        "requests.csv:5: `with`: empty",
        "requests.csv:6: `date`: `2026-12-12`: not a day of the plan; accepted: 2026-11-30 to 2026-12-06",
        "requests.csv:6: `with`: `ana`: the agent who asks",
        "requests.csv:6: `with_date`: `2026-12-01`: not a part of a request of kind `give`",
    ] {
        assert!(stderr(&run).contains(told), "`{told}` is not in\n{}", stderr(&run));
    }
}

#[test]
fn both_commands_need_a_roster() {
    let centre = Centre::new();
    centre.write("requests.csv", "agent,kind,date\n");
    for (command, more) in [("judge", ["--request", "requests.csv"]), ("replan", ["--candidates", "x"])] {
        let run = obsada().current_dir(centre.folder.path()).args([command, "mine"]).args(more).output().unwrap();
        assert_exit(&run, 2);
        assert!(stderr(&run).contains("needs the roster that people were told: --roster FILE"), "{}", stderr(&run));
    }
}

#[test]
fn what_is_granted_costs_what_the_whole_roster_costs_more() {
    let shop = Shop::new();
    // Nothing promised has a price, so that a roster told is priced as one that nobody knows.
    let keys = ["breaks", "lengthened", "shortened", "moved", "added", "cancelled"];
    let free = keys.map(|key| format!("{key} = 0.0")).join("\n") + "\n";
    shop.edit("workspace.toml", |text| format!("{text}\n[replan]\nmost_per_request = 320.0\n{free}"));
    assert_exit(&shop.plan(&[]), 0);
    let kept = shop.dir().with_file_name("kept");
    copied(&shop.out(), &kept);
    let rows: Vec<RosterRow> = records::read(&fs::read(kept.join("roster.csv")).unwrap()).unwrap();
    let mut shifts: Vec<(&str, String)> = rows.iter().map(|row| (row.agent.as_str(), row.date.to_string())).collect();
    shifts.dedup();
    let mut requests = String::from("agent,kind,date,with,with_date\n");
    for (at, (agent, date)) in shifts.iter().enumerate() {
        let (other, other_date) = &shifts[(at * 7 + 5) % shifts.len()];
        let _ = match at % 3 {
            0 => writeln!(requests, "{agent},off,{date},,"),
            1 if other != agent => writeln!(requests, "{agent},swap,{date},{other},{other_date}"),
            _ => writeln!(requests, "{agent},swap,{date},{},{date}", if *agent == "a001" { "a002" } else { "a001" }),
        };
    }
    let file = shop.dir().with_file_name("requests.csv");
    fs::write(&file, requests).unwrap();
    let (told, judged) = (kept.join("roster.csv"), shop.dir().with_file_name("judged"));
    let mut judge = obsada();
    judge.arg("judge").arg(shop.dir()).arg("--request").arg(&file).arg("--roster").arg(&told).arg("--out").arg(&judged);
    assert_exit(&judge.output().unwrap(), 0);
    let verdicts: Vec<JudgedRow> = records::read(&fs::read(judged.join("judged.csv")).unwrap()).unwrap();
    let granted: Vec<f64> =
        verdicts.iter().filter(|row| row.verdict == "granted").map(|row| row.price.unwrap().as_f64()).collect();
    assert!(granted.iter().any(|price| *price > 100.0) && granted.len() < verdicts.len(), "{verdicts:?}");
    let objective = |roster: PathBuf| {
        let requirement = kept.join("requirement.csv");
        let given = ["--requirement", requirement.to_str().unwrap(), "--roster", roster.to_str().unwrap()];
        assert_exit(&shop.plan(&given), 0);
        let summary: Summary = records::read_document(&fs::read(shop.out().join("summary.json")).unwrap()).unwrap();
        summary.roster.unwrap().objective
    };
    let more = objective(judged.join("roster.csv")) - objective(told);
    assert!((more - granted.iter().sum::<f64>()).abs() < 1e-3, "{more} against {granted:?}");
}
