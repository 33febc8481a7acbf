//! Services derived from the addresses of distributions give way to those that the portal has itself.

use moisson::record::Key;
use serde_json::{Value, json};

use super::world::{Seen, World};

const OWN: &str = "service/aa/s1";
const ADDRESS: &str = "https://geo.example/wms?SERVICE=WMS&REQUEST=GetCapabilities";

/// The service that is derived from [`ADDRESS`].
fn derived() -> String {
    let key = Key::hashed("wms\nhttps://geo.example/wms");
    format!("service/aa/{key}")
}

fn dataset(id: &str) -> Value {
    let resource =
        json!({ "id": format!("{id}-r"), "title": "WMS", "format": "ogc:wms", "url": ADDRESS });
    json!({ "id": id, "title": "Communes", "description": "Texte.", "resources": [resource] })
}

/// A service of the portal, at an address, for a dataset.
fn service(address: &str, serves: &str) -> Value {
    let serves = json!([{ "class": "Dataset", "id": serves }]);
    json!({ "id": "s1", "title": "Géoservice", "base_api_url": address, "datasets": serves })
}

/// Services that are published.
fn services(world: &World) -> Vec<String> {
    let class =
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#DataService>";
    let quads = world.quads();
    let lines = quads.iter().filter(|line| line.contains(class));
    let subject = |line: &String| line.split_once('>').unwrap().0[1..].to_owned();
    lines.map(subject).collect()
}

#[test]
fn whichever_comes_first_the_portal_s_own_service_is_shown() {
    type Harvest = fn(&mut World, &str) -> moisson::ledger::Counts;
    let ways: [Harvest; 2] = [World::harvest, World::harvest_changes];
    for harvest in ways {
        for own_first in [true, false] {
            let mut world = World::new();
            let own = service("http://GEO.example:80/wms/", "d1");
            if own_first {
                world.add("aa", "dataservices", own.clone());
            } else {
                world.set("aa", vec![dataset("d1")]);
            }
            harvest(&mut world, "aa");
            world.set("aa", vec![dataset("d1")]);
            world.add("aa", "dataservices", own);
            let counts = harvest(&mut world, "aa");
            assert_eq!(counts.recognised, 0, "it is no other portal's");
            world.publish();
            assert_eq!(services(&world), [world.iri(OWN)], "own first: {own_first}");
            assert_eq!(world.seen(&derived()), Seen::As(OWN.to_owned()));
            let body = world.body("aa/d1");
            let access = "<http://www.w3.org/ns/dcat#accessService>";
            assert!(
                body.contains(&format!("{access} <{}>", world.iri(OWN))),
                "{body}"
            );
            assert_eq!(world.findings(OWN), []);
        }
    }
}

#[test]
fn a_derived_service_comes_back_when_the_portal_withdraws_its_own() {
    let mut world = World::new();
    world.set("aa", vec![dataset("d1")]);
    world.add("aa", "dataservices", service(ADDRESS, "d1"));
    world.harvest("aa");
    assert_eq!(world.events(&derived()), ["same"], "it was never shown");
    world.publish();
    world.set("aa", vec![dataset("d1")]);
    world.harvest("aa");
    assert_eq!(world.seen(&derived()), Seen::Live);
    assert_eq!(world.seen(OWN), Seen::Gone);
    assert!(world.body("aa/d1").contains(&world.iri(&derived())));
    world.publish();
    assert_eq!(services(&world), [world.iri(&derived())]);
}

#[test]
fn another_address_or_another_dataset_is_another_service() {
    for own in [
        service("https://geo.example/wfs", "d1"),
        service(ADDRESS, "d2"),
        // It says what it is.
        service("https://geo.example/wms?SERVICE=WFS", "d1"),
    ] {
        let mut world = World::new();
        world.set("aa", vec![dataset("d1")]);
        world.add("aa", "dataservices", own);
        world.harvest("aa");
        assert_eq!(world.seen(&derived()), Seen::Live);
        assert_eq!(world.seen(OWN), Seen::Live);
        world.publish();
    }
}

#[test]
fn a_derived_service_says_so_in_its_catalogue_record() {
    let mut world = World::new();
    world.set("aa", vec![dataset("d1"), dataset("d2")]);
    world.harvest("aa");
    let body = world.body(&derived());
    let record = world.iri(&derived().replace("service/aa/", "record/aa/service-"));
    for said in [
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#CatalogRecord>".to_owned(),
        format!("<http://xmlns.com/foaf/0.1/primaryTopic> <{}>", world.iri(&derived())),
        format!("<http://www.w3.org/ns/prov#wasDerivedFrom> <{}>", world.iri("record/aa/d1")),
        format!("<http://www.w3.org/ns/prov#wasDerivedFrom> <{}>", world.iri("record/aa/d2")),
    ] {
        assert!(body.contains(&format!("<{record}> {said}")), "{said} is not in {body}");
    }
    for start in ["Service derived from", "Service déduit de"] {
        assert!(
            body.contains(&format!("<http://purl.org/dc/terms/description> \"{start}")),
            "{body}"
        );
    }
}
