//! Organizations, people and contacts, whole and as other records mention them.

use serde_json::{Value, json};

use super::shape::{Kind, Shape, moment};
use super::words;

/// What an organization's record and its mentions agree in.
struct Organization {
    id: String,
    name: String,
    slug: String,
    acronym: Value,
    badges: Value,
    logo: String,
    domain: String,
}

fn core(shape: &Shape, index: u32) -> Organization {
    let mut random = shape.random(Kind::Organization, index);
    let id = shape.id(Kind::Organization, index);
    let name = words::body(&mut random);
    let slug = format!("{}-{index}", words::slug(&name));
    let acronym = if random.chance(0.2) {
        let letters = name.chars().filter(|letter| letter.is_uppercase());
        letters.collect::<String>().into()
    } else {
        Value::Null
    };
    let badges = match random.below(10) {
        0..3 => json!([{"kind": "public-service"}, {"kind": "certified"}]),
        3..6 => json!([{"kind": "local-authority"}]),
        6 => json!([{"kind": "association"}]),
        7 => json!([{"kind": "company"}]),
        _ => json!([]),
    };
    let logo = format!(
        "https://static.example/avatars/{}/{}",
        random.hex(2),
        random.hex(30)
    );
    let domain = words::domain(&mut random);
    Organization {
        id,
        name,
        slug,
        acronym,
        badges,
        logo,
        domain,
    }
}

/// An organization as another record mentions it.
pub(super) fn stub(shape: &Shape, origin: &str, index: u32) -> Value {
    let it = core(shape, index);
    json!({
        "class": "Organization",
        "id": it.id,
        "name": it.name,
        "slug": it.slug,
        "acronym": it.acronym,
        "badges": it.badges,
        "logo": format!("{}-original.png", it.logo),
        "logo_thumbnail": format!("{}-100.png", it.logo),
        "page": format!("{origin}/organizations/{}/", it.slug),
        "uri": format!("{origin}/api/1/organizations/{}/", it.id),
    })
}

/// The domain that an organization harvests from and links to.
pub(super) fn domain(shape: &Shape, index: u32) -> String {
    core(shape, index).domain
}

/// An organization's own record.
pub(super) fn organization(shape: &Shape, origin: &str, index: u32) -> Value {
    let it = core(shape, index);
    let mut random = shape.random(Kind::Organization, index);
    let made = shape.made(Kind::Organization, index);
    let length = random.skewed(250.0, 0.8, 4000);
    let members: Vec<Value> = (0..random.between(1, 5))
        .map(|_| {
            let user = random.below(shape.count(Kind::User));
            json!({"role": "admin", "since": moment(made, 0), "user": user_stub(shape, origin, user)})
        })
        .collect();
    json!({
        "id": it.id,
        "name": it.name,
        "slug": it.slug,
        "acronym": it.acronym,
        "badges": it.badges,
        "banner_color": null,
        "banner_image": null,
        "banner_image_position": null,
        "business_number_id": null,
        "created_at": moment(made, 120),
        "deleted": null,
        "description": words::prose(&mut random, length),
        "ext": {},
        "extras": {},
        "last_modified": moment(made + 86_400, 480),
        "logo": format!("{}-original.png", it.logo),
        "logo_thumbnail": format!("{}-100.png", it.logo),
        "members": members,
        "metrics": {"dataservices": 0, "datasets": random.below(300), "followers": random.below(90),
            "members": random.below(9), "reuses": random.below(5), "views": random.below(9000)},
        "page": format!("{origin}/organizations/{}/", it.slug),
        "permissions": {"delete": false, "edit": false, "harvest": false, "members": false, "private": false},
        "presentation_blocs_published_at": null,
        "teams": [],
        "uri": format!("{origin}/api/1/organizations/{}/", it.id),
        "url": format!("https://{}/", it.domain),
        "zone": null,
    })
}

/// A person, as records mention their owner or an author.
pub(super) fn user_stub(shape: &Shape, origin: &str, index: u32) -> Value {
    let mut random = shape.random(Kind::User, index);
    let id = shape.id(Kind::User, index);
    let (first, last) = (words::place(&mut random), words::place(&mut random));
    let slug = format!("{}-{}", words::slug(&first), words::slug(&last));
    json!({
        "class": "User",
        "id": id,
        "first_name": first,
        "last_name": last,
        "slug": slug,
        "avatar": null,
        "avatar_thumbnail": null,
        "email": null,
        "last_login_at": null,
        "page": format!("{origin}/users/{slug}/"),
        "uri": format!("{origin}/api/1/users/{id}/"),
    })
}

/// One of the few contact points of an organization.
pub(super) fn contact(shape: &Shape, organization: u32, role: &str, which: u32) -> Value {
    let index = organization.wrapping_mul(4).wrapping_add(which);
    let mut random = shape.random(Kind::Contact, index);
    let domain = domain(shape, organization);
    let service = random.pick(&[
        "géomatique",
        "données ouvertes",
        "environnement",
        "informatique",
    ]);
    json!({
        "id": shape.id(Kind::Contact, index),
        "name": format!("Service {service} — {}", words::body(&mut random)),
        "email": format!("contact{which}@{domain}"),
        "contact_form": null,
        "role": role,
    })
}
