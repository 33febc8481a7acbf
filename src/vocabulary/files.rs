//! The files of `vocabularies/`, compiled in.

use super::alignment::Alignment;

macro_rules! authority {
    ($($name:literal)*) => {
        /// The SKOS schemes as (name, Turtle).
        pub(super) const AUTHORITY: &[(&str, &str)] = &[$((
            $name,
            include_str!(concat!("../../vocabularies/authority/", $name, ".ttl")),
        )),*];
    };
}

macro_rules! matches {
    ($($alignment:ident $name:literal)*) => {
        /// The alignments as (alignment, name, CSV).
        pub(super) const MATCH: &[(Alignment, &str, &str)] = &[$((
            Alignment::$alignment,
            $name,
            include_str!(concat!("../../vocabularies/match/", $name, ".csv")),
        )),*];
    };
}

authority! {
    "access-condition"
    "access-limitation"
    "access-right"
    "applicable-legislation"
    "checksum-algorithm"
    "country"
    "data-theme"
    "dataset-type"
    "distribution-status"
    "distribution-type"
    "file-type"
    "frequency"
    "hvd-category"
    "inspire-theme"
    "language"
    "licence"
    "licence-type"
    "media-type"
    "planned-availability"
    "publisher-type"
    "status"
    "topic-category"
}

matches! {
    Format "format"
    MediaType "media-type"
    Licence "licence"
    Frequency "frequency"
    Language "language"
    AccessRight "access-right"
    AccessLimitation "access-limitation"
    AccessCondition "access-condition"
    HvdCategory "hvd-category"
    Theme "theme"
    InspireTheme "inspire-theme"
    Country "country"
    Availability "planned-availability"
    Checksum "checksum"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn names_in(folder: &str, extension: &str) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("vocabularies")
            .join(folder);
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                assert_eq!(path.extension().unwrap(), extension, "{}", path.display());
                path.file_stem().unwrap().to_str().unwrap().to_owned()
            })
            .collect()
    }

    #[test]
    fn every_file_of_the_folders_is_compiled_in() {
        let authority: BTreeSet<_> = AUTHORITY
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        assert_eq!(authority, names_in("authority", "ttl"));
        let matches: BTreeSet<_> = MATCH
            .iter()
            .map(|(_, name, _)| (*name).to_owned())
            .collect();
        assert_eq!(matches, names_in("match", "csv"));
    }

    #[test]
    fn every_alignment_has_one_file() {
        assert!(
            MATCH
                .iter()
                .map(|(alignment, ..)| *alignment)
                .eq(Alignment::ALL)
        );
    }

    #[test]
    fn every_scheme_file_states_origin_date_and_licence() {
        for (name, turtle) in AUTHORITY {
            let header: String = turtle
                .lines()
                .take_while(|line| line.starts_with('#'))
                .collect();
            for word in ["Origin: ", "Compiled ", "Licence: "] {
                assert!(header.contains(word), "{name} lacks {word}");
            }
        }
    }
}
