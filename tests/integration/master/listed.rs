//! What the portals list, by a number and a variant.

use serde_json::json;

/// A dataset that shares its publisher, its contact, its landing page and sometimes a resource with
/// others, with literals that oxigraph rewrites.
pub(super) fn record(id: u8, variant: u8, views: u8) -> serde_json::Value {
    let organization = json!({
        "id": format!("org{}", id % 3), "class": "Organization",
        "name": format!("Organisation {} {}", id % 3, if variant == 4 { "dite autrement" } else { "" }),
        "page": format!("https://portail.example/organizations/org{}/", id % 3),
        "badges": [],
    });
    let resource = if variant == 3 {
        "commune".to_owned()
    } else {
        format!("r{id}")
    };
    json!({
        "id": format!("d{id}"), "title": format!("Jeu {id} variante {variant}"), "description": "Texte.",
        "page": format!("https://portail.example/datasets/{}/", if variant == 2 { "pareil".to_owned() } else { id.to_string() }),
        "uri": format!("https://portail.example/api/1/datasets/d{id}/"),
        "created_at": "2024-01-01T00:00:00+00:00", "last_modified": "2024-05-01T00:00:00+00:00",
        "organization": organization, "tags": ["essai"],
        "contact_points": [{ "id": format!("c{}", id % 2), "name": format!("Contact {variant}"), "email": "a@portail.example", "role": "contact" }],
        "temporal_coverage": { "start": "2020-01-01", "end": format!("202{variant}-12-31") },
        "doi": (variant % 2 == 1).then(|| format!("10.99999/d{id}")),
        "spatial": null, "frequency": "annual", "license": "lov2",
        "metrics": { "views": 10 * u64::from(id) + u64::from(views) },
        "resources": (0..=variant).map(|n| json!({
            "id": if n == 0 { resource.clone() } else { format!("{resource}-{id}-{n}") }, "title": format!("Fichier {n}"),
            "url": format!("https://fichiers.example/{id}/{n}.csv"), "filesize": 10 * (u64::from(n) + 1), "format": "csv",
            "mime": "text/csv", "checksum": { "type": "sha1", "value": "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
        })).collect::<Vec<_>>(),
    })
}

/// A dataset of the other portal, which may be the same as one or two of the first, or as another of its
/// own; and a reuse of it.
pub(super) fn elsewhere(id: u8, variant: u8) -> [(&'static str, serde_json::Value); 2] {
    let uri = |id: u8| format!("https://portail.example/api/1/datasets/d{id}/");
    let doi = |id: u8| format!("10.99999/d{id}");
    let (harvest, doi) = match variant {
        0 => (json!({ "uri": uri(id) }), None),
        1 => (json!({}), Some(doi(id))),
        2 => (json!({ "uri": uri(0) }), None),
        3 => (json!({ "uri": uri(id) }), Some(doi(id + 1))),
        4 => (json!({ "dct_identifier": format!("d{id}") }), None),
        _ => (json!({}), None),
    };
    [
        (
            "datasets",
            json!({
                "id": format!("e{id}"), "title": format!("Copie {id}"), "description": "Texte.",
                "uri": format!("https://ailleurs.example/api/1/datasets/e{id}/"), "harvest": harvest, "doi": doi,
                "resources": [{ "id": format!("f{id}"), "title": "Fichier", "url": format!("https://ailleurs.example/{id}.csv") }],
            }),
        ),
        (
            "reuses",
            json!({
                "id": format!("v{id}"), "title": "Une carte", "type": "application", "url": "https://carte.example/",
                "datasets": [{ "class": "Dataset", "id": format!("e{}", id / 2) }, { "class": "Dataset", "id": format!("e{id}") }],
            }),
        ),
    ]
}

/// What others say of a dataset: a reuse and a discussion, which lead back to it, and a resource that
/// is sometimes the dataset's own as well.
pub(super) fn others(id: u8, variant: u8) -> Vec<(&'static str, serde_json::Value)> {
    let dataset = json!({ "class": "Dataset", "id": format!("d{}", id % 4) });
    let resource = if variant == 1 {
        format!("r{id}")
    } else {
        format!("autre{id}")
    };
    vec![
        (
            "reuses",
            json!({
                "id": format!("u{id}"), "title": format!("Réutilisation {variant}"), "type": "application",
                "url": "https://reutilisation.example/", "datasets": [dataset.clone()],
                "metrics": { "views": variant },
            }),
        ),
        (
            "discussions",
            json!({
                "id": format!("q{id}"), "title": "Une question", "subject": dataset.clone(),
                "discussion": (0..variant).map(|n| json!({ "id": format!("m{n}"), "content": "Pourquoi ?" })).collect::<Vec<_>>(),
            }),
        ),
        (
            "community_resources",
            json!({
                "id": resource, "title": "Une autre version", "url": "https://autre.example/v.csv",
                "dataset": dataset,
            }),
        ),
    ]
}
