//! The addresses of a Dublin Core record: distributions with their services, pages, pictures.

use std::collections::HashMap;

use super::{Record, Rights};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::language;
use crate::rdf::vocab::{dcat, dct, foaf, rdfs};
use crate::source::contract::{Context, Part};
use crate::source::part::key::Keys;
use crate::source::part::link::{self, Behind};
use crate::source::part::ogc;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

/// An address that a record names.
struct Link<'a> {
    field: String,
    address: &'a str,
    protocol: &'a str,
    name: &'a str,
    description: &'a str,
}

impl Link<'_> {
    fn behind<'l>(&'l self, identifier: &'l str, context: &Context<'_>) -> Behind<'l> {
        let link = link::Link {
            protocol: self.protocol,
            addresses: [self.protocol, ""],
            profile: "",
            function: "",
            name: self.name,
            address: self.address,
            record: identifier,
        };
        link.behind(context.vocabularies)
    }

    /// Writes it as a page; its name is in the graph of origins.
    fn page(&self, property: NamedNodeRef<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
        let Some(page) = about.iri(property, self.address, &self.field) else {
            return;
        };
        if !self.name.is_empty() {
            let tagged = context
                .language
                .and_then(|tag| language::tagged(self.name, tag));
            let name = tagged.unwrap_or_else(|| Literal::from(self.name));
            about.origin_of(&page, rdfs::LABEL, name);
        }
    }
}

/// The addresses of a record, each once.
fn links<'a>(record: &Record<'a>) -> Vec<Link<'a>> {
    let mut links: Vec<Link<'a>> = Vec::new();
    for name in ["URI", "references"] {
        for (index, node) in record.elements(name).enumerate() {
            let address = node.text().unwrap_or_default().trim();
            if address.is_empty() || links.iter().any(|link| link.address == address) {
                continue;
            }
            let attribute = |name: &str| node.attribute(name).unwrap_or_default().trim();
            links.push(Link {
                field: format!("{name}[{index}]"),
                address,
                protocol: match attribute("protocol") {
                    "" => attribute("scheme"),
                    protocol => protocol,
                },
                name: attribute("name"),
                description: attribute("description"),
            });
        }
    }
    links
}

/// Writes where a service is asked.
pub(super) fn endpoints(record: &Record<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    let identifier = record.first("identifier").map_or("", |(_, text)| text);
    for link in links(record) {
        match link.behind(identifier, context) {
            Behind::Record => {}
            Behind::Picture => {
                about.iri(foaf::DEPICTION, link.address, &link.field);
            }
            Behind::Page => link.page(foaf::PAGE, context, about),
            _ => {
                let Some(address) = about.clean_iri(link.address, &link.field) else {
                    continue;
                };
                let url = ogc::endpoint(address.as_str());
                let bare = url.and_then(|url| NamedNode::new(url.as_str()).ok());
                if bare.as_ref().is_some_and(|bare| *bare != address) {
                    about.link(dcat::ENDPOINT_DESCRIPTION, address.clone());
                }
                about.link(dcat::ENDPOINT_URL, bare.unwrap_or(address));
            }
        }
    }
}

/// The links of a dataset.
pub(super) struct Links<'l, 'a> {
    pub(super) record: &'l Record<'a>,
    pub(super) identifier: &'l str,
    pub(super) context: &'l Context<'l>,
    pub(super) rights: &'l Rights<'a>,
    pub(super) parts: &'l mut Vec<Part>,
}

impl Links<'_, '_> {
    /// Writes what is behind the links; says whether there is a distribution.
    pub(super) fn distributions(&mut self, dataset: &mut Describe<'_>) -> bool {
        let mut keys = Keys::default();
        let mut formats: HashMap<String, (String, bool)> = HashMap::new();
        for (field, format) in self.record.texts("format") {
            formats.insert(format.to_owned(), (field, false));
        }
        let mut found = false;
        for link in links(self.record) {
            let Some(address) = dataset.clean_iri(link.address, &link.field) else {
                let message = "it leads nowhere: no distribution is made of it";
                dataset.find(Code::FieldUnreadable, &link.field, message, link.address);
                continue;
            };
            let behind = link.behind(self.identifier, self.context);
            match behind {
                // The record names its own document by its identifier.
                Behind::Record => continue,
                Behind::Picture => {
                    dataset.iri(foaf::DEPICTION, link.address, &link.field);
                    continue;
                }
                Behind::Page => {
                    link.page(foaf::PAGE, self.context, dataset);
                    continue;
                }
                Behind::Landing => {
                    link.page(dcat::LANDING_PAGE, self.context, dataset);
                    continue;
                }
                _ => found = true,
            }
            let (id, field) = (self.identifier, &link.field);
            let key = keys.mint(None, link.address, link.protocol, id, field, dataset);
            let iri = self.context.base.distribution(self.context.portal, &key);
            let subject = dataset.graph().iri().clone();
            let mut one = dataset.resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS);
            one.link(dcat::ACCESS_URL, address.clone());
            self.format(behind, &link, &mut formats, &mut one);
            if matches!(behind, Behind::File(_)) {
                one.link(dcat::DOWNLOAD_URL, address.clone());
            }
            if let Behind::Service(protocol) = behind
                && let Some(service) = ogc::service(protocol, &address, &subject, self.context)
            {
                one.link(dcat::ACCESS_SERVICE, service.graph.iri().clone());
                self.parts.push(service);
            }
            let language = self.context.language;
            let attribute = |name: &str| format!("{field}.{name}");
            one.text(dct::TITLE, link.name, language, &attribute("name"));
            one.text(
                dct::DESCRIPTION,
                link.description,
                language,
                &attribute("description"),
            );
            self.rights.write_access(&mut one);
            self.rights.write_licences(&mut one);
        }
        let mut others: Vec<_> = formats.into_iter().collect();
        others.sort_unstable();
        for (format, (field, _)) in others.into_iter().filter(|(_, (_, is_said))| !is_said) {
            if found {
                let message =
                    "said of the dataset: the record does not say which link has this format";
                dataset.find(Code::FieldUnreadable, &field, message, &format);
            }
            dataset.token(dct::FORMAT, &format, &field);
        }
        found
    }

    /// Writes the format of a distribution: that of its service, that of its file, or the only one that
    /// the record names.
    fn format(
        &self,
        behind: Behind<'_>,
        link: &Link<'_>,
        formats: &mut HashMap<String, (String, bool)>,
        one: &mut Describe<'_>,
    ) {
        let file = match behind {
            Behind::Service(format) | Behind::Interface(format) => {
                one.token(dct::FORMAT, format, &link.field);
                return;
            }
            Behind::File(format) => format,
            _ => None,
        };
        let vocabularies = self.context.vocabularies;
        let inner = link::packed(link.address, vocabularies);
        let archive = file.filter(|format| link::is_archive(format));
        let own = inner.or(file.filter(|_| archive.is_none()));
        let concept = |text: &str| vocabularies.align(crate::vocabulary::Alignment::Format, text);
        let is_only = formats.len() == 1;
        let declared = formats.iter_mut().find(|(name, _)| {
            let fits = |own: &str| {
                own.eq_ignore_ascii_case(name)
                    || concept(own).is_some() && concept(own) == concept(name)
            };
            own.map_or(is_only, fits)
        });
        match (declared, own.or(archive)) {
            (Some((name, (field, is_said))), _) => {
                *is_said = true;
                one.token(dct::FORMAT, name, field);
                if let Some(archive) = archive.filter(|archive| !archive.eq_ignore_ascii_case(name))
                {
                    one.token(dcat::COMPRESS_FORMAT, archive, &link.field);
                }
            }
            (None, Some(format)) => {
                one.token(dct::FORMAT, format, &link.field);
                if let Some(archive) = archive.filter(|_| inner.is_some()) {
                    one.token(dcat::COMPRESS_FORMAT, archive, &link.field);
                }
            }
            (None, None) => {}
        }
    }
}
