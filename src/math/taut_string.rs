//! The taut string: the smoothest path between a lower and an upper bound.
//!
//! Of all paths with `lower ≤ path ≤ upper`, the shortest one minimises every convex function of the increments at
//! once: their largest value, their sum of squares, their total variation (Barlow, Bartholomew, Bremner & Brunk,
//! Statistical Inference under Order Restrictions, 1972; Davies & Kovac, Annals of Statistics 29, 2001).

/// Slopes per step of the taut string from 0 through the bounds after each step.
///
/// `lower[k] ≤ upper[k]` bound the path after step k; the last bounds are meant to be equal, otherwise the path ends at
/// the lower one. Quadratic in the number of steps at worst, linear when bounds are touched often.
#[must_use]
pub fn taut_string(lower: &[f64], upper: &[f64]) -> Vec<f64> {
    let steps = lower.len().min(upper.len());
    let mut slopes = Vec::with_capacity(steps);
    let mut height = 0.0;
    while slopes.len() < steps {
        let done = slopes.len();
        let (until, slope) = straight_ahead(&lower[done..steps], &upper[done..steps], height);
        slopes.resize(done + until, slope);
        height += slope * until as f64;
    }
    slopes
}

/// How many steps the string runs straight from `height`, and its slope: to the end, or to where it bends.
fn straight_ahead(lower: &[f64], upper: &[f64], height: f64) -> (usize, f64) {
    let (mut steepest, mut steepest_at) = (f64::NEG_INFINITY, 1); // the slope that lower bounds demand
    let (mut flattest, mut flattest_at) = (f64::INFINITY, 1); // the slope that upper bounds allow
    let last = lower.len() - 1;
    for step in 0..lower.len() {
        let distance = (step + 1) as f64;
        let needed = (lower[step] - height) / distance;
        let allowed = (if step == last { lower[step] } else { upper[step] } - height) / distance;
        if needed > flattest {
            return (flattest_at, flattest);
        }
        if allowed < steepest {
            return (steepest_at, steepest);
        }
        if needed >= steepest {
            (steepest, steepest_at) = (needed, step + 1);
        }
        if allowed <= flattest {
            (flattest, flattest_at) = (allowed, step + 1);
        }
    }
    (lower.len(), (lower[last] - height) / lower.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_bounds_between_the_string_is_straight() {
        assert_eq!(taut_string(&[0.0, 0.0, 0.0, 8.0], &[8.0; 4]), vec![2.0; 4]);
    }

    #[test]
    fn the_string_bends_where_a_bound_pushes_it() {
        // Nothing may be done before step 3 (upper bound 0), then 6 remain for 2 steps.
        assert_eq!(taut_string(&[0.0, 0.0, 0.0, 6.0], &[0.0, 0.0, 6.0, 6.0]), vec![0.0, 0.0, 3.0, 3.0]);
        // Six are due after step 1: they are done at once, the other two spread.
        assert_eq!(taut_string(&[6.0, 6.0, 8.0], &[8.0, 8.0, 8.0]), vec![6.0, 1.0, 1.0]);
    }
}
