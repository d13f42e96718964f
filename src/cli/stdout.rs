//! Data for people on standard output.

use std::io::{ErrorKind, Write};

use super::visible::visible;

/// Writes all of a text. Who closes the pipe, as `head` does, has read enough: that is no error.
///
/// # Errors
/// When standard output takes no more for another reason, such as a full disk.
pub(super) fn print(text: &str) -> std::io::Result<()> {
    let mut to = std::io::stdout().lock();
    match to.write_all(visible(text).as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
