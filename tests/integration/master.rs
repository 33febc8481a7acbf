//! The master property: after any history of changes, crashes and replays the store equals a bulk load
//! of the ledger, and the ledger does not depend on the order in which records came.

use std::collections::BTreeMap;
use std::time::Duration;

use moisson::config::{Config, Portal};
use moisson::dcat;
use moisson::graph::{self, Fixed};
use moisson::harvest::{Recipe, describe_self, prepare, recognition};
use moisson::ledger::{Ledger, Mode, Outcome, Reader, Rules, Staged, Withdrawal};
use moisson::record::PortalId;
use moisson::vocabulary::Vocabularies;
use oxigraph::model::{NamedNode, Triple};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{config, quads};

/// A few concepts stand for the vocabularies: every projection is compared with a load of its own.
fn few() -> Fixed<'static> {
    Fixed {
        triples: &Vocabularies::builtin().triples()[..50],
        own: &[],
        release: "few",
    }
}

/// Datasets that exist from the start, so that a change is small beside them and is applied by
/// difference.
const SETTLED: u8 = 12;

/// What the portal lists: variant by dataset.
type Listing = BTreeMap<u8, u8>;

#[derive(Debug, Clone)]
enum Step {
    /// The portal changes: these datasets get these variants, none removes.
    Change(Vec<(u8, Option<u8>)>),
    /// A full run that comes to its end.
    Harvest { reversed: bool },
    /// A run that crashes after staging so many records.
    Crash { staged: usize },
    /// The projection follows the ledger up to a share of its events, in percent; 100 is all.
    Project { percent: u64 },
    /// People look at the portal's pages.
    Look,
    /// Another portal, which has some of the same datasets, changes and is harvested.
    Elsewhere(Vec<(u8, Option<u8>)>),
    /// The operator says something else of what is the same.
    Say(u8),
    /// Time passes, and what no snapshot shows any more is forgotten.
    Publish,
}

fn step() -> impl Strategy<Value = Step> {
    let change = (0..SETTLED + 6, prop::option::of(0u8..5));
    prop_oneof![
        4 => prop::collection::vec(change, 1..4).prop_map(Step::Change),
        4 => any::<bool>().prop_map(|reversed| Step::Harvest { reversed }),
        1 => (0usize..20).prop_map(|staged| Step::Crash { staged }),
        3 => (0u64..=100).prop_map(|percent| Step::Project { percent }),
        1 => Just(Step::Look),
        3 => prop::collection::vec((0u8..6, prop::option::weighted(0.8, 0u8..6)), 2..8).prop_map(Step::Elsewhere),
        1 => (0u8..6).prop_map(Step::Say),
        2 => Just(Step::Publish),
    ]
}

/// A dataset that shares its publisher, its contact, its landing page and sometimes a resource with
/// others, with literals that oxigraph rewrites.
fn record(id: u8, variant: u8, views: u8) -> serde_json::Value {
    let organization = json!({
        "id": format!("org{}", id % 3), "class": "Organization",
        "name": format!("Organisation {} {}", id % 3, if variant == 4 { "dite autrement" } else { "" }),
        "page": format!("https://portail.example/organizations/org{}/", id % 3),
        "badges": [],
    });
    let resource = if variant == 3 {
        "commune".to_owned()
    } else {
        format!("r{id}")
    };
    json!({
        "id": format!("d{id}"), "title": format!("Jeu {id} variante {variant}"), "description": "Texte.",
        "page": format!("https://portail.example/datasets/{}/", if variant == 2 { "pareil".to_owned() } else { id.to_string() }),
        "uri": format!("https://portail.example/api/1/datasets/d{id}/"),
        "created_at": "2024-01-01T00:00:00+00:00", "last_modified": "2024-05-01T00:00:00+00:00",
        "organization": organization, "tags": ["essai"],
        "contact_points": [{ "id": format!("c{}", id % 2), "name": format!("Contact {variant}"), "email": "a@portail.example", "role": "contact" }],
        "temporal_coverage": { "start": "2020-01-01", "end": format!("202{variant}-12-31") },
        "doi": (variant % 2 == 1).then(|| format!("10.99999/d{id}")),
        "spatial": null, "frequency": "annual", "license": "lov2",
        "metrics": { "views": 10 * u64::from(id) + u64::from(views) },
        "resources": (0..=variant).map(|n| json!({
            "id": if n == 0 { resource.clone() } else { format!("{resource}-{id}-{n}") }, "title": format!("Fichier {n}"),
            "url": format!("https://fichiers.example/{id}/{n}.csv"), "filesize": 10 * (u64::from(n) + 1), "format": "csv",
            "mime": "text/csv", "checksum": { "type": "sha1", "value": "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
        })).collect::<Vec<_>>(),
    })
}

/// A dataset of the other portal, which may be the same as one or two of the first, or as another of its
/// own; and a reuse of it.
fn elsewhere(id: u8, variant: u8) -> [(&'static str, serde_json::Value); 2] {
    let uri = |id: u8| format!("https://portail.example/api/1/datasets/d{id}/");
    let doi = |id: u8| format!("10.99999/d{id}");
    let (harvest, doi) = match variant {
        0 => (json!({ "uri": uri(id) }), None),
        1 => (json!({}), Some(doi(id))),
        2 => (json!({ "uri": uri(0) }), None),
        3 => (json!({ "uri": uri(id) }), Some(doi(id + 1))),
        4 => (json!({ "dct_identifier": format!("d{id}") }), None),
        _ => (json!({}), None),
    };
    [
        (
            "datasets",
            json!({
                "id": format!("e{id}"), "title": format!("Copie {id}"), "description": "Texte.",
                "uri": format!("https://ailleurs.example/api/1/datasets/e{id}/"), "harvest": harvest, "doi": doi,
                "resources": [{ "id": format!("f{id}"), "title": "Fichier", "url": format!("https://ailleurs.example/{id}.csv") }],
            }),
        ),
        (
            "reuses",
            json!({
                "id": format!("v{id}"), "title": "Une carte", "type": "application", "url": "https://carte.example/",
                "datasets": [{ "class": "Dataset", "id": format!("e{}", id / 2) }, { "class": "Dataset", "id": format!("e{id}") }],
            }),
        ),
    ]
}

/// What others say of a dataset: a reuse and a discussion, which lead back to it, and a resource that
/// is sometimes the dataset's own as well.
fn others(id: u8, variant: u8) -> Vec<(&'static str, serde_json::Value)> {
    let dataset = json!({ "class": "Dataset", "id": format!("d{}", id % 4) });
    let resource = if variant == 1 {
        format!("r{id}")
    } else {
        format!("autre{id}")
    };
    vec![
        (
            "reuses",
            json!({
                "id": format!("u{id}"), "title": format!("Réutilisation {variant}"), "type": "application",
                "url": "https://reutilisation.example/", "datasets": [dataset.clone()],
                "metrics": { "views": variant },
            }),
        ),
        (
            "discussions",
            json!({
                "id": format!("q{id}"), "title": "Une question", "subject": dataset.clone(),
                "discussion": (0..variant).map(|n| json!({ "id": format!("m{n}"), "content": "Pourquoi ?" })).collect::<Vec<_>>(),
            }),
        ),
        (
            "community_resources",
            json!({
                "id": resource, "title": "Une autre version", "url": "https://autre.example/v.csv",
                "dataset": dataset,
            }),
        ),
    ]
}

struct World {
    config: Config,
    folder: tempfile::TempDir,
    listing: Listing,
    /// What the other portal lists.
    elsewhere: Listing,
    /// How often everything was looked at.
    views: u8,
    now: i64,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(folder.path(), ([127, 0, 0, 1], 9).into());
        let other = Portal {
            id: PortalId::new("ailleurs").unwrap(),
            url: "https://ailleurs.example/".to_owned(),
            ..config.portals[0].clone()
        };
        config.portals.push(other);
        Self {
            config,
            folder,
            listing: (0..SETTLED).map(|id| (id, 2)).collect(),
            elsewhere: Listing::new(),
            views: 0,
            now: 1_700_000_000,
        }
    }

    fn ledger(&self) -> Ledger {
        Ledger::open(self.folder.path(), &self.config.base_uri).unwrap()
    }

    fn reader(&self) -> Reader {
        Reader::open(self.folder.path(), &self.config.base_uri).unwrap()
    }

    fn portal(&self) -> &Portal {
        &self.config.portals[0]
    }

    fn staged(&self, portal: &Portal) -> Vec<Staged> {
        let recipe = Recipe::new(&self.config, portal, Vocabularies::builtin()).unwrap();
        let one = |(collection, record): (&str, serde_json::Value)| {
            let payload = record.to_string().into_bytes();
            let prepared = prepare(&recipe, collection, &payload).unwrap();
            assert_eq!(prepared.rejected, None, "{collection}");
            Staged {
                collection: collection.into(),
                key: record["id"].as_str().unwrap().to_owned(),
                mark: None,
                payload,
                prepared,
            }
        };
        let mut records = Vec::new();
        if portal.id != self.portal().id {
            for (id, variant) in &self.elsewhere {
                records.extend(elsewhere(*id, *variant));
            }
            return records.into_iter().map(one).collect();
        }
        for (id, variant) in &self.listing {
            records.push(("datasets", record(*id, *variant, self.views)));
            if *id >= SETTLED {
                records.extend(others(*id, *variant));
            }
        }
        records.into_iter().map(one).collect()
    }

    /// A full run in pages of five; it ends there when `crash` is some number of records.
    fn harvest(&mut self, reversed: bool, crash: Option<usize>) {
        self.harvest_of(0, reversed, crash);
    }

    fn harvest_of(&mut self, portal: usize, reversed: bool, crash: Option<usize>) {
        self.now += 60;
        let mut ledger = self.ledger();
        let portal = self.config.portals[portal].clone();
        ledger.abandon(&portal.id, self.now).unwrap();
        let run = ledger.begin(&portal.id, Mode::Full, self.now).unwrap();
        let mut staged = self.staged(&portal);
        if reversed {
            staged.reverse();
        }
        staged.truncate(crash.unwrap_or(usize::MAX));
        for page in staged.chunks(5) {
            ledger
                .stage(run, "test", page, &[], Some("cursor"))
                .unwrap();
        }
        if crash.is_none() {
            self.commit(&mut ledger, run);
        }
    }

    fn commit(&self, ledger: &mut Ledger, run: moisson::ledger::RunId) {
        let vocabularies = Vocabularies::builtin();
        let base = &self.config.base_uri;
        let memberships = |iri: &NamedNode, triples: &[Triple]| {
            dcat::memberships(iri, triples, base, vocabularies)
        };
        let rules = Rules {
            merge: &dcat::merge,
            memberships: &memberships,
            recognition: &recognition(&self.config),
        };
        let outcome = Outcome::Complete {
            listed: vec!["datasets", "reuses", "discussions", "community_resources"],
        };
        let withdrawal = Withdrawal {
            grace: Duration::ZERO,
            max_share: 1.0,
        };
        ledger
            .commit(run, &outcome, withdrawal, rules, self.now)
            .unwrap();
    }

    /// The operator changes the configuration, and it takes effect.
    fn say(&mut self, what: u8) {
        let iri =
            |portal: &str, key: &str| self.config.base_uri.iri(&format!("dataset/{portal}/{key}"));
        let pair = |n: u8| {
            vec![
                iri("ailleurs", &format!("e{n}")).into_string(),
                iri("exemple", &format!("d{n}")).into_string(),
            ]
        };
        let (one, two) = (pair(1), pair(2));
        let word = &mut self.config.recognition;
        *word = moisson::config::Recognition::default();
        match what {
            0 => word.enabled = false,
            1 => word.apart = vec![one],
            2 => word.same = vec![two],
            3 => word.prefer = vec![PortalId::new("ailleurs").unwrap()],
            4 => word.canonical = one,
            _ => {}
        }
        self.configure();
    }

    fn configure(&mut self) {
        self.now += 60;
        let vocabularies = Vocabularies::builtin();
        describe_self(&mut self.ledger(), &self.config, vocabularies, self.now).unwrap();
    }

    /// Aliases lead to what is shown, and nothing that is shown speaks of one.
    fn check_aliases(&self) {
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        let aliases = reader.scan_aliases(0, 10_000, at).unwrap();
        for alias in &aliases {
            let shown = reader.live_of(&alias.iri, at).unwrap().unwrap();
            assert_eq!(shown.iri, alias.canonical);
        }
        for (iri, body) in self.descriptions() {
            let named = aliases
                .iter()
                .find(|alias| body.contains(&format!("<{}>", alias.iri)));
            assert!(named.is_none(), "{iri} speaks of {named:?}");
        }
    }

    /// Looking at everything again, as if nothing was known of evidence, comes to the same.
    fn check_nothing_was_missed(&mut self) {
        self.configure();
        let (before, findings) = (self.reader().sequence().unwrap(), self.findings());
        let path = self.folder.path().join("ledger.sqlite");
        let connection = rusqlite::Connection::open(path).unwrap();
        connection
            .execute_batch(
                "DELETE FROM evidence; DELETE FROM reference;
                 DELETE FROM meta WHERE key IN ('evidence', 'recognition');",
            )
            .unwrap();
        self.configure();
        assert_eq!(self.reader().sequence().unwrap(), before);
        assert_eq!(self.findings(), findings);
    }

    fn findings(&self) -> Vec<String> {
        let rows = self.reader().findings(None, 100_000).unwrap();
        let own = rows.into_iter().filter(|row| row.field == "identity");
        let mut found: Vec<String> = own
            .map(|row| format!("{} {} {} {}", row.record, row.code, row.message, row.value))
            .collect();
        found.sort_unstable();
        found
    }

    fn project(&self, at: u64) {
        let folder = self.folder.path().join("graph");
        let (store, _) = graph::catch_up(&folder, &self.reader(), few(), at).unwrap();
        let (found, expected) = (
            quads(&store),
            quads(&graph::reference(&self.reader(), few(), at).unwrap()),
        );
        let missing: Vec<_> = expected.difference(&found).collect();
        let surplus: Vec<_> = found.difference(&expected).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "at {at} missing {missing:#?} surplus {surplus:#?}"
        );
    }

    fn descriptions(&self) -> BTreeMap<String, String> {
        let reader = self.reader();
        let at = reader.sequence().unwrap();
        let live = reader.scan(0, 10_000, at).unwrap();
        live.into_iter()
            .map(|one| (one.iri, reader.body(one.digest).unwrap()))
            .collect()
    }

    /// No subject is stated by two records, and no triple twice.
    fn check_ownership(&self) {
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        for (iri, body) in self.descriptions() {
            for line in body.lines() {
                let subject = line.split(' ').next().unwrap().to_owned();
                if subject.starts_with('<') {
                    let owner = owners.entry(subject.clone()).or_insert_with(|| iri.clone());
                    assert_eq!(*owner, iri, "{subject} has two owners");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, fork: false, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_store_equals_a_bulk_load_of_the_ledger(steps in prop::collection::vec(step(), 1..16)) {
        let mut world = World::new();
        world.harvest(false, None);
        world.ledger().plan_publication(world.now).unwrap();
        let mut reached = 0;
        for step in steps {
            match step {
                Step::Change(changes) => for (id, variant) in changes {
                    match variant {
                        Some(variant) => drop(world.listing.insert(id, variant)),
                        None => drop(world.listing.remove(&id)),
                    }
                },
                Step::Harvest { reversed } => world.harvest(reversed, None),
                Step::Crash { staged } => world.harvest(false, Some(staged)),
                Step::Elsewhere(changes) => {
                    for (id, variant) in changes {
                        match variant {
                            Some(variant) => drop(world.elsewhere.insert(id, variant)),
                            None => drop(world.elsewhere.remove(&id)),
                        }
                    }
                    world.harvest_of(1, false, None);
                }
                Step::Say(what) => world.say(what),
                Step::Look => world.views = world.views.wrapping_add(1),
                Step::Publish => {
                    world.now += 60;
                    world.ledger().plan_publication(world.now).unwrap();
                    world.ledger().forget_measurements(reached).unwrap();
                }
                Step::Project { percent } => {
                    // Only what a publication was planned for has the dates that the store shows.
                    let planned = world.reader().latest_publication().unwrap().unwrap().sequence;
                    let at = reached + (planned - reached) * percent / 100;
                    world.project(at);
                    reached = at;
                }
            }
            world.check_ownership();
            world.check_aliases();
        }
        world.check_nothing_was_missed();
        world.now += 60;
        let planned = world.ledger().plan_publication(world.now).unwrap();
        world.project(planned.sequence);
    }

    #[test]
    fn the_descriptions_do_not_depend_on_the_order_of_the_records(
        changes in prop::collection::vec((0..SETTLED + 4, 0u8..5), 0..10),
    ) {
        let (mut one, mut other) = (World::new(), World::new());
        for (id, variant) in changes {
            // A shared part belongs to whoever had it first, so that its IRI stays where it is.
            let variant = if variant == 3 { 0 } else { variant };
            one.listing.insert(id, variant);
            other.listing.insert(id, variant);
        }
        one.harvest(false, None);
        other.harvest(true, None);
        prop_assert_eq!(one.descriptions(), other.descriptions());
    }
}

#[test]
fn event_times_increase_with_the_sequence_also_when_the_clock_goes_back() {
    let mut world = World::new();
    let mut times = Vec::new();
    for (turn, clock) in [1_700_000_000, 1_600_000_000, 1_600_000_001, 1_800_000_000]
        .into_iter()
        .enumerate()
    {
        world.listing.insert(0, u8::try_from(turn).unwrap());
        world.harvest(false, None);
        let planned = world.ledger().plan_publication(clock).unwrap();
        times.push(planned.time);
        assert_eq!(
            world.ledger().plan_publication(clock + 9).unwrap(),
            planned,
            "a sequence is published once"
        );
    }
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{times:?}");
}

#[test]
fn a_change_between_commit_and_publication_is_seen_at_the_next_poll() {
    use moisson::ledger::{Filter, Position};
    let mut world = World::new();
    world.harvest(false, None);
    world.ledger().plan_publication(100).unwrap();
    world.ledger().mark_visible(u64::MAX >> 1, 110).unwrap();
    world.listing.insert(0, 1);
    world.harvest(false, None);
    // The time is fixed at 200, a client polls at 250, readers see the change at 300.
    let planned = world.ledger().plan_publication(200).unwrap();
    let polled = 250;
    let since = |moment| {
        let filter = Filter {
            modified_since: Some(moment),
            ..Filter::default()
        };
        world
            .reader()
            .page(&filter, Position::Offset(0), 100, planned.sequence)
            .unwrap()
            .total
    };
    assert!(since(polled) > 0, "not visible yet: it counts as new");
    world.ledger().mark_visible(planned.sequence, 300).unwrap();
    assert!(since(polled) > 0, "it became visible after the poll");
    assert_eq!(since(301), 0);
}

#[test]
fn a_crashed_run_leaves_nothing_and_its_portal_free() {
    let mut world = World::new();
    world.harvest(false, None);
    let before = (world.reader().sequence().unwrap(), world.descriptions());
    world.listing.insert(3, 4);
    world.harvest(false, Some(7));
    assert_eq!(
        (world.reader().sequence().unwrap(), world.descriptions()),
        before
    );
    let interrupted = world
        .ledger()
        .interrupted(&PortalId::new("exemple").unwrap())
        .unwrap();
    assert!(
        interrupted
            .is_some_and(|run| run.mode == Mode::Full && run.cursor.as_deref() == Some("cursor"))
    );
    world.harvest(false, None);
    assert!(world.reader().sequence().unwrap() > before.0);
}
