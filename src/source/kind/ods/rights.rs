//! Under which licence the files of a dataset are, and who may read them.
//!
//! `default` has a licence as words and as an address, which say one thing twice: normalisation takes
//! the one that it knows; what it does not know is a licence by its address or title. Data that visitors may
//! not see (`data_visible`) have restricted access.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::payload::Dataset;
use super::template::Templates;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{adms, dcat, dct};
use crate::source::contract::Context;

const RESTRICTED: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(
    "http://publications.europa.eu/resource/authority/access-right/RESTRICTED",
);

/// What is said of every distribution of a dataset.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Licences and statements of rights, each with where it stands.
    rights: Vec<(NamedNodeRef<'static>, String, String)>,
    /// When the data were last processed, and where that stands.
    pub(super) modified: Option<(String, String)>,
    /// The metres that the data can tell apart.
    pub(super) resolution: Option<String>,
    /// Whether the portal knows shapes of a kind.
    pub(super) geometries: Vec<String>,
}

impl Shared {
    /// Reads what a dataset says for all of its distributions.
    pub(super) fn read(
        templates: &Templates<'_>,
        context: &Context<'_>,
        about: &mut Describe<'_>,
    ) -> Self {
        let mut rights = Vec::new();
        let findings = about.findings();
        let default = &templates.default;
        for name in ["license_url", "license"] {
            if let Some(text) = default.text(name, findings) {
                rights.push((dct::LICENSE, text, default.at(name)));
            }
        }
        for template in &templates.dcat_ap {
            if let Some(text) = template.text("license", findings)
                && !rights
                    .iter()
                    .any(|(property, ..)| *property == dct::LICENSE)
            {
                rights.push((dct::LICENSE, text, template.at("license")));
            }
            for text in template.texts("rights", findings) {
                rights.push((dct::RIGHTS, text, template.at("rights")));
            }
        }
        let is_licensed = rights
            .iter()
            .any(|(property, ..)| *property == dct::LICENSE);
        let modified = default.text("data_processed", findings);
        let geometries = default.texts("geometry_types", findings);
        if let Some(assumed) = context.licence.filter(|_| !is_licensed) {
            let field = default.at("license");
            let message = "taken from the portal's configuration";
            about.find(Code::LicenceAssumed, &field, message, assumed);
            rights.push((dct::LICENSE, assumed.to_owned(), field));
        }
        Self {
            rights,
            modified: modified.map(|date| (date, default.at("data_processed"))),
            resolution: None,
            geometries,
        }
    }

    /// Writes it about a distribution.
    pub(super) fn describe(&self, about: &mut Describe<'_>) {
        for (property, text, field) in &self.rights {
            address_or_words(*property, text, field, about);
        }
    }

    /// Writes of a file made of the records: as of when they are, and how exact.
    pub(super) fn of_records(&self, about: &mut Describe<'_>) {
        if let Some((date, field)) = &self.modified {
            about.date(dct::MODIFIED, date, field);
        }
    }

    /// Writes of a geographic file: that it has shapes, and of which size.
    pub(super) fn of_shapes(&self, about: &mut Describe<'_>) {
        if !self.geometries.is_empty() {
            let vector =
                "http://inspire.ec.europa.eu/metadata-codelist/SpatialRepresentationType/vector";
            about.link(
                adms::REPRESENTATION_TECHNIQUE,
                NamedNode::new_unchecked(vector),
            );
        }
        if let Some(metres) = &self.resolution {
            about.literal(
                dcat::SPATIAL_RESOLUTION_IN_METERS,
                oxigraph::model::Literal::new_typed_literal(
                    metres,
                    crate::rdf::vocab::xsd::DECIMAL,
                ),
            );
        }
    }
}

/// Writes who may read the data.
pub(super) fn access(record: &Dataset, templates: &Templates<'_>, about: &mut Describe<'_>) {
    let field = templates.dcat.at("accessRights");
    if let Some(text) = templates.dcat.text("accessRights", about.findings()) {
        address_or_words(dct::ACCESS_RIGHTS, &text, &field, about);
    } else if record.data_visible.peek() == Some(&false) {
        about.link(dct::ACCESS_RIGHTS, RESTRICTED.into_owned());
    }
}

/// Writes an address as the IRI that it is, else the words.
pub(super) fn address_or_words(
    property: NamedNodeRef<'_>,
    text: &str,
    field: &str,
    about: &mut Describe<'_>,
) {
    if text.starts_with("http://") || text.starts_with("https://") {
        about.iri(property, text, field);
    } else {
        about.token(property, text, field);
    }
}
