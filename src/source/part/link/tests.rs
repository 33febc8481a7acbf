//! What is behind links, by what they say.

use super::*;
use Behind::{Access, File, Interface, Landing, Page, Picture, Record, Service};

fn behind<'a>(protocol: &'a str, function: &'a str, address: &'a str) -> Behind<'a> {
    let link = Link {
        protocol,
        addresses: ["", ""],
        profile: "",
        function,
        name: "",
        address,
        record: "r-1",
    };
    link.behind(Vocabularies::builtin())
}

/// Links by protocol, function and address, with what is behind them.
const LINKS: &[(&str, &str, &str, Behind<'static>)] = &[
    (
        "OGC:WMS-1.3.0-http-get-map",
        "",
        "https://a.example/w",
        Service("wms"),
    ),
    (
        "OGC Web Feature Service",
        "download",
        "https://a.example/w",
        Service("wfs"),
    ),
    (
        "http",
        "",
        "https://a.example/w?Service=WFS&x=1",
        Service("wfs"),
    ),
    (
        "WWW:DOWNLOAD-1.0-http--download",
        "",
        "https://a.example/w?service=WFS&request=GetFeature",
        File(None),
    ),
    (
        "ESRI:REST",
        "",
        "https://a.example/w",
        Interface("esri:rest"),
    ),
    (
        "",
        "",
        "https://a.example/arcgis/rest/services/x/MapServer",
        Interface("esri:rest"),
    ),
    (
        "WWW:DOWNLOAD:text/csv",
        "",
        "https://a.example/w",
        File(Some("text/csv")),
    ),
    (
        "WWW:LINK-1.0-http--link",
        "",
        "https://a.example/d.zip",
        File(Some("zip")),
    ),
    (
        "WWW:LINK-1.0-http--link",
        "information",
        "https://a.example/d.zip",
        Page,
    ),
    (
        "WWW:LINK-1.0-http--link",
        "",
        "https://a.example/notice.pdf",
        Page,
    ),
    ("WWW:LINK-1.0-http--link", "", "https://a.example/", Landing),
    ("", "download", "https://a.example/get", File(None)),
    ("", "order", "https://a.example/shop", Access),
    (
        "WWW:LINK",
        "completeMetadata",
        "https://a.example/x",
        Record,
    ),
    // What is in a query is the address of something else.
    (
        "WWW:LINK",
        "",
        "https://a.example/v?layers=https://b.example/rest/services/x",
        Landing,
    ),
    (
        "GLG:KML-2.0-http-get-map",
        "",
        "https://a.example/wms/kml?layers=x",
        File(Some("kml")),
    ),
    (
        "",
        "",
        "https://a.example/maps/wms?request=GetCapabilities",
        Service("wms"),
    ),
    (
        "",
        "",
        "https://a.example/maps?request=GetCapabilities",
        Landing,
    ),
    (
        "",
        "",
        "https://a.example/WMTS/1.0.0/WMTSCapabilities.xml",
        Service("wmts"),
    ),
    (
        "WWW:LINK-1.0-http--image-thumbnail",
        "",
        "https://a.example/t",
        Picture,
    ),
    (
        "image/png",
        "",
        "https://a.example/wms?request=GetLegendGraphic",
        Picture,
    ),
    (
        "image/png",
        "download",
        "https://a.example/ortho",
        File(Some("image/png")),
    ),
    (
        "image/tiff",
        "",
        "https://a.example/ortho",
        File(Some("image/tiff")),
    ),
];

#[test]
fn what_is_behind_a_link_is_told_by_what_it_says() {
    for (protocol, function, address, expected) in LINKS {
        assert_eq!(
            behind(protocol, function, address),
            *expected,
            "{protocol} {address}"
        );
    }
}

#[test]
fn a_record_s_own_description_is_told_from_what_is_attached_to_it() {
    for address in [
        "https://c.example/geonetwork/srv/fre/catalog.search#/metadata/r-1",
        "https://c.example/geonetwork/srv/api/records/r-1",
        "https://c.example/geonetwork/srv/api/records/r-1/formatters/xml",
        "https://c.example/csw?REQUEST=GetRecordById&ID=r-1",
        "https://c.example/srv/eng/metadata.show?uuid=R-1",
    ] {
        assert_eq!(
            behind("WWW:DOWNLOAD", "download", address),
            Record,
            "{address}"
        );
    }
    for address in [
        "https://c.example/csw?request=GetRecordById&id=r-12",
        "https://c.example/geonetwork/srv/api/records/r-1/attachments/d.zip",
        "https://c.example/srv/fre/resources.get?uuid=r-1&fname=d.zip",
        "https://c.example/metadata/r-12",
        "https://c.example/download/r-1",
        "https://c.example/wfs?request=GetFeature&typename=r-1",
    ] {
        let behind = behind("WWW:DOWNLOAD", "download", address);
        assert!(matches!(behind, File(_)), "{address}");
    }
}

#[test]
fn a_file_is_told_from_a_page() {
    for (address, format) in [
        ("https://a.example/d/file.zip", Some("zip")),
        ("https://a.example/file.CSV?x=1.pdf", Some("CSV")),
        ("https://a.example/f.geojson#a", Some("geojson")),
        ("https://a.example/index.html", None),
        ("https://a.example/show.php?file=a.zip", None),
        ("https://a.example", None),
        ("https://a.example.pdf", None),
        ("https://a.example/v1.2/x", None),
    ] {
        assert_eq!(
            of_file(address, Vocabularies::builtin()),
            format,
            "{address}"
        );
    }
}

#[test]
fn what_is_packed_is_told_by_the_name_of_the_file() {
    for (address, inner) in [
        ("https://a.example/x.shp.zip", Some("shp")),
        ("https://a.example/x.csv.gz?a=b.json.zip", Some("csv")),
        ("https://a.example/x.tar.gz", None),
        ("https://a.example/x.v2.zip", None),
        ("https://a.example/x.zip", None),
        ("https://a.example/x.shp.csv", None),
    ] {
        assert_eq!(packed(address, Vocabularies::builtin()), inner, "{address}");
    }
}
