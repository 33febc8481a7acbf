//! Bytes that nobody wrote: the corpus in `fuzz/corpus` is replayed, and changed at random where
//! `MOISSON_FUZZ` says for how long (`make fuzz`). Nothing may panic, overflow a stack or take long.
//!
//! A driver of our own: coverage-guided fuzzing needs an instrumented build with another toolchain. What it
//! lacks in guidance, the corpus makes up for: its files have every construct, and changes splice them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use moisson::config::PortalKind;
use moisson::graph::query::form;
use oxigraph::sparql::SparqlEvaluator;

use super::{on_stack, outcome};

/// The stack of the threads that queries are parsed on; the readers' is tested by the attacks.
const LARGEST: usize = 256 << 20;

/// Its folder in the corpus, and what it does with bytes.
type Target = (&'static str, fn(&[u8]));

/// What is fuzzed.
const TARGETS: [Target; 6] = [
    ("dcat", |bytes| drop(outcome(PortalKind::Dcat, bytes))),
    ("csw", |bytes| drop(outcome(PortalKind::Csw, bytes))),
    ("ckan", |bytes| drop(outcome(PortalKind::Ckan, bytes))),
    ("udata", |bytes| drop(outcome(PortalKind::Udata, bytes))),
    ("ods", |bytes| drop(outcome(PortalKind::Ods, bytes))),
    ("query", |bytes| {
        let text = String::from_utf8_lossy(bytes);
        if form(&text).is_ok() {
            let _ = SparqlEvaluator::new().parse_query(&text);
        }
    }),
];

/// The longest that one input may take, on a busy machine and unoptimised.
const LONGEST: Duration = Duration::from_secs(20);

/// The records of the golden cases, the queries of the program, and what once did harm.
fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: PathBuf| {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path())
    };
    let mut paths: Vec<PathBuf> = files(root.join("fuzz/corpus").join(target)).collect();
    assert!(!paths.is_empty(), "{target} has no corpus");
    paths.extend(files(root.join("tests/golden").join(target)).flat_map(files));
    if target == "query" {
        paths.extend(files(root.join("queries")));
    }
    paths.retain(|path| path.is_file() && path.extension().is_none_or(|end| end != "nt"));
    paths.sort();
    let read = |path: PathBuf| (path.clone(), std::fs::read(&path).unwrap());
    paths.into_iter().map(read).collect()
}

fn run(target: fn(&[u8]), bytes: &[u8], what: &str) {
    let started = Instant::now();
    on_stack(LARGEST, || target(bytes));
    let took = started.elapsed();
    assert!(took < LONGEST, "{what}: {took:?}");
}

#[test]
fn the_corpus_is_survived() {
    for (name, target) in TARGETS {
        for (path, bytes) in corpus(name) {
            run(target, &bytes, &path.display().to_string());
        }
    }
}

/// `SplitMix64`: the same seed gives the same changes.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap();
        usize::try_from(self.next() % limit).unwrap()
    }

    fn slice<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let start = self.below(bytes.len() + 1);
        let length = self.below((bytes.len() - start).min(200) + 1);
        &bytes[start..start + length]
    }
}

/// Pieces that grammars trip over.
const WORDS: [&str; 24] = [
    "[", "]", "(", ")", "{", "}", "<", ">", "\"", "'", "\\", "#", ".", ";", ",", "_:b", "\u{0}",
    "é", "<!--", "]]>", "@prefix ", "@context", "!", "^",
];

/// Changes some bytes: removed, repeated, spliced in from another file, swapped for pieces of grammar.
fn changed(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        let piece: Vec<u8> = match chance.below(6) {
            0 => {
                let end = at + chance.below((bytes.len() - at).min(64) + 1);
                bytes.drain(at..end);
                continue;
            }
            1 => chance.slice(&bytes.clone()).to_vec(),
            2 => chance.slice(other).to_vec(),
            3 => WORDS[chance.below(WORDS.len())].as_bytes().to_vec(),
            4 => WORDS[chance.below(WORDS.len())]
                .repeat(1 + chance.below(3_000))
                .into_bytes(),
            _ => chance.slice(&bytes.clone()).repeat(1 + chance.below(200)),
        };
        bytes.splice(at..at, piece);
        bytes.truncate(1 << 20);
    }
    bytes
}

/// `90s`, `10m`, `1h`
fn seconds(span: &str) -> u64 {
    let (number, unit) = span.split_at(span.len() - 1);
    let number: u64 = number.parse().unwrap();
    match unit {
        "s" => number,
        "m" => number * 60,
        "h" => number * 3600,
        _ => panic!("`{span}` is no duration: 90s, 10m, 1h"),
    }
}

#[test]
fn changed_bytes_are_survived() {
    let seconds = std::env::var("MOISSON_FUZZ").map_or(0, |span| seconds(&span));
    // Without being asked to, a few of the same each time.
    let (rounds, seed) = if seconds == 0 {
        (4, 1)
    } else {
        (usize::MAX, u64::from(std::process::id()))
    };
    println!("seed {seed}");
    let mut chance = Chance(seed);
    let corpora: Vec<_> = TARGETS.iter().map(|(name, _)| corpus(name)).collect();
    let started = Instant::now();
    let mut done = 0_u64;
    for round in 0..rounds {
        if seconds > 0 && started.elapsed() >= Duration::from_secs(seconds) {
            break;
        }
        for ((name, target), corpus) in TARGETS.iter().zip(&corpora) {
            let (_, bytes) = &corpus[chance.below(corpus.len())];
            let (_, other) = &corpus[chance.below(corpus.len())];
            let input = changed(bytes, other, &mut chance);
            // Kept where it ends the process: that is a case for the corpus.
            let kept =
                std::env::temp_dir().join(format!("moisson-fuzz-{}-{name}", std::process::id()));
            if seconds > 0 {
                std::fs::write(&kept, &input).unwrap();
            }
            run(
                *target,
                &input,
                &format!("{name}, seed {seed}, round {round}"),
            );
            if seconds > 0 {
                std::fs::remove_file(&kept).unwrap();
            }
            done += 1;
        }
    }
    println!("{done} inputs in {:?}", started.elapsed());
}
