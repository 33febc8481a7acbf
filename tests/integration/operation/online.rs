//! `moisson check --online`, and a harvest through a proxy that the environment names.

use std::net::SocketAddr;

use crate::faults::plain;
use crate::support::BASE;
use crate::support::program::{Done, Site};
use crate::support::unsound::{Fault, Unsound};

fn run(site: &Site, arguments: &[&str], variables: &[(&str, String)]) -> Done {
    let mut command = site.command(arguments);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    tokio::task::block_in_place(|| command.output().unwrap()).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_portal_is_asked_once_and_what_answers_is_said() {
    let portal = Unsound::of(plain(7)).await;
    let site = Site::at(portal.address);
    let done = site.succeed(&["check", "--online"]);
    assert!(
        done.out.contains("exemple: answers as `udata` in "),
        "{}",
        done.out
    );
    assert!(done.out.contains(": 7 datasets"), "{}", done.out);
    assert!(!site.store().exists());
    assert!(portal.asked().len() <= 2, "{:?}", portal.asked());

    portal.breaks("/api/", 0..usize::MAX, Fault::Status(503));
    let done = site.run(&["check", "--online"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(
        done.out.contains("exemple: FAILED after ") && done.out.contains("503"),
        "{}",
        done.out
    );
    portal.heal();

    let empty = Unsound::of(plain(0)).await;
    let done = Site::at(empty.address).run(&["check", "--online"]);
    assert!(done.out.contains("has NO datasets"), "{}", done.out);

    // Another software answers, and nobody at all.
    let address = portal.address;
    site.write_config(&format!(
        "base_uri = '{BASE}'\n[harvest]\nattempts = 4\n\
         [[portal]]\nid = 'autre'\nkind = 'ckan'\nurl = 'http://{address}/'\nallow_private = true\n\
         [[portal]]\nid = 'personne'\nkind = 'udata'\nurl = 'http://127.0.0.1:1/'\nallow_private = true\n"
    ));
    let done = site.run(&["check", "--online"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    for start in ["autre: FAILED after ", "personne: FAILED after "] {
        assert!(done.out.contains(start), "{start}: {}", done.out);
    }
    // What is wrong with the file is asked of nobody.
    site.write_config(&format!(
        "[catalogue]\nhomepage = 'x'\n[[portal]]\nid = 'a'\nkind = 'udata'\nurl = 'http://{address}/'\nallow_private = true\n"
    ));
    let done = site.run(&["check", "--online"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(!done.out.contains("FAILED"), "{}", done.out);
}

/// The portal stands for a proxy: it answers whatever whole address it is asked for.
fn named(site: &Site, host: &str) {
    site.write_config(&format!(
        "base_uri = '{BASE}'\n[harvest]\nattempts = 1\n\
         [[portal]]\nid = 'exemple'\nkind = 'udata'\nurl = 'http://{host}/'\n"
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_environments_proxy_is_asked_and_its_password_shown_nowhere() {
    let portal = Unsound::of(plain(4)).await;
    let site = Site::at(portal.address);
    named(&site, "donnees.exemple.fr");
    let proxy = |address: SocketAddr| ("HTTP_PROXY", format!("http://moi:s3cret@{address}"));
    let done = run(&site, &["harvest"], &[proxy(portal.address)]);
    assert_eq!(done.status, Some(0), "{done:#?}");
    assert!(site.succeed(&["status"]).out.contains("4 dataset"));

    // Directly, the name leads nowhere; nor does a proxy that is not there.
    let direct = ("NO_PROXY", "exemple.fr".to_owned());
    let done = run(&site, &["harvest"], &[proxy(portal.address), direct]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(!format!("{done:?}").contains("proxy"), "{done:#?}");
    let gone = proxy(SocketAddr::from(([127, 0, 0, 1], 1)));
    let done = run(&site, &["harvest"], &[gone]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    let said = format!("{}{}", done.out, done.err);
    assert!(
        said.contains("through the proxy http://127.0.0.1:1/") && !said.contains("s3cret"),
        "{said}"
    );
    named(&site, "metadata.google.internal");
    let done = run(&site, &["harvest"], &[proxy(portal.address)]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(
        format!("{}{}", done.out, done.err).contains("is not fetched through a proxy"),
        "{done:#?}"
    );
}
