//! Resources of datasets.

use serde_json::{Value, json};

use super::random::Random;
use super::shape::moment;
use super::words;

/// What the resources of one dataset share.
pub(super) struct Owner<'a> {
    pub(super) origin: &'a str,
    pub(super) slug: &'a str,
    pub(super) domain: &'a str,
    pub(super) is_harvested: bool,
    pub(super) made: i64,
}

const FORMATS: &[(&str, u32)] = &[
    ("csv", 20),
    ("json", 9),
    ("geojson", 9),
    ("shp", 9),
    ("zip", 11),
    ("pdf", 6),
    ("xlsx", 5),
    ("ogc:wms", 7),
    ("ogc:wfs", 7),
    ("html", 4),
    ("xml", 3),
    ("xls", 2),
    ("gpkg", 2),
    ("kml", 2),
    ("txt", 2),
    ("gtfs", 1),
    ("parquet", 1),
    ("ods", 1),
    ("web page", 1),
    ("fichier excel", 1),
];

/// The resource numbered `number` of a dataset.
pub(super) fn resource(random: &mut Random, owner: &Owner<'_>, number: u32) -> Value {
    let format = random.weighted(FORMATS);
    let (id, title) = (random.uuid(), words::file(random));
    let is_file = !owner.is_harvested && random.chance(0.7);
    let made = owner.made + i64::from(random.below(30_000_000));
    let modified = made + i64::from(random.below(30_000_000));
    let url = address(random, owner, format, &title, is_file);
    let size = is_file.then(|| random.skewed(400_000.0, 2.0, u32::MAX));
    let has_sum = is_file || random.chance(0.15);
    let sum = has_sum.then(|| random.hex(40));
    let checksum = sum
        .as_ref()
        .map(|sum| json!({"type": "sha1", "value": sum}));
    let description = random.chance(0.4).then(|| {
        let length = random.skewed(90.0, 0.9, 3000);
        words::prose(random, length)
    });
    let schema = if random.chance(0.04) {
        json!({"name": random.pick(&["scdl/subventions", "scdl/deliberations", "etalab/schema-irve-statique"]),
            "url": null, "version": "2.1.0"})
    } else {
        json!({"name": null, "url": null, "version": null})
    };
    let harvest = owner.is_harvested.then(|| {
        json!({"issued_at": moment(made, 0), "modified_at": moment(modified, 0), "last_update": moment(modified, 0),
            "uri": format!("https://{}/{}/ressource-{number}", owner.domain, owner.slug)})
    });
    json!({
        "id": id,
        "title": title,
        "description": description,
        "type": random.weighted(&[("main", 90), ("documentation", 5), ("api", 3), ("other", 2)]),
        "filetype": if is_file { "file" } else { "remote" },
        "format": format,
        "mime": mime(format),
        "url": url,
        "latest": format!("{}/fr/datasets/r/{id}", owner.origin),
        "checksum": checksum,
        "filesize": size,
        "created_at": moment(made, 250),
        "last_modified": moment(modified, 750),
        "extras": extras(random, format, size, modified),
        "geopf": null,
        "harvest": harvest,
        "internal": {"created_at_internal": moment(made, 250), "last_modified_internal": moment(modified, 750)},
        "metrics": {"views": random.skewed(40.0, 2.0, 1_000_000)},
        "preview_url": null,
        "schema": schema,
    })
}

fn address(
    random: &mut Random,
    owner: &Owner<'_>,
    format: &str,
    title: &str,
    is_file: bool,
) -> String {
    let (slug, domain) = (owner.slug, owner.domain);
    let name = words::slug(title);
    if is_file {
        let day = random.between(20_180_101, 20_261_231);
        return format!(
            "https://static.example/resources/{slug}/{day}-{}/{name}.{format}",
            random.hex(6)
        );
    }
    match format {
        "ogc:wms" => format!(
            "https://{domain}/geoserver/wms?service=WMS&request=GetCapabilities&layers={name}"
        ),
        "ogc:wfs" => format!(
            "https://{domain}/geoserver/wfs?service=WFS&request=GetCapabilities&typeName={name}"
        ),
        _ => format!(
            "https://{domain}/explore/dataset/{slug}/download/?format={format}&id={}",
            random.hex(8)
        ),
    }
}

/// What the portal's link checker and analysis leave on a resource.
fn extras(random: &mut Random, format: &str, size: Option<u32>, modified: i64) -> Value {
    let mut extras = json!({
        "check:available": random.chance(0.93),
        "check:date": moment(modified + 1_000_000, 310),
        "check:headers:content-type": mime(format),
        "check:status": 200,
        "check:timeout": false,
        "check:id": random.below(u32::MAX),
    });
    if let (Some(size), Some(fields)) = (size, extras.as_object_mut()) {
        fields.insert("analysis:content-length".to_owned(), size.into());
        fields.insert("analysis:mime-type".to_owned(), mime(format).into());
        fields.insert("analysis:checksum".to_owned(), random.hex(40).into());
        fields.insert(
            "analysis:last-modified-at".to_owned(),
            moment(modified, 0).into(),
        );
    }
    extras
}

fn mime(format: &str) -> &'static str {
    match format {
        "csv" => "text/csv",
        "json" => "application/json",
        "geojson" => "application/geo+json",
        "zip" | "shp" | "gtfs" => "application/zip",
        "pdf" => "application/pdf",
        "html" | "web page" => "text/html; charset=utf-8",
        "xml" | "kml" => "application/xml",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}
