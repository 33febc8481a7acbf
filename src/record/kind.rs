//! What records describe, and the sets that they belong to.

use super::NameError;

/// What a record describes; also the first segment of its IRI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The catalogue that Moisson publishes: `<base>catalog`, exactly one.
    Catalogue,
    /// A harvested portal as a dcat:Catalog of its own: `<base>portal/{id}`.
    Portal,
    /// A dcat:Dataset with its distributions and its catalogue record.
    Dataset,
    /// A publisher or other agent, organization or person.
    Organization,
    /// A vcard:Kind contact point.
    Contact,
    /// A dcat:DataService.
    Service,
    /// A dcat:DatasetSeries.
    Series,
    /// A duv:Usage.
    Reuse,
    /// A duv:UserFeedback.
    Discussion,
    /// A dcat:Distribution that is a record of its own: somebody else's than the dataset's publisher.
    Distribution,
    /// A selection that the portal itself makes of its catalogue: a dcat:Catalog.
    Topic,
    /// A portal that the harvested portal harvests in its turn: a dcat:Catalog.
    Origin,
}

impl Kind {
    /// Every kind, in the order of a dump.
    pub const ALL: [Self; 12] = [
        Self::Catalogue,
        Self::Portal,
        Self::Dataset,
        Self::Organization,
        Self::Contact,
        Self::Service,
        Self::Series,
        Self::Reuse,
        Self::Discussion,
        Self::Distribution,
        Self::Topic,
        Self::Origin,
    ];

    /// The segment of the IRI.
    #[must_use]
    pub fn segment(self) -> &'static str {
        match self {
            Self::Catalogue => "catalog",
            Self::Portal => "portal",
            Self::Dataset => "dataset",
            Self::Organization => "organization",
            Self::Contact => "contact",
            Self::Service => "service",
            Self::Series => "series",
            Self::Reuse => "reuse",
            Self::Discussion => "discussion",
            Self::Distribution => "distribution",
            Self::Topic => "topic",
            Self::Origin => "origin",
        }
    }

    /// Whether a record of this kind may be the same as one that another portal has.
    #[must_use]
    pub fn is_recognised(self) -> bool {
        matches!(self, Self::Dataset | Self::Service | Self::Series)
    }

    /// The kind of a segment.
    ///
    /// # Errors
    /// [`NameError::Kind`] for any other text.
    pub fn from_segment(segment: &str) -> Result<Self, NameError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.segment() == segment)
            .ok_or_else(|| NameError::Kind(segment.to_owned()))
    }
}

/// How much a description counts for its record, when several source records contribute to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The source's own record of the thing: what mentions say of it is not needed.
    Main,
    /// What another record says of it in passing: merged with the other mentions.
    Mention,
}

/// The sets that a record can belong to; what feeds and pages filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Set {
    /// The agent that publishes it: the agent's IRI.
    Publisher,
    /// A theme: the concept's IRI.
    Theme,
    /// High-value datasets: the HVD category's IRI, or `true` where none is given.
    Hvd,
    /// A subject that the record owns beside its main one (distribution, catalogue record).
    Subject,
    /// A name that the source gives the record: its own IRI, identifier or page.
    Alias,
    /// Another record whose description belongs into this one's document.
    Uses,
    /// Another record that this one is about: what a reuse uses, a discussion discusses, a service
    /// serves, a topic or a series lists; the series that a dataset is in.
    About,
    /// A statement about something that nobody owns (the class of a foreign IRI), as N-Triples.
    States,
    /// A name that means the same thing wherever it is met: an IRI, a DOI, a UUID.
    Name,
    /// What suggests the same thing without proving it: a short identifier, a landing page.
    Hint,
    /// When the thing itself was changed last, or issued: dates that sort as text, in UTC.
    Dated,
    /// Agents that are persons rather than organizations: `true`.
    Person,
    /// Another record, which may be the same as a third one, or not there: its IRI, or a reference.
    Refers,
    /// What its portal calls a record, by which others of the portal refer to it: portal and key.
    Called,
    /// An address at which the service answers, and a dataset that it serves.
    Endpoint,
    /// The same of a service that was derived from an address of that dataset.
    Derived,
}

impl Set {
    /// The text form in the ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Theme => "theme",
            Self::Hvd => "hvd",
            Self::Subject => "subject",
            Self::Alias => "alias",
            Self::Uses => "uses",
            Self::About => "about",
            Self::States => "states",
            Self::Name => "name",
            Self::Hint => "hint",
            Self::Dated => "dated",
            Self::Person => "person",
            Self::Refers => "refers",
            Self::Called => "called",
            Self::Endpoint => "endpoint",
            Self::Derived => "derived",
        }
    }

    /// Whether it is kept with every version. Of the others the ledger needs only what is so now.
    #[must_use]
    pub fn is_versioned(self) -> bool {
        !matches!(
            self,
            Self::Name | Self::Hint | Self::Refers | Self::Called | Self::Endpoint | Self::Derived
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_segments_agree() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_segment(kind.segment()), Ok(kind));
        }
    }
}
