//! The named queries as RDF: `sh:SPARQLExecutable` (<https://www.w3.org/ns/shacl#SPARQLExecutable>), as query
//! editors read examples.

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use crate::graph::query::Form;
use crate::rdf::language;
use crate::rdf::vocab::{dct, sh};
use crate::web::html::Language;
use crate::web::state::App;

/// The queries that need no values, as editors read examples.
pub(super) fn quads(app: &App) -> Vec<Quad> {
    let base = &app.config.base_uri;
    let mut quads = Vec::new();
    for named in app.queries.all() {
        let values = named.values(&[], Language::En).ok();
        let Some(text) = values.and_then(|values| named.standing_alone(&values, base).ok()) else {
            continue;
        };
        let subject = base.iri(&format!("queries/{}", named.name));
        let (class, property) = match named.form {
            Form::Select => (sh::SPARQL_SELECT_EXECUTABLE, sh::SELECT),
            Form::Ask => (sh::SPARQL_ASK_EXECUTABLE, sh::ASK),
            Form::Construct | Form::Describe => (sh::SPARQL_CONSTRUCT_EXECUTABLE, sh::CONSTRUCT),
        };
        let mut say = |property: NamedNodeRef<'static>, object: Term| {
            quads.push(said(&subject, property, object));
        };
        say(rdf::TYPE, sh::SPARQL_EXECUTABLE.into());
        say(rdf::TYPE, class.into());
        say(property, Literal::from(text).into());
        for (property, texts) in [
            (rdfs::LABEL, &named.title),
            (dct::DESCRIPTION, &named.description),
        ] {
            for (language, text) in texts {
                let literal = language::tagged(text.as_str(), language);
                let literal = literal.unwrap_or_else(|| Literal::from(text.as_str()));
                say(property, literal.into());
            }
        }
    }
    quads
}

fn said(subject: &NamedNode, property: NamedNodeRef<'static>, object: Term) -> Quad {
    Quad::new(subject.clone(), property, object, GraphName::DefaultGraph)
}
