//! Persons and organizations of a record: who they are, and how they are told from others.
//!
//! ISO 19139 has one class for a party (an organization, a person and a position in it), 19115-3 has
//! organizations with individuals in them: both are read into one.
//!
//! A party that states an address of itself in a register (ROR, ORCID, an anchor) is that. Any other
//! organization is told by its name alone, since its offices have e-mail addresses of their own; a person
//! or a contact by its names and its e-mail address, which together are what records repeat. As a contact
//! it is a vcard:Kind, a vcard:Individual where a person is named; in any other role it is a foaf:Agent,
//! an organization where one is named.
//! Persons are agents in the roles that a person has: who wrote data is not who owns them.
//!
//! # Fields of `party`
//!
//! | field | becomes |
//! |---|---|
//! | `organisationName`, `party.name` | `foaf:name`, `vcard:organization-name`, `vcard:fn` without a person |
//! | `organisationName.@href`, `party.name.@href`, `party.partyIdentifier.code`, `party.partyIdentifier.codeSpace`, `party.partyIdentifier.code.@href` | what its IRI is made of; `adms:identifier` |
//! | `individualName`, `party.individual.name` | `vcard:fn`; `foaf:name` of authors and the like |
//! | `positionName`, `party.individual.positionName`, `party.positionName` | without name, `vcard:fn` |
//! | `party.individual.partyIdentifier.code`, `party.individual.partyIdentifier.codeSpace` | as that of an organization |
//! | `contactInfo` | see # Fields of `contact` |
//! | `party.contactInfo` | see # Fields of `contact` |
//! | `party.individual.contactInfo` | where the organization has none: see # Fields of `contact` |
//! | `role` | what leads to it: see [`super::role`] |
//!
//! # Left out of `party`
//!
//! | field | why |
//! |---|---|
//! | `role.@codeSpace` | the list of roles is one |
//! | `party.partyIdentifier.*`, `party.individual.partyIdentifier.*`, `party.logo.*` | more of the register, a picture |
//! | `individualName.@href`, `positionName.@href` | a person's page |
//! | `@href`, `@uuidref` | where an editor has its copy |
//!
//! # Fields of `contact`
//!
//! | field | becomes |
//! |---|---|
//! | `address.electronicMailAddress` | `vcard:hasEmail`, `foaf:mbox` |
//! | `address.deliveryPoint`, `address.city`, `address.postalCode`, `address.administrativeArea`, `address.country` | `vcard:hasAddress`, `locn:address` |
//! | `phone.voice`, `phone.number`, `phone.numberType` | `vcard:hasTelephone`, `foaf:phone` |
//! | `onlineResource.linkage` | `vcard:hasURL`, `foaf:workplaceHomepage` |
//!
//! # Left out of `contact`
//!
//! | field | why |
//! |---|---|
//! | `phone.facsimile`, `hoursOfService`, `contactInstructions`, `contactType` | when and how else somebody answers |
//! | `phone.number.characterString` | of a tool that writes XML by hand: no standard has it |
//! | `onlineResource.*` | of the party's page its name and what it is for |
//! | `address.country.@href`, `address.city.@href`, `address.electronicMailAddress.@href` | the words say it |

use std::collections::HashSet;

use super::element::Element;
use super::identifier;
use super::text::{Locales, Text, is_address};

/// A party of a record.
#[derive(Debug, Clone)]
pub(super) struct Party<'a> {
    /// The element it is in.
    pub(super) element: Element<'a>,
    /// The organization.
    pub(super) organisation: Option<Text<'a>>,
    /// The person.
    pub(super) individual: Option<Text<'a>>,
    /// What the person is there.
    pub(super) position: Option<Text<'a>>,
    /// Its address in a register.
    pub(super) iri: Option<String>,
    /// The e-mail addresses, as written.
    pub(super) emails: Vec<Element<'a>>,
    /// The code of its role.
    pub(super) role: Option<Element<'a>>,
    /// Where the rest of the contact is.
    contact: Vec<Element<'a>>,
}

impl<'a> Party<'a> {
    /// Reads a party; `None` where it has no name, position or e-mail address.
    pub(super) fn read(element: Element<'a>, locales: &Locales<'a>) -> Option<Self> {
        let parties = element.all("party");
        let class = |name: &str| parties.iter().find_map(|party| party.class(name));
        let organisation = class("CI_Organisation").map(|class| class.all("name"));
        let written = element.all("organisationName").into_iter();
        let organisation = written
            .chain(organisation.into_iter().flatten())
            .find_map(|name| Text::read(name, locales));
        // In 19115-3 a person may stand alone, without an organization around.
        let person = class("CI_Individual");
        let named = |ways: &str, own: &str| {
            let own = person.and_then(|person| Text::first(person, own, locales));
            Text::first(element, ways, locales).or(own)
        };
        let individual = named("individualName|party.individual.name", "name");
        let position = named("positionName|party.individual.positionName", "positionName");
        let contact = element.all("contactInfo|party.contactInfo|party.individual.contactInfo");
        let emails: Vec<_> = contact
            .iter()
            .flat_map(|contact| contact.all("address.electronicMailAddress"))
            .filter(|email| email.value().is_some())
            .collect();
        let registered = element.all("party.partyIdentifier|party.individual.partyIdentifier");
        let registered = registered.into_iter().filter_map(identifier::read);
        let anchor = organisation.as_ref().and_then(|name| name.anchor);
        let mut iris = registered.chain(anchor.map(str::to_owned));
        let iri = iris.find(|iri| is_address(iri));
        let is_nobody = organisation.as_ref().and_then(Text::plain).is_none()
            && individual.as_ref().and_then(Text::plain).is_none()
            && position.as_ref().and_then(Text::plain).is_none()
            && emails.is_empty();
        (!is_nobody).then_some(Self {
            element,
            organisation,
            individual,
            position,
            iri,
            emails,
            role: element.first("role"),
            contact,
        })
    }

    /// The same without the ways to reach it, which may be those of a person in it.
    pub(super) fn without_contact(&self) -> Self {
        Self {
            emails: Vec::new(),
            contact: Vec::new(),
            ..self.clone()
        }
    }

    /// The name of the organization, else of the person, else of the position.
    pub(super) fn name(&self) -> Option<&Text<'a>> {
        let names = [&self.organisation, &self.individual, &self.position];
        names
            .into_iter()
            .flatten()
            .find(|name| name.plain().is_some())
    }

    /// What tells it from others.
    pub(super) fn identity(&self, who: &str) -> String {
        if let Some(iri) = &self.iri {
            return format!("{who}\n{iri}");
        }
        let plain = |text: &Option<Text<'a>>| {
            let text = text.as_ref().and_then(Text::plain).unwrap_or_default();
            text.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase()
        };
        let email = self.emails.first().and_then(|email| email.value());
        let email = email.unwrap_or_default().to_lowercase();
        let mut parts = vec![who.to_owned(), plain(&self.organisation)];
        if who != ORGANISATION {
            parts.extend([email, plain(&self.individual), plain(&self.position)]);
        } else if parts.iter().skip(1).all(String::is_empty) {
            // Named by a person or a position, for want of an organization.
            parts.extend([plain(&self.individual), plain(&self.position)]);
        }
        parts.join("\n")
    }

    /// The first value at one of the ways from its contact.
    pub(super) fn in_contact(&self, ways: &str) -> Option<Element<'a>> {
        let all = self.contact.iter().flat_map(|contact| contact.all(ways));
        all.into_iter().find(|element| element.value().is_some())
    }

    /// All values at one of the ways from its contact, each once.
    pub(super) fn all_in_contact(&self, ways: &str) -> Vec<Element<'a>> {
        let all = self.contact.iter().flat_map(|contact| contact.all(ways));
        let mut seen = HashSet::new();
        all.filter(|element| element.value().is_some_and(|value| seen.insert(value)))
            .collect()
    }

    /// The telephone numbers, and no fax.
    pub(super) fn telephones(&self) -> Vec<Element<'a>> {
        let mut voices = self.all_in_contact("phone.voice");
        for phone in self.contact.iter().flat_map(|contact| contact.all("phone")) {
            let kind = phone.first("numberType").and_then(Element::code);
            if kind.is_none_or(|kind| kind == "voice") {
                let numbers = phone.all("number").into_iter();
                voices.extend(numbers.filter(|number| number.value().is_some()));
            }
        }
        voices
    }
}

/// Who an organization is, in the identity of one.
pub(super) const ORGANISATION: &str = "organisation";
