//! `SERVICE <urn:moisson:search>` in every engine.

use moisson::graph::query::{Format, Limits, Overflow, Query, QueryError, ResultsSyntax, evaluate};
use moisson::graph::{self, Opened};
use moisson::search::Deferred;

use super::Portal;
use crate::support::fixed;

const PREFIXES: &str =
    "PREFIX search: <urn:moisson:search#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/> PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX geof: <http://www.opengis.net/def/function/geosparql/> ";

/// What a query answers over a graph, as lines of CSV; of both engines.
struct Engines {
    graphs: [Opened; 2],
    search: Deferred,
}

impl Engines {
    fn of(portal: &Portal) -> Self {
        let snapshot = portal.snapshot();
        let at = snapshot.manifest().sequence;
        let reference = graph::reference(&portal.farm.reader(), fixed(), at).unwrap();
        Self {
            graphs: [snapshot.open().unwrap(), Opened::Store(reference)],
            search: Deferred::beside(&snapshot.graph()),
        }
    }

    fn on(&self, graph: &Opened, text: &str) -> Result<Vec<String>, QueryError> {
        let text = format!("{PREFIXES}{text}");
        let query = Query {
            text: &text,
            base: None,
            default_graphs: &[],
            named_graphs: &[],
            format: Format::Results(ResultsSyntax::Csv),
            limits: Limits {
                rows: 100_000,
                bytes: 1 << 24,
                overflow: Overflow::Abort,
            },
            search: Some(&self.search),
        };
        let mut answer = Vec::new();
        evaluate(graph, &query, &mut answer)?;
        let answer = String::from_utf8(answer).unwrap();
        Ok(answer.lines().skip(1).map(str::to_owned).collect())
    }

    fn ask(&self, text: &str) -> Vec<String> {
        let [first, second] = self.graphs.each_ref().map(|graph| {
            let mut rows = self
                .on(graph, text)
                .unwrap_or_else(|error| panic!("{text}: {error}"));
            rows.sort_unstable();
            rows
        });
        assert_eq!(first, second, "{text}");
        first
    }

    fn refused(&self, text: &str) -> String {
        let [first, second] = self.graphs.each_ref().map(|graph| {
            let refused = self.on(graph, text);
            match refused {
                Err(QueryError::Search(message)) => message,
                other => panic!("{text}: {other:?}"),
            }
        });
        assert_eq!(first, second);
        first
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_joined_with_what_is_around_them() {
    let portal = Portal::new().await;
    let engines = Engines::of(&portal);
    let block = "SERVICE <urn:moisson:search> { ?d search:query \"qualité de l'air\" ; search:lang \"fr\" ; search:rank ?rank ; search:total ?total }";
    for around in [
        format!("{block} ?d dct:title ?title"),
        format!("?d dct:title ?title . {block}"),
        format!("?d a dcat:Dataset {{ {block} }} OPTIONAL {{ ?d dct:title ?title }}"),
        format!("{{ SELECT ?d ?rank ?total {{ {block} }} }} ?d dct:title ?title"),
        format!("?d dct:title ?title {block} FILTER(?rank < 2)"),
    ] {
        let rows = engines.ask(&format!("SELECT ?title ?rank ?total {{ {around} }}"));
        assert_eq!(rows, ["Qualité de l'air à Lyon,1,1"], "{around}");
    }
    let both = "SELECT ?title { ?d dct:title ?title FILTER EXISTS { SERVICE <urn:moisson:search> { ?d search:prefix \"vel\" } } }";
    assert_eq!(engines.ask(both), ["Vélos", "Vélos"]);
    let not = "SELECT (COUNT(*) AS ?n) { ?d a dcat:Dataset MINUS { SERVICE <urn:moisson:search> { ?d search:prefix \"vel\" } } }";
    assert_eq!(engines.ask(not), ["10"]);
    let union = "SELECT ?title { { SERVICE <urn:moisson:search> { ?d search:query \"plu\" } } UNION { SERVICE <urn:moisson:search> { ?d search:query \"velos\" } } ?d dct:title ?title }";
    assert_eq!(engines.ask(union).len(), 4);
    let nothing =
        "SELECT * { ?d dct:title ?t . SERVICE <urn:moisson:search> { ?d search:query \"*:*\" } }";
    assert!(engines.ask(nothing).is_empty());
    let silent =
        "SELECT * { SERVICE SILENT <urn:moisson:search> { ?d search:query \"baignade\" } }";
    assert_eq!(engines.ask(silent).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_condition_and_answer_is_understood() {
    let portal = Portal::new().await;
    let engines = Engines::of(&portal);
    let count = |said: &str| {
        let rows = engines.ask(&format!(
            "SELECT ?d {{ SERVICE <urn:moisson:search> {{ ?d {said} }} }}"
        ));
        rows.len()
    };
    for (said, found) in [
        ("search:query \"velos\"", 2),
        ("search:query \"velos\" ; search:limit 1", 1),
        ("search:query \"velos\" ; search:limit \"1\"", 1),
        ("search:phrase \"plan local\"@fr", 1),
        ("search:fuzzy \"covoiturgae\"", 1),
        ("search:query \"stations\" ; search:field \"title\"", 0),
        (
            "search:query \"stations\" ; search:field \"title\", \"description\"",
            1,
        ),
        ("search:kind dcat:Dataset", 12),
        (
            "search:kind dcat:Dataset, <http://xmlns.com/foaf/0.1/Agent>",
            13,
        ),
        ("search:bbox \"-5,41,10,51\"", 2),
        ("search:bbox \"179, -20, -179, -10\"", 1),
        ("search:near \"48.85,2.35\"", 3),
        ("search:near \"48.85,2.35\" ; search:distance 400000", 2),
        (
            "search:near \"48.85,2.35\" ; search:distance 1e5 ; search:sort \"distance\"",
            1,
        ),
        ("search:from \"2020\" ; search:to \"2030-01-01\"", 1),
        ("search:from \"2022\"", 0),
        ("search:publisher <urn:nobody>", 0),
        (
            "search:kind dcat:Dataset ; search:sort \"modified\" ; search:limit 3",
            3,
        ),
    ] {
        assert_eq!(count(said), found, "{said}");
    }
    let answers = engines.ask(
        "SELECT ?title ?snippet (?score > 0 AS ?scored) (ROUND(?metres) AS ?m) { SERVICE <urn:moisson:search> {
           ?d search:query \"vélo\" ; search:near \"45.75,4.85\" ; search:distance 1000 ;
              search:title ?title ; search:snippet ?snippet ; search:score ?score ; search:metres ?metres } }",
    );
    assert_eq!(answers, ["Vélos,,true,0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_understood_is_refused_by_its_name() {
    let portal = Portal::new().await;
    let engines = Engines::of(&portal);
    for (said, told) in [
        ("?d search:words \"air\"", "<urn:moisson:search#words>"),
        ("?d search:words ?w", "<urn:moisson:search#words>"),
        ("?d dct:title \"air\"", "<http://purl.org/dc/terms/title>"),
        ("?d ?p \"air\"", "written out"),
        ("<urn:x> search:query \"air\"", "subject"),
        ("?d search:query ?q", "written out"),
        ("?d search:query \"air\" ; search:score 1", "variable"),
        (
            "?d search:query \"air\" . ?e search:query \"eau\"",
            "one search",
        ),
        (
            "?d search:query \"air\" ; search:score ?s ; search:rank ?s",
            "two places",
        ),
        ("?d search:query \"air\" ; search:score ?d", "two places"),
        ("?d search:query \"air\" FILTER(?d != <urn:x>)", "FILTER"),
        ("?d search:query \"air\" ; search:limit 10001", "10000"),
        ("?d search:query \"air\" ; search:limit -1", "at most 10000"),
        ("?d search:query \"air\" ; search:limit 1, 2", "once"),
        ("?d search:query \"air\" ; search:lang \"de\"", "`de`"),
        ("?d search:query \"air\" ; search:field \"body\"", "`body`"),
        ("?d search:query \"air\" ; search:sort \"size\"", "`size`"),
        ("?d search:kind dct:Agent", "dcat:Dataset"),
        ("?d search:bbox \"1,2,3\"", "west,south,east,north"),
        ("?d search:bbox \"1,9,3,2\"", "west,south,east,north"),
        ("?d search:bbox \"NaN,0,1,1\"", "west,south,east,north"),
        ("?d search:near \"91,0\"", "degrees"),
        ("?d search:near \"1,1\" ; search:distance -5", "metres"),
        ("?d search:query \"air\" ; search:distance 5", "search:near"),
        ("?d search:query \"air\" ; search:metres ?m", "search:near"),
        ("?d search:from \"soon\"", "date"),
        ("?d search:lang \"fr\"", "something to look for"),
        ("?d search:score ?s", "something to look for"),
        ("", "needs a statement"),
    ] {
        let message = engines.refused(&format!(
            "SELECT * {{ SERVICE <urn:moisson:search> {{ {said} }} }}"
        ));
        assert!(message.contains(told), "{said}: {message}");
    }
    let long = "mot ".repeat(10_000);
    let message = engines.refused(&format!(
        "SELECT * {{ SERVICE <urn:moisson:search> {{ ?d search:fuzzy \"{long}\" }} }}"
    ));
    assert!(message.contains("1000 characters"), "{message}");
    for graph in &engines.graphs {
        for name in ["<urn:moisson:other>", "<http://127.0.0.1:9/>", "?s"] {
            let other = engines.on(
                graph,
                &format!("SELECT * {{ SERVICE {name} {{ ?d search:query \"air\" }} }}"),
            );
            assert!(
                matches!(other, Err(QueryError::Evaluation(_))),
                "{name}: {other:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn geometries_are_compared_and_measured() {
    let portal = Portal::new().await;
    let engines = Engines::of(&portal);
    let france = "\"POLYGON((-5 41,10 41,10 51,-5 51,-5 41))\"^^geo:wktLiteral";
    let within = format!(
        "SELECT ?title {{ ?d dct:title ?title ; dct:spatial/dcat:bbox ?box FILTER(geof:sfWithin(?box, {france})) }}"
    );
    assert_eq!(engines.ask(&within), ["Vélos", "Vélos"]);
    let distance = "SELECT (ROUND(geof:distance(\"POINT(2.35 48.85)\"^^geo:wktLiteral, \"POINT(2.35 49.85)\"^^geo:wktLiteral,
        <http://www.opengis.net/def/uom/OGC/1.0/metre>) / 1000) AS ?km) {}";
    assert_eq!(engines.ask(distance), ["111"]);
    // What is nested without end is no geometry, and not the end of the process.
    let deep = format!(
        "{}POINT(1 1){}",
        "GEOMETRYCOLLECTION(".repeat(20_000),
        ")".repeat(20_000)
    );
    let nested = format!("SELECT (geof:isEmpty(\"{deep}\"^^geo:wktLiteral) AS ?e) {{}}");
    assert_eq!(engines.ask(&nested), [""]);
}
