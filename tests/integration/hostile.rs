//! What a feed can send to stop whoever reads it: each attack costs its own record or statement, within
//! seconds, and what stands beside it arrives.

pub(crate) mod attack;
mod died;
mod fuzz;
pub(crate) mod secrets;
mod wide;

use std::time::{Duration, Instant};

use moisson::config::{Config, Portal, PortalKind};
use moisson::finding::Code;
use moisson::harvest::{Recipe, prepare};
use moisson::ledger::Prepared;
use moisson::record::{Base, PortalId};
use moisson::source;
use moisson::vocabulary::Vocabularies;

use crate::support::BASE;
use attack::{ATTACKS, Attack, Cost};

/// What readers and describing run on, as the program starts its threads.
const STACK: usize = 16 << 20;

/// Ten times what any attack takes on an idle machine, unoptimised.
const PATIENCE: Duration = Duration::from_secs(30);

/// The records of a document, prepared, and what was said of the document.
fn outcome(kind: PortalKind, document: &[u8]) -> Result<(Vec<Prepared>, Vec<String>), String> {
    let id = PortalId::new("p").unwrap();
    let portal = Portal::new(id, kind, "https://portail.example.org/");
    let config = Config {
        base_uri: Base::new(BASE).unwrap(),
        ..Config::default()
    };
    let recipe = Recipe::new(&config, &portal, Vocabularies::builtin()).unwrap();
    let split = (source::of(kind).split)(document, None).map_err(|error| error.to_string())?;
    let prepared = split
        .records
        .iter()
        .filter_map(|record| prepare(&recipe, record.collection, &record.payload).ok())
        .collect();
    Ok((prepared, split.skipped))
}

fn on_stack<T: Send>(stack: usize, act: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(stack);
        thread.spawn_scoped(scope, act).unwrap().join().unwrap()
    })
}

fn assert_survived(attack: &Attack) {
    let document = (attack.document)();
    let started = Instant::now();
    let outcome = on_stack(STACK, || outcome(attack.kind, document.as_bytes()));
    let took = started.elapsed();
    let name = attack.name;
    assert!(took < PATIENCE, "{name}: {took:?}");
    if attack.cost == Cost::Document {
        // A document of one record may be refused as that record.
        let why = match outcome {
            Err(why) => why,
            Ok((prepared, notes)) => {
                let rejected = prepared.into_iter().filter_map(|record| record.rejected);
                rejected.chain(notes).collect::<Vec<_>>().join("; ")
            }
        };
        let is_told = !why.is_empty() && why.contains(attack.said);
        assert!(is_told, "{name}: {why}");
        return;
    }
    let (prepared, notes) = outcome.unwrap();
    let text: String = prepared
        .iter()
        .flat_map(|record| &record.parts)
        .map(|part| part.body.text.as_str())
        .collect();
    for kept in ["\"Le titre\"", "\"Un autre\""] {
        assert!(text.contains(kept), "{name}: {kept} is lost\n{notes:?}");
    }
    let said: Vec<String> = match attack.cost {
        Cost::Record => prepared
            .iter()
            .flat_map(|record| &record.findings)
            .filter(|finding| finding.code == Code::GraphRefused)
            .map(|finding| format!("{} {}", finding.message, finding.value))
            .collect(),
        _ => prepared
            .iter()
            .flat_map(|record| &record.findings)
            .map(|finding| finding.message.clone())
            .chain(notes)
            .collect(),
    };
    assert!(
        attack.said.is_empty() || said.iter().any(|said| said.contains(attack.said)),
        "{name}: {said:?}"
    );
}

#[test]
fn every_attack_costs_itself() {
    for attack in &ATTACKS {
        assert_survived(attack);
    }
}

#[test]
fn a_record_of_an_api_or_a_service_that_is_nested_too_deeply_costs_itself() {
    let objects = |levels: usize| format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    let api = format!(
        "{{\"data\":[{{\"id\":\"1\",\"title\":\"Profond\",\"resources\":[],\"extras\":{}}},\
         {{\"id\":\"2\",\"title\":\"Un autre\",\"resources\":[]}}]}}",
        objects(100_000)
    );
    let record = |identifier: &str, inner: &str| {
        format!(
            "<gmd:MD_Metadata><gmd:fileIdentifier><gco:CharacterString>{identifier}</gco:CharacterString>\
             </gmd:fileIdentifier>{inner}</gmd:MD_Metadata>"
        )
    };
    let deep = format!("{}{}", "<gmd:a>".repeat(50_000), "</gmd:a>".repeat(50_000));
    let service = format!(
        "<csw:GetRecordByIdResponse xmlns:csw=\"http://www.opengis.net/cat/csw/2.0.2\" \
         xmlns:gmd=\"http://www.isotc211.org/2005/gmd\" xmlns:gco=\"http://www.isotc211.org/2005/gco\">\
         {}{}</csw:GetRecordByIdResponse>",
        record("1", &deep),
        record("2", "")
    );
    for (kind, document) in [(PortalKind::Udata, api), (PortalKind::Csw, service)] {
        let split = (source::of(kind).split)(document.as_bytes(), None).unwrap();
        assert_eq!(split.records.len(), 2, "{kind:?}");
        let (prepared, _) = on_stack(STACK, || outcome(kind, document.as_bytes())).unwrap();
        let sound = prepared
            .iter()
            .filter(|one| one.rejected.is_none() && !one.parts.is_empty());
        assert_eq!(sound.count(), 1, "{kind:?}");
    }
}

#[test]
fn a_large_record_is_described_within_seconds() {
    let document = attack::distributions(3_000);
    let started = Instant::now();
    let (prepared, _) = on_stack(STACK, || outcome(PortalKind::Dcat, document.as_bytes())).unwrap();
    assert!(prepared[0].rejected.is_none());
    let took = started.elapsed();
    assert!(took < PATIENCE, "{took:?}");
}
