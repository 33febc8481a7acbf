//! What the index knows of one record, read from its description.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate};
use oxigraph::model::{NamedNode, Triple};
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;

use super::analysis::Language;
use super::place::Rectangle;
use super::request::{Facet, Part, Tagged};
use super::schema::Fields;
use crate::dcat::geometry::{bounds, parts};
use crate::dcat::read_date;
use crate::dcat::view::{AgentView, DatasetView, Period, QualityView, Texts};
use crate::ledger::Description;
use crate::record::{Base, Kind};

/// The most of a description that is kept to be shown, in bytes.
const SHOWN: usize = 1_500;

/// What a list of results shows of a record.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Shown {
    #[serde(rename = "n", default)]
    pub(super) titles: Vec<Tagged>,
    #[serde(rename = "d", default)]
    pub(super) descriptions: Vec<Tagged>,
}

/// What other records say of one: its publisher's names and type, and what serves and uses it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Beside {
    pub(super) publisher_names: Texts,
    pub(super) publisher_type: Option<String>,
    pub(super) is_served: bool,
    pub(super) is_used: bool,
}

/// What the index knows of one record.
#[derive(Debug, Default)]
pub(super) struct Entry {
    record: u64,
    iri: String,
    names: Vec<String>,
    texts: Vec<(Part, Tagged)>,
    facets: Vec<(Facet, String)>,
    modified: Option<i64>,
    issued: Option<i64>,
    period: Option<(i64, i64)>,
    extent: Option<Rectangle>,
    score: Option<f64>,
}

/// Whether records of a kind are found by their words.
pub(super) fn is_indexed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Dataset
            | Kind::Service
            | Kind::Series
            | Kind::Reuse
            | Kind::Organization
            | Kind::Topic
    )
}

/// The number of a record as the index has it.
pub(super) fn number(description: &Description) -> u64 {
    u64::try_from(i64::from(description.record)).unwrap_or_default()
}

impl Entry {
    /// Reads a description and what was measured of the record.
    pub(super) fn read(
        base: &Base,
        description: &Description,
        triples: &[Triple],
        quality: &[Triple],
    ) -> Self {
        let iri = NamedNode::new_unchecked(description.iri.as_str());
        let mut entry = Self {
            record: number(description),
            iri: description.iri.clone(),
            ..Self::default()
        };
        entry.facet(Facet::Kind, description.id.kind.segment());
        entry.facet(Facet::Portal, base.portal(&description.id.portal).as_str());
        if description.id.kind == Kind::Organization {
            entry.agent(AgentView::of(&iri, triples));
        } else {
            entry.resource(DatasetView::of(&iri, triples));
        }
        let score = QualityView::of(&iri, quality)
            .value("score")
            .and_then(|value| value.parse::<f64>().ok())
            .filter(|score| (0.0..=1.0).contains(score));
        if let Some(score) = score {
            entry.score = Some(score);
            entry.facet(Facet::Quality, fifth(score));
        }
        entry
    }

    /// The IRI of the publisher.
    pub(super) fn publisher(&self) -> Option<&str> {
        let publisher = self
            .facets
            .iter()
            .find(|(facet, _)| *facet == Facet::Publisher);
        publisher.map(|(_, iri)| iri.as_str())
    }

    /// The IRI of the record.
    pub(super) fn iri(&self) -> &str {
        &self.iri
    }

    fn facet(&mut self, facet: Facet, value: &str) {
        // Beyond this a term is no key of anything.
        if !value.is_empty() && value.len() <= 2_000 {
            self.facets.push((facet, value.to_owned()));
        }
    }

    fn facets(&mut self, facet: Facet, values: impl IntoIterator<Item = String>) {
        let mut values: Vec<String> = values.into_iter().collect();
        values.sort_unstable();
        values.dedup();
        for value in values {
            self.facet(facet, &value);
        }
    }

    fn text(&mut self, part: Part, texts: &Texts) {
        for (language, text) in texts.iter() {
            let text = Tagged {
                language: language.to_owned(),
                text: text.to_owned(),
            };
            self.texts.push((part, text));
        }
    }

    fn agent(&mut self, agent: AgentView) {
        self.text(Part::Title, &agent.names);
        self.text(Part::Description, &agent.description);
        self.names = agent.identifiers;
        self.names
            .extend(agent.registered.into_iter().map(|one| one.value));
        self.facets(Facet::PublisherType, agent.kind);
    }

    fn resource(&mut self, resource: DatasetView) {
        self.text(Part::Title, &resource.titles);
        self.text(Part::Description, &resource.descriptions);
        for text in resource.keywords {
            let language = String::new();
            self.texts.push((Part::Keyword, Tagged { language, text }));
        }
        self.names = resource.identifiers;
        self.facets(Facet::Publisher, resource.publisher);
        self.facets(Facet::Theme, resource.themes);
        let distributions = resource.distributions;
        if distributions.iter().any(|one| !one.services.is_empty()) {
            self.facet(Facet::Service, "true");
        }
        self.facets(
            Facet::Format,
            distributions.into_iter().filter_map(|one| one.format),
        );
        self.facets(Facet::Licence, resource.licences);
        self.facets(Facet::Frequency, resource.frequency);
        self.facets(Facet::Language, resource.languages);
        if resource.high_value {
            self.facet(Facet::Hvd, "true");
            self.facets(Facet::Hvd, resource.hvd_categories);
        }
        self.modified = resource.modified.as_deref().and_then(first);
        self.issued = resource.issued.as_deref().and_then(first);
        self.period = period(&resource.temporal);
        let mut extent: Option<[f64; 4]> = None;
        for place in resource.spatial {
            let shape = place.bbox.or(place.geometry).or(place.centroid);
            let sides = shape.and_then(|shape| bounds(&parts(&shape)));
            extent = match (extent, sides) {
                (Some(a), Some(b)) => Some(both(a, b)),
                (a, b) => a.or(b),
            };
            self.facets(Facet::Place, place.iri);
            for text in place.labels {
                let language = String::new();
                self.texts.push((Part::Keyword, Tagged { language, text }));
            }
        }
        self.extent = extent.and_then(Rectangle::around);
    }

    /// Adds what other records say.
    pub(super) fn add(&mut self, beside: Beside) {
        self.text(Part::Publisher, &beside.publisher_names);
        self.facets(Facet::PublisherType, beside.publisher_type);
        let is_known = |facet| self.facets.iter().any(|(known, _)| *known == facet);
        if beside.is_served && !is_known(Facet::Service) {
            self.facet(Facet::Service, "true");
        }
        if beside.is_used {
            self.facet(Facet::Reuse, "true");
        }
    }

    /// The record as the index takes it.
    pub(super) fn document(self, fields: &Fields) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(fields.record, self.record);
        document.add_text(fields.iri, &self.iri);
        document.add_text(fields.name, &self.iri);
        for name in self.names.iter().filter(|name| name.len() <= 500) {
            document.add_text(fields.name, name.trim());
        }
        for (facet, field) in Facet::ALL.into_iter().zip(fields.facets) {
            for (_, value) in self.facets.iter().filter(|(of, _)| *of == facet) {
                document.add_text(field, value);
            }
        }
        for readings in fields.texts {
            let texts = self.texts.iter().filter(|(part, _)| *part == readings.part);
            for (_, tagged) in texts {
                document.add_text(readings.whole, &tagged.text);
                let wanted = Language::readings(&tagged.language);
                for (_, stems) in readings
                    .stems
                    .iter()
                    .filter(|(one, _)| wanted.contains(one))
                {
                    document.add_text(*stems, &tagged.text);
                }
            }
        }
        let (start, end) = self.period.unzip();
        let dates = [self.modified, self.issued, start, end];
        for (field, date) in fields.dates.into_iter().zip(dates) {
            if let Some(date) = date {
                document.add_i64(field, date);
            }
        }
        if let Some(extent) = self.extent {
            for (field, side) in fields.extent.into_iter().zip(extent.sides()) {
                document.add_f64(field, side);
            }
        }
        if let Some(score) = self.score {
            document.add_f64(fields.score, score);
        }
        let of = |wanted| {
            let texts = self.texts.iter().filter(move |(part, _)| *part == wanted);
            texts.map(|(_, text)| text.clone())
        };
        let shown = Shown {
            titles: of(Part::Title).collect(),
            descriptions: of(Part::Description).map(cut).collect(),
        };
        if let Ok(shown) = serde_json::to_string(&shown) {
            document.add_text(fields.shown, shown);
        }
        document
    }
}

/// The lower bound of the fifth that a score lies in.
fn fifth(score: f64) -> &'static str {
    match score {
        score if score < 0.2 => "0.0",
        score if score < 0.4 => "0.2",
        score if score < 0.6 => "0.4",
        score if score < 0.8 => "0.6",
        _ => "0.8",
    }
}

fn cut(mut tagged: Tagged) -> Tagged {
    tagged.text.truncate(tagged.text.floor_char_boundary(SHOWN));
    tagged
}

fn both(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    let ([west, south, east, north], [x, y, to_x, to_y]) = (a, b);
    [west.min(x), south.min(y), east.max(to_x), north.max(to_y)]
}

/// The first second of a date, in Unix seconds.
fn first(date: &str) -> Option<i64> {
    moments(date).map(|(first, _)| first)
}

/// The first and the last second of a moment, a day, a month or a year, in Unix seconds.
#[must_use]
pub fn moments(date: &str) -> Option<(i64, i64)> {
    let literal = read_date(date.trim())?;
    let text = literal.value();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some((moment.timestamp(), moment.timestamp()));
    }
    let mut numbers = text.split('-').map(|part| part.parse::<u32>().ok());
    let year = i32::try_from(numbers.next()??).ok()?;
    let (month, day) = (numbers.next().flatten(), numbers.next().flatten());
    let start = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let next = match (month, day) {
        (_, Some(_)) => start.checked_add_days(Days::new(1))?,
        (Some(_), None) => start.checked_add_months(Months::new(1))?,
        (None, None) => start.with_year(start.year() + 1)?,
    };
    let second = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    Some((second(start), second(next) - 1))
}

/// The time from the first to the last of several; an open end has no bound.
fn period(periods: &[Period]) -> Option<(i64, i64)> {
    let ends = periods
        .iter()
        .filter(|period| period.start.is_some() || period.end.is_some())
        .filter_map(|period| {
            let start = match &period.start {
                Some(start) => moments(start)?.0,
                None => i64::MIN,
            };
            let end = match &period.end {
                Some(end) => moments(end)?.1,
                None => i64::MAX,
            };
            (start <= end).then_some((start, end))
        });
    ends.reduce(|(start, end), (from, to)| (start.min(from), end.max(to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_stands_for_all_its_seconds() {
        assert_eq!(moments("1970"), Some((0, 31_535_999)));
        assert_eq!(moments("1970-01"), Some((0, 2_678_399)));
        assert_eq!(moments("1970-01-02"), Some((86_400, 172_799)));
        assert_eq!(moments("1970-01-01T00:01:00Z"), Some((60, 60)));
        assert_eq!(moments("soon"), None);
    }

    #[test]
    fn several_periods_are_one_from_the_first_to_the_last() {
        let one = |start: Option<&str>, end: Option<&str>| Period {
            start: start.map(str::to_owned),
            end: end.map(str::to_owned),
        };
        let day = 86_400;
        let from = one(Some("1970-01-02"), Some("1970-01-02"));
        assert_eq!(
            period(std::slice::from_ref(&from)),
            Some((day, 2 * day - 1))
        );
        let later = one(Some("1970-01-05"), None);
        assert_eq!(period(&[from, later]), Some((day, i64::MAX)));
        assert_eq!(period(&[one(None, None)]), None);
        assert_eq!(period(&[one(Some("1980"), Some("1970"))]), None);
    }
}
