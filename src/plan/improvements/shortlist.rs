//! Of all candidates those worth living through: legal ones, of different kinds, days and people.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::ids::GroupIx;
use crate::domain::workforce::Workforce;

use super::candidates::{Candidate, Kind};
use super::legal::Judge;

/// Candidates of each kind that are lived through.
const OF_A_KIND: usize = 3;
/// Candidates of a kind, a group of people and a day of whom the checker is asked, the best first.
const ASKED: usize = 24;
/// So many times more of these are looked at than are wanted.
const SPARE: usize = 4;

/// The best legal candidates of each kind, one for each group of people and day.
pub(super) fn shortlist(candidates: Vec<Candidate>, judge: &Judge<'_>, workforce: &Workforce) -> Vec<Candidate> {
    let mut alike: BTreeMap<(Kind, GroupIx, NaiveDate), Vec<Candidate>> = BTreeMap::new();
    for candidate in candidates {
        let group = workforce.agents[candidate.shift.agent.0].group;
        alike.entry((candidate.kind, group, candidate.shift.date)).or_default().push(candidate);
    }
    let mut by_kind: BTreeMap<Kind, Vec<Vec<Candidate>>> = BTreeMap::new();
    for ((kind, _, _), mut alike) in alike {
        alike.sort_by(|one, other| score(other).total_cmp(&score(one)));
        alike.truncate(ASKED);
        by_kind.entry(kind).or_default().push(alike);
    }
    let best = |mut alike: Vec<Vec<Candidate>>| {
        alike.sort_by(|one, other| score(&other[0]).total_cmp(&score(&one[0])));
        alike.truncate(SPARE * OF_A_KIND);
        let legal = |alike: Vec<Candidate>| alike.into_iter().find(|of| judge.more_pay(of.exchange()).is_some());
        let mut legal: Vec<Candidate> = alike.into_par_iter().filter_map(legal).collect();
        legal.sort_by(|one, other| score(other).total_cmp(&score(one)));
        legal.truncate(OF_A_KIND);
        legal
    };
    by_kind.into_values().flat_map(best).collect()
}

/// What looks best of a kind: most contacts for its pay; of moves, which cost next to nothing, most contacts; of shorter shifts, most pay for
/// the contacts that may be lost.
fn score(of: &Candidate) -> f64 {
    /// Contacts that are as good as none.
    const NONE: f64 = 0.1;
    match of.kind {
        Kind::Move => of.gain,
        Kind::Add | Kind::Lengthen => of.gain / of.pay.max(f64::MIN_POSITIVE),
        Kind::Shorten => -of.pay / (NONE - of.gain),
    }
}
