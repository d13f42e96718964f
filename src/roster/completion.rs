//! What a line can come to at least from some state on, with everything that is counted left aside: a bound by which
//! [`super::counted`] drops labels that cannot become the cheapest line.
//!
//! Where lines of least cost have too many or too few paid units for a settlement period that is the whole plan, units get a
//! price first (Lagrangian relaxation of the resource, Beasley & Christofides 1989).

use super::agents::AgentModel;
use super::latitude::Latitude;
use super::states::NOWHERE;
use super::tally::{Period, Tally};

/// Least costs to the end.
#[derive(Clone, Debug)]
pub(super) struct Completion {
    /// Price of a unit.
    price: f64,
    /// What the price takes too much, at most.
    refund: f64,
    /// Per date, and after the last, where its states begin in `rest`.
    first: Vec<usize>,
    rest: Vec<f64>,
}

impl Completion {
    /// The bound for some costs of choices: `costs[day][choice]`.
    pub(super) fn new(model: &AgentModel, tally: &Tally, costs: &[Vec<f64>], latitudes: &[Latitude]) -> Self {
        const BISECTIONS: usize = 8;
        let cheapest = CheapestByClass::new(model, costs, latitudes);
        let free = Self::priced(model, &cheapest, 0.0, None);
        let [period] = &tally.periods[..] else { return free };
        if period.days != (0..model.days.len()) {
            return free;
        }
        let units = free.units(model, &cheapest);
        if period.holds(units) {
            return free;
        }
        let sign = if units > period.most { 1.0 } else { -1.0 };
        let dearest =
            cheapest.0.iter().flatten().copied().filter(|cost| cost.is_finite()).map(f64::abs).fold(0.0, f64::max);
        let (mut low, mut high) = (0.0, 2.0 * dearest);
        let mut best = free;
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(low, high);
            let trial = Self::priced(model, &cheapest, sign * middle, Some(period));
            let units = trial.units(model, &cheapest);
            if trial.bound() > best.bound() {
                best = trial;
            }
            match (sign > 0.0, units > period.most, units < period.least) {
                (true, true, _) | (false, _, true) => low = middle,
                _ => high = middle,
            }
        }
        best
    }

    fn priced(model: &AgentModel, cheapest: &CheapestByClass, price: f64, period: Option<&Period>) -> Self {
        let limit = period.map_or(0, |period| if price > 0.0 { period.most } else { period.least });
        let mut first = vec![0];
        for day in &model.days {
            first.push(first[first.len() - 1] + day.step.states);
        }
        let ends = first[first.len() - 1];
        let mut rest = vec![f64::INFINITY; ends + 1];
        rest[ends] = 0.0;
        for (day, of) in model.days.iter().enumerate().rev() {
            let width = of.step.next.len().checked_div(of.step.states).unwrap_or(0);
            let (now, later) = rest.split_at_mut(first[day + 1]);
            for (state, rest) in now[first[day]..].iter_mut().enumerate() {
                let row = state * width..(state + 1) * width;
                let moves = of.step.next[row.clone()].iter().zip(&of.step.toll[row]).zip(&cheapest.0[day]);
                for (entry, ((&to, toll), cost)) in moves.enumerate().filter(|(_, ((to, _), _))| **to != NOWHERE) {
                    let units = entry.checked_sub(1).map_or(0, |class| of.adds[class].0);
                    *rest = rest.min(cost + toll + price * f64::from(units) + later[to as usize]);
                }
            }
        }
        Self { price, refund: price * f64::from(limit), first, rest }
    }

    /// What a label of a state and so many units before a date adds to its cost, at least.
    pub(super) fn least(&self, day: usize, state: u32, units: i32) -> f64 {
        self.rest[self.first[day] + state as usize] + self.price * f64::from(units) - self.refund
    }

    fn bound(&self) -> f64 {
        self.least(0, 0, 0)
    }

    /// Units of a line that the bound is made of.
    fn units(&self, model: &AgentModel, cheapest: &CheapestByClass) -> i32 {
        let (mut state, mut sum) = (0, 0);
        for (day, of) in model.days.iter().enumerate() {
            let width = of.step.next.len().checked_div(of.step.states).unwrap_or(0);
            let row = state * width..(state + 1) * width;
            let moves = of.step.next[row.clone()].iter().zip(&of.step.toll[row]).zip(&cheapest.0[day]).enumerate();
            let open = moves.filter(|(_, ((to, _), _))| **to != NOWHERE);
            let priced = open.map(|(entry, ((&to, toll), cost))| {
                let units = entry.checked_sub(1).map_or(0, |class| of.adds[class].0);
                let rest = self.rest[self.first[day + 1] + to as usize];
                (cost + toll + self.price * f64::from(units) + rest, to, units)
            });
            let Some((_, to, units)) = priced.min_by(|a, b| a.0.total_cmp(&b.0)) else { return sum };
            (state, sum) = (to as usize, sum + units);
        }
        sum
    }
}

/// Per date what a day off and the cheapest open shift of each class cost.
struct CheapestByClass(Vec<Vec<f64>>);

impl CheapestByClass {
    fn new(model: &AgentModel, costs: &[Vec<f64>], latitudes: &[Latitude]) -> Self {
        let of_day = |(day, latitude): (usize, &Latitude)| {
            let of = &model.days[day];
            let mut cheapest = vec![f64::INFINITY; of.adds.len() + 1];
            if !matches!(latitude, Latitude::Only(_)) {
                cheapest[0] = 0.0;
            }
            let open = latitude.choices(of.choices.len());
            for (choice, &cost) in of.choices[open].iter().zip(&costs[day]) {
                cheapest[choice.class + 1] = cheapest[choice.class + 1].min(cost);
            }
            cheapest
        };
        Self(latitudes.iter().enumerate().map(of_day).collect())
    }
}
