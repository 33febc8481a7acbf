//! The catalogue as aggregators read it: paged with Hydra, one state whatever is published meanwhile, and
//! no path from one dataset to another (piveau follows IRIs from a dataset and takes all it finds as its).

use std::collections::{BTreeMap, BTreeSet};

use moisson::harvest::Scope;
use moisson::rdf::syntax::Syntax;
use oxigraph::model::{NamedOrBlankNode, Term, Triple};

use super::{BASE, TestApp, few, of_class, values};
use crate::support::Farm;

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const HYDRA: &str = "http://www.w3.org/ns/hydra/core#";

/// One page, as a harvester reads it.
struct Read {
    triples: Vec<Triple>,
    /// The datasets and data services of the page.
    listed: BTreeSet<String>,
    view: String,
    next: Option<String>,
    total: usize,
}

/// Reads a page as piveau does: the one node of the class, and everything of the paging from it.
async fn read(app: &TestApp, address: &str, class: &str, next: &str) -> Read {
    let triples = app.get(address).await.ok().triples(Syntax::NTriples);
    let views = of_class(&triples, &format!("{HYDRA}{class}"));
    assert_eq!(views.len(), 1, "{views:?}");
    let total = values(&triples, &views[0], &format!("{HYDRA}totalItems"));
    let next = values(&triples, &views[0], &format!("{HYDRA}{next}"));
    assert!(total.len() == 1 && next.len() <= 1);
    let catalogue = format!("{BASE}catalog");
    let set = |of: Vec<String>| of.into_iter().collect::<BTreeSet<_>>();
    let datasets = set(values(&triples, &catalogue, &format!("{DCAT}dataset")));
    let services = set(values(&triples, &catalogue, &format!("{DCAT}service")));
    let described = set(of_class(&triples, &format!("{DCAT}Dataset")));
    assert_eq!(
        described, datasets,
        "what is listed is described, and no other dataset"
    );
    // Services that a distribution of the page is had from are described beside it.
    assert!(services.is_subset(&set(of_class(&triples, &format!("{DCAT}DataService")))));
    Read {
        total: total[0].parse().unwrap(),
        view: views[0].clone(),
        next: next.into_iter().next(),
        listed: datasets.into_iter().chain(services).collect(),
        triples,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn following_the_pages_meets_everything_listed_once() {
    let app = TestApp::sample().await;
    let expected = app.listed().await;
    assert!(expected.iter().any(|iri| iri.contains("/service/")));
    for (class, next, parameter) in [
        ("PartialCollectionView", "next", ""),
        ("PagedCollection", "nextPage", "&paging=paged-collection"),
    ] {
        let other = if parameter.is_empty() {
            "PagedCollection"
        } else {
            "PartialCollectionView"
        };
        let mut address = Some(format!("catalog.nt?page_size=10{parameter}"));
        let (mut seen, mut pages) = (BTreeSet::new(), 0);
        while let Some(page) = address {
            let page = read(&app, &page, class, next).await;
            assert_eq!(page.total, expected.len());
            assert!(
                page.listed.len() == 10 || page.next.is_none(),
                "no short page before the last"
            );
            for iri in page.listed {
                assert!(seen.insert(iri.clone()), "{iri} twice");
            }
            assert!(of_class(&page.triples, &format!("{HYDRA}{other}")).is_empty());
            if let Some(next) = &page.next {
                assert!(
                    next.contains("at=") && next.contains("page_size=10"),
                    "{next}"
                );
                assert_eq!(next.contains("paged-collection"), !parameter.is_empty());
            }
            pages += 1;
            address = page.next;
        }
        assert_eq!(seen, expected);
        assert_eq!(pages, expected.len().div_ceil(10));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_view_links_to_first_previous_and_last() {
    let app = TestApp::sample().await;
    let first = read(
        &app,
        "catalog.nt?page_size=30",
        "PartialCollectionView",
        "next",
    )
    .await;
    let second = read(
        &app,
        first.next.as_deref().unwrap(),
        "PartialCollectionView",
        "next",
    )
    .await;
    let of = |page: &Read, property: &str| {
        values(&page.triples, &page.view, &format!("{HYDRA}{property}"))
    };
    assert!(of(&first, "previous").is_empty());
    assert_eq!(of(&first, "first"), std::slice::from_ref(&first.view));
    assert_eq!(of(&second, "first"), std::slice::from_ref(&first.view));
    assert_eq!(of(&second, "previous"), std::slice::from_ref(&first.view));
    assert_eq!(first.next.as_ref(), Some(&second.view));
    let last = of(&first, "last").remove(0);
    let last = read(&app, &last, "PartialCollectionView", "next").await;
    assert_eq!(last.next, None);
    assert!(!last.listed.is_empty());
    let catalogue = format!("{BASE}catalog");
    assert_eq!(
        values(&first.triples, &catalogue, &format!("{HYDRA}view")),
        std::slice::from_ref(&first.view)
    );
    let http = app.get(&first.view).await.ok();
    assert_eq!(http.links("next")[0].0, second.view);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_asked_for_after_a_later_publication_give_the_state_of_the_first() {
    let data = few();
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    let before = app.listed().await;
    let first = read(
        &app,
        "catalog.nt?page_size=10",
        "PartialCollectionView",
        "next",
    )
    .await;
    let again = app.get(&first.view).await.ok();
    // The first dataset goes (offsets would shift), the last one changes.
    let gone = first
        .listed
        .first()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let datasets = app.datasets().await;
    let changed = datasets
        .iter()
        .max()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    data.change(|records| {
        records
            .datasets
            .retain(|dataset| dataset["id"] != gone.as_str());
        for dataset in &mut records.datasets {
            if dataset["id"] == changed.as_str() {
                dataset["title"] = "Un titre tout neuf".into();
            }
        }
    });
    farm.sleep(3600);
    farm.harvest(Scope::Full).await;
    farm.publish();
    app.app.refresh().unwrap();
    let (mut seen, mut address) = (first.listed.clone(), first.next.clone());
    while let Some(page) = address {
        let page = read(&app, &page, "PartialCollectionView", "next").await;
        let titles = page
            .triples
            .iter()
            .any(|triple| triple.object.to_string().contains("tout neuf"));
        assert!(!titles, "a title of later");
        assert_eq!(page.total, before.len());
        seen.extend(page.listed);
        address = page.next;
    }
    assert_eq!(seen, before);
    let later = app.get(&first.view).await.ok();
    assert_eq!(later.body, again.body, "the same page at the same sequence");
    let now = read(
        &app,
        "catalog.nt?page_size=100",
        "PartialCollectionView",
        "next",
    )
    .await;
    assert_eq!(now.total, before.len() - 1);
    assert!(
        now.triples
            .iter()
            .any(|triple| triple.object.to_string().contains("tout neuf"))
    );
    app.get("catalog.nt?at=1000000").await.refused(400);
}

/// Everything that piveau takes for a dataset's: what can be reached from it along the page's triples,
/// stopping at `foaf:primaryTopic`.
fn closure(by_subject: &BTreeMap<String, Vec<&Triple>>, dataset: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut todo = vec![format!("<{dataset}>")];
    while let Some(node) = todo.pop() {
        if !reached.insert(node.clone()) {
            continue;
        }
        for triple in by_subject.get(&node).into_iter().flatten() {
            let follows = triple.predicate.as_str() != "http://xmlns.com/foaf/0.1/primaryTopic";
            if follows && !matches!(triple.object, Term::Literal(_)) {
                todo.push(triple.object.to_string());
            }
        }
    }
    reached
}

fn by_subject(triples: &[Triple]) -> BTreeMap<String, Vec<&Triple>> {
    let mut map: BTreeMap<String, Vec<&Triple>> = BTreeMap::new();
    for triple in triples {
        map.entry(triple.subject.to_string())
            .or_default()
            .push(triple);
    }
    map
}

#[tokio::test(flavor = "multi_thread")]
async fn no_path_leads_from_a_dataset_to_another_or_to_the_catalogue() {
    let app = TestApp::sample().await;
    let page = read(
        &app,
        "catalog.nt?page_size=1000",
        "PartialCollectionView",
        "next",
    )
    .await;
    let described = by_subject(&page.triples);
    let catalogues = of_class(&page.triples, &format!("{DCAT}Catalog"));
    let foreign: BTreeSet<String> = page
        .listed
        .iter()
        // A service that a distribution is had from belongs to its dataset.
        .filter(|iri| iri.contains("/dataset/"))
        .chain(&catalogues)
        .map(|iri| format!("<{iri}>"))
        .collect();
    for iri in &page.listed {
        let reached = closure(&described, iri);
        assert!(reached.len() > 3);
        let met: Vec<&String> = reached
            .intersection(&foreign)
            .filter(|node| **node != format!("<{iri}>"))
            .collect();
        assert!(met.is_empty(), "{iri} leads to {met:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_between_datasets_are_in_documents_and_on_pages_that_ask_for_all_of_them() {
    let app = TestApp::sample().await;
    let all = app
        .get("catalog.nt?page_size=1000&links=all")
        .await
        .ok()
        .triples(Syntax::NTriples);
    let few = app
        .get("catalog.nt?page_size=1000")
        .await
        .ok()
        .triples(Syntax::NTriples);
    let few: BTreeSet<String> = few
        .iter()
        .filter(|t| named(t))
        .map(ToString::to_string)
        .collect();
    let all: BTreeSet<String> = all
        .iter()
        .filter(|t| named(t))
        .map(ToString::to_string)
        .collect();
    let more: Vec<&String> = all
        .difference(&few)
        .filter(|line| !line.contains("/core#"))
        .collect();
    let lists = format!("<{BASE}portal/exemple> <{DCAT}dataset> ");
    assert!(more.iter().any(|line| line.starts_with(&lists)), "{more:?}");
    let next = app.get("catalog.nt?page_size=10&links=all").await.ok();
    assert!(next.links("next")[0].0.contains("links=all"));
}

/// Whether no blank node is in it: their labels differ from page to page.
fn named(triple: &Triple) -> bool {
    matches!(triple.subject, NamedOrBlankNode::NamedNode(_))
        && !matches!(triple.object, Term::BlankNode(_))
}
