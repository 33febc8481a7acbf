//! Answers that were recorded from real portals, where they are at hand (`MOISSON_SHARED`).
//!
//! What is expected of a file is what a look into it finds ([`look`]): whoever puts other files there
//! changes no test.

mod harvested;
mod look;
mod served;

use moisson::config::PortalKind;

use crate::support::shared::{self, SharedFile};

/// The files of portals of a kind.
fn files(kind: PortalKind) -> Vec<SharedFile> {
    shared::files(&match kind {
        PortalKind::Udata => vec!["portals/udata"],
        PortalKind::Ckan => vec!["portals/ckan", "suites/ckan"],
        PortalKind::Ods => vec!["portals/ods"],
        PortalKind::Csw => vec!["portals/csw", "suites/iso19139"],
        PortalKind::Dcat => vec!["portals/dcat", "suites/dcat", "suites/hvd-examples"],
        PortalKind::Transport => vec!["portals/transport"],
    })
}
