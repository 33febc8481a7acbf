//! <https://resources.data.gov/resources/dcat-us/>

use oxigraph::model::NamedNodeRef;

/// `pod:accessLevel`
pub const ACCESS_LEVEL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("https://project-open-data.cio.gov/v1.1/schema#accessLevel");
