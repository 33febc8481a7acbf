//! Which functions a kind of portal has, by the name that the configuration gives it: the only match over
//! kinds. It imports all of them, and nothing below imports it.

use super::contract::Source;
use super::kind::{ckan, csw, dcat, ods, transport, udata};
use crate::config::PortalKind;

/// What a kind of portal brings.
#[must_use]
pub fn of(kind: PortalKind) -> &'static Source {
    match kind {
        PortalKind::Udata => &udata::SOURCE,
        PortalKind::Ckan => &ckan::SOURCE,
        PortalKind::Ods => &ods::SOURCE,
        PortalKind::Csw => &csw::SOURCE,
        PortalKind::Dcat => &dcat::SOURCE,
        PortalKind::Transport => &transport::SOURCE,
    }
}
