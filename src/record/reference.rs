//! References from one record to another of its portal, as the portal sends them: an identifier, not knowing
//! what kind of thing that names, nor whether the portal has it.
//!
//! A mapping sees one record and cannot tell. It writes a reference as an IRI of its own form, and when all
//! records are known it becomes the IRI of the one that is meant, the source's own address, or nothing. The
//! form is reserved: it stands in what is staged, and never in what is published.

use std::collections::{BTreeMap, HashSet};

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{Base, Key, Kind, PortalId, RecordId, lasting};

/// What such an IRI begins with.
const FORM: &str = "urn:x-moisson:reference:";

/// The kinds of records that others refer to by an identifier.
pub const REFERRED: [Kind; 3] = [Kind::Dataset, Kind::Series, Kind::Service];

/// A reference to another record of a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The portal of both records.
    pub portal: PortalId,
    /// The key of the identifier, in the form that lasts.
    pub key: Key,
    /// What the record is likely to be: of several it is the one of this kind.
    pub kind: Kind,
    /// The identifier, as it was sent.
    pub identifier: String,
    /// Where the source itself has the record; empty where it does not say.
    pub address: String,
}

impl Reference {
    /// A reference to the record that its portal calls `identifier`.
    #[must_use]
    pub fn new(portal: &PortalId, kind: Kind, identifier: &str, address: &str) -> Self {
        Self {
            portal: portal.clone(),
            key: Key::new(&lasting(identifier)),
            kind,
            identifier: identifier.to_owned(),
            address: address.to_owned(),
        }
    }

    /// Whether an IRI has the form of a reference.
    #[must_use]
    pub fn is_one(iri: &str) -> bool {
        iri.starts_with(FORM)
    }

    /// Reads what [`Self::iri`] has written.
    #[must_use]
    pub fn read(iri: &str) -> Option<Self> {
        let mut parts = iri.strip_prefix(FORM)?.split(':');
        let mut text = || {
            let text = percent_decode_str(parts.next()?).decode_utf8().ok()?;
            Some(text.into_owned())
        };
        Some(Self {
            portal: PortalId::new(&text()?).ok()?,
            key: Key::from_url(&text()?)?,
            kind: Kind::from_segment(&text()?).ok()?,
            identifier: text()?,
            address: text()?,
        })
    }

    /// The IRI that stands for it until it is known what it refers to.
    #[must_use]
    pub fn iri(&self) -> NamedNode {
        let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
        NamedNode::new_unchecked(format!(
            "{}{}:{}:{}",
            Self::start(self.portal.as_str(), self.key.as_str()),
            self.kind.segment(),
            encoded(&self.identifier),
            encoded(&self.address)
        ))
    }

    /// The keys that the record may have: of the identifier in the form that lasts, and as it was sent.
    #[must_use]
    pub fn keys(&self) -> [Key; 2] {
        [self.key.clone(), Key::new(&self.identifier)]
    }

    /// What the IRIs of all references to a key of a portal begin with.
    #[must_use]
    pub fn start(portal: &str, key: &str) -> String {
        format!("{FORM}{portal}:{key}:")
    }

    /// The IRI of the record, if it is of the kind that it is likely to be.
    #[must_use]
    pub fn guess(&self, base: &Base) -> NamedNode {
        base.record(&RecordId {
            portal: self.portal.clone(),
            kind: self.kind,
            key: self.key.clone(),
        })
    }
}

/// What stands in the place of an object that names another record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// Another record, which is the same.
    Same(NamedNode),
    /// The record that is shown for what is meant, its kind, and the alias that is meant, where it is one.
    Record(NamedNode, Kind, Option<NamedNode>),
    /// The source's own address: the catalogue has no such record.
    Elsewhere(NamedNode),
    /// Nothing: nobody can follow it.
    Nothing,
}

/// The property that holds between a record and one of a kind (none: of an unknown kind), where the source
/// said another.
pub type Fitting<'a> = dyn Fn(NamedNodeRef<'_>, Option<Kind>) -> NamedNode + Sync + 'a;

/// A description whose references lead somewhere.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// The description.
    pub triples: Vec<Triple>,
    /// What was said instead of what changed, for the origin graph.
    pub origin: Vec<Triple>,
    /// The references to what the catalogue does not have: property, identifier, and whether an address
    /// stands in its place.
    pub unknown: Vec<(NamedNode, String, bool)>,
}

/// Puts into a description of `main` what stands in the place of its objects; a statement that would then be
/// of the record about itself goes.
#[must_use]
pub fn relate(
    triples: Vec<Triple>,
    main: &NamedNode,
    now: &BTreeMap<String, Now>,
    fitting: &Fitting<'_>,
) -> Related {
    let mut related = Related::default();
    let mut said = HashSet::new();
    for triple in triples {
        let changed = match &triple.object {
            Term::NamedNode(object) => now.get(object.as_str()).map(|now| (object.clone(), now)),
            _ => None,
        };
        let Some((object, now)) = changed else {
            if said.insert(triple.clone()) {
                related.triples.push(triple);
            }
            continue;
        };
        let property = triple.predicate.as_ref();
        let statement = match now {
            Now::Same(node) => Some((property.into_owned(), node)),
            Now::Record(node, kind, _) => Some((fitting(property, Some(*kind)), node)),
            Now::Elsewhere(node) => Some((fitting(property, None), node)),
            Now::Nothing => None,
        };
        if matches!(now, Now::Elsewhere(_) | Now::Nothing) {
            let unknown = (
                triple.predicate.clone(),
                named(&object),
                statement.is_some(),
            );
            related.unknown.push(unknown);
        }
        let (subject, predicate) = (triple.subject.clone(), triple.predicate.clone());
        // What a blank node refers to is told in a finding; no record is named that nobody can fetch.
        if subject.is_named_node() {
            match now {
                Now::Same(_) => related.origin.push(triple),
                Now::Record(_, kind, Some(alias)) => related.origin.push(Triple::new(
                    subject.clone(),
                    fitting(predicate.as_ref(), Some(*kind)),
                    alias.clone(),
                )),
                Now::Record(..) => {}
                Now::Elsewhere(_) | Now::Nothing => related.origin.push(Triple::new(
                    subject.clone(),
                    predicate,
                    Literal::new_simple_literal(named(&object)),
                )),
            }
        }
        if let Some((property, node)) = statement
            && (node != main || subject != NamedOrBlankNode::from(main.clone()))
        {
            let triple = Triple::new(subject, property, node.clone());
            if said.insert(triple.clone()) {
                related.triples.push(triple);
            }
        }
    }
    related
}

/// What is told of a reference to what the catalogue does not have.
#[must_use]
pub fn unknown(has_address: bool) -> &'static str {
    if has_address {
        "the catalogue has no such record: its address at the source stands for it"
    } else {
        "left out: the catalogue has no such record, and the source gives no address of it"
    }
}

/// What the portal calls the record that an object names.
fn named(object: &NamedNode) -> String {
    if Reference::is_one(object.as_str()) {
        return Reference::read(object.as_str()).map_or_else(String::new, |one| one.identifier);
    }
    let segments = object.as_str().rsplit('/');
    segments.map(str::to_owned).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROPERTY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://e.org/vocab#about");

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://e.org/{name}"))
    }

    fn same(property: NamedNodeRef<'_>, _: Option<Kind>) -> NamedNode {
        property.into_owned()
    }

    #[test]
    fn a_reference_is_read_as_it_was_written_whatever_its_identifier() {
        let portal = PortalId::new("p").unwrap();
        for identifier in ["a-1", "urn:x:y", "é è/%3A", "", "\"<>"] {
            let address = "https://e.org/?id=a:b&c=%20";
            let one = Reference::new(&portal, Kind::Series, identifier, address);
            let iri = one.iri();
            assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            assert_eq!(Reference::read(iri.as_str()), Some(one), "{iri}");
        }
        for no in [
            "urn:x-moisson:reference:",
            "urn:x-moisson:reference:p:a:b:c:d",
            "https://e.org/",
        ] {
            assert_eq!(Reference::read(no), None, "{no}");
        }
    }

    #[test]
    fn a_topic_of_both_records_lists_the_one_shown_once_and_a_record_is_not_related_to_itself() {
        let now = BTreeMap::from([(
            "https://e.org/alias".to_owned(),
            Now::Same(node("canonical")),
        )]);
        let topic = vec![
            Triple::new(node("topic"), PROPERTY, node("alias")),
            Triple::new(node("topic"), PROPERTY, node("canonical")),
        ];
        let related = relate(topic.clone(), &node("topic"), &now, &same);
        assert_eq!(
            (related.triples.as_slice(), related.origin.as_slice()),
            (&topic[1..], &topic[..1])
        );
        let own = vec![Triple::new(node("canonical"), PROPERTY, node("alias"))];
        let related = relate(own.clone(), &node("canonical"), &now, &same);
        assert_eq!((related.triples, related.origin), (Vec::new(), own));
    }

    #[test]
    fn what_leads_nowhere_is_kept_as_a_text_in_the_origin_graph() {
        let portal = PortalId::new("p").unwrap();
        let iri = Reference::new(&portal, Kind::Dataset, "a:1", "").iri();
        let now = BTreeMap::from([(iri.as_str().to_owned(), Now::Nothing)]);
        let said = vec![Triple::new(node("d"), PROPERTY, iri)];
        let related = relate(said, &node("d"), &now, &same);
        let text = Literal::new_simple_literal("a:1");
        assert_eq!(related.origin, [Triple::new(node("d"), PROPERTY, text)]);
        assert_eq!(
            related.unknown,
            [(PROPERTY.into_owned(), "a:1".to_owned(), false)]
        );
        assert!(related.triples.is_empty());
    }
}
