//! Following changes, and what is not an index any more.

use std::collections::BTreeMap;
use std::path::Path;

use moisson::publish::Build;
use moisson::search::{Change, Facet, Index, Projection, Request, SearchError};

use super::{DATASETS, Portal, titles, turtle};

/// Everything that an index says of each record, but scores: they depend on how it was made.
fn everything(index: &Index) -> BTreeMap<String, Vec<String>> {
    let words = [
        "",
        "air",
        "eau",
        "velo",
        "plu",
        "registre",
        "Roanne",
        "Étienne",
        "nouveau",
        "connections",
    ];
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for word in words {
        let request = Request {
            limit: 1_000,
            ..if word.is_empty() {
                Request::default()
            } else {
                Request::words(word)
            }
        };
        for hit in index.search(&request).unwrap().hits {
            let titles = hit.titles.iter().map(|title| title.text.clone());
            let of_record = said.entry(hit.iri).or_default();
            of_record.push(word.to_owned());
            of_record.extend(titles);
        }
    }
    let counted = Request {
        count: Facet::ALL.map(|facet| (facet, 1_000)).to_vec(),
        ..Request::default()
    };
    for counts in index.search(&counted).unwrap().counts {
        let values = counts
            .values
            .iter()
            .map(|(value, count)| format!("{value} {count}"));
        let mut values: Vec<String> = values.collect();
        values.sort_unstable();
        said.insert(counts.facet.name().to_owned(), values);
    }
    said
}

/// Makes an index of what is published in a folder, from an older one or anew.
fn made(portal: &Portal, folder: &Path, old: Option<&Path>) -> Change {
    let reader = portal.farm.reader();
    let projection = Projection {
        reader: &reader,
        at: portal.snapshot().manifest().sequence,
        folder,
    };
    projection.make(old).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_follows_changes_says_what_one_made_anew_says() {
    let portal = Portal::new().await;
    let mut datasets = DATASETS.to_vec();
    // Held, it is not cleared away.
    let first = portal.snapshot();
    let folder = tempfile::tempdir().unwrap();
    for step in 0..6 {
        match step {
            0 => datasets[4].1 = "dct:title \"Registre nouveau\"@fr ; dct:language <http://publications.europa.eu/resource/authority/language/FRA>",
            1 => drop(datasets.remove(1)),
            2 => datasets.push(("new", "dct:title \"Nouveau registre des eaux\"@fr ; dct:publisher <https://e.org/o/ville>")),
            3 => {}
            4 => datasets.insert(0, DATASETS[1]),
            _ => datasets[7].1 = "dct:title \"Air\"@fr",
        }
        let text = turtle(&datasets);
        *portal.feed.lock().unwrap() = if step >= 3 {
            // The publisher is called otherwise: so its datasets are found otherwise.
            text.replace("Ville de Saint-Étienne", "Ville de Roanne")
        } else {
            text
        };
        portal.harvest().await;
        let anew = folder.path().join("anew");
        assert_eq!(made(&portal, &anew, None), Change::Rebuilt);
        let expected = everything(&Index::open(&anew).unwrap());
        assert_eq!(everything(&portal.index()), expected, "step {step}");
    }
    // All at once, from the first.
    let other = folder.path().join("other");
    assert_ne!(made(&portal, &other, Some(&first.search())), Change::None);
    assert_eq!(
        everything(&Index::open(&other).unwrap()),
        everything(&portal.index())
    );
    assert_eq!(
        titles(&portal.index().search(&Request::words("roanne")).unwrap()).len(),
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_a_difference_and_no_change_is_none() {
    let portal = Portal::new().await;
    let first = portal.snapshot();
    let folder = tempfile::tempdir().unwrap();
    let again = folder.path().join("again");
    assert_eq!(made(&portal, &again, Some(&first.search())), Change::None);
    assert_eq!(
        everything(&Index::open(&again).unwrap()),
        everything(&portal.index())
    );
    let mut datasets = DATASETS.to_vec();
    datasets[0].1 = "dct:title \"Autre chose\"@fr";
    *portal.feed.lock().unwrap() = turtle(&datasets);
    portal.harvest().await;
    let change = made(&portal, &again, Some(&first.search()));
    assert!(matches!(change, Change::Difference(1..6)), "{change:?}");
    assert_eq!(
        titles(
            &Index::open(&again)
                .unwrap()
                .search(&Request::words("autre"))
                .unwrap()
        ),
        ["Autre chose"]
    );
    // The older one, whose files it shares, is what it was.
    let old = first.index().unwrap();
    assert_eq!(old.search(&Request::words("autre chose")).unwrap().total, 0);
    assert_eq!(old.search(&Request::words("qualité air")).unwrap().total, 1);
}

/// The largest file of an index with this extension.
fn file(folder: &Path, extension: &str) -> std::path::PathBuf {
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .max_by_key(|path| path.metadata().unwrap().len())
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_index_is_an_error_and_made_again() {
    let portal = Portal::new().await;
    for spoil in 0..5 {
        let snapshot = portal.snapshot();
        let folder = snapshot.search();
        let expected = everything(&snapshot.index().unwrap());
        match spoil {
            0 => {
                let path = file(&folder, "idx");
                let mut bytes = std::fs::read(&path).unwrap();
                let middle = bytes.len() / 3;
                bytes[middle] ^= 0x55;
                std::fs::remove_file(&path).unwrap();
                std::fs::write(&path, bytes).unwrap();
            }
            1 => std::fs::File::options()
                .write(true)
                .open(file(&folder, "store"))
                .unwrap()
                .set_len(40)
                .unwrap(),
            2 => std::fs::remove_file(file(&folder, "term")).unwrap(),
            3 => std::fs::write(folder.join("meta.json"), "{}").unwrap(),
            _ => std::fs::remove_dir_all(&folder).unwrap(),
        }
        let Err(error) = snapshot.index() else {
            panic!("{spoil} is not noticed");
        };
        assert!(
            matches!(error, SearchError::Unreadable { .. }),
            "{spoil}: {error}"
        );
        assert!(error.to_string().contains("search"), "{error}");
        portal.farm.moisson().mend().unwrap();
        assert_eq!(everything(&portal.index()), expected, "{spoil}");
        // No other snapshot lends its files to a damaged one.
        portal.farm.moisson().publish(Build::Anew).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_where_an_index_was_made() {
    let portal = Portal::new().await;
    assert!(!portal.farm.layout().root().join("search.new").exists());
    let names: Vec<String> = std::fs::read_dir(portal.snapshot().search())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().all(|name| !name.contains("lock")), "{names:?}");
    assert!(names.contains(&"meta.json".to_owned()), "{names:?}");
}
