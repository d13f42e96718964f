//! People invented to fit a history's load: a rule of thumb for their number, their names say that they do not exist.

use std::fmt::Write;

use super::queues::StarterQueue;
use super::terms::Terms;
use crate::generate::skill_profiles::apportion;

/// Share of paid hours in which people are at work where they are needed: the rest goes to breaks, to people who do not
/// turn up, and to shifts that do not fit the load.
const USEFUL_SHARE: f64 = 0.76;

/// An invented agent: positions of contract and of queues served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Invented {
    contract: &'static str,
    queues: Vec<usize>,
}

/// Enough people of each contract for the load of an average week.
pub(super) fn staff(queues: &[StarterQueue], terms: &[Terms]) -> Vec<Invented> {
    let at_night = |hour: usize| terms.iter().any(|terms| terms.nights) && !(6..22).contains(&(hour % 24));
    let hours = |queue: &StarterQueue, night: bool| -> f64 {
        (0..7 * 24).filter(|hour| at_night(*hour) == night).map(|hour| heads(queue, hour)).sum::<f64>() / USEFUL_SHARE
    };
    let mut staff = Vec::new();
    for terms in terms {
        let by_queue: Vec<f64> = queues.iter().map(|queue| terms.share * hours(queue, terms.nights)).collect();
        let per_head = (terms.hours.0 + terms.hours.1) as f64 / 2.0;
        let needed = (by_queue.iter().sum::<f64>() / per_head.max(1.0)).ceil().max(2.0);
        let counts = apportion(usize::try_from(crate::generate::random::whole(needed)).unwrap_or(2), &by_queue);
        for (queue, count) in counts.into_iter().enumerate() {
            staff.extend((0..count).map(|number| Invented {
                contract: terms.id,
                queues: skills(queue, number, queues.len(), terms.nights),
            }));
        }
    }
    staff
}

/// Agents of an hour of the week by square-root staffing, at least one while the queue is open.
fn heads(queue: &StarterQueue, hour: usize) -> f64 {
    let contacts = queue.mean_by_hour.get(hour).copied().unwrap_or(0.0);
    let load = contacts * queue.aht_s / 3600.0;
    if load > 0.0 { (load + 0.75 * load.sqrt()).ceil() } else { 0.0 }
}

/// At night everyone serves every queue; by day every second agent knows the next queue too.
fn skills(queue: usize, number: usize, queues: usize, nights: bool) -> Vec<usize> {
    if nights {
        (0..queues).collect()
    } else if number.is_multiple_of(2) || queues == 1 {
        vec![queue]
    } else {
        vec![queue, (queue + 1) % queues]
    }
}

/// `agents.csv`; the skill a queue needs is named as in the settings.
pub(super) fn agents_csv(staff: &[Invented], queues: &[StarterQueue]) -> String {
    let mut csv = String::from("agent,name,site,contract,skills,level,hourly_cost\n");
    for (agent, number) in staff.iter().zip(1..) {
        let skills: Vec<&str> = agent.queues.iter().map(|queue| queues[*queue].skill.as_str()).collect();
        let _ = writeln!(
            csv,
            "x{number:03},Invented {number:03},{},{},{},invented,{HOURLY_COST}",
            super::settings::SITE,
            agent.contract,
            skills.join("|")
        );
    }
    csv
}

/// What an invented agent costs per hour.
const HOURLY_COST: &str = "15.00";
