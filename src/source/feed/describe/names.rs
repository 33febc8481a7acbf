//! Under which name each resource of a record is published.
//!
//! The record, its distributions, its catalogue record and the other records of the feed get names of
//! ours. A description that hangs from the record by a name of its own (a period, a place, a checksum)
//! becomes a blank node: a name means that others may speak of it, and DCAT-AP asks for none here.
//! Blank nodes are labelled apart from those that normalisation makes.

use std::collections::{BTreeMap, HashMap, HashSet};

use oxigraph::model::{
    BlankNode, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple,
};

use super::{by_subject, kind};
use crate::rdf::vocab::{adms, dcat, dct, foaf, locn, prov, rdf, rdfs, skos, spdx, time, vcard};
use crate::record::lasting;
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::Context;
use crate::source::feed::payload::Head;
use crate::vocabulary::{Alignment, Vocabularies};

/// Properties whose named values are parts of the record, or of an agent, when the feed describes them.
const PARTS: [NamedNodeRef<'static>; 12] = [
    adms::IDENTIFIER,
    dcat::QUALIFIED_RELATION,
    dct::TEMPORAL,
    locn::ADDRESS,
    locn::GEOMETRY,
    prov::QUALIFIED_ATTRIBUTION,
    spdx::CHECKSUM,
    time::HAS_BEGINNING,
    time::HAS_END,
    vcard::HAS_ADDRESS,
    vcard::HAS_EMAIL,
    vcard::HAS_TELEPHONE,
];

/// The same, where more is said of them than what they are called: places and statements that have a
/// public name keep it.
const DESCRIBED: [NamedNodeRef<'static>; 4] = [
    dct::PROVENANCE,
    dct::RIGHTS,
    dct::SPATIAL,
    dct::ACCESS_RIGHTS,
];

/// What only says how something is called.
const CALLED: [NamedNodeRef<'static>; 7] = [
    dct::IDENTIFIER,
    dct::TITLE,
    rdf::TYPE,
    rdfs::LABEL,
    skos::IN_SCHEME,
    skos::NOTATION,
    skos::PREF_LABEL,
];

/// The names of a record's resources.
pub(super) struct Names {
    main: NamedOrBlankNode,
    main_iri: NamedNode,
    published: HashMap<NamedOrBlankNode, NamedOrBlankNode>,
    /// The subjects that the record owns.
    own: HashSet<NamedOrBlankNode>,
    /// The feed's name of each distribution.
    distributions: BTreeMap<String, (NamedNode, Option<NamedNode>)>,
    /// The feed's catalogue records about it, in canonical order.
    records: Vec<NamedOrBlankNode>,
    /// Parts that lost their names, with the property that led to them.
    parts: Vec<(NamedOrBlankNode, NamedNode, NamedNode)>,
}

impl Names {
    /// The names of the record `id`, whose statements are `triples`.
    pub(super) fn of(
        head: &Head,
        id: &RecordId,
        triples: &[Triple],
        context: &Context<'_>,
    ) -> Self {
        let main = NamedOrBlankNode::from(NamedNode::new_unchecked(head.main.as_str()));
        let main_iri = context.base.record(id);
        let mut names = Self {
            main: main.clone(),
            main_iri: main_iri.clone(),
            published: HashMap::new(),
            own: HashSet::new(),
            distributions: BTreeMap::new(),
            records: Vec::new(),
            parts: Vec::new(),
        };
        for (name, link) in &head.links {
            if let Some((kind, _)) = kind(&link.collection) {
                let key = Key::new(&link.lasting_key(kind, name));
                let id = RecordId {
                    portal: context.portal.clone(),
                    kind,
                    key: (context.former).key(kind, key, || Key::new(link.spelled(name))),
                };
                let name = NamedNode::new_unchecked(name.as_str());
                names
                    .published
                    .insert(name.into(), context.base.record(&id).into());
            }
        }
        names.published.insert(main.clone(), main_iri.into());
        let below = by_subject(triples);
        let whole = head.lasting_key(id.kind);
        let mut seen: HashMap<String, usize> = HashMap::new();
        for triple in triples {
            let is_distribution =
                triple.predicate == dcat::DISTRIBUTION || triple.predicate == adms::SAMPLE;
            let Some(node) = resource(&triple.object) else {
                continue;
            };
            if triple.subject == main && is_distribution && !names.published.contains_key(&node) {
                let said = below.get(&node.to_string());
                let text = distribution_text(&node, said.map(Vec::as_slice).unwrap_or_default());
                let count = seen.entry(text.clone()).or_insert(0);
                *count += 1;
                // The dataset is part of the hash: a feed may list one distribution under two of them.
                let key = Key::hashed(&format!("{whole}\n{text}\n{count}"));
                let spelled = || match &node {
                    NamedOrBlankNode::NamedNode(node) => {
                        Key::hashed(&format!("{}\n{}\n1", head.name(), node.as_str()))
                    }
                    NamedOrBlankNode::BlankNode(_) => {
                        Key::hashed(&format!("{}\n{text}\n{count}", head.name()))
                    }
                };
                let key = (context.former).key(Kind::Distribution, key, spelled);
                let iri = context.base.distribution(context.portal, &key);
                let source = match &node {
                    NamedOrBlankNode::NamedNode(node) => Some(node.clone()),
                    NamedOrBlankNode::BlankNode(_) => None,
                };
                names
                    .distributions
                    .insert(iri.as_str().to_owned(), (iri.clone(), source));
                names.published.insert(node, iri.into());
            }
        }
        for triple in triples {
            // Some feeds call the dataset and the record about it by one IRI: it is the dataset's.
            if triple.predicate == foaf::PRIMARY_TOPIC
                && triple.object.as_ref() == TermRef::from(names.main.as_ref())
                && triple.subject != names.main
            {
                names.records.push(triple.subject.clone());
            }
        }
        names.find_own(&below, context.vocabularies);
        names
    }

    /// Walks over what the record owns, and takes the names from its parts.
    fn find_own(&mut self, below: &super::BySubject<'_>, vocabularies: &Vocabularies) {
        let mut open = vec![self.main.clone()];
        // One with a name is a record of the source's, of which it says what it says.
        let blank = self.records.iter().filter(|record| record.is_blank_node());
        open.extend(blank.cloned());
        let distributions: HashSet<NamedOrBlankNode> = self
            .distributions
            .values()
            .map(|(iri, _)| iri.clone().into())
            .collect();
        let of_ours = |name: &NamedOrBlankNode| distributions.contains(name);
        let listed = self.published.iter().filter(|(_, name)| of_ours(name));
        open.extend(listed.map(|(node, _)| node.clone()));
        while let Some(subject) = open.pop() {
            if !self.own.insert(subject.clone()) {
                continue;
            }
            for triple in below.get(&subject.to_string()).into_iter().flatten() {
                let Some(node) = resource(&triple.object) else {
                    continue;
                };
                if let NamedOrBlankNode::NamedNode(named) = &node {
                    let said = below.get(&node.to_string());
                    let said = said.map(Vec::as_slice).unwrap_or_default();
                    let is_public = is_known(named.as_str(), vocabularies);
                    if is_public || self.published.contains_key(&node) || !is_part(triple, said) {
                        continue;
                    }
                    self.published.insert(node.clone(), nameless(named).into());
                    self.parts.push((
                        triple.subject.clone(),
                        triple.predicate.clone(),
                        named.clone(),
                    ));
                }
                open.push(node);
            }
        }
    }

    /// Whether a named value is a part of an agent, `said` being what is said of it.
    pub(super) fn is_part(
        &self,
        triple: &Triple,
        said: &[&Triple],
        vocabularies: &Vocabularies,
    ) -> bool {
        let Term::NamedNode(named) = &triple.object else {
            return false;
        };
        let is_taken = self
            .published
            .contains_key(&NamedOrBlankNode::from(named.clone()));
        !is_taken && !is_known(named.as_str(), vocabularies) && is_part(triple, said)
    }

    /// The name under which a subject is published.
    pub(super) fn node(&self, node: &NamedOrBlankNode) -> NamedOrBlankNode {
        if let Some(name) = self.published.get(node) {
            return name.clone();
        }
        match node {
            NamedOrBlankNode::NamedNode(_) => node.clone(),
            NamedOrBlankNode::BlankNode(node) => {
                BlankNode::new_unchecked(format!("f{}", node.as_str())).into()
            }
        }
    }

    /// A value, under the name that it is published by.
    pub(super) fn value(&self, value: &Term) -> Term {
        resource(value).map_or_else(|| value.clone(), |node| self.node(&node).into())
    }

    /// Whether a subject is the record's.
    pub(super) fn is_own(&self, node: &NamedOrBlankNode) -> bool {
        self.own.contains(node)
    }

    /// Whether a subject is what the record is about.
    pub(super) fn is_main(&self, node: &NamedOrBlankNode) -> bool {
        *node == self.main
    }

    /// Whether a name of ours is that of a distribution.
    pub(super) fn is_distribution(&self, iri: NamedNodeRef<'_>) -> bool {
        self.distributions.contains_key(iri.as_str())
    }

    /// The distributions, each with its name in the feed.
    pub(super) fn distributions(
        &self,
    ) -> impl Iterator<Item = (&NamedNode, Option<&NamedNode>)> + Clone {
        self.distributions
            .values()
            .map(|(iri, source)| (iri, source.as_ref()))
    }

    /// The names of the feed's catalogue records about the record.
    pub(super) fn records(&self) -> impl Iterator<Item = &NamedNode> {
        self.records.iter().filter_map(|node| match node {
            NamedOrBlankNode::NamedNode(node) => Some(node),
            NamedOrBlankNode::BlankNode(_) => None,
        })
    }

    /// The blank nodes that are catalogue records of the feed's about the record, as they are published.
    pub(super) fn nameless_records(&self) -> impl Iterator<Item = NamedOrBlankNode> {
        let nameless = self.records.iter().filter(|node| node.is_blank_node());
        nameless.map(|node| self.node(node))
    }

    /// Whether a statement says when a catalogue record of the feed's, one with a name, was changed.
    pub(super) fn is_record_date(&self, triple: &Triple) -> bool {
        triple.subject.is_named_node()
            && triple.predicate == dct::MODIFIED
            && self.records.contains(&triple.subject)
    }

    /// The statements by which named parts were reached: subject, property, name.
    pub(super) fn parts(
        &self,
    ) -> impl Iterator<Item = (&NamedOrBlankNode, &NamedNode, &NamedNode)> {
        self.parts
            .iter()
            .map(|(subject, property, name)| (subject, property, name))
    }

    /// The IRI of ours under which the original of a statement about `subject` is kept.
    pub(super) fn owner(&self, subject: &NamedOrBlankNode) -> NamedNode {
        match self.node(subject) {
            NamedOrBlankNode::NamedNode(node) => node,
            NamedOrBlankNode::BlankNode(_) => self.main_iri.clone(),
        }
    }
}

/// What makes a distribution the one that it is: its name, else its identifier, else what it points to.
fn distribution_text(node: &NamedOrBlankNode, said: &[&Triple]) -> String {
    if let NamedOrBlankNode::NamedNode(node) = node {
        return lasting(node.as_str());
    }
    let values = |properties: &[NamedNodeRef<'_>]| {
        let mut values: Vec<String> = said
            .iter()
            .filter(|triple| properties.contains(&triple.predicate.as_ref()))
            .filter(|triple| !triple.object.is_blank_node())
            .map(|triple| match &triple.object {
                Term::Literal(literal) => literal.value().to_owned(),
                Term::NamedNode(node) => node.as_str().to_owned(),
                Term::BlankNode(_) => String::new(),
            })
            .collect();
        values.sort_unstable();
        values.join("\n")
    };
    let identifier = values(&[dct::IDENTIFIER]);
    if !identifier.is_empty() {
        return identifier;
    }
    let points_to = values(&[dcat::DOWNLOAD_URL, dcat::ACCESS_URL]);
    let format = values(&[dct::FORMAT, dcat::MEDIA_TYPE]);
    if points_to.is_empty() {
        return format!("{}\n{format}", values(&[dct::TITLE]));
    }
    format!("{points_to}\n{format}")
}

/// Whether the vocabularies know an IRI, or whose licence it is: it keeps its name, whatever is said of it.
fn is_known(iri: &str, vocabularies: &Vocabularies) -> bool {
    vocabularies.contains(iri) || vocabularies.align(Alignment::Licence, iri).is_some()
}

/// The blank node that a part becomes.
pub(super) fn nameless(part: &NamedNode) -> BlankNode {
    let label = Key::hashed(part.as_str()).as_str().replace('-', "");
    BlankNode::new_unchecked(format!("p{label}"))
}

/// Whether what a statement points to is a part of the record, `said` being what is said of it. A number or
/// an address that is called by itself (`tel:`, `mailto:`) is none.
fn is_part(triple: &Triple, said: &[&Triple]) -> bool {
    let property = triple.predicate.as_ref();
    if matches!(&triple.object, Term::NamedNode(node)
        if ["tel:", "mailto:"].iter().any(|scheme| node.as_str().starts_with(scheme)))
    {
        return false;
    }
    let is_described = || {
        said.iter()
            .any(|triple| !CALLED.contains(&triple.predicate.as_ref()))
    };
    !said.is_empty()
        && (PARTS.contains(&property) || (DESCRIBED.contains(&property) && is_described()))
}

/// A value that is a resource.
pub(super) fn resource(value: &Term) -> Option<NamedOrBlankNode> {
    match value {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}
