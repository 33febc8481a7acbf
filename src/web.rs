//! The server: negotiation, the SPARQL endpoint and the workers behind it. It writes nothing.

pub mod negotiate;
pub mod sparql;
pub mod workers;
