//! Everything but `/sparql` as clients see it: the router in process over a published sample portal.

pub(crate) mod answered;
mod catalogue;
mod conditional;
mod documents;
mod feed;
mod graphs;
mod harvests;
mod hostile;
mod language;
mod lists;
mod manners;
mod negotiation;
mod pages;
mod recognised;
mod renamed;
mod search;
mod series;
mod service;
mod withdrawn;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use moisson::config::Config;
use moisson::demo::udata::SampleData;
use moisson::harvest::Scope;
use moisson::rdf::canon;
use moisson::rdf::syntax::Syntax;
use moisson::web::{App, router};
use oxigraph::io::RdfParser;
use oxigraph::model::{NamedOrBlankNode, Quad, Term, Triple};
use tower::ServiceExt as _;

use crate::support::{BASE, Farm, config};

/// A dataset of the sample portal with a publisher, a contact and distributions.
const DATASET: &str = "dataset/exemple/53ecd295a31c646e5bb9c6a7";

/// What a browser sends when an address is typed.
const BROWSER: &str =
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

/// The server, called in process.
struct TestApp {
    app: Arc<App>,
    router: Router,
}

impl TestApp {
    /// A server over what `config` names.
    fn new(config: Config) -> Self {
        let app = App::new(config, env!("CARGO_BIN_EXE_moisson").into());
        app.refresh().unwrap();
        let router = router(&app);
        Self { app, router }
    }

    /// A server over the bundled sample portal, with the configuration changed a little.
    async fn sample_with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config(&sample().await, ([127, 0, 0, 1], 9).into());
        change(&mut config);
        Self::new(config)
    }

    /// A server over the bundled sample portal, for tests that change nothing.
    async fn sample() -> Self {
        Self::sample_with(|_| {}).await
    }

    /// A server over what `farm` has published.
    fn over(farm: &Farm) -> Self {
        Self::new(farm.config.clone())
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    /// GET of a path under the base, or of an absolute IRI under it.
    async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    async fn get_as(&self, path: &str, accept: &str) -> Answer {
        self.get_with(path, &[("accept", accept)]).await
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.call("GET", path, headers).await
    }

    async fn call(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let base = self.app.config.base_uri.as_str();
        let root = url::Url::parse(base).unwrap();
        let path = path.strip_prefix(base).unwrap_or(path);
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", root.path()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Follows redirects until an answer is none.
    async fn follow(&self, path: &str, accept: &str) -> Answer {
        let mut answer = self.get_as(path, accept).await;
        for _ in 0..3 {
            if answer.status != StatusCode::SEE_OTHER {
                break;
            }
            let location = answer.header("location").to_owned();
            let document = location.split('#').next().unwrap_or_default();
            answer = self.get_as(document, accept).await;
        }
        answer
    }

    /// The IRIs of all datasets.
    async fn datasets(&self) -> Vec<String> {
        let page = self.get("catalog.nt?page_size=1000").await.ok();
        let triples = page.triples(Syntax::NTriples);
        of_class(&triples, "http://www.w3.org/ns/dcat#Dataset")
            .into_iter()
            .filter(|iri| iri.starts_with(self.app.config.base_uri.as_str()))
            .collect()
    }

    /// The IRIs of everything that the feed lists: datasets and data services.
    async fn listed(&self) -> BTreeSet<String> {
        let page = self.get("catalog.nt?page_size=1000").await.ok();
        let triples = page.triples(Syntax::NTriples);
        let catalogue = format!("{}catalog", self.app.config.base_uri);
        ["dataset", "service"]
            .into_iter()
            .flat_map(|list| {
                let property = format!("http://www.w3.org/ns/dcat#{list}");
                values(&triples, &catalogue, &property)
            })
            .collect()
    }
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// A success.
    #[track_caller]
    fn ok(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }

    /// The explanation of a failure.
    #[track_caller]
    fn refused(self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("access-control-allow-origin"), "*");
        self.text()
    }

    /// Where a 303 leads, under the base.
    #[track_caller]
    fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.header("location").strip_prefix(BASE).unwrap()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// All values of a header, in lower case and split at commas.
    fn listed(&self, name: &str) -> BTreeSet<String> {
        let values = self.headers.get_all(name).iter();
        values
            .flat_map(|value| value.to_str().unwrap().split(','))
            .map(|value| value.trim().to_ascii_lowercase())
            .collect()
    }

    /// The links of a relation: target and the rest of the header.
    fn links(&self, relation: &str) -> Vec<(String, String)> {
        let links = self.headers.get_all("link").iter();
        links
            .map(|link| link.to_str().unwrap())
            .filter(|link| link.contains(&format!("rel=\"{relation}\"")))
            .map(|link| link.strip_prefix('<').unwrap().split_once('>').unwrap())
            .map(|(target, rest)| (target.to_owned(), rest.to_owned()))
            .collect()
    }

    fn quads(&self, syntax: Syntax) -> Vec<Quad> {
        let parser = RdfParser::from_format(syntax.format()).for_slice(&self.body);
        parser
            .map(|quad| quad.unwrap_or_else(|error| panic!("{error}")))
            .collect()
    }

    /// The triples of the default graph.
    fn triples(&self, syntax: Syntax) -> Vec<Triple> {
        self.quads(syntax)
            .into_iter()
            .filter(|quad| quad.graph_name.is_default_graph())
            .map(|quad| Triple::new(quad.subject, quad.predicate, quad.object))
            .collect()
    }

    /// The triples in canonical form: equal texts are isomorphic graphs.
    fn canonical(&self, syntax: Syntax) -> String {
        canon::canonicalise(&self.triples(syntax)).unwrap().text
    }
}

/// The subjects of a class.
fn of_class(triples: &[Triple], class: &str) -> Vec<String> {
    let typed = |triple: &&Triple| {
        triple.predicate.as_ref() == oxigraph::model::vocab::rdf::TYPE
            && matches!(&triple.object, Term::NamedNode(object) if object.as_str() == class)
    };
    let subjects = triples
        .iter()
        .filter(typed)
        .map(|triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        });
    subjects.collect()
}

/// The values of a property: IRIs and literals as their text.
fn values(triples: &[Triple], subject: &str, property: &str) -> Vec<String> {
    let subject = subject.to_owned();
    let stated = triples.iter().filter(|triple| {
        triple.predicate.as_str() == property
            && matches!(&triple.subject, NamedOrBlankNode::NamedNode(node) if *node.as_str() == subject)
    });
    stated
        .map(|triple| match &triple.object {
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(node) => node.to_string(),
        })
        .collect()
}

/// A small part of the bundled portal, for tests that change it.
fn few() -> SampleData {
    let data = SampleData::bundled();
    data.change(|records| records.datasets.truncate(25));
    data
}

/// The store of the bundled portal, published. It is made once for each build of the tests, by the first
/// process that asks, and nobody changes it.
pub(crate) async fn sample() -> PathBuf {
    let built = std::env::current_exe()
        .unwrap()
        .metadata()
        .unwrap()
        .modified()
        .unwrap();
    let name = format!(
        "sample-{}",
        built.duration_since(UNIX_EPOCH).unwrap().as_nanos()
    );
    let stores = Path::new(env!("CARGO_TARGET_TMPDIR")).join("http");
    let store = stores.join(&name);
    let done = store.join("done");
    tokio::task::spawn_blocking({
        let (stores, store, done) = (stores.clone(), store.clone(), done.clone());
        let runtime = tokio::runtime::Handle::current();
        move || {
            std::fs::create_dir_all(&stores).unwrap();
            let lock = std::fs::File::create(stores.join("lock")).unwrap();
            lock.lock().unwrap();
            if done.exists() {
                return;
            }
            for old in std::fs::read_dir(&stores).unwrap() {
                let old = old.unwrap().path();
                if old.is_dir() {
                    std::fs::remove_dir_all(old).unwrap();
                }
            }
            runtime.block_on(async {
                let mut farm = Farm::of(SampleData::bundled()).await;
                farm.config.store.path.clone_from(&store);
                farm.harvest(Scope::Full).await;
                farm.publish();
            });
            std::fs::write(&done, "").unwrap();
        }
    })
    .await
    .unwrap();
    store
}
