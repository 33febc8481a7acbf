//! Datasets.

use serde_json::{Value, json};

use super::random::Random;
use super::resource::{Owner, resource};
use super::shape::{Kind, Shape, moment};
use super::{agent, words};

const LICENCES: &[(&str, u32)] = &[
    ("lov2", 50),
    ("fr-lo", 17),
    ("notspecified", 14),
    ("odc-odbl", 7),
    ("cc-by", 5),
    ("other-open", 3),
    ("cc-by-sa", 1),
    ("cc-zero", 1),
    ("other-at", 2),
];
const FREQUENCIES: &[(&str, u32)] = &[
    ("unknown", 32),
    ("annual", 27),
    ("irregular", 11),
    ("daily", 8),
    ("monthly", 6),
    ("punctual", 5),
    ("quarterly", 3),
    ("weekly", 3),
    ("continuous", 2),
    ("semiannual", 2),
    ("notPlanned", 1),
];

/// How many resources a dataset has: 9.3 on average, half of them four at most.
fn resources(random: &mut Random) -> u32 {
    random.skewed(4.0, 1.3, 2000)
}

/// The dataset numbered `index`, as version 1 of the API has it.
pub(super) fn dataset(shape: &Shape, origin: &str, index: u32) -> Value {
    let mut random = shape.random(Kind::Dataset, index);
    let id = shape.id(Kind::Dataset, index);
    let made = shape.made(Kind::Dataset, index);
    let modified = shape.modified(index);
    let publisher = shape.publisher(&mut random);
    let is_harvested = random.chance(2.0 / 3.0);
    let title = words::title(&mut random);
    let slug = format!("{}-{index}", words::slug(&title));
    let domain = agent::domain(shape, publisher);
    let length = random.skewed(400.0, 0.9, 8000);
    let mut description = words::prose(&mut random, length);
    if shape.is_changed(index) {
        description.push_str("\n\nMise à jour : la méthode de collecte a changé.");
    }
    let owner = Owner {
        origin,
        slug: &slug,
        domain: &domain,
        is_harvested,
        made,
    };
    let resources: Vec<Value> = (0..resources(&mut random))
        .map(|number| resource(&mut random, &owner, number))
        .collect();
    let role = if random.chance(0.8) {
        "contact"
    } else {
        "publisher"
    };
    let contacts: Vec<Value> = if random.chance(0.5) {
        vec![agent::contact(shape, publisher, role, random.below(4))]
    } else {
        Vec::new()
    };
    let mut badges = Vec::new();
    if random.chance(0.03) {
        badges.push(json!({"kind": "hvd"}));
    }
    if is_harvested && random.chance(0.3) {
        badges.push(json!({"kind": "inspire"}));
    }
    let harvest = is_harvested.then(|| harvest(shape, &mut random, &owner, modified));
    let restricted = random.chance(0.02);
    json!({
        "id": id,
        "title": title,
        "slug": slug,
        "acronym": null,
        "description": description,
        "description_short": null,
        "access_type": if restricted { "restricted" } else { "open" },
        "access_audiences": [],
        "access_type_reason": null,
        "access_type_reason_category": null,
        "authorization_request_url": null,
        "archived": null,
        "deleted": null,
        "private": false,
        "featured": false,
        "badges": badges,
        "contact_points": contacts,
        "created_at": moment(made, 120),
        "last_modified": moment(modified, 340),
        "last_update": moment(modified, 340),
        "doi": null,
        "extras": extras(&mut random, is_harvested),
        "frequency": random.weighted(FREQUENCIES),
        "frequency_date": null,
        "geopf": null,
        "harvest": harvest,
        "internal": {"created_at_internal": moment(made, 120), "last_modified_internal": moment(modified, 340)},
        "license": random.weighted(LICENCES),
        "metrics": {"dataservices": 0, "discussions": random.skewed(1.0, 1.5, 900), "followers": random.skewed(2.0, 1.5, 900),
            "resources_downloads": random.skewed(90.0, 2.0, 1_000_000), "reuses": random.skewed(1.0, 1.2, 90),
            "views": random.skewed(300.0, 1.8, 1_000_000)},
        "organization": agent::stub(shape, origin, publisher),
        "owner": null,
        "page": format!("{origin}/datasets/{slug}/"),
        "permissions": {"delete": false, "edit": false, "edit_resources": false},
        "quality": quality(&mut random),
        "resources": resources,
        "schema": null,
        "spatial": spatial(&mut random),
        "tags": words::tags(&mut random),
        "temporal_coverage": temporal(&mut random),
        "uri": format!("{origin}/api/1/datasets/{id}/"),
    })
}

/// A dataset as the search of version 2 has it: resources as a link.
pub(super) fn found(shape: &Shape, origin: &str, index: u32) -> Value {
    let mut record = dataset(shape, origin, index);
    let id = shape.id(Kind::Dataset, index);
    let total = record
        .get("resources")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    if let Some(fields) = record.as_object_mut() {
        let href = format!("{origin}/api/2/datasets/{id}/resources/?page=1&page_size=50");
        fields.insert(
            "resources".to_owned(),
            json!({"rel": "subsection", "href": href, "type": "GET", "total": total}),
        );
    }
    record
}

fn harvest(shape: &Shape, random: &mut Random, owner: &Owner<'_>, modified: i64) -> Value {
    let source = random.below(shape.count(Kind::Source));
    let backend = random.weighted(&[("DCAT", 60), ("CSW-ISO-19139", 25), ("CKAN", 15)]);
    let remote = format!("https://{}/explore/dataset/{}/", owner.domain, owner.slug);
    json!({
        "backend": backend,
        "domain": owner.domain,
        "source_id": shape.id(Kind::Source, source),
        "source_url": format!("https://{}/api/catalog", owner.domain),
        "remote_id": random.uuid(),
        "remote_url": remote,
        "uri": remote,
        "dct_identifier": random.uuid(),
        "doi": null,
        "created_at": moment(owner.made - 900_000, 0),
        "issued_at": moment(owner.made - 800_000, 0),
        "modified_at": moment(modified, 0),
        "last_update": moment(modified, 500),
        "archived_at": null,
        "archived_reason": null,
    })
}

fn extras(random: &mut Random, is_harvested: bool) -> Value {
    if is_harvested && random.chance(0.3) {
        return json!({"dcat": {"accessRights": [words::prose(random, 60)]}});
    }
    json!({})
}

fn quality(random: &mut Random) -> Value {
    let mut met = 0;
    let mut says = |share: f64| {
        let is_met = random.chance(share);
        met += u32::from(is_met);
        is_met
    };
    let mut quality = json!({
        "all_resources_available": says(0.85),
        "dataset_description_quality": says(0.8),
        "has_open_format": says(0.7),
        "has_resources": says(0.97),
        "license": says(0.85),
        "resources_documentation": says(0.4),
        "spatial": says(0.55),
        "temporal_coverage": says(0.3),
        "update_frequency": says(0.6),
        "update_fulfilled_in_time": says(0.5),
    });
    if let Some(fields) = quality.as_object_mut() {
        fields.insert("score".to_owned(), (f64::from(met) / 10.0).into());
    }
    quality
}

fn spatial(random: &mut Random) -> Value {
    let granularity = random.pick(&["other", "fr:commune", "fr:departement", "poi"]);
    match random.below(100) {
        0..45 => Value::Null,
        45..58 => json!({"geom": geometry(random), "zones": [], "granularity": granularity}),
        58..70 => json!({"geom": null, "zones": ["country:fr"], "granularity": granularity}),
        70..80 => json!({"geom": null, "granularity": granularity,
            "zones": [format!("fr:departement:{:02}", random.between(1, 95))]}),
        _ => {
            let zones: Vec<String> = (0..random.between(1, 3))
                .map(|_| format!("fr:commune:{:05}", random.between(1001, 95_680)))
                .collect();
            json!({"geom": null, "zones": zones, "granularity": granularity})
        }
    }
}

/// An outline in France; most are boxes, some have many corners.
fn geometry(random: &mut Random) -> Value {
    let (west, south) = (random.share() * 10.0 - 3.0, 43.0 + random.share() * 7.0);
    let size = 0.05 + random.share();
    let corners = if random.chance(0.6) {
        4
    } else {
        random.skewed(40.0, 0.8, 400).max(3)
    };
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let mut ring: Vec<Value> = (0..corners)
        .map(|corner| {
            let angle = std::f64::consts::TAU * f64::from(corner) / f64::from(corners);
            json!([
                rounded(west + size * angle.cos()),
                rounded(south + size * angle.sin())
            ])
        })
        .collect();
    ring.extend(ring.first().cloned());
    json!({"type": "MultiPolygon", "coordinates": [[ring]]})
}

fn temporal(random: &mut Random) -> Value {
    if random.chance(0.7) {
        return Value::Null;
    }
    let start = random.between(1990, 2024);
    json!({"start": format!("{start}-01-01"), "end": format!("{}-12-31", start + random.below(3))})
}
