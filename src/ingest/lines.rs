//! From a row back to the line a person finds it on.

/// Where rows stand in their file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// Rows counted from 1: a Parquet file has no lines.
    #[cfg(feature = "parquet")]
    OfRows,
    /// One row a line below the header, save for these rows, which run on over a further line (repeated for each).
    OfText {
        /// Rows in which a quoted field contains a line break.
        broken: Vec<u64>,
    },
}

impl Lines {
    /// The lines of a CSV file, whose first row is on line 2.
    pub(super) fn of_text(bytes: &[u8]) -> Self {
        let mut broken = Vec::new();
        if bytes.contains(&b'"') {
            let (mut quoted, mut ended) = (false, 0_u64);
            for byte in bytes {
                match byte {
                    b'"' => quoted = !quoted,
                    b'\n' if quoted => broken.push(ended.saturating_sub(1)),
                    b'\n' => ended += 1,
                    _ => {}
                }
            }
        }
        Self::OfText { broken }
    }

    /// The line of a row counted from 0.
    pub(super) fn of(&self, row: u32) -> u64 {
        let row = u64::from(row);
        match self {
            #[cfg(feature = "parquet")]
            Self::OfRows => row + 1,
            Self::OfText { broken } => row + 2 + broken.partition_point(|earlier| *earlier < row) as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_line_break_moves_the_lines_below_it() {
        // Line 1 header, 2 first row, 3–4 second row, 5 third row.
        let lines = Lines::of_text(b"a,b\n1,2\n\"x\ny\",3\n4,5\n");
        assert_eq!([0, 1, 2].map(|row| lines.of(row)), [2, 3, 5]);
    }
}
