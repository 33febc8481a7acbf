//! Concepts and schemes as the rest of the program reads them: a lossy view of the SKOS triples.

use oxigraph::model::NamedNode;

/// One concept of a controlled vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its IRI.
    pub iri: NamedNode,
    /// The scheme it belongs to.
    pub scheme: NamedNode,
    /// Its code in the scheme (`skos:notation` without datatype).
    pub notation: Option<String>,
    /// Preferred labels as (language tag, text), in the order of the file. The tag is empty where
    /// the label belongs to no language.
    pub labels: Vec<(String, String)>,
    /// Its classes, `skos:Concept` first.
    pub types: Vec<NamedNode>,
    /// The concept above it.
    pub broader: Option<NamedNode>,
}

impl Concept {
    /// The label in `language`, else in English, else in French, else any, else the last part of
    /// the IRI.
    #[must_use]
    pub fn label(&self, language: &str) -> &str {
        preferred(&self.labels, language).unwrap_or_else(|| tail(self.iri.as_str()))
    }
}

/// One controlled vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its IRI.
    pub iri: NamedNode,
    /// Titles as (language tag, text), in the order of the file.
    pub titles: Vec<(String, String)>,
    /// Its concepts, in the order of the file.
    pub concepts: Vec<NamedNode>,
}

impl Scheme {
    /// The title in `language`, else in English, else in French, else any, else the last part of
    /// the IRI.
    #[must_use]
    pub fn title(&self, language: &str) -> &str {
        preferred(&self.titles, language).unwrap_or_else(|| tail(self.iri.as_str()))
    }
}

fn preferred<'a>(labels: &'a [(String, String)], language: &str) -> Option<&'a str> {
    [language, "en", "fr"]
        .iter()
        .find_map(|wanted| labels.iter().find(|(tag, _)| tag == wanted))
        .or_else(|| labels.first())
        .map(|(_, text)| text.as_str())
}

fn tail(iri: &str) -> &str {
    iri.rsplit(['/', '#'])
        .find(|part| !part.is_empty())
        .unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(labels: &[(&str, &str)]) -> Concept {
        Concept {
            iri: NamedNode::new_unchecked("http://example.org/format/CSV"),
            scheme: NamedNode::new_unchecked("http://example.org/format"),
            notation: None,
            labels: labels
                .iter()
                .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()))
                .collect(),
            types: Vec::new(),
            broader: None,
        }
    }

    #[test]
    fn label_falls_back_from_language_to_english_to_french_to_any_to_iri() {
        let both = concept(&[("fr", "Santé"), ("en", "Health")]);
        assert_eq!(both.label("fr"), "Santé");
        assert_eq!(both.label("de"), "Health");
        assert_eq!(
            concept(&[("it", "Salute"), ("fr", "Santé")]).label("de"),
            "Santé"
        );
        assert_eq!(concept(&[("", "MD5")]).label("fr"), "MD5");
        assert_eq!(concept(&[]).label("fr"), "CSV");
    }

    #[test]
    fn tail_of_an_iri_is_its_last_part() {
        assert_eq!(tail("http://spdx.org/rdf/terms#md5"), "md5");
        assert_eq!(tail("http://example.org/a/"), "a");
    }
}
