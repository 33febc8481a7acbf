//! The list that keywords are from.

use oxigraph::model::NamedNode;

use super::Record;
use super::date;
use super::element::Element;
use super::text::Text;
use crate::dcat::Describe;
use crate::rdf::vocab::{dct, skos};
use crate::record::Key;

/// Lists whose terms are known by their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// The 34 themes of the INSPIRE directive.
    InspireThemes,
    /// The categories of high-value datasets, Regulation 2023/138.
    HighValue,
    /// The categories of services, Regulation 1205/2008 and ISO 19119.
    ServiceCategories,
    /// Any other.
    Other,
}

/// A thesaurus, as a group of keywords cites it.
#[derive(Debug, Clone)]
pub(super) struct Thesaurus<'a> {
    /// Which list it is.
    pub(super) list: List,
    title: Option<Text<'a>>,
    date: Option<(Element<'a>, &'a str)>,
}

impl<'a> Thesaurus<'a> {
    /// Reads the thesaurus of a group of keywords.
    pub(super) fn read(group: Element<'a>, record: &Record<'a>) -> Self {
        let title = Text::first(group, "thesaurusName.title", &record.locales);
        let code = Text::first(group, "thesaurusName.identifier.code", &record.locales);
        let mut said: Vec<String> = Vec::new();
        for text in [&title, &code].into_iter().flatten() {
            said.extend(text.words().map(str::to_lowercase));
            said.extend(text.anchor.map(str::to_lowercase));
        }
        let dates = group.all("thesaurusName.date");
        Self {
            list: list(&said),
            date: date::of_kind(&dates, &["publication", "creation"]).or_else(|| date::any(&dates)),
            title: title.filter(|title| title.plain().is_some()),
        }
    }

    /// Its title.
    pub(super) fn title(&self) -> &'a str {
        self.title
            .as_ref()
            .and_then(Text::plain)
            .unwrap_or_default()
    }

    /// Whether it has a title.
    pub(super) fn is_named(&self) -> bool {
        self.title.is_some()
    }

    /// Writes it as the scheme of a concept: by its address, else as a part of the record.
    pub(super) fn write(&self, record: &Record<'_>, concept: &mut Describe<'_>) {
        let Some(title) = &self.title else {
            return;
        };
        if let Some(address) = title.address() {
            concept.iri(skos::IN_SCHEME, address, &title.element.path());
            return;
        }
        let date = self.date.map(|(_, date)| date).unwrap_or_default();
        let key = Key::hashed(&format!("{}\n{date}", self.title()));
        let iri = NamedNode::new_unchecked(format!("{}#{key}", record.iri.as_str()));
        let mut scheme = concept.resource(skos::IN_SCHEME, &iri, skos::CONCEPT_SCHEME);
        title.write(dct::TITLE, &mut scheme);
        if let Some((element, date)) = self.date {
            scheme.date(dct::ISSUED, date, &element.path());
        }
    }
}

/// Which list is meant by titles, codes and addresses, all in lower case.
fn list(said: &[String]) -> List {
    let any = |fits: &dyn Fn(&str) -> bool| said.iter().any(|text| fits(text));
    if any(&|text| {
        text.contains("asd487ae75") || text.contains("high-value") || text.contains("high value")
    }) {
        List::HighValue
    } else if any(&|text| {
        let word = ["theme", "thème", "thema", "themen", "tema", "temat"];
        text.contains("inspire") && word.iter().any(|word| text.contains(word))
    }) {
        List::InspireThemes
    } else if any(&|text| {
        text.contains("1205/2008") || text.contains("2008/1205") || text.contains("19119")
    }) {
        List::ServiceCategories
    } else {
        List::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_known_by_what_records_call_them() {
        for (said, expected) in [
            ("gemet - inspire themes, version 1.0", List::InspireThemes),
            ("gemet - thèmes inspire, version 1.0", List::InspireThemes),
            (
                "geonetwork.thesaurus.external.theme.inspire-theme",
                List::InspireThemes,
            ),
            ("http://inspire.ec.europa.eu/theme", List::InspireThemes),
            ("gemet - concepts, version 2.4", List::Other),
            ("inspire priority data set", List::Other),
            ("high-value dataset categories", List::HighValue),
            ("http://data.europa.eu/bna/asd487ae75", List::HighValue),
            (
                "iso 19119 geographic services taxonomy",
                List::ServiceCategories,
            ),
            (
                "http://data.europa.eu/eli/reg/2008/1205",
                List::ServiceCategories,
            ),
        ] {
            assert_eq!(list(&[said.to_owned()]), expected, "{said}");
        }
    }
}
