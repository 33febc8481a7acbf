//! Runs over portals: what they may cost, how they go on, what they say of themselves.

mod budget;
mod provenance;
mod schedule;
mod small;

use moisson::ledger::RunRow;
use moisson::record::PortalId;

use crate::support::Farm;

/// The last run over the farm's portal.
fn last(farm: &Farm) -> RunRow {
    let portal = PortalId::new("exemple").unwrap();
    farm.reader().runs(Some(&portal), 1).unwrap().remove(0)
}
