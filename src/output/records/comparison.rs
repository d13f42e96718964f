//! Rows of `comparison.csv`, whose last columns are the queues.

use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::units::Money;
use crate::output::artifact::OutputError;

/// What one scenario comes to; differences are against the first, the base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparisonRow {
    /// The scenario's id.
    #[serde(with = "cells::foreign")]
    pub scenario: String,
    /// Its name for people.
    #[serde(with = "cells::foreign")]
    pub name: String,
    /// Contacts expected.
    #[serde(with = "cells::amount")]
    pub contacts: f64,
    /// Agent hours required.
    #[serde(with = "cells::amount")]
    pub required_hours: f64,
    /// Paid hours rostered.
    #[serde(with = "cells::amount")]
    pub rostered_hours: f64,
    /// Base pay.
    #[serde(with = "cells::text")]
    pub wages: Money,
    /// Premiums.
    #[serde(with = "cells::text")]
    pub premiums: Money,
    /// Both.
    #[serde(with = "cells::text")]
    pub labour_cost: Money,
    /// Beyond the base.
    #[serde(with = "cells::text")]
    pub labour_cost_difference: Money,
    /// Price of agents missing.
    #[serde(with = "cells::text")]
    pub short_cost: Money,
    /// Price of agents too many.
    #[serde(with = "cells::text")]
    pub over_cost: Money,
    /// Price of agents missing and of too many after the plan's end.
    #[serde(with = "cells::text")]
    pub after_end_cost: Money,
    /// Price of refused wishes.
    #[serde(with = "cells::text")]
    pub preference_cost: Money,
    /// Price of sessions owed and not held.
    #[serde(with = "cells::text")]
    pub unplaced_cost: Money,
    /// Price of burdens that lie unequally.
    #[serde(with = "cells::text")]
    pub fairness_cost: Money,
    /// Price of headcounts that are not as wanted.
    #[serde(with = "cells::text")]
    pub headcount_cost: Money,
    /// All of it.
    #[serde(with = "cells::text")]
    pub objective: Money,
    /// Beyond the base.
    #[serde(with = "cells::text")]
    pub objective_difference: Money,
    /// Whether that is more than the search leaves open: `yes`, `no`, `same plan` or `prices differ`; empty for the base.
    pub beyond_gaps: String,
    /// (objective − bound) / objective.
    #[serde(with = "cells::amount")]
    pub gap: f64,
    /// Agent hours missing.
    #[serde(with = "cells::amount")]
    pub short_hours: f64,
    /// Agent hours too many.
    #[serde(with = "cells::amount")]
    pub over_hours: f64,
    /// Simulated service of all contacts that the plan decides of, if there are any.
    #[serde(with = "cells::known_share")]
    pub service: Option<f64>,
    /// That of the queue which is served worst.
    #[serde(with = "cells::known_share")]
    pub service_lowest: Option<f64>,
    /// Goals that the simulation misses.
    pub goals_missed: Option<usize>,
    /// Jain's index of the points of burdens after the plan; none where they have no price.
    #[serde(with = "cells::known_share")]
    pub jain: Option<f64>,
    /// Points, those of full time, of whoever has most.
    #[serde(with = "cells::known_share")]
    pub most_points: Option<f64>,
    /// Per queue of [`ComparisonTable::queues`] its service.
    #[serde(skip)]
    pub service_by_queue: Vec<Option<f64>>,
}

impl Record for ComparisonRow {
    const COLUMNS: &'static [&'static str] = &[
        "scenario",
        "name",
        "contacts",
        "required_hours",
        "rostered_hours",
        "wages",
        "premiums",
        "labour_cost",
        "labour_cost_difference",
        "short_cost",
        "over_cost",
        "after_end_cost",
        "preference_cost",
        "unplaced_cost",
        "fairness_cost",
        "headcount_cost",
        "objective",
        "objective_difference",
        "beyond_gaps",
        "gap",
        "short_hours",
        "over_hours",
        "service",
        "service_lowest",
        "goals_missed",
        "jain",
        "most_points",
    ];
}

/// `comparison.csv` as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComparisonTable {
    /// All queues of all scenarios, in the order of their columns `service_ID`.
    pub queues: Vec<String>,
    /// The base first.
    pub rows: Vec<ComparisonRow>,
}

/// A queue's service as a cell.
#[derive(Serialize, Deserialize)]
struct ServiceCell(#[serde(with = "cells::known_share")] Option<f64>);

/// What the columns of queues begin with.
const SERVICE_OF: &str = "service_";

impl ComparisonTable {
    /// The table as a file.
    ///
    /// # Errors
    /// When a row cannot be written.
    pub fn write(&self) -> Result<Vec<u8>, OutputError> {
        let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        let services = self.queues.iter().map(|queue| format!("{SERVICE_OF}{queue}"));
        table.write_record(ComparisonRow::COLUMNS.iter().map(|column| (*column).to_owned()).chain(services))?;
        for row in &self.rows {
            let services: Vec<_> = row.service_by_queue.iter().map(|share| ServiceCell(*share)).collect();
            table.serialize((row, services))?;
        }
        table.into_inner().map_err(|error| OutputError::Table(error.into_error().into()))
    }

    /// The table read back.
    ///
    /// # Errors
    /// The first row that is none, with its line.
    pub fn read(bytes: &[u8]) -> Result<Self, OutputError> {
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers()?.clone();
        let is_service = |column: &&str| column.starts_with(SERVICE_OF) && !ComparisonRow::COLUMNS.contains(column);
        let places: Vec<usize> = (0..header.len()).filter(|&place| is_service(&&header[place])).collect();
        let mut table = Self {
            queues: places.iter().map(|&place| header[place][SERVICE_OF.len()..].to_owned()).collect(),
            rows: Vec::new(),
        };
        for record in reader.into_records() {
            let record = record?;
            let mut row: ComparisonRow = record.deserialize(Some(&header))?;
            let service = |&place: &usize| {
                csv::StringRecord::from(vec![&record[place]]).deserialize::<ServiceCell>(None).map(|cell| cell.0)
            };
            row.service_by_queue = places.iter().map(service).collect::<Result<_, _>>()?;
            table.rows.push(row);
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_back_with_the_queues_it_has() {
        let text = "scenario,name,contacts,required_hours,rostered_hours,wages,premiums,labour_cost,labour_cost_difference,\
             short_cost,over_cost,after_end_cost,preference_cost,unplaced_cost,fairness_cost,headcount_cost,objective,objective_difference,beyond_gaps,gap,short_hours,\
             over_hours,service,service_lowest,goals_missed,jain,most_points,service_service_desk,service_lowest_rates\n\
             base,base,1000,100,98.5,1500.00,50.00,1550.00,0.00,100.00,0.00,0.00,0.00,0.00,0.00,0.00,1650.00,0.00,,0.0125,4,2.5,0.85,0.81,0,0.91,12,0.81,0.9\n\
             recall,a recall,1250,100,98.5,1620.50,50.00,1670.50,120.50,100.00,0.00,0.00,0.00,0.00,0.00,0.00,1770.50,120.50,yes,0.0125,4,2.5,,0.9,,,,,0.9\n";
        let table = ComparisonTable::read(text.as_bytes()).expect("a table");
        assert_eq!(table.queues, ["service_desk", "lowest_rates"]);
        assert_eq!(table.rows[1].service_by_queue, [None, Some(0.9)]);
        assert_eq!(table.rows[1].objective_difference, Money::rounded(120.5));
        assert_eq!(String::from_utf8(table.write().expect("a table")).expect("text"), text);
    }
}
