//! What RFC 9309 says by example, and what files on the web look like.

use super::*;

fn allows(file: &str, path: &str) -> bool {
    let url = format!("https://example.org{path}").parse().unwrap();
    Rules::parse(file.as_bytes()).allow(&url)
}

#[track_caller]
fn assert_paths(file: &str, allowed: &[&str], refused: &[&str]) {
    for path in allowed {
        assert!(allows(file, path), "{path} is refused by {file}");
    }
    for path in refused {
        assert!(!allows(file, path), "{path} is allowed by {file}");
    }
}

#[test]
fn no_rules_allow_everything() {
    for file in [
        "",
        "User-agent: *\nDisallow:",
        "<!doctype html><html><title>Not found: 404</title>",
        "Disallow: /\n",
        "User-agent: other\nDisallow: /\n",
    ] {
        assert_paths(file, &["/", "/catalog.rdf?page=2"], &[]);
    }
}

#[test]
fn own_groups_count_together_and_instead_of_the_common_one() {
    let file = "User-agent: *\nDisallow: /\n\n\
                User-Agent: MOISSON/1.0 (any)\nDisallow: /a\n\n\
                User-agent: other\nUser-agent: moisson\n\nDisallow: /b\nSitemap: x\nDisallow: /c\n";
    assert_paths(file, &["/", "/d"], &["/a", "/b", "/c"]);
    // A group of one's own without a rule allows everything.
    assert_paths(
        "User-agent: moisson\nUser-agent: *\nDisallow: /\n",
        &[],
        &["/"],
    );
    assert_paths(
        "User-agent: *\nDisallow: /\nUser-agent: moisson\n",
        &["/"],
        &[],
    );
    // Another program whose name begins alike is another.
    assert_paths("User-agent: moissonneuse\nDisallow: /\n", &["/"], &[]);
}

#[test]
fn the_longest_rule_decides_whatever_the_order() {
    // RFC 9309 §5.2.
    let file = "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
    assert_paths(
        file,
        &["/example/page/", "/"],
        &["/example/page/disallowed.gif"],
    );
    let file = "User-agent: *\nDisallow: /\nAllow: /catalog\n";
    assert_paths(file, &["/catalog.rdf"], &["/dataset/1"]);
    let file = "User-agent: *\nDisallow: /p\nAllow: /p\n";
    assert_paths(file, &["/p"], &[]);
}

#[test]
fn stars_and_dollars_are_special() {
    // RFC 9309 §5.1 and §2.2.3.
    let file = "User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n";
    assert_paths(
        file,
        &["/publications/a.gif?x", "/a.gifs", "/publications/"],
        &["/a.gif", "/b/c.gif", "/example/"],
    );
    let file = "User-agent: *\nDisallow: /a*b*c\nDisallow: /*?page=\nDisallow: /x$y\n";
    assert_paths(
        file,
        &["/acb", "/ab", "/page=", "/x"],
        &["/abc", "/a-b-c-d", "/catalog?page=2", "/x$y"],
    );
    let file = "User-agent: *\nDisallow: /file-with-a-%2A.html\nDisallow: /%24x\n";
    assert_paths(
        file,
        &["/file-with-a-b.html", "/x"],
        &["/file-with-a-*.html", "/$x"],
    );
    assert_paths("User-agent: *\nDisallow: /a*$\n", &["/b"], &["/a", "/ab"]);
    assert_paths("User-agent: *\nDisallow: /*a*a$\n", &["/a"], &["/aa"]);
}

#[test]
fn paths_are_compared_decoded() {
    // RFC 9309 §2.2.2.
    let file = "User-agent: *\nDisallow: /foo/bar/ツ\nDisallow: /%61%2Db/%2f\nDisallow: /q%3fa\n";
    assert_paths(
        file,
        &["/foo/bar/", "/a-b//", "/q?a"],
        &["/foo/bar/%E3%83%84", "/foo/bar/ツ", "/a-b/%2F", "/q%3Fa"],
    );
    assert_paths("User-agent: *\nDisallow: /100%\n", &["/100"], &["/100%"]);
}

#[test]
fn files_are_read_leniently() {
    let file =
        "\u{feff}USER-AGENT : * # everybody\r\n disallow : /a # not this\r\nnonsense\rDisallow:/b";
    assert_paths(file, &["/c"], &["/a", "/b"]);
    assert_paths(
        "User-agent: *\nDisallow: /\n",
        &["/robots.txt"],
        &["/robots"],
    );
    let long = format!("User-agent: *\n{}Disallow: /\n", "#\n".repeat(MAX_BYTES));
    assert_paths(&long, &["/"], &[]);
}

#[test]
fn the_pause_that_a_host_asks_for_is_read() {
    let delay = |file: &str| Rules::parse(file.as_bytes()).delay;
    let seconds = |seconds| Some(Duration::from_secs_f64(seconds));
    assert_eq!(delay("User-agent: *\nCrawl-delay: 10\n"), seconds(10.0));
    assert_eq!(
        delay("User-agent: moisson\ncrawl-Delay: 0.5\n"),
        seconds(0.5)
    );
    let both = "User-agent: *\nCrawl-delay: 2\nUser-agent: other\nCrawl-delay: 30\n";
    assert_eq!(delay(both), seconds(2.0));
    for nonsense in ["-1", "soon", "NaN", "1e300", ""] {
        let file = format!("User-agent: *\nCrawl-delay: {nonsense}\n");
        assert_eq!(delay(&file), None, "{nonsense}");
    }
}
