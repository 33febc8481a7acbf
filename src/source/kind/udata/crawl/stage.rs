//! Which lists a crawl takes, in which order, and how each is asked for.
//!
//! A `filter` names what datasets must have. Of the other lists a filtered portal brings only what the
//! same filter can pick, so that the portal of one topic does not come with the discussions of all:
//!
//! | list | restricted by |
//! |---|---|
//! | `datasets` | every filter |
//! | `dataservices`, `reuses` | `organization`, `organization_badge`, `owner`, one `tag`; that of the filter `dataservice`, `reuse` |
//! | `topics` | `organization`, `owner`, `tag`, `geozone`, `granularity`; that of the filter `topic` |
//! | `organizations` | that of the filter `organization` |
//! | `harvest_sources` | `organization` or `owner` |
//! | `discussions` | `organization` alone (the discussions of all that it publishes); else those about the records of the other lists, asked for many at a time (`for=`) |
//! | `community_resources` | nothing: the API takes one dataset a request, too many questions for a large portal |
//!
//! (The `topic` by which reuses can be filtered is their theme, `health` or `culture`, and no topic.) A
//! list that `include` names and that cannot be restricted is left out with a note; only the directories
//! of organizations and harvested portals are then taken whole.

use super::Plan;
use crate::source::contract::Site;
use crate::source::kind::udata::settings::Filter;
use crate::source::kind::udata::{
    COMMUNITY, DATASERVICES, DATASETS, DISCUSSIONS, ORGANIZATIONS, REUSES, SOURCES, TOPICS,
};

/// Filters that the search of version 2 does not know, or understands otherwise than version 1: it would
/// ignore them and bring the whole portal.
const UNSEARCHABLE: [&str; 4] = [
    "dataservice",
    "reuse",
    "schema_version",
    "temporal_coverage",
];

/// The lists of a whole portal, in order: what everything else is about comes first, so that a fault of a
/// later list costs least; the discussions come when all that is discussed is known.
pub(in super::super) const COLLECTIONS: [&str; 8] = [
    ORGANIZATIONS,
    DATASETS,
    COMMUNITY,
    DATASERVICES,
    REUSES,
    TOPICS,
    SOURCES,
    DISCUSSIONS,
];

/// A list to go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stage {
    /// What it lists.
    pub(super) collection: &'static str,
    /// How it is asked for.
    pub(super) way: Way,
}

/// How a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// Page by page, with these parameters.
    Pages(Vec<(String, String)>),
    /// What has changed, by the search of version 2, with these parameters.
    Search(Vec<(String, String)>),
    /// The one record of this identifier.
    One(String),
    /// Those about the records of the lists before it.
    OfSubjects,
}

/// The lists of a portal, and what is left out although it was asked for.
pub(super) fn stages(filter: &Filter, site: &Site, plan: &Plan) -> (Vec<Stage>, Vec<String>) {
    let (mut stages, mut notes) = (Vec::new(), Vec::new());
    for collection in COLLECTIONS {
        let asked = site.names(collection);
        if asked == Some(false) {
            continue;
        }
        let way = match restricted(collection, filter, plan) {
            Some(way) => way,
            None if asked.is_none() => continue,
            None if [ORGANIZATIONS, SOURCES].contains(&collection) => Way::Pages(Vec::new()),
            None => {
                notes.push(format!(
                    "{collection} are not harvested: the API cannot restrict them by this filter"
                ));
                continue;
            }
        };
        stages.push(Stage { collection, way });
    }
    (stages, notes)
}

/// Whether what has changed can be asked for under these filters.
pub(in super::super) fn is_searchable(filter: &Filter) -> bool {
    !filter.names().any(|name| UNSEARCHABLE.contains(&name))
}

/// The records without which a filter means nothing, as collection and identifier: of a topic that does
/// not exist udata lists all datasets of the portal.
pub(super) fn conditions(filter: &Filter) -> Vec<(&'static str, String)> {
    [
        ("topic", TOPICS),
        ("dataservice", DATASERVICES),
        ("reuse", REUSES),
    ]
    .into_iter()
    .filter_map(|(name, collection)| Some((collection, filter.first(name)?)))
    .collect()
}

/// How a list is asked for under a filter; none where it cannot be.
fn restricted(collection: &'static str, filter: &Filter, plan: &Plan) -> Option<Way> {
    let all = || filter.parameters();
    if collection == DATASETS {
        return Some(match plan {
            Plan::Full => Way::Pages(all()),
            Plan::Incremental { .. } => Way::Search(all()),
        });
    }
    if filter.is_empty() {
        return Some(Way::Pages(Vec::new()));
    }
    let one = |name: &str| filter.first(name).map(Way::One);
    let pages = |known: &[&str]| {
        let fits = filter.names().all(|name| known.contains(&name));
        fits.then(|| Way::Pages(all()))
    };
    let has_one_tag = filter.values("tag").len() < 2;
    let owned = ["organization", "organization_badge", "owner", "tag"];
    match collection {
        ORGANIZATIONS => one("organization"),
        DATASERVICES => one("dataservice").or_else(|| has_one_tag.then(|| pages(&owned)).flatten()),
        REUSES => one("reuse").or_else(|| has_one_tag.then(|| pages(&owned)).flatten()),
        TOPICS => one("topic")
            .or_else(|| pages(&["geozone", "granularity", "organization", "owner", "tag"])),
        SOURCES => filter
            .alone("organization")
            .or_else(|| filter.alone("owner"))
            .map(|id| Way::Pages(vec![("owner".to_owned(), id)])),
        DISCUSSIONS => Some(match filter.alone("organization") {
            Some(id) => Way::Pages(vec![("org".to_owned(), id)]),
            None => Way::OfSubjects,
        }),
        _ => None,
    }
}

impl Stage {
    /// The path of its list.
    pub(super) fn path(&self) -> &'static [&'static str] {
        if matches!(self.way, Way::Search(_)) {
            return &["api", "2", "datasets", "search"];
        }
        match self.collection {
            ORGANIZATIONS => &["api", "1", "organizations"],
            DATASERVICES => &["api", "1", "dataservices"],
            REUSES => &["api", "1", "reuses"],
            DISCUSSIONS => &["api", "1", "discussions"],
            TOPICS => &["api", "2", "topics"],
            COMMUNITY => &["api", "1", "datasets", "community_resources"],
            SOURCES => &["api", "1", "harvest", "sources"],
            _ => &["api", "1", "datasets"],
        }
    }

    /// An order in which editing moves nothing and what is new comes last; harvested portals have none.
    pub(super) fn sort(&self) -> Option<&'static str> {
        match (&self.way, self.collection) {
            (Way::Search(_), _) => Some("-last_update"),
            (_, COMMUNITY) => Some("created_at_internal"),
            (_, SOURCES) => None,
            _ => Some("created"),
        }
    }

    /// The most entries a page. Topics and services are each completed by further requests, and a page
    /// of them is what a crash loses; sources carry their last run.
    pub(super) fn largest(&self) -> u64 {
        match self.collection {
            DATASERVICES | TOPICS | SOURCES => 100,
            _ => super::LARGEST,
        }
    }

    /// Whether a portal may lack the list: older ones do, and some show theirs only to their own people.
    pub(super) fn is_optional(&self) -> bool {
        ![DATASETS, ORGANIZATIONS].contains(&self.collection)
    }
}
