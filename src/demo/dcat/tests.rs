use super::SampleData;

#[test]
fn entries_are_those_of_the_files_and_synthetic_ones_have_addresses_of_their_own() {
    let bundled = SampleData::bundled();
    assert_eq!(bundled.entries().len(), 34);
    let many = SampleData::synthetic(100, 7);
    let mut first: Vec<&str> = many
        .entries()
        .iter()
        .filter_map(|entry| entry.split(' ').next())
        .collect();
    first.sort_unstable();
    first.dedup();
    assert_eq!(first.len(), 100);
}
