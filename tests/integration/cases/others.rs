//! What must come of records in JSON, and of contacts, dates and controls.

use moisson::config::PortalKind;

use super::{Case, case};

/// Records in JSON.
pub(super) const JSON: &[Case] = &[
    Case {
        never: &["dct:license"],
        ..case(PortalKind::Ckan, "json/ckan-bare.json")
    },
    Case {
        says: &[
            "dct:title \"Titel\"@de",
            "dct:description \"Text\"@de",
            "dcat:keyword \"Wasser\"@de",
            "dct:title \"Datei\"@de",
        ],
        ..case(PortalKind::Ckan, "json/ckan-fluent.json")
    },
    Case {
        says: &[
            eu!("dct:license", "licence/CC0"),
            eu!("dct:license", "licence/ETALAB_2_0"),
        ],
        ..case(PortalKind::Ckan, "json/ckan-licence-cases.json")
    },
    Case {
        says: &[eu!("dct:license", "licence/CC_BY_4_0")],
        ..case(PortalKind::Ckan, "json/ckan-notspecified-with-licence.json")
    },
    Case {
        finds: &[
            "field-unmapped updateInterval",
            "field-unmapped dateFirstPublished",
            "field-unmapped dateLastUpdated",
            "field-unmapped timeRange",
            "field-unmapped spatialRelationship",
            "field-unmapped legalInformation",
            "field-unmapped dataType",
            "field-unmapped sszBemerkungen",
            "field-unmapped resources[].zh_hash",
        ],
        ..case(PortalKind::Ckan, "json/ckan-private-fields.json")
    },
    Case {
        says: &["dct:title \"WMS\"", "dct:title \"WFS\""],
        finds: &["duplicate-identifier"],
        ..case(PortalKind::Ckan, "json/ckan-same-resource-id.json")
    },
    Case {
        says: &["rdfs:label \"exercice 2011-12\""],
        finds: &["date-invalid"],
        ..case(PortalKind::Ckan, "json/ckan-temporal-words.json")
    },
    Case {
        says: &["dcat:endpointURL <https://geo.example/ows>"],
        never: &["dcat:endpointURL <https://geo.example/ows?"],
        ..case(PortalKind::Ckan, "json/ckan-wfs-maxfeatures.json")
    },
    Case {
        says: &["dcat:endpointDescription <https://geo.example/wmts/1.0.0/WMTSCapabilities.xml>"],
        ..case(PortalKind::Ckan, "json/ckan-wmts-xml.json")
    },
    case(PortalKind::Ods, "json/ods-bare.json"),
    case(PortalKind::Ods, "json/ods-bare-links.json"),
    Case {
        says: &["dct:modified \"2020-01-01\""],
        ..case(PortalKind::Ods, "json/ods-bare-modified.json")
    },
    Case {
        says: &["\"10 minutes\""],
        ..case(PortalKind::Ods, "json/ods-custom-frequency.json")
    },
    Case {
        says: &[
            "dct:title \"Weather\"@en",
            eu!("dct:language", "language/ENG"),
        ],
        ..case(PortalKind::Ods, "json/ods-language.json")
    },
    Case {
        says: &[eu!("dct:license", "licence/ETALAB_2_0")],
        ..case(PortalKind::Udata, "json/udata-licences.json")
    },
    Case {
        says: &["skos:notation \"https://portail.example.org/api/1/topics/n/\""],
        ..case(PortalKind::Udata, "json/udata-topic-relative-uri.json")
    },
];

/// Contacts, dates and controls of several kinds.
pub(super) const OTHERS: &[Case] = &[
    Case {
        says: &[
            "vcard:hasEmail <mailto:a@exemple.example>",
            "vcard:hasEmail <mailto:b@exemple.example>",
        ],
        ..case(PortalKind::Csw, "misc/a21c-iso-mail.xml")
    },
    Case {
        says: &[
            "vcard:hasEmail <mailto:a@exemple.example>",
            "vcard:hasEmail <mailto:b@exemple.example>",
        ],
        ..case(PortalKind::Udata, "misc/a21d-udata.json")
    },
    Case {
        says: &[
            "vcard:hasEmail <mailto:a@exemple.example>",
            "vcard:hasEmail <mailto:b@exemple.example>",
            "<mailto:c@exemple.example>",
            "<mailto:pub@exemple.example>",
            "vcard:hasURL <https://exemple.example/contact>",
            "vcard:hasEmail <mailto:x@exemple.example>",
            "vcard:hasEmail <mailto:y@exemple.example>",
            "vcard:fn \"Un\"",
            "vcard:fn \"Deux\"",
        ],
        ..case(PortalKind::Ckan, "misc/a21-contacts.json")
    },
    Case {
        says: &[
            "dct:issued \"2024-05-01T08:00:00Z\"",
            "dct:modified \"2024-05-01T10:00:00\"",
            "dct:issued \"2024-05-02T00:00:00Z\"",
            "dcat:startDate \"2019\"",
        ],
        never: &["dct:modified \"2024-05-01T10:00:00Z\""],
        finds: &["date-invalid", "date-invalid"],
        ..case(PortalKind::Ckan, "misc/a23b-ckan.json")
    },
    Case {
        says: &[
            "dct:created \"2024-05-01T08:00:00Z\"",
            "dct:modified \"2024-05-01T12:00:00\"",
            "dcat:startDate \"2018-12-31T23:00:00Z\"",
        ],
        never: &["\"2024-05-01T12:00:00Z\""],
        ..case(PortalKind::Udata, "misc/a23c-udata.json")
    },
    Case {
        says: &[
            "dct:issued \"2020-01-01T08:00:00Z\"",
            "\"2024-03-01T10:00:00\"",
        ],
        never: &["\"2024-03-01T10:00:00Z\""],
        ..case(PortalKind::Csw, "misc/a23d-iso.xml")
    },
    Case {
        says: &["dct:title"],
        ..case(PortalKind::Csw, "misc/a20b-ctrl.xml")
    },
    Case {
        says: &["dct:temporal"],
        ..case(PortalKind::Csw, "misc/a10-temporal.xml")
    },
    Case {
        says: &["dcat:bbox"],
        ..case(PortalKind::Csw, "misc/a3-bbox.xml")
    },
    Case {
        says: &["dct:title"],
        ..case(PortalKind::Csw, "misc/b-byid.xml")
    },
    Case {
        says: &["dct:title"],
        ..case(PortalKind::Csw, "misc/pl-iso.xml")
    },
    Case {
        says: &["dct:title \"Covoiturage\""],
        ..case(PortalKind::Transport, "misc/a16-transport.json")
    },
];
