//! Who still learns in a plan, said once.

use tr::tr;

use super::groups;
use super::model::{Horizon, People, Person};
use crate::domain::problem::Problem;
use crate::domain::time::PlanPeriod;

impl People {
    /// Says who still learns in the plan.
    pub(super) fn learners(&self, period: &PlanPeriod) -> Option<Problem> {
        /// Names in a sentence.
        const NAMED: usize = 5;
        let of_person = |person: &Person| {
            let horizon = Horizon::of(period, self.sites[person.record.site.0].site.zone);
            groups::slowest_pace(person, &horizon, self.learning)
        };
        let learners: Vec<(&Person, f64)> =
            self.employed_in(period).filter_map(|person| Some((person, of_person(person)?))).collect();
        let (first, _) = learners.first()?;
        let name = |(person, pace): &(&Person, f64)| format!("{} {:.0} %", person.record.id.as_str(), 100.0 * pace);
        let named = learners.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
        let more = if learners.len() > NAMED { tr!(" and others") } else { String::new() };
        let cause = tr!(
            "{n} person still learns and counts for less than the usual speed: {named}{more}"
                | "{n} people still learn and count for less than their usual speed: {named}{more}" % learners.len(),
            named,
            more
        );
        let hint = tr!("[learning] says how fast that goes, `from` when somebody began");
        Some(first.record.place.problem(cause).in_column("from").hinting(hint))
    }
}
