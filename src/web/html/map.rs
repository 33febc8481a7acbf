//! A small map of the places that a dataset covers: shapes over coasts, borders and a graticule, as SVG
//! without styles.
//!
//! Plate carrée, true to scale at the middle latitude. There are no tiles: nothing is fetched.

use std::fmt::Write as _;

use super::outline::within;
use super::text::Language;
use crate::dcat::geometry::{Point, bounds, parts};
use crate::dcat::view::Place;

/// Width of the drawing in its own units; the style sheet scales it.
const WIDTH: f64 = 480.0;
/// Least and greatest height.
const HEIGHTS: (f64, f64) = (200.0, 420.0);
/// Most points drawn of one place; more are thinned out.
const MOST_POINTS: usize = 4_000;
/// The shortest step along a coast, in units of the drawing.
const LEAST_STEP: f64 = 2.0;
/// Most places drawn.
const MOST_PLACES: usize = 50;

/// A map, ready for its template.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Map {
    pub(super) width: String,
    pub(super) height: String,
    /// Paths of filled shapes.
    pub(super) shapes: Vec<String>,
    /// Centres of points, x and y.
    pub(super) points: Vec<(String, String)>,
    /// Coasts and borders, as one path.
    pub(super) land: String,
    /// The lines of the graticule.
    pub(super) graticule: Vec<Line>,
    /// West, south, east and north, in words.
    pub(super) extent: String,
}

/// A meridian or a parallel with its label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) path: String,
    pub(super) label: String,
    pub(super) x: String,
    pub(super) y: String,
}

impl Map {
    /// The map of what can be drawn; `None` where nothing can. The most precise shape that a place
    /// has stands for it: geometry, then box, then centre.
    pub(super) fn of(places: &[Place], language: Language) -> Option<Self> {
        let shapes: Vec<Vec<Point>> = places
            .iter()
            .take(MOST_PLACES)
            .flat_map(|place| {
                [&place.geometry, &place.bbox, &place.centroid]
                    .into_iter()
                    .flatten()
                    .map(|text| parts(text))
                    .find(|parts| !parts.is_empty())
                    .unwrap_or_default()
            })
            .collect();
        let covered = bounds(&shapes)?;
        let frame = Frame::around(covered);
        let (areas, points): (Vec<_>, Vec<_>) = shapes.iter().partition(|part| part.len() > 1);
        Some(Self {
            width: number(WIDTH),
            height: number(frame.height),
            shapes: areas.into_iter().map(|part| frame.path(part)).collect(),
            points: points
                .into_iter()
                .flatten()
                .take(MOST_POINTS)
                .map(|point| {
                    let (x, y) = frame.place(*point);
                    (number(x), number(y))
                })
                .collect(),
            land: frame.land(),
            graticule: frame.graticule(language),
            extent: in_words(covered, language),
        })
    }
}

/// The part of the world that the map shows.
struct Frame {
    west: f64,
    north: f64,
    east: f64,
    south: f64,
    height: f64,
    /// Units of the drawing per degree.
    per_longitude: f64,
    per_latitude: f64,
}

impl Frame {
    /// The box with air around it, widened to a pleasant ratio.
    fn around([west, south, east, north]: [f64; 4]) -> Self {
        let squeeze = south.midpoint(north).to_radians().cos().max(0.2);
        // A point gets some tenths of a degree around it.
        let across = ((east - west) * squeeze).max(0.05) * 1.3;
        let down = (north - south).max(0.05) * 1.3;
        let height = (WIDTH * down / across).clamp(HEIGHTS.0, HEIGHTS.1);
        let per_latitude = (WIDTH / across).min(height / down);
        let per_longitude = per_latitude * squeeze;
        let (middle_x, middle_y) = (west.midpoint(east), south.midpoint(north));
        Self {
            west: middle_x - WIDTH / per_longitude / 2.0,
            east: middle_x + WIDTH / per_longitude / 2.0,
            north: middle_y + height / per_latitude / 2.0,
            south: middle_y - height / per_latitude / 2.0,
            height,
            per_longitude,
            per_latitude,
        }
    }

    fn place(&self, (x, y): Point) -> Point {
        (
            (x - self.west) * self.per_longitude,
            (self.north - y) * self.per_latitude,
        )
    }

    fn path(&self, part: &[Point]) -> String {
        let step = part.len().div_ceil(MOST_POINTS).max(1);
        let mut path = String::new();
        let mut last = String::new();
        for point in part.iter().step_by(step) {
            let (x, y) = self.place(*point);
            let place = format!("{} {}", number(x), number(y));
            if place != last {
                let _ = write!(path, "{}{place}", if path.is_empty() { "M" } else { "L" });
                last = place;
            }
        }
        if part.len() > 2 && part.first() == part.last() {
            path.push('Z');
        }
        path
    }

    /// Coasts and borders, in steps that can be told apart; what is smaller than one is left out.
    fn land(&self) -> String {
        let mut path = String::new();
        let tenths = |value: f64| (value * 10.0).round() / 10.0;
        for line in within([self.west, self.south, self.east, self.north]) {
            let mut steps = String::new();
            let mut last: Option<Point> = None;
            let end = line.len().saturating_sub(1);
            for (at, point) in line.iter().enumerate() {
                let (x, y) = self.place(*point);
                let Some((before_x, before_y)) = last else {
                    let (x, y) = (tenths(x), tenths(y));
                    let _ = write!(steps, "M{} {}", number(x), number(y));
                    last = Some((x, y));
                    continue;
                };
                let (across, down) = (tenths(x - before_x), tenths(y - before_y));
                let is_long = across.abs() + down.abs() >= LEAST_STEP;
                // The next line goes on where this one ends.
                if is_long || (at == end && steps.contains('l')) {
                    let _ = write!(steps, "l{} {}", number(across), number(down));
                    last = Some((before_x + across, before_y + down));
                }
            }
            if steps.contains('l') {
                path.push_str(&steps);
            }
        }
        path
    }

    fn graticule(&self, language: Language) -> Vec<Line> {
        let step = step((self.east - self.west).min((self.north - self.south) * 2.0) / 4.0);
        let mut lines = Vec::new();
        for degrees in multiples(step, self.west, self.east) {
            let (x, _) = self.place((degrees, 0.0));
            lines.push(Line {
                path: format!("M{0} 0V{1}", number(x), number(self.height)),
                // What would be cut off at the edge is left out.
                label: if x < WIDTH - 70.0 {
                    meridian(degrees, language)
                } else {
                    String::new()
                },
                x: number(x + 4.0),
                y: number(self.height - 7.0),
            });
        }
        for degrees in multiples(step, self.south.max(-90.0), self.north.min(90.0)) {
            let (_, y) = self.place((0.0, degrees));
            lines.push(Line {
                path: format!("M0 {0}H{1}", number(y), number(WIDTH)),
                label: if (24.0..self.height - 28.0).contains(&y) {
                    parallel(degrees, language)
                } else {
                    String::new()
                },
                x: number(4.0),
                y: number(y - 5.0),
            });
        }
        lines
    }
}

/// The roundest step that is at least `least` degrees.
fn step(least: f64) -> f64 {
    [
        0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0,
    ]
    .into_iter()
    .find(|step| *step >= least)
    .unwrap_or(90.0)
}

/// The multiples of `step` strictly between two values.
fn multiples(step: f64, from: f64, to: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).floor() + 1.0;
    (0_u8..40)
        .map(move |at| (first + f64::from(at)) * step)
        .take_while(move |value| *value < to)
}

fn meridian(degrees: f64, language: Language) -> String {
    let side = if degrees < 0.0 {
        language.either("O", "W")
    } else {
        "E"
    };
    angle(degrees, side, language)
}

fn parallel(degrees: f64, language: Language) -> String {
    angle(degrees, if degrees < 0.0 { "S" } else { "N" }, language)
}

fn angle(degrees: f64, side: &str, language: Language) -> String {
    let number = number(degrees.abs()).replace('.', language.either(",", "."));
    if number == "0" {
        return "0°".to_owned();
    }
    format!("{number}°\u{a0}{side}")
}

fn in_words([west, south, east, north]: [f64; 4], language: Language) -> String {
    let pair = |one: String, other: String| {
        if one == other {
            one
        } else {
            format!("{one} – {other}")
        }
    };
    format!(
        "{} · {}",
        pair(parallel(south, language), parallel(north, language)),
        pair(meridian(west, language), meridian(east, language))
    )
}

/// At most two decimals, and no more than needed.
fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // No "-0" on a page.
    if rounded == 0.0 {
        "0".to_owned()
    } else {
        format!("{rounded}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(bbox: &str) -> Place {
        Place {
            bbox: Some(bbox.to_owned()),
            ..Place::default()
        }
    }

    #[test]
    fn a_box_is_drawn_inside_its_frame() {
        let map = Map::of(
            &[place("POLYGON((2 48,3 48,3 49,2 49,2 48))")],
            Language::Fr,
        )
        .unwrap();
        assert_eq!(map.shapes.len(), 1);
        assert!(
            map.shapes[0].starts_with('M') && map.shapes[0].ends_with('Z'),
            "{}",
            map.shapes[0]
        );
        let inside = |text: &str, most: f64| (0.0..=most).contains(&text.parse::<f64>().unwrap());
        let height: f64 = map.height.parse().unwrap();
        for corner in map.shapes[0].trim_matches(['M', 'Z']).split('L') {
            let (x, y) = corner.split_once(' ').unwrap();
            assert!(inside(x, WIDTH) && inside(y, height), "{corner}");
        }
        assert!(map.land.len() < 40_000, "{}", map.land.len());
        assert!(map.graticule.len() >= 3 && map.graticule.len() < 30);
        assert_eq!(
            map.extent,
            "48°\u{a0}N – 49°\u{a0}N · 2°\u{a0}E – 3°\u{a0}E"
        );
    }

    #[test]
    fn a_point_and_the_whole_world_can_be_drawn() {
        let point = Map::of(&[place("POINT(-1.5 47.21)")], Language::Fr).unwrap();
        assert_eq!((point.points.len(), point.shapes.len()), (1, 0));
        assert_eq!(point.extent, "47,21°\u{a0}N · 1,5°\u{a0}O");
        let world = place("POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))");
        let map = Map::of(&[world], Language::En).unwrap();
        assert!(!map.graticule.is_empty());
        assert!(
            (1_000..60_000).contains(&map.land.len()),
            "{}",
            map.land.len()
        );
        assert_eq!(Map::of(&[place("nowhere")], Language::En), None);
    }

    #[test]
    fn a_large_shape_is_thinned_out() {
        let ring: Vec<String> = (0..100_000)
            .map(|i| format!("{} {}", f64::from(i % 360) / 2.0, f64::from(i % 90)))
            .collect();
        let map = Map::of(
            &[place(&format!("POLYGON(({}))", ring.join(",")))],
            Language::En,
        )
        .unwrap();
        assert!(map.shapes[0].len() < MOST_POINTS * 15);
    }
}
