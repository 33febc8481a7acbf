//! What is settled before the first question: addresses, schema, what the service can do.

use chrono::{Days, NaiveDate};
use url::Url;

use super::{Crawl, unusable_at};
use crate::fetch::Fetcher;
use crate::source::contract::CrawlError;
use crate::source::crawl::answer::sent;
use crate::source::kind::csw::answer::{self, Answer};
use crate::source::kind::csw::capabilities::{self, Capabilities};
use crate::source::kind::csw::constraint::Queryables;
use crate::source::kind::csw::question::{self, Method, Order, Question};
use crate::source::kind::csw::schema::{best, named, type_of};

/// The day before that of a moment.
pub(super) fn day_before(moment: &str) -> Result<String, String> {
    let day = moment
        .get(..10)
        .and_then(|day| day.parse::<NaiveDate>().ok())
        .and_then(|day| day.checked_sub_days(Days::new(1)))
        .ok_or_else(|| format!("`{moment}` is no date to ask from"))?;
    Ok(day.to_string())
}

impl Crawl {
    /// Reads the capabilities and decides what to ask.
    pub(super) async fn negotiate(&mut self, fetcher: &Fetcher) -> Result<Question, CrawlError> {
        let capabilities = match self.capabilities(fetcher).await {
            Ok(capabilities) => capabilities,
            Err(error @ CrawlError::Fetch(_)) if !has_answered(&error) => return Err(error),
            Err(error) => {
                self.cursor
                    .note(format!("its capabilities cannot be read: {error}"));
                Capabilities::default()
            }
        };
        self.note_limits(&capabilities);
        let post = self.address("POST", capabilities.post.as_deref());
        let get = self.address("GET", capabilities.get.as_deref());
        let takes_post = capabilities.post.is_some() || capabilities.get.is_none();
        let schema = match &self.output_schema {
            Some(iri) => iri.clone(),
            None => best(&capabilities.schemas).iri.to_owned(),
        };
        let types = named(&schema).map_or(&["gmd:MD_Metadata", "csw:Record"][..], |it| it.types);
        let type_name = type_of(types, &capabilities.types).to_owned();
        let order = Self::order(&capabilities);
        Ok(Question {
            post,
            get,
            method: if takes_post {
                Method::Post
            } else {
                Method::Get
            },
            order,
            schema,
            type_name,
        })
    }

    async fn capabilities(&self, fetcher: &Fetcher) -> Result<Capabilities, CrawlError> {
        let mut request = question::capabilities(&self.endpoint);
        self.account.sign(&mut request);
        let read = self.reader.read(&request, fetcher, |response| {
            let sent = sent(response);
            match answer::read(&response.body, sent) {
                Ok(Answer::Exception(exception)) => Ok(Err(exception)),
                _ => capabilities::read(&response.body, sent)
                    .map(Ok)
                    .map_err(|unusable| unusable_at(&self.endpoint, unusable)),
            }
        });
        read.await?.map_err(|exception| CrawlError::Refused {
            url: self.endpoint.clone(),
            message: exception.to_string(),
        })
    }

    /// Where to ask: what the service names where it is the same machine, else what is configured.
    fn address(&mut self, method: &str, named: Option<&str>) -> Url {
        match capabilities::address(named, &self.endpoint) {
            Ok(url) => url,
            Err(other) => {
                if let Some(other) = other {
                    self.cursor.note(format!(
                        "its capabilities say {method} {other}: the configured address {} is asked",
                        self.endpoint
                    ));
                }
                self.endpoint.clone()
            }
        }
    }

    fn order(capabilities: &Capabilities) -> Order {
        // Some list nothing but what they add to the standard's own.
        let lists_names = capabilities.knows("title");
        if !lists_names || capabilities.knows("identifier") {
            Order::Sorted
        } else {
            Order::Unsorted
        }
    }

    /// Tells what the service says it cannot do and is asked for all the same.
    fn note_limits(&mut self, capabilities: &Capabilities) {
        let version = &capabilities.version;
        if !version.is_empty() && !version.starts_with("2.0") {
            self.cursor.note(format!(
                "it answers in version {version}, and is asked in version 2.0.2"
            ));
        }
        let schemas = &capabilities.schemas;
        if let Some(iri) = &self.output_schema
            && !schemas.is_empty()
            && !schemas.contains(iri)
        {
            self.cursor.note(format!(
                "`{iri}` is none of its output schemas: {}",
                schemas.join(", ")
            ));
        }
        let is_cql = |text: &String| !text.trim_start().starts_with('<');
        let language = match self.constraint.configured.as_ref().map(is_cql) {
            Some(true) => Some("CQL_TEXT"),
            Some(false) => Some("FILTER"),
            None => None,
        };
        if let Some(language) = language.filter(|language| !capabilities.speaks(language)) {
            self.cursor.note(format!(
                "it says that it takes constraints as {}, and the configured one is {language}",
                capabilities.languages.join(", ")
            ));
        }
        let names = Queryables::of("gmd:MD_Metadata");
        let is_asked = [
            (names.modified, self.constraint.since.is_some()),
            (names.kind, !self.constraint.types.is_empty()),
        ];
        for (name, is_asked) in is_asked {
            let bare = name.rsplit_once(':').map_or(name, |(_, bare)| bare);
            if is_asked && !capabilities.knows(bare) {
                self.cursor.note(format!(
                    "`{name}` is none of what it says it can be asked for"
                ));
            }
        }
    }
}

/// Whether the portal answered at all.
fn has_answered(error: &CrawlError) -> bool {
    match error {
        CrawlError::Fetch(error) => error.status().is_some(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::day_before;

    #[test]
    fn the_day_before_is_asked_from() {
        for (moment, day) in [
            ("2024-03-01T00:30:00+01:00", "2024-02-29"),
            ("2024-01-01", "2023-12-31"),
        ] {
            assert_eq!(day_before(moment).as_deref(), Ok(day));
        }
        for moment in ["", "hier", "2024-13-01T00:00:00"] {
            assert!(day_before(moment).is_err(), "{moment}");
        }
    }
}
