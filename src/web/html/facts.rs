//! The facts beside a description: who, when, where, under which terms.
//!
//! Datasets, services, reuses, topics and the like share them; what one of them lacks is left out.

use askama::Template;
use askama::filters::HtmlSafe;

use super::agent::Contact;
use super::label::{Label, Said, Shown};
use super::map::Map;
use super::page::Page;
use super::role::{law, role};
use super::term::relation;
use super::text::{Language, Words};
use crate::dcat::view::{ContactView, DatasetView, DistributionView, Period, Reference, Texts};

/// Resources shown that are related in one way; all of them are in the RDF.
const MOST_RELATED: usize = 50;

/// What the facts need beside the description.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside<'a> {
    /// The publisher, or whoever made it.
    pub(super) publisher: Option<Label>,
    /// Whether that is its author rather than its publisher.
    pub(super) made: bool,
    /// Whether what it is related to is shown elsewhere on the page.
    pub(super) unrelated: bool,
    /// Whether its pages are those at the portal rather than documentation.
    pub(super) at_portal: bool,
    /// Its contact points and those who have a role, as far as they are known.
    pub(super) contacts: &'a [ContactView],
    /// Facts that only this kind has, first of all: a name, and its values.
    pub(super) own: Vec<(&'static str, Vec<Label>)>,
    /// Those that stand last.
    pub(super) last: Vec<(&'static str, Vec<Label>)>,
}

/// Facts, ready for their template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/facts.html")]
pub(super) struct Facts {
    w: &'static Words,
    publisher: Option<(&'static str, Label)>,
    contacts: Vec<Contact>,
    issued: Option<Shown>,
    modified: Option<Shown>,
    periods: Vec<Span>,
    places: Vec<Label>,
    map: Option<Map>,
    identifiers: Vec<Label>,
    roles: Vec<(&'static str, Vec<Label>)>,
    own: Vec<(&'static str, Vec<Label>)>,
    terms: Vec<(&'static str, Vec<Label>)>,
    rest: Vec<(&'static str, Vec<Label>)>,
}

impl HtmlSafe for Facts {}

/// A period, ready for its template.
#[derive(Debug, Clone)]
struct Span {
    start: Option<Shown>,
    end: Option<Shown>,
}

impl Span {
    fn of(period: &Period, page: &Page<'_>) -> Option<Self> {
        let start = Shown::maybe(period.start.as_deref(), page);
        let end = Shown::maybe(period.end.as_deref(), page);
        (start.is_some() || end.is_some()).then_some(Self { start, end })
    }
}

impl Facts {
    pub(super) fn of(view: &DatasetView, beside: Beside<'_>, page: &Page<'_>) -> Self {
        let w = page.words();
        let documentation = if beside.at_portal {
            w.page_at_portal
        } else {
            w.documentation
        };
        let text = |value: &Option<String>| -> Vec<Label> {
            value.iter().map(|value| Label::of(value, page)).collect()
        };
        let filled = |facts: Vec<(&'static str, Vec<Label>)>| {
            let filled = facts.into_iter().filter(|(_, values)| !values.is_empty());
            filled.collect::<Vec<_>>()
        };
        // Whoever made a reuse is its author already.
        let roles = if beside.made {
            Vec::new()
        } else {
            roles(view, &beside, page)
        };
        let related = if beside.unrelated {
            Vec::new()
        } else {
            relations(view, page)
        };
        Self {
            w,
            publisher: beside
                .publisher
                .map(|label| (if beside.made { w.author } else { w.publisher }, label)),
            roles,
            contacts: beside
                .contacts
                .iter()
                .filter(|contact| view.contacts.contains(&contact.iri))
                .map(|contact| Contact::of(contact, page))
                .collect(),
            issued: Shown::maybe(view.issued.as_deref(), page),
            modified: Shown::maybe(view.modified.as_deref(), page),
            periods: view
                .temporal
                .iter()
                .filter_map(|period| Span::of(period, page))
                .collect(),
            places: places(view, page),
            map: Map::of(&view.spatial, page.language),
            identifiers: view
                .identifiers
                .iter()
                .map(|identifier| Label::identifier(identifier, page))
                .collect(),
            own: filled([series(view, page), beside.own].concat()),
            terms: filled(vec![
                (w.licence, Label::all(&view.licences, page)),
                (w.rights, references(&view.rights, page)),
                (w.access_rights, references(&view.access_rights, page)),
                (w.legislation, laws(&view.legislation, page)),
            ]),
            rest: filled(
                [
                    vec![
                        (w.kind, Label::all(&view.types, page)),
                        (w.granularity, said(&view.granularity, page)),
                        (w.frequency, text(&view.frequency)),
                        (w.version, text(&view.version)),
                        (w.version_notes, said(&view.version_notes, page)),
                        (w.themes, Label::all(&view.themes, page)),
                        (w.hvd_categories, Label::all(&view.hvd_categories, page)),
                        (w.languages_of, Label::all(&view.languages, page)),
                        (w.conforms_to, references(&view.conforms_to, page)),
                        (
                            w.reference_system,
                            references(&view.reference_systems, page),
                        ),
                        (w.representation, Label::all(&view.representations, page)),
                        (w.sample, samples(view, page)),
                    ],
                    related,
                    vec![
                        (w.landing_page, Label::all(&view.landing_pages, page)),
                        (documentation, Label::all(&view.pages, page)),
                    ],
                    beside.last,
                ]
                .concat(),
            ),
        }
    }
}

/// Who did what, beside its publisher or author.
fn roles(
    view: &DatasetView,
    beside: &Beside<'_>,
    page: &Page<'_>,
) -> Vec<(&'static str, Vec<Label>)> {
    let mut roles: Vec<(&'static str, Vec<Label>)> = Vec::new();
    for one in &view.roles {
        let Some(name) = role(&one.role, page.language) else {
            continue;
        };
        let known = beside.contacts.iter().find(|known| known.iri == one.agent);
        let label = match (known, &beside.publisher) {
            (Some(contact), _) => {
                let name = Said::of(&contact.names, page.language);
                Label::named(&contact.iri, name.or(page.words().contact_point), page)
            }
            (None, Some(label)) if view.publisher.as_ref() == Some(&one.agent) => label.clone(),
            (None, _) => Label::of(&one.agent, page),
        };
        match roles.iter_mut().find(|(known, _)| *known == name) {
            Some((_, labels)) => labels.push(label),
            None => roles.push((name, vec![label])),
        }
    }
    roles
}

/// The series that it is in, as far as they are published.
fn series(view: &DatasetView, page: &Page<'_>) -> Vec<(&'static str, Vec<Label>)> {
    let series = view.series.iter().filter(|iri| page.leads_to(iri));
    let series = series.map(|iri| Label::of(iri, page)).collect();
    vec![(page.words().series, series)]
}

/// Whatever else it is related to, by what relates them.
fn relations(view: &DatasetView, page: &Page<'_>) -> Vec<(&'static str, Vec<Label>)> {
    let mut all: Vec<(&'static str, Vec<Label>)> = Vec::new();
    for one in &view.relations {
        let iri = one.to.iri.as_deref();
        if iri.is_some_and(|iri| !page.leads_to(iri)) {
            continue;
        }
        let mut label = Label::reference(&one.to, page);
        if let Some(role) = &one.role {
            let (french, english) = match role.rsplit(['/', '#']).next().unwrap_or_default() {
                "original" => ("original", "original"),
                "derived" => ("dérivé", "derived"),
                "parent" => ("parent", "parent"),
                "source" => ("source", "source"),
                "related" => ("lié", "related"),
                other => (other, other),
            };
            let role = match page.site.vocabularies.concept(role) {
                Some(_) => Label::of(role, page).said.text,
                None => page.language.either(french, english).to_owned(),
            };
            label.said.text = format!("{} ({role})", label.said.text);
        }
        let name = relation(&one.property, page.language);
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, labels)) if labels.len() < MOST_RELATED => labels.push(label),
            Some(_) => {}
            None => all.push((name, vec![label])),
        }
    }
    all
}

/// Samples, by their titles, leading to the files.
fn samples(view: &DatasetView, page: &Page<'_>) -> Vec<Label> {
    let label = |one: &DistributionView| {
        let address = one.download_url.as_ref().or(one.access_url.as_ref());
        let said = Said::of(&one.titles, page.language);
        let label = Label::address(address.unwrap_or(&one.iri), page);
        let said = if said.is_empty() { label.said } else { said };
        Label { said, ..label }
    };
    view.samples.iter().map(label).collect()
}

/// Laws by name, as far as they are known.
fn laws(iris: &[String], page: &Page<'_>) -> Vec<Label> {
    let label = |iri: &String| {
        let label = Label::of(iri, page);
        match law(iri, page.language) {
            Some(name) => Label {
                said: Said::plain(name),
                ..label
            },
            None => label,
        }
    };
    iris.iter().map(label).collect()
}

fn said(texts: &Texts, page: &Page<'_>) -> Vec<Label> {
    let said = Said::of(texts, page.language);
    let label = (!said.is_empty()).then(|| Label {
        said,
        ..Label::default()
    });
    label.into_iter().collect()
}

/// What the French zone with an IRI of INSEE is: its level and its code.
fn insee(iri: &str, language: Language) -> Option<String> {
    let (level, code) = iri
        .strip_prefix("http://id.insee.fr/geo/")?
        .split_once('/')?;
    let (french, english) = match level {
        "commune" => ("Commune", "Municipality"),
        "arrondissementMunicipal" => ("Arrondissement municipal", "Municipal district"),
        "canton" => ("Canton", "Canton"),
        "arrondissement" => ("Arrondissement", "District"),
        "departement" => ("Département", "Département"),
        "region" => ("Région", "Region"),
        "pays" => ("Pays", "Country"),
        _ => return None,
    };
    let fits = !code.is_empty() && code.chars().all(char::is_alphanumeric);
    fits.then(|| format!("{} {code} (INSEE)", language.either(french, english)))
}

pub(super) fn references(all: &[Reference], page: &Page<'_>) -> Vec<Label> {
    all.iter().map(|one| Label::reference(one, page)).collect()
}

/// The places that have a name, or an address to follow.
fn places(view: &DatasetView, page: &Page<'_>) -> Vec<Label> {
    view.spatial
        .iter()
        .filter_map(|place| {
            let iri = place.iri.as_deref();
            match place.labels.first() {
                Some(name) => Some(Label::named(
                    iri.unwrap_or_default(),
                    Said::plain(name),
                    page,
                )),
                None => iri.map(|iri| match insee(iri, page.language) {
                    Some(name) => Label {
                        said: Said::plain(name),
                        ..Label::of(iri, page)
                    },
                    None => Label::of(iri, page),
                }),
            }
        })
        .collect()
}

/// The colour of the access rights' badge, as a class of the style sheet.
pub(super) fn access(rights: &[Reference]) -> &'static str {
    let right = rights.first().and_then(|right| right.iri.as_deref());
    match right.and_then(|iri| iri.rsplit('/').next()) {
        Some("PUBLIC") => "good",
        Some("RESTRICTED" | "NON_PUBLIC" | "CONFIDENTIAL" | "SENSITIVE") => "closed",
        _ => "plain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_insee_have_a_level_and_a_code() {
        let french = |path: &str| insee(&format!("http://id.insee.fr/geo/{path}"), Language::Fr);
        assert_eq!(
            french("departement/2A").as_deref(),
            Some("Département 2A (INSEE)")
        );
        for other in ["planete/1", "commune", "commune/", "commune/1/2"] {
            assert_eq!(french(other), None, "{other}");
        }
    }
}
