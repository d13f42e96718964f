//! A history and its forecasts as files, so that others forecast the same days from the same past.

use std::io::Write;
use std::path::Path;

use obsada::domain::backtest::Backtest;
use obsada::domain::time::local_date;

use crate::histories::QueuePast;

/// Writes `NAME.history.csv` (start, wall clock, offered; unknown and closed intervals left out) and `NAME.forecasts.csv`
/// (origin, start, wall clock, date, actual, offered, p10, p90).
pub(crate) fn write(folder: &Path, past: &QueuePast, tested: &Backtest) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let name = past.name.replace([' ', '–'], "-");
    let open =
        |kind: &str| std::fs::File::create(folder.join(format!("{name}.{kind}.csv"))).map(std::io::BufWriter::new);
    let mut history = open("history")?;
    writeln!(history, "start,wall,offered")?;
    for (at, count) in past.grid.starts().zip(past.offered.iter()) {
        if let Some(count) = count {
            writeln!(history, "{},{},{count}", at.to_rfc3339(), at.with_timezone(&past.zone).naive_local())?;
        }
    }
    let mut forecasts = open("forecasts")?;
    writeln!(forecasts, "origin,start,wall,date,actual,offered,p10,p90")?;
    for point in &tested.points {
        let wall = point.start.with_timezone(&past.zone).naive_local();
        let (origin, start, date) =
            (point.origin.to_rfc3339(), point.start.to_rfc3339(), local_date(point.start, past.zone));
        let (actual, offered, p10, p90) = (point.actual, point.offered, point.p10, point.p90);
        writeln!(forecasts, "{origin},{start},{wall},{date},{actual},{offered},{p10},{p90}")?;
    }
    Ok(())
}
