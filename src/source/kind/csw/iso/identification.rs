//! What identifies and tells of the data or the service: texts, dates, parties, keywords, extents.
//!
//! # Fields of `identification`
//!
//! | field | becomes |
//! |---|---|
//! | `citation` | see # Fields of `citation` |
//! | `abstract`, `purpose` | `dct:description`, `geodcat:purpose` |
//! | `supplementalInformation` | `rdfs:comment`; an address `foaf:page` |
//! | `credit`, `resourceMaintenance.maintenanceNote` | `rdfs:comment` |
//! | `status` | `adms:status` |
//! | `pointOfContact` | see [`super::party`], # Fields of `party` |
//! | `resourceMaintenance.maintenanceAndUpdateFrequency`, `resourceMaintenance.userDefinedMaintenanceFrequency` | `dct:accrualPeriodicity` |
//! | `graphicOverview.fileName`, `graphicOverview.linkage.linkage` | `foaf:depiction` |
//! | `resourceFormat` | the format of distributions, where no other is named: see [`super::format`], # Fields of `format` |
//! | `descriptiveKeywords` | see [`super::keyword`], # Fields of `keywords` |
//! | `resourceConstraints`, `restrictions` | see [`super::constraint`], # Fields of `constraints` |
//! | `aggregationInfo`, `associatedResource` | see [`super::relation`], # Fields of `relation` |
//! | `spatialRepresentationType` | `adms:representationTechnique` of distributions |
//! | `spatialResolution` | see [`super::resolution`], # Fields of `resolution` |
//! | `temporalResolution` | `dcat:temporalResolution` |
//! | `language`, `defaultLocale.language`, `otherLocale.language` | `dct:language` |
//! | `characterSet`, `defaultLocale.characterEncoding` | `cnt:characterEncoding` of distributions |
//! | `topicCategory` | `geodcat:topicCategory`, `dcat:theme` |
//! | `extent` | see [`super::extent`], # Fields of `extent` |
//!
//! # Left out of `identification`
//!
//! | field | why |
//! |---|---|
//! | `resourceMaintenance.dateOfNextUpdate`, `resourceMaintenance.maintenanceDate.*`, `resourceMaintenance.contact.*`, `resourceMaintenance.maintenanceScope.*`, `resourceMaintenance.updateScope.*`, `resourceMaintenance.updateScopeDescription.*` | when, by whom and of which part the next update is due |
//! | `resourceSpecificUsage.*` | what single users did with it, and their addresses |
//! | `graphicOverview.*` | what the picture is called, and its format |
//! | `abstract.characterString` | of a tool that writes XML by hand: no standard has it |
//! | `environmentDescription`, `processingLevel.*`, `additionalDocumentation.*` | how the producer works |
//! | `otherLocale.characterEncoding`, `defaultLocale.country`, `otherLocale.country` | of translations |
//! | `maintenanceAndUpdateFrequency.@codeSpace`, `status.@codeSpace`, `characterSet.@codeSpace`, `language.@codeSpace`, `spatialRepresentationType.@codeSpace`, `resourceMaintenance.maintenanceAndUpdateFrequency.@codeSpace`, `topicCategory.@codeSpace` | each of these lists of codes is one |
//! | `abstract.@href`, `purpose.@href`, `supplementalInformation.@href`, `credit.@href` | an address behind running text |
//! | `@href`, `@uuidref` | where an editor has its copy |
//!
//! # Fields of `citation`
//!
//! | field | becomes |
//! |---|---|
//! | `title`, `alternateTitle` | `dct:title`, `dct:alternative` |
//! | `date` | see [`super::date`], # Fields of `date` |
//! | `edition` | `dcat:version` |
//! | `identifier` | `dct:identifier`, `adms:identifier`: see [`super::identifier`], # Fields of `identifier` |
//! | `citedResponsibleParty` | see [`super::party`], # Fields of `party` |
//! | `onlineResource.linkage` | `foaf:page` |
//! | `otherCitationDetails` | `rdfs:comment` |
//!
//! # Left out of `citation`
//!
//! | field | why |
//! |---|---|
//! | `title.@href`, `alternateTitle.@href`, `edition.@href`, `otherCitationDetails.@href` | the page is among the links |
//! | `onlineResource.*` | what that page is called |
//! | `editionDate` | a date of the citation tells when |
//! | `presentationForm`, `collectiveTitle`, `ISBN`, `ISSN`, `series.*`, `graphic.*` | for lists of literature |

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::concept::Concept;
use super::element::Element;
use super::text::{Text, is_address};
use super::{Mentions, Record, date, extent, identifier, keyword, language, role};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{adms, dcat, dct, foaf, geodcat, rdfs};
use crate::source::value::duration;
use crate::source::value::markup::note_markup;

/// INSPIRE's list of topics, which is that of ISO 19115.
const TOPICS: &str = "http://inspire.ec.europa.eu/metadata-codelist/TopicCategory/";

/// ADMS' states of a resource.
const STATUS: &str = "http://purl.org/adms/status/";

/// Writes what identifies the resource.
pub(super) fn write(record: &Record<'_>, mentions: &mut Mentions, about: &mut Describe<'_>) {
    texts(record, about);
    identifier::write(record.root, &record.identifier, about);
    date::write(&record.root.all("identificationInfo.citation.date"), about);
    let parties = "identificationInfo.pointOfContact|identificationInfo.citation.citedResponsibleParty|distributionInfo.distributor.distributorContact";
    role::write(
        &record.root.all(parties),
        "pointOfContact",
        record,
        mentions,
        about,
    );
    keyword::write(record, about);
    codes(record, about);
    extent::write(record, about);
}

fn texts(record: &Record<'_>, about: &mut Describe<'_>) {
    let info = |way: &str| {
        Text::all(
            record.root,
            &format!("identificationInfo.{way}"),
            &record.locales,
        )
    };
    match info("citation.title").first() {
        Some(title) => title.write(dct::TITLE, about),
        None => about.find(
            Code::MissingProperty,
            "identificationInfo.citation.title",
            "published without title",
            "",
        ),
    }
    for (way, property) in [
        ("citation.alternateTitle", dct::ALTERNATIVE),
        ("abstract", dct::DESCRIPTION),
        ("purpose", geodcat::PURPOSE),
        ("credit", rdfs::COMMENT),
        ("citation.otherCitationDetails", rdfs::COMMENT),
        ("resourceMaintenance.maintenanceNote", rdfs::COMMENT),
    ] {
        for text in info(way) {
            for words in text.words() {
                note_markup(words, &text.element.path(), about);
            }
            text.write(property, about);
        }
    }
    for text in info("supplementalInformation") {
        match text.plain().filter(|words| is_address(words)) {
            Some(address) => {
                about.iri(foaf::PAGE, address, &text.element.path());
            }
            None => text.write(rdfs::COMMENT, about),
        }
    }
    for element in record
        .root
        .all("identificationInfo.citation.onlineResource.linkage")
    {
        about.iri(
            foaf::PAGE,
            element.value().unwrap_or_default(),
            &element.path(),
        );
    }
    let pictures = "identificationInfo.graphicOverview.fileName|identificationInfo.graphicOverview.linkage.linkage";
    for element in record.root.all(pictures) {
        about.iri(
            foaf::DEPICTION,
            element.value().unwrap_or_default(),
            &element.path(),
        );
    }
    if let Some(edition) = record.root.first("identificationInfo.citation.edition") {
        about.token(
            dcat::VERSION,
            edition.value().unwrap_or_default(),
            &edition.path(),
        );
    }
}

fn codes(record: &Record<'_>, about: &mut Describe<'_>) {
    let info = |way: &str| record.root.all(&format!("identificationInfo.{way}"));
    let mut languages = BTreeSet::new();
    for way in ["language", "defaultLocale.language", "otherLocale.language"] {
        for element in info(way) {
            if let Some(code) = element.code()
                && languages.insert(language::bare(code))
            {
                about.token(dct::LANGUAGE, language::bare(code), &element.path());
            }
        }
    }
    for element in info("topicCategory") {
        topic(element, record, about);
    }
    let ways = [
        "maintenanceAndUpdateFrequency",
        "userDefinedMaintenanceFrequency",
    ];
    let sent = ways
        .iter()
        .flat_map(|way| info(&format!("resourceMaintenance.{way}")));
    // DCAT-AP has one: the code, unless it is only in the producer's own words.
    let mut sent = sent.filter_map(|element| Some((element, element.code()?)));
    if let Some((element, code)) = sent.next() {
        about.token(dct::ACCRUAL_PERIODICITY, code, &element.path());
    }
    if let Some(element) = info("status").first() {
        status(*element, about);
    }
    for element in info("temporalResolution") {
        let text = element.value().unwrap_or_default();
        if let Some(literal) = duration::literal(text) {
            about.literal(dcat::TEMPORAL_RESOLUTION, literal);
            break;
        } else if !text.is_empty() {
            let message = "left out: it is no duration";
            about.find(Code::NumberInvalid, &element.path(), message, text);
        }
    }
}

fn topic(element: Element<'_>, record: &Record<'_>, about: &mut Describe<'_>) {
    let Some(code) = element.code() else {
        return;
    };
    let iri = format!("{TOPICS}{code}");
    if record.context.vocabularies.contains(&iri) {
        let iri = NamedNode::new_unchecked(iri);
        about.link(geodcat::TOPIC_CATEGORY, iri.clone());
        about.link(dcat::THEME, iri);
    } else {
        let message = "left out: the standard has no such topic";
        about.find(Code::ValueUnknown, &element.path(), message, code);
    }
}

fn status(element: Element<'_>, about: &mut Describe<'_>) {
    let name = match element.code() {
        None => return,
        Some("completed" | "final") => "Completed",
        Some("obsolete" | "deprecated" | "superseded" | "retired" | "notAccepted") => "Deprecated",
        Some(
            "underDevelopment" | "planned" | "required" | "proposed" | "tentative" | "pending",
        ) => "UnderDevelopment",
        Some("withdrawn") => "Withdrawn",
        // Going on, valid, in an archive: ADMS has no such states.
        Some(code) => {
            Concept::word(code, "MD_ProgressCode").write(adms::STATUS, about);
            return;
        }
    };
    about.link(
        adms::STATUS,
        NamedNode::new_unchecked(format!("{STATUS}{name}")),
    );
}
