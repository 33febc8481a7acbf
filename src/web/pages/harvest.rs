//! The pages of harvests and of the status.

use axum::http::HeaderMap;

use super::related::Relations;
use super::{Frame, Parameters, Rendered, languages, parameter, texts};
use crate::config;
use crate::graph::{date_time, provenance};
use crate::ledger::{Mode, PortalStatus, Reader, RunRecord, RunRow, RunState, UnmappedRow};
use crate::publish::Manifest;
use crate::record::{Base, Kind, PortalId};
use crate::web::error::WebError;
use crate::web::html::{
    self, Document, Fate, HarvestPage, HarvestsPage, Language, Outcome, Ran, Stands, StatusPage,
    Unmapped, named_in,
};
use crate::web::state::App;

/// Records of a harvest that its page shows; its JSON has them all.
pub(in crate::web) const RECORDS: u32 = 500;

/// The page of one harvest.
pub(in crate::web) fn harvest(
    app: &App,
    reader: &Reader,
    manifest: &Manifest,
    run: &RunRow,
    records: &[RunRecord],
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let frame = Frame::new(app, Some(manifest), parameter(app, parameters, headers));
    let base = &app.config.base_uri;
    let portal = PortalId::new(&run.portal).map_err(WebError::internal)?;
    let iri = provenance::harvest(base, &portal, run.id).into_string();
    let mut page = frame.page(app);
    page.documents = Document::of_path(base.path(&iri).unwrap_or_default(), base);
    page.languages = languages(&format!("{iri}.html"));
    page.iri = Some(iri);
    let findings: Vec<(String, u64)> = run.counts.findings.clone().into_iter().collect();
    let relations = Relations::new(reader, manifest.sequence);
    let mut fates = Vec::with_capacity(records.len());
    for one in records {
        let is_ours = base.path(&one.record).is_some();
        let reason = one.reason.as_deref().unwrap_or_default();
        let named = is_ours.then_some(one.record.as_str()).into_iter();
        let mut others = relations.named_by(named.chain(named_in(reason)))?;
        let own = others.iter().position(|other| other.iri == one.record);
        fates.push(Fate {
            state: one.state.as_str(),
            record: one.record.clone(),
            names: own.map(|own| others.remove(own).names).unwrap_or_default(),
            reason: one.reason.clone(),
            others,
        });
    }
    let names = names(app, &portal, frame.language);
    Ok(frame.rendered(html::written(&HarvestPage {
        page,
        portal: (&names.0, &names.1),
        ran: &ran(base, &portal, run),
        program: run.program.as_deref(),
        notes: &run.notes,
        findings: &findings,
        fates: &fates,
        all: &list(base, &portal),
        most: usize::try_from(RECORDS).unwrap_or(usize::MAX),
    })?))
}

/// The page of a portal's harvests.
pub(in crate::web) fn harvests(
    app: &App,
    manifest: &Manifest,
    portal: &PortalId,
    (runs, unmapped): (&[RunRow], Vec<UnmappedRow>),
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let frame = Frame::new(app, Some(manifest), parameter(app, parameters, headers));
    let base = &app.config.base_uri;
    let mut page = frame.page(app);
    page.languages = languages(&list(base, portal));
    let shown: Vec<Ran> = runs.iter().map(|run| ran(base, portal, run)).collect();
    let names = names(app, portal, frame.language);
    let unmapped = unmapped.into_iter().map(|row| Unmapped {
        path: row.path,
        records: row.records,
        record: row.record,
        value: row.value,
    });
    let unmapped: Vec<_> = unmapped.collect();
    Ok(frame.rendered(html::written(&HarvestsPage {
        page,
        portal: (&names.0, &names.1),
        runs: &shown,
        unmapped: &unmapped,
    })?))
}

/// The page of the status.
pub(in crate::web) fn status(
    app: &App,
    manifest: &Manifest,
    portals: &[PortalStatus],
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let frame = Frame::new(app, Some(manifest), parameter(app, parameters, headers));
    let base = &app.config.base_uri;
    let mut page = frame.page(app);
    page.languages = languages(&format!("{base}status"));
    let mut shown = Vec::with_capacity(portals.len());
    for status in portals {
        let portal = PortalId::new(&status.portal).map_err(WebError::internal)?;
        let (iri, name) = names(app, &portal, frame.language);
        let datasets = status.records.get(Kind::Dataset.segment());
        shown.push(Stands {
            iri,
            name,
            all: list(base, &portal),
            last: status.last_run.as_ref().map(|run| ran(base, &portal, run)),
            datasets: datasets.copied().unwrap_or_default(),
            absent: status.absent,
            rejected: status.rejected,
        });
    }
    Ok(frame.rendered(html::written(&StatusPage {
        page,
        portals: &shown,
    })?))
}

fn list(base: &Base, portal: &PortalId) -> String {
    base.iri(&format!("harvest/{portal}.html")).into_string()
}

/// A portal's IRI and its name.
fn names(app: &App, portal: &PortalId, language: Language) -> (String, String) {
    let iri = app.config.base_uri.portal(portal).into_string();
    let configured = app.config.portal(portal.as_str());
    let title: Option<&config::Localised> = configured.and_then(|one| one.title.as_ref());
    let name = title.map_or_else(
        || portal.to_string(),
        |title| texts(title).get(language.tag()).to_owned(),
    );
    (iri, name)
}

fn ran(base: &Base, portal: &PortalId, run: &RunRow) -> Ran {
    let time = |seconds: Option<i64>| {
        seconds
            .and_then(date_time)
            .map(|time| time.value().to_owned())
    };
    let counts = &run.counts;
    Ran {
        run: run.id,
        href: format!(
            "{}.html",
            provenance::harvest(base, portal, run.id).as_str()
        ),
        mode: match run.mode {
            Mode::Full | Mode::System => "full",
            Mode::Incremental => "incremental",
            Mode::Reconvert => "reconvert",
        },
        outcome: outcome(run.state),
        job: run.job.as_str(),
        started: time(Some(run.started)),
        ended: time(run.ended),
        reason: run.reason.clone(),
        counts: [
            counts.listed,
            counts.created,
            counts.updated,
            counts.measured,
            counts.unchanged,
            counts.recognised,
            counts.withdrawn,
            counts.absent,
            counts.rejected,
        ],
    }
}

pub(super) fn outcome(state: RunState) -> Outcome {
    match state {
        RunState::Running => Outcome::Running,
        RunState::Interrupted => Outcome::Interrupted,
        RunState::Done => Outcome::Done,
        RunState::Partial => Outcome::Partial,
        RunState::Failed => Outcome::Failed,
        RunState::Suspicious => Outcome::Suspicious,
    }
}
