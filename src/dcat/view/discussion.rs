//! A discussion as pages and schema.org read it: what people wrote about a dataset or a reuse.
//!
//! Persons have no names here: a message has an organization as its author, or none.

use oxigraph::model::{NamedNode, Triple};

use super::Texts;
use super::read::{Index, Subject};
use crate::rdf::vocab::{dct, foaf, oa, prov, rdf};

/// A duv:UserFeedback.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiscussionView {
    /// Its IRI.
    pub iri: String,
    /// Its titles.
    pub titles: Texts,
    /// What it is about.
    pub targets: Vec<String>,
    /// Its page at the portal, where one can answer.
    pub page: Option<String>,
    /// When it was opened.
    pub created: Option<String>,
    /// When the last message was written.
    pub modified: Option<String>,
    /// When it was closed; nothing while it is open.
    pub closed: Option<String>,
    /// Its messages, the first one first.
    pub messages: Vec<MessageView>,
}

/// A message of a discussion.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct MessageView {
    /// When it was written.
    pub created: Option<String>,
    /// Its IRI.
    pub iri: String,
    /// The organization in whose name it was written.
    pub author: Option<String>,
    /// What it says: Markdown, HTML or plain.
    pub texts: Texts,
}

impl DiscussionView {
    /// The discussion `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        let index = Index::of(triples);
        let about = index.about(iri);
        let mut messages: Vec<MessageView> = about
            .nodes(oa::HAS_BODY)
            .into_iter()
            .map(MessageView::read)
            .collect();
        messages.sort_unstable();
        Self {
            iri: iri.as_str().to_owned(),
            titles: about.texts(dct::TITLE),
            targets: about.iris(oa::HAS_TARGET),
            page: about.iri(foaf::PAGE),
            created: about.value(dct::CREATED),
            modified: about.value(dct::MODIFIED),
            closed: about.value(prov::INVALIDATED_AT_TIME),
            messages,
        }
    }

    /// When something was last written in it.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        let written = self
            .messages
            .iter()
            .filter_map(|one| one.created.as_deref());
        self.modified
            .as_deref()
            .or_else(|| written.max())
            .or(self.created.as_deref())
    }
}

impl MessageView {
    fn read(about: Subject<'_, '_>) -> Self {
        Self {
            created: about.value(dct::CREATED),
            iri: about.name().unwrap_or_default().to_owned(),
            author: about.iri(dct::CREATOR),
            texts: about.texts(rdf::VALUE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn messages_are_in_the_order_in_which_they_were_written() {
        let node = |path: &str| NamedNode::new_unchecked(format!("https://e.org/{path}"));
        let discussion = node("discussion/p/d");
        let mut triples = vec![Triple::new(
            discussion.clone(),
            dct::TITLE,
            Literal::new_simple_literal("Une question"),
        )];
        for (key, created) in [("b", "2026-01-01"), ("a", "2026-03-01")] {
            let message = node(&format!("discussion/p/d#{key}"));
            triples.push(Triple::new(
                discussion.clone(),
                oa::HAS_BODY,
                message.clone(),
            ));
            triples.push(Triple::new(
                message.clone(),
                dct::CREATED,
                Literal::new_simple_literal(created),
            ));
            triples.push(Triple::new(
                message,
                rdf::VALUE,
                Literal::new_simple_literal(key),
            ));
        }
        let view = DiscussionView::of(&discussion, &triples);
        let texts: Vec<&str> = view
            .messages
            .iter()
            .map(|one| one.texts.get("fr"))
            .collect();
        assert_eq!(texts, ["b", "a"]);
        assert_eq!(
            (view.last(), view.closed.as_deref()),
            (Some("2026-03-01"), None)
        );
    }
}
