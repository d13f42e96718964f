//! One change breaks the settings: what is said, word for word.

use super::world::World;

/// A text of `workspace.toml`, what it is changed to, and the problems that follow.
type Case = (&'static str, &'static str, &'static [&'static str]);

fn check(cases: &[Case]) {
    for (old, new, expected) in cases {
        let found = World::whole().with("workspace.toml", old, new).problems();
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
                "workspace.toml:3: `plan.weks`: unknown key; accepted: currency, interval_minutes, start, timezone, week_start, weeks\n  hint: did you mean `weeks`?",
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
            "\"30.11.2026\"",
            &["workspace.toml:2: `plan.start`: `30.11.2026`: not a date; accepted: a date YYYY-MM-DD or next-monday"],
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
                "workspace.toml:23: `stafing`: unknown key; accepted: absence_kind, contract, cover, event, files, forecast, history, holiday, objective, plan, queue, site, staffing\n  hint: did you mean `staffing`?",
            ],
        ),
        ("weeks = 1", "weeks = [1]", &["workspace.toml:3: `plan.weeks`: a list; accepted: a single value"]),
    ]);
}

#[test]
fn what_is_not_toml() {
    let found = World::whole().with("workspace.toml", "weeks = 1", "weeks = ").problems();
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("workspace.toml:3: not TOML: "), "{}", found[0]);
    let found = World::whole().without("workspace.toml").problems();
    assert_eq!(found, ["workspace.toml: no such file\n  hint: `obsada init DIR` writes a workspace to begin with"]);
}

#[test]
fn folders_and_files_are_told_apart() {
    let found = World::whole().with("workspace.toml", "agents = \"agents.csv\"", "agents = \".\"").problems();
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
    let missing = World::whole().without("history.csv").problems();
    assert_eq!(missing.len(), 1);
    assert!(missing[0].starts_with(
        "workspace.toml:10: `history.files`: `history.csv`: no such file\n  hint: files are looked for in"
    ));
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
fn an_hourly_grid_does_not_fit_half_past_utc() {
    let world = World::whole()
        .with(
            "workspace.toml",
            "timezone = \"America/New_York\"\n  hours = { daily = \"00:00-24:00\" }",
            "timezone = \"Asia/Kolkata\"\n  hours = { daily = \"09:00-18:00\" }",
        )
        .with("workspace.toml", "interval_minutes = 15", "interval_minutes = 60");
    let found = world.problems();
    let expected = "workspace.toml:56: `queue.region.hours`: 09:00 in Asia/Kolkata (+05:30) is not a UTC multiple of 60 minutes; \
        accepted: times at 30 past the hour\n  hint: or choose a shorter interval_minutes";
    assert_eq!(found[0], expected);
    assert!(found.iter().any(|problem| {
        problem.contains("`15`: not a multiple of the plan's interval of 60 minutes; accepted: a multiple of 60")
    }));
}

#[test]
fn contracts_that_no_week_can_satisfy() {
    check(&[
        (
            "max_hours_per_week = 40",
            "max_hours_per_week = 38",
            &[
                "workspace.toml:105: `contract.min_hours_per_week`: `40`: more than max_hours_per_week; accepted: at most 38 hours",
            ],
        ),
        (
            "[480, 510, 540, 600]",
            "[480]",
            &[
                "workspace.toml:105: `contract.min_hours_per_week`: `40`: cannot be reached: 5 days of at most 7.5 paid hours make 37.5; accepted: a range that holds 37.5 hours\n  hint: lengths are elapsed: unpaid breaks come off them",
            ],
        ),
        (
            "[480, 510, 540, 600]",
            "[540]",
            &[
                "workspace.toml:105: `contract.min_hours_per_week`: `40`: no shifts of the given lengths pay between 40 and 40 hours in at most 5 days; accepted: a range that holds 34 or 42.5 hours\n  hint: lengths are elapsed: unpaid breaks come off them",
            ],
        ),
        (
            "[480, 510",
            "[485, 510",
            &[
                "workspace.toml:107: `contract.shift_lengths_minutes`: `485`: not a multiple of the plan's interval of 15 minutes; accepted: a multiple of 15",
            ],
        ),
        (
            "step_minutes = 30",
            "step_minutes = 20",
            &[
                "workspace.toml:108: `contract.starts.step_minutes`: `20`: not a multiple of the plan's interval of 15 minutes; accepted: a multiple of 15",
            ],
        ),
        (
            "until = \"14:00\"",
            "until = \"05:00\"",
            &[
                "workspace.toml:108: `contract.starts.until`: `05:00`: the last start lies before the first\n  hint: starts past midnight are a window of their own, such as 00:00 to 02:00",
            ],
        ),
        (
            "from = \"06:00\", until = \"14:00\"",
            "from = \"06:10\", until = \"14:10\"",
            &[
                "workspace.toml:103: `contract.starts.from`: `06:10`: no shift of site krakow can start then: 06:10 in Europe/Warsaw (+01:00) is not a UTC multiple of 15 minutes; accepted: times at 00 past the hour and every 15 minutes from there\n  hint: or choose a shorter interval_minutes",
            ],
        ),
        (
            "minutes = 30, from",
            "minutes = 25, from",
            &[
                "workspace.toml:111: `contract.breaks.minutes`: `25`: not a multiple of the plan's interval of 15 minutes; accepted: a multiple of 15",
            ],
        ),
        (
            "latest_minutes = 330",
            "latest_minutes = 200",
            &[
                "workspace.toml:111: `contract.breaks.latest_minutes`: `200`: lies before earliest_minutes; accepted: earliest_minutes or more",
                "workspace.toml:109: `contract.breaks`: break 2 cannot start by 200 min of a shift of 480 min\n  hint: widen the windows, shorten min_between_breaks_minutes, or raise from_length_minutes",
            ],
        ),
        (
            "min_between_breaks_minutes = 60",
            "min_between_breaks_minutes = 300",
            &[
                "workspace.toml:109: `contract.breaks`: break 2 cannot start by 330 min of a shift of 480 min\n  hint: widen the windows, shorten min_between_breaks_minutes, or raise from_length_minutes",
            ],
        ),
        (
            "weekday = \"sun\"",
            "weekday = \"sun\", holiday = true",
            &[
                "workspace.toml:121: `contract.premiums.class`: 2 times at which the premium is due; accepted: exactly one of clock, weekday, holiday = true",
            ],
        ),
        (
            "max_days_per_week = 5",
            "max_days_per_week = 8",
            &["workspace.toml:117: `contract.max_days_per_week`: `8`: too large; accepted: a whole number from 1 to 7"],
        ),
    ]);
}

#[test]
fn split_shifts_of_contracts() {
    /// The contract with the keys of its split shifts, and the problems on their line.
    fn split(keys: &str, expected: &[&str]) {
        let line = format!("max_days_per_week = 5\nsplit = {{ {keys} }}");
        let found = World::whole().with("workspace.toml", "max_days_per_week = 5", &line).problems();
        let expected: Vec<String> = expected.iter().map(|problem| format!("workspace.toml:118: {problem}")).collect();
        assert_eq!(found, expected, "after {keys}");
    }
    split(
        "min_gap_minutes = 120, max_gap_minutes = 60, min_part_minutes = 180",
        &["`contract.split.max_gap_minutes`: `60`: less than min_gap_minutes; accepted: min_gap_minutes or more"],
    );
    split(
        "min_gap_minutes = 60, max_gap_minutes = 300, min_part_minutes = 50",
        &[
            "`contract.split.min_part_minutes`: `50`: not a multiple of the plan's interval of 15 minutes; accepted: a multiple of 15",
        ],
    );
    split(
        "min_gap_minutes = 60, max_gap_minutes = 300, min_part_minutes = 315",
        &[
            "`contract.split`: no shift can be split: the longest lasts 600 min; accepted: min_part_minutes of at most 300, from_length_minutes of at most 600",
        ],
    );
    split(
        "min_gap_minutes = 60, max_gap_minutes = 900, min_part_minutes = 180",
        &[
            "`contract.split`: a split shift would last 1500 min from start to end, more than a day; accepted: max_gap_minutes of at most 840",
        ],
    );
    // 17 starts, 25 + 27 + 29 + 33 ways to cut 480 to 600 minutes, 17 gaps.
    split(
        "min_gap_minutes = 60, max_gap_minutes = 300, min_part_minutes = 60, step_minutes = 15",
        &[
            "`contract.split`: 32946 split shifts a day; accepted: at most 20000\n  hint: a longer step_minutes tries fewer gaps and parts",
        ],
    );
    split(
        "min_gap_minutes = 60, max_gap_minutes = 300, min_part_minutes = 180, gap_pay_share = 50",
        &[
            "`contract.split.gap_pay_share`: `50`: too large; accepted: a share from 0 to 1\n  hint: 50 % is written 0.5",
        ],
    );
    split(
        "min_gap_minutes = 60, max_gap_minutes = 300, min_part_minutes = 180, gap_pay = 0.5",
        &[
            "`contract.split.gap_pay`: unknown key; accepted: from_length_minutes, gap_pay_share, max_gap_minutes, max_per_week, min_gap_minutes, min_part_minutes, step_minutes",
        ],
    );
}

#[test]
fn rhythms_of_contracts() {
    check(&[
        (
            "max_days_per_week = 5",
            "max_days_per_week = 5\nmin_consecutive_days = 7",
            &[
                "workspace.toml:118: `contract.min_consecutive_days`: `7`: more than max_consecutive_days; accepted: at most 6",
            ],
        ),
        (
            "max_days_per_week = 5",
            "max_days_per_week = 5\nmax_weekends = -1",
            &["workspace.toml:118: `contract.max_weekends`: `-1`: too small; accepted: a whole number from 0 to 53"],
        ),
        (
            "max_days_per_week = 5",
            "max_days_per_week = 5\nrotation = { on = 4, off = 0, from = 2026-01-05 }",
            &["workspace.toml:118: `contract.rotation.off`: `0`: too small; accepted: a whole number from 1 to 28"],
        ),
        (
            "max_days_per_week = 5",
            "max_days_per_week = 5\nrotation = { on = 2, off = 2, from = 2026-01-05 }",
            &[
                "workspace.toml:105: `contract.min_hours_per_week`: `40`: cannot be reached: 4 days of at most 9.5 paid hours make 38; accepted: a range that holds 38 hours\n  hint: lengths are elapsed: unpaid breaks come off them",
            ],
        ),
        (
            "max_days_per_week = 5",
            "max_days_per_week = 5\nmax_start_spread_minutes = 1441",
            &[
                "workspace.toml:118: `contract.max_start_spread_minutes`: `1441`: too large; accepted: a whole number from 0 to 1440",
            ],
        ),
        (
            "max_days_per_week = 5",
            "max_days_per_week = 5\nmax_sundays_in_a_row = \"three\"",
            &[
                "workspace.toml:118: `contract.max_sundays_in_a_row`: `three`: not a whole number; accepted: a whole number from 0 to 53",
            ],
        ),
        (
            "max_days_per_week = 5",
            "max_days_per_week = 5\nforbidden_successions = [{ ends_after = \"22:00\" }]",
            &[
                "workspace.toml:118: `contract.forbidden_successions.starts_before`: missing; accepted: HH:MM from 00:00 to 24:00",
            ],
        ),
        (
            "max_days_per_week = 5",
            "max_days_per_week = 5\nmin_days_off_in_a_row = 0",
            &[
                "workspace.toml:118: `contract.min_days_off_in_a_row`: `0`: too small; accepted: a whole number from 1 to 31",
            ],
        ),
    ]);
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
        let found = World::whole().with("workspace.toml", old, new).problems();
        assert_eq!(found, [format!("workspace.toml:{expected}")], "after `{old}` became `{new}`");
    }
}

#[test]
fn an_entry_without_a_name_leaves_the_others_in_place() {
    let found = World::whole().with("workspace.toml", "id = \"full\"\n", "").problems();
    assert_eq!(found[0], "workspace.toml:103: `contract.id`: missing; accepted: a text");
    assert!(found[1..].iter().all(|problem| problem.contains("`full`: unknown contract; accepted: part")), "{found:?}");
    let found = World::whole().with("workspace.toml", "timezone = \"Europe/Warsaw\"\nseats", "seats").problems();
    assert_eq!(found, ["workspace.toml:93: `site.timezone`: missing; accepted: an IANA name, such as Europe/Warsaw"]);
}

#[test]
fn a_table_alone_is_a_list_of_one() {
    let settings = "[plan]\nstart = '2026-11-30'\ninterval_minutes = 30\ntimezone = 'Europe/Warsaw'\ncurrency = 'EUR'\n\
        [history]\nfiles = ['history.csv']\n\
        [queue]\nid = 'main'\nchannel = 'voice'\ngoal = { share = 0.8, within_s = 20 }\nskills = ['orders']\n\
        [queue.region]\nid = 'all'\ntimezone = 'Europe/Warsaw'\nhours = { daily = '08:00-20:00' }\n";
    let world = ["skills", "availability", "absences", "preferences", "balances", "adjustments", "backlog", "agents"]
        .iter()
        .fold(World::whole(), |world, table| world.without(&format!("{table}.csv")))
        .file("workspace.toml", settings.as_bytes())
        .scenario("s.toml", "[queue]\nid = 'main'\npriority = 2\n");
    let queues = world.loaded().queues;
    assert_eq!((queues.len(), queues[0].priority, queues[0].regions.len()), (1, 2, 1));
}
