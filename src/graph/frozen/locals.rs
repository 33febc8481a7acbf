//! The terms that one query has beside those of the file: constants that no statement has, and what
//! expressions compute. Their identifiers lie above those of the file; equal terms have one.

use oxigraph::model::Term;
use rustc_hash::FxHashMap;

use super::error::FrozenError;
use super::{Frozen, Id};

/// The terms of one query.
#[derive(Debug, Default)]
pub struct Locals {
    ids: FxHashMap<Term, Id>,
    terms: Vec<Term>,
}

impl Locals {
    /// The identifier of a term: the file's, or one of this query's own.
    ///
    /// # Errors
    /// [`FrozenError::TooManyTerms`] where no identifier is left.
    pub fn intern(&mut self, file: &Frozen, term: Term) -> Result<Id, FrozenError> {
        if let Some(id) = self.ids.get(&term) {
            return Ok(*id);
        }
        if let Some(id) = file.known(&term) {
            self.ids.insert(term, id);
            return Ok(id);
        }
        let count = u64::try_from(self.terms.len()).unwrap_or(u64::MAX);
        let id = u32::try_from(u64::from(file.terms()).saturating_add(count))
            .ok()
            .filter(|id| *id < Id::MAX)
            .ok_or(FrozenError::TooManyTerms(count))?;
        self.terms.push(term.clone());
        self.ids.insert(term, id);
        Ok(id)
    }

    /// The term of an identifier of the file or of this query.
    ///
    /// # Errors
    /// [`FrozenError::Damaged`] where there is none.
    pub fn term(&self, file: &Frozen, id: Id) -> Result<Term, FrozenError> {
        match self.own(file, id) {
            Some(term) => Ok(term.clone()),
            None => file.term(id),
        }
    }

    /// The term of an identifier of this query; none for one of the file.
    #[must_use]
    pub fn own(&self, file: &Frozen, id: Id) -> Option<&Term> {
        let index = id.checked_sub(file.terms())?;
        self.terms.get(usize::try_from(index).ok()?)
    }
}
