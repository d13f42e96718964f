//! What labels of [`super::resource_constrained`] may have after each date and still finish.

use crate::roster::instance::agents::{AgentDay, AgentModel};
use crate::roster::instance::counters::{Counts, Tally};

use super::allowed_choices::Latitude;

/// Units that labels after a date can have and still finish.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    pub(crate) least: i32,
    pub(crate) most: i32,
    /// An end before this loses nothing against it.
    pub(crate) end: i32,
    /// What settled dates to come add to the counts, weekends aside.
    pub(crate) adds: Counts,
    /// What free dates to come can add to the cost, at best.
    pub(crate) hope: f64,
}

/// Bounds so far off units, at most, that grow steadily through a period's dates on which the agent can work.
pub(super) fn corridor(model: &AgentModel, tally: &Tally, exact: &[Bounds], half: i32) -> Vec<Bounds> {
    let mut narrow = exact.to_vec();
    for period in &tally.periods {
        let can_work = |day: usize| i32::from(!model.days[day].choices.is_empty());
        let dates = period.days.clone().map(can_work).sum::<i32>().max(1);
        let mut past = 0;
        for day in period.days.clone() {
            past += can_work(day);
            let steady = i32::midpoint(period.least, period.most) * past / dates;
            narrow[day].least = exact[day].least.max(steady - half);
            narrow[day].most = exact[day].most.min(steady + half).max(narrow[day].least - 1);
        }
    }
    narrow
}

/// What labels after each date may have.
pub(super) fn bounds(model: &AgentModel, tally: &Tally, latitudes: &[Latitude]) -> Vec<Bounds> {
    let mut bounds = vec![Bounds::default(); model.days.len()];
    ends(model, &mut bounds);
    let mut adds = Counts::default();
    for day in (0..model.days.len()).rev() {
        bounds[day].adds = adds;
        if let Latitude::Only(choice) = latitudes[day] {
            adds = adds + model.days[day].adds[model.days[day].choices[choice].class].1;
        }
    }
    for period in &tally.periods {
        let mut ahead = Reach::default();
        for day in period.days.clone().rev() {
            let (least, most) = ahead.units(tally);
            bounds[day].least = (period.least - most).max(0);
            bounds[day].most = period.most - least;
            ahead.add(&model.days[day], latitudes[day], tally);
        }
        let mut behind = Reach::default();
        for day in period.days.clone() {
            behind.add(&model.days[day], latitudes[day], tally);
            let (least, most) = behind.units(tally);
            bounds[day].least = bounds[day].least.max(least);
            bounds[day].most = bounds[day].most.min(most).max(bounds[day].least - 1);
        }
    }
    bounds
}

/// The last end after each date from which every rest before the next possible start is kept all the same.
fn ends(model: &AgentModel, bounds: &mut [Bounds]) {
    let rest = model.daily_rest.max(model.weekly_rest);
    let mut earliest = i32::MAX >> 1;
    for day in (0..model.days.len()).rev() {
        let week_end = model.weeks.get(day / 7).map_or(i32::MIN >> 1, |week| week.1);
        bounds[day].end = earliest.min(week_end) - rest;
        earliest = model.days[day].choices.first().map_or(earliest, |choice| choice.start.min(earliest));
    }
}

/// Units that a stretch of dates can hold.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    /// Those of settled shifts.
    settled: i32,
    /// Most of the free dates before the last settled one.
    most: i32,
    /// Dates since then, the free ones among them, and their longest shift.
    run: usize,
    free: usize,
    longest: i32,
}

impl Reach {
    fn add(&mut self, day: &AgentDay, latitude: Latitude, tally: &Tally) {
        match latitude {
            Latitude::Any if !day.choices.is_empty() => {
                self.run += 1;
                self.free += 1;
                self.longest = day.adds.iter().map(|adds| adds.0).fold(self.longest, i32::max);
            }
            Latitude::Any | Latitude::Off => self.run += 1,
            Latitude::Only(choice) => {
                self.most = self.units(tally).1 - self.settled;
                (self.run, self.free, self.longest) = (0, 0, 0);
                self.settled += day.adds[day.choices[choice].class].0;
            }
        }
    }

    /// Least and most.
    fn units(&self, tally: &Tally) -> (i32, i32) {
        let days = tally.most_days(self.run).min(self.free);
        let free = i32::try_from(days).unwrap_or(0) * self.longest;
        (self.settled, self.settled + self.most + free)
    }
}
