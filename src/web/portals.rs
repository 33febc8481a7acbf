//! Which portals there are to ask for. A name that nobody has is an error: an empty catalogue would tell a
//! harvester to delete all it has.

use super::error::WebError;
use super::state::App;
use crate::ledger::{Reader, Resolved};
use crate::record::PortalId;

/// Refuses a portal that is neither configured nor was ever published.
pub(super) fn known(
    app: &App,
    reader: &Reader,
    portal: &PortalId,
    at: u64,
) -> Result<(), WebError> {
    let is_configured = app.config.portal(portal.as_str()).is_some();
    let iri = app.config.base_uri.portal(portal);
    if is_configured || !matches!(reader.resolve(iri.as_str(), at)?, Resolved::Unknown) {
        return Ok(());
    }
    let names: Vec<&str> = app
        .config
        .portals
        .iter()
        .map(|portal| portal.id.as_str())
        .collect();
    Err(WebError::BadRequest(format!(
        "there is no portal `{portal}`; there are: {}",
        names.join(", ")
    )))
}
