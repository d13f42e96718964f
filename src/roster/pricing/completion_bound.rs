//! What a line can come to at least from some state on: a bound by which [`super::resource_constrained`] drops labels that cannot become
//! the cheapest line.
//!
//! Everything counted over weeks is relaxed (Lagrangian relaxation of the resources, Beasley & Christofides 1989): paid units of each
//! settlement period, weekends and shifts of a kind get prices, and what the limits themselves are worth at these is paid
//! back. The prices climb by deflected subgradients (Camerini et al. 1975) whose steps aim so far above the best bound, less far
//! after each that led down (Polyak 1969).

use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::counters::{Counters, WatchedLimits};
use crate::roster::instance::rule_automaton::NOWHERE;

use super::allowed_choices::AllowedChoices;

/// Least costs to the end.
#[derive(Clone, Debug)]
pub(super) struct CompletionBound {
    prices: ResourcePrices,
    /// What one more weekend costs.
    weekend: f64,
    /// Per date and class what the counts that a shift adds to cost.
    counted: Vec<Vec<f64>>,
    /// What the limits on counts are worth.
    refund: f64,
    /// Per date, and after the last, where its states begin in `rest`.
    first: Vec<usize>,
    rest: Vec<f64>,
    /// What a shift costs or saves, on average.
    pub(super) typical: f64,
}

/// Prices of what is counted that were good at other costs, if any are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct PriceHint(Option<ResourcePrices>);

/// Prices of what is counted.
#[derive(Clone, Debug, Default)]
struct ResourcePrices {
    /// Of a paid unit per settlement period; below zero where more of them are owed.
    units: Vec<f64>,
    /// Of one more per counter.
    counters: Vec<f64>,
}

impl CompletionBound {
    /// The bound for some costs of choices, `costs[day][choice]`, and what is allowed.
    pub(crate) fn new(
        model: &AgentModel,
        counters: &Counters,
        (costs, allowed): (&[Vec<f64>], &[AllowedChoices]),
        hint: &PriceHint,
    ) -> Self {
        Self::climbing(&RelaxedLines::new(model, counters, costs, allowed), hint)
    }

    /// The same where one of everything that is limited costs a little: where nothing is scarce, that tells lines apart by
    /// how much they leave for later.
    pub(super) fn sparing(
        model: &AgentModel,
        counters: &Counters,
        (costs, allowed): (&[Vec<f64>], &[AllowedChoices]),
        hint: &PriceHint,
    ) -> Self {
        /// Share of what a shift costs.
        const LITTLE: f64 = 0.02;
        let mut relaxed = RelaxedLines::new(model, counters, costs, allowed);
        relaxed.thrift = LITTLE * relaxed.typical;
        Self::climbing(&relaxed, hint)
    }

    /// The best of some prices on their way up.
    fn climbing(relaxed: &RelaxedLines<'_>, hint: &PriceHint) -> Self {
        const STEPS: usize = 30;
        /// What is left of the distance aimed for after a step that led down.
        const NEARER: f64 = 0.8;
        /// The distance aimed for at first, as a share of what a shift costs: without a hint, and with one.
        const FIRST: [f64; 2] = [20.0, 1.0];
        /// The same that is no longer worth a step.
        const LAST: f64 = 1e-3;
        /// Share of the last direction in the next.
        const INERTIA: f64 = 0.5;
        let counters = relaxed.counters;
        let zero =
            ResourcePrices { units: vec![0.0; counters.periods.len()], counters: vec![0.0; counters.counters()] };
        let hinted = hint.0.as_ref().filter(|hint| hint.units.len() == zero.units.len());
        let mut direction = zero.clone();
        let mut aim = FIRST[usize::from(hinted.is_some())] * relaxed.typical;
        let mut prices = hinted.unwrap_or(&zero).clone();
        let mut best = relaxed.completion(prices.clone());
        let mut trial = best.clone();
        for _ in 0..STEPS {
            let slope = relaxed.slope(&trial);
            let is_legal = slope.all().all(|slope| slope == 0.0);
            if is_legal {
                break;
            }
            direction.all_mut().zip(slope.all()).for_each(|(along, slope)| *along = INERTIA * *along + slope);
            let square: f64 = direction.all().zip(relaxed.scales()).map(|(along, scale)| (along / scale).powi(2)).sum();
            let step = (best.bound() - trial.bound() + aim) / square.max(1e-12);
            let moves = prices.all_mut().zip(direction.all()).zip(relaxed.scales());
            moves.for_each(|((price, along), scale)| *price += step * along / (scale * scale));
            prices.counters.iter_mut().for_each(|price| *price = price.max(0.0));
            trial = relaxed.completion(prices.clone());
            if trial.bound() > best.bound() {
                best.clone_from(&trial);
            } else {
                aim *= NEARER;
                if aim < LAST * relaxed.typical {
                    break;
                }
            }
        }
        best
    }

    /// Where to begin next time, if costs have changed little.
    pub(crate) fn hint(&self) -> PriceHint {
        PriceHint(Some(self.prices.clone()))
    }

    /// What a label of a state and so many units before a date adds to its cost, at least, its counts left aside.
    pub(crate) fn least(&self, day: usize, state: u32, units: (usize, i32)) -> f64 {
        self.rest[self.first[day] + state as usize] + self.unit(units.0) * f64::from(units.1)
    }

    /// What a unit of a settlement period costs; nothing outside of all.
    pub(crate) fn unit(&self, period: usize) -> f64 {
        self.prices.units.get(period).copied().unwrap_or(0.0)
    }

    /// What counts are worth that nothing is counted in yet: what labels start with.
    pub(super) fn unused(&self) -> f64 {
        -self.refund
    }

    /// What the counts that a shift adds to cost.
    pub(crate) fn counts(&self, day: usize, class: usize, weekend: bool) -> f64 {
        self.counted[day][class] + if weekend { self.weekend } else { 0.0 }
    }

    /// The limits whose price is not zero: to drop labels by those prices they must be told apart by those counts.
    pub(crate) fn priced(&self, counters: &Counters) -> WatchedLimits {
        counters.limits(|counter| self.prices.counters[counter] > 0.0)
    }

    /// What no line costs less than.
    pub(crate) fn bound(&self) -> f64 {
        self.rest[0] - self.refund
    }
}

impl ResourcePrices {
    fn all(&self) -> impl Iterator<Item = f64> + '_ {
        self.units.iter().chain(&self.counters).copied()
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.units.iter_mut().chain(&mut self.counters)
    }
}

/// An agent's lines with nothing counted.
struct RelaxedLines<'a> {
    model: &'a AgentModel,
    counters: &'a Counters,
    /// Per date what a day off and the cheapest open shift of each class cost.
    cheapest: Vec<Vec<f64>>,
    typical: f64,
    /// What one of anything limited costs beside its price.
    thrift: f64,
}

impl<'a> RelaxedLines<'a> {
    fn new(model: &'a AgentModel, counters: &'a Counters, costs: &[Vec<f64>], allowed: &[AllowedChoices]) -> Self {
        let of_day = |(day, allowed): (usize, &AllowedChoices)| {
            let of = &model.days[day];
            let mut cheapest = vec![f64::INFINITY; of.adds.len() + 1];
            if !matches!(allowed, AllowedChoices::Only(_)) {
                cheapest[0] = 0.0;
            }
            let open = allowed.choices(of.choices.len());
            for (choice, &cost) in of.choices[open].iter().zip(&costs[day]) {
                cheapest[choice.class + 1] = cheapest[choice.class + 1].min(cost);
            }
            cheapest
        };
        let cheapest: Vec<Vec<f64>> = allowed.iter().enumerate().map(of_day).collect();
        let finite = || cheapest.iter().flat_map(|day| &day[1..]).filter(|cost| cost.is_finite());
        let typical = finite().copied().map(f64::abs).sum::<f64>() / finite().count().max(1) as f64;
        Self {
            model,
            counters,
            // Where nothing costs anything, any price tells what limits ask for.
            typical: if typical > 0.0 { typical } else { 1.0 },
            cheapest,
            thrift: 0.0,
        }
    }

    /// How far apart typical numbers of each count lie: a shift's units, or one.
    fn scales(&self) -> impl Iterator<Item = f64> {
        let units = std::iter::repeat_n(f64::from(self.counters.longest), self.counters.periods.len());
        units.chain(std::iter::repeat_n(1.0, self.counters.counters()))
    }

    /// What lines come to at some prices.
    fn completion(&self, prices: ResourcePrices) -> CompletionBound {
        let (model, counters) = (self.model, self.counters);
        let mut first = vec![0];
        for day in &model.days {
            first.push(first[first.len() - 1] + day.step.states);
        }
        let counter_price = |counter: usize| prices.counters[counter] + self.thrift;
        let counted: Vec<Vec<f64>> = model
            .days
            .iter()
            .map(|day| day.adds.iter().map(|adds| counters.counters_of(adds.1).map(counter_price).sum()).collect())
            .collect();
        let weekend = counters.weekend.map_or(0.0, |one| counters.counters_of(one).map(counter_price).sum());
        let ends = first[first.len() - 1];
        let mut rest = vec![f64::INFINITY; ends + 1];
        rest[ends] = 0.0;
        let mut costs = Vec::new();
        for (day, of) in model.days.iter().enumerate().rev() {
            let period = counters.period_at(day);
            let unit = period.map_or(0.0, |at| prices.units[at]);
            let closes = period.filter(|&at| counters.periods[at].days.end == day + 1);
            let refund = closes.map_or(0.0, |at| {
                let period = &counters.periods[at];
                unit * f64::from(if unit > 0.0 { period.most } else { period.least })
            });
            costs.clear();
            costs.push(self.cheapest[day][0] - refund);
            for (class, adds) in of.adds.iter().enumerate() {
                costs.push(self.cheapest[day][class + 1] + unit * f64::from(adds.0) + counted[day][class] - refund);
            }
            let width = costs.len();
            let (now, later) = rest.split_at_mut(first[day + 1]);
            for (state, rest) in now[first[day]..].iter_mut().enumerate() {
                let row = state * width..(state + 1) * width;
                let step = of.step.next[row.clone()].iter().zip(&of.step.toll[row.clone()]).zip(&of.step.weekend[row]);
                for (((&to, toll), &fresh), cost) in step.zip(&costs).filter(|(((to, _), _), _)| **to != NOWHERE) {
                    let more = toll + if fresh { weekend } else { 0.0 };
                    *rest = rest.min(cost + more + later[to as usize]);
                }
            }
        }
        let refund =
            prices.counters.iter().enumerate().map(|(counter, price)| price * f64::from(counters.most(counter))).sum();
        CompletionBound { prices, weekend, counted, refund, first, rest, typical: self.typical }
    }

    /// By how much the line that a bound is made of misses the limits: above zero what is too much, below what is too
    /// little.
    fn slope(&self, completion: &CompletionBound) -> ResourcePrices {
        let (model, counters, prices) = (self.model, self.counters, &completion.prices);
        let mut units = vec![0.0; counters.periods.len()];
        let mut excess: Vec<f64> = (0..counters.counters()).map(|counter| -f64::from(counters.most(counter))).collect();
        let mut state = 0;
        for (day, of) in model.days.iter().enumerate() {
            let width = of.adds.len() + 1;
            let period = counters.period_at(day);
            let unit = period.map_or(0.0, |at| prices.units[at]);
            let cost_of = |entry: usize| {
                let place = state * width + entry;
                let to = of.step.next[place];
                if to == NOWHERE {
                    return f64::INFINITY;
                }
                let added = entry.checked_sub(1).map_or(0.0, |class| {
                    let counts = completion.counts(day, class, of.step.weekend[place]);
                    counts + unit * f64::from(of.adds[class].0)
                });
                let rest = completion.rest[completion.first[day + 1] + to as usize];
                self.cheapest[day][entry] + of.step.toll[place] + added + rest
            };
            let entry = (0..width).min_by(|&a, &b| cost_of(a).total_cmp(&cost_of(b))).unwrap_or(0);
            let place = state * width + entry;
            if let Some(class) = entry.checked_sub(1) {
                let (added, counts) = of.adds[class];
                if let Some(at) = period {
                    units[at] += f64::from(added);
                }
                let weekend = counters.weekend.filter(|_| of.step.weekend[place]);
                let of_weekend = weekend.into_iter().flat_map(|one| counters.counters_of(one));
                counters.counters_of(counts).chain(of_weekend).for_each(|counter| excess[counter] += 1.0);
            }
            state = match of.step.next[place] {
                NOWHERE => break,
                to => to as usize,
            };
        }
        for ((units, period), price) in units.iter_mut().zip(&counters.periods).zip(&prices.units) {
            let (over, under) = (*units - f64::from(period.most), *units - f64::from(period.least));
            *units = match *price {
                price if price > 0.0 => over,
                price if price < 0.0 => under,
                _ => over.max(0.0) + under.min(0.0),
            };
        }
        for (slope, price) in excess.iter_mut().zip(&prices.counters) {
            if *price <= 0.0 {
                *slope = slope.max(0.0);
            }
        }
        ResourcePrices { units, counters: excess }
    }
}
