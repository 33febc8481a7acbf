//! The form of a query, read off its first keyword.
//!
//! The server must know the form to negotiate, but must not parse: the grammar is recursive, and a query
//! nested deeply enough overflows the stack. So the prologue is skipped here without recursion, and only
//! workers parse.

use thiserror::Error;

use super::nesting::{self, Nesting};

/// The four forms of query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Rows.
    Select,
    /// Yes or no.
    Ask,
    /// A graph made to measure.
    Construct,
    /// A graph about resources.
    Describe,
}

/// A text that has no form.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum FormError {
    /// It is an update.
    #[error("updates are not accepted here: only SELECT, ASK, CONSTRUCT and DESCRIBE are")]
    Update,
    /// Nobody would parse it.
    #[error("{0}")]
    Nested(Nesting),
    /// It is nothing known.
    #[error("the query has no SELECT, ASK, CONSTRUCT or DESCRIBE")]
    Unknown,
}

/// The form of a query; the rest of the text may still be wrong, but it is not nested so deeply that
/// parsing or evaluating it could overflow a stack.
///
/// # Errors
/// [`FormError::Nested`] where it is, [`FormError::Update`] for SPARQL Update, [`FormError::Unknown`] for
/// anything else.
pub fn form(query: &str) -> Result<Form, FormError> {
    nesting::check(query).map_err(FormError::Nested)?;
    let mut rest = query.trim_start_matches('\u{FEFF}');
    loop {
        rest = skip_space(rest);
        let end = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).ok_or(FormError::Unknown)?;
        match word.to_ascii_uppercase().as_str() {
            "SELECT" => return Ok(Form::Select),
            "ASK" => return Ok(Form::Ask),
            "CONSTRUCT" => return Ok(Form::Construct),
            "DESCRIBE" => return Ok(Form::Describe),
            "INSERT" | "DELETE" | "LOAD" | "CLEAR" | "CREATE" | "DROP" | "COPY" | "MOVE"
            | "ADD" | "WITH" => {
                return Err(FormError::Update);
            }
            // Both end with an IRI; a prefix cannot hold `<`, but a comment before the IRI can.
            "BASE" => rest = skip_iri(skip_space(after))?,
            "PREFIX" => {
                let name = skip_space(after);
                let colon = name.find(':').ok_or(FormError::Unknown)?;
                let after_name = name
                    .split_at_checked(colon + 1)
                    .ok_or(FormError::Unknown)?
                    .1;
                rest = skip_iri(skip_space(after_name))?;
            }
            _ => return Err(FormError::Unknown),
        }
    }
}

/// Skips white space and comments.
fn skip_space(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches([' ', '\t', '\r', '\n']);
        match text.strip_prefix('#') {
            Some(comment) => {
                let end = comment.find(['\r', '\n']).unwrap_or(comment.len());
                text = comment.get(end..).unwrap_or_default();
            }
            None => return text,
        }
    }
}

fn skip_iri(text: &str) -> Result<&str, FormError> {
    let iri = text.strip_prefix('<').ok_or(FormError::Unknown)?;
    iri.split_once('>')
        .map(|(_, rest)| rest)
        .ok_or(FormError::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_form_is_found_behind_any_prologue() {
        for (query, expected) in [
            ("SELECT * {}", Ok(Form::Select)),
            ("ask{}", Ok(Form::Ask)),
            ("#SELECT\nDESCRIBE <x>", Ok(Form::Describe)),
            (
                "BASE <http://e/#select>PREFIX a:<b#>\r\nprefix : <x> # ASK\n\tCONSTRUCT WHERE {}",
                Ok(Form::Construct),
            ),
            ("PREFIX select: # <\n <ask> SELECT * {}", Ok(Form::Select)),
            ("PREFIX a: <b> INSERT DATA {}", Err(FormError::Update)),
            ("LOAD <http://127.0.0.1/>", Err(FormError::Update)),
            ("SELECTED", Err(FormError::Unknown)),
            ("PREFIX a:", Err(FormError::Unknown)),
            ("PREFIX a: <", Err(FormError::Unknown)),
            ("", Err(FormError::Unknown)),
        ] {
            assert_eq!(form(query), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(query in "(PREFIX|BASE|#|<|>|:| |\n|\\PC){0,30}") {
            let _ = form(&query);
        }
    }
}
