//! <https://spdx.org/rdf/terms/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://spdx.org/rdf/terms#";
/// `spdx:Checksum`
pub const CHECKSUM_CLASS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#Checksum");
/// `spdx:checksum`
pub const CHECKSUM: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#checksum");
/// `spdx:algorithm`
pub const ALGORITHM: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#algorithm");
/// `spdx:checksumValue`
pub const CHECKSUM_VALUE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#checksumValue");
/// `spdx:ChecksumAlgorithm`
pub const CHECKSUM_ALGORITHM: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://spdx.org/rdf/terms#ChecksumAlgorithm");
