//! The bundled portal is what it is said to be, and the synthetic one as large as asked for.

use std::collections::HashSet;

use super::SampleData;
use super::data::{is_listed, text};

#[test]
fn the_bundled_portal_is_as_large_as_promised() {
    SampleData::bundled().look(|records| {
        let resources: usize = records
            .packages
            .iter()
            .filter_map(|package| package.get("resources")?.as_array())
            .map(Vec::len)
            .sum();
        let hidden = records
            .packages
            .iter()
            .filter(|one| !is_listed(one))
            .count();
        for (what, promised, count) in [
            ("packages", 29, records.packages.len()),
            ("resources", 33, resources),
            ("hidden packages", 3, hidden),
            ("organizations", 6, records.organizations.len()),
        ] {
            assert!(count >= promised, "{what}: {count}");
        }
    });
}

#[test]
fn identifiers_are_unique() {
    for data in [SampleData::bundled(), SampleData::synthetic(200, 7)] {
        data.look(|records| {
            let ids: HashSet<_> = records.packages.iter().map(|one| text(one, "id")).collect();
            assert_eq!(ids.len(), records.packages.len());
        });
    }
    SampleData::synthetic(200, 7).look(|records| assert_eq!(records.packages.len(), 200));
}
