//! Which syntax an answer is written in.
//!
//! `Accept` decides where it names a syntax of results or of RDF. Where it does not (absent, wildcards,
//! or a browser's, which names HTML only), a parameter `format` or `output` decides, as `SPARQLWrapper`
//! and links in pages send it; an unknown value of it counts for nothing.

use crate::graph::query::{Form, Format, ResultsSyntax};
use crate::rdf::syntax::Syntax;
use crate::web::negotiate::{NotAcceptable, Offer, names, negotiate};

use crate::web::error::WebError;

/// What the client gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Wanted {
    /// The answer itself.
    Format(Format),
    /// A page for people.
    Page,
}

impl From<ResultsSyntax> for Format {
    fn from(syntax: ResultsSyntax) -> Self {
        Self::Results(syntax)
    }
}

impl From<Syntax> for Format {
    fn from(syntax: Syntax) -> Self {
        Self::Graph(syntax)
    }
}

/// Whether a form of query is answered with rows or a boolean.
pub(in crate::web) fn has_rows(form: Form) -> bool {
    matches!(form, Form::Select | Form::Ask)
}

const HTML: &str = "text/html";

fn offers(form: Form) -> Vec<Offer<'static, Wanted>> {
    let mut offers = Vec::new();
    let mut offer = |media_type, format| {
        offers.push(Offer {
            media_type,
            value: Wanted::Format(format),
        });
    };
    if has_rows(form) {
        for syntax in ResultsSyntax::ALL {
            offer(syntax.media_type(), syntax.into());
        }
        offer("application/json", ResultsSyntax::Json.into());
        offer("application/xml", ResultsSyntax::Xml.into());
        offer("text/xml", ResultsSyntax::Xml.into());
    } else {
        for (media_type, syntax) in Syntax::media_types() {
            offer(media_type, syntax.into());
        }
    }
    offers
}

/// The format of the answer to a query.
pub(in crate::web) fn wanted(
    accept: Option<&str>,
    parameter: Option<&str>,
    form: Form,
) -> Result<Wanted, WebError> {
    let mut offers = offers(form);
    let specific =
        offers.iter().any(|offer| names(accept, offer.media_type)) && !is_browser(accept);
    if !specific && let Some(format) = parameter.and_then(|name| by_name(name, form)) {
        return Ok(format);
    }
    offers.push(Offer {
        media_type: HTML,
        value: Wanted::Page,
    });
    negotiate(accept, &offers).map_err(|NotAcceptable| not_acceptable(&offers))
}

/// The syntax of the service description; none is the page.
pub(super) fn description(accept: Option<&str>) -> Result<Option<Syntax>, WebError> {
    let syntaxes = Syntax::media_types().map(|(media_type, syntax)| Offer {
        media_type,
        value: Some(syntax),
    });
    let mut offers: Vec<_> = syntaxes.collect();
    let page = Offer {
        media_type: HTML,
        value: None,
    };
    // A browser names XML too, as something it could show.
    if is_browser(accept) {
        offers.insert(0, page);
    } else {
        offers.push(page);
    }
    negotiate(accept, &offers).map_err(|NotAcceptable| not_acceptable(&offers))
}

/// Browsers name `application/xml` too, which is no wish for results in XML.
fn is_browser(accept: Option<&str>) -> bool {
    names(accept, HTML) && names(accept, "application/xhtml+xml")
}

fn by_name(name: &str, form: Form) -> Option<Wanted> {
    let name = name.to_ascii_lowercase();
    if matches!(name.as_str(), "html" | HTML) {
        return Some(Wanted::Page);
    }
    let named = offers(form)
        .into_iter()
        .find(|offer| offer.media_type == name)
        .map(|offer| offer.value);
    named.or_else(|| {
        let format = if has_rows(form) {
            match name.as_str() {
                "json" | "srj" => ResultsSyntax::Json.into(),
                "xml" | "srx" => ResultsSyntax::Xml.into(),
                "csv" => ResultsSyntax::Csv.into(),
                "tsv" => ResultsSyntax::Tsv.into(),
                _ => return None,
            }
        } else {
            Syntax::from_name(&name)?.into()
        };
        Some(Wanted::Format(format))
    })
}

fn not_acceptable<T>(offers: &[Offer<'_, T>]) -> WebError {
    let types: Vec<&str> = offers.iter().map(|offer| offer.media_type).collect();
    WebError::NotAcceptable(types.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(syntax: ResultsSyntax) -> Wanted {
        Wanted::Format(Format::Results(syntax))
    }

    fn graph(syntax: Syntax) -> Wanted {
        Wanted::Format(Format::Graph(syntax))
    }

    const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    #[test]
    fn accept_comes_before_the_parameter_where_it_names_a_syntax() {
        for (accept, parameter, form, expected) in [
            (None, None, Form::Select, results(ResultsSyntax::Json)),
            (None, None, Form::Construct, graph(Syntax::Turtle)),
            (None, Some("csv"), Form::Ask, results(ResultsSyntax::Csv)),
            (
                Some("*/*"),
                Some("xml"),
                Form::Select,
                results(ResultsSyntax::Xml),
            ),
            (
                Some("*/*"),
                Some("xml"),
                Form::Describe,
                graph(Syntax::RdfXml),
            ),
            (
                Some("*/*"),
                Some("text/csv"),
                Form::Select,
                results(ResultsSyntax::Csv),
            ),
            (
                Some("*/*"),
                Some("turtle"),
                Form::Select,
                results(ResultsSyntax::Json),
            ),
            (
                Some("text/csv"),
                Some("json"),
                Form::Select,
                results(ResultsSyntax::Csv),
            ),
            (Some(BROWSER), None, Form::Select, Wanted::Page),
            (
                Some(BROWSER),
                Some("csv"),
                Form::Select,
                results(ResultsSyntax::Csv),
            ),
            (Some(BROWSER), Some("html"), Form::Construct, Wanted::Page),
            (
                Some("application/sparql-results+json,application/json,text/javascript"),
                Some("json"),
                Form::Select,
                results(ResultsSyntax::Json),
            ),
            (
                Some("application/ld+json,application/json"),
                None,
                Form::Construct,
                graph(Syntax::JsonLd),
            ),
        ] {
            assert_eq!(
                wanted(accept, parameter, form).ok(),
                Some(expected),
                "{accept:?} {parameter:?} {form:?}"
            );
        }
        assert!(wanted(Some("image/png"), None, Form::Select).is_err());
        assert!(wanted(Some("text/turtle"), None, Form::Select).is_err());
    }

    #[test]
    fn the_description_is_rdf_unless_html_is_asked_for() {
        assert_eq!(description(None).ok(), Some(Some(Syntax::Turtle)));
        assert_eq!(
            description(Some("application/rdf+xml")).ok(),
            Some(Some(Syntax::RdfXml))
        );
        assert_eq!(description(Some(BROWSER)).ok(), Some(None));
        assert!(description(Some("text/csv")).is_err());
    }
}
