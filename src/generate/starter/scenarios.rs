//! Two questions that every workspace can be asked.

use crate::generate::GeneratedFile;

const BUSY_WEEK: &str = r#"name = "a busy week"
why = "A fifth more contacts than expected in every queue."

[factors]
volume_factor = 1.2
"#;

const ABSENT: &str = r#"name = "ten per cent absent"
why = "Every tenth agent is away for the whole plan."

[factors]
absent_share = 0.10
"#;

/// `obsada what-if DIR DIR/scenarios/busy-week.toml` works at once.
pub(super) fn scenarios() -> [GeneratedFile; 2] {
    [
        GeneratedFile::new("scenarios/busy-week.toml", BUSY_WEEK),
        GeneratedFile::new("scenarios/ten-percent-absent.toml", ABSENT),
    ]
}
