//! Keywords: free words, and terms of thesauri as themes.
//!
//! A term with an address behind it (Anchor) is the concept of that address. Moisson may say nothing
//! about such a concept, not even its label, so the words of the term are a `dcat:keyword` as well; so
//! are those of terms without address, which are a skos:Concept in a scheme of the thesaurus' name. As a
//! theme such a concept has an IRI, which the shapes of DCAT-AP want: the dataset's with a fragment, since
//! no other record may be its owner.
//! Terms of INSPIRE's themes are known by their label in any language, those of the list of high-value
//! datasets by address or, in that thesaurus, by label; whoever names a category of the regulation's
//! list means the regulation. A place is not a theme: it is `dct:spatial`.
//!
//! # Fields of `keywords`
//!
//! | field | becomes |
//! |---|---|
//! | `keyword` | `dcat:keyword`; of a thesaurus also `dcat:theme`, `dcatap:hvdCategory`, `geodcat:serviceCategory`, `dct:spatial` |
//! | `keyword.@href` | the IRI of that; `dcatap:applicableLegislation` |
//! | `type` | whether it is a place |
//! | `thesaurusName.title`, `thesaurusName.title.@href` | `skos:inScheme` of terms without address, and which list it is |
//! | `thesaurusName.date.date`, `thesaurusName.date.dateType` | `dct:issued` of that scheme |
//! | `thesaurusName.identifier.code`, `thesaurusName.identifier.code.@href` | which list it is |
//!
//! # Left out of `keywords`
//!
//! | field | why |
//! |---|---|
//! | `thesaurusName.*` | more about the thesaurus, for its publisher to say |
//! | `keyword.@title`, `type.@codeSpace`, `keywordClass.*` | remarks of the editor |
//! | `@href`, `@uuidref` | where an editor has its copy |

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::Record;
use super::element::Element;
use super::text::{Text, is_address};
use super::thesaurus::{List, Thesaurus};
use crate::dcat::{Describe, HVD_LEGISLATION, is_hvd_legislation};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dcatap, dct, geodcat, skos};
use crate::record::{Key, Kind};
use crate::vocabulary::{Alignment, Vocabularies};

/// INSPIRE's list of categories of services.
const SERVICE_CATEGORY: &str =
    "http://inspire.ec.europa.eu/metadata-codelist/SpatialDataServiceCategory/";

/// The laws that a record names in its keywords, in their order.
pub(super) fn laws(record: &Record<'_>) -> Vec<NamedNode> {
    let vocabularies = record.context.vocabularies;
    let mut laws = Vec::new();
    let mut add = |law: &str| {
        let law = NamedNode::new_unchecked(law);
        if !laws.contains(&law) {
            laws.push(law);
        }
    };
    for group in record.root.all("identificationInfo.descriptiveKeywords") {
        let thesaurus = Thesaurus::read(group, record);
        for keyword in Text::all(group, "keyword", &record.locales) {
            let address = keyword.address().unwrap_or_default();
            if is_hvd_legislation(address) || keyword.words().any(is_hvd_legislation) {
                add(HVD_LEGISLATION.as_str());
            } else if is_legislation(address, vocabularies) {
                add(&address.replacen("https://", "http://", 1));
            } else if is_category(&keyword, &thesaurus, vocabularies) {
                add(HVD_LEGISLATION.as_str());
            }
        }
    }
    laws
}

/// Whether an address is that of a law of the EU in our list.
fn is_legislation(address: &str, vocabularies: &Vocabularies) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    rest.starts_with("data.europa.eu/eli/") && vocabularies.contains(&format!("http://{rest}"))
}

fn is_category(keyword: &Text<'_>, thesaurus: &Thesaurus<'_>, vocabularies: &Vocabularies) -> bool {
    let known = |text: &str| vocabularies.align(Alignment::HvdCategory, text).is_some();
    match keyword.address() {
        Some(address) => known(address),
        None => thesaurus.list == List::HighValue && keyword.words().any(known),
    }
}

/// Writes the keywords of what a record describes.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    for group in record.root.all("identificationInfo.descriptiveKeywords") {
        let thesaurus = Thesaurus::read(group, record);
        let keywords = Text::all(group, "keyword", &record.locales);
        if keywords.is_empty() && group.attribute("href").is_some() {
            let message = "left out: the keywords are only referred to";
            let address = group.attribute("href").unwrap_or_default();
            about.find(Code::FieldUnreadable, &group.path(), message, address);
        }
        let kind = group.first("type").and_then(Element::code);
        for keyword in keywords {
            one(&keyword, kind, &thesaurus, record, about);
        }
    }
}

fn one(
    keyword: &Text<'_>,
    kind: Option<&str>,
    thesaurus: &Thesaurus<'_>,
    record: &Record<'_>,
    about: &mut Describe<'_>,
) {
    let vocabularies = record.context.vocabularies;
    let field = keyword.element.path();
    let address = keyword.address();
    if address.is_some_and(|address| is_legislation(address, vocabularies)) {
        // The law is written with the others: see `laws`.
        words(keyword, about);
        return;
    }
    words(keyword, about);
    if is_category(keyword, thesaurus, vocabularies) {
        if let Some(address) = address {
            about.token(dcatap::HVD_CATEGORY, address, &field);
        } else if let Some(word) = keyword.words().find(|word| category(word, vocabularies)) {
            about.token(dcatap::HVD_CATEGORY, word, &field);
        }
        return;
    }
    if let Some(theme) = inspire_theme(keyword, thesaurus, vocabularies) {
        about.link(dcat::THEME, theme);
        return;
    }
    if record.level.kind == Kind::Service
        && let Some(category) = service_category(keyword, thesaurus)
    {
        about.link(geodcat::SERVICE_CATEGORY, category);
        return;
    }
    let property = if kind == Some("place") {
        dct::SPATIAL
    } else {
        dcat::THEME
    };
    match address {
        Some(address) => {
            about.iri(property, address, &field);
        }
        None if thesaurus.is_named() => term(keyword, property, thesaurus, record, about),
        None => {}
    }
}

fn category(word: &str, vocabularies: &Vocabularies) -> bool {
    vocabularies.align(Alignment::HvdCategory, word).is_some()
}

/// Writes the words of a keyword; an address is none.
fn words(keyword: &Text<'_>, about: &mut Describe<'_>) {
    if keyword.words().any(|word| !is_address(word)) {
        keyword.write(dcat::KEYWORD, about);
    }
}

fn inspire_theme(
    keyword: &Text<'_>,
    thesaurus: &Thesaurus<'_>,
    vocabularies: &Vocabularies,
) -> Option<NamedNode> {
    let aligned = |text: &str| vocabularies.align(Alignment::InspireTheme, text);
    // GEMET has the themes at addresses of its own, by the same codes.
    let of_gemet = |address: &str| {
        let (_, code) = address.rsplit_once("inspire-theme/")?;
        aligned(code)
    };
    let address = keyword.address();
    let by_address = address.and_then(|address| aligned(address).or_else(|| of_gemet(address)));
    let is_listed = thesaurus.list == List::InspireThemes;
    let theme = by_address.or_else(|| {
        let mut words = keyword.words().filter(|_| is_listed);
        words.find_map(aligned)
    });
    theme.map(NamedNodeRef::into_owned)
}

/// The category of a service: by its address, or by its code in the list that the regulation on
/// metadata has.
fn service_category(keyword: &Text<'_>, thesaurus: &Thesaurus<'_>) -> Option<NamedNode> {
    let code = match keyword.address() {
        Some(address) => {
            let address = address.replacen("https://", "http://", 1);
            address.strip_prefix(SERVICE_CATEGORY)?.to_owned()
        }
        None if thesaurus.list == List::ServiceCategories => keyword.plain()?.to_owned(),
        None => return None,
    };
    let is_code = code.starts_with(|c: char| c.is_ascii_lowercase())
        && code.bytes().all(|b| b.is_ascii_alphanumeric());
    is_code.then(|| NamedNode::new_unchecked(format!("{SERVICE_CATEGORY}{code}")))
}

/// Writes a term without address. A place needs no name of its own; a theme has an IRI in DCAT-AP.
fn term(
    keyword: &Text<'_>,
    property: NamedNodeRef<'static>,
    thesaurus: &Thesaurus<'_>,
    record: &Record<'_>,
    about: &mut Describe<'_>,
) {
    let mut concept = if property == dct::SPATIAL {
        about.node(property, dct::LOCATION)
    } else {
        let says = format!(
            "{}\n{}",
            thesaurus.title(),
            keyword.plain().unwrap_or_default()
        );
        let iri = format!("{}#{}", record.iri.as_str(), Key::hashed(&says));
        about.resource(property, &NamedNode::new_unchecked(iri), skos::CONCEPT)
    };
    keyword.write(skos::PREF_LABEL, &mut concept);
    thesaurus.write(record, &mut concept);
}
