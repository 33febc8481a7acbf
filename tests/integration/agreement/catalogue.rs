//! The questions of `benches/queries`, which catalogues are asked, over the sample portal.

use super::Engines;
use super::random::{Data, Verdict, judge};
use crate::support::{BASE, Farm, fixed};
use moisson::demo::udata::SampleData;
use moisson::graph::every_quad;
use moisson::harvest::Scope;
use oxigraph::model::Quad;
use std::path::Path;

/// What the questions name of the large synthetic portal, and what the sample portal has in its place.
const NAMED: [(&str, &str); 2] = [
    ("52c382580850648600000002", "53ecd295a31c646e5bb9c6a7"),
    ("530b88a0796c720a00000046", "5bb558001abdbf99ca50d37e"),
];

/// The names of the files and what is in them.
fn questions() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/queries");
    let mut questions: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            (name.to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    questions.sort();
    questions
}

#[test]
fn every_question_says_what_it_is_for() {
    let questions = questions();
    assert!(questions.len() >= 55);
    for (name, text) in questions {
        assert!(text.starts_with("# "), "{name} has no header");
        assert!(!text.contains("127.0.0.1"), "{name} names a server");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn catalogues_are_answered_the_same_by_all_engines() {
    let farm = Farm::of(SampleData::bundled()).await;
    farm.harvest(Scope::Full).await;
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let quads = every_quad(&reader, fixed(), at).unwrap();
    let quads: Vec<Quad> = quads.map(Result::unwrap).collect();
    let engines = Engines::over(&quads);
    let portal = farm.config.portals[0].id.to_string();
    let data = Data {
        quads: Vec::new(),
        literals: Vec::new(),
        // What the store rewrites is compared as the store would write it.
        canonical: true,
        large: true,
    };
    let (mut different, mut left, mut empty) = (Vec::new(), Vec::new(), Vec::new());
    for (name, text) in questions() {
        let mut text = text.replace("{base}", BASE).replace("{portal}", &portal);
        for (synthetic, sample) in NAMED {
            text = text.replace(synthetic, sample);
        }
        match judge(&engines, &data, &text) {
            Verdict::Same { executor, rows } => {
                if !executor {
                    left.push(name.clone());
                }
                if rows == 0 {
                    empty.push(name);
                }
            }
            Verdict::Different(difference) => {
                different.push(format!("{name}\n{}", difference.report))
            }
            verdict => different.push(format!("{name}: {verdict:?}")),
        }
    }
    println!("left to the evaluator: {left:?}\nwithout rows: {empty:?}");
    assert!(different.is_empty(), "{}", different.join("\n----\n"));
}
