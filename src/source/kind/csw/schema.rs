//! The output schemas of catalogue services, and which one is asked for.
//!
//! Where the configuration names none, ISO comes before DCAT. A catalogue keeps ISO records; every other
//! form is made from them on the way out, by style sheets of the server's version. GeoNetwork's DCAT has
//! one licence where the record has three constraints, boxes as GeoJSON only, no conformity, no locales
//! before version 4.4, and IRIs of the machine behind the proxy (`http://localhost:8080/…`, in versions 3
//! and early 4). What is kept of a record is what was sent: from ISO, a mapping that has learnt more
//! describes it again without a request.
//!
//! Of the two ISO standards, 19139 comes first: most records are kept in it, INSPIRE's guidelines are
//! written for it, and for those 19115-3 is a conversion. A catalogue of 19115-3 records is better asked
//! with `output_schema`. Of the DCAT ones, `GeoDCAT-AP` says the most; the schema `…dcat#` is the oldest.
//! Dublin Core comes last: every service has it, and it says little.

use super::scan::Tag;

/// A schema that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Schema {
    /// Its name in requests. A `#` stands as it is in a body, and as `%23` in an address.
    pub(super) iri: &'static str,
    /// The types that are asked for with it, the first that a service knows.
    pub(super) types: &'static [&'static str],
    /// What the records in it are.
    pub(super) family: Family,
}

/// What a record is, by its root element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// ISO 19139 or ISO 19115-3.
    Iso,
    /// RDF/XML.
    Rdf,
    /// csw:Record and its shorter forms.
    DublinCore,
}

impl Family {
    /// What a record's root element says. A profile has an element of its own for the record that it
    /// specialises, and says so by its name (`che:CHE_MD_Metadata`) or by `gco:isoType`.
    pub(super) fn of(root: &Tag<'_>) -> Option<Self> {
        let is_iso = |name: &str| {
            let mut classes = ["MD_Metadata", "MI_Metadata"].into_iter();
            classes.any(|class| {
                let rest = name.strip_suffix(class);
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(['_', ':']))
            })
        };
        match root.local() {
            "RDF" => Some(Self::Rdf),
            "Record" | "SummaryRecord" | "BriefRecord" => Some(Self::DublinCore),
            local if is_iso(local) => Some(Self::Iso),
            _ => {
                let base = root.attribute("isoType");
                base.is_some_and(|base| is_iso(&base)).then_some(Self::Iso)
            }
        }
    }

    /// Its name for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Iso => "ISO 19139 or 19115-3",
            Self::Rdf => "RDF/XML",
            Self::DublinCore => "Dublin Core",
        }
    }
}

const GMD: &[&str] = &["gmd:MD_Metadata", "csw:Record"];
const MDB: &[&str] = &["mdb:MD_Metadata", "gmd:MD_Metadata", "csw:Record"];

/// The schemas that are known, the best first.
pub(super) const SCHEMAS: [Schema; 12] = [
    iso("http://www.isotc211.org/2005/gmd", GMD),
    iso("http://www.isotc211.org/2005/gmi", GMD),
    iso("http://standards.iso.org/iso/19115/-3/mdb/2.0", MDB),
    iso("http://standards.iso.org/iso/19115/-3/mdb/1.0", MDB),
    rdf("http://data.europa.eu/930/"),
    rdf("http://data.europa.eu/930/#semiceu"),
    rdf("http://data.europa.eu/r5r/"),
    rdf("https://semiceu.github.io/DCAT-AP/releases/2.2.0-hvd/"),
    rdf("https://w3id.org/mobilitydcat-ap"),
    rdf("http://www.w3.org/ns/dcat#core"),
    rdf("http://www.w3.org/ns/dcat#"),
    Schema {
        iri: "http://www.opengis.net/cat/csw/2.0.2",
        types: &["csw:Record"],
        family: Family::DublinCore,
    },
];

const fn iso(iri: &'static str, types: &'static [&'static str]) -> Schema {
    Schema {
        iri,
        types,
        family: Family::Iso,
    }
}

const fn rdf(iri: &'static str) -> Schema {
    Schema {
        iri,
        types: GMD,
        family: Family::Rdf,
    }
}

/// The best of the schemas that a service lists; ISO 19139 where it lists none that is known.
pub(super) fn best(listed: &[String]) -> Schema {
    let [default, ..] = SCHEMAS;
    SCHEMAS
        .into_iter()
        .find(|schema| listed.iter().any(|iri| iri == schema.iri))
        .unwrap_or(default)
}

/// A schema that is known by this name.
pub(super) fn named(iri: &str) -> Option<Schema> {
    SCHEMAS.into_iter().find(|schema| schema.iri == iri)
}

/// Which of a schema's types to ask for, of those that a service lists.
pub(super) fn type_of(types: &'static [&'static str], listed: &[String]) -> &'static str {
    types
        .iter()
        .copied()
        .find(|name| listed.iter().any(|listed| listed == name))
        // Without a list, what GeoNetwork and pycsw take.
        .or_else(|| types.iter().copied().find(|name| !name.starts_with("mdb:")))
        .unwrap_or("csw:Record")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(iris: &[&str]) -> Vec<String> {
        iris.iter().map(|iri| (*iri).to_owned()).collect()
    }

    #[test]
    fn iso_comes_before_dcat_and_dublin_core_last() {
        for (offered, expected) in [
            (
                &[
                    "http://www.opengis.net/cat/csw/2.0.2",
                    "http://www.w3.org/ns/dcat#",
                    "http://www.isotc211.org/2005/gmd",
                ][..],
                "http://www.isotc211.org/2005/gmd",
            ),
            (
                &[
                    "http://data.europa.eu/930/",
                    "http://standards.iso.org/iso/19115/-3/mdb/2.0",
                ],
                "http://standards.iso.org/iso/19115/-3/mdb/2.0",
            ),
            (
                &[
                    "http://www.w3.org/ns/dcat#",
                    "http://data.europa.eu/930/",
                    "http://data.europa.eu/r5r/",
                ],
                "http://data.europa.eu/930/",
            ),
            (
                &["http://www.opengis.net/cat/csw/2.0.2"],
                "http://www.opengis.net/cat/csw/2.0.2",
            ),
            (
                &["urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"],
                "http://www.isotc211.org/2005/gmd",
            ),
            (&[], "http://www.isotc211.org/2005/gmd"),
        ] {
            assert_eq!(best(&listed(offered)).iri, expected);
        }
    }

    #[test]
    fn the_type_fits_the_schema_and_the_service() {
        assert_eq!(
            type_of(MDB, &listed(&["csw:Record", "mdb:MD_Metadata"])),
            "mdb:MD_Metadata"
        );
        assert_eq!(
            type_of(MDB, &listed(&["csw:Record", "gmd:MD_Metadata"])),
            "gmd:MD_Metadata"
        );
        assert_eq!(type_of(MDB, &[]), "gmd:MD_Metadata");
        assert_eq!(type_of(GMD, &listed(&["csw:Record"])), "csw:Record");
        assert_eq!(type_of(&["csw:Record"], &[]), "csw:Record");
    }
}
