//! The sample portals, one of each kind.

use axum::Router;
use moisson::config::PortalKind;
use moisson::demo::{ckan, csw, dcat, ods, transport, udata};

/// The sample portal of a kind.
pub(crate) struct Sample {
    pub(crate) kind: PortalKind,
    pub(crate) routes: fn() -> Router,
    /// Where it answers, below its host.
    pub(crate) path: &'static str,
}

/// Every kind of portal.
pub(crate) const KINDS: &[Sample] = &[
    Sample {
        kind: PortalKind::Udata,
        routes: || udata::router(udata::SampleData::bundled()),
        path: "",
    },
    Sample {
        kind: PortalKind::Ckan,
        routes: || ckan::router(ckan::SampleData::bundled()),
        path: "",
    },
    Sample {
        kind: PortalKind::Csw,
        routes: || csw::router(csw::SampleData::bundled()),
        path: "geonetwork/srv/fre/csw",
    },
    Sample {
        kind: PortalKind::Dcat,
        routes: || dcat::router(dcat::SampleData::bundled()),
        path: "catalog.ttl",
    },
    Sample {
        kind: PortalKind::Ods,
        routes: || ods::router(ods::SampleData::bundled()),
        path: "",
    },
    Sample {
        kind: PortalKind::Transport,
        routes: || transport::router(transport::SampleData::bundled()),
        path: "",
    },
];
