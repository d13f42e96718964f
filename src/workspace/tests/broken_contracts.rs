//! One change breaks the contracts: what is said, word for word.

use super::broken_settings::check;
use super::sample::SampleWorkspace;

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
        let found = SampleWorkspace::whole().with("workspace.toml", "max_days_per_week = 5", &line).problems();
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
