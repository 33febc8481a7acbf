//! Constraints of a record, told apart into licence, access rights and other rights.
//!
//! Records have them in texts, codes and addresses, in fields whose meaning hardly any catalogue keeps.
//! So each is told by what it says before by where it stands:
//!
//! - a licence that the vocabulary knows, by name, by address, or inside a text, is `dct:license` wherever
//!   it stands; a text around it is a statement of rights as well; a short text that names one without
//!   its version is its title;
//! - what INSPIRE, the EU or others list as a limitation of access is `dct:accessRights`;
//! - any other address is a licence among conditions of use (`useLimitation`, `otherConstraints` beside
//!   `useConstraints`), and a statement of rights otherwise;
//! - any other text is a statement of rights, `dct:rights`.
//!
//! "No conditions apply" is INSPIRE's condition of that name, which the published mapping has as licence.
//! Of the codes, `otherRestrictions` only says that there is a text; those of access that the EU has a
//! word for are access rights, as are classifications but `unclassified`, which opens nothing; the others
//! are statements of rights.
//!
//! # Fields of `constraints`
//!
//! | field | becomes |
//! |---|---|
//! | `useLimitation`, `otherConstraints`, `reference.title` | `dct:license`, `dct:accessRights` or `dct:rights` |
//! | `useLimitation.@href`, `otherConstraints.@href`, `reference.title.@href`, `reference.onlineResource.linkage` | the same, by their address |
//! | `accessConstraints`, `useConstraints` | what a text beside them is about; `dct:accessRights`, `dct:rights` |
//! | `classification` | `dct:accessRights` |
//!
//! # Left out of `constraints`
//!
//! | field | why |
//! |---|---|
//! | `classificationSystem`, `handlingDescription`, `userNote` | for those who handle classified data |
//! | `accessConstraints.@codeSpace`, `useConstraints.@codeSpace` | the list of codes is one |
//! | `constraintApplicationScope.*`, `graphic.*`, `responsibleParty.*`, `releasability.*`, `reference.*` | more of a constraint than a text can say |
//! | `@href`, `@uuidref` | where an editor has its copy |

use oxigraph::model::NamedNodeRef;

use super::Record;
use super::element::Element;
use super::text::{Text, is_address};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::dct;
use crate::vocabulary::{Alignment, Vocabularies};

/// INSPIRE's list of limitations on public access.
const LIMITATIONS: &str = "://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/";

/// Where a record has the constraints of what it describes. A service has them in `restrictions` in the
/// schema of ISO 19119.
pub(super) const OF_RESOURCE: &str =
    "identificationInfo.resourceConstraints|identificationInfo.restrictions";

/// INSPIRE's list of conditions of access and use.
const CONDITIONS: &str =
    "http://inspire.ec.europa.eu/metadata-codelist/ConditionsApplyingToAccessAndUse/";

/// The longest text (bytes) that may be the title of a licence.
const LONGEST_TITLE: usize = 120;

/// What a constraint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Concern {
    Access,
    Use,
}

/// The constraints of a record, told apart. Each may apply to several resources.
#[derive(Debug)]
pub(super) struct Constraints<'a> {
    licences: Vec<(String, String)>,
    access: Vec<(String, String)>,
    /// Addresses of statements of rights.
    addresses: Vec<(String, String)>,
    texts: Vec<Text<'a>>,
    /// Codes that say something by themselves.
    codes: Vec<(String, String)>,
    vocabularies: &'a Vocabularies,
}

impl<'a> Constraints<'a> {
    /// Reads the constraints at the end of a way.
    pub(super) fn read(ways: &str, record: &Record<'a>) -> Self {
        let mut read = Self {
            licences: Vec::new(),
            access: Vec::new(),
            addresses: Vec::new(),
            texts: Vec::new(),
            codes: Vec::new(),
            vocabularies: record.context.vocabularies,
        };
        for element in record.root.all(ways) {
            for class in element.classes() {
                read.class(class, record);
            }
        }
        // Of conditions, "none apply" says less than any licence.
        let is_licence = |value: &(String, String)| !value.0.starts_with(CONDITIONS);
        if read.licences.iter().any(is_licence) {
            read.licences.retain(is_licence);
        }
        read
    }

    /// One set of constraints: `MD_Constraints`, `MD_LegalConstraints` or `MD_SecurityConstraints`.
    fn class(&mut self, class: Element<'a>, record: &Record<'a>) {
        let access = class.all("accessConstraints");
        let usage = class.all("useConstraints");
        let concern = if usage.is_empty() && !access.is_empty() {
            Concern::Access
        } else {
            Concern::Use
        };
        for element in access {
            self.code(element, Concern::Access);
        }
        for element in usage {
            self.code(element, Concern::Use);
        }
        for text in Text::all(class, "useLimitation", &record.locales) {
            self.text(text, Concern::Use);
        }
        for text in Text::all(class, "otherConstraints|reference.title", &record.locales) {
            self.text(text, concern);
        }
        for element in class.all("reference.onlineResource.linkage") {
            if let Some(address) = element.value() {
                self.address(address, concern, &element.path());
            }
        }
        for element in class.all("classification") {
            let word = match element.code() {
                Some(
                    "restricted"
                    | "limitedDistribution"
                    | "sensitiveButUnclassified"
                    | "forOfficialUseOnly",
                ) => "restricted",
                Some("confidential") => "confidential",
                Some("secret" | "topSecret") => "non-public",
                _ => continue,
            };
            push(&mut self.access, word, &element.path());
        }
    }

    fn code(&mut self, element: Element<'a>, concern: Concern) {
        let Some(code) = element.code() else {
            return;
        };
        if code == "otherRestrictions" {
            return;
        }
        let field = element.path();
        if concern == Concern::Access && align(Alignment::AccessRight, code, self.vocabularies) {
            push(&mut self.access, code, &field);
        } else {
            push(&mut self.codes, code, &field);
        }
    }

    fn text(&mut self, text: Text<'a>, concern: Concern) {
        let vocabularies = self.vocabularies;
        let is_licence = |text: &str| align(Alignment::Licence, text, vocabularies);
        let field = text.element.path();
        if let Some(address) = text.address() {
            let known = self.address(address, concern, &field);
            // Words around an unknown address say what it is.
            if known || text.plain().is_none_or(is_address) {
                return;
            }
            self.texts.push(text);
            return;
        }
        let words: Vec<&str> = text
            .words()
            .map(|word| word.trim_end_matches('.').trim())
            .collect();
        if let Some(licence) = words.iter().find(|word| vocabularies.is_licence(word)) {
            push(&mut self.licences, licence, &field);
            return;
        }
        let limits = |word: &&&str| {
            let says_access = word.to_lowercase().contains("acc");
            vocabularies.says_access(word)
                || align(Alignment::AccessRight, word, vocabularies)
                    && (concern == Concern::Access || says_access)
        };
        if let Some(right) = words.iter().find(limits) {
            push(&mut self.access, right, &field);
            return;
        }
        let condition = |word: &&str| vocabularies.align(Alignment::AccessCondition, word);
        if let Some(condition) = words.iter().find_map(condition) {
            push(&mut self.licences, condition.as_str(), &field);
            return;
        }
        if let Some(licence) = words.iter().find(|word| is_licence(word)) {
            push(&mut self.licences, licence, &field);
        } else if let Some(licence) = words.iter().find(|word| names_licence(word, vocabularies)) {
            push(&mut self.licences, licence, &field);
            return;
        }
        self.texts.push(text);
    }

    /// Sorts an address in; says whether it is known to some list.
    fn address(&mut self, address: &str, concern: Concern, field: &str) -> bool {
        let trimmed = address.trim_end_matches('/');
        if address.contains(LIMITATIONS)
            || align(Alignment::AccessRight, address, self.vocabularies)
        {
            push(&mut self.access, address, field);
            return true;
        }
        if align(Alignment::Licence, address, self.vocabularies) {
            push(&mut self.licences, address, field);
            return true;
        }
        if trimmed
            .replacen("https://", "http://", 1)
            .starts_with(CONDITIONS)
        {
            push(&mut self.licences, address, field);
            return true;
        }
        match concern {
            Concern::Use => push(&mut self.licences, address, field),
            Concern::Access => push(&mut self.addresses, address, field),
        }
        false
    }

    /// Writes the access rights.
    pub(super) fn write_access(&self, about: &mut Describe<'_>) {
        write_all(&self.access, dct::ACCESS_RIGHTS, about);
    }

    /// Writes the licences that the record states.
    pub(super) fn write_stated_licence(&self, about: &mut Describe<'_>) {
        write_all(&self.licences, dct::LICENSE, about);
    }

    /// Writes the licences, else the one that the operator assumes.
    pub(super) fn write_licence(&self, record: &Record<'_>, about: &mut Describe<'_>) {
        self.write_stated_licence(about);
        if let Some(assumed) = self.assumed(record) {
            write_one(assumed, dct::LICENSE, "resourceConstraints", about);
        }
    }

    /// The licence that the operator assumes of records that state none.
    fn assumed<'c>(&self, record: &Record<'c>) -> Option<&'c str> {
        record.context.licence.filter(|_| self.licences.is_empty())
    }

    /// Notes that a licence is assumed.
    pub(super) fn find_assumed(&self, record: &Record<'_>, about: &mut Describe<'_>) {
        if let Some(licence) = self.assumed(record) {
            let message = "taken from the portal's configuration";
            about.find(
                Code::LicenceAssumed,
                "resourceConstraints",
                message,
                licence,
            );
        }
    }

    /// Writes the other rights.
    pub(super) fn write_rights(&self, about: &mut Describe<'_>) {
        for text in &self.texts {
            text.write(dct::RIGHTS, about);
        }
        write_all(&self.codes, dct::RIGHTS, about);
        write_all(&self.addresses, dct::RIGHTS, about);
    }
}

fn push(list: &mut Vec<(String, String)>, value: &str, field: &str) {
    if !list.iter().any(|(known, _)| known == value) {
        list.push((value.to_owned(), field.to_owned()));
    }
}

fn write_all(
    values: &[(String, String)],
    property: NamedNodeRef<'static>,
    about: &mut Describe<'_>,
) {
    for (value, field) in values {
        write_one(value, property, field, about);
    }
}

fn write_one(value: &str, property: NamedNodeRef<'static>, field: &str, about: &mut Describe<'_>) {
    if is_address(value) {
        about.iri(property, value, field);
    } else {
        about.token(property, value, field);
    }
}

fn align(alignment: Alignment, text: &str, vocabularies: &Vocabularies) -> bool {
    vocabularies.align(alignment, text).is_some()
}

/// Whether a text is short and names a licence, be it without version: a title, rather than terms.
fn names_licence(text: &str, vocabularies: &Vocabularies) -> bool {
    text.len() <= LONGEST_TITLE && vocabularies.licence(text).is_some()
}
