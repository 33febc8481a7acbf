//! What a page is about in schema.org terms, for search engines: <https://schema.org/Dataset>, the
//! mapping of <https://ec-jrc.github.io/dcat-ap-to-schema-org/>, and types beside it for what is no dataset.
//!
//! The block stands inside `<script type="application/ld+json">`, where HTML has no escapes: the
//! characters that could end it are written as JSON's own.

mod object;
mod others;

use std::fmt;

use askama::filters::HtmlSafe;
use serde_json::{Map, Value, json};

use object::Object;
pub(super) use others::{discussion, thing};

use super::link::is_web;
use super::markdown::excerpt;
use super::page::Page;
use crate::dcat::geometry::{bounds, parts};
use crate::dcat::view::{AgentView, DatasetView, DistributionView, Period, Place};

/// The longest description that Google takes, in characters.
const LONGEST_DESCRIPTION: usize = 5_000;

/// Most distributions named in the block.
const MOST_DISTRIBUTIONS: usize = 200;

/// JSON that is safe inside a script element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DataBlock(String);

impl fmt::Display for DataBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for DataBlock {}

impl DataBlock {
    /// Writes `value`, keys sorted, with `<`, `>`, `&` and the line separators as `\u` escapes.
    pub(super) fn of(value: &Value) -> Self {
        let mut out = String::new();
        for c in value.to_string().chars() {
            match c {
                '<' => out.push_str("\\u003c"),
                '>' => out.push_str("\\u003e"),
                '&' => out.push_str("\\u0026"),
                '\u{2028}' => out.push_str("\\u2028"),
                '\u{2029}' => out.push_str("\\u2029"),
                c => out.push(c),
            }
        }
        Self(out)
    }
}

/// The dataset of a page.
pub(super) fn dataset(
    dataset: &DatasetView,
    publisher: Option<&AgentView>,
    page: &Page<'_>,
) -> Value {
    let language = page.language.tag();
    let mut object = Object::of("Dataset", &dataset.iri);
    common(&mut object, dataset, page);
    object.text("version", dataset.version.as_deref().unwrap_or_default());
    object.list(
        "inLanguage",
        dataset.languages.iter().map(|iri| language_tag(iri, page)),
    );
    if let Some(publisher) = publisher {
        object.value("publisher", agent(publisher, language));
        object.value("creator", agent(publisher, language));
    }
    object.list(
        "temporalCoverage",
        dataset.temporal.iter().filter_map(period),
    );
    object.list("spatialCoverage", dataset.spatial.iter().filter_map(place));
    object.list(
        "distribution",
        dataset
            .distributions
            .iter()
            .take(MOST_DISTRIBUTIONS)
            .map(|one| distribution(one, page)),
    );
    object.value("includedInDataCatalog", catalogue(page));
    object.finished()
}

/// What everything that has a title and a description says in the same way.
fn common(object: &mut Object, view: &DatasetView, page: &Page<'_>) {
    let language = page.language.tag();
    object.text("name", view.title(language));
    object.text(
        "description",
        &excerpt(view.description(language), LONGEST_DESCRIPTION),
    );
    object.text("url", &view.iri);
    object.texts("identifier", &view.identifiers);
    object.texts("keywords", &view.keywords);
    object.texts("license", &view.licences);
    object.texts("sameAs", &view.landing_pages);
    object.text("datePublished", view.issued.as_deref().unwrap_or_default());
    object.text("dateModified", view.modified.as_deref().unwrap_or_default());
    object.list("about", view.themes.iter().map(|iri| term(iri, page)));
}

/// The catalogue as a page's own subject.
pub(super) fn home(page: &Page<'_>, description: &str) -> Value {
    let mut catalogue = catalogue(page);
    if let Some(object) = catalogue.as_object_mut() {
        object.insert("@context".to_owned(), json!("https://schema.org/"));
        if !description.is_empty() {
            object.insert(
                "description".to_owned(),
                json!(excerpt(description, LONGEST_DESCRIPTION)),
            );
        }
    }
    catalogue
}

fn catalogue(page: &Page<'_>) -> Value {
    json!({
        "@type": "DataCatalog",
        "@id": page.site.base.catalogue().as_str(),
        "name": page.catalogue().text,
        "url": page.site.base.as_str(),
    })
}

fn agent(agent: &AgentView, language: &str) -> Value {
    let person = agent
        .kind
        .as_deref()
        .is_some_and(|kind| kind.ends_with("PrivateIndividual(s)"));
    let mut object = Object::inner(if person { "Person" } else { "Organization" }, &agent.iri);
    object.text("name", agent.name(language));
    object.text("url", agent.homepage.as_deref().unwrap_or(&agent.iri));
    object.texts("identifier", &agent.identifiers);
    object.finished()
}

fn distribution(one: &DistributionView, page: &Page<'_>) -> Value {
    let language = page.language.tag();
    let mut object = Object::inner("DataDownload", &one.iri);
    object.text("name", one.title(language));
    object.text("description", &excerpt(one.description(language), 500));
    let address = |url: &Option<String>| url.clone().filter(|url| is_web(url)).unwrap_or_default();
    object.text("contentUrl", &address(&one.download_url));
    object.text("url", &address(&one.access_url));
    let format = one.media_type.as_ref().or(one.format.as_ref());
    object.text(
        "encodingFormat",
        &format.map_or_else(String::new, |value| super::label::format(value, page).text),
    );
    if let Some(bytes) = one.byte_size {
        object.text("contentSize", &format!("{bytes} B"));
    }
    object.text("datePublished", one.issued.as_deref().unwrap_or_default());
    object.text("dateModified", one.modified.as_deref().unwrap_or_default());
    object.texts("license", &one.licences);
    object.finished()
}

/// ISO 8601: an open end is written `..`.
fn period(period: &Period) -> Option<Value> {
    let (start, end) = (period.start.as_deref(), period.end.as_deref());
    (start.is_some() || end.is_some())
        .then(|| json!(format!("{}/{}", start.unwrap_or(".."), end.unwrap_or(".."))))
}

fn place(place: &Place) -> Option<Value> {
    let mut object = Map::new();
    object.insert("@type".to_owned(), json!("Place"));
    if let Some(iri) = &place.iri {
        object.insert("@id".to_owned(), json!(iri));
    }
    if let Some(name) = place.labels.first() {
        object.insert("name".to_owned(), json!(name));
    }
    let shape = [&place.bbox, &place.geometry, &place.centroid]
        .into_iter()
        .flatten()
        .find_map(|text| bounds(&parts(text)));
    if let Some([west, south, east, north]) = shape {
        let geo = if (west, south) == (east, north) {
            json!({"@type": "GeoCoordinates", "latitude": south, "longitude": west})
        } else {
            json!({"@type": "GeoShape", "box": format!("{south} {west} {north} {east}")})
        };
        object.insert("geo".to_owned(), geo);
    }
    (object.len() > 1).then_some(Value::Object(object))
}

fn term(iri: &str, page: &Page<'_>) -> Value {
    let label = page
        .site
        .vocabularies
        .concept(iri)
        .map(|concept| concept.label(page.language.tag()));
    match label {
        Some(name) => json!({"@type": "DefinedTerm", "@id": iri, "name": name}),
        None => json!({"@type": "Thing", "@id": iri}),
    }
}

/// The tag of BCP 47, where the language has one.
fn language_tag(iri: &str, page: &Page<'_>) -> Value {
    json!(page.site.vocabularies.language_tag(iri).unwrap_or(iri))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script_element() {
        let value = json!({"name": "</script><!-- \u{2028} & é", "<b>": 1});
        let block = DataBlock::of(&value).to_string();
        assert!(!block.contains(['<', '>', '&', '\u{2028}']), "{block}");
        assert_eq!(serde_json::from_str::<Value>(&block).unwrap(), value);
    }

    #[test]
    fn periods_are_intervals_and_places_boxes() {
        let open = Period {
            start: Some("2019-01-01".to_owned()),
            end: None,
        };
        assert_eq!(period(&open), Some(json!("2019-01-01/..")));
        assert_eq!(period(&Period::default()), None);
        let lyon = Place {
            bbox: Some("POLYGON((4 45,5 45,5 46,4 46,4 45))".to_owned()),
            ..Place::default()
        };
        assert_eq!(
            place(&lyon),
            Some(json!({"@type": "Place", "geo": {"@type": "GeoShape", "box": "45 4 46 5"}}))
        );
        assert_eq!(place(&Place::default()), None);
    }
}
