//! A split shift is one that the contract allows: it has one gap, which is long enough and not too long, each part is long
//! enough, and a rule week holds no more of them than may be.
//!
//! A shift is split when its pieces leave a gap. Gap and parts are elapsed times; from which length a shift may be split
//! is asked of both parts together.

use crate::domain::roster::Shift;
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::span::Span;
use crate::domain::split::SplitRule;
use crate::domain::units::Minutes;
use crate::roster::check::agent_shifts::{AgentShifts, days};
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let of_shifts = line.shifts.iter().flat_map(|shift| {
        let faults = faults(shift, line.rules.split.as_ref());
        faults.into_iter().map(|(by, detail)| line.broken(Rule::Split, shift.date, Excess::Minutes(by), detail))
    });
    of_shifts.chain(too_many(line)).collect()
}

fn is_split(shift: &Shift) -> bool {
    shift.parts().count() > 1
}

/// What is wrong with the gap and the parts of a shift, and by how many minutes.
fn faults(shift: &Shift, rule: Option<&SplitRule>) -> Vec<(Minutes, String)> {
    let parts: Vec<Span> = shift.present().collect();
    let gaps: Vec<Minutes> =
        parts.windows(2).map(|pair| Span { from: pair[0].until, until: pair[1].from }.length()).collect();
    let Some(rule) = rule else {
        let fault = |gap: Minutes| (gap, tr!("a gap of {gap}, and the contract has no split shifts", gap));
        return gaps.into_iter().map(fault).collect();
    };
    if gaps.is_empty() {
        return Vec::new();
    }
    let length = shift.length();
    let short = (length < rule.from_length).then(|| {
        let detail = tr!("a shift of {length} is split, only those of {} or more may be", rule.from_length, length);
        (rule.from_length - length, detail)
    });
    let further = gaps.iter().skip(1).map(|gap| (*gap, tr!("a further gap of {gap}", gap))).collect::<Vec<_>>();
    let gaps = gaps.into_iter().filter_map(|gap| {
        let off = (rule.min_gap - gap).max(gap - rule.max_gap);
        let detail = || tr!("a gap of {gap}, not between {} and {}", rule.min_gap, rule.max_gap, gap);
        (off > Minutes::ZERO).then(|| (off, detail()))
    });
    let parts = parts.iter().map(Span::length).filter(|part| *part < rule.min_part);
    let parts =
        parts.map(|part| (rule.min_part - part, tr!("a part of {part}, at least {} are due", rule.min_part, part)));
    short.into_iter().chain(further).chain(gaps).chain(parts).collect()
}

/// One violation per rule week with too many.
fn too_many(line: &AgentShifts<'_>) -> Vec<Violation> {
    let Some(most) = line.rules.split.and_then(|rule| rule.max_per_week) else { return Vec::new() };
    let most = most as usize;
    let broken = line.weeks().filter_map(|(_, first)| {
        let worked = line.shifts_of_week(first).filter(|shift| is_split(shift)).count();
        let detail = tr!("{worked} split shifts in the week, {most} may be", worked, most);
        (worked > most).then(|| line.broken(Rule::Split, first, days(worked - most), detail))
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::units::Share;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Gaps of two to five hours, parts of at least three, from seven hours on, two a week.
    fn instance() -> TinyInstance {
        let rule = SplitRule {
            min_gap: Minutes::hours(2),
            max_gap: Minutes::hours(5),
            min_part: Minutes::hours(3),
            from_length: Minutes::hours(7),
            step: Minutes::hours(1),
            max_per_week: Some(2),
            gap_pay: Share::NONE,
        };
        TinyInstance::new(LabourRules { split: Some(rule), ..lenient() })
    }

    fn excess(rows: &[&str]) -> Vec<Excess> {
        instance().excess(violations, rows)
    }

    fn hours(hours: &[i64]) -> Vec<Excess> {
        hours.iter().map(|&hours| Excess::Minutes(Minutes::hours(hours))).collect()
    }

    #[test]
    fn a_day_in_two_parts_and_one_in_one_are_legal() {
        assert_eq!(excess(&["mon 08:00 wwww....wwww", "tue 08:00 wwmw", "wed 08:00 wmww..bww"]), []);
    }

    #[test]
    fn a_gap_beside_its_limits_counts_the_distance() {
        assert_eq!(excess(&["mon 08:00 wwww.wwww"]), hours(&[1]));
        assert_eq!(excess(&["mon 06:00 wwww.......wwww"]), hours(&[2]));
    }

    #[test]
    fn a_second_gap_counts_whole() {
        assert_eq!(excess(&["mon 06:00 www..www...www"]), hours(&[3]));
    }

    #[test]
    fn a_part_too_short_counts_what_it_lacks() {
        assert_eq!(excess(&["mon 08:00 w...wwwwww"]), hours(&[2]));
    }

    #[test]
    fn a_short_shift_is_not_split() {
        // Three and three hours are one fewer than the seven from which a shift may be split.
        assert_eq!(excess(&["mon 08:00 www...www"]), hours(&[1]));
    }

    #[test]
    fn the_third_of_a_week_is_one_too_many() {
        let rows = ["mon", "tue", "sun"].map(|day| format!("{day} 08:00 wwww....wwww"));
        assert_eq!(excess(&rows.each_ref().map(String::as_str)), [Excess::Days(1)]);
    }

    #[test]
    fn a_contract_without_split_shifts_allows_no_gap() {
        assert_eq!(TinyInstance::new(lenient()).excess(violations, &["mon 08:00 wwww....wwww"]), hours(&[4]));
    }

    #[test]
    fn a_gap_is_elapsed_time_when_clocks_go_back() {
        // From 00:00 to 05:00 on the wall of that night are six hours, one too many.
        let mut instance = TinyInstance::starting("2026-10-19", chrono_tz::Europe::Warsaw, lenient());
        instance.workforce.contracts[0].rules.split = self::instance().workforce.contracts[0].rules.split;
        assert_eq!(instance.excess(violations, &["sat 20:00 wwww......wwww"]), hours(&[1]));
        assert_eq!(instance.excess(violations, &["sat 20:00 wwww.....wwww"]), []);
    }
}
