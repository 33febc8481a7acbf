//! References from one record to another: by identifier (`uuidref`), or by an address (`xlink:href`).
//!
//! An identifier is that of a record in the same catalogue, of whatever kind that turns out to be
//! ([`Reference`]). An address is mostly that of a record in a catalogue, and has the identifier in it;
//! where it is of the same host, that counts. Any other address is kept as it is.

use oxigraph::model::NamedNode;
use url::Url;

use super::super::question;
use super::Record;
use super::element::Element;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::record::{Kind, Reference};

/// Parameters of requests that name a record.
const PARAMETERS: [&str; 3] = ["id", "uuid", "fileidentifier"];

/// The dataset that an element refers to; `None` where it refers to nothing.
pub(super) fn to(
    element: Element<'_>,
    record: &Record<'_>,
    about: &mut Describe<'_>,
) -> Option<NamedNode> {
    if let Some(identifier) = element.attribute("uuidref") {
        return Some(of_identifier(identifier, Kind::Dataset, record));
    }
    let address = element.attribute("href")?;
    let identifier = in_address(address, record.context.root);
    if address.starts_with('#') {
        about.find(
            Code::FieldUnreadable,
            &element.path(),
            "left out: it refers to a part of another document",
            address,
        );
        return None;
    }
    let address = about.clean_iri(address, &element.path())?;
    let identifier = identifier.as_deref().unwrap_or(address.as_str());
    Some(of_address(
        identifier,
        address.as_str(),
        Kind::Dataset,
        record,
    ))
}

/// A reference to whatever has an address of its own: a record that is called by it, or else the address.
pub(super) fn of_address(
    identifier: &str,
    address: &str,
    kind: Kind,
    record: &Record<'_>,
) -> NamedNode {
    Reference::new(record.context.portal, kind, identifier, address).iri()
}

/// A reference to a record of the same catalogue, which is likely to be of a kind.
pub(super) fn of_identifier(identifier: &str, kind: Kind, record: &Record<'_>) -> NamedNode {
    let address = question::by_id(record.context.root, record.namespace(), identifier);
    of_address(identifier, address.as_str(), kind, record)
}

/// The identifier of a record of the catalogue at `root` in an address.
fn in_address(address: &str, root: &Url) -> Option<String> {
    let url = Url::parse(address).ok()?;
    if url.host_str() != root.host_str() {
        return None;
    }
    let mut parameters = url.query_pairs();
    let parameter = parameters.find(|(name, value)| {
        PARAMETERS.contains(&name.to_lowercase().as_str()) && !value.is_empty()
    });
    if let Some((_, value)) = parameter {
        return Some(value.into_owned());
    }
    let mut segments = url.path_segments()?;
    segments.find(|segment| *segment == "records")?;
    segments
        .next()
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifier_is_found_in_addresses_of_the_same_catalogue() {
        let root = Url::parse("https://geo.example/geonetwork/srv/fre/csw").unwrap();
        for (address, expected) in [
            (
                "https://geo.example/csw?service=CSW&request=GetRecordById&ID=a%201",
                Some("a 1"),
            ),
            (
                "https://geo.example/geonetwork/srv/api/records/a-1/formatters/xml?approved=true",
                Some("a-1"),
            ),
            ("https://geo.example/geonetwork?uuid=a", Some("a")),
            ("https://geo.example/geonetwork", None),
            ("https://other.example/csw?id=a", None),
            ("Please enter a valid url", None),
            ("#MD_DataIdentification", None),
        ] {
            assert_eq!(in_address(address, &root).as_deref(), expected, "{address}");
        }
    }
}
