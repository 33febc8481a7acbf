//! Every file of `queries/` says what it is for, is used, and answers something on the sample data.

use std::path::{Path, PathBuf};

use moisson::demo::udata::SampleData;
use moisson::harvest::Scope;
use moisson::publish::Snapshot;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

use crate::support::Farm;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files with this extension under a folder.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|one| one == extension) {
            found.push(path);
        }
    }
    found
}

fn queries() -> Vec<(String, String)> {
    let queries: Vec<_> = files(&root().join("queries"), "rq")
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
            (name.to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(!queries.is_empty());
    queries
}

#[test]
fn every_query_says_what_it_is_for_and_is_used() {
    let code: String = files(&root().join("src"), "rs")
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    for (name, text) in queries() {
        let header = text.lines().take_while(|line| line.starts_with("# "));
        assert!(header.count() >= 2, "{name} has no header");
        assert!(
            code.contains(&format!("../{name}\")")),
            "{name} is used nowhere"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_query_answers_something_on_the_sample_data() {
    let farm = Farm::of(SampleData::bundled()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    let snapshot = Snapshot::current(&farm.layout()).unwrap().unwrap();
    let store = Store::open_read_only(snapshot.graph()).unwrap();
    for (name, text) in queries() {
        let query = SparqlEvaluator::new().parse_query(&text);
        let query = query.unwrap_or_else(|error| panic!("{name}: {error}"));
        let answered = match query.on_store(&store).execute().unwrap() {
            QueryResults::Boolean(answer) => answer,
            QueryResults::Solutions(rows) => rows.map(Result::unwrap).count() > 0,
            QueryResults::Graph(triples) => triples.map(Result::unwrap).count() > 0,
        };
        assert!(answered, "{name} finds nothing");
    }
}
