//! Named queries: what their files say, and the library of them. What the server makes of them is `queries`.

mod library;
mod parameter;
mod query;

pub use library::{Library, LibraryError};
pub(super) use parameter::{Parameter, Type};
pub use query::Flaw;
pub(super) use query::{Named, Texts, Values, in_language};
