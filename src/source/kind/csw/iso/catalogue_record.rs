//! What a record says of itself, on its dcat:CatalogRecord.
//!
//! The dates of the catalogue record are those of this catalogue, and are the ledger's. What the
//! portal's own record says of itself, when it was last changed, in which standard and which
//! character set it is, stands on the document that the catalogue record was derived from: a
//! `prov:wasDerivedFrom` without IRI, since nobody may speak for the portal's addresses. The address
//! of that document, a `GetRecordById`, is the `dct:source`, as for every source.
//!
//! # Fields of `records`
//!
//! | field | becomes |
//! |---|---|
//! | `fileIdentifier`, `metadataIdentifier.code` | the IRI, `dct:identifier`, `dct:source` |
//! | `language`, `defaultLocale.language` | `dct:language`, and the language of texts |
//! | `locale.languageCode`, `otherLocale.language` | the languages of translations |
//! | `dateStamp` | `dct:modified` of the document |
//! | `dateInfo.date`, `dateInfo.dateType` | the same, and `dct:created` of the catalogue record |
//! | `characterSet`, `defaultLocale.characterEncoding` | `cnt:characterEncoding` of the document |
//! | `metadataStandardName`, `metadataStandard.title`, `metadataProfile.title` | `dct:conformsTo` of the document: a dct:Standard |
//! | `metadataStandardVersion`, `metadataStandard.edition` | `dcat:version` of that standard |
//! | `contact` | who is asked about the record, `dcat:contactPoint` and the like: see [`super::party`], # Fields of `party` |
//! | `metadataConstraints` | `dct:rights`, `dct:license` and `dct:accessRights` of the catalogue record: see [`super::constraint`], # Fields of `constraints` |
//! | `metadataLinkage.linkage` | `foaf:page` of the catalogue record |
//!
//! # Left out of `records`
//!
//! | field | why |
//! |---|---|
//! | `metadataIdentifier.codeSpace`, `metadataIdentifier.authority.*`, `metadataIdentifier.description`, `metadataIdentifier.version` | catalogues name records by the code alone |
//! | `metadataMaintenance.*` | how the record is kept, and when it will be looked at again |
//! | `metadataExtensionInfo.*` | how the producer's profile extends the standard |
//! | `metadataLinkage.*`, `metadataStandard.*`, `metadataProfile.*`, `alternativeMetadataReference.*` | more about these documents |
//! | `metadataStandardName.@href`, `metadataStandard.title.@href` | the standard's page |
//! | `locale.characterEncoding`, `otherLocale.characterEncoding`, `locale.country`, `otherLocale.country`, `defaultLocale.country` | texts have one encoding, and are looked for by language |
//! | `language.@codeSpace`, `characterSet.@codeSpace`, `locale.languageCode.@codeSpace`, `locale.characterEncoding.@codeSpace`, `dateInfo.dateType.@codeSpace`, `hierarchyLevel.@codeSpace`, `metadataScope.resourceScope.@codeSpace` | each of these lists of codes is one |

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::constraint::Constraints;
use super::distribution::encodings;
use super::element::Element;
use super::online::{Behind, Online};
use super::text::Text;
use super::{Mentions, Record, date, distribution, language, role};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, foaf, prov};
use crate::source::kind::csw::question;

/// The profile that the catalogue record says the description follows.
const PROFILE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("https://semiceu.github.io/DCAT-AP/releases/3.0.1/");

/// Writes the catalogue record.
pub(super) fn write(record: &Record<'_>, mentions: &mut Mentions, about: &mut Describe<'_>) {
    let base = record.context.base;
    let mut entry = about.about(base.catalogue_record(&record.id), dcat::CATALOG_RECORD);
    entry
        .link(foaf::PRIMARY_TOPIC, record.iri.clone())
        .link(dct::CONFORMS_TO, PROFILE.into_owned())
        .link(dct::SOURCE, address(record))
        .token(dct::IDENTIFIER, &record.identifier, "fileIdentifier");
    for element in record.root.all("language|defaultLocale.language") {
        if let Some(code) = element.code() {
            entry.token(dct::LANGUAGE, language::bare(code), &element.path());
        }
    }
    let contacts = record.root.all("contact");
    role::write(&contacts, "pointOfContact", record, mentions, &mut entry);
    let constraints = Constraints::read("metadataConstraints", record);
    constraints.write_access(&mut entry);
    constraints.write_rights(&mut entry);
    constraints.write_stated_licence(&mut entry);
    for element in record.root.all("metadataLinkage.linkage") {
        entry.iri(
            foaf::PAGE,
            element.value().unwrap_or_default(),
            &element.path(),
        );
    }
    for link in distribution::links(record) {
        if let Some(online) = Online::read(link, record)
            && online.behind == Behind::Record
        {
            entry.iri(foaf::PAGE, online.address, &online.linkage.path());
        }
    }
    document(record, &mut entry);
}

/// Writes what the portal's document says of itself.
fn document(record: &Record<'_>, entry: &mut Describe<'_>) {
    let dates = record.root.all("dateInfo");
    if let Some((element, created)) = date::of_kind(&dates, &["creation"]) {
        entry.date(dct::CREATED, created, &element.path());
    }
    let mut document = entry.node(prov::WAS_DERIVED_FROM, prov::ENTITY);
    if let Some((element, stamp)) = stamp(record.root) {
        document.date(dct::MODIFIED, stamp, &element.path());
    } else {
        document.find(
            Code::FieldUnreadable,
            "dateStamp",
            "the record has no date",
            "",
        );
    }
    encodings(
        "characterSet|defaultLocale.characterEncoding",
        record.root,
        &mut document,
    );
    let names = "metadataStandardName|metadataStandard.title|metadataProfile.title";
    let versions = record
        .root
        .first("metadataStandardVersion|metadataStandard.edition");
    for (position, name) in Text::all(record.root, names, &record.locales)
        .iter()
        .enumerate()
    {
        let mut standard = document.node(dct::CONFORMS_TO, dct::STANDARD);
        name.write_name(dct::TITLE, &mut standard);
        if let Some(version) = versions.filter(|_| position == 0) {
            standard.token(
                dcat::VERSION,
                version.value().unwrap_or_default(),
                &version.path(),
            );
        }
    }
}

/// When the record was last changed, as it is written.
pub(super) fn stamp(record: Element<'_>) -> Option<(Element<'_>, &str)> {
    let written = record.first("dateStamp");
    let written = written.and_then(|element| Some((element, element.value()?)));
    written.or_else(|| {
        let dates = record.all("dateInfo");
        date::of_kind(
            &dates,
            &[
                "revision",
                "lastUpdate",
                "lastRevision",
                "publication",
                "creation",
                // Without type.
                "",
            ],
        )
    })
}

/// Where the portal has the record.
fn address(record: &Record<'_>) -> NamedNode {
    let url = question::by_id(record.context.root, record.namespace(), &record.identifier);
    NamedNode::new_unchecked(url.as_str())
}
