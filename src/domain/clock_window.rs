//! Times of day.

/// Times of day, possibly over midnight: 21:00 to 07:00 has `from` 1260 and `until` 420.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockWindow {
    /// First minute of the day, 0 to 1439.
    pub from: u16,
    /// First minute after the window, 0 to 1440; at or before `from`, the window runs over midnight.
    pub until: u16,
}

impl ClockWindow {
    /// Whether a minute of the day lies in the window.
    #[must_use]
    pub fn holds(self, minute: u32) -> bool {
        let (from, until) = (u32::from(self.from), u32::from(self.until));
        if from < until { (from..until).contains(&minute) } else { minute >= from || minute < until }
    }
}
