//! Seconds from the start of the plan, and the intervals they lie in.

/// The plan's intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clock {
    pub(super) intervals: usize,
    interval_s: f64,
    /// Intervals per second: a product takes a quarter of a quotient's time.
    per_second: f64,
}

impl Clock {
    /// So many intervals of so many seconds.
    pub(super) fn new(intervals: usize, interval_s: f64) -> Self {
        Self { intervals, interval_s, per_second: 1.0 / interval_s }
    }

    /// Seconds of an interval.
    pub(super) fn interval_s(&self) -> f64 {
        self.interval_s
    }

    /// When an interval starts.
    pub(super) fn start_of(&self, interval: usize) -> f64 {
        interval as f64 * self.interval_s
    }

    /// When the plan ends.
    pub(super) fn end(&self) -> f64 {
        self.start_of(self.intervals)
    }

    /// The interval of a time; of one after the plan the last.
    pub(super) fn interval_of(&self, at: f64) -> usize {
        self.number(at).min(self.intervals.saturating_sub(1))
    }

    /// Parts a stretch of time by intervals.
    pub(super) fn part(&self, from: f64, until: f64, mut part: impl FnMut(usize, f64)) {
        let (mut t, mut at) = (self.number(from), from);
        while at < until && t < self.intervals {
            let end = self.start_of(t + 1).min(until);
            part(t, end - at);
            at = end;
            t += 1;
        }
    }

    /// The number of a time's interval, counted on after the plan's end; the product may be off by one at either end.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "times are positive and near the plan")]
    fn number(&self, at: f64) -> usize {
        // Of 32 bits, which a processor turns into a real number and back in one step each.
        let near = (at * self.per_second) as u32;
        let start = f64::from(near) * self.interval_s;
        let late = u32::from(at >= start + self.interval_s);
        let early = u32::from(at < start);
        (near + late - early) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_lies_in_the_interval_that_starts_with_it_or_before() {
        for interval_s in [300.0, 420.0, 900.0, 3_600.0] {
            let clock = Clock::new(5_000, interval_s);
            for interval in 0..5_000 {
                let start = clock.start_of(interval);
                assert_eq!(clock.interval_of(start), interval);
                assert_eq!(clock.interval_of(start.next_up()), interval);
                assert_eq!(clock.interval_of(start.next_down().max(0.0)), interval.saturating_sub(1));
            }
            assert_eq!(clock.interval_of(clock.end() + 1.0), 4_999);
        }
    }

    #[test]
    fn a_stretch_is_parted_at_the_intervals_bounds_and_cut_at_the_plans_end() {
        let mut parts = Vec::new();
        Clock::new(3, 60.0).part(50.0, 200.0, |t, seconds| parts.push((t, seconds)));
        assert_eq!(parts, [(0, 10.0), (1, 60.0), (2, 60.0)]);
    }
}
