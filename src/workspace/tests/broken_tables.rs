//! One change breaks a table: what is said, word for word.

use super::sample::SampleWorkspace;

/// A file, a text of it, what it is changed to, and the problems that follow.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

fn check(cases: &[Case]) {
    for (file, old, new, expected) in cases {
        let found = SampleWorkspace::whole().with(file, old, new).problems();
        assert_eq!(found, *expected, "{file} after `{old}` became `{new}`");
    }
}

#[test]
fn agents_and_their_skills() {
    check(&[
        (
            "agents.csv",
            "hourly_cost",
            "hourly_costs",
            &[
                "agents.csv:1: `hourly_costs`: unknown column; accepted: agent, name, site, contract, skills, level, hourly_cost, from, until, rotation_offset_days\n  hint: did you mean `hourly_cost`?",
                "agents.csv:1: `hourly_cost`: the column is missing; accepted: agent, name, site, contract, skills, level, hourly_cost, from, until, rotation_offset_days",
            ],
        ),
        (
            "agents.csv",
            "12.50,,",
            "12,50,,",
            &[
                "agents.csv:2: 10 fields where the header has 9\n  hint: a comma inside a text needs quotes around the text; items of a list are joined by |",
            ],
        ),
        (
            "agents.csv",
            "Ana Nowak,krakow",
            "Ana Nowak,krakov",
            &[
                "agents.csv:2: `site`: `krakov`: unknown site; accepted: krakow | manila\n  hint: did you mean `krakow`?",
            ],
        ),
        (
            "agents.csv",
            "Ana Nowak,krakow,full",
            "Ana Nowak,krakow,",
            &["agents.csv:2: `contract`: empty; accepted: full | part"],
        ),
        (
            "agents.csv",
            "\ncy,",
            "\nana,",
            &[
                "agents.csv:4: `agent`: `ana`: a second agent of this key, the first is in line 2\n  hint: every key stands for one person: rename one of them",
            ],
        ),
        (
            "agents.csv",
            "6,2026-12-03,",
            "6,2026-12-03,2026-12-01",
            &["agents.csv:3: `until`: `2026-12-01`: lies before `from`; accepted: the date of `from` or a later one"],
        ),
        (
            "agents.csv",
            "6,2026-12-03,",
            "-6,2026-12-32,",
            &[
                "agents.csv:3: `hourly_cost`: `-6`: negative; accepted: a decimal amount from 0 to 1000000000, with at most six places, such as 12.50",
                "agents.csv:3: `from`: `2026-12-32`: not a date; accepted: a date YYYY-MM-DD from 1970 to 2199",
            ],
        ),
        (
            "skills.csv",
            "ana,chat",
            "anna,chat",
            &["skills.csv:2: `agent`: `anna`: unknown agent; accepted: ana | bo | cy\n  hint: did you mean `ana`?"],
        ),
        (
            "skills.csv",
            "chat,2,0.8",
            "chat,2,0",
            &["skills.csv:2: `speed`: `0`: zero; accepted: a number above 0, at most 10"],
        ),
        (
            "skills.csv",
            "ana,orders,1",
            "ana,chat,1",
            &[
                "skills.csv:3: `skill`: `chat`: a second row for this agent and skill\n  hint: rows of one skill need `from` and `until` that do not overlap",
            ],
        ),
    ]);
}

#[test]
fn times_of_agents() {
    check(&[
        (
            "availability.csv",
            "mon,09:00",
            "monday,09:00",
            &["availability.csv:2: `day`: `monday`: not a day; accepted: a date YYYY-MM-DD or mon … sun"],
        ),
        (
            "availability.csv",
            "09:00,18:00,available",
            "09:00,18:00,availible",
            &[
                "availability.csv:2: `kind`: `availible`: not one of the words allowed here; accepted: available | unavailable\n  hint: did you mean `available`?",
            ],
        ),
        (
            "availability.csv",
            "09:00,18:00",
            "09:00,09:00",
            &[
                "availability.csv:2: `until`: `09:00`: no time at all; accepted: a time other than `from`; an earlier one is on the next day",
            ],
        ),
        (
            "availability.csv",
            "09:00,18:00",
            "9:00,18:00",
            &["availability.csv:2: `from`: `9:00`: not a clock time; accepted: HH:MM from 00:00 to 24:00"],
        ),
        (
            "absences.csv",
            "2026-12-04T00:00:00+01:00",
            "2026-12-04T00:00",
            &[
                "absences.csv:2: `start`: `2026-12-04T00:00`: a local time, without an offset; accepted: RFC 3339 with an offset, such as 2026-12-01T09:00:00+01:00, or a date YYYY-MM-DD of the agent's site\n  hint: write `2026-12-04T00:00:00+01:00` if the clock of Europe/Warsaw is meant, `2026-12-04T00:00:00Z` if it is UTC",
            ],
        ),
        (
            "absences.csv",
            "2026-12-05T",
            "2026-12-03T",
            &[
                "absences.csv:2: `end`: `2026-12-03T00:00:00+01:00`: does not lie after `start`; accepted: an instant after `start`, or its date or a later one",
            ],
        ),
        (
            "absences.csv",
            "vacation",
            "holiday",
            &["absences.csv:2: `kind`: `holiday`: unknown absence kind; accepted: vacation"],
        ),
        (
            "preferences.csv",
            "off,2",
            "off,-2",
            &["preferences.csv:2: `weight`: `-2`: negative; accepted: a number above 0, at most 1000"],
        ),
        (
            "balances.csv",
            "overtime,120",
            "overtime,2 h",
            &["balances.csv:2: `minutes`: `2 h`: not a number; accepted: a number from -10000000 to 10000000"],
        ),
        (
            "balances.csv",
            "overtime,120\n",
            "overtime,120\nana,2026-11-29T00:00:00Z,overtime,90\n",
            &[
                "balances.csv:3: `kind`: `overtime`: a second balance of this agent, instant and kind\n  hint: keep one of the rows",
            ],
        ),
    ]);
}

#[test]
fn demand() {
    check(&[
        (
            "adjustments.csv",
            "orders,pl",
            "orders,de",
            &["adjustments.csv:2: `region`: `de`: unknown region of the queue; accepted: pl | us"],
        ),
        (
            "adjustments.csv",
            "1.2,,250",
            "1.2,90,250",
            &["adjustments.csv:2: `offered`: `90`: `factor` is given too\n  hint: give one of them, or two rows"],
        ),
        (
            "adjustments.csv",
            "1.2,,250",
            ",,",
            &["adjustments.csv:2: `factor`: nothing to change; accepted: a value in factor, offered or aht_s"],
        ),
        ("adjustments.csv", ",fair", ",", &["adjustments.csv:2: `why`: empty; accepted: a text"]),
        (
            "backlog.csv",
            "mail,",
            "orders,",
            &[
                "backlog.csv:2: `queue`: `orders`: customers of this queue do not wait for days; accepted: a queue of channel email, backoffice or callback",
            ],
        ),
        (
            "backlog.csv",
            "Z,40",
            "Z,forty",
            &["backlog.csv:2: `contacts`: `forty`: not a number; accepted: a number from 0 to 1000000000"],
        ),
    ]);
}

#[test]
fn problems_of_all_files_come_in_one_report() {
    let sample = SampleWorkspace::whole()
        .with("workspace.toml", "weeks = 1", "weeks = 99")
        .with("workspace.toml", "seats = 60", "seats = \"many\"")
        .with("agents.csv", "junior,6", "junior,six")
        .file("preferences.csv", b"")
        .file("backlog.csv", b"queue,arrived,contacts\nmail,2026-11-29T10:00:00Z,\0\xff\n");
    let places: Vec<String> =
        sample.problems().iter().map(|problem| problem.split(": ").take(2).collect::<Vec<_>>().join(": ")).collect();
    let expected = [
        "workspace.toml:3: `plan.weeks`",
        "workspace.toml:96: `site.seats`",
        "agents.csv:3: `hourly_cost`",
        "preferences.csv:1: empty file; accepted",
        "backlog.csv: no text; accepted",
    ];
    assert_eq!(places, expected);
}

#[test]
fn what_may_be_meant_is_only_warned_of() {
    let sample = SampleWorkspace::whole().with("agents.csv", "orders|chat", "orders|caht").with(
        "skills.csv",
        "ana,chat,2,0.8,3,,\n",
        "",
    );
    let warnings: Vec<String> = sample.loaded().warnings.iter().map(ToString::to_string).collect();
    let told = "workspace.toml:59: `queue.id`: `chat`: no agent has all the skills of this queue\n  hint: nobody has `chat`, but 1 agent has `caht`, which no queue asks for, first at ";
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains(told) && warnings[0].ends_with("agents.csv:2: is one misspelt?"), "{warnings:?}");
}

#[test]
fn skills_that_no_queue_asks_for_are_told_once_each() {
    let sample = SampleWorkspace::whole()
        .with("agents.csv", "orders|chat", "orders|chat|caht|czech")
        .with("skills.csv", "ana,chat,2,0.8,3,,\n", "ana,chat,2,0.8,3,,\nana,czech,1,1,,,\n")
        .with("agents.csv", "bo,Bo Lim,manila,part,orders", "bo,Bo Lim,manila,part,orders|czech");
    let warnings: Vec<String> = sample.loaded().warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(
        warnings[0]
            .ends_with("agents.csv:2: `skills`: `caht`: no queue asks for this skill\n  hint: did you mean `chat`?")
    );
    assert!(warnings[1].ends_with("agents.csv:2: `skills`: `czech`: no queue asks for this skill; 2 agents have it"));
}

#[test]
fn agents_that_are_missing_altogether_are_one_problem() {
    let cause = "accepted: one row for each agent\n  hint: `skills.csv` speaks of agents: write them down, or remove that file and its like";
    let unnamed = SampleWorkspace::whole().with("workspace.toml", "agents = \"agents.csv\"", "");
    assert_eq!(unnamed.clone().without("agents.csv").problems(), [format!("agents.csv: no such file; {cause}")]);
    let header = b"agent,name,site,contract,skills,level,hourly_cost\n";
    assert_eq!(unnamed.file("agents.csv", header).problems(), [format!("agents.csv: no agents; {cause}")]);
    let named = SampleWorkspace::whole().without("agents.csv").problems();
    assert_eq!(named, ["agents.csv: no such file\n  hint: correct its name in [files], or leave the key out"]);
}
