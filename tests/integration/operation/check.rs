//! `moisson check` on configurations that would be published wrongly, never work, or are merely odd.

use std::net::{Ipv4Addr, SocketAddr};

use crate::support::program::Site;

const PORTAL: &str = "[[portal]]\nid = 'a'\nkind = 'udata'\nurl = 'https://donnees.gouv.fr/'\n";

const EXAMPLE: &str =
    "[[portal]]\nid = 'b'\nkind = 'udata'\nurl = 'https://donnees.example.org/'\n";

fn checked(text: &str) -> (Option<i32>, String) {
    let site = Site::at(SocketAddr::from((Ipv4Addr::LOCALHOST, 1)));
    site.write_config(text);
    let done = site.run(&["check"]);
    assert!(!site.store().exists(), "{:?}", site.entries());
    (done.status, format!("{}{}", done.out, done.err))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_published_wrongly_is_named_with_its_key() {
    let base = "base_uri = 'https://donnees.gouv.fr/'\n";
    for (text, words) in [
        (
            "[catalogue]\npublisher = { name = 'M', type = 'Ministry' }",
            &["catalogue.publisher.type: `Ministry`", "NationalAuthority"][..],
        ),
        (
            "[catalogue]\npublisher = { name = '', uri = 'ministere' }",
            &[
                "catalogue.publisher.name: it is empty",
                "catalogue.publisher.uri: `ministere` is no IRI",
            ],
        ),
        (
            "[catalogue]\ncontact = { name = 'E', email = 'mailto:a@b.fr' }",
            &["catalogue.contact.email: `mailto:a@b.fr`"],
        ),
        (
            "[catalogue]\ncontact = { name = 'E', email = 'equipe.gouv.fr' }",
            &["catalogue.contact.email"],
        ),
        (
            "[catalogue]\ncontact = { name = 'E', email = 'a@b@c.fr', url = 'gopher' }",
            &["catalogue.contact.email", "catalogue.contact.url"],
        ),
        (
            "[catalogue]\nhomepage = 'www.gouv.fr'",
            &["catalogue.homepage: `www.gouv.fr` is no IRI"],
        ),
        (
            "[catalogue]\nhomepage = 'urn:x:y'",
            &["catalogue.homepage: `urn:x:y` is no http or https address"],
        ),
        (
            "[catalogue]\nspatial = ['Armorique']",
            &["catalogue.spatial: `Armorique`"],
        ),
        (
            "[catalogue]\nspatial = ['http://publications.europa.eu/resource/authority/country/NOWHERE']",
            &["catalogue.spatial", "no country of the EU's list"],
        ),
        (
            "[catalogue]\ntitle = { 'f r' = 'Titre' }\ndescription = ''",
            &[
                "catalogue.title: `f r` is no language tag",
                "catalogue.description: it is empty",
            ],
        ),
        ("languages = ['klingonais']", &["languages: `klingonais`"]),
        (
            "languages = ['french']",
            &["languages: `french` is no code of a language: `fr` or `en` is expected"],
        ),
        (
            "[harvest]\nuser_agent = \"moisson\\r\\nX-Evil: 1\"",
            &["harvest.user_agent: "],
        ),
        ("[harvest]\ntimeout = '0s'", &["harvest.timeout: "]),
        (
            "[harvest]\nmax_time = '0s'\npatience = '0s'",
            &["harvest.max_time: ", "harvest.patience: "],
        ),
        ("[sparql]\ntimeout = '0s'", &["sparql.timeout: "]),
        (
            "[sparql]\nquota = { seconds_per_minute = 0 }",
            &["sparql.quota.seconds_per_minute: "],
        ),
    ] {
        // Keys of the top come first.
        let whole = format!("{base}{text}\n{PORTAL}");
        let (status, said) = checked(&whole);
        assert_eq!(status, Some(1), "{text}: {said}");
        for word in words {
            let line = format!("moisson.toml: {word}");
            let is_said = said.contains(&line) || (!word.contains(": ") && said.contains(word));
            assert!(is_said, "{word}: {said}");
        }
        assert!(!said.contains("nothing is wrong"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn portals_that_can_never_be_fetched_are_named() {
    for (url, private, words) in [
        ("http://127.0.0.1:8080/", false, "`allow_private = true`"),
        ("http://localhost/", false, "`allow_private = true`"),
        ("http://10.1.2.3/", false, "`allow_private = true`"),
        ("http://[::1]/", false, "`allow_private = true`"),
        ("http://0x7f.1/", false, "`allow_private = true`"),
        (
            "http://169.254.169.254/",
            true,
            "not even with `allow_private`",
        ),
        (
            "http://metadata.google.internal./",
            true,
            "not even with `allow_private`",
        ),
        (
            "http://instance-data/latest/",
            false,
            "not even with `allow_private`",
        ),
    ] {
        let (status, said) = checked(&format!(
            "[[portal]]\nid = 'a'\nkind = 'udata'\nurl = '{url}'\nallow_private = {private}\n"
        ));
        assert_eq!(status, Some(1), "{said}");
        assert!(
            said.contains("portal.a.url: ") && said.contains(words),
            "{said}"
        );
    }
    let (status, said) = checked(
        "[[portal]]\nid = 'a'\nkind = 'udata'\nurl = 'http://10.1.2.3/'\nallow_private = true\n",
    );
    assert_eq!(status, Some(0), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_odd_is_a_warning_and_no_failure() {
    for (text, words) in [
        ("base_uri = 'https://donnees.example.org/'", "base_uri: "),
        ("base_uri = 'http://localhost:8080/'", "base_uri: "),
        (
            "languages = ['fr', 'de']",
            "languages: there are no pages in `de`",
        ),
        (
            "[catalogue]\ncontact = { name = 'E', email = 'donnees@example.org' }",
            "catalogue.contact.email: ",
        ),
        (
            "[catalogue]\nspatial = ['http://id.insee.fr/geo/region/93']",
            "catalogue.spatial: ",
        ),
        ("[harvest]\nfull_every = '400d'", "harvest.full_every: "),
        ("[harvest]\ntimeout = '2d'", "harvest.timeout: "),
        ("[publish]\nmin_interval = '0s'", "publish.min_interval: "),
        (
            "[server]\ntrusted_proxies = ['0.0.0.0/0']",
            "server.trusted_proxies: `0.0.0.0/0`",
        ),
        (
            "[server]\ntrusted_proxies = ['0.0.0.0/1', '::/0']",
            "server.trusted_proxies: `::/0`",
        ),
        (
            "[server]\ntrusted_proxies = ['::ffff:0:0/96']",
            "server.trusted_proxies: ",
        ),
        ("[sparql]\nworkers = 100000", "sparql.workers: 100000"),
        ("[sparql]\nmax_bytes = '1B'", "sparql.max_bytes: 1 bytes"),
        ("[sparql]\ntimeout = '1ms'", "sparql.timeout: 1 ms"),
        ("[harvest]\ntimeout = '1ms'", "harvest.timeout: 1 ms"),
        ("[harvest]\nconcurrency = 100000", "harvest.concurrency: "),
        (EXAMPLE, "portal.b.url: it is an example's"),
    ] {
        let (status, said) = checked(&format!("{text}\n{PORTAL}"));
        assert_eq!(status, Some(0), "{text}: {said}");
        // The default base is the reader's own machine, and a warning too.
        let verdict = format!("no errors, {} warning", said.matches("warning: ").count());
        assert!(said.contains(&verdict), "{verdict}: {said}");
        assert!(!said.contains("nothing is wrong"), "{said}");
        let line = format!("warning: {words}");
        assert!(said.contains(&line), "{line}: {said}");
    }
    let sound = "base_uri = 'https://donnees.gouv.fr/'\n[catalogue]\n\
        publisher = { name = 'Ministère', uri = 'https://www.gouv.fr/', type = 'NationalAuthority' }\n\
        contact = { name = 'Équipe', email = 'équipe+données@donnees.gouv.fr' }\n\
        homepage = 'https://donnees.gouv.fr/à-propos'\nlicence = 'lov2'\n\
        spatial = ['FRA', 'http://publications.europa.eu/resource/authority/country/FRA', 'https://sws.geonames.org/3017382/']\n";
    let (status, said) = checked(&format!("{sound}{PORTAL}"));
    assert_eq!(status, Some(0), "{said}");
    assert!(!said.contains("warning"), "{said}");
    assert!(said.contains("nothing is wrong"), "{said}");
    let sound = "base_uri = 'https://donnees.gouv.fr/'\n[catalogue]\nspatial = 'FRA'\n\
        [server]\ntrusted_proxies = ['10.0.0.0/8', 'fc00::/7', '192.0.2.1', '::1']\n";
    let (status, said) = checked(&format!("{sound}{PORTAL}"));
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("nothing is wrong"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_the_environment_is_checked_too() {
    let site = Site::at(SocketAddr::from((Ipv4Addr::LOCALHOST, 1)));
    site.write_config(PORTAL);
    let mut command = site.command(&["check"]);
    command.env("https_proxy", "socks5://moi:s3cret@proxy:1080");
    let done = tokio::task::block_in_place(|| command.output().unwrap());
    let said = String::from_utf8_lossy(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(
        said.contains("HTTPS_PROXY: ") && !said.contains("s3cret"),
        "{said}"
    );
}
