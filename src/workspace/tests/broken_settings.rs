//! One change breaks the settings: what is said, word for word.

use super::sample::SampleWorkspace;

/// A text of `workspace.toml`, what it is changed to, and the problems that follow.
pub(super) type Case = (&'static str, &'static str, &'static [&'static str]);

pub(super) fn check(cases: &[Case]) {
    for (old, new, expected) in cases {
        let found = SampleWorkspace::whole().with("workspace.toml", old, new).problems();
        assert_eq!(found, *expected, "after `{old}` became `{new}`");
    }
}

#[test]
fn the_plan() {
    check(&[
        (
            "weeks = 1",
            "weks = 1",
            &[
                "workspace.toml:3: `plan.weks`: unknown key; accepted: currency, holidays, interval_minutes, start, timezone, week_start, weeks\n  hint: did you mean `weeks`?",
            ],
        ),
        (
            "weeks = 1",
            "weeks = 0",
            &["workspace.toml:3: `plan.weeks`: `0`: too small; accepted: a whole number from 1 to 53"],
        ),
        (
            "interval_minutes = 15\n",
            "",
            &["workspace.toml:1: `plan.interval_minutes`: missing; accepted: 5 | 10 | 15 | 20 | 30 | 60"],
        ),
        (
            "interval_minutes = 15",
            "interval_minutes = 7",
            &[
                "workspace.toml:5: `plan.interval_minutes`: `7`: not one of the values allowed here; accepted: 5 | 10 | 15 | 20 | 30 | 60",
            ],
        ),
        (
            "currency = \"EUR\"\n",
            "",
            &["workspace.toml:1: `plan.currency`: missing; accepted: three capital letters, such as EUR"],
        ),
        (
            "currency = \"EUR\"",
            "currency = \"eur\"",
            &[
                "workspace.toml:7: `plan.currency`: `eur`: not a currency code; accepted: three capital letters, such as EUR\n  hint: write `EUR`",
            ],
        ),
        (
            "\"2026-11-30\"",
            "\"11/30/2026\"",
            &["workspace.toml:2: `plan.start`: `11/30/2026`: not a date; accepted: a date YYYY-MM-DD or next-monday"],
        ),
        (
            "\"Europe/Warsaw\"\ncurrency",
            "\"Europe/Warszawa\"\ncurrency",
            &[
                "workspace.toml:6: `plan.timezone`: `Europe/Warszawa`: unknown time zone; accepted: an IANA name, such as Europe/Warsaw\n  hint: did you mean `Europe/Warsaw`?",
            ],
        ),
        (
            "currency = \"EUR\"",
            "currency = \"euro\"",
            &[
                "workspace.toml:7: `plan.currency`: `euro`: not a currency code; accepted: three capital letters, such as EUR",
            ],
        ),
        (
            "[staffing]",
            "[stafing]",
            &[
                "workspace.toml:23: `stafing`: unknown key; accepted: absence_kind, activity, contract, cover, event, fairness, files, forecast, history, holiday, learning, objective, plan, queue, replan, routing, site, staffing\n  hint: did you mean `staffing`?",
            ],
        ),
        ("weeks = 1", "weeks = [1]", &["workspace.toml:3: `plan.weeks`: a list; accepted: a single value"]),
    ]);
}

#[test]
fn what_is_not_toml() {
    let found = SampleWorkspace::whole().with("workspace.toml", "weeks = 1", "weeks = ").problems();
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("workspace.toml:3: not TOML: "), "{}", found[0]);
    let open = SampleWorkspace::whole().with("workspace.toml", "weeks = 1", "weeks = [1").problems();
    assert!(open.len() <= 3 && open[0].starts_with("workspace.toml:4: not TOML: "), "{open:?}");
    let found = SampleWorkspace::whole().without("workspace.toml").problems();
    assert_eq!(found, ["workspace.toml: no such file\n  hint: `obsada init DIR` writes a workspace to begin with"]);
}

#[test]
fn folders_and_files_are_told_apart() {
    let found = SampleWorkspace::whole().with("workspace.toml", "agents = \"agents.csv\"", "agents = \".\"").problems();
    assert_eq!(found, [".: a folder; accepted: a file"]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("workspace.toml");
    std::fs::write(&file, "").expect("written");
    let problem = crate::workspace::load(&file, &[]).expect_err("a file").to_string();
    let expected =
        format!("a file; accepted: the folder of a workspace\n  hint: give the folder: `{}`", folder.path().display());
    assert!(problem.ends_with(&expected), "{problem}");
}

#[test]
fn the_history_and_the_stages() {
    check(&[
        (
            "files = [\"history.csv\"]",
            "files = [\"history.xls\"]",
            &[
                "workspace.toml:10: `history.files`: `history.xls`: not a format of history; accepted: a file ending in .csv, .csv.gz or .parquet",
            ],
        ),
        (
            "columns = { offered",
            "columns = { ofered",
            &[
                "workspace.toml:14: `history.columns`: `ofered`: not a column of ours; accepted: queue | region | start | offered | handled | abandoned | aht_s\n  hint: did you mean `offered`?",
            ],
        ),
        (
            "unplanned_shrinkage = 0.04",
            "unplanned_shrinkage = 4",
            &[
                "workspace.toml:24: `staffing.unplanned_shrinkage`: `4`: too large; accepted: a share from 0 to 1\n  hint: 4 % is written 0.04",
            ],
        ),
        (
            "folds = 3",
            "folds = 99",
            &["workspace.toml:21: `forecast.folds`: `99`: `folds` is 99, must lie between 1 and 20"],
        ),
        (
            "deep_short_per_hour = \"120\"",
            "deep_short_per_hour = 50",
            &[
                "workspace.toml:29: `objective.deep_short_per_hour`: `50`: `deep_short_per_hour` is 50.00, below `short_per_hour`, 60.00",
            ],
        ),
        (
            "preference = 15",
            "preference = -15",
            &[
                "workspace.toml:32: `objective.preference`: `-15`: negative; accepted: a decimal amount from 0 to 1000000000, with at most six places, such as 12.50",
            ],
        ),
        (
            "agents = \"agents.csv\"",
            "agents = \"people.csv\"",
            &["people.csv: no such file\n  hint: correct its name in [files], or leave the key out"],
        ),
    ]);
    let missing = SampleWorkspace::whole().without("history.csv").problems();
    assert_eq!(missing.len(), 1);
    assert!(missing[0].starts_with(
        "workspace.toml:10: `history.files`: `history.csv`: no such file\n  hint: files are looked for in"
    ));
}

#[test]
fn what_a_queue_is_staffed_for() {
    check(&[
        (
            "deadline_hours = 24\n",
            "deadline_hours = 24\nstaff_to = \"p80\"\n",
            &[
                "workspace.toml:76: `queue.staff_to`: `p80`: work that can wait is planned for its mean: what comes more on one day is done on another\n  hint: leave it out",
            ],
        ),
        (
            "max_occupancy = 0.88",
            "max_occupancy = 0.88\nstaff_to = 0.8",
            &[
                "workspace.toml:42: `queue.staff_to`: `0.8`: not what a queue can be staffed for; accepted: mean | expected | p50 to p99\n  hint: write `p80`",
            ],
        ),
    ]);
}

#[test]
fn queues_and_their_regions() {
    check(&[
        (
            "to = \"tier2\"",
            "to = \"teir2\"",
            &[
                "workspace.toml:43: `queue.escalation.to`: `teir2`: unknown queue; accepted: orders | chat | mail | tier2\n  hint: did you mean `tier2`?",
            ],
        ),
        (
            "over = \"day\" }",
            "over = \"day\" }\nescalation = { to = \"orders\", share = 0.1 }",
            &[
                "workspace.toml:34: `queue.escalation.to`: escalation runs in a circle: orders → tier2 → orders\n  hint: contacts must end in a queue that does not escalate",
            ],
        ),
        (
            "share = 0.4",
            "share = 0.5",
            &[
                "workspace.toml:47: `queue.region`: the shares of the regions add up to 1.1; accepted: shares that add up to 1",
            ],
        ),
        (
            "  share = 0.4\n",
            "",
            &[
                "workspace.toml:47: `queue.region`: some regions have a share and some have none; accepted: a share in every region, or in none",
            ],
        ),
        (
            "id = \"mail\"",
            "id = \"chat\"",
            &[
                "workspace.toml:72: `queue.id`: `chat`: a second queue of this name\n  hint: every name stands for one thing: rename one of them",
                "backlog.csv:2: `queue`: `mail`: unknown queue; accepted: orders | chat | chat | tier2",
            ],
        ),
        (
            "deadline_hours = 24\n",
            "",
            &[
                "workspace.toml:71: `queue.deadline_hours`: missing; accepted: the hours within which the work is to be done, such as 24",
            ],
        ),
        (
            "patience_s = 180.0",
            "deadline_hours = 4",
            &[
                "workspace.toml:40: `queue.deadline_hours`: `4`: customers of this channel wait on the line\n  hint: leave it out, or make the channel email, backoffice or callback",
            ],
        ),
        (
            "goal = { share = 0.80, within_s = 40 }\n",
            "",
            &["workspace.toml:59: `queue.goal`: missing; accepted: a table such as `{ share = 0.80, within_s = 20 }`"],
        ),
        (
            "definition = \"offered\"",
            "definition = \"all\"",
            &[
                "workspace.toml:39: `queue.goal.definition`: `all`: not one of the words allowed here; accepted: offered | answered | answered+abandoned | answered+abandoned-after | answered-or-abandoned-within",
            ],
        ),
        (
            "\"08:00-20:00\", sat",
            "\"20:00-08:00\", sat",
            &[
                "workspace.toml:50: `queue.region.hours.mon-fri`: `20:00-08:00`: ends before it begins; accepted: HH:MM-HH:MM within one day\n  hint: hours past midnight are two spans: `20:00-24:00` and, on the next day, `00:00-08:00`",
            ],
        ),
        (
            "sat = [\"09:00-12:00\"",
            "sat = [\"09:00-13:30\"",
            &[
                "workspace.toml:50: `queue.region.hours`: `sat`: overlaps other hours of sat; accepted: spans of a day that do not meet",
            ],
        ),
        (
            "mon-fri = \"08:00-20:00\", sat",
            "mo-fri = \"08:00-20:00\", sat",
            &[
                "workspace.toml:50: `queue.region.hours`: `mo-fri`: not one of the words allowed here; accepted: mon … sun, a range such as mon-fri, or daily\n  hint: did you mean `mon`?",
            ],
        ),
        (
            "sat = [\"09:00-12:00\"",
            "sat = [\"09:05-12:00\"",
            &[
                "workspace.toml:50: `queue.region.hours`: 09:05 in Europe/Warsaw (+01:00) is not a UTC multiple of 15 minutes; accepted: times at 00 past the hour and every 15 minutes from there\n  hint: or choose a shorter interval_minutes",
            ],
        ),
    ]);
}

#[test]
fn levels_that_end_before_they_begin_or_overlap() {
    check(&[
        (
            "price_lost = 6.0",
            "price_lost = 6.0\nlevel_changes = [{ from = '2026-11-10', until = '2026-11-10' }]",
            &[
                "workspace.toml:45: `queue.level_changes.until`: `2026-11-10`: not after `from`\n  hint: `until` is the first day on the old level again; leave it out if the new level stays",
            ],
        ),
        (
            "price_lost = 6.0",
            "price_lost = 6.0\nlevel_changes = [{ from = '2026-11-10', until = '2026-11-20' }, { from = '2026-11-12' }]",
            &[
                "workspace.toml:45: `queue.level_changes`: changes that overlap\n  hint: let each change end before the next begins",
            ],
        ),
    ]);
}

#[test]
fn an_hourly_grid_does_not_fit_half_past_utc() {
    let sample = SampleWorkspace::whole()
        .with(
            "workspace.toml",
            "timezone = \"America/New_York\"\n  hours = { daily = \"00:00-24:00\" }",
            "timezone = \"Asia/Kolkata\"\n  hours = { daily = \"09:00-18:00\" }",
        )
        .with("workspace.toml", "interval_minutes = 15", "interval_minutes = 60");
    let found = sample.problems();
    let expected = "workspace.toml:56: `queue.region.hours`: 09:00 in Asia/Kolkata (+05:30) is not a UTC multiple of 60 minutes; \
        accepted: times at 30 past the hour\n  hint: or choose a shorter interval_minutes";
    assert_eq!(found[0], expected);
    assert!(found.iter().any(|problem| {
        problem.contains("`15`: not a multiple of the plan's interval of 60 minutes; accepted: a multiple of 60")
    }));
}

#[test]
fn special_days_and_events() {
    check(&[
        (
            "regions = [\"pl\", \"us\"]",
            "regions = [\"pl\", \"uk\"]",
            &[
                "workspace.toml:139: `holiday.regions`: `uk`: unknown region; accepted: pl | us | all\n  hint: did you mean `us`?",
            ],
        ),
        (
            "sites = [\"krakow\"]",
            "sites = [\"cracow\"]",
            &[
                "workspace.toml:140: `holiday.sites`: `cracow`: unknown site; accepted: krakow | manila\n  hint: did you mean `krakow`?",
            ],
        ),
        (
            "credited_minutes_per_day = 480",
            "credited_minutes_per_day = 4800",
            &[
                "workspace.toml:146: `absence_kind.credited_minutes_per_day`: `4800`: too large; accepted: a whole number from 0 to 1440",
            ],
        ),
        (
            "share = 0.6 }, {",
            "share = 0.5 }, {",
            &[
                "workspace.toml:154: `event.schedule`: the shares of the schedule add up to 0.9; accepted: shares that add up to 1",
            ],
        ),
        (
            "at = \"2026-12-01T09:00\"",
            "at = \"2026-12-01T09:00:00+01:00\"",
            &[
                "workspace.toml:154: `event.schedule.at`: `2026-12-01T09:00:00+01:00`: an instant with an offset; accepted: a local time YYYY-MM-DDTHH:MM from 1970 to 2199, on the customers' clock\n  hint: leave the offset out: it is the wall clock of each region's customers",
            ],
        ),
        (
            "\"2026-11-10T00:00:00+01:00\"",
            "\"2026-11-10T00:00:00\"",
            &[
                "workspace.toml:157: `event.known_from`: `2026-11-10T00:00:00`: a local time, without an offset; accepted: RFC 3339 with an offset, such as 2026-12-01T09:00:00+01:00 or 2026-12-01T08:00:00Z\n  hint: write `2026-11-10T00:00:00+01:00` if the clock of Europe/Warsaw is meant, `2026-11-10T00:00:00Z` if it is UTC",
            ],
        ),
        (
            "reach = 120000",
            "reach = 0",
            &["workspace.toml:152: `event.reach`: `0`: zero; accepted: a number above 0, at most 10000000000"],
        ),
        (
            "shape = 1.4, ",
            "",
            &["workspace.toml:156: `event.kernel.shape`: missing; accepted: a number above 0, at most 100"],
        ),
        (
            "{ id = \"chat\", response",
            "{ id = \"orders\", response",
            &[
                "workspace.toml:153: `event.queues.id`: `orders`: the queue is named twice in the event\n  hint: put what is said of it into one entry",
            ],
        ),
    ]);
}

#[test]
fn a_list_that_must_hold_something_is_not_empty() {
    let hint = |hint: &str| format!("\n  hint: {hint}");
    let cases = [
        ("[480, 510, 540, 600]", "[]", "107: `contract.shift_lengths_minutes`: empty; accepted: at least one length".to_owned()),
        (
            "starts = [{ from = \"00:00\", until = \"23:45\", step_minutes = 15 }]",
            "starts = []",
            "130: `contract.starts`: empty; accepted: at least one window `{ from = \"06:00\", until = \"14:00\", step_minutes = 30 }`".to_owned(),
        ),
        (
            "skills = [\"orders\", \"chat\"]",
            "skills = []",
            format!("62: `queue.skills`: empty; accepted: at least one skill{}", hint("leave the key out if everybody may take the queue")),
        ),
        (
            "hours = { mon-sat = \"06:00-22:00\" }",
            "hours = {}",
            format!(
                "97: `site.hours`: empty; accepted: at least one day with its hours, such as `{{ mon-fri = \"08:00-20:00\" }}`{}",
                hint("leave the key out if the site is always open, or say `closed = true`")
            ),
        ),
        (
            "hours = { daily = \"00:00-24:00\" }\n  share",
            "hours = { daily = [] }\n  share",
            format!(
                "56: `queue.region.hours`: empty; accepted: at least one day with its hours, such as `{{ mon-fri = \"08:00-20:00\" }}`{}",
                hint("leave the region out if nobody there is served")
            ),
        ),
        (
            "files = [\"history.csv\"]",
            "files = []",
            "10: `history.files`: empty; accepted: at least one file, such as `files = [\"history.csv\"]`".to_owned(),
        ),
        (
            "regions = [\"us\", \"pl\"]",
            "regions = []",
            format!("155: `event.regions`: empty; accepted: at least one region{}", hint("leave the key out if all regions are meant")),
        ),
        (
            "sites = [\"krakow\"]",
            "sites = []",
            format!("140: `holiday.sites`: empty; accepted: at least one site{}", hint("leave the key out if no premium is due anywhere")),
        ),
    ];
    for (old, new, expected) in cases {
        let found = SampleWorkspace::whole().with("workspace.toml", old, new).problems();
        assert_eq!(found, [format!("workspace.toml:{expected}")], "after `{old}` became `{new}`");
    }
}

#[test]
fn an_entry_without_a_name_leaves_the_others_in_place() {
    let found = SampleWorkspace::whole().with("workspace.toml", "id = \"full\"\n", "").problems();
    assert_eq!(found[0], "workspace.toml:103: `contract.id`: missing; accepted: a text");
    assert!(found[1..].iter().all(|problem| problem.contains("`full`: unknown contract; accepted: part")), "{found:?}");
    let found =
        SampleWorkspace::whole().with("workspace.toml", "timezone = \"Europe/Warsaw\"\nseats", "seats").problems();
    assert_eq!(found, ["workspace.toml:93: `site.timezone`: missing; accepted: an IANA name, such as Europe/Warsaw"]);
}

#[test]
fn a_table_alone_is_a_list_of_one() {
    let settings = "[plan]\nstart = '2026-11-30'\ninterval_minutes = 30\ntimezone = 'Europe/Warsaw'\ncurrency = 'EUR'\n\
        [history]\nfiles = ['history.csv']\n\
        [queue]\nid = 'main'\nchannel = 'voice'\ngoal = { share = 0.8, within_s = 20 }\nskills = ['orders']\n\
        [queue.region]\nid = 'all'\ntimezone = 'Europe/Warsaw'\nhours = { daily = '08:00-20:00' }\n";
    let sample = ["skills", "availability", "absences", "preferences", "balances", "adjustments", "backlog", "agents"]
        .iter()
        .fold(SampleWorkspace::whole(), |sample, table| sample.without(&format!("{table}.csv")))
        .file("workspace.toml", settings.as_bytes())
        .scenario("s.toml", "[queue]\nid = 'main'\npriority = 2\n");
    let queues = sample.loaded().queues;
    assert_eq!((queues.len(), queues[0].priority, queues[0].regions.len()), (1, 2, 1));
}
