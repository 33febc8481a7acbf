//! Every file gives the records that it holds, or a reason; and one that holds some, served as a portal of
//! its kind would serve it, is harvested.

use std::collections::BTreeSet;

use moisson::config::PortalKind;
use moisson::graph::Records;
use moisson::harvest::{Report, Scope};
use moisson::ledger::{Resolved, RunState};
use moisson::rdf::syntax::Syntax;
use moisson::rdf::vocab::{dct, foaf};
use moisson::rdf::write::Writer;
use moisson::source::{self, Context, RawRecord, Rejected, Split, SplitError};
use oxigraph::io::RdfParser;
use oxigraph::model::{Quad, Term};
use roxmltree::Document;

use super::files;
use super::look::{Look, look};
use super::served::serve;
use crate::http::answered::unanswered;
use crate::support::Farm;

/// Where a file stands that came from nowhere.
const NOWHERE: &str = "https://document.invalid/";

/// What is wrong with what came of a file.
struct Check<'a> {
    place: &'a str,
    farm: &'a Farm,
    wrong: Vec<String>,
}

impl Check<'_> {
    fn fault(&mut self, why: &str) {
        self.wrong.push(format!("{}: {why}", self.place));
    }

    /// A run ends well, or says at which address it did not.
    fn ends(&mut self, report: &Report) {
        let reason = report.reason.as_deref().unwrap_or_default();
        let root = self.farm.config.portals[0].root().unwrap();
        let is_named = reason.contains(&root.origin().ascii_serialization());
        if report.state != RunState::Done && !is_named {
            self.fault(&format!("{report:?}"));
        }
    }

    /// Every record is somewhere: published, recognised as another, rejected, or hidden.
    fn has(&mut self, records: &[RawRecord], report: &Report) {
        let portal = &self.farm.config.portals[0];
        let (root, describe) = (portal.root().unwrap(), source::of(portal.kind()).describe);
        let context = Context {
            base: &self.farm.config.base_uri,
            portal: &portal.id,
            root: &root,
            language: portal.language.as_deref(),
            licence: None,
            vocabularies: moisson::vocabulary::Vocabularies::builtin(),
            former: moisson::record::Former::NONE,
        };
        let reader = self.farm.reader();
        let at = reader.sequence().unwrap();
        let findings = reader.findings(None, 1_000_000).unwrap();
        let is_told = |name: &str, code: &str| {
            let mut findings = findings.iter();
            findings.any(|finding| finding.record == name && finding.code == code)
        };
        let own = root.join("/").unwrap();
        let (mut keys, mut rejected, mut faults) = (BTreeSet::new(), 0, Vec::new());
        for record in records {
            // A feed's relative addresses are below its own address.
            let here = |text: &str| text.replace(NOWHERE, own.as_str());
            // Keys are of a form that lasts when a site moves to https.
            let secure = own.as_str().replace("http://", "https://");
            let key = record.key.replace(NOWHERE, &secure);
            let name = format!("{}/{key}", record.collection);
            if !record.key.is_empty() && !keys.insert(name.clone()) {
                continue;
            }
            let keys = [NOWHERE, &secure].map(|root| format!("\"key\":\"{root}"));
            let payload = String::from_utf8_lossy(&record.payload);
            let payload = here(&payload.replace(&keys[0], &keys[1]));
            let main = match describe(record.collection, payload.as_bytes(), &context) {
                Ok(described) => described.parts[0].graph.iri().clone(),
                Err(Rejected::Hidden(_)) => continue,
                Err(why) => {
                    rejected += 1;
                    if !may_be_rejected(record, &why) {
                        faults.push(format!("{name}: {why}"));
                    }
                    continue;
                }
            };
            match reader.resolve(main.as_str(), at).unwrap() {
                Resolved::Live(found) => {
                    let body = reader.body(found.digest).unwrap();
                    let is_called = [dct::TITLE, foaf::NAME]
                        .iter()
                        .any(|property| body.contains(&format!("{main} {property} ")));
                    if !is_called && !is_told(&name, "missing-property") {
                        faults.push(format!("{name} has no title, and nothing says so"));
                    }
                }
                Resolved::Same(_) => {}
                _ if is_told(&name, "record-rejected") => rejected += 1,
                other => faults.push(format!("{name} {main}: {other:?}")),
            }
        }
        if report.counts.rejected != rejected {
            faults.push(format!("{rejected} should be rejected: {report:?}"));
        }
        for why in faults {
            self.fault(&why);
        }
    }

    /// The whole store can be written, and what is written says the same in any syntax.
    fn serialises(&mut self) {
        let reader = self.farm.reader();
        let at = reader.sequence().unwrap();
        let said = [Syntax::NTriples, Syntax::Turtle].map(|syntax| {
            let mut writer = Writer::new(syntax, Vec::new()).unwrap();
            for quads in Records::new(&reader, None, at) {
                writer.write(&quads.unwrap()).unwrap();
            }
            let text = writer.finish().unwrap();
            // Strict: whatever anybody's parser refuses is refused.
            let quads = RdfParser::from_format(syntax.format()).for_slice(&text);
            let quads: Result<BTreeSet<String>, _> = quads
                .map(|quad| quad.map(|quad| anonymous(&quad)))
                .collect();
            quads.map_err(|error| error.to_string())
        });
        let is_same =
            matches!(&said, [Ok(lines), Ok(turtle)] if lines == turtle && !lines.is_empty());
        if !is_same {
            let told = said.map(|said| said.map_or_else(|error| error, |it| it.len().to_string()));
            self.fault(&format!(
                "the store cannot be written and read again: {told:?}"
            ));
        }
    }
}

/// Whether a record may be turned down, told by its payload alone: it is nameless or broken.
fn may_be_rejected(record: &RawRecord, why: &Rejected) -> bool {
    match why {
        Rejected::Hidden(_) => true,
        Rejected::NoIdentifier => record.key.is_empty(),
        Rejected::Unreadable(_) => {
            let text = String::from_utf8_lossy(&record.payload);
            text.starts_with('<') && Document::parse(&text).is_err()
        }
    }
}

/// A statement, whatever its blank nodes are called.
fn anonymous(quad: &Quad) -> String {
    let subject = if quad.subject.is_blank_node() {
        "_".to_owned()
    } else {
        quad.subject.to_string()
    };
    let object = match &quad.object {
        Term::BlankNode(_) => "_".to_owned(),
        other => other.to_string(),
    };
    format!("{subject} {} {object}", quad.predicate)
}

/// What is wrong with what is found in a file.
fn misread(split: &Result<Split, SplitError>, seen: Option<Look>) -> Option<String> {
    match (split, seen) {
        // Nobody can read it: some records may be saved from it all the same.
        (_, None) => None,
        (Err(why), Some(look)) => (look.least > 0).then(|| format!("{why}, {look:?}")),
        (Ok(split), Some(look)) => {
            let count = split.records.len();
            let is_right = (look.least..=look.most).contains(&count);
            (!is_right).then(|| format!("{count}, {look:?}: {:?}", split.skipped))
        }
    }
}

/// What is wrong with a file that is harvested twice.
async fn check(kind: PortalKind, place: &str, body: &[u8], records: &[RawRecord]) -> Vec<String> {
    let (farm, label) = serve(kind, body, records).await;
    let mut check = Check {
        place,
        farm: &farm,
        wrong: Vec::new(),
    };
    let first = farm.harvest(Scope::Full).await;
    check.ends(&first);
    // Of a document that is cut off nothing may be taken, and of one that nobody can read little.
    if look(kind, body).is_some() {
        check.has(records, &first);
    }
    farm.sleep(3600);
    label.remove();
    let second = farm.harvest(Scope::Full).await;
    check.ends(&second);
    let counts = &second.counts;
    if (counts.created, counts.updated, counts.withdrawn) != (0, 0, 0) {
        check.fault(&format!("a second harvest changes something: {second:?}"));
    }
    if first.counts.created > 0 {
        check.serialises();
        farm.publish();
        for iri in unanswered(&farm).await {
            check.fault(&format!("nobody answers {iri}"));
        }
    }
    check.wrong
}

/// Harvests every `of`-th file of a kind from the `first` on.
async fn harvest_all(kind: PortalKind, first: usize, of: usize) {
    let mut wrong = Vec::new();
    for file in files(kind).iter().skip(first).step_by(of) {
        let split = (source::of(kind).split)(&file.body, None);
        if let Some(why) = misread(&split, look(kind, &file.body)) {
            wrong.push(format!("{}: {why}", file.name));
        }
        let split = split.unwrap_or_default();
        if !split.records.is_empty() {
            wrong.extend(check(kind, &file.name, &file.body, &split.records).await);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_udata_file_is_harvested() {
    harvest_all(PortalKind::Udata, 0, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_ckan_file_is_harvested() {
    harvest_all(PortalKind::Ckan, 0, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_ods_file_is_harvested() {
    harvest_all(PortalKind::Ods, 0, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_csw_file_is_harvested() {
    harvest_all(PortalKind::Csw, 0, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_dcat_file_is_harvested() {
    harvest_all(PortalKind::Dcat, 0, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dcat_file_between_them_is_harvested() {
    harvest_all(PortalKind::Dcat, 1, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_transport_file_is_harvested() {
    harvest_all(PortalKind::Transport, 0, 1).await;
}
