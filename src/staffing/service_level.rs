//! The five ways in which people count a service level, from the fates of contacts in steady state.

use crate::domain::queue::ServiceDefinition;
use crate::domain::units::Share;

/// What becomes of offered contacts by the goal's time T, as shares of those offered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fates {
    /// Answered after waiting at most T.
    pub answered_within: f64,
    /// Answered at all.
    pub answered: f64,
    /// Abandoned after waiting at most T.
    pub abandoned_within: f64,
}

impl Fates {
    /// The service level by a definition; zero where its denominator is empty, for then nobody was served.
    ///
    /// With W the wait until answer or abandonment, per contact offered:
    /// - `Offered`, `AnsweredAndAbandoned`: P(answered, W ≤ T); in steady state every contact offered is one or the other;
    /// - `Answered`: P(answered, W ≤ T) / P(answered);
    /// - `AnsweredAndAbandonedAfter`: P(answered, W ≤ T) / (1 − P(abandoned, W ≤ T));
    /// - `HandledOrAbandonedWithin`: P(W ≤ T).
    #[must_use]
    pub fn level(&self, definition: ServiceDefinition) -> Share {
        let (counted, among) = match definition {
            ServiceDefinition::Offered | ServiceDefinition::AnsweredAndAbandoned => (self.answered_within, 1.0),
            ServiceDefinition::Answered => (self.answered_within, self.answered),
            ServiceDefinition::AnsweredAndAbandonedAfter => (self.answered_within, 1.0 - self.abandoned_within),
            ServiceDefinition::HandledOrAbandonedWithin => (self.answered_within + self.abandoned_within, 1.0),
        };
        Share::clamped(if among > 0.0 { counted / among } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_contacts_counted_in_five_ways() {
        // Of 10 contacts 6 are answered within T, 1 later, 2 give up within T, 1 later.
        let fates = Fates { answered_within: 0.6, answered: 0.7, abandoned_within: 0.2 };
        let level = |definition| fates.level(definition).get();
        assert!((level(ServiceDefinition::Offered) - 6.0 / 10.0).abs() < 1e-15);
        assert!((level(ServiceDefinition::AnsweredAndAbandoned) - 6.0 / 10.0).abs() < 1e-15);
        assert!((level(ServiceDefinition::Answered) - 6.0 / 7.0).abs() < 1e-15);
        assert!((level(ServiceDefinition::AnsweredAndAbandonedAfter) - 6.0 / 8.0).abs() < 1e-15);
        assert!((level(ServiceDefinition::HandledOrAbandonedWithin) - 8.0 / 10.0).abs() < 1e-15);
    }

    #[test]
    fn where_nobody_is_answered_there_is_no_service() {
        let fates = Fates { answered_within: 0.0, answered: 0.0, abandoned_within: 1.0 };
        assert_eq!(fates.level(ServiceDefinition::Answered), Share::NONE);
        assert_eq!(fates.level(ServiceDefinition::AnsweredAndAbandonedAfter), Share::NONE);
    }
}
