//! What labels of [`super::resource_constrained`] may have after each date and still finish.

use crate::roster::instance::agents::{AgentDay, AgentModel};
use crate::roster::instance::counters::{CounterValues, Counters};

use super::allowed_choices::AllowedChoices;

/// Units that labels after a date can have and still finish.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ResourceWindow {
    pub(crate) least: i32,
    pub(crate) most: i32,
    /// An end before this loses nothing against it.
    pub(crate) end: i32,
    /// What settled dates to come add to the counts, weekends aside.
    pub(crate) adds: CounterValues,
    /// What free dates to come can add to the cost, at best.
    pub(crate) hope: f64,
}

/// A window so far off units, at most, that grow steadily through a period's dates on which the agent can work.
pub(super) fn corridor(
    model: &AgentModel,
    counters: &Counters,
    exact: &[ResourceWindow],
    half: i32,
) -> Vec<ResourceWindow> {
    let mut narrow = exact.to_vec();
    for period in &counters.periods {
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
pub(super) fn windows(model: &AgentModel, counters: &Counters, allowed: &[AllowedChoices]) -> Vec<ResourceWindow> {
    let mut windows = vec![ResourceWindow::default(); model.days.len()];
    ends(model, &mut windows);
    let mut adds = CounterValues::default();
    for day in (0..model.days.len()).rev() {
        windows[day].adds = adds;
        if let AllowedChoices::Only(choice) = allowed[day] {
            adds = adds + model.days[day].adds[model.days[day].choices[choice].class].1;
        }
    }
    for period in &counters.periods {
        let mut ahead = AttainableUnits::default();
        for day in period.days.clone().rev() {
            let (least, most) = ahead.units(counters);
            windows[day].least = (period.least - most).max(0);
            windows[day].most = period.most - least;
            ahead.add(&model.days[day], allowed[day], counters);
        }
        let mut behind = AttainableUnits::default();
        for day in period.days.clone() {
            behind.add(&model.days[day], allowed[day], counters);
            let (least, most) = behind.units(counters);
            windows[day].least = windows[day].least.max(least);
            windows[day].most = windows[day].most.min(most).max(windows[day].least - 1);
        }
    }
    windows
}

/// The last end after each date from which every rest before the next possible start is kept all the same.
fn ends(model: &AgentModel, windows: &mut [ResourceWindow]) {
    let rest = model.daily_rest.max(model.weekly_rest);
    let mut earliest = i32::MAX >> 1;
    for day in (0..model.days.len()).rev() {
        let week_end = model.weeks.get(day / 7).map_or(i32::MIN >> 1, |week| week.1);
        windows[day].end = earliest.min(week_end) - rest;
        earliest = model.days[day].choices.first().map_or(earliest, |choice| choice.start.min(earliest));
    }
}

/// Units that a stretch of dates can hold.
#[derive(Clone, Copy, Debug, Default)]
struct AttainableUnits {
    /// Those of settled shifts.
    fixed_days: i32,
    /// Most of the free dates before the last settled one.
    most: i32,
    /// Dates since then, the free ones among them, and their longest shift.
    run: usize,
    free: usize,
    longest: i32,
}

impl AttainableUnits {
    fn add(&mut self, day: &AgentDay, allowed: AllowedChoices, counters: &Counters) {
        match allowed {
            AllowedChoices::Any if !day.choices.is_empty() => {
                self.run += 1;
                self.free += 1;
                self.longest = day.adds.iter().map(|adds| adds.0).fold(self.longest, i32::max);
            }
            AllowedChoices::Any | AllowedChoices::Off => self.run += 1,
            AllowedChoices::Only(choice) => {
                self.most = self.units(counters).1 - self.fixed_days;
                (self.run, self.free, self.longest) = (0, 0, 0);
                self.fixed_days += day.adds[day.choices[choice].class].0;
            }
        }
    }

    /// Least and most.
    fn units(&self, counters: &Counters) -> (i32, i32) {
        let days = counters.most_days(self.run).min(self.free);
        let free = i32::try_from(days).unwrap_or(0) * self.longest;
        (self.fixed_days, self.fixed_days + self.most + free)
    }
}
