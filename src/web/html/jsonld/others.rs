//! Services, reuses, catalogues, others' distributions and discussions in schema.org terms.

use serde_json::{Value, json};

use super::object::Object;
use super::{agent, catalogue, common, distribution, place};
use crate::dcat::view::AgentView;
use crate::web::html::label::Named;
use crate::web::html::link::is_web;
use crate::web::html::list::genre;
use crate::web::html::markdown::excerpt;
use crate::web::html::page::Page;
use crate::web::html::subject::Thing;
use crate::web::html::talk::Discussed;

/// Most members, messages and the like named in a block.
const MOST: usize = 100;

/// What a page is about, in the type that fits it best.
pub(in crate::web::html) fn thing(
    thing: &Thing<'_>,
    publisher: Option<&AgentView>,
    page: &Page<'_>,
) -> Value {
    let view = thing.common();
    let mut object = Object::of(class(thing), &view.iri);
    common(&mut object, view, page);
    if let Some(known) = publisher {
        let role = match thing {
            Thing::Reuse(_) | Thing::Contributed(..) => "creator",
            Thing::Service(_) => "provider",
            Thing::Topic(_) | Thing::Origin(_) => "publisher",
        };
        object.value(role, agent(known, page.language.tag()));
    }
    object.list("spatialCoverage", view.spatial.iter().filter_map(place));
    match thing {
        Thing::Service(service) => {
            object.list("documentation", web(&service.common.pages));
            object.list("url", web(&service.endpoints));
            object.list("isRelatedTo", ids(&service.serves, "Dataset"));
        }
        Thing::Reuse(reuse) => {
            object.text(
                "genre",
                &genre(reuse.genre.as_deref().unwrap_or_default(), page.language),
            );
            object.list("image", web(reuse.picture.as_slice()));
            object.list("url", web(reuse.homepage.as_slice()));
            object.list("isBasedOn", ids(&reuse.uses, "Thing"));
        }
        Thing::Topic(selection) | Thing::Origin(selection) => {
            object.list("dataset", datasets(&selection.members, page));
            object.list("sameAs", web(selection.homepage.as_slice()));
        }
        Thing::Contributed(view, one) => {
            let file = distribution(&one.distribution, page);
            for key in ["contentUrl", "encodingFormat", "contentSize"] {
                if let Some(value) = file.get(key) {
                    object.value(key, value.clone());
                }
            }
            object.list("isBasedOn", ids(&one.distribution.derived_from, "Dataset"));
            object.text("url", &view.iri);
        }
    }
    object.value("includedInDataCatalog", catalogue(page));
    object.finished()
}

fn class(thing: &Thing<'_>) -> &'static str {
    match thing {
        Thing::Service(_) => "WebAPI",
        Thing::Reuse(_) => "CreativeWork",
        Thing::Topic(_) | Thing::Origin(_) => "DataCatalog",
        Thing::Contributed(..) => "DataDownload",
    }
}

/// The addresses that can be followed.
fn web(addresses: &[String]) -> impl Iterator<Item = Value> {
    addresses
        .iter()
        .filter(|address| is_web(address))
        .map(|address| json!(address))
}

fn ids(iris: &[String], class: &str) -> impl Iterator<Item = Value> {
    iris.iter()
        .take(MOST)
        .map(move |iri| json!({"@type": class, "@id": iri}))
}

fn datasets<'a>(members: &'a [String], page: &'a Page<'_>) -> impl Iterator<Item = Value> + 'a {
    members
        .iter()
        .filter(|iri| {
            let path = page.site.base.path(iri);
            path.is_some_and(|path| path.starts_with("dataset/"))
        })
        .take(MOST)
        .map(|iri| json!({"@type": "Dataset", "@id": iri}))
}

/// A discussion: its first message is the post, the others are comments on it.
pub(in crate::web::html) fn discussion(discussed: &Discussed, language: &str) -> Value {
    let view = &discussed.discussion;
    let mut object = Object::of("DiscussionForumPosting", &view.iri);
    object.text("headline", view.titles.get(language));
    object.text("url", &view.iri);
    object.list("sameAs", web(view.page.as_slice()));
    object.text("datePublished", view.created.as_deref().unwrap_or_default());
    object.text("dateModified", view.last().unwrap_or_default());
    object.list("about", ids(&view.targets, "Thing"));
    let mut messages = view.messages.iter().take(MOST);
    let author = |iri: Option<&str>| {
        let mut authors = discussed.authors.iter();
        let known = authors.find(|one| Some(one.iri.as_str()) == iri);
        known.map(|known| organization(known, language))
    };
    if let Some(first) = messages.next() {
        object.text("text", &excerpt(first.texts.get(language), 2_000));
        if let Some(author) = author(first.author.as_deref()) {
            object.value("author", author);
        }
    }
    let comments = messages.map(|one| {
        let mut comment = Object::inner("Comment", &one.iri);
        comment.text("text", &excerpt(one.texts.get(language), 500));
        comment.text("datePublished", one.created.as_deref().unwrap_or_default());
        if let Some(author) = author(one.author.as_deref()) {
            comment.value("author", author);
        }
        comment.finished()
    });
    object.list("comment", comments);
    object.value("commentCount", json!(view.messages.len().saturating_sub(1)));
    object.finished()
}

fn organization(named: &Named, language: &str) -> Value {
    let mut object = Object::inner("Organization", &named.iri);
    object.text("name", named.names.get(language));
    object.finished()
}
