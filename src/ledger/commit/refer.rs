//! What records say of aliases is said of the records shown in their place: links lead somewhere, and a join
//! over `dcat:dataset` or `duv:refersTo` finds what there is. As it was said it stays in the origin graph.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};
use rusqlite::{OptionalExtension as _, params};

use super::{Commit, LedgerError, Said};
use crate::ledger::RecordNumber;
use crate::rdf::order::Line;
use crate::record::Set;

impl Commit<'_> {
    /// Notes which records a record's description names, as it was said.
    pub(super) fn refers(
        &self,
        record: RecordNumber,
        memberships: &[(Set, String)],
    ) -> Result<(), LedgerError> {
        let after: BTreeSet<&str> = memberships
            .iter()
            .filter(|(set, _)| *set == Set::Refers)
            .map(|(_, iri)| iri.as_str())
            .collect();
        let before: BTreeSet<String> = self
            .connection
            .prepare_cached("SELECT iri FROM reference WHERE record = ?1")?
            .query_map([record], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for iri in before.iter().filter(|iri| !after.contains(iri.as_str())) {
            self.connection
                .prepare_cached("DELETE FROM reference WHERE iri = ?1 AND record = ?2")?
                .execute(params![iri, record])?;
        }
        for iri in after.iter().filter(|iri| !before.contains(**iri)) {
            self.connection
                .prepare_cached("INSERT INTO reference (iri, record) VALUES (?1, ?2)")?
                .execute(params![iri, record])?;
        }
        Ok(())
    }

    /// The records whose descriptions name `iri`.
    pub(super) fn referrers(&self, iri: &str) -> Result<Vec<RecordNumber>, LedgerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT record FROM reference WHERE iri = ?1")?;
        let rows = statement.query_map([iri], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Makes a description speak of the records shown where it speaks of aliases; a statement that would
    /// then be of the record about itself goes. Also the sets that it then puts its record into.
    pub(super) fn relate(
        &self,
        iri: &NamedNode,
        said: Said,
        memberships: Vec<(Set, String)>,
    ) -> Result<(Said, Vec<(Set, String)>), LedgerError> {
        let mut shown = BTreeMap::new();
        for (set, named) in &memberships {
            if *set == Set::Refers
                && let Some(canonical) = self.shown_for(named)?
            {
                shown.insert(named.clone(), canonical);
            }
        }
        if shown.is_empty() {
            return Ok((said, memberships));
        }
        let (related, before) = relate(self.read(said.digest)?, iri, &shown);
        let mut origin = said
            .origin
            .map(|origin| self.read(origin))
            .transpose()?
            .unwrap_or_default();
        origin.extend(before);
        let memberships = (self.rules.memberships)(iri, &related);
        let digest = self.write(iri, &related)?.digest;
        let origin = if origin.is_empty() {
            None
        } else {
            Some(self.write(iri, &origin)?.digest)
        };
        Ok((Said { digest, origin }, memberships))
    }

    /// The record that is shown in the place of `iri`, if that is an alias.
    fn shown_for(&self, iri: &str) -> Result<Option<NamedNode>, LedgerError> {
        let canonical: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT c.iri FROM record r JOIN same s ON s.record = r.id AND s.to_seq IS NULL
                 JOIN record c ON c.id = s.canonical WHERE r.iri = ?1",
            )?
            .query_row([iri], |row| row.get(0))
            .optional()?;
        canonical
            .map(NamedNode::new)
            .transpose()
            .map_err(|error| LedgerError::Unexpected(error.to_string()))
    }
}

/// Replaces aliases in the objects of a description: what it says now, and what it had said instead.
fn relate(
    triples: Vec<Triple>,
    iri: &NamedNode,
    shown: &BTreeMap<String, NamedNode>,
) -> (Vec<Triple>, Vec<Triple>) {
    let (mut related, mut before) = (BTreeSet::new(), Vec::new());
    for triple in triples {
        let canonical = match &triple.object {
            Term::NamedNode(object) => shown.get(object.as_str()),
            _ => None,
        };
        let Some(canonical) = canonical else {
            related.insert(Line(triple));
            continue;
        };
        let now = Triple::new(
            triple.subject.clone(),
            triple.predicate.clone(),
            canonical.clone(),
        );
        if canonical != iri || now.subject != NamedOrBlankNode::from(iri.clone()) {
            related.insert(Line(now));
        }
        // The origin graph has no blank nodes.
        if triple.subject.is_named_node() {
            before.push(triple);
        }
    }
    let related = related.into_iter().map(|Line(triple)| triple);
    (related.collect(), before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::{dcat, dct};

    #[test]
    fn a_topic_of_both_records_lists_the_one_shown_once_and_a_record_is_not_related_to_itself() {
        let node = |name: &str| NamedNode::new_unchecked(format!("https://e.org/{name}"));
        let shown = BTreeMap::from([("https://e.org/alias".to_owned(), node("canonical"))]);
        let topic = vec![
            Triple::new(node("topic"), dcat::DATASET, node("alias")),
            Triple::new(node("topic"), dcat::DATASET, node("canonical")),
        ];
        let (related, before) = relate(topic.clone(), &node("topic"), &shown);
        assert_eq!(
            (related.as_slice(), before.as_slice()),
            (&topic[1..], &topic[..1])
        );

        let own = vec![Triple::new(node("canonical"), dct::RELATION, node("alias"))];
        let (related, before) = relate(own.clone(), &node("canonical"), &shown);
        assert_eq!((related, before), (Vec::new(), own));
    }
}
