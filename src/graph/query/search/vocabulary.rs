//! The properties of the search service, and what their values mean.

use oxigraph::model::Term;

use super::super::QueryError;
use crate::record::Kind;
use crate::search::{Facet, Language, Matching, Near, Part, Rectangle, Request, Sort, Text};

/// What the IRIs of all properties begin with.
pub(super) const NAMESPACE: &str = "urn:moisson:search#";

/// How many results there are where no limit is given.
const USUAL: usize = 100;

/// The classes of what can be found.
const CLASSES: &[(&str, Kind)] = &[
    ("http://www.w3.org/ns/dcat#Dataset", Kind::Dataset),
    ("http://www.w3.org/ns/dcat#DataService", Kind::Service),
    ("http://www.w3.org/ns/dcat#DatasetSeries", Kind::Series),
    ("http://www.w3.org/ns/duv#Usage", Kind::Reuse),
    ("http://xmlns.com/foaf/0.1/Agent", Kind::Organization),
    ("http://xmlns.com/foaf/0.1/Organization", Kind::Organization),
    ("http://www.w3.org/ns/dcat#Catalog", Kind::Topic),
];

/// What is bound to a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// How well it fits.
    Score,
    /// Its place among the results, from 1.
    Rank,
    /// A title.
    Title,
    /// A piece of its description with the words.
    Snippet,
    /// How far it is from the point, in metres.
    Metres,
    /// How many results there are without a limit.
    Total,
}

impl Output {
    const ALL: [(&str, Self); 6] = [
        ("score", Self::Score),
        ("rank", Self::Rank),
        ("title", Self::Title),
        ("snippet", Self::Snippet),
        ("metres", Self::Metres),
        ("total", Self::Total),
    ];

    /// The output of a property's name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, output)| *output)
    }
}

/// What is said of a search, statement by statement.
pub(super) struct Reading {
    request: Request,
    /// The names of properties that were given and can be only once.
    given: Vec<&'static str>,
    metres: Option<f64>,
    point: Option<(f64, f64)>,
    has_condition: bool,
}

/// A refusal that says why.
pub(super) fn refused<T>(message: impl Into<String>) -> Result<T, QueryError> {
    Err(QueryError::Search(message.into()))
}

/// The refusal of a property that there is not.
pub(super) fn unknown<T>(name: &str) -> Result<T, QueryError> {
    refused(format!(
        "the search service knows no property <{NAMESPACE}{name}>"
    ))
}

/// The properties that say what is looked for, beside those of facets.
const CONDITIONS: [&str; 14] = [
    "query", "phrase", "prefix", "fuzzy", "lang", "field", "limit", "sort", "bbox", "near",
    "distance", "from", "to", "kind",
];

/// Whether there is a condition of this name.
pub(super) fn is_property(name: &str) -> bool {
    CONDITIONS.contains(&name) || Facet::of_name(name).is_some()
}

impl Reading {
    pub(super) fn new() -> Self {
        let request = Request {
            limit: USUAL,
            titles: false,
            ..Request::default()
        };
        Self {
            request,
            given: Vec::new(),
            metres: None,
            point: None,
            has_condition: false,
        }
    }

    /// Takes one statement.
    pub(super) fn take(&mut self, name: &str, value: &Term) -> Result<(), QueryError> {
        match name {
            "query" => self.text(Matching::Words, value),
            "phrase" => self.text(Matching::Phrase, value),
            "prefix" => self.text(Matching::Prefix, value),
            "fuzzy" => self.text(Matching::Fuzzy, value),
            "lang" => self.language(value),
            "field" => self.part(value),
            "limit" => self.limit(value),
            "sort" => self.sort(value),
            "bbox" => self.rectangle(value),
            "near" => self.near(value),
            "distance" => self.distance(value),
            "from" => self.moment("from", value),
            "to" => self.moment("to", value),
            "kind" => self.kind(value),
            _ => match Facet::of_name(name) {
                Some(facet) => {
                    self.facet(facet, text_of(value).to_owned());
                    Ok(())
                }
                None => unknown(name),
            },
        }
    }

    /// The request, when everything is said.
    pub(super) fn request(mut self) -> Result<Request, QueryError> {
        match (self.point, self.metres) {
            (Some((latitude, longitude)), metres) => {
                self.request.near = Near::new(longitude, latitude, metres);
                if self.request.near.is_none() {
                    return refused(
                        "search:near takes a latitude and a longitude in degrees, and search:distance metres",
                    );
                }
            }
            (None, Some(_)) => {
                return refused("search:distance needs search:near, the point to measure from");
            }
            (None, None) if self.request.sort == Sort::Distance => {
                return refused("search:sort \"distance\" needs search:near");
            }
            (None, None) => {}
        }
        if !self.has_condition {
            return refused(
                "a search needs something to look for: search:query, phrase, prefix, fuzzy, kind, bbox, near or another condition",
            );
        }
        Ok(self.request)
    }

    /// What was read so far, for outputs.
    pub(super) fn request_mut(&mut self) -> &mut Request {
        &mut self.request
    }

    fn once(&mut self, name: &'static str) -> Result<(), QueryError> {
        if self.given.contains(&name) {
            return refused(format!("search:{name} can be given only once"));
        }
        self.given.push(name);
        Ok(())
    }

    fn text(&mut self, matching: Matching, value: &Term) -> Result<(), QueryError> {
        let Term::Literal(literal) = value else {
            return refused("a text that is searched for is a literal");
        };
        if let Some(language) = literal.language().and_then(Language::of_tag)
            && self.request.reading.is_none()
        {
            self.request.reading = Some(language);
        }
        self.request.texts.push(Text {
            text: literal.value().to_owned(),
            matching,
        });
        if self.request.texts.len() > 8 {
            return refused("one search has at most eight texts");
        }
        self.has_condition = true;
        Ok(())
    }

    fn language(&mut self, value: &Term) -> Result<(), QueryError> {
        self.once("lang")?;
        self.request.reading = Language::of_tag(text_of(value));
        if self.request.reading.is_none() {
            return refused(format!(
                "search:lang is the language in which words are read, \"fr\" or \"en\", not `{}`",
                text_of(value)
            ));
        }
        Ok(())
    }

    fn part(&mut self, value: &Term) -> Result<(), QueryError> {
        let Some(part) = Part::of_name(text_of(value)) else {
            let known = Part::ALL.map(Part::name).join(", ");
            return refused(format!(
                "search:field knows no `{}`, only {known}",
                text_of(value)
            ));
        };
        self.request.parts.push(part);
        Ok(())
    }

    fn limit(&mut self, value: &Term) -> Result<(), QueryError> {
        self.once("limit")?;
        match text_of(value).parse() {
            Ok(limit) => {
                self.request.limit = limit;
                Ok(())
            }
            Err(_) => refused(format!(
                "search:limit is a number of results, at most {}",
                crate::search::MOST
            )),
        }
    }

    fn sort(&mut self, value: &Term) -> Result<(), QueryError> {
        self.once("sort")?;
        self.request.sort = match text_of(value) {
            "relevance" => Sort::Relevance,
            "modified" => Sort::Modified,
            "issued" => Sort::Issued,
            "quality" => Sort::Quality,
            "distance" => Sort::Distance,
            other => {
                return refused(format!(
                    "search:sort knows no `{other}`, only relevance, modified, issued, quality, distance"
                ));
            }
        };
        Ok(())
    }

    fn rectangle(&mut self, value: &Term) -> Result<(), QueryError> {
        self.once("bbox")?;
        self.request.within = match numbers(value).as_slice() {
            [west, south, east, north] => Rectangle::new(*west, *south, *east, *north),
            _ => None,
        };
        self.has_condition = true;
        if self.request.within.is_none() {
            return refused(
                "search:bbox takes \"west,south,east,north\" in degrees; west may be east of east, over the antimeridian",
            );
        }
        Ok(())
    }

    fn near(&mut self, value: &Term) -> Result<(), QueryError> {
        self.once("near")?;
        self.has_condition = true;
        match numbers(value).as_slice() {
            [latitude, longitude] => {
                self.point = Some((*latitude, *longitude));
                Ok(())
            }
            _ => refused("search:near takes \"latitude,longitude\" in degrees"),
        }
    }

    fn distance(&mut self, value: &Term) -> Result<(), QueryError> {
        self.once("distance")?;
        match numbers(value).as_slice() {
            [metres] => {
                self.metres = Some(*metres);
                Ok(())
            }
            _ => refused("search:distance is a number of metres"),
        }
    }

    fn moment(&mut self, name: &'static str, value: &Term) -> Result<(), QueryError> {
        self.once(name)?;
        self.has_condition = true;
        let Some((first, last)) = crate::search::moments(text_of(value)) else {
            return refused(format!("search:{name} is a date: a day, a month or a year"));
        };
        let period = self.request.period.get_or_insert((i64::MIN, i64::MAX));
        if name == "from" {
            period.0 = first;
        } else {
            period.1 = last;
        }
        Ok(())
    }

    fn kind(&mut self, value: &Term) -> Result<(), QueryError> {
        let class = match value {
            Term::NamedNode(class) => class.as_str(),
            _ => "",
        };
        let Some((_, kind)) = CLASSES.iter().find(|(known, _)| *known == class) else {
            return refused(format!(
                "search:kind is a class of what can be found, not {value}: dcat:Dataset, dcat:DataService, dcat:DatasetSeries, dcat:Catalog, duv:Usage or foaf:Agent"
            ));
        };
        self.facet(Facet::Kind, kind.segment().to_owned());
        Ok(())
    }

    fn facet(&mut self, facet: Facet, value: String) {
        self.has_condition = true;
        let facets = &mut self.request.facets;
        match facets.iter_mut().find(|(known, _)| *known == facet) {
            Some((_, values)) => values.push(value),
            None => facets.push((facet, vec![value])),
        }
    }
}

/// An IRI, or the text of a literal.
fn text_of(value: &Term) -> &str {
    match value {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        Term::BlankNode(_) => "",
    }
}

/// The numbers of a literal with commas between; none where one of them is not one.
fn numbers(value: &Term) -> Vec<f64> {
    let numbers = text_of(value)
        .split(',')
        .map(|one| one.trim().parse::<f64>());
    numbers.collect::<Result<_, _>>().unwrap_or_default()
}
