//! What the pages of one shape are about: services, reuses, topics, source portals, others' distributions.

use super::distribution::Contributed;
use crate::dcat::view::{DatasetView, ReuseView, SelectionView, ServiceView};
use crate::record::Kind;

/// What such a page is about.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) enum Thing<'a> {
    /// A data service.
    Service(&'a ServiceView),
    /// A reuse.
    Reuse(&'a ReuseView),
    /// A topic of a portal.
    Topic(&'a SelectionView),
    /// A portal that the harvested portal harvests.
    Origin(&'a SelectionView),
    /// A distribution that somebody else than the dataset's publisher has added: its title,
    /// description and terms, and the file.
    Contributed(&'a DatasetView, &'a Contributed),
}

impl<'a> Thing<'a> {
    pub(super) fn common(&self) -> &'a DatasetView {
        match self {
            Self::Service(service) => &service.common,
            Self::Reuse(reuse) => &reuse.common,
            Self::Topic(selection) | Self::Origin(selection) => &selection.common,
            Self::Contributed(view, _) => view,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Service(_) => Kind::Service,
            Self::Reuse(_) => Kind::Reuse,
            Self::Topic(_) => Kind::Topic,
            Self::Origin(_) => Kind::Origin,
            Self::Contributed(..) => Kind::Distribution,
        }
    }

    /// The IRI of whoever publishes or made it.
    pub(super) fn maker(&self) -> Option<&'a str> {
        let creators = match self {
            Self::Reuse(reuse) => &reuse.creators,
            Self::Contributed(_, one) => &one.distribution.creators,
            _ => return self.common().publisher.as_deref(),
        };
        creators.first().map(String::as_str)
    }
}
