//! The sample portals, one of each kind.

use axum::Router;
use moisson::config::PortalKind;
use moisson::demo;

/// The sample portal of a kind.
pub(crate) struct Sample {
    pub(crate) kind: PortalKind,
    pub(crate) routes: fn() -> Router,
    /// What stands in `[[portal]]` beside the address.
    pub(crate) path: &'static str,
}

/// Every kind of portal.
pub(crate) const KINDS: &[Sample] = &[
    Sample {
        kind: PortalKind::Udata,
        routes: || demo::udata::router(demo::udata::SampleData::bundled()),
        path: "",
    },
    Sample {
        kind: PortalKind::Dcat,
        routes: || demo::dcat::router(demo::dcat::SampleData::bundled()),
        path: "catalog.ttl",
    },
];
