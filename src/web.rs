//! What the server answers over HTTP. It reads snapshots and the ledger, and writes nothing.

pub mod html;
