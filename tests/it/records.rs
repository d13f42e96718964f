//! What a run leaves is read by the types that wrote it, whole: another program needs no parser of its own.

use std::fs;
use std::path::Path;

use obsada::output::records::{
    self, AccuracyRow, BacktestRow, CleaningRow, ComparisonTable, CoverageRow, ForecastRow, ImprovementRow, LedgerRow,
    PayrollRow, PlanFile, Record, RequirementRow, RosterRow, RunFile, ServiceRow, Summary,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::program::{Shop, assert_exit};

/// A table reads back row by row, and is written again byte by byte.
fn table<R: Record>(out: &Path, name: &str) -> Vec<R> {
    let bytes = fs::read(out.join(name)).unwrap();
    let rows: Vec<R> = records::read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(!rows.is_empty(), "{name} has rows");
    let again: Vec<R> = records::read(&bytes).unwrap();
    assert!(records::write(again).unwrap() == bytes, "{name} is written as it was");
    rows
}

fn document<D: Serialize + DeserializeOwned>(out: &Path, name: &str) -> D {
    let bytes = fs::read(out.join(name)).unwrap();
    let document: D = records::read_document(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(records::write_document(&document).unwrap() == bytes, "{name} is written as it was");
    document
}

#[test]
fn every_table_and_document_of_a_plan_reads_back() {
    let shop = Shop::new();
    assert_exit(&shop.command("forecast").arg("--backtest").output().unwrap(), 0);
    table::<AccuracyRow>(&shop.out(), "accuracy.csv");
    table::<BacktestRow>(&shop.out(), "backtest.csv");

    assert_exit(&shop.plan(&[]), 0);
    let out = shop.out();

    let forecast: Vec<ForecastRow> = table(&out, "forecast.csv");
    let requirement: Vec<RequirementRow> = table(&out, "requirement.csv");
    let coverage: Vec<CoverageRow> = table(&out, "coverage.csv");
    assert_eq!(requirement.len(), coverage.len());
    assert_eq!(forecast[0].start, requirement[0].start);
    table::<CleaningRow>(&out, "cleaning.csv");

    let roster: Vec<RosterRow> = table(&out, "roster.csv");
    let payroll: Vec<PayrollRow> = table(&out, "payroll.csv");
    let paid = |class: &str| payroll.iter().filter(|row| row.class == class).map(|row| row.minutes).sum::<i64>();
    assert_eq!(paid("base"), roster.iter().map(|row| row.paid_minutes).sum::<i64>());

    let service: Vec<ServiceRow> = table(&out, "service.csv");
    assert_eq!(service.len(), coverage.len());
    table::<ImprovementRow>(&out, "improvements.csv");
    table::<LedgerRow>(&out, "ledger.csv");
    let read = [
        "forecast",
        "requirement",
        "coverage",
        "cleaning",
        "roster",
        "payroll",
        "service",
        "improvements",
        "ledger",
        "whynot",
    ]
    .map(|name| format!("{name}.csv"));
    let left = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let tables = left.filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
    let names = tables.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned());
    let unread: Vec<String> = names.filter(|name| !read.contains(name)).collect();
    assert_eq!(unread, Vec::<String>::new(), "tables that nothing reads back");

    let summary: Summary = document(&out, "summary.json");
    let lived = summary.service.as_ref().unwrap();
    let arrived = |of: &str| service.iter().filter(|row| row.queue == of).map(|row| row.offered).sum::<f64>();
    let (queue, of) = &lived.queues[0];
    assert!((of.plan.offered.unwrap() - arrived(queue)).abs() < 0.01 && of.days.len() == 7);
    let money = payroll.iter().map(|row| row.amount.as_f64()).sum::<f64>();
    let told = summary.roster.unwrap();
    assert!((told.wages + told.premiums - money).abs() < 0.005);
    let plan: PlanFile = document(&out, "plan.json");
    assert_eq!(plan.roster.unwrap().agents.len(), 12);
    let run: RunFile = document(&out, "run.json");
    assert!(run.files.contains(&"roster.csv".to_owned()) && run.effective.weeks == Some(plan.weeks));
}

#[test]
fn a_comparison_reads_back() {
    let shop = Shop::new();
    let busier = shop.dir().with_file_name("busier.toml");
    fs::write(&busier, "name = \"busier\"\nwhy = \"a test\"\n[factors]\nvolume_factor = 1.2\n").unwrap();
    assert_exit(&shop.command("what-if").arg(&busier).args(["--work", "20", "--quiet"]).output().unwrap(), 0);
    let bytes = fs::read(shop.out().join("comparison.csv")).unwrap();
    let table = ComparisonTable::read(&bytes).unwrap();
    assert_eq!((table.queues.len(), table.rows.len()), (2, 2));
    assert!(table.rows[1].contacts > table.rows[0].contacts);
    assert!(table.write().unwrap() == bytes, "comparison.csv is written as it was");
}
