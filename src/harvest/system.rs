//! Moisson's own records: the catalogue that it publishes and the portals that it harvests.
//!
//! They go through the ledger like every other record, so a change of configuration is a version and an
//! event. Their source is the reserved portal `_`, which no configuration can name.

use oxigraph::model::NamedNode;

use super::standing::{orphan, orphans};
use super::{HarvestError, Harvester, with_rules};
use crate::config::{Config, Localised, Portal};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Finding;
use crate::ledger::{
    Ledger, LedgerError, Mode, Outcome, Prepared, PreparedPart, Reader, SourceNumber, Staged,
    Withdrawal,
};
use crate::normalise::normalise;
use crate::rdf::canon::canonicalise;
use crate::rdf::iri::mailto;
use crate::rdf::vocab::{dcat, dct, foaf, owl, vcard};
use crate::record::{Key, Kind, PortalId, RecordId, Role};
use crate::vocabulary::{Alignment, Vocabularies};

const COLLECTION: &str = "system";
const THEMES: &str = "http://publications.europa.eu/resource/authority/data-theme";
/// What the IRIs of the types of publishers begin with.
pub const PUBLISHER_TYPE: &str = "http://purl.org/adms/publishertype/";

impl Harvester<'_> {
    /// Brings the catalogue's and the portals' own descriptions up to the configuration.
    ///
    /// # Errors
    /// The ledger's.
    pub fn describe_self(self, ledger: &mut Ledger) -> Result<(), HarvestError> {
        let Self {
            config,
            vocabularies,
            clock,
            ..
        } = self;
        let now = clock();
        let own = PortalId::new(PortalId::OWN)
            .map_err(|error| LedgerError::Unexpected(error.to_string()))?;
        // Every command does this first, and it is short: wait for whoever is at it.
        let _lock = super::run::wait_lock(config, &own)?;
        ledger.abandon(&own, now)?;
        let reader = ledger.reader()?;
        let listed = listed(config, &reader)?;
        let mut records = vec![catalogue(config, &own, &listed), publisher(config, &own)];
        records.extend(contact(config, &own));
        records.extend(config.portals.iter().map(|one| portal(config, &own, one)));
        let mut staged = Vec::with_capacity(records.len());
        for (id, mut graph, mut findings) in records {
            findings.extend(normalise(&mut graph, vocabularies));
            graph.dedup();
            let refused = |source| LedgerError::Canon {
                iri: graph.iri().as_str().to_owned(),
                source,
            };
            let body = canonicalise(graph.triples()).map_err(refused)?;
            let origin = match graph.origin() {
                [] => None,
                triples => Some(canonicalise(triples).map_err(refused)?),
            };
            let part = PreparedPart {
                id: id.clone(),
                iri: graph.iri().clone(),
                role: Role::Main,
                body,
                origin,
                quality: None,
                arrangement: Vec::new(),
            };
            staged.push(Staged {
                collection: COLLECTION.to_owned(),
                key: id.to_string(),
                mark: None,
                payload: part.body.text.clone().into_bytes(),
                prepared: Prepared {
                    parts: vec![part],
                    findings,
                    rejected: None,
                },
            });
        }
        let mut changed = Vec::new();
        let mut unchanged = Vec::new();
        // What is held of portals that the configuration does not name stays, also of those taken out.
        unchanged.extend(unconfigured(config, ledger, &reader, &own)?);
        for record in staged {
            match ledger.held(&own, COLLECTION, &record.key)? {
                Some(held) if held.payload == crate::rdf::canon::Digest::of(&record.payload) => {
                    unchanged.push(held.source);
                }
                _ => changed.push(record),
            }
        }
        let run = ledger.begin(&own, Mode::System, now)?;
        ledger.stage(run, "system", &changed, &unchanged, None)?;
        let outcome = Outcome::Complete {
            listed: vec![COLLECTION],
        };
        let withdrawal = Withdrawal {
            grace: std::time::Duration::ZERO,
            max_share: 1.0,
        };
        with_rules(config, vocabularies, |rules| {
            ledger.commit(run, &outcome, withdrawal, rules, now)
        })?;
        Ok(())
    }
}

/// The portals that are in the catalogue: those of the configuration and, told in the log, those that it no
/// longer names, without those that the operator has taken out.
fn listed(config: &Config, reader: &Reader) -> Result<Vec<PortalId>, LedgerError> {
    let withdrawn = reader.withdrawn_portals()?;
    let orphans = orphans(config, reader)?;
    for portal in &orphans {
        tracing::warn!("{}", orphan(portal));
    }
    let configured = config.portals.iter().map(|portal| portal.id.clone());
    let admitted = configured.filter(|portal| !withdrawn.contains(portal.as_str()));
    Ok(admitted.chain(orphans).collect())
}

/// The descriptions that are held of portals which the configuration does not name.
fn unconfigured(
    config: &Config,
    ledger: &Ledger,
    reader: &Reader,
    own: &PortalId,
) -> Result<Vec<SourceNumber>, LedgerError> {
    let mut found = Vec::new();
    for portal in reader.held_portals()? {
        if config.portal(portal.as_str()).is_none() {
            let held = ledger.held(own, COLLECTION, &portal_id(&portal).to_string())?;
            found.extend(held.map(|held| held.source));
        }
    }
    Ok(found)
}

type Own = (RecordId, RecordGraph, Vec<Finding>);

fn own_record(config: &Config, id: RecordId, write: impl FnOnce(&mut Describe<'_>)) -> Own {
    let mut graph = RecordGraph::new(config.base_uri.record(&id));
    let mut findings = Vec::new();
    write(&mut Describe::main(&mut graph, &mut findings));
    (id, graph, findings)
}

fn publisher_id(own: &PortalId) -> RecordId {
    RecordId::new(own, Kind::Organization, "publisher")
}

fn contact_id(own: &PortalId) -> RecordId {
    RecordId::new(own, Kind::Contact, "contact")
}

fn texts(
    about: &mut Describe<'_>,
    property: oxigraph::model::NamedNodeRef<'_>,
    value: &Localised,
    field: &str,
) {
    for (language, text) in value.texts() {
        about.text(property, text, language, field);
    }
}

/// The catalogue, of the portals that are in it.
fn catalogue(config: &Config, own: &PortalId, portals: &[PortalId]) -> Own {
    let vocabularies = Vocabularies::builtin();
    let id = RecordId {
        portal: own.clone(),
        kind: Kind::Catalogue,
        key: Key::new("catalog"),
    };
    let base = &config.base_uri;
    let settings = &config.catalogue;
    own_record(config, id, |about| {
        about.a(dcat::CATALOG_CLASS);
        texts(about, dct::TITLE, &settings.title, "catalogue.title");
        texts(
            about,
            dct::DESCRIPTION,
            &settings.description,
            "catalogue.description",
        );
        about.link(dct::PUBLISHER, base.record(&publisher_id(own)));
        if settings.contact.is_some() {
            about.link(dcat::CONTACT_POINT, base.record(&contact_id(own)));
        }
        if let Some(licence) = &settings.licence {
            about.token(dct::LICENSE, licence, "catalogue.licence");
        }
        if let Some(homepage) = &settings.homepage {
            about.iri(foaf::HOMEPAGE, homepage, "catalogue.homepage");
        }
        for text in &settings.spatial {
            about.iri(
                dct::SPATIAL,
                &place(text, vocabularies),
                "catalogue.spatial",
            );
        }
        for language in &config.languages {
            about.token(dct::LANGUAGE, language, "languages");
        }
        about.link(dcat::THEME_TAXONOMY, NamedNode::new_unchecked(THEMES));
        for portal in portals {
            about.link(dcat::CATALOG, base.portal(portal));
        }
    })
}

fn publisher(config: &Config, own: &PortalId) -> Own {
    let settings = &config.catalogue.publisher;
    own_record(config, publisher_id(own), |about| {
        about.a(foaf::AGENT);
        about.token(foaf::NAME, &settings.name, "catalogue.publisher.name");
        if let Some(uri) = &settings.uri {
            about.iri(owl::SAME_AS, uri, "catalogue.publisher.uri");
        }
        if let Some(kind) = &settings.kind {
            about.iri(
                dct::TYPE,
                &format!("{PUBLISHER_TYPE}{kind}"),
                "catalogue.publisher.type",
            );
        }
    })
}

fn contact(config: &Config, own: &PortalId) -> Option<Own> {
    let settings = config.catalogue.contact.as_ref()?;
    Some(own_record(config, contact_id(own), |about| {
        about.a(vcard::KIND);
        about.token(vcard::FN, &settings.name, "catalogue.contact.name");
        if let Some(email) = &settings.email {
            about.iri(vcard::HAS_EMAIL, &mailto(email), "catalogue.contact.email");
        }
        if let Some(url) = &settings.url {
            about.iri(vcard::HAS_URL, url, "catalogue.contact.url");
        }
    }))
}

fn portal_id(portal: &PortalId) -> RecordId {
    RecordId {
        portal: portal.clone(),
        kind: Kind::Portal,
        key: Key::new(portal.as_str()),
    }
}

fn portal(config: &Config, own: &PortalId, portal: &Portal) -> Own {
    own_record(config, portal_id(&portal.id), |about| {
        about.a(dcat::CATALOG_CLASS);
        match &portal.title {
            Some(title) => texts(about, dct::TITLE, title, "portal.title"),
            None => {
                about.token(dct::TITLE, portal.id.as_str(), "portal.id");
            }
        }
        about.text(
            dct::DESCRIPTION,
            &format!("Jeux de données moissonnés sur {}", portal.public_url()),
            Some("fr"),
            "portal.url",
        );
        about.text(
            dct::DESCRIPTION,
            &format!("Datasets harvested from {}", portal.public_url()),
            Some("en"),
            "portal.url",
        );
        about.iri(foaf::HOMEPAGE, &portal.public_url(), "portal.url");
        about.link(dct::PUBLISHER, config.base_uri.record(&publisher_id(own)));
        if let Some(language) = &portal.language {
            about.token(dct::LANGUAGE, language, "portal.language");
        }
    })
}

/// The IRI of a place that the configuration names: that of the EU's list for the code of a country, else
/// the text as it is.
#[must_use]
pub fn place(text: &str, vocabularies: &Vocabularies) -> String {
    let country = vocabularies.align(Alignment::Country, text.trim());
    country.map_or_else(|| text.to_owned(), |iri| iri.as_str().to_owned())
}

/// Whether the configuration's licence of the metadata is one that the vocabulary knows.
#[must_use]
pub fn licence_is_known(licence: &str, vocabularies: &Vocabularies) -> bool {
    vocabularies.align(Alignment::Licence, licence).is_some()
}
