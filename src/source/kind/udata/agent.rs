//! Organizations and persons as foaf:Agent: a record of its own, or the stub of one in a dataset.
//!
//! Both go through one function, so that a stub says of a field exactly what the full record says.
//!
//! The kind of publisher (`dct:type`) comes from the badges that the portal's staff award. `company`,
//! `association` (in French law without profit) and `local-authority` say it plainly. `public-service`
//! alone does not: ministries, universities, hospitals and, on older portals, cities have it. It makes
//! a national authority only with a SIRET of the State's own administrations, whose numbers begin
//! with 11 or 12; otherwise nothing is said. Names are never interpreted.
//!
//! The business number of an organization is the SIRET of an establishment. It is `org:identifier`, and
//! an adms:Identifier that names the register, as is the SIREN of the legal unit, its first nine digits;
//! the State's page about the establishment (<https://annuaire-entreprises.data.gouv.fr/>) stands beside
//! them, since the register has no IRIs.
//!
//! # Fields of `organizations`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `name`, `acronym`, `description` | `foaf:name`, `skos:altLabel`, `dct:description` |
//! | `url`, `page`, `logo` | `foaf:homepage`, `foaf:page`, `foaf:logo` |
//! | `uri` | `adms:identifier` |
//! | `business_number_id` | `org:identifier`, `adms:identifier`, `rdfs:seeAlso`, where it is a SIRET |
//! | `badges[]` | see # Fields of `badge` |
//! | `zone` | `dct:spatial` |
//! | `extras.datagouv_ckan_id` | `adms:identifier` |
//! | `metrics` | see [`super::measure`], # Fields of `metrics` |
//! | `deleted` | it is not published |
//!
//! # Left out of `organizations`
//!
//! | field | why |
//! |---|---|
//! | `slug` | part of `page` |
//! | `class` | always `Organization` |
//! | `logo_thumbnail` | a smaller `logo` |
//! | `created_at`, `last_modified` | dates of its page, not of the organization |
//! | `members.*`, `members[].*`, `teams.*`, `teams[].*` | persons, whom no catalogue needs |
//! | `banner_color`, `banner_image`, `banner_image_position`, `presentation_blocs.*`, `presentation_blocs[].*`, `presentation_blocs_published_at` | the looks of its page |
//! | `permissions.*` | of the account that asks |
//! | `ext.*`, `extras.siretisation:*`, `extras.datagouv_ckan_last_sync` | of single plugins and of the move from CKAN; what the register says of a SIRET is the register's to publish |
//!
//! # Fields of `organization stub`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `name`, `acronym` | `foaf:name`, `skos:altLabel` |
//! | `page`, `logo` | `foaf:page`, `foaf:logo` |
//! | `uri` | `adms:identifier` |
//! | `badges[]` | see # Fields of `badge` |
//!
//! # Left out of `organization stub`
//!
//! | field | why |
//! |---|---|
//! | `class`, `slug`, `logo_thumbnail` | they say no more than the others |
//!
//! # Fields of `owner`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `first_name`, `last_name` | `foaf:name` |
//! | `page` | `foaf:page` |
//!
//! # Left out of `owner`
//!
//! | field | why |
//! |---|---|
//! | `avatar`, `avatar_thumbnail`, `email`, `last_login_at` | private |
//! | `slug`, `uri`, `class` | they say no more than `page` |

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::extras::Extras;
use super::payload::{Organization, User};
use super::{badge, identifier, measure, spatial};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{adms, dct, foaf, org, rdfs, skos};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::value::field::Field;
use crate::source::value::path::FieldPath;
use crate::source::value::siret::{Siret, SiretError};

/// ADMS publisher types, <http://purl.org/adms/publishertype/1.0>.
mod publisher_type {
    use super::NamedNodeRef;

    pub(super) const COMPANY: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://purl.org/adms/publishertype/Company");
    pub(super) const LOCAL: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://purl.org/adms/publishertype/LocalAuthority");
    pub(super) const NATIONAL: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://purl.org/adms/publishertype/NationalAuthority");
    pub(super) const NON_PROFIT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://purl.org/adms/publishertype/NonProfitOrganisation");
    pub(super) const PERSON: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://purl.org/adms/publishertype/PrivateIndividual(s)");
}

/// The State's pages about establishments, by SIRET.
const REGISTER: &str = "https://annuaire-entreprises.data.gouv.fr/etablissement/";

/// Describes an organization; `field` is where it stands (`organization`, or empty for a record of its
/// own). `None` where it has no identifier.
pub(super) fn organization(
    record: &Organization,
    role: Role,
    field: &str,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    let mut path = FieldPath::below(field);
    let (mut graph, id) = start(&record.id, path.to("id"), context, findings)?;
    let name = record.name.text(path.to("name"), findings);
    let acronym = record.acronym.text(path.to("acronym"), findings);
    let description = record.description.text(path.to("description"), findings);
    let url = record.url.text(path.to("url"), findings);
    let page = record.page.text(path.to("page"), findings);
    let logo = record.logo.text(path.to("logo"), findings);
    let number = record
        .business_number_id
        .text(path.to("business_number_id"), findings);
    let badges = badge::kinds(&record.badges, path.to("badges"), findings);
    let uri = record.uri.text(path.to("uri"), findings);
    let zone = record.zone.text(path.to("zone"), findings);
    let extras = Extras::read(&record.extras, path.to("extras"), findings);

    let mut about = Describe::main(&mut graph, findings);
    about.a(foaf::AGENT).a(foaf::ORGANIZATION);
    if let Some(identifier) = record.id.peek_text() {
        about.token(dct::IDENTIFIER, identifier, path.to("id"));
    }
    // A name is in no language: "Météo-France" is not French for anything.
    about.token(foaf::NAME, name.unwrap_or_default(), path.to("name"));
    about.token(
        skos::ALT_LABEL,
        acronym.unwrap_or_default(),
        path.to("acronym"),
    );
    about.text(
        dct::DESCRIPTION,
        description.unwrap_or_default(),
        context.language,
        path.to("description"),
    );
    about.iri(foaf::HOMEPAGE, url.unwrap_or_default(), path.to("url"));
    about.iri(foaf::PAGE, page.unwrap_or_default(), path.to("page"));
    about.iri(foaf::LOGO, logo.unwrap_or_default(), path.to("logo"));
    let siret = number.and_then(|number| siret(&mut about, number, path.to("business_number_id")));
    if let Some(kind) = kind_of_publisher(&badges, siret.as_ref()) {
        about.link(dct::TYPE, kind.into_owned());
    }
    let former = extras.text("datagouv_ckan_id", &mut about);
    identifier::others(&[uri, former], context, &mut about);
    if let Some(zone) = zone {
        spatial::zone(zone, None, None, path.to("zone"), context, &mut about);
    }
    // What a stub measures is older than what the record does.
    if role == Role::Main {
        measure::metrics(
            &record.metrics,
            path.to("metrics"),
            context.base,
            &mut about,
        );
    }
    graph.dedup();
    Some(Part { id, role, graph })
}

/// Describes the person who owns a dataset. `None` where there is no identifier.
pub(super) fn person(
    record: &User,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    let (mut graph, id) = start(&record.id, "owner.id", context, findings)?;
    let first = record
        .first_name
        .text("owner.first_name", findings)
        .unwrap_or_default();
    let last = record
        .last_name
        .text("owner.last_name", findings)
        .unwrap_or_default();
    let page = record.page.text("owner.page", findings).unwrap_or_default();
    let mut about = Describe::main(&mut graph, findings);
    about.a(foaf::AGENT).a(foaf::PERSON);
    if let Some(identifier) = record.id.peek_text() {
        about.token(dct::IDENTIFIER, identifier, "owner.id");
    }
    about.token(foaf::NAME, format!("{first} {last}").trim(), "owner");
    about.iri(foaf::PAGE, page, "owner.page");
    about.link(dct::TYPE, publisher_type::PERSON.into_owned());
    Some(Part {
        id,
        role: Role::Mention,
        graph,
    })
}

fn start(
    id: &Field<String>,
    field: &str,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<(RecordGraph, RecordId)> {
    let Some(identifier) = id.text(field, findings) else {
        findings.push(Finding::new(
            Code::MissingProperty,
            field,
            "the agent is left out: it has no identifier",
            "",
        ));
        return None;
    };
    let id = RecordId::new(context.portal, Kind::Organization, identifier);
    let iri: NamedNode = context.base.record(&id);
    Some((RecordGraph::new(iri), id))
}

/// Writes the business number where it is a SIRET; keeps it in the origin graph where it is none.
fn siret(about: &mut Describe<'_>, number: &str, field: &str) -> Option<Siret> {
    match Siret::parse(number) {
        Ok(siret) => {
            about.literal(org::IDENTIFIER, Literal::new_simple_literal(siret.as_str()));
            for (register, number) in [("SIRET", siret.as_str()), ("SIREN", siret.siren())] {
                about
                    .node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS)
                    .token(skos::NOTATION, number, field)
                    .token(adms::SCHEMA_AGENCY, "INSEE", field)
                    .token(rdfs::LABEL, register, field);
            }
            let page = format!("{REGISTER}{}", siret.as_str());
            about.link(rdfs::SEE_ALSO, NamedNode::new_unchecked(page));
            Some(siret)
        }
        Err(error @ (SiretError::Shape | SiretError::Checksum)) => {
            about.find(
                Code::IdentifierInvalid,
                field,
                &format!("left out: {error}"),
                number,
            );
            about.origin(org::IDENTIFIER, number);
            None
        }
    }
}

fn kind_of_publisher(badges: &[&str], siret: Option<&Siret>) -> Option<NamedNodeRef<'static>> {
    let has = |kind: &str| badges.contains(&kind);
    if has("local-authority") {
        Some(publisher_type::LOCAL)
    } else if has("company") {
        Some(publisher_type::COMPANY)
    } else if has("association") {
        Some(publisher_type::NON_PROFIT)
    } else if has("public-service") && siret.is_some_and(Siret::is_of_the_state) {
        Some(publisher_type::NATIONAL)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_publisher_is_said_only_where_it_is_known() {
        let state = Siret::parse("12000101100010").ok();
        let city = Siret::parse("21350328700012").ok();
        assert_eq!(
            kind_of_publisher(&["public-service"], state.as_ref()),
            Some(publisher_type::NATIONAL)
        );
        assert_eq!(
            kind_of_publisher(&["public-service", "certified"], city.as_ref()),
            None
        );
        assert_eq!(kind_of_publisher(&["public-service"], None), None);
        assert_eq!(
            kind_of_publisher(&["public-service", "local-authority"], None),
            Some(publisher_type::LOCAL)
        );
        assert_eq!(kind_of_publisher(&["certified"], state.as_ref()), None);
    }
}
