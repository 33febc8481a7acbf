//! A portal that is taken out of the configuration keeps its records until the operator takes them out too.

use crate::faults::plain;
use crate::support::BASE;
use crate::support::program::Site;
use crate::support::unsound::Unsound;

/// Takes the portal `exemple` out of the configuration of `site`, which names another instead.
fn take_out(site: &Site) {
    site.write_config(&format!(
        "base_uri = '{BASE}'\n[[portal]]\nid = 'autre'\nkind = 'dcat'\nurl = 'https://autre.example.org/'\n"
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_named_by_every_command_and_nothing_of_it_changes() {
    let portal = Unsound::of(plain(4)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let before = site.descriptions();
    take_out(&site);
    let told = "portal `exemple` is no longer in the configuration";
    let published = site.succeed(&["publish"]);
    assert!(published.err.contains(told), "{published:#?}");
    let status = site.succeed(&["status"]);
    assert!(status.out.contains(told), "{}", status.out);
    assert!(status.out.contains("exemple: 4 dataset"), "{}", status.out);
    let check = site.run(&["check"]);
    assert!(check.out.contains(told), "{}", check.out);
    let after = site.descriptions();
    let changed: Vec<_> = before
        .iter()
        .filter(|(iri, said)| after.get(*iri) != Some(said))
        .map(|(iri, _)| iri.strip_prefix(BASE).unwrap())
        .collect();
    // The catalogue has one more portal.
    assert_eq!(changed, ["catalog"]);
    site.assert_published_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn its_records_go_by_a_word_and_come_back_by_another() {
    let portal = Unsound::of(plain(4)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    take_out(&site);
    site.succeed(&["publish"]);
    let before = site.descriptions();
    let gone = site.succeed(&["withdraw", "--portal", "exemple"]);
    assert!(gone.out.contains("withdrawn    6"), "{}", gone.out);
    let left = site.descriptions();
    assert!(
        left.keys().all(|iri| !iri.contains("/exemple")),
        "{left:#?}"
    );
    site.assert_published_whole();
    let status = site.succeed(&["status"]);
    let told = "portal `exemple` is withdrawn";
    assert!(status.out.contains(told), "{}", status.out);
    assert!(!status.out.contains("no longer"), "{}", status.out);
    // It stays so, whatever is done.
    site.succeed(&["publish"]);
    site.succeed(&["reconvert"]);
    assert_eq!(site.descriptions(), left);
    site.succeed(&["readmit", "--portal", "exemple"]);
    assert_eq!(site.descriptions(), before);
    site.assert_published_whole();
    assert_eq!(
        site.run(&["withdraw", "--portal", "nobody"]).status,
        Some(2)
    );
    assert_eq!(site.run(&["withdraw"]).status, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_is_withdrawn_is_harvested_and_not_published() {
    let portal = Unsound::of(plain(3)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let before = site.descriptions();
    site.succeed(&["withdraw", "--portal", "exemple"]);
    site.succeed(&["harvest", "--full"]);
    let left = site.descriptions();
    assert!(left.keys().all(|iri| !iri.contains("/exemple")));
    site.succeed(&["readmit", "--portal", "exemple"]);
    assert_eq!(site.descriptions(), before);
}
