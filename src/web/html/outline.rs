//! Coasts and borders behind what a map shows, out of a file in the program: no tile is ever fetched.

use std::sync::LazyLock;

use crate::dcat::geometry::{Point, bounds};

const FILE: &str = include_str!("../assets/outline.txt");

/// A part of a coast or a border.
pub(super) struct Stroke {
    /// West, south, east and north of it.
    bounds: [f64; 4],
    points: Vec<Point>,
}

static STROKES: LazyLock<Vec<Stroke>> =
    LazyLock::new(|| FILE.lines().filter_map(Stroke::read).collect());

impl Stroke {
    fn read(line: &str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let (mut x, mut y) = (0_i32, 0_i32);
        let mut points = Vec::new();
        for step in line.split(',') {
            let (across, up) = step.split_once(' ')?;
            x += across.parse::<i32>().ok()?;
            y += up.parse::<i32>().ok()?;
            points.push((f64::from(x) / 100.0, f64::from(y) / 100.0));
        }
        Some(Self {
            bounds: bounds(std::slice::from_ref(&points))?,
            points,
        })
    }
}

/// The lines that cross the box `[west, south, east, north]`, each as long as it stays near it.
pub(super) fn within(frame: [f64; 4]) -> Vec<&'static [Point]> {
    let mut lines = Vec::new();
    for stroke in STROKES.iter().filter(|stroke| meet(stroke.bounds, frame)) {
        let (mut start, mut end) = (0, 0);
        for (at, pair) in stroke.points.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let around = [
                one.0.min(other.0),
                one.1.min(other.1),
                one.0.max(other.0),
                one.1.max(other.1),
            ];
            if meet(around, frame) {
                if end != at + 1 {
                    lines.extend(stroke.points.get(start..end));
                    start = at;
                }
                end = at + 2;
            }
        }
        lines.extend(stroke.points.get(start..end));
    }
    lines.retain(|line| line.len() > 1);
    lines
}

fn meet(one: [f64; 4], other: [f64; 4]) -> bool {
    let [west, south, east, north] = one;
    west <= other[2] && other[0] <= east && south <= other[3] && other[1] <= north
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_on_earth() {
        let lines = FILE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(STROKES.len(), lines);
        for stroke in STROKES.iter() {
            let [west, south, east, north] = stroke.bounds;
            assert!(west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0);
        }
    }

    #[test]
    fn brittany_has_a_coast_and_the_ocean_none() {
        let brittany = within([-5.2, 47.5, -2.0, 49.0]);
        assert!(brittany.iter().map(|line| line.len()).sum::<usize>() > 10);
        assert!(within([-32.0, 44.0, -31.0, 45.0]).is_empty());
        // What is far away is left out of the lines.
        for line in brittany {
            for pair in line.windows(2) {
                let near = |point: &Point| (-12.0..5.0).contains(&point.0);
                assert!(pair.iter().any(near), "{pair:?}");
            }
        }
    }
}
