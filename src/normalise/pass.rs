//! What every pass does: takes values out of a graph, puts others back, keeps the originals, notes
//! what was odd.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use oxigraph::model::{
    BlankNode, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term,
    TermRef, Triple,
};

use crate::dcat::{Owners, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::subjects::Subjects;
use crate::rdf::vocab::{dct, rdf, rdfs, skos};

/// The properties that name a blank node, the surest first: a value is written for programs.
const NAMES: [NamedNodeRef<'static>; 4] = [rdf::VALUE, rdfs::LABEL, skos::PREF_LABEL, dct::TITLE];

/// The values of some properties of one subject, in the order of the properties asked for.
pub(super) type Taken<const N: usize> = Vec<(NamedOrBlankNode, [Vec<Term>; N])>;

/// One pass over one graph.
pub(super) struct Work<'g> {
    graph: &'g mut RecordGraph,
    owners: Owners,
    labels: HashMap<BlankNode, Literal>,
    /// What is said of those that say more than one name.
    details: HashMap<BlankNode, Vec<Triple>>,
    /// What the source says that things with a name are called, or are the same as.
    called: HashMap<NamedNode, Vec<String>>,
    gone: HashSet<BlankNode>,
    findings: Vec<Finding>,
}

impl<'g> Work<'g> {
    /// A pass over `graph` that takes the values of `properties`; none where there are none.
    pub(super) fn on(
        graph: &'g mut RecordGraph,
        properties: &[NamedNodeRef<'static>],
    ) -> Option<Self> {
        let concerned = |triple: &&Triple| properties.iter().any(|p| triple.predicate == *p);
        let mut concerned = graph.triples().iter().filter(concerned).peekable();
        concerned.peek()?;
        // The way up is asked for from what has the values, labels of the values themselves.
        let (owners, labels) = if concerned.any(has_blank) {
            (Owners::of(graph.iri(), graph.triples()), labels(graph))
        } else {
            (Owners::of(graph.iri(), &[]), HashMap::new())
        };
        let called = called(graph, properties);
        let details = details(graph, &labels);
        Some(Self {
            details,
            graph,
            owners,
            labels,
            called,
            gone: HashSet::new(),
            findings: Vec::new(),
        })
    }

    /// Takes the values of `properties` out of the graph, by subject, all in the order written.
    pub(super) fn take<const N: usize>(
        &mut self,
        properties: [NamedNodeRef<'static>; N],
    ) -> Taken<N> {
        let mut taken: Taken<N> = Vec::new();
        let mut places: HashMap<NamedOrBlankNode, usize> = HashMap::new();
        let which = |triple: &Triple| properties.iter().position(|p| triple.predicate == *p);
        let values = self.graph.triples_mut();
        for triple in values.extract_if(.., |triple| which(triple).is_some()) {
            let Some(which) = which(&triple) else {
                continue;
            };
            let place = *places.entry(triple.subject).or_insert_with_key(|subject| {
                taken.push((subject.clone(), std::array::from_fn(|_| Vec::new())));
                taken.len() - 1
            });
            let values = taken
                .get_mut(place)
                .and_then(|(_, lists)| lists.get_mut(which));
            if let Some(values) = values {
                values.push(triple.object);
            }
        }
        for values in taken.iter_mut().flat_map(|(_, lists)| lists) {
            distinct(values);
        }
        taken
    }

    /// Puts a value into the graph.
    pub(super) fn put(
        &mut self,
        subject: &NamedOrBlankNode,
        property: NamedNodeRef<'_>,
        value: impl Into<Term>,
    ) {
        self.graph.add(subject.clone(), property, value);
    }

    /// A new node of `class` that has a label and nothing else.
    pub(super) fn labelled(&mut self, class: NamedNodeRef<'_>, label: Literal) -> BlankNode {
        let node = self.node(class);
        self.label(&node, label);
        node
    }

    /// A new node of `class`.
    pub(super) fn node(&mut self, class: NamedNodeRef<'_>) -> BlankNode {
        let node = self.graph.blank();
        self.graph.add(node.clone(), rdf::TYPE, class.into_owned());
        node
    }

    /// A node of a class with a title.
    pub(super) fn titled(&mut self, class: NamedNodeRef<'_>, title: Literal) -> BlankNode {
        let node = self.graph.blank();
        self.graph.add(node.clone(), rdf::TYPE, class.into_owned());
        self.graph.add(node.clone(), dct::TITLE, title);
        node
    }

    /// Gives a node one more label.
    pub(super) fn label(&mut self, node: &BlankNode, label: Literal) {
        self.graph.add(node.clone(), rdfs::LABEL, label);
    }

    /// What a value says: a text, an IRI, or the label of a node that has nothing but a label.
    pub(super) fn text<'a>(&'a self, value: &'a Term) -> Option<&'a str> {
        match value {
            Term::Literal(literal) => Some(literal.value()),
            Term::NamedNode(iri) => Some(iri.as_str()),
            Term::BlankNode(node) => self.labels.get(node).map(Literal::value),
        }
    }

    /// The readings of a value, the surest first: what it says, and what the source calls the thing that it
    /// names.
    pub(super) fn readings<'a>(&'a self, value: &'a Term) -> impl Iterator<Item = &'a str> {
        let called = match value {
            Term::NamedNode(node) => self.called.get(node),
            Term::BlankNode(_) | Term::Literal(_) => None,
        };
        let called = called.into_iter().flatten().map(String::as_str);
        self.text(value).into_iter().chain(called)
    }

    /// Keeps a value that is no longer in the catalogue: as it was, under the IRI that owns the
    /// subject.
    pub(super) fn original(
        &mut self,
        subject: &NamedOrBlankNode,
        property: NamedNodeRef<'_>,
        value: &Term,
    ) {
        let kept: Term = match value {
            Term::BlankNode(node) => {
                self.gone.insert(node.clone());
                if let Some(said) = self.details.remove(node) {
                    let owner = self.owners.owner(subject).into_owned();
                    self.graph.add_origin(owner, property, node.clone());
                    for triple in said {
                        let (subject, object) = (triple.subject, triple.object);
                        let property = triple.predicate.as_ref();
                        self.graph.add_origin(subject, property, object);
                    }
                }
                match self.labels.get(node) {
                    Some(label) => label.clone().into(),
                    None => return,
                }
            }
            term => term.clone(),
        };
        let owner = self.owners.owner(subject).into_owned();
        self.graph.add_origin(owner, property, kept);
    }

    /// Drops a blank node whose values have been kept.
    pub(super) fn drop_node(&mut self, node: &BlankNode) {
        self.gone.insert(node.clone());
    }

    /// Notes an oddity.
    pub(super) fn find(
        &mut self,
        code: Code,
        subject: &NamedOrBlankNode,
        property: NamedNodeRef<'_>,
        message: &str,
        value: &Term,
    ) {
        let text = self.text(value).unwrap_or_default().to_owned();
        let field = self.owners.field(subject, property);
        self.findings
            .push(Finding::new(code, field, message, &text));
    }

    /// The subjects of a class.
    pub(super) fn instances(&self, class: NamedNodeRef<'static>) -> HashSet<NamedOrBlankNode> {
        self.graph
            .instances(class)
            .map(NamedOrBlankNodeRef::into_owned)
            .collect()
    }

    /// The texts of a property, in lower case, by subject.
    pub(super) fn words(
        &self,
        property: NamedNodeRef<'static>,
    ) -> HashSet<(NamedOrBlankNode, String)> {
        let said = self
            .graph
            .triples()
            .iter()
            .filter(|t| t.predicate == property);
        said.filter_map(|triple| match &triple.object {
            Term::Literal(word) => Some((triple.subject.clone(), word.value().to_lowercase())),
            _ => None,
        })
        .collect()
    }

    /// The subjects that point to `object`.
    pub(super) fn pointing(
        &self,
        property: NamedNodeRef<'static>,
        object: NamedNodeRef<'_>,
    ) -> HashSet<NamedOrBlankNode> {
        let object = TermRef::from(object);
        let said = self.graph.triples().iter();
        said.filter(|t| t.predicate == property && t.object.as_ref() == object)
            .map(|triple| triple.subject.clone())
            .collect()
    }

    /// The blank nodes that a property leads to.
    pub(super) fn objects(&self, property: NamedNodeRef<'static>) -> HashSet<BlankNode> {
        let said = self
            .graph
            .triples()
            .iter()
            .filter(|t| t.predicate == property);
        said.filter_map(|triple| match &triple.object {
            Term::BlankNode(node) => Some(node.clone()),
            _ => None,
        })
        .collect()
    }

    /// Ends the pass: nodes that were replaced are taken out, with what led to them.
    pub(super) fn finish(self) -> Vec<Finding> {
        if !self.gone.is_empty() {
            let gone = self.gone;
            self.graph.triples_mut().retain(|triple| {
                let dead_subject = matches!(&triple.subject, NamedOrBlankNode::BlankNode(node) if gone.contains(node));
                let dead_object = matches!(&triple.object, Term::BlankNode(node) if gone.contains(node));
                !dead_subject && !dead_object
            });
        }
        self.findings
    }
}

/// Keeps the first of those that are the same.
fn distinct(values: &mut Vec<Term>) {
    let mut seen = HashSet::with_capacity(values.len());
    let first: Vec<bool> = values.iter().map(|value| seen.insert(value)).collect();
    let mut first = first.into_iter();
    values.retain(|_| first.next().unwrap_or_default());
}

fn has_blank(triple: &Triple) -> bool {
    triple.subject.is_blank_node() || triple.object.is_blank_node()
}

/// What is said of the nodes that are only a name, where that is more than one: names in other words, the list
/// that they are of.
fn details(
    graph: &RecordGraph,
    labels: &HashMap<BlankNode, Literal>,
) -> HashMap<BlankNode, Vec<Triple>> {
    let mut details = HashMap::new();
    if labels.is_empty() {
        return details;
    }
    let subjects = Subjects::of(graph.triples());
    for node in labels.keys() {
        let about = subjects.about(node.as_ref());
        let names = about.iter().filter(|triple| triple.predicate != rdf::TYPE);
        if names.count() > 1 {
            let mut said: Vec<Triple> = about.iter().map(|triple| (*triple).clone()).collect();
            let below: Vec<Triple> = subjects.below(&said).into_iter().cloned().collect();
            said.extend(below);
            details.insert(node.clone(), said);
        }
    }
    details
}

/// What the origin graph says of how the things that `properties` lead to are called.
fn called(
    graph: &RecordGraph,
    properties: &[NamedNodeRef<'static>],
) -> HashMap<NamedNode, Vec<String>> {
    let mut called: HashMap<NamedNode, Vec<String>> = HashMap::new();
    for triple in graph.origin() {
        let NamedOrBlankNode::NamedNode(thing) = &triple.subject else {
            continue;
        };
        let text = match &triple.object {
            Term::Literal(text) if NAMES.iter().any(|name| triple.predicate == *name) => {
                text.value()
            }
            Term::NamedNode(same) if triple.predicate == skos::EXACT_MATCH => same.as_str(),
            _ => continue,
        };
        let known = called.entry(thing.clone()).or_default();
        known.push(text.to_owned());
    }
    if called.is_empty() {
        return called;
    }
    let led: HashSet<&NamedNode> = graph
        .triples()
        .iter()
        .filter(|triple| {
            properties
                .iter()
                .any(|property| triple.predicate == *property)
        })
        .filter_map(|triple| match &triple.object {
            Term::NamedNode(thing) => Some(thing),
            _ => None,
        })
        .collect();
    called.retain(|thing, _| led.contains(thing));
    for known in called.values_mut() {
        // Whatever the order in which they are said.
        known.sort_unstable();
    }
    called
}

/// The blank nodes that are only a name, with the surest of their names: nothing but classes, labels
/// and schemes is said of them, and one triple leads to them.
fn labels(graph: &RecordGraph) -> HashMap<BlankNode, Literal> {
    let mut labels: HashMap<BlankNode, (usize, Literal)> = HashMap::new();
    let mut met: HashSet<&BlankNode> = HashSet::new();
    let mut more: HashSet<&BlankNode> = HashSet::new();
    for triple in graph.triples() {
        if let Term::BlankNode(node) = &triple.object
            && !met.insert(node)
        {
            more.insert(node);
        }
        let NamedOrBlankNode::BlankNode(node) = &triple.subject else {
            continue;
        };
        let rank = NAMES.iter().position(|name| triple.predicate == *name);
        match (&triple.object, rank) {
            (Term::Literal(text), Some(rank)) => {
                let known = labels.get(node);
                if known.is_none_or(|(known, _)| rank < *known) {
                    labels.insert(node.clone(), (rank, text.clone()));
                }
            }
            _ if triple.predicate == rdf::TYPE || triple.predicate == skos::IN_SCHEME => {}
            _ => {
                more.insert(node);
            }
        }
    }
    labels.retain(|node, _| !more.contains(node));
    let named = labels.into_iter();
    named.map(|(node, (_, label))| (node, label)).collect()
}
