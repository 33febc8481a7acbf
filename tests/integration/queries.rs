//! Every file of `queries/` says what it is for, is used, and answers something on the sample data.

use std::path::{Path, PathBuf};

use moisson::demo::udata::SampleData;
use moisson::graph::Opened;
use moisson::graph::query::{Form, Format, Limits, Overflow, Query, ResultsSyntax, evaluate, form};
use moisson::harvest::Scope;
use moisson::publish::Snapshot;
use moisson::rdf::syntax::Syntax;

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
    let graph = Opened::open(&snapshot.graph()).unwrap();
    for (name, text) in queries() {
        let asked = form(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let format = match asked {
            Form::Select | Form::Ask => Format::Results(ResultsSyntax::Tsv),
            Form::Construct | Form::Describe => Format::Graph(Syntax::NTriples),
        };
        let query = Query {
            text: &text,
            base: None,
            default_graphs: &[],
            named_graphs: &[],
            format,
            limits: Limits {
                rows: u64::MAX,
                bytes: u64::MAX,
                overflow: Overflow::Abort,
            },
        };
        let mut answer = Vec::new();
        let summary = evaluate(&graph, &query, &mut answer);
        let summary = summary.unwrap_or_else(|error| panic!("{name}: {error}"));
        let answered = summary.rows > 0 && !answer.starts_with(b"false");
        assert!(answered, "{name} finds nothing");
    }
}
