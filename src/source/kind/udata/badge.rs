//! Badges, which the portal's staff award, and what stands behind some of them: a law, or a kind of
//! data.
//!
//! `spd` is the *service public de la donnée*: data of reference that the law for a digital republic
//! (its article 14, now article L321-4 of the code of relations between the public and the
//! administration) has the State publish, and that decree 2017-331 lists. `sr` are statistical series
//! that the authority for official statistics recognises as of general interest, `sl` those that it
//! certifies; codes have no ELI and the recognition no text of its own, so they are statistical data.
//!
//! # Fields of `badge`
//!
//! | field | becomes |
//! |---|---|
//! | `kind` | of a dataset `hvd`, `inspire`, `spd`: `dcatap:applicableLegislation`; `sr`, `sl`: `dct:type`; of an organization `dct:type`; others are awards and contests of one portal, without meaning elsewhere |

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::payload::{Badge, List};
use crate::dcat::{Describe, HVD_LEGISLATION};
use crate::finding::Finding;
use crate::rdf::vocab::{dcatap, dct};

/// The INSPIRE directive.
const INSPIRE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/eli/dir/2007/2/oj");
/// The law for a digital republic, 2016-1321, whose article 14 makes the service public de la donnée.
const DIGITAL_REPUBLIC: NamedNodeRef<'_> = NamedNodeRef::new_unchecked(
    "https://www.legifrance.gouv.fr/eli/loi/2016/10/7/ECFI1524250L/jo/texte",
);
/// The decree on it, 2017-331.
const REFERENCE_DATA: NamedNodeRef<'_> = NamedNodeRef::new_unchecked(
    "https://www.legifrance.gouv.fr/eli/decret/2017/3/14/PRMJ1636987D/jo/texte",
);
/// The EU's type of dataset for official statistics.
const STATISTICAL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked(
    "http://publications.europa.eu/resource/authority/dataset-type/STATISTICAL",
);

/// The laws behind badges.
const LAWS: [(&str, NamedNodeRef<'_>); 4] = [
    ("hvd", HVD_LEGISLATION),
    ("inspire", INSPIRE),
    ("spd", DIGITAL_REPUBLIC),
    ("spd", REFERENCE_DATA),
];

/// The kinds of the badges that stand in `field`.
pub(super) fn kinds<'a>(
    badges: &'a List<Badge>,
    field: &str,
    findings: &mut Vec<Finding>,
) -> Vec<&'a str> {
    let badges: Vec<_> = badges.items(field, findings).collect();
    let kind = |(position, badge): (usize, &'a Badge)| {
        badge
            .kind
            .text(&format!("{field}[{position}].kind"), findings)
    };
    badges.into_iter().filter_map(kind).collect()
}

/// The laws that badges say something is published under.
pub(super) fn legislation(badges: &[&str]) -> Vec<NamedNode> {
    let awarded = LAWS.iter().filter(|(badge, _)| badges.contains(badge));
    awarded.map(|(_, law)| (*law).into_owned()).collect()
}

/// Writes laws as `dcatap:applicableLegislation`.
pub(super) fn tie(laws: &[NamedNode], about: &mut Describe<'_>) {
    for law in laws {
        about.link(dcatap::APPLICABLE_LEGISLATION, law.clone());
    }
}

/// Writes the kind of data that badges tell.
pub(super) fn types(badges: &[&str], about: &mut Describe<'_>) {
    if badges.contains(&"sr") || badges.contains(&"sl") {
        about.link(dct::TYPE, STATISTICAL.into_owned());
    }
}
