//! What surrounds the datasets: data services, reuses, discussions, harvest sources.

use serde_json::{Value, json};

use super::shape::{Kind, Shape, moment};
use super::{agent, words};

fn dataset_stub(shape: &Shape, origin: &str, index: u32) -> Value {
    let id = shape.id(Kind::Dataset, index);
    json!({
        "class": "Dataset",
        "id": id,
        "acronym": null,
        "title": words::title(&mut shape.random(Kind::Dataset, index)),
        "page": format!("{origin}/datasets/{id}/"),
        "uri": format!("{origin}/api/1/datasets/{id}/"),
    })
}

/// A data service.
pub(super) fn dataservice(shape: &Shape, origin: &str, index: u32) -> Value {
    let mut random = shape.random(Kind::Dataservice, index);
    let id = shape.id(Kind::Dataservice, index);
    let made = shape.made(Kind::Dataservice, index);
    let publisher = shape.publisher(&mut random);
    let domain = agent::domain(shape, publisher);
    let title = format!("API {}", words::title(&mut random));
    let length = random.skewed(500.0, 0.8, 6000);
    let datasets: Vec<Value> = (0..random.below(4))
        .map(|_| dataset_stub(shape, origin, random.below(shape.datasets)))
        .collect();
    json!({
        "id": id,
        "title": title,
        "slug": words::slug(&title),
        "acronym": null,
        "description": words::prose(&mut random, length),
        "base_api_url": format!("https://api.{domain}/v{}/{}", random.between(1, 4), random.hex(6)),
        "machine_documentation_url": format!("https://api.{domain}/openapi.json"),
        "technical_documentation_url": format!("https://api.{domain}/docs"),
        "business_documentation_url": null,
        "rate_limiting": random.pick(&["", "50 requêtes par seconde", "1000 appels par minute et par adresse"]),
        "rate_limiting_url": null,
        "availability": 99.5,
        "availability_url": null,
        "format": "REST",
        "license": "lov2",
        "tags": words::tags(&mut random),
        "private": false,
        "extras": {},
        "featured": false,
        "badges": [],
        "contact_points": [agent::contact(shape, publisher, "contact", 0)],
        "created_at": moment(made, 120),
        "metadata_modified_at": moment(made + 86_400, 120),
        "deleted_at": null,
        "archived_at": null,
        "datasets": datasets,
        "harvest": null,
        "access_type": "open",
        "access_audiences": [],
        "access_type_reason": null,
        "access_type_reason_category": null,
        "authorization_request_url": null,
        "owner": null,
        "organization": agent::stub(shape, origin, publisher),
        "metrics": {"discussions": 0, "followers": random.below(40), "views": random.below(4000)},
        "self_api_url": format!("{origin}/api/1/dataservices/{id}/"),
        "self_web_url": format!("{origin}/dataservices/{id}/"),
        "permissions": {"delete": false, "edit": false},
    })
}

/// A reuse.
pub(super) fn reuse(shape: &Shape, origin: &str, index: u32) -> Value {
    let mut random = shape.random(Kind::Reuse, index);
    let id = shape.id(Kind::Reuse, index);
    let made = shape.made(Kind::Reuse, index);
    let title = format!("Visualisation : {}", words::title(&mut random));
    let slug = format!("{}-{index}", words::slug(&title));
    let length = random.skewed(400.0, 0.8, 6000);
    let image = format!("https://static.example/images/{}", random.hex(32));
    let datasets: Vec<Value> = (0..random.between(1, 4))
        .map(|_| dataset_stub(shape, origin, random.below(shape.datasets)))
        .collect();
    let user = random.below(shape.count(Kind::User));
    let (organization, owner) = if random.chance(0.3) {
        let publisher = shape.publisher(&mut random);
        (agent::stub(shape, origin, publisher), Value::Null)
    } else {
        (Value::Null, agent::user_stub(shape, origin, user))
    };
    json!({
        "id": id,
        "title": title,
        "slug": slug,
        "description": words::prose(&mut random, length),
        "type": random.pick(&["application", "visualization", "api", "post", "paper", "hardware"]),
        "topic": random.pick(&["others", "transport_and_mobility", "housing_and_development", "health"]),
        "url": format!("https://{}/{}", words::domain(&mut random), random.hex(8)),
        "image": format!("{image}.png"),
        "image_thumbnail": format!("{image}-500.png"),
        "datasets": datasets,
        "dataservices": [],
        "tags": words::tags(&mut random),
        "private": false,
        "archived": null,
        "deleted": null,
        "extras": {},
        "featured": false,
        "badges": [],
        "metrics": {"datasets": 1, "discussions": 0, "followers": random.below(9), "views": random.below(9000)},
        "owner": owner,
        "organization": organization,
        "created_at": moment(made, 120),
        "last_modified": moment(made + 86_400, 120),
        "page": format!("{origin}/reuses/{slug}/"),
        "uri": format!("{origin}/api/1/reuses/{id}/"),
        "permissions": {"delete": false, "edit": false},
    })
}

/// A discussion, mostly of a dataset.
pub(super) fn discussion(shape: &Shape, origin: &str, index: u32) -> Value {
    let mut random = shape.random(Kind::Discussion, index);
    let id = shape.id(Kind::Discussion, index);
    let made = shape.made(Kind::Discussion, index);
    let subject = if random.chance(0.9) {
        json!({"class": "Dataset", "id": shape.id(Kind::Dataset, random.below(shape.datasets))})
    } else {
        json!({"class": "Reuse", "id": shape.id(Kind::Reuse, random.below(shape.count(Kind::Reuse)))})
    };
    let user = random.below(shape.count(Kind::User));
    let messages: Vec<Value> = (0..random.between(1, 5))
        .map(|number| {
            let length = random.skewed(250.0, 0.9, 5000);
            let author = random.below(shape.count(Kind::User));
            json!({
                "id": random.uuid(),
                "content": words::prose(&mut random, length),
                "posted_on": moment(made + i64::from(number) * 86_400, 0),
                "posted_by": agent::user_stub(shape, origin, author),
                "posted_by_organization": null,
                "last_modified_at": null,
                "permissions": {"delete": false, "edit": false},
            })
        })
        .collect();
    let closed = random.chance(0.3);
    json!({
        "id": id,
        "title": words::title(&mut random),
        "class": "Discussion",
        "subject": subject,
        "user": agent::user_stub(shape, origin, user),
        "organization": null,
        "discussion": messages,
        "created": moment(made, 0),
        "closed": closed.then(|| moment(made + 1_000_000, 0)),
        "closed_by": closed.then(|| agent::user_stub(shape, origin, user)),
        "closed_by_organization": null,
        "extras": {},
        "permissions": {"close": false, "delete": false, "edit": false},
        "self_api_url": format!("{origin}/api/1/discussions/{id}/"),
        "self_web_url": format!("{origin}/discussions/{id}/"),
        "url": format!("{origin}/api/1/discussions/{id}/"),
    })
}

/// A portal that the portal harvests.
pub(super) fn source(shape: &Shape, origin: &str, index: u32) -> Value {
    let mut random = shape.random(Kind::Source, index);
    let publisher = shape.publisher(&mut random);
    json!({
        "id": shape.id(Kind::Source, index),
        "name": words::body(&mut random),
        "description": words::prose(&mut random, 120),
        "url": format!("https://{}/api/catalog", agent::domain(shape, publisher)),
        "backend": random.weighted(&[("dcat", 60), ("csw-iso-19139", 25), ("ckan", 15)]),
        "active": true,
        "autoarchive": true,
        "config": {},
        "created_at": moment(shape.made(Kind::Source, index), 0),
        "deleted": null,
        "last_job": null,
        "schedule": "0 0 * * *",
        "validation": {"state": "accepted", "on": null, "by": null, "comment": null},
        "owner": null,
        "organization": agent::stub(shape, origin, publisher),
        "permissions": {"edit": false, "delete": false, "run": false, "preview": false},
    })
}
