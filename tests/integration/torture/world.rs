//! The one world of all scenarios: a portal of large datasets that was harvested, and the server of it.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get as route;
use moisson::demo;
use moisson::ledger::{Filter, Position, RunRow, RunState};
use moisson::record::{Kind, PortalId};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use crate::memory::feed;
use crate::support::BASE;
use crate::support::program::Site;
use crate::support::serving::{Server, rest, say};

/// Who attacks.
pub(super) const ATTACKER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 3));

/// Datasets of 20 kB: `/catalog.rdf?page_size=1000` has 8 MB.
pub(super) const DATASETS: usize = 400;

/// As many files as a service usually may open.
pub(super) const FILES: u32 = 1024;

/// A query for the title of one dataset.
pub(super) const LIGHT: &str = "/sparql?query=SELECT%20%3Ft%20%7B%20%3Fd%20%3Chttp%3A%2F%2Fpurl.org%2Fdc%2Fterms%2Fidentifier%3E%20%227%22%20%3B\
     %20%3Chttp%3A%2F%2Fpurl.org%2Fdc%2Fterms%2Ftitle%3E%20%3Ft%20%7D";

/// A query that takes hours, and hardly any memory.
pub(super) const ENDLESS: &str = "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%20%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%20.\
     %20%3Fg%20%3Fh%20%3Fi%20.%20%3Fj%20%3Fk%20%3Fl%20%7D";

/// The page of all datasets.
pub(super) const CATALOGUE: &str = "/catalog.rdf?page_size=1000";

/// The server, the folder that it serves, and whatever it harvests.
pub(super) struct World {
    pub(super) server: Server,
    pub(super) site: Site,
    /// The path of the document of a dataset.
    pub(super) document: String,
    portals: Vec<JoinHandle<()>>,
}

impl Drop for World {
    fn drop(&mut self) {
        self.portals.iter().for_each(JoinHandle::abort);
    }
}

/// What is different about a world.
#[derive(Default)]
pub(super) struct Plan {
    /// Files that the server may open; 0 is [`FILES`].
    pub(super) files: u32,
    /// Lines for `[server]`.
    pub(super) server: String,
    /// Lines for `[harvest]`.
    pub(super) harvest: String,
    /// Whether `portals` are harvested by the running server.
    pub(super) harvests: bool,
    /// Tables of portals beside the one that is served.
    pub(super) portals: String,
}

impl World {
    /// A world in which 400 large datasets are published.
    pub(super) async fn new(plan: Plan) -> Self {
        let routes =
            Router::new().route("/catalog.rdf", route(|| std::future::ready(feed(DATASETS))));
        let (portal, serving) = demo::spawn(routes, 0).await.unwrap();
        let site = Site::at(portal);
        site.write_config(&format!(
            "base_uri = '{BASE}'\n\
             [publish]\nmin_interval = '1s'\n\
             [server]\n{}\n\
             [harvest]\nrobots = 'ignore'\nattempts = 2\nbackoff = '10ms'\n{}\n\
             [[portal]]\nid = 'riche'\nkind = 'dcat'\nurl = 'http://{portal}/catalog.rdf'\nallow_private = true\n\
             {}",
            plan.server, plan.harvest, plan.portals
        ));
        site.succeed(&["harvest", "riche"]);
        let files = if plan.files == 0 { FILES } else { plan.files };
        let arguments = if plan.harvests { "" } else { "--no-harvest" };
        let server = tokio::task::block_in_place(|| Server::of(&site, files, arguments));
        let world = Self {
            server,
            document: document(&site),
            site,
            portals: vec![serving],
        };
        // Whatever is made by the first request is there before anything is measured.
        for path in [LIGHT, &world.document] {
            let answer = world.ask(ATTACKER, path, Duration::from_mins(1)).await;
            let answer = answer.unwrap_or_default();
            assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        }
        world
    }

    /// Answers `routes` at an address until the world ends.
    pub(super) async fn serve(host: &str, routes: Router) -> (SocketAddr, JoinHandle<()>) {
        let listener = tokio::net::TcpListener::bind((host, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        (address, serving)
    }

    /// The whole answer to a GET, if it comes in time.
    pub(super) async fn ask(&self, from: IpAddr, path: &str, most: Duration) -> Option<String> {
        rest(&mut self.open(from, path).await, most).await
    }

    /// A connection over which a GET was sent.
    pub(super) async fn open(&self, from: IpAddr, path: &str) -> TcpStream {
        say(from, self.server.address, &request(path, "")).await
    }

    /// Waits until each of these portals has ended a run: their last runs.
    pub(super) async fn harvested(&self, portals: &[String], most: Duration) -> Vec<RunRow> {
        let begun = Instant::now();
        loop {
            let reader = self.site.reader();
            let runs = portals.iter().filter_map(|portal| {
                let portal = PortalId::new(portal).unwrap();
                let runs = reader.runs(Some(&portal), 5).unwrap();
                runs.into_iter().find(|run| run.state != RunState::Running)
            });
            let runs: Vec<RunRow> = runs.collect();
            if runs.len() == portals.len() {
                return runs;
            }
            let ended: Vec<&str> = runs.iter().map(|run| run.portal.as_str()).collect();
            assert!(begun.elapsed() < most, "only {ended:?} came to an end");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
}

/// The path of the document of a dataset that is published.
fn document(site: &Site) -> String {
    let reader = site.reader();
    let datasets = Filter {
        kinds: vec![Kind::Dataset],
        ..Filter::default()
    };
    let at = reader.sequence().unwrap();
    let page = reader.page(&datasets, Position::Offset(0), 1, at).unwrap();
    let path = page.records[0].iri.strip_prefix(BASE).unwrap();
    format!("/{path}.ttl")
}

/// The text of a GET over a connection of its own.
pub(super) fn request(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: e.org\r\nconnection: close\r\n{headers}\r\n")
}

/// A portal's table, harvested by the schedule within a minute or so.
pub(super) fn portal(id: &str, kind: &str, url: &str) -> String {
    let mut text = String::new();
    writeln!(
        text,
        "[[portal]]\nid = '{id}'\nkind = '{kind}'\nurl = '{url}'\nallow_private = true\nschedule = '* * * * *'"
    )
    .unwrap();
    text
}
