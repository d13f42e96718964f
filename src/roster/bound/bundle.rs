//! Good prices by a proximal bundle method (Kiwiel 1990; Frangioni 2002): the pool of each agent's lines is a model of L
//! from above, its maximum near the best prices so far is the next trial, and the agents answer with new lines.
//!
//! One model per agent, or per block of agents alike, makes it sharp where a subgradient method would swing; the master is [`super::restricted_master`].

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;
use crate::roster::pricing::allowed_choices::FixedDays;
use crate::roster::pricing::scratch::Scratch;

use super::blocks::blocks;
use super::dual_prices::{Centre, DualPrices};
use super::lagrangian::{AllowedLines, Asked, Evaluation, Scope, costs_at, evaluate};
use super::restricted_master::{Open, RestrictedMaster};

/// An agent, and a line of theirs.
pub(crate) type Found = (usize, Line);

/// Prices on their way up, with the fractional roster that goes with them.
#[derive(Clone, Debug)]
pub(crate) struct Bundle {
    /// Lines in fractions.
    pub(crate) master: RestrictedMaster,
    /// Best bound so far, in the currency.
    pub(crate) bound: f64,
    /// L at the centre, as far as lines found since do not tell otherwise.
    value: f64,
    /// What everyone's line costs there.
    costs: Vec<f64>,
    /// What the cheapest fractional roster so far costs: the bound can rise no further.
    cost: f64,
    centre: Centre,
    null_steps: u32,
    asked: Vec<Asked>,
    /// Where heads can come and go.
    scope: Scope,
    /// The answers of those who had a choice, if they are kept.
    found: Option<Vec<Found>>,
}

/// What a dive came to.
#[derive(Debug)]
pub(crate) struct Dived {
    /// Everybody's line; nothing if no roster that keeps what was fixed can be cheap enough, or if it got too late.
    pub(crate) lines: Option<Vec<Line>>,
    /// How many agents were asked.
    pub(crate) asked: u64,
    /// What they answered, if that is kept.
    pub(crate) found: Vec<Found>,
}

/// How a dive goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dive {
    /// Of so many blocks not fixed yet one is fixed at once.
    pub(crate) one_in: usize,
    /// Rounds between.
    pub(crate) rounds: usize,
    /// How much chance adds to weights.
    pub(crate) noise: f64,
    /// What the roster should cost less than; a dive that cannot is given up.
    pub(crate) limit: f64,
}

/// Passes over all blocks between two evaluations, per agent of a block.
const PASSES: usize = 20;

/// Passes between two looks at how far from settled the master is, where they are dear.
const FEW_PASSES: usize = 4;

/// The same at most, where passes are cheap.
const MOST_PASSES: usize = 400;

/// The most agents of a block that make for more passes: asking more agents costs more, so the master may cost more too.
const MOST_TIMES: usize = 3;

impl Bundle {
    /// Starts at some prices, beside a roster if there is one.
    pub(crate) fn new(instance: &Instance<'_>, prices: DualPrices, roster: Option<&[Line]>) -> Self {
        Self::of_blocks(instance, blocks(instance), prices, roster)
    }

    /// Starts at some prices, beside a roster if there is one, with a model for each block.
    fn of_blocks(
        instance: &Instance<'_>,
        blocks: Vec<Vec<usize>>,
        mut prices: DualPrices,
        roster: Option<&[Line]>,
    ) -> Self {
        prices.project(instance);
        let proximity_weight = first_proximity_weight(instance);
        let mut asked = vec![Asked::default(); instance.models.len()];
        let scope = Scope::whole(instance);
        let first = evaluate(instance, &prices, &scope, &mut asked, Scratch::default);
        let centre = Centre { prices, proximity_weight };
        let mut master = RestrictedMaster::new(instance, blocks, roster.unwrap_or(&first.lines), &centre);
        master.offer(instance, &first.lines);
        Self {
            master,
            value: first.value,
            costs: first.costs,
            bound: first.bound,
            cost: f64::INFINITY,
            centre,
            null_steps: 0,
            asked,
            scope,
            found: None,
        }
    }

    /// Keeps the answers from now on.
    pub(crate) fn keep_found(&mut self) {
        self.found = Some(Vec::new());
    }

    /// Whether the answers are kept.
    pub(crate) fn keeps_found(&self) -> bool {
        self.found.is_some()
    }

    /// The answers since the last call, if they are kept.
    pub(crate) fn take_found(&mut self) -> Vec<Found> {
        self.found.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// The same with everybody at a line for good.
    pub(crate) fn beside(&self, instance: &Instance<'_>, lines: &[Line]) -> Self {
        let mut master = RestrictedMaster::new(instance, self.master.blocks().to_vec(), lines, &self.centre);
        master.fix_all();
        master.settle(instance, &self.centre, PASSES);
        let mut asked = self.asked.clone();
        asked.iter_mut().zip(lines).for_each(|(asked, line)| asked.choice = AllowedLines::Only(line.clone()));
        let (centre, scope) = (self.centre.clone(), self.scope.clone());
        let (found, costs) = (self.found.as_ref().map(|_| Vec::new()), self.costs.clone());
        Self { master, costs, asked, cost: f64::INFINITY, centre, scope, found, ..*self }
    }

    /// Gives an agent another line for good.
    pub(crate) fn change(&mut self, instance: &Instance<'_>, agent: usize, line: Line) {
        self.master.change(instance, &self.centre, agent, &line);
        self.asked[agent].choice = AllowedLines::Only(line);
    }

    /// The same with some agents free to choose another line on some days, beside those they have in a pool.
    pub(crate) fn releasing(
        &self,
        instance: &Instance<'_>,
        pool: &RestrictedMaster,
        agents: &[usize],
        days: &[bool],
        scope: Scope,
    ) -> Self {
        let mut part = self.clone();
        let whole = days.iter().all(|free| *free);
        for &agent in agents {
            let choice = std::mem::take(&mut part.asked[agent].choice);
            if let (AllowedLines::Only(line), false) = (choice, whole) {
                let fixed_days = FixedDays::of(&instance.models[agent], instance.library(agent), &line, days);
                part.asked[agent].choice = AllowedLines::Within(line, fixed_days);
            }
        }
        part.master.release(agents, whole.then_some(pool), &scope);
        part.scope = scope;
        let first = evaluate(instance, &self.centre.prices, &part.scope, &mut part.asked, Scratch::default);
        (part.value, part.bound, part.cost) = (first.value, first.bound, f64::INFINITY);
        part.costs = first.costs;
        part.master.offer(instance, &first.lines);
        part
    }

    /// The best prices so far.
    pub(crate) fn prices(&self) -> &DualPrices {
        &self.centre.prices
    }

    /// What the bound can still gain, at most.
    pub(crate) fn hope(&self) -> f64 {
        self.cost - self.bound
    }

    /// Whether every agent has a model.
    pub(crate) fn is_by_agent(&self) -> bool {
        self.master.block_size() <= 1
    }

    /// Whether lines were found that are not known to be the cheapest, so that the bound lies below what it could be.
    pub(crate) fn is_rough(&self) -> bool {
        /// A share of the bound.
        const ROUNDING: f64 = 1e-9;
        self.value - self.bound > ROUNDING * self.value.abs()
    }

    /// Asks everyone at the best prices once more, however long it takes them.
    pub(crate) fn prove(&mut self, instance: &Instance<'_>) {
        let proved = evaluate(instance, &self.centre.prices, &self.scope, &mut self.asked, Scratch::thorough);
        self.bound = self.bound.max(proved.bound);
    }

    /// A roster made of the fractions (a dive with column generation, Sadykov et al. 2019): again and again the blocks that
    /// are nearest to a single line get it for good, and the others answer anew. Noise, drawn up to so much and added to
    /// weights, makes each dive another.
    pub(crate) fn dive(
        mut self,
        instance: &Instance<'_>,
        params: &Dive,
        rng: &mut ChaCha8Rng,
        is_late: &dyn Fn() -> bool,
    ) -> Dived {
        /// A line with so much weight is as good as fixed.
        const WHOLE: f64 = 0.95;
        /// Share of the first proximity weight below which none falls.
        const LEAST: f64 = 0.3;
        // Prices that hardly rise any more step less and less far; beside lines that are fixed they must go further.
        let first = first_proximity_weight(instance);
        let (least, most) = (LEAST * first, self.centre.proximity_weight.max(first));
        self.centre.proximity_weight = most;
        let mut asked = 0;
        loop {
            let mut open = self.master.open();
            for open in &mut open {
                open.weight += params.noise * rng.random::<f64>();
            }
            open.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.block.cmp(&b.block)));
            let fewest = (open.len() / params.one_in.max(1)).max(1);
            let whole = WHOLE + params.noise;
            let of_now = open.iter().enumerate().take_while(|(at, open)| *at < fewest || open.weight >= whole);
            for (_, &Open { block, column, .. }) in of_now {
                for (agent, line) in self.master.fix(instance, &self.centre, block, column) {
                    self.asked[agent].choice = AllowedLines::Only(line);
                }
            }
            let left = self.asked.iter().filter(|asked| !matches!(asked.choice, AllowedLines::Only(_))).count();
            if left == 0 {
                return Dived { lines: Some(self.master.lines(instance)), asked, found: self.take_found() };
            }
            self.cost = f64::INFINITY;
            for _ in 0..params.rounds {
                self.cost = self.cost.min(self.master.cost(instance));
                self.advance(instance);
                self.centre.proximity_weight = self.centre.proximity_weight.clamp(least, most);
                asked += left as u64;
                if self.bound >= params.limit || is_late() {
                    return Dived { lines: None, asked, found: self.take_found() };
                }
            }
        }
    }

    /// Settles the master: some passes, and more of them where they are cheap and it is still far from settled.
    fn settle(&mut self, instance: &Instance<'_>) {
        /// Numbers looked at in all passes together that are cheap, and passes at most.
        const CHEAP: usize = 1_000_000;
        /// Share of what the bound can still gain that is near enough.
        const NEAR: f64 = 0.02;
        let least = PASSES * self.master.block_size().min(MOST_TIMES);
        let most = (CHEAP / self.master.size().max(1)).min(MOST_PASSES);
        // Where a head moves many prices, passes are dear beside the question whether there are enough of them.
        let (at_once, unasked) = if instance.pools.len() > 0 { (FEW_PASSES, 0) } else { (PASSES, least) };
        self.cost = self.cost.min(self.master.cost(instance));
        let mut passes = 0;
        while passes < unasked
            || passes < most.max(least) && self.master.slack(instance) > NEAR * (self.cost - self.value)
        {
            self.master.settle(instance, &self.centre, at_once);
            passes += at_once;
        }
    }

    /// One round: settle the master, ask everyone, move the centre if the answer is better.
    pub(crate) fn advance(&mut self, instance: &Instance<'_>) {
        const ENOUGH: f64 = 0.1;
        self.settle(instance);
        self.cost = self.cost.min(self.master.cost(instance));
        let mut trial = self.master.prices(instance);
        trial.project(instance);
        let Evaluation { value, bound, lines, fixed, costs, .. } =
            evaluate(instance, &trial, &self.scope, &mut self.asked, Scratch::default);
        let model = fixed + self.master.least_scores(instance);
        let (predicted, gained) = (model - self.value, value - self.value);
        let is_better = gained > 0.0 && gained >= ENOUGH * predicted;
        self.null_steps = if is_better { 0 } else { self.null_steps + 1 };
        self.stretch(instance, predicted, gained);
        if is_better {
            (self.centre.prices, self.value, self.costs) = (trial, value, costs);
        } else {
            self.correct(instance, &lines);
        }
        self.bound = self.bound.max(bound);
        if let Some(found) = &mut self.found {
            let chosen =
                self.asked.iter().enumerate().filter(|(_, asked)| !matches!(asked.choice, AllowedLines::Only(_)));
            found.extend(chosen.map(|(agent, _)| (agent, lines[agent].clone())));
        }
        self.master.offer(instance, &lines);
        self.master.age();
        self.master.reprice(instance, &self.centre);
    }

    /// Makes the next steps longer or shorter, by what the last one promised and what came of it.
    fn stretch(&mut self, instance: &Instance<'_>, predicted: f64, gained: f64) {
        /// A step that promises no more than this share of what the prices could still gain is too short.
        const NEAR: f64 = 0.3;
        /// Only a master so many times nearer to settled than what it promises can tell; if the promise was kept, one much less
        /// settled.
        const SETTLED: f64 = 20.0;
        const SETTLED_ENOUGH: f64 = 4.0;
        /// How many times what was hoped for a step may lose before it is too long, and by how much it is shortened at most.
        const PATIENCE: f64 = 3.0;
        const SHORTER: f64 = 2.0;
        const NULL_STEPS: u32 = 3;
        let is_kept = gained > 0.0 && gained >= 0.5 * predicted;
        let is_short = predicted > 0.0 && predicted < NEAR * (self.cost - self.value);
        let slack = if is_short { self.master.slack(instance) } else { f64::INFINITY };
        // Kiwiel (1990) shortens by 2 (1 − gained / hoped), an interpolation; here lines are few at first, so that only what
        // loses much says that steps are too long.
        let too_long = if predicted > 0.0 { (1.0 - gained / predicted) / PATIENCE } else { 0.0 };
        let times = match () {
            () if is_kept && SETTLED_ENOUGH * slack < predicted => 3.0,
            () if too_long > 1.0 => 1.0 / too_long.min(SHORTER),
            () if SETTLED * slack < predicted => 1.5,
            () if is_kept => 1.3,
            () if self.null_steps >= NULL_STEPS => 0.8,
            () => return,
        };
        self.centre.proximity_weight *= times;
        self.null_steps = 0;
    }

    /// Lowers what L at the centre is taken for, where a line found elsewhere is cheaper there than the one found for it: prices
    /// that seem better than they are would never be left.
    fn correct(&mut self, instance: &Instance<'_>, lines: &[Line]) {
        if !self.is_rough() {
            return;
        }
        for (known, cost) in self.costs.iter_mut().zip(costs_at(instance, &self.centre.prices, &self.scope, lines)) {
            let too_much = (*known - cost).max(0.0);
            *known -= too_much;
            self.value -= too_much;
        }
    }
}

/// The proximity weight to begin with.
fn first_proximity_weight(instance: &Instance<'_>) -> f64 {
    0.1 * instance.typical_price().max(1e-6)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;
    use crate::domain::labour::{LabourRules, StartWindow};
    use crate::domain::units::Minutes;
    use crate::domain::workforce::WeekMinutes;
    use crate::roster::bound::blocks::blocks_of;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};
    use crate::roster::pricing::legal_models::prepared;
    use crate::roster::search::cover_memo::CoverSolver;
    use crate::roster::search::incumbent::Incumbent;

    /// Six people who owe eight hours in shifts of four, and two or three of them wanted on two days.
    fn six_people() -> TinyInstance {
        let mut instance = TinyInstance::new(LabourRules {
            shift_lengths: vec![Minutes::hours(4)],
            starts: vec![StartWindow { from: 8 * 60, until: 14 * 60, step: 60 }],
            daily_rest: Minutes::hours(11),
            max_days_per_week: 3,
            ..lenient()
        });
        for name in ["Ben", "Cem", "Dora", "Emil", "Fay"] {
            instance.hire(name);
        }
        for agent in &mut instance.workforce.agents {
            agent.weeks = vec![WeekMinutes { min: Minutes::hours(8), max: Minutes::hours(8) }];
        }
        for (day, agents) in [("tue", 2.5), ("fri", 3.2)] {
            (9..17).for_each(|hour| instance.require(&format!("{day} {hour:02}:00"), agents));
        }
        instance
    }

    #[test]
    fn one_model_for_several_agents_alike_finds_the_bound_that_one_for_each_finds() {
        let tiny = six_people();
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let bound = |most: usize| {
            let prices = DualPrices::zero(&instance);
            let mut bundle = Bundle::of_blocks(&instance, blocks_of(&instance, most), prices, None);
            (0..80).for_each(|_| bundle.advance(&instance));
            bundle.bound
        };
        let (each, pairs, all) = (bound(1), bound(2), bound(6));
        assert!((pairs - each).abs() < 1e-3 * each && (all - each).abs() < 1e-3 * each, "{each}, {pairs}, {all}");
    }

    #[test]
    fn a_line_that_is_cheaper_at_the_centre_than_the_one_found_there_lowers_its_value() {
        let tiny = six_people();
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let prices = DualPrices::zero(&instance);
        let mut bundle = Bundle::of_blocks(&instance, blocks_of(&instance, 1), prices, None);
        let cheapest = bundle.master.lines(&instance);
        let (value, costs) = (bundle.value, bundle.costs.clone());
        // As if pricing, not sure of anything, had missed the second agent's cheapest line by 5.
        bundle.bound -= 5.0;
        bundle.costs[1] += 5.0;
        bundle.value += 5.0;
        bundle.correct(&instance, &cheapest);
        assert!((bundle.value - value).abs() < 1e-9, "{} and {value}", bundle.value);
        assert_eq!(bundle.costs, costs);
        // Dearer lines say nothing.
        bundle.correct(&instance, &vec![Line { cost: 1e6, ..Line::default() }; cheapest.len()]);
        assert!((bundle.value - value).abs() < 1e-9);
    }

    #[test]
    fn a_step_whose_promise_is_kept_is_followed_by_a_longer_one_and_one_that_loses_much_by_a_shorter() {
        let tiny = six_people();
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let prices = DualPrices::zero(&instance);
        let bundle = Bundle::of_blocks(&instance, blocks_of(&instance, 1), prices, None);
        let times = |left: f64, null_steps: u32, gained: f64| {
            let mut bundle = bundle.clone();
            (bundle.cost, bundle.null_steps) = (bundle.value + left, null_steps);
            let before = bundle.centre.proximity_weight;
            bundle.stretch(&instance, 10.0, gained);
            format!("{:.3}", bundle.centre.proximity_weight / before)
        };
        // Ten was hoped for. With twelve left to gain the step was long, and a loss below twenty takes three times to tell.
        assert_eq!([times(12.0, 0, 8.0), times(12.0, 1, 2.0), times(12.0, 1, -15.0)], ["1.300", "1.000", "1.000"]);
        assert_eq!([times(12.0, 3, -15.0), times(12.0, 1, -26.0), times(12.0, 1, -900.0)], ["0.800", "0.833", "0.500"]);
        // With a thousand left it was short, and each has one line, so that the master is settled.
        assert_eq!([times(1e3, 0, 8.0), times(1e3, 1, 2.0), times(1e3, 1, -900.0)], ["3.000", "1.500", "0.500"]);
    }

    #[test]
    fn the_fractional_roster_costs_no_less_than_the_bound_and_a_dive_no_less_than_it() {
        let tiny = six_people();
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let prices = DualPrices::zero(&instance);
        let mut bundle = Bundle::of_blocks(&instance, blocks_of(&instance, 1), prices, None);
        (0..60).for_each(|_| bundle.advance(&instance));
        assert!(bundle.hope() >= -1e-6 && bundle.hope() < 0.01 * bundle.bound, "{} of {}", bundle.hope(), bundle.bound);
        let (bound, dive) = (bundle.bound, Dive { one_in: 10, rounds: 2, noise: 0.0, limit: f64::INFINITY });
        let Dived { lines, asked, .. } =
            bundle.clone().dive(&instance, &dive, &mut ChaCha8Rng::seed_from_u64(1), &|| false);
        let lines = lines.expect("no limit");
        let roster = Incumbent::of(&instance, lines, &mut CoverSolver::default()).expect("seats for all");
        assert!(roster.cost >= bound - 1e-6 && roster.cost < 1.1 * bound, "{} above {bound}", roster.cost);
        assert!(asked > 0);
        let beaten = Dive { limit: bound, ..dive };
        let dived = bundle.clone().dive(&instance, &beaten, &mut ChaCha8Rng::seed_from_u64(1), &|| false);
        assert!(dived.lines.is_none(), "no roster costs less than the bound");
        let late = bundle.clone().dive(&instance, &dive, &mut ChaCha8Rng::seed_from_u64(1), &|| true);
        assert!(late.lines.is_none(), "it is too late");
        // Prices that can hardly move any more must not keep those of a dive from moving.
        bundle.centre.proximity_weight = 1e-9;
        let slow = Dive { one_in: 10, rounds: 10, ..dive };
        let Dived { lines, .. } = bundle.dive(&instance, &slow, &mut ChaCha8Rng::seed_from_u64(1), &|| false);
        let roster =
            Incumbent::of(&instance, lines.expect("no limit"), &mut CoverSolver::default()).expect("seats for all");
        assert!(roster.cost < 1.05 * bound, "{} above {bound}", roster.cost);
    }
}
