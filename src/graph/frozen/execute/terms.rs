//! The terms of one query: those of the file and those that only the query has, by their ids.

use std::cell::RefCell;
use std::rc::Rc;

use oxigraph::model::Term;
use oxigraph::sparql::QueryEvaluationError;
use spareval::ExpressionTerm;

use super::Stop;
use crate::graph::frozen::{Frozen, FrozenError, Id, Locals};

/// A file and the terms that a query adds to it; equal terms have one id.
#[derive(Clone)]
pub(super) struct Terms<'a> {
    pub(super) file: &'a Frozen,
    pub(super) locals: Rc<RefCell<Locals>>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(file: &'a Frozen) -> Self {
        Self {
            file,
            locals: Rc::new(RefCell::new(Locals::default())),
        }
    }

    /// The id of a term.
    pub(super) fn intern(&self, term: Term) -> Result<Id, Stop> {
        Ok(self.locals.borrow_mut().intern(self.file, term)?)
    }

    /// The term of an id.
    pub(super) fn term(&self, id: Id) -> Result<Term, Stop> {
        Ok(self.locals.borrow().term(self.file, id)?)
    }

    /// The value of an id.
    pub(super) fn value(&self, id: Id) -> Result<ExpressionTerm, Stop> {
        if id < self.file.terms() {
            return Ok(self.file.expression_term(id)?);
        }
        Ok(self.term(id)?.into())
    }
}

impl From<FrozenError> for Stop {
    fn from(error: FrozenError) -> Self {
        Self::Failed(QueryEvaluationError::Dataset(Box::new(error)))
    }
}
