//! One geometry a place: DCAT-AP allows no second, and many feeds draw a place in several encodings.
//!
//! Well-known Text stays at the place, made where only `GeoJSON` is sent; every other drawing gets a
//! place of its own, as the other kinds of portals are written, so that none is lost.

use oxigraph::model::{BlankNode, Literal, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use crate::dcat::RecordGraph;
use crate::rdf::vocab::{dcat, dct, gsp, locn, rdf};
use crate::source::value::geometry::Geometry;

/// The properties that a place has once.
const DRAWN: [NamedNodeRef<'static>; 3] = [dcat::BBOX, dcat::CENTROID, locn::GEOMETRY];

/// The drawings of a place by one property, Well-known Text first.
struct Drawings {
    place: BlankNode,
    property: NamedNodeRef<'static>,
    all: Vec<Literal>,
}

/// Gives each drawing a place.
pub(super) fn one_a_place(graph: &mut RecordGraph) {
    for drawings in drawings(graph) {
        settle(graph, drawings);
    }
}

fn drawings(graph: &RecordGraph) -> Vec<Drawings> {
    let mut found: Vec<Drawings> = Vec::new();
    for triple in graph.triples() {
        let (NamedOrBlankNode::BlankNode(place), Term::Literal(literal)) =
            (&triple.subject, &triple.object)
        else {
            continue;
        };
        let Some(property) = DRAWN.into_iter().find(|known| *known == triple.predicate) else {
            continue;
        };
        let same = |one: &&mut Drawings| one.place == *place && one.property == property;
        match found.iter_mut().find(same) {
            Some(one) => one.all.push(literal.clone()),
            None => found.push(Drawings {
                place: place.clone(),
                property,
                all: vec![literal.clone()],
            }),
        }
    }
    for one in &mut found {
        let rank =
            |literal: &Literal| (literal.datatype() != gsp::WKT_LITERAL, literal.to_string());
        one.all.sort_by_key(rank);
        one.all.dedup();
        let has_text = (one.all.first()).is_some_and(|first| first.datatype() == gsp::WKT_LITERAL);
        if !has_text && let Some(text) = one.all.iter().find_map(as_text) {
            one.all.insert(0, text);
        }
    }
    found.retain(|one| one.all.len() > 1);
    found
}

/// A drawing in `GeoJSON` as Well-known Text.
fn as_text(literal: &Literal) -> Option<Literal> {
    let json = (literal.datatype() == gsp::GEO_JSONLITERAL).then(|| literal.value())?;
    let geometry = Geometry::read(&serde_json::from_str(json).ok()?).ok()?;
    Some(Literal::new_typed_literal(geometry.wkt, gsp::WKT_LITERAL))
}

fn settle(graph: &mut RecordGraph, drawings: Drawings) {
    let Drawings {
        place,
        property,
        all,
    } = drawings;
    let node = Term::from(place.clone());
    let leads = |triple: &&Triple| triple.object == node;
    let above: Vec<Triple> = graph.triples().iter().filter(leads).cloned().collect();
    if above.is_empty() {
        return;
    }
    let subject = NamedOrBlankNode::from(place);
    let is_drawing = |triple: &Triple| triple.subject == subject && triple.predicate == property;
    graph.triples_mut().retain(|triple| !is_drawing(triple));
    for (number, drawing) in all.into_iter().enumerate() {
        if number == 0 {
            graph.add(subject.clone(), property, drawing);
            continue;
        }
        let other = graph.blank();
        for triple in &above {
            graph.add(
                triple.subject.clone(),
                triple.predicate.as_ref(),
                other.clone(),
            );
        }
        graph.add(other.clone(), rdf::TYPE, dct::LOCATION.into_owned());
        graph.add(other, property, drawing);
    }
}
