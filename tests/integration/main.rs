//! Behaviour at the seams a user sees, one module a behaviour.

mod sparql;
