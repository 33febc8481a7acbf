use super::*;
use crate::config::Sparql;

fn turns(workers: usize, queue: usize, queue_each: usize) -> Arc<Turns> {
    let config = Sparql {
        workers,
        ..Sparql::default()
    };
    Turns::new(&PoolOptions {
        queue,
        queue_each,
        ..PoolOptions::new("none".into(), &config)
    })
}

fn client(last: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, last])
}

fn enter(turns: &Arc<Turns>, last: u8) -> oneshot::Receiver<Turn> {
    turns.enter(Some(client(last)), Weight::Unknown).unwrap()
}

fn given(receiver: &mut oneshot::Receiver<Turn>) -> Turn {
    receiver.try_recv().expect("it is its turn")
}

fn waits(receiver: &mut oneshot::Receiver<Turn>) -> bool {
    matches!(
        receiver.try_recv(),
        Err(oneshot::error::TryRecvError::Empty)
    )
}

#[test]
fn a_client_with_many_queries_keeps_nobody_from_a_worker_or_a_place_to_wait() {
    let turns = turns(2, 64, 8);
    let own = given(&mut enter(&turns, 1));
    let lent = given(&mut enter(&turns, 1));
    assert!(!own.is_lent() && lent.is_lent());
    let waiting: Vec<_> = (0..1_000)
        .map(|_| turns.enter(Some(client(1)), Weight::Unknown))
        .collect();
    let accepted = waiting.iter().filter(|one| one.is_ok()).count();
    assert_eq!(accepted, 8);
    let refused = waiting.into_iter().find_map(Result::err).unwrap();
    assert!(matches!(refused, PoolError::Crowded { .. }));
    let mut other = enter(&turns, 2);
    assert!(waits(&mut other));
    drop(lent);
    assert!(
        !given(&mut other).is_lent(),
        "before all that waited longer"
    );
}

#[tokio::test]
async fn what_is_lent_is_asked_back_and_not_lent_again_at_once() {
    let turns = turns(2, 64, 8);
    let own = given(&mut enter(&turns, 1));
    let lent = given(&mut enter(&turns, 1));
    let mut other = enter(&turns, 2);
    lent.recalled().await;
    let mut again = turns.enter(Some(client(1)), Weight::Heavy).unwrap();
    drop(lent);
    let others = given(&mut other);
    drop(others);
    let mut more = enter(&turns, 1);
    assert!(waits(&mut again) && waits(&mut more));
    drop(own);
    assert!(!given(&mut again).is_lent());
}

#[test]
fn a_light_query_is_tried_beside_the_heavy_ones_of_its_client() {
    let turns = turns(2, 64, 8);
    let own = given(&mut enter(&turns, 1));
    let lent = given(&mut enter(&turns, 1));
    assert!(!lent.is_waited_for());
    let mut light = enter(&turns, 1);
    assert!(lent.is_waited_for() && !own.is_waited_for());
    let mut heavy = turns.enter(Some(client(1)), Weight::Heavy).unwrap();
    drop(lent);
    let lent = given(&mut light);
    assert!(lent.is_lent() && waits(&mut heavy));
    drop(lent);
    assert!(waits(&mut heavy), "for a worker of its client's own");
    drop(own);
    assert!(!given(&mut heavy).is_lent());
}

#[test]
fn a_lent_worker_becomes_the_clients_own_when_its_first_query_has_ended() {
    let turns = turns(2, 64, 8);
    let own = given(&mut enter(&turns, 1));
    let lent = given(&mut enter(&turns, 1));
    drop(own);
    assert!(!lent.is_lent());
}

#[test]
fn clients_take_turns() {
    let turns = turns(1, 64, 8);
    let first = given(&mut enter(&turns, 1));
    let mut waiting: Vec<_> = [1, 1, 2, 2, 3].map(|last| enter(&turns, last)).into();
    let mut order = Vec::new();
    let mut running = Some(first);
    while let Some(turn) = running.take() {
        drop(turn);
        for (position, one) in waiting.iter_mut().enumerate() {
            if let Ok(turn) = one.try_recv() {
                order.push(position);
                running = Some(turn);
            }
        }
    }
    assert_eq!(order, [0, 2, 4, 1, 3]);
}

#[test]
fn who_no_longer_waits_takes_no_place() {
    let turns = turns(1, 2, 8);
    let running = given(&mut enter(&turns, 1));
    let gone = [enter(&turns, 2), enter(&turns, 3)];
    let refused = turns.enter(Some(client(4)), Weight::Unknown).err().unwrap();
    assert!(matches!(refused, PoolError::Busy { .. }));
    drop(gone);
    let mut waiting = enter(&turns, 4);
    drop(running);
    drop(given(&mut waiting));
    let state = turns.state();
    assert_eq!(state.free, 1);
    assert!(state.clients.is_empty() && state.ring.is_empty() && state.running.is_empty());
}
