//! Takes the mapping tables out of the documentation of the kinds' modules, so that the program knows a
//! field by the row that tells people of it (`docs/SOURCES.md`, *The mapping tables*).
//!
//! `OUT_DIR/mapping.tsv` has a line for each path: kind, shape, path, and the shapes to which the row hands
//! what is below it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let kinds = Path::new("src/source/kind");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", kinds.display());
    let mut files = Vec::new();
    modules(kinds, &mut files)?;
    files.sort();
    let mut lines = String::new();
    for file in &files {
        let below = file.strip_prefix(kinds).unwrap_or(file);
        let kind = below.components().next().map_or_else(String::new, |first| {
            let first = Path::new(first.as_os_str()).with_extension("");
            first.display().to_string()
        });
        rows(&kind, &fs::read_to_string(file)?, &mut lines);
    }
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?;
    fs::write(Path::new(&folder).join("mapping.tsv"), lines)
}

/// The modules in a folder and below it.
fn modules(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            modules(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// Adds the rows of the tables in a module's documentation.
fn rows(kind: &str, text: &str, lines: &mut String) {
    let mut shape = None;
    for line in text.lines() {
        let Some(line) = line.strip_prefix("//!").map(str::trim) else {
            continue;
        };
        if let Some(heading) = line.strip_prefix("# ") {
            let named = heading.strip_prefix("Fields of `");
            let named = named.or_else(|| heading.strip_prefix("Left out of `"));
            shape = named.and_then(|name| name.strip_suffix('`'));
            continue;
        }
        let (Some(shape), Some(row)) = (shape, line.strip_prefix('|')) else {
            continue;
        };
        let (paths, about) = row.split_once('|').unwrap_or((row, ""));
        let handed = about.split("# Fields of `").skip(1);
        let handed: Vec<&str> = handed.filter_map(|part| part.split('`').next()).collect();
        // Between the backticks stands every second part.
        for path in paths.split('`').skip(1).step_by(2) {
            let _ = writeln!(lines, "{kind}\t{shape}\t{path}\t{}", handed.join("\t"));
        }
    }
}
