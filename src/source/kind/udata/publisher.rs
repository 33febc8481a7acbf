//! Who answers for a record: an organization, else the person who owns it.

use super::agent;
use super::payload::{Organization, User};
use crate::finding::Finding;
use crate::source::contract::{Context, Part, Role};
use crate::source::value::field::Field;

/// The agent as a part of the description, to be led to by its graph's IRI. `None` where there is
/// neither, or without identifier.
pub(super) fn read(
    organization: &Field<Organization>,
    owner: &Field<User>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    if let Some(stub) = organization.read("organization", findings) {
        return mention(stub, "organization", context, findings);
    }
    agent::person(owner.read("owner", findings)?, context, findings)
}

/// The stub of an organization, which stands in `field`, as a part of the description. `None` where it
/// has no identifier.
pub(super) fn mention(
    stub: &Organization,
    field: &str,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    // What is odd about a stub is found where the organization itself is described, once.
    let mut odd = Vec::new();
    let part = agent::organization(stub, Role::Mention, field, context, &mut odd);
    if part.is_none() {
        findings.extend(odd);
    }
    part
}
