//! Hours of weeks whose shifts were told before an absence was known: what is left of them is owed, whatever the absence is credited.
//!
//! Who falls ill on five of seven days loses the shifts of those days and no others, whether that is more or less than what an absence of so
//! many days is credited where a week is planned with it.

use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::time::{LocalDay, PlanPeriod, Zone, start_of_day};
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, BlockReason, Workforce};

/// Lets weeks with absences hold what people were told, as far as it can have been told before: of the days away as many may have been days
/// off as a week has, and as many the longest shifts. Sessions that were told count as owed.
pub(super) fn allow(workforce: &mut Workforce, shifts: &[Shift], period: &PlanPeriod) {
    for at in 0..workforce.agents.len() {
        let own: Vec<&Shift> = shifts.iter().filter(|shift| shift.agent.0 == at).collect();
        let (zone, rules) = (workforce.site_of(&workforce.agents[at]).zone, workforce.rules_of(&workforce.agents[at]));
        let (least, most, days_off) = (rules.min_week, rules.max_week, 7u32.saturating_sub(rules.max_days_per_week));
        let longest = rules.shift_lengths.iter().max().copied().unwrap_or(Minutes::ZERO);
        let agent = &mut workforce.agents[at];
        for week in 0..agent.weeks.len() {
            let away = days_away(agent, week, period, zone);
            if away == 0 {
                continue;
            }
            let told: Minutes =
                own.iter().filter(|shift| week_of(shift, period) == week).map(|shift| shift.paid()).sum();
            let credited = most - agent.weeks[week].max;
            let off = Minutes::new(credited.get() * i64::from(away.min(days_off)) / i64::from(away));
            raise_most(agent, week, told.min(agent.weeks[week].max + off));
            let lowest = least - Minutes::new(longest.get() * i64::from(away));
            lower_least(agent, week, told.max(lowest));
        }
        owe_sessions_told(agent, &own, zone);
    }
}

/// Whoever was told more sessions than are owed, since who else is there has changed, may hold them.
pub(super) fn owe_sessions_told(agent: &mut Agent, own: &[&Shift], zone: Zone) {
    for owed in &mut agent.owed {
        let within = own.iter().filter(|shift| owed.holds(start_of_day(shift.date, zone)));
        let pieces = within.flat_map(|shift| &shift.pieces);
        let is_one = |piece: &&Piece| matches!(piece.activity, Activity::Session { of, .. } if of == owed.activity);
        owed.times = owed.times.max(u32::try_from(pieces.filter(is_one).count()).unwrap_or(u32::MAX));
    }
}

/// Whoever cannot work all that was promised owes what is left of it: an absence told since is credited with the hours of the shifts that it
/// takes away, and hours that were told stay as many as the contract asks for.
pub(super) fn owe_what_is_left(
    agent: &mut Agent,
    own: &[&Shift],
    (least_of_contract, zone): (Minutes, Zone),
    period: &PlanPeriod,
) {
    let mut freed: Vec<Minutes> = Vec::with_capacity(agent.weeks.len());
    for week in 0..agent.weeks.len() {
        let of_week = || own.iter().filter(|shift| week_of(shift, period) == week);
        let (can, cannot): (Vec<&&Shift>, Vec<&&Shift>) = of_week().partition(|shift| agent.can_work(shift));
        let paid = |shifts: &[&&Shift]| -> Minutes { shifts.iter().map(|shift| shift.paid()).sum() };
        let (left, lost) = (paid(&can), paid(&cannot));
        let is_away = days_away(agent, week, period, zone) > 0;
        let before = agent.weeks[week].min;
        let mut least = if cannot.is_empty() && !is_away { before } else { before.min(left) };
        if is_away {
            least = least.max(left.min(least_of_contract - lost));
            // What was told is worked, whatever is credited for the rest.
            raise_most(agent, week, left);
        }
        agent.weeks[week].min = least;
        freed.push((before - least).max(Minutes::ZERO));
    }
    let mut weeks = freed.into_iter();
    for settled in &mut agent.settlement {
        let less: Minutes = weeks.by_ref().take(settled.weeks as usize).sum();
        settled.minutes.min = (settled.minutes.min - less).max(Minutes::ZERO);
    }
}

fn week_of(shift: &Shift, period: &PlanPeriod) -> usize {
    usize::try_from((shift.date - period.start).num_days() / 7).unwrap_or(0)
}

/// Dates of a week of the plan on which an absence keeps an agent away at some time.
fn days_away(agent: &Agent, week: usize, period: &PlanPeriod, zone: Zone) -> u32 {
    let absences = || agent.blocks.iter().filter(|block| matches!(block.reason, BlockReason::Absent(_)));
    let is_away = |date: &chrono::NaiveDate| {
        let day = LocalDay::of(*date, zone);
        absences().any(|block| block.span.from < day.end && day.start < block.span.until)
    };
    u32::try_from(period.dates().skip(7 * week).take(7).filter(is_away).count()).unwrap_or(7)
}

/// Asks no more of a week than so much, and of the settlement period that it belongs to so much less.
fn lower_least(agent: &mut Agent, week: usize, least: Minutes) {
    let less = agent.weeks[week].min - least.max(Minutes::ZERO);
    if less <= Minutes::ZERO {
        return;
    }
    agent.weeks[week].min -= less;
    let mut last = 0;
    for settled in &mut agent.settlement {
        last += settled.weeks as usize;
        if week < last {
            settled.minutes.min = (settled.minutes.min - less).max(Minutes::ZERO);
            return;
        }
    }
}

/// Lets a week hold at least so much, and the settlement period that it belongs to so much more.
fn raise_most(agent: &mut Agent, week: usize, most: Minutes) {
    let more = most - agent.weeks[week].max;
    if more <= Minutes::ZERO {
        return;
    }
    agent.weeks[week].max = most;
    let mut last = 0;
    for settled in &mut agent.settlement {
        last += settled.weeks as usize;
        if week < last {
            settled.minutes.max += more;
            return;
        }
    }
}
