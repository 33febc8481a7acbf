//! Badges, which the portal's staff award, and the laws that stand behind some of them.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::payload::{Badge, List};
use crate::dcat::{Describe, HVD_LEGISLATION};
use crate::finding::Finding;
use crate::rdf::vocab::dcatap;

/// The INSPIRE directive.
const INSPIRE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/eli/dir/2007/2/oj");

/// The kinds of the badges that stand in `field`.
pub(super) fn kinds<'a>(
    badges: &'a List<Badge>,
    field: &str,
    findings: &mut Vec<Finding>,
) -> Vec<&'a str> {
    badges
        .items(field, findings)
        .filter_map(|(_, badge)| badge.kind.peek_text())
        .collect()
}

/// The laws that badges say something is published under.
pub(super) fn legislation(badges: &[&str]) -> Vec<NamedNode> {
    [("hvd", HVD_LEGISLATION), ("inspire", INSPIRE)]
        .into_iter()
        .filter(|(badge, _)| badges.contains(badge))
        .map(|(_, law)| law.into_owned())
        .collect()
}

/// Writes laws as `dcatap:applicableLegislation`.
pub(super) fn tie(laws: &[NamedNode], about: &mut Describe<'_>) {
    for law in laws {
        about.link(dcatap::APPLICABLE_LEGISLATION, law.clone());
    }
}
