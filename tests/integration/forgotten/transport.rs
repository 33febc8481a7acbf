//! The fields of transport.data.gouv.fr.

use moisson::config::PortalKind;
use moisson::demo::transport::{self, SampleData};

use super::listed::Listed;

/// Mapped, but not in the sample portal.
const OF_OTHER_PORTALS: &[&str] = &[];

const PORTAL: Listed = Listed {
    kind: PortalKind::Transport,
    routes: || transport::router(SampleData::bundled()),
    more: "",
    rows: 40,
    of_other_portals: OF_OTHER_PORTALS,
};

#[test]
fn the_mapping_tables_can_be_read() {
    PORTAL.check_tables();
}

#[tokio::test]
async fn every_path_of_every_record_is_mapped_or_left_out() {
    PORTAL.check_paths().await;
}

#[tokio::test]
async fn the_sample_portal_shows_every_mapped_field() {
    PORTAL.check_sample().await;
}

#[test]
fn every_mapped_field_changes_the_graph() {
    PORTAL.check_changes();
}
