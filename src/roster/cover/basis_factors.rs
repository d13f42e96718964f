//! The small square system of a working basis: factors with row exchanges, solved either way round.

/// Pivots below this are taken for zero.
const SINGULAR: f64 = 1e-9;

/// Lower and upper factors of a matrix, rows exchanged where that is safer.
#[derive(Clone, Debug, Default)]
pub(super) struct BasisFactors {
    size: usize,
    /// Row by row; below the diagonal the lower factor, whose diagonal is one.
    entries: Vec<f64>,
    /// The matrix row that stands in each place.
    order: Vec<usize>,
    /// Room for a solution.
    room: Vec<f64>,
}

impl BasisFactors {
    /// A matrix of zeros to be filled.
    pub(crate) fn clear(&mut self, size: usize) {
        self.size = size;
        self.entries.clear();
        self.entries.resize(size * size, 0.0);
        self.order.clear();
        self.order.extend(0..size);
        if self.room.len() < size {
            self.room.resize(size, 0.0);
        }
    }

    /// Adds to an entry, before the matrix is factored.
    pub(crate) fn put(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.size + column] += value;
    }

    /// Factors the matrix; false if it is singular.
    pub(super) fn factor(&mut self) -> bool {
        let n = self.size;
        for at in 0..n {
            let mut largest = at;
            for row in at + 1..n {
                if self.entries[row * n + at].abs() > self.entries[largest * n + at].abs() {
                    largest = row;
                }
            }
            if self.entries[largest * n + at].abs() < SINGULAR {
                return false;
            }
            if largest != at {
                self.order.swap(largest, at);
                (0..n).for_each(|column| self.entries.swap(largest * n + column, at * n + column));
            }
            self.eliminate(at);
        }
        true
    }

    /// Subtracts a pivot's row from all rows below it.
    fn eliminate(&mut self, at: usize) {
        let n = self.size;
        let (above, below) = self.entries.split_at_mut((at + 1) * n);
        let pivot = &above[at * n..];
        for row in below.chunks_exact_mut(n).filter(|row| row[at] != 0.0) {
            row[at] /= pivot[at];
            let factor = row[at];
            for (entry, by) in row[at + 1..].iter_mut().zip(&pivot[at + 1..]) {
                *entry -= factor * by;
            }
        }
    }

    /// Replaces the right-hand side of `matrix × x = right` by x.
    pub(crate) fn solve(&mut self, right: &mut [f64]) {
        let n = self.size;
        for row in 0..n {
            let known = &self.room[..row];
            let sum: f64 = self.entries[row * n..row * n + row].iter().zip(known).map(|(l, x)| l * x).sum();
            self.room[row] = right[self.order[row]] - sum;
        }
        for row in (0..n).rev() {
            let known = &right[row + 1..n];
            let sum: f64 = self.entries[row * n + row + 1..(row + 1) * n].iter().zip(known).map(|(u, x)| u * x).sum();
            right[row] = (self.room[row] - sum) / self.entries[row * n + row];
        }
    }

    /// Replaces the right-hand side of `x × matrix = right` by x.
    pub(super) fn solve_transposed(&mut self, right: &mut [f64]) {
        let n = self.size;
        for at in 0..n {
            let pivots = &self.entries[at * n..(at + 1) * n];
            let value = right[at] / pivots[at];
            self.room[at] = value;
            for (later, upper) in right[at + 1..n].iter_mut().zip(&pivots[at + 1..]) {
                *later -= value * upper;
            }
        }
        for at in (0..n).rev() {
            let (earlier, rest) = self.room.split_at_mut(at);
            for (earlier, lower) in earlier.iter_mut().zip(&self.entries[at * n..]) {
                *earlier -= rest[0] * lower;
            }
        }
        for (place, &row) in self.order.iter().enumerate() {
            right[row] = self.room[place];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_either_way_round() {
        // Rows must be exchanged: the first pivot is zero. With x = (1, 2, 3) and y = (3, 2, 1).
        let matrix = [[0.0, 2.0, 1.0], [1.0, -1.0, 0.0], [0.5, 0.0, 4.0]];
        let mut factors = BasisFactors::default();
        factors.clear(3);
        for (row, entries) in matrix.iter().enumerate() {
            entries.iter().enumerate().for_each(|(column, &value)| factors.put(row, column, value));
        }
        assert!(factors.factor());
        let mut right = [7.0, -1.0, 12.5];
        factors.solve(&mut right);
        assert!(right.iter().zip([1.0, 2.0, 3.0]).all(|(x, y)| (x - y).abs() < 1e-12), "{right:?}");
        let mut right = [2.5, 4.0, 7.0];
        factors.solve_transposed(&mut right);
        assert!(right.iter().zip([3.0, 2.0, 1.0]).all(|(x, y)| (x - y).abs() < 1e-12), "{right:?}");
    }

    #[test]
    fn a_singular_matrix_is_told() {
        let mut factors = BasisFactors::default();
        factors.clear(2);
        for (row, column, value) in [(0, 0, 1.0), (0, 1, 2.0), (1, 0, 0.5), (1, 1, 1.0)] {
            factors.put(row, column, value);
        }
        assert!(!factors.factor());
    }
}
