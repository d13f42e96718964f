//! How the people of a workspace look to one plan: who is employed in it, with blocks, minutes owed, wishes and groups.

use std::collections::BTreeSet;
use tr::tr;

use chrono::NaiveDate;

use crate::domain::fairness::BurdenPrice;
use crate::domain::problem::{Problem, Problems};
use crate::domain::queue::Queue;
use crate::domain::span::Span;
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, Carry, Contract, SkillGroup, Workforce};
use crate::workspace::settings::SiteSettings;
use crate::workspace::tables::Absence;

use super::model::{Horizon, People, Person};
use super::{absent, blocks, burdens, groups, headcounts, sessions, settlement, weeks, wishes};

impl People {
    /// Those employed on some date of the plan, as the plan sees them.
    pub(crate) fn workforce(&self, queues: &[Queue], period: &PlanPeriod, as_of: Instant) -> Workforce {
        let persons: Vec<&Person> = self.employed_in(period).collect();
        let keys: Vec<&str> = persons.iter().map(|person| person.record.id.as_str()).collect();
        let absent = absent::choose(&keys, &self.absent_shares);
        let horizons: Vec<Horizon> = self.sites.iter().map(|site| Horizon::of(period, site.site.zone)).collect();
        let closed: Vec<Vec<Span>> =
            self.sites.iter().zip(&horizons).map(|(site, horizon)| site_closed(site, horizon)).collect();
        let mut groups = Vec::new();
        let mut agents = Vec::new();
        for (at, person) in persons.into_iter().enumerate() {
            let site = person.record.site.0;
            let mut agent = self.agent(person, queues, &horizons[site], &closed[site], as_of, &mut groups);
            agent.burdens_before = burdens::had(person, period.grid().start());
            if absent.contains(&at) {
                agent.blocks.insert(0, blocks::away_throughout("absent_share", &horizons[site]));
                agent.wishes.clear();
            }
            if absent.contains(&at) || self.sites[site].is_closed {
                // The week is credited in full.
                for week in &mut agent.weeks {
                    week.max -= week.min;
                    week.min = Minutes::ZERO;
                }
            }
            agents.push(agent);
        }
        burdens::price(self, &mut agents);
        sessions::owe(self, &mut agents, &horizons, period);
        let sites = self.sites.iter().map(|site| site.site.clone()).collect();
        let headcounts = headcounts::headcounts(self, &agents, period);
        let activities = sessions::kinds(self, &agents);
        let contracts = self.contracts.clone();
        let burdens = self.fairness.rules.clone();
        let mut workforce = Workforce { sites, contracts, groups, agents, headcounts, burdens, activities };
        self.settle(&mut workforce, period, as_of, &|_, _| None);
        workforce
    }

    /// Settles the weeks of a plan with those around it. `worked` tells the paid minutes of an agent, by key, in the
    /// week before the plan that begins on a date, where they are known.
    pub(crate) fn settle(
        &self,
        workforce: &mut Workforce,
        period: &PlanPeriod,
        as_of: Instant,
        worked: &dyn Fn(&str, NaiveDate) -> Option<Minutes>,
    ) {
        let persons: Vec<&Person> = self.employed_in(period).collect();
        let keys: Vec<&str> = persons.iter().map(|person| person.record.id.as_str()).collect();
        let absent = absent::choose(&keys, &self.absent_shares);
        for (at, (person, agent)) in persons.iter().zip(&mut workforce.agents).enumerate() {
            let record = &person.record;
            let Some(terms) = &self.settlements[record.contract.0] else { continue };
            let site = &self.sites[record.site.0];
            let account = settlement::Account {
                terms,
                rules: &self.contracts[record.contract.0].rules,
                person,
                credits: &self.credits,
                as_of,
                plan: Horizon::of(period, site.site.zone),
                is_away: absent.contains(&at) || site.is_closed,
                worked: &|week| worked(keys[at], week),
            };
            agent.settlement = account.periods(&agent.weeks);
        }
    }

    /// Per contract of somebody employed in the plan, the weeks of its settlement period before the plan that are not known.
    pub(crate) fn unknown_weeks(
        &self,
        period: &PlanPeriod,
        is_known: &dyn Fn(NaiveDate) -> bool,
    ) -> Vec<(&Contract, Vec<NaiveDate>)> {
        let employed: BTreeSet<usize> = self.employed_in(period).map(|person| person.record.contract.0).collect();
        let settled = employed.iter().filter_map(|&at| Some((&self.contracts[at], self.settlements[at].as_ref()?)));
        let unknown = settled.map(|(contract, terms)| {
            (contract, terms.weeks_before(period.start).filter(|week| !is_known(*week)).collect::<Vec<_>>())
        });
        unknown.filter(|(_, weeks)| !weeks.is_empty()).collect()
    }

    /// What is wrong with the periods of settlement if the plan's weeks are these.
    pub(crate) fn unsettled(&self, period: &PlanPeriod) -> Problems {
        let problems = self.settlements.iter().flatten().filter_map(|terms| terms.off_weeks_from(period.start));
        let mut all = Problems::none();
        problems.for_each(|problem| all.push(problem));
        all
    }

    /// The keys of all agents, employed in the plan or not.
    pub(crate) fn keys(&self) -> BTreeSet<&str> {
        self.persons.iter().map(|person| person.record.id.as_str()).collect()
    }

    /// What the planner should know about the people of this plan.
    pub(crate) fn warnings(&self, queues: &[Queue], period: &PlanPeriod) -> Vec<Problem> {
        let mut warnings = Vec::new();
        for person in self.employed_in(period) {
            let horizon = Horizon::of(period, self.sites[person.record.site.0].site.zone);
            for row in groups::passing_skills(person, &horizon) {
                let warning = row.place.problem(tr!("the skill begins or ends within the plan and is not used in it"));
                let hint = tr!("plan the weeks before and after it apart with --start and --weeks");
                warnings.push(warning.in_column("skill").with_value(&row.skill).hinting(hint));
            }
            let rotation = self.contracts[person.record.contract.0].rules.rhythm.rotation;
            if person.record.rotation_offset_days > 0 && rotation.is_none() {
                let warning = person.record.place.problem(tr!("the agent's contract has no rotation to be behind"));
                let days = person.record.rotation_offset_days.to_string();
                warnings.push(warning.in_column("rotation_offset_days").with_value(&days));
            }
            if groups::abilities(person, queues, &horizon, self.learning).is_empty() {
                let warning = person.record.place.problem(tr!("the agent can serve no queue")).in_column("skills");
                let hint = tr!("an agent needs all the skills that a queue asks for");
                warnings.push(warning.with_value(person.record.skills.join("|")).hinting(hint));
            }
        }
        warnings.extend(self.learners(period));
        warnings
    }

    /// What the planner should know of absences within the plan that are known only after its as-of, where that instant was
    /// not asked for: those who are away are rostered.
    pub(crate) fn known_later(&self, period: &PlanPeriod, as_of: Instant) -> Option<Problem> {
        let later: Vec<(&Person, &Absence)> = self
            .employed_in(period)
            .flat_map(|person| {
                let horizon = Horizon::of(period, self.sites[person.record.site.0].site.zone);
                blocks::absences_known_after(person, &horizon, as_of).map(move |absence| (person, absence))
            })
            .collect();
        let shown = |at: Instant| at.with_timezone(&period.zone).to_rfc3339();
        let known = |absence: &Absence| absence.known_from.map_or_else(String::new, shown);
        let (_, first) = later.first()?;
        let agents: BTreeSet<&str> = later.iter().map(|(person, _)| person.record.id.as_str()).collect();
        let named: Vec<&str> = agents.iter().copied().take(5).collect();
        let more = if agents.len() > named.len() { tr!(" and others") } else { String::new() };
        let cause = tr!(
            "known only after {}, as of which the plan is made: {}{more} may be rostered when away",
            shown(as_of),
            named.join(", "),
            more
        );
        // Those known only after the plan begins cannot be planned for.
        let begin = period.grid().start();
        let latest = later.iter().filter_map(|(_, absence)| absence.known_from).filter(|known| *known <= begin).max();
        let hint = match latest {
            Some(latest) => {
                tr!("known already? --as-of {} --start {} plans with that", shown(latest), period.start)
            }
            None => tr!("known already? correct its known_from, or leave it empty"),
        };
        Some(first.place.problem(cause).in_column("known_from").with_value(known(first)).hinting(hint))
    }

    pub(super) fn employed_in(&self, period: &PlanPeriod) -> impl Iterator<Item = &Person> {
        let dates: Vec<NaiveDate> = period.dates().collect();
        self.persons.iter().filter(move |person| dates.iter().any(|date| person.record.employed.holds(*date)))
    }

    fn agent(
        &self,
        person: &Person,
        queues: &[Queue],
        horizon: &Horizon,
        closed: &[Span],
        as_of: Instant,
        groups: &mut Vec<SkillGroup>,
    ) -> Agent {
        let record = &person.record;
        let absences = blocks::known_absences(person, horizon, as_of);
        let blocks = blocks::blocks(person, &absences, closed, horizon);
        let rules = &self.contracts[record.contract.0].rules;
        Agent {
            id: record.id.clone(),
            name: record.name.clone(),
            site: record.site,
            contract: record.contract,
            skills: groups::held_skills(person, horizon),
            group: groups::group_of(groups::abilities(person, queues, horizon, self.learning), groups),
            level: record.level.clone(),
            hourly_cost: record.hourly_cost,
            employed: record.employed,
            rotation_offset_days: record.rotation_offset_days,
            wishes: wishes::wishes(person, &blocks, &self.wishes, horizon),
            blocks,
            weeks: weeks::weeks(rules, record.employed, &absences, &self.credits, horizon),
            settlement: Vec::new(),
            burdens_before: Vec::new(),
            burden: BurdenPrice::default(),
            promised: Vec::new(),
            owed: Vec::new(),
            before: Carry::default(),
        }
    }
}

fn site_closed(site: &SiteSettings, horizon: &Horizon) -> Vec<Span> {
    if site.is_closed { vec![horizon.span] } else { blocks::closed_times(&site.site, horizon) }
}
