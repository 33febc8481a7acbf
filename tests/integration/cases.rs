//! Small inputs that harvesters read wrongly (`cases` among what is shared), and what must come of each: skipped
//! where they are not at hand.
//!
//! A statement is a property and what its object begins with; `says` must be there, `never` must not, and
//! `finds` are findings: a code, and what its field begins with.

use moisson::config::PortalKind;
use moisson::harvest::{describe, prepared, settle};
use moisson::rdf::vocab::PREFIXES;
use moisson::source;

use crate::support::shared::folder;
use crate::support::with_recipe;

/// What must come of a file.
struct Case {
    file: &'static str,
    kind: PortalKind,
    says: &'static [&'static str],
    never: &'static [&'static str],
    finds: &'static [&'static str],
}

const fn case(kind: PortalKind, file: &'static str) -> Case {
    Case {
        file,
        kind,
        says: &[],
        never: &[],
        finds: &[],
    }
}

/// An entry of the EU's authority lists.
macro_rules! eu {
    ($property:literal, $entry:literal) => {
        concat!(
            $property,
            " <http://publications.europa.eu/resource/authority/",
            $entry,
            ">"
        )
    };
}

const ISO: &[Case] = &[
    Case {
        says: &["dcat:bbox \"POLYGON((1.31 49.4,3.28 49.4,3.28 50.5,1.31 50.5,1.31 49.4))\""],
        finds: &["geometry-invalid"],
        ..case(PortalKind::Csw, "csw/01-box-swapped.xml")
    },
    Case {
        says: &[
            "dct:relation <https://donnees.example.org/dataset/portail/aaaaaaaa-0000-4000-8000-000000000001>",
            "dcat:servesDataset <https://donnees.example.org/series/portail/aaaaaaaa-0000-4000-8000-000000000003>",
        ],
        never: &["dcat:inSeries"],
        ..case(PortalKind::Csw, "csw/02-ref-parent-dataset.xml")
    },
    Case {
        says: &[eu!("dct:license", "licence/ODC_BL")],
        ..case(PortalKind::Csw, "csw/03-licence-name-variants.xml")
    },
    Case {
        says: &[eu!("dct:license", "licence/CC_BY_4_0")],
        ..case(PortalKind::Csw, "csw/03b-licence-cc.xml")
    },
    Case {
        says: &[eu!("dct:accessRights", "access-right/PUBLIC")],
        never: &["dct:license"],
        ..case(PortalKind::Csw, "csw/04-german-access-as-licence.xml")
    },
    Case {
        says: &[
            eu!("dct:format", "file-type/SHP"),
            eu!("dct:format", "file-type/KML"),
            eu!("dct:format", "file-type/DWG"),
        ],
        ..case(PortalKind::Csw, "csw/05-several-formats-lost.xml")
    },
    Case {
        says: &[
            eu!("dct:format", "file-type/WFS_SRVC"),
            "dcat:endpointURL <https://a.example/wfs>",
        ],
        ..case(PortalKind::Csw, "csw/07-wfs-as-zip.xml")
    },
    Case {
        never: &["dcat:distribution"],
        ..case(PortalKind::Csw, "csw/08-own-metadata-as-download.xml")
    },
    Case {
        says: &[
            eu!("dct:license", "licence/ETALAB_2_0"),
            eu!("dct:accessRights", "access-right/PUBLIC"),
        ],
        ..case(PortalKind::Csw, "csw/09-service-restrictions-lost.xml")
    },
    Case {
        says: &["dct:title \"che-1\""],
        ..case(PortalKind::Csw, "csw/10-profile-root-refused.xml")
    },
    Case {
        says: &[
            "dct:title \"n-1\"",
            "dct:title \"n-2\"",
            "dct:title \"n-3\"",
        ],
        ..case(PortalKind::Csw, "csw/11-nested-list-one-of-three.xml")
    },
    Case {
        says: &["dct:date \"2010-01-01\"", "dct:date \"2011-01-01\""],
        finds: &["value-unknown", "value-unknown"],
        ..case(PortalKind::Csw, "csw/13-dates-without-type.xml")
    },
    Case {
        says: &["\"Immeuble Bleu\"", "\"4 avenue Rouge\"", "\"CS 12345\""],
        ..case(PortalKind::Csw, "csw/14-delivery-points.xml")
    },
    Case {
        says: &[
            "dcat:theme <http://inspire.ec.europa.eu/theme/gn>",
            "dcat:theme <http://inspire.ec.europa.eu/theme/ps>",
            eu!("dcat:theme", "data-theme/ENVI"),
        ],
        ..case(PortalKind::Csw, "csw/15-inspire-theme-german.xml")
    },
    Case {
        never: &["esri", "dcat:accessService"],
        ..case(PortalKind::Csw, "csw/16-rest-in-query.xml")
    },
    Case {
        says: &[eu!("dct:format", "file-type/KML"), "dcat:downloadURL"],
        ..case(PortalKind::Csw, "csw/17-kml-protocol.xml")
    },
    Case {
        says: &["dcat:endpointURL <https://a.example/maps/wms>"],
        never: &["dcat:landingPage <https://a.example/maps/wms"],
        ..case(PortalKind::Csw, "csw/19-capabilities-as-landing-page.xml")
    },
    Case {
        never: &["dcat:distribution"],
        ..case(PortalKind::Csw, "csw/20-pictures.xml")
    },
    Case {
        says: &[
            "dcat:endpointURL <https://a.example/wfs.cgi>",
            "dcat:endpointDescription <https://a.example/wfs.cgi",
        ],
        ..case(PortalKind::Csw, "csw/22-getcapabilities-operation.xml")
    },
    Case {
        says: &["dcat:byteSize \"213701\""],
        ..case(PortalKind::Csw, "csw/23-transfer-size.xml")
    },
    Case {
        says: &[
            "dct:title \"Zones de bruit pour la route\"",
            "dcat:keyword \"Eau potable\"",
        ],
        ..case(PortalKind::Csw, "csw/24-whitespace.xml")
    },
    Case {
        says: &["dct:title \"Country parks\"@en"],
        ..case(PortalKind::Csw, "csw/25-language-fallback.xml")
    },
    Case {
        says: &["foaf:page <https://a.example/doc>"],
        ..case(PortalKind::Csw, "csw/27-page-labels-lost.xml")
    },
    Case {
        says: &["rdf:type <http://www.w3.org/2006/vcard/ns#Individual>"],
        ..case(PortalKind::Csw, "csw/29-contact-person-class.xml")
    },
    Case {
        says: &["dcat:servesDataset <https://donnees.example.org/dataset/portail/"],
        ..case(PortalKind::Csw, "csw/csw-service-and-dataset.xml")
    },
    Case {
        finds: &["geometry-invalid"],
        ..case(PortalKind::Csw, "csw/iso-bbox-west-after-east.xml")
    },
    Case {
        says: &["rdf:type <http://www.w3.org/ns/dcat#DatasetSeries>"],
        ..case(PortalKind::Csw, "csw/iso-series.xml")
    },
];

mod others;

/// What is published of a file, as N-Triples, and what was found.
fn read(kind: PortalKind, body: &[u8]) -> (String, Vec<String>) {
    let split = (source::of(kind).split)(body, None).unwrap();
    with_recipe(kind, |recipe| {
        let records = split.records.iter();
        let mut described: Vec<_> = records
            .filter_map(|one| describe(recipe, one.collection, &one.payload).ok())
            .collect();
        settle(&mut described.iter_mut().collect::<Vec<_>>(), recipe);
        let (mut lines, mut findings) = (String::new(), Vec::new());
        for described in described {
            let prepared = prepared(Ok(described)).unwrap();
            assert_eq!(prepared.rejected, None);
            lines.extend(prepared.parts.iter().map(|part| part.body.text.as_str()));
            let told = prepared.findings.iter();
            findings.extend(told.map(|one| format!("{} {}", one.code.as_str(), one.field)));
        }
        (lines, findings)
    })
}

/// A statement as the lines have it.
fn expanded(statement: &str) -> String {
    let Some((property, object)) = statement.split_once(' ').or(Some((statement, ""))) else {
        return statement.to_owned();
    };
    let known = property.split_once(':').and_then(|(prefix, name)| {
        let (_, namespace) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
        Some(format!("<{namespace}{name}> {object}"))
    });
    known.unwrap_or_else(|| statement.to_owned())
}

/// What is wrong with what comes of a case.
fn faults(case: &Case) -> Vec<String> {
    let Some(folder) = folder("cases") else {
        return Vec::new();
    };
    let path = folder.join(case.file);
    let Ok(body) = std::fs::read(&path) else {
        return Vec::new();
    };
    let (lines, mut findings) = read(case.kind, &body);
    let mut faults = Vec::new();
    for statement in case.says {
        if !lines.contains(&expanded(statement)) {
            faults.push(format!("no {statement}"));
        }
    }
    for statement in case.never {
        if lines.contains(&expanded(statement)) {
            faults.push(format!("said: {statement}"));
        }
    }
    for finding in case.finds {
        match findings.iter().position(|found| found.starts_with(finding)) {
            Some(place) => drop(findings.swap_remove(place)),
            None => faults.push(format!("no finding {finding} but {findings:?}")),
        }
    }
    let told = |fault| format!("{}: {fault}", case.file);
    faults.into_iter().map(told).collect()
}

#[test]
fn what_is_told_of_each_comes_out() {
    let all = ISO.iter().chain(others::JSON).chain(others::OTHERS);
    let faults: Vec<String> = all.flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
