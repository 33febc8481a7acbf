//! The files of a dataset as dcat:Distribution: the exports of its records, and files beside them.
//!
//! A dataset with records can be had in each format that the API exports; in the geographic ones only
//! where it has the feature `geo`, as points for navigation devices (`ov2`) only where it has points.
//! Of data that visitors may not see there are none. An export has no size: it is made when it is asked
//! for. Its IRI is a hash of dataset and format, so that it is the same whatever the portal's address.
//!
//! The JSON export is also what the records' own address in the API answers, page by page: a
//! dcat:DataService, one for each dataset. (One for the whole portal would serve ten thousand datasets,
//! and change with each of them.)
//!
//! Attachments and alternative exports are files that the dataset's keeper put there.
//!
//! # Fields of `attachment`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI, `dct:identifier` and the address |
//! | `title`, `description` | `dct:title`, `dct:description` |
//! | `mimetype` | `dcat:mediaType` |
//! | `url` | the address, where it is one of the web; without `id` the IRI |

use oxigraph::model::NamedNode;

use super::home::Home;
use super::payload::{Attachment, Dataset};
use super::rights::Shared;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, rdfs};
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::part::catalogue_record;
use crate::source::part::key::Keys;
use crate::source::value::markup::note_markup;

/// What a format is an export of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Records,
    Shapes,
    Points,
}

/// A format that the API exports.
struct Export {
    /// Its name in the API.
    name: &'static str,
    /// Its name among people.
    title: &'static str,
    of: Of,
    /// Its name in the EU's list of file types, if it is there.
    format: Option<&'static str>,
    /// Its media type, if IANA has it.
    media_type: Option<&'static str>,
}

const fn export(
    name: &'static str,
    title: &'static str,
    of: Of,
    format: Option<&'static str>,
    media_type: Option<&'static str>,
) -> Export {
    Export {
        name,
        title,
        of,
        format,
        media_type,
    }
}

const EXPORTS: [Export; 15] = [
    export("csv", "CSV", Of::Records, Some("CSV"), Some("text/csv")),
    export("fgb", "FlatGeobuf", Of::Shapes, None, None),
    export(
        "geojson",
        "GeoJSON",
        Of::Shapes,
        Some("GEOJSON"),
        Some("application/geo+json"),
    ),
    export("gpx", "GPX", Of::Shapes, Some("GPX"), None),
    export(
        "json",
        "JSON",
        Of::Records,
        Some("JSON"),
        Some("application/json"),
    ),
    export("jsonl", "JSON Lines", Of::Records, None, None),
    export(
        "jsonld",
        "JSON-LD",
        Of::Records,
        Some("JSON_LD"),
        Some("application/ld+json"),
    ),
    export(
        "kml",
        "KML",
        Of::Shapes,
        Some("KML"),
        Some("application/vnd.google-earth.kml+xml"),
    ),
    export("n3", "N3", Of::Records, Some("N3"), Some("text/n3")),
    export("ov2", "OV2", Of::Points, None, None),
    export("parquet", "Parquet", Of::Records, Some("PARQUET"), None),
    export(
        "rdfxml",
        "RDF/XML",
        Of::Records,
        Some("RDF_XML"),
        Some("application/rdf+xml"),
    ),
    // A shapefile is several files, which come packed.
    export("shp", "Shapefile", Of::Shapes, Some("SHP"), None),
    export(
        "turtle",
        "Turtle",
        Of::Records,
        Some("RDF_TURTLE"),
        Some("text/turtle"),
    ),
    export(
        "xlsx",
        "Excel",
        Of::Records,
        Some("XLSX"),
        Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ),
];

/// Where the API is documented.
const DOCUMENTATION: &str = "https://help.opendatasoft.com/apis/ods-explore-v2/";

/// What the files of a dataset are described by.
pub(super) struct Files<'a> {
    pub(super) record: &'a Dataset,
    pub(super) identifier: &'a str,
    pub(super) home: &'a Home,
    pub(super) shared: &'a Shared,
    pub(super) language: Option<&'a str>,
}

impl Files<'_> {
    /// Writes the distributions of the dataset `id`; gives the service of its records.
    pub(super) fn describe(
        &self,
        id: &RecordId,
        context: &Context<'_>,
        dataset: &mut Describe<'_>,
    ) -> Option<Part> {
        let service = self.exports(id, context, dataset);
        let mut keys = Keys::default();
        let record = self.record;
        let lists = [
            (&record.attachments, "attachments"),
            (&record.alternative_exports, "alternative_exports"),
        ];
        for (list, name) in lists {
            let items: Vec<_> = list.items(name, dataset.findings()).collect();
            for (position, attachment) in items {
                let field = format!("{name}[{position}]");
                self.attachment(attachment, name, &field, &mut keys, context, dataset);
            }
        }
        service
    }

    fn exports(
        &self,
        id: &RecordId,
        context: &Context<'_>,
        dataset: &mut Describe<'_>,
    ) -> Option<Part> {
        let record = self.record;
        // Where it was not asked for, nothing says that there are none.
        let stated = record.has_records.read("has_records", dataset.findings());
        let has_records = stated == Some(&true) || !record.has_records.is_sent();
        let is_visible = record.data_visible.read("data_visible", dataset.findings());
        let features: Vec<&str> = record
            .features
            .items("features", dataset.findings())
            .map(|(_, feature)| feature.as_str())
            .collect();
        if !has_records || is_visible == Some(&false) {
            return None;
        }
        let is_geographic = features.contains(&"geo");
        let has_points = self.shared.geometries.iter().any(|kind| kind == "Point");
        let service = self.service(id, context, dataset);
        for export in &EXPORTS {
            let is_there = match export.of {
                Of::Records => true,
                Of::Shapes => is_geographic,
                Of::Points => is_geographic && has_points,
            };
            if !is_there {
                continue;
            }
            let key = Key::hashed(&format!("{}\nexports\n{}", self.identifier, export.name));
            let iri = context.base.distribution(context.portal, &key);
            let mut about = dataset.resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS);
            about.token(dct::TITLE, export.title, "features");
            let address = self.home.api(self.identifier, &["exports", export.name]);
            about.iri(dcat::ACCESS_URL, &address, "dataset_id");
            about.iri(dcat::DOWNLOAD_URL, &address, "dataset_id");
            match export.format {
                Some(format) => {
                    about.token(dct::FORMAT, format, "features");
                }
                None => {
                    about.node(dct::FORMAT, dct::MEDIA_TYPE_OR_EXTENT).token(
                        rdfs::LABEL,
                        export.title,
                        "features",
                    );
                }
            }
            about.token(
                dcat::MEDIA_TYPE,
                export.media_type.unwrap_or_default(),
                "features",
            );
            if export.name == "shp" {
                about.token(dcat::PACKAGE_FORMAT, "application/zip", "features");
            }
            if let Some(service) = service.as_ref().filter(|_| export.name == "json") {
                about.link(dcat::ACCESS_SERVICE, service.graph.iri().clone());
            }
            self.shared.describe(&mut about);
            self.shared.of_records(&mut about);
            if export.of != Of::Records {
                self.shared.of_shapes(&mut about);
            }
        }
        service
    }

    /// The address of the records in the API.
    fn service(
        &self,
        id: &RecordId,
        context: &Context<'_>,
        dataset: &mut Describe<'_>,
    ) -> Option<Part> {
        let served = context.base.record(id);
        let id = RecordId {
            portal: context.portal.clone(),
            kind: Kind::Service,
            key: Key::hashed(&format!("{}\nrecords", self.identifier)),
        };
        let mut graph = RecordGraph::new(context.base.record(&id));
        let mut about = Describe::main(&mut graph, dataset.findings());
        let title = format!("Explore API {}/{}", self.home.host(), self.identifier);
        let address = self.home.api(self.identifier, &["records"]);
        about
            .a(dcat::DATA_SERVICE)
            .token(dct::TITLE, &title, "dataset_id")
            .link(dcat::SERVES_DATASET, served.clone());
        about.iri(dcat::ENDPOINT_URL, &address, "dataset_id")?;
        about.iri(dcat::ENDPOINT_DESCRIPTION, DOCUMENTATION, "dataset_id");
        about.iri(dct::CONFORMS_TO, DOCUMENTATION, "dataset_id");
        catalogue_record::derived(&id, Some(&served), context, &mut about);
        let role = Role::Mention;
        Some(Part { id, role, graph })
    }

    fn attachment(
        &self,
        attachment: &Attachment,
        list: &str,
        field: &str,
        keys: &mut Keys,
        context: &Context<'_>,
        dataset: &mut Describe<'_>,
    ) {
        let at = |name: &str| format!("{field}.{name}");
        let id = attachment.id.text(&at("id"), dataset.findings());
        let url = attachment.url.text(&at("url"), dataset.findings());
        // `odsfile://…` is where the portal keeps the file.
        let on_the_web =
            url.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
        let address = on_the_web
            .map(ToOwned::to_owned)
            .or_else(|| Some(self.home.api(self.identifier, &[list, id?])));
        let Some(address) = address else {
            let message = "left out: it has neither identifier nor address";
            dataset.find(
                Code::MissingProperty,
                &at("id"),
                message,
                url.unwrap_or_default(),
            );
            return;
        };
        let within = id.map(|id| format!("{}/{list}/{id}", self.identifier));
        let media_type = attachment
            .mimetype
            .text(&at("mimetype"), dataset.findings())
            .unwrap_or_default();
        let key = keys.mint(
            within.as_deref(),
            &address,
            media_type,
            self.identifier,
            &at("id"),
            dataset,
        );
        let iri: NamedNode = context.base.distribution(context.portal, &key);
        let mut about = dataset.resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS);
        about.token(dct::IDENTIFIER, id.unwrap_or_default(), &at("id"));
        for (text, property, name) in [
            (&attachment.title, dct::TITLE, "title"),
            (&attachment.description, dct::DESCRIPTION, "description"),
        ] {
            let text = text.text(&at(name), about.findings()).unwrap_or_default();
            note_markup(text, &at(name), &mut about);
            about.text(property, text, self.language, &at(name));
        }
        about.token(dcat::MEDIA_TYPE, media_type, &at("mimetype"));
        about.iri(dcat::ACCESS_URL, &address, &at("url"));
        about.iri(dcat::DOWNLOAD_URL, &address, &at("url"));
        self.shared.describe(&mut about);
    }
}
