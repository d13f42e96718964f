//! The best roster of a tiny instance: an integer program that chooses one legal week per agent from all of them.
//!
//! `min Σ cost(line) x(line) + Σ slope y(q, t, k)` with one line per agent, seats, flows of a group adding up to its heads
//! at work, and the speed-weighted flows of each queue and interval filling the pieces of its convex cover curve.

use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, constraint, solvers::highs::highs,
    variable,
};

use obsada::domain::ids::{GroupIx, QueueIx};
use obsada::domain::roster::{Flow, Roster, Shift};
use obsada::domain::span::Span;
use obsada::domain::time::Instant;

use super::lines::{LegalLine, legal_lines};
use crate::instances::OwnedProblem;

/// The best roster and what it costs.
pub(crate) struct Optimum {
    pub(crate) cost: f64,
    pub(crate) roster: Roster,
}

/// What brute force knows of an instance: all legal weeks of each agent.
pub(crate) struct BruteForce<'a> {
    instance: &'a OwnedProblem,
    pub(crate) lines: Vec<Vec<LegalLine>>,
}

type Row = (usize, usize, Variable);

impl<'a> BruteForce<'a> {
    pub(crate) fn of(instance: &'a OwnedProblem) -> Self {
        let lines = (0..instance.workforce.agents.len()).map(|agent| legal_lines(instance, agent)).collect();
        Self { instance, lines }
    }

    /// Wages and premiums that no choice of lines avoids, in the currency; seats may make more unavoidable.
    pub(crate) fn least_pay(&self) -> f64 {
        self.lines.iter().map(|lines| lines.iter().map(|line| line.pay).fold(f64::INFINITY, f64::min)).sum()
    }

    /// The optimum, or nothing where no legal roster exists.
    pub(crate) fn optimum(&self) -> Option<Optimum> {
        if self.lines.iter().any(Vec::is_empty) {
            return None;
        }
        let grid = self.instance.period.grid();
        let mut variables = ProblemVariables::new();
        let chosen: Vec<Vec<Variable>> =
            self.lines.iter().map(|lines| lines.iter().map(|_| variables.add(variable().binary())).collect()).collect();
        let staffed =
            |start: Instant| !self.at_work(&chosen, None, start).is_empty() || self.carried(None, start) > 0.0;
        let staffed: Vec<bool> = grid.starts().map(staffed).collect();
        let flows: Vec<Vec<Row>> = (0..grid.len())
            .map(|interval| if staffed[interval] { self.flows(&mut variables) } else { vec![] })
            .collect();
        let pieces = self.pieces(&mut variables, &staffed);
        let objective = self.cost(&chosen, &pieces, &staffed);
        let mut model = variables.minimise(objective.clone()).using(highs);
        model = model.set_threads(1).set_mip_rel_gap(0.0).ok()?.set_mip_abs_gap(1e-7).ok()?;
        for lines in &chosen {
            model.add_constraint(constraint!(total(lines) == 1));
        }
        for seated in self.seats(&chosen) {
            model.add_constraint(seated);
        }
        for (interval, start) in grid.starts().enumerate().filter(|(interval, _)| staffed[*interval]) {
            for group in 0..self.instance.workforce.groups.len() {
                let given: Vec<Variable> =
                    flows[interval].iter().filter(|flow| flow.0 == group).map(|flow| flow.2).collect();
                let heads = total(&self.at_work(&chosen, Some(group), start)) + self.carried(Some(group), start);
                // Every head at work is given to a queue, needed or not, if there is one it can take.
                if !given.is_empty() {
                    model.add_constraint(constraint!(total(&given) == heads));
                }
            }
            for (queue, pieces) in pieces.iter().enumerate() {
                let served: Expression =
                    flows[interval].iter().filter(|flow| flow.1 == queue).map(|flow| self.speed(flow) * flow.2).sum();
                model.add_constraint(constraint!(served == total(&pieces[interval])));
            }
        }
        let solution = match model.solve() {
            Ok(solution) => solution,
            Err(ResolutionError::Infeasible) => return None,
            Err(error) => panic!("the oracle's model was not solved: {error}"),
        };
        let cost = solution.eval(&objective);
        Some(Optimum { cost, roster: self.roster(&solution, &chosen, &flows) })
    }

    /// The choice variables of lines that work in the hour from `start`, of one group or all.
    fn at_work(&self, chosen: &[Vec<Variable>], group: Option<usize>, start: Instant) -> Vec<Variable> {
        let agents = self.instance.workforce.agents.iter().zip(&self.lines).zip(chosen);
        let in_group = agents.filter(|((agent, _), _)| group.is_none_or(|group| agent.group.0 == group));
        let works = |line: &LegalLine| line.shifts.iter().any(|shift| shift.works_at(start));
        in_group
            .flat_map(|((_, lines), chosen)| lines.iter().zip(chosen).filter(|(line, _)| works(line)))
            .map(|(_, variable)| *variable)
            .collect()
    }

    /// Agents still at work in the hour from `start` by shifts begun before the plan.
    fn carried(&self, group: Option<usize>, start: Instant) -> f64 {
        let agents = self.instance.workforce.agents.iter();
        let in_group = agents.filter(|agent| group.is_none_or(|group| agent.group.0 == group));
        let hour = Span { from: start, until: start + chrono::Duration::hours(1) };
        let works = |span: Span| span.from <= hour.from && hour.until <= span.until;
        in_group.filter(|agent| agent.before.at_work().any(works)).count() as f64
    }

    /// One flow per group and queue it can take.
    fn flows(&self, variables: &mut ProblemVariables) -> Vec<Row> {
        let groups = self.instance.workforce.groups.iter().enumerate();
        let pairs = groups.flat_map(|(group, of)| of.abilities.iter().map(move |ability| (group, ability.queue.0)));
        pairs.map(|(group, queue)| (group, queue, variables.add(variable().min(0)))).collect()
    }

    /// Per queue and staffed interval a variable per piece of the curve.
    fn pieces(&self, variables: &mut ProblemVariables, staffed: &[bool]) -> Vec<Vec<Vec<Variable>>> {
        let of_queue = |curves: &Vec<obsada::domain::cover::CoverCurve>| {
            let of_interval = |(curve, staffed): (&obsada::domain::cover::CoverCurve, &bool)| {
                let pieces = curve.pieces().iter().filter(|_| *staffed);
                pieces.map(|piece| variables.add(variable().min(0).max(piece.agents))).collect()
            };
            curves.iter().zip(staffed).map(of_interval).collect()
        };
        self.instance.cover.queues.iter().map(of_queue).collect()
    }

    fn cost(&self, chosen: &[Vec<Variable>], pieces: &[Vec<Vec<Variable>>], staffed: &[bool]) -> Expression {
        let mut cost = Expression::from(0.0);
        for (line, variable) in self.lines.iter().flatten().zip(chosen.iter().flatten()) {
            cost.add_mul(line.pay + line.refused, variable);
        }
        for (curves, pieces) in self.instance.cover.queues.iter().zip(pieces) {
            for ((curve, pieces), _) in curves.iter().zip(pieces).zip(staffed) {
                cost += curve.cost(0.0);
                for (piece, variable) in curve.pieces().iter().zip(pieces) {
                    cost.add_mul(piece.slope, variable);
                }
            }
        }
        cost
    }

    fn speed(&self, flow: &Row) -> f64 {
        let abilities = &self.instance.workforce.groups[flow.0].abilities;
        abilities.iter().find(|ability| ability.queue.0 == flow.1).map_or(0.0, |ability| ability.speed)
    }

    /// At most so many agents of a site between start and end of their shifts in each hour.
    fn seats(&self, chosen: &[Vec<Variable>]) -> Vec<good_lp::Constraint> {
        let shifts = || self.lines.iter().flatten().flat_map(|line| &line.shifts);
        let mut starts: Vec<Instant> = shifts().flat_map(Shift::present).map(|span| span.from).collect();
        starts.sort_unstable();
        starts.dedup();
        let limited = self.instance.workforce.sites.iter().enumerate().filter_map(|(site, of)| Some((site, of.seats?)));
        let limit = |(site, seats): (usize, u32)| {
            let rows = starts.iter().map(move |start| {
                let there = |span: Span| span.from <= *start && *start < span.until;
                let sits = |line: &LegalLine| {
                    line.shifts.iter().any(|shift| shift.site.0 == site && shift.present().any(there))
                };
                let seated = self.lines.iter().flatten().zip(chosen.iter().flatten()).filter(|(line, _)| sits(line));
                let seated: Vec<Variable> = seated.map(|(_, variable)| *variable).collect();
                let agents = self.instance.workforce.agents.iter().filter(|agent| agent.site.0 == site);
                let carried = agents.filter(|agent| agent.before.present().any(there)).count();
                constraint!(total(&seated) <= f64::from(seats) - carried as f64)
            });
            rows.collect::<Vec<_>>()
        };
        limited.flat_map(limit).collect()
    }

    fn roster(&self, solution: &impl Solution, chosen: &[Vec<Variable>], flows: &[Vec<Row>]) -> Roster {
        let taken = |(_, variable): &(&LegalLine, &Variable)| solution.value(**variable) > 0.5;
        let lines = self.lines.iter().zip(chosen).flat_map(|(lines, chosen)| lines.iter().zip(chosen).filter(taken));
        let flow =
            |row: &Row| Flow { group: GroupIx(row.0), queue: QueueIx(row.1), agents: solution.value(row.2).max(0.0) };
        Roster {
            grid: self.instance.period.grid(),
            shifts: lines.flat_map(|(line, _)| line.shifts.clone()).collect(),
            flows: flows.iter().map(|rows| rows.iter().map(flow).collect()).collect(),
        }
    }
}

fn total(variables: &[Variable]) -> Expression {
    variables.iter().map(|variable| Expression::from(*variable)).sum()
}
