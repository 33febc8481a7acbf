//! Errors as people read them: the error and what caused it, each said once.

use std::error::Error;

/// An error with its causes. Many errors quote their cause already; it is not said twice.
#[must_use]
pub fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string().trim_end().to_owned();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(said.trim_end()) {
            text = format!("{text}: {}", said.trim_end());
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{message}")]
    struct Fault {
        message: &'static str,
        source: Option<std::num::ParseIntError>,
    }

    #[test]
    fn a_cause_is_said_once() {
        let cause = || "x".parse::<u8>().err();
        let silent = Fault {
            message: "no number",
            source: cause(),
        };
        assert_eq!(causes(&silent), "no number: invalid digit found in string");
        let quoting = Fault {
            message: "no number (invalid digit found in string)",
            source: cause(),
        };
        assert_eq!(causes(&quoting), quoting.message);
    }
}
