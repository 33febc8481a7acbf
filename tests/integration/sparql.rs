//! `/sparql` with the real program as its workers.

mod clients;
mod limits;
mod log;
mod nested;
mod protocol;
mod service;
mod store;
mod w3c;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use moisson::config::{Config, Size};
use moisson::graph;
use moisson::graph::Storage;
use moisson::publish::{Layout, Manifest};
use moisson::record::Base;
use moisson::web::sparql::ClientAddress;
use moisson::web::workers::{Pool, PoolOptions, Snapshot};
use moisson::web::{App, router};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

/// An endpoint over a graph in a temporary folder.
struct Endpoint {
    pool: Pool,
    router: Router,
    folder: TempDir,
}

/// A query whose answer takes hours to count, and hardly any memory.
const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";

/// A query that sorts millions of rows before it has a first one.
const SORT: &str = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(?c) ?f";

/// A query with millions of rows, the first of them at once.
const LARGE: &str = "SELECT * { ?a ?b ?c . ?d ?e ?f }";

const SMALL: &str = "SELECT ?v { <http://e.org/s7> <http://e.org/value> ?v }";

/// 2,000 triples in the default graph.
fn quads() -> Vec<Quad> {
    let node = |name: String| NamedNode::new(format!("http://e.org/{name}")).unwrap();
    (0..2_000)
        .map(|n| {
            Quad::new(
                node(format!("s{n}")),
                node("value".into()),
                Literal::from(n),
                GraphName::DefaultGraph,
            )
        })
        .collect()
}

/// The file of a graph in a folder.
fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.frozen"))
}

/// Makes a graph the one that a server over the folder shows.
fn publish(folder: &Path, graph: &Path) {
    let layout = Layout::new(folder);
    let first = layout.snapshots().join("1");
    std::fs::create_dir_all(&first).unwrap();
    std::fs::copy(graph, first.join(Storage::Frozen.name())).unwrap();
    let manifest = Manifest {
        sequence: 1,
        time: 1_000_000_000,
        base: "http://e.org/".to_owned(),
        version: "1".to_owned(),
        release: "1".to_owned(),
        engine: Storage::Frozen,
    };
    let manifest = serde_json::to_vec(&manifest).unwrap();
    std::fs::write(first.join("manifest.json"), manifest).unwrap();
    std::fs::write(layout.pointer(), "1").unwrap();
}

fn snapshot(path: PathBuf, sequence: u64) -> Snapshot {
    Snapshot {
        sequence,
        path,
        hold: Box::new(()),
    }
}

impl Endpoint {
    fn new(change: impl FnOnce(&mut PoolOptions)) -> Self {
        Self::with(quads(), change)
    }

    fn with(quads: Vec<Quad>, change: impl FnOnce(&mut PoolOptions)) -> Self {
        Self::configured(quads, change, |_| {})
    }

    fn configured(
        quads: Vec<Quad>,
        change: impl FnOnce(&mut PoolOptions),
        configure: impl FnOnce(&mut Config),
    ) -> Self {
        let _ = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_test_writer()
            .try_init();
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "1");
        graph::write(&path, quads).unwrap();
        publish(folder.path(), &path);
        let mut config = Config {
            base_uri: Base::new("http://e.org/").unwrap(),
            languages: vec!["en".to_owned(), "fr".to_owned()],
            ..Config::default()
        };
        folder.path().clone_into(&mut config.store.path);
        // A query of the tests is to need a worker each time.
        config.sparql.cache = Size::new(0);
        configure(&mut config);
        let mut options = PoolOptions::new(env!("CARGO_BIN_EXE_moisson").into(), &config.sparql);
        // The machine may be busy: only a test of a limit is to meet it.
        options.timeout = Duration::from_mins(5);
        options.max_wait = Duration::from_mins(5);
        change(&mut options);
        let app = App::with_workers(config, options);
        app.refresh().unwrap();
        let router = router(&app);
        Self {
            pool: app.pool().unwrap(),
            router,
            folder,
        }
    }

    /// Sends a request and reads the whole answer; a broken one is an error.
    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .map(|body| String::from_utf8(body.to_bytes().into()).unwrap());
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.map_err(|error| error.to_string()),
        }
    }

    async fn get(&self, query: &str, accept: &str) -> Answer {
        self.send(
            Request::get(path(query))
                .header("accept", accept)
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    /// As `client`, for what is counted for each client.
    async fn get_as(&self, client: u8, query: &str) -> Answer {
        let mut request = Request::get(path(query)).body(Body::empty()).unwrap();
        request
            .extensions_mut()
            .insert(ClientAddress(IpAddr::from([192, 0, 2, client])));
        self.send(request).await
    }

    /// Listens on a port of its own, for what only a connection can show.
    async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self
            .router
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        address
    }

    /// Asks something small, and returns the process that answered.
    async fn warm(&self) -> u32 {
        assert_eq!(self.get(SMALL, "text/csv").await.ok(), "v\r\n7\r\n");
        *self.pool.idle().last().unwrap()
    }

    /// Waits until no process is idle: the one there was has taken a query.
    async fn until_busy(&self) {
        while !self.pool.idle().is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Result<String, String>,
}

impl Answer {
    /// The body of a success.
    fn ok(self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{:?}", self.body);
        self.body.unwrap()
    }

    /// The message of a failure.
    fn refused(self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{:?}", self.body);
        assert_eq!(
            self.header("access-control-allow-origin"),
            "*",
            "scripts must see why"
        );
        self.body.unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

fn path(query: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    format!("/sparql?query={encoded}")
}

/// Sends a GET over a connection of its own, which is returned with nothing read.
async fn connect(address: SocketAddr, query: &str) -> TcpStream {
    let mut connection = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: e.org\r\nAccept: text/csv\r\nConnection: close\r\n\r\n",
        path(query)
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    connection
}

/// Reads until the server closes; a reset is an end too.
async fn read_to_end(connection: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = connection.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits until a process is gone; its parent has collected it then.
async fn until_gone(process: u32) {
    while Path::new(&format!("/proc/{process}")).exists() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
