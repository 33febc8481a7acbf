//! What pages and schema.org read of a description: a typed view, lossy on purpose, never written back.
//!
//! A view never fails: what is missing is empty, and of a property that should have one value the
//! smallest is shown, so that a page does not change from one reading to the next. Distributions are
//! in the order of their IRIs, which are stable (titles and dates change, and would move them), until
//! [`DatasetView::arrange`] is told the order that their source has.

mod agent;
mod coverage;
mod dataset;
mod discussion;
mod distribution;
mod quality;
mod read;
mod record;
mod reference;
mod relation;
mod reuse;
mod role;
mod selection;
mod service;

pub use agent::{AgentView, ContactView, Identifier};
pub use coverage::{Period, Place};
pub use dataset::DatasetView;
pub use discussion::{DiscussionView, MessageView};
pub use distribution::{AccessService, DistributionView};
pub use quality::{Measurement, MetricView, QualityView};
pub use record::RecordView;
pub use reference::Reference;
pub use relation::Relation;
pub use reuse::ReuseView;
pub use role::Role;
pub use selection::{Note, SelectionView};
pub use service::ServiceView;

/// A text in the languages it is in: (language tag, text), the tag empty where none is stated.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// The text in `language` (`fr` is also served by `fr-FR`), else that in no language, else that in
    /// English, else the first; empty where there is none.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        self.best(language).map_or("", |(_, text)| text)
    }

    /// The language of the text that [`Texts::get`] gives; empty where it is stated by nobody.
    #[must_use]
    pub fn language(&self, language: &str) -> &str {
        self.best(language).map_or("", |(tag, _)| tag)
    }

    /// All of them, by language and text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn best(&self, language: &str) -> Option<(&str, &str)> {
        let with = |wanted: &str| {
            let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
            self.iter()
                .find(|(tag, _)| *tag == wanted)
                .or_else(|| self.iter().find(|(tag, _)| main(tag) == main(wanted)))
        };
        with(language)
            .or_else(|| with(""))
            .or_else(|| with("en"))
            .or_else(|| self.iter().next())
    }
}

impl FromIterator<(String, String)> for Texts {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(texts: I) -> Self {
        let mut texts: Vec<_> = texts.into_iter().collect();
        texts.sort_unstable();
        texts.dedup();
        Self(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        pairs
            .iter()
            .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn a_text_falls_back_to_no_language_then_english_then_any() {
        let all = texts(&[("fr-fr", "bonjour"), ("en", "hello"), ("de", "hallo")]);
        assert_eq!((all.get("fr"), all.language("fr")), ("bonjour", "fr-fr"));
        assert_eq!(all.get("it"), "hello");
        assert_eq!(texts(&[("de", "hallo"), ("", "salut")]).get("fr"), "salut");
        assert_eq!(texts(&[("de", "hallo")]).get("fr"), "hallo");
        assert_eq!(texts(&[]).get("fr"), "");
    }
}
