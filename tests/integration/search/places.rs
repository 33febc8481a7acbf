//! What lies where.

use moisson::search::{Near, Rectangle, Request, Sort};

use super::{Portal, titles};

#[tokio::test(flavor = "multi_thread")]
async fn rectangles_are_met_over_the_antimeridian_too() {
    let portal = Portal::new().await;
    let index = portal.index();
    let within = |west, south, east, north| {
        let request = Request {
            within: Rectangle::new(west, south, east, north),
            ..Request::default()
        };
        assert!(request.within.is_some());
        titles(&index.search(&request).unwrap())
    };
    assert_eq!(within(170.0, -20.0, 178.0, -10.0), ["Reefs"]);
    assert_eq!(within(-179.0, -20.0, -170.0, -10.0), ["Reefs"]);
    assert_eq!(within(179.0, -20.0, -179.0, -10.0), ["Reefs"]);
    assert_eq!(within(-5.0, 41.0, 10.0, 51.0), ["Vélos", "Vélos"]);
    assert_eq!(within(-180.0, -90.0, 180.0, 90.0).len(), 3);
    assert!(within(10.0, 10.0, 11.0, 11.0).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_come_first_with_their_distance() {
    let portal = Portal::new().await;
    let index = portal.index();
    let near = |metres| Request {
        near: Near::new(2.35, 48.85, metres),
        sort: Sort::Distance,
        ..Request::default()
    };
    let all = index.search(&near(None)).unwrap();
    let metres: Vec<f64> = all.hits.iter().map(|hit| hit.metres.unwrap()).collect();
    assert_eq!(metres.len(), 3);
    assert!(metres[0].abs() < f64::EPSILON, "it lies within: {metres:?}");
    assert!((380_000.0..400_000.0).contains(&metres[1]), "{metres:?}");
    assert!(metres[2] > 15_000_000.0, "{metres:?}");
    assert_eq!(index.search(&near(Some(100_000.0))).unwrap().total, 1);
    assert_eq!(index.search(&near(Some(400_000.0))).unwrap().total, 2);
}
