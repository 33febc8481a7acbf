//! What a DCAT feed lists and filters by.
//!
//! A feed's parameters are its own, so that any is taken: they are added to its address. One means
//! something here: `modified_since = ["last"]` says that the feed gives only what changed since then, as
//! those of ckanext-dcat and of this program do.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use crate::address::public_text;
use crate::source::contract::{Configured, Crawl, Fault, Keys, Start, keys::check_values};
use crate::source::feed::{self, Asked, Parameter};

/// What the configuration says of a feed.
#[derive(Debug, Clone, Default, Serialize)]
struct Settings {
    parameters: Vec<Parameter>,
}

pub(super) fn configure(keys: &mut Keys) -> Result<Arc<dyn Configured>, Fault> {
    let parameters = keys.filters(read_filter)?.concat();
    Ok(Arc::new(Settings { parameters }))
}

impl Configured for Settings {
    fn crawl(&self, start: Start<'_>) -> Result<Box<dyn Crawl>, String> {
        // The feed stands where the configuration says, to the letter.
        let address = &start.site.address;
        let url = Url::parse(address)
            .map_err(|error| format!("`{}` is no URL: {error}", public_text(address)))?;
        let asked = Asked {
            parameters: self.parameters.clone(),
            ..Asked::everything(url, start.site.include.clone())
        };
        feed::feed(&asked, start)
    }

    fn is_feed(&self) -> bool {
        true
    }

    fn question(&self) -> Value {
        json!(self)
    }
}

fn read_filter(name: &str, values: Vec<String>) -> Result<Vec<Parameter>, String> {
    if name.trim().is_empty() {
        return Err("a parameter of a feed needs a name".to_owned());
    }
    check_values(&values)?;
    if name == feed::SINCE {
        return match values.as_slice() {
            [last] if last == "last" => Ok(vec![Parameter::SinceLast]),
            _ => Err(
                "only \"last\" is known, for what changed since the last run; any other date would \
                 hide the rest of the feed"
                    .to_owned(),
            ),
        };
    }
    let parameter = |value| Parameter::Fixed(name.to_owned(), value);
    Ok(values.into_iter().map(parameter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_parameter_is_taken_and_a_fixed_date_is_not() {
        let check = |name: &str, value: &str| read_filter(name, vec![value.to_owned()]).map(drop);
        assert_eq!(check("q", "eau"), Ok(()));
        assert_eq!(check("modified_since", "last"), Ok(()));
        assert!(check("modified_since", "2020-01-01").is_err());
        assert!(check("q", " ").is_err() && check("", "x").is_err());
    }
}
