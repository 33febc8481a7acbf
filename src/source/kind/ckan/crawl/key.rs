//! The API key, which comes from the environment and goes nowhere but into the headers of requests. The
//! fetcher drops them on the way to another origin.

use crate::fetch::header::{AUTHORIZATION, HeaderName, HeaderValue};

/// The header that CKAN 2.9 and before reads as well.
const OLD: HeaderName = HeaderName::from_static("x-ckan-api-key");

/// The headers that tell the portal who asks; none where no key is configured.
///
/// # Errors
/// A message where the variable is not set, or cannot be a header. It never has the key in it.
pub(super) fn headers(variable: Option<&str>) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let Some(variable) = variable else {
        return Ok(Vec::new());
    };
    let key = std::env::var(variable).unwrap_or_default();
    headers_of(key.trim(), variable)
}

fn headers_of(key: &str, variable: &str) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    if key.is_empty() {
        return Err(format!(
            "the environment variable `{variable}`, which should hold the API key, is not set"
        ));
    }
    let Ok(mut value) = HeaderValue::from_str(key) else {
        return Err(format!(
            "what the environment variable `{variable}` holds cannot be an API key"
        ));
    };
    value.set_sensitive(true);
    Ok(vec![(AUTHORIZATION, value.clone()), (OLD, value)])
}

#[test]
fn a_key_is_in_the_headers_and_in_no_message() {
    let headers = headers_of("s3cret", "KEY").unwrap();
    assert_eq!(headers.len(), 2);
    assert!(headers.iter().all(|(_, value)| value == "s3cret"));
    assert!(!format!("{headers:?}").contains("s3cret"));
    let error = headers_of("s3cret\n", "KEY").unwrap_err();
    assert!(
        error.contains("KEY") && !error.contains("s3cret"),
        "{error}"
    );
    assert!(headers_of("", "KEY").is_err());
}
