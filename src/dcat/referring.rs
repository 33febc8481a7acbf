//! By what records refer to each other: what a record is called by its portal, which records may be spoken of
//! without being there, and which property leads to which kind.

use oxigraph::model::{NamedNode, NamedNodeRef, Triple};

use super::membership::{aliases, texts};
use crate::rdf::vocab::{dcat, dct};
use crate::record::{Base, Key, Kind, REFERRED, Reference, lasting};

/// Whether a record of a kind may be spoken of without being there: the others come with whoever names them.
pub(super) fn may_be_missing(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Organization | Kind::Contact | Kind::Portal | Kind::Catalogue | Kind::Distribution
    )
}

/// By what others of its portal may refer to a record beside its key: all that the portal calls it, as
/// references to it begin.
#[must_use]
pub fn called(triples: &[Triple], iri: &NamedNode, base: &Base) -> Vec<String> {
    let path = base.path(iri.as_str()).unwrap_or_default();
    let mut segments = path.split('/');
    let kind = segments
        .next()
        .and_then(|kind| Kind::from_segment(kind).ok());
    let (Some(portal), true) = (
        segments.next(),
        kind.is_some_and(|kind| REFERRED.contains(&kind)),
    ) else {
        return Vec::new();
    };
    let identifiers = texts(triples, iri.as_ref().into(), dct::IDENTIFIER);
    let aliases = aliases(triples, iri.as_ref());
    let names = identifiers.chain(aliases.iter().map(String::as_str));
    // By its key it is found as it is.
    let own = segments.next();
    names
        .map(|name| Key::new(&lasting(name)))
        .filter(|key| own != Some(key.as_str()))
        .map(|key| Reference::start(portal, key.as_str()))
        .collect()
}

/// The property that a record may have to one of a kind, where the source said `property`: what DCAT-AP says
/// of the two, else only that they are related.
#[must_use]
pub fn fitting(property: NamedNodeRef<'_>, kind: Option<Kind>) -> NamedNode {
    let fits = if property == dcat::IN_SERIES {
        kind == Some(Kind::Series)
    } else if property == dcat::SERVES_DATASET || property == dcat::DATASET {
        matches!(kind, Some(Kind::Dataset | Kind::Series))
    } else if property == dcat::SERVICE {
        kind == Some(Kind::Service)
    } else {
        true
    };
    if fits {
        property.into_owned()
    } else {
        dct::RELATION.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn a_record_is_called_by_its_identifiers_beside_its_key() {
        let base = Base::new("https://e.org/").unwrap();
        let iri = NamedNode::new_unchecked("https://e.org/dataset/p/d");
        let triples: Vec<Triple> = ["d", "FR-1", "http://www.p.fr/d/"]
            .map(|name| {
                Triple::new(
                    iri.clone(),
                    dct::IDENTIFIER,
                    Literal::new_simple_literal(name),
                )
            })
            .to_vec();
        let names = called(&triples, &iri, &base);
        let start = |name: &str| Reference::start("p", Key::new(name).as_str());
        assert_eq!(names[..2], [start("FR-1"), start("https://p.fr/d")]);
        let organization = NamedNode::new_unchecked("https://e.org/organization/p/d");
        assert!(called(&triples, &organization, &base).is_empty());
    }

    #[test]
    fn a_dataset_is_in_a_series_only() {
        let series = dcat::IN_SERIES.into_owned();
        assert_eq!(fitting(dcat::IN_SERIES, Some(Kind::Series)), series);
        for kind in [Some(Kind::Dataset), None] {
            assert_eq!(fitting(dcat::IN_SERIES, kind), dct::RELATION.into_owned());
        }
        assert_eq!(fitting(dct::SOURCE, None), dct::SOURCE.into_owned());
    }
}
