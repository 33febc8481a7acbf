//! What the rule of lists promises.

use super::*;

fn records(keys: &[&str]) -> Vec<RawRecord> {
    let record = |key: &&str| RawRecord {
        collection: "datasets",
        key: (*key).to_owned(),
        payload: Vec::new(),
        mark: None,
    };
    keys.iter().map(record).collect()
}

fn url() -> Url {
    Url::parse("https://portail.example/api").unwrap()
}

/// The new keys of a page of a list of six; `None` where it moved.
fn taken(list: &mut Listing, keys: &[&str]) -> Result<Option<Vec<String>>, CrawlError> {
    let taken = list.take(&url(), records(keys), Some(6))?;
    Ok(taken.map(|taken| taken.fresh.into_iter().map(|record| record.key).collect()))
}

#[test]
fn a_list_that_moved_up_is_gone_back_in_and_gives_each_entry_once() {
    let mut list = Listing::new(2);
    assert_eq!(taken(&mut list, &["a", "b"]).unwrap().unwrap(), ["a", "b"]);
    assert_eq!((list.start(), list.overlap()), (1, 1));
    // `a` was deleted: `b` stands where it stood, and `c` was never given.
    assert_eq!(taken(&mut list, &["c", "d"]).unwrap(), None);
    assert_eq!(list.start(), 0);
    assert_eq!(taken(&mut list, &["b", "c"]).unwrap().unwrap(), ["c"]);
    assert_eq!(list.start(), 1);
}

#[test]
fn the_first_page_again_is_endless_and_others_each_time_are_moving() {
    let mut list = Listing::new(2);
    taken(&mut list, &["a", "b"]).unwrap();
    let again = taken(&mut list, &["a", "b"]);
    assert!(matches!(again, Err(CrawlError::EndlessPages { .. })));
    let mut list = Listing::new(2);
    let error = (0..1000)
        .find_map(|page| taken(&mut list, &[&format!("a{page}"), &format!("b{page}")]).err());
    assert!(matches!(error, Some(CrawlError::Moving { .. })));
}

#[test]
fn a_list_is_whole_when_as_much_came_as_was_announced_but_for_a_few() {
    let mut list = Listing::new(10);
    list.announce(&url(), Some(40)).unwrap();
    assert!(list.announce(&url(), Some(35)).is_ok());
    let shrunk = |outcome| matches!(outcome, Err(CrawlError::Shrunk { .. }));
    assert!(shrunk(list.announce(&url(), Some(34))));
    list.seen = 34;
    assert!(shrunk(list.end(&url(), Some(40))));
    list.seen = 35;
    assert!(list.end(&url(), Some(40)).is_ok());
}

#[test]
fn pages_become_at_most_half_as_large_and_stay_so_in_the_next_list() {
    let halved = |size: u64| smaller(size).is_none_or(|smaller| 2 * smaller <= size);
    assert!(SIZES.into_iter().all(halved));
    let mut list = Listing::new(100);
    let refused = || {
        CrawlError::Fetch(crate::fetch::FetchError::Timeout {
            url: (&url()).into(),
        })
    };
    list.shrink(&url(), refused()).unwrap();
    list.restart(1000);
    assert_eq!((list.size, list.largest), (50, 50));
    list.size = SMALLEST;
    assert!(list.shrink(&url(), refused()).is_err());
}

#[test]
fn the_cursors_of_all_kinds_are_read() {
    for cursor in [
        r#"{"page_size": 100, "largest": 100, "total": 7, "seen": 3}"#,
        r#"{"rows": 100, "largest": 100, "total": 7, "seen": 3, "position": 3, "last": "c", "moved": 1}"#,
        r#"{"size": 100, "total": 7, "seen": 3, "position": 3, "last": null}"#,
        r#"{"size": 100, "largest": 100, "met": 3}"#,
    ] {
        let list: Listing = serde_json::from_str(cursor).unwrap();
        assert_eq!((list.size, list.seen), (100, 3), "{cursor}");
    }
}
