//! The fields of Opendatasoft.

use moisson::config::PortalKind;
use moisson::demo::ods::{self, SampleData};

use super::listed::Listed;

/// Mapped, but not in the sample portal: what one portal has either as a text or as a list, and the
/// templates of other countries.
const OF_OTHER_PORTALS: &[&str] = &[
    "datasets: metas.dcat_ap_benap",
    "datasets: metas.dcat_ap_it",
    "datasets: metas.dcat_ap_se",
    "datasets: metas.dcat_ap_sp",
    "datasets: metas.dcat_ap_vl",
    "dcat: contributor",
    "dcat: creator[]",
    "dcat: relation[]",
    "dcat: spatial",
    "dcat_ap: keyword",
    "dcat_ap: spatial_bbox.*",
    "dcat_ap: spatial_centroid.*",
    "dcat_ap: theme[]",
    "default: attributions",
    "default: language[]",
    "default: theme",
    "inspire: contact_name",
    "inspire: theme[]",
];

const PORTAL: Listed = Listed {
    kind: PortalKind::Ods,
    routes: || ods::router(SampleData::bundled()),
    more: "federated = 'publish'",
    rows: 100,
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
