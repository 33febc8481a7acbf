//! Tags: keywords as they are, and of some of them themes and HVD categories.

use std::collections::BTreeSet;

use super::payload::List;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dcatap};
use crate::source::contract::Context;

/// Writes the tags, sent in `tags`: as keywords as they are, and as themes and (with the badge `hvd`)
/// HVD categories for normalisation to keep the few that a vocabulary knows.
pub(super) fn describe(
    tags: &List<String>,
    badges: &[&str],
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    for tag in &distinct(tags, about) {
        about.text(dcat::KEYWORD, tag, context.language, "tags");
        about.token(dcat::THEME, tag, "tags");
        if badges.contains(&"hvd") {
            about.token(dcatap::HVD_CATEGORY, tag, "tags");
        }
    }
}

/// The tags, white space put in order, one of those that differ only in case: the first.
fn distinct(tags: &List<String>, about: &mut Describe<'_>) -> Vec<String> {
    let (mut seen, mut kept, mut dropped) = (BTreeSet::new(), Vec::new(), Vec::new());
    for (_, sent) in tags.items("tags", about.findings()) {
        let tag = sent.split_whitespace().collect::<Vec<_>>().join(" ");
        if !tag.is_empty() && seen.insert(tag.to_lowercase()) {
            kept.push(tag);
        } else {
            dropped.push(tag);
        }
    }
    if !dropped.is_empty() {
        about.find(
            Code::TextCleaned,
            "tags",
            "left out: empty, or a repetition but for case and white space",
            &dropped.join(", "),
        );
    }
    kept
}
