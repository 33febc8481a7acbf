//! What is said of a portal's keys, and what of them is the question that a crawl asks.

use std::path::Path;

use url::Url;

use super::*;
use crate::config::Config;

fn parse(kind: &str, more: &str) -> Result<Portal, String> {
    let text =
        format!("[[portal]]\nid = 'a'\nkind = '{kind}'\nurl = 'https://a.example/'\n{more}\n");
    Config::parse(&text, Path::new("moisson.toml"))
        .map(|mut config| config.portals.remove(0))
        .map_err(|error| error.to_string())
}

#[test]
fn a_misplaced_or_unknown_key_names_portal_key_and_kind() {
    for (kind, more, words) in [
        (
            "udata",
            "via = 'dcat'",
            &["portal.a.via", "kind `udata`", "these kinds have it: ckan"][..],
        ),
        (
            "dcat",
            "api_key_env = 'K'",
            &["portal.a.api_key_env", "kind `dcat`", ": ckan, ods, csw"],
        ),
        (
            "ckan",
            "schedul = '0 3 * * *'",
            &[
                "portal.a.schedul",
                "kind `ckan`",
                "filter, via, api_key_env",
            ],
        ),
    ] {
        let error = parse(kind, more).unwrap_err();
        for word in words {
            assert!(error.contains(word), "{word}: {error}");
        }
    }
}

#[test]
fn a_wrong_value_names_its_key_and_one_of_any_kind_its_line() {
    for (kind, more, words) in [
        (
            "ckan",
            "via = 'rdf'",
            ["portal.a.via", "expected `api` or `dcat`"],
        ),
        (
            "ods",
            "federated = 1",
            ["portal.a.federated", "invalid type"],
        ),
        (
            "ods",
            "filter = { where = 'a' }",
            ["portal.a.filter", "invalid type"],
        ),
        (
            "csw",
            "constraint = '('",
            ["portal.a.constraint", "is not closed"],
        ),
        (
            "csw",
            "output_schema = 'a b'",
            ["portal.a.output_schema", "no name of a schema"],
        ),
        ("csw", "delay = '5 parsecs'", ["line 5", "no span of time"]),
        ("csw", "include = 'records'", ["line 5", "invalid type"]),
        (
            "gopher",
            "",
            ["line 3", "no kind of portal; known: udata, ckan"],
        ),
    ] {
        let error = parse(kind, more).unwrap_err();
        for word in words {
            assert!(error.contains(word), "{word}: {error}");
        }
    }
    let missing = Config::parse("[[portal]]\nid = 'a'\nkind = 'csw'", Path::new("m.toml"));
    let error = missing.unwrap_err().to_string();
    assert!(error.contains("missing field `url`"), "{error}");
}

#[test]
fn what_decides_a_crawl_has_a_spelling_of_its_own() {
    let root = Url::parse("https://a.example/").unwrap();
    for (kind, more, expected) in [
        ("udata", "", r#"{"filter":{}}"#),
        (
            "udata",
            "filter = { tag = ['a', 'b'], badge = ['c'] }",
            r#"{"filter":{"badge":["c"],"tag":["a","b"]}}"#,
        ),
        (
            "ckan",
            "via = 'dcat'\napi_key_env = 'K'\nfilter = { q = ['eau'], tags = ['a'] }",
            r#"{"filter":{"clauses":["+tags:\"a\""],"words":["eau"]},"via":"dcat"}"#,
        ),
        (
            "ods",
            "federated = 'publish'\nfilter = { where = ['a = 1'], refine = ['b:c'] }",
            r#"{"conditions":["a = 1"],"facets":[["refine","b:c"]],"federated":"publish"}"#,
        ),
        (
            "csw",
            "constraint = 'a = 1'\nfilter = { type = ['series'] }",
            r#"{"constraint":"a = 1","output_schema":null,"types":["series"]}"#,
        ),
        (
            "dcat",
            "filter = { modified_since = ['last'], q = ['eau'] }",
            r#"{"parameters":["since_last",{"fixed":["q","eau"]}]}"#,
        ),
        ("transport", "", "null"),
    ] {
        let asked = parse(kind, more).unwrap().question(&root);
        let own = asked.as_array().unwrap().last().unwrap();
        assert_eq!(own.to_string(), expected, "{kind}");
    }
    let of = |more: &str| parse("csw", more).unwrap().question(&root);
    assert_ne!(of("include = ['records']"), of(""));
    assert_eq!(of("schedule = '0 3 * * *'"), of(""));
}
