//! What the data were tested against: conformity (ISO 19115, ISO 19157).
//!
//! What passed conforms to the specification, `dct:conformsTo`. Every result, passed or not, is a
//! `prov:Activity` that used the data under a plan derived from the specification, and generated the
//! degree of conformity, in INSPIRE's words. The regulations of INSPIRE are known by their number where
//! no address is given, in whatever language their title is.
//!
//! # Fields of `result`
//!
//! | field | becomes |
//! |---|---|
//! | `specification.title`, `specification.title.@href`, `specification.@href` | `dct:conformsTo`; `prov:hadPlan` of the test |
//! | `specification.date.date`, `specification.date.dateType` | `dct:issued` of a specification without address |
//! | `pass` | whether there is a `dct:conformsTo`; `dct:type` of what the test generated |
//! | `explanation` | `dct:description` of what the test generated |
//!
//! # Left out of `result`
//!
//! | field | why |
//! |---|---|
//! | `value`, `value.*`, `valueType`, `valueType.*`, `valueUnit.*`, `valueRecordType`, `errorStatistic`, `resultScope.*`, `dateTime` | measured values, in units and by measures of each producer |
//! | `specification.*` | more about the specification, for its publisher to say |
//! | `@href`, `explanation.@href` | where an editor has its copy |

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::element::Element;
use super::text::{Text, is_address};
use super::{Record, date};
use crate::dcat::Describe;
use crate::rdf::vocab::{dct, prov};

/// INSPIRE's list of degrees.
const DEGREES: &str = "http://inspire.ec.europa.eu/metadata-codelist/DegreeOfConformity/";

/// Regulations and decisions that implement the INSPIRE directive: number, year.
const REGULATIONS: [(&str, &str, &str); 8] = [
    ("1205", "2008", "reg"),
    ("976", "2009", "reg"),
    ("268", "2010", "reg"),
    ("1088", "2010", "reg"),
    ("1089", "2010", "reg"),
    ("102", "2011", "reg"),
    ("1253", "2013", "reg"),
    ("1311", "2014", "reg"),
];

/// A specification: by its address, or by its title.
struct Specification<'a> {
    iri: Option<NamedNode>,
    title: Option<Text<'a>>,
    date: Option<(Element<'a>, &'a str)>,
}

/// Writes the results of tests of what a record describes.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    for result in record.root.all("dataQualityInfo.report.result") {
        if result.class("DQ_ConformanceResult").is_none() {
            continue;
        }
        let Some(specification) = Specification::read(result, record, about) else {
            continue;
        };
        let pass = result.first("pass").and_then(Element::value);
        let degree = match pass {
            Some("true" | "1") => "conformant",
            Some("false" | "0") => "notConformant",
            _ => "notEvaluated",
        };
        if degree == "conformant" {
            specification.write(dct::CONFORMS_TO, dct::STANDARD, about);
        }
        let data = about.subject().clone();
        let mut test = about.node(prov::WAS_USED_BY, prov::ACTIVITY);
        if let oxigraph::model::NamedOrBlankNode::NamedNode(data) = data {
            test.link(prov::USED, data);
        }
        let mut association = test.node(prov::QUALIFIED_ASSOCIATION, prov::ASSOCIATION);
        let mut plan = association.node(prov::HAD_PLAN, prov::PLAN);
        specification.write(prov::WAS_DERIVED_FROM, prov::ENTITY, &mut plan);
        let mut outcome = test.node(prov::GENERATED, prov::ENTITY);
        let degree = NamedNode::new_unchecked(format!("{DEGREES}{degree}"));
        outcome.link(dct::TYPE, degree);
        if let Some(explanation) = Text::first(result, "explanation", &record.locales) {
            explanation.write(dct::DESCRIPTION, &mut outcome);
        }
    }
}

impl<'a> Specification<'a> {
    fn read(result: Element<'a>, record: &Record<'a>, about: &mut Describe<'_>) -> Option<Self> {
        let title = Text::first(result, "specification.title", &record.locales);
        let cited = result.first("specification");
        let cited = cited.and_then(|cited| cited.attribute("href"));
        let address = title.as_ref().and_then(Text::address);
        let address = address.or(cited.filter(|href| is_address(href)));
        let known = title.iter().flat_map(Text::words).find_map(regulation);
        let iri = match address {
            Some(address) => about.clean_iri(address, &result.path()),
            None => known,
        };
        let title = title.filter(|title| title.plain().is_some());
        if iri.is_none() && title.is_none() {
            return None;
        }
        let dates = result.all("specification.date");
        Some(Self {
            iri,
            title,
            date: date::of_kind(&dates, &["publication"]).or_else(|| date::any(&dates)),
        })
    }

    fn write(
        &self,
        property: NamedNodeRef<'static>,
        class: NamedNodeRef<'static>,
        about: &mut Describe<'_>,
    ) {
        if let Some(iri) = &self.iri {
            about.link(property, iri.clone());
            return;
        }
        let mut node = about.node(property, class);
        if let Some(title) = &self.title {
            title.write(dct::TITLE, &mut node);
        }
        if let Some((element, date)) = self.date {
            node.date(dct::ISSUED, date, &element.path());
        }
    }
}

/// The regulation that a title has the number of: `… (EU) No 1089/2010 of 23 November 2010 …`.
fn regulation(title: &str) -> Option<NamedNode> {
    let number = |c: char| !(c.is_ascii_digit() || c == '/');
    for part in title.split(number) {
        let Some((one, two)) = part.split_once('/') else {
            continue;
        };
        let found = REGULATIONS.iter().find(|(number, year, _)| {
            (one, two) == (*number, *year) || (one, two) == (*year, *number)
        });
        if let Some((number, year, kind)) = found {
            let iri = format!("http://data.europa.eu/eli/{kind}/{year}/{number}");
            return Some(NamedNode::new_unchecked(iri));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regulations_are_known_by_their_number() {
        for (title, iri) in [
            (
                "RÈGLEMENT (UE) N o 1089/2010 DE LA COMMISSION du 23 novembre 2010",
                Some("http://data.europa.eu/eli/reg/2010/1089"),
            ),
            (
                "Verordnung (EG) Nr. 976/2009 der Kommission",
                Some("http://data.europa.eu/eli/reg/2009/976"),
            ),
            ("Directive 2007/2/EC", None),
            ("Standard 1089", None),
        ] {
            assert_eq!(
                regulation(title).as_ref().map(NamedNode::as_str),
                iri,
                "{title}"
            );
        }
    }
}
