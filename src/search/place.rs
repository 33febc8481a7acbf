//! Where things lie: rectangles of longitudes and latitudes, and how far they are from a point.
//!
//! A rectangle whose west is east of its east crosses the antimeridian. Distances are along great circles
//! of a sphere with the mean radius of the Earth (haversine), as GeoSPARQL's `geof:distance` has them.

/// The mean radius of the Earth in metres (IUGG).
const RADIUS: f64 = 6_371_008.8;

/// A rectangle in degrees. `east` is at least `west`, and beyond 180 where it crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rectangle {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

impl Rectangle {
    /// A rectangle by its sides in degrees, longitudes from -180 to 180; a west side that is east of the
    /// east one makes it cross the antimeridian. None where a side is nowhere, or south is north of north.
    #[must_use]
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Option<Self> {
        let is_somewhere = [west, east].iter().all(|x| (-180.0..=180.0).contains(x))
            && [south, north].iter().all(|y| (-90.0..=90.0).contains(y))
            && south <= north;
        let east = if east < west { east + 360.0 } else { east };
        is_somewhere.then_some(Self {
            west,
            south,
            east,
            north,
        })
    }

    /// The rectangle around what was read of a geometry, whose longitudes may be anywhere from -360 to 360.
    pub(super) fn around([west, south, east, north]: [f64; 4]) -> Option<Self> {
        if east - west >= 360.0 {
            return Self::new(-180.0, south, 180.0, north);
        }
        let turned = |x: f64| {
            if x < -180.0 {
                x + 360.0
            } else if x > 180.0 {
                x - 360.0
            } else {
                x
            }
        };
        Self::new(turned(west), south, turned(east), north)
    }

    /// Its sides, as they are kept.
    pub(super) fn sides(&self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north]
    }

    /// The rectangle with these sides, as they were kept.
    pub(super) fn of_sides([west, south, east, north]: [f64; 4]) -> Self {
        Self {
            west,
            south,
            east,
            north,
        }
    }

    /// Whether the two have a point in common.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let is_beside = [-360.0, 0.0, 360.0]
            .iter()
            .any(|turn| self.west <= other.east + turn && self.east >= other.west + turn);
        is_beside && self.south <= other.north && self.north >= other.south
    }

    /// How far a point is from it, in metres; 0 within.
    #[must_use]
    pub fn distance(&self, longitude: f64, latitude: f64) -> f64 {
        let turns = [-360.0, 0.0, 360.0].map(|turn| longitude + turn);
        if turns.iter().any(|x| (self.west..=self.east).contains(x)) {
            let nearest = latitude.clamp(self.south, self.north);
            return great_circle((longitude, latitude), (longitude, nearest));
        }
        // Beside it the nearest point lies on one of the two meridians that bound it, and there where the
        // great circle at right angles to that meridian meets it, or at an end of it.
        let to = |side: f64| {
            let apart = (longitude - side).to_radians().cos();
            let foot = latitude.to_radians().tan().atan2(apart).to_degrees();
            [foot.clamp(self.south, self.north), self.south, self.north]
                .into_iter()
                .map(|at| great_circle((longitude, latitude), (side, at)))
                .fold(f64::INFINITY, f64::min)
        };
        to(self.west).min(to(self.east))
    }
}

/// A point, and how far from it something may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    pub(super) longitude: f64,
    pub(super) latitude: f64,
    /// The greatest distance in metres; any where it is not said.
    pub(super) within: Option<f64>,
}

impl Near {
    /// A point in degrees, and the greatest distance in metres. None where it is nowhere, or the distance
    /// below 0 or no number.
    #[must_use]
    pub fn new(longitude: f64, latitude: f64, within: Option<f64>) -> Option<Self> {
        let is_somewhere =
            (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude);
        let is_far = within.is_none_or(|metres| metres >= 0.0);
        (is_somewhere && is_far).then_some(Self {
            longitude,
            latitude,
            within,
        })
    }

    /// Metres to a rectangle.
    pub(super) fn to(&self, place: &Rectangle) -> f64 {
        place.distance(self.longitude, self.latitude)
    }
}

/// Metres between two points (longitude, latitude), along a great circle.
fn great_circle(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (from_y, to_y) = (from.1.to_radians(), to.1.to_radians());
    let (x, y) = ((to.0 - from.0).to_radians() / 2.0, (to_y - from_y) / 2.0);
    let part = y.sin().powi(2) + from_y.cos() * to_y.cos() * x.sin().powi(2);
    2.0 * RADIUS * part.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rectangle(sides: [f64; 4]) -> Rectangle {
        let [west, south, east, north] = sides;
        Rectangle::new(west, south, east, north).unwrap()
    }

    #[test]
    fn rectangles_meet_over_the_antimeridian() {
        let fiji = rectangle([177.0, -21.0, -178.0, -12.0]);
        let france = rectangle([-5.0, 41.0, 10.0, 51.0]);
        let east_of_it = rectangle([-179.0, -20.0, -170.0, -10.0]);
        let west_of_it = rectangle([170.0, -20.0, 178.0, -10.0]);
        let world = rectangle([-180.0, -90.0, 180.0, 90.0]);
        for (one, other, meets) in [
            (fiji, east_of_it, true),
            (fiji, west_of_it, true),
            (east_of_it, west_of_it, false),
            (fiji, france, false),
            (world, fiji, true),
            (world, france, true),
        ] {
            assert_eq!(one.meets(&other), meets, "{one:?} {other:?}");
            assert_eq!(other.meets(&one), meets, "{other:?} {one:?}");
        }
        // What touches meets.
        assert!(rectangle([0.0, 0.0, 1.0, 1.0]).meets(&rectangle([1.0, 1.0, 2.0, 2.0])));
    }

    #[test]
    fn what_is_no_rectangle_is_none() {
        for [west, south, east, north] in [
            [0.0, 1.0, 1.0, 0.0],
            [-181.0, 0.0, 0.0, 1.0],
            [0.0, 0.0, 1.0, 91.0],
            [f64::NAN, 0.0, 1.0, 1.0],
            [f64::INFINITY, 0.0, 1.0, 1.0],
        ] {
            assert_eq!(Rectangle::new(west, south, east, north), None);
        }
        assert_eq!(Near::new(0.0, 0.0, Some(-1.0)), None);
        assert_eq!(Near::new(0.0, 0.0, Some(f64::NAN)), None);
        assert_eq!(Near::new(0.0, 90.5, None), None);
    }

    #[test]
    fn a_geometry_over_the_antimeridian_is_read_as_one() {
        let over = Some(Rectangle::of_sides([177.0, -20.0, 183.0, -10.0]));
        assert_eq!(Rectangle::around([177.0, -20.0, 183.0, -10.0]), over);
        assert_eq!(Rectangle::around([-183.0, -20.0, -177.0, -10.0]), over);
        let world = Some(Rectangle::of_sides([-180.0, -90.0, 180.0, 90.0]));
        assert_eq!(Rectangle::around([-200.0, -90.0, 200.0, 90.0]), world);
    }

    #[test]
    fn distances_are_those_of_the_sphere() {
        let close = |metres: f64, to: f64| assert!((metres - to).abs() < 1_000.0, "{metres} {to}");
        let paris = rectangle([2.25, 48.81, 2.42, 48.9]);
        close(paris.distance(2.35, 48.85), 0.0);
        // Lyon, south and east of it.
        close(paris.distance(4.835, 45.764), 384_500.0);
        // Straight north: a degree is 111.2 km.
        close(paris.distance(2.3, 49.9), 111_195.0);
        // The shorter way is over the antimeridian.
        let point = rectangle([179.5, 0.0, 179.5, 0.0]);
        close(point.distance(-179.5, 0.0), 111_195.0);
        // Far north the nearest point of a meridian is not the one at the same latitude.
        let strip = rectangle([0.0, 0.0, 0.0, 90.0]);
        assert!(strip.distance(90.0, 60.0) < great_circle((90.0, 60.0), (0.0, 60.0)));
    }
}
