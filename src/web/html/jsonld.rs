//! A dataset in schema.org terms, for search engines: <https://schema.org/Dataset>, the mapping of
//! <https://ec-jrc.github.io/dcat-ap-to-schema-org/>.
//!
//! The block stands inside `<script type="application/ld+json">`, where HTML has no escapes: the
//! characters that could end it are written as JSON's own.

use std::fmt;

use askama::filters::HtmlSafe;
use serde_json::{Map, Value, json};

use super::dataset::DatasetPage;
use super::geometry::{bounds, parts};
use super::link::is_web;
use super::markdown::excerpt;
use super::page::Page;
use crate::dcat::view::{AgentView, DistributionView, Period, Place};
use crate::rdf::vocab::skos;

/// The longest description that Google takes, in characters.
const LONGEST_DESCRIPTION: usize = 5_000;

/// Most distributions named in the block.
const MOST_DISTRIBUTIONS: usize = 200;

const ISO_639_1: &str = "http://publications.europa.eu/ontology/euvoc#ISO_639_1";

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
pub(super) fn dataset(input: &DatasetPage<'_>) -> Value {
    let (page, dataset) = (&input.page, input.dataset);
    let language = page.language.tag();
    let mut object = Object::of("Dataset", &dataset.iri);
    object.text("name", dataset.title(language));
    object.text(
        "description",
        &excerpt(dataset.description(language), LONGEST_DESCRIPTION),
    );
    object.text("url", &dataset.iri);
    object.texts("identifier", &dataset.identifiers);
    object.texts("keywords", &dataset.keywords);
    object.texts("license", &dataset.licences);
    object.texts("sameAs", &dataset.landing_pages);
    object.text("version", dataset.version.as_deref().unwrap_or_default());
    object.text(
        "datePublished",
        dataset.issued.as_deref().unwrap_or_default(),
    );
    object.text(
        "dateModified",
        dataset.modified.as_deref().unwrap_or_default(),
    );
    object.list(
        "inLanguage",
        dataset.languages.iter().map(|iri| language_tag(iri, page)),
    );
    object.list("about", dataset.themes.iter().map(|iri| term(iri, page)));
    if let Some(publisher) = input.publisher {
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
    let mut object = Object::of(if person { "Person" } else { "Organization" }, &agent.iri);
    object.0.remove("@context");
    object.text("name", agent.name(language));
    object.text("url", agent.homepage.as_deref().unwrap_or(&agent.iri));
    object.texts("identifier", &agent.identifiers);
    object.finished()
}

fn distribution(one: &DistributionView, page: &Page<'_>) -> Value {
    let language = page.language.tag();
    let mut object = Object::of("DataDownload", &one.iri);
    object.0.remove("@context");
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

/// The two-letter code that BCP 47 wants, where the language has one.
fn language_tag(iri: &str, page: &Page<'_>) -> Value {
    let two_letters = page
        .site
        .vocabularies
        .triples()
        .iter()
        .filter(|triple| triple.predicate == skos::NOTATION)
        .filter(|triple| matches!(&triple.subject, oxigraph::model::NamedOrBlankNode::NamedNode(node) if node.as_str() == iri))
        .find_map(|triple| match &triple.object {
            oxigraph::model::Term::Literal(code) if code.datatype().as_str() == ISO_639_1 => Some(code.value().to_owned()),
            _ => None,
        });
    json!(two_letters.unwrap_or_else(|| iri.to_owned()))
}

/// A JSON object under construction: empty values are left out, lists of one are the value.
struct Object(Map<String, Value>);

impl Object {
    fn of(class: &str, iri: &str) -> Self {
        let mut object = Map::new();
        object.insert("@context".to_owned(), json!("https://schema.org/"));
        object.insert("@type".to_owned(), json!(class));
        object.insert("@id".to_owned(), json!(iri));
        Self(object)
    }

    fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.value(key, json!(value));
        }
    }

    fn texts(&mut self, key: &str, values: &[String]) {
        self.list(key, values.iter().map(|value| json!(value)));
    }

    fn list(&mut self, key: &str, values: impl Iterator<Item = Value>) {
        let mut values: Vec<Value> = values.collect();
        match values.len() {
            0 => {}
            1 => values.into_iter().for_each(|value| self.value(key, value)),
            _ => self.value(key, Value::Array(std::mem::take(&mut values))),
        }
    }

    fn value(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    fn finished(self) -> Value {
        Value::Object(self.0)
    }
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
