//! Whatever a graph says, a second normalisation changes nothing.

use oxigraph::model::{BlankNode, Literal, NamedOrBlankNode, Term};
use proptest::prelude::*;

use super::*;
use crate::dcat::HVD_LEGISLATION;
use crate::rdf::vocab::{adms, dcatap, dct, rdf, rdfs, spdx};

fn node(path: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("https://e.org/{path}"))
}

/// Triples of the properties that passes rewrite, over few subjects and many spellings.
fn triple() -> impl Strategy<Value = Triple> {
    let subjects: Vec<NamedOrBlankNode> = vec![
        node("dataset/p/d").into(),
        node("distribution/p/1").into(),
        node("elsewhere").into(),
        BlankNode::new_unchecked("x1").into(),
        BlankNode::new_unchecked("x2").into(),
    ];
    let properties = vec![
        dct::FORMAT,
        dcat::MEDIA_TYPE,
        dcat::COMPRESS_FORMAT,
        dct::LICENSE,
        dct::RIGHTS,
        dct::ACCRUAL_PERIODICITY,
        dct::ACCESS_RIGHTS,
        dct::LANGUAGE,
        dct::SPATIAL,
        dcat::THEME,
        dcat::KEYWORD,
        dcatap::HVD_CATEGORY,
        spdx::CHECKSUM,
        spdx::ALGORITHM,
        spdx::CHECKSUM_VALUE,
        rdfs::LABEL,
        adms::SAMPLE,
        dct::RELATION,
    ];
    let texts = [
        "csv",
        "text/csv; charset=utf-8",
        "application/x-odd",
        "xyz",
        "excel",
        "application/json",
        "lov2",
        "cc-by-4.0",
        "notspecified",
        "annual",
        "sometimes",
        "restricted",
        "fr",
        "France",
        "santé",
        "adresses",
        "Hydrographie",
        "sha1",
        "rot13",
        "ab",
        "application/zip",
        "shp",
        "zip",
    ];
    let iris = [
        "http://publications.europa.eu/resource/authority/file-type/XLSX",
        "https://publications.europa.eu/resource/authority/file-type/JSON/",
        "http://www.iana.org/assignments/media-types/application/x-odd",
        "https://www.iana.org/assignments/media-types/text/csv",
        "https://creativecommons.org/licenses/by/4.0/",
        "http://inspire.ec.europa.eu/theme/hy",
        "http://publications.europa.eu/resource/authority/language/GER",
        "https://x.example/",
    ];
    let mut objects: Vec<Term> = texts
        .iter()
        .map(|text| Literal::new_simple_literal(*text).into())
        .collect();
    objects.extend(
        iris.iter()
            .map(|iri| Term::from(NamedNode::new_unchecked(*iri))),
    );
    objects.extend(subjects.iter().map(|subject| Term::from(subject.clone())));
    let any = (
        prop::sample::select(subjects),
        prop::sample::select(properties),
        prop::sample::select(objects),
    );
    any.prop_map(|(subject, property, object)| Triple::new(subject, property, object))
}

proptest! {
    #[test]
    fn normalising_twice_is_normalising_once(
        triples in prop::collection::vec(triple(), 0..30),
        high_value in any::<bool>(),
    ) {
        let mut start = triples;
        start.push(Triple::new(node("distribution/p/1"), rdf::TYPE, dcat::DISTRIBUTION_CLASS));
        start.push(Triple::new(node("dataset/p/d"), dcat::DISTRIBUTION, node("distribution/p/1")));
        if high_value {
            let law = HVD_LEGISLATION;
            start.push(Triple::new(node("dataset/p/d"), dcatap::APPLICABLE_LEGISLATION, law));
        }
        let mut graph = graph(start);
        normalise(&mut graph, Vocabularies::builtin());
        let set = |triples: &[Triple]| triples.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        let once = (set(graph.triples()), set(graph.origin()));
        normalise(&mut graph, Vocabularies::builtin());
        prop_assert_eq!(once, (set(graph.triples()), set(graph.origin())));
        let file = NamedOrBlankNode::from(node("distribution/p/1"));
        for property in [dct::FORMAT, dcat::MEDIA_TYPE, dct::LICENSE, dct::RIGHTS] {
            prop_assert!(graph.objects(&file, property).count() < 2, "{}", property);
        }
    }
}
