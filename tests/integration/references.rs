//! References between records lead to what the portal has, of whatever kind it is, in whatever order it comes,
//! and follow it when it comes later or goes.

use moisson::config::PortalKind;
use moisson::demo::csw::{self, Record, SampleData};
use moisson::harvest::{Report, Scope};

use crate::http::answered::unanswered;
use crate::support::{BASE, Farm};

const SERVES: &str = "http://www.w3.org/ns/dcat#servesDataset";
const SERIES: &str = "http://www.w3.org/ns/dcat#inSeries";
const RELATION: &str = "http://purl.org/dc/terms/relation";

/// A record of ISO 19139 with a resource identifier, and more elements before and in its identification.
fn iso(id: &str, level: &str, more: &str, within: &str) -> Record {
    let title = format!(
        "<gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>{id}</gco:CharacterString></gmd:title><gmd:identifier><gmd:MD_Identifier><gmd:code><gco:CharacterString>https://e.org/resource/{id}</gco:CharacterString></gmd:code></gmd:MD_Identifier></gmd:identifier></gmd:CI_Citation></gmd:citation>"
    );
    let element = match level {
        "service" => "srv:SV_ServiceIdentification",
        _ => "gmd:MD_DataIdentification",
    };
    Record::new(&format!(
        r#"<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:srv="http://www.isotc211.org/2005/srv" xmlns:xlink="http://www.w3.org/1999/xlink"><gmd:fileIdentifier><gco:CharacterString>{id}</gco:CharacterString></gmd:fileIdentifier>{more}<gmd:hierarchyLevel><gmd:MD_ScopeCode codeListValue="{level}"/></gmd:hierarchyLevel><gmd:identificationInfo><{element}>{title}{within}</{element}></gmd:identificationInfo></gmd:MD_Metadata>"#
    ))
}

fn parent(id: &str) -> String {
    format!(
        "<gmd:parentIdentifier><gco:CharacterString>{id}</gco:CharacterString></gmd:parentIdentifier>"
    )
}

struct Portal {
    farm: Farm,
    data: SampleData,
}

impl Portal {
    async fn of(records: Vec<Record>) -> Self {
        let data = SampleData::from(records);
        let mut farm = Farm::of_kind(PortalKind::Csw, csw::PATH, csw::router(data.clone())).await;
        farm.config.harvest.max_withdrawn_share = 1.0;
        Self { farm, data }
    }

    async fn harvest(&self) -> Report {
        self.farm.sleep(3600);
        let report = self.farm.harvest(Scope::Full).await;
        self.farm.publish();
        let wrong = unanswered(&self.farm).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
        report
    }

    /// What a record says by a property, below the base where it is ours.
    fn says(&self, record: &str, property: &str) -> Vec<String> {
        let start = format!("<{BASE}{record}> <{property}> <");
        let quads = self.farm.published_quads().into_iter();
        quads
            .filter(|quad| !quad.contains("/graph/"))
            .filter_map(|quad| Some(quad.strip_prefix(&start)?.split_once('>')?.0.to_owned()))
            .map(|iri| iri.strip_prefix(BASE).unwrap_or(&iri).to_owned())
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_finds_its_record_by_any_of_its_names_and_of_the_kind_that_it_has() {
    let operates = |reference: &str| format!("<srv:operatesOn {reference}/>");
    let portal = Portal::of(vec![
        iso(
            "a-service",
            "service",
            "",
            &operates(r#"uuidref="z-series""#),
        ),
        iso(
            "b-service",
            "service",
            "",
            &operates(r#"uuidref="https://e.org/resource/z-data""#),
        ),
        iso(
            "c-service",
            "service",
            "",
            &operates(r#"xlink:href="https://e.org/resource/z-data""#),
        ),
        iso("d-child", "dataset", &parent("z-series"), ""),
        iso("e-child", "dataset", &parent("z-data"), ""),
        iso("z-data", "dataset", "", ""),
        iso("z-series", "series", "", ""),
    ])
    .await;
    let report = portal.harvest().await;
    assert_eq!(report.counts.updated, 0, "{report:?}");
    assert_eq!(
        portal.says("service/exemple/a-service", SERVES),
        ["series/exemple/z-series"]
    );
    for service in ["service/exemple/b-service", "service/exemple/c-service"] {
        assert_eq!(
            portal.says(service, SERVES),
            ["dataset/exemple/z-data"],
            "{service}"
        );
    }
    assert_eq!(
        portal.says("dataset/exemple/d-child", SERIES),
        ["series/exemple/z-series"]
    );
    // What is no series has nothing in it.
    assert!(portal.says("dataset/exemple/e-child", SERIES).is_empty());
    assert_eq!(
        portal.says("dataset/exemple/e-child", RELATION),
        ["dataset/exemple/z-data"]
    );
    assert_eq!(
        report.counts.findings.get("reference-unknown"),
        None,
        "{report:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_follows_what_it_means_when_that_comes_and_goes() {
    let child = || iso("child", "dataset", &parent("mother"), "");
    let portal = Portal::of(vec![child()]).await;
    let report = portal.harvest().await;
    assert_eq!(
        report.counts.findings.get("reference-unknown"),
        Some(&1),
        "{report:?}"
    );
    let elsewhere = portal.says("dataset/exemple/child", RELATION);
    assert_eq!(elsewhere.len(), 1);
    assert!(elsewhere[0].contains("GetRecordById") && elsewhere[0].contains("mother"));

    portal
        .data
        .change(|records| records.push(iso("mother", "series", "", "")));
    let report = portal.harvest().await;
    assert_eq!(
        (report.counts.created, report.counts.updated),
        (1, 1),
        "{report:?}"
    );
    assert_eq!(
        portal.says("dataset/exemple/child", SERIES),
        ["series/exemple/mother"]
    );
    assert!(portal.says("dataset/exemple/child", RELATION).is_empty());
    let findings = portal.farm.reader().findings(None, 1000).unwrap();
    assert!(
        findings
            .iter()
            .all(|finding| finding.code != "reference-unknown")
    );

    portal
        .data
        .change(|records| records.retain(|record| record.identifier != "mother"));
    let report = portal.harvest().await;
    assert_eq!(
        (report.counts.withdrawn, report.counts.updated),
        (1, 1),
        "{report:?}"
    );
    assert_eq!(portal.says("dataset/exemple/child", RELATION), elsewhere);
    let again = portal.harvest().await;
    assert_eq!(
        (again.counts.created, again.counts.updated),
        (0, 0),
        "{again:?}"
    );
}
