//! The named queries that there are: ours and the operator's.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::query::{Flaw, Named};

/// The longest file of a query, in bytes.
const LONGEST: u64 = 100_000;

/// A named query, and its file.
macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../queries/public/", $name, ".rq")))),*]
    };
}

/// Those that come with Moisson.
const SHIPPED: &[(&str, &str)] = shipped![
    "about-a-place",
    "data-services",
    "datasets-by-month",
    "datasets-of-a-publisher",
    "dead-links",
    "dead-links-by-publisher",
    "duplicates-across-portals",
    "formats",
    "formats-over-time",
    "harvests",
    "high-value-coverage",
    "high-value-datasets",
    "high-value-without-api",
    "keywords",
    "languages",
    "largest-files",
    "latest-datasets",
    "licences",
    "licences-by-place",
    "most-reused",
    "most-viewed",
    "not-public",
    "one-dataset",
    "original-values",
    "places",
    "portals",
    "publisher-types",
    "publishers",
    "publishers-without-contact",
    "series",
    "stale-datasets",
    "themes",
    "without-contact",
    "without-licence",
    "words-in-titles",
];

/// The named queries, by name.
#[derive(Debug, Default)]
pub struct Library {
    queries: BTreeMap<String, Named>,
}

/// A named query that cannot be offered.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// The file says what cannot be used.
    #[error("the query {}: {flaw}", .file.display())]
    Flaw {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// The folder or the file cannot be read.
    #[error("the query {} cannot be read: {source}", .file.display())]
    File {
        /// The file or folder.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is longer than a query is.
    #[error("the query {} has more than {LONGEST} bytes", .0.display())]
    Long(PathBuf),
}

impl Library {
    /// Those that come with Moisson, and those of a folder; and what is wrong with the others.
    #[must_use]
    pub fn open(folder: Option<&Path>) -> (Self, Vec<LibraryError>) {
        let mut library = Self::default();
        let mut errors = Vec::new();
        for (name, text) in SHIPPED {
            let file = || Path::new("queries/public").join(format!("{name}.rq"));
            library.add(name, text, file(), &mut errors);
        }
        if let Some(folder) = folder {
            library.add_folder(folder, &mut errors);
        }
        (library, errors)
    }

    fn add_folder(&mut self, folder: &Path, errors: &mut Vec<LibraryError>) {
        let failed = |file: &Path| {
            let file = file.to_owned();
            |source| LibraryError::File { file, source }
        };
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return errors.push(failed(folder)(error)),
        };
        let files = entries.filter_map(|entry| {
            let path = entry.ok()?.path();
            path.extension()
                .is_some_and(|one| one == "rq")
                .then_some(path)
        });
        for file in files {
            let Some(name) = file.file_stem().and_then(|name| name.to_str()) else {
                let flaw = Flaw::Name;
                errors.push(LibraryError::Flaw { file, flaw });
                continue;
            };
            match file.metadata() {
                Ok(metadata) if metadata.len() > LONGEST => errors.push(LibraryError::Long(file)),
                Ok(_) => match std::fs::read_to_string(&file) {
                    Ok(text) => self.add(name, &text, file.clone(), errors),
                    Err(error) => errors.push(failed(&file)(error)),
                },
                Err(error) => errors.push(failed(&file)(error)),
            }
        }
    }

    fn add(&mut self, name: &str, text: &str, file: PathBuf, errors: &mut Vec<LibraryError>) {
        match Named::read(name, text) {
            Ok(named) => {
                self.queries.insert(name.to_owned(), named);
            }
            Err(flaw) => errors.push(LibraryError::Flaw { file, flaw }),
        }
    }

    pub(in crate::web) fn get(&self, name: &str) -> Option<&Named> {
        self.queries.get(name)
    }

    /// All of them, by name.
    pub(in crate::web) fn all(&self) -> impl Iterator<Item = &Named> {
        self.queries.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_that_comes_with_moisson_can_be_offered_and_no_file_is_forgotten() {
        let (library, errors) = Library::open(None);
        assert!(errors.is_empty(), "{errors:?}");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/public");
        let files = std::fs::read_dir(folder).unwrap();
        let mut files: Vec<String> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let mut known: Vec<String> = library
            .all()
            .map(|one| format!("{}.rq", one.name))
            .collect();
        known.sort();
        assert_eq!(files, known);
        for named in library.all() {
            for language in ["en", "fr"] {
                let told = [&named.title, &named.description];
                let parameters = named.parameters.iter().map(|(_, one)| &one.title);
                for texts in told.into_iter().chain(parameters) {
                    assert!(texts.contains_key(language), "{} in {language}", named.name);
                }
            }
        }
    }

    #[test]
    fn a_folder_adds_and_replaces_and_what_is_wrong_in_it_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
        write("mine.rq", b"#+ title.en = \"Mine\"\nASK {}");
        write("bad.rq", b"ASK {}");
        write("Bad name.rq", b"#+ title.en = \"Mine\"\nASK {}");
        write("bytes.rq", &[0xFF]);
        write("long.rq", &vec![b'#'; 100_001]);
        write("notes.txt", b"none");
        let (library, errors) = Library::open(Some(folder.path()));
        assert!(library.get("mine").is_some());
        assert_eq!(errors.len(), 4, "{errors:?}");
        let (_, errors) = Library::open(Some(Path::new("/nowhere")));
        assert_eq!(errors.len(), 1);
    }
}
