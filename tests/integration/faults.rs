//! Portals and records that are not as they should be: what a whole run makes of them.
//!
//! Whatever a portal does, the run ends, says why, withdraws nothing, and leaves what is published as it
//! was; whatever a record holds, the others are published as if it were not there.

mod kinds;
mod lists;
mod portals;
mod records;
mod withdrawal;

use moisson::demo::udata::{Records, SampleData};
use serde_json::{Value, json};

/// A portal of `count` plain datasets of one organization, in the order of their creation.
pub(crate) fn plain(count: usize) -> SampleData {
    let organization = json!({ "id": "o1", "class": "Organization", "name": "Mairie", "slug": "mairie", "badges": [] });
    let datasets = (0..count)
        .map(|n| dataset(&format!("d{n:03}"), n))
        .collect();
    SampleData::from(Records {
        datasets,
        organizations: vec![organization],
        ..Records::default()
    })
}

/// A plain dataset, created and changed `n` hours after some moment.
fn dataset(id: &str, n: usize) -> Value {
    let at = format!("2024-01-{:02}T{:02}:00:00.000000+00:00", n / 24 + 1, n % 24);
    json!({
        "id": id, "title": format!("Jeu {id}"), "slug": id, "description": "Un texte.", "private": false,
        "page": format!("https://portail.example/datasets/{id}/"), "uri": format!("https://portail.example/api/1/datasets/{id}/"),
        "created_at": at, "last_modified": at, "license": "lov2", "frequency": "annual", "tags": ["essai"],
        "internal": { "created_at_internal": at, "last_modified_internal": at },
        "organization": { "id": "o1", "class": "Organization", "name": "Mairie", "slug": "mairie", "badges": [] },
        "resources": [{ "id": format!("r-{id}"), "title": "Fichier", "url": format!("https://fichiers.example/{id}.csv"),
                        "format": "csv", "mime": "text/csv", "filesize": 42 }],
    })
}
