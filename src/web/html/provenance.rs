//! Where a description comes from, from the first portal to this catalogue.

use super::label::{Label, Named, Said, Shown};
use super::page::Page;
use crate::dcat::view::RecordView;

/// Where a record comes from, and since when it is here.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::web) struct Provenance<'a> {
    /// The portal that it was harvested from.
    pub(in crate::web) portal: Option<&'a Named>,
    /// The portals that this one had harvested it from.
    pub(in crate::web) origins: &'a [Named],
    /// The IRI or address of the record at its source.
    pub(in crate::web) source: Option<&'a str>,
    /// When it was first published here, as xsd:dateTime.
    pub(in crate::web) issued: Option<&'a str>,
    /// When this version was published here, as xsd:dateTime.
    pub(in crate::web) modified: Option<&'a str>,
    /// Where else it is published.
    pub(in crate::web) also: &'a [Also],
}

/// The same thing on another portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Also {
    /// The portal.
    pub(in crate::web) portal: Named,
    /// Whether it was only derived from an address at which the one shown answers.
    pub(in crate::web) is_derived: bool,
    /// The IRI that it has here, which leads to the one shown.
    pub(in crate::web) iri: String,
    /// Addresses of it there.
    pub(in crate::web) names: Vec<String>,
    /// The name that both have; none where the operator says that they are the same.
    pub(in crate::web) why: Option<String>,
    /// Since when it is taken for the same, as xsd:dateTime.
    pub(in crate::web) since: Option<String>,
}

/// The same thing on another portal, ready for its template.
#[derive(Debug, Clone)]
pub(super) struct Elsewhere {
    pub(super) heading: &'static str,
    pub(super) portal: Label,
    pub(super) iri: String,
    pub(super) names: Vec<Label>,
    pub(super) evidence: &'static str,
    pub(super) why: Option<Label>,
    pub(super) since: Option<Shown>,
}

impl Elsewhere {
    fn of(also: &Also, page: &Page<'_>) -> Self {
        let w = page.words();
        let evidence = match also.why.as_deref() {
            None => w.same_by_operator,
            Some(why) if why.starts_with("doi:") => w.same_doi,
            Some(why) if why.starts_with("http") => w.same_address,
            Some(_) => w.same_identifier,
        };
        Self {
            heading: if also.is_derived {
                w.also_derived
            } else {
                w.also_published
            },
            portal: also.portal.label(page),
            iri: also.iri.clone(),
            names: also
                .names
                .iter()
                .map(|name| Label::address(name, page))
                .collect(),
            evidence,
            why: also.why.as_deref().map(|why| Label::identifier(why, page)),
            since: Shown::maybe(also.since.as_deref(), page),
        }
    }
}

/// Provenance, ready for its template.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) portal: Option<Label>,
    pub(super) origins: Vec<Label>,
    pub(super) derived_from: Vec<Label>,
    /// Whether it was derived from other records here.
    pub(super) is_derived: bool,
    pub(super) harvester: Option<(String, Option<Label>)>,
    pub(super) source: Option<Label>,
    pub(super) issued: Option<Shown>,
    pub(super) modified: Option<Shown>,
    pub(super) record: Option<Label>,
    pub(super) also: Vec<Elsewhere>,
}

impl Origin {
    pub(super) fn of(
        provenance: &Provenance<'_>,
        record: Option<&RecordView>,
        page: &Page<'_>,
    ) -> Self {
        let derived_from = record.map_or(&[][..], |record| &record.derived_from);
        let is_record = |from: &String| {
            let path = page.site.base.path(from);
            path.is_some_and(|path| path.starts_with("record/") || path.starts_with("portal/"))
        };
        Self {
            portal: provenance.portal.map(|portal| portal.label(page)),
            origins: provenance
                .origins
                .iter()
                .map(|origin| origin.label(page))
                .collect(),
            is_derived: derived_from.iter().any(is_record),
            derived_from: derived_from
                .iter()
                .filter(|from| !is_record(from))
                .map(|address| Label::address(address, page))
                .collect(),
            harvester: record.and_then(|record| harvester(record, page)),
            source: provenance.source.map(|source| Label::address(source, page)),
            issued: Shown::maybe(provenance.issued, page),
            modified: Shown::maybe(provenance.modified, page),
            record: record.map(|record| Label {
                said: Said::plain(page.words().see_record),
                rel: "",
                ..Label::address(&record.iri, page)
            }),
            also: (provenance.also.iter())
                .map(|also| Elsewhere::of(also, page))
                .collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.portal.is_none()
            && self.origins.is_empty()
            && self.derived_from.is_empty()
            && !self.is_derived
            && self.harvester.is_none()
            && self.source.is_none()
            && self.issued.is_none()
            && self.modified.is_none()
            && self.record.is_none()
            && self.also.is_empty()
    }
}

/// The kind of harvester, and what it read.
fn harvester(record: &RecordView, page: &Page<'_>) -> Option<(String, Option<Label>)> {
    let (kind, used) = &record.harvester;
    let used = used.as_deref().map(|address| Label::address(address, page));
    (kind.is_some() || used.is_some()).then(|| (kind.clone().unwrap_or_default(), used))
}
