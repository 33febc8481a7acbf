//! The master property: after any history of changes, crashes and replays the store equals a bulk load
//! of the ledger, and the ledger does not depend on the order in which records came.

mod listed;
mod world;

use moisson::ledger::Mode;
use moisson::record::PortalId;
use proptest::prelude::*;

use world::{SETTLED, World};

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
