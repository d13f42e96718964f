//! How days of work and days off follow one another: rules that a contract may leave out. The default binds nobody.

/// The rhythm of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// Dates with a shift in a row, at least. A run that the plan's end cuts is not judged; one from before the plan
    /// goes on in it.
    pub min_consecutive_days: u32,
    /// Dates without a shift in a row, at least, absences among them; cut and continued in the same way.
    pub min_days_off: u32,
    /// Weekends of the plan, Saturday and Sunday of the site's calendar, that a shift may touch.
    pub max_weekends: Option<u32>,
}
