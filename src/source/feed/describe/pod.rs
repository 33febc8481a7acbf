//! Project Open Data's word for who may have the data (`accessLevel`,
//! <https://resources.data.gov/resources/dcat-us/#accessLevel>), which every dataset of a `data.json` says,
//! in that of DCAT-AP.
//!
//! What is `restricted public` or `non-public` is listed for its metadata, and must not look open. The word
//! itself stays; a record that states `dct:accessRights` has said more.

use oxigraph::model::Triple;

use crate::rdf::vocab::{dct, pod};

/// Adds the access rights to a record that states a level of access.
pub(super) fn translate(triples: &mut Vec<Triple>) {
    let is_stated = |triple: &Triple| triple.predicate == dct::ACCESS_RIGHTS;
    if triples.iter().any(is_stated) {
        return;
    }
    let levels = triples
        .iter()
        .filter(|triple| triple.predicate == pod::ACCESS_LEVEL && triple.object.is_literal());
    let rights: Vec<Triple> = levels
        .map(|level| {
            let property = dct::ACCESS_RIGHTS.into_owned();
            Triple::new(level.subject.clone(), property, level.object.clone())
        })
        .collect();
    triples.extend(rights);
}
