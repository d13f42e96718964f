//! `ledger.csv`: how often each has had nights, weekends and the like; the `balances.csv` of the next plan.

use crate::domain::fairness::BurdenKind;
use crate::domain::time::PlanPeriod;
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, LedgerRow};
use crate::plan::{Rostered, burdens};

pub(super) fn write(rostered: &Rostered, period: &PlanPeriod) -> Result<Vec<u8>, OutputError> {
    let as_of = local_time::wall(period.grid().end(), period.zone);
    let rows = burdens(rostered).into_iter().flat_map(|of| {
        let agent = &rostered.workforce.agents[of.agent.0];
        BurdenKind::ALL.into_iter().enumerate().map(move |(at, kind)| LedgerRow {
            agent: agent.id.to_string(),
            name: agent.name.clone(),
            as_of,
            kind: kind.name().to_owned(),
            before: of.before[at],
            in_plan: of.in_plan[at],
            count: of.after(at),
        })
    });
    records::write(rows)
}
