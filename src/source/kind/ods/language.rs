//! The language of a dataset's texts, and of its data.
//!
//! `metadata_languages` says in which languages the portal has the texts; it sends them in one, the
//! dataset's own, and does not say which. Where there is but one, it is that; of several, the dataset's
//! `language` if it is among them, else what the operator states if that is. Where they are not listed, it is
//! the one `language` of the dataset, else the operator's. Nothing else is a tag.

use super::template::Template;
use crate::dcat::Describe;
use crate::rdf::vocab::dct;
use crate::source::contract::Context;

/// The languages of one dataset.
pub(super) struct Languages {
    /// Of its texts.
    pub(super) tag: Option<String>,
    data: Vec<String>,
    metadata: Vec<String>,
}

impl Languages {
    pub(super) fn read(
        default: &Template<'_>,
        context: &Context<'_>,
        findings: &mut Vec<crate::finding::Finding>,
    ) -> Self {
        let data = default.texts("language", findings);
        let metadata = default.texts("metadata_languages", findings);
        let tag = match metadata.as_slice() {
            [only] => Some(only.clone()),
            [] => match data.as_slice() {
                [only] => Some(only.clone()),
                _ => context.language.map(ToOwned::to_owned),
            },
            several => data
                .iter()
                .map(String::as_str)
                .chain(context.language)
                .find(|language| several.iter().any(|known| known == language))
                .map(ToOwned::to_owned),
        };
        Self {
            tag,
            data,
            metadata,
        }
    }

    /// Writes the languages of the data about the dataset.
    pub(super) fn describe(&self, default: &Template<'_>, dataset: &mut Describe<'_>) {
        for language in &self.data {
            dataset.token(dct::LANGUAGE, language, &default.at("language"));
        }
    }

    /// Writes the languages of the texts about the catalogue record.
    pub(super) fn record(&self, default: &Template<'_>, record: &mut Describe<'_>) {
        for language in &self.metadata {
            record.token(dct::LANGUAGE, language, &default.at("metadata_languages"));
        }
    }
}
