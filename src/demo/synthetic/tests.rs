//! What measurements rely on: the same portal each time, in the proportions that are promised.

use std::collections::HashMap;

use super::shape::{Kind, Shape};
use super::{Parameters, dataset};

fn shape(changed: f64) -> Shape {
    Shape::new(Parameters {
        datasets: 1000,
        seed: 7,
        changed,
    })
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_one_others() {
    let one = dataset::dataset(&shape(0.0), "http://p", 41).to_string();
    assert_eq!(
        one,
        dataset::dataset(&shape(0.0), "http://p", 41).to_string()
    );
    let other = Shape::new(Parameters {
        datasets: 1000,
        seed: 8,
        changed: 0.0,
    });
    assert_ne!(one, dataset::dataset(&other, "http://p", 41).to_string());
}

#[test]
fn proportions_are_those_of_the_large_portal() {
    let shape = shape(0.0);
    let (mut resources, mut lengths, mut harvested) = (0, Vec::new(), 0);
    let mut published: HashMap<String, u32> = HashMap::new();
    for index in 0..shape.datasets {
        let record = dataset::dataset(&shape, "http://p", index);
        resources += record["resources"].as_array().unwrap().len();
        lengths.push(record["description"].as_str().unwrap().len());
        harvested += u32::from(!record["harvest"].is_null());
        *published
            .entry(record["organization"]["id"].to_string())
            .or_default() += 1;
    }
    lengths.sort_unstable();
    let mut counts: Vec<u32> = published.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let large = (usize::try_from(shape.count(Kind::Organization)).unwrap() * 8).div_ceil(100);
    let of_large: u32 = counts.iter().take(large).sum();
    assert!((7_500..11_500).contains(&resources), "{resources}");
    assert!((350..550).contains(&lengths[500]), "{}", lengths[500]);
    assert!(lengths[996] > 3000, "{}", lengths[996]);
    assert!((620..720).contains(&harvested), "{harvested}");
    assert!((730..880).contains(&of_large), "{of_large}");
}

#[test]
fn what_is_changed_is_a_small_share_that_the_search_lists_first() {
    let (before, after) = (shape(0.0), shape(0.01));
    let changed: Vec<u32> = (0..after.datasets)
        .filter(|index| {
            dataset::dataset(&before, "http://p", *index)
                != dataset::dataset(&after, "http://p", *index)
        })
        .collect();
    assert!((3..25).contains(&changed.len()), "{}", changed.len());
    let mut first: Vec<u32> = after.newest.iter().take(changed.len()).copied().collect();
    first.reverse();
    assert_eq!(first, changed);
    let times: Vec<i64> = after
        .newest
        .iter()
        .map(|index| after.modified(*index))
        .collect();
    assert!(times.is_sorted_by(|newer, older| newer > older));
}

#[test]
fn identifiers_lead_back_to_their_record() {
    let shape = shape(0.0);
    let id = shape.id(Kind::Dataset, 999);
    assert_eq!((id.len(), shape.index(Kind::Dataset, &id)), (24, Some(999)));
    assert_eq!(shape.index(Kind::Dataset, "999"), None);
    assert_eq!(shape.index(Kind::Reuse, &id), None);
}
