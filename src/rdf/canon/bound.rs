//! What blank nodes may cost before any of it is spent.
//!
//! RDFC-1.0 labels a blank node by what is said of it. Of nodes that look alike it tries every way to walk
//! through those that hang together, by recursion: a chain of 1,500 overflows the stack, 700 take more than
//! a minute, and eight that all point to each other never end. So nodes are put together that links between
//! blank nodes join, and a part that is too large, too deep or would take too long is refused as a whole.
//! No record that was ever seen comes near: the largest part has a few dozen nodes, nearly all unlike.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hasher as _};

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use oxigraph::model::{NamedOrBlankNode, Term, Triple};

use super::CanonError;

/// The most blank nodes that hang together.
pub(super) const NODES: usize = 20_000;

/// The longest way from one of them to the last.
pub(super) const DEPTH: usize = 1_000;

/// The most work, in names handed from one step of the walk to the next: each takes 100 to 200 ns.
const WORK: u64 = 500_000;

/// `sophia_c14n` tries no more nodes than this in every order.
const ALIKE: usize = 6;

/// What may not be canonicalised: for each refused part the reason and the numbers of its triples.
pub(super) fn refused(triples: &[&Triple]) -> Vec<(CanonError, Vec<usize>)> {
    let graph = Graph::of(triples);
    if graph.links.is_empty() {
        return Vec::new();
    }
    let parts = Parts::of(
        graph.count,
        graph.links.iter().map(|link| (link.from, link.to)),
    );
    let mut reasons: HashMap<usize, CanonError> = HashMap::new();
    for (leader, size) in parts.sizes() {
        if size > NODES {
            reasons.insert(leader, CanonError::Large(size));
        }
    }
    for (leader, depth) in graph.deepest(&parts) {
        if depth > DEPTH {
            reasons.entry(leader).or_insert(CanonError::Deep(depth));
        }
    }
    for (node, count) in graph.too_alike(triples) {
        reasons
            .entry(parts.leader(node))
            .or_insert(CanonError::Alike(count));
    }
    let mut refused: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, ends) in graph.ends.iter().enumerate() {
        let Some(node) = ends.0.or(ends.1) else {
            continue;
        };
        let leader = parts.leader(node);
        if reasons.contains_key(&leader) {
            refused.entry(leader).or_default().push(place);
        }
    }
    let mut refused: Vec<_> = refused
        .into_iter()
        .filter_map(|(leader, places)| Some((reasons.remove(&leader)?, places)))
        .collect();
    refused.sort_by(|one, other| one.1.cmp(&other.1));
    refused
}

/// A statement that leads from one blank node to another.
struct Link {
    from: usize,
    to: usize,
    /// The property, by what it hashes to.
    property: u64,
}

/// The blank nodes of some triples, by number.
struct Graph {
    count: usize,
    /// The blank subject and object of each triple.
    ends: Vec<(Option<usize>, Option<usize>)>,
    /// Between different nodes, each once.
    links: Vec<Link>,
}

impl Graph {
    fn of(triples: &[&Triple]) -> Self {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut ends = Vec::with_capacity(triples.len());
        let mut links = Vec::new();
        for triple in triples {
            let mut number = |label| {
                let next = numbers.len();
                *numbers.entry(label).or_insert(next)
            };
            let from = match &triple.subject {
                NamedOrBlankNode::BlankNode(node) => Some(number(node.as_str())),
                NamedOrBlankNode::NamedNode(_) => None,
            };
            let to = match &triple.object {
                Term::BlankNode(node) => Some(number(node.as_str())),
                _ => None,
            };
            if let (Some(from), Some(to)) = (from, to)
                && from != to
            {
                let property = hash(&triple.predicate.as_str());
                links.push(Link { from, to, property });
            }
            ends.push((from, to));
        }
        links.sort_unstable_by_key(|link| (link.from, link.to, link.property));
        links.dedup_by_key(|link| (link.from, link.to, link.property));
        Self {
            count: numbers.len(),
            ends,
            links,
        }
    }

    /// How far each node is from one that no blank node leads to; none for nodes of a ring and what only
    /// rings lead to.
    fn depths(&self) -> Vec<Option<usize>> {
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); self.count];
        let mut is_top = vec![true; self.count];
        for link in &self.links {
            if let (Some(below), Some(is_top)) = (below.get_mut(link.from), is_top.get_mut(link.to))
            {
                below.push(link.to);
                *is_top = false;
            }
        }
        let mut depths = vec![None; self.count];
        let tops = is_top.iter().enumerate().filter(|(_, is_top)| **is_top);
        let mut open: VecDeque<(usize, usize)> = tops.map(|(node, _)| (node, 0)).collect();
        while let Some((node, depth)) = open.pop_front() {
            let Some(place @ None) = depths.get_mut(node) else {
                continue;
            };
            *place = Some(depth);
            let next = below.get(node).into_iter().flatten();
            open.extend(next.map(|node| (*node, depth + 1)));
        }
        depths
    }

    /// How deep each part is, by its leader. A ring is as deep as it has nodes, wherever one begins.
    fn deepest(&self, parts: &Parts) -> HashMap<usize, usize> {
        let mut deepest: HashMap<usize, usize> = HashMap::new();
        let mut ringed: HashMap<usize, usize> = HashMap::new();
        for (node, depth) in self.depths().into_iter().enumerate() {
            let leader = parts.leader(node);
            if let Some(depth) = depth {
                let known = deepest.entry(leader).or_default();
                *known = depth.max(*known);
            } else {
                *ringed.entry(leader).or_default() += 1;
            }
        }
        for (leader, nodes) in ringed {
            *deepest.entry(leader).or_default() += nodes;
        }
        deepest
    }

    /// What is said of each node, the other blank nodes left out: the first-degree hash of RDFC-1.0, as
    /// far as it tells nodes apart. Triples that occur twice count once.
    fn looks(&self, triples: &[&Triple]) -> Vec<u64> {
        let mut said: Vec<Vec<u64>> = vec![Vec::new(); self.count];
        let mut seen = HashSet::with_capacity(triples.len());
        for (triple, ends) in triples.iter().zip(&self.ends) {
            if !seen.insert(*triple) {
                continue;
            }
            let (subject, object) = (&triple.subject, &triple.object);
            let property = triple.predicate.as_str();
            for (node, is_from, is_to) in [
                (ends.0, true, ends.0 == ends.1),
                (ends.1, ends.0 == ends.1, true),
            ] {
                let Some(said) = node.and_then(|node| said.get_mut(node)) else {
                    continue;
                };
                let subject = (ends.0.is_none().then_some(subject), is_from);
                let object = (ends.1.is_none().then_some(object), is_to);
                said.push(hash(&(subject, property, object)));
                if is_from && is_to {
                    break;
                }
            }
        }
        said.into_iter()
            .map(|mut said| {
                said.sort_unstable();
                hash(&said)
            })
            .collect()
    }

    /// Nodes that look like another one and hang together with so many of their kind that it would take
    /// too long to tell them apart: one of each such group, and how many they are.
    fn too_alike(&self, triples: &[&Triple]) -> Vec<(usize, usize)> {
        let looks = self.looks(triples);
        let mut alike: HashMap<u64, usize> = HashMap::new();
        for look in &looks {
            *alike.entry(*look).or_default() += 1;
        }
        let look = |node: usize| {
            let look = looks.get(node).copied().unwrap_or_default();
            (alike.get(&look) > Some(&1)).then_some(look)
        };
        // What looks like nothing else has its name before the walk begins, which ends there.
        let inner: Vec<(&Link, u64, u64)> = self
            .links
            .iter()
            .filter_map(|link| Some((link, look(link.from)?, look(link.to)?)))
            .collect();
        let parts = Parts::of(
            self.count,
            inner.iter().map(|(link, ..)| (link.from, link.to)),
        );
        let mut groups: HashMap<(usize, bool, u64, u64), usize> = HashMap::new();
        for (link, from, to) in &inner {
            for (node, is_from, other) in [(link.from, true, to), (link.to, false, from)] {
                *groups
                    .entry((node, is_from, link.property, *other))
                    .or_default() += 1;
            }
        }
        let mut costs: HashMap<usize, Cost> = HashMap::new();
        for (leader, size) in parts.sizes() {
            costs.insert(leader, Cost::of(size));
        }
        for ((node, ..), size) in groups {
            if let Some(cost) = costs.get_mut(&parts.leader(node)) {
                cost.orders = cost.orders.saturating_mul(orders(size));
            }
        }
        for node in self.ends.iter().flat_map(|ends| [ends.0, ends.1]).flatten() {
            if let Some(cost) = costs.get_mut(&parts.leader(node)) {
                cost.said += 1;
            }
        }
        let costly = costs.into_iter().filter(|(_, cost)| cost.nodes > 1);
        let mut costly: Vec<_> = costly
            .map(|(node, cost)| (cost.work(), node, cost))
            .collect();
        costly.sort_by_key(|(work, node, _)| (*work, *node));
        let mut spent = 0_u64;
        costly
            .into_iter()
            .filter_map(|(work, node, cost)| {
                spent = spent.saturating_add(work);
                (spent > WORK).then(|| (node, usize::try_from(cost.nodes).unwrap_or(usize::MAX)))
            })
            .collect()
    }
}

/// What it takes to walk through nodes that look alike.
struct Cost {
    nodes: u64,
    /// Statements about them.
    said: u64,
    /// In how many orders their neighbours are tried.
    orders: u64,
}

impl Cost {
    fn of(nodes: usize) -> Self {
        Self {
            nodes: u64::try_from(nodes).unwrap_or(u64::MAX),
            said: 0,
            orders: 1,
        }
    }

    /// From each node a walk goes to all others; at each step all names so far are copied, in each order.
    fn work(&self) -> u64 {
        let walk = self
            .nodes
            .saturating_mul(self.nodes)
            .saturating_add(self.said);
        self.nodes.saturating_mul(walk).saturating_mul(self.orders)
    }
}

fn orders(size: usize) -> u64 {
    if size > ALIKE {
        return u64::MAX;
    }
    (1..=size).filter_map(|n| u64::try_from(n).ok()).product()
}

fn hash(value: &impl std::hash::Hash) -> u64 {
    // Without a key: the same graph is refused or not everywhere.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Nodes put together by links (union-find).
struct Parts {
    above: Vec<usize>,
}

impl Parts {
    fn of(count: usize, links: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut parts = Self {
            above: (0..count).collect(),
        };
        for (one, other) in links {
            let (one, other) = (parts.halved(one), parts.halved(other));
            // The smaller number leads, so that the order of the links does not matter.
            if let Some(above) = parts.above.get_mut(one.max(other)) {
                *above = one.min(other);
            }
        }
        // Every node knows its leader at once: a leader's number is smaller than those that it leads.
        for node in 0..count {
            let top = parts.leader(parts.leader(node));
            if let Some(above) = parts.above.get_mut(node) {
                *above = top;
            }
        }
        parts
    }

    /// The leader of a node, the way to it made shorter.
    fn halved(&mut self, mut node: usize) -> usize {
        loop {
            let above = self.leader(node);
            if above == node {
                return node;
            }
            let top = self.leader(above);
            if let Some(above) = self.above.get_mut(node) {
                *above = top;
            }
            node = top;
        }
    }

    fn leader(&self, node: usize) -> usize {
        self.above.get(node).copied().unwrap_or(node)
    }

    fn sizes(&self) -> HashMap<usize, usize> {
        let mut sizes = HashMap::new();
        for leader in &self.above {
            *sizes.entry(*leader).or_default() += 1;
        }
        sizes
    }
}
