//! Week at a glance: each agent a row, shifts as bars on the clock of the agent's site, breaks as notches.

use std::collections::BTreeSet;
use tr::tr;

use chrono::{Duration, NaiveDate};

use super::canvas::{Align, Scene, Type, text_width};
use super::frame::{self, Key, LABEL, MARGIN};
use super::palette::Colour;
use super::palette::{BLUE, GRID, INK, ORANGE, PAPER, PAST, PURPLE, QUIET, SHADE};
use crate::domain::ids::{AgentIx, SiteIx};
use crate::domain::roster::{Activity, Shift};
use crate::domain::time::{Instant, LocalDay, PlanPeriod, Zone};
use crate::domain::units::Minutes;
use crate::domain::workforce::{BlockReason, Site, Workforce};
use crate::output::number::grouped;
use crate::output::shift_kind::ShiftKind;
use crate::output::{local_time, phrases};

const WIDTH: i32 = 1400;
const LEFT: i32 = 226;
const RIGHT: i32 = 1322;
const TOP: i32 = 112;
const ROW: i32 = 26;
const SITE_ROW: i32 = 48;
/// Rows a page holds.
const AGENTS: usize = 40;

/// One scene per week and forty agents; agents of a site stand together, in the order of their file.
pub(super) fn pages(period: &PlanPeriod, workforce: &Workforce, shifts: &[Shift]) -> Vec<Scene> {
    let mut agents: Vec<AgentIx> = (0..workforce.agents.len()).map(AgentIx).collect();
    agents.sort_by_key(|agent| (workforce.agents[agent.0].site, *agent));
    let weeks = weeks(period, shifts);
    let shifts = by_agent(workforce, shifts);
    let mut pages = Vec::new();
    for dates in &weeks {
        let page = Page { workforce, dates, shifts: &shifts };
        pages.extend(agents.chunks(AGENTS).map(|agents| page.scene(agents)));
    }
    pages
}

/// Shifts of each agent, in order of time.
fn by_agent<'a>(workforce: &Workforce, shifts: &'a [Shift]) -> Vec<Vec<&'a Shift>> {
    let mut of_agent = vec![Vec::new(); workforce.agents.len()];
    for shift in shifts {
        of_agent[shift.agent.0].push(shift);
    }
    of_agent
}

/// The dates of each week of the plan. Sites far away may work on dates just outside the plan's own: they join the
/// first or the last week.
fn weeks(period: &PlanPeriod, shifts: &[Shift]) -> Vec<Vec<NaiveDate>> {
    let (start, last) = (period.start, period.end() - Duration::days(1));
    let dates: BTreeSet<NaiveDate> = period.dates().chain(shifts.iter().map(|shift| shift.date)).collect();
    let week = |date: NaiveDate| (date.clamp(start, last) - start).num_days() / 7;
    let of_week = |index| dates.iter().copied().filter(|date| week(*date) == index).collect();
    (0..i64::from(period.weeks)).map(of_week).collect()
}

struct Page<'a> {
    workforce: &'a Workforce,
    dates: &'a [NaiveDate],
    shifts: &'a [Vec<&'a Shift>],
}

impl Page<'_> {
    fn scene(&self, agents: &[AgentIx]) -> Scene {
        let sites: BTreeSet<SiteIx> = agents.iter().map(|agent| self.agent_site(*agent)).collect();
        let rows = i32::try_from(agents.len()).unwrap_or(0) * ROW + i32::try_from(sites.len()).unwrap_or(0) * SITE_ROW;
        let height = u32::try_from(TOP + rows + 30).unwrap_or(0);
        let mut scene = Scene::new(WIDTH.unsigned_abs(), height, self.title(agents));
        frame::heading(
            &mut scene,
            &tr!(
                "Each bar is a shift on the clock of the agent's own site; light notches are breaks, gaps are unpaid meals"
            ),
        );
        legend(&mut scene, !self.workforce.activities.is_empty());
        let mut y = TOP;
        let mut site = None;
        for agent in agents {
            if site != Some(self.agent_site(*agent)) {
                site = Some(self.agent_site(*agent));
                self.site_row(&mut scene, self.site(*agent), y);
                y += SITE_ROW;
            }
            self.agent_row(&mut scene, *agent, y);
            y += ROW;
        }
        scene
    }

    fn agent_site(&self, agent: AgentIx) -> SiteIx {
        self.workforce.agents[agent.0].site
    }

    fn site(&self, agent: AgentIx) -> &Site {
        &self.workforce.sites[self.agent_site(agent).0]
    }

    fn title(&self, agents: &[AgentIx]) -> String {
        let shifts: Vec<&Shift> = agents.iter().flat_map(|agent| self.of_week(*agent)).collect();
        let paid: Minutes = shifts.iter().map(|shift| shift.paid()).sum();
        let days = match (self.dates.first(), self.dates.last()) {
            (Some(first), Some(last)) => local_time::days(*first, *last),
            _ => String::new(),
        };
        let all = self.workforce.agents.len();
        let id = |agent: Option<&AgentIx>| agent.map_or("", |agent| self.workforce.agents[agent.0].id.as_str());
        let agents = if agents.len() < all {
            let (here, first, last) = (agents.len(), id(agents.first()), id(agents.last()));
            tr!(
                "{here} of {n} agent ({first} to {last})" | "{here} of {n} agents ({first} to {last})" % all,
                here,
                first,
                last
            )
        } else {
            phrases::agents(all)
        };
        let shifts = phrases::shifts(shifts.len());
        tr!("{days}: {agents}, {shifts}, {} paid hours", grouped(paid.as_hours(), 0), days, agents, shifts)
    }

    fn of_week(&self, agent: AgentIx) -> impl Iterator<Item = &Shift> {
        self.shifts[agent.0].iter().copied().filter(|shift| self.dates.contains(&shift.date))
    }

    /// The pixel of an instant: every column is one local day, however long; past the last midnight eight hours fit.
    #[expect(clippy::cast_possible_truncation, reason = "a pixel of a sheet")]
    fn x(&self, at: Instant, zone: Zone) -> i32 {
        let day = LocalDay::holding(at, zone);
        let Some(first) = self.dates.first() else { return LEFT };
        let column = (day.date - *first).num_days() as f64;
        let share = (at - day.start).num_seconds() as f64 / (day.end - day.start).num_seconds().max(1) as f64;
        let x = f64::from(LEFT) + (column + share) * self.column_width();
        (x.round() as i32).clamp(LEFT, RIGHT)
    }

    /// The sheet shows a third of a day after the last column, for shifts over midnight.
    fn column_width(&self) -> f64 {
        f64::from(RIGHT - LEFT) / (self.dates.len() as f64 + 0.34)
    }

    /// The site's name and zone, the days and the hours of its clock.
    fn site_row(&self, scene: &mut Scene, site: &Site, y: i32) {
        scene.rectangle((MARGIN, y + 2), (WIDTH - MARGIN, y + SITE_ROW - 2), SHADE);
        scene.text((MARGIN + 6, y + 15), shortened(site.id.as_str(), 24), Type::new(15, INK).bold());
        scene.text((MARGIN + 6, y + 33), site.zone.name(), Type::new(LABEL, QUIET));
        scene.text((WIDTH - MARGIN - 4, y + 15), tr!("paid h"), Type::new(LABEL, QUIET).align(Align::Right));
        for date in self.dates {
            let day = LocalDay::of(*date, site.zone);
            let (from, to) = (self.x(day.start, site.zone), self.x(day.end, site.zone));
            scene.text(
                (i32::midpoint(from, to), y + 14),
                local_time::day(*date),
                Type::new(LABEL, INK).align(Align::Centre).bold(),
            );
            for hour in [6, 12, 18] {
                let x = from + (to - from) * hour / 24;
                scene.text((x, y + 33), format!("{hour}"), Type::new(LABEL, QUIET).align(Align::Centre));
            }
        }
    }

    fn agent_row(&self, scene: &mut Scene, agent: AgentIx, y: i32) {
        let zone = self.site(agent).zone;
        let of = &self.workforce.agents[agent.0];
        let name = shortened(&format!("{} {}", of.id, of.name), 22);
        scene.text((MARGIN, y + ROW / 2), name, Type::new(LABEL, INK));
        self.grid(scene, zone, y);
        self.absences(scene, agent, zone, y);
        let mut paid = Minutes::ZERO;
        for shift in self.of_week(agent) {
            self.bar(scene, shift, zone, y);
            paid += shift.paid();
        }
        let style = Type::new(LABEL, INK).align(Align::Right);
        scene.text((WIDTH - MARGIN - 4, y + ROW / 2), grouped(paid.as_hours(), 1), style);
    }

    fn grid(&self, scene: &mut Scene, zone: Zone, y: i32) {
        scene.line(vec![(MARGIN, y + ROW), (WIDTH - MARGIN, y + ROW)], SHADE, 1);
        for date in self.dates {
            let day = LocalDay::of(*date, zone);
            let (from, to) = (self.x(day.start, zone), self.x(day.end, zone));
            scene.line(vec![(from, y), (from, y + ROW)], PAST, 1);
            for quarter in 1..4 {
                let x = from + (to - from) * quarter / 4;
                scene.line(vec![(x, y), (x, y + ROW)], GRID, 1);
            }
            scene.line(vec![(to, y), (to, y + ROW)], PAST, 1);
        }
    }

    fn absences(&self, scene: &mut Scene, agent: AgentIx, zone: Zone, y: i32) {
        for block in &self.workforce.agents[agent.0].blocks {
            let BlockReason::Absent(kind) = &block.reason else { continue };
            let (from, to) = (self.x(block.span.from, zone), self.x(block.span.until, zone));
            if to > from {
                scene.rectangle((from + 1, y + 4), (to - 1, y + ROW - 4), GRID);
                if to - from > text_width(kind.as_str(), LABEL) + 8 {
                    let style = Type::new(LABEL, QUIET).align(Align::Centre);
                    scene.text((i32::midpoint(from, to), y + ROW / 2), kind.as_str(), style);
                }
            }
        }
    }

    fn bar(&self, scene: &mut Scene, shift: &Shift, zone: Zone, y: i32) {
        let colour = colour(ShiftKind::of(shift, zone));
        for piece in &shift.pieces {
            let (from, to) = (self.x(piece.span.from, zone), self.x(piece.span.until, zone));
            match piece.activity {
                Activity::Work => scene.rectangle((from, y + 4), (to, y + ROW - 4), colour),
                Activity::Break => scene.rectangle((from, y + 4), (to, y + ROW - 4), lighter(colour)),
                Activity::Meal => scene.rectangle((from, y + 12), (to, y + ROW - 12), lighter(colour)),
                Activity::Session { .. } => scene.rectangle((from, y + 8), (to, y + ROW - 8), QUIET),
            }
        }
    }
}

fn legend(scene: &mut Scene, has_sessions: bool) {
    let kinds = [ShiftKind::Early, ShiftKind::Late, ShiftKind::Night];
    let mut keys: Vec<_> = kinds.iter().map(|kind| (Key::Fill(colour(*kind)), kind.words())).collect();
    if has_sessions {
        keys.push((Key::Fill(QUIET), tr!("training, coaching, meetings")));
    }
    keys.push((Key::Fill(GRID), tr!("absent")));
    frame::legend(scene, 84, &keys);
}

const fn colour(kind: ShiftKind) -> Colour {
    match kind {
        ShiftKind::Early => BLUE,
        ShiftKind::Late => ORANGE,
        ShiftKind::Night => PURPLE,
    }
}

/// Two thirds of the way to the paper.
const fn lighter(Colour(red, green, blue): Colour) -> Colour {
    const fn mix(of: u8, paper: u8) -> u8 {
        of / 3 + paper / 3 * 2
    }
    Colour(mix(red, PAPER.0), mix(green, PAPER.1), mix(blue, PAPER.2))
}

/// The text, or its beginning with an ellipsis.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AgentId;
    use crate::output::example;

    #[test]
    fn a_shift_stands_on_its_sites_clock_and_pages_hold_forty_rows() {
        let period = example::forecast_only().period;
        let mut workforce = example::workforce();
        workforce.agents.resize(41, workforce.agents[0].clone());
        workforce.agents[40].id = AgentId::new("bo");
        let pages = pages(&period, &workforce, &example::roster().shifts);
        assert_eq!(pages.len(), 2);
        let week = "Mon 30 Nov – Sun 6 Dec 2026";
        assert_eq!(pages[0].title(), format!("{week}: 40 of 41 agents (a001 to a001), 1 shift, 8 paid hours"));
        assert_eq!(pages[1].title(), format!("{week}: 1 of 41 agents (bo to bo), 0 shifts, 0 paid hours"));
        assert!(pages[0].texts().contains(&"Asia/Manila") && pages[0].texts().contains(&"7.5"));
    }

    #[test]
    fn a_date_outside_the_plan_joins_its_nearest_week() {
        let period = PlanPeriod { weeks: 2, ..example::forecast_only().period };
        let mut shift = example::roster().shifts.remove(0);
        shift.date = example::date("2026-11-29");
        let weeks = weeks(&period, &[shift]);
        assert_eq!((weeks[0].len(), weeks[1].len()), (8, 7));
    }
}
