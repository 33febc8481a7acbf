//! Answers that were recorded from real portals, where they are at hand (`MOISSON_SHARED`).
//!
//! What is expected of a file is what a look into it finds ([`look`]): whoever puts other files there
//! changes no test.

mod harvested;
mod look;
mod served;

use moisson::config::PortalKind;

use crate::support::shared::{self, SharedFile};

/// Files of others than portals, and the kind that reads them.
const SUITES: [(&str, &str); 4] = [
    ("ckan", "suites/ckan"),
    ("csw", "suites/iso19139"),
    ("dcat", "suites/dcat"),
    ("dcat", "suites/hvd-examples"),
];

/// The files of portals of a kind.
fn files(kind: PortalKind) -> Vec<SharedFile> {
    let own = format!("portals/{}", kind.name());
    let suites = SUITES.iter().filter(|(reader, _)| *reader == kind.name());
    let suites = suites.map(|(_, folder)| *folder);
    let folders: Vec<&str> = std::iter::once(own.as_str()).chain(suites).collect();
    shared::files(&folders)
}
