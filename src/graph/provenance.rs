//! Harvests as PROV activities (<https://www.w3.org/TR/prov-o/>), in the graph `<base>graph/provenance`.
//!
//! A harvest is `<base>harvest/{portal}/{run}`: when it ran, which portal it used, which program ran it,
//! how it ended and what it did. The terms for outcomes and counts are defined under
//! `<base>vocabulary/harvest#` and stand in the same graph.
//!
//! A harvest that changed nothing makes no sequence number of its own, so the store shows it from the next
//! change on; the documents of the server show it at once. What is shown at a sequence never changes: runs
//! that have ended stay as they are.

use std::collections::HashSet;

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};

use super::{GraphError, date_time};
use crate::ledger::{Counts, Mode, Reader, RunRow, RunState};
use crate::rdf::vocab::{adms, dct, prov, rdf, rdfs, schema, skos, xsd};
use crate::record::{Base, PortalId};

/// Terms with their labels in French and English.
type Terms<const N: usize> = [(&'static str, &'static str, &'static str); N];

/// The kinds of a harvest, and how it can end.
const CONCEPTS: Terms<7> = [
    ("full", "moisson complète", "full harvest"),
    (
        "incremental",
        "moisson des changements",
        "incremental harvest",
    ),
    ("running", "en cours", "in progress"),
    ("done", "menée à son terme", "done"),
    ("partial", "incomplète", "partial"),
    ("failed", "échouée", "failed"),
    ("suspicious", "suspecte", "suspicious"),
];

/// What a harvest counts.
const COUNTS: Terms<9> = [
    ("listed", "notices listées", "records listed"),
    ("created", "notices créées", "records created"),
    ("updated", "notices modifiées", "records updated"),
    ("measured", "notices remesurées", "records measured anew"),
    ("unchanged", "notices inchangées", "records unchanged"),
    (
        "recognised",
        "notices reconnues comme celles d’autres portails",
        "records recognised as those of other portals",
    ),
    ("withdrawn", "notices retirées", "records withdrawn"),
    ("absent", "notices absentes", "records absent"),
    ("rejected", "notices refusées", "records rejected"),
];

/// The IRI of a harvest.
#[must_use]
pub fn harvest(base: &Base, portal: &PortalId, run: i64) -> NamedNode {
    base.iri(&format!("harvest/{portal}/{run}"))
}

fn term(base: &Base, name: &str) -> NamedNode {
    base.iri(&format!("vocabulary/harvest#{name}"))
}

/// A version of the program, as the agent of harvests.
fn agent(base: &Base, version: &str) -> Vec<Triple> {
    let agent = term(base, &format!("moisson-{version}"));
    let text = |text: String| Term::from(Literal::new_simple_literal(text));
    [
        (rdf::TYPE, prov::SOFTWARE_AGENT.into()),
        (rdfs::LABEL, text(format!("Moisson {version}"))),
        (schema::SOFTWARE_VERSION, text(version.to_owned())),
    ]
    .map(|(property, value)| Triple::new(agent.clone(), property, value))
    .into()
}

/// The terms for harvests, and the program as it is now.
#[must_use]
pub fn terms(base: &Base) -> Vec<Triple> {
    [defined(base), agent(base, env!("CARGO_PKG_VERSION"))].concat()
}

fn defined(base: &Base) -> Vec<Triple> {
    let mut triples = Vec::new();
    let mut labelled = |terms: &[(&str, &str, &str)], class: NamedNodeRef<'_>| {
        for (name, french, english) in terms {
            let iri = term(base, name);
            triples.push(Triple::new(iri.clone(), rdf::TYPE, class));
            for (label, language) in [(french, "fr"), (english, "en")] {
                let label = Literal::new_language_tagged_literal_unchecked(*label, language);
                triples.push(Triple::new(iri.clone(), skos::PREF_LABEL, label));
            }
        }
    };
    labelled(&CONCEPTS, skos::CONCEPT);
    labelled(&COUNTS, rdf::PROPERTY);
    triples
}

/// A harvest, without what is said of its program.
#[must_use]
pub fn activity(base: &Base, run: &RunRow) -> Vec<Triple> {
    let Ok(portal) = PortalId::new(&run.portal) else {
        return Vec::new();
    };
    let iri = harvest(base, &portal, run.id);
    let mut triples = Vec::new();
    let mut say = |property: NamedNodeRef<'_>, value: Term| {
        triples.push(Triple::new(iri.clone(), property, value));
    };
    let plain = |text: &str| Term::from(Literal::new_simple_literal(text));
    say(rdf::TYPE, prov::ACTIVITY.into());
    say(dct::IDENTIFIER, plain(&run.id.to_string()));
    for (text, language) in [
        (format!("Moisson n° {} de {portal}", run.id), "fr"),
        (format!("Harvest {} of {portal}", run.id), "en"),
    ] {
        let label = Literal::new_language_tagged_literal_unchecked(text, language);
        say(rdfs::LABEL, label.into());
    }
    say(prov::USED, base.portal(&portal).into());
    if let Some(version) = &run.program {
        let agent = term(base, &format!("moisson-{version}"));
        say(prov::WAS_ASSOCIATED_WITH, agent.into());
    }
    for (property, time) in [
        (prov::STARTED_AT_TIME, Some(run.started)),
        (prov::ENDED_AT_TIME, run.ended),
    ] {
        if let Some(time) = time.and_then(date_time) {
            say(property, time.into());
        }
    }
    if let Some(mode) = mode(run.mode) {
        say(dct::TYPE, term(base, mode).into());
    }
    if run.state == RunState::Interrupted {
        say(
            rdfs::COMMENT,
            plain("interrupted: it goes on at the next harvest"),
        );
    } else {
        say(adms::STATUS, term(base, run.state.as_str()).into());
    }
    for text in run.reason.iter().chain(&run.notes) {
        say(rdfs::COMMENT, plain(text));
    }
    if !matches!(run.state, RunState::Running | RunState::Interrupted) {
        for (name, count) in counts(&run.counts) {
            let count = Literal::new_typed_literal(count.to_string(), xsd::INTEGER);
            say(term(base, name).as_ref(), count.into());
        }
    }
    triples
}

fn mode(mode: Mode) -> Option<&'static str> {
    match mode {
        Mode::Full => Some("full"),
        Mode::Incremental => Some("incremental"),
        Mode::Reconvert | Mode::System => None,
    }
}

fn counts(counts: &Counts) -> [(&'static str, u64); 9] {
    [
        ("listed", counts.listed),
        ("created", counts.created),
        ("updated", counts.updated),
        ("measured", counts.measured),
        ("unchanged", counts.unchanged),
        ("recognised", counts.recognised),
        ("withdrawn", counts.withdrawn),
        ("absent", counts.absent),
        ("rejected", counts.rejected),
    ]
}

/// A harvest as documents show it, with the program that ran it.
#[must_use]
pub fn document(base: &Base, run: &RunRow) -> Vec<Quad> {
    let agent = run.program.iter().flat_map(|version| agent(base, version));
    activity(base, run)
        .into_iter()
        .chain(agent)
        .map(|triple| triple.in_graph(GraphName::DefaultGraph))
        .collect()
}

/// The quads that the store shows from after the sequence `after` up to `upto`, each once; all of them,
/// the terms too, where it shows none yet.
///
/// # Errors
/// The ledger's.
pub fn quads(reader: &Reader, after: Option<u64>, upto: u64) -> Result<Vec<Quad>, GraphError> {
    let base = reader.base();
    let mut triples = Vec::new();
    if after.is_none() {
        triples.extend(defined(base));
    }
    for run in reader.shown_runs(after, upto)? {
        triples.extend(activity(base, &run));
        triples.extend(run.program.iter().flat_map(|version| agent(base, version)));
    }
    let graph = GraphName::from(base.graph("provenance"));
    let mut met = HashSet::new();
    triples.retain(|triple| met.insert(triple.clone()));
    Ok(triples
        .into_iter()
        .map(|triple| triple.in_graph(graph.clone()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Job;

    #[test]
    fn a_harvest_says_when_how_and_what() {
        let base = Base::new("https://e.example/").unwrap();
        let run = RunRow {
            id: 7,
            portal: "p".to_owned(),
            mode: Mode::Full,
            state: RunState::Partial,
            started: 0,
            ended: Some(60),
            counts: Counts {
                created: 3,
                ..Counts::default()
            },
            reason: Some("it \"stopped\"".to_owned()),
            notes: vec!["a note".to_owned()],
            program: Some("0.1.0".to_owned()),
            job: Job::DoneErrors,
        };
        let lines: Vec<String> = activity(&base, &run)
            .iter()
            .map(ToString::to_string)
            .collect();
        let about = |rest: &str| format!("<https://e.example/harvest/p/7> {rest}");
        let prov = |name: &str| format!("<http://www.w3.org/ns/prov#{name}>");
        let own = |name: &str| format!("<https://e.example/vocabulary/harvest#{name}>");
        for line in [
            format!("{} <https://e.example/portal/p>", prov("used")),
            format!("{} {}", prov("wasAssociatedWith"), own("moisson-0.1.0")),
            format!(
                "{} \"1970-01-01T00:01:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>",
                prov("endedAtTime")
            ),
            format!("<http://www.w3.org/ns/adms#status> {}", own("partial")),
            format!(
                "{} \"3\"^^<http://www.w3.org/2001/XMLSchema#integer>",
                own("created")
            ),
        ] {
            assert!(lines.contains(&about(&line)), "{line} is not in {lines:#?}");
        }
        let defined: HashSet<_> = terms(&base)
            .iter()
            .map(|triple| triple.subject.to_string())
            .collect();
        for line in &lines {
            for used in line
                .split(' ')
                .filter(|word| word.contains('#') && word.contains("e.example"))
            {
                assert!(defined.contains(used), "{used} is not defined");
            }
        }
    }
}
