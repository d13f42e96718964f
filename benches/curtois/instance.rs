//! The text format of the staff rostering instances of Curtois & Qu (2014), <http://www.schedulingbenchmarks.org>.

use std::collections::{BTreeMap, BTreeSet};

/// A shift of the instance.
#[derive(Clone, Debug)]
pub(crate) struct ShiftType {
    /// Its name.
    pub(crate) id: String,
    /// How long it lasts.
    pub(crate) minutes: u32,
    /// Names of those that cannot follow it on the next day.
    pub(crate) not_before: BTreeSet<String>,
}

/// An employee and the limits on the employee's line.
#[derive(Clone, Debug)]
pub(crate) struct Employee {
    /// The name.
    pub(crate) id: String,
    /// Per shift type how many the horizon may hold.
    pub(crate) most_of: BTreeMap<String, u32>,
    /// Minutes in all, at most and at least.
    pub(crate) minutes: (u32, u32),
    /// Shifts in a row, at most and at least.
    pub(crate) run: (u32, u32),
    /// Days off in a row, at least.
    pub(crate) least_off: u32,
    /// Weekends with work, at most.
    pub(crate) weekends: u32,
    /// Days on which the employee is off, from 0.
    pub(crate) off: Vec<u32>,
}

/// What an employee asks for.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Who.
    pub(crate) employee: String,
    /// The day, from 0.
    pub(crate) day: u32,
    /// The shift.
    pub(crate) shift: String,
    /// What it costs to refuse.
    pub(crate) weight: u32,
}

/// How many are wanted on a shift of a day.
#[derive(Clone, Debug)]
pub(crate) struct Cover {
    /// The day, from 0.
    pub(crate) day: u32,
    /// The shift.
    pub(crate) shift: String,
    /// How many.
    pub(crate) wanted: u32,
    /// What each one missing, and each one too many, costs.
    pub(crate) price: (u32, u32),
}

/// An instance.
#[derive(Clone, Debug, Default)]
pub(crate) struct Instance {
    /// Days; the first is a Monday.
    pub(crate) days: u32,
    /// Shifts.
    pub(crate) shifts: Vec<ShiftType>,
    /// Employees.
    pub(crate) staff: Vec<Employee>,
    /// Shifts that are asked for.
    pub(crate) on: Vec<Request>,
    /// Shifts that are asked to be left out.
    pub(crate) off: Vec<Request>,
    /// Cover.
    pub(crate) cover: Vec<Cover>,
}

impl Instance {
    /// Reads an instance.
    ///
    /// # Errors
    /// The first line that cannot be read, with its number.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut instance = Self::default();
        let mut section = "";
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix("SECTION_") {
                section = name;
                continue;
            }
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            instance.take(section, &cells).ok_or_else(|| format!("line {}: `{line}` in {section}", number + 1))?;
        }
        Ok(instance)
    }

    fn take(&mut self, section: &str, cells: &[&str]) -> Option<()> {
        let text = |at: usize| cells.get(at).map(|cell| (*cell).to_owned());
        let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<u32>().ok());
        let request = || Some(Request { employee: text(0)?, day: number(1)?, shift: text(2)?, weight: number(3)? });
        match section {
            "HORIZON" => self.days = number(0)?,
            "SHIFTS" => {
                let names = cells.get(2).copied().unwrap_or_default().split('|').filter(|name| !name.is_empty());
                let not_before = names.map(str::to_owned).collect();
                self.shifts.push(ShiftType { id: text(0)?, minutes: number(1)?, not_before });
            }
            "STAFF" => {
                let caps = cells.get(1)?.split('|').filter(|cap| !cap.is_empty());
                let cap =
                    |cap: &str| cap.split_once('=').and_then(|(id, most)| Some((id.to_owned(), most.parse().ok()?)));
                self.staff.push(Employee {
                    id: text(0)?,
                    most_of: caps.map(cap).collect::<Option<_>>()?,
                    minutes: (number(2)?, number(3)?),
                    run: (number(4)?, number(5)?),
                    least_off: number(6)?,
                    weekends: number(7)?,
                    off: Vec::new(),
                });
            }
            "DAYS_OFF" => {
                let id = text(0)?;
                let days = cells[1..].iter().filter(|cell| !cell.is_empty()).map(|cell| cell.parse().ok());
                let days: Vec<u32> = days.collect::<Option<_>>()?;
                self.staff.iter_mut().find(|employee| employee.id == id)?.off.extend(days);
            }
            "SHIFT_ON_REQUESTS" => self.on.push(request()?),
            "SHIFT_OFF_REQUESTS" => self.off.push(request()?),
            "COVER" => {
                let price = (number(3)?, number(4)?);
                // Some instances write no one wanted as `-0`.
                let wanted = cells.get(2)?.parse::<i64>().ok().and_then(|wanted| u32::try_from(wanted).ok())?;
                self.cover.push(Cover { day: number(0)?, shift: text(1)?, wanted, price });
            }
            _ => return None,
        }
        Some(())
    }
}
